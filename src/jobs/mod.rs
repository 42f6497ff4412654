//! Slow work, on threads of its own: the only place with threads besides `app`'s input. Each worker is a plain struct
//! that performs a job and gives an outcome, so that tests run it inline; this file puts them on threads.
//!
//! Searching and loading have a one-slot mailbox each: the newest request wins, and the work on an older one looks
//! between steps whether it still matters. Saves are a queue, and none is ever dropped. A panic in a job becomes a message.

mod collection;
mod indexer;
mod keeper;
mod loader;
mod mailbox;
mod searcher;
mod spool;
mod watcher;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
};

use anyhow::Result;

use crate::state::{Job, Outcome};
pub use collection::{Collection, Single, open_index};
pub use indexer::{Indexer, Pace, Report};
pub use keeper::{Keep, Keeper};
pub use loader::Loader;
use mailbox::Mailbox;
pub use searcher::Searcher;
pub use spool::Spool;

/// Where outcomes go.
pub type Outbox = Arc<dyn Fn(Outcome) + Send + Sync>;

/// The workers.
pub struct Jobs {
    searches: Mailbox<Job>,
    loads: Mailbox<Job>,
    scans: Option<Sender<Scan>>,
    saves: Option<Sender<Keep>>,
    keeper: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
}

/// What the indexer is told.
enum Scan {
    /// Look at everything.
    All,
    /// Look at what lies in these paths.
    Within(Vec<std::path::PathBuf>),
}

/// The workers, made but not started.
pub struct Workers {
    /// Opens documents.
    pub loader: Loader,
    /// Remembers.
    pub keeper: Keeper,
    /// Those of a library; a single document has none.
    pub library: Option<Library>,
}

/// Makes what answers searches and what keeps catalogue and index up to date. Called on a thread of its own.
pub type Library = Box<dyn FnOnce() -> Result<(Searcher, Indexer)> + Send>;

impl Jobs {
    /// Starts the workers. What they find goes to `outbox`.
    pub fn start(workers: Workers, outbox: &Outbox) -> Jobs {
        let Workers { loader, keeper, library } = workers;
        let (searches, loads) = (Mailbox::new(), Mailbox::new());
        let stop = Arc::new(AtomicBool::new(false));
        spawn_loader(loader, loads.clone(), outbox.clone());
        let scans = library.map(|library| spawn_library(library, searches.clone(), stop.clone(), outbox.clone()));
        let (saves, queue) = channel();
        let keeper = spawn_keeper(keeper, queue, outbox.clone());
        Jobs { searches, loads, scans, saves: Some(saves), keeper: Some(keeper), stop }
    }

    /// Has a job done.
    pub fn submit(&self, job: Job) {
        match job {
            Job::Search { .. } => self.searches.put(job),
            Job::Load { .. } | Job::Find { .. } => self.loads.put(job),
            Job::Rescan => {
                if let Some(scans) = &self.scans {
                    scans.send(Scan::All).ok();
                }
            }
        }
    }

    /// Has something remembered.
    pub fn save(&self, keep: Keep) {
        if let Some(saves) = &self.saves {
            saves.send(keep).ok();
        }
    }

    /// Stops the workers, and waits until all that was to be saved is.
    pub fn finish(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.searches.close();
        self.loads.close();
        if let Some(scans) = self.scans.take() {
            scans.send(Scan::All).ok();
        }
        self.saves = None;
        if let Some(keeper) = self.keeper.take() {
            keeper.join().ok();
        }
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.end();
    }
}

/// Runs a job; an error or a panic in it becomes the outcome that says so.
pub fn guarded(job: impl FnOnce() -> Result<Option<Outcome>>) -> Option<Outcome> {
    // A worker that panicked keeps only what a later job replaces or reads again.
    match catch_unwind(AssertUnwindSafe(job)) {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Some(Outcome::Failed { ticket: None, why: format!("{error:#}") }),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            Some(Outcome::Failed {
                ticket: None,
                why: format!("a defect in recto: {}", said.unwrap_or("no reason given")),
            })
        }
    }
}

fn spawn_searcher(mut searcher: Searcher, mailbox: Mailbox<Job>, outbox: Outbox) {
    thread::spawn(move || {
        while let Some((job, number)) = mailbox.take() {
            let outcome = guarded(|| searcher.perform(&job, &|| mailbox.is_newest(number)));
            outcome.into_iter().for_each(|outcome| outbox(outcome));
        }
    });
}

fn spawn_loader(mut loader: Loader, mailbox: Mailbox<Job>, outbox: Outbox) {
    thread::spawn(move || {
        while let Some((job, number)) = mailbox.take() {
            let outcome = guarded(|| loader.perform(&job, &|| mailbox.is_newest(number)));
            outcome.into_iter().for_each(|outcome| outbox(outcome));
        }
    });
}

fn spawn_keeper(mut keeper: Keeper, queue: Receiver<Keep>, outbox: Outbox) -> JoinHandle<()> {
    thread::spawn(move || {
        for keep in queue {
            let outcome = guarded(|| keeper.perform(keep).map(|()| None));
            outcome.into_iter().for_each(|outcome| outbox(outcome));
        }
    })
}

/// Opens the library on a thread, starts the searcher, and goes on as the indexer.
fn spawn_library(library: Library, searches: Mailbox<Job>, stop: Arc<AtomicBool>, outbox: Outbox) -> Sender<Scan> {
    let (scans, queue) = channel();
    // The watcher has a sender too; the queue ends by `stop` and one last message.
    let watch = scans.clone();
    scans.send(Scan::All).ok();
    thread::spawn(move || {
        let outcome = guarded(|| {
            let (searcher, indexer) = library()?;
            spawn_searcher(searcher, searches, outbox.clone());
            index(indexer, &queue, &watch, &stop, &outbox);
            Ok(None)
        });
        outcome.into_iter().for_each(|outcome| outbox(outcome));
    });
    scans
}

/// The indexer's thread.
fn index(mut indexer: Indexer, queue: &Receiver<Scan>, watch: &Sender<Scan>, stop: &AtomicBool, outbox: &Outbox) {
    let roots = indexer.roots();
    let mut watching = watcher::Watching::default();
    let alive = || !stop.load(Ordering::Acquire);
    while let Ok(scan) = queue.recv() {
        if !alive() {
            break;
        }
        let within = match scan {
            Scan::All => Vec::new(),
            Scan::Within(paths) => paths,
        };
        // Before the scan: what changes while it goes on is seen by one or the other.
        watching.start(&roots, watch, outbox);
        let outcome = guarded(|| {
            indexer.run(&within, &alive, &|progress| outbox(Outcome::Library(progress)))?;
            Ok(None)
        });
        outcome.into_iter().for_each(|outcome| outbox(outcome));
    }
}
