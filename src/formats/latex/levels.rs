//! Which heading a sectioning command makes: the highest that a source uses is the highest of the document, below its title.

/// Sectioning commands that stand above `\section`, and whether there is a title.
#[derive(Debug, Default)]
pub struct Levels {
    parts: bool,
    /// `\section` stands in a chapter.
    pub chapters: bool,
    /// The title stands above the text as its highest heading.
    pub titled: bool,
}

impl Levels {
    /// Those of a source.
    pub fn of(source: &str) -> Levels {
        Levels {
            parts: source.contains("\\part{") || source.contains("\\part*{"),
            chapters: source.contains("\\chapter"),
            titled: false,
        }
    }

    /// The level of a heading that is so deep, from `\part` at 0.
    pub fn heading(&self, depth: u8) -> u8 {
        let highest = if self.parts {
            0
        } else if self.chapters {
            1
        } else {
            2
        };
        let title = u8::from(self.titled);
        let level = depth.saturating_sub(highest) + 1 + title;
        // A part above chapters, and without them above sections: no level is left out.
        let level = if self.parts && !self.chapters && level > 1 + title { level - 1 } else { level };
        level.clamp(1, 6)
    }
}
