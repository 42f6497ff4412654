//! A regular expression as it was typed. It is compiled where it is used, because a query is read with every key.

use regex::{Regex, RegexBuilder};

/// A regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    source: String,
}

impl Pattern {
    /// A pattern, right or wrong.
    pub fn new(source: &str) -> Pattern {
        Pattern { source: source.to_owned() }
    }

    /// As it was typed.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What finds it in a text; `^` and `$` stand at the ends of lines, and the dot within them. Case counts once the
    /// pattern has a capital letter, as in ripgrep and vim. An error says in one line what is wrong with it.
    pub fn compile(&self) -> Result<Regex, String> {
        let built =
            RegexBuilder::new(&self.source).case_insensitive(!has_capital(&self.source)).multi_line(true).build();
        built.map_err(|error| match &error {
            // The last of several lines; those before show the pattern and where it is wrong.
            regex::Error::Syntax(why) => {
                let last = why.lines().last().unwrap_or_default();
                last.strip_prefix("error: ").unwrap_or(last).to_owned()
            }
            other => other.to_string(),
        })
    }
}

/// Whether a capital is asked for: the one in `\S` or `\p{Lu}` is not.
fn has_capital(source: &str) -> bool {
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            let class = chars.next().is_some_and(|c| matches!(c, 'p' | 'P' | 'x' | 'u' | 'U'));
            if class && chars.as_str().starts_with('{') {
                chars.by_ref().find(|c| *c == '}');
            }
        } else if c.is_uppercase() {
            return true;
        }
    }
    false
}
