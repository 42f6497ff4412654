//! Tables: those that hold data become tables, those that only lay a page out are read through, row by row.

use dom_query::{Element, NodeRef};

use super::{
    element::{attribute, has_class},
    walk::{End, Step, Walk},
};
use crate::doc::{Align, SpanKind};

/// A table of data that is open.
#[derive(Debug, Default)]
pub struct Grid {
    started: bool,
    /// In a `<thead>`.
    head: bool,
    /// The row that is open has cells of both kinds: a heading stands before each row.
    mixed: bool,
    /// How many rows have ended.
    rows: usize,
    /// The row that is open has cells, and all are headings.
    headings: bool,
    /// The column of the next cell.
    column: usize,
    /// Rows that the cell above still reaches down into, by column.
    reach: Vec<usize>,
    /// Empty cells to come before the next one.
    gap: usize,
    /// Empty cells that may still be made up: no more than a few for each that is written.
    allowed: usize,
}

/// Columns beyond this are not kept apart.
const COLUMNS: usize = 64;
/// Nodes of a table that are looked at to tell what it is for.
const LOOK: usize = 20_000;

impl Walk<'_> {
    /// A table begins.
    pub fn begin_table(&mut self, node: &NodeRef<'_>, element: &Element) -> Step {
        self.flush();
        let nested = self.heading || self.pre.is_some() || self.build.in_table();
        // In a box a small table is the frame around its text.
        let least = if self.boxes > 0 { 5 } else { 0 };
        let grid = (!nested && is_data(node, element, least)).then(|| Grid { allowed: 4 * COLUMNS, ..Grid::default() });
        self.tables.push(grid);
        Step::Into(End::Table)
    }

    pub fn end_table(&mut self) {
        if self.tables.pop().flatten().is_some_and(|grid| grid.started) {
            self.end_marks();
            self.build.end_table();
        } else {
            self.flush();
        }
    }

    fn grid(&mut self) -> Option<&mut Grid> {
        self.tables.last_mut()?.as_mut()
    }

    pub fn begin_row(&mut self, row: &NodeRef<'_>) -> Step {
        let Some(grid) = self.grid() else {
            self.flush();
            return Step::Into(End::Block);
        };
        let first = !std::mem::replace(&mut grid.started, true);
        (grid.column, grid.gap, grid.headings) = (0, 0, true);
        grid.mixed = row.children_it(false).any(|cell| cell.has_name("td"));
        if first {
            self.end_marks();
            self.build.start_table(Vec::new());
        }
        self.end_marks();
        self.build.start_row();
        Step::Into(End::Row)
    }

    pub fn end_row(&mut self) {
        let Some(grid) = self.grid() else { return };
        for reach in grid.reach.iter_mut().skip(grid.column) {
            *reach = reach.saturating_sub(1);
        }
        grid.rows += 1;
        if grid.rows == 1 && grid.headings && grid.column > 0 && !grid.head {
            self.build.end_head();
        }
    }

    pub fn begin_head(&mut self) -> Step {
        if let Some(grid) = self.grid() {
            grid.head = true;
        }
        Step::Into(End::Head)
    }

    pub fn end_head(&mut self) {
        if let Some(grid) = self.grid().filter(|grid| grid.started) {
            grid.head = false;
            self.build.end_head();
        }
    }

    /// A cell begins, of a heading or not.
    pub fn begin_cell(&mut self, element: &Element, name: &str) -> Step {
        let span = |name: &str| attribute(element, name).and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1);
        let (columns, rows) = (span("colspan").clamp(1, COLUMNS), span("rowspan").clamp(1, 1000));
        let Some(grid) = self.grid().filter(|grid| grid.started) else {
            self.build.prose.space();
            return Step::Into(End::Cell(0));
        };
        grid.headings &= name == "th";
        let first = grid.column;
        while let Some(reach) = grid.reach.get_mut(grid.column).filter(|reach| **reach > 0) {
            *reach -= 1;
            grid.column += 1;
        }
        let gap = grid.gap + grid.column - first;
        let gap = if gap <= grid.allowed { gap } else { 0 };
        grid.allowed = (grid.allowed + 4).saturating_sub(gap);
        grid.gap = columns - 1;
        for column in grid.column..(grid.column + columns).min(COLUMNS) {
            if grid.reach.len() <= column {
                grid.reach.resize(column + 1, 0);
            }
            if let Some(reach) = grid.reach.get_mut(column) {
                *reach = rows - 1;
            }
        }
        grid.column += columns;
        let strong = name == "th" && !grid.head && (grid.mixed || grid.rows > 0);
        let (column, align) = (grid.column - columns, aligned(element));
        if let Some(align) = align.filter(|_| columns == 1) {
            self.build.align_column(column, align);
        }
        for _ in 0..gap {
            self.build.cell();
        }
        let marked = strong && self.open_mark(SpanKind::Strong);
        Step::Into(End::Cell(usize::from(marked)))
    }

    pub fn end_cell(&mut self, marks: usize) {
        for _ in 0..marks {
            self.close_mark();
        }
        if self.grid().is_some_and(|grid| grid.started) {
            self.end_marks();
            self.build.cell();
        } else {
            self.build.prose.space();
        }
    }

    /// A caption begins: a paragraph before the table, when it comes before its rows.
    pub fn begin_caption(&mut self) -> Step {
        if self.grid().is_some_and(|grid| grid.started) {
            return Step::Over;
        }
        self.flush();
        Step::Into(End::Block)
    }
}

/// How a cell says that it is aligned.
fn aligned(element: &Element) -> Option<Align> {
    let style = attribute(element, "style").unwrap_or_default();
    let style = style.split(';').find_map(|s| s.split_once(':').filter(|(name, _)| name.trim() == "text-align"));
    let class = attribute(element, "class").unwrap_or_default();
    let class = class.split_ascii_whitespace().find_map(|c| c.strip_prefix("halign-"));
    match style.map(|(_, value)| value.trim()).or(attribute(element, "align")).or(class)? {
        "right" | "end" => Some(Align::Right),
        "center" => Some(Align::Center),
        _ => None,
    }
}

/// Whether a table holds data. It does not if it says so, or holds what no cell can show: tables, headings, code,
/// and, where nothing in it is marked as the heading of a column, lists and several paragraphs; or has fewer cells than
/// `least`.
fn is_data(table: &NodeRef<'_>, element: &Element, least: usize) -> bool {
    if attribute(element, "role").is_some_and(|role| matches!(role, "presentation" | "none"))
        || ["footnote", "field-list", "citation", "highlighttable"].iter().any(|c| has_class(element, c))
    {
        return false;
    }
    let (mut headed, mut rich) = (attribute(element, "role").is_some(), false);
    let (mut rows, mut cells, mut paragraphs) = (0usize, 0usize, 0usize);
    for (at, node) in table.descendants_it().enumerate() {
        let Some(element) = node.element_ref() else { continue };
        match &*element.name.local {
            "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" | "form" | "iframe" => return false,
            "pre" | "blockquote" => rich = true,
            "th" => {
                headed = true;
                cells += 1;
            }
            "td" => cells += 1,
            "thead" | "caption" => headed = true,
            "tr" => rows += 1,
            "p" => paragraphs += 1,
            "ul" | "ol" | "dl" => paragraphs += 2,
            _ => {}
        }
        if at >= LOOK {
            break;
        }
    }
    // A single column is no table, and a row that is one cell is a box around a text.
    let columns = cells > rows && rows > 0 && cells >= least;
    columns && !rich && (headed || paragraphs <= cells)
}
