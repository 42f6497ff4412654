//! A commit to ask questions of. It stays as it is while others write, and is cheap to clone.
//!
//! tantivy numbers the documents of each segment by itself. Answers here are sets of slots, a slot being a place in the
//! ascending list of all documents: the parts of a long document share one, so that two words are found together although
//! they stand in different parts, and a removed document has none.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use tantivy::{InvertedIndexReader, Searcher, fieldnorm::FieldNormReader};

use super::{pairs, phrase, posting, schema::Schema, slots::Slots};
use crate::{doc::DocId, query::Zone, text::stem::Forms};

/// Says whether an answer is still wanted.
pub type Alive<'a> = &'a dyn Fn() -> bool;

/// What one commit holds.
#[derive(Clone)]
pub struct Snapshot(Arc<Inner>);

struct Inner {
    /// Ascending.
    ids: Vec<DocId>,
    segments: Vec<Segment>,
    /// The mean number of words of a document in each zone.
    lengths: [f32; 3],
    /// How many tantivy documents there are, parts and removed ones counted.
    documents: u64,
}

/// One question: where do these words stand side by side?
pub struct Lookup<'a> {
    /// Where in a document.
    pub zone: Zone,
    /// Folded.
    pub words: &'a [String],
    /// The last word is the beginning of one.
    pub prefix: bool,
    /// Only these documents matter; others may be among the answer or not.
    pub within: &'a Slots,
    /// False when the answer is not wanted any more.
    pub alive: Alive<'a>,
}

/// A segment's files, opened.
pub(super) struct Segment {
    /// The slot of each tantivy document; one beyond all for a removed document.
    pub slots: Vec<u32>,
    zones: [ZoneReader; 3],
}

/// A zone's two fields in one segment.
pub(super) struct ZoneReader {
    pub words: Arc<InvertedIndexReader>,
    pub starts: Arc<InvertedIndexReader>,
    pub norms: FieldNormReader,
}

impl Snapshot {
    pub(super) fn new(searcher: &Searcher, schema: &Schema) -> Result<Snapshot> {
        let mut segments = Vec::new();
        let mut numbers = Vec::new();
        for reader in searcher.segment_readers() {
            let column = reader.fast_fields().u64("id")?;
            let alive = |doc: &u32| !reader.is_deleted(*doc);
            let number = |doc| column.first(doc).and_then(|id| u32::try_from(id).ok()).map(DocId);
            numbers.push((0..reader.max_doc()).map(|doc| Some(doc).filter(alive).and_then(number)).collect::<Vec<_>>());
            let open = |zone| -> Result<ZoneReader> {
                let fields = schema.zone(zone);
                let norms = reader.fieldnorms_readers().get_field(fields.words)?.context("a field without lengths")?;
                let (words, starts) = (reader.inverted_index(fields.words)?, reader.inverted_index(fields.starts)?);
                Ok(ZoneReader { words, starts, norms })
            };
            let zones = [open(Zone::Any)?, open(Zone::Title)?, open(Zone::Author)?];
            segments.push(Segment { slots: Vec::new(), zones });
        }
        let mut ids: Vec<DocId> = numbers.iter().flatten().flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        for (segment, numbers) in segments.iter_mut().zip(&numbers) {
            let slot = |id: &Option<DocId>| id.and_then(|id| ids.binary_search(&id).ok()).map_or(u32::MAX, narrow);
            segment.slots = numbers.iter().map(slot).collect();
        }
        let documents = numbers.iter().map(|numbers| numbers.len() as u64).sum();
        let lengths = [Zone::Any, Zone::Title, Zone::Author].map(|zone| {
            let words: u64 = segments.iter().map(|segment| segment.zone(zone).words.total_num_tokens()).sum();
            posting::ratio(words, documents).max(1.0)
        });
        Ok(Snapshot(Arc::new(Inner { ids, segments, lengths, documents })))
    }

    /// Whether it is of the same commit.
    pub fn is(&self, other: &Snapshot) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.0.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.ids.is_empty()
    }

    /// Every document, ascending; a slot is a place in this list.
    pub fn ids(&self) -> &[DocId] {
        &self.0.ids
    }

    /// Whether a document is in the index.
    pub fn contains(&self, id: DocId) -> bool {
        self.0.ids.binary_search(&id).is_ok()
    }

    /// The documents in which the words stand, with their relevance (BM25; an exact word weighs more than one that only
    /// begins so) added to `scores`, one for each slot, or none at all where no one asks. `None` if stopped.
    pub fn find(&self, lookup: &Lookup<'_>, scores: &mut [f32]) -> Result<Option<Slots>> {
        match lookup.words {
            [] => Ok(Some(Slots::all(self.len()))),
            [word] => posting::word(self, lookup, word, scores),
            _ => phrase::find(self, lookup, scores),
        }
    }

    /// The documents `within` that hold one of the forms of a word, with their relevance added to `scores`. `None` if
    /// stopped.
    pub fn find_forms(&self, lookup: &Lookup<'_>, forms: &Forms, scores: &mut [f32]) -> Result<Option<Slots>> {
        posting::forms(self, lookup, forms, scores)
    }

    /// In how many documents a word stands, or two unspaced characters side by side. It may be said of too many, since
    /// the parts of a long document count and so do those that were removed, but never of too few.
    pub fn frequency(&self, zone: Zone, words: &[String]) -> Result<u64> {
        let term = match words {
            [first, second] => pairs::pair(first, second),
            words => words.concat(),
        };
        let terms =
            posting::terms(self, |segment| Ok(segment.zone(zone).words.terms().get(&term)?.into_iter().collect()))?;
        Ok(posting::frequency(&terms))
    }

    pub(super) fn segments(&self) -> &[Segment] {
        &self.0.segments
    }

    pub(super) fn documents(&self) -> u64 {
        self.0.documents
    }

    pub(super) fn mean_length(&self, zone: Zone) -> f32 {
        let [any, title, author] = self.0.lengths;
        match zone {
            Zone::Any => any,
            Zone::Title => title,
            Zone::Author => author,
        }
    }
}

impl Segment {
    pub(super) fn zone(&self, zone: Zone) -> &ZoneReader {
        let [any, title, author] = &self.zones;
        match zone {
            Zone::Any => any,
            Zone::Title => title,
            Zone::Author => author,
        }
    }

    /// The slot of a tantivy document.
    #[inline]
    pub(super) fn slot(&self, doc: u32) -> u32 {
        self.slots.get(doc as usize).copied().unwrap_or(u32::MAX)
    }
}

fn narrow(slot: usize) -> u32 {
    u32::try_from(slot).unwrap_or(u32::MAX)
}
