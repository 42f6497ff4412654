//! Headings of plain text, told by one line or by a line and what is drawn under it.

use super::{line::Line, profile::Profile};
use crate::text;

/// A heading wider than this is a sentence.
const WIDEST: usize = 76;

/// The level of a line that stands alone, if it is a heading.
pub fn alone(line: &Line<'_>, profile: &Profile) -> Option<u8> {
    let b = line.body;
    if line.end - line.indent > WIDEST || b.ends_with([',', ';']) || line.has_columns() && section(b).is_none() {
        return None;
    }
    if let Some(level) = chapter(b) {
        return Some(level);
    }
    if line.indent == 0
        && let Some(level) = section(b)
        && !b.ends_with('.')
        && (level > 2 || profile.numbered)
    {
        return Some(level);
    }
    (is_roman(b.trim_end_matches('.')) || (!profile.shouts && is_capitals(b))).then_some(2)
}

/// The level of a heading by the line drawn under it.
pub fn underlined(line: &Line<'_>, under: &Line<'_>) -> Option<u8> {
    let mut chars = under.body.chars();
    let sign = chars.next()?;
    let length = under.body.len();
    if !chars.all(|c| c == sign) || line.is_drawn() || is_drawn_by_one(line.body) {
        return None;
    }
    let (title, offset) = (line.end - line.indent, under.indent.abs_diff(line.indent));
    let level = match sign {
        '=' => 1,
        '-' => 2,
        '~' | '^' | '"' | '*' | '#' | '+' | '\'' | '`' | '.' if length + 1 >= title && length >= 4 => 3,
        _ => return None,
    };
    (length >= 3 && length * 2 >= title && length <= title + 40 && offset <= 2 && title <= 100).then_some(level)
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

fn is_drawn_by_one(body: &str) -> bool {
    !body.chars().any(char::is_alphanumeric)
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
    let letters = body.chars().filter(|c| c.is_alphabetic());
    let (mut upper, mut all) = (0usize, 0usize);
    for c in letters {
        all += 1;
        upper += usize::from(c.is_uppercase());
    }
    let signs = body.chars().filter(|c| matches!(c, '=' | '/' | '<' | '>' | '$' | '@' | '_' | '\\' | '|')).count();
    all >= 3 && upper == all && signs == 0 && !body.ends_with(['.', '!', ')'].as_slice())
        || all >= 6 && upper == all && signs == 0
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 7 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}
