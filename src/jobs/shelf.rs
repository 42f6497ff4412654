//! The columns of a library, in memory, and the generation of the catalogue that they are of.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::{
    index::Index,
    library::{Catalogue, Columns},
    search::Known,
};

/// What the catalogue says of all documents.
pub(super) struct Shelf {
    known: Arc<Known>,
    generation: Option<i64>,
    /// Whether the columns are out of date.
    behind: bool,
    /// When the columns may be read again: while a library is being indexed they change all the time.
    stale_at: Option<Instant>,
    clock: Clock,
}

/// Tells the time.
type Clock = Box<dyn Fn() -> Instant + Send>;

impl Default for Shelf {
    /// Nothing yet, by the system's clock.
    fn default() -> Shelf {
        Shelf { known: Arc::default(), generation: None, behind: false, stale_at: None, clock: Box::new(Instant::now) }
    }
}

impl Shelf {
    /// From now on by another clock.
    pub(super) fn set_clock(&mut self, clock: impl Fn() -> Instant + Send + 'static) {
        self.clock = Box::new(clock);
    }

    pub(super) fn known(&self) -> &Arc<Known> {
        &self.known
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.known.columns
    }

    /// The generation of the catalogue that the columns are of.
    pub(super) fn generation(&self) -> Option<i64> {
        self.generation
    }

    /// When the columns are out of date: how long until they may be read again.
    pub(super) fn behind(&self) -> Option<Duration> {
        let until = self.stale_at.filter(|_| self.behind)?;
        Some(until.saturating_duration_since((self.clock)()))
    }

    /// Reads the columns again if they are out of date and it is time; whether it did.
    ///
    /// # Errors
    ///
    /// When the catalogue or the index can't be read.
    pub(super) fn refresh(&mut self, catalogue: &Catalogue, index: &Index) -> Result<bool> {
        let generation = catalogue.generation()?;
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
        index.reload()?;
        self.known = Arc::new(Known::new(catalogue.columns()?));
        self.generation = Some(generation);
        let ended = (self.clock)();
        self.stale_at = Some(ended + ended.saturating_duration_since(began) * 4);
        Ok(true)
    }
}
