//! What is known of the files when a scan begins, against which the walk is compared. The walk's threads share it.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::Result;
use rusqlite::params_from_iter;

use super::{
    apply::Change,
    catalogue::Catalogue,
    store::{key_path, key_range},
    walk::Found,
};
use crate::formats::{Claim, Hints};

/// The files of the catalogue, or of a part of it, as they were when the scan began.
pub struct Scan {
    known: HashMap<PathBuf, Known>,
    /// Folders that can't be reached; what they held is not taken for deleted.
    closed: Mutex<Vec<PathBuf>>,
}

struct Known {
    size: Option<u64>,
    modified: i64,
    claim: i64,
    error: Option<String>,
    seen: AtomicBool,
}

impl Catalogue {
    /// Begins a scan of everything, or only of what lies in `within`.
    pub fn begin_scan(&self, within: &[PathBuf]) -> Result<Scan> {
        self.heal(self.heed().and_then(|()| self.known(within)))
    }

    /// Where the reader's hints are others than those by which the files were read, what they concern is to be read again:
    /// documents of such formats, and what was taken for no document.
    fn heed(&self) -> Result<()> {
        let hints = self.hints.written();
        let known: String = self.db.prepare_cached("SELECT hints FROM state")?.query_row([], |row| row.get(0))?;
        if known == hints {
            return Ok(());
        }
        let act = self.db.unchecked_transaction()?;
        for format in Hints::CONCERNED {
            let sql = "UPDATE files SET size = -1 WHERE id IN (SELECT file FROM documents WHERE format = ?1)";
            act.execute(sql, [format])?;
        }
        act.execute("UPDATE files SET size = -1 WHERE id NOT IN (SELECT file FROM documents)", [])?;
        act.execute("UPDATE state SET hints = ?1", [hints])?;
        Ok(act.commit()?)
    }

    fn known(&self, within: &[PathBuf]) -> Result<Scan> {
        let chosen: Vec<_> = within.iter().map(|path| key_range(path)).collect();
        let ranges = if within.is_empty() { &self.ranges } else { &chosen };
        // All of a whole catalogue is read as it lies in the file, and not by the index of paths.
        let (which, ranges) = if within.is_empty() && self.scope.is_empty() {
            ("", vec![params_from_iter(Vec::new())])
        } else {
            let bound = ranges.iter().map(|(low, high)| params_from_iter(vec![low, high]));
            ("WHERE path >= ?1 AND path < ?2", bound.collect())
        };
        let mut known = HashMap::new();
        for range in ranges {
            let mut statement = self.db.prepare_cached(&format!(
                "SELECT path, size, modified, claim, CASE WHEN hash IS NULL THEN error END FROM files {which}"
            ))?;
            let mut rows = statement.query(range)?;
            while let Some(row) = rows.next()? {
                let file = Known {
                    // `None` for one that was not read to its end.
                    size: u64::try_from(row.get::<_, i64>(1)?).ok(),
                    modified: row.get(2)?,
                    claim: row.get(3)?,
                    error: row.get(4)?,
                    seen: AtomicBool::new(false),
                };
                known.insert(key_path(row.get_ref(0)?.as_blob()?), file);
            }
        }
        Ok(Scan { known, closed: Mutex::new(Vec::new()) })
    }
}

impl Scan {
    /// Whether what was found is new or changed, and so to be examined and applied.
    pub fn look(&self, found: &Found) -> bool {
        let known = self.known.get(found.path());
        if let Some(known) = known {
            known.seen.store(true, Ordering::Relaxed);
        }
        match found {
            // A file that could not be read is tried again: a permission leaves size and time as they are.
            Found::File(file) => known.is_none_or(|known| {
                known.error.is_some()
                    || (known.size, known.modified, known.claim)
                        != (Some(file.size), file.modified, claim_number(file.claim))
            }),
            Found::Trouble { path, reason } => {
                self.closed.lock().unwrap_or_else(PoisonError::into_inner).push(path.clone());
                known.is_none_or(|known| known.claim != TROUBLE || known.error.as_ref() != Some(reason))
            }
        }
    }

    /// After the whole walk: what is known but was not found. What lies in a folder that exists but can't be reached is
    /// not taken for deleted.
    pub fn gone(self) -> Vec<Change> {
        let closed = self.closed.into_inner().unwrap_or_else(PoisonError::into_inner);
        let closed: Vec<PathBuf> = closed.into_iter().filter(|path| exists(path)).collect();
        let unseen = self.known.into_iter().filter(|(_, known)| !known.seen.load(Ordering::Relaxed));
        unseen
            .map(|(path, _)| path)
            .filter(|path| !closed.iter().any(|closed| path.starts_with(closed)))
            .map(Change::Gone)
            .collect()
    }
}

/// Whether there is something at `path`, even if it can't be read.
pub(super) fn exists(path: &Path) -> bool {
    !matches!(std::fs::symlink_metadata(path), Err(error) if error.kind() == std::io::ErrorKind::NotFound)
}

/// What stands in `files.claim` for a path that can't be reached.
pub(super) const TROUBLE: i64 = -1;

/// What stands in `files.claim`.
pub(super) fn claim_number(claim: Claim) -> i64 {
    match claim {
        Claim::Named => 0,
        Claim::Look => 1,
        Claim::All => 2,
    }
}
