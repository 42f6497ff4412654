//! Text whose lines are kept: code, verse, ASCII art, logs. Nothing wraps; of a line that is wider than the column only
//! the window that `sideways` chooses is made, so that a line of any length costs no more than its own bytes once.

use std::ops::Range;

use super::{Row, Run, Setting, fill, ink::Ink, margin::Margin};
use crate::{
    doc::{Block, BlockId, Kind},
    text::{self, Safe, bidi::Direction},
};

/// Rows of text whose lines are kept.
pub(super) fn rows(block: &Block, id: BlockId, setting: &Setting) -> Vec<Row> {
    let (ink, margin) = (Ink::of(block, setting), Margin::of(block, setting));
    let own = setting.bidi && matches!(block.kind, Kind::Preformatted);
    let tab = if matches!(block.kind, Kind::Code { .. }) { 4 } else { 8 };
    let right = setting.sideways.saturating_add(margin.room).saturating_add(setting.beyond);
    let window = Window { left: setting.sideways, right, tab };
    let mut rows = Vec::new();
    let mut start = 0;
    while start < block.text.len() || rows.is_empty() {
        let rest = text::tail(&block.text, start);
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(block.text.len(), |at| start + at + 1);
        for range in
            if setting.wrap { window.pieces(&block.text, start..end) } else { std::iter::once(start..end).collect() }
        {
            let mut row = Row { block: id, range, runs: margin.runs(rows.is_empty()), ..Row::default() };
            window.fill(&ink, &block.text, &mut row);
            // At most blanks of a tab wider than the column are cut off.
            row.clipped = if setting.wrap { (false, false) } else { row.clipped };
            row.set(
                if own { Direction::of(text::slice(&block.text, start..end)) } else { Direction::Left },
                setting.columns(),
            );
            rows.push(row);
        }
        start = end;
    }
    rows
}

/// The columns of a line that are shown.
struct Window {
    left: usize,
    right: usize,
    tab: usize,
}

impl Window {
    /// Cuts a line into pieces that the window shows whole. Tabs count from the start of their piece.
    fn pieces(&self, text: &str, line: Range<usize>) -> Vec<Range<usize>> {
        let room = self.right.saturating_sub(self.left).max(1);
        let shown = text::slice(text, line.clone()).trim_end_matches(['\n', '\r']);
        let (mut pieces, mut start, mut column) = (Vec::new(), line.start, 0);
        for cell in fill::cells(shown) {
            let width = |column: usize| if cell.text == "\t" { self.tab - column % self.tab } else { cell.width };
            if column > 0 && column + width(column) > room {
                pieces.push(start..line.start + cell.at);
                (start, column) = (line.start + cell.at, 0);
            }
            column += width(column);
        }
        pieces.push(start..line.end);
        pieces
    }

    /// Appends what the window shows of the row's range.
    fn fill(&self, ink: &Ink<'_>, text: &str, row: &mut Row) {
        let line = text::slice(text, row.range.clone()).trim_end_matches(['\n', '\r']);
        let start = row.range.start;
        let inked = line.trim_end().len();
        if line.bytes().all(fill::is_printable) {
            let shown = self.left.min(line.len())..self.right.min(line.len());
            ink.runs(start + shown.start..start + shown.end, self.right - self.left, &mut row.runs);
            row.clipped = (self.left.min(inked) > 0, inked > self.right);
            return;
        }
        // Characters that stand side by side become runs together; tabs and halves of wide characters, blanks.
        let mut pending: Option<Range<usize>> = None;
        let mut column = 0;
        for cell in fill::cells(line) {
            let source = start + cell.at..start + cell.at + cell.text.len();
            let next = column + if cell.text == "\t" { self.tab - column % self.tab } else { cell.width };
            let (from, to) = (column.max(self.left), next.min(self.right));
            row.clipped.0 |= column < self.left && cell.at < inked;
            row.clipped.1 |= next > self.right && cell.at < inked;
            if column > self.right || row.clipped.1 && column >= self.right {
                break;
            }
            let whole = self.left <= column && next <= self.right && cell.text != "\t";
            column = next;
            if whole {
                pending = Some(pending.map_or(source.start, |p| p.start)..source.end);
                continue;
            }
            self.flush(ink, pending.take(), &mut row.runs);
            if from < to {
                let blank = Safe::from(" ".repeat(to - from));
                row.runs.push(ink.run(blank, source));
            }
        }
        self.flush(ink, pending, &mut row.runs);
    }

    fn flush(&self, ink: &Ink<'_>, range: Option<Range<usize>>, out: &mut Vec<Run>) {
        if let Some(range) = range {
            ink.runs(range, self.right - self.left, out);
        }
    }
}
