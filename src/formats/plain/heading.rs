//! Headings of plain text, told by one line or by a line and what is drawn under it.

use super::{code, line::Line, list, profile::Profile};
use crate::text;

/// A heading wider than this is a sentence.
const WIDEST: usize = 76;

/// The measure that titles are compared with where nothing is wrapped.
const USUAL: usize = 80;

/// The level of a line that stands alone, if it is a heading.
pub fn alone(line: &Line<'_>, profile: &Profile) -> Option<u8> {
    let b = line.body;
    let numbered = section(b);
    let number = if numbered.is_some() { b.split_whitespace().next().map_or(0, str::len) } else { 0 };
    let title = Line::new(text::tail(b, number), 0);
    if line.end - line.indent > WIDEST || b.ends_with([',', ';']) || title.has_columns() {
        return None;
    }
    if let Some(level) = chapter(b) {
        return Some(level);
    }
    if let Some(level) = numbered
        && !b.ends_with('.')
        && (line.indent == 0 || level > 2 && line.indent <= 4)
        && (level > 2 || profile.numbered)
    {
        return Some(level);
    }
    if is_centered(line, profile) || stands_out(line, profile) {
        return Some(2);
    }
    (is_roman(b.trim_end_matches('.')) || (!profile.shouts && is_capitals(b))).then_some(2)
}

/// Whether the first line of a text is its title, right above its first paragraph: much shorter than the full line after it,
/// which starts a sentence of its own.
pub fn is_title(line: &Line<'_>, next: &Line<'_>, profile: &Profile) -> bool {
    let measure = if profile.wrapped { profile.width } else { USUAL };
    let full = next.end * 10 >= measure * 8;
    line.end * 10 < measure * 6
        && full
        && line.indent.abs_diff(next.indent) <= 4
        && [line, next].iter().all(|l| l.starts_upper() == Some(true) && !l.has_columns() && !l.is_drawn())
        && !line.body.ends_with(['.', ',', ';', ':', '-'])
        && line.body.chars().any(char::is_lowercase)
        && [line, next]
            .iter()
            .all(|l| list::marker(l.body).is_none() && !code::is_mail_field(l.raw) && !code::is_code(l))
}

/// Whether a line that stands alone was put in the middle: `        Preamble`.
fn is_centered(line: &Line<'_>, profile: &Profile) -> bool {
    let right = profile.width.saturating_sub(line.end);
    let caption = line.body.starts_with("Figure") || line.body.starts_with("Table ") || line.body.starts_with("Page ");
    line.indent >= 10
        && !caption
        && line.end - line.indent >= 4
        && line.indent.abs_diff(right) <= 8
        && line.starts_upper() == Some(true)
        && !line.body.ends_with(['.', ':', '-', ']'])
        && !line.is_drawn()
}

/// Whether a line starts to the left of all the text, as in RFCs and manuals.
fn stands_out(line: &Line<'_>, profile: &Profile) -> bool {
    let b = line.body;
    profile.base >= 3
        && line.indent == 0
        && line.end <= 60
        && line.starts_upper() == Some(true)
        && !b.ends_with(['.', ':', ';', ',', '!', '?', ')'])
        && list::marker(b).is_none()
}

/// A way of drawing headings: the sign, and whether it stands over the text too.
pub type Drawn = (char, bool);

/// How a heading is drawn: by a line under it. `over` when the same line stands over it.
pub fn underlined(line: &Line<'_>, under: &Line<'_>, over: bool) -> Option<Drawn> {
    let mut chars = under.body.chars();
    let sign = chars.next()?;
    let length = under.body.len();
    if !chars.all(|c| c == sign) || line.is_drawn() || !line.body.chars().any(char::is_alphanumeric) {
        return None;
    }
    let (title, offset) = (line.end - line.indent, under.indent.abs_diff(line.indent));
    let clear = match sign {
        // One character of Chinese is as wide as two signs.
        '=' | '-' => (length >= 3 || over && length == 2 && title == 2) && length * 2 >= title,
        '~' | '^' | '"' | '*' | '#' | '+' | '\'' | '`' | '.' | ':' | '_' => length >= 4 && length + 1 >= title,
        _ => false,
    };
    (clear && length <= title + 40 && (offset <= 2 || over) && title <= 100).then_some((sign, over))
}

/// The level of a drawn heading: reStructuredText's rule, that the ways of drawing count in the order in which they appear.
pub fn level(drawn: Drawn, profile: &Profile) -> u8 {
    let fallback = if drawn.0 == '=' || drawn.1 { 1 } else { 2 };
    let seen = profile.drawn.iter().position(|d| *d == drawn);
    seen.and_then(|i| u8::try_from(i + 1).ok()).unwrap_or(fallback).min(6)
}

/// The ways of drawing headings in a text, in their order.
pub fn drawn(all: &[Line<'_>]) -> Vec<Drawn> {
    let mut seen = Vec::new();
    for (i, line) in all.iter().enumerate().filter(|(_, l)| !l.is_blank()) {
        let above = i.checked_sub(1).and_then(|a| all.get(a)).filter(|l| !l.is_blank());
        let Some(under) = all.get(i + 1) else { continue };
        let over = above.is_some_and(|a| a.body == under.body);
        if above.is_none() || over {
            seen.extend(underlined(line, under, over).filter(|d| !seen.contains(d)));
        }
    }
    seen
}

/// A line of one sign only, three or more, with or without blanks: `* * *`, `-----`.
pub fn is_rule(body: &str) -> bool {
    let mut signs = body.chars().filter(|c| !c.is_whitespace());
    let Some(sign) = signs.next().filter(|c| matches!(c, '*' | '-' | '=' | '_' | '~' | '#' | '+' | '.' | '—' | '─'))
    else {
        return false;
    };
    let mut count = 1;
    signs.all(|c| {
        count += 1;
        c == sign
    }) && count >= if sign == '.' || sign == '#' { 5 } else { 3 }
}

/// `Chapter 1`, `CHAPTER IV. Title`, `Book the First`, `Appendix A`.
pub fn chapter(body: &str) -> Option<u8> {
    let mut words = body.split_whitespace();
    let first = words.next()?.to_lowercase();
    let level = match first.as_str() {
        "book" | "part" | "volume" => 1,
        "chapter" | "act" | "canto" | "stave" | "appendix" | "letter" => 2,
        "scene" => 3,
        _ => return None,
    };
    if !body.starts_with(char::is_uppercase) || body.ends_with('.') && body.split_whitespace().count() > 8 {
        return None;
    }
    let second = words.next()?;
    let number = second.trim_end_matches(['.', ':', ',', '-', '—', ')']);
    let ended = number.len() < second.len() || words.clone().next().is_none();
    let word = number.to_lowercase();
    let counts = matches!(
        word.as_str(),
        "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "eleven"
            | "twelve"
            | "the"
    );
    let appendix = first == "appendix" && number.len() == 1 && number.bytes().all(|b| b.is_ascii_uppercase());
    let title_follows = words.next().is_none_or(|w| w.starts_with(|c: char| !c.is_lowercase()));
    let numbered = is_roman(number) || (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    ((numbered || counts || appendix) && (ended || title_follows)).then_some(level)
}

/// `1.2.  Section`: one level below the number's depth, since the title stands above.
pub fn section(body: &str) -> Option<u8> {
    let number = body.split_whitespace().next()?;
    let title = text::tail(body, number.len()).trim_start();
    let appendix = number.len() > 2 && number.starts_with(|c: char| c.is_ascii_uppercase()) && number.contains('.');
    let digits = text::tail(number, usize::from(appendix));
    let parts: Vec<&str> = digits.trim_matches('.').split('.').collect();
    let numeric = parts.iter().all(|p| (1..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    let depth = parts.len() + usize::from(appendix);
    let plain = number.ends_with('.') || depth > 1;
    let capital = title.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“'));
    (numeric && plain && capital && depth <= 6).then(|| u8::try_from(depth + 1).unwrap_or(6).min(6))
}

fn is_capitals(body: &str) -> bool {
    let (mut upper, mut all, mut signs) = (0usize, 0usize, usize::from(body.starts_with('*')));
    for c in body.chars() {
        all += usize::from(c.is_alphabetic());
        upper += usize::from(c.is_uppercase());
        signs += usize::from(matches!(c, '=' | '/' | '<' | '>' | '$' | '@' | '_' | '\\' | '|'));
    }
    let closed = body.ends_with(['.', '!', ')']);
    signs == 0 && upper == all && all >= if closed { 6 } else { 3 }
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 7 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}
