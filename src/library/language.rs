//! The language of a text that does not name it, told from a sample.
//!
//! A wrong answer is worse than none: `lang:` would find the text under another language, and it would be set by other
//! rules. So there is none for a text of a few words, for code, tables and lists, and where the sample leaves a doubt.

use crate::{
    doc::{Block, Kind},
    text::{self, language, words},
};

/// A sample is at most so long, in bytes; telling takes a third of a millisecond for it.
const SAMPLE: usize = 2048;

/// So much of it is enough for most texts, and a third of the work.
const FIRST: usize = 640;

/// Under so many words there is no telling.
const ENOUGH: usize = 20;

/// Words that make up a third of an English text, and next to nothing of one in another language.
const ENGLISH: &[&str] = &[
    "the", "and", "of", "to", "that", "is", "it", "with", "this", "for", "are", "be", "as", "by", "from", "have",
    "not", "you", "which", "they", "but", "or", "his", "was", "on", "at", "in",
];

/// Words that are as common in another language, and none in English. What holds them may be a text about English ones.
const FOREIGN: &[&str] = &[
    "der", "und", "das", "ist", "nicht", "den", "le", "la", "les", "des", "et", "est", "el", "los", "que", "de", "di",
    "il", "che", "em", "um", "het", "een", "van", "och", "som", "og", "det", "na", "nie", "ve", "bir", "yang",
];

/// The bytes of the longest of both.
const LONGEST: usize = 5;

/// Collects the sample while a text is read.
#[derive(Default)]
pub(super) struct Sample {
    text: String,
}

impl Sample {
    /// Takes in a block, unless there is enough already.
    pub(super) fn add(&mut self, block: &Block) {
        let room = SAMPLE.saturating_sub(self.text.len());
        // Sentences: a heading or an item is often made of names.
        if room > 0 && block.kind == Kind::Paragraph {
            self.text.push_str(text::head(&block.text, room));
            self.text.push('\n');
        }
    }

    /// The tag of the language, where there is no doubt.
    pub(super) fn language(&self) -> Option<&'static str> {
        let first = text::head(&self.text, FIRST);
        // A few sentences may be about names, and more of them are still seen soon.
        if is_english(first) || is_english(&self.text) {
            return Some("en");
        }
        let told = told(first).or_else(|| told(&self.text))?;
        language::by_code(told.code()).map(|language| language.tag)
    }
}

/// Whether every fifth word is one of the commonest English ones, and every sixtieth the article, which no other language
/// has, and hardly any a common one of another. Seen at a hundredth of what it takes to tell seventy languages apart.
fn is_english(sample: &str) -> bool {
    let (mut all, mut common, mut articles, mut foreign) = (0, 0, 0, 0);
    words::folded(sample, |_, word| {
        all += 1;
        if word.len() > LONGEST {
            return;
        }
        common += usize::from(ENGLISH.contains(&word));
        articles += usize::from(word == "the");
        foreign += usize::from(FOREIGN.contains(&word));
    });
    all >= ENOUGH && common * 5 >= all && articles * 60 >= all && foreign * 30 <= all
}

fn told(sample: &str) -> Option<whatlang::Lang> {
    if words::count(sample) < ENOUGH {
        return None;
    }
    whatlang::detect(sample).filter(whatlang::Info::is_reliable).map(|told| told.lang())
}
