//! What recto was opened on: a library with its catalogue, or one document by itself.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result, bail};

use crate::{
    doc::{DocId, Document, Identity, Meta},
    formats::{self, Entry, Hints, Source},
    index::Index,
    library::{self, Catalogue, FoundFile, Opener, Row, Store},
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

/// Files larger than this are not read to their end before they are shown.
const SMALL: u64 = 8 * 1024 * 1024;

impl Single {
    /// A file by name, read with what the reader knows of it.
    pub fn file(path: &Path, hints: &Arc<Hints>) -> Result<Single> {
        let source = Source::file(path)?.hinted(hints);
        // By its real path it is the same document as in a library.
        let path = std::fs::canonicalize(path).with_context(|| path.display().to_string())?;
        let mut row = blank(&path, source.size());
        row.modified = stat(&path)?.modified;
        if source.size() <= SMALL {
            let examined = library::examine_found(&stat(&path)?, hints, &mut ());
            let Some(new) = examined.entries.into_iter().next() else {
                bail!("{}: {}", path.display(), examined.error.as_deref().unwrap_or("no document"));
            };
            row = Row {
                title: new.title,
                words: new.words,
                identity: new.identity,
                format: new.format,
                ..described(row, new.meta)
            };
            row.error = new.error;
        } else {
            let document = formats::open(&source, &Entry::default()).with_context(|| path.display().to_string())?;
            row.identity = library::identify(&source)?;
            // Six bytes a word, as English has it with its spaces.
            row.words = source.size() / 6;
            row.format = formats::detect(&source)?.name.to_owned();
            row = described(row, document.meta);
        }
        Ok(Single { row, source, kept: true })
    }

    /// A pipe: neither recorded nor indexed.
    pub fn pipe(source: Source) -> Single {
        let mut row = blank(Path::new(""), 0);
        row.title.clone_from(&source.name);
        Single { row, source, kept: false }
    }
}

/// The file as it is now.
fn stat(path: &Path) -> Result<FoundFile> {
    let metadata = std::fs::metadata(path).with_context(|| path.display().to_string())?;
    Ok(FoundFile::named(path, &metadata))
}

fn blank(path: &Path, size: u64) -> Row {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Row {
        id: DocId(0),
        path: PathBuf::from(path),
        entry: None,
        offset: 0,
        title: name,
        label: None,
        author: None,
        date: None,
        words: 0,
        size,
        modified: 0,
        format: String::new(),
        language: None,
        error: None,
        identity: Identity::default(),
    }
}

fn described(row: Row, meta: Meta) -> Row {
    Row { title: meta.title.unwrap_or(row.title), author: meta.author, date: meta.date, language: meta.language, ..row }
}

/// Opens the index of a store. One that is new, or had to be made anew, knows none of the catalogue's documents.
pub fn open_index(store: &Store) -> Result<Index> {
    // The catalogue first: one that is new takes an old index away.
    let mut catalogue = Catalogue::open(store)?;
    let (index, fresh) = Index::open(&store.index_dir())?;
    if fresh {
        catalogue.clear_indexed()?;
    }
    Ok(index)
}

/// Looks documents up in a collection; each thread has its own.
pub(super) enum Lookup {
    Library(Box<(Catalogue, Opener)>),
    Single(Box<Single>),
}

impl Collection {
    pub(super) fn lookup(&self) -> Result<Lookup> {
        Ok(match self {
            Collection::Library(store) => Lookup::Library(Box::new((Catalogue::open(store)?, Opener::new(store)))),
            Collection::Single(single) => Lookup::Single(single.clone()),
        })
    }
}

impl Lookup {
    pub(super) fn row(&self, id: DocId) -> Result<Row> {
        match self {
            Lookup::Library(library) => library.0.row(id)?.context("this document is gone"),
            // A pipe has no file to look at again.
            Lookup::Single(single) if !single.kept => Ok(single.row.clone()),
            Lookup::Single(single) => {
                let row = &single.row;
                let now = stat(&row.path)?;
                if (now.size, now.modified) == (row.size, row.modified) {
                    return Ok(row.clone());
                }
                Ok(Single::file(&row.path, &single.source.hints)?.row)
            }
        }
    }

    /// Opens the document of a row, or the `whole` page that it is the main part of.
    pub(super) fn open(&self, row: &Row, whole: bool) -> Result<Document> {
        let open = if whole { formats::open_whole } else { formats::open };
        match self {
            Lookup::Library(library) if whole => library.1.open_whole(row),
            Lookup::Library(library) => library.1.open(row),
            Lookup::Single(single) if !single.kept => open(&single.source, &Entry::default()),
            Lookup::Single(single) => open(&Source::file(&row.path)?.hinted(&single.source.hints), &Entry::default()),
        }
    }

    /// The bytes of the image that the document of a row calls `name`.
    pub(super) fn image(&self, row: &Row, name: &str) -> Result<Vec<u8>> {
        match self {
            Lookup::Library(library) => library.1.image(row, name),
            Lookup::Single(single) => {
                let source = if single.kept { Source::file(&row.path)? } else { single.source.clone() };
                formats::image_of(&source, &Entry::default(), name)
            }
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
