//! One run of the indexer: what was read is written down in batches as it comes, the catalogue first, which gives the
//! numbers, then the words.
//!
//! Invariant: a document counts as indexed only after the commit of the index that holds it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        atomic::AtomicUsize,
        mpsc::{Receiver, RecvTimeoutError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;

use super::{
    Indexer,
    read::{Read, Words, read_files},
};
use crate::{
    doc::{DocId, Document},
    index,
    library::Found,
    state::Progress,
};

/// Files of one transaction, and how long it waits for them.
const BATCH: usize = 256;
const BATCH_WAIT: Duration = Duration::from_millis(150);
/// How often the list is told of more.
const TELL: Duration = Duration::from_millis(250);
/// Documents that wait to be written, at most: they are held in memory.
const IN_FLIGHT: usize = 32;

/// One run.
pub(super) struct Run<'a> {
    pub indexer: &'a mut Indexer,
    pub writer: index::Writer,
    pub telling: Telling<'a>,
    /// Documents that were given to the index since its last commit.
    pub pending: Vec<DocId>,
    pub committed: Instant,
}

impl Run<'_> {
    /// Reads files on `readers` threads and writes them down as they come, nearly in order.
    pub fn read(&mut self, todo: Vec<Found>, readers: usize, alive: &(dyn Fn() -> bool + Sync)) -> Result<()> {
        let (todo, next) = (todo.as_slice(), &AtomicUsize::new(0));
        let whole = self.whole();
        let hints = &self.indexer.store.hints().clone();
        let (done, results) = sync_channel(IN_FLIGHT);
        thread::scope(move |scope| {
            // Its end of the channel is dropped before the readers are waited for: when nothing can be written any more
            // nobody takes what they send.
            let results = results;
            for _ in 0..readers.min(todo.len()) {
                let done = done.clone();
                scope.spawn(move || read_files(todo, next, (whole, hints), &done, alive));
            }
            drop(done);
            self.collect(&results)
        })
    }

    /// Writes what the readers send, in batches.
    fn collect(&mut self, results: &Receiver<Read>) -> Result<()> {
        let mut batch: Vec<Read> = Vec::new();
        let mut since = Instant::now();
        loop {
            match results.recv_timeout(BATCH_WAIT) {
                Ok(read) => {
                    batch.push(read);
                    if batch.len() < BATCH && since.elapsed() < BATCH_WAIT {
                        continue;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.write(std::mem::take(&mut batch))?;
            since = Instant::now();
        }
        self.write(batch)
    }

    /// Writes a batch down: the catalogue first, which gives the numbers, then the words.
    pub fn write(&mut self, batch: Vec<Read>) -> Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        let (mut changes, mut words, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for read in batch {
            changes.push(read.change);
            words.push(read.words);
            texts.extend(read.texts);
        }
        let ids = self.indexer.catalogue.apply(&changes)?;
        // Without room for them they are parsed again.
        let _ = self.indexer.opener.keep(&texts);
        for (id, words) in ids.iter().zip(words.into_iter().flatten()) {
            // Who has only a title is still to be indexed.
            let done = words.is_none() || self.whole();
            match words {
                Some(Words::Ready(words)) => self.writer.add_prepared(*id, words)?,
                Some(Words::Long(long)) => self.add(*id, &long.0.title, &long.1)?,
                None => self.writer.remove(*id)?,
            }
            if done {
                self.pending.push(*id);
            }
        }
        if self.committed.elapsed() >= self.indexer.pace.commit() {
            self.commit()?;
        }
        self.tell(ids)
    }

    /// Adds a document under the title that the list shows. One whose reader panics has no words, but is done with: it
    /// would only panic again.
    fn add(&mut self, id: DocId, title: &str, document: &Document) -> Result<()> {
        let author = document.meta.author.as_deref().unwrap_or_default();
        let blocks = &mut document.blocks().map(|(_, block)| block);
        let added = catch_unwind(AssertUnwindSafe(|| self.writer.add(index::Entry { id, title, author, blocks })));
        // Parts of it may be there already.
        added.unwrap_or_else(|_| self.writer.remove(id))
    }

    /// Commits the index, then notes what is in it. What is gone may have been dropped by an earlier run that was killed.
    fn commit(&mut self) -> Result<()> {
        let gone = self.indexer.catalogue.dropped(usize::MAX)?;
        for id in &gone {
            self.writer.remove(*id)?;
        }
        self.writer.commit()?;
        self.indexer.catalogue.set_indexed(&self.pending, true)?;
        self.indexer.catalogue.set_indexed(&gone, false)?;
        self.pending.clear();
        self.committed = Instant::now();
        Ok(())
    }

    /// Takes up what an earlier run was killed over: in the catalogue, but not in the index.
    pub fn take_up_missing(&mut self, alive: &(dyn Fn() -> bool + Sync)) -> Result<()> {
        self.commit()?;
        while self.whole() {
            let missing = self.indexer.catalogue.unindexed(BATCH)?;
            if missing.is_empty() || !alive() {
                return Ok(());
            }
            for id in missing {
                match self
                    .indexer
                    .catalogue
                    .row(id)?
                    .map(|row| (catch_unwind(AssertUnwindSafe(|| self.indexer.opener.reopen(&row))), row))
                {
                    Some((Ok(Ok(document)), row)) => self.add(id, &row.title, &document)?,
                    _ => self.writer.remove(id)?,
                }
                self.pending.push(id);
            }
            self.commit()?;
            self.tell(Vec::new())?;
        }
        Ok(())
    }

    /// Whether the words are indexed, and not only the titles.
    fn whole(&self) -> bool {
        self.indexer.waiting.is_none()
    }

    fn tell(&mut self, changed: Vec<DocId>) -> Result<()> {
        self.telling.changed.extend(changed);
        if self.telling.due() {
            let began = Instant::now();
            let changed = std::mem::take(&mut self.telling.changed);
            let progress = self.indexer.progress(true, changed, true)?;
            self.telling.now(progress, began);
        }
        Ok(())
    }

    /// Ends it; the scan is done.
    pub fn finish(mut self) -> Result<()> {
        self.commit()?;
        self.indexer.catalogue.end_scan()?;
        self.close(false)
    }

    /// Ends it before the scan does.
    pub fn pause(mut self) -> Result<()> {
        self.commit()?;
        self.close(true)
    }

    fn close(mut self, scanning: bool) -> Result<()> {
        let changed = std::mem::take(&mut self.telling.changed);
        let progress = self.indexer.progress(true, changed, scanning)?;
        self.telling.now(progress, Instant::now());
        self.writer.close()
    }
}

/// Tells how far it is, so often that it is seen to move, and so seldom that the telling takes little of the time.
pub(super) struct Telling<'a> {
    tell: &'a dyn Fn(Progress),
    next: Instant,
    changed: Vec<DocId>,
}

impl<'a> Telling<'a> {
    pub fn new(tell: &'a dyn Fn(Progress)) -> Telling<'a> {
        Telling { tell, next: Instant::now(), changed: Vec::new() }
    }

    fn due(&self) -> bool {
        Instant::now() >= self.next
    }

    /// Tells, and waits with the next time for ten times as long as it took to find out since `began`.
    fn now(&mut self, progress: Progress, began: Instant) {
        (self.tell)(progress);
        self.next = Instant::now() + TELL.max(began.elapsed() * 10);
    }
}
