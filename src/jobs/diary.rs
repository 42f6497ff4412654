//! What the reader did, in memory, and as of when.

use std::sync::Arc;

use anyhow::Result;

use crate::{
    library::Catalogue,
    memory::{Memory, SavedFilter},
    search::Kept,
};

/// What the reader did with the documents of a library.
pub(super) struct Diary {
    /// `None` where nothing is remembered.
    memory: Option<Memory>,
    kept: Arc<Kept>,
    as_of: Option<AsOf>,
}

/// When something was read.
#[derive(Clone, Copy, PartialEq, Eq)]
struct AsOf {
    /// The generation of the catalogue.
    generation: Option<i64>,
    /// The version of the memory.
    version: i64,
    /// Whether how far each document was read is known as well.
    readings: bool,
}

impl AsOf {
    /// Whether there is nothing in `wanted` that is not known from here.
    fn covers(self, wanted: AsOf) -> bool {
        AsOf { readings: wanted.readings, ..self } == wanted && (self.readings || !wanted.readings)
    }
}

impl Diary {
    /// Nothing read yet.
    pub(super) fn new(memory: Option<Memory>) -> Diary {
        Diary { memory, kept: Arc::default(), as_of: None }
    }

    pub(super) fn kept(&self) -> &Arc<Kept> {
        &self.kept
    }

    /// The saved filters, as they are now; `None` where nothing is remembered.
    ///
    /// # Errors
    ///
    /// When the memory can't be read.
    pub(super) fn filters(&self) -> Result<Option<Vec<SavedFilter>>> {
        self.memory.as_ref().map(Memory::filters).transpose()
    }

    /// Reads again what is out of date of a catalogue in this generation; how far each document was read only if
    /// `readings` are wanted, for few documents of a large library were ever read, and fewer carry a tag or a note.
    /// Whether it did.
    ///
    /// # Errors
    ///
    /// When the memory or the catalogue can't be read.
    pub(super) fn refresh(&mut self, catalogue: &Catalogue, generation: Option<i64>, readings: bool) -> Result<bool> {
        let Some(memory) = &self.memory else { return Ok(false) };
        let wanted = AsOf { generation, version: memory.version()?, readings };
        if self.as_of.is_some_and(|known| known.covers(wanted)) {
            return Ok(false);
        }
        self.kept = Arc::new(Kept::read(memory, catalogue, readings)?);
        self.as_of = Some(wanted);
        Ok(true)
    }
}
