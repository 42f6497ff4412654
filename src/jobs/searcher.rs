//! Answers searches: the index finds, the catalogue's columns and what the reader did filter and sort, and the texts are
//! looked through for regular expressions when that is asked for.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::{
    holdings::Holdings,
    relatives::Relatives,
    scanner::{Course, Scanner},
};
use crate::{
    doc::DocId,
    index::Index,
    library::{Copies, Facts, Store},
    memory::{Memory, ReadState, SavedFilter},
    query::{Ask, Fact, Has, Is, Query},
    search::{self, Order, Request},
    state::{Count, Found, Job, Outcome, Ticket},
};

/// The worker that answers searches.
pub struct Searcher {
    holdings: Holdings,
    scanner: Scanner,
    relatives: Relatives,
    seed: u64,
    last: Order,
}

/// Whether somebody still waits, and whom to tell how far it is.
type Waiting<'a> = (&'a dyn Fn() -> bool, &'a dyn Fn(Outcome));

impl Searcher {
    /// A searcher of a store.
    pub fn new(store: &Store, index: Index, memory: Option<Memory>) -> Result<Searcher> {
        let holdings = Holdings::new(store, index, memory)?;
        Ok(Searcher {
            holdings,
            scanner: Scanner::default(),
            relatives: Relatives::default(),
            seed: u64::from(std::process::id()),
            last: Order::default(),
        })
    }

    /// With another clock than the system's.
    pub fn with_clock(mut self, clock: impl Fn() -> Instant + Send + 'static) -> Searcher {
        self.holdings.set_clock(clock);
        self
    }

    /// Reads what searches are answered from, so that the first one need not.
    pub fn prepare(&mut self) -> Result<()> {
        self.holdings.refresh(false)
    }

    /// Performs a search. `None` when a newer one has come.
    pub fn perform(&mut self, job: &Job, alive: &dyn Fn() -> bool) -> Result<Option<Outcome>> {
        self.perform_telling(job, alive, &|_| {})
    }

    /// Performs a search, and tells how far it is where that takes long.
    pub fn perform_telling(
        &mut self,
        job: &Job,
        alive: &dyn Fn() -> bool,
        tell: &dyn Fn(Outcome),
    ) -> Result<Option<Outcome>> {
        if let Job::Saved { ticket, copies } = job {
            return self.count(*ticket, copies, alive, tell).map(|()| None);
        }
        let Job::Search { ticket, query: typed, order, scan } = job else { return Ok(None) };
        if self.last != Order::Random && *order == Order::Random {
            self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        }
        self.last = *order;
        let parsed = Query::parse(typed);
        let mut query = if *scan { parsed.checked() } else { parsed };
        self.holdings.refresh(matches!(order, Order::Unread | Order::Recent) || asks_for_readings(&query))?;
        if !self.relatives.find(&mut query, &mut self.holdings, alive)? {
            return Ok(None);
        }
        let found = if query.is_empty() {
            Some(self.all(*ticket, *order)?)
        } else {
            self.find(*ticket, (typed, &query), *order, *scan, (alive, tell))?
        };
        Ok(found.map(Outcome::Found))
    }

    /// When the last answer came from what was out of date: how long until the same search is answered from what is there
    /// now.
    pub fn behind(&self) -> Option<Duration> {
        self.holdings.behind()
    }

    /// The relevance of documents that the last search found.
    pub fn scores(&mut self, query: &Query, ids: &[DocId]) -> Result<Vec<f32>> {
        search::scores(self.holdings.stock(), query, ids)
    }

    /// Tells which filters are saved, and then, one after the other, how many rows each of them would show.
    fn count(
        &mut self,
        ticket: Ticket,
        copies: &Copies,
        alive: &dyn Fn() -> bool,
        tell: &dyn Fn(Outcome),
    ) -> Result<()> {
        let Some(filters) = self.holdings.filters()? else { return Ok(()) };
        tell(Outcome::Saved(ticket, filters.clone()));
        for SavedFilter { name, query } in filters {
            let parsed = Query::parse(&query);
            self.holdings.refresh(asks_for_readings(&parsed))?;
            // As the list would be filled, so that it is the same number.
            let Some(found) = self.find(ticket, (&query, &parsed), Order::Path, false, (alive, tell))? else { break };
            let rows = || copies.fold(found.ids, None).len();
            let count = if found.unscanned { Count::Unscanned } else { Count::Exactly(rows()) };
            tell(Outcome::Counted { ticket, name, count });
        }
        Ok(())
    }

    /// Every document, sorted. An order other than by path is saved, for the first frame of the next time.
    fn all(&mut self, ticket: Ticket, order: Order) -> Result<Found> {
        let documents = &self.holdings.known().columns.documents;
        let mut keys: Vec<(u64, DocId)> = documents.iter().map(|facts| (self.rank(facts, order), facts.id)).collect();
        keys.sort_unstable();
        let ids: Vec<DocId> = keys.into_iter().map(|(_, id)| id).collect();
        if !matches!(order, Order::Best | Order::Path | Order::Title) {
            self.holdings.catalogue.save_order(order.name(), &ids)?;
        }
        Ok(Found { ticket, ids: ids.into(), values: self.holdings.values(), ..Found::default() })
    }

    fn find(
        &mut self,
        ticket: Ticket,
        (typed, query): (&str, &Query),
        order: Order,
        scan: bool,
        (alive, tell): Waiting<'_>,
    ) -> Result<Option<Found>> {
        let told = |percent| tell(Outcome::Scanning { ticket, percent });
        let course = Course { alive, tell: &told };
        let Some(unscanned) = self.look_for_patterns(query, scan, &course)? else { return Ok(None) };
        let this = &*self;
        let rank = |id| this.holdings.known().columns.get(id).map_or(u64::MAX, |facts| this.rank(facts, order));
        let stock = this.holdings.stock();
        let Some(found) = search::find(stock, &Request { query, order, rank: &rank, alive })? else {
            return Ok(None);
        };
        let (wrong, values) = (query.wrong().map(str::to_owned).collect(), self.holdings.values());
        let mut found = Found { ticket, ids: found.ids.into(), wrong, unscanned, values, ..Found::default() };
        found.likenesses = self.relatives.likenesses(query);
        if found.ids.is_empty() {
            found.alone = search::count_each(stock, query)?;
            found.nearest = search::suggest(stock, typed, query, alive)?;
        }
        Ok(Some(found))
    }

    /// Gives the stock what the regular expressions of a query find: what is known of that, and all of it after a
    /// `scan`. Whether one is still to be looked for; `None` if stopped.
    fn look_for_patterns(&mut self, query: &Query, scan: bool, course: &Course<'_>) -> Result<Option<bool>> {
        self.holdings.stock_mut().set_patterns(Vec::new());
        let stock = self.holdings.stock();
        if query.patterns().next().is_none() {
            return Ok(Some(false));
        }
        let Some(candidates) = search::candidates(stock, query, course.alive)? else { return Ok(None) };
        let candidates: Vec<Facts> = candidates.iter().filter_map(|id| stock.facts(*id).copied()).collect();
        let (mut patterns, mut unscanned) = (Vec::new(), false);
        for pattern in query.patterns() {
            let library = (&self.holdings.catalogue, &self.holdings.opener);
            if let (true, Ok(regex)) = (scan, pattern.compile())
                && !self.scanner.scan(library, (pattern, &regex), &candidates, course)?
            {
                return Ok(None);
            }
            match self.scanner.found(pattern, &candidates) {
                Some(found) => patterns.push((pattern.clone(), found)),
                None => unscanned = true,
            }
        }
        self.holdings.stock_mut().set_patterns(patterns);
        Ok(Some(unscanned))
    }

    /// What a document is sorted by: the smallest comes first.
    fn rank(&self, facts: &Facts, order: Order) -> u64 {
        let by_path = u64::from(facts.path_rank);
        let reading = || self.holdings.kept().readings.get(&facts.id).copied().unwrap_or_default();
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

/// Whether a query asks how far documents were read.
fn asks_for_readings(query: &Query) -> bool {
    query.terms().any(|term| match &term.ask {
        Ask::Fact(Fact::Is(values)) => values.iter().any(|value| *value != Is::Broken),
        Ask::Fact(Fact::Has(values)) => values.contains(&Has::Star),
        _ => false,
    })
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
