//! More like this, and conversations: the relatives of a document, as a list that Esc leaves again. The list is the answer
//! to a filter like any other, `like:` with the document's path or `thread:` with the name of a message; here is only how
//! one comes to it and back. While nothing is found the list stays as it was, and so does what has the focus.

use super::{Effect, State, Ticket};
use crate::{doc::DocId, library, query};

/// How one came to relatives, and back.
#[derive(Clone, Debug, Default)]
pub struct Relatives {
    /// The search for them that is under way.
    pub sought: Option<Ticket>,
    /// Where Esc leads back to, the last one last.
    pub trail: Vec<Before>,
}

/// The list before it showed relatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// What asks for the relatives.
    like: String,
    /// The filter that stood.
    standing: String,
    /// The document under the cursor.
    selected: Option<DocId>,
}

impl State {
    /// Asks for the relatives of the document that is open. The keys after it wait for them.
    pub(crate) fn seek_relatives(&mut self) -> Vec<Effect> {
        if self.view.single {
            self.complain("there is no library to look in");
            return Vec::new();
        }
        let Some(opened) = self.reader.shown() else { return Vec::new() };
        let path = library::within(&self.library.roots, &opened.row.path).unwrap_or(&opened.row.path);
        let entry = opened.row.entry.as_ref().map(|entry| format!("#{entry}")).unwrap_or_default();
        let like = query::like(&format!("{}{entry}", path.to_string_lossy()));
        self.seek(like)
    }

    /// Asks for the messages of the conversation that the open one is part of.
    pub(crate) fn seek_conversation(&mut self) -> Vec<Effect> {
        if self.view.single {
            self.complain("there is no library to look in");
            return Vec::new();
        }
        let Some(document) = self.document() else { return Vec::new() };
        match document.meta.id.as_ref().or(document.meta.answers.last()) {
            Some(name) => {
                let thread = query::thread(name);
                self.filter.pending.return_to = self.list.selected();
                self.seek(thread)
            }
            None => {
                self.complain("no message: it is part of no conversation");
                Vec::new()
            }
        }
    }

    fn seek(&mut self, like: String) -> Vec<Effect> {
        let (standing, selected) = (self.filter.standing.clone(), self.list.selected());
        if standing == like {
            return Vec::new();
        }
        let effects = self.ask(like.clone());
        self.filter.relatives.trail.push(Before { like, standing, selected });
        (self.filter.relatives.sought, self.filter.held.waiting) = (Some(self.ticket), true);
        effects
    }

    /// Esc while they are looked for: everything stays as it is. Any other search takes the place of this one.
    pub(crate) fn stop_seeking(&mut self) -> Vec<Effect> {
        self.ask_again()
    }

    /// There are none.
    pub(crate) fn without_relatives(&mut self) -> Vec<Effect> {
        self.filter.relatives.trail.pop();
        self.filter.held.waiting = false;
        self.complain("nothing like it");
        if std::mem::take(&mut self.filter.pending.outdated) { self.ask_again() } else { Vec::new() }
    }

    /// Esc in the list: it is as it was before it showed relatives, as far as it still does; else without a filter.
    pub(crate) fn leave_relatives(&mut self) -> Vec<Effect> {
        while let Some(before) = self.filter.relatives.trail.pop() {
            if self.filter.standing.contains(&before.like) {
                self.filter.pending.return_to = before.selected;
                return self.ask(before.standing);
            }
        }
        self.ask(String::new())
    }
}
