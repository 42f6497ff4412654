//! Cells to tables. Rows without any text part a sheet into blocks, columns without any are left out, and a cell alone is a
//! paragraph. Which row is a heading and which columns hold numbers is told from the first rows.

use std::collections::HashSet;

use super::Value;
use crate::{
    doc::Align,
    formats::{bounds, build::Builder},
};

/// Rows that a table is judged by.
const JUDGED: usize = 1000;

/// A heading is not longer.
const HEADING: usize = 60;

/// The rows of a table while they come: held until it can be told what they are, then passed on.
#[derive(Debug, Default)]
pub struct Typed {
    held: Vec<Vec<Value>>,
    begun: bool,
    cells: usize,
}

impl Typed {
    /// A row comes. `false` when there are as many cells as are shown.
    pub fn row(&mut self, row: Vec<Value>, build: &mut Builder) -> bool {
        if self.cells >= bounds::CELLS || build.is_full() {
            return false;
        }
        self.cells += row.len();
        if self.begun {
            push(row, build);
        } else {
            self.held.push(row);
            if self.held.len() >= JUDGED {
                self.begin(build);
            }
        }
        true
    }

    /// No row comes any more.
    pub fn end(mut self, build: &mut Builder) {
        if !self.begun {
            self.begin(build);
        }
        build.end_table();
    }

    fn begin(&mut self, build: &mut Builder) {
        self.begun = true;
        let rows = std::mem::take(&mut self.held);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let headed = is_headed(&rows, columns);
        let mut numbers = vec![(0usize, 0usize); columns];
        for row in rows.iter().skip(usize::from(headed)) {
            for ((number, all), value) in numbers.iter_mut().zip(row) {
                *number += usize::from(value.number);
                *all += usize::from(!value.text.is_empty());
            }
        }
        let align = numbers
            .iter()
            .map(|(number, all)| Some(if *number > 0 && number * 5 >= all * 4 { Align::Right } else { Align::Left }));
        build.flush();
        build.start_table(align.collect());
        for (at, row) in rows.into_iter().enumerate() {
            push(row, build);
            if at == 0 && headed {
                build.end_head();
            }
        }
    }
}

fn push(row: Vec<Value>, build: &mut Builder) {
    build.start_row();
    for value in row {
        build.prose.push(value.text.trim());
        build.cell();
    }
}

/// Whether the first row names the columns: short texts that differ, one over each column, and rows below it.
fn is_headed(rows: &[Vec<Value>], columns: usize) -> bool {
    let Some(first) = rows.first().filter(|_| rows.len() > 1 && columns > 1) else { return false };
    let named: Vec<&Value> = first.iter().filter(|value| !value.text.trim().is_empty()).collect();
    let short = named.iter().all(|value| !value.number && value.text.chars().count() <= HEADING);
    let differ =
        named.iter().map(|value| value.text.trim().to_lowercase()).collect::<HashSet<_>>().len() == named.len();
    // The corner of a table may be empty, and a column of remarks may have no name.
    short && differ && named.len() > 1 && (named.len() + 1 >= columns || named.len() * 5 >= columns * 4)
}

/// Writes the cells of a sheet.
pub fn write(mut cells: Vec<(u32, u32, Value)>, build: &mut Builder) {
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let mut block: Vec<(u32, u32, Value)> = Vec::new();
    for cell in cells {
        if block.last().is_some_and(|last| cell.0 > last.0.saturating_add(1)) {
            write_block(std::mem::take(&mut block), build);
        }
        block.push(cell);
    }
    write_block(block, build);
}

fn write_block(cells: Vec<(u32, u32, Value)>, build: &mut Builder) {
    let mut columns: Vec<u32> = cells.iter().map(|(_, column, _)| *column).collect();
    columns.sort_unstable();
    columns.dedup();
    if columns.len() == 1 && cells.first().map(|c| c.0) == cells.last().map(|c| c.0) {
        for (_, _, value) in cells {
            build.flush();
            build.prose.push(value.text.trim());
            build.flush();
        }
        return;
    }
    let mut typed = Typed::default();
    let mut row: Vec<Value> = Vec::new();
    let mut at = None;
    for (line, column, value) in cells {
        if at.is_some_and(|at| at != line) && !typed.row(std::mem::take(&mut row), build) {
            break;
        }
        at = Some(line);
        let place = columns.partition_point(|known| *known < column);
        if row.len() < place {
            row.resize(place, Value::default());
        }
        row.truncate(place);
        row.push(value);
    }
    if !row.is_empty() {
        typed.row(row, build);
    }
    typed.end(build);
}
