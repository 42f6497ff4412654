//! Brings the catalogue and the index up to date with the files: walk, compare, read what is new on a few threads, write
//! it down in batches, and tell how far it is. What is written can be listed and searched while the rest is read.
//!
//! A batch is one transaction of the catalogue, the index is committed every few seconds, and a document counts as
//! indexed only after that commit: killed at any moment, the next run takes up what is missing.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::AtomicUsize,
        mpsc::{Receiver, RecvTimeoutError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;

use super::intake::{Read, Words, read_files};
use crate::{
    doc::{DocId, Document},
    formats,
    index::{self, Index},
    library::{Catalogue, Change, Found, Store, WalkOptions, walk_without},
    state::Progress,
};

/// How much of the machine an indexing takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// All of it: nothing else is going on.
    Full,
    /// One core is left to the reader.
    Considerate,
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Report {
    /// Files that were read.
    pub files: usize,
    /// Whether another process holds the index and writes it.
    pub busy: bool,
}

/// The worker that keeps catalogue and index up to date.
pub struct Indexer {
    store: Store,
    catalogue: Catalogue,
    index: Index,
    options: WalkOptions,
    pace: Pace,
}

/// Files of one transaction, and how long it waits for them.
const BATCH: usize = 256;
const BATCH_WAIT: Duration = Duration::from_millis(150);
/// How often the list is told of more.
const TELL: Duration = Duration::from_millis(250);
/// How often it is seen whether another process has let go of the index.
const TURN: Duration = Duration::from_millis(50);
/// Documents that wait to be written, at most: they are held in memory.
const IN_FLIGHT: usize = 32;

impl Pace {
    /// How often the index is committed. Each commit makes a piece of it that is to be merged with others later, so where
    /// nobody waits to search what is there already, it is seldom.
    fn commit(self) -> Duration {
        match self {
            Pace::Full => Duration::from_secs(20),
            Pace::Considerate => Duration::from_secs(3),
        }
    }

    /// Bytes of memory for the index's writer: the more, the fewer pieces.
    fn memory(self) -> usize {
        match self {
            Pace::Full => 250_000_000,
            Pace::Considerate => 120_000_000,
        }
    }
}

impl Indexer {
    /// An indexer of a store.
    pub fn new(store: &Store, index: Index, options: WalkOptions, pace: Pace) -> Result<Indexer> {
        Ok(Indexer { store: store.clone(), catalogue: Catalogue::open(store)?, index, options, pace })
    }

    /// How it is walked.
    pub fn options(&self) -> WalkOptions {
        self.options
    }

    /// What is walked.
    pub fn roots(&self) -> Vec<PathBuf> {
        self.store.roots().iter().map(|root| root.path.clone()).collect()
    }

    /// Brings everything up to date, or only what lies `within`; ends early when it is no longer wanted.
    pub fn run(
        &mut self,
        within: &[PathBuf],
        alive: &(dyn Fn() -> bool + Sync),
        tell: &dyn Fn(Progress),
    ) -> Result<Report> {
        let threads = thread::available_parallelism().map_or(2, usize::from);
        let readers = if self.pace == Pace::Full { threads } else { threads.saturating_sub(1) }.max(1);
        if within.is_empty() {
            tell(self.progress(false, Vec::new(), true)?);
        }
        let (todo, gone) = self.look(within, alive)?;
        let catalogue = &mut self.catalogue;
        let idle = todo.is_empty() && gone.is_empty();
        if idle && catalogue.unindexed(1)?.is_empty() && catalogue.dropped(1)?.is_empty() {
            // Nothing is written when nothing has changed: not a lock, not a file. Another process may have written.
            catalogue.end_scan()?;
            self.index.reload()?;
            tell(self.progress(true, Vec::new(), false)?);
            return Ok(Report::default());
        }
        let Some(writer) = self.index.writer(1, self.pace.memory())? else {
            self.index.reload()?;
            tell(self.progress(true, Vec::new(), false)?);
            return Ok(Report { busy: true, ..Report::default() });
        };
        let files = todo.len();
        let telling = Telling::new(tell);
        let mut run = Run { indexer: self, writer, telling, pending: Vec::new(), committed: Instant::now() };
        run.read(todo, readers, alive)?;
        // After what is new, so that a file that was moved is known again; and only if all of that was read.
        if alive() {
            run.write(gone.into_iter().map(|change| Read { change, words: Vec::new() }).collect())?;
        }
        run.take_up_missing(alive)?;
        run.finish()?;
        Ok(Report { files, busy: false })
    }

    /// Brings everything up to date. Where another process is writing the index, waits for it, so long at most.
    pub fn run_in_turn(&mut self, patience: Duration, tell: &dyn Fn(Progress)) -> Result<Report> {
        let began = Instant::now();
        loop {
            let report = self.run(&[], &|| true, tell)?;
            if !report.busy || began.elapsed() >= patience {
                return Ok(report);
            }
            thread::sleep(TURN);
        }
    }

    /// Walks, and tells what is to be read, in path order, and what is gone.
    fn look(&self, within: &[PathBuf], alive: &(dyn Fn() -> bool + Sync)) -> Result<(Vec<Found>, Vec<Change>)> {
        let scan = self.catalogue.begin_scan(within)?;
        let todo = Mutex::new(Vec::new());
        walk_without(&self.roots(), within, self.store.stores_dir().as_deref(), &self.options, &|found| {
            if scan.look(&found) {
                todo.lock().unwrap_or_else(PoisonError::into_inner).push(found);
            }
            if alive() { std::ops::ControlFlow::Continue(()) } else { std::ops::ControlFlow::Break(()) }
        });
        let mut todo = todo.into_inner().unwrap_or_else(PoisonError::into_inner);
        todo.sort_by(|a, b| a.path().cmp(b.path()));
        // A walk that was broken off has not seen everything: what it missed is not gone.
        let gone = if alive() { scan.gone() } else { Vec::new() };
        Ok((todo, gone))
    }

    /// How far the library is.
    fn progress(&self, all: bool, changed: Vec<DocId>, scanning: bool) -> Result<Progress> {
        let counts = self.catalogue.counts()?;
        let number = |n| usize::try_from(n).unwrap_or(usize::MAX);
        Ok(Progress {
            all: if all { Some(self.catalogue.ids()?.into()) } else { None },
            changed,
            scanning,
            indexed: number(counts.indexed),
            total: number(counts.documents),
            unreadable: number(counts.unreadable),
        })
    }
}

/// One run.
struct Run<'a> {
    indexer: &'a mut Indexer,
    writer: index::Writer,
    telling: Telling<'a>,
    /// Documents that were given to the index since its last commit.
    pending: Vec<DocId>,
    committed: Instant,
}

impl Run<'_> {
    /// Reads files on `readers` threads and writes them down as they come, nearly in order.
    fn read(&mut self, todo: Vec<Found>, readers: usize, alive: &(dyn Fn() -> bool + Sync)) -> Result<()> {
        let (todo, next) = (todo.as_slice(), &AtomicUsize::new(0));
        let (done, results) = sync_channel(IN_FLIGHT);
        thread::scope(move |scope| {
            // Its end of the channel is dropped before the readers are waited for: when nothing can be written any more
            // nobody takes what they send.
            let results = results;
            for _ in 0..readers.min(todo.len()) {
                let done = done.clone();
                scope.spawn(move || read_files(todo, next, &done, alive));
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
    fn write(&mut self, batch: Vec<Read>) -> Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        let (changes, words): (Vec<Change>, Vec<_>) = batch.into_iter().map(|r| (r.change, r.words)).unzip();
        let ids = self.indexer.catalogue.apply(&changes)?;
        for (id, words) in ids.iter().zip(words.into_iter().flatten()) {
            match words {
                Some(Words::Ready(words)) => self.writer.add_prepared(*id, words)?,
                Some(Words::Long(long)) => self.add(*id, &long.0.title, &long.1)?,
                None => self.writer.remove(*id)?,
            }
            self.pending.push(*id);
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
    fn take_up_missing(&mut self, alive: &(dyn Fn() -> bool + Sync)) -> Result<()> {
        self.commit()?;
        loop {
            let missing = self.indexer.catalogue.unindexed(BATCH)?;
            if missing.is_empty() || !alive() {
                return Ok(());
            }
            for id in missing {
                match self.indexer.catalogue.row(id)?.map(|row| (catch_unwind(|| reopen(&row)), row)) {
                    Some((Ok(Ok(document)), row)) => self.add(id, &row.title, &document)?,
                    _ => self.writer.remove(id)?,
                }
                self.pending.push(id);
            }
            self.commit()?;
            self.tell(Vec::new())?;
        }
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

    fn finish(mut self) -> Result<()> {
        self.commit()?;
        self.indexer.catalogue.end_scan()?;
        let changed = std::mem::take(&mut self.telling.changed);
        let progress = self.indexer.progress(true, changed, false)?;
        self.telling.now(progress, Instant::now());
        Ok(())
    }
}

/// Tells how far it is, so often that it is seen to move, and so seldom that the telling takes little of the time.
struct Telling<'a> {
    tell: &'a dyn Fn(Progress),
    next: Instant,
    changed: Vec<DocId>,
}

impl<'a> Telling<'a> {
    fn new(tell: &'a dyn Fn(Progress)) -> Telling<'a> {
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

fn reopen(row: &crate::library::Row) -> Result<Document> {
    let source = formats::Source::file(&row.path)?;
    formats::open(&source, &formats::Entry { id: row.entry.clone(), offset: row.offset })
}
