//! The catalogue: a row for every file and for every document in it, in SQLite, with the saved orders of the list.
//!
//! It is a cache. A catalogue of another version, or one that is damaged, is deleted and begun anew, and with it goes the
//! index beside it, which knows documents by their numbers. A connection is cheap; a reader and a writer, also of another process, work side by side (write-ahead log). When its store is
//! restricted to a subfolder, a catalogue answers for that part only.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result};
use rusqlite::{Connection, OptionalExtension as _, Params, ParamsFromIter, params, params_from_iter, types::Type};

use super::{
    apply::Parts,
    collation::Collation,
    database::{Cache, connect, is_damage, remove, set_cache},
    store::{Store, key_path, key_range, path_key},
};
use crate::{
    doc::{Date, DocId, Identity, Sketch},
    formats::Hints,
};

/// One connection to the catalogue of a library.
pub struct Catalogue {
    pub(super) db: Connection,
    /// The keys that it answers for.
    pub(super) ranges: Vec<(Vec<u8>, Vec<u8>)>,
    /// The canonical roots.
    pub(super) roots: Vec<PathBuf>,
    /// Under which its orders are saved; empty for the whole store.
    pub(super) scope: Vec<u8>,
    /// Files that are being written in parts.
    pub(super) parts: Parts,
    /// In which titles are sorted.
    pub(super) collation: Collation,
    /// What the reader knows of the files.
    pub(super) hints: Arc<Hints>,
    file: PathBuf,
}

/// A document as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number.
    pub id: DocId,
    /// Its file.
    pub path: PathBuf,
    /// Its id among the documents of that file.
    pub entry: Option<String>,
    /// Where in the file it starts.
    pub offset: u64,
    /// Its title; the file's name when it has no text.
    pub title: String,
    /// Where other documents have the same title: the shortest folder that tells it from them.
    pub label: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was written.
    pub date: Option<Date>,
    /// Words of its text.
    pub words: u64,
    /// Bytes of its file.
    pub size: u64,
    /// When its file was last written, in nanoseconds since 1970.
    pub modified: i64,
    /// The name of its format.
    pub format: String,
    /// Its language, where it names one or it was recognised.
    pub language: Option<String>,
    /// Why it can't be read.
    pub error: Option<String>,
    /// By what it is known again.
    pub identity: Identity,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents, the unreadable among them.
    pub documents: u64,
    /// Documents that can't be read.
    pub unreadable: u64,
    /// Documents that the index has taken in as they are now.
    pub indexed: u64,
    /// Words of all texts.
    pub words: u64,
    /// Bytes of all files that hold documents.
    pub bytes: u64,
}

impl Catalogue {
    /// Opens the catalogue of a store; makes it when there is none, or none that can be read.
    pub fn open(store: &Store) -> Result<Catalogue> {
        let file = store.catalogue_file();
        let shown = || file.display().to_string();
        let db = match connect(&file) {
            Err(error) if is_damage(&error) => {
                remove(&file).with_context(shown)?;
                connect(&file).with_context(shown)?
            }
            db => db.with_context(shown)?,
        };
        let mut scope = Vec::new();
        if store.restricted() {
            for root in store.roots() {
                scope.extend(path_key(&root.path));
                scope.extend([0, 0]);
            }
        }
        let ranges = store.roots().iter().map(|root| key_range(&root.path)).collect();
        let roots = store.roots().iter().map(|root| root.path.clone()).collect();
        let collation = Collation::new(store.locale())?;
        let hints = store.hints().clone();
        Ok(Catalogue { db, ranges, roots, scope, parts: Parts::new(), collation, hints, file })
    }

    /// Says what it will be used for from now on. It is opened for reading.
    pub fn expect(&self, cache: Cache) -> Result<()> {
        Ok(set_cache(&self.db, cache)?)
    }

    /// These documents, in this order; `None` for one that is gone.
    pub fn rows(&self, ids: &[DocId]) -> Result<Vec<Option<Row>>> {
        // One transaction: its locks cost as much as the rows.
        let _read = self.db.unchecked_transaction()?;
        let mut statement = self.db.prepare_cached(ROW)?;
        ids.iter().map(|id| Ok(statement.query_row([id.0], read_row).optional()?)).collect()
    }

    /// One document; `None` when it is gone.
    pub fn row(&self, id: DocId) -> Result<Option<Row>> {
        Ok(self.db.prepare_cached(ROW)?.query_row([id.0], read_row).optional()?)
    }

    /// The document at a path.
    pub fn find_path(&self, path: &Path, entry: Option<&str>) -> Result<Option<DocId>> {
        let mut statement = self.db.prepare_cached(
            "SELECT d.id FROM files f JOIN documents d ON d.file = f.id WHERE f.path = ?1 AND d.entry IS ?2",
        )?;
        Ok(statement.query_row(params![path_key(path), entry], |row| row.get(0).map(DocId)).optional()?)
    }

    /// The document that others call so; of several the one that is in `near`, else the oldest one.
    pub fn find_name(&self, name: &str, near: &Path) -> Result<Option<DocId>> {
        let mut statement = self.db.prepare_cached(
            "SELECT d.id FROM documents d JOIN files f ON f.id = d.file WHERE d.name = ?1 ORDER BY f.path <> ?2, d.id
             LIMIT 1",
        )?;
        Ok(statement.query_row(params![name, path_key(near)], |row| row.get(0).map(DocId)).optional()?)
    }

    /// The documents of a file hash: a document and its copies.
    pub fn find_hash(&self, hash: &[u8; 32]) -> Result<Vec<DocId>> {
        self.list(
            "SELECT d.id FROM files f JOIN documents d ON d.file = f.id WHERE f.hash = ?1 AND d.file_hash = ?1
             UNION SELECT id FROM documents WHERE file_hash = ?1 AND entry IS NOT NULL",
            [hash],
        )
    }

    /// The documents of a text hash: the same words, in whatever bytes.
    pub fn find_text(&self, hash: &[u8; 32]) -> Result<Vec<DocId>> {
        self.list("SELECT id FROM documents WHERE text_hash = ?1", [hash])
    }

    /// Documents that were changed since the index last took them in, oldest first.
    pub fn unindexed(&self, limit: usize) -> Result<Vec<DocId>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.list("SELECT id FROM documents WHERE indexed = 0 ORDER BY id LIMIT ?1", [limit])
    }

    /// Bytes of the files whose documents are still to be indexed.
    pub fn unindexed_bytes(&self) -> Result<u64> {
        let sql = "SELECT ifnull(sum(f.size), 0) FROM files f
            WHERE f.id IN (SELECT file FROM documents WHERE indexed = 0)";
        Ok(self.db.prepare_cached(sql)?.query_row([], |row| row.get(0).map(unsigned))?)
    }

    /// Documents that are gone but still in the index. [`Catalogue::set_indexed`] with `false` takes them off this list.
    pub fn dropped(&self, limit: usize) -> Result<Vec<DocId>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.list("SELECT id FROM dropped LIMIT ?1", [limit])
    }

    /// Notes what the index has taken in, or has let go.
    pub fn set_indexed(&mut self, ids: &[DocId], indexed: bool) -> Result<()> {
        let act = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        {
            let mut set = act.prepare_cached("UPDATE documents SET indexed = ?2 WHERE id = ?1")?;
            let mut gone = act.prepare_cached("DELETE FROM dropped WHERE id = ?1")?;
            for id in ids {
                set.execute(params![id.0, indexed])?;
                if !indexed {
                    gone.execute([id.0])?;
                }
            }
        }
        Ok(act.commit()?)
    }

    /// The index is empty: every document is to be taken in anew.
    pub fn clear_indexed(&mut self) -> Result<()> {
        Ok(self.db.execute_batch(
            "BEGIN IMMEDIATE; UPDATE documents SET indexed = 0 WHERE indexed <> 0; DELETE FROM dropped; COMMIT",
        )?)
    }

    /// Forgets every file and every document; the index is told to let go of them. Their numbers are never given again,
    /// so that another process that still knows them finds nothing under them, and not something else.
    pub fn clear(&mut self) -> Result<()> {
        let cleared = self.db.execute_batch(
            "BEGIN IMMEDIATE; INSERT OR IGNORE INTO dropped SELECT id FROM documents; DELETE FROM documents;
             DELETE FROM files; DELETE FROM orders; DELETE FROM misplaced; UPDATE state SET generation = generation + 1; COMMIT",
        );
        self.heal(cleared.map_err(Into::into))
    }

    /// How much there is.
    pub fn counts(&self) -> Result<Counts> {
        let mut counts = Counts::default();
        for (part, range) in self.parts() {
            let mut statement = self.db.prepare_cached(&format!(
                "SELECT count(*), count(d.error), ifnull(sum(d.indexed), 0), ifnull(sum(d.words), 0),
                    ifnull(sum(CASE d.place WHEN 0 THEN f.size END), 0)
                 FROM {part}"
            ))?;
            statement.query_row(range, |row| {
                counts.documents += unsigned(row.get(0)?);
                counts.unreadable += unsigned(row.get(1)?);
                counts.indexed += unsigned(row.get(2)?);
                counts.words += unsigned(row.get(3)?);
                counts.bytes += unsigned(row.get(4)?);
                Ok(())
            })?;
        }
        Ok(counts)
    }

    /// All documents `d` with their files `f`, in no certain order: `FROM` clauses and what they are bound to. A whole
    /// catalogue is read in the order in which it lies in the file, a part of it by the index of paths.
    pub(super) fn parts(&self) -> Vec<(&'static str, ParamsFromIter<Vec<&[u8]>>)> {
        if self.scope.is_empty() {
            return vec![("documents d CROSS JOIN files f ON f.id = d.file", params_from_iter(Vec::new()))];
        }
        let part = "files f CROSS JOIN documents d ON d.file = f.id WHERE f.path >= ?1 AND f.path < ?2";
        self.ranges.iter().map(|(low, high)| (part, params_from_iter(vec![low.as_slice(), high.as_slice()]))).collect()
    }

    /// All documents in path order, by name and then by their order in the file.
    pub fn ids(&self) -> Result<Vec<DocId>> {
        // The saved order, where it is of now, is one read instead of a hundred thousand.
        if let Some((generation, ids)) = self.saved(&self.scope, "path")?
            && generation == self.generation()?
        {
            return Ok(ids);
        }
        let mut ids = Vec::new();
        for range in &self.ranges {
            ids.extend(self.list(IDS, [&range.0, &range.1])?);
        }
        Ok(ids)
    }

    pub(super) fn list(&self, sql: &str, params: impl Params) -> Result<Vec<DocId>> {
        let mut statement = self.db.prepare_cached(sql)?;
        let ids = statement.query_map(params, |row| row.get(0).map(DocId))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Passes an answer on. When it tells of damage, the catalogue is deleted, to be made anew when it is opened again.
    pub(super) fn heal<T>(&self, answer: Result<T>) -> Result<T> {
        answer.map_err(|error| {
            let context = if is_damage(&error) && remove(&self.file).is_ok() {
                "the catalogue was damaged and is made anew at the next start"
            } else {
                "the catalogue"
            };
            error.context(context)
        })
    }
}

/// One document, in the order in which [`read_row`] takes it.
const ROW: &str =
    "SELECT d.id, f.path, d.entry, d.start, d.title, d.label, d.author, d.date, d.words, f.size, f.modified,
        d.format, d.language, d.error, d.file_hash, d.text_hash, d.sketch
    FROM documents d JOIN files f ON f.id = d.file WHERE d.id = ?1";

/// All documents of a range, in path order.
const IDS: &str = "SELECT d.id FROM files f JOIN documents d ON d.file = f.id
    WHERE f.path >= ?1 AND f.path < ?2 ORDER BY f.path, d.place";

/// SQLite's whole numbers are signed; what is stored here never is.
pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: DocId(row.get(0)?),
        path: key_path(row.get_ref(1)?.as_blob()?),
        entry: row.get(2)?,
        offset: unsigned(row.get(3)?),
        title: row.get(4)?,
        label: row.get(5)?,
        author: row.get(6)?,
        date: read_date(row, 7)?,
        words: unsigned(row.get(8)?),
        size: unsigned(row.get(9)?),
        modified: row.get(10)?,
        format: row.get(11)?,
        language: row.get(12)?,
        error: row.get(13)?,
        identity: Identity {
            file: row.get(14)?,
            text: row.get(15)?,
            sketch: Sketch::from_bytes(row.get_ref(16)?.as_blob()?).ok_or_else(|| {
                rusqlite::Error::FromSqlConversionFailure(16, Type::Blob, "a sketch of another version".into())
            })?,
        },
    })
}

pub(super) fn read_date(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    Ok(row.get_ref(column)?.as_str_or_null()?.and_then(|date| date.parse().ok()))
}
