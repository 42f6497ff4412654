//! What a walk finds, what the catalogue makes of it, and by what documents are known again.

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Mutex,
};

use recto::{
    doc::{Date, DocId, Identity, Meta, Sketch},
    formats::Entry,
    library::{
        Catalogue, Change, Claim, Counts, Examined, Found, FoundFile, NewDocument, Store, WalkOptions, distinguish,
        examine, examine_found, walk, walk_within,
    },
};
use tempfile::TempDir;

/// A folder of documents with a cache beside it.
struct Pile {
    temp: TempDir,
}

impl Pile {
    fn new(files: &[(&str, &str)]) -> Pile {
        let pile = Pile { temp: tempfile::tempdir().unwrap() };
        fs::create_dir_all(pile.root()).unwrap();
        for (name, text) in files {
            pile.write(name, text);
        }
        pile
    }

    fn root(&self) -> PathBuf {
        self.temp.path().canonicalize().unwrap().join("pile")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn store(&self, roots: &[&str]) -> Store {
        let roots: Vec<PathBuf> = roots.iter().map(|root| self.path(root)).collect();
        Store::open(&self.temp.path().join("cache"), &roots).unwrap()
    }

    fn catalogue(&self, roots: &[&str]) -> Catalogue {
        Catalogue::open(&self.store(roots)).unwrap()
    }

    /// What a walk of the pile finds: names, sorted; a trouble with a `!`.
    fn walk(&self, all: bool) -> Vec<String> {
        let found = Mutex::new(Vec::new());
        walk(&[self.root()], &WalkOptions { all }, &|f| found.lock().unwrap().push(f));
        names(&self.root(), found.into_inner().unwrap())
    }
}

fn names(root: &Path, found: Vec<Found>) -> Vec<String> {
    let mut names: Vec<String> = found
        .iter()
        .map(|found| {
            let mark = if matches!(found, Found::Trouble { .. }) { "!" } else { "" };
            format!("{mark}{}", found.path().strip_prefix(root).unwrap().to_string_lossy())
        })
        .collect();
    names.sort();
    names
}

/// Brings a catalogue up to date, and tells what was read and what was gone, by file name.
fn scan(catalogue: &mut Catalogue, roots: &[PathBuf]) -> (Vec<String>, Vec<String>) {
    let scan = catalogue.begin_scan(roots).unwrap();
    let found = Mutex::new(Vec::new());
    walk(roots, &WalkOptions::default(), &|f| {
        if scan.look(&f) {
            found.lock().unwrap().push(f);
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort_by(|a, b| a.path().cmp(b.path()));
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let read = found.iter().map(|found| name(found.path())).collect();
    let batch: Vec<Change> = found
        .into_iter()
        .map(|found| match found {
            Found::File(file) => Change::Read(Box::new(examine_found(&file, &mut |_, _| {}))),
            Found::Trouble { path, reason } => Change::Trouble { path, reason },
        })
        .collect();
    catalogue.apply(&batch).unwrap();
    let gone = scan.gone();
    catalogue.apply(&gone).unwrap();
    catalogue.end_scan().unwrap();
    let mut gone: Vec<String> = gone
        .iter()
        .map(|change| match change {
            Change::Gone(path) => name(path),
            _ => panic!("only what is gone"),
        })
        .collect();
    gone.sort();
    (read, gone)
}

fn titles(catalogue: &Catalogue, order: &str) -> Vec<String> {
    let ids = catalogue.order(order).unwrap().unwrap_or_default();
    catalogue.rows(&ids).unwrap().into_iter().map(|row| row.unwrap().title).collect()
}

/// So many different words.
fn prose(seed: usize, words: usize) -> String {
    (0..words).map(|n| format!("w{seed}x{n}")).collect::<Vec<_>>().join(" ")
}

fn identity(path: &Path) -> Identity {
    let examined = examine(path, &mut |_, _| {});
    assert_eq!(examined.error, None);
    examined.entries[0].identity.clone()
}

#[test]
fn a_walk_takes_texts_and_leaves_programs_data_and_pictures() {
    let taken =
        ["a.md", "b.txt", "B.TXT", "README", "LICENSE", "CHANGELOG", "mail.1", "rfc822.", "notes.v2", "d/e/f.md"];
    let left = [
        "x.rs",
        "x.c",
        "x.py",
        "x.js",
        "x.json",
        "Cargo.toml",
        "x.o",
        "x.png",
        "Makefile",
        "CMakeLists.txt",
        "x.tar.gz",
        "yarn.lock",
    ];
    let pile = Pile::new(&[]);
    for name in taken.iter().chain(&left) {
        pile.write(name, "Some words of text.\n");
    }
    let mut expected = taken.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(pile.walk(false), expected);
    assert_eq!(pile.walk(true).len(), taken.len() + left.len());
}

#[test]
fn a_name_that_says_nothing_is_decided_by_the_content() {
    let pile = Pile::new(&[
        ("README", "Words to be read."),
        ("script", "#!/bin/sh\necho"),
        ("data", "{\"key\": 1}"),
        ("binary", "\u{0}\u{1}\u{2}ELF"),
        ("named.txt", "#!/bin/sh is how scripts begin"),
        ("empty", ""),
    ]);
    let mut catalogue = pile.catalogue(&[""]);
    assert_eq!(scan(&mut catalogue, &[pile.root()]).0.len(), 6);
    assert_eq!(catalogue.counts().unwrap().documents, 2, "{:?}", titles(&catalogue, "path"));
    assert_eq!(scan(&mut catalogue, &[pile.root()]).0, [""; 0], "what is no document is not looked at again");
}

#[test]
fn ignored_and_hidden_files_are_left_out_as_ripgrep_does() {
    let files = [
        (".gitignore", "drafts/\n*.bak.txt\n"),
        (".hidden.md", "x"),
        ("drafts/a.md", "x"),
        ("b.bak.txt", "x"),
        ("c.md", "x"),
    ];
    let outside = Pile::new(&files);
    assert_eq!(outside.walk(false), ["b.bak.txt", "c.md", "drafts/a.md"], "a .gitignore holds in a repository only");
    let inside = Pile::new(&files);
    fs::create_dir(inside.path(".git")).unwrap();
    assert_eq!(inside.walk(false), ["c.md"]);
    assert_eq!(inside.walk(true), [".gitignore", ".hidden.md", "b.bak.txt", "c.md", "drafts/a.md"]);
}

#[test]
fn a_walk_of_a_part_keeps_the_rules_of_the_whole() {
    let pile = Pile::new(&[
        (".gitignore", "drafts/\n"),
        ("drafts/a.md", "x"),
        ("b/c.md", "x"),
        ("b/d.md", "x"),
        ("e.md", "x"),
    ]);
    fs::create_dir(pile.path(".git")).unwrap();
    let part = |only: &[&str]| {
        let only: Vec<PathBuf> = only.iter().map(|name| pile.path(name)).collect();
        let found = Mutex::new(Vec::new());
        walk_within(&[pile.root()], &only, &WalkOptions::default(), &|f| {
            found.lock().unwrap().push(f);
            ControlFlow::Continue(())
        });
        names(&pile.root(), found.into_inner().unwrap())
    };
    assert_eq!(part(&["drafts/a.md"]), [""; 0]);
    assert_eq!(part(&["b"]), ["b/c.md", "b/d.md"]);
    assert_eq!(part(&["b/c.md", "e.md", "not/there.md"]), ["b/c.md", "e.md"]);
}

#[test]
fn a_walk_ends_when_it_is_told_to() {
    let pile = Pile::new(&[]);
    for n in 0..500 {
        pile.write(&format!("{}/{n}.md", n % 50), "x");
    }
    let count = Mutex::new(0);
    walk_within(&[pile.root()], &[], &WalkOptions::default(), &|_| {
        *count.lock().unwrap() += 1;
        ControlFlow::Break(())
    });
    assert!(*count.lock().unwrap() < 500);
}

#[cfg(unix)]
#[test]
fn links_to_files_are_followed_links_to_folders_are_not_and_broken_ones_are_told() {
    use std::os::unix::fs::symlink;
    let pile = Pile::new(&[("a/real.md", "x")]);
    symlink(pile.path("a/real.md"), pile.path("link.md")).unwrap();
    symlink(pile.root(), pile.path("a/loop")).unwrap();
    symlink("../a", pile.path("a/again")).unwrap();
    symlink("nowhere", pile.path("broken.md")).unwrap();
    symlink("circle.md", pile.path("circle.md")).unwrap();
    symlink("nowhere", pile.path("broken.png")).unwrap();
    assert_eq!(pile.walk(false), ["!broken.md", "!circle.md", "a/real.md", "link.md"]);
}

#[cfg(unix)]
#[test]
fn pipes_and_sockets_never_block_and_are_no_documents() {
    let pile = Pile::new(&[("a.md", "x")]);
    let made = std::process::Command::new("mkfifo").arg(pile.path("pipe.txt")).status().unwrap();
    assert!(made.success());
    let _socket = std::os::unix::net::UnixListener::bind(pile.path("socket.txt")).unwrap();
    std::os::unix::fs::symlink("pipe.txt", pile.path("link.txt")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", pile.path("zero.txt")).unwrap();
    assert_eq!(pile.walk(true), ["a.md"]);
    assert!(examine(&pile.path("pipe.txt"), &mut |_, _| {}).error.unwrap().contains("not a regular file"));
}

/// Root reads everything, so there it is the file system that has to refuse: a name that is too long through a link.
#[cfg(unix)]
#[test]
fn what_cannot_be_reached_is_a_row_with_its_reason() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let pile = Pile::new(&[("closed/a.md", "x"), ("locked.md", "x"), ("open.md", "words")]);
    symlink("n".repeat(300), pile.path("long.md")).unwrap();
    fs::set_permissions(pile.path("locked.md"), fs::Permissions::from_mode(0o0)).unwrap();
    fs::set_permissions(pile.path("closed"), fs::Permissions::from_mode(0o0)).unwrap();
    let all_powerful = fs::File::open(pile.path("locked.md")).is_ok();
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    fs::set_permissions(pile.path("closed"), fs::Permissions::from_mode(0o700)).unwrap();
    let error = |name: &str| {
        let id = catalogue.find_path(&pile.path(name), None).unwrap()?;
        catalogue.row(id).unwrap().unwrap().error
    };
    assert!(error("long.md").unwrap().contains("too long"));
    assert_eq!(error("open.md"), None);
    if !all_powerful {
        assert!(error("locked.md").unwrap().starts_with("Permission denied"));
        assert!(error("closed").unwrap().starts_with("Permission denied"));
    }
    let counts = catalogue.counts().unwrap();
    assert_eq!(counts.unreadable, if all_powerful { 1 } else { 3 });
}

#[test]
fn a_folder_that_cannot_be_reached_does_not_lose_what_it_held() {
    let pile = Pile::new(&[("shut/a.md", "one"), ("b.md", "two"), ("c.md", "three")]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    let scan = catalogue.begin_scan(&[]).unwrap();
    assert!(scan.look(&Found::Trouble { path: pile.path("shut"), reason: "Permission denied".to_owned() }));
    assert!(scan.look(&Found::Trouble { path: pile.path("vanished"), reason: "not there".to_owned() }));
    let Change::Gone(path) = &scan.gone()[..1][0] else { panic!("gone") };
    assert!(!path.starts_with(pile.path("shut")));
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_unicode_is_found_read_and_found_again() {
    use std::os::unix::ffi::OsStrExt as _;
    let pile = Pile::new(&[]);
    let path = pile.root().join(std::ffi::OsStr::from_bytes(b"caf\xE9.txt"));
    fs::write(&path, "Words in it").unwrap();
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    let id = catalogue.find_path(&path, None).unwrap().unwrap();
    assert_eq!(catalogue.row(id).unwrap().unwrap().path, path);
    assert_eq!(scan(&mut catalogue, &[pile.root()]), (vec![], vec![]));
}

#[test]
fn only_what_is_new_changed_or_gone_is_touched() {
    let pile = Pile::new(&[("a.md", "Alpha one"), ("b.md", "Beta"), ("c.md", "Gamma")]);
    let mut catalogue = pile.catalogue(&[""]);
    assert_eq!(scan(&mut catalogue, &[pile.root()]).0, ["a.md", "b.md", "c.md"]);
    assert_eq!(scan(&mut catalogue, &[pile.root()]), (vec![], vec![]));
    let a = catalogue.find_path(&pile.path("a.md"), None).unwrap().unwrap();
    let c = catalogue.find_path(&pile.path("c.md"), None).unwrap().unwrap();
    pile.write("a.md", "Alpha two is longer");
    pile.write("d.md", "Delta");
    fs::remove_file(pile.path("c.md")).unwrap();
    assert_eq!(scan(&mut catalogue, &[pile.root()]), (vec!["a.md".into(), "d.md".into()], vec!["c.md".into()]));
    assert_eq!(catalogue.find_path(&pile.path("a.md"), None).unwrap(), Some(a), "a changed file keeps its number");
    assert_eq!(catalogue.row(a).unwrap().unwrap().title, "Alpha two is longer");
    assert_eq!(catalogue.row(c).unwrap(), None);
    pile.write("c.md", "Gamma again");
    scan(&mut catalogue, &[pile.root()]);
    let again = catalogue.find_path(&pile.path("c.md"), None).unwrap().unwrap();
    assert!(again > c, "a number is never used again");
}

#[test]
fn a_moved_file_keeps_its_number_and_a_copy_gets_its_own() {
    let pile = Pile::new(&[("a.md", "Alpha and more"), ("empty.txt", "")]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    let id = |catalogue: &Catalogue, name: &str| catalogue.find_path(&pile.path(name), None).unwrap();
    let (a, empty) = (id(&catalogue, "a.md").unwrap(), id(&catalogue, "empty.txt").unwrap());
    catalogue.set_indexed(&[a, empty], true).unwrap();
    fs::copy(pile.path("a.md"), pile.path("copy.md")).unwrap();
    scan(&mut catalogue, &[pile.root()]);
    let copy = id(&catalogue, "copy.md").unwrap();
    assert_ne!(copy, a);
    assert_eq!(catalogue.find_hash(&identity(&pile.path("a.md")).file).unwrap(), [a, copy]);
    fs::create_dir(pile.path("sub")).unwrap();
    fs::rename(pile.path("a.md"), pile.path("sub/moved.md")).unwrap();
    fs::rename(pile.path("empty.txt"), pile.path("hollow.txt")).unwrap();
    scan(&mut catalogue, &[pile.root()]);
    assert_eq!(id(&catalogue, "sub/moved.md"), Some(a));
    assert_eq!(id(&catalogue, "a.md"), None);
    assert_ne!(id(&catalogue, "hollow.txt"), Some(empty), "empty files are all alike");
    assert_eq!(catalogue.unindexed(9).unwrap(), [copy, id(&catalogue, "hollow.txt").unwrap()]);
    assert_eq!(titles(&catalogue, "path"), ["Alpha and more", "hollow.txt", "Alpha and more"]);
}

#[test]
fn the_index_is_told_what_to_take_in_and_what_to_let_go() {
    let pile = Pile::new(&[("a.md", "Alpha"), ("b.md", "Beta")]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    let ids = catalogue.unindexed(10).unwrap();
    assert_eq!(ids.len(), 2);
    assert_eq!(catalogue.unindexed(1).unwrap(), ids[..1]);
    catalogue.set_indexed(&ids, true).unwrap();
    assert_eq!(catalogue.counts().unwrap().indexed, 2);
    // Written again with the same bytes: nothing to take in.
    fs::File::open(pile.path("a.md")).unwrap().set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(scan(&mut catalogue, &[pile.root()]).0, ["a.md"]);
    assert_eq!(catalogue.unindexed(10).unwrap(), []);
    pile.write("a.md", "Alpha changed");
    fs::remove_file(pile.path("b.md")).unwrap();
    scan(&mut catalogue, &[pile.root()]);
    assert_eq!(catalogue.unindexed(10).unwrap(), ids[..1]);
    assert_eq!(catalogue.dropped(10).unwrap(), ids[1..]);
    catalogue.set_indexed(&ids[1..], false).unwrap();
    assert_eq!(catalogue.dropped(10).unwrap(), []);
    catalogue.set_indexed(&ids[..1], true).unwrap();
    catalogue.clear_indexed().unwrap();
    assert_eq!(catalogue.unindexed(10).unwrap(), ids[..1]);
}

#[test]
fn orders_go_by_the_parts_of_a_path_and_by_folded_titles() {
    let pile = Pile::new(&[
        ("a/2.md", "Éclair"),
        ("a/10.md", "zebra"),
        ("a-b/x.md", "apple"),
        ("a.md", "Banana"),
        ("b.md", "cherry"),
    ]);
    let mut catalogue = pile.catalogue(&[""]);
    assert_eq!(catalogue.order("path").unwrap(), None);
    scan(&mut catalogue, &[pile.root()]);
    assert_eq!(titles(&catalogue, "path"), ["zebra", "Éclair", "apple", "Banana", "cherry"]);
    assert_eq!(titles(&catalogue, "title"), ["apple", "Banana", "cherry", "Éclair", "zebra"]);
    assert!(!catalogue.end_scan().unwrap(), "nothing changed, nothing is written");
    let mine: Vec<DocId> = catalogue.order("path").unwrap().unwrap().iter().rev().copied().collect();
    catalogue.save_order("mine", &mine).unwrap();
    assert_eq!(pile.catalogue(&[""]).order("mine").unwrap().unwrap().to_vec(), mine);
}

/// A scan that was cut short leaves documents without their place in an order; the next one must not take that as done.
#[test]
fn an_order_that_an_interrupted_scan_left_behind_is_mended_by_the_next() {
    let pile = Pile::new(&[("a.md", "Alpha"), ("b.md", "Beta")]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    pile.write("c.md", "Gamma");
    let read = examine(&pile.path("c.md"), &mut |_, _| {});
    catalogue.apply(&[Change::Read(Box::new(read))]).unwrap();
    drop(catalogue);
    let mut catalogue = pile.catalogue(&[""]);
    assert_eq!(scan(&mut catalogue, &[pile.root()]), (vec![], vec![]));
    assert_eq!(titles(&catalogue, "path"), ["Alpha", "Beta", "Gamma"]);
}

#[test]
fn a_subfolder_uses_the_store_of_its_parent_and_sees_only_itself() {
    let pile = Pile::new(&[("a/x.md", "In a"), ("a/y.md", "Also in a"), ("a-b/z.md", "Beside a"), ("b.md", "Top")]);
    let alone = pile.store(&["a-b"]);
    let mut whole = pile.catalogue(&[""]);
    scan(&mut whole, &[pile.root()]);
    assert_ne!(alone.dir, pile.store(&[""]).dir);
    assert_eq!(pile.store(&["a"]).dir, pile.store(&[""]).dir);
    let mut part = pile.catalogue(&["a"]);
    assert_eq!(titles(&part, "path"), ["In a", "Also in a"], "before any scan of the part");
    assert_eq!(part.counts().unwrap().documents, 2);
    assert_eq!(part.columns().unwrap().documents.len(), 2);
    // What is new in the part is found by it, and known to the whole.
    pile.write("a/w.md", "New in a");
    pile.write("c.md", "New outside");
    assert_eq!(scan(&mut part, &[pile.path("a")]), (vec!["w.md".into()], vec![]));
    assert_eq!(titles(&part, "path"), ["New in a", "In a", "Also in a"]);
    assert_eq!(titles(&part, "title"), ["Also in a", "In a", "New in a"]);
    // `a` and all in it before `a-b`, though `-` is less than `/`.
    assert_eq!(titles(&whole, "path"), ["New in a", "In a", "Also in a", "Beside a", "Top"]);
    // What the whole learns, the part sees, though it has saved an order of its own.
    pile.write("a/v.md", "Newest in a");
    scan(&mut whole, &[pile.root()]);
    assert_eq!(titles(&part, "path"), ["Newest in a", "New in a", "In a", "Also in a"]);
}

#[test]
fn several_roots_are_a_union_of_their_own() {
    let pile = Pile::new(&[("a/x.md", "In a"), ("a/sub/y.md", "Under a"), ("b/z.md", "In b"), ("c.md", "Alone")]);
    let store = pile.store(&["b", "a/sub", "a"]);
    let roots: Vec<PathBuf> = store.roots().iter().map(|root| root.path.clone()).collect();
    assert_eq!(roots, [pile.path("a"), pile.path("b")]);
    assert_eq!(store.dir, pile.store(&["a", "b"]).dir);
    assert_ne!(store.dir, pile.store(&["a"]).dir);
    let mut union = Catalogue::open(&store).unwrap();
    scan(&mut union, &roots);
    assert_eq!(titles(&union, "path"), ["Under a", "In a", "In b"]);
    assert!(Store::open(pile.temp.path(), &[pile.path("not there")]).is_err());
}

#[cfg(unix)]
#[test]
fn a_store_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let pile = Pile::new(&[("a.md", "x")]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let store = pile.store(&[""]);
    assert_eq!(mode(&store.dir), 0o700);
    let files: Vec<PathBuf> = fs::read_dir(&store.dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 2, "{files:?}");
    assert!(files.iter().all(|file| mode(file) == 0o600), "{files:?}");
}

#[test]
fn a_damaged_or_foreign_catalogue_is_made_anew() {
    let pile = Pile::new(&[("a.md", "Alpha"), ("b.md", "Beta")]);
    let file = pile.store(&[""]).catalogue_file();
    let fill = || scan(&mut pile.catalogue(&[""]), &[pile.root()]).0.len();
    assert_eq!((fill(), fill()), (2, 0));
    fs::write(&file, "this is not a database, whatever its name says; it is a text of some length").unwrap();
    assert_eq!((fill(), fill()), (2, 0));
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    assert_eq!((fill(), fill()), (2, 0), "cut off");
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert_eq!((fill(), fill()), (2, 0), "of another version");
}

/// The index knows documents by numbers that a new catalogue gives to others.
#[test]
fn an_index_does_not_outlive_its_catalogue() {
    let pile = Pile::new(&[("a.md", "Alpha")]);
    let store = pile.store(&[""]);
    scan(&mut pile.catalogue(&[""]), &[pile.root()]);
    fs::create_dir(store.index_dir()).unwrap();
    fs::write(store.index_dir().join("segment"), "x").unwrap();
    drop(pile.catalogue(&[""]));
    assert!(store.index_dir().exists());
    fs::write(store.catalogue_file(), "no database, however long one looks at it, and then some more").unwrap();
    drop(pile.catalogue(&[""]));
    assert!(!store.index_dir().exists());
}

/// A permission that is given later changes neither size nor time.
#[test]
fn a_file_that_could_not_be_read_is_tried_again() {
    let pile = Pile::new(&[("a.md", "Alpha")]);
    let mut catalogue = pile.catalogue(&[""]);
    let file = examine(&pile.path("a.md"), &mut |_, _| {}).file;
    let failed = Examined { file, hash: None, entries: vec![], error: Some("Permission denied".into()) };
    let id = catalogue.apply(&[Change::Read(Box::new(failed))]).unwrap()[0];
    assert_eq!(catalogue.row(id).unwrap().unwrap().error.as_deref(), Some("Permission denied"));
    assert_eq!(scan(&mut catalogue, &[pile.root()]).0, ["a.md"]);
    let row = catalogue.row(id).unwrap().unwrap();
    assert_eq!((row.error, row.title.as_str()), (None, "Alpha"));
}

/// Damage in the middle of the file shows only when it is read.
#[test]
fn damage_that_shows_late_is_mended_at_the_next_start() {
    let pile = Pile::new(&[]);
    for n in 0..200 {
        pile.write(&format!("{n}.md"), &prose(n, 60));
    }
    let file = pile.store(&[""]).catalogue_file();
    scan(&mut pile.catalogue(&[""]), &[pile.root()]);
    let mut bytes = fs::read(&file).unwrap();
    let pages = bytes.len() / 4096;
    for page in 13..pages {
        bytes[page * 4096..page * 4096 + 200].fill(0xA5);
    }
    fs::write(&file, bytes).unwrap();
    let failed = pile
        .catalogue(&[""])
        .begin_scan(&[])
        .and_then(|_| pile.catalogue(&[""]).apply(&[Change::Gone(pile.path("7.md"))]));
    assert!(format!("{:#}", failed.unwrap_err()).contains("made anew"));
    assert_eq!(scan(&mut pile.catalogue(&[""]), &[pile.root()]).0.len(), 200);
}

#[test]
fn the_documents_of_one_file_keep_their_numbers_while_it_grows_and_shrinks() {
    let pile = Pile::new(&[]);
    let mut catalogue = pile.catalogue(&[""]);
    let file = |size| FoundFile { path: pile.path("mail.mbox"), size, modified: 1, claim: Claim::Named };
    let entry = |id: &str, offset: u64| {
        let meta = Meta { author: Some("A".into()), date: Date::new(2009, Some(5), None), ..Meta::default() };
        let identity = Identity { file: *blake3::hash(id.as_bytes()).as_bytes(), ..Identity::default() };
        let title = format!("Message {id}");
        NewDocument {
            entry: Entry { id: Some(id.to_owned()), offset },
            meta,
            title,
            words: 7,
            identity,
            format: "mbox".into(),
            error: None,
        }
    };
    let mut apply = |size: u64, entries: Vec<NewDocument>, error: Option<&str>| {
        let error = error.map(str::to_owned);
        let examined = Examined { file: file(size), hash: Some([9; 32]), entries, error };
        catalogue.apply(&[Change::Read(Box::new(examined))]).unwrap()
    };
    let first = apply(10, vec![entry("x", 0), entry("y", 5)], None);
    let second = apply(20, vec![entry("y", 0), entry("z", 5)], Some("cut off"));
    assert_eq!(second.len(), 3, "what could be read, and a row for what could not");
    assert_eq!(second[0], first[1]);
    assert_eq!(catalogue.row(first[0]).unwrap(), None);
    catalogue.end_scan().unwrap();
    assert_eq!(catalogue.order("path").unwrap().unwrap().to_vec(), second);
    let row = catalogue.row(second[1]).unwrap().unwrap();
    assert_eq!((row.entry.as_deref(), row.offset, row.title.as_str()), (Some("z"), 5, "Message z"));
    assert_eq!((row.author.as_deref(), row.date), (Some("A"), Date::new(2009, Some(5), None)));
    assert_eq!(catalogue.row(second[2]).unwrap().unwrap().error.as_deref(), Some("cut off"));
    assert_eq!(catalogue.find_path(&pile.path("mail.mbox"), Some("z")).unwrap(), Some(second[1]));
    let counts = Counts { documents: 3, unreadable: 1, indexed: 0, words: 14, bytes: 20 };
    assert_eq!(catalogue.counts().unwrap(), counts);
}

#[test]
fn columns_say_of_every_document_what_its_row_says() {
    let pile = Pile::new(&[("b/x.md", "Zulu words here"), ("a/y.txt", "Alpha"), ("c.md", "Mike and more")]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    let columns = catalogue.columns().unwrap();
    let (by_path, by_title) = (catalogue.order("path").unwrap().unwrap(), catalogue.order("title").unwrap().unwrap());
    assert_eq!(columns.documents.len(), 3);
    for row in catalogue.rows(&by_path).unwrap().into_iter().flatten() {
        let facts = columns.get(row.id).unwrap();
        assert_eq!(by_path[facts.path_rank as usize], row.id);
        assert_eq!(by_title[facts.title_rank as usize], row.id);
        assert_eq!(columns.folders[facts.folder as usize], row.path.parent().unwrap());
        assert_eq!(columns.formats[usize::from(facts.format)], row.format);
        assert_eq!((u64::from(facts.words), facts.modified), (row.words, row.modified));
    }
    assert_eq!(columns.get(DocId(999)), None);
}

#[test]
fn rows_of_one_title_carry_the_folder_that_tells_them_apart() {
    let pile = Pile::new(&[("x/doc/README", "Read me"), ("y/doc/README", "Read me"), ("z/NOTES", "Unlike")]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    let labels = |catalogue: &Catalogue| -> Vec<Option<String>> {
        let ids = catalogue.order("path").unwrap().unwrap();
        catalogue.rows(&ids).unwrap().into_iter().flatten().map(|row| row.label).collect()
    };
    assert_eq!(labels(&catalogue), [Some("x/doc".into()), Some("y/doc".into()), None]);
    fs::remove_file(pile.path("x/doc/README")).unwrap();
    scan(&mut catalogue, &[pile.root()]);
    assert_eq!(labels(&catalogue), [None, None], "a label goes when its reason goes");
}

#[test]
fn paths_are_told_apart_by_the_shortest_end_that_does() {
    let labels = |paths: &[&str]| distinguish(&paths.iter().map(Path::new).collect::<Vec<_>>());
    assert_eq!(labels(&["/p/a/f", "/p/b/f"]), ["a", "b"]);
    assert_eq!(labels(&["/p/a/d/f", "/p/b/d/f", "/p/c/f"]), ["a/d", "b/d", "c"]);
    assert_eq!(labels(&["/p/a/1", "/p/a/2"]), ["1", "2"]);
    assert_eq!(labels(&["/p/a/1", "/p/a/2", "/p/b/1"]), ["a/1", "2", "b"]);
    assert_eq!(labels(&["/p/mail", "/p/mail"]), ["mail", "mail"]);
    assert_eq!(labels(&["/d/f", "/p/d/f"]), ["/d", "p/d"]);
    assert_eq!(labels(&[]), [""; 0]);
}

#[test]
fn two_connections_read_and_write_at_once() {
    let pile = Pile::new(&[("a.md", "Alpha")]);
    let mut writer = pile.catalogue(&[""]);
    let reader = pile.catalogue(&[""]);
    scan(&mut writer, &[pile.root()]);
    assert_eq!(titles(&reader, "path"), ["Alpha"]);
    let mut other = pile.catalogue(&[""]);
    pile.write("b.md", "Beta");
    let read = || Change::Read(Box::new(examine(&pile.path("b.md"), &mut |_, _| {})));
    assert_eq!(writer.apply(&[read()]).unwrap(), other.apply(&[read()]).unwrap(), "both found the same file");
}

#[test]
fn examining_gives_the_title_the_words_and_the_document_itself() {
    let pile = Pile::new(&[("a.md", "# A title\n\nFour words of text."), ("empty.txt", " \n")]);
    let mut texts = Vec::new();
    let examined = examine(&pile.path("a.md"), &mut |new, document| {
        texts.push((new.title.clone(), document.blocks().count()));
    });
    assert_eq!(texts, [("A title".to_owned(), 2)]);
    assert_eq!(examined.entries[0].words, 6);
    assert_eq!(examined.hash.unwrap(), *blake3::hash(b"# A title\n\nFour words of text.").as_bytes());
    let empty = examine(&pile.path("empty.txt"), &mut |_, _| {});
    assert_eq!(
        (empty.entries[0].title.as_str(), empty.entries[0].words),
        ("empty.txt", 0),
        "the name, for want of text"
    );
    let missing = examine(&pile.path("missing.txt"), &mut |_, _| {});
    assert!(missing.error.is_some() && missing.entries.is_empty());
}

#[test]
fn a_text_is_the_same_whatever_its_layout_and_case() {
    let text = prose(1, 60);
    let wrapped = text.to_uppercase().replace(' ', "\n");
    let pile = Pile::new(&[("a.txt", &text), ("b.txt", &wrapped), ("short.txt", &prose(1, 49))]);
    let (a, b) = (identity(&pile.path("a.txt")), identity(&pile.path("b.txt")));
    assert_ne!(a.file, b.file);
    assert!(a.text.is_some());
    assert_eq!((a.text, &a.sketch), (b.text, &b.sketch));
    assert_eq!(identity(&pile.path("short.txt")).text, None, "under 50 words");
}

#[test]
fn texts_agree_when_half_of_their_shingles_do() {
    let sketch = |name: &str, text: String| {
        let pile = Pile::new(&[(name, &text)]);
        identity(&pile.path(name)).sketch
    };
    let old = sketch("a.txt", prose(1, 2000));
    let edited = |kept: usize| sketch("a.txt", format!("{} {}", prose(1, kept), prose(2, 2000 - kept)));
    assert!(edited(1500).agrees(&old));
    assert!(!edited(500).agrees(&old));
    assert!(sketch("a.txt", format!("{} {}", prose(1, 2000), prose(2, 6000))).agrees(&old), "grown");
    assert!(sketch("a.txt", prose(1, 500)).agrees(&old), "cut down");
    assert!(!sketch("a.txt", prose(2, 2000)).agrees(&old), "another text");
    assert!(sketch("a.txt", "two words".into()).agrees(&sketch("b.txt", "Two words!".into())));
    let repeated = sketch("a.txt", "the same line again ".repeat(5000));
    assert!(repeated.agrees(&sketch("a.txt", "the same line again ".repeat(4000))), "few shingles, often");
    let empty = sketch("a.txt", String::new());
    assert!(!empty.agrees(&empty) && !empty.agrees(&old), "no words, nothing to go by");
    assert_eq!(Sketch::from_bytes(&old.to_bytes()), Some(old));
}

/// Above 8 MB a file is known by its size and samples, the first and the last bytes among them.
#[test]
fn large_files_are_told_apart_by_size_and_ends() {
    let pile = Pile::new(&[]);
    let hash = |size: u64, marked: u64| {
        use std::io::{Seek as _, SeekFrom, Write as _};
        let mut file = fs::File::create(pile.path("a.bin")).unwrap();
        file.set_len(size).unwrap();
        file.seek(SeekFrom::Start(marked)).unwrap();
        file.write_all(b"!").unwrap();
        examine(&pile.path("a.bin"), &mut |_, _| {}).hash.unwrap()
    };
    let size = 9 * 1024 * 1024;
    let whole = hash(size, 0);
    assert_eq!(whole, hash(size, 0));
    assert_ne!(whole, hash(size, 1));
    assert_ne!(whole, hash(size, size - 1));
    assert_ne!(whole, hash(size + 1, 0));
    assert_ne!(hash(9, 0), hash(9, 8));
}
