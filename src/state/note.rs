//! A footnote, shown over the text at which it was asked for: nothing is lost from sight for a remark.

use super::{Overlay, State};
use crate::{doc::Anchor, layout::Row};

/// A footnote while it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What its references show.
    pub label: String,
    /// Where it stands in the text.
    pub at: Anchor,
    /// The first row shown.
    pub top: usize,
    /// Its rows, and the width that they are for; laid out by `app`.
    pub rows: (usize, Vec<Row>),
}

/// Columns of a note, where the screen has so many.
const WIDTH: usize = 64;

impl State {
    /// Shows a footnote.
    pub(crate) fn show_note(&mut self, label: &str) {
        let name = format!("fn:{label}");
        match self.document().and_then(|document| super::links::target(document, &name)) {
            Some(at) => {
                self.overlay = Some(Overlay::Note(Note { label: label.to_owned(), at, top: 0, rows: (0, Vec::new()) }));
            }
            None => self.complain(format!("this text has no note {label}")),
        }
    }

    /// The width at which a note is laid out.
    pub fn note_width(&self) -> usize {
        WIDTH.min(self.size.0.saturating_sub(4)).max(1)
    }
}
