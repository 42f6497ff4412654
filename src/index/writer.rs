//! Adding and removing documents. What was added is seen, and survives a kill, from the next commit on.

use std::sync::Arc;

use anyhow::Result;
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term, directory::error::LockError, indexer::LogMergePolicy};

use super::{Inner, encode::Encoder};
use crate::{
    doc::{Block, DocId},
    query::Zone,
    text,
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
        writer.set_merge_policy(Box::new(merge_policy()));
        Ok(Some(Writer { writer, inner }))
    }

    /// Adds a document, in place of the one that had its number.
    pub fn add(&mut self, entry: Entry<'_>) -> Result<()> {
        self.remove(entry.id)?;
        let (mut any, mut title, mut author) = (Encoder::default(), Encoder::default(), Encoder::default());
        title.passage(entry.title);
        author.passage(entry.author);
        any.passage(entry.title);
        any.passage(entry.author);
        for block in entry.blocks {
            for passage in block.passages() {
                any.passage(text::slice(&block.text, passage));
            }
            if any.len() >= PART {
                self.part(entry.id, &mut any, &mut title, &mut author)?;
            }
        }
        // A document without a word is there too: `-word` finds it.
        self.part(entry.id, &mut any, &mut title, &mut author)
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

    /// Commits, and leaves the index as one piece, which is answered from fastest; to be called after the first indexing
    /// of a library. Takes some seconds for 100,000 documents.
    pub fn finish(mut self) -> Result<()> {
        self.writer.commit()?;
        self.writer.set_merge_policy(Box::new(tantivy::indexer::NoMergePolicy));
        let Writer { writer, inner } = self;
        // Merges under way have to end first: a segment can't be in two.
        writer.wait_merging_threads()?;
        let mut writer: IndexWriter = match inner.index.writer_with_num_threads(1, MEMORY_PER_THREAD.0) {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => return inner.reload(),
            other => other?,
        };
        writer.set_merge_policy(Box::new(tantivy::indexer::NoMergePolicy));
        let segments = inner.index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.garbage_collect_files().wait()?;
        writer.wait_merging_threads()?;
        inner.reload()
    }

    fn part(&mut self, id: DocId, any: &mut Encoder, title: &mut Encoder, author: &mut Encoder) -> Result<()> {
        let schema = &self.inner.schema;
        let mut document = TantivyDocument::new();
        document.add_u64(schema.id, u64::from(id.0));
        for (zone, encoder) in [(Zone::Any, any), (Zone::Title, title), (Zone::Author, author)] {
            let (words, starts) = encoder.take();
            if !words.is_empty() {
                document.add_text(schema.zone(zone).words, words);
                document.add_text(schema.zone(zone).starts, starts);
            }
        }
        self.writer.add_document(document)?;
        Ok(())
    }
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
