//! What the reader chose on the screen in place of a setting. It holds until the setting itself is changed: who edits the
//! file means it.

use anyhow::Result;
use rusqlite::{OptionalExtension as _, params};

use super::Memory;

/// A setting that was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The name of the setting.
    pub name: String,
    /// What was chosen.
    pub value: String,
    /// What the file said then.
    pub setting: String,
}

impl Memory {
    /// What was chosen in place of this value of a setting, if anything.
    pub fn choice(&self, name: &str, setting: &str) -> Result<Option<String>> {
        let mut statement = self.db.prepare_cached("SELECT value FROM choices WHERE name = ?1 AND setting = ?2")?;
        Ok(statement.query_row([name, setting], |row| row.get(0)).optional()?)
    }

    /// Notes a choice, in place of an earlier one.
    pub fn save_choice(&mut self, choice: &Choice) -> Result<()> {
        let transaction = self.begin()?;
        transaction.prepare_cached("INSERT OR REPLACE INTO choices VALUES (?1, ?2, ?3)")?.execute(params![
            choice.name,
            choice.value,
            choice.setting
        ])?;
        Ok(transaction.commit()?)
    }
}
