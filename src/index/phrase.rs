//! Words side by side, found by their positions.
//!
//! All grams of a phrase but an unfinished last word are intersected first, where the next word of the phrase begins as
//! what follows in the text does. The last word is then looked for only where the rest stands: its terms one after another,
//! common ones first, and a document that has matched is not looked at again. So no term is left out, however many there
//! are, and the cost stays near that of reading their lists once.

use std::io;

use anyhow::Result;
use tantivy::{
    DocSet as _, InvertedIndexReader, TERMINATED,
    postings::{Postings as _, SegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

use super::{
    grams::{Ending, Gram, Grams},
    pairs::{self, Initial},
    places::{Places, reach},
    posting::{self, Lists, PATIENCE, Weight, expansions},
    schema::STARTS,
    slots::Slots,
    snapshot::{Lookup, Segment, Snapshot},
};

/// The documents in which the words of the lookup stand side by side.
pub(super) fn find(snapshot: &Snapshot, lookup: &Lookup<'_>, scores: &mut [f32]) -> Result<Option<Slots>> {
    let grams = Grams::new(lookup.words, lookup.prefix);
    if let ([], Some(ending)) = (grams.whole.as_slice(), &grams.ending) {
        return posting::beginning(snapshot, lookup, &ending.text, Slots::none(snapshot.len()), scores);
    }
    let Some(within) = narrowed(snapshot, lookup)? else { return Ok(None) };
    let mut rarity = 0;
    for gram in &grams.whole {
        let terms = posting::terms(snapshot, |segment| {
            Ok(segment.zone(lookup.zone).words.terms().get(&gram.text)?.into_iter().collect())
        })?;
        let frequency = posting::frequency(&terms);
        rarity = if rarity == 0 { frequency } else { rarity.min(frequency) };
    }
    let weight = Weight::new(snapshot, lookup.zone, rarity, 1.0);
    let mut found = Slots::none(snapshot.len());
    for segment in snapshot.segments() {
        let search = Search { segment, lookup, within: &within };
        let stopped = search.find(&grams, &mut |doc, count| {
            let slot = segment.slot(doc);
            found.insert(slot);
            if let Some(score) = scores.get_mut(slot as usize) {
                *score += weight.of(&segment.zone(lookup.zone).norms, doc, count);
            }
        })?;
        if stopped {
            return Ok(None);
        }
    }
    Ok(Some(found))
}

/// The documents that the phrase can stand in: a short prefix at its end has a posting list of its own.
fn narrowed(snapshot: &Snapshot, lookup: &Lookup<'_>) -> Result<Option<Slots>> {
    let mut within = lookup.within.clone();
    if let Some(last) = lookup.words.last().filter(|last| lookup.prefix && last.chars().count() <= STARTS) {
        let Some(begun) = posting::word(snapshot, lookup, last, &mut [])? else { return Ok(None) };
        within.intersect(&begun);
    }
    Ok(Some(within))
}

/// One phrase in one segment.
struct Search<'a> {
    segment: &'a Segment,
    lookup: &'a Lookup<'a>,
    within: &'a Slots,
}

impl Search<'_> {
    /// Calls `hit` with each document and how often the phrase stands there. True if stopped.
    fn find(&self, grams: &Grams, hit: &mut dyn FnMut(u32, u32)) -> Result<bool> {
        let reader = &self.segment.zone(self.lookup.zone).words;
        let Some(mut cursors) = open(reader, &grams.whole)? else { return Ok(false) };
        let mut wanted = self.wanted();
        let Some(ending) = &grams.ending else {
            return Ok(self.intersect(&mut cursors, &wanted, &mut |doc, places| hit(doc, narrow(places.len()))));
        };
        let pairs = ending.pairs().map_or(Ok(Vec::new()), |pairs| expansions(reader, &pairs))?;
        if self.lookup.words.len() == 2 {
            // Then these pairs are the whole phrase.
            each_doc(reader, &pairs, &mut |doc| {
                if wanted.contains(doc) {
                    wanted.remove(doc);
                    hit(doc, 1);
                }
            })?;
        }
        if ending.is_initial() {
            return Ok(self.intersect(&mut cursors, &wanted, &mut |doc, _| hit(doc, 1)));
        }
        let terms = endings(reader, ending, pairs)?;
        let least = cursors.first().map_or(0, |cursor| cursor.frequency);
        if terms.iter().map(|(_, info)| u64::from(info.doc_freq)).sum::<u64>() < u64::from(least) {
            let mut begun = Slots::none(wanted.size());
            each_doc(reader, terms.iter().map(|(_, info)| info), &mut |doc| begun.insert(doc))?;
            wanted.intersect(&begun);
        }
        let mut places = Places::new(reader, wanted.size());
        if self.intersect(&mut cursors, &wanted, &mut |doc, found| places.push(doc, found)) {
            return Ok(true);
        }
        for (number, (after, info)) in terms.iter().enumerate() {
            if places.is_empty() {
                break;
            }
            if number % PATIENCE == 0 && !(self.lookup.alive)() {
                return Ok(true);
            }
            places.strike(info, *after, hit)?;
        }
        Ok(false)
    }

    /// Calls `hit` with each of the documents wanted that has all the cursors' grams in place, and the places of the phrase
    /// there.
    fn intersect(&self, cursors: &mut [Cursor], wanted: &Slots, hit: &mut dyn FnMut(u32, &[u32])) -> bool {
        let Some((first, rest)) = cursors.split_first_mut() else { return false };
        let (mut places, mut others) = (Vec::new(), Vec::new());
        let (mut doc, mut looked) = (first.postings.doc(), 0);
        while doc != TERMINATED {
            looked += 1;
            if looked % (16 * PATIENCE) == 0 && !(self.lookup.alive)() {
                return true;
            }
            if wanted.contains(doc) {
                match rest.iter_mut().map(|cursor| reach(&mut cursor.postings, doc)).find(|at| *at != doc) {
                    Some(TERMINATED) => return false,
                    Some(beyond) => {
                        doc = reach(&mut first.postings, beyond);
                        continue;
                    }
                    None => {}
                }
                first.places(&mut places);
                for cursor in rest.iter_mut() {
                    if places.is_empty() {
                        break;
                    }
                    cursor.places(&mut others);
                    keep_common(&mut places, &others);
                }
                if !places.is_empty() {
                    hit(doc, &places);
                }
            }
            doc = first.postings.advance();
        }
        false
    }

    /// The documents of the segment that matter, by their numbers there.
    fn wanted(&self) -> Slots {
        let mut wanted = Slots::none(self.segment.slots.len());
        let slots = (0u32..).zip(&self.segment.slots);
        slots.filter(|(_, slot)| self.within.contains(**slot)).for_each(|(doc, _)| wanted.insert(doc));
        wanted
    }
}

/// A gram's posting list.
struct Cursor {
    postings: SegmentPostings,
    frequency: u32,
    after: u32,
    next: Option<Initial>,
}

impl Cursor {
    /// Where the phrase would be for each place of this gram in the current document.
    fn places(&mut self, out: &mut Vec<u32>) {
        self.postings.positions(out);
        match self.next {
            None => out.iter_mut().for_each(|position| *position = pairs::number(*position) + self.after),
            Some(initial) => {
                // Without a branch on what follows, as below.
                let mut count = 0;
                for at in 0..out.len() {
                    if let (Some(position), Some(next)) = (out.get(at).copied(), out.get_mut(count)) {
                        *next = pairs::number(position) + self.after;
                        count += usize::from(pairs::next(position) == initial);
                    }
                }
                out.truncate(count);
            }
        }
    }
}

/// The cursors of the grams, the rarest first; `None` if a gram stands nowhere.
fn open(reader: &InvertedIndexReader, grams: &[Gram]) -> io::Result<Option<Vec<Cursor>>> {
    let mut cursors = Vec::new();
    for gram in grams {
        let Some(info) = reader.terms().get(&gram.text)? else { return Ok(None) };
        let postings = reader.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions)?;
        cursors.push(Cursor { postings, frequency: info.doc_freq, after: gram.after, next: gram.next });
    }
    cursors.sort_by_key(|cursor| cursor.frequency);
    Ok(Some(cursors))
}

/// The terms that may end a phrase, each once and with the place of its first word in the phrase; those in most documents
/// come first.
fn endings(reader: &InvertedIndexReader, ending: &Ending, pairs: Vec<TermInfo>) -> io::Result<Vec<(u32, TermInfo)>> {
    let mut terms: Vec<(u32, TermInfo)> = pairs.into_iter().map(|info| (ending.after + 1, info)).collect();
    posting::each_beginning(reader, &ending.text, |term, info| {
        if posting::begins(term, &ending.text) && !ending.is_in_pairs(term) {
            terms.push((ending.after, info.clone()));
        }
    })?;
    terms.sort_by_key(|(_, info)| std::cmp::Reverse(info.doc_freq));
    Ok(terms)
}

/// Calls `each` with every document that has one of the terms, as often as it has them.
fn each_doc<'i>(
    reader: &InvertedIndexReader,
    terms: impl IntoIterator<Item = &'i TermInfo>,
    each: &mut dyn FnMut(u32),
) -> io::Result<()> {
    let mut lists = Lists::of(reader);
    terms
        .into_iter()
        .try_for_each(|info| lists.each_block(info, |block| block.docs().iter().for_each(|doc| each(*doc))))
}

/// Keeps what is in both of two ascending lists.
fn keep_common(kept: &mut Vec<u32>, other: &[u32]) {
    // Without a branch on which is smaller, which no processor can foresee.
    let (mut count, mut at, mut to) = (0, 0, 0);
    while let (Some(a), Some(b)) = (kept.get(at).copied(), other.get(to).copied()) {
        if let Some(next) = kept.get_mut(count) {
            *next = a;
        }
        count += usize::from(a == b);
        at += usize::from(a <= b);
        to += usize::from(b <= a);
    }
    kept.truncate(count);
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
