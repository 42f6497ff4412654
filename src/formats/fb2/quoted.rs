//! What encloses paragraphs in a FictionBook: sections, epigraphs, quotations, poems, notes. An end closes what was left
//! open within. What is deeper than [`bounds::DEPTH`] encloses nothing.

use super::reader::Reader;
use crate::formats::bounds;

/// An element that is open.
#[derive(Debug)]
pub struct Open {
    name: String,
    /// It opened a container of the builder.
    contains: bool,
}

impl Open {
    /// Whether it is a note.
    pub fn is_note(&self) -> bool {
        self.contains && self.name == "section"
    }
}

impl Reader<'_> {
    /// Opens an element that its end closes.
    pub fn open(&mut self, name: &str) {
        self.build.flush();
        if self.opened.len() < bounds::DEPTH {
            self.opened.push(Open { name: name.to_owned(), contains: false });
        }
    }

    /// Opens an element that is a quotation.
    pub fn open_quote(&mut self, name: &str) {
        if self.opened.len() < bounds::DEPTH {
            self.build.enter_quote();
            self.opened.push(Open { name: name.to_owned(), contains: true });
        }
    }

    /// Opens a section that is a note.
    pub fn open_note(&mut self, label: &str) {
        self.build.enter_footnote(label);
        self.opened.push(Open { name: "section".to_owned(), contains: true });
    }

    /// Closes the innermost element of this name, if there is one, and all that is open within.
    pub fn close(&mut self, name: &str) {
        self.build.flush();
        let Some(at) = self.opened.iter().rposition(|open| open.name == name) else { return };
        while self.opened.len() > at {
            if self.opened.pop().is_some_and(|open| open.contains) {
                self.build.leave();
            }
        }
    }

    /// Whether an element of this name is open.
    pub fn is_open(&self, name: &str) -> bool {
        self.depth(name) > 0
    }

    /// How many elements of this name are open.
    pub fn depth(&self, name: &str) -> usize {
        self.opened.iter().filter(|open| open.name == name).count()
    }
}
