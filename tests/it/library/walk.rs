//! What a walk finds and which files are documents.

use super::*;

#[test]
fn a_walk_takes_texts_and_leaves_programs_data_and_pictures() {
    let taken = [
        "a.md",
        "b.txt",
        "B.TXT",
        "README",
        "LICENSE",
        "CHANGELOG",
        "mail.1",
        "rfc822.",
        "notes.v2",
        "d/e/f.md",
        "x.md.gz",
        "X.TXT.XZ",
        "README.gz",
        "changelog.Debian.gz",
        "x.zip",
        "x.tar.gz",
        "x.tgz",
    ];
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
        "x.png.gz",
        "x.rs.bz2",
        "x.jar",
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
    assert!(examine(&pile.path("pipe.txt"), &mut ()).error.unwrap().contains("not a regular file"));
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

/// The number that the system gives an error stood on the row.
#[test]
fn reasons_are_words() {
    let said = [2, 13, 21].map(|number| recto::library::reason(&std::io::Error::from_raw_os_error(number)));
    assert!(said.iter().all(|said| !said.is_empty() && !said.contains("os error")), "{said:?}");
    let examined = recto::library::examine(std::path::Path::new("/no/such.md"), &mut ());
    assert_eq!(examined.error.as_deref(), Some("no such file or directory"));
}

/// A name that says nothing, or no more than that it is XML, keeps no document out.
#[test]
fn what_a_file_holds_makes_it_a_document() {
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>A feed</title>\
                <item><title>An entry</title><description>Text.</description></item></channel></rss>";
    let page = "<!doctype html><html><head><title>A page</title></head><body><p>Some text in it.</p></body></html>";
    let pile = Pile::new(&[
        ("feed.xml", feed),
        ("data.xml", "<?xml version=\"1.0\"?><settings><size>3</size></settings>"),
        ("f3a9", page),
        ("settings", "{\"a\": 1}"),
    ]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    assert_eq!(titles(&catalogue, "path"), ["A page", "An entry"]);
}

/// A book that is unpacked was a folder of pages, each of them a document.
#[test]
fn an_unpacked_book_is_one_document() {
    let pile = Pile::new(&[
        ("a.epub/META-INF/container.xml", "<container/>"),
        ("a.epub/text/1.html", "<p>One</p>"),
        ("a.epub/text/2.html", "<p>Two</p>"),
        ("drafts.epub/notes.md", "x"),
        ("z.md", "x"),
    ]);
    assert_eq!(pile.walk(false), ["a.epub", "drafts.epub/notes.md", "z.md"]);
    let mut catalogue = pile.catalogue(&["."]);
    let read = |catalogue: &mut _| scan(catalogue, &[pile.root()]).0;
    assert_eq!(read(&mut catalogue), ["a.epub", "notes.md", "z.md"]);
    assert_eq!(read(&mut catalogue), [""; 0]);
    pile.write("a.epub/text/2.html", "<p>Two and more</p>");
    assert_eq!(read(&mut catalogue), ["a.epub"]);
    let only = [pile.path("a.epub/text/2.html")];
    let found = Mutex::new(Vec::new());
    walk_within(&[pile.root()], &only, &WalkOptions::default(), &|f| {
        found.lock().unwrap().push(f);
        ControlFlow::Continue(())
    });
    assert_eq!(names(&pile.root(), found.into_inner().unwrap()), ["a.epub"]);
}
