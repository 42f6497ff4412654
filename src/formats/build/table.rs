//! A table while it is gathered, and its cut into parts that share their header and the widths of their columns.

use std::{ops::Range, sync::Arc};

use super::{cut::MAX_BLOCK, numeric::is_number};
use crate::{
    doc::{Align, Block, Kind, Nest, Span, Table, TableShape},
    text,
};

/// Rows that the widths of the columns are measured from.
const MEASURED: usize = 1000;

/// The rows so far.
#[derive(Debug, Default)]
pub struct Rows {
    /// As far as the document says it.
    align: Vec<Option<Align>>,
    rows: Vec<Vec<Cell>>,
    header: usize,
    /// Bytes of text in them.
    bytes: usize,
}

#[derive(Clone, Debug, Default)]
struct Cell {
    text: String,
    spans: Vec<Span>,
}

impl Rows {
    /// A table whose columns are aligned so.
    pub fn new(align: Vec<Option<Align>>) -> Rows {
        Rows { align, ..Rows::default() }
    }

    /// Bytes of text in the rows so far.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Aligns a column.
    pub fn align_column(&mut self, column: usize, align: Align) {
        if self.align.len() <= column {
            self.align.resize(column + 1, None);
        }
        if let Some(column) = self.align.get_mut(column) {
            *column = Some(align);
        }
    }

    /// Begins a row.
    pub fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// The rows so far are headings.
    pub fn header(&mut self) {
        self.header = self.rows.len();
    }

    /// Appends a cell to the row.
    pub fn cell(&mut self, text: String, spans: Vec<Span>) {
        let text = text.replace(['\n', '\t'], " ");
        self.bytes += text.len();
        if self.rows.is_empty() {
            self.row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(Cell { text, spans });
        }
    }

    /// The table as blocks, none if it has no cells.
    pub fn blocks(mut self, nest: &[Nest], out: &mut Vec<Block>) {
        for row in &mut self.rows {
            while row.len() > 1 && row.last().is_some_and(|c| c.text.is_empty() && c.spans.is_empty()) {
                row.pop();
            }
        }
        if self.rows.iter().all(Vec::is_empty) {
            return;
        }
        let header = self.header;
        let headers: Vec<String> = self.rows.iter().take(header.min(1)).flatten().map(|c| c.text.clone()).collect();
        let widths = self.widths();
        let columns = widths.len();
        let align = self.aligned(columns.max(self.align.len()));
        let first = out.len();
        let mut part = Part::default();
        for (at, row) in self.rows.into_iter().enumerate() {
            for row in split(row) {
                if !part.text.is_empty()
                    && part.text.len() + row.iter().map(|c| c.text.len() + 1).sum::<usize>() > MAX_BLOCK
                {
                    out.push(std::mem::take(&mut part).block(&align, nest, out.len() > first));
                }
                part.push(row, at < header);
            }
        }
        if !part.table.rows.is_empty() {
            out.push(part.block(&align, nest, out.len() > first));
        }
        if out.len() > first + 1 {
            let shape = Arc::new(TableShape { widths, header: headers });
            for block in out.iter_mut().skip(first) {
                if let Kind::Table(table) = &mut block.kind {
                    table.shape = Some(Arc::clone(&shape));
                }
            }
        }
    }

    /// How each column is aligned: as the document says, else right if nothing but numbers is in it.
    fn aligned(&self, columns: usize) -> Vec<Align> {
        let mut numbers = vec![(false, true); columns];
        for row in self.rows.iter().skip(self.header).take(MEASURED) {
            for (cell, (any, all)) in row.iter().zip(&mut numbers) {
                if let Some(number) = is_number(&cell.text) {
                    (*any, *all) = (*any || number, *all && number);
                }
            }
        }
        let said = self.align.iter().copied().chain(std::iter::repeat(None));
        // Without a heading it may be a list of names and values, of which some happen to be numbers.
        let headed = self.header > 0;
        let natural = |(any, all)| if headed && any && all { Align::Right } else { Align::Left };
        said.zip(numbers).map(|(said, number)| said.unwrap_or_else(|| natural(number))).collect()
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths = Vec::new();
        for row in self.rows.iter().take(MEASURED) {
            for (column, cell) in row.iter().enumerate() {
                if column == widths.len() {
                    widths.push(0);
                }
                if let Some(width) = widths.get_mut(column) {
                    *width = text::width::width(&cell.text).max(*width);
                }
            }
        }
        widths
    }
}

/// A row longer than a block may be, as several: each holds the next piece of every cell.
fn split(row: Vec<Cell>) -> Vec<Vec<Cell>> {
    if row.iter().map(|c| c.text.len() + 1).sum::<usize>() <= MAX_BLOCK {
        return vec![row];
    }
    let share = (MAX_BLOCK / row.len().max(1)).max(64);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (column, cell) in row.into_iter().enumerate() {
        let (mut rest, mut at) = (cell.text.as_str(), 0);
        while at == 0 || !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(share.min(rest.len())));
            if rows.len() == at {
                rows.push(Vec::new());
            }
            if let Some(row) = rows.get_mut(at) {
                row.resize(column, Cell::default());
                row.push(Cell {
                    text: piece.to_owned(),
                    spans: if at == 0 { clip(&cell.spans, piece.len()) } else { vec![] },
                });
            }
            rest = after;
            at += 1;
        }
    }
    rows
}

fn clip(spans: &[Span], end: usize) -> Vec<Span> {
    spans.iter().filter(|s| s.range.end <= end).cloned().collect()
}

/// A block of the table in the making.
#[derive(Debug, Default)]
struct Part {
    text: String,
    spans: Vec<Span>,
    table: Table,
}

impl Part {
    fn push(&mut self, row: Vec<Cell>, heading: bool) {
        if !self.table.rows.is_empty() {
            self.text.push('\n');
        }
        let mut cells: Vec<Range<usize>> = Vec::with_capacity(row.len());
        for cell in row {
            if !cells.is_empty() {
                self.text.push('\t');
            }
            let at = self.text.len();
            self.text.push_str(&cell.text);
            cells.push(at..self.text.len());
            self.spans
                .extend(cell.spans.into_iter().map(|s| Span { range: s.range.start + at..s.range.end + at, ..s }));
        }
        self.table.rows.push(cells);
        self.table.header += usize::from(heading);
    }

    fn block(self, align: &[Align], nest: &[Nest], continues: bool) -> Block {
        Block {
            kind: Kind::Table(Table { align: align.to_vec(), ..self.table }),
            text: self.text,
            spans: self.spans,
            nest: nest.to_vec(),
            continues,
        }
    }
}
