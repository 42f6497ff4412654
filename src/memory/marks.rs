//! The places that have a letter.

use std::path::PathBuf;

use anyhow::Result;
use rusqlite::{Connection, params};

use super::{KeptPlace, Memory, recall};

/// A place with a capital letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capital {
    /// The letter.
    pub letter: char,
    /// Where its document was when it was last acted on.
    pub path: PathBuf,
    /// Its entry in the file.
    pub entry: Option<String>,
}

impl Memory {
    /// The places with capital letters, by letter.
    pub fn capitals(&self) -> Result<Vec<Capital>> {
        let mut statement = self.db.prepare_cached(
            "SELECT letter, path, entry FROM marks JOIN documents ON documents.id = document
             WHERE letter BETWEEN 'A' AND 'Z' ORDER BY letter",
        )?;
        let rows = statement.query_map([], |row| {
            let letter: String = row.get(0)?;
            let letter = letter.chars().next().unwrap_or_default();
            Ok(Capital { letter, path: recall::path_of(row.get(1)?), entry: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Gives a place in a document a letter, or takes the letter away; a capital leaves the place that had it.
pub(super) fn set(
    db: &Connection,
    document: i64,
    letter: char,
    place: Option<&KeptPlace>,
    now: i64,
) -> rusqlite::Result<usize> {
    let letter = letter.to_string();
    if letter.chars().all(|c| c.is_ascii_uppercase()) {
        db.prepare_cached("DELETE FROM marks WHERE letter = ?1")?.execute([&letter])?;
    }
    let Some(place) = place else {
        return db
            .prepare_cached("DELETE FROM marks WHERE document = ?1 AND letter = ?2")?
            .execute(params![document, letter]);
    };
    db.prepare_cached(
        "INSERT OR REPLACE INTO marks (document, letter, made, block, byte, fraction, passage)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        document,
        letter,
        now,
        recall::signed(place.block),
        super::signed_byte(place.byte),
        place.fraction,
        place.text
    ])
}

/// What a copy of a document begins with: the letters that may be in both.
pub(super) fn copy(db: &Connection, from: i64, to: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO marks (document, letter, made, block, byte, fraction, passage)
         SELECT ?1, letter, made, block, byte, fraction, passage FROM marks
         WHERE document = ?2 AND letter NOT BETWEEN 'A' AND 'Z'",
    )?
    .execute([to, from])?;
    Ok(())
}

/// The marks of a document, by letter.
pub(super) fn of(db: &Connection, document: i64) -> Result<Vec<(char, KeptPlace)>> {
    let mut statement = db.prepare_cached(
        "SELECT letter, block, byte, fraction, passage FROM marks WHERE document = ?1 ORDER BY letter",
    )?;
    let rows = statement.query_map([document], |row| {
        let letter: String = row.get(0)?;
        let place = KeptPlace {
            block: row.get::<_, i64>(1)?.cast_unsigned(),
            byte: usize::try_from(row.get::<_, i64>(2)?).unwrap_or_default(),
            fraction: row.get(3)?,
            text: row.get(4)?,
        };
        Ok((letter.chars().next().unwrap_or_default(), place))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
