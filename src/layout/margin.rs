//! What stands to the left of a block's text and above it: the bars of quotations, the indents and markers of lists, the
//! blank rows between blocks.
//!
//! The margin takes at most half of the measure, so that text stays text at any depth, and none in a column too narrow
//! for it.

use super::{Face, Row, Run, Setting};
use crate::{
    doc::{Block, BlockId, Kind, Nest},
    text::{Safe, bidi::Direction},
};

/// In a narrower column nothing is indented.
const NARROW: usize = 12;
/// Columns of the bar of a quotation, of the indent of code, and of a footnote's.
const BAR: usize = 2;
const CODE: usize = 2;
const FOOTNOTE: usize = 4;

/// Blank rows between two neighbours.
pub fn gap(prev: &Block, next: &Block) -> usize {
    let item = |block: &Block| matches!(block.kind, Kind::Item { .. });
    let note = |block: &Block| matches!(block.kind, Kind::Footnote { .. });
    let quotes = |block: &Block| block.nest.iter().filter(|n| **n == Nest::Quote).count();
    match (&prev.kind, &next.kind) {
        _ if next.continues => 0,
        (Kind::Heading { .. }, _) => 1,
        (_, Kind::Heading { level: 1 | 2 }) => 2,
        // An item of several paragraphs ends in one of another kind, and is set apart by that.
        _ if item(prev) && item(next) && quotes(prev) == quotes(next) => usize::from(is_another_list(prev, next)),
        // The paragraph before an item without a sign is the term that it explains.
        (Kind::Paragraph, Kind::Item { marker, task: None }) if marker.is_empty() && is_around(prev, next) => 0,
        _ if note(prev) && note(next) => 0,
        _ => 1,
    }
}

/// Whether of two items on one level the second begins a list of another kind.
fn is_another_list(prev: &Block, next: &Block) -> bool {
    let kind = |block: &Block| match &block.kind {
        Kind::Item { marker, task } => (task.is_some(), marker.chars().any(char::is_alphanumeric)),
        _ => (false, false),
    };
    let around = |block: &Block| block.nest.split_last().map(|(_, around)| around.to_vec());
    around(prev) == around(next) && kind(prev) != kind(next)
}

/// Whether the first stands right where the second, an item, begins.
fn is_around(prev: &Block, next: &Block) -> bool {
    next.nest.split_last().is_some_and(|(_, around)| *around == *prev.nest)
}

/// The blank rows between two neighbours; the bars of quotes that hold both run through them.
pub(super) fn gap_rows(prev: &Block, next: &Block, id: BlockId, setting: &Setting) -> impl Iterator<Item = Row> {
    let shared = prev.nest.iter().zip(&next.nest).take_while(|(a, b)| a == b).count();
    let shared = next.nest.get(..shared).unwrap_or_default();
    let last = shared.iter().rposition(|n| *n == Nest::Quote).map_or(0, |at| at + 1);
    let parts = shared.get(..last).unwrap_or_default().iter().map(Part::of).collect();
    let runs = draw(&squeeze(parts, setting.columns(), 0), setting);
    let mut row = Row { block: id, runs, gap: true, ..Row::default() };
    if setting.bidi && !row.runs.is_empty() {
        row.set(Direction::of(&next.text), setting.columns());
    }
    std::iter::repeat_n(row, gap(prev, next))
}

/// Columns that are left for what a block shows.
pub fn room(block: &Block, setting: &Setting) -> usize {
    Margin::of(block, setting).room
}

/// The margin of one block.
pub(super) struct Margin {
    /// Columns left for the text.
    pub room: usize,
    first: Vec<Run>,
    rest: Vec<Run>,
}

impl Margin {
    /// The margin that its nest, its kind and the measure give it.
    pub fn of(block: &Block, setting: &Setting) -> Margin {
        let measure = setting.columns();
        let mut parts: Vec<Part> = block.nest.iter().map(Part::of).collect();
        if matches!(block.kind, Kind::Code { .. }) {
            parts.push(Part { columns: CODE, bar: false });
        }
        let marker = marker(&block.kind, setting).map(|marker| marker.fit((measure / 2).saturating_sub(1)));
        let marker = marker.filter(|marker| !marker.is_empty());
        let mut own = 0;
        if let Some(marker) = &marker {
            let indent = parts.pop_if(|part| !part.bar).map_or(0, |part| part.columns);
            let indent = if measure < NARROW { 0 } else { indent.min(measure / 2) };
            own = indent.max(marker.width() + 1);
        }
        let parts = squeeze(parts, measure, own);
        let columns = parts.iter().map(|part| part.columns).sum::<usize>() + own;
        let mut first = draw(&parts, setting);
        let mut rest = first.clone();
        if let Some(marker) = marker {
            let before = " ".repeat((own - 1).saturating_sub(marker.width()));
            first.push(Run::decoration(format!("{before}{marker} "), Face::default()));
            rest.push(Run::decoration(" ".repeat(own), Face::default()));
        }
        Margin { room: measure.saturating_sub(columns).max(1), first, rest }
    }

    /// Columns that it takes.
    pub fn columns(&self) -> usize {
        self.rest.iter().map(|run| run.text.width()).sum()
    }

    /// The runs before the text of a row.
    pub fn runs(&self, first: bool) -> Vec<Run> {
        if first { self.first.clone() } else { self.rest.clone() }
    }
}

/// What one level of nesting takes.
struct Part {
    columns: usize,
    bar: bool,
}

impl Part {
    fn of(nest: &Nest) -> Part {
        match nest {
            Nest::Quote => Part { columns: BAR, bar: true },
            Nest::Item(columns) => Part { columns: usize::from(*columns), bar: false },
            Nest::Footnote => Part { columns: FOOTNOTE, bar: false },
        }
    }
}

/// Makes the parts fit into half of the measure less `own`: indents give way first, then bars, the outermost first.
fn squeeze(mut parts: Vec<Part>, measure: usize, own: usize) -> Vec<Part> {
    let most = if measure < NARROW { 0 } else { (measure / 2).saturating_sub(own) };
    let mut over = parts.iter().map(|part| part.columns).sum::<usize>().saturating_sub(most);
    for bars in [false, true] {
        for part in parts.iter_mut().filter(|part| part.bar == bars) {
            let cut = if bars && over > 0 { part.columns } else { over.min(part.columns) };
            part.columns -= cut;
            over = over.saturating_sub(cut);
        }
    }
    parts
}

fn draw(parts: &[Part], setting: &Setting) -> Vec<Run> {
    let bar = setting.sign("│ ", "| ");
    let text: String = parts
        .iter()
        .map(|part| if part.bar && part.columns > 0 { bar.to_owned() } else { " ".repeat(part.columns) })
        .collect();
    let face = Face { quote: parts.iter().any(|part| part.bar), ..Face::default() };
    if text.is_empty() { Vec::new() } else { vec![Run::decoration(text, face)] }
}

/// What is drawn before the text of an item or a note.
fn marker(kind: &Kind, setting: &Setting) -> Option<Safe> {
    let plain = |marker: &str| match marker {
        "•" | "◦" | "▪" | "‣" | "●" | "○" | "■" | "–" | "—" if setting.ascii => Safe::line("-"),
        _ => Safe::line(marker),
    };
    Some(match kind {
        Kind::Item { marker, task: None } => plain(marker),
        Kind::Item { marker, task: Some(done) } => {
            let state = if *done { setting.sign("☑", "[x]") } else { setting.sign("☐", "[ ]") };
            let numbered = marker.chars().any(char::is_alphanumeric);
            Safe::from(if numbered { format!("{marker} {state}") } else { state.to_owned() })
        }
        Kind::Footnote { label } => Safe::from(format!("[{label}]")),
        _ => return None,
    })
}
