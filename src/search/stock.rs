//! What a query chooses from: every document of a library, with its words and with all that is known of it besides.
//!
//! A slot is a place in the snapshot's list of documents, as everywhere; those that the catalogue has and the index has
//! not (they can't be read, or are still to be indexed) take the slots after it. So a set of slots stands for documents
//! of either kind, and what the index answers is widened to it.

use std::sync::Arc;

use anyhow::Result;

use super::{
    kept::{Kept, Writing},
    like::Kin,
};
use crate::{
    doc::DocId,
    index::{Lookup, Slots, Snapshot},
    library::{Columns, Facts},
    query::Pattern,
    text::{
        fold::fold,
        stem::{Forms, Stemmer},
    },
};

/// The documents of a library as of one moment.
pub struct Stock {
    pub(super) snapshot: Snapshot,
    pub(super) known: Arc<Known>,
    pub(super) kept: Arc<Kept>,
    /// Those that the index has not, ascending.
    rest: Vec<DocId>,
    /// Where the document of each slot stands in the columns; beyond them where it does not.
    places: Vec<u32>,
    /// Those that may be found.
    pub(super) all: Slots,
    /// Those of them whose words are known.
    pub(super) indexed: Slots,
    /// Those in each language whose words have forms.
    pub(super) languages: Vec<(Stemmer, Slots)>,
    /// What regular expressions have found so far.
    patterns: Vec<(Pattern, Slots)>,
    /// What resembles the documents at these paths.
    pub(super) kin: Vec<(String, Arc<Kin>)>,
}

/// What the catalogue knows, prepared for being asked. It stays the same while the catalogue does.
#[derive(Debug, Default)]
pub struct Known {
    /// The columns.
    pub columns: Columns,
    /// The folders of the columns as names, folded, from the library's root on.
    pub(super) folders: Vec<Vec<String>>,
    /// The tags that documents carry themselves.
    pub(super) tags: Vec<Writing>,
}

impl Known {
    /// Prepares these columns.
    pub fn new(columns: Columns) -> Known {
        let names = |folder: &std::path::PathBuf| {
            let within = columns.within(folder).into_iter().flat_map(|path| path.iter());
            within.map(|name| fold(&name.to_string_lossy())).collect()
        };
        let folders = columns.folders.iter().map(names).collect();
        let tags = columns.tags.iter().map(|(tag, ids)| Writing::new(tag, ids.clone())).collect();
        Known { folders, tags, columns }
    }
}

impl Stock {
    /// Puts together what is known now. Takes a moment for each document, so it is kept until something changes.
    pub fn new(snapshot: Snapshot, known: Arc<Known>, kept: Arc<Kept>) -> Stock {
        // Both lists ascend: one walk through both.
        let mut documents = known.columns.documents.iter().zip(0u32..).peekable();
        let (mut places, mut rest) = (Vec::with_capacity(known.columns.documents.len()), Vec::new());
        let mut rest_places = Vec::new();
        for id in snapshot.ids() {
            while let Some((facts, place)) = documents.next_if(|(facts, _)| facts.id < *id) {
                rest.push(facts.id);
                rest_places.push(place);
            }
            places.push(documents.next_if(|(facts, _)| facts.id == *id).map_or(u32::MAX, |(_, place)| place));
        }
        for (facts, place) in documents {
            rest.push(facts.id);
            rest_places.push(place);
        }
        places.extend(rest_places);
        let mut all = Slots::none(places.len());
        (0u32..).zip(&places).filter(|(_, place)| **place != u32::MAX).for_each(|(slot, _)| all.insert(slot));
        let mut indexed = Slots::all(snapshot.len()).widened(places.len());
        indexed.intersect(&all);
        let (languages, patterns, kin) = (Vec::new(), Vec::new(), Vec::new());
        let mut stock = Stock { snapshot, known, kept, rest, places, all, indexed, languages, patterns, kin };
        let languages = stock.known.columns.languages.iter().zip(0u16..);
        let stemmed = languages.filter_map(|(tag, number)| Some((Stemmer::of(tag)?, number)));
        stock.languages =
            stemmed.map(|(stemmer, number)| (stemmer, stock.filter(|facts| facts.language == Some(number)))).collect();
        stock
    }

    /// Whether it was put together from these.
    pub fn is_of(&self, snapshot: &Snapshot, known: &Arc<Known>, kept: &Arc<Kept>) -> bool {
        self.snapshot.is(snapshot) && Arc::ptr_eq(&self.known, known) && Arc::ptr_eq(&self.kept, kept)
    }

    /// The index as of which it is.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// What is known of a document.
    pub fn facts(&self, id: DocId) -> Option<&Facts> {
        self.known.columns.get(id)
    }

    /// Takes what regular expressions have found, in the place of what others have: the documents of each.
    pub fn set_patterns(&mut self, found: Vec<(Pattern, Vec<DocId>)>) {
        self.patterns = found.into_iter().map(|(pattern, ids)| (pattern, self.slots(&ids))).collect();
    }

    /// Takes what resembles the documents that a query names, each by its path as the query has it.
    pub fn set_kin(&mut self, kin: Vec<(String, Arc<Kin>)>) {
        self.kin = kin;
    }

    /// What a regular expression has found, if it was looked for.
    pub(super) fn found(&self, pattern: &Pattern) -> Option<&Slots> {
        self.patterns.iter().find(|(known, _)| known == pattern).map(|(_, slots)| slots)
    }

    /// How many slots there are.
    pub(super) fn size(&self) -> usize {
        self.places.len()
    }

    pub(super) fn none(&self) -> Slots {
        Slots::none(self.size())
    }

    pub(super) fn id(&self, slot: u32) -> Option<DocId> {
        let (slot, indexed) = (slot as usize, self.snapshot.ids());
        indexed.get(slot).or_else(|| self.rest.get(slot.checked_sub(indexed.len())?)).copied()
    }

    pub(super) fn slot(&self, id: DocId) -> Option<u32> {
        let indexed = self.snapshot.ids();
        let slot = indexed.binary_search(&id).ok();
        let slot = slot.or_else(|| self.rest.binary_search(&id).ok().map(|at| indexed.len() + at));
        slot.and_then(|slot| u32::try_from(slot).ok())
    }

    /// These documents, as far as they are there.
    pub(super) fn slots<'i>(&self, ids: impl IntoIterator<Item = &'i DocId>) -> Slots {
        let mut slots = self.none();
        ids.into_iter().filter_map(|id| self.slot(*id)).for_each(|slot| slots.insert(slot));
        slots
    }

    /// Those of whom `holds` says so.
    pub(super) fn filter(&self, holds: impl Fn(&Facts) -> bool) -> Slots {
        let mut slots = self.none();
        let documents = &self.known.columns.documents;
        for (slot, place) in (0u32..).zip(&self.places) {
            if documents.get(*place as usize).is_some_and(&holds) {
                slots.insert(slot);
            }
        }
        slots
    }

    /// What the index answers of a word's other forms.
    pub(super) fn look_for_forms(
        &self,
        lookup: &Lookup<'_>,
        forms: &Forms,
        scores: &mut [f32],
    ) -> Result<Option<Slots>> {
        Ok(self.snapshot.find_forms(lookup, forms, scores)?.map(|found| found.widened(self.size())))
    }

    /// What the index answers.
    pub(super) fn look(&self, lookup: &Lookup<'_>, scores: &mut [f32]) -> Result<Option<Slots>> {
        Ok(self.snapshot.find(lookup, scores)?.map(|found| found.widened(self.size())))
    }
}

impl From<Snapshot> for Stock {
    /// An index by itself: nothing is known of its documents but their words.
    fn from(snapshot: Snapshot) -> Stock {
        let (size, nothing) = (snapshot.len(), (Arc::default(), Arc::default()));
        let stock = Stock::new(snapshot, nothing.0, nothing.1);
        Stock { all: Slots::all(size), indexed: Slots::all(size), ..stock }
    }
}
