//! Why each document is in the list: what its row says under the title. It is asked for as the rows come into view, the
//! one under the cursor first, and kept, so that going back to a row, or to an earlier filter, costs nothing. Until it is
//! there the row is as tall, so that nothing moves, and the line under it says what it said for the filter before: no frame
//! waits for it.

use std::collections::HashMap;

use super::{Effect, Job, State, Ticket};
use crate::{doc::DocId, query::Matcher, search::Glance};

/// What is known of the rows.
#[derive(Clone, Debug, Default)]
pub struct Explained {
    /// What lights up for the filter that stands.
    pub matcher: Matcher,
    /// By query and document.
    known: HashMap<String, HashMap<DocId, Glance>>,
    /// The query before the one that stands.
    before: String,
    /// What was asked for last: the query, and of which documents.
    asked: Option<(Ticket, String, Vec<DocId>)>,
    /// Answers to earlier requests may be of a text as it was before it changed.
    since: Ticket,
}

/// Rows that are kept, of all filters together; about a kilobyte each.
const KEPT: usize = 4_000;

impl Explained {
    /// What is known of a document for a filter.
    pub fn of(&self, query: &str, id: DocId) -> Option<&Glance> {
        self.known.get(query)?.get(&id)
    }

    /// What a row shows for a filter: what is known, or was of the filter before, until its own is there.
    pub fn shown(&self, query: &str, id: DocId) -> Option<&Glance> {
        self.of(query, id).or_else(|| self.of(&self.before, id))
    }

    /// Another filter takes the place of the query `before`.
    pub(super) fn turn_from(&mut self, before: String, matcher: Matcher) {
        self.before = before;
        self.matcher = matcher;
    }

    /// Whether anything is to be said of rows: a filter without words of its own, as one that only excludes, says nothing.
    pub fn wanted(&self) -> bool {
        !self.matcher.is_empty()
    }

    /// Forgets documents that have changed.
    pub(super) fn forget(&mut self, changed: &[DocId], now: Ticket) {
        for known in self.known.values_mut() {
            for id in changed {
                known.remove(id);
            }
        }
        self.asked = None;
        self.since = now;
    }

    /// Takes answers, also those to a request that was replaced: what was read is read.
    pub(super) fn came(&mut self, ticket: Ticket, query: &str, rows: Vec<(DocId, Glance)>) {
        if ticket < self.since {
            return;
        }
        let kept: usize = self.known.values().map(HashMap::len).sum();
        if kept + rows.len() > KEPT {
            self.known.retain(|known, _| known == query);
        }
        let known = self.known.entry(query.to_owned()).or_default();
        if known.len() + rows.len() > KEPT {
            known.clear();
        }
        known.extend(rows);
    }

    fn is_known(&self, query: &str, id: DocId) -> bool {
        self.known.get(query).is_some_and(|known| known.contains_key(&id))
    }

    fn is_asked(&self, query: &str, id: DocId) -> bool {
        self.asked.as_ref().is_some_and(|(_, asked, ids)| asked == query && ids.contains(&id))
    }
}

impl State {
    /// Asks for what is missing of the rows in view; with it, and when nothing else is missing, for the page after them.
    pub(super) fn explain(&mut self) -> Option<Effect> {
        let shown = self.geometry();
        if !self.list.explained.wanted() || shown.list.height == 0 || self.list.ids.is_empty() {
            return None;
        }
        self.list.show_cursor(shown.rows());
        let rows = shown.list.height.div_ceil(shown.lines);
        let (top, cursor) = (self.list.top, self.list.cursor);
        let (view, ahead) = (top..top + rows, top + rows..top + 2 * rows);
        let missing = |rows: &mut dyn Iterator<Item = usize>| -> Vec<DocId> {
            let ids = rows.filter_map(|row| self.list.ids.get(row).copied());
            ids.filter(|id| !self.list.explained.is_known(self.filter.lit(), *id)).collect()
        };
        let mut ids = missing(&mut (cursor..view.end).chain((view.start..cursor).rev()));
        let asked = |id: &DocId| self.list.explained.is_asked(self.filter.lit(), *id);
        let seen = ids.is_empty();
        ids.extend(missing(&mut ahead.into_iter()));
        // What was asked for comes; only what is seen and was not is worth asking anew.
        let visible = missing(&mut view.into_iter());
        if ids.is_empty() || if seen { ids.iter().any(asked) } else { visible.iter().all(asked) } {
            return None;
        }
        let (ticket, query) = (self.next_ticket(), self.filter.lit().to_owned());
        self.list.explained.asked = Some((ticket, query.clone(), ids.clone()));
        Some(Effect::Job(Job::Explain { ticket, query, ids }))
    }
}
