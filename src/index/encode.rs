//! The words of a document as tantivy takes them: one string in which every token stands after a mark that says where it
//! is. Words are folded once and feed several fields, which tantivy's way of a tokenizer for each field does not allow.
//!
//! | mark | the token after it |
//! |---|---|
//! | `WORD` | is the next word |
//! | `GAP` | is the first word of another passage; a position is left out before it, so that no phrase crosses |
//! | `PAIR` | is the last two words together, which are [`joined`](super::pairs::joined); stands where the first of them does |

use std::collections::HashSet;

use super::{
    pairs::{BETWEEN, Initial, Kind},
    schema::STARTS,
};

pub(super) const WORD: u8 = 1;
pub(super) const GAP: u8 = 2;
pub(super) const PAIR: u8 = 3;

/// The words of one zone, and the beginnings that they have.
#[derive(Default)]
pub(super) struct Encoder {
    words: String,
    starts: Starts,
    /// The last word, and of which kind it is, if it may make a pair with the next one.
    before: (String, Option<Kind>),
    /// The mark of the next word.
    mark: Option<u8>,
}

impl Encoder {
    /// What follows is another passage.
    pub(super) fn passage(&mut self) {
        self.before.1 = None;
        self.mark = Some(if self.words.is_empty() { WORD } else { GAP });
    }

    /// Adds a folded word.
    pub(super) fn word(&mut self, word: &str) {
        push(&mut self.words, self.mark.take().unwrap_or(WORD), word);
        let kind = Kind::of(word);
        let (before, kind_before) = &mut self.before;
        if kind.is_some() {
            if kind == *kind_before {
                push(&mut self.words, PAIR, before);
                self.words.push(BETWEEN);
                self.words.push_str(word);
            }
            before.clear();
            before.push_str(word);
        }
        *kind_before = kind;
        self.starts.add(word);
    }

    /// How many bytes it holds.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words and their beginnings, each to be cut by [`tokens`]. The encoder is empty afterwards.
    pub(super) fn take(&mut self) -> (String, String) {
        self.before.1 = None;
        let (mut words, starts) = (std::mem::take(&mut self.words), self.starts.take());
        // It waits for its turn beside thousands of others.
        words.shrink_to_fit();
        (words, starts)
    }
}

/// The different beginnings of one and two characters. Those of ASCII, which are nearly all, are ticked off in a table.
#[derive(Default)]
struct Starts {
    out: String,
    /// A bit for each.
    ticked: Vec<u64>,
    others: HashSet<Box<str>>,
}

impl Starts {
    fn add(&mut self, word: &str) {
        for (at, c) in word.char_indices().take(STARTS) {
            let start = word.get(..at + c.len_utf8()).unwrap_or_default();
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
        if self.ticked.is_empty() {
            self.ticked.resize((1 << 14) / 64, 0);
        }
        let bit = 1 << (place % 64);
        self.ticked.get_mut(place / 64).is_some_and(|ticked| {
            let new = *ticked & bit == 0;
            *ticked |= bit;
            new
        })
    }

    fn take(&mut self) -> String {
        self.ticked.clear();
        self.others.clear();
        std::mem::take(&mut self.out)
    }
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

impl Tokens<'_> {
    /// How the word begins that follows the last token in its passage.
    pub(super) fn next_initial(&self) -> Initial {
        let mut ahead = Tokens { ..*self };
        loop {
            match self.text.as_bytes().get(ahead.at) {
                Some(&PAIR) => drop(ahead.next()),
                Some(&WORD) => return Initial::of(self.text.get(ahead.at + 1..).unwrap_or_default()),
                _ => return Initial::NONE,
            }
        }
    }
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
