//! The words of a document as tantivy takes them: one string in which every token stands after a mark that says where it
//! is. Words are folded once and feed several fields, which tantivy's way of a tokenizer for each field does not allow.
//!
//! | mark | the token after it |
//! |---|---|
//! | `WORD` | is the next word |
//! | `GAP` | is the first word of another passage; a position is left out before it, so that no phrase crosses |
//! | `PAIR` | is the last two words together, both unspaced characters; stands where the first of them does |
//!
//! Pairs make a run of Chinese or Thai a few rare terms instead of many common ones. A pair is written with a space, which
//! no word contains, and is made whenever two neighbours both are [`unspaced`]: a query relies on that.

use std::collections::HashSet;

use super::schema::STARTS;
use crate::text;

pub(super) const WORD: u8 = 1;
pub(super) const GAP: u8 = 2;
pub(super) const PAIR: u8 = 3;

/// The words of one zone, and the beginnings that they have.
#[derive(Default)]
pub(super) struct Encoder {
    words: String,
    starts: Starts,
    /// The last word, if it is unspaced and of the same passage.
    unspaced: String,
    /// The mark of the next word.
    mark: Option<u8>,
}

impl Encoder {
    /// What follows is another passage.
    pub(super) fn passage(&mut self) {
        self.unspaced.clear();
        self.mark = Some(if self.words.is_empty() { WORD } else { GAP });
    }

    /// Adds a folded word.
    pub(super) fn word(&mut self, word: &str) {
        push(&mut self.words, self.mark.take().unwrap_or(WORD), word);
        if unspaced(word) {
            if !self.unspaced.is_empty() {
                push(&mut self.words, PAIR, &pair(&self.unspaced, word));
            }
            self.unspaced.clear();
            self.unspaced.push_str(word);
        } else {
            self.unspaced.clear();
        }
        self.starts.add(word);
    }

    /// How many bytes it holds.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words and their beginnings, each to be cut by [`tokens`]. The encoder is empty afterwards.
    pub(super) fn take(&mut self) -> (String, String) {
        self.unspaced.clear();
        (std::mem::take(&mut self.words), self.starts.take())
    }
}

/// The different beginnings of one and two characters. Those of ASCII, which are nearly all, are ticked off in a table.
#[derive(Default)]
struct Starts {
    out: String,
    ticked: Vec<bool>,
    others: HashSet<Box<str>>,
}

impl Starts {
    fn add(&mut self, word: &str) {
        for (at, c) in word.char_indices().take(STARTS) {
            let start = text::head(word, at + c.len_utf8());
            if self.is_new(start) {
                push(&mut self.out, WORD, start);
            }
        }
    }

    fn is_new(&mut self, start: &str) -> bool {
        let place = match *start.as_bytes() {
            [only] if only.is_ascii() => usize::from(only) << 7,
            [first, second] if first.is_ascii() && second.is_ascii() => usize::from(first) << 7 | usize::from(second),
            _ => return !self.others.contains(start) && self.others.insert(start.into()),
        };
        self.ticked.resize(1 << 14, false);
        self.ticked.get_mut(place).is_some_and(|ticked| !std::mem::replace(ticked, true))
    }

    fn take(&mut self) -> String {
        self.ticked.clear();
        self.others.clear();
        std::mem::take(&mut self.out)
    }
}

/// Whether a folded word is a character of a script written without spaces. Told by the folded form, so that text and
/// query always agree.
pub(super) fn unspaced(word: &str) -> bool {
    word.chars().next().is_some_and(text::words::is_unspaced)
}

/// The term of two unspaced neighbours.
pub(super) fn pair(first: &str, second: &str) -> String {
    format!("{first} {second}")
}

/// The tokens of an encoded text with their marks.
pub(super) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// Iterator of [`tokens`].
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (u8, &'a str);

    fn next(&mut self) -> Option<(u8, &'a str)> {
        let mark = *self.text.as_bytes().get(self.at)?;
        let start = self.at + 1;
        let rest = self.text.as_bytes().get(start..)?;
        let end = start + memchr::memchr3(WORD, GAP, PAIR, rest).unwrap_or(rest.len());
        self.at = end;
        Some((mark, self.text.get(start..end)?))
    }
}

fn push(out: &mut String, mark: u8, token: &str) {
    out.push(char::from(mark));
    out.push_str(token);
}
