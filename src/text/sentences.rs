//! Where sentences end: after `.`, `!` or `?` and closing quotes, before a space and what can begin a sentence, unless the
//! full stop belongs to an abbreviation; in Chinese and Japanese after `。`, `！` or `？`. (A rule after UAX #29, which by
//! itself ends a sentence after *Mr.*)

use std::ops::Range;

/// What stands before a full stop that ends no sentence; a single letter is one too.
const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Sr", "Jr", "vs", "etc", "e.g", "i.e", "No", "Vol", "Fig", "cf", "Inc",
    "Ltd",
];

/// Characters of the longest of these.
const LONGEST: usize = 4;

/// The sentences of a text, in order, without the blanks between them.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = super::tail(text, at);
        let start = at + rest.len() - rest.trim_start().len();
        let rest = super::tail(text, start);
        if rest.is_empty() {
            return None;
        }
        at = start + first_end(rest);
        let sentence = super::slice(text, start..at);
        Some(start..start + sentence.trim_end().len())
    })
}

/// Where the first sentence of a text ends.
pub fn first_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        if matches!(c, '。' | '！' | '？') {
            while let Some((at, c)) = chars.next_if(|(_, c)| matches!(c, '」' | '』' | '”' | '）')) {
                end = at + c.len_utf8();
            }
            return end;
        }
        if !matches!(c, '.' | '!' | '?' | '…') || (c == '.' && abbreviates(super::head(text, at))) {
            continue;
        }
        while let Some((at, c)) =
            chars.next_if(|(_, c)| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | '.' | '!' | '?'))
        {
            end = at + c.len_utf8();
        }
        let mut after = super::tail(text, end).chars();
        let spaced = after.next().is_none_or(char::is_whitespace);
        if spaced && after.next().is_none_or(|c| c.is_uppercase() || !(c.is_alphabetic() || c == '-' || c == '–')) {
            return end;
        }
    }
    text.len()
}

/// Whether a full stop after `before` ends an abbreviation and not a sentence.
fn abbreviates(before: &str) -> bool {
    let begins = |c: char| c.is_whitespace() || c == '(';
    let letters: Vec<char> = before.chars().rev().take(LONGEST + 1).take_while(|c| !begins(*c)).collect();
    let word: String = letters.iter().rev().collect();
    matches!(letters.as_slice(), [only] if only.is_alphabetic()) || ABBREVIATIONS.contains(&word.as_str())
}
