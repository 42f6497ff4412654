//! What may be named before it is defined: the targets of links, and substitutions. Gathered before the text is read.

use std::collections::{HashMap, HashSet};

use crate::{formats::markup::indent, text};

/// The names of a document.
#[derive(Debug, Default)]
pub struct Names {
    /// Where named references lead: a URL or a `#fragment`.
    pub targets: HashMap<String, String>,
    /// Where references without a name lead, in order.
    pub anonymous: Vec<String>,
    /// Footnotes that have a number.
    pub labels: HashSet<String>,
    /// What stands for `|name|`: its text.
    pub substitutions: HashMap<String, Substitution>,
}

/// What a substitution puts in.
#[derive(Clone, Debug)]
pub enum Substitution {
    /// Text with markup.
    Text(String),
    /// An image and its alternative text.
    Image(String, String),
}

impl Names {
    /// Goes through all lines.
    pub fn gather(lines: &[&str]) -> Names {
        let mut names = Names::default();
        for (at, line) in lines.iter().enumerate() {
            let bare = line.trim_start();
            if let Some(target) = bare.strip_prefix("__ ") {
                names.anonymous.push(target.trim().to_owned());
                continue;
            }
            let Some(rest) = bare.strip_prefix(".. ").map(str::trim_start) else { continue };
            let more = || {
                lines
                    .get(at + 1..)
                    .unwrap_or_default()
                    .iter()
                    .take_while(|l| !l.trim().is_empty() && indent(l) > indent(line))
                    .take(20)
            };
            if let Some((label, _)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
                names.labels.insert(label.to_owned());
            }
            if let Some(target) = rest.strip_prefix("__:") {
                names.anonymous.push(target.trim().to_owned());
            } else if let Some((name, target)) = rest.strip_prefix('_').and_then(name_and_rest) {
                let mut target = target.trim().to_owned();
                more().for_each(|l| target.push_str(l.trim()));
                names.target(&name, target);
            } else if let Some((name, rest)) = rest.strip_prefix('|').and_then(|r| r.split_once('|')) {
                let Some((kind, argument)) = rest.trim_start().split_once("::") else { continue };
                let substitution = match kind.trim() {
                    "image" => {
                        let alt = more().find_map(|l| l.trim().strip_prefix(":alt:")).unwrap_or(name);
                        Substitution::Image(argument.trim().to_owned(), alt.trim().to_owned())
                    }
                    "unicode" => Substitution::Text(unicode(argument)),
                    "replace" => {
                        let mut whole = argument.trim().to_owned();
                        more().for_each(|l| {
                            whole.push(' ');
                            whole.push_str(l.trim());
                        });
                        Substitution::Text(whole)
                    }
                    _ => continue,
                };
                names.substitutions.insert(key(name), substitution);
            }
        }
        names
    }

    fn target(&mut self, name: &str, target: String) {
        let target = match target.strip_suffix('_').filter(|t| !t.is_empty() && !t.contains(['/', ':'])) {
            // An alias of another target.
            Some(other) => match self.targets.get(&key(other.trim_matches('`'))) {
                Some(known) => known.clone(),
                None => format!("#{}", fragment(other.trim_matches('`'))),
            },
            None if target.is_empty() => format!("#{}", fragment(name)),
            None => target.replace("\\_", "_"),
        };
        self.targets.insert(key(name), target);
    }
}

/// `name: rest`, where the name may be in backquotes and may hold escaped colons.
pub fn name_and_rest(after: &str) -> Option<(String, &str)> {
    if let Some(quoted) = after.strip_prefix('`') {
        let (name, rest) = quoted.split_once('`')?;
        return Some((name.to_owned(), rest.strip_prefix(':')?));
    }
    let mut escaped = false;
    for (at, c) in after.char_indices() {
        if c == ':' && !escaped && text::tail(after, at + 1).chars().next().is_none_or(char::is_whitespace) {
            return Some((text::head(after, at).replace('\\', ""), text::tail(after, at + 1)));
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// A name as it is compared: case and white space don't count.
pub fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A name as a fragment, which is how headings are named too.
pub fn fragment(name: &str) -> String {
    key(name)
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
            _ => None,
        })
        .collect()
}

/// `0xA9 U+2014 text`: characters by their numbers, and text.
fn unicode(codes: &str) -> String {
    let codes = codes.split(" .. ").next().unwrap_or_default();
    let word = |word: &str| {
        let digits = ["0x", "x", "\\x", "U+", "u", "\\u", "&#x"].iter().find_map(|p| word.strip_prefix(p));
        let code =
            digits.and_then(|d| u32::from_str_radix(d.trim_end_matches(';'), 16).ok()).or_else(|| word.parse().ok());
        code.and_then(char::from_u32).map_or_else(|| word.to_owned(), String::from)
    };
    codes.split_whitespace().map(word).collect()
}
