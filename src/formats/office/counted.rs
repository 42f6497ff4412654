//! What is counted of a paragraph while it is in the making, to tell what it is as a whole: strong, or code.

use super::Run;

/// Bytes of text in all, of strong text, and of text whose letters are all as wide.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted {
    bytes: usize,
    strong: usize,
    mono: usize,
}

impl Counted {
    /// Counts text of this kind.
    pub fn count(&mut self, text: &str, run: &Run) {
        let bytes = text.trim().len();
        self.bytes += bytes;
        self.strong += if run.bold == Some(true) { bytes } else { 0 };
        self.mono += if run.mono == Some(true) { bytes } else { 0 };
    }

    /// Whether there is text.
    pub fn is_text(self) -> bool {
        self.bytes > 0
    }

    /// Whether all of the text is strong.
    pub fn is_strong(self) -> bool {
        self.is_text() && self.strong == self.bytes
    }

    /// Whether all letters are as wide.
    pub fn is_mono(self) -> bool {
        self.is_text() && self.mono == self.bytes
    }
}
