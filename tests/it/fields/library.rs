//! Fields asked of a library on disk, through the worker that answers the screen and the command line.

use std::{cell::RefCell, fs, path::PathBuf};

use recto::{
    doc::DocId,
    jobs::{Indexer, Pace, Searcher, open_index},
    library::{Catalogue, Store, WalkOptions},
    memory::{Act, Memory, ReadState},
    search::Order,
    state::{Found, Job, Outcome, Ticket},
};
use tempfile::TempDir;

const GERMAN: &str = "Der Leuchtturmwärter stieg jeden Abend die Treppe hinauf und zündete die Lampe an, damit die Schiffe \
                      auf dem Meer den Weg in den Hafen fanden, auch wenn der Nebel dicht über dem Wasser lag.";

/// A library with a memory beside it.
struct Shelf {
    temp: TempDir,
    searcher: Searcher,
}

impl Shelf {
    fn new() -> Shelf {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().canonicalize().unwrap().join("pile");
        let files = [
            (
                "notes/sea.md",
                "---\ntags: [sea]\ndate: 2009-05-17\nauthor: Jane Verne\n---\n\n# The sea\n\nGulls, colours.\n"
                    .to_owned(),
            ),
            ("notes/2010/tide.txt", format!("Tide\n\nThe tide has its color. {}\n", "word ".repeat(600))),
            ("old notes/lamp.md", format!("---\ndate: 2008\n---\n\n# Die Lampe\n\n{GERMAN}\n")),
            ("broken.txt", "\0\u{1}\u{2}".repeat(50)),
            (
                "moved.md",
                "# Moved\n\nColours of another kind, and enough of them to be told apart from what else is here.\n"
                    .to_owned(),
            ),
        ];
        for (name, text) in files {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut shelf = Shelf { searcher: searcher(&temp, &[""]), temp };
        shelf.index();
        shelf
    }

    fn path(&self, name: &str) -> PathBuf {
        pile(&self.temp).join(name)
    }

    fn index(&mut self) {
        let store = store(&self.temp, &[""]);
        let index = open_index(&store).unwrap();
        Indexer::new(&store, index, WalkOptions { all: true }, Pace::Considerate)
            .unwrap()
            .run(&[], &|| true, &|_| {})
            .unwrap();
        self.searcher = searcher(&self.temp, &[""]);
    }

    /// Brings it up to date under the searcher that is there.
    fn reindex(&mut self) {
        let store = store(&self.temp, &[""]);
        let index = open_index(&store).unwrap();
        let mut indexer = Indexer::new(&store, index, WalkOptions { all: true }, Pace::Considerate).unwrap();
        indexer.run(&[], &|| true, &|_| {}).unwrap();
        // Whatever the clock says, what is out of date may be read again.
        let late = std::time::Instant::now() + std::time::Duration::from_secs(3600);
        let searcher = std::mem::replace(&mut self.searcher, searcher(&self.temp, &[""]));
        self.searcher = searcher.with_clock(move || late);
    }

    fn act(&self, name: &str, act: Act) {
        let path = self.path(name);
        let identity = recto::library::examine(&path, &mut ()).entries.remove(0).identity;
        Memory::open(&self.temp.path().join("data")).unwrap().save(&identity, &path, None, &act).unwrap();
    }

    fn ask(&mut self, query: &str, scan: bool) -> Found {
        let job = Job::Search { ticket: Ticket(1), query: query.to_owned(), order: Order::Best, scan };
        let Some(Outcome::Found(found)) = self.searcher.perform(&job, &|| true).unwrap() else { panic!("{query}") };
        found
    }

    /// The names of the files that are found, sorted.
    fn found(&mut self, query: &str) -> Vec<String> {
        let ids = self.ask(query, true).ids;
        self.names(&ids)
    }

    fn names(&self, ids: &[DocId]) -> Vec<String> {
        let catalogue = Catalogue::open(&store(&self.temp, &[""])).unwrap();
        let path = |id: &DocId| catalogue.row(*id).unwrap().unwrap().path;
        let mut names: Vec<String> =
            ids.iter().map(|id| path(id).file_stem().unwrap().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn pile(temp: &TempDir) -> PathBuf {
    temp.path().canonicalize().unwrap().join("pile")
}

fn store(temp: &TempDir, roots: &[&str]) -> Store {
    let roots: Vec<PathBuf> = roots.iter().map(|root| pile(temp).join(root)).collect();
    Store::open(&temp.path().join("cache"), &roots).unwrap()
}

fn searcher(temp: &TempDir, roots: &[&str]) -> Searcher {
    let store = store(temp, roots);
    let index = open_index(&store).unwrap();
    Searcher::new(&store, index, Some(Memory::open(&temp.path().join("data")).unwrap())).unwrap()
}

#[test]
fn each_field_finds_its_documents() {
    let mut shelf = Shelf::new();
    for (query, expected) in [
        ("tag:sea", &["sea"][..]),
        ("sea", &["sea"]),
        ("in:notes", &["sea", "tide"]),
        ("in:\"old notes\"", &["lamp"]),
        ("in:notes/2010", &["tide"]),
        ("in:/2010", &[]),
        ("type:markdown", &["lamp", "moved", "sea"]),
        ("type:txt", &["broken", "tide"]),
        ("lang:german", &["lamp"]),
        ("after:2009", &["sea"]),
        ("before:2009", &["lamp"]),
        ("words:>500", &["tide"]),
        ("is:broken", &["broken"]),
        ("is:unread -type:md", &["tide"]),
        ("has:date has:author", &["sea"]),
        ("is:broken | tag:sea", &["broken", "sea"]),
        ("re:colou?r", &["moved", "sea", "tide"]),
        ("re:colour", &["moved", "sea"]),
        ("re:COLOUR", &[]),
        ("re:colour -in:notes", &["moved"]),
        ("-re:colou?r in:notes | is:broken", &["broken"]),
        ("re:lamp | re:gulls", &["lamp", "sea"]),
    ] {
        assert_eq!(shelf.found(query), expected, "{query}");
    }
    let none = shelf.ask("is:broken tide re:x", true);
    assert_eq!(none.alone, [("is:broken".to_owned(), 1), ("tide".to_owned(), 1), ("re:x".to_owned(), 0)]);
}

#[test]
fn what_the_reader_did_is_found() {
    let mut shelf = Shelf::new();
    shelf.act("notes/sea.md", Act::State(ReadState::Begun));
    shelf.act("old notes/lamp.md", Act::Star(true));
    shelf.act("old notes/lamp.md", Act::Tag("to read".to_owned(), true));
    shelf.act("moved.md", Act::Note("Wanderlust, café".to_owned()));
    shelf.act("notes/2010/tide.txt", Act::Archive(true));
    for (query, expected) in [
        ("wander", &["moved"][..]),
        ("is:begun", &["sea"]),
        ("is:unread", &["lamp", "moved", "tide"]),
        ("is:starred", &["lamp"]),
        ("has:star", &["lamp"]),
        ("is:archived", &["tide"]),
        ("tag:read", &["lamp"]),
        ("has:tag", &["lamp", "sea"]),
        ("note:cafe", &["moved"]),
        ("has:note", &["moved"]),
        ("\"to read\"", &["lamp"]),
        ("-has:tag -is:broken", &["moved", "tide"]),
    ] {
        assert_eq!(shelf.found(query), expected, "{query}");
    }
    // Seen without being asked for: another connection wrote.
    shelf.act("notes/sea.md", Act::Star(true));
    assert_eq!(shelf.found("is:starred"), ["lamp", "sea"]);
    // It goes where the file goes, and stays with one that is edited.
    fs::rename(shelf.path("moved.md"), shelf.path("notes/gone.md")).unwrap();
    let lamp = fs::read_to_string(shelf.path("old notes/lamp.md")).unwrap();
    fs::write(shelf.path("old notes/lamp.md"), format!("{lamp}\nEin Satz mehr.\n")).unwrap();
    shelf.index();
    assert_eq!(shelf.found("note:wanderlust"), ["gone"]);
    assert_eq!(shelf.found("tag:read is:starred"), ["lamp"]);
}

/// A word that only a tag or a note has is spelled as it is.
#[test]
fn what_the_reader_wrote_is_not_misspelled() {
    let mut shelf = Shelf::new();
    assert_eq!(shelf.ask("tidr lamp", false).nearest.as_deref(), Some("tide lamp"));
    shelf.act("moved.md", Act::Tag("tidr".to_owned(), true));
    let none = shelf.ask("tidr lamp", false);
    assert_eq!((none.ids.len(), none.nearest), (0, None));
}

/// A part of a library knows nothing of the rest, and its folders are counted from its own root.
#[test]
fn a_subfolder_is_a_library_of_its_own() {
    let mut shelf = Shelf::new();
    shelf.searcher = searcher(&shelf.temp, &["notes"]);
    for (query, expected) in [
        ("-x", &["sea", "tide"][..]),
        ("in:notes", &[]),
        ("in:/2010", &["tide"]),
        ("is:broken", &[]),
        ("re:colour", &["sea"]),
    ] {
        assert_eq!(shelf.found(query), expected, "{query}");
    }
    assert_eq!(shelf.ask("lamp tide", false).alone, [("lamp".to_owned(), 0), ("tide".to_owned(), 1)]);
    shelf.searcher = searcher(&shelf.temp, &["notes", "old notes"]);
    assert_eq!(shelf.found("in:/old"), ["lamp"], "of several roots the names count");
}

#[test]
fn patterns_are_looked_for_when_it_is_asked_for() {
    let mut shelf = Shelf::new();
    let typed = shelf.ask("in:notes re:colour", false);
    assert_eq!((typed.unscanned, shelf.names(&typed.ids)), (true, vec!["sea".to_owned(), "tide".to_owned()]));
    let taken = shelf.ask("in:notes re:colour", true);
    assert_eq!((taken.unscanned, shelf.names(&taken.ids)), (false, vec!["sea".to_owned()]));
    // What was found is known while nothing changes, also to a narrower query; a wider one knows only a part.
    let again = shelf.ask("in:notes re:colour gulls", false);
    assert_eq!((again.unscanned, again.ids.len()), (false, 1));
    assert!(shelf.ask("re:colour", false).unscanned);
    fs::write(shelf.path("notes/2010/tide.txt"), "No color any more, but now a colour.").unwrap();
    shelf.reindex();
    assert!(shelf.ask("in:notes re:colour", false).unscanned, "one of them has changed since");
    assert_eq!(shelf.found("in:notes re:colour"), ["sea", "tide"]);
}

#[test]
fn a_scan_tells_how_far_it_is_and_stops() {
    let mut shelf = Shelf::new();
    let told = RefCell::new(Vec::new());
    let tell = |outcome| match outcome {
        Outcome::Scanning { ticket, percent } => told.borrow_mut().push((ticket, percent)),
        other => panic!("{other:?}"),
    };
    let job = Job::Search { ticket: Ticket(7), query: "re:colour".to_owned(), order: Order::Best, scan: true };
    // Nobody waits any more once it has said something.
    let stopped = shelf.searcher.perform_telling(&job, &|| told.borrow().is_empty(), &tell).unwrap();
    assert!(stopped.is_none());
    assert_eq!(told.borrow().as_slice(), [(Ticket(7), 0)]);
    assert_eq!(shelf.found("re:colour").len(), 2, "what was broken off is taken up");
}

#[test]
fn what_makes_no_sense_is_said() {
    let mut shelf = Shelf::new();
    let wrong = shelf.ask("is:foo | sea", false);
    assert_eq!(wrong.wrong, ["there is no is:foo, but unread, begun, finished, starred, archived, broken"]);
    assert_eq!(shelf.names(&wrong.ids), ["sea"]);
    assert_eq!(shelf.ask("-is:foo", false).ids.len(), 0);
    assert_eq!(shelf.ask("re:(a", false).wrong, [] as [&str; 0], "it is still being typed");
    let wrong = shelf.ask("re:(a", true);
    assert_eq!((wrong.wrong, wrong.ids.len()), (vec!["re:(a: unclosed group".to_owned()], 0));
}

/// Where no word is asked for nothing is more relevant than anything else: the documents come by path.
#[test]
fn without_words_the_best_come_by_path() {
    let mut shelf = Shelf::new();
    let by_path: Vec<DocId> = Catalogue::open(&store(&shelf.temp, &[""])).unwrap().ids().unwrap();
    assert_eq!(shelf.ask("-is:starred", false).ids.to_vec(), by_path);
}

#[test]
fn what_can_be_completed_comes_along() {
    let mut shelf = Shelf::new();
    shelf.act("notes/sea.md", Act::Tag("to read".to_owned(), true));
    let values = shelf.ask("x", false).values;
    assert_eq!(values.folders, ["notes", "notes/2010", "old notes"]);
    assert_eq!(values.types, ["markdown", "md", "text", "txt"]);
    assert_eq!(values.languages, ["english", "german"]);
    assert_eq!(values.authors, ["Jane Verne"]);
    assert_eq!(values.tags, ["sea", "to read"]);
}
