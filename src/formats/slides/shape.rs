//! The shapes of a slide: what each says of itself, and what that makes of its text.

/// A shape.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// What it is for, where it says.
    pub kind: String,
    /// What its image shows, in words.
    pub about: String,
    /// Its image.
    pub image: Option<String>,
}

impl Shape {
    /// Whether its text is left out, on a slide or among the speaker's notes: a heading that is one already, a date, a
    /// number.
    pub fn is_skipped(&self, notes: bool) -> bool {
        match self.kind.as_str() {
            "title" | "ctrTitle" | "dt" | "ftr" | "sldNum" | "hdr" | "sldImg" => true,
            // A text box among the notes says nothing of what it is.
            "body" | "" => false,
            _ => notes,
        }
    }

    /// Whether it is no mere image.
    pub fn is_text(&self) -> bool {
        !self.kind.is_empty() || self.image.is_none()
    }

    /// Whether its paragraphs are a list unless they say that they are none: the body of a slide.
    pub fn is_list(&self, notes: bool) -> bool {
        self.kind == "body" && !notes
    }
}

/// How a paragraph stands among others.
#[derive(Debug, Default)]
pub(super) struct Bullet {
    /// How deep, from 0.
    pub level: usize,
    /// The sign before it, where it says; none if it is empty.
    pub sign: Option<String>,
}

impl Bullet {
    /// The sign; that of a list in one, and wherever the paragraph is deeper than others.
    pub fn take(&mut self, list: bool) -> String {
        let usual = if list || self.level > 0 { "•" } else { "" };
        self.sign.take().unwrap_or_else(|| usual.to_owned())
    }
}
