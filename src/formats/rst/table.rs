//! Tables that are drawn: grids of `+`, `-` and `|`, and columns under lines of `=`. A cell is one paragraph here, whatever
//! stands in it.

use super::Reader;
use crate::text::{self, width};

impl Reader {
    /// A grid; how many lines it takes.
    pub(super) fn grid(&mut self, lines: &[&str]) -> Option<usize> {
        let taken = lines.iter().take_while(|l| l.starts_with(['+', '|'])).count();
        let lines = lines.get(..taken)?;
        let mut edges: Vec<usize> = Vec::new();
        for line in lines.iter().filter(|l| is_rule(l)) {
            for (at, c) in line.char_indices() {
                if c == '+' && !edges.contains(&at) && edges.len() < 200 {
                    edges.push(at);
                }
            }
        }
        edges.sort_unstable();
        if edges.len() < 2 || taken < 3 {
            return None;
        }
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut header = 0;
        // The row in which the cell stands that goes on in each column: a rule through some of the columns ends the cells
        // of those, and the others span the rows.
        let mut begun = vec![0; edges.len() - 1];
        for line in lines {
            let drawn = drawn(line, &edges);
            if drawn.contains(&true) {
                if line.starts_with("+=") && header == 0 {
                    header = rows.len();
                }
                for (row, _) in begun.iter_mut().zip(&drawn).filter(|(_, drawn)| **drawn) {
                    *row = rows.len();
                }
                rows.push(vec![String::new(); edges.len() - 1]);
            }
            if is_rule(line) {
                continue;
            }
            let mut from = edges.first().map_or(0, |e| e + 1);
            let mut column = 0;
            for (at, edge) in edges.iter().enumerate().skip(1) {
                let ends = matches!(columns(line, *edge, *edge + 1).as_str(), "|" | "+") || at + 1 == edges.len();
                if ends {
                    let piece = columns(line, from, *edge);
                    let row = begun.get(column).and_then(|row| rows.get_mut(*row));
                    if let Some(cell) = row.and_then(|row| row.get_mut(column)).filter(|_| !is_drawn(&piece)) {
                        cell.push_str(piece.trim_end());
                        cell.push('\n');
                    }
                    (from, column) = (*edge + 1, at);
                }
            }
        }
        let empty = |row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
        let header = rows.iter().take(header).filter(|row| !empty(row)).count();
        rows.retain(|row| !empty(row));
        self.table(&rows, header);
        Some(taken)
    }

    /// Columns under borders; how many lines it takes.
    pub(super) fn simple(&mut self, lines: &[&str]) -> Option<usize> {
        let border = lines.first()?;
        let is_border = |l: &str| l.starts_with("==") && l.chars().all(|c| matches!(c, '=' | ' '));
        // The table ends with a border before a blank line, or with the third border.
        let mut end = None;
        let mut borders = 0;
        for (at, line) in lines.iter().enumerate() {
            if is_border(line) {
                borders += 1;
                let last = lines.get(at + 1).is_none_or(|l| l.is_empty());
                if borders >= 2 && last || borders == 3 {
                    end = Some(at);
                    break;
                }
            }
        }
        let end = end?;
        let mut starts: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        for word in border.split(' ') {
            if !word.is_empty() {
                starts.push((at, at + word.len()));
            }
            at += word.len() + 1;
        }
        let count = starts.len();
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut header = 0;
        for line in lines.get(1..end)? {
            if is_border(line) {
                header = rows.len();
                continue;
            }
            if line.is_empty() || line.starts_with("--") && line.chars().all(|c| matches!(c, '-' | ' ')) {
                continue;
            }
            let mut cells = Vec::with_capacity(count);
            let mut from = 0;
            for (at, (_, end)) in starts.iter().enumerate() {
                let next = starts.get(at + 1).map_or(usize::MAX, |(next, _)| *next);
                // Text in the space between two columns belongs to both.
                if next < usize::MAX && !columns(line, *end, next).trim().is_empty() {
                    continue;
                }
                cells.push(columns(line, from, next));
                from = next;
            }
            // A row whose first cell is empty goes on with the one before.
            let goes_on =
                cells.first().is_some_and(|c| c.trim().is_empty()) && !rows.is_empty() && rows.len() != header;
            if goes_on {
                for (cell, more) in rows.last_mut().into_iter().flatten().zip(&cells) {
                    cell.push('\n');
                    cell.push_str(more.trim_end());
                }
            } else {
                rows.push(cells.into_iter().take(count).map(|c| c.trim_end().to_owned()).collect());
            }
        }
        self.table(&rows, header);
        Some(end + 1)
    }

    /// A table of cells with markup in them.
    pub(super) fn table(&mut self, rows: &[Vec<String>], header: usize) {
        self.build.flush();
        self.build.start_table(Vec::new());
        for (at, row) in rows.iter().enumerate() {
            self.build.start_row();
            for cell in row {
                let lines: Vec<&str> = cell.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
                let cell = lines.join("\n");
                // A list in a cell shows its signs.
                let cell = cell.strip_prefix("\\ ").unwrap_or(&cell);
                self.inline(if matches!(cell, "\\" | "..") { "" } else { cell });
                self.build.cell();
            }
            if at + 1 == header {
                self.build.end_head();
            }
        }
        self.build.end_table();
    }
}

fn is_rule(line: &str) -> bool {
    line.starts_with('+') && line.ends_with('+') && line.chars().all(|c| matches!(c, '+' | '-' | '='))
}

/// Through which of the columns a line rules.
fn drawn(line: &str, edges: &[usize]) -> Vec<bool> {
    if !line.contains(['-', '=']) || !line.contains('+') {
        return vec![false; edges.len().saturating_sub(1)];
    }
    let columns = edges.iter().zip(edges.iter().skip(1)).map(|(from, to)| {
        let piece = columns(line, *from, *to + 1);
        let inner = piece.trim_matches(['+', '|']);
        piece.contains('+') && !inner.is_empty() && inner.chars().all(|c| matches!(c, '-' | '='))
    });
    columns.collect()
}

fn is_drawn(piece: &str) -> bool {
    piece.len() > 1 && piece.chars().all(|c| matches!(c, '+' | '-' | '=')) && piece.contains("--")
}

/// The part of a line between two columns, where wide letters take two.
fn columns(line: &str, from: usize, to: usize) -> String {
    if line.is_ascii() {
        return text::slice(line, from.min(line.len())..to.min(line.len())).to_owned();
    }
    let mut at = 0;
    let mut out = String::new();
    for c in line.chars() {
        if at >= from && at < to {
            out.push(c);
        }
        at += width::width(c.encode_utf8(&mut [0; 4]));
        if at >= to {
            break;
        }
    }
    out
}
