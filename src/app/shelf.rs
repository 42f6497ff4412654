//! Where the rows of the list come from: the catalogue and the memory, read on the thread that draws, a screenful at most.

use anyhow::Result;

use crate::{
    doc::DocId,
    jobs::{Collection, Single},
    library::{Catalogue, Row, Store},
    memory::{Memory, Reading},
    state::{Goal, ListRow},
    text::{Marked, Safe},
    ui::minutes,
};

/// Gives rows for documents.
pub trait Shelf {
    /// The rows of these documents, as far as they are there.
    fn list_rows(&self, ids: &[DocId]) -> Vec<(DocId, ListRow)>;
    /// What the catalogue has of one.
    fn row(&self, id: DocId) -> Option<Row>;
    /// The document that a link leads to; of a file that holds many, none.
    fn find(&self, goal: &Goal) -> Option<DocId>;
    /// The places that have a capital letter.
    fn capitals(&self) -> Vec<Capital> {
        Vec::new()
    }
}

/// A place that has a capital letter.
pub struct Capital {
    /// The letter.
    pub letter: char,
    /// The document, if the library has it.
    pub id: Option<DocId>,
    /// What it is called, or where it was.
    pub title: String,
}

/// The shelf of a library.
pub struct LibraryShelf {
    catalogue: Catalogue,
    memory: Option<Memory>,
}

impl LibraryShelf {
    /// Opens it.
    pub fn new(store: &Store, memory: Option<Memory>) -> Result<LibraryShelf> {
        Ok(LibraryShelf { catalogue: Catalogue::open(store)?, memory })
    }

    /// The catalogue, for what the first frame needs besides.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }
}

impl Shelf for LibraryShelf {
    fn list_rows(&self, ids: &[DocId]) -> Vec<(DocId, ListRow)> {
        let rows: Vec<Row> = self.catalogue.rows(ids).unwrap_or_default().into_iter().flatten().collect();
        let keys: Vec<_> = rows.iter().map(|row| (row.identity.clone(), row.path.clone(), row.entry.clone())).collect();
        let known = self.memory.as_ref().and_then(|memory| memory.states(&keys).ok()).unwrap_or_default();
        let known = known.into_iter().chain(std::iter::repeat(Reading::default()));
        rows.iter().zip(known).map(|(row, reading)| (row.id, list_row(row, reading))).collect()
    }

    fn row(&self, id: DocId) -> Option<Row> {
        self.catalogue.row(id).ok().flatten()
    }

    fn find(&self, goal: &Goal) -> Option<DocId> {
        let found = match goal {
            Goal::Path(path) => self.catalogue.find_path(path, None),
            Goal::Named { name, from } => self.catalogue.find_name(name, from),
            Goal::Mark(letter) => {
                return self.capitals().into_iter().find(|capital| capital.letter == *letter)?.id;
            }
        };
        found.ok().flatten()
    }

    fn capitals(&self) -> Vec<Capital> {
        let capitals = self.memory.as_ref().and_then(|memory| memory.capitals().ok()).unwrap_or_default();
        let capitals = capitals.into_iter().map(|mark| {
            let id = self.catalogue.find_path(&mark.path, mark.entry.as_deref()).ok().flatten();
            let title = id.and_then(|id| self.row(id)).map(|row| row.title);
            Capital { letter: mark.letter, id, title: title.unwrap_or_else(|| mark.path.display().to_string()) }
        });
        capitals.collect()
    }
}

/// The shelf of a single document.
pub struct SingleShelf(pub Box<Single>);

impl Shelf for SingleShelf {
    fn list_rows(&self, ids: &[DocId]) -> Vec<(DocId, ListRow)> {
        ids.iter().map(|id| (*id, list_row(&self.0.row, Reading::default()))).collect()
    }

    fn row(&self, _id: DocId) -> Option<Row> {
        Some(self.0.row.clone())
    }

    fn find(&self, _goal: &Goal) -> Option<DocId> {
        None
    }
}

/// Opens the shelf of a collection.
pub fn open(collection: &Collection, memory: Option<Memory>) -> Result<Box<dyn Shelf>> {
    Ok(match collection {
        Collection::Library(store) => Box::new(LibraryShelf::new(store, memory)?),
        Collection::Single(single) => Box::new(SingleShelf(single.clone())),
    })
}

fn list_row(row: &Row, reading: Reading) -> ListRow {
    ListRow {
        title: Marked::plain(&row.title),
        date: row.date.map(|date| Safe::from(date.year().to_string())).unwrap_or_default(),
        minutes: (row.words > 0).then(|| minutes(row.words)),
        state: reading.state,
        starred: reading.starred,
        folder: row.label.as_deref().map(Safe::line),
        error: row.error.as_deref().map(Safe::line),
        language: row.language.clone(),
        why: None,
        copies: 0,
    }
}
