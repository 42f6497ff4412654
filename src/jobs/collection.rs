//! What recto was opened on: a library with its catalogue, or one document by itself.

use anyhow::{Context as _, Result};

use crate::{
    doc::DocId,
    formats::{Entry, Source},
    library::{Catalogue, Row, Store},
};

/// What the documents come from.
#[derive(Clone)]
pub enum Collection {
    /// Folders, with a catalogue.
    Library(Store),
    /// One document: a file by name, or a pipe.
    Single(Box<Single>),
}

/// One document by itself.
#[derive(Clone)]
pub struct Single {
    /// What is known of it.
    pub row: Row,
    /// Its bytes.
    pub source: Source,
    /// Whether its place is remembered; that of a pipe is not.
    pub kept: bool,
}

/// Looks documents up in a collection; each thread has its own.
pub(super) enum Lookup {
    Library(Catalogue),
    Single(Box<Single>),
}

impl Collection {
    pub(super) fn lookup(&self) -> Result<Lookup> {
        Ok(match self {
            Collection::Library(store) => Lookup::Library(Catalogue::open(store)?),
            Collection::Single(single) => Lookup::Single(single.clone()),
        })
    }
}

impl Lookup {
    pub(super) fn row(&self, id: DocId) -> Result<Row> {
        match self {
            Lookup::Library(catalogue) => catalogue.row(id)?.context("this document is gone"),
            Lookup::Single(single) => Ok(single.row.clone()),
        }
    }

    pub(super) fn source(&self, row: &Row) -> Result<(Source, Entry)> {
        let entry = Entry { id: row.entry.clone(), offset: row.offset };
        match self {
            Lookup::Library(_) => Ok((Source::file(&row.path)?, entry)),
            Lookup::Single(single) => Ok((single.source.clone(), entry)),
        }
    }

    /// Whether what the reader does with its documents is remembered.
    pub(super) fn keeps(&self) -> bool {
        match self {
            Lookup::Library(_) => true,
            Lookup::Single(single) => single.kept,
        }
    }
}
