//! Words side by side: what most terms are.

use crate::text::{
    stem::{Forms, Stemmer},
    words,
};

/// Words that stand side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Folded; at least one.
    pub words: Vec<String>,
    /// The last word matches every word that begins with it.
    pub prefix: bool,
    /// The other forms that the word has in a document's language count too: it is a single one, and was not quoted.
    pub inflected: bool,
}

impl Phrase {
    /// The words of `text`; `None` when there are none.
    pub fn new(text: &str, prefix: bool) -> Option<Phrase> {
        let words = folded(text);
        (!words.is_empty()).then_some(Phrase { words, prefix, inflected: false })
    }

    /// The same, as it is when it was not quoted: a single word stands for its other forms as well.
    #[must_use]
    pub fn inflected(self) -> Phrase {
        Phrase { inflected: self.words.len() == 1, ..self }
    }

    /// The word's other forms in a language.
    pub fn forms(&self, stemmer: Stemmer) -> Option<Forms> {
        self.words.first().filter(|_| self.inflected).and_then(|word| stemmer.forms(word))
    }

    /// Whether it stands somewhere among the folded words of a passage.
    pub fn stands_among(&self, passage: &[String]) -> bool {
        let Some((last, before)) = self.words.split_last() else { return false };
        passage.windows(self.words.len()).any(|here| {
            here.split_last().is_some_and(|(ending, start)| {
                start == before && if self.prefix { ending.starts_with(last.as_str()) } else { ending == last }
            })
        })
    }
}

/// The folded words of a text.
pub fn folded(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    words::folded(text, |_, word| out.push(word.to_owned()));
    out
}
