//! Marks: a letter that stands for a place. `m` and a letter sets one at the page's top, `'` and the letter leads back to
//! it. A small letter belongs to its document; a capital is one place in all that the reader has.

use super::{Effect, Goal, Overlay, Save, State};
use crate::{doc::Anchor, text::Safe};

/// A mark in the open document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its letter.
    pub letter: char,
    /// Its place.
    pub at: Anchor,
    /// Where along the text that is, as the body measures positions.
    pub position: u64,
}

/// The menu of the marks while it is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Index in `rows`.
    pub cursor: usize,
    /// The marks of the document in the order of the text, then the capitals of others. Found by `app`, and again when
    /// there are none.
    pub rows: Option<Vec<MarkRow>>,
}

/// A row of that menu.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkRow {
    /// The letter.
    pub letter: char,
    /// How far in the open document, in percent; `None` for a mark in another one.
    pub percent: Option<u64>,
    /// What stands there: the text, or the title of the document.
    pub about: Safe,
}

impl State {
    /// Waits for the letter of a new mark.
    pub(crate) fn begin_mark(&mut self) {
        if self.document().is_some() {
            self.overlay = Some(Overlay::NewMark);
        }
    }

    /// Shows the marks, and waits for a letter.
    pub(crate) fn open_marks(&mut self) {
        self.overlay = Some(Overlay::Marks(Marks::default()));
    }

    /// A key while a letter is waited for.
    pub(crate) fn type_mark(&mut self, key: Option<char>) -> Vec<Effect> {
        let setting = matches!(self.overlay.take(), Some(Overlay::NewMark));
        match key {
            Some(letter) if letter.is_ascii_alphabetic() && setting => self.set_mark(letter),
            Some(letter) if letter.is_ascii_alphabetic() => self.go_to_mark(letter),
            // As in vi: back to where one was before the last leap.
            Some('\'' | '`') if !setting => self.turn_back(true),
            _ => {
                self.say("a mark is a letter: a to z in this text, A to Z from anywhere");
                Vec::new()
            }
        }
    }

    /// Marks the top of the page.
    fn set_mark(&mut self, letter: char) -> Vec<Effect> {
        let page = &self.reader.page;
        let mark = Mark { letter, at: page.top.anchor, position: page.bytes.start };
        let Some(opened) = &mut self.reader.opened else { return Vec::new() };
        opened.marks.retain(|other| other.letter != letter);
        opened.marks.push(mark);
        opened.marks.sort_by_key(|mark| (mark.at, mark.letter));
        let id = opened.id;
        self.say(format!("marked {letter}; '{letter} comes back here"));
        vec![Effect::Save(Save::Mark(id, letter, Some(mark.at)))]
    }

    /// Goes to a mark of this document, or to one of another.
    fn go_to_mark(&mut self, letter: char) -> Vec<Effect> {
        let here = self.reader.shown().and_then(|opened| opened.marks.iter().find(|mark| mark.letter == letter));
        match here.map(|mark| mark.at) {
            Some(at) => self.leap(at),
            None if letter.is_ascii_uppercase() => {
                return vec![Effect::Follow { to: Goal::Mark(letter), fragment: None }];
            }
            None => self.complain(format!("no mark {letter} in this text")),
        }
        Vec::new()
    }

    /// Goes to the mark under the cursor.
    pub(crate) fn take_mark(&mut self, marks: &Marks) -> Vec<Effect> {
        match marks.row() {
            Some(row) => self.go_to_mark(row.letter),
            None => Vec::new(),
        }
    }

    /// Takes the mark under the cursor away.
    pub(crate) fn remove_mark(&mut self) -> Vec<Effect> {
        let (Some(Overlay::Marks(marks)), Some(opened)) = (&mut self.overlay, &mut self.reader.opened) else {
            return Vec::new();
        };
        let Some(row) = marks.row().cloned() else { return Vec::new() };
        if row.percent.is_none() {
            self.complain("open its document to take this mark away");
            return Vec::new();
        }
        opened.marks.retain(|mark| mark.letter != row.letter);
        marks.rows = None;
        vec![Effect::Save(Save::Mark(opened.id, row.letter, None))]
    }

    pub(crate) fn move_in_marks(&mut self, rows: isize) {
        if let Some(Overlay::Marks(marks)) = &mut self.overlay {
            let last = marks.rows.as_ref().map_or(0, |rows| rows.len().saturating_sub(1));
            marks.cursor = marks.cursor.saturating_add_signed(rows).min(last);
        }
    }
}

/// The place with a letter.
pub(super) fn mark_of(letter: char, marks: &[Mark]) -> Option<Anchor> {
    marks.iter().find(|mark| mark.letter == letter).map(|mark| mark.at)
}

impl Marks {
    /// The mark under the cursor.
    fn row(&self) -> Option<&MarkRow> {
        self.rows.as_ref()?.get(self.cursor)
    }
}
