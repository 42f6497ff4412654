//! Where a line may end: where Unicode's line breaking algorithm (UAX 14) allows it, which knows spaces, hyphens and the
//! rules of Chinese and Japanese (kinsoku). Two things it leaves to others. Thai, Lao, Khmer and Burmese are written without
//! spaces between their words, which only a dictionary tells apart (ICU's). And it parts addresses and options of programs,
//! which nobody could put together again.

use icu_segmenter::LineSegmenter;
use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::text;

/// A token is looked at so many characters to either side, so that one of a million costs no more than its length.
const TOKEN: usize = 200;

/// Where a line of `part` may end, in order; its end is one of the places.
pub(super) fn chances(part: &str) -> impl Iterator<Item = (usize, BreakOpportunity)> + '_ {
    let given =
        linebreaks(part).filter(|(at, kind)| *kind == BreakOpportunity::Mandatory || !is_inside_token(part, *at));
    let mut given = given.peekable();
    let mut words = words(part).into_iter().peekable();
    std::iter::from_fn(move || {
        let next = given.peek().map_or(part.len(), |(at, _)| *at);
        while words.next_if_eq(&next).is_some() {}
        match words.next_if(|word| *word < next) {
            Some(word) => Some((word, BreakOpportunity::Allowed)),
            None => given.next(),
        }
    })
}

/// Where words begin within what is written without spaces.
fn words(part: &str) -> Vec<usize> {
    let mut words = Vec::new();
    // These scripts begin with U+0E00: most text is told by its bytes.
    if !part.bytes().any(|byte| matches!(byte, 0xE0 | 0xE1 | 0xEA)) {
        return words;
    }
    let segmenter = LineSegmenter::new_dictionary(Default::default());
    let mut start = 0;
    while let Some(at) = text::tail(part, start).find(is_unspaced) {
        let from = start + at;
        let rest = text::tail(part, from);
        start = from + rest.find(|c| !is_unspaced(c)).unwrap_or(rest.len());
        let run = text::slice(part, from..start);
        let begins = segmenter.segment_str(run).filter(|at| (1..run.len()).contains(at));
        words.extend(begins.filter(|at| !text::tail(run, *at).starts_with(CLINGS)).map(|at| from + at));
    }
    words
}

/// Signs of repetition and abbreviation, which stand by the word before them.
const CLINGS: [char; 4] = ['ๆ', 'ฯ', 'ໆ', 'ៗ'];

/// Letters of Thai, Lao, Burmese and Khmer, and their marks: the class SA of UAX 14 as far as there are dictionaries.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' | '\u{E81}'..='\u{ECE}' | '\u{EDC}'..='\u{EDF}'
        | '\u{1000}'..='\u{103F}' | '\u{1050}'..='\u{108F}' | '\u{109A}'..='\u{109F}' | '\u{AA60}'..='\u{AA7F}'
        | '\u{1780}'..='\u{17D3}' | '\u{17D7}' | '\u{17DC}' | '\u{17DD}')
}

/// Whether the sign before `at` is part of a token: the second slash of `http://`, or a hyphen beside `<`, `>` or a backtick,
/// in an address, a path, an option or an identifier. The hyphen of `well-known` is none.
fn is_inside_token(part: &str, at: usize) -> bool {
    let before = text::head(part, at);
    if before.ends_with("//") {
        return true;
    }
    let Some(stem) = before.strip_suffix('-') else { return false };
    let sign = |c: char| matches!(c, '<' | '>' | '`');
    let rest = text::tail(part, at);
    if stem.ends_with(sign) || rest.starts_with(sign) {
        return true;
    }
    let word = |c: &char| !c.is_whitespace();
    let start: usize = stem.chars().rev().take(TOKEN).take_while(word).map(char::len_utf8).sum();
    let end: usize = rest.chars().take(TOKEN).take_while(word).map(char::len_utf8).sum();
    let (stem, rest) = (text::tail(stem, stem.len() - start), text::head(rest, end));
    let opened = stem.trim_start_matches(['(', '[', '<', '"', '\'', '`', '“', '‘']);
    let has = |what: &str| stem.contains(what) || rest.contains(what);
    has("://")
        || has("_")
        || opened.is_empty()
        || opened.starts_with(['/', '-'])
        || opened.starts_with("~/")
        || opened.starts_with("./")
}
