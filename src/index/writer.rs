//! Adding and removing documents. What was added is seen, and survives a kill, from the next commit on.

use std::sync::Arc;

use anyhow::Result;
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term, directory::error::LockError, indexer::LogMergePolicy};

use super::{Inner, encode::Encoder};
use crate::{
    doc::{Block, DocId},
    query::Zone,
    text::{self, words},
};

/// A longer document is cut into parts of so many bytes of folded words, each a tantivy document with the same number, so
/// that one of 1 GB takes no more memory than one of this size.
const PART: usize = 8 * 1024 * 1024;

/// tantivy refuses less memory than this for one thread, and more than that.
const MEMORY_PER_THREAD: (usize, usize) = (15_000_000, 2_000_000_000);

/// A document to be added.
pub struct Entry<'a> {
    /// Its number in the catalogue.
    pub id: DocId,
    /// Its title; may be empty.
    pub title: &'a str,
    /// Who wrote it; may be empty.
    pub author: &'a str,
    /// Its blocks, in order.
    pub blocks: &'a mut dyn Iterator<Item = Arc<Block>>,
}

/// The right to write, held until it is dropped.
pub struct Writer {
    writer: IndexWriter,
    inner: Arc<Inner>,
}

impl Writer {
    pub(super) fn new(inner: Arc<Inner>, threads: usize, memory_bytes: usize) -> Result<Option<Writer>> {
        let threads = threads.max(1);
        let (least, most) = MEMORY_PER_THREAD;
        let memory = (memory_bytes / threads).clamp(least, most).saturating_mul(threads);
        let writer: IndexWriter = match inner.index.writer_with_num_threads(threads, memory) {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => return Ok(None),
            other => other?,
        };
        inner.waiting.clear();
        writer.set_merge_policy(Box::new(merge_policy()));
        Ok(Some(Writer { writer, inner }))
    }

    /// Adds a document, in place of the one that had its number. What it holds of a long one at any time is one part.
    pub fn add(&mut self, entry: Entry<'_>) -> Result<()> {
        self.remove(entry.id)?;
        let Entry { id, title, author, blocks } = entry;
        encode(title, author, blocks, &mut |part| self.part(id, part))
    }

    /// Adds a document whose words are prepared.
    pub fn add_prepared(&mut self, id: DocId, prepared: Prepared) -> Result<()> {
        self.remove(id)?;
        prepared.parts.into_iter().try_for_each(|part| self.part(id, part))
    }

    /// Removes a document; nothing happens if it isn't there.
    pub fn remove(&mut self, id: DocId) -> Result<()> {
        self.writer.delete_term(Term::from_field_u64(self.inner.schema.id, u64::from(id.0)));
        Ok(())
    }

    /// Makes everything since the last commit permanent and visible.
    pub fn commit(&mut self) -> Result<()> {
        self.writer.commit()?;
        self.inner.reload()
    }

    /// Commits and waits for the merges that are under way: broken off, they leave behind what nobody needs.
    pub fn close(mut self) -> Result<()> {
        self.commit()?;
        let Writer { writer, inner } = self;
        writer.wait_merging_threads()?;
        inner.reload()
    }

    fn part(&self, id: DocId, part: Part) -> Result<()> {
        let schema = &self.inner.schema;
        let mut document = TantivyDocument::new();
        document.add_u64(schema.id, u64::from(id.0));
        for (zone, (words, starts)) in [Zone::Any, Zone::Title, Zone::Author].into_iter().zip(part) {
            if !words.is_empty() {
                self.inner.waiting.give(words.len() + starts.len());
                document.add_text(schema.zone(zone).words, words);
                document.add_text(schema.zone(zone).starts, starts);
            }
        }
        self.writer.add_document(document)?;
        Ok(())
    }
}

/// The words of a document, ready to be written. Preparing them may be done on any thread.
pub struct Prepared {
    parts: Vec<Part>,
}

/// The words and their beginnings, of the whole, the title and the author.
type Part = [(String, String); 3];

/// Takes in the folded words of a document that is short enough to be held, passage by passage. No phrase reaches from one
/// passage into the next.
pub struct Preparing {
    encoders: [Encoder; 3],
}

impl Preparing {
    /// A document with its title and author, which may be empty.
    pub fn new(title: &str, author: &str) -> Preparing {
        let mut preparing = Preparing { encoders: Default::default() };
        let [any, in_title, in_author] = &mut preparing.encoders;
        for (text, zone) in [(title, in_title), (author, in_author)] {
            any.passage();
            zone.passage();
            words::folded(text, |_, word| {
                any.word(word);
                zone.word(word);
            });
        }
        preparing
    }

    /// What follows is another passage.
    pub fn passage(&mut self) {
        self.encoders[0].passage();
    }

    /// The next word.
    pub fn word(&mut self, folded: &str) {
        self.encoders[0].word(folded);
    }

    /// All of it was taken in.
    pub fn finish(mut self) -> Prepared {
        Prepared { parts: vec![self.take()] }
    }

    fn take(&mut self) -> Part {
        self.encoders.each_mut().map(Encoder::take)
    }
}

/// Cuts a document of any length into parts.
fn encode(
    title: &str,
    author: &str,
    blocks: &mut dyn Iterator<Item = Arc<Block>>,
    each: &mut dyn FnMut(Part) -> Result<()>,
) -> Result<()> {
    let mut preparing = Preparing::new(title, author);
    for block in blocks {
        for passage in block.passages() {
            preparing.passage();
            words::folded(text::slice(&block.text, passage), |_, word| preparing.word(word));
        }
        if preparing.encoders[0].len() >= PART {
            each(preparing.take())?;
        }
    }
    // A document without a word is there too: `-word` finds it.
    each(preparing.take())
}

/// Small segments, one from each commit, are merged four at a time; a segment with a third of its documents removed is
/// written again.
fn merge_policy() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(4);
    policy.set_min_layer_size(2_000);
    policy.set_del_docs_ratio_before_merge(0.34);
    policy
}
