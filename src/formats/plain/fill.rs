//! Whether the lines of a group are prose that was wrapped at a width, and how such lines are joined again. When in doubt
//! the answer is no: a table lost is worse than a ragged paragraph.

use std::collections::HashMap;

use super::{
    line::{Line, is_cjk},
    profile::Profile,
};
use crate::text::{self, width::width};

/// Lines narrower than this were not wrapped because the measure ended.
const NARROWEST: usize = 40;

/// Lines that were ended by hand are at least so wide; those of poems are not.
const RAGGED: usize = 45;

/// Whether the lines are one paragraph, wrapped where the next word had no room.
pub fn is_prose(lines: &[Line<'_>], profile: &Profile) -> bool {
    let [first, rest @ ..] = lines else { return false };
    let drawn = lines.iter().filter(|l| l.is_drawn()).count();
    let columns = lines.iter().filter(|l| l.has_columns()).count();
    let justified = profile.justified || (columns > 0 && is_justified(lines, profile));
    if drawn * 4 > lines.len()
        || (drawn > 0 && lines.len() < 4)
        || (columns > 0 && !justified && (lines.len() < 4 || columns * 5 > lines.len()))
    {
        return false;
    }
    if rest.is_empty() {
        return true;
    }
    let widest = lines.iter().map(|l| l.end).max().unwrap_or(0);
    let near = widest + 14 > profile.width && widest <= profile.width + 14;
    let measure = if near { profile.width.min(widest) } else { widest };
    let cjk = first.body.chars().next().is_some_and(is_cjk);
    let filled = filled(lines, measure, if near { 4 } else { 2 });
    let lower = rest.iter().filter(|l| l.starts_upper() == Some(false)).count();
    if widest < NARROWEST && !(cjk && widest >= 24) {
        return false;
    }
    if lines.len() > 2 && is_verse(lines) && !(near && filled == lines.len() - 1 && lower > 0) {
        return false;
    }
    if lower * 10 >= rest.len() * 6 && is_ragged(lines) {
        return true;
    }
    match rest.len() {
        1 if near => filled == 1,
        1 if lower == 1 => first.end >= NARROWEST,
        1 => profile.wrapped && is_loosely_full(lines, profile.width),
        n if lower == n => filled * 10 >= n * 5,
        n if lower * 2 >= n => filled * 10 >= n * 6,
        n => filled * 10 >= (n - closed(lines, measure)) * 8 && filled * 2 >= n,
    }
}

/// Whether blanks were put between the words of these lines to make them equally wide: they all end at one column but for the
/// last, the gaps are narrow, and no column of them goes through most lines.
pub fn is_justified(lines: &[Line<'_>], profile: &Profile) -> bool {
    let [first, rest @ ..] = lines else { return false };
    let [inner @ .., last] = rest else { return false };
    let edge = first.end;
    let known = !inner.is_empty() || edge.abs_diff(profile.width) <= 1;
    let closed = last.body.ends_with(['.', '?', '!', ':', ')']) || last.starts_upper() == Some(false);
    let narrow = lines.iter().all(|l| !l.body.contains("    ") && !l.body.contains('\t') && !l.is_drawn());
    known
        && closed
        && narrow
        && edge >= NARROWEST
        && last.end <= edge + 1
        && inner.iter().all(|l| l.end.abs_diff(edge) <= 1)
        && !has_common_gap(lines)
}

/// Whether words after a gap start at one column in most of the lines.
fn has_common_gap(lines: &[Line<'_>]) -> bool {
    let mut seen: HashMap<usize, usize> = HashMap::new();
    for line in lines {
        for (at, _) in line.body.match_indices("  ") {
            let rest = text::tail(line.body, at + 2);
            if !rest.starts_with(' ') {
                *seen.entry(line.indent + width(text::head(line.body, at + 2))).or_default() += 1;
            }
        }
    }
    seen.values().any(|count| *count >= 3 && count * 2 > lines.len())
}

/// Sentences over long lines that somebody ended by hand, well before any measure: the last one is closed, most of the others
/// are not. Lines of commands or of names don't read so.
fn is_ragged(lines: &[Line<'_>]) -> bool {
    let [inner @ .., last] = lines else { return false };
    let closed = |l: &&Line<'_>| l.body.ends_with(['.', '?', '!', ';']);
    let words = |l: &Line<'_>| l.body.split(' ').filter(|w| w.starts_with(char::is_alphabetic)).count() >= 6;
    inner.len() >= 2
        && last.body.ends_with(['.', '?', '!', ':', ')'])
        && inner.iter().filter(closed).count() * 2 <= inner.len()
        && inner.iter().all(|l| l.end >= l.indent + RAGGED && words(l) && !l.has_columns())
}

/// How many lines end a sentence past the middle of the measure, with room left: some people start each on a new line.
fn closed(lines: &[Line<'_>], measure: usize) -> usize {
    let ends = |l: &&Line<'_>| l.body.ends_with(['.', '?', '!']) && l.end * 2 > measure && l.end + 10 < measure;
    lines.iter().take(lines.len().saturating_sub(1)).filter(ends).count()
}

/// A sentence over two lines of which the first did not quite reach the measure.
fn is_loosely_full(lines: &[Line<'_>], measure: usize) -> bool {
    let [first, second] = lines else { return false };
    let open = !first.body.ends_with(['.', '!', '?', ':', ';', ',']) && second.body.ends_with(['.', '?', ':']);
    open && first.end + second.first_word() + 20 > measure
}

/// How many of the lines but the last had no room for the first word of the next.
fn filled(lines: &[Line<'_>], measure: usize, slack: usize) -> usize {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    pairs.filter(|(line, next)| line.end + 1 + next.first_word() + slack > measure).count()
}

/// Whether a line had no room for the first word of the next one.
pub fn is_full(line: &Line<'_>, next: &Line<'_>, profile: &Profile) -> bool {
    line.end + 1 + next.first_word() + 4 > profile.width
}

/// Lines that each start with a capital, in a text that has small letters too.
fn is_verse(lines: &[Line<'_>]) -> bool {
    let cased: Vec<bool> = lines.iter().filter_map(Line::starts_upper).collect();
    let upper = cased.iter().filter(|u| **u).count();
    let shouted = lines.iter().all(|l| !l.body.chars().any(char::is_lowercase));
    !shouted && cased.len() * 2 > lines.len() && upper * 10 >= cased.len() * 8
}

/// The lines as one running text. A hyphen or dash at a line's end keeps its place and takes no space, and neither do
/// characters of scripts without spaces.
pub fn join<'t>(lines: impl IntoIterator<Item = &'t str>) -> String {
    let mut out = String::new();
    for line in lines {
        join_one(&mut out, line);
    }
    out
}

/// Adds one line to a running text.
pub fn join_one(out: &mut String, line: &str) {
    if !out.is_empty() && needs_space(out, line) {
        out.push(' ');
    }
    // Most lines are as they are to be.
    let bytes = line.as_bytes();
    if bytes.iter().fold(true, |plain, b| plain & (0x20..0x7F).contains(b))
        && memchr::memmem::find(bytes, b"  ").is_none()
    {
        return out.push_str(line.trim_ascii());
    }
    for (i, word) in line.split_whitespace().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// Whether a space stands between a text and the line that goes on from it.
pub fn needs_space(before: &str, line: &str) -> bool {
    let mut last = before.chars().rev();
    let Some(end) = last.next() else { return false };
    if end.is_whitespace() {
        return false;
    }
    let Some(start) = line.trim_start().chars().next() else { return false };
    if is_cjk(end) && is_cjk(start) {
        return false;
    }
    // Two hyphens that stand for a dash with its blanks are none that parts a word.
    let inner = last.find(|c| *c != '-');
    let hyphen = matches!(end, '-' | '—' | '‐') && inner.is_some_and(|c| !c.is_whitespace());
    !(hyphen && start.is_alphanumeric())
}
