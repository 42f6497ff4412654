//! The filter: what is typed, what stands, and how it is answered. The list always shows the answer to `standing`; a line
//! that is open may be ahead of it by the letters of a few milliseconds.

use std::{collections::VecDeque, sync::Arc};

use super::{Chord, Completion, Line, Order, Relatives, Saved, Ticket, Values};
use crate::{
    doc::DocId,
    query::Query,
    search::{self, Likeness},
};

/// The filter of the list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The query that the list answers; empty when the list shows everything.
    pub standing: String,
    /// What that asks for: with saved filters in place of their names.
    pub meaning: String,
    /// The line, while it is typed into.
    pub line: Option<Editing>,
    /// The order of the list with a filter, and without.
    pub order: Orders,
    /// Queries that were taken, newest first.
    pub history: Vec<String>,
    /// The filters that have a name.
    pub saved: Saved,
    /// What the answer to it says besides the documents.
    pub answer: Answer,
    /// The query whose words light up, where it is another than the one that stands.
    lit: Option<String>,
    /// How one came to the relatives of a document, and back.
    pub relatives: Relatives,
    /// The search that is under way.
    pub pending: Pending,
    /// Keys that wait.
    pub held: Held,
}

/// A search that is under way, and what is to be done when its answer comes.
#[derive(Clone, Debug, Default)]
pub struct Pending {
    /// The newest search, and the query that it is for.
    pub asked: Option<(Ticket, String)>,
    /// How far that is with looking for a regular expression, in percent.
    pub scanning: Option<usize>,
    /// The library has changed while a search was under way: it is asked again.
    pub outdated: bool,
    /// The document to go to when the answer comes: the edit was left with Esc.
    pub return_to: Option<DocId>,
}

/// What an answer says besides the documents.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The search that it is of.
    pub ticket: Ticket,
    /// How each word fares alone, when nothing was found.
    pub alone: Vec<(String, usize)>,
    /// The query in the nearest spelling, then.
    pub nearest: Option<String>,
    /// What makes no sense in the query.
    pub wrong: Vec<String>,
    /// What its `like:` has come to.
    pub likenesses: Vec<Likeness>,
    /// Whether a regular expression in it was not looked for.
    pub unscanned: bool,
    /// What its fields could ask for.
    pub values: Arc<Values>,
}

/// Keys that wait for the answer to what was typed, or for a document.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The keys.
    pub chords: VecDeque<Chord>,
    /// Enter was pressed before the answer came.
    pub waiting: bool,
    /// Tab was pressed before the answer came that says what there is to complete.
    pub completing: bool,
}

/// A filter line that is typed into.
#[derive(Clone, Debug, Default)]
pub struct Editing {
    /// The line.
    pub line: Line,
    /// The filter before, for Esc.
    pub before: String,
    /// The document under the cursor before, for Esc.
    pub selected: Option<DocId>,
    /// Whether the cursor was moved by hand: then it stays with its document.
    pub moved: bool,
    /// What Tab goes through.
    pub completion: Option<Completion>,
}

/// The orders of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Orders {
    /// While a filter stands.
    pub filtered: Order,
    /// While none does.
    pub whole: Order,
}

impl Default for Orders {
    fn default() -> Orders {
        Orders { filtered: Order::Best, whole: Order::Path }
    }
}

impl Filter {
    /// Whether a filter stands or is typed.
    pub fn shown(&self) -> bool {
        self.line.is_some() || !self.standing.is_empty()
    }

    /// What the line shows.
    pub fn text(&self) -> &str {
        self.line.as_ref().map_or(&self.standing, |e| e.line.text())
    }

    /// The query whose words light up.
    pub fn lit(&self) -> &str {
        self.lit.as_deref().unwrap_or(&self.meaning)
    }

    /// Takes what the `like:` of the query that stands has come to.
    pub(super) fn take_likenesses(&mut self, likenesses: Vec<Likeness>) {
        self.lit = (!likenesses.is_empty()).then(|| search::lit(&self.meaning, &likenesses));
        self.answer.likenesses = likenesses;
    }

    /// What stands as the line says it: documents by their titles.
    pub fn told(&self) -> String {
        let mut told = self.standing.clone();
        for likeness in &self.answer.likenesses {
            told = told.replace(&likeness.typed, &format!("like: {}", likeness.title));
        }
        told
    }

    /// The order that a query is answered in.
    pub fn order_for(&self, query: &str) -> Order {
        // A field without a value narrows nothing yet, and moves nothing.
        if Query::parse(query).is_empty() { self.order.whole } else { self.order.filtered }
    }

    /// The nearest spelling, while it is offered: nothing was found for what is typed.
    pub fn offered(&self) -> Option<&str> {
        self.answer.nearest.as_deref().filter(|_| self.answered() && self.text() == self.standing)
    }

    /// Whether the list answers what is typed.
    pub fn answered(&self) -> bool {
        self.pending.asked.is_none()
    }
}
