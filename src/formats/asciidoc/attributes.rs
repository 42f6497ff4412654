//! Attributes of the document: `:name: value` sets one, `{name}` stands for it. Values are resolved when they are set, and
//! what is put in for names is bounded, so that no text grows without end.

use std::collections::HashMap;

use crate::text;

/// A longer value is not one that stands within a line.
const MAX_VALUE: usize = 4096;

/// Bytes that may be put in for names in one document.
const MAX_EXPANDED: usize = 4 * 1024 * 1024;

/// Attributes that every document has.
const INTRINSIC: &[(&str, &str)] = &[
    ("amp", "&"),
    ("apos", "'"),
    ("asterisk", "*"),
    ("backslash", "\\"),
    ("backtick", "`"),
    ("blank", ""),
    ("brvbar", "¦"),
    ("caret", "^"),
    ("cpp", "C++"),
    ("deg", "°"),
    ("empty", ""),
    ("endsb", "]"),
    ("gt", ">"),
    ("ldquo", "“"),
    ("lsquo", "‘"),
    ("lt", "<"),
    ("nbsp", "\u{a0}"),
    ("plus", "+"),
    ("pp", "++"),
    ("quot", "\""),
    ("rdquo", "”"),
    ("rsquo", "’"),
    ("sp", " "),
    ("startsb", "["),
    ("tilde", "~"),
    ("two-colons", "::"),
    ("two-semicolons", ";;"),
    ("vbar", "|"),
    ("wj", "\u{2060}"),
    ("zwsp", "\u{200b}"),
];

/// The attributes that are set.
#[derive(Debug, Default)]
pub struct Attributes {
    set: HashMap<String, String>,
    expanded: usize,
}

impl Attributes {
    /// The value of an attribute of the document.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.set.get(name).map(String::as_str)
    }

    /// Sets one, or unsets it when its name has a `!`.
    pub fn set(&mut self, name: &str, value: &str) {
        let bare = name.trim_matches('!').to_lowercase();
        if bare.len() < name.len() {
            self.set.remove(&bare);
            return;
        }
        let value = self.expand(value);
        self.set.insert(bare, text::head(&value, MAX_VALUE).to_owned());
    }

    /// A text with the values of its attributes put in. A name that is not set stays as it is written.
    pub fn expand(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (before, from) = rest.split_at(at);
            let inner = from.get(1..).unwrap_or_default();
            let end = inner.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')));
            let name = end.filter(|end| *end > 0 && text::tail(inner, *end).starts_with('}'));
            let Some(end) = name else {
                out.push_str(before);
                out.push('{');
                rest = inner;
                continue;
            };
            rest = text::tail(inner, end + 1);
            let name = text::head(inner, end);
            if let Some(before) = before.strip_suffix('\\') {
                out.push_str(before);
                out.push_str(text::head(from, end + 2));
                continue;
            }
            out.push_str(before);
            let lower = name.to_lowercase();
            let intrinsic = || INTRINSIC.iter().find(|(name, _)| *name == lower).map(|(_, value)| *value);
            match self.set.get(&lower).map(String::as_str).or_else(intrinsic) {
                Some(value) if self.expanded + value.len() <= MAX_EXPANDED => {
                    self.expanded += value.len();
                    out.push_str(value);
                }
                _ => out.push_str(text::head(from, end + 2)),
            }
        }
        out.push_str(rest);
        out
    }
}

/// A line that sets an attribute: its name and value.
pub fn entry(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let bare = name.trim_matches('!');
    let named = bare.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (named && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (name, value.trim()))
}
