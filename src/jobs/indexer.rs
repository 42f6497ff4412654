//! Brings the catalogue and the index up to date with the files: walk, compare, read what is new on a few threads, write
//! it down in batches, and tell how far it is. What is written can be listed and searched while the rest is read.
//!
//! A batch is one transaction of the catalogue, the index is committed every few seconds, and a document counts as
//! indexed only after that commit: killed at any moment, the next run takes up what is missing.

mod read;
mod run;

use std::{
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::{
    doc::DocId,
    index::Index,
    library::{Cache, Catalogue, Change, Counts, Found, Opener, Store, WalkOptions, walk_without, whole},
    state::Progress,
};
use read::Read;
use run::{Run, Telling};

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
    /// Bytes of text that are not indexed because nobody has agreed to so many.
    pub waiting: Option<u64>,
}

/// The worker that keeps catalogue and index up to date.
pub struct Indexer {
    store: Store,
    catalogue: Catalogue,
    opener: Opener,
    index: Index,
    options: WalkOptions,
    pace: Pace,
    told: Option<Told>,
    /// More bytes of text than this are not indexed before somebody agrees.
    limit: u64,
    /// How many wait for that.
    waiting: Option<u64>,
}

/// What the catalogue was like when it was last told of, by which the work of another process is known.
#[derive(Clone, Copy, PartialEq)]
struct Told {
    version: i64,
    generation: i64,
    counts: Counts,
}

/// How often it is seen whether another process has let go of the index.
const TURN: Duration = Duration::from_millis(50);

/// So many files, and so long a walk, are a first glance at a library.
const FIRST: usize = 200;
const GLANCE: Duration = Duration::from_millis(100);

/// So many files are worth memory of their own for the catalogue.
const MANY: usize = 1_000;

impl Pace {
    /// How often the index is committed. Each commit makes a piece of it that is to be merged with others later, so where
    /// nobody waits to search what is there already, it is seldom.
    fn commit(self) -> Duration {
        match self {
            Pace::Full => Duration::from_secs(120),
            Pace::Considerate => Duration::from_secs(3),
        }
    }

    /// Bytes of memory for the index's writer: the more, the fewer pieces.
    fn memory(self) -> usize {
        match self {
            Pace::Full => 85_000_000,
            Pace::Considerate => 80_000_000,
        }
    }
}

impl Indexer {
    /// An indexer of a store.
    pub fn new(store: &Store, index: Index, options: WalkOptions, pace: Pace) -> Result<Indexer> {
        Ok(Indexer {
            store: store.clone(),
            catalogue: Catalogue::open(store)?,
            opener: Opener::new(store),
            index,
            options,
            pace,
            told: None,
            limit: u64::MAX,
            waiting: None,
        })
    }

    /// Above so many bytes of new text, only titles are taken in until [`Indexer::agree`]. Without this nobody is asked.
    pub fn ask_above(&mut self, bytes: u64) {
        self.limit = bytes;
    }

    /// However much it is, it is to be indexed.
    pub fn agree(&mut self) {
        self.limit = u64::MAX;
    }

    /// How it is walked.
    pub fn options(&self) -> WalkOptions {
        self.options
    }

    /// What is walked.
    pub fn roots(&self) -> Vec<PathBuf> {
        self.store.roots().iter().map(|root| root.path.clone()).collect()
    }

    /// Where catalogue and index lie.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Tells what there is if another process has changed it since it was last told of. Nothing is looked for.
    pub fn catch_up(&mut self, tell: &dyn Fn(Progress)) -> Result<()> {
        let Some(told) = self.told.filter(|told| self.catalogue.version().is_ok_and(|now| now != told.version)) else {
            return Ok(());
        };
        let now = self.now()?;
        // Whoever saves an order writes too.
        if now == (Told { version: now.version, ..told }) {
            self.told = Some(now);
            return Ok(());
        }
        self.index.reload()?;
        tell(self.progress(true, Vec::new(), false)?);
        Ok(())
    }

    fn now(&self) -> Result<Told> {
        // The version first: what is written while the rest is read is told again, and not missed.
        let version = self.catalogue.version()?;
        Ok(Told { version, generation: self.catalogue.generation()?, counts: self.catalogue.counts()? })
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
        let mut glanced = 0;
        if within.is_empty() {
            tell(self.progress(false, Vec::new(), true)?);
            glanced = self.glance(readers, alive, tell)?;
        }
        let (todo, gone) = self.look(within, alive)?;
        let catalogue = &mut self.catalogue;
        let new = todo.iter().map(|found| if let Found::File(file) = found { file.size } else { 0 });
        self.waiting = Some(new.sum::<u64>() + catalogue.unindexed_bytes()?).filter(|bytes| *bytes > self.limit);
        let waiting = self.waiting;
        let idle = todo.is_empty() && gone.is_empty();
        let done = waiting.is_some() || catalogue.unindexed(1)?.is_empty();
        if idle && done && catalogue.dropped(1)?.is_empty() {
            // Nothing is written when nothing has changed: not a lock, not a file. Another process may have written.
            catalogue.end_scan()?;
            self.index.reload()?;
            tell(self.progress(true, Vec::new(), false)?);
            return Ok(Report { waiting, ..Report::default() });
        }
        let Some(writer) = self.index.writer(1, self.pace.memory())? else {
            self.index.reload()?;
            tell(self.progress(true, Vec::new(), false)?);
            return Ok(Report { busy: true, waiting, ..Report::default() });
        };
        let files = todo.len();
        if files > MANY {
            self.catalogue.expect(Cache::Writing)?;
        }
        let telling = Telling::new(tell);
        let mut run = Run { indexer: self, writer, telling, pending: Vec::new(), committed: Instant::now() };
        run.read(todo, readers, alive)?;
        // After what is new, so that a file that was moved is known again; and only if all of that was read.
        if alive() {
            run.write(gone.into_iter().map(|change| Read { change, words: Vec::new(), texts: Vec::new() }).collect())?;
        }
        run.take_up_missing(alive)?;
        run.finish()?;
        self.catalogue.expect(Cache::Reading)?;
        Ok(Report { files: files + glanced, busy: false, waiting })
    }

    /// Takes in a few of the files of a library that was never looked at, so that there is something to read while the walk
    /// goes through a large one; how many they are.
    fn glance(&mut self, readers: usize, alive: &(dyn Fn() -> bool + Sync), tell: &dyn Fn(Progress)) -> Result<usize> {
        if self.catalogue.counts()?.documents > 0 {
            return Ok(0);
        }
        let (began, seen) = (Instant::now(), AtomicUsize::new(0));
        let goes_on = || alive() && seen.fetch_add(1, Ordering::Relaxed) < FIRST && began.elapsed() < GLANCE;
        let (todo, _) = self.look(&[], &goes_on)?;
        // A walk that was not broken off has found all that there is.
        if todo.is_empty() || goes_on() {
            return Ok(0);
        }
        let size: u64 = todo.iter().map(|found| if let Found::File(file) = found { file.size } else { 0 }).sum();
        let Some(writer) = self.index.writer(1, self.pace.memory())?.filter(|_| size <= self.limit) else {
            return Ok(0);
        };
        let files = todo.len();
        let telling = Telling::new(tell);
        let mut run = Run { indexer: self, writer, telling, pending: Vec::new(), committed: Instant::now() };
        run.read(todo, readers, alive)?;
        run.pause()?;
        Ok(files)
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
        let roots = self.roots();
        let within = &within.iter().map(|path| whole(path, &roots).to_owned()).collect::<Vec<_>>();
        let scan = self.catalogue.begin_scan(within)?;
        let todo = Mutex::new(Vec::new());
        walk_without(&roots, within, self.store.stores_dir().as_deref(), &self.options, &|found| {
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
    fn progress(&mut self, all: bool, changed: Vec<DocId>, scanning: bool) -> Result<Progress> {
        let now = self.now()?;
        let others = |told: Told| told.version != now.version && told.generation != now.generation;
        let others = self.told.replace(now).is_some_and(others);
        let number = |n| usize::try_from(n).unwrap_or(usize::MAX);
        let all = all || others;
        Ok(Progress {
            all: if all { Some(self.catalogue.ids()?.into()) } else { None },
            copies: if all { Some(self.catalogue.copies()?.into()) } else { None },
            changed,
            others,
            scanning,
            indexed: number(now.counts.indexed),
            total: number(now.counts.documents),
            unreadable: number(now.counts.unreadable),
            waiting: self.waiting,
        })
    }
}
