//! Opens documents and finds words in the one that is open.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};

use super::collection::{Collection, Lookup};
use crate::{
    doc::{DocId, Document},
    library::Row,
    memory::{KeptPlace, Memory, relocate},
    query::{Matcher, Query},
    search,
    state::{Hits, Job, Loaded, Mark, Outcome, ReadState, Ticket},
};

/// Hits that are looked for in one document; more are not counted one by one by anybody.
const HITS: usize = 10_000;

/// The worker that opens documents.
pub struct Loader {
    lookup: Lookup,
    memory: Option<Memory>,
    finder: Finder,
    /// What went wrong besides: the document is shown all the same.
    trouble: Option<String>,
}

/// The worker that finds words in the document that its [`Loader`] opened last.
#[derive(Clone, Default)]
pub struct Finder {
    opened: Arc<Mutex<Option<Opened>>>,
}

struct Opened {
    id: DocId,
    /// What tells that its file is still the same, and whether it is the whole page.
    stamp: (u64, i64, bool),
    document: Document,
}

impl Loader {
    /// A loader of a collection's documents. Without a memory, nothing is known of places.
    pub fn new(collection: &Collection, memory: Option<Memory>) -> Result<Loader> {
        Ok(Loader { lookup: collection.lookup()?, memory, finder: Finder::default(), trouble: None })
    }

    /// Who finds words in what this one opens, on a thread of its own.
    pub fn finder(&self) -> Finder {
        self.finder.clone()
    }

    /// Performs a load or a find. `None` when it does not matter any more.
    pub fn perform(&mut self, job: &Job, alive: &dyn Fn() -> bool) -> Result<Option<Outcome>> {
        match job {
            Job::Load { ticket, id, query, whole } => self.load(*ticket, (*id, *whole), query, alive),
            Job::Find { .. } => Ok(self.finder.perform(job, alive, &|_| ())),
            _ => Ok(None),
        }
    }

    /// What went wrong in the last load without keeping the document from being shown.
    pub fn trouble(&mut self) -> Option<String> {
        self.trouble.take()
    }

    fn load(
        &mut self,
        ticket: Ticket,
        (id, whole): (DocId, bool),
        query: &str,
        alive: &dyn Fn() -> bool,
    ) -> Result<Option<Outcome>> {
        let row = self.lookup.row(id)?;
        let document = self.open((id, whole), &row);
        if !alive() {
            return Ok(None);
        }
        let mut loaded = Loaded {
            ticket,
            id,
            whole,
            document: Err(String::new()),
            place: None,
            reading: ReadState::Unread,
            marks: Vec::new(),
            matcher: Query::parse(query).matcher().in_language(row.language.as_deref()),
            hits: Default::default(),
            passage: None,
            row,
        };
        match document {
            Ok(document) => {
                let recalled = self.recall(&mut loaded, &document).context("the place is not known");
                self.trouble = recalled.err().map(|error| format!("{error:#}"));
                if !loaded.matcher.is_empty() {
                    let passage = search::passage_while(&document, &loaded.matcher, alive);
                    loaded.passage = passage.map(|passage| passage.anchor);
                    loaded.hits = hits(&document, &loaded.matcher, alive);
                }
                loaded.document = Ok(document);
            }
            // The catalogue has the reason in words; it may be out of date for a file that was changed since.
            Err(error) => loaded.document = Err(loaded.row.error.clone().unwrap_or_else(|| format!("{error:#}"))),
        }
        Ok(alive().then(|| Outcome::Loaded(Box::new(loaded))))
    }

    /// Opens the document, unless it is the one that is open and its file has not changed.
    fn open(&mut self, (id, whole): (DocId, bool), row: &Row) -> Result<Document> {
        let stamp = (row.size, row.modified, whole);
        if let Some(opened) = self.finder.lock().as_ref()
            && (opened.id, opened.stamp) == (id, stamp)
        {
            return Ok(opened.document.clone());
        }
        let document = self.lookup.open(row, whole)?;
        *self.finder.lock() = Some(Opened { id, stamp, document: document.clone() });
        Ok(document)
    }

    fn recall(&self, loaded: &mut Loaded, document: &Document) -> Result<()> {
        let Some(memory) = self.memory.as_ref().filter(|_| self.lookup.keeps()) else { return Ok(()) };
        let row = &loaded.row;
        if let Some(kept) = memory.recall(&row.identity, &row.path, row.entry.as_deref())? {
            loaded.place = kept.place.as_ref().map(|place| relocate(document, place));
            loaded.reading = kept.state;
            loaded.marks = kept.marks.iter().map(|(letter, place)| mark(document, *letter, place)).collect();
            loaded.marks.sort_by_key(|mark| (mark.at, mark.letter));
        }
        Ok(())
    }
}

impl Finder {
    /// Performs a find. `None` when it does not matter any more: another document was opened, or another find asked for.
    /// What was found in a part of a long text is told before.
    pub fn perform(&self, job: &Job, alive: &dyn Fn() -> bool, tell: &dyn Fn(Outcome)) -> Option<Outcome> {
        let Job::Find { ticket, id, query, from } = job else { return None };
        let document = self.lock().as_ref().filter(|opened| opened.id == *id)?.document.clone();
        if query.is_empty() {
            return None;
        }
        let matcher = &Query::parse(query).matcher();
        let alive = || alive() && self.lock().as_ref().is_some_and(|opened| opened.id == *id);
        let tell = |found: search::Hits, percent| {
            if alive() {
                tell(Outcome::Hits(*ticket, Hits { searched: Some(percent), ..taken(found) }));
            }
        };
        let find = search::Find { document: &document, matcher, from: *from, limit: HITS, alive: &alive, tell: &tell };
        let hits = taken(find.hits());
        alive().then_some(Outcome::Hits(*ticket, hits))
    }

    fn lock(&self) -> MutexGuard<'_, Option<Opened>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn mark(document: &Document, letter: char, place: &KeptPlace) -> Mark {
    let at = relocate(document, place);
    Mark { letter, at, position: document.body.position(at.block).saturating_add(at.byte as u64) }
}

fn hits(document: &Document, matcher: &Matcher, alive: &dyn Fn() -> bool) -> Hits {
    taken(search::hits_while(document, matcher, HITS, alive))
}

fn taken(found: search::Hits) -> Hits {
    Hits { at: found.anchors, positions: found.positions, complete: found.complete, searched: None }
}
