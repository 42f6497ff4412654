//! What a scan makes of new, changed, moved and missing files; orders, rows and columns.

use super::*;

#[test]
fn a_folder_that_cannot_be_reached_does_not_lose_what_it_held() {
    let pile = Pile::new(&[("shut/a.md", "one"), ("removed/b.md", "two"), ("c.md", "three")]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    fs::remove_dir_all(pile.path("removed")).unwrap();
    let scan = catalogue.begin_scan(&[]).unwrap();
    for folder in ["shut", "removed"] {
        assert!(scan.look(&Found::Trouble { path: pile.path(folder), reason: "for some reason".to_owned() }));
    }
    let mut gone = scan.gone().into_iter().map(|change| match change {
        Change::Gone(path) => path,
        _ => panic!("only what is gone"),
    });
    let (one, other) = (gone.next().unwrap(), gone.next().unwrap());
    assert_eq!(gone.next(), None);
    assert_eq!([&one, &other].map(|path| path == &pile.path("shut/a.md")), [false, false]);
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
        ("a-b/x.md", "\"Date\""),
        ("a.md", "Banana"),
        ("b.md", "cherry"),
    ]);
    let mut catalogue = pile.catalogue(&[""]);
    assert_eq!(catalogue.order("path").unwrap(), None);
    scan(&mut catalogue, &[pile.root()]);
    assert_eq!(titles(&catalogue, "path"), ["zebra", "Éclair", "\"Date\"", "Banana", "cherry"]);
    assert_eq!(titles(&catalogue, "title"), ["Banana", "cherry", "\"Date\"", "Éclair", "zebra"]);
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
    let read = examine(&pile.path("c.md"), &mut ());
    catalogue.apply(&[Change::Read(Box::new(read))]).unwrap();
    drop(catalogue);
    let mut catalogue = pile.catalogue(&[""]);
    assert_eq!(scan(&mut catalogue, &[pile.root()]), (vec![], vec![]));
    assert_eq!(titles(&catalogue, "path"), ["Alpha", "Beta", "Gamma"]);
}

/// A permission that is given later changes neither size nor time.
#[test]
fn a_file_that_could_not_be_read_is_tried_again() {
    let pile = Pile::new(&[("a.md", "Alpha")]);
    let mut catalogue = pile.catalogue(&[""]);
    let file = examine(&pile.path("a.md"), &mut ()).file;
    let failed = Examined { error: Some("Permission denied".into()), ..Examined::new(file) };
    let id = catalogue.apply(&[Change::Read(Box::new(failed))]).unwrap()[0];
    assert_eq!(catalogue.row(id).unwrap().unwrap().error.as_deref(), Some("Permission denied"));
    assert_eq!(scan(&mut catalogue, &[pile.root()]).0, ["a.md"]);
    let row = catalogue.row(id).unwrap().unwrap();
    assert_eq!((row.error, row.title.as_str()), (None, "Alpha"));
}

/// A document among others in a file.
fn message(id: &str, offset: u64) -> NewDocument {
    let meta = Meta { author: Some("A".into()), date: Date::new(2009, Some(5), None), ..Meta::default() };
    let identity = Identity { file: *blake3::hash(id.as_bytes()).as_bytes(), ..Identity::default() };
    NewDocument {
        entry: Entry { id: Some(id.to_owned()), offset },
        meta,
        title: format!("Message {id}"),
        words: 7,
        identity,
        format: "mbox".into(),
        error: None,
    }
}

#[test]
fn the_documents_of_one_file_keep_their_numbers_while_it_grows_and_shrinks() {
    let pile = Pile::new(&[]);
    let mut catalogue = pile.catalogue(&[""]);
    let file = |size| FoundFile { path: pile.path("mail.mbox"), size, modified: 1, claim: Claim::Named };
    let mut apply = |size: u64, entries: Vec<NewDocument>, error: Option<&str>| {
        let error = error.map(str::to_owned);
        let examined = Examined { hash: Some([9; 32]), entries, error, ..Examined::new(file(size)) };
        catalogue.apply(&[Change::Read(Box::new(examined))]).unwrap()
    };
    let first = apply(10, vec![message("x", 0), message("y", 5)], None);
    let second = apply(20, vec![message("y", 0), message("z", 5)], Some("cut off"));
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

/// A file of many documents is written down part by part. One that was not read to its end is read again.
#[test]
fn a_file_that_comes_in_parts_is_one_file() {
    let pile = Pile::new(&[]);
    let mut catalogue = pile.catalogue(&[""]);
    let file = |size| FoundFile { path: pile.path("mail.mbox"), size, modified: 1, claim: Claim::Named };
    let known = |catalogue: &Catalogue, size| !catalogue.begin_scan(&[]).unwrap().look(&Found::File(file(size)));
    let mut apply = |size: u64, ids: &[&str], parts: usize| {
        let mut examined = Examined { hash: Some([9; 32]), ..Examined::new(file(size)) };
        let mut found = Vec::new();
        for (at, id) in ids.iter().enumerate() {
            examined.entries.push(message(id, at as u64));
            if (at + 1) % 2 == 0 && at / 2 < parts {
                found.extend(catalogue.apply(&[Change::Read(Box::new(examined.take_part()))]).unwrap());
                assert!(!known(&catalogue, size) && !known(&catalogue, 0), "there is more to come");
            }
        }
        if ids.len() / 2 <= parts {
            return found;
        }
        found.extend(catalogue.apply(&[Change::Read(Box::new(examined))]).unwrap());
        assert!(known(&catalogue, size));
        found
    };
    let first = apply(10, &["a", "b", "c", "d", "e", "f"], 2);
    assert_eq!(first.len(), 6);
    // Killed after two parts of three.
    let second = apply(20, &["a", "x", "c", "d", "e", "f"], 3);
    assert_eq!([second[0], second[2]], [first[0], first[2]]);
    let third = apply(30, &["a", "x", "d", "e"], 1);
    assert_eq!(third, [first[0], second[1], first[3], first[4]]);
    catalogue.end_scan().unwrap();
    assert_eq!(catalogue.order("path").unwrap().unwrap().to_vec(), third);
    assert_eq!(catalogue.counts().unwrap().bytes, 30);
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
fn a_language_is_recognised_where_there_is_no_doubt() {
    let german = "Der Leuchtturmwärter stieg jeden Abend die Treppe hinauf und zündete die Lampe an, damit die Schiffe \
                  auf dem Meer den Weg in den Hafen fanden, auch wenn der Nebel dicht über dem Wasser lag.";
    let english = "The keeper climbed the stairs every evening and lit the lamp, so that the ships at sea would find \
                   their way into the harbour, even when the fog lay thick upon the water.";
    let (front, code) = (format!("---\nlang: fr\n---\n\n{english}"), format!("```\n{german}\n```\n"));
    let (short, numbers) = ("Der Leuchtturmwärter schläft.", "12 34 56 78 90 ".repeat(40));
    let names =
        "Anna Kovac, Tom Berg, Eva Lind, Max Roth, Ida Holm, Leo Brandt, Nina Falk, Otto Vik, Mia Storm, Karl Dahl";
    let heading = format!("# {english}\n\n{german}");
    // Names that could be of any language in an English frame, and English names in a German one.
    let strange = "The borogove of the mome rath is by the wabe, and the toves that gyre in it are not the raths of the \
                   jubjub or the bandersnatch.";
    let titles = "Der Film \"The Birds\" lief nach \"The Rope\" und vor \"The Wrong Man\", danach kamen \"Of Mice and \
                  Men\", \"To Have and Have Not\" und noch einmal die Nachrichten aus aller Welt.";
    for (text, expected) in [
        (german, Some("de")),
        (english, Some("en")),
        (front.as_str(), Some("fr")),
        (heading.as_str(), Some("de")),
        (strange, Some("en")),
        (titles, None),
        (short, None),
        (code.as_str(), None),
        (numbers.as_str(), None),
        (names, None),
    ] {
        let pile = Pile::new(&[("a.md", text)]);
        let mut catalogue = pile.catalogue(&[""]);
        scan(&mut catalogue, &[pile.root()]);
        let ids = catalogue.ids().unwrap();
        assert_eq!(catalogue.row(ids[0]).unwrap().unwrap().language.as_deref(), expected, "{text}");
    }
}

#[test]
fn columns_tell_what_fields_ask_for() {
    let front = "---\nauthor: Jane Verne\ntags: [sea, to  read]\n---\n\nText\n";
    let pile = Pile::new(&[("a/one.md", front), ("a/b/TWO.TXT", "Text"), ("README", "Some text to read, and more.")]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    let id = |name: &str| catalogue.find_path(&pile.path(name), None).unwrap().unwrap();
    let columns = catalogue.columns().unwrap();
    let facts = |name: &str| columns.get(id(name)).unwrap();
    let extension = |name: &str| columns.extensions[usize::from(facts(name).extension)].as_str();
    assert_eq!(["a/one.md", "a/b/TWO.TXT", "README"].map(extension), ["md", "txt", ""]);
    assert_eq!(["a/one.md", "README"].map(|name| facts(name).authored), [true, false]);
    assert_eq!(columns.authors, ["Jane Verne"]);
    let one = vec![id("a/one.md")];
    assert_eq!(columns.tags, [("sea".to_owned(), one.clone()), ("to read".to_owned(), one)]);
    let folder = |name: &str| columns.within(&columns.folders[facts(name).folder as usize]).unwrap();
    assert_eq!(["a/one.md", "a/b/TWO.TXT", "README"].map(folder), ["a", "a/b", ""].map(Path::new));
    // Of several roots their own names count.
    let two = pile.catalogue(&["a/b", "README"]).columns().unwrap();
    assert_eq!(two.within(&pile.path("a/b")), Some(Path::new("b")));
    assert_eq!(two.within(&pile.path("a")), None);
}

#[test]
fn documents_are_found_by_their_text() {
    let pile =
        Pile::new(&[("a.md", &prose(1, 60)), ("b.txt", &format!("{}\n", prose(1, 60))), ("c.md", &prose(2, 60))]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    let text = identity(&pile.path("a.md")).text.unwrap();
    assert_eq!(catalogue.find_text(&text).unwrap().len(), 2);
}

/// Other settings read the files again that they concern, once, and no others.
#[test]
fn other_hints_read_again_what_they_concern() {
    let pile = Pile::new(&[
        ("a.md", "# Alpha\n\nText"),
        ("rows.jsonl", "{\"kopf\": \"The head\", \"text\": \"Some words of text.\"}\n"),
    ]);
    let hinted = |title: &str| {
        let hints = Hints { title_fields: vec![title.to_owned()], ..Hints::default() };
        Catalogue::open(&pile.store(&[""]).hinted(Arc::new(hints))).unwrap()
    };
    let scanned = |catalogue: &mut Catalogue| scan(catalogue, &[pile.root()]).0;
    assert_eq!(scanned(&mut pile.catalogue(&[""])), ["a.md", "rows.jsonl"]);
    assert_eq!(scanned(&mut pile.catalogue(&[""])), [""; 0]);
    assert_eq!(scanned(&mut hinted("kopf")), ["rows.jsonl"]);
    assert_eq!(scanned(&mut hinted("kopf")), [""; 0]);
    assert_eq!(scanned(&mut hinted("text")), ["rows.jsonl"]);
    assert_eq!(scanned(&mut pile.catalogue(&[""])), ["rows.jsonl"]);
}
