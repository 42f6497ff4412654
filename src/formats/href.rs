//! What the references within a document of several files mean: which file, and which place in it.

use crate::text;

/// A reference as it is written, taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    /// The file, from the root of the archive.
    pub path: String,
    /// The place in it; empty when it is the file.
    pub fragment: String,
}

/// Where `href` leads that stands in the file `from`; `None` when it leads out of the book.
pub fn resolve(from: &str, href: &str) -> Option<Target> {
    let href = href.trim();
    let scheme = href.find([':', '/', '?', '#']).filter(|at| text::tail(href, *at).starts_with(':'));
    if scheme.is_some_and(|at| at > 1 && text::head(href, at).chars().all(is_scheme)) || href.starts_with("//") {
        return None;
    }
    let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let path = if path.is_empty() { from.to_owned() } else { joined(from, &decoded(path)) };
    Some(Target { path, fragment: decoded(fragment) })
}

/// `path` as seen from the file `from`: from the root where it is absolute, and never above it.
pub fn joined(from: &str, path: &str) -> String {
    let path = path.replace('\\', "/");
    let folder = if path.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `text` without its percent signs (RFC 3986, section 2.1); what isn't hexadecimal stays.
pub fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    String::from_utf8(bytes(text)).unwrap_or_else(|_| text.to_owned())
}

/// The bytes that `text` is without its percent signs.
pub fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit =
            |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high << 4 | low);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

fn is_scheme(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')
}

impl Target {
    /// The name by which the document has it.
    pub fn name(&self) -> String {
        if self.fragment.is_empty() { self.path.clone() } else { format!("{}#{}", self.path, self.fragment) }
    }
}
