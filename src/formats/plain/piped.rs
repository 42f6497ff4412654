//! Whether what came through a pipe is a text to be read or the lines of a program (`git log`, `ls`, `ps`), where a line
//! joined to the next is worse than a paragraph left ragged. When in doubt the lines are kept.

use super::{
    code, fill,
    line::{Line, is_cjk},
    list,
    profile::Profile,
};

/// A line wider than this is a paragraph.
const LONG: usize = 100;

/// Whether the lines are plainly prose: paragraphs at the left edge with blank lines between them, wrapped or a line each, make
/// up most of them. Whoever wrote pages for a printer wrote a text too.
pub fn is_text(all: &[Line<'_>], profile: &Profile) -> bool {
    if profile.furniture.is_some() {
        return true;
    }
    let edge = all.iter().filter(|l| !l.is_blank()).map(|l| l.indent).min().unwrap_or(0);
    let (mut prose, mut other) = (0usize, 0usize);
    for group in all.split(Line::is_blank).filter(|g| !g.is_empty()) {
        let bytes: usize = group.iter().map(|l| l.body.len()).sum();
        match group {
            [line] if line.end <= LONG => other += if is_sentence(line) { 0 } else { bytes },
            [line] if is_sentence(line) && !line.has_columns() => prose += bytes,
            _ if code::is_mail_header(group) => {}
            _ if is_paragraph(group, edge, profile) => prose += bytes,
            _ => other += bytes,
        }
    }
    let drawn = all.iter().filter(|l| l.is_drawn()).count();
    prose > 0 && other * 3 <= prose && drawn * 20 <= all.len()
}

/// A short line that a conversation in a book may consist of.
fn is_sentence(line: &Line<'_>) -> bool {
    let closed = line.body.ends_with(['.', '?', '!', ':', '"', '”', '’', '»', '…', ')'])
        || line.body.chars().next_back().is_some_and(is_cjk);
    closed && line.starts_upper() != Some(false)
}

/// Three full lines or more that start at the edge, the first perhaps a little to the right.
fn is_paragraph(group: &[Line<'_>], edge: usize, profile: &Profile) -> bool {
    let [first, rest @ ..] = group else { return false };
    rest.len() >= 2
        && first.indent <= edge + 8
        && rest.iter().all(|l| l.indent == edge)
        && group.iter().all(|l| list::marker(l.body).is_none() && !l.has_columns() && !code::is_code(l))
        && group.iter().zip(rest).all(|(line, next)| line.end + 1 + next.first_word() + 8 > profile.width)
        && fill::is_prose(group, profile)
}
