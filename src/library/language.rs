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
        let told = told(text::head(&self.text, FIRST)).or_else(|| told(&self.text))?;
        language::by_code(told.code()).map(|language| language.tag)
    }
}

fn told(sample: &str) -> Option<whatlang::Lang> {
    if words::count(sample) < ENOUGH {
        return None;
    }
    whatlang::detect(sample).filter(whatlang::Info::is_reliable).map(|told| told.lang())
}
