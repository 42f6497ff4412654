//! The markers of lists, at the beginning of lines.

use super::line::Line;
use crate::text;

/// Signs that are drawn before items; what nothing is known of is one too, where an item may begin.
const BULLETS: &str = "\u{fffd}•‣◦▪▫●○■□◆◇►▶➢➤✓✔✗–—∙⁃·*❑❖";

/// The longest marker, in characters: `(xviii)`, `[KLM+98]`.
const LONGEST: usize = 9;

/// How long the marker is that a line begins with, in bytes; text follows it after a gap.
pub fn marker(line: &Line) -> Option<usize> {
    let (word, rest) = line.text.split_once(' ')?;
    if rest.trim().is_empty() || word.chars().count() > LONGEST {
        return None;
    }
    let one = word.chars().next().filter(|c| word.len() == c.len_utf8());
    if one.is_some_and(|c| BULLETS.contains(c)) {
        return Some(word.len());
    }
    // In fonts whose bullet is an o.
    if word == "o" && line.cells.len() > 1 && line.cells.first().is_some_and(|c| c.range.end == 1) {
        return Some(1);
    }
    is_ordinal(word).then_some(word.len())
}

/// Whether a marker of this length counts.
pub fn is_number(text: &str, length: usize) -> bool {
    is_ordinal(text::head(text, length))
}

/// `3.`, `3)`, `(3)`, `[3]`, `a)`, `(a)`, `iv.`, `3.1.`, `[KLM98]`
fn is_ordinal(word: &str) -> bool {
    if let Some(label) = word.strip_prefix('[').and_then(|w| w.strip_suffix(']')) {
        return label.chars().all(|c| c.is_alphanumeric() || c == '+') && label.chars().any(|c| c.is_ascii_digit());
    }
    let bracketed = word.strip_prefix('(').and_then(|w| w.strip_suffix(')'));
    let closed = word.strip_suffix(')');
    let dotted = word.strip_suffix('.');
    let Some(body) = bracketed.or(closed).or(dotted) else { return false };
    let number = !body.is_empty() && body.len() <= 3 && body.bytes().all(|b| b.is_ascii_digit());
    let roman = !body.is_empty() && body.len() <= 5 && body.bytes().all(|b| b"ivx".contains(&b));
    let letter = body.len() == 1 && body.bytes().all(|b| b.is_ascii_alphabetic());
    let section = body.split('.').count() > 1
        && body.len() <= 7
        && dotted.is_some()
        && body.split('.').enumerate().all(|(at, part)| {
            let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            digits || at == 0 && part.len() == 1 && part.bytes().all(|b| b.is_ascii_alphabetic())
        });
    // A capital with a stop is somebody's initial.
    number || roman || section || letter && (dotted.is_none() || body.bytes().all(|b| b.is_ascii_lowercase()))
}
