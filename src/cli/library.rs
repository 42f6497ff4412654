//! What the commands share: `PATH…` becomes a catalogue and an index that are up to date.

use std::{path::PathBuf, time::Duration};

use anyhow::{Result, bail};
use clap::Args;

use super::{Setup, complain, progress::Bar};
use crate::{
    app::{Opening, opening},
    index::Index,
    jobs::{Indexer, Pace, Report, Searcher, open_index},
    library::{Catalogue, Store, WalkOptions},
    memory::Memory,
    search::Order,
};

/// How long another recto may take that is bringing the same index up to date.
const PATIENCE: Duration = Duration::from_secs(10);

/// How the index is brought up to date.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Update {
    /// Take the index as it is, without looking for new and changed files
    #[arg(long)]
    pub no_update: bool,
    /// Take hidden and ignored files too, and files of any kind
    #[arg(long)]
    pub all: bool,
}

/// A library whose catalogue and index are up to date.
pub(super) struct Library {
    pub store: Store,
    pub catalogue: Catalogue,
    /// What bringing it up to date came to; `None` when it was left as it was.
    pub report: Option<Report>,
}

impl Library {
    /// Opens what `paths` mean. Where more text is new than recto indexes without being asked to, titles are all there is.
    pub fn open(paths: &[PathBuf], setup: &Setup, update: Update) -> Result<Library> {
        Library::of(store(paths, setup)?, update, setup.config.ask_above)
    }

    /// Opens it and indexes all of it.
    pub fn complete(paths: &[PathBuf], setup: &Setup, update: Update) -> Result<Library> {
        Library::of(store(paths, setup)?, update, u64::MAX)
    }

    /// Opens it and builds it anew.
    pub fn rebuild(paths: &[PathBuf], setup: &Setup, update: Update) -> Result<Library> {
        let store = store(paths, setup)?;
        let mut catalogue = Catalogue::open(&store)?;
        // Who writes has numbers of documents in hand. Nobody does while the right to write is ours.
        let Some(writing) = open_index(&store)?.writer(1, 0)? else {
            bail!("another recto is bringing the index up to date; it can be built anew when that is done");
        };
        // Of a store that holds more than what was asked for, only the words are taken in again.
        if !store.restricted() {
            catalogue.clear()?;
        }
        Index::discard(&store.index_dir())?;
        drop(writing);
        Library::of(store, update, u64::MAX)
    }

    fn of(store: Store, update: Update, ask_above: u64) -> Result<Library> {
        let index = open_index(&store)?;
        let catalogue = Catalogue::open(&store)?;
        let mut report = None;
        if !update.no_update {
            let options = WalkOptions { all: update.all };
            let mut indexer = Indexer::new(&store, index, options, Pace::Full)?;
            indexer.ask_above(ask_above);
            let bar = Bar::new();
            report = Some(indexer.run_in_turn(PATIENCE, &|progress| bar.show(&progress))?);
        }
        if report.is_some_and(|report| report.busy) {
            complain("another recto is bringing the index up to date, and this is what it has so far");
        }
        Ok(Library { store, catalogue, report })
    }

    /// The index, as it is now.
    pub fn index(&self) -> Result<Index> {
        Ok(Index::open(&self.store.index_dir())?.0)
    }

    /// Who answers searches. Where nothing is remembered yet, no memory is made for it; where it can't be read, only the
    /// orders that go by it fail.
    pub fn searcher(&self, setup: &Setup, order: Order) -> Result<Searcher> {
        let memory = match order {
            Order::Unread | Order::Recent => Some(Memory::open(&setup.folders.data)?),
            _ => Memory::open_if_there(&setup.folders.data).unwrap_or_else(|error| {
                complain(&format!("nothing is remembered: {error:#}"));
                None
            }),
        };
        Searcher::new(&self.store, self.index()?, memory)
    }
}

fn store(paths: &[PathBuf], setup: &Setup) -> Result<Store> {
    let roots = match opening::resolve(paths, false, false, &setup.config, &setup.folders)? {
        Opening::Library { roots, .. } => roots,
        Opening::File(path) => vec![path],
        Opening::Pipe => bail!("-: standard input is no library; `recto -` and `recto show -` read it"),
    };
    let (store, warning) = opening::open_store(&setup.folders, &roots)?;
    if let Some(warning) = warning {
        complain(&warning);
    }
    Ok(store.hinted(setup.config.hints()))
}
