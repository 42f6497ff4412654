//! Tables: lines one after the other whose cells stand in the same columns.

use std::ops::Range;

use super::line::{Cell, Line};
use super::{leader, list};

/// A table among the lines of a part of a page.
#[derive(Debug)]
pub struct Found {
    /// Its lines.
    pub lines: Range<usize>,
    /// Where its columns begin.
    pub columns: Vec<f64>,
}

/// Lines with cells that make a table of two columns; of more, one less does.
const LINES: usize = 3;

/// Lines that are looked at together, so that the work is bounded.
const LONGEST: usize = 400;

/// The tables among some lines, in order.
pub fn find(lines: &[Line], leading: f64) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match lines.get(at).filter(|line| celled(line)).and_then(|_| grow(lines, at, leading)) {
            Some(table) => {
                at = table.lines.end;
                found.push(table);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a line has cells, other than the marker of an item and its text.
fn celled(line: &Line) -> bool {
    let marked = list::marker(line).is_some() && line.cells.first().is_some_and(|c| c.range.len() <= 9);
    line.cells.len() > 1 + usize::from(marked) && !line.style.mono && !leader::is_entry(&line.text)
}

/// The longest table that begins at a line.
fn grow(lines: &[Line], start: usize, leading: f64) -> Option<Found> {
    let mut columns: Vec<(f64, f64)> = Vec::new();
    let (mut end, mut rows) = (start, 0);
    let mut last = lines.get(start)?.y;
    for (at, line) in lines.iter().enumerate().skip(start).take(LONGEST) {
        if line.y - last > 2.8 * leading || line.y < last {
            break;
        }
        if celled(line) {
            let Some(wider) = fit(&columns, &line.cells) else { break };
            columns = wider;
            rows += 1;
            end = at + 1;
        } else {
            // What goes on in one cell; the table ends before it if no row follows.
            let inner = columns.first().is_some_and(|first| line.x0 >= first.1);
            let near = line.y - last < if inner { 2.6 } else { 1.5 } * leading;
            let alone = line.cells.first().filter(|_| line.cells.len() == 1 && near);
            let over = |cell: &&Cell| columns.iter().filter(|column| overlaps(column, cell)).count() == 1;
            let wider = alone.filter(over).filter(|_| at - end < 4).and_then(|_| fit(&columns, &line.cells));
            let Some(wider) = wider else { break };
            columns = wider;
            // What stands under a cell that is not a row's first is of that row.
            let cell = line.cells.first().map_or(0.0, |cell| cell.x0);
            if line.y - last < 1.25 * leading && columns.iter().skip(1).any(|c| (c.0 - cell).abs() < 0.3 * line.size) {
                end = at + 1;
            }
        }
        last = line.y;
    }
    let enough = rows >= if columns.len() > 2 { LINES - 1 } else { LINES };
    (enough && columns.len() >= 2)
        .then(|| Found { lines: start..end, columns: columns.iter().map(|column| column.0).collect() })
}

fn overlaps(column: &(f64, f64), cell: &Cell) -> bool {
    cell.x0 < column.1 && column.0 < cell.x1
}

/// The columns, made wide enough for a row of cells; `None` when a cell would join two of them.
fn fit(columns: &[(f64, f64)], cells: &[Cell]) -> Option<Vec<(f64, f64)>> {
    let mut wider = columns.to_vec();
    let mut matched = 0;
    for cell in cells {
        let mut over = wider.iter_mut().filter(|column| overlaps(column, cell));
        match (over.next(), over.next()) {
            (Some(column), None) => {
                *column = (column.0.min(cell.x0), column.1.max(cell.x1));
                matched += 1;
            }
            (None, _) => {
                wider.push((cell.x0, cell.x1));
                wider.sort_by(|a, b| a.0.total_cmp(&b.0));
            }
            (Some(_), Some(_)) => return None,
        }
    }
    let disjoint = wider.windows(2).all(|pair| matches!(pair, [a, b] if a.1 <= b.0));
    (disjoint && (columns.is_empty() || matched > 0) && wider.len() <= 40).then_some(wider)
}

/// Which lines of a table begin a row. A line of a cell that goes on, or that begins above the others of its row, belongs to the
/// line that is nearer.
pub fn rows(lines: &[Line], columns: &[f64]) -> Vec<bool> {
    let whole = |line: &Line| {
        let first = line.cells.first().is_some_and(|cell| column(columns, cell) == 0);
        first || line.cells.len() > (columns.len() / 2).max(1)
    };
    let ahead = |at: usize| match (at.checked_sub(1).and_then(|b| lines.get(b)), lines.get(at), lines.get(at + 1)) {
        (Some(before), Some(line), Some(after)) => !whole(line) && after.y - line.y < 0.8 * (line.y - before.y),
        (None, Some(line), Some(_)) => !whole(line),
        _ => false,
    };
    let begins = lines.iter().enumerate().map(|(at, line)| {
        let led = at.checked_sub(1).is_some_and(ahead);
        at == 0 || !led && (whole(line) || ahead(at))
    });
    begins.collect()
}

/// The column that a cell stands in.
pub fn column(columns: &[f64], cell: &Cell) -> usize {
    columns.partition_point(|x| *x <= cell.x0 + 0.5).saturating_sub(1)
}
