//! What the reader did: places, read states, stars, tags, notes, marks, saved filters, the looks that were chosen, and
//! where each library was left. `recto.db` in the data folder is the only copy there is, so nothing here ever deletes a row
//! that stands for a document, and no act is acknowledged before it is on its way to the disk: one transaction an act
//! survives `kill -9` at any moment.
//!
//! A document is known again by its [`Identity`]. Every document that was acted on has a row of its own; a row is found
//! by file hash, then by path and entry if half of its shingles agree, then by text hash. A file that was moved takes its
//! row along; a copy begins with what is known of its original and goes its own way from the first act on it. Texts
//! without words are known by their path alone.

mod choices;
mod filters;
mod libraries;
mod marks;
mod place;
mod recall;
mod schema;

use std::{
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Result, bail};
use rusqlite::{Connection, params};

pub use choices::Choice;
pub use filters::{SavedFilter, meaning};
pub use libraries::LibraryState;
pub use marks::Capital;
pub use place::{place, relocate};
use recall::Finder;
pub use recall::Remembered;

use crate::doc::Identity;

/// One connection to what the reader did. Several processes may have one each.
pub struct Memory {
    db: Connection,
    /// Why nothing can be saved: a newer recto wrote the file.
    read_only: Option<String>,
}

/// How far a document was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReadState {
    /// Not yet.
    #[default]
    Unread,
    /// In part.
    Begun,
    /// To its end.
    Finished,
}

/// What a row of the list shows of what the reader did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// How far it was read.
    pub state: ReadState,
    /// Whether it carries a star.
    pub starred: bool,
    /// Whether it was put away.
    pub archived: bool,
    /// When it was last opened, in seconds since 1970.
    pub opened: Option<i64>,
}

/// What is remembered of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Where reading stopped.
    pub place: Option<KeptPlace>,
    /// How far it was read.
    pub state: ReadState,
    /// Whether it carries a star.
    pub starred: bool,
    /// When it was last opened, in seconds since 1970.
    pub opened: Option<i64>,
    /// The places that have a letter.
    pub marks: Vec<(char, KeptPlace)>,
}

/// A place in a document that is found again after the document was edited. [`place`] makes it, [`relocate`] finds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeptPlace {
    /// The block, as its id was.
    pub block: u64,
    /// The byte in the block's text.
    pub byte: usize,
    /// How much of the document lies before it, from 0 to 1.
    pub fraction: f64,
    /// About 64 characters from the place on.
    pub text: String,
}

/// What the reader wrote, by the rows of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Tags.
    pub tags: Vec<(i64, String)>,
    /// Notes.
    pub notes: Vec<(i64, String)>,
}

/// One thing that the reader did to a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Stopped reading here.
    Place(KeptPlace),
    /// Read so far, or said so.
    State(ReadState),
    /// Set the star, or took it away.
    Star(bool),
    /// Put it away, or took it back.
    Archive(bool),
    /// Gave it a tag, or took one away.
    Tag(String, bool),
    /// Wrote a note about it.
    Note(String),
    /// Gave a place a letter, or took the letter away.
    Mark(char, Option<KeptPlace>),
    /// Opened it, now.
    Opened,
}

impl Memory {
    /// Opens `recto.db` in the data folder; makes both when they are missing. A file that a newer recto wrote is opened
    /// for reading only.
    pub fn open(dir: &Path) -> Result<Memory> {
        let (db, read_only) = schema::open(dir)?;
        Ok(Memory { db, read_only })
    }

    /// Opens it if there is one: who only asks makes none.
    pub fn open_if_there(dir: &Path) -> Result<Option<Memory>> {
        if schema::is_there(dir) { Memory::open(dir).map(Some) } else { Ok(None) }
    }

    /// A memory that lasts as long as the program.
    pub fn in_memory() -> Result<Memory> {
        Ok(Memory { db: schema::in_memory()?, read_only: None })
    }

    /// Why nothing can be saved, if so.
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// What is remembered of a document; `None` when nothing is.
    pub fn recall(&self, key: &Identity, path: &Path, entry: Option<&str>) -> Result<Option<Kept>> {
        match Finder::new(&self.db)?.find(key, path, entry)? {
            Some(found) => Ok(Some(recall::kept(&self.db, found.id)?)),
            None => Ok(None),
        }
    }

    /// What a row of the list shows of each of these documents.
    pub fn states(&self, keys: &[(Identity, PathBuf, Option<String>)]) -> Result<Vec<Reading>> {
        Ok(self.rows(keys)?.into_iter().map(|found| found.map(|(_, reading)| reading).unwrap_or_default()).collect())
    }

    /// The rows of these documents, as [`Remembered::row`] names them, with what the list shows of them.
    pub fn rows(&self, keys: &[(Identity, PathBuf, Option<String>)]) -> Result<Vec<Option<(i64, Reading)>>> {
        // One transaction: its locks cost as much as the rows.
        let _read = self.db.unchecked_transaction()?;
        let mut finder = Finder::new(&self.db)?;
        let reading = |(key, path, entry): &(Identity, PathBuf, Option<String>)| {
            let found = finder.find(key, path, entry.as_deref())?;
            Ok(found.map(|found| (found.id, found.reading)))
        };
        keys.iter().map(reading).collect()
    }

    /// A number that is another one after any other connection, also of another process, has written. (SQLite's
    /// `data_version`.)
    pub fn version(&self) -> Result<i64> {
        Ok(self.db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
    }

    /// Every document that was ever acted on, for orders and filters over a whole library.
    pub fn all(&self) -> Result<Vec<Remembered>> {
        recall::all(&self.db)
    }

    /// What was written to documents that were acted on: the tags, and the notes, each with its document's row.
    pub fn written(&self) -> Result<Written> {
        let list = |sql: &str| -> Result<Vec<(i64, String)>> {
            let mut statement = self.db.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        Ok(Written {
            tags: list("SELECT document, name FROM tags ORDER BY name")?,
            notes: list("SELECT document, text FROM notes ORDER BY id")?,
        })
    }

    /// Writes an act down.
    pub fn save(&mut self, key: &Identity, path: &Path, entry: Option<&str>, act: &Act) -> Result<()> {
        let now = now();
        let transaction = self.begin()?;
        let id = recall::find_or_make(&transaction, key, path, entry)?;
        let set = |sql: &str, values: &[&dyn rusqlite::ToSql]| transaction.prepare_cached(sql)?.execute(values);
        match act {
            Act::Place(place) => set(
                "UPDATE documents SET block = ?2, byte = ?3, fraction = ?4, passage = ?5 WHERE id = ?1",
                params![id, recall::signed(place.block), signed_byte(place.byte), place.fraction, place.text],
            )?,
            Act::State(state) => {
                set("UPDATE documents SET state = ?2 WHERE id = ?1", params![id, recall::state_number(*state)])?
            }
            Act::Star(starred) => set("UPDATE documents SET starred = ?2 WHERE id = ?1", params![id, starred])?,
            Act::Archive(archived) => set("UPDATE documents SET archived = ?2 WHERE id = ?1", params![id, archived])?,
            Act::Tag(name, true) => set("INSERT OR IGNORE INTO tags VALUES (?1, ?2)", params![id, name])?,
            Act::Tag(name, false) => set("DELETE FROM tags WHERE document = ?1 AND name = ?2", params![id, name])?,
            Act::Note(text) => {
                set("INSERT INTO notes (document, text, made) VALUES (?1, ?2, ?3)", params![id, text, now])?
            }
            Act::Mark(letter, place) => marks::set(&transaction, id, *letter, place.as_ref(), now)?,
            Act::Opened => set("UPDATE documents SET opened = ?2 WHERE id = ?1", params![id, now])?,
        };
        set("UPDATE documents SET touched = ?2 WHERE id = ?1", params![id, now])?;
        Ok(transaction.commit()?)
    }

    /// Begins to write. The lock is taken at once, so that what was read in the transaction still holds when it writes.
    fn begin(&mut self) -> Result<rusqlite::Transaction<'_>> {
        if let Some(reason) = &self.read_only {
            bail!("{reason}");
        }
        Ok(self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?)
    }
}

/// Seconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

fn signed_byte(byte: usize) -> i64 {
    i64::try_from(byte).unwrap_or(i64::MAX)
}
