//! Where in a document the query stands: its best passage and its hits.
//!
//! Both look at a bounded amount of text, so that a document of 1 GB answers as soon as one of 8 MB.

use std::{collections::HashMap, ops::Range};

use crate::{
    doc::{Anchor, Block, BlockId, Document},
    query::{Mark, Matcher},
    text::{self, words},
};

/// How many words a passage has at most.
const WORDS: usize = 60;

/// How many words stand before the first hit, if the passage does not need the room for hits.
const LEAD: usize = 8;

/// How much text is looked at for the best passage, in bytes.
const PASSAGE_BYTES: usize = 8 * 1024 * 1024;

/// How much text is looked at for the hits, in bytes.
const HITS_BYTES: usize = 64 * 1024 * 1024;

/// A piece of a document that says why it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where its first hit stands.
    pub anchor: Anchor,
    /// The block that it is of.
    pub block: BlockId,
    /// Its words, on one line, with one space between.
    pub text: String,
    /// The hits, in bytes of `text`.
    pub hits: Vec<Range<usize>>,
    /// Whether its block goes on before it, and after it.
    pub goes_on: (bool, bool),
}

/// The hits of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Where each begins and how many bytes it has, in order.
    pub anchors: Vec<(Anchor, usize)>,
    /// Where each begins, as [`Body`](crate::doc::Body) measures positions.
    pub positions: Vec<u64>,
    /// Whether these are all.
    pub complete: bool,
}

/// The best passage: the window of at most 60 words of one block with the most distinct terms of the query, at a tie with
/// those that are rarest in the document, at a tie the first. `None` if no term stands in the text.
pub fn passage(document: &Document, matcher: &Matcher) -> Option<Passage> {
    passage_while(document, matcher, &|| true)
}

/// Like [`passage`], but `None` too as soon as it is no longer wanted.
pub fn passage_while(document: &Document, matcher: &Matcher, alive: &dyn Fn() -> bool) -> Option<Passage> {
    if matcher.is_empty() {
        return None;
    }
    let mut windows = Windows::default();
    let mut left = PASSAGE_BYTES;
    for (id, block) in document.blocks() {
        windows.add(id, &matcher.marks(&block.text, &block.passages()));
        left = left.saturating_sub(block.text.len() + 1);
        if left == 0 {
            break;
        }
        if !alive() {
            return None;
        }
    }
    windows.passage(document, matcher)
}

/// The first `limit` hits in the text, merged where they overlap.
pub fn hits(document: &Document, matcher: &Matcher, limit: usize) -> Hits {
    hits_while(document, matcher, limit, &|| true)
}

/// Like [`hits`], but ends with those it has as soon as more are no longer wanted.
pub fn hits_while(document: &Document, matcher: &Matcher, limit: usize, alive: &dyn Fn() -> bool) -> Hits {
    let mut hits = Hits { complete: true, ..Hits::default() };
    let mut left = HITS_BYTES;
    for (block, content) in document.blocks() {
        if left == 0 || !alive() {
            hits.complete = false;
            break;
        }
        left = left.saturating_sub(content.text.len() + 1);
        let mut position = None;
        for hit in matcher.hits(&content.text, &content.passages()) {
            if hits.anchors.len() == limit {
                hits.complete = false;
                return hits;
            }
            hits.anchors.push((Anchor { block, byte: hit.range.start }, hit.range.len()));
            // Asked for now, while the block is at hand, and once for all its hits.
            let position = *position.get_or_insert_with(|| document.body.position(block));
            hits.positions.push(position + hit.range.start as u64);
        }
    }
    hits
}

/// The windows worth comparing: for every set of terms that stands in one, the first such.
#[derive(Default)]
pub(super) struct Windows {
    /// How often each term stands in the document.
    counts: HashMap<usize, usize>,
    /// The sets with the most terms so far, in the order found.
    best: Vec<Window>,
}

/// A stretch of a block.
struct Window {
    block: BlockId,
    /// The terms in it, ascending.
    terms: Vec<usize>,
    /// From its first hit to its last, in words of the block.
    words: Range<usize>,
    /// Where its first hit begins.
    byte: usize,
}

impl Windows {
    pub(super) fn add(&mut self, block: BlockId, marks: &[Mark]) {
        // The terms from `first` to here, each with how often it stands there.
        let mut inside: HashMap<usize, usize> = HashMap::new();
        let mut first = 0;
        for (at, mark) in marks.iter().enumerate() {
            *self.counts.entry(mark.hit.term).or_default() += 1;
            *inside.entry(mark.hit.term).or_default() += 1;
            while let Some(earliest) = marks.get(first).filter(|m| first < at && mark.words.end > m.words.start + WORDS)
            {
                if let Some(count) = inside.get_mut(&earliest.hit.term) {
                    *count -= 1;
                    if *count == 0 {
                        inside.remove(&earliest.hit.term);
                    }
                }
                first += 1;
            }
            let most = self.best.first().map_or(0, |window| window.terms.len());
            if inside.len() < most {
                continue;
            }
            let mut terms: Vec<usize> = inside.keys().copied().collect();
            terms.sort_unstable();
            if inside.len() > most {
                self.best.clear();
            }
            if let Some(start) = marks.get(first).filter(|_| self.best.iter().all(|window| window.terms != terms)) {
                let words = start.words.start..mark.words.end;
                self.best.push(Window { block, terms, words, byte: start.hit.range.start });
            }
        }
    }

    /// The best of them, with the words around it.
    pub(super) fn passage(self, document: &Document, matcher: &Matcher) -> Option<Passage> {
        let best = self.best()?;
        let block = document.body.block(best.block)?;
        Some(cut(&best, &block, matcher))
    }

    fn best(self) -> Option<Window> {
        let commonness = |window: &Window| -> Vec<usize> {
            let mut counts: Vec<usize> =
                window.terms.iter().map(|term| self.counts.get(term).copied().unwrap_or(0)).collect();
            counts.sort_unstable();
            counts
        };
        // The first of several minima, so the earliest at a tie.
        self.best
            .iter()
            .enumerate()
            .min_by_key(|(_, window)| commonness(window))
            .map(|(at, _)| at)
            .and_then(|at| self.best.into_iter().nth(at))
    }
}

/// The window with words around it, as one line.
fn cut(window: &Window, block: &Block, matcher: &Matcher) -> Passage {
    let mut words = Vec::new();
    for passage in block.passages() {
        let offset = passage.start;
        words::folded(text::slice(&block.text, passage), |word, _| {
            words.push(offset + word.range.start..offset + word.range.end);
        });
    }
    let spare = WORDS.saturating_sub(window.words.len());
    let from = window.words.start.saturating_sub(spare.min(LEAD));
    let to = from + WORDS.max(window.words.end - from);
    // From the end of the word before to the beginning of the word after, so that quotes and full stops come along.
    let start = from.checked_sub(1).and_then(|before| words.get(before)).map_or(0, |word| word.end);
    let end = words.get(to).map_or(block.text.len(), |word| word.start);
    let hits = matcher.hits(&block.text, &block.passages()).into_iter().map(|hit| hit.range);
    let (text, hits) = one_line(&block.text, start..end, hits.filter(|hit| start <= hit.start && hit.end <= end));
    let goes_on = (start > 0, end < block.text.len());
    Passage { anchor: Anchor { block: window.block, byte: window.byte }, block: window.block, text, hits, goes_on }
}

/// The part of `text` with every run of white space made one space, and the ranges moved along.
pub(super) fn one_line(
    text: &str,
    part: Range<usize>,
    hits: impl Iterator<Item = Range<usize>>,
) -> (String, Vec<Range<usize>>) {
    let mut line = String::with_capacity(part.len());
    // Where each hit's ends come to stand, in order: they are met in this order too.
    let mut ends: Vec<usize> = hits.flat_map(|hit| [hit.start, hit.end]).collect();
    let mut met = 0;
    for (at, c) in text::slice(text, part.clone()).char_indices() {
        if c.is_whitespace() {
            // A hit neither begins nor ends with white space, but may end where some begins.
            meet(&mut ends, &mut met, part.start + at, line.len());
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            meet(&mut ends, &mut met, part.start + at, line.len());
            line.push(c);
        }
    }
    meet(&mut ends, &mut met, usize::MAX, line.len());
    line.truncate(line.trim_end().len());
    let hits = ends.chunks_exact(2).filter_map(|pair| Some(*pair.first()?..*pair.last()?)).collect();
    (line, hits)
}

/// Replaces the ends that stand at `at` or before it by `becomes`.
fn meet(ends: &mut [usize], met: &mut usize, at: usize, becomes: usize) {
    while let Some(end) = ends.get_mut(*met).filter(|end| **end <= at) {
        *end = becomes;
        *met += 1;
    }
}
