//! What the reader did and wrote, by the numbers of the library's documents. It is read as a whole when it has changed,
//! and asked in memory.
//!
//! Which document a row of the memory stands for is the memory's own answer, the same one that a row of the list shows:
//! here only those that it could be are looked up.

use std::collections::{HashMap, HashSet};

use anyhow::Result;

use crate::{
    doc::DocId,
    library::Catalogue,
    memory::{Memory, Reading, Remembered, Written},
    query::folded,
};

/// What the reader did with the documents of a library.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Those of documents that were acted on, as far as they were asked for.
    pub readings: HashMap<DocId, Reading>,
    /// Each tag once, with the documents that carry it.
    pub tags: Vec<Writing>,
    /// The notes.
    pub notes: Vec<Writing>,
}

/// A few words that some documents have.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// As it was written.
    pub text: String,
    /// Its words, folded.
    pub words: Vec<String>,
    /// Whose it is.
    pub ids: Vec<DocId>,
}

impl Writing {
    /// A text of these documents.
    pub fn new(text: &str, ids: Vec<DocId>) -> Writing {
        Writing { text: text.to_owned(), words: folded(text), ids }
    }
}

impl Kept {
    /// Tags and notes; and how far every document was read, if `readings` are wanted.
    pub fn read(memory: &Memory, catalogue: &Catalogue, readings: bool) -> Result<Kept> {
        let Written { tags, notes } = memory.written()?;
        if !readings && tags.is_empty() && notes.is_empty() {
            return Ok(Kept::default());
        }
        let carriers: HashSet<i64> = tags.iter().chain(&notes).map(|(row, _)| *row).collect();
        let mut remembered = memory.all()?;
        remembered.retain(|known| readings || carriers.contains(&known.row));
        let mut kept = Kept::default();
        let mut of: HashMap<i64, Vec<DocId>> = HashMap::new();
        for (id, (row, reading)) in resolve(memory, catalogue, &remembered)? {
            of.entry(row).or_default().push(id);
            kept.readings.insert(id, reading);
        }
        let ids = |row: &i64| of.get(row).cloned().unwrap_or_default();
        kept.notes = notes.iter().map(|(row, text)| Writing::new(text, ids(row))).collect();
        // Those of one name stand side by side.
        for same in tags.chunk_by(|a, b| a.1 == b.1) {
            let all = same.iter().flat_map(|(row, _)| ids(row)).collect();
            kept.tags.extend(same.first().map(|(_, name)| Writing::new(name, all)));
        }
        Ok(kept)
    }
}

/// The documents that these rows stand for, each with its row.
fn resolve(memory: &Memory, catalogue: &Catalogue, remembered: &[Remembered]) -> Result<Vec<(DocId, (i64, Reading))>> {
    let mut candidates = HashSet::new();
    for known in remembered {
        candidates.extend(catalogue.find_hash(&known.file)?);
        candidates.extend(catalogue.find_path(&known.path, known.entry.as_deref())?);
        if let Some(text) = &known.text {
            candidates.extend(catalogue.find_text(text)?);
        }
    }
    let candidates: Vec<DocId> = candidates.into_iter().collect();
    let rows: Vec<_> = catalogue.rows(&candidates)?.into_iter().flatten().collect();
    let keys: Vec<_> = rows.iter().map(|row| (row.identity.clone(), row.path.clone(), row.entry.clone())).collect();
    let found = memory.rows(&keys)?;
    Ok(rows.iter().zip(found).filter_map(|(row, found)| Some((row.id, found?))).collect())
}
