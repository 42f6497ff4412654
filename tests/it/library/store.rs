//! Which store a library has, and what becomes of a damaged one.

use super::*;

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
    // The first page of each table and index is sound, so that opening sees nothing.
    for page in 16..pages {
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
fn two_connections_read_and_write_at_once() {
    let pile = Pile::new(&[("a.md", "Alpha")]);
    let mut writer = pile.catalogue(&[""]);
    let reader = pile.catalogue(&[""]);
    scan(&mut writer, &[pile.root()]);
    assert_eq!(titles(&reader, "path"), ["Alpha"]);
    let mut other = pile.catalogue(&[""]);
    pile.write("b.md", "Beta");
    let read = || Change::Read(Box::new(examine(&pile.path("b.md"), &mut ())));
    assert_eq!(writer.apply(&[read()]).unwrap(), other.apply(&[read()]).unwrap(), "both found the same file");
}
