//! What a run of text is: bold, raised, hidden. Said by defaults, styles and the run itself, each time only as far as it is.

use crate::doc::SpanKind;

/// What is said about a run; `None` is nothing said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// Strong.
    pub bold: Option<bool>,
    /// Emphasised.
    pub italic: Option<bool>,
    /// Struck through.
    pub strike: Option<bool>,
    /// Underlined.
    pub underline: Option<bool>,
    /// Not shown.
    pub hidden: Option<bool>,
    /// Raised: a power, or the letters after a number.
    pub raised: Option<bool>,
    /// Of a font whose letters are all as wide.
    pub mono: Option<bool>,
    /// Its font.
    pub font: Option<String>,
    /// The style that it names.
    pub style: Option<String>,
}

impl Run {
    /// What is said here, and what `below` says where nothing is.
    pub fn over(self, below: &Run) -> Run {
        Run {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            strike: self.strike.or(below.strike),
            underline: self.underline.or(below.underline),
            hidden: self.hidden.or(below.hidden),
            raised: self.raised.or(below.raised),
            mono: self.mono.or(below.mono),
            font: self.font.or_else(|| below.font.clone()),
            style: self.style.or_else(|| below.style.clone()),
        }
    }

    /// The marks that it carries, within the link `link`.
    pub fn marks(&self, link: Option<usize>) -> Vec<SpanKind> {
        let mut marks: Vec<SpanKind> = link.map(SpanKind::Link).into_iter().collect();
        let is = |said: Option<bool>| said == Some(true);
        for (marked, kind) in [
            (is(self.bold), SpanKind::Strong),
            (is(self.italic), SpanKind::Emphasis),
            // Links are underlined by their style, which says nothing.
            (is(self.underline) && link.is_none(), SpanKind::Underline),
            (is(self.strike), SpanKind::Strikethrough),
            (is(self.mono), SpanKind::Code),
        ] {
            if marked {
                marks.push(kind);
            }
        }
        marks
    }
}

/// Whether a font's letters are all as wide, by its name.
pub fn is_mono(font: &str) -> bool {
    let font = font.to_lowercase();
    let known = [
        "courier",
        "consolas",
        "menlo",
        "monaco",
        "monospace",
        "inconsolata",
        "lucida console",
        "lucida sans typewriter",
        "fixedsys",
        "andale",
        "cousine",
        "hack",
        "cascadia",
        "sf mono",
        "terminal",
        "typewriter",
        "source code",
    ];
    known.iter().any(|name| font.contains(name))
        || font.ends_with(" mono")
        || font.contains(" mono ")
        || font.ends_with("code")
}
