//! The list: which documents, which of them is under the cursor, and the window of rows that the screen shows. The rows
//! themselves are filled in by `app` before a draw.

use std::sync::Arc;

use super::Explained;
use crate::{
    doc::DocId,
    library::Copies,
    memory::ReadState,
    search::Glance,
    text::{Marked, Safe},
};

/// The documents that the list shows.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The documents in order.
    pub ids: Arc<[DocId]>,
    /// Index of the document under the cursor; 0 when there is none.
    pub cursor: usize,
    /// Index of the first row on the screen.
    pub top: usize,
    /// The rows on the screen, from `top` on.
    pub rows: Vec<ListRow>,
    /// Which documents share a row because they hold the same text.
    pub copies: Arc<Copies>,
    /// Why each of them was found.
    pub explained: Explained,
}

/// What the list shows of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRow {
    /// Its title.
    pub title: Marked,
    /// Its year, or nothing.
    pub date: Safe,
    /// Minutes of reading.
    pub minutes: Option<u64>,
    /// How far the reader has come.
    pub state: ReadState,
    /// Whether it has a star.
    pub starred: bool,
    /// The shortest folder that tells it from others of the same title.
    pub folder: Option<Safe>,
    /// How many documents share the row, itself among them; 0 when it stands for itself alone.
    pub copies: usize,
    /// Why it can't be read.
    pub error: Option<Safe>,
    /// Its language, which says what other forms a word has.
    pub language: Option<String>,
    /// Why it was found, once that is known.
    pub why: Option<Glance>,
}

impl List {
    /// The document under the cursor.
    pub fn selected(&self) -> Option<DocId> {
        self.ids.get(self.cursor).copied()
    }

    /// Moves the cursor by rows, stopping at the ends.
    pub fn move_by(&mut self, rows: isize) {
        self.move_to(self.cursor.saturating_add_signed(rows));
    }

    /// Moves the cursor to a row, or the last.
    pub fn move_to(&mut self, row: usize) {
        self.cursor = row.min(self.ids.len().saturating_sub(1));
    }

    /// Moves the cursor to a document if it is there, else to the one of the same text that stands for it.
    pub fn move_to_id(&mut self, id: DocId) -> bool {
        let row = |is: &dyn Fn(DocId) -> bool| self.ids.iter().position(|other| is(*other));
        let text = self.copies.of(id);
        let at = row(&|other| other == id);
        let at = at.or_else(|| text.first().and_then(|_| row(&|other| self.copies.of(other) == text)));
        self.cursor = at.unwrap_or(self.cursor);
        at.is_some()
    }

    /// Takes documents, with one row for each text: that of the document to `keep` if it is there, else of the first in
    /// path order. The cursor stays on its row of the list.
    pub fn take(&mut self, ids: Arc<[DocId]>, keep: Option<DocId>) {
        self.ids = self.copies.fold(ids, keep);
    }

    /// Takes other documents, with one row for each text. The one under the cursor stays under it and on the same row of
    /// the screen; where it is gone, the nearest one that stood after it takes its place.
    pub fn replace(&mut self, ids: Arc<[DocId]>, keep: Option<DocId>) {
        let ids = self.copies.fold(ids, keep);
        let above = self.cursor.saturating_sub(self.top);
        let old = std::mem::replace(&mut self.ids, ids);
        let keep = old.get(self.cursor..).unwrap_or_default();
        if let Some(first) = keep.first() {
            // Usually the document itself is still there; only when it is gone are the following ones looked up.
            if !self.move_to_id(*first) {
                let there: std::collections::HashMap<DocId, usize> = self.ids.iter().copied().zip(0..).collect();
                let next = keep.iter().find_map(|id| there.get(id)).copied();
                self.move_to(next.unwrap_or(self.cursor));
            }
        } else {
            self.move_to(0);
        }
        self.top = self.cursor.saturating_sub(above);
    }

    /// Moves the window of so many rows so that the cursor is in it and it is full where it can be.
    pub fn show_cursor(&mut self, rows: usize) {
        let last_top = self.ids.len().saturating_sub(rows);
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(rows)).min(last_top);
    }
}
