//! Writes down what the reader did, in order, one transaction an act.
//!
//! Invariant: what could not be written, because the disk was full or another process held the file, is tried again
//! before anything that came after it.

use std::{collections::VecDeque, path::PathBuf};

use anyhow::Result;

use crate::{
    doc::Identity,
    memory::{Act, Choice, LibraryState, Memory, SavedFilter},
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
    /// A filter with a name.
    Filter(SavedFilter),
    /// The filter of this name is not saved any more.
    Removed(String),
    /// A setting was chosen on the screen.
    Choice(Choice),
    /// Where the list stands.
    Library(LibraryState),
}

/// The worker that remembers.
pub struct Keeper {
    memory: Option<Memory>,
    root: PathBuf,
    /// What is still to be written, oldest first.
    waiting: VecDeque<Keep>,
}

impl Keeper {
    /// A keeper for the library at `root`. Without a memory nothing is kept.
    pub fn new(memory: Option<Memory>, root: PathBuf) -> Keeper {
        Keeper { memory, root, waiting: VecDeque::new() }
    }

    /// Writes it down, after what could not be written before. What fails is kept for the next time.
    pub fn perform(&mut self, keep: Keep) -> Result<()> {
        self.waiting.push_back(keep);
        self.retry()
    }

    /// Tries again what could not be written.
    pub fn retry(&mut self) -> Result<()> {
        let Some(memory) = &mut self.memory else {
            self.waiting.clear();
            return Ok(());
        };
        while let Some(keep) = self.waiting.pop_front() {
            let written = match &keep {
                Keep::Act { identity, path, entry, act } => memory.save(identity, path, entry.as_deref(), act),
                Keep::Query(text) => memory.remember_query(&self.root, text),
                Keep::Filter(filter) => memory.save_filter(filter),
                Keep::Removed(name) => memory.remove_filter(name),
                Keep::Choice(choice) => memory.save_choice(choice),
                Keep::Library(state) => memory.save_library(&self.root, state),
            };
            if written.is_err() {
                // A memory that may only be read will not change its mind.
                if memory.read_only().is_none() {
                    self.waiting.push_front(keep);
                }
                return written;
            }
        }
        Ok(())
    }
}
