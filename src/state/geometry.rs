//! Where things stand on the screen, as plain numbers from its size. `ui` draws into these areas, `app` fills them, the
//! mouse is looked up in them.

use super::{Focus, View};

/// A part of the screen, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Column of the left edge.
    pub x: usize,
    /// Row of the upper edge.
    pub y: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl Area {
    /// Whether a cell lies in it.
    pub fn holds(&self, column: usize, row: usize) -> bool {
        (self.x..self.x + self.width).contains(&column) && (self.y..self.y + self.height).contains(&row)
    }
}

/// The areas of one frame; an area that is not shown is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Geometry {
    /// The whole screen.
    pub screen: Area,
    /// The top line.
    pub header: Area,
    /// The line of the filter.
    pub filter: Area,
    /// The rows of the list.
    pub list: Area,
    /// Lines of a row of the list: two while it says why its document was found.
    pub lines: usize,
    /// The pane of the text, with its margins.
    pub pane: Area,
    /// The line over the text that says what it is.
    pub title: Area,
    /// The text itself within its pane, no wider than the measure.
    pub text: Area,
    /// The bottom line.
    pub bottom: Area,
    /// Whether what lies over the panes has a frame and air around it; else it covers the screen.
    pub framed: bool,
}

/// Below this the screen shows one line that says so.
pub const SMALLEST: (usize, usize) = (20, 5);

/// A list of fewer lines has one for each of its rows, whatever there is to say.
const EXPLAINS: usize = 6;

/// On a lower screen an overlay needs the rows of its frame.
const FRAMED: usize = 10;

/// From this width on the list and the text stand side by side.
pub const WIDE: usize = 80;

/// Columns to the left of the text: one of air, one for the mark where the old page ended.
const MARGIN: usize = 2;

impl Geometry {
    /// Lays out a screen. `filter_line` is whether a filter is typed or stands, `explains` whether there is something to
    /// say of the rows of the list.
    pub fn new(size: (usize, usize), view: &View, focus: Focus, filter_line: bool, explains: bool) -> Geometry {
        let (width, height) = size;
        let screen = Area { x: 0, y: 0, width, height };
        if width < SMALLEST.0 || height < SMALLEST.1 {
            return Geometry { screen, ..Geometry::default() };
        }
        let line = |y| Area { x: 0, y, width, height: 1 };
        let filter = if filter_line { line(1) } else { Area::default() };
        let y = 1 + filter.height;
        let body = Area { x: 0, y, width, height: height - y - 1 };
        let (list, pane) = panes(body, view, focus);
        let (title, text) = text(pane, view);
        let lines = if explains && list.height >= EXPLAINS { 2 } else { 1 };
        let framed = height >= FRAMED && !view.linear;
        Geometry { screen, header: line(0), filter, list, lines, pane, title, text, bottom: line(height - 1), framed }
    }

    /// How many rows of the list are seen whole.
    pub fn rows(&self) -> usize {
        self.list.height / self.lines.max(1)
    }

    /// Columns between the text and the scroll bar, into which lines that are kept may run on.
    pub fn beyond(&self) -> usize {
        (self.pane.x + self.pane.width).saturating_sub(self.text.x + self.text.width + 1 + usize::from(self.text.x > 1))
    }

    /// Whether there is room for anything at all.
    pub fn fits(&self) -> bool {
        self.header.height > 0
    }
}

fn panes(body: Area, view: &View, focus: Focus) -> (Area, Area) {
    let none = Area::default();
    if view.single {
        return (none, body);
    }
    if body.width < WIDE || view.linear {
        return if focus == Focus::List { (body, none) } else { (none, body) };
    }
    if view.list.hidden && focus == Focus::Text {
        return (none, body);
    }
    let width = list_width(body.width, view.list.delta);
    let list = Area { width, ..body };
    (list, Area { x: width + 1, width: body.width - width - 1, ..body })
}

/// Two fifths of the screen, changed by what the reader asked for, and never so much that one of the two is useless.
fn list_width(width: usize, delta: isize) -> usize {
    (width * 2 / 5).min(60).saturating_add_signed(delta).clamp(20, width - 30)
}

/// The text stands in the middle of its pane, under a line that says what it is and one of air, where there are rows to
/// spare; the last column is the scroll bar's.
fn text(pane: Area, view: &View) -> (Area, Area) {
    // What was printed for a terminal as wide as this one needs its columns.
    let (margin, beside) = match view {
        View { linear: true, .. } => (0, 0),
        View { pager: true, .. } => (1, 0),
        _ => (MARGIN, 2),
    };
    let room = pane.width.saturating_sub(margin + beside.max(1));
    let width = room.min(view.measure);
    let x = pane.x + margin + if view.pager || view.linear { 0 } else { (room - width) / 2 };
    let above = if pane.height < 8 || view.pager { 0 } else { 2 };
    let title = Area { x, y: pane.y, width, height: above.min(1) };
    (title, Area { x, y: pane.y + above, width, height: pane.height.saturating_sub(above) })
}
