//! How each library was left, and what was typed to filter it.

use std::path::{Path, PathBuf};

use anyhow::Result;
use rusqlite::{OptionalExtension as _, params};

use super::{
    Memory,
    recall::{bytes, path_of},
};

/// How many queries of a library are kept.
const QUERIES: i64 = 500;

/// How a library was left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryState {
    /// The document under the cursor: its file and its id in there.
    pub selected: Option<(PathBuf, Option<String>)>,
    /// How many rows stood above the first one in view.
    pub scroll: usize,
    /// The order of the list, by name.
    pub order: Option<String>,
    /// What the filter line held.
    pub filter: String,
    /// Columns of the list, where the reader changed it.
    pub width: Option<u16>,
    /// Whether the list was hidden.
    pub hidden: bool,
}

impl Memory {
    /// How this library was left; `None` when it was never open.
    pub fn library(&self, root: &Path) -> Result<Option<LibraryState>> {
        let mut statement = self.db.prepare_cached(
            "SELECT path, entry, scroll, sorting, filter, width, hidden FROM libraries WHERE root = ?1",
        )?;
        let state = statement.query_row([bytes(root).as_ref()], |row| {
            let path: Option<Vec<u8>> = row.get(0)?;
            let entry = row.get(1)?;
            Ok(LibraryState {
                selected: path.map(|path| (path_of(path), entry)),
                scroll: usize::try_from(row.get::<_, i64>(2)?).unwrap_or_default(),
                order: row.get(3)?,
                filter: row.get(4)?,
                width: row.get(5)?,
                hidden: row.get(6)?,
            })
        });
        Ok(state.optional()?)
    }

    /// Notes how a library is left.
    pub fn save_library(&mut self, root: &Path, state: &LibraryState) -> Result<()> {
        let transaction = self.begin()?;
        let (path, entry) = match &state.selected {
            Some((path, entry)) => (Some(bytes(path)), entry.as_deref()),
            None => (None, None),
        };
        transaction
            .prepare_cached("INSERT OR REPLACE INTO libraries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute(params![
                bytes(root).as_ref(),
                path.as_deref(),
                entry,
                i64::try_from(state.scroll).unwrap_or(i64::MAX),
                state.order,
                state.filter,
                state.width,
                state.hidden,
            ])?;
        Ok(transaction.commit()?)
    }

    /// Notes a query that was used, as the newest.
    pub fn remember_query(&mut self, root: &Path, text: &str) -> Result<()> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        let root = bytes(root);
        let transaction = self.begin()?;
        // A running number: the clock may stand still between two queries, or be set back.
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO queries
                 VALUES (?1, ?2, 1 + (SELECT ifnull(max(used), 0) FROM queries WHERE root = ?1))",
            )?
            .execute(params![root.as_ref(), text])?;
        transaction
            .prepare_cached(
                "DELETE FROM queries WHERE root = ?1 AND used <= (SELECT max(used) FROM queries WHERE root = ?1) - ?2",
            )?
            .execute(params![root.as_ref(), QUERIES])?;
        Ok(transaction.commit()?)
    }

    /// The queries used in this library, newest first, each once.
    pub fn queries(&self, root: &Path, limit: usize) -> Result<Vec<String>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement =
            self.db.prepare_cached("SELECT text FROM queries WHERE root = ?1 ORDER BY used DESC LIMIT ?2")?;
        let texts = statement.query_map(params![bytes(root).as_ref(), limit], |row| row.get(0))?;
        Ok(texts.collect::<Result<_, _>>()?)
    }
}
