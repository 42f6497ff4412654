//! Tables. Columns stand side by side when they fit, their cells wrapped; when they don't, they stand side by side all the
//! same where they can be moved `sideways`, and in a narrow pane every record is a short list of `heading: value` rows. No
//! cell is ever lost.
//!
//! A row of the screen shows a line of several cells, but its range is one: the rows of a record split its bytes where the
//! lines of its tallest cell begin.

use std::{collections::HashSet, ops::Range};

mod head;
mod widths;

use super::{
    Face, Row, Run, Setting,
    fill::{self, Line},
    ink::Ink,
    margin::Margin,
};
use crate::{
    doc::{Align, Block, BlockId, Table},
    text::{
        self,
        bidi::{self, Direction},
    },
};
pub(super) use head::{Head, head};
use widths::Widths;

/// Columns between two columns of a table, and of the indent of a value that goes on.
const BETWEEN: usize = 2;

/// Rows of a table.
pub(super) fn rows(block: &Block, table: &Table, id: BlockId, setting: &Setting) -> Vec<Row> {
    let margin = Margin::of(block, setting);
    let widths = Widths::of(block, table, margin.room, setting);
    let mut sheet = Sheet {
        block,
        table,
        id,
        setting,
        ink: Ink::of(block, setting),
        margin,
        starts: starts(block, table),
        rows: Vec::new(),
    };
    match widths {
        Some(widths) => {
            sheet.side_by_side(&widths.columns);
            for row in &mut sheet.rows {
                widths.crop(row, sheet.margin.columns(), &block.text);
            }
        }
        None => sheet.stacked(),
    }
    if sheet.rows.is_empty() {
        sheet.push(0..0, Vec::new());
    }
    if let Some(last) = sheet.rows.last_mut() {
        last.range.end = block.text.len();
    }
    sheet.rows
}

/// A table being laid out.
struct Sheet<'t> {
    block: &'t Block,
    table: &'t Table,
    id: BlockId,
    setting: &'t Setting,
    ink: Ink<'t>,
    margin: Margin,
    /// Where the bytes of each record start, and the end of the last.
    starts: Vec<usize>,
    rows: Vec<Row>,
}

impl<'t> Sheet<'t> {
    fn side_by_side(&mut self, widths: &[usize]) {
        for (record, cells) in self.table.rows.iter().enumerate().filter(|(_, cells)| !cells.is_empty()) {
            let lines: Vec<Vec<Line>> = cells
                .iter()
                .zip(widths)
                .map(|(cell, width)| fill::fill(&self.block.text, cell.clone(), *width, *width))
                .collect();
            let height = lines.iter().map(Vec::len).max().unwrap_or(1);
            let tallest = lines.iter().find(|lines| lines.len() == height);
            let bytes = self.bytes(record);
            let starts =
                (1..height).map(|at| tallest.and_then(|lines| lines.get(at)).map_or(bytes.end, |l| l.range.start));
            let mut bounds = vec![bytes.start];
            bounds.extend(starts.map(|start| start.clamp(bytes.start, bytes.end)));
            bounds.push(bytes.end);
            for (at, bound) in bounds.windows(2).enumerate() {
                let runs = self.across(&lines, at, widths, record < self.table.header);
                if let [start, end] = bound {
                    self.push(*start..*end, runs);
                }
            }
            if record + 1 == self.table.header && record + 1 < self.table.rows.len() {
                let line = self.setting.sign("─", "-");
                let rules: Vec<String> = widths.iter().map(|width| line.repeat(*width)).collect();
                let rule = Run::decoration(rules.join(&" ".repeat(BETWEEN)), Face::default());
                self.push(bytes.end..bytes.end, vec![rule]);
            }
        }
    }

    /// The line `at` of the cells of one record, side by side.
    fn across(&self, cells: &[Vec<Line>], at: usize, widths: &[usize], header: bool) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut blank = 0;
        for (column, width) in widths.iter().enumerate() {
            let mut cell = Vec::new();
            if let Some(line) = cells.get(column).and_then(|lines| lines.get(at)) {
                self.ink.line(line, *width, &mut cell);
            }
            let free = width.saturating_sub(columns(&cell));
            let end = if self.runs_along(cells.get(column)) { 0 } else { free };
            // What nobody has aligned begins where it is read from.
            let before = match (self.table.align.get(column).copied().unwrap_or_default(), self.ink.direction) {
                (Align::Left, _) => end,
                (Align::Center, _) => free / 2,
                (Align::Right, Direction::Left) => free,
                (Align::Right, Direction::Right) => 0,
            };
            if !cell.is_empty() {
                if blank + before > 0 {
                    runs.push(Run::decoration(" ".repeat(blank + before), Face::default()));
                }
                blank = 0;
            }
            let shown = if cell.is_empty() { *width } else { free - before };
            cell.iter_mut().filter(|_| header).for_each(strengthen);
            runs.append(&mut cell);
            blank += shown + BETWEEN;
        }
        runs
    }

    /// Whether a cell is read in the direction of the table.
    fn runs_along(&self, lines: Option<&Vec<Line>>) -> bool {
        let Some((first, last)) = lines.and_then(|lines| lines.first().zip(lines.last())) else { return true };
        let cell = text::slice(&self.block.text, first.range.start..last.range.end);
        let table = self.ink.direction;
        let plain = table == Direction::Left && !(self.setting.bidi && bidi::has_right(cell));
        plain || Direction::told(cell).is_none_or(|cell| cell == table)
    }

    fn stacked(&mut self) {
        // The last row of the heading labels the values; what it says of columns without any stands as a record, as do
        // the rows of the heading before it.
        let labels = self.table.header.checked_sub(1);
        let is_value = |cell: &Range<usize>| !text::slice(&self.block.text, cell.clone()).trim().is_empty();
        let records = self.table.rows.iter().skip(self.table.header).flat_map(|cells| cells.iter().enumerate());
        let labelled: HashSet<usize> = records.filter(|(_, cell)| is_value(cell)).map(|(column, _)| column).collect();
        let mut at = 0;
        for (record, cells) in self.table.rows.iter().enumerate() {
            let header = record < self.table.header;
            let mut first = !self.rows.is_empty();
            for (column, cell) in cells.iter().enumerate() {
                let is_label = Some(record) == labels && labelled.contains(&column);
                if is_label || !is_value(cell) {
                    continue;
                }
                if std::mem::take(&mut first) {
                    self.push(at..at, Vec::new());
                    if let Some(row) = self.rows.last_mut() {
                        row.gap = true;
                    }
                }
                let end = cells.get(column + 1).map_or(self.bytes(record).end, |next| next.start);
                let label = if header { Label::default() } else { self.label(labels, column) };
                at = self.value(label, cell.clone(), at..end.max(at), header);
            }
        }
    }

    /// The rows of one value of a record, which take the bytes `range`. Answers where they end.
    fn value(&mut self, label: Label<'_>, cell: Range<usize>, range: Range<usize>, header: bool) -> usize {
        let (room, block) = (self.margin.room, self.block);
        let colon = if label.text().ends_with(':') { " " } else { ": " };
        let value = fill::extent(text::slice(&block.text, cell.clone())).0;
        let mut heads = if label.text().is_empty() { Vec::new() } else { self.label_rows(&label) };
        let indent = if heads.is_empty() || room < 12 { 0 } else { BETWEEN };
        let hang = if indent > 0 { vec![Run::decoration(" ".repeat(indent), Face::default())] } else { Vec::new() };
        let (mut lead, mut first) = (hang.clone(), indent);
        if let [head] = heads.as_mut_slice() {
            let columns = columns(head) + colon.len();
            if columns <= room / 2 || columns + value <= room {
                (lead, first) = (std::mem::take(head), columns);
                lead.push(Run::decoration(colon, Face::default()));
                heads.clear();
            }
        }
        let lines = fill::fill(&block.text, cell, room - first, room - indent);
        let ends: Vec<usize> = lines.iter().skip(1).map(|line| line.range.start).chain([range.end]).collect();
        let mut at = range.start;
        // The label's row holds the bytes of the value's first line, so that no anchor parts the two.
        for head in heads {
            let end = ends.first().map_or(at, |end| (*end).clamp(at, range.end));
            self.push(at..end, head);
            at = end;
        }
        for (line, end) in lines.iter().zip(ends) {
            let mut runs = std::mem::replace(&mut lead, hang.clone());
            let before = runs.len();
            self.ink.line(line, room, &mut runs);
            runs.iter_mut().skip(before).filter(|_| header).for_each(strengthen);
            let end = end.clamp(at, range.end);
            self.push(at..end, runs);
            at = end;
        }
        at
    }

    /// The runs of a label, a line each.
    fn label_rows(&self, label: &Label<'_>) -> Vec<Vec<Run>> {
        let room = self.margin.room;
        let lines = fill::fill(label.whole, label.range.clone(), room, room);
        let runs = lines.iter().map(|line| {
            let mut runs = Vec::new();
            if label.own {
                self.ink.line(line, room, &mut runs);
            } else {
                let ink = Ink::new(label.whole, &[], Face::default());
                let ink = if self.setting.bidi { ink.within(self.ink.direction) } else { ink };
                ink.line(line, room, &mut runs);
                runs.iter_mut().for_each(|run| run.source = None);
            }
            runs.iter_mut().for_each(strengthen);
            runs
        });
        runs.filter(|runs| !runs.is_empty()).collect()
    }

    /// What stands before the values of a column.
    fn label(&self, labels: Option<usize>, column: usize) -> Label<'t> {
        let own = labels.and_then(|record| self.table.rows.get(record)).and_then(|cells| cells.get(column));
        if let Some(cell) = own {
            return Label { whole: &self.block.text, range: cell.clone(), own: true };
        }
        let shared = self.table.shape.as_ref().and_then(|shape| shape.header.get(column));
        let whole = shared.map_or("", |header| header.trim());
        Label { whole, range: 0..whole.len(), own: false }
    }

    /// Adds a row, after the margin.
    fn push(&mut self, range: Range<usize>, runs: Vec<Run>) {
        let mut all = self.margin.runs(self.rows.is_empty());
        all.extend(runs);
        let mut row = Row { block: self.id, range, runs: all, ..Row::default() };
        row.set(self.ink.direction, self.setting.columns());
        self.rows.push(row);
    }

    /// The bytes of a record: to the start of the next one.
    fn bytes(&self, record: usize) -> Range<usize> {
        let end = self.block.text.len();
        let start = |record: usize| self.starts.get(record).copied().unwrap_or(end);
        start(record)..start(record + 1)
    }
}

/// A heading that stands before a value: a range of the block's text, or of a heading that the parts of a table share.
#[derive(Default)]
struct Label<'t> {
    whole: &'t str,
    range: Range<usize>,
    /// The text is the block's.
    own: bool,
}

impl<'t> Label<'t> {
    fn text(&self) -> &'t str {
        text::slice(self.whole, self.range.clone()).trim()
    }
}

/// Where the bytes of each record start. The first that has cells has all bytes before it.
fn starts(block: &Block, table: &Table) -> Vec<usize> {
    let mut next = block.text.len();
    let mut starts = vec![next; table.rows.len()];
    for (start, cells) in starts.iter_mut().zip(&table.rows).rev() {
        next = cells.first().map_or(next, |cell| cell.start.min(next));
        *start = next;
    }
    let empty = table.rows.iter().take_while(|cells| cells.is_empty()).count();
    starts.iter_mut().take(empty + 1).for_each(|start| *start = 0);
    starts
}

/// Columns that runs take.
fn columns(runs: &[Run]) -> usize {
    runs.iter().map(|run| run.text.width()).sum()
}

fn strengthen(run: &mut Run) {
    run.face.strong = true;
}
