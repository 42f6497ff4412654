//! The words: which documents contain what, on disk, by tantivy. No other module names tantivy.
//!
//! The index is a cache. It holds nothing that can't be made again from the documents, so whatever is wrong with it
//! (another version, a damaged file, half of a kill) is mended by beginning anew and saying so.
//!
//! One process writes, any number read: a second one gets no [`Writer`] but sees what the first commits after
//! [`Index::reload`]. The lock is the operating system's, so that a killed process leaves none behind.
//!
//! Words come from [`words::folded`](crate::text::words::folded) alone, the same function that lights them up. A
//! [`Snapshot`] answers one [`Term`](crate::query::Term) at a time with a set of slots, which `search` joins.

mod encode;
mod grams;
mod open;
mod pairs;
mod phrase;
mod places;
mod posting;
mod schema;
mod slots;
mod snapshot;
mod spelling;
mod waiting;
mod writer;

use std::{
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

use anyhow::{Context as _, Result};
use tantivy::{IndexReader, ReloadPolicy};

pub use slots::Slots;
pub use snapshot::{Alive, Lookup, Snapshot};
pub use writer::{Entry, Prepared, Preparing, Writer};

/// The full-text index of one library. Clones share it.
#[derive(Clone)]
pub struct Index {
    inner: Arc<Inner>,
}

/// What an index shares with its writer.
struct Inner {
    index: tantivy::Index,
    schema: schema::Schema,
    waiting: Arc<waiting::Waiting>,
    reader: IndexReader,
    snapshot: RwLock<Snapshot>,
}

impl Index {
    /// Opens the index in `dir`, or makes an empty one if there is none that can be read. The second value says that it
    /// holds nothing yet, and that every document has to be added.
    ///
    /// Fails when the folder can't be written, and when another process is writing an index there that can't be read.
    pub fn open(dir: &Path) -> Result<(Index, bool)> {
        let (index, fresh) = open::open(dir).with_context(|| dir.display().to_string())?;
        Ok((Index { inner: Arc::new(index) }, fresh))
    }

    /// An index that ends with the program.
    pub fn in_memory() -> Result<Index> {
        let index = tantivy::Index::create_in_ram(schema::Schema::new().tantivy);
        Ok(Index { inner: Arc::new(Inner::new(index)?) })
    }

    /// The right to write, with so many threads and so much memory for all of them; `None` while another process has it.
    pub fn writer(&self, threads: usize, memory_bytes: usize) -> Result<Option<Writer>> {
        Writer::new(Arc::clone(&self.inner), threads, memory_bytes)
    }

    /// What was last committed, by this process or, as of the last [`Index::reload`], by another.
    pub fn snapshot(&self) -> Snapshot {
        self.inner.snapshot()
    }

    /// Looks for what another process committed.
    pub fn reload(&self) -> Result<()> {
        self.inner.reload()
    }

    /// Reads every file of the index and says whether all are as they were written: at the speed of the disk, so for a
    /// job in the background. An index that isn't sound is to be closed, and [`Index::discard`]ed.
    pub fn is_sound(&self) -> bool {
        self.inner.index.validate_checksum().is_ok_and(|damaged| damaged.is_empty())
    }

    /// Marks the index in `dir` as one not to be read: the next [`Index::open`] begins anew.
    pub fn discard(dir: &Path) -> Result<()> {
        open::discard(dir).with_context(|| dir.display().to_string())
    }
}

impl Inner {
    fn new(index: tantivy::Index) -> Result<Inner> {
        let (schema, waiting) = (schema::Schema::new(), Arc::default());
        index.tokenizers().register(schema::TOKENIZER, schema::Schema::analyzer(&waiting));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let snapshot = RwLock::new(Snapshot::new(&reader.searcher(), &schema)?);
        Ok(Inner { index, schema, waiting, reader, snapshot })
    }

    fn snapshot(&self) -> Snapshot {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn reload(&self) -> Result<()> {
        self.reader.reload()?;
        let snapshot = Snapshot::new(&self.reader.searcher(), &self.schema)?;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        Ok(())
    }
}
