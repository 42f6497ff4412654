//! Lists: with signs, with numbers, of options.

use super::{
    Reader,
    blocks::{extent, part},
};
use crate::{doc::SpanKind, formats::markup::indent, text};

impl Reader {
    /// A list, if one begins here; how many lines it takes.
    pub(super) fn list(&mut self, lines: &[&str], depth: usize) -> Option<usize> {
        let (first, _) = marker(lines.first()?)?;
        // A line that only looks like an item goes on like a paragraph.
        let next = lines.get(1).copied().unwrap_or_default();
        if first.is_numbered() && !next.is_empty() && indent(next) == 0 && marker(next).is_none() {
            return None;
        }
        self.build.enter_list(first.number());
        let mut at = 0;
        while let Some((kind, columns)) = lines.get(at).and_then(|l| marker(l)) {
            if !kind.goes_with(&first) {
                break;
            }
            let rest = lines.get(at + 1..).unwrap_or_default();
            let taken = extent(rest, 1);
            let line = lines.get(at).copied().unwrap_or_default();
            let mut inner = vec![text::tail(line, columns).trim_start()];
            let least = line.len() - text::tail(line, columns).trim_start().len();
            let shared = rest.iter().take(taken).filter(|l| !l.is_empty()).map(|l| indent(l)).min().unwrap_or(least);
            inner
                .extend(rest.iter().take(taken).map(|l| crate::formats::markup::dedented(l, shared.min(least.max(1)))));
            match &kind {
                Marker::Bullet(_) => self.build.enter_item('.'),
                Marker::Auto(delimiter) => self.build.enter_item(*delimiter),
                Marker::Number(said) => self.build.enter_marked(said.clone()),
            }
            self.body(&inner, depth + 1);
            self.build.leave();
            at += 1 + taken;
            at += lines.get(at..).unwrap_or_default().iter().take_while(|l| l.is_empty()).count();
        }
        self.build.leave();
        Some(at)
    }

    /// `-a FILE  What it does`, each an item.
    pub(super) fn options(&mut self, lines: &[&str], depth: usize) -> usize {
        let mut at = 0;
        while let Some((options, said)) = lines.get(at).and_then(|l| option(l)) {
            self.build.prose.span(SpanKind::Code, options);
            self.build.flush();
            let rest = lines.get(at + 1..).unwrap_or_default();
            let taken = extent(rest, 1);
            let more = part(rest.get(..taken).unwrap_or_default());
            let mut inner = vec![said];
            inner.extend(more);
            self.build.enter_list(None);
            self.build.enter_marked(String::new());
            self.body(&inner, depth + 1);
            self.build.leave();
            self.build.leave();
            at += 1 + taken;
            at += lines.get(at..).unwrap_or_default().iter().take_while(|l| l.is_empty()).count();
        }
        at
    }
}

/// How an item begins.
#[derive(Clone, Debug, PartialEq)]
pub enum Marker {
    /// With a sign.
    Bullet(char),
    /// `#.`, before or after which this stands.
    Auto(char),
    /// With a number or a letter, as written.
    Number(String),
}

impl Marker {
    fn is_numbered(&self) -> bool {
        !matches!(self, Marker::Bullet(_))
    }

    fn number(&self) -> Option<u64> {
        match self {
            Marker::Bullet(_) => None,
            Marker::Auto(_) | Marker::Number(_) => Some(1),
        }
    }

    fn goes_with(&self, first: &Marker) -> bool {
        match (self, first) {
            (Marker::Bullet(a), Marker::Bullet(b)) => a == b,
            (a, b) => a.is_numbered() && b.is_numbered(),
        }
    }
}

/// The marker of an item, and how many bytes it takes.
pub fn marker(line: &str) -> Option<(Marker, usize)> {
    let first = line.chars().next()?;
    if matches!(first, '-' | '*' | '+' | '•' | '‣' | '⁃') {
        let after = text::tail(line, first.len_utf8());
        return (after.is_empty() || after.starts_with(' ')).then(|| (Marker::Bullet(first), first.len_utf8()));
    }
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (inner, delimiter) = match word.strip_prefix('(') {
        Some(inner) => (inner.strip_suffix(')')?, ')'),
        None => match word.strip_suffix('.') {
            Some(inner) => (inner, '.'),
            None => (word.strip_suffix(')')?, ')'),
        },
    };
    if rest.is_empty() && line.len() > word.len() {
        return None;
    }
    let number = inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit());
    let letter = inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = inner.len() <= 6
        && (inner.bytes().all(|b| b"ivxlcdm".contains(&b)) || inner.bytes().all(|b| b"IVXLCDM".contains(&b)));
    match inner {
        "" => None,
        "#" => Some((Marker::Auto(delimiter), word.len())),
        _ if number || letter || roman => Some((Marker::Number(word.to_owned()), word.len())),
        _ => None,
    }
}

/// The name and the value of `:name: value`.
pub fn field(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(':')?;
    if rest.starts_with([' ', ':', '`']) {
        return None;
    }
    let mut from = 0;
    loop {
        let at = from + text::tail(rest, from).find(':')?;
        let (name, after) = (text::head(rest, at), text::tail(rest, at + 1));
        // `:role:`text`` is no field.
        if after.starts_with('`') {
            return None;
        }
        if (after.is_empty() || after.starts_with(' ')) && !name.ends_with('\\') && !name.ends_with(' ') {
            return Some((name, after.trim()));
        }
        from = at + 1;
    }
}

/// The options and the text of `-a, --all=N  Does it`.
pub fn option(line: &str) -> Option<(&str, &str)> {
    let good = line.starts_with("--") && line.as_bytes().get(2).is_some_and(u8::is_ascii_alphanumeric)
        || line.starts_with('-')
            && line.as_bytes().get(1).is_some_and(u8::is_ascii_alphanumeric)
            && line
                .as_bytes()
                .get(2)
                .is_none_or(|b| matches!(b, b' ' | b',' | b'=') || b.is_ascii_alphanumeric() || *b == b'<')
        || line.starts_with('/') && line.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase) && line.contains("  ");
    if !good {
        return None;
    }
    let (options, said) = line.split_once("  ").unwrap_or((line, ""));
    let word = |part: &str| {
        let part = part.trim();
        let words = part.split_whitespace().count();
        part.starts_with(['-', '/']) && words <= 2
    };
    options.split(", ").all(word).then_some((options, said.trim()))
}
