//! Writes what a scan learned. A batch is one transaction; a document keeps its number while its file is changed or
//! moved, and its place in the index while its text stays the same.

use std::{collections::HashMap, path::PathBuf};

use anyhow::Result;
use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::{
    catalogue::Catalogue,
    digest::Digest,
    examine::{Examined, NewDocument},
    scan::{TROUBLE, claim_number, exists},
    store::{key_path, path_key},
    walk::FoundFile,
};
use crate::{
    doc::{DocId, Meta},
    formats::{Claim, Entry},
};

/// One thing that a scan learned.
#[derive(Clone, Debug)]
pub enum Change {
    /// A file that is new or changed.
    Read(Box<Examined>),
    /// A file or folder that can't be reached.
    Trouble {
        /// Where.
        path: PathBuf,
        /// Why, in words.
        reason: String,
    },
    /// A file that is no longer there.
    Gone(PathBuf),
}

impl Catalogue {
    /// Writes a batch, and gives the documents of its files in their order; a file that is gone has none. What is gone is
    /// written last, so that a file that was moved is known again in the same batch.
    pub fn apply(&mut self, batch: &[Change]) -> Result<Vec<DocId>> {
        let written = self.write(batch);
        self.heal(written)
    }

    fn write(&mut self, batch: &[Change]) -> Result<Vec<DocId>> {
        let act = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut writer = Writer { act, parts: &mut self.parts, changed: false };
        let mut ids = Vec::new();
        for change in batch {
            match change {
                Change::Read(examined) => writer.file(examined, claim_number(examined.file.claim), &mut ids)?,
                Change::Trouble { path, reason } => {
                    let file = FoundFile { path: path.clone(), size: 0, modified: 0, claim: Claim::Named };
                    let examined = Examined { error: Some(reason.clone()), ..Examined::new(file) };
                    writer.file(&examined, TROUBLE, &mut ids)?;
                }
                Change::Gone(_) => {}
            }
        }
        for change in batch {
            if let Change::Gone(path) = change {
                writer.gone(path)?;
            }
        }
        if writer.changed {
            writer.act.prepare_cached("UPDATE state SET generation = generation + 1")?.execute([])?;
        }
        writer.act.commit()?;
        Ok(ids)
    }
}

/// A batch while it is written.
struct Writer<'c> {
    act: Transaction<'c>,
    parts: &'c mut Parts,
    /// Whether the saved orders are out of date.
    changed: bool,
}

impl Writer<'_> {
    fn file(&mut self, examined: &Examined, claim: i64, ids: &mut Vec<DocId>) -> Result<()> {
        let mut part = match self.parts.remove(&examined.file.path).filter(|_| examined.first > 0) {
            Some(part) => {
                self.complete(&part, examined)?;
                part
            }
            None => {
                let (file, moved) = self.file_row(examined, claim)?;
                Part { file, moved, old: self.documents(file)? }
            }
        };
        let failed = examined.error.as_ref().map(|error| unreadable(examined, error));
        let first = i64::try_from(examined.first)?;
        for (new, place) in examined.entries.iter().chain(&failed).zip(first..) {
            let (id, changed) = self.document(part.file, place, new, &mut part.old)?;
            if part.moved || changed {
                self.misplace(id)?;
            }
            ids.push(id);
        }
        if examined.more {
            self.parts.insert(examined.file.path.clone(), part);
            return Ok(());
        }
        self.drop_documents(part.old.into_values().flatten().map(|old| old.id))
    }

    /// The row of a file whose last part this is says what the file is like; until then it is one that was changed.
    fn complete(&mut self, part: &Part, examined: &Examined) -> Result<()> {
        let sql = "UPDATE files SET size = ?2, error = ?3 WHERE id = ?1";
        self.act.prepare_cached(sql)?.execute(params![part.file, size(examined), examined.error])?;
        Ok(())
    }

    /// Notes that a saved order may have a document in the wrong place.
    fn misplace(&mut self, id: DocId) -> Result<()> {
        self.changed = true;
        self.act.prepare_cached("INSERT OR IGNORE INTO misplaced VALUES (?1)")?.execute([id.0])?;
        Ok(())
    }

    /// The file's row: by its path, else that of a file with the same bytes whose own path is gone, which was moved then,
    /// else a new one.
    fn file_row(&mut self, examined: &Examined, claim: i64) -> Result<(i64, bool)> {
        let key = path_key(&examined.file.path);
        let mut known = self
            .act
            .prepare_cached("SELECT id FROM files WHERE path = ?1")?
            .query_row([&key], |row| row.get::<_, i64>(0))
            .optional()?;
        let mut moved = false;
        if known.is_none() {
            known = self.moved(examined)?;
            moved = known.is_some();
        }
        let values = params![known, key, size(examined), examined.file.modified, claim, examined.hash, examined.error];
        if known.is_none() {
            let sql =
                "INSERT INTO files (id, path, size, modified, claim, hash, error) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            self.act.prepare_cached(sql)?.execute(values)?;
        } else {
            let sql =
                "UPDATE files SET path = ?2, size = ?3, modified = ?4, claim = ?5, hash = ?6, error = ?7 WHERE id = ?1";
            self.act.prepare_cached(sql)?.execute(values)?;
        }
        Ok((known.unwrap_or_else(|| self.act.last_insert_rowid()), moved))
    }

    fn moved(&mut self, examined: &Examined) -> Result<Option<i64>> {
        // Empty files are all alike.
        let Some(hash) = examined.hash.filter(|_| examined.file.size > 0) else { return Ok(None) };
        let mut statement = self.act.prepare_cached("SELECT id, path FROM files WHERE hash = ?1")?;
        let mut rows = statement.query([hash])?;
        while let Some(row) = rows.next()? {
            if !exists(&key_path(row.get_ref(1)?.as_blob()?)) {
                return Ok(Some(row.get(0)?));
            }
        }
        Ok(None)
    }

    /// The documents that a file had, by their ids within it.
    fn documents(&self, file: i64) -> Result<HashMap<Option<String>, Vec<Old>>> {
        let mut statement = self.act.prepare_cached(
            "SELECT id, entry, file_hash, title, author, format, place FROM documents WHERE file = ?1 ORDER BY place DESC",
        )?;
        let mut rows = statement.query([file])?;
        let mut old: HashMap<_, Vec<Old>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let document = Old {
                id: DocId(row.get(0)?),
                hash: row.get(2)?,
                title: row.get(3)?,
                author: row.get(4)?,
                format: row.get(5)?,
                place: row.get(6)?,
            };
            old.entry(row.get(1)?).or_default().push(document);
        }
        Ok(old)
    }

    /// Writes a document's row; says its number, and whether it is another than before or stands elsewhere in its file.
    fn document(
        &mut self,
        file: i64,
        place: i64,
        new: &NewDocument,
        old: &mut HashMap<Option<String>, Vec<Old>>,
    ) -> Result<(DocId, bool)> {
        let known = old.get_mut(&new.entry.id).and_then(Vec::pop);
        // What the index holds of it is still right.
        let same = known.as_ref().is_some_and(|old| old.is(new));
        let changed = !same || known.as_ref().is_some_and(|old| old.place != place);
        let date = new.meta.date.map(|date| date.to_string());
        let sql = if known.is_some() {
            "UPDATE documents SET file = ?2, place = ?3, entry = ?4, start = ?5, title = ?6, author = ?7, date = ?8,
                words = ?9, format = ?10, language = ?11, error = ?12, file_hash = ?13, text_hash = ?14, sketch = ?15,
                indexed = CASE WHEN ?16 THEN indexed ELSE 0 END, tags = ?17, name = ?18, answers = ?19 WHERE id = ?1"
        } else {
            "INSERT INTO documents (id, file, place, entry, start, title, author, date, words, format, language, error,
                file_hash, text_hash, sketch, indexed, tags, name, answers)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
        };
        self.act.prepare_cached(sql)?.execute(params![
            known.as_ref().map(|old| old.id.0),
            file,
            place,
            new.entry.id,
            i64::try_from(new.entry.offset).unwrap_or(i64::MAX),
            new.title,
            new.meta.author,
            date,
            i64::try_from(new.words).unwrap_or(i64::MAX),
            new.format,
            new.meta.language,
            new.error,
            new.identity.file,
            new.identity.text,
            new.identity.sketch.to_bytes(),
            same,
            lines(&new.meta.tags),
            new.meta.id,
            lines(&new.meta.answers),
        ])?;
        let id = match known {
            Some(old) => old.id,
            None => DocId(u32::try_from(self.act.last_insert_rowid())?),
        };
        Ok((id, changed))
    }

    fn gone(&mut self, path: &std::path::Path) -> Result<()> {
        let key = path_key(path);
        let mut statement = self.act.prepare_cached("DELETE FROM files WHERE path = ?1 RETURNING id")?;
        let file: Option<i64> = statement.query_row([key], |row| row.get(0)).optional()?;
        drop(statement);
        let Some(file) = file else { return Ok(()) };
        let old = self.documents(file)?;
        self.drop_documents(old.into_values().flatten().map(|old| old.id))
    }

    fn drop_documents(&mut self, ids: impl Iterator<Item = DocId>) -> Result<()> {
        for id in ids {
            self.misplace(id)?;
            self.act.prepare_cached("DELETE FROM documents WHERE id = ?1")?.execute([id.0])?;
            self.act.prepare_cached("INSERT OR IGNORE INTO dropped VALUES (?1)")?.execute([id.0])?;
        }
        Ok(())
    }
}

/// Files of which parts were written and more are to come.
pub(super) type Parts = HashMap<PathBuf, Part>;

/// A file whose last part is still to come.
pub(super) struct Part {
    file: i64,
    moved: bool,
    /// What it held before and was not met again so far.
    old: HashMap<Option<String>, Vec<Old>>,
}

/// What stands in `files.size`: a size that no file has while its last part is to come, so that a file that was not read to
/// its end, because recto was killed, is read again.
fn size(examined: &Examined) -> i64 {
    if examined.more { UNFINISHED } else { i64::try_from(examined.file.size).unwrap_or(i64::MAX) }
}

/// See [`size`].
pub(super) const UNFINISHED: i64 = -1;

/// What the catalogue has of a document before a change.
struct Old {
    id: DocId,
    hash: [u8; 32],
    title: String,
    author: Option<String>,
    format: String,
    place: i64,
}

impl Old {
    fn is(&self, new: &NewDocument) -> bool {
        self.hash == new.identity.file
            && self.title == new.title
            && self.author == new.meta.author
            && self.format == new.format
    }
}

/// Texts of a document, a line each; none where it has none.
fn lines(texts: &[String]) -> Option<String> {
    let texts: Vec<String> = texts.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let lines = texts.iter().filter(|text| !text.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n");
    (!lines.is_empty()).then_some(lines)
}

/// The row of a file that can't be read, or not to its end.
fn unreadable(examined: &Examined, error: &str) -> NewDocument {
    let path = &examined.file.path;
    let title = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    // Known again by its path alone.
    let hash = examined.hash.unwrap_or_else(|| *blake3::hash(&path_key(path)).as_bytes());
    NewDocument {
        entry: Entry::default(),
        meta: Meta::default(),
        identity: Digest::new(None).finish(hash),
        words: 0,
        format: String::new(),
        error: Some(error.to_owned()),
        title,
    }
}
