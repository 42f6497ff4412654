//! The filter: what is typed, what stands, and how it is answered. The list always shows the answer to `standing`; a line
//! that is open may be ahead of it by the letters of a few milliseconds.

use std::{collections::VecDeque, sync::Arc};

use super::{Before, Chord, Completion, Line, Order, Saved, Ticket, Values};
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
    /// How each word fares alone, when nothing was found.
    pub alone: Vec<(String, usize)>,
    /// The query in the nearest spelling, then.
    pub nearest: Option<String>,
    /// What makes no sense in the query that stands.
    pub wrong: Vec<String>,
    /// What its `like:` has come to.
    pub likenesses: Vec<Likeness>,
    /// The query whose words light up, where it is another than the one that stands.
    lit: Option<String>,
    /// The search for relatives that is under way.
    pub sought: Option<Ticket>,
    /// Where Esc leads back to from the relatives, the last one last.
    pub trail: Vec<Before>,
    /// Whether a regular expression in it was not looked for.
    pub unscanned: bool,
    /// How far the looking for one is, in percent.
    pub scanning: Option<usize>,
    /// What its fields could ask for.
    pub values: Arc<Values>,
    /// Tab was pressed before the answer came that says what there is to complete.
    pub completing: bool,
    /// The newest search, and the query that it is for.
    pub asked: Option<(Ticket, String)>,
    /// The search that the list answers.
    pub answer: Ticket,
    /// The library has changed while a search was under way: it is asked again.
    pub outdated: bool,
    /// The document to go to when the answer comes: the edit was left with Esc.
    pub return_to: Option<DocId>,
    /// Keys that wait for the answer to what was typed, or for a document.
    pub held: VecDeque<Chord>,
    /// Enter was pressed before the answer came.
    pub waiting: bool,
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
        self.likenesses = likenesses;
    }

    /// What stands as the line says it: documents by their titles.
    pub fn told(&self) -> String {
        let mut told = self.standing.clone();
        for likeness in &self.likenesses {
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
        self.nearest.as_deref().filter(|_| self.answered() && self.text() == self.standing)
    }

    /// Whether the list answers what is typed.
    pub fn answered(&self) -> bool {
        self.asked.is_none()
    }
}
