//! A phrase as terms of the index: words, and pairs in place of neighbours that are [`joined`], each so many positions from
//! the end.

use super::pairs::{Initial, Kind, is_common, joined, pair, unspaced};

/// A term of a phrase.
pub(super) struct Gram {
    pub text: String,
    /// How many words stand from its first one to the end of the phrase. Added to the number of that word in a text it gives
    /// the place of the phrase, which is the same number for all its grams.
    pub after: u32,
    /// How the word after it begins; `None` for the last one.
    pub next: Option<Initial>,
}

/// The last word of a phrase, unfinished.
pub(super) struct Ending {
    /// The beginning of a term.
    pub text: String,
    /// As that of a gram.
    pub after: u32,
    /// The word before it, if it is one that makes pairs with the common ones that may end the phrase.
    pub common: Option<String>,
}

/// The terms of a phrase.
pub(super) struct Grams {
    pub whole: Vec<Gram>,
    pub ending: Option<Ending>,
}

impl Grams {
    /// The grams of these words, of which the last one may be unfinished.
    pub(super) fn new(words: &[String], prefix: bool) -> Grams {
        // A character is never unfinished, and ends a pair as any other does. A word may become a longer one.
        let open = words.last().filter(|last| prefix && !unspaced(last));
        let finished = words.get(..words.len() - usize::from(open.is_some())).unwrap_or(words);
        let mut whole = Vec::new();
        let mut from = 0;
        let mut add = |text: String, from: usize, count: usize| {
            let next = words.get(from + count).map(|word| Initial::of(word));
            whole.push(Gram { text, after: narrow(words.len() - from), next });
        };
        for run in finished.chunk_by(|a, b| joined(a, b)) {
            let last = run.len().saturating_sub(2);
            for (at, two) in run.windows(2).enumerate() {
                // Every second pair covers the run; the last one is needed for its end.
                if let ([first, second], true) = (two, at % 2 == 0 || at == last) {
                    add(pair(first, second), from + at, 2);
                }
            }
            if let [word] = run {
                add(word.clone(), from, 1);
            }
            from += run.len();
        }
        let ending = match open {
            Some(text) => {
                let common = finished.last().filter(|before| Kind::of(before) == Some(Kind::Common));
                Some(Ending { text: text.clone(), after: 1, common: common.cloned() })
            }
            None if prefix => whole.pop().map(|Gram { text, after, .. }| Ending { text, after, common: None }),
            None => None,
        };
        Grams { whole, ending }
    }
}

impl Ending {
    /// Whether whatever follows the rest of the phrase with its initial is an end of it.
    pub(super) fn is_initial(&self) -> bool {
        Initial::says_all(&self.text)
    }

    /// The beginning of the pairs that are an end of the phrase together with the word before it.
    pub(super) fn pairs(&self) -> Option<String> {
        self.common.as_ref().map(|before| pair(before, &self.text))
    }

    /// Whether those pairs hold all there is of a term.
    pub(super) fn is_in_pairs(&self, term: &[u8]) -> bool {
        self.common.is_some() && std::str::from_utf8(term).is_ok_and(is_common)
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
