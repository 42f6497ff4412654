//! One word, whole or the beginning of one: posting lists to sets and scores.

use std::io;

use anyhow::Result;
use tantivy::{
    InvertedIndexReader,
    fieldnorm::FieldNormReader,
    postings::{BlockSegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

use super::{
    pairs::is_pair,
    schema::STARTS,
    slots::Slots,
    snapshot::{Lookup, Segment, Snapshot},
};
use crate::{query::Zone, text::stem::Forms};

/// What a word that only begins as typed weighs beside the word itself.
const BEGINNING: f32 = 0.5;

/// What another form of a word weighs beside the word itself.
const FORM: f32 = 0.4;

/// How many terms are looked at between two looks at whether the answer is still wanted.
pub(super) const PATIENCE: usize = 256;

/// The documents that hold `word`, or a word that begins with it if the lookup says so.
pub(super) fn word(snapshot: &Snapshot, lookup: &Lookup<'_>, word: &str, scores: &mut [f32]) -> Result<Option<Slots>> {
    let mut found = Slots::none(snapshot.len());
    let exact =
        terms(snapshot, |segment| Ok(segment.zone(lookup.zone).words.terms().get(word)?.into_iter().collect()))?;
    add(snapshot, lookup, &exact, 1.0, &mut found, scores)?;
    if !lookup.prefix {
        return Ok(Some(found));
    }
    if word.chars().count() > STARTS {
        return beginning(snapshot, lookup, word, found, scores);
    }
    let starts =
        terms(snapshot, |segment| Ok(segment.zone(lookup.zone).starts.terms().get(word)?.into_iter().collect()))?;
    let weight = Weight::new(snapshot, lookup.zone, frequency(&starts), BEGINNING);
    for (segment, info) in &starts {
        let reader = segment.zone(lookup.zone);
        let mut postings = reader.starts.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        each_block(&mut postings, |postings| {
            for doc in postings.docs() {
                let slot = segment.slot(*doc);
                found.insert(slot);
                if let Some(score) = scores.get_mut(slot as usize) {
                    *score += weight.of(&reader.norms, *doc, 1);
                }
            }
        });
    }
    Ok(Some(found))
}

/// Adds the documents with a word that begins with `prefix`, each term of the dictionary by itself.
pub(super) fn beginning(
    snapshot: &Snapshot,
    lookup: &Lookup<'_>,
    prefix: &str,
    mut found: Slots,
    scores: &mut [f32],
) -> Result<Option<Slots>> {
    let infos = terms(snapshot, |segment| expansions(&segment.zone(lookup.zone).words, prefix))?;
    for chunk in infos.chunks(PATIENCE) {
        if !(lookup.alive)() {
            return Ok(None);
        }
        add_as(snapshot, lookup, chunk, frequency(&infos), BEGINNING, &mut found, scores)?;
    }
    Ok(Some(found))
}

/// The documents among those that matter that hold one of the `forms` of a word.
pub(super) fn forms(
    snapshot: &Snapshot,
    lookup: &Lookup<'_>,
    forms: &Forms,
    scores: &mut [f32],
) -> Result<Option<Slots>> {
    let mut found = Slots::none(snapshot.len());
    let infos = terms(snapshot, |segment| {
        let mut infos = Vec::new();
        each_beginning(&segment.zone(lookup.zone).words, forms.root(), |term, info| {
            if std::str::from_utf8(term).is_ok_and(|term| forms.hold(term)) {
                infos.push(info.clone());
            }
        })?;
        Ok(infos)
    })?;
    if !(lookup.alive)() {
        return Ok(None);
    }
    let weight = Weight::new(snapshot, lookup.zone, frequency(&infos), FORM);
    for (segment, info) in &infos {
        let reader = segment.zone(lookup.zone);
        let mut postings = reader.words.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        each_block(&mut postings, |postings| {
            for (doc, count) in postings.docs().iter().zip(postings.freqs()) {
                let slot = segment.slot(*doc);
                // In another language it is another word.
                if lookup.within.contains(slot) {
                    found.insert(slot);
                    if let Some(score) = scores.get_mut(slot as usize) {
                        *score += weight.of(&reader.norms, *doc, *count);
                    }
                }
            }
        });
    }
    Ok(Some(found))
}

/// The terms of a dictionary that begin with `prefix`, as one word.
pub(super) fn expansions(reader: &InvertedIndexReader, prefix: &str) -> io::Result<Vec<TermInfo>> {
    let mut infos = Vec::new();
    each_beginning(reader, prefix, |term, info| {
        if begins(term, prefix) {
            infos.push(info.clone());
        }
    })?;
    Ok(infos)
}

/// Whether a term, which begins with `prefix`, does so as one word. Pairs do only if the prefix is of a pair itself.
pub(super) fn begins(term: &[u8], prefix: &str) -> bool {
    term.get(prefix.len()..).is_some_and(|rest| !is_pair(rest))
}

/// Calls `each` with every term of a dictionary that begins with `prefix`.
pub(super) fn each_beginning(
    reader: &InvertedIndexReader,
    prefix: &str,
    mut each: impl FnMut(&[u8], &TermInfo),
) -> io::Result<()> {
    let mut beyond = prefix.as_bytes().to_owned();
    // UTF-8 has no byte 0xFF, so the last one can always grow.
    if let Some(last) = beyond.last_mut() {
        *last += 1;
    }
    let mut stream = reader.terms().range().ge(prefix).lt(beyond).into_stream()?;
    while let Some((term, info)) = stream.next() {
        each(term, info);
    }
    Ok(())
}

/// The terms of every segment that `of` gives for it.
pub(super) fn terms(
    snapshot: &Snapshot,
    of: impl Fn(&Segment) -> io::Result<Vec<TermInfo>>,
) -> io::Result<Vec<(&Segment, TermInfo)>> {
    let mut terms = Vec::new();
    for segment in snapshot.segments() {
        terms.extend(of(segment)?.into_iter().map(|info| (segment, info)));
    }
    Ok(terms)
}

/// In how many documents the terms stand, if no two stand in the same one.
pub(super) fn frequency(terms: &[(&Segment, TermInfo)]) -> u64 {
    terms.iter().map(|(_, info)| u64::from(info.doc_freq)).sum()
}

fn add(
    snapshot: &Snapshot,
    lookup: &Lookup<'_>,
    terms: &[(&Segment, TermInfo)],
    factor: f32,
    found: &mut Slots,
    scores: &mut [f32],
) -> io::Result<()> {
    add_as(snapshot, lookup, terms, frequency(terms), factor, found, scores)
}

fn add_as(
    snapshot: &Snapshot,
    lookup: &Lookup<'_>,
    terms: &[(&Segment, TermInfo)],
    frequency: u64,
    factor: f32,
    found: &mut Slots,
    scores: &mut [f32],
) -> io::Result<()> {
    let weight = Weight::new(snapshot, lookup.zone, frequency, factor);
    for (segment, info) in terms {
        let reader = segment.zone(lookup.zone);
        let mut postings = reader.words.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        each_block(&mut postings, |postings| {
            for (doc, count) in postings.docs().iter().zip(postings.freqs()) {
                let slot = segment.slot(*doc);
                found.insert(slot);
                if let Some(score) = scores.get_mut(slot as usize) {
                    *score += weight.of(&reader.norms, *doc, *count);
                }
            }
        });
    }
    Ok(())
}

/// Lists of documents, without how often they hold a term, read one after the other, each in the place of the one before.
pub(super) struct Lists<'r> {
    reader: &'r InvertedIndexReader,
    list: Option<BlockSegmentPostings>,
}

impl<'r> Lists<'r> {
    /// Those of the terms of a dictionary.
    pub(super) fn of(reader: &'r InvertedIndexReader) -> Lists<'r> {
        Lists { reader, list: None }
    }

    /// Calls `each` with every block of the list of a term.
    pub(super) fn each_block(&mut self, info: &TermInfo, each: impl FnMut(&BlockSegmentPostings)) -> io::Result<()> {
        let list = match &mut self.list {
            Some(list) => {
                self.reader.reset_block_postings_from_terminfo(info, list)?;
                list
            }
            none => none.insert(self.reader.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?),
        };
        each_block(list, each);
        Ok(())
    }
}

/// Calls `each` with every block of a posting list.
pub(super) fn each_block(postings: &mut BlockSegmentPostings, mut each: impl FnMut(&BlockSegmentPostings)) {
    while !postings.docs().is_empty() {
        each(postings);
        postings.advance();
    }
}

/// BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) with the usual k1 = 1.2 and b = 0.75.
pub(super) struct Weight {
    rarity: f32,
    /// What a document's length does to it, by the byte in which tantivy keeps the length.
    dampers: [f32; 256],
}

impl Weight {
    /// The weight of what stands in `frequency` documents.
    pub(super) fn new(snapshot: &Snapshot, zone: Zone, frequency: u64, factor: f32) -> Weight {
        const K1: f32 = 1.2;
        const B: f32 = 0.75;
        let frequency = frequency.min(snapshot.documents());
        let others = snapshot.documents() - frequency;
        let rarity = (1.0 + (2.0 * ratio(others, 1) + 1.0) / (2.0 * ratio(frequency, 1) + 1.0)).ln();
        let mut dampers = [0.0; 256];
        for (damper, length) in dampers.iter_mut().zip(0u8..=255) {
            let length = ratio(u64::from(FieldNormReader::id_to_fieldnorm(length)), 1);
            *damper = K1 * (1.0 - B + B * length / snapshot.mean_length(zone));
        }
        Weight { rarity: rarity * factor * (K1 + 1.0), dampers }
    }

    /// The score of a document that holds it `count` times.
    #[inline]
    pub(super) fn of(&self, norms: &FieldNormReader, doc: u32, count: u32) -> f32 {
        let damper = self.dampers.get(usize::from(norms.fieldnorm_id(doc))).copied().unwrap_or(1.0);
        let count = ratio(u64::from(count), 1);
        self.rarity * count / (count + damper)
    }
}

/// `a / b`, as exact as a score has to be.
#[inline]
pub(super) fn ratio(a: u64, b: u64) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "scores are estimates")]
    let ratio = a as f32 / b.max(1) as f32;
    ratio
}
