//! Two recto on one library: what the one writes the other shows, without being asked and without looking at the files.

use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

use recto::{
    jobs::{
        Collection, Explainer, Illustrator, Indexer, Jobs, Keeper, Loader, Outbox, Pace, Searcher, Workers, open_index,
    },
    library::{Catalogue, Store, WalkOptions},
    state::{Job, Outcome, Progress, Ticket},
};
use tempfile::TempDir;

use super::harness::Harness;

/// How long a test waits before it fails.
const GUARD: Duration = Duration::from_secs(30);

/// A folder of documents that two have open.
struct Shared {
    temp: TempDir,
}

impl Shared {
    fn new(files: &[(&str, &str)]) -> Shared {
        let shared = Shared { temp: tempfile::tempdir().unwrap() };
        fs::create_dir(shared.temp.path().join("pile")).unwrap();
        for (name, text) in files {
            fs::write(shared.path(name), text).unwrap();
        }
        shared
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().canonicalize().unwrap().join("pile").join(name)
    }

    fn store(&self) -> Store {
        Store::open(&self.temp.path().join("cache"), &[self.path("")]).unwrap()
    }

    fn indexer(&self) -> Indexer {
        let index = open_index(&self.store()).unwrap();
        Indexer::new(&self.store(), index, WalkOptions { all: false }, Pace::Considerate).unwrap()
    }
}

fn told(indexer: &mut Indexer) -> Vec<Progress> {
    let told = Mutex::new(Vec::new());
    indexer.catch_up(&|progress| told.lock().unwrap().push(progress)).unwrap();
    told.into_inner().unwrap()
}

fn run(indexer: &mut Indexer) {
    indexer.run(&[], &|| true, &|_| {}).unwrap();
}

#[test]
fn what_another_process_wrote_is_told_once() {
    let shared = Shared::new(&[("a.md", "# One\n\nText.\n")]);
    let (mut one, mut other) = (shared.indexer(), shared.indexer());
    run(&mut one);
    run(&mut other);
    assert_eq!(told(&mut one), [], "nothing was written since");
    fs::write(shared.path("b.md"), "# Two\n\nText.\n").unwrap();
    run(&mut one);
    assert_eq!(told(&mut one), [], "what one has written itself");
    let news = told(&mut other);
    let [progress] = news.as_slice() else { panic!("{news:?}") };
    assert_eq!((progress.others, progress.total, progress.indexed, progress.scanning), (true, 2, 2, false));
    assert_eq!(progress.all.as_ref().map(|all| all.len()), Some(2));
    assert_eq!(told(&mut other), []);
    // An order that is saved changes nothing that is shown; to tell of it would have it saved again.
    let ids = Catalogue::open(&shared.store()).unwrap().ids().unwrap();
    Catalogue::open(&shared.store()).unwrap().save_order("newest", &ids).unwrap();
    assert_eq!(told(&mut one), []);
}

/// Where another process had read a changed file first, the scan found nothing new, and the old text stayed.
#[test]
fn a_scan_after_the_one_of_another_process_tells_of_it() {
    let shared = Shared::new(&[("a.md", "# One\n\nText.\n")]);
    let (mut one, mut other) = (shared.indexer(), shared.indexer());
    run(&mut one);
    run(&mut other);
    fs::write(shared.path("a.md"), "# One\n\nAnother text.\n").unwrap();
    run(&mut one);
    let others = Mutex::new(Vec::new());
    other.run(&[], &|| true, &|progress| others.lock().unwrap().push(progress.others)).unwrap();
    assert!(others.into_inner().unwrap().contains(&true));
}

#[test]
fn the_open_document_is_read_again_when_another_process_has_written() {
    let mut h = Harness::new(&[("a.md", "# One\n\nText.\n"), ("b.md", "# Two\n\nText.\n")]);
    h.effects();
    h.outcome(Outcome::Library(Progress { total: 2, indexed: 2, ..Progress::default() }));
    assert!(h.effects().iter().all(|effect| !format!("{effect:?}").contains("Load")));
    h.outcome(Outcome::Library(Progress { total: 2, indexed: 2, others: true, ..Progress::default() }));
    assert!(h.effects().iter().any(|effect| format!("{effect:?}").contains("Load")));
}

/// The whole way, with threads: the catalogue's folder is watched, and a search is answered from what is there now.
#[test]
fn a_running_recto_follows_another_one() {
    let shared = Shared::new(&[("a.md", "# One\n\nText.\n")]);
    run(&mut shared.indexer());
    let (sender, outcomes) = channel();
    let sender = Mutex::new(sender);
    let outbox: Outbox = Arc::new(move |outcome| drop(sender.lock().unwrap().send(outcome)));
    let store = shared.store();
    let library = Box::new(move || {
        let index = open_index(&store)?;
        let searcher = Searcher::new(&store, index.clone(), None)?;
        Ok((searcher, Indexer::new(&store, index, WalkOptions { all: false }, Pace::Considerate)?))
    });
    let collection = Collection::Library(shared.store());
    let loader = Loader::new(&collection, None).unwrap();
    let explainer = Explainer::new(&collection);
    let illustrator = Illustrator::new(&collection).unwrap();
    let keeper = Keeper::new(None, shared.path(""));
    let jobs = Jobs::start(
        Workers { loader, explainer, illustrator, keeper, library: Some(library), patience: GUARD },
        &outbox,
    );
    until(&outcomes, |outcome| matches!(outcome, Outcome::Library(progress) if !progress.scanning));
    // As `recto index --rebuild` does; no file changes, so that nothing else tells of it.
    Catalogue::open(&shared.store()).unwrap().clear().unwrap();
    until(&outcomes, |outcome| matches!(outcome, Outcome::Library(progress) if progress.total == 0));
    run(&mut shared.indexer());
    until(&outcomes, |outcome| matches!(outcome, Outcome::Library(progress) if progress.indexed == 1));
    let order = recto::search::Order::Best;
    jobs.submit(Job::Search { ticket: Ticket(1), query: "text".to_owned(), order, scan: false });
    until(&outcomes, |outcome| matches!(outcome, Outcome::Found(found) if found.ids.len() == 1));
    jobs.finish();
}

fn until(outcomes: &Receiver<Outcome>, wanted: impl Fn(&Outcome) -> bool) {
    while !wanted(&outcomes.recv_timeout(GUARD).expect("no such outcome")) {}
}
