//! Titles made presentable: one line of bounded length, and the first sentence where there is nothing better.

use super::markup;
use crate::text::{self, sentences::first_end, width};

/// A title of the document's own is cut only here, in columns.
const MAX_TITLE: usize = 200;
/// A sentence in the place of a title, in columns.
const MAX_SENTENCE: usize = 72;

/// A title as one line: white space collapsed, marks of markup and of overstriking gone.
pub fn clean(title: &str) -> String {
    let title = without_overstrike(title);
    let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = markup::without_roles(&line);
    let mut line = line.as_ref();
    // A comment of code that stands first says what the code is for.
    if let Some(comment) = line.strip_prefix("/* ").or_else(|| line.strip_prefix("// ")) {
        line = comment.trim_end_matches("*/").trim();
    }
    if line.trim_start_matches('#').starts_with(char::is_whitespace) && line.starts_with('#') {
        line = line.trim_start_matches('#').trim_end_matches('#').trim();
    }
    for mark in ["**", "__", "*", "_", "`"] {
        let inner = line.strip_prefix(mark).and_then(|l| l.strip_suffix(mark));
        if let Some(inner) = inner.filter(|inner| !inner.is_empty() && !inner.contains(mark)) {
            line = inner.trim();
        }
    }
    cut(line, MAX_TITLE)
}

/// The first sentence of a text, cut at a word.
pub fn first(text: &str) -> String {
    let line = clean(text);
    cut(text::head(&line, first_end(&line)), MAX_SENTENCE)
}

/// `line` in at most `columns`: cut after a word, with an ellipsis.
fn cut(line: &str, columns: usize) -> String {
    if width::width(line) <= columns {
        return line.to_owned();
    }
    let (head, _) = width::cut(line, columns.saturating_sub(1));
    // Text without spaces is cut between any two characters.
    let at = head.rfind(' ').filter(|at| *at * 2 > head.len()).unwrap_or(head.len());
    let head = text::head(head, at).trim_end_matches([',', ';', ':', '-', '–', '—', '(', '.', ' ']);
    format!("{head}…")
}

/// `N\bNA\bA`, as man pages write bold: what a backspace takes back is gone.
fn without_overstrike(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\u{8}' {
            out.pop();
        } else {
            out.push(c);
        }
    }
    out
}
