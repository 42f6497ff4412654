//! Blocks and spans. Nesting is flat: a block says which quotes and list items it stands within, so that layout walks a
//! plain sequence and a block can be reached without its ancestors.

use std::{ops::Range, sync::Arc};

use serde::{Deserialize, Serialize};

/// A piece of a document that is laid out by itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// All its text. Lines of code and preformatted text end in `\n`; in prose a `\n` is a hard line break.
    pub text: String,
    /// Its marked-up parts, by start, outer before inner. They nest or stand apart.
    pub spans: Vec<Span>,
    /// What it stands within, outermost first.
    pub nest: Vec<Nest>,
    /// It goes on from the block before it, which was cut for its length: no space between them.
    pub continues: bool,
}

/// What a block is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// Running text, reflowed to the measure.
    #[default]
    Paragraph,
    /// A heading of level 1 to 6.
    Heading {
        /// 1 is the highest.
        level: u8,
    },
    /// The first paragraph of a list item; its depth is the count of [`Nest::Item`] in its nest, itself the last.
    Item {
        /// `•`, `3.`, `b)`; what is drawn before the text.
        marker: String,
        /// Whether a task is done, for an item of a task list.
        task: Option<bool>,
    },
    /// Program code: lines are kept, spaces count.
    Code {
        /// The language as written, if any.
        language: Option<String>,
    },
    /// Text whose lines are kept: verse, ASCII art, a table made of spaces, a log.
    Preformatted,
    /// A table; its cells are ranges of the text.
    Table(Table),
    /// A thematic break. Its text is empty.
    Rule,
    /// An image that stands alone; the text is its alternative text.
    Image {
        /// Where it is, as the document writes it.
        source: String,
    },
    /// The first paragraph of a footnote's definition.
    Footnote {
        /// What its references show.
        label: String,
    },
}

/// What a block may stand within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nest {
    /// A quotation, or an alert, whose first block names it in strong text.
    Quote,
    /// A list item, whose text starts this many columns to the right.
    Item(u8),
    /// A footnote's definition.
    Footnote,
}

/// A marked-up part of a block's text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: SpanKind,
}

/// What a span is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SpanKind {
    /// `<em>`
    Emphasis,
    /// `<strong>`
    Strong,
    /// Code within prose.
    Code,
    /// `<del>`
    Strikethrough,
    /// Underlined, in text that came from a terminal or a typewriter.
    Underline,
    /// A link: its index in the document's links.
    Link(usize),
    /// A reference to the footnote of this label.
    FootnoteRef(String),
    /// The alternative text of an image within a line, and where the image is.
    Image(String),
    /// Colour that a program gave its output (SGR).
    Colored {
        /// Of the letters.
        foreground: Option<Color>,
        /// Behind them.
        background: Option<Color>,
    },
    /// Faint, in text that came from a terminal.
    Dim,
    /// Reversed, in text that came from a terminal.
    Reversed,
}

/// A colour of a terminal's output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Color {
    /// One of the palette; 0 to 15 are the terminal's own.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// The cells of a table. The text of a row's cells is separated by `\t`, rows by `\n`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// How each column is aligned.
    pub align: Vec<Align>,
    /// Rows of cells, each a range of the block's text; a row may have fewer cells than there are columns.
    pub rows: Vec<Vec<Range<usize>>>,
    /// How many of the rows, from the first, are headings.
    pub header: usize,
    /// What the parts of a table that was cut share; `None` for a table in one piece.
    #[serde(with = "shape")]
    pub shape: Option<Arc<TableShape>>,
}

/// What the parts of one long table share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableShape {
    /// The widest cell of each column in the first 1,000 rows, in columns of the terminal.
    pub widths: Vec<usize>,
    /// The heading row.
    pub header: Vec<String>,
}

/// A shape is written with each part of its table.
mod shape {
    use serde::{Deserializer, Serializer};

    use super::{Arc, Deserialize as _, Serialize as _, TableShape};

    pub(super) fn serialize<S: Serializer>(shape: &Option<Arc<TableShape>>, to: S) -> Result<S::Ok, S::Error> {
        shape.as_deref().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Arc<TableShape>>, D::Error> {
        Ok(Option::<TableShape>::deserialize(from)?.map(Arc::new))
    }
}

/// How a column of a table is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// As the text: left.
    #[default]
    Left,
    /// Centred.
    Center,
    /// Right, as numbers are.
    Right,
}

impl Block {
    /// A block of plain text.
    pub fn new(kind: Kind, text: impl Into<String>) -> Block {
        Block { kind, text: text.into(), ..Block::default() }
    }

    /// How many lists it stands in.
    pub fn depth(&self) -> usize {
        self.nest.iter().filter(|n| matches!(n, Nest::Item(_))).count()
    }

    /// Whether its lines are kept as they are.
    pub fn keeps_lines(&self) -> bool {
        matches!(self.kind, Kind::Code { .. } | Kind::Preformatted)
    }

    /// The parts of the text between which no phrase reaches: the cells of a table, else the whole text.
    pub fn passages(&self) -> Vec<Range<usize>> {
        match &self.kind {
            Kind::Table(table) => table.rows.iter().flatten().cloned().collect(),
            _ => std::iter::once(0..self.text.len()).collect(),
        }
    }
}
