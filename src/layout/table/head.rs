//! The heading of a table on one row, to stand over a page that begins further down in the table.

use super::{BETWEEN, Widths, columns, fill, starts};
use crate::{
    doc::{Align, Block, BlockId, Table},
    layout::{Face, Row, Run, Setting, ink::Ink, margin::Margin},
};

/// The heading of a table, and where in the text its records begin.
#[derive(Clone, Debug)]
pub struct Head {
    /// What is drawn.
    pub row: Row,
    /// The byte from which on a row doesn't belong to the heading itself.
    pub end: usize,
}

/// The heading of a table whose columns stand side by side; the first line of each cell. It is underlined throughout, for
/// no rule fits below it.
pub fn head(block: &Block, table: &Table, id: BlockId, setting: &Setting) -> Option<Head> {
    let margin = Margin::of(block, setting);
    let shared = table.shape.as_ref().map_or(&[][..], |shape| shape.header.as_slice());
    let own = table.header.checked_sub(1).and_then(|record| table.rows.get(record));
    if own.is_none() && shared.is_empty() || table.header >= table.rows.len() {
        return None;
    }
    let widths = Widths::of(block, table, margin.room, setting)?;
    let mut runs = Vec::new();
    for (column, width) in widths.columns.iter().enumerate() {
        let mut cell = Vec::new();
        let whole = match own {
            Some(_) => block.text.as_str(),
            None => shared.get(column).map_or("", String::as_str),
        };
        let range = own.map_or(0..whole.len(), |cells| cells.get(column).cloned().unwrap_or_default());
        if let Some(line) = fill::fill(whole, range, *width, *width).first() {
            let ink = if own.is_some() { Ink::of(block, setting) } else { Ink::new(whole, &[], Face::default()) };
            ink.line(line, *width, &mut cell);
        }
        let free = width.saturating_sub(columns(&cell));
        let before = match table.align.get(column).copied().unwrap_or_default() {
            Align::Left => 0,
            Align::Center => free / 2,
            Align::Right => free,
        };
        let after = free - before + if column + 1 < widths.columns.len() { BETWEEN } else { 0 };
        runs.extend(blank(before));
        runs.append(&mut cell);
        runs.extend(blank(after));
    }
    for run in &mut runs {
        run.source = None;
        (run.face.strong, run.face.underline, run.face.leads) = (true, true, None);
    }
    let mut row = Row { block: id, runs: margin.runs(false), ..Row::default() };
    row.runs.extend(runs);
    widths.crop(&mut row, margin.columns(), "");
    let end = starts(block, table).get(table.header).copied().unwrap_or_default();
    Some(Head { row, end })
}

fn blank(columns: usize) -> Option<Run> {
    (columns > 0).then(|| Run { text: " ".repeat(columns).into(), ..Run::default() })
}
