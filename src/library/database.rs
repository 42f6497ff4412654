//! The file of the catalogue: its tables, how it is opened, and when it is of no more use.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Result;
use rusqlite::{Connection, ErrorCode};

use super::{
    store::{INDEX, touch_private},
    texts::TEXTS,
};

/// The version of the tables below and of what is written in them. It goes up, too, when a format reads titles, dates or
/// texts in a better way that known files are to profit from.
const VERSION: i64 = 7;

/// `files.claim` is why a file was taken, so that a walk with other rules looks at it again. `label` is set at the end of a
/// scan where titles are equal. `tags` are those that the document itself carries, a line each; `name` is what other
/// documents call it, `answers` what it answers, a line each. `dropped` holds documents
/// that are gone while the index still has them, `misplaced` those whose places in the saved orders `path` and `title`, or
/// whose copies, may be wrong, the gone among them. The generation in `state` counts the changes after which a saved order may be out of
/// date; the hints there are those by which the files were read.
const TABLES: &str = "
    CREATE TABLE files (
        id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, modified INTEGER NOT NULL,
        claim INTEGER NOT NULL, hash BLOB, error TEXT) STRICT;
    CREATE INDEX files_hash ON files (hash) WHERE hash IS NOT NULL;
    CREATE TABLE documents (
        id INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL, place INTEGER NOT NULL, entry TEXT,
        start INTEGER NOT NULL, title TEXT NOT NULL, label TEXT, author TEXT, date TEXT, words INTEGER NOT NULL,
        format TEXT NOT NULL, language TEXT, tags TEXT, name TEXT, answers TEXT, error TEXT, file_hash BLOB NOT NULL, text_hash BLOB, sketch BLOB NOT NULL,
        indexed INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE INDEX documents_file ON documents (file, place);
    CREATE INDEX documents_hash ON documents (file_hash) WHERE entry IS NOT NULL;
    CREATE INDEX documents_text ON documents (text_hash) WHERE text_hash IS NOT NULL;
    CREATE INDEX documents_name ON documents (name) WHERE name IS NOT NULL;
    CREATE INDEX documents_unindexed ON documents (id) WHERE indexed = 0;
    CREATE TABLE dropped (id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE misplaced (id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE orders (
        scope BLOB NOT NULL, name TEXT NOT NULL, generation INTEGER NOT NULL, ids BLOB NOT NULL,
        PRIMARY KEY (scope, name)) STRICT;
    CREATE TABLE state (generation INTEGER NOT NULL, hints TEXT NOT NULL) STRICT;
    INSERT INTO state VALUES (0, '');
";

/// Connects to the catalogue, and makes the tables in a new file. Another version counts as damage.
pub(super) fn connect(file: &Path) -> Result<Connection> {
    let mut db = connect_to(file)?;
    set_cache(&db, Cache::Reading)?;
    let made = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let version: i64 = made.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version == 0 {
        made.execute_batch(TABLES)?;
        // An index that is still there speaks of other documents by the same numbers.
        match std::fs::remove_dir_all(file.with_file_name(INDEX)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        // What another version read may be read better now.
        remove(&file.with_file_name(TEXTS))?;
        made.pragma_update(None, "user_version", VERSION)?;
    } else if version != VERSION {
        return Err(OtherVersion.into());
    }
    made.commit()?;
    db.prepare_cached("SELECT generation FROM state")?.query_row([], |row| row.get::<_, i64>(0))?;
    Ok(db)
}

/// Connects to a file of this user's. Several processes may.
pub(super) fn connect_to(file: &Path) -> Result<Connection> {
    touch_private(file)?;
    let db = Connection::open(file)?;
    db.busy_timeout(Duration::from_secs(5))?;
    // Two processes that make the file at the same moment can't both switch it; then the other one does.
    match db.execute_batch("PRAGMA journal_mode = WAL") {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {}
        switched => switched?,
    }
    db.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000")?;
    Ok(db)
}

/// How much of the file a connection keeps in memory. It is taken as it is needed, and there are several connections, so a
/// reader leaves that to the operating system, which keeps the file once for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cache {
    /// 2 MB.
    Reading,
    /// 32 MB: the indexes of hashes are written all over the place.
    Writing,
}

/// Sets how much is kept, and lets go of what is more.
pub(super) fn set_cache(db: &Connection, cache: Cache) -> rusqlite::Result<()> {
    let kilobytes = match cache {
        Cache::Reading => 2_000,
        Cache::Writing => 32_000,
    };
    db.pragma_update(None, "cache_size", -kilobytes)
}

/// The catalogue was written by another version of recto.
#[derive(Debug)]
struct OtherVersion;

impl std::fmt::Display for OtherVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("written by another version")
    }
}

impl std::error::Error for OtherVersion {}

/// Whether a catalogue that gives this error is of no more use.
pub(super) fn is_damage(error: &anyhow::Error) -> bool {
    error.downcast_ref::<OtherVersion>().is_some()
        || matches!(
            error.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        )
        || matches!(error.downcast_ref(), Some(rusqlite::Error::QueryReturnedNoRows))
}

/// Deletes a database with its journals. Another process that has it open goes on with what it has.
pub(super) fn remove(file: &Path) -> std::io::Result<()> {
    for suffix in ["-wal", "-shm", ""] {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
