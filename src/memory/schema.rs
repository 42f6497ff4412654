//! The tables of `recto.db` and how a file of an older recto is brought up to date.
//!
//! Migrations are only ever added at the end, and each runs in a transaction together with its version number, so that
//! a file is of one version or the next, never between. What a document carries beyond its row (tags, notes, highlights,
//! marks, and the log that undoes them) goes into tables of its own that refer to `documents.id`, which never changes
//! and is never used again.

use std::{fs, path::Path, time::Duration};

use anyhow::{Context as _, Result};
use rusqlite::{Connection, ErrorCode, TransactionBehavior};

/// `documents`: a row for each document that was acted on. `path` is kept as the system's bytes. `touched` tells which of
/// several rows is the newest. `libraries`: how each library was left, by its root. `tags`, `notes` and `marks`: what the
/// reader added to a document; a mark's letter is one, and a capital is in one document only. `saved`: queries with the
/// names that the reader gave them; the key is the name, folded. `choices`: what was chosen on the screen in place of a
/// setting, and how that was set then.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE documents (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        file BLOB NOT NULL, path BLOB NOT NULL, entry TEXT, text BLOB, sketch BLOB NOT NULL,
        state INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0, opened INTEGER, touched INTEGER NOT NULL,
        block INTEGER, byte INTEGER, fraction REAL, passage TEXT) STRICT;
    CREATE INDEX documents_file ON documents (file);
    CREATE INDEX documents_path ON documents (path);
    CREATE INDEX documents_text ON documents (text) WHERE text IS NOT NULL;
    CREATE TABLE libraries (
        root BLOB PRIMARY KEY, path BLOB, entry TEXT, scroll INTEGER NOT NULL, sorting TEXT, filter TEXT NOT NULL,
        width INTEGER, hidden INTEGER NOT NULL) STRICT;
    CREATE TABLE queries (
        root BLOB NOT NULL, text TEXT NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (root, text)) STRICT;
", "
    ALTER TABLE documents ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE tags (
        document INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (document, name)) STRICT, WITHOUT ROWID;
    CREATE TABLE notes (
        id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, text TEXT NOT NULL, made INTEGER NOT NULL) STRICT;
    CREATE INDEX notes_document ON notes (document);
", "
    CREATE TABLE saved (key TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL) STRICT;
", "
    CREATE TABLE marks (
        document INTEGER NOT NULL, letter TEXT NOT NULL, made INTEGER NOT NULL,
        block INTEGER NOT NULL, byte INTEGER NOT NULL, fraction REAL NOT NULL, passage TEXT NOT NULL,
        PRIMARY KEY (document, letter)) STRICT, WITHOUT ROWID;
", "
    CREATE TABLE choices (name TEXT PRIMARY KEY, value TEXT NOT NULL, setting TEXT NOT NULL) STRICT;
"];

const FILE: &str = "recto.db";

/// Whether there is a file.
pub(super) fn is_there(dir: &Path) -> bool {
    dir.join(FILE).exists()
}

/// Opens the file, and says why it can only be read if so.
pub(super) fn open(dir: &Path) -> Result<(Connection, Option<String>)> {
    let file = dir.join(FILE);
    let shown = || file.display().to_string();
    make_private(dir).with_context(|| dir.display().to_string())?;
    touch_private(&file).with_context(shown)?;
    let mut db = Connection::open(&file).with_context(shown)?;
    let newer = prepare(&mut db).with_context(shown)?;
    Ok((db, newer.map(|reason| format!("{}: {reason}", file.display()))))
}

/// The same tables without a file.
pub(super) fn in_memory() -> Result<Connection> {
    let mut db = Connection::open_in_memory()?;
    prepare(&mut db)?;
    Ok(db)
}

fn prepare(db: &mut Connection) -> Result<Option<String>> {
    db.busy_timeout(Duration::from_secs(5))?;
    // The whole file is written to by others too: a connection of a newer schema is left alone.
    let version = version(db)?;
    if version > MIGRATIONS.len() {
        db.execute_batch("PRAGMA query_only = ON")?;
        return Ok(Some(format!(
            "written by a newer recto (its version is {version}, this recto knows {}); nothing is saved",
            MIGRATIONS.len()
        )));
    }
    // Two processes that make the file at the same moment can't both switch it; then the other one does.
    match db.execute_batch("PRAGMA journal_mode = WAL") {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {}
        switched => switched?,
    }
    db.execute_batch("PRAGMA synchronous = NORMAL")?;
    if version < MIGRATIONS.len() {
        migrate(db)?;
    }
    Ok(None)
}

fn migrate(db: &mut Connection) -> Result<()> {
    let act = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while this one waited.
    let from = version(&act)?;
    for migration in MIGRATIONS.iter().skip(from) {
        act.execute_batch(migration)?;
    }
    act.pragma_update(None, "user_version", i64::try_from(MIGRATIONS.len().max(from))?)?;
    Ok(act.commit()?)
}

fn version(db: &Connection) -> Result<usize> {
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    usize::try_from(version).context("a version that makes no sense")
}

/// Makes a folder, and those above it, for the owner only.
fn make_private(dir: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Makes an empty file for the owner only, unless there is one. SQLite gives its journals the mode of the database.
fn touch_private(file: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        opened => opened.map(drop),
    }
}
