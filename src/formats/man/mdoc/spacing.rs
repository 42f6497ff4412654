//! Where words stand close: mdoc(7) sets every word apart but those of which a macro says otherwise.

/// Whether a space comes before the next word.
#[derive(Debug, Default)]
pub(super) struct Spacing {
    /// Words are not set apart at all.
    off: bool,
    /// No space before the next word, even on the next line.
    tight: bool,
    /// Nothing on this line is yet to be set apart from.
    first: bool,
}

impl Spacing {
    /// A line begins; whether it stands close to the one before.
    pub fn begin_line(&mut self) -> bool {
        self.first = true;
        std::mem::take(&mut self.tight)
    }

    /// `.Sm`: words are set apart, or not.
    pub fn switch(&mut self, on: bool) {
        self.off = !on;
    }

    /// The next word stands close to what was set.
    pub fn tighten(&mut self) {
        self.tight = true;
    }

    /// The next word stands close to what was set, and signs between them change nothing.
    pub fn close_up(&mut self) {
        (self.tight, self.first) = (true, true);
    }

    /// A sign was set that stands close to the word before it, and to no word after it.
    pub fn loosen(&mut self) {
        self.tight = false;
    }

    /// Something was set from which the next word is set apart.
    pub fn set(&mut self) {
        self.first = false;
    }

    /// A word is set; whether a space comes before it.
    pub fn take(&mut self) -> bool {
        let close = std::mem::take(&mut self.first) | std::mem::take(&mut self.tight);
        !close && !self.off
    }
}
