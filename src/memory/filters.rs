//! The filters that the reader gave a name. They belong to no library: a name means the same wherever it is typed.

use std::borrow::Cow;

use anyhow::Result;
use rusqlite::params;

use super::Memory;
use crate::{query::expand, text::fold::fold};

/// A query with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedFilter {
    /// What stands behind the `@`. Two names that differ in case or accents only are the same.
    pub name: String,
    /// The query. There is no name in it that stands for another one.
    pub query: String,
}

impl SavedFilter {
    /// Whether this is its name.
    pub fn is_called(&self, name: &str) -> bool {
        fold(&self.name) == fold(name)
    }
}

/// What a query asks for, with these filters in place of their names.
pub fn meaning<'t>(typed: &'t str, filters: &[SavedFilter]) -> Cow<'t, str> {
    expand(typed, |name| filters.iter().find(|filter| filter.is_called(name)).map(|filter| filter.query.as_str()))
}

impl Memory {
    /// The saved filters, by name.
    pub fn filters(&self) -> Result<Vec<SavedFilter>> {
        let mut statement = self.db.prepare_cached("SELECT name, query FROM saved ORDER BY key")?;
        let filters = statement.query_map([], |row| Ok(SavedFilter { name: row.get(0)?, query: row.get(1)? }))?;
        Ok(filters.collect::<Result<_, _>>()?)
    }

    /// Saves a filter, in place of one that is called so.
    pub fn save_filter(&mut self, filter: &SavedFilter) -> Result<()> {
        let transaction = self.begin()?;
        transaction.prepare_cached("INSERT OR REPLACE INTO saved VALUES (?1, ?2, ?3)")?.execute(params![
            fold(&filter.name),
            filter.name,
            filter.query
        ])?;
        Ok(transaction.commit()?)
    }

    /// Forgets a filter.
    pub fn remove_filter(&mut self, name: &str) -> Result<()> {
        let transaction = self.begin()?;
        transaction.prepare_cached("DELETE FROM saved WHERE key = ?1")?.execute([fold(name)])?;
        Ok(transaction.commit()?)
    }
}
