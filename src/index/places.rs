//! Where a phrase stands but for its last, unfinished word, until a term is found that ends it there.

use std::io;

use tantivy::{
    DocSet as _, InvertedIndexReader, TERMINATED,
    postings::{Postings as _, SegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

use super::{pairs, posting::Lists, slots::Slots};

/// The documents in which a phrase stands but for its last, unfinished word.
pub(super) struct Places<'r> {
    reader: &'r InvertedIndexReader,
    lists: Lists<'r>,
    /// Those that have not matched yet.
    waiting: Slots,
    left: usize,
    /// For each document of the segment its place in `ends`.
    number: Vec<u32>,
    /// Each document, and where its places end in `places`.
    ends: Vec<(u32, usize)>,
    places: Vec<u32>,
}

impl<'r> Places<'r> {
    pub(super) fn new(reader: &'r InvertedIndexReader, documents: usize) -> Places<'r> {
        let (lists, waiting) = (Lists::of(reader), Slots::none(documents));
        Places { reader, lists, waiting, left: 0, number: vec![0; documents], ends: Vec::new(), places: Vec::new() }
    }

    pub(super) fn push(&mut self, doc: u32, places: &[u32]) {
        if let Some(number) = self.number.get_mut(doc as usize) {
            *number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            self.places.extend_from_slice(places);
            self.ends.push((doc, self.places.len()));
            self.waiting.insert(doc);
            self.left += 1;
        }
    }

    /// Takes out the documents in which this term ends the phrase, and calls `hit` with each.
    pub(super) fn strike(&mut self, info: &TermInfo, after: u32, hit: &mut dyn FnMut(u32, u32)) -> io::Result<()> {
        let shared = self.shared(info)?;
        if shared.is_empty() {
            return Ok(());
        }
        let mut postings = self.reader.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
        let mut places = Vec::new();
        for doc in shared {
            reach(&mut postings, doc);
            postings.positions(&mut places);
            places.iter_mut().for_each(|position| *position = pairs::number(*position) + after);
            if meet(&places, self.of(doc)) {
                hit(doc, 1);
                self.waiting.remove(doc);
                self.left -= 1;
            }
        }
        Ok(())
    }

    /// Which of the documents still waiting have this term.
    fn shared(&mut self, info: &TermInfo) -> io::Result<Vec<u32>> {
        let mut shared = Vec::new();
        // Few documents are sought in a long list, a short list is looked through.
        if info.doc_freq as usize > 8 * self.left {
            let mut postings = self.reader.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            for doc in self.waiting.iter() {
                match reach(&mut postings, doc) {
                    TERMINATED => break,
                    at if at == doc => shared.push(doc),
                    _ => {}
                }
            }
        } else {
            let waiting = &self.waiting;
            self.lists.each_block(info, |block| {
                shared.extend(block.docs().iter().copied().filter(|doc| waiting.contains(*doc)));
            })?;
        }
        Ok(shared)
    }

    /// Whether every document has matched.
    pub(super) fn is_empty(&self) -> bool {
        self.left == 0
    }

    /// The places in a document.
    fn of(&self, doc: u32) -> &[u32] {
        let number = self.number.get(doc as usize).map_or(0, |number| *number as usize);
        let end = |number: usize| self.ends.get(number).map_or(0, |(_, end)| *end);
        self.places.get(number.checked_sub(1).map_or(0, end)..end(number)).unwrap_or_default()
    }
}

/// The first document of the list from `doc` on. tantivy's own `seek` may only be asked for what lies ahead.
pub(super) fn reach(postings: &mut SegmentPostings, doc: u32) -> u32 {
    if postings.doc() < doc { postings.seek(doc) } else { postings.doc() }
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
