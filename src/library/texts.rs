//! The texts of documents that took long to parse, kept packed beside the catalogue, so that a passage, a count of hits or a
//! second look never parses a PDF again.
//!
//! It is a cache of bounded size: what was kept first goes first. A text is known by the hash of its file and its entry, so
//! that one of a changed file is never found, and copies share it. Whatever is wrong with it counts as not there.

use std::{
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::Result;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{
    database::{connect_to, remove},
    store::Store,
};
use crate::doc::{Document, pack, unpack};

/// Bytes of packed texts that are kept: ten thousand books of a hundred pages.
const BOUND: i64 = 512 * 1024 * 1024;

/// Longer texts, packed, are not kept: one would push out hundreds.
const LONGEST: usize = 16 * 1024 * 1024;

/// Another version of the catalogue takes this file away; it goes up, too, when a document is packed or read otherwise. `hash`
/// is that of an [`Identity`](crate::doc::Identity): of the file's bytes, or of an entry's text.
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS texts (
        id INTEGER PRIMARY KEY, hash BLOB NOT NULL, entry TEXT NOT NULL, bytes BLOB NOT NULL,
        UNIQUE (hash, entry)) STRICT;
    CREATE TABLE IF NOT EXISTS held (bytes INTEGER NOT NULL) STRICT;
    INSERT INTO held SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM held);
";

/// The name of the file in the store's folder.
pub(super) const TEXTS: &str = "texts.db";

/// The cache of one store. Threads share it. It is connected to when it is first needed.
pub(super) struct Texts {
    file: PathBuf,
    db: Mutex<Option<Connection>>,
}

/// A document that is to be kept, packed.
#[derive(Clone)]
pub struct PackedText {
    hash: [u8; 32],
    entry: String,
    bytes: Vec<u8>,
}

impl PackedText {
    /// Packs a document of this identity; `None` for one that costs nothing to open again, or is too long.
    pub fn new(hash: [u8; 32], entry: Option<&str>, document: &Document) -> Result<Option<PackedText>> {
        let Some(plain) = pack(document)? else { return Ok(None) };
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&plain)?;
        let bytes = encoder.finish()?;
        let entry = entry.unwrap_or_default().to_owned();
        Ok((bytes.len() <= LONGEST).then_some(PackedText { hash, entry, bytes }))
    }
}

impl Texts {
    /// The cache of a store.
    pub(super) fn new(store: &Store) -> Texts {
        Texts { file: store.dir.join(TEXTS), db: Mutex::new(None) }
    }

    /// The document that was kept under this hash, if one was.
    pub(super) fn get(&self, hash: &[u8; 32], entry: Option<&str>) -> Option<Document> {
        let mut db = self.lock();
        if db.is_none() && !self.file.exists() {
            return None;
        }
        let found = self.connected(&mut db).and_then(|db| {
            let mut statement = db.prepare_cached("SELECT bytes FROM texts WHERE hash = ?1 AND entry = ?2")?;
            Ok(statement.query_row(params![hash, entry.unwrap_or_default()], |row| row.get(0)).optional()?)
        });
        drop(db);
        let bytes: Vec<u8> = found.ok()??;
        let mut plain = Vec::new();
        DeflateDecoder::new(bytes.as_slice()).read_to_end(&mut plain).ok()?;
        unpack(&plain).ok()
    }

    /// Keeps documents, and lets go of the oldest beyond the bound.
    pub(super) fn keep(&self, texts: &[PackedText]) -> Result<()> {
        if texts.is_empty() {
            return Ok(());
        }
        let mut db = self.lock();
        let act = self.connected(&mut db)?.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let mut held: i64 = act.query_row("SELECT bytes FROM held", [], |row| row.get(0))?;
        for text in texts {
            let sql = "INSERT OR IGNORE INTO texts (hash, entry, bytes) VALUES (?1, ?2, ?3)";
            let new = act.prepare_cached(sql)?.execute(params![text.hash, text.entry, text.bytes])?;
            held += i64::try_from(text.bytes.len() * new)?;
        }
        while held > BOUND {
            let sql = "DELETE FROM texts WHERE id = (SELECT min(id) FROM texts) RETURNING length(bytes)";
            let Some(gone) = act.prepare_cached(sql)?.query_row([], |row| row.get::<_, i64>(0)).optional()? else {
                break;
            };
            held -= gone;
        }
        act.execute("UPDATE held SET bytes = ?1", [held])?;
        Ok(act.commit()?)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Connection>> {
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection. A file that is damaged is begun anew.
    fn connected<'d>(&self, db: &'d mut Option<Connection>) -> Result<&'d mut Connection> {
        let connection = match db.take() {
            Some(connection) => connection,
            None => open(&self.file).or_else(|_| {
                remove(&self.file)?;
                open(&self.file)
            })?,
        };
        Ok(db.insert(connection))
    }
}

fn open(file: &Path) -> Result<Connection> {
    let db = connect_to(file)?;
    db.execute_batch(TABLES)?;
    Ok(db)
}
