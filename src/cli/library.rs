//! What the commands share: `PATH…` becomes a catalogue and an index that are up to date.

use std::{fs, io, path::PathBuf, time::Duration};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use super::{Setup, complain, progress::Bar};
use crate::{
    app::{Opening, opening},
    index::Index,
    jobs::{Indexer, Pace, Report, Searcher},
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
    /// Opens what `paths` mean.
    pub fn open(paths: &[PathBuf], setup: &Setup, update: Update) -> Result<Library> {
        let store = store(paths, setup)?;
        Library::of(store, update)
    }

    /// Opens it and builds it anew.
    pub fn rebuild(paths: &[PathBuf], setup: &Setup, update: Update) -> Result<Library> {
        let store = store(paths, setup)?;
        Index::discard(&store.index_dir())?;
        // Of a store that holds more than what was asked for, only the words are taken in again.
        if !store.restricted() {
            discard_catalogue(&store)?;
        }
        Library::of(store, update)
    }

    fn of(store: Store, update: Update) -> Result<Library> {
        let mut catalogue = Catalogue::open(&store)?;
        let (index, fresh) = Index::open(&store.index_dir())?;
        if fresh {
            catalogue.clear_indexed()?;
        }
        let mut report = None;
        if !update.no_update {
            let options = WalkOptions { all: update.all };
            let mut indexer = Indexer::new(&store, index, options, Pace::Full)?;
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

    /// Who answers searches. What was read is asked for only by the orders that go by it.
    pub fn searcher(&self, setup: &Setup, order: Order) -> Result<Searcher> {
        let memory = match order {
            Order::Unread | Order::Recent => Some(Memory::open(&setup.folders.data)?),
            _ => None,
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
    Ok(store)
}

/// Deletes the catalogue with its journals.
fn discard_catalogue(store: &Store) -> Result<()> {
    for suffix in ["-wal", "-shm", ""] {
        let mut file = store.catalogue_file().into_os_string();
        file.push(suffix);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| PathBuf::from(file).display().to_string());
            }
            _ => {}
        }
    }
    Ok(())
}
