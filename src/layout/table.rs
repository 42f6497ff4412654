//! Tables. Columns stand side by side when they fit, their cells wrapped; when not even narrow columns fit, every record
//! is a short list of `heading: value` rows. No cell is ever lost.
//!
//! A row of the screen shows a line of several cells, but its range is one: the rows of a record split its bytes where the
//! lines of its tallest cell begin.

use std::ops::Range;

use super::{
    Face, Row, Run, Setting,
    fill::{self, Line},
    ink::Ink,
    margin::Margin,
};
use crate::{
    doc::{Align, Block, BlockId, Table},
    text::{self, width},
};

/// Columns between two columns of a table, and of the indent of a value that goes on.
const BETWEEN: usize = 2;
/// How far a column may be narrowed at the cost of its long words: each is tried in turn.
const FLOORS: [usize; 5] = [usize::MAX, 24, 16, 12, 6];

/// Rows of a table.
pub(super) fn rows(block: &Block, table: &Table, id: BlockId, setting: &Setting) -> Vec<Row> {
    let margin = Margin::of(block, setting);
    let widths = widths(block, table, margin.room);
    let mut sheet = Sheet {
        block,
        table,
        id,
        setting,
        ink: Ink::of(block),
        margin,
        starts: starts(block, table),
        rows: Vec::new(),
    };
    match widths {
        Some(widths) => sheet.side_by_side(&widths),
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
        for (record, cells) in self.table.rows.iter().enumerate() {
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
                let mut runs = self.margin.runs(self.rows.is_empty());
                runs.push(Run::decoration(rules.join(&" ".repeat(BETWEEN)), Face::default()));
                self.push(bytes.end..bytes.end, runs);
            }
        }
    }

    /// The line `at` of the cells of one record, side by side.
    fn across(&self, cells: &[Vec<Line>], at: usize, widths: &[usize], header: bool) -> Vec<Run> {
        let mut runs = self.margin.runs(self.rows.is_empty());
        let mut blank = 0;
        for (column, width) in widths.iter().enumerate() {
            let mut cell = Vec::new();
            if let Some(line) = cells.get(column).and_then(|lines| lines.get(at)) {
                self.ink.line(line, *width, &mut cell);
            }
            let free = width.saturating_sub(cell.iter().map(|run| run.text.width()).sum());
            let before = match self.table.align.get(column).copied().unwrap_or_default() {
                Align::Left => 0,
                Align::Center => free / 2,
                Align::Right => free,
            };
            if !cell.is_empty() {
                if blank + before > 0 {
                    runs.push(Run::decoration(" ".repeat(blank + before), Face::default()));
                }
                blank = 0;
            }
            let shown = if cell.is_empty() { *width } else { free - before };
            runs.extend(cell.into_iter().map(|run| if header { strong(run) } else { run }));
            blank += shown + BETWEEN;
        }
        runs
    }

    fn stacked(&mut self) {
        let records = self.table.rows.len();
        // The last row of the heading labels the records; any others, and a heading without records, stand as records.
        let labels = self.table.header.checked_sub(1).filter(|_| self.table.header < records);
        let mut at = 0;
        for (record, cells) in self.table.rows.iter().enumerate().filter(|(record, _)| Some(*record) != labels) {
            let header = record < self.table.header;
            let mut first = !self.rows.is_empty();
            for (column, cell) in cells.iter().enumerate() {
                if text::slice(&self.block.text, cell.clone()).trim().is_empty() {
                    continue;
                }
                if std::mem::take(&mut first) {
                    let runs = self.margin.runs(false);
                    self.rows.push(Row { block: self.id, range: at..at, runs, gap: true, ..Row::default() });
                }
                let end = cells.get(column + 1).map_or(self.bytes(record).end, |next| next.start);
                let label = if header { Label::default() } else { self.label(labels, column) };
                at = self.value(label, cell.clone(), at..end.max(at), header);
            }
        }
    }

    /// The rows of one value of a record, which take the bytes `range`. Answers where they end.
    fn value(&mut self, label: Label<'_>, cell: Range<usize>, range: Range<usize>, header: bool) -> usize {
        let room = self.margin.room;
        let indent = if label.text.is_empty() || room < 12 { 0 } else { BETWEEN };
        let colon = if label.text.trim_end().ends_with(':') { " " } else { ": " };
        let mut lead = Vec::new();
        let lines = fill::fill(label.text, label.range.clone(), room, room);
        let beside = width::width(text::slice(label.text, label.range.clone())) + colon.len() <= room / 2;
        for line in lines.iter().filter(|_| !label.text.is_empty()) {
            self.label_runs(&label, line, &mut lead);
            if !beside || lines.len() > 1 {
                let mut runs = self.margin.runs(self.rows.is_empty());
                runs.append(&mut lead);
                self.push(range.start..range.start, runs);
            }
        }
        if !lead.is_empty() {
            lead.push(Run::decoration(colon, Face::default()));
        } else if indent > 0 {
            lead.push(Run::decoration(" ".repeat(indent), Face::default()));
        }
        let taken: usize = lead.iter().map(|run| run.text.width()).sum();
        let lines = fill::fill(&self.block.text, cell, room - taken.min(room - 1), room - indent);
        let mut at = range.start;
        for (n, line) in lines.iter().enumerate() {
            let end = if n + 1 == lines.len() { range.end } else { line.range.end.clamp(at, range.end) };
            let mut runs = self.margin.runs(self.rows.is_empty());
            if n == 0 {
                runs.append(&mut lead);
            } else if indent > 0 {
                runs.push(Run::decoration(" ".repeat(indent), Face::default()));
            }
            let mut value = Vec::new();
            self.ink.line(line, room, &mut value);
            runs.extend(value.into_iter().map(|run| if header { strong(run) } else { run }));
            self.push(at..end, runs);
            at = end;
        }
        at
    }

    /// What stands before the values of a column.
    fn label(&self, labels: Option<usize>, column: usize) -> Label<'t> {
        let own = labels.and_then(|record| self.table.rows.get(record)).and_then(|cells| cells.get(column));
        if let Some(cell) = own {
            let named = !text::slice(&self.block.text, cell.clone()).trim().is_empty();
            let text = if named { self.block.text.as_str() } else { "" };
            return Label { text, range: if named { cell.clone() } else { 0..0 }, own: true };
        }
        let shared = self.table.shape.as_ref().and_then(|shape| shape.header.get(column));
        let text = shared.map_or("", |header| header.trim());
        Label { text, range: 0..text.len(), own: false }
    }

    fn label_runs(&self, label: &Label<'_>, line: &Line, out: &mut Vec<Run>) {
        let mut runs = Vec::new();
        if label.own {
            self.ink.line(line, self.margin.room, &mut runs);
        } else {
            Ink::new(label.text, &[], Face::default()).line(line, self.margin.room, &mut runs);
            runs.iter_mut().for_each(|run| run.source = None);
        }
        out.extend(runs.into_iter().map(strong));
    }

    fn push(&mut self, range: Range<usize>, runs: Vec<Run>) {
        self.rows.push(Row { block: self.id, range, runs, ..Row::default() });
    }

    /// The bytes of a record: to the start of the next one.
    fn bytes(&self, record: usize) -> Range<usize> {
        let end = self.block.text.len();
        let start = |record: usize| self.starts.get(record).copied().unwrap_or(end);
        start(record)..start(record + 1)
    }
}

/// A heading that stands before a value.
#[derive(Default)]
struct Label<'t> {
    text: &'t str,
    range: Range<usize>,
    /// The text is the block's.
    own: bool,
}

/// The columns that each column gets; `None` when they don't fit.
fn widths(block: &Block, table: &Table, room: usize) -> Option<Vec<usize>> {
    let shape = table.shape.as_ref().map_or(&[][..], |shape| &shape.widths);
    let columns = table.rows.iter().map(Vec::len).chain([table.align.len(), shape.len()]).max()?;
    // The parts of a table that was cut must agree: what is in this one plays no part.
    let mut extents: Vec<(usize, usize)> = shape.iter().map(|width| (*width.max(&1), *width.max(&1))).collect();
    let known = extents.len();
    extents.resize(columns, (1, 1));
    for cells in &table.rows {
        for (cell, most) in cells.iter().zip(&mut extents).skip(known) {
            let (line, word) = fill::extent(text::slice(&block.text, cell.clone()));
            *most = (most.0.max(line), most.1.max(word));
        }
    }
    let free = room.checked_sub(BETWEEN * columns.saturating_sub(1))?;
    FLOORS.iter().find_map(|floor| narrow(&extents, *floor, free))
}

/// Narrows the widest columns until all of them take `free` columns, none of them below its longest word, or `floor`.
fn narrow(extents: &[(usize, usize)], floor: usize, free: usize) -> Option<Vec<usize>> {
    let at_most = |cap: usize| extents.iter().map(move |(line, word)| (*line).min(cap).max(*word.min(&floor)));
    if at_most(0).sum::<usize>() > free {
        return None;
    }
    let widest = extents.iter().map(|(line, _)| *line).max().unwrap_or(0);
    let caps: Vec<usize> = (0..=widest.min(free)).collect();
    let cap = caps.partition_point(|cap| at_most(*cap).sum::<usize>() <= free).saturating_sub(1);
    let mut widths: Vec<usize> = at_most(cap).collect();
    let mut left = free - widths.iter().sum::<usize>();
    for (width, (line, _)) in widths.iter_mut().zip(extents) {
        if *width < *line && left > 0 {
            *width += 1;
            left -= 1;
        }
    }
    Some(widths)
}

/// Where the bytes of each record start. The first has all bytes before it.
fn starts(block: &Block, table: &Table) -> Vec<usize> {
    let mut next = block.text.len();
    let mut starts: Vec<usize> = table
        .rows
        .iter()
        .rev()
        .map(|cells| {
            next = cells.first().map_or(next, |cell| cell.start.min(next));
            next
        })
        .collect();
    starts.reverse();
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    starts
}

fn strong(mut run: Run) -> Run {
    run.face.strong = true;
    run
}
