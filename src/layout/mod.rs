//! Documents to rows: the blocks of a document and a measure become rows of styled runs, and a viewport hands out the
//! rows in view. Nothing here knows colours, cells of the screen or a whole document: a block is laid out by itself, so
//! that any place of any document costs the same.
//!
//! Three things always hold. No row is wider than the measure. The ranges of a block's rows follow each other from the
//! first byte of its text to the last, so every byte has its row. And every run says exactly which bytes of the text it
//! shows: it is either those bytes unchanged, or one grapheme that [`Safe`] shows otherwise.

mod breaks;
mod chances;
mod drawn;
mod fill;
mod hyphens;
mod ink;
mod justify;
mod kept;
mod lines;
mod margin;
mod mark;
mod optimum;
mod prose;
mod table;
mod turn;
mod units;
mod viewport;
mod window;

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use crate::{
    doc::{Block, BlockId, Color, Kind, Token},
    text::Safe,
};

pub use drawn::{Drawn, line};
pub use hyphens::Hyphens;
pub use margin::{gap, room};
pub use mark::{mark, paint, select};
pub use units::{Stretch, Unit, text_between, unit_after, unit_at, unit_before};
pub use viewport::{Page, Place, Viewport, lines};

/// Lays out one block. There is at least one row; the space before the block is not among them ([`gap`]).
pub fn lay(block: &Block, id: BlockId, setting: &Setting) -> Vec<Row> {
    match &block.kind {
        Kind::Code { .. } | Kind::Preformatted => lines::rows(block, id, setting),
        Kind::Table(table) => table::rows(block, table, id, setting),
        Kind::Rule => prose::rule(block, id, setting),
        Kind::Image { .. } => prose::image(block, id, setting),
        Kind::Paragraph | Kind::Heading { .. } | Kind::Item { .. } | Kind::Footnote { .. } => {
            prose::rows(block, id, setting)
        }
    }
}

/// The heading of a table, to stand over a page that begins further down in it. None where records are stacked.
pub(crate) fn head(block: &Block, id: BlockId, setting: &Setting) -> Option<table::Head> {
    match &block.kind {
        Kind::Table(table) => table::head(block, table, id, setting),
        _ => None,
    }
}

/// How text is set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Setting {
    /// Columns of the text column; 0 counts as 1.
    pub measure: usize,
    /// Columns to the right of the text column that lines which are kept may run on into.
    pub beyond: usize,
    /// Lines that are kept and too long go on below, instead of out of sight.
    pub wrap: bool,
    /// Columns that wide code and tables are moved left.
    pub sideways: usize,
    /// Tables can be moved so, and are where they would be crushed else.
    pub moves: bool,
    /// Rules, bars and bullets are drawn in ASCII.
    pub ascii: bool,
    /// Lines of running text are made equally wide.
    pub justify: bool,
    /// Where words may be parted.
    pub hyphens: Hyphens,
    /// What is read from the right is drawn from the right, by us and not by the terminal.
    pub bidi: bool,
    /// The rows of the images that are drawn.
    pub pictures: Arc<BTreeMap<BlockId, usize>>,
}

/// One row of the text column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The block that it shows, or that it stands above.
    pub block: BlockId,
    /// The bytes of the block's text that belong to it, those that are not drawn (spaces at its end) among them. Empty
    /// for rows that only decorate, and for values below their label in a stacked table.
    pub range: Range<usize>,
    /// What is drawn, in the order in which it is read ([`Row::drawn`]).
    pub runs: Vec<Run>,
    /// Columns left blank before it: what is read from the right ends at the right edge.
    pub indent: usize,
    /// A blank row between blocks or between the records of a stacked table; bars of quotes run through it.
    pub gap: bool,
    /// Whether there is more to the left and to the right.
    pub clipped: (bool, bool),
    /// Which row of an image stands behind its runs, which are the margin.
    pub picture: Option<usize>,
}

/// A part of a row that looks the same throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// What is drawn.
    pub text: Safe,
    /// How.
    pub face: Face,
    /// The bytes of the block's text that it shows; `None` for decoration. In a table these may lie outside of the
    /// row's range: cells stand side by side, and the labels of stacked records show the heading's cells.
    pub source: Option<Range<usize>>,
    /// Only there because lines end where they do: a blank that makes the line wider, the hyphen of a parted word.
    pub filler: bool,
    /// Its embedding level: odd where it is drawn from the right (UAX 9).
    pub level: u8,
}

/// How a run looks, in meanings, not colours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// Strong text, headings, the heading row of a table.
    pub strong: bool,
    /// Emphasised text, and the alternative text of images.
    pub emphasis: bool,
    /// Code within prose, or in a block of no known language.
    pub code: bool,
    /// What word of a program it is.
    pub token: Option<Token>,
    /// Struck through.
    pub strike: bool,
    /// Underlined by the document itself.
    pub underline: bool,
    /// The level of the heading it belongs to; 0 for none.
    pub heading: u8,
    /// Within a quotation.
    pub quote: bool,
    /// Where it leads.
    pub leads: Option<Leads>,
    /// Markers, bars, rules, labels: not text.
    pub decoration: bool,
    /// What a program gave its output.
    pub given: Given,
    /// What the reader has done about it.
    pub lit: Lit,
}

/// Where text leads that can be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To the target of a link, by its index in the document's links.
    Link(usize),
    /// To the footnote of this label.
    Note(Arc<str>),
}

/// The looks of text that came from a terminal (SGR).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The colour of its letters.
    pub foreground: Option<Color>,
    /// The colour behind them.
    pub background: Option<Color>,
    /// Whether it is faint.
    pub dim: bool,
    /// Whether it is reversed.
    pub reversed: bool,
}

/// What lights up in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lit {
    /// Whether it is something that was searched for.
    pub hit: Hit,
    /// Whether it is selected.
    pub selected: bool,
}

/// Whether text is something that was searched for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hit {
    /// It isn't.
    #[default]
    None,
    /// It is.
    Hit,
    /// It is, and it is the one that the reader stands on.
    Current,
}

impl Setting {
    /// A text column of `columns`, not moved, with Unicode's signs.
    pub fn new(columns: usize) -> Setting {
        Setting {
            measure: columns,
            beyond: 0,
            wrap: false,
            sideways: 0,
            moves: false,
            ascii: false,
            justify: false,
            hyphens: Hyphens::default(),
            bidi: false,
            pictures: Arc::default(),
        }
    }

    /// The measure, at least one column.
    fn columns(&self) -> usize {
        self.measure.max(1)
    }

    /// `plain` on terminals that only draw ASCII.
    fn sign(&self, sign: &'static str, plain: &'static str) -> &'static str {
        if self.ascii { plain } else { sign }
    }
}

impl Row {
    /// Columns that it takes.
    pub fn width(&self) -> usize {
        self.indent + self.runs.iter().map(|run| run.text.width()).sum::<usize>()
    }

    /// What it shows, without the blanks at its end.
    pub fn text(&self) -> String {
        let mut text: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        text.truncate(text.trim_end().len());
        text
    }
}

impl Run {
    /// Something that is not text of the document.
    fn decoration(text: impl Into<Safe>, face: Face) -> Run {
        Run { text: text.into(), face: Face { decoration: true, ..face }, source: None, filler: false, level: 0 }
    }

    /// Something that is only there because of where lines end.
    fn filler(text: &'static str, columns: usize, face: Face) -> Run {
        Run { filler: true, ..Run::decoration(text.repeat(columns), face) }
    }
}
