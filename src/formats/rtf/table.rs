//! Rows and cells. There is no word for a table: paragraphs say that they stand in one, a row says before it which cells it
//! has, and the table is over when a paragraph comes that stands in none.

use super::reader::Reader;
use crate::formats::office::Flow;

/// The table in the making.
#[derive(Debug, Default)]
pub struct Rows {
    /// Columns that the last definition of a row has, and those of the table.
    defined: usize,
    columns: usize,
    /// The row is a heading.
    heading: bool,
    /// A table is open, and within it a row, and within that a cell.
    open: bool,
    in_row: bool,
    in_cell: bool,
}

impl Rows {
    /// Words that define a row. `false` when it is none of them.
    pub fn word(&mut self, word: &str) -> bool {
        match word {
            "trowd" => (self.defined, self.heading) = (0, false),
            "cellx" => self.defined = self.defined.saturating_add(1),
            "trhdr" => self.heading = true,
            _ => return false,
        }
        true
    }

    /// Text comes that stands in a cell: what it stands in begins, unless it is open.
    fn begin(&mut self, flow: &mut Flow) {
        if !self.open {
            flow.end_code();
            flow.end_lists();
            self.open = true;
            self.start(flow);
        }
        if !self.in_row {
            // A frame whose rows have more than one cell is a table.
            if self.columns == 1 && self.defined > 1 {
                flow.tables.end(&mut flow.build);
                self.start(flow);
            }
            self.in_row = true;
            flow.tables.row();
            if self.heading {
                flow.tables.head_row();
            }
        }
        if !self.in_cell {
            self.in_cell = true;
            flow.tables.cell(&mut flow.build);
        }
    }

    fn start(&mut self, flow: &mut Flow) {
        self.columns = self.defined;
        flow.tables.start(&mut flow.build, self.columns, false);
    }
}

impl Reader<'_> {
    /// Text comes: the table begins that it stands in, or the one that it doesn't stand in ends.
    pub(super) fn settle(&mut self) {
        if self.paragraph.in_table {
            self.rows.begin(&mut self.flow);
        } else {
            self.end_rows();
        }
    }

    /// A cell ends.
    pub(super) fn end_cell(&mut self) {
        self.paragraph.in_table = true;
        self.settle();
        self.end_paragraph();
        self.flow.end_cell();
        self.rows.in_cell = false;
    }

    /// A row ends.
    pub(super) fn end_row(&mut self) {
        if self.rows.in_row {
            if self.rows.in_cell && !self.flow.build.prose.is_empty() {
                self.end_cell();
            }
            self.flow.tables.end_row(&mut self.flow.build);
        }
        (self.rows.in_row, self.rows.in_cell) = (false, false);
    }

    /// The table ends, if one is open.
    pub(super) fn end_rows(&mut self) {
        if self.rows.open {
            self.end_row();
            self.flow.tables.end(&mut self.flow.build);
            self.rows.open = false;
        }
    }
}
