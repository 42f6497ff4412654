//! Tables as they come, from events or from tags.

use super::{Builder, table::Rows};
use crate::doc::Align;

impl Builder {
    /// Whether a table is open.
    pub fn in_table(&self) -> bool {
        self.table.is_some()
    }

    /// A table begins, whose columns are aligned so where the document says it.
    pub fn start_table(&mut self, align: Vec<Option<Align>>) {
        self.flush_lead();
        self.table = Some(Rows::new(align));
    }

    /// A row begins.
    pub fn start_row(&mut self) {
        self.end_cell();
        if let Some(table) = &mut self.table {
            table.row();
        }
    }

    /// A cell of HTML begins. Without its `<table>`, which a blank line cut off, cells are paragraphs.
    pub fn start_cell(&mut self) {
        self.end_cell();
    }

    /// Ends a cell of HTML, if one is open.
    pub fn end_cell(&mut self) {
        if self.table.is_none() {
            self.flush();
        } else if !self.prose.is_empty() {
            self.cell();
        }
    }

    /// The heading rows end.
    pub fn end_head(&mut self) {
        self.end_cell();
        if let Some(table) = &mut self.table {
            table.header();
        }
    }

    /// Ends a cell, which may be empty.
    pub fn cell(&mut self) {
        let prose = std::mem::take(&mut self.prose);
        let (text, spans) = self.finish_prose(prose);
        if let Some(table) = &mut self.table {
            table.cell(text, spans);
        }
    }

    /// The cells of a column are aligned so.
    pub fn align_column(&mut self, column: usize, align: Align) {
        if let Some(table) = &mut self.table {
            table.align_column(column, align);
        }
    }

    /// The table ends.
    pub fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let mut blocks = Vec::new();
        table.blocks(&self.nesting.nest, &mut blocks);
        for block in blocks {
            self.emit(block);
        }
    }
}
