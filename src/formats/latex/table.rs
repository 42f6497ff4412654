//! Tables: rows end with `\\`, cells with `&`. A table within a cell is text of the cell.

use super::reader::{Close, Reader};
use crate::doc::Align;

/// The table that is open.
#[derive(Debug, Default)]
pub struct State {
    /// A row has begun.
    row: bool,
    rows: usize,
    /// The rows so far are its head, if another row comes.
    head: bool,
    /// Columns that the cell covers besides its own.
    more: usize,
    /// Tables within this one.
    inner: usize,
}

/// A cell that covers more columns does not.
const COLUMNS: usize = 64;

impl Reader {
    /// A table begins.
    pub fn begin_table(&mut self, name: &str) {
        self.input.optional();
        if matches!(name.trim_end_matches('*'), "tabularx" | "tabulary") || name == "tabular*" {
            self.input.argument();
        }
        self.input.optional();
        let columns = self.input.argument().unwrap_or_default();
        if self.build.in_table() {
            self.table.inner += 1;
        } else {
            self.flush();
            self.table = State::default();
            self.build.start_table(alignment(&columns));
            self.spans.interrupt();
        }
        self.begin(Some(name.to_owned()), Close::Table);
    }

    /// It ends.
    pub fn end_table(&mut self) {
        if self.table.inner > 0 {
            self.table.inner -= 1;
            return self.build.prose.space();
        }
        if self.table.row || !self.build.prose.is_empty() {
            self.end_row();
        }
        self.build.end_table();
        self.spans.interrupt();
    }

    fn start_row(&mut self) {
        if std::mem::replace(&mut self.table.row, true) {
            return;
        }
        let prose = std::mem::take(&mut self.build.prose);
        if std::mem::take(&mut self.table.head) {
            self.build.end_head();
        }
        self.build.start_row();
        self.build.prose = prose;
        self.table.rows += 1;
    }

    /// `&`
    pub fn next_cell(&mut self) {
        if self.table.inner > 0 {
            return self.literal(" ");
        }
        self.start_row();
        self.build.cell();
        self.spans.interrupt();
        for _ in 0..std::mem::take(&mut self.table.more) {
            self.build.cell();
        }
        self.input.skip_space();
    }

    /// `\\`
    pub fn end_row(&mut self) {
        if self.table.inner > 0 {
            return self.literal(" ");
        }
        if !self.table.row && self.build.prose.is_empty() {
            return;
        }
        self.next_cell();
        self.table.row = false;
    }

    /// Commands that stand in tables.
    pub fn table_command(&mut self, name: &str) {
        match name {
            "hline" | "midrule" if self.table.rows == 1 && !self.table.row => self.table.head = true,
            "endhead" => self.table.head = self.table.rows > 0,
            // The head of the further pages is the head of the first.
            "endfirsthead" => {
                self.table.head = self.table.rows > 0;
                self.input.until("\\endhead");
                self.pass_foot();
            }
            "multicolumn" | "multirow" => {
                let columns = self.input.argument().and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1);
                self.input.optional();
                self.input.argument();
                self.input.optional();
                if name == "multicolumn" {
                    self.table.more = columns.saturating_sub(1).min(COLUMNS);
                }
            }
            _ => {}
        }
        if name == "endhead" {
            self.pass_foot();
        }
        if matches!(name, "toprule" | "midrule" | "bottomrule") {
            self.input.optional();
        }
    }

    /// The foot that stands under each page of a long table.
    fn pass_foot(&mut self) {
        for end in ["\\endfoot", "\\endlastfoot"] {
            let rest = self.input.rest();
            let near = crate::text::head(rest, rest.floor_char_boundary(4000));
            let near = near.split("\\end{").next().unwrap_or_default();
            if near.contains(end) {
                self.input.until(end);
            }
        }
    }
}

/// How columns are aligned by their letters: `|l|c|p{3cm}|`.
fn alignment(columns: &str) -> Vec<Option<Align>> {
    let mut out = Vec::new();
    let mut depth = 0usize;
    for c in columns.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            'c' | 'C' => out.push(Some(Align::Center)),
            'r' | 'R' | 'S' => out.push(Some(Align::Right)),
            'l' | 'L' | 'p' | 'X' | 'm' | 'b' => out.push(Some(Align::Left)),
            _ => {}
        }
        if out.len() >= COLUMNS {
            break;
        }
    }
    out
}
