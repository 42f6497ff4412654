//! Answers searches: the index finds, the catalogue's columns sort. Both are held in memory here, so that a key costs no
//! SQL; they are read again when the catalogue says that it has changed.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::{
    doc::DocId,
    index::Index,
    library::{Catalogue, Columns, Facts, Store},
    memory::{Memory, ReadState, Reading},
    query::Query,
    search::{self, Order, Request},
    state::{Found, Job, Outcome, Ticket},
};

/// The worker that answers searches.
pub struct Searcher {
    catalogue: Catalogue,
    index: Index,
    memory: Option<Memory>,
    columns: Columns,
    /// Where a document stands in the columns, by its number.
    places: Vec<u32>,
    generation: Option<i64>,
    /// Whether the last answer came from columns that were out of date.
    behind: bool,
    /// When the columns may be read again: while a library is being indexed they change all the time.
    stale_at: Option<Instant>,
    /// What was read, as of a generation of the catalogue and a version of the memory.
    readings: HashMap<DocId, Reading>,
    read_at: Option<(Option<i64>, i64)>,
    seed: u64,
    last: Order,
    clock: Clock,
}

/// Tells the time.
type Clock = Box<dyn Fn() -> Instant + Send>;

impl Searcher {
    /// A searcher of a store.
    pub fn new(store: &Store, index: Index, memory: Option<Memory>) -> Result<Searcher> {
        Ok(Searcher {
            catalogue: Catalogue::open(store)?,
            index,
            memory,
            columns: Columns::default(),
            places: Vec::new(),
            generation: None,
            behind: false,
            stale_at: None,
            readings: HashMap::new(),
            read_at: None,
            seed: u64::from(std::process::id()),
            last: Order::default(),
            clock: Box::new(Instant::now),
        })
    }

    /// With another clock than the system's.
    pub fn with_clock(self, clock: impl Fn() -> Instant + Send + 'static) -> Searcher {
        Searcher { clock: Box::new(clock), ..self }
    }

    /// Performs a search. `None` when a newer one has come.
    pub fn perform(&mut self, job: &Job, alive: &dyn Fn() -> bool) -> Result<Option<Outcome>> {
        let Job::Search { ticket, query, order } = job else { return Ok(None) };
        self.refresh()?;
        if self.last != Order::Random && *order == Order::Random {
            self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        }
        self.last = *order;
        self.recall(*order)?;
        let found = match Query::parse(query) {
            parsed if parsed.is_empty() => Some(self.all(*ticket, *order)?),
            parsed => self.find(*ticket, query, &parsed, *order, alive)?,
        };
        Ok(found.map(Outcome::Found))
    }

    /// When the last answer came from what was out of date: how long until the same search is answered from what is there
    /// now.
    pub fn behind(&self) -> Option<Duration> {
        let until = self.stale_at.filter(|_| self.behind)?;
        Some(until.saturating_duration_since((self.clock)()))
    }

    /// Every document, sorted. An order other than by path is saved, for the first frame of the next time.
    fn all(&mut self, ticket: Ticket, order: Order) -> Result<Found> {
        let mut keys: Vec<(u64, DocId)> =
            self.columns.documents.iter().map(|facts| (self.rank(facts, order), facts.id)).collect();
        keys.sort_unstable();
        let ids: Vec<DocId> = keys.into_iter().map(|(_, id)| id).collect();
        if !matches!(order, Order::Best | Order::Path | Order::Title) {
            self.catalogue.save_order(order.name(), &ids)?;
        }
        Ok(Found { ticket, ids: ids.into(), ..Found::default() })
    }

    fn find(
        &self,
        ticket: Ticket,
        typed: &str,
        query: &Query,
        order: Order,
        alive: &dyn Fn() -> bool,
    ) -> Result<Option<Found>> {
        let snapshot = self.index.snapshot();
        let rank = |id| self.facts(id).map_or(u64::MAX, |facts| self.rank(facts, order));
        let Some(found) = search::find(&snapshot, &Request { query, order, rank: &rank, alive })? else {
            return Ok(None);
        };
        // The index may hold more: what lies outside of the folder that was asked for, or is gone since.
        let ids: Vec<DocId> = found.ids.into_iter().filter(|id| self.facts(*id).is_some()).collect();
        let mut found = Found { ticket, ids: ids.into(), ..Found::default() };
        if found.ids.is_empty() {
            found.alone = search::count_each(&snapshot, query)?;
            found.nearest = search::suggest(&snapshot, typed, query, alive)?;
        }
        Ok(Some(found))
    }

    /// Reads the columns again when they are out of date.
    fn refresh(&mut self) -> Result<()> {
        let generation = self.catalogue.generation()?;
        let began = (self.clock)();
        self.behind = false;
        if self.generation == Some(generation) {
            return Ok(());
        }
        if self.stale_at.is_some_and(|until| began < until) {
            self.behind = true;
            return Ok(());
        }
        // Another process may have written the index too.
        self.index.reload()?;
        self.columns = self.catalogue.columns()?;
        let last = self.columns.documents.last().map_or(0, |facts| facts.id.0);
        self.places = vec![u32::MAX; last as usize + 1];
        for (facts, place) in self.columns.documents.iter().zip(0u32..) {
            if let Some(slot) = self.places.get_mut(facts.id.0 as usize) {
                *slot = place;
            }
        }
        self.generation = Some(generation);
        let ended = (self.clock)();
        self.stale_at = Some(ended + ended.saturating_duration_since(began) * 4);
        Ok(())
    }

    fn facts(&self, id: DocId) -> Option<&Facts> {
        let place = *self.places.get(id.0 as usize)?;
        self.columns.documents.get(place as usize)
    }

    /// Reads again what was read, for the orders that go by it, when something was read since. Few documents of a large
    /// library ever were.
    fn recall(&mut self, order: Order) -> Result<()> {
        let (Order::Unread | Order::Recent, Some(memory)) = (order, &self.memory) else { return Ok(()) };
        let as_of = Some((self.generation, memory.version()?));
        if self.read_at == as_of {
            return Ok(());
        }
        self.readings.clear();
        for remembered in memory.all()? {
            for id in self.catalogue.find_hash(&remembered.file)? {
                self.readings.insert(id, remembered.reading);
            }
        }
        self.read_at = as_of;
        Ok(())
    }

    /// What a document is sorted by: the smallest comes first.
    fn rank(&self, facts: &Facts, order: Order) -> u64 {
        let by_path = u64::from(facts.path_rank);
        let reading = || self.readings.get(&facts.id).copied().unwrap_or_default();
        match order {
            Order::Best | Order::Path => by_path,
            Order::Newest => u64::MAX - when(facts),
            Order::Oldest => when(facts),
            Order::Title => u64::from(facts.title_rank),
            Order::Shortest => u64::from(facts.words) << 32 | by_path,
            Order::Unread => {
                let state = match reading().state {
                    ReadState::Begun => 0u64,
                    ReadState::Unread => 1,
                    ReadState::Finished => 2,
                };
                state << 32 | by_path
            }
            Order::Recent => match reading().opened {
                Some(at) => u64::MAX / 2 - u64::try_from(at).unwrap_or(0),
                None => u64::MAX / 2 + by_path,
            },
            Order::Random => scramble(self.seed ^ u64::from(facts.id.0)),
        }
    }
}

/// When a document was written: its date, else that of its file; as a number that grows with time.
fn when(facts: &Facts) -> u64 {
    let written = facts.date.map(|date| date.seconds());
    let seconds = written.unwrap_or(facts.modified / 1_000_000_000);
    // Dates before 1970 sort before it.
    u64::try_from(seconds.saturating_add(1 << 40)).unwrap_or(0)
}

/// A number that looks random (the finaliser of SplitMix64, Steele et al. 2014).
fn scramble(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
