//! Slow work, on threads of its own: the only place with threads besides `app`'s input. Each worker is a plain struct
//! that performs a job and gives an outcome, so that tests run it inline; this file puts them on threads.
//!
//! Searching, loading, finding, explaining, painting and illustrating have a one-slot mailbox each: the newest request wins,
//! and the work on an older one looks between steps whether it still matters. Saves are a queue, and none is ever dropped.
//! A panic in a job becomes a message.

mod collection;
mod diary;
mod explainer;
mod holdings;
mod illustrator;
mod indexer;
mod keeper;
mod ledger;
mod loader;
mod mailbox;
mod painter;
mod relatives;
mod scanner;
mod searcher;
mod shelf;
mod spool;
mod values;
mod watcher;
mod worker;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::state::{Job, Outcome};
pub use collection::{Collection, Single, open_index};
pub use explainer::Explainer;
pub use illustrator::Illustrator;
pub use indexer::{Indexer, Pace, Report};
pub use keeper::{Keep, Keeper};
use ledger::Ledger;
pub use loader::{Finder, Loader};
use mailbox::Mailbox;
pub use painter::Painter;
pub use searcher::Searcher;
pub use spool::Spool;
pub use worker::guarded;
use worker::{failed, spawn, ticket};

/// Where outcomes go.
pub type Outbox = Arc<dyn Fn(Outcome) + Send + Sync>;

/// The workers.
pub struct Jobs {
    searches: Mailbox<Job>,
    /// With how many saves a load waits for.
    loads: Mailbox<(Job, u64)>,
    finds: Mailbox<Job>,
    explains: Mailbox<Job>,
    paints: Mailbox<Job>,
    illustrations: Mailbox<Job>,
    scans: Option<Sender<Scan>>,
    saves: Option<Sender<Keep>>,
    ledger: Arc<Ledger>,
    keeper: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
}

/// How long a load waits for the saves that were sent before it, where somebody waits for the load.
pub const SAVED: Duration = Duration::from_millis(300);
/// How long it takes to look again whether another process is done with the index, at least.
const AGAIN: Duration = Duration::from_secs(1);

/// What the indexer is told.
enum Scan {
    /// Look at everything.
    All,
    /// Look at everything, and index it however much it is.
    Agreed,
    /// Look at what lies in these paths; there is at least one.
    Within(Vec<PathBuf>),
    /// Look at the catalogue: another process may have written it.
    Catalogue,
}

impl Scan {
    /// Both at once.
    fn and(self, other: Scan) -> Scan {
        match (self, other) {
            (Scan::Within(paths), Scan::Within(more)) => Scan::Within(paths.into_iter().chain(more).collect()),
            (Scan::Catalogue, other) | (other, Scan::Catalogue) => other,
            (Scan::Agreed, _) | (_, Scan::Agreed) => Scan::Agreed,
            (Scan::All, _) | (_, Scan::All) => Scan::All,
        }
    }
}

/// The workers, made but not started.
pub struct Workers {
    /// Opens documents.
    pub loader: Loader,
    /// Says why documents were found.
    pub explainer: Explainer,
    /// Makes images ready.
    pub illustrator: Illustrator,
    /// Remembers.
    pub keeper: Keeper,
    /// Those of a library; a single document has none.
    pub library: Option<OpenLibrary>,
    /// How long a load waits for the saves that were sent before it: the place may be among them.
    pub patience: Duration,
}

/// Makes what answers searches and what keeps catalogue and index up to date. Called on a thread of its own.
pub type OpenLibrary = Box<dyn FnOnce() -> Result<(Searcher, Indexer)> + Send>;

impl Jobs {
    /// Starts the workers. What they find goes to `outbox`.
    pub fn start(workers: Workers, outbox: &Outbox) -> Jobs {
        let Workers { loader, explainer, illustrator, keeper, library, patience } = workers;
        let (searches, loads) = (Mailbox::new(), Mailbox::new());
        let (finds, explains) = (Mailbox::new(), Mailbox::new());
        let (paints, illustrations) = (Mailbox::new(), Mailbox::new());
        let ledger = Arc::new(Ledger::default());
        let stop = Arc::new(AtomicBool::new(false));
        let (finder, mut explainer, mut painter) = (loader.finder(), explainer, Painter::default());
        spawn(finds.clone(), outbox.clone(), move |job, alive, tell| Ok(finder.perform(job, alive, tell)));
        spawn(explains.clone(), outbox.clone(), move |job, alive, tell| {
            explainer.perform(job, alive, tell).map(|()| None)
        });
        spawn(paints.clone(), outbox.clone(), move |job, alive, tell| {
            painter.perform(job, alive, tell);
            Ok(None)
        });
        spawn(illustrations.clone(), outbox.clone(), move |job, alive, tell| {
            illustrator.perform(job, alive, tell).map(|()| None)
        });
        spawn_loader(loader, loads.clone(), (ledger.clone(), patience), outbox.clone());
        let scans = library.map(|library| {
            let asked = (searches.clone(), ledger.clone(), patience);
            spawn_library(library, asked, stop.clone(), outbox.clone())
        });
        let (saves, queue) = channel();
        let keeper = spawn_keeper(keeper, queue, ledger.clone(), outbox.clone());
        Jobs {
            searches,
            loads,
            finds,
            explains,
            paints,
            illustrations,
            scans,
            saves: Some(saves),
            ledger,
            keeper: Some(keeper),
            stop,
        }
    }

    /// Has a job done.
    pub fn submit(&self, job: Job) {
        match job {
            // The state asks for no count while it waits for a search.
            Job::Search { .. } | Job::Saved { .. } => self.searches.put(job),
            Job::Load { .. } => self.loads.put((job, self.ledger.sent())),
            Job::Find { .. } => self.finds.put(job),
            Job::Explain { .. } => self.explains.put(job),
            Job::Paint { .. } => self.paints.put(job),
            Job::Illustrate { .. } => self.illustrations.put(job),
            Job::Rescan => self.scan(Scan::All),
            Job::Index => self.scan(Scan::Agreed),
        }
    }

    fn scan(&self, scan: Scan) {
        if let Some(scans) = &self.scans {
            scans.send(scan).ok();
        }
    }

    /// Has something remembered.
    pub fn save(&self, keep: Keep) {
        if let Some(saves) = &self.saves {
            self.ledger.send();
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
        self.finds.close();
        self.explains.close();
        self.paints.close();
        self.illustrations.close();
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

/// What is asked of the searcher, and the saves that may have to come before, with how long they are waited for.
type Asked = (Mailbox<Job>, Arc<Ledger>, Duration);

/// The searcher's thread. An answer from what is out of date is given at once, and again when no other search is asked for
/// until it may be brought up to date; counting the saved filters in between does not make it forget.
fn serve_searches(mut searcher: Searcher, (mailbox, ledger, patience): &Asked, outbox: &Outbox) {
    let mut behind = None;
    while let Some((job, number)) = mailbox.take() {
        let mut next = Some(job);
        while let Some(job) = next.take() {
            if matches!(job, Job::Saved { .. }) {
                ledger.wait(ledger.sent(), *patience);
            }
            let alive = || mailbox.is_newest(number);
            let outcome = guarded(ticket(&job), || searcher.perform_telling(&job, &alive, &|outcome| outbox(outcome)));
            outcome.into_iter().for_each(|outcome| outbox(outcome));
            let wait = searcher.behind();
            if matches!(job, Job::Search { .. }) {
                behind = wait.map(|_| job);
            }
            if behind.is_some() && mailbox.stays_empty(wait.unwrap_or_default()) {
                next = behind.take();
            }
        }
    }
}

/// Answers every search with the reason why there is no searcher.
fn refuse_searches(why: &str, mailbox: &Mailbox<Job>, outbox: &Outbox) {
    while let Some((job, _)) = mailbox.take() {
        outbox(Outcome::Failed { ticket: ticket(&job), why: why.to_owned() });
    }
}

fn spawn_loader(
    mut loader: Loader,
    mailbox: Mailbox<(Job, u64)>,
    (ledger, patience): (Arc<Ledger>, Duration),
    outbox: Outbox,
) {
    thread::spawn(move || {
        while let Some(((job, sent), number)) = mailbox.take() {
            ledger.wait(sent, patience);
            let outcome = guarded(ticket(&job), || loader.perform(&job, &|| mailbox.is_newest(number)));
            let trouble = loader.trouble().map(failed);
            outcome.into_iter().chain(trouble).for_each(|outcome| outbox(outcome));
        }
    });
}

fn spawn_keeper(mut keeper: Keeper, queue: Receiver<Keep>, ledger: Arc<Ledger>, outbox: Outbox) -> JoinHandle<()> {
    thread::spawn(move || {
        for keep in queue {
            let outcome = guarded(None, || keeper.perform(keep).map(|()| None));
            ledger.settle();
            outcome.into_iter().for_each(|outcome| outbox(outcome));
        }
        let outcome = guarded(None, || keeper.retry().map(|()| None));
        outcome.into_iter().for_each(|outcome| outbox(outcome));
    })
}

/// Opens the library on a thread, starts the searcher, and goes on as the indexer.
fn spawn_library(library: OpenLibrary, asked: Asked, stop: Arc<AtomicBool>, outbox: Outbox) -> Sender<Scan> {
    let (scans, queue) = channel();
    // The watcher has a sender too; the queue ends by `stop` and one last message.
    let watch = scans.clone();
    scans.send(Scan::All).ok();
    thread::spawn(move || {
        let mut workers = None;
        let trouble = guarded(None, || {
            workers = Some(library()?);
            Ok(None)
        });
        if let Some((mut searcher, indexer)) = workers {
            let answers = outbox.clone();
            thread::spawn(move || {
                // While nobody has typed yet; what fails here fails again with the first search, and is told then.
                catch_unwind(AssertUnwindSafe(|| searcher.prepare())).ok();
                serve_searches(searcher, &asked, &answers);
            });
            index(indexer, &queue, &watch, &stop, &outbox);
        } else if let Some(Outcome::Failed { why, .. }) = trouble {
            outbox(failed(why.clone()));
            refuse_searches(&why, &asked.0, &outbox);
        }
    });
    scans
}

/// The indexer's thread.
fn index(mut indexer: Indexer, queue: &Receiver<Scan>, watch: &Sender<Scan>, stop: &AtomicBool, outbox: &Outbox) {
    let mut watching = watcher::Watching::default();
    let alive = || !stop.load(Ordering::Acquire);
    // What another process kept from being done, and when to try again.
    let mut put_off: Option<(Scan, Instant)> = None;
    loop {
        let scan = match put_off.take() {
            None => queue.recv().ok(),
            Some((scan, at)) => match queue.recv_timeout(at.saturating_duration_since(Instant::now())) {
                // The other process writes all the time: that is no reason to look at the files before their turn.
                Ok(Scan::Catalogue) => {
                    put_off = Some((scan, at));
                    Some(Scan::Catalogue)
                }
                Ok(more) => Some(scan.and(more)),
                Err(RecvTimeoutError::Timeout) => Some(scan),
                Err(RecvTimeoutError::Disconnected) => None,
            },
        };
        let Some(scan) = scan.filter(|_| alive()) else { break };
        let tell = |progress| outbox(Outcome::Library(progress));
        let within: &[PathBuf] = match &scan {
            Scan::Agreed => {
                indexer.agree();
                &[]
            }
            Scan::All => &[],
            Scan::Within(paths) => paths,
            Scan::Catalogue => {
                let outcome = guarded(None, || indexer.catch_up(&tell).map(|()| None));
                outcome.into_iter().for_each(|outcome| outbox(outcome));
                continue;
            }
        };
        // Before the scan: what changes while it goes on is seen by one or the other.
        watching.start(&indexer, watch, outbox);
        let began = Instant::now();
        let mut busy = false;
        let outcome = guarded(None, || {
            busy = indexer.run(within, &alive, &tell)?.busy;
            Ok(None)
        });
        outcome.into_iter().for_each(|outcome| outbox(outcome));
        if busy {
            // Looking takes a tenth of the time at most.
            put_off = Some((scan, Instant::now() + AGAIN.max(began.elapsed() * 10)));
        }
    }
}
