//! Writes down what the reader did, in order, one transaction an act.

use std::path::PathBuf;

use anyhow::Result;

use crate::{
    doc::Identity,
    memory::{Act, LibraryState, Memory},
};

/// Something to remember.
#[derive(Clone, Debug)]
pub enum Keep {
    /// What was done to a document.
    Act {
        /// By what it is known.
        identity: Box<Identity>,
        /// Its file.
        path: PathBuf,
        /// Its entry in the file.
        entry: Option<String>,
        /// What was done.
        act: Act,
    },
    /// A query that was taken.
    Query(String),
    /// Where the list stands.
    Library(LibraryState),
}

/// The worker that remembers.
pub struct Keeper {
    memory: Option<Memory>,
    root: PathBuf,
}

impl Keeper {
    /// A keeper for the library at `root`. Without a memory nothing is kept.
    pub fn new(memory: Option<Memory>, root: PathBuf) -> Keeper {
        Keeper { memory, root }
    }

    /// Writes it down.
    pub fn perform(&mut self, keep: Keep) -> Result<()> {
        let Some(memory) = &mut self.memory else { return Ok(()) };
        match keep {
            Keep::Act { identity, path, entry, act } => memory.save(&identity, &path, entry.as_deref(), &act),
            Keep::Query(text) => memory.remember_query(&self.root, &text),
            Keep::Library(state) => memory.save_library(&self.root, &state),
        }
    }
}
