//! Opens documents and finds words in the one that is open.

use anyhow::Result;

use super::collection::{Collection, Lookup};
use crate::{
    doc::{DocId, Document},
    formats,
    library::Row,
    memory::{Memory, relocate},
    query::Query,
    search,
    state::{Job, Loaded, Outcome, ReadState, Ticket},
};

/// Hits that are looked for in one document; more are not counted one by one by anybody.
const HITS: usize = 10_000;

/// The worker that opens documents.
pub struct Loader {
    lookup: Lookup,
    memory: Option<Memory>,
    /// The document that was opened last, with what tells that its file is still the same.
    opened: Option<(DocId, (u64, i64), Document)>,
}

impl Loader {
    /// A loader of a collection's documents. Without a memory, nothing is known of places.
    pub fn new(collection: &Collection, memory: Option<Memory>) -> Result<Loader> {
        Ok(Loader { lookup: collection.lookup()?, memory, opened: None })
    }

    /// Performs a load or a find. `None` when it does not matter any more.
    pub fn perform(&mut self, job: &Job, alive: &dyn Fn() -> bool) -> Result<Option<Outcome>> {
        match job {
            Job::Load { ticket, id, query } => Ok(self.load(*ticket, *id, query, alive)?),
            Job::Find { ticket, query, .. } => Ok(self.find(*ticket, query)),
            Job::Search { .. } | Job::Rescan => Ok(None),
        }
    }

    fn load(&mut self, ticket: Ticket, id: DocId, query: &str, alive: &dyn Fn() -> bool) -> Result<Option<Outcome>> {
        let row = self.lookup.row(id)?;
        let document = self.open(id, &row);
        if !alive() {
            return Ok(None);
        }
        let mut loaded = Loaded {
            ticket,
            id,
            document: Err(String::new()),
            place: None,
            reading: ReadState::Unread,
            matcher: Query::parse(query).matcher(),
            hits: Default::default(),
            passage: None,
            row,
        };
        match document {
            Ok(document) => {
                self.recall(&mut loaded, &document)?;
                if !loaded.matcher.is_empty() {
                    loaded.passage = search::passage(&document, &loaded.matcher).map(|passage| passage.anchor);
                    loaded.hits = hits(&document, &loaded.matcher);
                }
                loaded.document = Ok(document);
            }
            // The catalogue has the reason in words; it may be out of date for a file that was changed since.
            Err(error) => loaded.document = Err(loaded.row.error.clone().unwrap_or_else(|| format!("{error:#}"))),
        }
        Ok(Some(Outcome::Loaded(Box::new(loaded))))
    }

    /// Opens the document, unless it is the one that is open and its file has not changed.
    fn open(&mut self, id: DocId, row: &Row) -> Result<Document> {
        let stamp = (row.size, row.modified);
        if let Some((open, as_of, document)) = &self.opened
            && (*open, *as_of) == (id, stamp)
        {
            return Ok(document.clone());
        }
        let (source, entry) = self.lookup.source(row)?;
        let document = formats::open(&source, &entry)?;
        self.opened = Some((id, stamp, document.clone()));
        Ok(document)
    }

    fn recall(&self, loaded: &mut Loaded, document: &Document) -> Result<()> {
        let Some(memory) = self.memory.as_ref().filter(|_| self.lookup.keeps()) else { return Ok(()) };
        let row = &loaded.row;
        if let Some(kept) = memory.recall(&row.identity, &row.path, row.entry.as_deref())? {
            loaded.place = kept.place.as_ref().map(|place| relocate(document, place));
            loaded.reading = kept.state;
        }
        Ok(())
    }

    fn find(&self, ticket: Ticket, query: &str) -> Option<Outcome> {
        let (_, _, document) = self.opened.as_ref()?;
        Some(Outcome::Hits(ticket, hits(document, &Query::parse(query).matcher())))
    }
}

fn hits(document: &Document, matcher: &crate::query::Matcher) -> crate::state::Hits {
    let found = search::hits(document, matcher, HITS);
    crate::state::Hits { at: found.anchors, complete: found.complete }
}
