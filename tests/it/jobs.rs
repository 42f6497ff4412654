//! The workers: what they write down, what they answer, and what becomes of them when something goes wrong.

use std::{
    cell::RefCell,
    fs,
    io::Read,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

use recto::{
    doc::{DocId, Identity},
    index::Index,
    jobs::{
        Collection, Explainer, Illustrator, Indexer, Jobs, Keep, Keeper, Loader, OpenLibrary, Outbox, Pace, Report,
        Searcher, Spool, Workers, open_index,
    },
    library::{Catalogue, Change, Store, WalkOptions, examine},
    memory::{Act, KeptPlace, Memory, SavedFilter},
    query::Query,
    search::{self, Order, Request},
    state::{Count, Found, Job, Outcome, Progress, ReadState, Ticket},
};
use tempfile::TempDir;

use crate::hang::{HANG, ends};

/// Documents with a cache and a memory beside them.
struct Desk {
    temp: TempDir,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Desk {
        let desk = Desk { temp: tempfile::tempdir().unwrap() };
        fs::create_dir_all(desk.path("")).unwrap();
        for (name, text) in files {
            fs::write(desk.path(name), text).unwrap();
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().canonicalize().unwrap().join("pile").join(name)
    }

    fn store(&self) -> Store {
        Store::open(&self.temp.path().join("cache"), &[self.path("")]).unwrap()
    }

    fn catalogue(&self) -> Catalogue {
        Catalogue::open(&self.store()).unwrap()
    }

    fn memory(&self) -> Memory {
        Memory::open(&self.temp.path().join("data")).unwrap()
    }

    /// Its tables, past the memory.
    fn meddle(&self, sql: &str) {
        let db = rusqlite::Connection::open(self.temp.path().join("data/recto.db")).unwrap();
        db.execute_batch(sql).unwrap();
    }

    fn indexer(&self) -> Indexer {
        let store = self.store();
        let index = open_index(&store).unwrap();
        Indexer::new(&store, index, WalkOptions { all: false }, Pace::Considerate).unwrap()
    }

    fn run(&self) -> Report {
        self.indexer().run(&[], &|| true, &|_| {}).unwrap()
    }

    fn id(&self, name: &str) -> Option<DocId> {
        self.catalogue().find_path(&self.path(name), None).unwrap()
    }

    fn identity(&self, name: &str) -> Identity {
        examine(&self.path(name), &mut ()).entries.remove(0).identity
    }

    /// What the index finds, whatever the catalogue says.
    fn indexed(&self, query: &str) -> Vec<DocId> {
        let index = open_index(&self.store()).unwrap();
        let query = Query::parse(query);
        let request = Request { query: &query, order: Order::Path, rank: &|id| u64::from(id.0), alive: &|| true };
        search::find(&index.snapshot().into(), &request).unwrap().unwrap().ids
    }

    fn searcher(&self) -> Searcher {
        let store = self.store();
        let index = open_index(&store).unwrap();
        Searcher::new(&store, index, Some(self.memory())).unwrap()
    }

    fn library(&self) -> OpenLibrary {
        let (store, memory) = (self.store(), self.memory());
        Box::new(move || {
            let index = open_index(&store)?;
            let searcher = Searcher::new(&store, index.clone(), Some(memory))?;
            Ok((searcher, Indexer::new(&store, index, WalkOptions { all: false }, Pace::Considerate)?))
        })
    }

    fn jobs(&self, library: Option<OpenLibrary>) -> (Jobs, Receiver<Outcome>) {
        let collection = Collection::Library(self.store());
        let loader = Loader::new(&collection, Some(self.memory())).unwrap();
        let keeper = Keeper::new(Some(self.memory()), self.path(""));
        let explainer = Explainer::new(&collection);
        let illustrator = Illustrator::new(&collection).unwrap();
        let (outbox, outcomes) = outbox();
        // Nobody sits here who would be kept waiting.
        (Jobs::start(Workers { loader, explainer, illustrator, keeper, library, patience: HANG }, &outbox), outcomes)
    }

    fn keep(&self, name: &str, act: Act) -> Keep {
        Keep::Act { identity: Box::new(self.identity(name)), path: self.path(name), entry: None, act }
    }
}

fn outbox() -> (Outbox, Receiver<Outcome>) {
    let (sender, outcomes) = channel();
    let sender = std::sync::Mutex::new(sender);
    (Arc::new(move |outcome| drop(sender.lock().unwrap().send(outcome))), outcomes)
}

/// Waits for an outcome of a kind; others that come all the time don't make it wait for ever.
fn wait<T>(outcomes: &Receiver<Outcome>, wanted: impl Fn(Outcome) -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        let left = HANG.saturating_sub(began.elapsed());
        if let Some(found) = wanted(outcomes.recv_timeout(left).expect("no such outcome")) {
            return found;
        }
    }
}

fn progress(outcome: Outcome) -> Option<Progress> {
    if let Outcome::Library(progress) = outcome { Some(progress) } else { None }
}

fn found(outcome: Option<Outcome>) -> Found {
    let Some(Outcome::Found(found)) = outcome else { panic!("{outcome:?}") };
    found
}

fn all(order: Order) -> Job {
    Job::Search { ticket: Ticket(1), query: String::new(), order, scan: false }
}

fn place(block: u64) -> Act {
    Act::Place(KeptPlace { block, ..KeptPlace::default() })
}

#[test]
fn an_indexing_that_can_not_write_ends() {
    let files: Vec<(String, String)> = (0..600).map(|n| (format!("{n}.md"), format!("# Text {n}\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let desk = Desk::new(&files);
    let (mut indexer, catalogue) = (desk.indexer(), desk.store().catalogue_file());
    let failed = ends("an indexing", move || {
        let spoil = |_| {
            let db = rusqlite::Connection::open(&catalogue).unwrap();
            db.execute_batch("DROP TABLE IF EXISTS documents").unwrap();
        };
        indexer.run(&[], &|| true, &spoil).is_err()
    });
    assert!(failed);
}

#[test]
fn a_file_that_was_renamed_keeps_its_number() {
    let desk = Desk::new(&[("a.md", "# Lamp\n\nA text about the lamp.\n"), ("b.md", "# Other\n")]);
    desk.run();
    let before = desk.id("a.md").unwrap();
    fs::rename(desk.path("a.md"), desk.path("c.md")).unwrap();
    desk.run();
    assert_eq!((desk.id("a.md"), desk.id("c.md")), (None, Some(before)));
    assert_eq!(desk.indexed("lamp"), [before]);
}

#[test]
fn what_was_deleted_before_a_kill_leaves_the_index() {
    let desk = Desk::new(&[("a.md", "# Lamp\n"), ("b.md", "# Other\n")]);
    desk.run();
    fs::remove_file(desk.path("a.md")).unwrap();
    // Killed between the catalogue and the index.
    desk.catalogue().apply(&[Change::Gone(desk.path("a.md"))]).unwrap();
    assert_eq!(desk.indexed("lamp").len(), 1);
    desk.run();
    assert_eq!(desk.indexed("lamp"), []);
}

#[test]
fn a_document_taken_up_again_is_found_by_the_title_that_the_list_shows() {
    let desk = Desk::new(&[("zebra.txt", "")]);
    desk.run();
    let id = desk.id("zebra.txt").unwrap();
    assert_eq!(desk.indexed("zebra"), [id]);
    desk.catalogue().set_indexed(&[id], false).unwrap();
    desk.run();
    assert_eq!(desk.indexed("zebra"), [id]);
}

#[test]
fn what_recto_writes_is_not_in_its_library() {
    let desk = Desk::new(&[("a.md", "# Lamp\n")]);
    let root = desk.temp.path().to_owned();
    let store = Store::open(&root.join("cache"), std::slice::from_ref(&root)).unwrap();
    desk.memory().save(&desk.identity("a.md"), &desk.path("a.md"), None, &Act::Opened).unwrap();
    let index = open_index(&store).unwrap();
    let mut indexer = Indexer::new(&store, index, WalkOptions { all: true }, Pace::Considerate).unwrap();
    indexer.run(&[], &|| true, &|_| {}).unwrap();
    let catalogue = Catalogue::open(&store).unwrap();
    let rows = catalogue.rows(&catalogue.ids().unwrap()).unwrap();
    let paths: Vec<PathBuf> = rows.into_iter().map(|row| row.unwrap().path).collect();
    assert_eq!(paths, [desk.path("a.md")]);
}

/// A large library that nobody has looked at yet shows something while it is walked.
#[test]
fn the_first_files_of_many_come_before_the_walk_is_through() {
    let desk = Desk::new(&[]);
    for number in 0..450 {
        fs::write(desk.path(&format!("{number}.md")), format!("# Number {number}\n\nWords of it.\n")).unwrap();
    }
    let totals = RefCell::new(Vec::new());
    let tell = |progress: Progress| totals.borrow_mut().push((progress.total, progress.indexed, progress.scanning));
    let report = desk.indexer().run(&[], &|| true, &tell).unwrap();
    let totals = totals.into_inner();
    let early =
        totals.iter().position(|(total, indexed, scanning)| (1..300).contains(total) && total == indexed && *scanning);
    assert!(early.is_some_and(|early| early < totals.len() - 1), "{totals:?}");
    assert_eq!(totals.last(), Some(&(450, 450, false)));
    // What was read then is not read again.
    assert_eq!(report.files, 450);
    assert_eq!(desk.catalogue().ids().unwrap().len(), 450);
    // With a library that is known it is not done.
    let tell = |progress: Progress| assert_eq!(progress.total, 450);
    assert_eq!(desk.indexer().run(&[], &|| true, &tell).unwrap().files, 0);
}

#[test]
fn a_scan_that_finds_nothing_new_waits_for_nobody() {
    let desk = Desk::new(&[("a.md", "# Lamp\n")]);
    desk.run();
    let mut catalogue = desk.catalogue();
    let db = rusqlite::Connection::open(desk.store().catalogue_file()).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(!catalogue.end_scan().unwrap());
}

#[test]
fn another_recto_that_lets_go_of_the_index_is_followed() {
    let desk = Desk::new(&[("a.md", "# Lamp\n")]);
    let other: Index = open_index(&desk.store()).unwrap();
    let writer = other.writer(1, 20_000_000).unwrap().unwrap();
    let (_jobs, outcomes) = desk.jobs(Some(desk.library()));
    wait(&outcomes, |outcome| progress(outcome).filter(|progress| !progress.scanning));
    drop(writer);
    wait(&outcomes, |outcome| progress(outcome).filter(|progress| progress.indexed == 1));
}

#[test]
fn a_file_that_changes_all_the_time_is_seen() {
    let desk = Desk::new(&[("a.md", "# Lamp\n")]);
    let (_jobs, outcomes) = desk.jobs(Some(desk.library()));
    wait(&outcomes, |outcome| progress(outcome).filter(|progress| !progress.scanning && progress.indexed == 1));
    let began = Instant::now();
    let mut lines = (1..8).cycle();
    loop {
        fs::write(desk.path("a.md"), "# Lamp\n".repeat(lines.next().unwrap())).unwrap();
        // It changes again before anybody has waited for it to rest.
        let told = outcomes.recv_timeout(Duration::from_millis(50)).ok().and_then(progress);
        if told.is_some_and(|progress| !progress.changed.is_empty()) {
            return;
        }
        assert!(began.elapsed() < HANG, "never seen");
    }
}

#[test]
fn a_folder_that_came_later_is_watched() {
    let desk = Desk::new(&[("a.md", "# Lamp\n")]);
    let (_jobs, outcomes) = desk.jobs(Some(desk.library()));
    let total = |n| wait(&outcomes, |outcome| progress(outcome).filter(|p| !p.scanning && p.indexed == n));
    total(1);
    fs::create_dir(desk.path("new")).unwrap();
    fs::write(desk.path("new/b.md"), "# Wick\n").unwrap();
    total(2);
    fs::write(desk.path("new/c.md"), "# Oil\n").unwrap();
    total(3);
}

#[test]
fn a_search_in_a_library_that_can_not_be_opened_is_answered() {
    let desk = Desk::new(&[]);
    let (jobs, outcomes) = desk.jobs(Some(Box::new(|| anyhow::bail!("no room"))));
    jobs.submit(all(Order::Path));
    let why = wait(&outcomes, |outcome| match outcome {
        Outcome::Failed { ticket: Some(Ticket(1)), why } => Some(why),
        _ => None,
    });
    assert_eq!(why, "no room");
}

#[test]
fn finding_words_does_not_keep_the_next_document_from_opening() {
    let desk = Desk::new(&[("a.md", "# Lamp\n"), ("b.md", "# Wick\n")]);
    desk.run();
    let (jobs, outcomes) = desk.jobs(None);
    let ids = [desk.id("a.md").unwrap(), desk.id("b.md").unwrap()];
    for n in 0..20 {
        let (id, before) = (ids[n % 2], ids[(n + 1) % 2]);
        let ticket = Ticket(n as u64);
        jobs.submit(Job::Load { ticket, id, query: String::new(), whole: false });
        jobs.submit(Job::Find { ticket, id: before, query: "wick".to_owned(), from: recto::doc::Anchor::default() });
        wait(&outcomes, |outcome| match outcome {
            Outcome::Loaded(loaded) => (loaded.ticket == ticket).then_some(()),
            _ => None,
        });
    }
}

/// The older request would go on for longer than anybody waits.
#[test]
fn a_newer_request_to_explain_rows_ends_the_older() {
    let desk = Desk::new(&[("a.md", "# Lamp\n\nA lamp on a table.\n")]);
    desk.run();
    let (jobs, outcomes) = desk.jobs(None);
    let id = desk.id("a.md").unwrap();
    let explain =
        |ticket, times| Job::Explain { ticket: Ticket(ticket), query: "lamp".to_owned(), ids: vec![id; times] };
    let answer = |wanted| {
        wait(&outcomes, |outcome| match outcome {
            Outcome::Explained { ticket, mut rows, .. } if ticket == Ticket(wanted) => rows.pop(),
            _ => None,
        })
    };
    jobs.submit(explain(1, 10_000_000));
    answer(1);
    jobs.submit(explain(2, 1));
    let (_, glance) = answer(2);
    assert_eq!((glance.line.text().as_str(), glance.hits, glance.complete), ("A lamp on a table.", 2, true));
}

#[test]
fn a_document_that_can_not_be_explained_keeps_none_from_it() {
    let desk = Desk::new(&[("a.md", "# Lamp\n"), ("b.md", "# Wick\n\nA lamp.\n")]);
    desk.run();
    fs::remove_file(desk.path("a.md")).unwrap();
    let ids = vec![desk.id("a.md").unwrap(), DocId(99), desk.id("b.md").unwrap()];
    let job = Job::Explain { ticket: Ticket(1), query: "lamp".to_owned(), ids };
    let told = RefCell::new(Vec::new());
    let tell = |outcome| {
        let Outcome::Explained { rows, .. } = outcome else { panic!("{outcome:?}") };
        told.borrow_mut().extend(rows.into_iter().map(|(_, glance)| glance.line.text().to_string()));
    };
    Explainer::new(&Collection::Library(desk.store())).perform(&job, &|| true, &tell).unwrap();
    assert_eq!(told.into_inner(), ["", "", "A lamp."]);
}

#[test]
fn words_are_found_in_the_document_that_was_meant() {
    let desk = Desk::new(&[("a.md", "# Lamp\n"), ("b.md", "# Wick\n")]);
    desk.run();
    let mut loader = Loader::new(&Collection::Library(desk.store()), None).unwrap();
    let mut perform = |job| loader.perform(&job, &|| true).unwrap();
    let (a, b) = (desk.id("a.md").unwrap(), desk.id("b.md").unwrap());
    perform(Job::Load { ticket: Ticket(1), id: a, query: String::new(), whole: false });
    let find = |id| Job::Find { ticket: Ticket(2), id, query: "lamp".to_owned(), from: recto::doc::Anchor::default() };
    assert!(matches!(perform(find(a)), Some(Outcome::Hits(_, hits)) if hits.at.len() == 1));
    assert!(perform(find(b)).is_none());
}

#[test]
fn a_document_opens_at_the_place_that_was_just_saved() {
    let text: String = (0..40).map(|n| format!("Paragraph {n} about a lamp.\n\n")).collect();
    let desk = Desk::new(&[("a.md", &text)]);
    desk.run();
    let (jobs, outcomes) = desk.jobs(None);
    let id = desk.id("a.md").unwrap();
    let act = Act::Place(KeptPlace { text: "Paragraph 29 about a lamp.".to_owned(), ..KeptPlace::default() });
    let keep = desk.keep("a.md", act);
    // Somebody else writes for a moment, so that the place is still on its way when one who waits for nothing has loaded.
    let (hasty, loads) = desk.jobs(None);
    let db = rusqlite::Connection::open(desk.temp.path().join("data/recto.db")).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    jobs.save(keep);
    let load = || Job::Load { ticket: Ticket(1), id, query: String::new(), whole: false };
    let loaded =
        |outcomes| wait(outcomes, |outcome| if let Outcome::Loaded(loaded) = outcome { Some(loaded) } else { None });
    jobs.submit(load());
    hasty.submit(load());
    assert_eq!(loaded(&loads).place, None);
    db.execute_batch("COMMIT").unwrap();
    let loaded = loaded(&outcomes);
    let block = loaded.document.unwrap().body.block(loaded.place.unwrap().block).unwrap();
    assert_eq!(block.text, "Paragraph 29 about a lamp.");
}

#[test]
fn what_could_not_be_saved_is_saved_later() {
    let desk = Desk::new(&[("a.md", "# Lamp\n\nSome words about a lamp.\n"), ("b.md", "# Wick\n")]);
    let mut keeper = Keeper::new(Some(desk.memory()), desk.path(""));
    desk.meddle("ALTER TABLE documents RENAME TO away");
    assert!(keeper.perform(desk.keep("a.md", place(7))).is_err());
    assert!(keeper.retry().is_err());
    desk.meddle("ALTER TABLE away RENAME TO documents");
    keeper.perform(desk.keep("b.md", place(8))).unwrap();
    let kept = |name: &str| desk.memory().recall(&desk.identity(name), &desk.path(name), None).unwrap();
    assert_eq!(kept("a.md").unwrap().place.unwrap().block, 7);
    assert_eq!(kept("b.md").unwrap().place.unwrap().block, 8);
}

#[test]
fn a_document_whose_place_is_not_known_is_shown() {
    let desk = Desk::new(&[("a.md", "# Lamp\n")]);
    desk.run();
    let mut loader = Loader::new(&Collection::Library(desk.store()), Some(desk.memory())).unwrap();
    desk.meddle("DROP TABLE documents");
    let load = Job::Load { ticket: Ticket(1), id: desk.id("a.md").unwrap(), query: String::new(), whole: false };
    let Some(Outcome::Loaded(loaded)) = loader.perform(&load, &|| true).unwrap() else { panic!("nothing") };
    assert!(loaded.document.is_ok());
    assert!(loader.trouble().unwrap().contains("the place is not known"));
}

/// What is read all the time is read for a fifth of the time at most.
#[test]
fn an_answer_from_before_a_change_is_followed_by_one_from_after_it() {
    let desk = Desk::new(&[("a.md", "# Lamp\n"), ("b.md", "# Wick\n"), ("c.md", "# Oil\n")]);
    desk.run();
    // Each look at the clock takes a millisecond, and so does reading the columns.
    let (began, passed) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let looks = passed.clone();
    let clock = move || began + Duration::from_millis(looks.fetch_add(1, Ordering::Relaxed));
    let mut searcher = desk.searcher().with_clock(clock);
    let mut ids = || {
        let ids = found(searcher.perform(&all(Order::Path), &|| true).unwrap()).ids.len();
        (ids, searcher.behind())
    };
    assert_eq!(ids(), (3, None));
    desk.catalogue().apply(&[Change::Gone(desk.path("a.md"))]).unwrap();
    let (before, wait) = ids();
    assert_eq!((before, wait), (3, Some(Duration::from_millis(2))));
    desk.catalogue().apply(&[Change::Gone(desk.path("b.md"))]).unwrap();
    passed.fetch_add(2, Ordering::Relaxed);
    assert_eq!(ids(), (1, None));
}

#[test]
fn the_order_by_reading_follows_what_is_read() {
    let desk = Desk::new(&[("a.md", "# Lamp\n"), ("b.md", "# Wick\n")]);
    desk.run();
    let (a, b) = (desk.id("a.md").unwrap(), desk.id("b.md").unwrap());
    let mut searcher = desk.searcher();
    let mut ids = || found(searcher.perform(&all(Order::Unread), &|| true).unwrap()).ids.to_vec();
    assert_eq!(ids(), [a, b]);
    assert_eq!(ids(), [a, b]);
    let finished = Act::State(ReadState::Finished);
    desk.memory().save(&desk.identity("a.md"), &desk.path("a.md"), None, &finished).unwrap();
    assert_eq!(ids(), [b, a]);
}

/// A pipe whose writer is the test.
struct Pipe(Receiver<std::io::Result<Vec<u8>>>);

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Ok(bytes) = self.0.recv() else { return Ok(0) };
        let bytes = bytes?;
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

fn pipe() -> (Sender<std::io::Result<Vec<u8>>>, Spool, Receiver<Outcome>) {
    let (writer, reader) = channel();
    writer.send(Ok(b"first ".to_vec())).unwrap();
    let (spool, start) = Spool::start(Pipe(reader)).unwrap();
    let (outbox, outcomes) = outbox();
    start(outbox);
    (writer, spool, outcomes)
}

#[test]
fn the_last_piece_of_a_burst_is_told() {
    use recto::formats::ReadAt as _;
    let (writer, spool, outcomes) = pipe();
    for _ in 0..5 {
        writer.send(Ok(b"more ".to_vec())).unwrap();
    }
    // The pipe stays open and silent.
    while spool.size() < 31 {
        assert!(matches!(outcomes.recv_timeout(HANG), Ok(Outcome::Grown)));
    }
    writer.send(Ok(b"last".to_vec())).unwrap();
    while spool.size() < 35 {
        assert!(matches!(outcomes.recv_timeout(HANG), Ok(Outcome::Grown)));
    }
}

#[test]
fn a_pipe_that_breaks_is_no_end() {
    let (writer, _spool, outcomes) = pipe();
    writer.send(Err(std::io::Error::other("the wire was cut"))).unwrap();
    let why = wait(&outcomes, |outcome| if let Outcome::Failed { why, .. } = outcome { Some(why) } else { None });
    assert_eq!(why, "the piped text ends here: the wire was cut");
}

/// The menu is opened right after a filter was saved, while the keeper is still writing.
#[test]
fn a_filter_that_was_just_saved_is_in_the_menu_and_counted() {
    let desk = Desk::new(&[("a.md", "# Lamp\n"), ("b.md", "# Lamp\n\nand oil\n"), ("c.md", "# Oil\n")]);
    desk.run();
    let (jobs, outcomes) = desk.jobs(Some(desk.library()));
    for (number, name) in (2..).zip(["lamps", "oils", "again"]) {
        let filter = SavedFilter { name: name.into(), query: if name == "oils" { "oil" } else { "lamp" }.into() };
        // It has enough to do before.
        (0..50).for_each(|_| jobs.save(Keep::Query("lamp".into())));
        jobs.save(Keep::Filter(filter));
        jobs.submit(Job::Saved { ticket: Ticket(number), copies: Arc::default() });
        let filters = wait(&outcomes, |outcome| match outcome {
            Outcome::Saved(ticket, filters) if ticket == Ticket(number) => Some(filters),
            _ => None,
        });
        assert!(filters.iter().any(|filter| filter.name == name), "{filters:?}");
        let count = wait(&outcomes, |outcome| match outcome {
            Outcome::Counted { name: counted, count, .. } if counted == name => Some(count),
            _ => None,
        });
        assert_eq!(count, Count::Exactly(2), "{name}");
    }
    jobs.finish();
}

/// The watcher names the file that has changed; the catalogue knows the book that it belongs to.
#[test]
fn a_chapter_that_changes_in_an_unpacked_book_changes_the_book() {
    let desk = Desk::new(&[("z.txt", "Another text.\n")]);
    let book = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/epub/unpacked/input.epub");
    copy(&book, &desk.path("a.epub"));
    desk.run();
    let (id, before) = (desk.id("a.epub").unwrap(), desk.catalogue().ids().unwrap());
    assert_eq!((before.len(), desk.indexed("xylophone").len()), (2, 0));
    let chapter = chapter(&desk.path("a.epub")).unwrap();
    let text = fs::read_to_string(&chapter).unwrap().replace("</body>", "<p>A xylophone.</p></body>");
    fs::write(&chapter, text).unwrap();
    desk.indexer().run(&[chapter], &|| true, &|_| {}).unwrap();
    assert_eq!((desk.indexed("xylophone"), desk.catalogue().ids().unwrap()), (vec![id], before));
    // Without what makes it a book it is a folder of pages.
    let container = desk.path("a.epub/META-INF/container.xml");
    fs::remove_file(&container).unwrap();
    desk.indexer().run(&[container], &|| true, &|_| {}).unwrap();
    assert_eq!(desk.id("a.epub"), None);
    assert!(desk.id("a.epub/OEBPS/nav.xhtml").is_some());
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

/// A file of text somewhere in a folder.
fn chapter(folder: &std::path::Path) -> Option<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().find_map(|path| match path.is_dir() {
        true => chapter(&path),
        false => fs::read_to_string(&path).is_ok_and(|text| text.contains("</body>")).then_some(path),
    })
}
