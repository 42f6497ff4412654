//! Before a draw: what the overlay shows of the documents.

use std::sync::Arc;

use super::shelf::Shelf;
use crate::{
    doc::{Block, Kind, Nest},
    layout::{Row, Setting, gap, lay},
    state::{MarkRow, Overlay, State, percent},
    text::{self, Safe},
};

/// Characters of a place that the menu of the marks has room for.
const MARKED: usize = 80;
/// Rows of a footnote that are laid out.
const NOTE_ROWS: usize = 1_000;

/// Fills the overlay that is open, if it shows documents and is not filled yet.
pub(super) fn fill(state: &mut State, shelf: &dyn Shelf, setting: &Setting) {
    fill_marks(state, shelf);
    fill_note(state, setting);
}

/// Finds what the menu of the marks shows.
fn fill_marks(state: &mut State, shelf: &dyn Shelf) {
    let Some(Overlay::Marks(marks)) = &mut state.overlay else { return };
    if marks.rows.is_some() {
        return;
    }
    let mut rows = Vec::new();
    if let Some(opened) = &state.reader.opened
        && let Ok(document) = &opened.document
    {
        rows.extend(opened.marks.iter().map(|mark| {
            let percent = Some(percent(mark.position, document.body.len()));
            let said = document.body.block(mark.at.block);
            let said = said.map(|block| text::tail(&block.text, mark.at.byte).chars().take(MARKED).collect::<String>());
            MarkRow { letter: mark.letter, percent, about: Safe::line(&said.unwrap_or_default()) }
        }));
    }
    let here: Vec<char> = rows.iter().map(|row| row.letter).collect();
    let elsewhere = shelf.capitals().into_iter().filter(|capital| !here.contains(&capital.letter));
    rows.extend(elsewhere.map(|capital| MarkRow {
        letter: capital.letter,
        percent: None,
        about: Safe::line(&capital.title),
    }));
    marks.cursor = marks.cursor.min(rows.len().saturating_sub(1));
    marks.rows = Some(rows);
}

/// Lays out the footnote that is shown.
fn fill_note(state: &mut State, setting: &Setting) {
    let width = state.note_width();
    let Some(Overlay::Note(note)) = &mut state.overlay else { return };
    let document = state.reader.opened.as_ref().and_then(|opened| opened.document.as_ref().ok());
    let Some(body) = document.map(|document| &document.body).filter(|_| note.rows.0 != width) else { return };
    let setting = Setting { measure: width, beyond: 0, sideways: 0, pictures: Arc::default(), ..setting.clone() };
    let mut rows = Vec::new();
    let (mut next, mut before) = (Some(note.at.block), None);
    while let Some((id, block)) = next.and_then(|id| Some((id, body.block(id)?))).filter(|_| rows.len() < NOTE_ROWS) {
        // What has no note around it is shown by itself: some formats only name the place.
        if before.is_some() && (!block.nest.contains(&Nest::Footnote) || matches!(block.kind, Kind::Footnote { .. })) {
            break;
        }
        let between = before.as_deref().map_or(0, |before: &Block| gap(before, &block));
        rows.extend(std::iter::repeat_n(Row { gap: true, ..Row::default() }, between));
        rows.extend(lay(&block, id, &setting));
        (next, before) = (body.next(id), Some(block));
    }
    note.rows = (width, rows);
}
