//! What a searcher knows of its library, held in memory so that a key costs no reading of the catalogue: the columns, what
//! the reader did, and both put together with the words. Each is read again when it has changed.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;

use super::{diary::Diary, shelf::Shelf, values::values};
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
    shelf: Shelf,
    diary: Diary,
    values: Arc<Values>,
    stock: Stock,
}

impl Holdings {
    pub(super) fn new(store: &Store, index: Index, memory: Option<Memory>) -> Result<Holdings> {
        Ok(Holdings {
            catalogue: Catalogue::open(store)?,
            opener: Opener::new(store),
            stock: Stock::from(index.snapshot()),
            index,
            shelf: Shelf::default(),
            diary: Diary::new(memory),
            values: Arc::default(),
        })
    }

    /// From now on by another clock than the system's.
    pub(super) fn set_clock(&mut self, clock: impl Fn() -> Instant + Send + 'static) {
        self.shelf.set_clock(clock);
    }

    /// Reads again what is out of date; how far each document was read only if `readings` are wanted.
    pub(super) fn refresh(&mut self, readings: bool) -> Result<()> {
        let known = self.shelf.refresh(&self.catalogue, &self.index)?;
        let kept = self.diary.refresh(&self.catalogue, self.shelf.generation(), readings)?;
        if known || kept {
            self.values = Arc::new(values(self.shelf.columns(), self.diary.kept()));
        }
        let snapshot = self.index.snapshot();
        if !self.stock.is_of(&snapshot, self.shelf.known(), self.diary.kept()) {
            self.stock = Stock::new(snapshot, self.shelf.known().clone(), self.diary.kept().clone());
        }
        Ok(())
    }

    /// When what is known is out of date: how long until it may be read again.
    pub(super) fn behind(&self) -> Option<Duration> {
        self.shelf.behind()
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
        self.shelf.known()
    }

    pub(super) fn kept(&self) -> &Kept {
        self.diary.kept()
    }

    /// The saved filters, as they are now; `None` where nothing is remembered.
    pub(super) fn filters(&self) -> Result<Option<Vec<SavedFilter>>> {
        self.diary.filters()
    }

    /// What fields can be asked for.
    pub(super) fn values(&self) -> Arc<Values> {
        self.values.clone()
    }
}
