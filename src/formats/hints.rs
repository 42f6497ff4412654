//! What the reader knows of files that don't say it themselves. It comes from the settings and goes with the bytes, in their
//! [`Source`](super::Source); a format takes a hint for what it is, and goes by its own lights where there is none.

/// Names that the reader has given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Fields that hold the text of a row, the best first.
    pub text_fields: Vec<String>,
    /// Fields that hold its title, the best first.
    pub title_fields: Vec<String>,
}

impl Hints {
    /// The formats that read a file in another way when there are other hints.
    pub const CONCERNED: &'static [&'static str] = &[super::jsonl::FORMAT.name];

    /// All of them in one line: the same for the same hints, and empty for none.
    pub fn written(&self) -> String {
        if *self == Hints::default() {
            return String::new();
        }
        format!("text {:?} title {:?}", self.text_fields, self.title_fields)
    }
}
