//! Opens documents again that the catalogue knows: from their files, or from the texts that are kept because parsing them
//! took long.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Result;

use super::{
    catalogue::Row,
    store::Store,
    texts::{PackedText, Texts},
    walk::FoundFile,
};
use crate::{
    doc::Document,
    formats::{self, Entry, Hints, Source},
};

/// What took longer than this to parse is kept.
pub const COSTLY: Duration = Duration::from_millis(5);

/// Opens documents of one store. Threads share it.
pub struct Opener {
    texts: Texts,
    hints: Arc<Hints>,
}

impl Opener {
    /// One for the documents of a store.
    pub fn new(store: &Store) -> Opener {
        Opener { texts: Texts::new(store), hints: store.hints().clone() }
    }

    /// Opens the document of a row, as its file is now.
    pub fn open(&self, row: &Row) -> Result<Document> {
        if is_unchanged(row)
            && let Some(document) = self.texts.get(&row.identity.file, row.entry.as_deref())
        {
            return Ok(document);
        }
        self.reopen(row)
    }

    /// Opens the document of a row from its file.
    pub fn reopen(&self, row: &Row) -> Result<Document> {
        formats::open(&self.source(row)?, &entry(row))
    }

    /// Opens all of the page whose main part the document of a row is.
    pub fn open_whole(&self, row: &Row) -> Result<Document> {
        formats::open_whole(&self.source(row)?, &entry(row))
    }

    /// The bytes of the image that the document of a row calls `name`.
    pub fn image(&self, row: &Row, name: &str) -> Result<Vec<u8>> {
        formats::image_of(&self.source(row)?, &entry(row), name)
    }

    /// Keeps documents that took long.
    pub fn keep(&self, texts: &[PackedText]) -> Result<()> {
        self.texts.keep(texts)
    }

    fn source(&self, row: &Row) -> Result<Source> {
        Ok(Source::file(&row.path)?.hinted(&self.hints))
    }
}

fn entry(row: &Row) -> Entry {
    Entry { id: row.entry.clone(), offset: row.offset }
}

/// Whether the file is the one that was read for the row.
fn is_unchanged(row: &Row) -> bool {
    let found = |path: &Path| Some(FoundFile::named(path, &std::fs::metadata(path).ok()?));
    found(&row.path).is_some_and(|now| (now.size, now.modified) == (row.size, row.modified))
}
