//! Which row stands for a document. A wrong answer loses a reader's place or shows it in a stranger's text, so each way
//! of finding has its own condition.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

use anyhow::Result;
use rusqlite::{CachedStatement, Connection, Params, params};

use super::{Kept, KeptPlace, ReadState, Reading, now};
use crate::doc::{Identity, Sketch};

/// A document that was acted on.
#[derive(Clone, Debug)]
pub struct Remembered {
    /// Its row: the same as long as there is a memory.
    pub row: i64,
    /// Hash of its file, as it was then.
    pub file: [u8; 32],
    /// Where it was.
    pub path: PathBuf,
    /// Its id within the file.
    pub entry: Option<String>,
    /// Hash of its text, as it was then.
    pub text: Option<[u8; 32]>,
    /// What is remembered.
    pub reading: Reading,
}

/// A row that stands for a document, or whose copy will.
pub(super) struct Found {
    pub(super) id: i64,
    pub(super) reading: Reading,
    path: Vec<u8>,
    entry: Option<String>,
    touched: i64,
}

/// Finds the rows of documents; for many of them it is made once.
pub(super) struct Finder<'m> {
    by_file: CachedStatement<'m>,
    by_path: CachedStatement<'m>,
    by_text: CachedStatement<'m>,
}

impl<'m> Finder<'m> {
    pub(super) fn new(db: &'m Connection) -> Result<Finder<'m>> {
        let by = |condition: &str| {
            db.prepare_cached(&format!(
                "SELECT id, path, entry, state, starred, opened, touched, sketch, archived FROM documents WHERE {condition}"
            ))
        };
        Ok(Finder { by_file: by("file = ?1")?, by_path: by("path = ?1 AND entry IS ?2")?, by_text: by("text = ?1")? })
    }

    /// The row of a document, by the first of three ways that finds one; of several the newest.
    pub(super) fn find(&mut self, key: &Identity, path: &Path, entry: Option<&str>) -> Result<Option<Found>> {
        let here = bytes(path);
        // The same bytes: at this path, else wherever they were last acted on. Without words there is nothing in them to
        // know a document by: an empty file is like any other.
        let wordless = key.sketch.shingles == 0;
        let own = |found: &Found| found.path == here.as_ref() && found.entry.as_deref() == entry;
        let same = newest(&mut self.by_file, [key.file], |found, _| (!wordless || own(found)).then(|| own(found)))?;
        if same.is_some() {
            return Ok(same);
        }
        // Edited in place: the same document if half of it is still there, and not another one of that name.
        let edited = newest(&mut self.by_path, params![here.as_ref(), entry], |_, sketch| {
            let old = Sketch::from_bytes(sketch)?;
            (old.agrees(&key.sketch) || (wordless && old.shingles == 0)).then_some(true)
        })?;
        if edited.is_some() {
            return Ok(edited);
        }
        // The same words in other bytes elsewhere: converted, or with another header.
        match key.text {
            Some(text) => newest(&mut self.by_text, [text], |_, _| Some(true)),
            None => Ok(None),
        }
    }
}

/// Of the rows that `admit` lets in, with their sketches, those it prefers, and of these the newest.
fn newest(
    statement: &mut CachedStatement<'_>,
    params: impl Params,
    admit: impl Fn(&Found, &[u8]) -> Option<bool>,
) -> Result<Option<Found>> {
    let mut rows = statement.query(params)?;
    let mut best: Option<(bool, Found)> = None;
    while let Some(row) = rows.next()? {
        let found = Found {
            id: row.get(0)?,
            path: row.get(1)?,
            entry: row.get(2)?,
            reading: reading(row, [3, 4, 5, 8])?,
            touched: row.get(6)?,
        };
        let Some(preferred) = admit(&found, row.get_ref(7)?.as_blob()?) else { continue };
        let rank = |preferred: bool, found: &Found| (preferred, found.touched, found.id);
        if best.as_ref().is_none_or(|(before, best)| rank(*before, best) < rank(preferred, &found)) {
            best = Some((preferred, found));
        }
    }
    Ok(best.map(|(_, found)| found))
}

/// The row to write to. It is the document's own: a row found at another path moves along if nothing is there any more,
/// and is copied if it is.
pub(super) fn find_or_make(db: &Connection, key: &Identity, path: &Path, entry: Option<&str>) -> Result<i64> {
    let here = bytes(path);
    let sketch = key.sketch.to_bytes();
    let now_known = params![key.file, here.as_ref(), entry, key.text, sketch, now()];
    let make = "INSERT INTO documents (file, path, entry, text, sketch, touched) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let Some(found) = Finder::new(db)?.find(key, path, entry)? else {
        db.prepare_cached(make)?.execute(now_known)?;
        return Ok(db.last_insert_rowid());
    };
    let own = found.path == here.as_ref() && found.entry.as_deref() == entry;
    let mut id = found.id;
    if !own && lies_there(&found.path) {
        db.prepare_cached(make)?.execute(now_known)?;
        id = db.last_insert_rowid();
        db.prepare_cached(
            "UPDATE documents SET (state, starred, archived, opened, block, byte, fraction, passage) =
                (SELECT state, starred, archived, opened, block, byte, fraction, passage FROM documents WHERE id = ?2)
             WHERE id = ?1",
        )?
        .execute([id, found.id])?;
        db.prepare_cached("INSERT INTO tags SELECT ?1, name FROM tags WHERE document = ?2")?.execute([id, found.id])?;
        db.prepare_cached(
            "INSERT INTO notes (document, text, made) SELECT ?1, text, made FROM notes WHERE document = ?2 ORDER BY id",
        )?
        .execute([id, found.id])?;
        super::marks::copy(db, found.id, id)?;
    } else {
        db.prepare_cached(
            "UPDATE documents SET file = ?2, path = ?3, entry = ?4, text = CASE WHEN ?7 THEN text ELSE ?5 END,
                sketch = CASE WHEN ?7 THEN sketch ELSE ?6 END WHERE id = ?1",
        )?
        // A long file that was opened by its name was not read through: what is known of its words is better.
        .execute(params![id, key.file, here.as_ref(), entry, key.text, sketch, key.sketch.shingles == 0])?;
    }
    Ok(id)
}

/// All that a row keeps.
pub(super) fn kept(db: &Connection, id: i64) -> Result<Kept> {
    let mut statement = db
        .prepare_cached("SELECT state, starred, opened, block, byte, fraction, passage FROM documents WHERE id = ?1")?;
    let kept = statement.query_row([id], |row| {
        let block: Option<i64> = row.get(3)?;
        let place = match block {
            Some(block) => Some(KeptPlace {
                block: block.cast_unsigned(),
                byte: usize::try_from(row.get::<_, i64>(4)?).unwrap_or_default(),
                fraction: row.get(5)?,
                text: row.get(6)?,
            }),
            None => None,
        };
        Ok(Kept { place, state: state(row.get(0)?), starred: row.get(1)?, opened: row.get(2)?, marks: Vec::new() })
    })?;
    Ok(Kept { marks: super::marks::of(db, id)?, ..kept })
}

/// Every row.
pub(super) fn all(db: &Connection) -> Result<Vec<Remembered>> {
    let mut statement = db.prepare_cached(
        "SELECT id, file, path, entry, text, state, starred, opened, archived FROM documents ORDER BY touched, id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Remembered {
            row: row.get(0)?,
            file: row.get(1)?,
            path: path_of(row.get(2)?),
            entry: row.get(3)?,
            text: row.get(4)?,
            reading: reading(row, [5, 6, 7, 8])?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether something is at that path, as far as can be told.
fn lies_there(path: &[u8]) -> bool {
    let path = path_of(path.to_vec());
    !matches!(std::fs::symlink_metadata(path), Err(error) if error.kind() == std::io::ErrorKind::NotFound)
}

/// State, star, time of opening and whether it was put away, from these columns.
fn reading(row: &rusqlite::Row<'_>, columns: [usize; 4]) -> rusqlite::Result<Reading> {
    let [at, starred, opened, archived] = columns;
    Ok(Reading {
        state: state(row.get(at)?),
        starred: row.get(starred)?,
        archived: row.get(archived)?,
        opened: row.get(opened)?,
    })
}

fn state(number: i64) -> ReadState {
    match number {
        0 => ReadState::Unread,
        1 => ReadState::Begun,
        _ => ReadState::Finished,
    }
}

/// What stands in `documents.state`.
pub(super) fn state_number(state: ReadState) -> i64 {
    match state {
        ReadState::Unread => 0,
        ReadState::Begun => 1,
        ReadState::Finished => 2,
    }
}

/// Block ids are opaque 64 bits; SQLite's numbers carry a sign.
pub(super) fn signed(block: u64) -> i64 {
    block.cast_signed()
}

/// The bytes by which a path is stored.
#[cfg(unix)]
pub(super) fn bytes(path: &Path) -> Cow<'_, [u8]> {
    Cow::Borrowed(std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()))
}

/// The path of stored bytes.
#[cfg(unix)]
pub(super) fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes))
}

/// The bytes by which a path is stored. A name that is not Unicode is known by its content only.
#[cfg(not(unix))]
pub(super) fn bytes(path: &Path) -> Cow<'_, [u8]> {
    Cow::Owned(path.to_string_lossy().into_owned().into_bytes())
}

/// The path of stored bytes.
#[cfg(not(unix))]
pub(super) fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}
