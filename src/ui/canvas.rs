//! Writing into a buffer: clipped to an area, by display width, and nothing but [`Safe`] text.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::Theme;
use crate::{
    picture::Picture,
    state::{Area, View},
    text::{
        Marked, Safe,
        bidi::{self, Direction, Levels},
        graphemes, slice, width,
    },
};

/// A buffer with what is needed to draw into it.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    /// The colours.
    pub(super) theme: &'a Theme,
    /// Whether signs are drawn in ASCII.
    ascii: bool,
    /// Whether what is read from the right is put in order here.
    bidi: bool,
    /// The cell at which the row begins that the keys are about.
    pub(super) spot: Option<(usize, usize)>,
}

/// The signs that recto draws, with what stands in for them in ASCII.
#[derive(Clone, Copy)]
pub(super) enum Sign {
    Unread,
    Begun,
    Finished,
    Broken,
    Star,
    Cursor,
    Divider,
    Thumb,
    Tick,
    TickOnThumb,
    CurrentTick,
    Chapter,
    Here,
    Turned,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, theme: &'a Theme, view: &View) -> Canvas<'a> {
        Canvas { buffer, theme, ascii: view.ascii, bidi: view.bidi, spot: None }
    }

    /// Every cell blank.
    pub(super) fn clear(&mut self) {
        self.buffer.reset();
        let whole = self.buffer.area;
        self.buffer.set_style(whole, self.theme.page);
    }

    /// An area blank, in a style.
    pub(super) fn fill(&mut self, area: Area, style: Style) {
        for y in area.y..area.y + area.height {
            let Some((x, y, width)) = self.cells(area, 0, y - area.y) else { continue };
            for column in x..x.saturating_add(width) {
                if let Some(cell) = self.buffer.cell_mut((column, y)) {
                    cell.reset();
                    cell.set_style(self.theme.page.patch(style));
                }
            }
        }
    }

    /// Writes a line by itself at a column and row of an area, what is read from the right in its order; answers the
    /// column after it.
    pub(super) fn print(&mut self, area: Area, column: usize, row: usize, text: &Safe, style: Style) -> usize {
        if !self.bidi || !bidi::has_right(text) {
            return self.put(area, column, row, text, style);
        }
        let (head, _) = width::cut(text, area.width.saturating_sub(column));
        self.put(area, column, row, &bidi::line(&Safe::from(head)), style)
    }

    /// Writes what is in the order of the screen at a column and row of an area; answers the column after it.
    pub(super) fn put(&mut self, area: Area, column: usize, row: usize, text: &Safe, style: Style) -> usize {
        let Some((x, y, width)) = self.cells(area, column, row) else { return column };
        let (end, mut at) = (x + width, x);
        for (_, grapheme) in graphemes(text) {
            let columns = u16::try_from(width::grapheme(grapheme)).unwrap_or(u16::MAX);
            let Some(after) = at.checked_add(columns).filter(|after| *after <= end) else { break };
            // What takes no column belongs to nothing that could be drawn.
            for cell in at..after {
                match self.buffer.cell_mut((cell, y)) {
                    Some(first) if cell == at => drop(first.set_symbol(grapheme).set_style(style)),
                    Some(rest) => rest.reset(),
                    None => {}
                }
            }
            at = after;
        }
        column + usize::from(at - x)
    }

    /// Writes a line with its marks; answers the column after it.
    pub(super) fn print_marked(
        &mut self,
        area: Area,
        column: usize,
        row: usize,
        line: &Marked,
        (style, mark): (Style, Style),
    ) -> usize {
        let lit = |lit: bool| if lit { style.patch(mark) } else { style };
        if !self.bidi || !bidi::has_right(line.text()) {
            return line.pieces().fold(column, |column, (piece, on)| self.put(area, column, row, &piece, lit(on)));
        }
        let levels = Levels::of(line.text(), Direction::of(line.text()));
        let (mut parts, mut at) = (Vec::new(), 0);
        for (piece, on) in line.pieces() {
            parts.extend(levels.parts(at..at + piece.len()).map(|(part, level)| (part, level, on)));
            at += piece.len();
        }
        let order = bidi::order(&parts.iter().map(|(_, level, _)| *level).collect::<Vec<u8>>());
        order.into_iter().filter_map(|at| parts.get(at)).fold(column, |column, (part, level, on)| {
            let piece = bidi::drawn(&Safe::from(slice(line.text(), part.clone())), *level);
            self.put(area, column, row, &piece, lit(*on))
        })
    }

    /// Writes several things beside each other, each in its own order, as far as there is room for them.
    pub(super) fn print_joined(&mut self, area: Area, column: usize, texts: &[Safe], between: &Safe, style: Style) {
        let mut at = column;
        for (number, text) in texts.iter().enumerate() {
            for part in [between, text].into_iter().skip(usize::from(number == 0)) {
                let room = area.width.saturating_sub(at);
                at = self.print(area, at, 0, &self.fit(part, room), style);
                if part.width() > room {
                    return;
                }
            }
        }
    }

    /// The bar of the row that the keys are about.
    pub(super) fn bar(&mut self, area: Area) {
        self.fill(area, self.theme.selected.0);
        self.spot = Some((area.x, area.y));
    }

    /// Writes so that it ends at the right edge less `gap`; answers the column where it starts.
    pub(super) fn print_right(&mut self, area: Area, gap: usize, row: usize, text: &Safe, style: Style) -> usize {
        let column = area.width.saturating_sub(text.width() + gap);
        self.print(area, column, row, text, style);
        column
    }

    /// Writes words from a row on, as many to a row as fit; answers the row after them.
    pub(super) fn wrap(&mut self, area: Area, mut row: usize, text: &str, style: Style) -> usize {
        let mut line = Safe::default();
        for word in text.split_whitespace().map(Safe::line) {
            if line.width() > 0 && line.width() + 1 + word.width() > area.width {
                self.print(area, 0, row, &std::mem::take(&mut line), style);
                row += 1;
            }
            if line.width() > 0 {
                line.push(&Safe::from(" "));
            }
            line.push(&word);
        }
        self.print(area, 0, row, &line, style);
        row + 1
    }

    /// The longest beginning that fits, with a sign at its end when something was cut.
    pub(super) fn fit(&self, text: &Safe, columns: usize) -> Safe {
        if !self.ascii || text.width() <= columns {
            return text.fit(columns);
        }
        let head = text.fit(columns.saturating_sub(2));
        Safe::from(head.strip_suffix('…').unwrap_or_default().to_owned() + &".".repeat(columns.min(3)))
    }

    /// What says that something was left out.
    pub(super) fn ellipsis(&self) -> &'static str {
        if self.ascii { "..." } else { "…" }
    }

    /// The program's own words, as the terminal can show them.
    pub(super) fn own(&self, text: &str) -> Safe {
        if !self.ascii {
            return Safe::from(text);
        }
        let ascii =
            [("…", "..."), ("·", "-"), ("⏎", "Enter"), ("↑↓", "Up Down"), ("‹", "<"), ("›", ">"), ("→", "Right")];
        Safe::from(ascii.iter().fold(text.to_owned(), |text, (sign, written)| text.replace(sign, written)))
    }

    /// Whether what is read from the right is put in order here.
    pub(super) fn is_bidi(&self) -> bool {
        self.bidi
    }

    /// Whether signs are drawn in ASCII.
    pub(super) fn is_ascii(&self) -> bool {
        self.ascii
    }

    /// Draws an image without its first `above` rows.
    pub(super) fn picture(&mut self, area: Area, picture: &Picture, above: usize) {
        let Some((x, y, width)) = self.cells(area, 0, 0) else { return };
        let height = u16::try_from(area.height).unwrap_or(u16::MAX).min(self.buffer.area.bottom().saturating_sub(y));
        picture.draw(Rect { x, y, width, height }, above, self.buffer);
        if !picture.is_blocks() {
            return;
        }
        for (x, y) in (y..y + height).flat_map(|y| (x..x + width).map(move |x| (x, y))) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                (cell.fg, cell.bg) = (self.theme.shade(cell.fg), self.theme.shade(cell.bg));
            }
        }
    }

    /// A sign, as the terminal can show it.
    pub(super) fn sign(&self, sign: Sign) -> Safe {
        let (drawn, ascii) = match sign {
            Sign::Unread => ("●", "o"),
            Sign::Begun => ("◐", "~"),
            Sign::Finished => ("✓", "."),
            Sign::Broken => ("!", "!"),
            Sign::Star => ("★", "*"),
            Sign::Cursor => ("▌", ">"),
            Sign::Divider => ("│", "|"),
            Sign::Thumb => ("┃", "#"),
            Sign::Tick => ("─", "-"),
            Sign::TickOnThumb => ("┫", "="),
            Sign::CurrentTick => ("◂", "<"),
            Sign::Chapter => ("·", "."),
            Sign::Here => ("▸", ">"),
            Sign::Turned => ("›", ">"),
        };
        Safe::from(if self.ascii { ascii } else { drawn })
    }

    /// The cell at a column and row of an area, and how many there are to its right edge; `None` outside.
    fn cells(&self, area: Area, column: usize, row: usize) -> Option<(u16, u16, u16)> {
        if column >= area.width || row >= area.height {
            return None;
        }
        let bounds = self.buffer.area;
        let x = u16::try_from(area.x + column).ok()?.checked_add(bounds.x)?;
        let y = u16::try_from(area.y + row).ok()?.checked_add(bounds.y)?;
        let width = u16::try_from(area.width - column).ok()?.min(bounds.right().checked_sub(x)?);
        (y < bounds.bottom()).then_some((x, y, width))
    }
}
