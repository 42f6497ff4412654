//! What a searcher knows of its library, held in memory so that a key costs no reading of the catalogue: the columns, what
//! the reader did, and both put together with the words. Each is read again when it has changed.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;

use super::values::values;
use crate::{
    index::{Index, Snapshot},
    library::{Catalogue, Opener, Store},
    memory::{Memory, SavedFilter},
    search::{Kept, Known, Stock},
    state::Values,
};

/// What is known of a library.
pub(super) struct Holdings {
    pub(super) catalogue: Catalogue,
    pub(super) opener: Opener,
    index: Index,
    memory: Option<Memory>,
    known: Arc<Known>,
    kept: Arc<Kept>,
    values: Arc<Values>,
    stock: Stock,
    generation: Option<i64>,
    /// Whether the columns are out of date.
    behind: bool,
    /// When the columns may be read again: while a library is being indexed they change all the time.
    stale_at: Option<Instant>,
    pub(super) clock: Clock,
    /// The generation of the catalogue and the version of the memory as of which the reader's doings were read, and
    /// whether all of them were.
    kept_at: Option<(Option<i64>, i64, bool)>,
}

/// Tells the time.
type Clock = Box<dyn Fn() -> Instant + Send>;

impl Holdings {
    pub(super) fn new(store: &Store, index: Index, memory: Option<Memory>) -> Result<Holdings> {
        Ok(Holdings {
            catalogue: Catalogue::open(store)?,
            opener: Opener::new(store),
            stock: Stock::from(index.snapshot()),
            index,
            memory,
            known: Arc::default(),
            kept: Arc::default(),
            values: Arc::default(),
            generation: None,
            behind: false,
            stale_at: None,
            clock: Box::new(Instant::now),
            kept_at: None,
        })
    }

    /// Reads again what is out of date; how far each document was read only if `readings` are wanted.
    pub(super) fn refresh(&mut self, readings: bool) -> Result<()> {
        let (known, kept) = (self.refresh_known()?, self.refresh_kept(readings)?);
        if known || kept {
            self.values = Arc::new(values(&self.known.columns, &self.kept));
        }
        let snapshot = self.index.snapshot();
        if !self.stock.is_of(&snapshot, &self.known, &self.kept) {
            self.stock = Stock::new(snapshot, self.known.clone(), self.kept.clone());
        }
        Ok(())
    }

    /// When what is known is out of date: how long until it may be read again.
    pub(super) fn behind(&self) -> Option<Duration> {
        let until = self.stale_at.filter(|_| self.behind)?;
        Some(until.saturating_duration_since((self.clock)()))
    }

    /// The commit that the stock is of.
    pub(super) fn snapshot(&self) -> Snapshot {
        self.stock.snapshot().clone()
    }

    /// What a query chooses from.
    pub(super) fn stock(&self) -> &Stock {
        &self.stock
    }

    pub(super) fn stock_mut(&mut self) -> &mut Stock {
        &mut self.stock
    }

    pub(super) fn known(&self) -> &Known {
        &self.known
    }

    pub(super) fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The saved filters, as they are now; `None` where nothing is remembered.
    pub(super) fn filters(&self) -> Result<Option<Vec<SavedFilter>>> {
        self.memory.as_ref().map(Memory::filters).transpose()
    }

    /// What fields can be asked for.
    pub(super) fn values(&self) -> Arc<Values> {
        self.values.clone()
    }

    fn refresh_known(&mut self) -> Result<bool> {
        let generation = self.catalogue.generation()?;
        let began = (self.clock)();
        self.behind = false;
        if self.generation == Some(generation) {
            return Ok(false);
        }
        if self.stale_at.is_some_and(|until| began < until) {
            self.behind = true;
            return Ok(false);
        }
        // Another process may have written the index too.
        self.index.reload()?;
        self.known = Arc::new(Known::new(self.catalogue.columns()?));
        self.generation = Some(generation);
        let ended = (self.clock)();
        self.stale_at = Some(ended + ended.saturating_duration_since(began) * 4);
        Ok(true)
    }

    /// Few documents of a large library were ever read, and fewer carry a tag or a note.
    fn refresh_kept(&mut self, readings: bool) -> Result<bool> {
        let Some(memory) = &self.memory else { return Ok(false) };
        let as_of = (self.generation, memory.version()?);
        if let Some((generation, version, complete)) = self.kept_at
            && (generation, version) == as_of
            && (complete || !readings)
        {
            return Ok(false);
        }
        self.kept = Arc::new(Kept::read(memory, &self.catalogue, readings)?);
        self.kept_at = Some((as_of.0, as_of.1, readings));
        Ok(true)
    }
}
