//! What is remembered of documents, by what they are known again, and that nothing of it is lost.

use std::{fs, path::Path};

use recto::{
    doc::{Anchor, Block, BlockId, Document, Identity, Kind, Meta},
    library::examine,
    memory::{Act, Kept, KeptPlace, LibraryState, Memory, ReadState, Reading, SavedFilter, meaning, place, relocate},
};
use tempfile::TempDir;

/// A folder with documents, and a memory of them.
struct Desk {
    temp: TempDir,
    memory: Memory,
}

impl Desk {
    fn new() -> Desk {
        let temp = tempfile::tempdir().unwrap();
        let memory = Memory::open(&temp.path().join("data")).unwrap();
        Desk { temp, memory }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.temp.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn key(&self, name: &str) -> Identity {
        identity(&self.path(name))
    }

    fn save(&mut self, name: &str, act: Act) {
        let key = self.key(name);
        self.memory.save(&key, &self.temp.path().join(name), None, &act).unwrap();
    }

    fn recall(&self, name: &str) -> Option<Kept> {
        self.memory.recall(&self.key(name), &self.path(name), None).unwrap()
    }

    fn star(&self, name: &str) -> bool {
        self.recall(name).is_some_and(|kept| kept.starred)
    }
}

fn identity(path: &Path) -> Identity {
    examine(path, &mut ()).entries[0].identity.clone()
}

fn prose(seed: usize, words: usize) -> String {
    (0..words).map(|n| format!("w{seed}x{n}")).collect::<Vec<_>>().join(" ")
}

fn kept_place(block: u64) -> KeptPlace {
    KeptPlace { block, byte: 3, fraction: 0.25, text: "from here on".into() }
}

#[test]
fn every_act_is_kept_across_runs() {
    let mut desk = Desk::new();
    desk.write("a.txt", &prose(1, 100));
    assert_eq!(desk.recall("a.txt"), None);
    desk.save("a.txt", Act::Place(kept_place(u64::MAX)));
    desk.save("a.txt", Act::State(ReadState::Begun));
    desk.save("a.txt", Act::Star(true));
    desk.save("a.txt", Act::Opened);
    desk.memory = Memory::open(&desk.path("data")).unwrap();
    let kept = desk.recall("a.txt").unwrap();
    assert_eq!(kept.place, Some(kept_place(u64::MAX)));
    assert_eq!((kept.state, kept.starred), (ReadState::Begun, true));
    assert!(kept.opened.is_some());
    desk.save("a.txt", Act::State(ReadState::Finished));
    desk.save("a.txt", Act::Star(false));
    let kept = desk.recall("a.txt").unwrap();
    assert_eq!((kept.state, kept.starred, kept.place.is_some()), (ReadState::Finished, false, true));
}

#[test]
fn a_moved_file_takes_what_is_known_of_it_along() {
    let mut desk = Desk::new();
    desk.write("short.txt", "only a few words");
    desk.save("short.txt", Act::Star(true));
    fs::rename(desk.path("short.txt"), desk.path("moved.txt")).unwrap();
    assert!(desk.star("moved.txt"), "by its bytes, however few");
    desk.save("moved.txt", Act::State(ReadState::Begun));
    // Then edited where it is now, and then something else comes where it was.
    desk.write("moved.txt", "only a few words more");
    assert!(desk.star("moved.txt"));
    desk.write("short.txt", "a newcomer under the old name");
    assert_eq!(desk.recall("short.txt"), None);
    assert_eq!(desk.memory.all().unwrap().len(), 1);
}

#[test]
fn an_edited_file_is_known_by_its_path_if_half_of_it_is_still_there() {
    let mut desk = Desk::new();
    desk.write("a.txt", &prose(1, 1000));
    desk.save("a.txt", Act::Star(true));
    desk.write("a.txt", &format!("{} {}", prose(2, 200), prose(1, 800)));
    assert!(desk.star("a.txt"));
    desk.write("a.txt", &prose(3, 1000));
    assert_eq!(desk.recall("a.txt"), None, "another text under that name is another document");
    // It gets a row of its own, and the older one is not lost.
    desk.save("a.txt", Act::State(ReadState::Begun));
    desk.write("b.txt", &prose(1, 1000));
    assert!(desk.star("b.txt"));
    assert_eq!(desk.recall("a.txt").unwrap().state, ReadState::Begun);
    assert!(!desk.star("a.txt"));
}

#[test]
fn a_text_in_other_bytes_elsewhere_is_known_by_its_words() {
    let mut desk = Desk::new();
    desk.write("a.txt", &prose(1, 60));
    desk.write("stub.txt", &prose(2, 40));
    desk.save("a.txt", Act::Star(true));
    desk.save("stub.txt", Act::Star(true));
    desk.write("b.txt", &prose(1, 60).replace(' ', "\n"));
    desk.write("stub2.txt", &prose(2, 40).replace(' ', "\n"));
    assert!(desk.star("b.txt"));
    assert_eq!(desk.recall("stub2.txt"), None, "under 50 words the same words prove nothing");
}

/// A file over 8 MB that was opened by its name had its words forgotten.
#[test]
fn a_text_that_was_opened_without_reading_it_through_keeps_what_is_known_of_its_words() {
    let mut desk = Desk::new();
    desk.write("a.txt", &prose(1, 600));
    desk.save("a.txt", Act::Star(true));
    let unread = Identity { text: None, sketch: Identity::default().sketch, ..desk.key("a.txt") };
    desk.memory.save(&unread, &desk.path("a.txt"), None, &Act::Opened).unwrap();
    desk.write("b.txt", &prose(1, 600).replace(' ', "\n"));
    assert!(desk.star("b.txt"), "by its text");
    desk.write("a.txt", &format!("{} and more", prose(1, 600)));
    assert!(desk.star("a.txt"), "by its sketch");
}

#[test]
fn a_copy_begins_like_its_original_and_goes_its_own_way() {
    let mut desk = Desk::new();
    desk.write("a.txt", &prose(1, 100));
    desk.save("a.txt", Act::Star(true));
    desk.save("a.txt", Act::Place(kept_place(1)));
    desk.write("copy.txt", &prose(1, 100));
    assert_eq!(desk.recall("copy.txt"), desk.recall("a.txt"));
    desk.save("copy.txt", Act::Place(kept_place(2)));
    assert_eq!(desk.recall("copy.txt").unwrap().place.unwrap().block, 2);
    assert!(desk.star("copy.txt"), "the star came along");
    assert_eq!(desk.recall("a.txt").unwrap().place.unwrap().block, 1);
    desk.save("copy.txt", Act::Star(false));
    assert!(desk.star("a.txt"));
}

#[test]
fn empty_files_are_known_by_their_path_alone() {
    let mut desk = Desk::new();
    desk.write("a.txt", "");
    desk.write("b.txt", "");
    desk.save("a.txt", Act::Star(true));
    assert!(desk.star("a.txt"));
    assert!(!desk.star("b.txt"));
    desk.write("a.txt", "now there are words in it");
    assert!(!desk.star("a.txt"), "half of no shingles is no evidence");
    desk.write("a.txt", " ");
    assert!(desk.star("a.txt"), "as empty as before");
}

#[test]
fn documents_of_one_file_are_known_by_their_entry() {
    let mut desk = Desk::new();
    desk.write("m.mbox", &prose(1, 30));
    let (path, base) = (desk.path("m.mbox"), desk.key("m.mbox"));
    let key = |n: u8| Identity { file: [n; 32], ..base.clone() };
    desk.memory.save(&key(1), &path, Some("one"), &Act::Star(true)).unwrap();
    let starred =
        |key: &Identity, entry| desk.memory.recall(key, &path, entry).unwrap().is_some_and(|kept| kept.starred);
    assert!(starred(&key(2), Some("one")), "edited");
    assert!(!starred(&key(2), Some("two")));
    assert!(!starred(&key(2), None));
}

#[test]
fn rows_in_view_show_what_is_recalled() {
    let mut desk = Desk::new();
    for (n, name) in ["a.txt", "b.txt", "c.txt"].into_iter().enumerate() {
        desk.write(name, &prose(n, 80));
    }
    desk.save("a.txt", Act::State(ReadState::Finished));
    desk.save("c.txt", Act::Star(true));
    let keys: Vec<_> = ["c.txt", "b.txt", "a.txt"].map(|name| (desk.key(name), desk.path(name), None)).to_vec();
    let reading = |state, starred| Reading { state, starred, ..Reading::default() };
    assert_eq!(
        desk.memory.states(&keys).unwrap(),
        [reading(ReadState::Unread, true), Reading::default(), reading(ReadState::Finished, false)]
    );
    let all = desk.memory.all().unwrap();
    assert_eq!(all.len(), 2);
    assert!(all.iter().any(|known| known.path == desk.path("c.txt") && known.reading.starred));
}

#[cfg(unix)]
#[test]
fn names_that_are_not_unicode_are_kept_as_they_are() {
    use std::os::unix::ffi::OsStrExt as _;
    let mut desk = Desk::new();
    desk.write("a.txt", &prose(1, 10));
    let name = |end: u8| desk.temp.path().join(std::ffi::OsStr::from_bytes(&[b'x', end]));
    let (one, two) = (name(0xE9), name(0xEA));
    let key = desk.key("a.txt");
    desk.memory.save(&key, &one, None, &Act::Star(true)).unwrap();
    let edited = Identity { file: [1; 32], ..key };
    assert!(desk.memory.recall(&edited, &one, None).unwrap().is_some());
    assert!(desk.memory.recall(&edited, &two, None).unwrap().is_none());
    assert_eq!(desk.memory.all().unwrap()[0].path, one);
}

#[test]
fn a_library_is_found_as_it_was_left() {
    let mut memory = Memory::in_memory().unwrap();
    let root = Path::new("/some/where");
    assert_eq!(memory.library(root).unwrap(), None);
    let state = LibraryState {
        selected: Some(("/some/where/a.md".into(), Some("7".into()))),
        scroll: 12,
        order: Some("newest".into()),
        filter: "alpha \"be".into(),
        width: Some(40),
        hidden: true,
    };
    memory.save_library(root, &state).unwrap();
    assert_eq!(memory.library(root).unwrap(), Some(state));
    memory.save_library(root, &LibraryState::default()).unwrap();
    assert_eq!(memory.library(root).unwrap(), Some(LibraryState::default()));
    assert_eq!(memory.library(Path::new("/some")).unwrap(), None);
}

#[test]
fn queries_come_newest_first_each_once_and_of_one_library() {
    let mut memory = Memory::in_memory().unwrap();
    let root = Path::new("/r");
    for text in ["one", "two", " one ", "", "three"] {
        memory.remember_query(root, text).unwrap();
    }
    memory.remember_query(Path::new("/other"), "elsewhere").unwrap();
    assert_eq!(memory.queries(root, 10).unwrap(), ["three", "one", "two"]);
    assert_eq!(memory.queries(root, 1).unwrap(), ["three"]);
    for n in 0..600 {
        memory.remember_query(root, &format!("query {n}")).unwrap();
    }
    assert_eq!(memory.queries(root, 1000).unwrap().len(), 500);
}

#[test]
fn two_at_once_lose_nothing_of_each_other() {
    let desk = Desk::new();
    let dir = desk.path("fresh");
    std::thread::scope(|scope| {
        for writer in 0..2u8 {
            let dir = &dir;
            scope.spawn(move || {
                let mut memory = Memory::open(dir).unwrap();
                for n in 0..100u8 {
                    let key = Identity { file: [n; 32], ..Identity::default() };
                    let act = if writer == 0 { Act::Star(true) } else { Act::State(ReadState::Begun) };
                    memory.save(&key, Path::new(&format!("/{n}")), None, &act).unwrap();
                }
            });
        }
    });
    let all = Memory::open(&dir).unwrap().all().unwrap();
    assert_eq!(all.len(), 100);
    assert!(all.iter().all(|known| known.reading.starred && known.reading.state == ReadState::Begun));
}

/// What `kill -9` leaves behind is what lies in the files at that moment.
#[test]
fn a_process_killed_in_the_middle_of_an_act_leaves_all_acts_before_it() {
    let mut desk = Desk::new();
    for n in 0..20 {
        desk.write(&format!("{n}.txt"), &prose(n, 100));
        desk.save(&format!("{n}.txt"), Act::Star(true));
    }
    let mut other = rusqlite::Connection::open(desk.path("data/recto.db")).unwrap();
    // No cache to speak of, so that what is not committed is already being written to the log.
    other.execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1").unwrap();
    let act = other.transaction().unwrap();
    act.execute_batch("UPDATE documents SET starred = 0, passage = hex(randomblob(20000))").unwrap();
    let copy = desk.path("copy");
    fs::create_dir(&copy).unwrap();
    for file in ["recto.db", "recto.db-wal"] {
        fs::copy(desk.path("data").join(file), copy.join(file)).unwrap();
    }
    assert!(fs::metadata(copy.join("recto.db-wal")).unwrap().len() > 200_000, "the half-done act is in the log");
    drop(act);
    desk.memory = Memory::open(&copy).unwrap();
    assert!((0..20).all(|n| desk.star(&format!("{n}.txt"))));
}

#[test]
fn a_file_of_a_newer_recto_is_read_but_not_written() {
    let mut desk = Desk::new();
    desk.write("a.txt", &prose(1, 100));
    desk.save("a.txt", Act::Star(true));
    assert_eq!(desk.memory.read_only(), None);
    rusqlite::Connection::open(desk.path("data/recto.db")).unwrap().pragma_update(None, "user_version", 99).unwrap();
    desk.memory = Memory::open(&desk.path("data")).unwrap();
    assert!(desk.memory.read_only().unwrap().contains("newer"));
    assert!(desk.star("a.txt"));
    let key = desk.key("a.txt");
    let refused = desk.memory.save(&key, &desk.path("a.txt"), None, &Act::Star(false)).unwrap_err();
    assert!(refused.to_string().contains("newer"), "{refused}");
    assert!(desk.memory.remember_query(Path::new("/r"), "x").is_err());
    assert!(desk.star("a.txt"));
}

#[test]
fn a_damaged_file_is_an_error_and_stays_as_it_is() {
    let desk = Desk::new();
    let dir = desk.path("damaged");
    fs::create_dir(&dir).unwrap();
    let text = "not a database but somebody may still get something out of it".repeat(100);
    fs::write(dir.join("recto.db"), &text).unwrap();
    assert!(Memory::open(&dir).is_err());
    assert_eq!(fs::read_to_string(dir.join("recto.db")).unwrap(), text);
}

#[cfg(unix)]
#[test]
fn the_memory_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut desk = Desk::new();
    desk.write("a.txt", "words");
    desk.save("a.txt", Act::Opened);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&desk.path("data")), 0o700);
    for file in ["recto.db", "recto.db-wal", "recto.db-shm"] {
        assert_eq!(mode(&desk.path("data").join(file)), 0o600, "{file}");
    }
}

fn document(paragraphs: &[String]) -> Document {
    Document::held(Meta::default(), paragraphs.iter().map(|text| Block::new(Kind::Paragraph, text.as_str())).collect())
}

fn paragraphs(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("Paragraph number {n} says this: {}", prose(n, 30))).collect()
}

#[test]
fn a_place_is_found_again_in_an_edited_document() {
    let mut texts = paragraphs(400);
    let old = document(&texts);
    let there = Anchor { block: BlockId(300), byte: 10 };
    let kept = place(&old, there);
    assert_eq!(kept.text.chars().count(), 64);
    assert!((0.7..0.8).contains(&kept.fraction), "{}", kept.fraction);
    assert_eq!(relocate(&old, &kept), there);
    // Text before it moves the place on, and text within its paragraph too.
    texts.insert(0, prose(999, 50));
    texts[301].insert_str(0, "Édité. ");
    assert_eq!(relocate(&document(&texts), &kept), Anchor { block: BlockId(301), byte: 10 + "Édité. ".len() });
    // Half of the document before it is gone.
    let shorter = document(&texts[200..]);
    assert_eq!(relocate(&shorter, &kept).block, BlockId(101));
    // Only the beginning of the passage is as it was.
    texts[301] = texts[301].replacen("w300x4", "changed", 1);
    assert_eq!(relocate(&document(&texts), &kept).block, BlockId(301));
}

#[test]
fn of_several_places_with_the_same_text_the_nearest_is_taken() {
    let mut texts = paragraphs(100);
    for n in [10, 60, 90] {
        texts[n] = format!("The same refrain every time. {}", prose(7777, 20));
    }
    let kept = place(&document(&texts), Anchor { block: BlockId(60), byte: 0 });
    texts.insert(0, "A new first paragraph.".into());
    assert_eq!(relocate(&document(&texts), &kept), Anchor { block: BlockId(61), byte: 0 });
    // And so where no more than its beginning is left.
    for n in [11, 61, 91] {
        texts[n] = format!("The same refrain every time. {}", prose(n, 20));
    }
    assert_eq!(relocate(&document(&texts), &kept), Anchor { block: BlockId(61), byte: 0 });
}

#[test]
fn a_place_whose_text_is_gone_is_found_by_its_share_of_the_way() {
    let kept = place(&document(&paragraphs(100)), Anchor { block: BlockId(50), byte: 0 });
    let other: Vec<String> = (0..10).map(|n| prose(1000 + n, 30)).collect();
    assert!([4, 5].map(BlockId).contains(&relocate(&document(&other), &kept).block));
    let nowhere = KeptPlace { block: 7, byte: 9, fraction: f64::NAN, text: "not in there at all, not a bit".into() };
    assert_eq!(relocate(&document(&other), &nowhere).block, BlockId(0));
    assert_eq!(relocate(&document(&[]), &nowhere), Anchor::default());
    let beyond = KeptPlace { fraction: 7.0, ..nowhere };
    assert_eq!(relocate(&document(&other), &beyond).block, BlockId(9));
}

#[test]
fn a_place_in_the_middle_of_a_character_is_moved_to_its_start() {
    let texts = vec!["日本語の文章です。とても長い文章なので、ここに続きがあります。".to_owned()];
    let kept = place(&document(&texts), Anchor { block: BlockId(0), byte: 4 });
    assert!(kept.text.starts_with('本'));
    assert_eq!(relocate(&document(&texts), &kept), Anchor { block: BlockId(0), byte: 4 });
}

#[test]
fn tags_and_notes_are_kept_and_go_with_a_copy() {
    let mut desk = Desk::new();
    desk.write("a.txt", &prose(1, 80));
    for act in [
        Act::Tag("to read".into(), true),
        Act::Tag("sea".into(), true),
        Act::Tag("sea".into(), true),
        Act::Note("A note".into()),
        Act::Note("Another".into()),
        Act::Archive(true),
    ] {
        desk.save("a.txt", act);
    }
    desk.memory = Memory::open(&desk.path("data")).unwrap();
    let rows = |desk: &Desk, name: &str| {
        let key = (desk.key(name), desk.path(name), None);
        desk.memory.rows(&[key]).unwrap().remove(0).unwrap()
    };
    let (row, reading) = rows(&desk, "a.txt");
    assert!(reading.archived && !reading.starred);
    let written = desk.memory.written().unwrap();
    assert_eq!(written.tags, [(row, "sea".to_owned()), (row, "to read".to_owned())]);
    assert_eq!(written.notes, [(row, "A note".to_owned()), (row, "Another".to_owned())]);
    // A copy begins with all of it and goes its own way.
    fs::copy(desk.path("a.txt"), desk.path("b.txt")).unwrap();
    desk.save("b.txt", Act::Tag("sea".into(), false));
    desk.save("b.txt", Act::Archive(false));
    let (copy, reading) = rows(&desk, "b.txt");
    assert!(copy != row && !reading.archived && rows(&desk, "a.txt").1.archived);
    let written = desk.memory.written().unwrap();
    assert_eq!(written.tags.len(), 3);
    assert!(written.tags.contains(&(copy, "to read".to_owned())));
    assert_eq!(written.notes.iter().filter(|(whose, _)| *whose == copy).count(), 2);
}

/// What the first version wrote is all there, and takes what came later.
#[test]
fn a_file_of_the_first_version_is_brought_up_to_date() {
    let mut desk = Desk::new();
    desk.write("a.txt", &prose(1, 80));
    desk.save("a.txt", Act::Star(true));
    let older = rusqlite::Connection::open(desk.path("data/recto.db")).unwrap();
    older
        .execute_batch(
            "DROP TABLE tags; DROP TABLE notes; DROP TABLE saved; DROP TABLE choices; DROP TABLE marks; ALTER TABLE documents DROP COLUMN archived",
        )
        .unwrap();
    older.pragma_update(None, "user_version", 1).unwrap();
    desk.memory = Memory::open(&desk.path("data")).unwrap();
    assert!(desk.star("a.txt"));
    desk.save("a.txt", Act::Tag("sea".into(), true));
    assert_eq!(desk.memory.written().unwrap().tags.len(), 1);
    desk.memory.save_filter(&filter("sea", "tide")).unwrap();
    assert_eq!(desk.memory.filters().unwrap().len(), 1);
}

/// Who only asks makes no file.
#[test]
fn a_memory_that_is_not_there_is_not_made() {
    let desk = Desk::new();
    assert!(Memory::open_if_there(&desk.path("nowhere")).unwrap().is_none());
    assert!(!desk.path("nowhere").exists());
    assert!(Memory::open_if_there(&desk.path("data")).unwrap().is_some());
}

fn filter(name: &str, query: &str) -> SavedFilter {
    SavedFilter { name: name.into(), query: query.into() }
}

#[test]
fn two_that_save_filters_lose_none_of_each_others() {
    let mut desk = Desk::new();
    let mut other = Memory::open(&desk.path("data")).unwrap();
    desk.memory.save_filter(&filter("sea", "tide")).unwrap();
    other.save_filter(&filter("land", "field")).unwrap();
    desk.memory.save_filter(&filter("Été", "sun")).unwrap();
    assert_eq!(desk.memory.filters().unwrap(), [filter("Été", "sun"), filter("land", "field"), filter("sea", "tide")]);
    // The same name in another spelling is the same name.
    other.save_filter(&filter("ete", "rain")).unwrap();
    other.remove_filter("SEA").unwrap();
    let filters = desk.memory.filters().unwrap();
    assert_eq!(filters, [filter("ete", "rain"), filter("land", "field")]);
    assert_eq!(meaning("@ÉTÉ x", &filters), "rain x");
}

/// The files as they lie there while the program still runs are all that a kill leaves.
#[test]
fn a_saved_filter_survives_a_kill() {
    let mut desk = Desk::new();
    desk.memory.save_filter(&filter("sea", "tide")).unwrap();
    fs::create_dir(desk.path("left")).unwrap();
    for file in fs::read_dir(desk.path("data")).unwrap() {
        let file = file.unwrap();
        // What the processes share in memory is not left.
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(file.path(), desk.path("left").join(file.file_name())).unwrap();
        }
    }
    let left = Memory::open(&desk.path("left")).unwrap();
    assert_eq!(left.filters().unwrap(), [filter("sea", "tide")]);
}
