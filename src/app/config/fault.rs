//! What is wrong in a file of settings, and where; and how such files are read so that this can be told.

use std::{fs, io::ErrorKind, ops::Range, path::Path};

use anyhow::{Context as _, Result};
use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

use crate::text;

/// Something in the file that can't be meant.
#[derive(Debug)]
pub(super) struct Fault {
    /// Its bytes.
    pub at: Option<Range<usize>>,
    reason: String,
}

impl Fault {
    pub fn new(at: Option<Range<usize>>, reason: impl Into<String>) -> Fault {
        Fault { at, reason: reason.into() }
    }

    /// `path:line: reason`
    pub fn told(&self, file: &Path, text: &str) -> String {
        let file = file.display();
        match &self.at {
            Some(at) => {
                format!("{file}:{}: {}", 1 + text::head(text, at.start).matches('\n').count(), self.reason)
            }
            None => format!("{file}: {}", self.reason),
        }
    }
}

/// The text of a file; none is in one that isn't there.
pub(super) fn read(file: &Path) -> Result<String> {
    match fs::read_to_string(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        read => read.with_context(|| file.display().to_string()),
    }
}

/// The entries of a table as they stand in the file; the parser sorts them by name.
pub(super) fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}
