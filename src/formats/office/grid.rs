//! Tables as office programs have them. A cell that spans columns is followed by empty ones; a table within a cell becomes
//! the cell's text, its cells and rows apart by signs. A table of one column is no table: it frames what is in it.

use crate::{
    doc::Align,
    formats::{bounds, build::Builder},
};

/// The tables that are open, outermost first.
#[derive(Debug, Default)]
pub struct Grid {
    open: Vec<Table>,
    /// Tables deeper than are looked at.
    deeper: usize,
}

#[derive(Debug, Default)]
struct Table {
    /// It frames what is in it.
    frame: bool,
    /// It stands in a cell of another one.
    nested: bool,
    /// Its first row is a heading by its style.
    headed: bool,
    /// The rows so far, and how many of the first are headings.
    rows: usize,
    headings: usize,
    row: Row,
    /// The columns that the cell spans.
    span: usize,
}

#[derive(Debug, Default)]
struct Row {
    /// It is not to be seen.
    skipped: bool,
    /// Whether a cell of it has begun, and the cells so far.
    begun: bool,
    cells: usize,
    /// Paragraphs with text, and those that are strong as a whole.
    texts: usize,
    strong: usize,
}

/// A cell spans no more columns.
pub const SPAN: usize = 63;

impl Grid {
    /// A table begins, of so many columns (0 where nobody says); `headed` when its style makes the first row a heading.
    pub fn start(&mut self, build: &mut Builder, columns: usize, headed: bool) {
        if self.open.len() >= bounds::DEPTH {
            self.deeper += 1;
            return;
        }
        let nested = self.is_inside();
        let frame = columns == 1 && !nested;
        if !frame && !nested {
            build.flush();
            build.start_table(Vec::new());
        }
        self.open.push(Table { frame, nested, headed, span: 1, ..Table::default() });
    }

    /// The table ends. Whether one was open.
    pub fn end(&mut self, build: &mut Builder) -> bool {
        if self.deeper > 0 {
            self.deeper -= 1;
            return true;
        }
        let Some(table) = self.open.pop() else { return false };
        if table.nested {
            build.prose.space();
        } else if !table.frame {
            build.end_table();
        }
        true
    }

    /// Whether a table is open that is one in the document, and whose cells gather text.
    pub fn is_inside(&self) -> bool {
        self.open.iter().any(|table| !table.frame)
    }

    /// A row begins.
    pub fn row(&mut self) {
        if let Some(table) = self.top() {
            table.row = Row::default();
        }
    }

    /// The row is not to be seen.
    pub fn skip_row(&mut self) {
        if let Some(table) = self.top() {
            table.row.skipped = true;
        }
    }

    /// Whether what comes now stands in a row that is not to be seen.
    pub fn is_skipped(&self) -> bool {
        self.open.iter().any(|table| table.row.skipped)
    }

    /// The row is a heading, if those before it are.
    pub fn head_row(&mut self) {
        if let Some(table) = self.top().filter(|table| table.headings == table.rows) {
            table.headings = table.rows + 1;
        }
    }

    /// So many columns of the row come before its first cell.
    pub fn before(&mut self, columns: usize) {
        if let Some(table) = self.top() {
            table.row.cells = columns.min(SPAN);
        }
    }

    /// A cell begins.
    pub fn cell(&mut self, build: &mut Builder) {
        let Some(table) = self.top() else { return };
        table.span = 1;
        if table.frame || table.row.skipped {
            return;
        }
        if table.nested {
            let apart = if table.row.cells > 0 { "| " } else { "/ " };
            if table.row.cells > 0 || table.rows > 0 {
                build.prose.space();
                build.prose.push(apart);
            }
        } else if !std::mem::replace(&mut table.row.begun, true) {
            build.start_row();
            for _ in 0..table.row.cells {
                build.cell();
            }
        }
        table.row.cells += 1;
    }

    /// The cell that is open spans so many columns.
    pub fn span(&mut self, columns: usize) {
        if let Some(table) = self.top() {
            table.span = columns.clamp(1, SPAN);
        }
    }

    /// The texts of the cell's column are aligned so.
    pub fn align(&mut self, build: &mut Builder, align: Align) {
        if let Some(table) = self.top().filter(|table| !table.nested && !table.frame)
            && (table.rows >= table.headings.max(1) || (table.rows == 0 && align != Align::Center))
        {
            build.align_column(table.row.cells.saturating_sub(1), align);
        }
    }

    /// The cell ends, after the text in the making.
    pub fn end_cell(&mut self, build: &mut Builder) {
        let Some(table) = self.top().filter(|table| !table.frame && !table.row.skipped && !table.nested) else {
            return;
        };
        let span = std::mem::replace(&mut table.span, 1);
        table.row.cells += span - 1;
        for _ in 0..span {
            build.cell();
        }
    }

    /// A paragraph of a cell has ended; `strong` when all of its text is.
    pub fn paragraph(&mut self, build: &mut Builder, strong: bool) {
        build.prose.space();
        if let Some(table) = self.top() {
            table.row.texts += 1;
            table.row.strong += usize::from(strong);
        }
    }

    /// The row ends.
    pub fn end_row(&mut self, build: &mut Builder) {
        let Some(table) = self.top() else { return };
        if std::mem::take(&mut table.row.skipped) || table.frame {
            return;
        }
        table.rows += 1;
        let looks = table.row.texts > 1 && table.row.strong == table.row.texts;
        let heads = table.headings >= table.rows || (table.rows == 1 && (table.headed || looks));
        if heads {
            table.headings = table.headings.max(table.rows);
            if !table.nested {
                build.end_head();
            }
        }
        table.row.cells = 0;
    }

    fn top(&mut self) -> Option<&mut Table> {
        self.open.last_mut().filter(|_| self.deeper == 0)
    }
}
