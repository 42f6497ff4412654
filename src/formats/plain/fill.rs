//! Whether the lines of a group are prose that was wrapped at a width, and how such lines are joined again. When in doubt
//! the answer is no: a table lost is worse than a ragged paragraph.

use super::{
    line::{Line, is_cjk},
    profile::Profile,
};

/// Lines narrower than this were not wrapped because the measure ended.
const NARROWEST: usize = 40;

/// Whether the lines are one paragraph, wrapped where the next word had no room.
pub fn is_prose(lines: &[Line<'_>], profile: &Profile) -> bool {
    let [first, rest @ ..] = lines else { return false };
    let drawn = lines.iter().filter(|l| l.is_drawn()).count();
    let columns = lines.iter().filter(|l| l.has_columns()).count();
    if drawn * 4 > lines.len()
        || (drawn > 0 && lines.len() < 4)
        || (columns > 0 && !profile.justified && (lines.len() < 4 || columns * 5 > lines.len()))
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
    match rest.len() {
        1 if near => filled == 1,
        1 if lower == 1 => first.end >= NARROWEST,
        1 => profile.wrapped && is_loosely_full(lines, profile.width),
        n if lower == n => filled * 10 >= n * 5,
        n if lower * 2 >= n => filled * 10 >= n * 6,
        n => filled * 10 >= (n - closed(lines, measure)) * 8 && filled * 2 >= n,
    }
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
    let (Some(end), inner) = (last.next(), last.next()) else { return false };
    if end.is_whitespace() {
        return false;
    }
    let Some(start) = line.trim_start().chars().next() else { return false };
    if is_cjk(end) && is_cjk(start) {
        return false;
    }
    let hyphen = matches!(end, '-' | '—' | '‐') && inner.is_some_and(|c| !c.is_whitespace());
    !(hyphen && start.is_alphanumeric())
}
