//! Running text, reflowed: paragraphs, headings, items, notes; and the two blocks that are hardly more than a sign, a rule
//! and an image.

use super::{
    Face, Row, Run, Setting,
    fill::{self, Line},
    ink::Ink,
    margin::Margin,
};
use crate::doc::{Block, BlockId};

/// Around the alternative text of an image.
const IMAGE: (&str, &str) = ("[image: ", "]");

/// Rows of running text.
pub(super) fn rows(block: &Block, id: BlockId, setting: &Setting) -> Vec<Row> {
    let (ink, margin) = (Ink::of(block), Margin::of(block, setting));
    let lines = fill::fill(&block.text, 0..block.text.len(), margin.room, margin.room);
    lines.into_iter().enumerate().map(|(at, line)| row(&ink, &margin, at == 0, line, id)).collect()
}

/// An image that stands alone: its alternative text, said to be an image where there is room for it.
pub(super) fn image(block: &Block, id: BlockId, setting: &Setting) -> Vec<Row> {
    let (before, after) = IMAGE;
    let margin = Margin::of(block, setting);
    if margin.room < 2 * before.len() {
        return rows(block, id, setting);
    }
    let ink = Ink::of(block);
    let room = margin.room - after.len();
    let lines = fill::fill(&block.text, 0..block.text.len(), room - before.len(), room);
    let mut rows: Vec<Row> =
        lines.into_iter().enumerate().map(|(at, line)| row(&ink, &margin, at == 0, line, id)).collect();
    let face = Face { emphasis: true, ..Face::default() };
    if let Some(row) = rows.first_mut() {
        row.runs.insert(margin.runs(true).len(), Run::decoration(before, face.clone()));
    }
    if let Some(row) = rows.last_mut() {
        row.runs.push(Run::decoration(after, face));
    }
    rows
}

/// A thematic break: a short line in the middle.
pub(super) fn rule(block: &Block, id: BlockId, setting: &Setting) -> Vec<Row> {
    let margin = Margin::of(block, setting);
    let columns = margin.room.min(3);
    let mut runs = margin.runs(true);
    let before = (margin.room - columns) / 2;
    let line = setting.sign("─", "-").repeat(columns);
    runs.push(Run::decoration(format!("{}{line}", " ".repeat(before)), Face::default()));
    vec![Row { block: id, range: 0..block.text.len(), runs, ..Row::default() }]
}

fn row(ink: &Ink<'_>, margin: &Margin, first: bool, line: Line, id: BlockId) -> Row {
    let mut runs = margin.runs(first);
    ink.line(&line, margin.room, &mut runs);
    Row { block: id, range: line.range, runs, ..Row::default() }
}
