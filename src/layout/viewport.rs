//! The rows in view. A page starts at a place in the text and is laid out from there, block by block; what stands before
//! and after is never looked at, so every move costs what it shows, in a document of any length.
//!
//! A place is an anchor, and an anchor is only ever set by a move: laying out at another measure shows the row that holds
//! it. A row that shows no text of its own (a blank row, the rule of a table) is reached from the next one that does.

use std::{ops::Range, sync::Arc};

use super::{Row, Setting, Stretch, head, kept::Kept, lay, margin, turn::Turns};
use crate::doc::{Anchor, Block, BlockId, Body, Document};

/// The most rows that one move goes; more of them are a matter of [`Viewport::at_fraction`].
const FARTHEST: usize = 100_000;

/// The top of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// A byte of the first row that shows text.
    pub anchor: Anchor,
    /// How many of the rows above that one, which show no text of their own, are on the page as well.
    pub lead: usize,
}

/// What a pane shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// At most as many rows as were asked for.
    pub rows: Vec<Row>,
    /// The heading of the table in whose records it starts.
    pub head: Option<Row>,
    /// Where it starts.
    pub top: Place,
    /// Nothing stands before it.
    pub at_start: bool,
    /// Nothing comes after it, so far.
    pub at_end: bool,
    /// The positions in the body that it shows.
    pub bytes: Range<u64>,
    /// The position at which the last page begins; the length of the body while that grows.
    pub last: u64,
    /// The length of the body.
    pub of: u64,
}

impl Page {
    /// The text that it shows; `None` when there is none.
    pub fn stretch(&self) -> Option<Stretch> {
        let mut rows = self.rows.iter().filter(|row| !row.gap && !row.range.is_empty());
        let first = rows.next()?;
        let last = rows.next_back().unwrap_or(first);
        let (start, end) = (first.range.start, last.range.end);
        Some(Anchor { block: first.block, byte: start }..Anchor { block: last.block, byte: end })
    }
}

/// A body, and the rows of it that were laid out lately.
pub struct Viewport {
    body: Arc<dyn Body>,
    pub(super) kept: Kept,
    pub(super) turns: Turns,
}

/// A row of a body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub block: BlockId,
    pub row: usize,
}

impl Viewport {
    /// A view of `body`.
    pub fn new(body: Arc<dyn Body>) -> Viewport {
        Viewport { body, kept: Kept::new(), turns: Turns::default() }
    }

    /// The rows from `top` on. An anchor within a row means the row that holds it.
    pub fn page(&mut self, top: Place, height: usize, setting: &Setting) -> Page {
        let of = self.body.len();
        let Some(start) = self.find(top, setting) else {
            return Page { top, at_start: true, at_end: true, last: of, of, ..Page::default() };
        };
        let mut page = Page { top, at_start: self.back(start, 1, setting).1 == 0, of, ..Page::default() };
        if start.block != top.anchor.block {
            page.top = self.place(start, setting);
        }
        let mut at = Some(start);
        let mut last = start;
        while let Some(here) = at.filter(|_| page.rows.len() < height) {
            let Some(rows) = self.rows(here.block, setting) else { break };
            let room = height - page.rows.len();
            page.rows.extend(rows.iter().skip(here.row).take(room).cloned());
            last = At { block: here.block, row: rows.len().min(here.row + room) - 1 };
            at = self.after(here.block, setting);
        }
        if let Some(first) = page.rows.first().filter(|row| !row.gap) {
            let head = self.kept.head(first.block);
            page.head = head.filter(|head| head.end <= first.range.start).map(|head| head.row.clone());
        }
        page.at_end = !page.rows.is_empty() && self.forward(last, 1, setting).1 == 0;
        page.bytes = self.position(start, false, setting)..self.position(last, true, setting);
        if page.rows.is_empty() {
            page.bytes.end = page.bytes.start;
        }
        page.last = if page.at_end { page.bytes.start } else { self.last(height, setting) };
        page
    }

    /// `top` moved by `rows`, down when positive, but not past the start, nor so far that the page would not be full. A
    /// document shorter than the page stays at its start.
    pub fn scroll(&mut self, top: Place, rows: isize, height: usize, setting: &Setting) -> Place {
        let Some(from) = self.find(top, setting) else { return top };
        let far = rows.unsigned_abs();
        let (to, _) = if rows < 0 { self.back(from, far, setting) } else { self.forward(from, far, setting) };
        let to = self.fit(to, height, setting);
        if to == from && from.block == top.anchor.block { top } else { self.place(to, setting) }
    }

    /// The start of the document.
    pub fn start(&mut self, setting: &Setting) -> Place {
        let block = self.body.first().unwrap_or_default();
        match self.rows(block, setting) {
            Some(_) => self.place(At { block, row: 0 }, setting),
            None => Place { anchor: Anchor { block, byte: 0 }, lead: 0 },
        }
    }

    /// The place that shows the first row of a block at the top, without the blank ones above it.
    pub fn begin(&mut self, block: BlockId, height: usize, setting: &Setting) -> Place {
        let Some(rows) = self.rows(block, setting) else { return self.start(setting) };
        let row = rows.iter().take_while(|row| row.gap).count();
        let at = self.fit(At { block, row }, height, setting);
        self.place(at, setting)
    }

    /// The place that shows the end of the document at the bottom of a page.
    pub fn end(&mut self, height: usize, setting: &Setting) -> Place {
        let Some((block, rows)) = self.body.last().and_then(|id| Some((id, self.rows(id, setting)?))) else {
            return self.start(setting);
        };
        let at = self.fit(At { block, row: rows.len() - 1 }, height, setting);
        self.place(at, setting)
    }

    /// The place `f` of the way from the first page to the last, by the bytes before it: 0 is the start, 1 the end.
    pub fn at_fraction(&mut self, f: f64, height: usize, setting: &Setting) -> Place {
        if f >= 1.0 {
            return self.end(height, setting);
        }
        let position = part(self.last(height, setting), f);
        let Some((block, span)) = self.body.at(position).map(|id| (id, self.span(id))) else {
            return self.start(setting);
        };
        let Some(bytes) = self.rows(block, setting).and_then(|_| self.kept.bytes(block)) else {
            return self.start(setting);
        };
        let into = scale(position.saturating_sub(span.start), span.end - span.start, bytes as u64);
        let byte = usize::try_from(into).unwrap_or(bytes);
        let Some(at) = self.find(Place { anchor: Anchor { block, byte }, lead: 0 }, setting) else {
            return self.start(setting);
        };
        // Of the row that holds it and the one after that, the one that begins nearer to it.
        let (next, _) = self.forward(at, 1, setting);
        let near = |at: u64| at.abs_diff(position);
        let closer = near(self.position(next, false, setting)) < near(self.position(at, false, setting));
        let at = self.fit(if closer { next } else { at }, height, setting);
        self.place(at, setting)
    }

    /// The position at which the last page begins. Where there will be more nobody knows it.
    fn last(&mut self, height: usize, setting: &Setting) -> u64 {
        if self.body.growing() {
            return self.body.len();
        }
        let end = self.end(height, setting);
        self.find(end, setting).map_or(0, |at| self.position(at, false, setting))
    }

    /// `top` unchanged when the row that shows `anchor` is on its page, else the place that shows that row at a third of
    /// the height.
    pub fn reveal(&mut self, top: Place, anchor: Anchor, height: usize, setting: &Setting) -> Place {
        let (Some(start), Some(target)) = (self.find(top, setting), self.showing(anchor, setting)) else { return top };
        let ((last, _), order) = (self.forward(start, height.saturating_sub(1), setting), |at: At| (at.block, at.row));
        if order(start) <= order(target) && order(target) <= order(last) {
            return top;
        }
        let (to, _) = self.back(target, height / 3, setting);
        let to = self.fit(to, height, setting);
        self.place(to, setting)
    }

    /// `top`, moved only as far as the page would else not be full.
    pub fn settle(&mut self, top: Place, height: usize, setting: &Setting) -> Place {
        self.scroll(top, 0, height, setting)
    }

    /// Forgets what was laid out: the body has grown or changed.
    pub fn refresh(&mut self) {
        self.kept.clear();
    }

    /// The row that a place names; the nearest block's when its own is gone.
    pub(super) fn find(&mut self, place: Place, setting: &Setting) -> Option<At> {
        let Anchor { block, byte } = place.anchor;
        let Some(rows) = self.rows(block, setting) else {
            let near = self.body.at(self.body.position(block))?;
            self.rows(near, setting)?;
            return Some(At { block: near, row: 0 });
        };
        let row = holder(&rows, byte);
        let lead = (0..row).rev().take_while(|above| !is_reached(&rows, *above)).count();
        Some(At { block, row: row - place.lead.min(lead) })
    }

    /// The row that draws `anchor`, which in a table need not be the one whose range holds it.
    fn showing(&mut self, anchor: Anchor, setting: &Setting) -> Option<At> {
        let Anchor { block, byte } = anchor;
        let rows = self.rows(block, setting)?;
        let draws = |row: &Row| row.runs.iter().any(|run| run.source.as_ref().is_some_and(|s| s.contains(&byte)));
        let holder = holder(&rows, byte);
        let row = if rows.get(holder).is_some_and(draws) { None } else { rows.iter().position(draws) };
        Some(At { block, row: row.unwrap_or(holder) })
    }

    /// How a row is named.
    pub(super) fn place(&mut self, at: At, setting: &Setting) -> Place {
        let Some(rows) = self.rows(at.block, setting) else { return Place::default() };
        let row = (at.row..rows.len()).find(|row| is_reached(&rows, *row)).unwrap_or(at.row);
        let byte = rows.get(row).map_or(0, |row| row.range.start);
        Place { anchor: Anchor { block: at.block, byte }, lead: row - at.row }
    }

    /// Moves `at` back until the page is full or the start is reached.
    fn fit(&mut self, at: At, height: usize, setting: &Setting) -> At {
        let below = height.saturating_sub(1);
        let (_, there) = self.forward(at, below, setting);
        if there < below { self.back(at, below - there, setting).0 } else { at }
    }

    /// The row `by` rows further on, or the last one, and how far it is.
    pub(super) fn forward(&mut self, mut at: At, by: usize, setting: &Setting) -> (At, usize) {
        let by = by.min(FARTHEST);
        let mut left = by;
        while let Some(rows) = self.rows(at.block, setting) {
            let below = rows.len() - 1 - at.row.min(rows.len() - 1);
            if left <= below {
                return (At { row: at.row + left, ..at }, by);
            }
            let Some(next) = self.after(at.block, setting) else {
                return (At { row: at.row + below, ..at }, by - (left - below));
            };
            left -= below + 1;
            at = next;
        }
        (at, by - left)
    }

    /// The row `by` rows before, or the first one, and how far it is.
    pub(super) fn back(&mut self, mut at: At, by: usize, setting: &Setting) -> (At, usize) {
        let by = by.min(FARTHEST);
        let mut left = by;
        while left > at.row {
            let before = self.body.prev(at.block).filter(|id| *id < at.block);
            let Some((block, rows)) = before.and_then(|id| Some((id, self.rows(id, setting)?))) else {
                return (At { row: 0, ..at }, by - (left - at.row));
            };
            left -= at.row + 1;
            at = At { block, row: rows.len() - 1 };
        }
        (At { row: at.row - left, ..at }, by)
    }

    /// The first row of the block after `id`.
    fn after(&mut self, id: BlockId, setting: &Setting) -> Option<At> {
        let block = self.body.next(id).filter(|next| *next > id)?;
        self.rows(block, setting)?;
        Some(At { block, row: 0 })
    }

    /// The rows of a block, at least one, those above it first; `None` when it can't be read.
    pub(super) fn rows(&mut self, id: BlockId, setting: &Setting) -> Option<Arc<[Row]>> {
        self.lay_for(setting);
        if let Some(rows) = self.kept.rows(id) {
            return Some(rows);
        }
        let block = self.body.block(id)?;
        let prev = self.body.prev(id).filter(|prev| *prev < id).and_then(|prev| self.body.block(prev));
        let above = prev.iter().flat_map(|prev| margin::gap_rows(prev, &block, id, setting));
        let rows: Arc<[Row]> = above.chain(lay(&block, id, setting)).collect();
        self.kept.keep(id, &block, Arc::clone(&rows), head(&block, id, setting));
        Some(rows)
    }

    /// Keeps only what is laid out in this setting, and the way of pages only as long.
    pub(super) fn lay_for(&mut self, setting: &Setting) {
        if self.kept.set(setting) {
            self.turns = Turns::default();
        }
    }

    /// The positions of a block.
    fn span(&self, id: BlockId) -> Range<u64> {
        let start = self.body.position(id);
        let next = self.body.next(id).filter(|next| *next > id);
        let end = next.map_or_else(|| self.body.len(), |next| self.body.position(next));
        start..end.max(start)
    }

    /// The position at which a row starts or ends.
    fn position(&mut self, at: At, end: bool, setting: &Setting) -> u64 {
        let span = self.span(at.block);
        let Some(rows) = self.rows(at.block, setting) else { return span.start };
        let Some(row) = rows.get(at.row) else { return span.start };
        if end && at.row + 1 == rows.len() {
            return span.end;
        }
        let byte = if end { row.range.end } else { row.range.start };
        let bytes = self.kept.bytes(at.block).unwrap_or(0);
        span.start + scale(byte as u64, bytes as u64, span.end - span.start)
    }
}

/// All rows of a document, with the blank ones between its blocks; a block at a time is laid out.
pub fn lines<'d>(document: &'d Document, setting: &'d Setting) -> impl Iterator<Item = Row> + 'd {
    let mut prev: Option<Arc<Block>> = None;
    document.blocks().flat_map(move |(id, block)| {
        let above = prev.iter().flat_map(|prev| margin::gap_rows(prev, &block, id, setting));
        let rows: Vec<Row> = above.chain(lay(&block, id, setting)).collect();
        prev = Some(block);
        rows
    })
}

/// The row that holds `byte`; of several that start there, the last.
fn holder(rows: &[Row], byte: usize) -> usize {
    rows.partition_point(|row| row.range.start <= byte).saturating_sub(1)
}

/// Whether an anchor can name the row: it holds the byte that it starts with.
fn is_reached(rows: &[Row], row: usize) -> bool {
    rows.get(row).is_some_and(|r| holder(rows, r.range.start) == row)
}

/// `f` of `whole`.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates"
)]
fn part(whole: u64, f: f64) -> u64 {
    (whole as f64 * f) as u64
}

/// `n` of `from`, measured in `to`.
fn scale(n: u64, from: u64, to: u64) -> u64 {
    let scaled = u128::from(n) * u128::from(to) / u128::from(from.max(1));
    u64::try_from(scaled).unwrap_or(to).min(to)
}
