//! Words side by side, found by their positions.
//!
//! A phrase becomes grams: words, and pairs in place of unspaced neighbours, each so many positions from the beginning.
//! All grams but one that is a prefix are intersected first. A prefix is then looked for only where the rest of the phrase
//! stands: its terms one after another, common ones first, and a document that has matched is not looked at again. So no
//! term is left out, however many there are, and the cost stays near that of reading their lists once.

use std::io;

use anyhow::Result;
use tantivy::{
    DocSet as _, InvertedIndexReader, TERMINATED,
    postings::{Postings as _, SegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

use super::{
    encode::{pair, unspaced},
    posting::{self, PATIENCE, Weight, each_block, expansions},
    schema::STARTS,
    slots::Slots,
    snapshot::{Lookup, Segment, Snapshot},
};

/// A term of a phrase.
struct Gram {
    /// How many words stand after it. Added to the term's positions it gives the place of the phrase, by its end, which is
    /// the same number for all its grams.
    after: u32,
    text: String,
}

/// The grams of a phrase.
struct Grams {
    whole: Vec<Gram>,
    prefix: Option<Gram>,
}

/// The documents in which the words of the lookup stand side by side.
pub(super) fn find(snapshot: &Snapshot, lookup: &Lookup<'_>, scores: &mut [f32]) -> Result<Option<Slots>> {
    let grams = Grams::new(lookup.words, lookup.prefix);
    if let ([], Some(prefix)) = (grams.whole.as_slice(), &grams.prefix) {
        return posting::beginning(snapshot, lookup, &prefix.text, Slots::none(snapshot.len()), scores);
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

impl Grams {
    fn new(words: &[String], prefix: bool) -> Grams {
        let mut grams = Vec::new();
        let mut after = position(words.len());
        for run in words.chunk_by(|a, b| unspaced(a) && unspaced(b)) {
            let last = run.len().saturating_sub(2);
            for (at, two) in run.windows(2).enumerate() {
                // Every second pair covers the run; the last one is needed for its end.
                if let ([first, second], true) = (two, at % 2 == 0 || at == last) {
                    grams.push(Gram { after: after - position(at), text: pair(first, second) });
                }
            }
            if let [word] = run {
                grams.push(Gram { after, text: word.clone() });
            }
            after -= position(run.len());
        }
        let prefix = if prefix { grams.pop() } else { None };
        Grams { whole: grams, prefix }
    }
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
        let Some(prefix) = &grams.prefix else {
            return Ok(self.intersect(&mut cursors, &mut |doc, places| hit(doc, position(places.len()))));
        };
        let mut places = Places::new(self.segment.slots.len());
        if self.intersect(&mut cursors, &mut |doc, found| places.push(doc, found)) {
            return Ok(true);
        }
        let mut terms = expansions(reader, &prefix.text)?;
        terms.sort_by_key(|info| std::cmp::Reverse(info.doc_freq));
        for (number, info) in terms.iter().enumerate() {
            if places.left == 0 {
                break;
            }
            if number % PATIENCE == 0 && !(self.lookup.alive)() {
                return Ok(true);
            }
            places.strike(reader, info, prefix.after, hit)?;
        }
        Ok(false)
    }

    /// Calls `hit` with each document that has all the cursors' grams in place, and the beginnings of the phrase there.
    fn intersect(&self, cursors: &mut [Cursor], hit: &mut dyn FnMut(u32, &[u32])) -> bool {
        let Some((first, rest)) = cursors.split_first_mut() else { return false };
        let (mut places, mut others) = (Vec::new(), Vec::new());
        let (mut doc, mut looked) = (first.postings.doc(), 0);
        while doc != TERMINATED {
            looked += 1;
            if looked % (16 * PATIENCE) == 0 && !(self.lookup.alive)() {
                return true;
            }
            if self.within.contains(self.segment.slot(doc)) {
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
}

/// A gram's posting list.
struct Cursor {
    postings: SegmentPostings,
    after: u32,
}

impl Cursor {
    /// Where the phrase would be for each place of this gram in the current document.
    fn places(&mut self, out: &mut Vec<u32>) {
        self.postings.positions_with_offset(self.after, out);
    }
}

/// The cursors of the grams, the rarest first; `None` if a gram stands nowhere.
fn open(reader: &InvertedIndexReader, grams: &[Gram]) -> io::Result<Option<Vec<Cursor>>> {
    let mut cursors = Vec::new();
    for gram in grams {
        let Some(info) = reader.terms().get(&gram.text)? else { return Ok(None) };
        let postings = reader.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions)?;
        cursors.push((info.doc_freq, Cursor { postings, after: gram.after }));
    }
    cursors.sort_by_key(|(frequency, _)| *frequency);
    Ok(Some(cursors.into_iter().map(|(_, cursor)| cursor).collect()))
}

/// The documents in which a phrase stands but for its last, unfinished word.
struct Places {
    /// Those that have not matched yet.
    waiting: Slots,
    left: usize,
    /// For each document of the segment its place in `ends`.
    number: Vec<u32>,
    /// Each document, and where its places end in `places`.
    ends: Vec<(u32, usize)>,
    places: Vec<u32>,
}

impl Places {
    fn new(documents: usize) -> Places {
        let waiting = Slots::none(documents);
        Places { waiting, left: 0, number: vec![0; documents], ends: Vec::new(), places: Vec::new() }
    }

    fn push(&mut self, doc: u32, places: &[u32]) {
        if let Some(number) = self.number.get_mut(doc as usize) {
            *number = position(self.ends.len());
            self.places.extend_from_slice(places);
            self.ends.push((doc, self.places.len()));
            self.waiting.insert(doc);
            self.left += 1;
        }
    }

    /// Takes out the documents in which this term ends the phrase, and calls `hit` with each.
    fn strike(
        &mut self,
        reader: &InvertedIndexReader,
        info: &TermInfo,
        after: u32,
        hit: &mut dyn FnMut(u32, u32),
    ) -> io::Result<()> {
        let shared = self.shared(reader, info)?;
        if shared.is_empty() {
            return Ok(());
        }
        let mut postings = reader.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
        let mut places = Vec::new();
        for doc in shared {
            reach(&mut postings, doc);
            postings.positions_with_offset(after, &mut places);
            if meet(&places, self.of(doc)) {
                hit(doc, 1);
                self.waiting.remove(doc);
                self.left -= 1;
            }
        }
        Ok(())
    }

    /// Which of the documents still waiting have this term.
    fn shared(&self, reader: &InvertedIndexReader, info: &TermInfo) -> io::Result<Vec<u32>> {
        let mut shared = Vec::new();
        // Few documents are sought in a long list, a short list is looked through.
        if info.doc_freq as usize > 8 * self.left {
            let mut postings = reader.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            for doc in self.waiting.iter() {
                match reach(&mut postings, doc) {
                    TERMINATED => break,
                    at if at == doc => shared.push(doc),
                    _ => {}
                }
            }
        } else {
            let mut postings = reader.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            each_block(&mut postings, |block| {
                shared.extend(block.docs().iter().copied().filter(|doc| self.waiting.contains(*doc)));
            });
        }
        Ok(shared)
    }

    /// The places in a document.
    fn of(&self, doc: u32) -> &[u32] {
        let number = self.number.get(doc as usize).map_or(0, |number| *number as usize);
        let end = |number: usize| self.ends.get(number).map_or(0, |(_, end)| *end);
        self.places.get(number.checked_sub(1).map_or(0, end)..end(number)).unwrap_or_default()
    }
}

/// The first document of the list from `doc` on. tantivy's own `seek` may only be asked for what lies ahead.
fn reach(postings: &mut SegmentPostings, doc: u32) -> u32 {
    if postings.doc() < doc { postings.seek(doc) } else { postings.doc() }
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

/// Whether two ascending lists have a number in common.
fn meet(a: &[u32], b: &[u32]) -> bool {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if few.len() * 8 < many.len() {
        return few.iter().any(|place| many.binary_search(place).is_ok());
    }
    let (mut at, mut to) = (0, 0);
    while let (Some(a), Some(b)) = (few.get(at), many.get(to)) {
        if a == b {
            return true;
        }
        at += usize::from(a < b);
        to += usize::from(b < a);
    }
    false
}

fn position(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
