//! The filters that have a name: giving one, the menu of all, and what a name stands for in a query.
//!
//! How many documents each of them finds is counted by a job while the menu is open. It gives way to every search, and is
//! asked for again when the search is answered.

use super::{Chord, Context, Effect, InputKind, Job, Key, Line, Overlay, Save, State, Ticket};
use crate::{
    memory::{SavedFilter, meaning},
    query::{self, Query},
};

/// What is known of the saved filters.
#[derive(Clone, Debug, Default)]
pub struct Saved {
    /// By name.
    pub filters: Vec<SavedFilter>,
    /// How many documents each of them finds, by name.
    counts: Vec<(String, Count)>,
    /// The newest request for the counts.
    asked: Ticket,
}

/// How many documents a saved filter finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// Not counted yet.
    #[default]
    Coming,
    /// So many.
    Exactly(usize),
    /// Its regular expressions are looked for when it is taken, and not before.
    Unscanned,
}

impl Saved {
    /// What a query asks for, with these filters in place of their names.
    pub fn meaning(&self, typed: &str) -> String {
        meaning(typed, &self.filters).into_owned()
    }

    /// How many documents the filter of this name finds.
    pub fn count(&self, name: &str) -> Count {
        self.counts.iter().find(|(counted, _)| counted == name).map(|(_, count)| *count).unwrap_or_default()
    }

    /// A count has come.
    pub(super) fn counted(&mut self, ticket: Ticket, name: &str, count: Count) {
        if ticket == self.asked {
            self.counts.retain(|(counted, _)| counted != name);
            self.counts.push((name.to_owned(), count));
        }
    }

    /// The filter that has this name.
    fn called(&self, name: &str) -> Option<&SavedFilter> {
        self.filters.iter().find(|filter| filter.is_called(name))
    }

    /// The name that a query has, else one that none has.
    fn name_for(&self, query: &str) -> String {
        if let Some(same) = self.filters.iter().find(|filter| filter.query == query) {
            return same.name.clone();
        }
        let first = query::suggested_name(query);
        let names = std::iter::once(first.clone()).chain((2..).map(|number| format!("{first}-{number}")));
        let mut free = names.filter(|name| self.called(name).is_none());
        free.next().unwrap_or_default()
    }
}

impl State {
    /// Asks for a name for the filter that is typed or stands.
    pub(crate) fn name_filter(&mut self) {
        let query = self.filter.saved.meaning(self.filter.text().trim());
        if Query::parse(&query).is_empty() {
            self.say("no filter to save: type one first");
            return;
        }
        let line = Line::new(&self.filter.saved.name_for(&query));
        self.overlay = Some(Overlay::Input { kind: InputKind::Name, line, origin: self.reader.top });
    }

    /// Saves the filter that is typed or stands, in place of one of this name. What it says by names of others is saved as
    /// what these stand for now: no filter changes with another one.
    pub(crate) fn save_filter(&mut self, typed: &str) -> Vec<Effect> {
        let Some(name) = query::name(typed) else {
            if !typed.trim().is_empty() {
                self.complain(format!("no word in this name: {}", typed.trim()));
            }
            return Vec::new();
        };
        let filter = SavedFilter { query: self.filter.saved.meaning(self.filter.text().trim()), name };
        let before = self.filter.saved.called(&filter.name).is_some();
        self.say(format!("{} @{}", if before { "replaced" } else { "saved as" }, filter.name));
        let filters = &mut self.filter.saved.filters;
        filters.retain(|other| !other.is_called(&filter.name));
        let at = filters.partition_point(|other| key(other) < key(&filter));
        filters.insert(at, filter.clone());
        let mut effects = vec![Effect::Save(Save::Filter(filter))];
        effects.extend(self.names_changed());
        effects
    }

    /// Opens the menu. What it shows is what is known; another recto may have saved more, so it is read again.
    pub(crate) fn open_saved(&mut self) -> Vec<Effect> {
        if self.view.single {
            return Vec::new();
        }
        self.overlay = Some(Overlay::Saved { cursor: 0, removing: false });
        self.filter.saved.counts.clear();
        self.count_saved()
    }

    /// Asks how many documents the saved filters find, if that is to be seen. Not while a search is under way, which it
    /// would take the place of.
    pub(crate) fn count_saved(&mut self) -> Vec<Effect> {
        if !matches!(self.overlay, Some(Overlay::Saved { .. })) || !self.filter.answered() {
            return Vec::new();
        }
        let ticket = self.next_ticket();
        self.filter.saved.asked = ticket;
        vec![Effect::Job(Job::Saved { ticket, copies: self.list.copies.clone() })]
    }

    /// The filters as they are saved now. The cursor stays on its own.
    pub(crate) fn saved_came(&mut self, ticket: Ticket, filters: Vec<SavedFilter>) -> Vec<Effect> {
        let saved = &mut self.filter.saved;
        if ticket != saved.asked {
            return Vec::new();
        }
        if let Some(Overlay::Saved { cursor, removing }) = &mut self.overlay {
            let own = saved.filters.get(*cursor).map(|filter| filter.name.clone());
            let at = own.as_ref().and_then(|own| filters.iter().position(|filter| filter.name == *own));
            *removing &= at.is_some();
            *cursor = at.unwrap_or(*cursor).min(filters.len().saturating_sub(1));
        }
        saved.filters = filters;
        self.names_changed()
    }

    /// A name may stand for something else now. What is typed or stands by that name is asked anew.
    fn names_changed(&mut self) -> Vec<Effect> {
        let changed = self.filter.saved.meaning(&self.filter.standing) != self.filter.meaning;
        if changed && self.filter.answered() { self.ask_again() } else { Vec::new() }
    }

    /// Takes a saved filter, as if it were typed.
    pub(crate) fn apply_saved(&mut self, cursor: usize) -> Vec<Effect> {
        let Some(query) = self.filter.saved.filters.get(cursor).map(|filter| filter.query.clone()) else {
            return Vec::new();
        };
        let mut effects = self.open_filter();
        effects.extend(self.type_in_filter(|line| {
            *line = Line::new(&query);
            true
        }));
        effects.extend(self.accept());
        effects
    }

    /// Asks whether the filter under the cursor is to go: there is no other copy of it.
    pub(crate) fn ask_to_remove(&mut self) {
        if let Some(Overlay::Saved { cursor, removing }) = &mut self.overlay {
            *removing = *cursor < self.filter.saved.filters.len();
        }
    }

    /// A letter for an answer; any other key is none.
    pub(crate) fn answer_to_remove(&mut self, chord: Chord) -> Vec<Effect> {
        let Some(Overlay::Saved { cursor, .. }) = self.overlay else { return Vec::new() };
        match chord.key {
            Key::Char('y' | 'Y') => self.remove_saved(cursor),
            Key::Char('n' | 'N') => {
                self.overlay = Some(Overlay::Saved { cursor, removing: false });
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Forgets a saved filter; the menu stays.
    pub(crate) fn remove_saved(&mut self, cursor: usize) -> Vec<Effect> {
        let filters = &mut self.filter.saved.filters;
        if cursor >= filters.len() {
            return Vec::new();
        }
        let removed = filters.remove(cursor);
        let cursor = cursor.min(filters.len().saturating_sub(1));
        self.overlay = Some(Overlay::Saved { cursor, removing: false });
        self.say(format!("removed @{}", removed.name));
        let mut effects = vec![Effect::Save(Save::Removed(removed.name))];
        effects.extend(self.names_changed());
        effects
    }

    /// The filter that it is asked of whether it is to go.
    pub fn removing(&self) -> Option<&SavedFilter> {
        match (self.context(), &self.overlay) {
            (Context::Menu, Some(Overlay::Saved { cursor, .. })) => self.filter.saved.filters.get(*cursor),
            _ => None,
        }
    }
}

/// What filters are sorted by, as the memory sorts them.
fn key(filter: &SavedFilter) -> String {
    crate::text::fold::fold(&filter.name)
}
