//! Orders and copies that were patched are those that looking at everything gives.

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime},
};

use proptest::prelude::*;

use super::*;

/// What a person does to a pile between two scans.
#[derive(Clone, Debug)]
enum Edit {
    Write(usize, usize, usize),
    Remove(usize),
    Rename(usize, usize),
}

const NAMES: &[&str] =
    &["a/1.md", "a/2.md", "a/3.md", "b/1.md", "b/2.md", "b/c/1.md", "b/c/4.md", "d.md", "e.md", "f/1.md"];
const TITLES: &[&str] = &["Notes", "notes", "Éclair", "Äpple", "Apple pie", "Zebra", "The letter"];
/// So many different texts, of which the odd ones are too short for a hash of their own.
const TEXTS: usize = 4;

fn edit() -> impl Strategy<Value = Edit> {
    let (name, title) = (0..NAMES.len(), 0..TITLES.len());
    prop_oneof![
        4 => (name.clone(), title, 0..TEXTS).prop_map(|(name, title, text)| Edit::Write(name, title, text)),
        1 => name.clone().prop_map(Edit::Remove),
        1 => (name.clone(), name).prop_map(|(from, to)| Edit::Rename(from, to)),
    ]
}

/// The text of a file. Of the long ones the title is a word like any other.
fn text(title: usize, text: usize) -> String {
    let body = if text.is_multiple_of(2) { prose(text, 60) } else { format!("Text {text}.") };
    format!("# {}\n\n{body}\n", TITLES[title])
}

/// Both orders by path, the labels, and the groups of copies.
type Seen = (Vec<PathBuf>, Vec<PathBuf>, BTreeMap<PathBuf, Option<String>>, Vec<Vec<PathBuf>>);

fn seen(catalogue: &Catalogue) -> Seen {
    let rows = |name| {
        let ids = catalogue.order(name).unwrap().unwrap();
        catalogue.rows(&ids).unwrap().into_iter().map(Option::unwrap).collect::<Vec<_>>()
    };
    let paths = |name| rows(name).into_iter().map(|row| row.path).collect();
    let labels = rows("path").into_iter().map(|row| (row.path, row.label)).collect();
    (paths("path"), paths("title"), labels, groups(catalogue))
}

/// The copies, each group once, in the order of the first of each.
fn groups(catalogue: &Catalogue) -> Vec<Vec<PathBuf>> {
    let copies = catalogue.copies().unwrap();
    let ids = catalogue.order("path").unwrap().unwrap();
    let firsts = ids.iter().filter(|id| copies.of(**id).first() == Some(*id));
    let path = |id: &DocId| catalogue.row(*id).unwrap().unwrap().path;
    firsts.map(|id| copies.of(*id).iter().map(path).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_few_changes_leave_the_orders_and_copies_as_they_are_from_the_start(
        scans in proptest::collection::vec(proptest::collection::vec(edit(), 1..5), 1..6)
    ) {
        let pile = Pile::new(&[]);
        for (number, name) in NAMES.iter().enumerate() {
            pile.write(name, &text(number % TITLES.len(), number % TEXTS));
        }
        let mut catalogue = Catalogue::open(&pile.store(&[""]).in_locale("sv")).unwrap();
        scan(&mut catalogue, &[pile.root()]);
        // Two files of one length that are written within a tick of the system's clock can't be told apart by a scan.
        let mut at = SystemTime::now();
        for (number, edits) in scans.iter().enumerate() {
            for edit in edits {
                match edit {
                    Edit::Write(name, title, of) => {
                        pile.write(NAMES[*name], &text(*title, *of));
                        at += Duration::from_secs(1);
                        fs::File::options().write(true).open(pile.path(NAMES[*name])).unwrap().set_modified(at).unwrap();
                    }
                    Edit::Remove(name) => drop(fs::remove_file(pile.path(NAMES[*name]))),
                    Edit::Rename(from, to) => drop(fs::rename(pile.path(NAMES[*from]), pile.path(NAMES[*to]))),
                }
            }
            scan(&mut catalogue, &[pile.root()]);
            let fresh = Store::open(&pile.temp.path().join(format!("fresh{number}")), &[pile.root()]).unwrap();
            let mut fresh = Catalogue::open(&fresh.in_locale("sv")).unwrap();
            scan(&mut fresh, &[pile.root()]);
            prop_assert_eq!(seen(&catalogue), seen(&fresh));
        }
    }
}

/// The titles in their order, in a locale.
fn titles(pile: &Pile, locale: &str) -> Vec<String> {
    let mut catalogue = Catalogue::open(&pile.store(&[""]).in_locale(locale)).unwrap();
    scan(&mut catalogue, &[pile.root()]);
    let ids = catalogue.order("title").unwrap().unwrap();
    catalogue.rows(&ids).unwrap().into_iter().map(|row| row.unwrap().title).collect()
}

#[test]
fn titles_stand_in_the_order_of_the_readers_language() {
    let of = |titles: &[&str]| {
        let files: Vec<_> =
            titles.iter().enumerate().map(|(n, t)| (format!("{n}.md"), format!("# {t}\n\n{t}\n"))).collect();
        Pile::new(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
    };
    let pile = of(&[
        "Zebra",
        "Äpfel und Birnen",
        "apfel",
        "Apfel",
        "Äpfel",
        "Apfelmus",
        "Apfel 10",
        "\u{201C}Apfel\u{201D} 9",
    ]);
    let german =
        ["apfel", "Apfel", "Äpfel", "\u{201C}Apfel\u{201D} 9", "Apfel 10", "Äpfel und Birnen", "Apfelmus", "Zebra"];
    for locale in ["", "C.UTF-8", "de_DE.UTF-8", "nonsense that is none"] {
        assert_eq!(titles(&pile, locale), german, "{locale}");
    }
    // The same library, sorted anew though no document has changed, and back again.
    let swedish = titles(&pile, "sv_SE.UTF-8@euro");
    assert_eq!(swedish[..6], ["apfel", "Apfel", "\u{201C}Apfel\u{201D} 9", "Apfel 10", "Apfelmus", "Zebra"]);
    assert_eq!(titles(&pile, "de_AT"), german);
}

#[test]
fn a_part_of_a_library_has_the_copies_that_lie_in_it() {
    let long = prose(1, 60);
    let pile = Pile::new(&[
        ("a.md", &format!("# One\n\n{long}\n")),
        ("b/a.md", &format!("# One\n\n{long}\n")),
        ("b/c.txt", "Too short for a hash of its own.\n"),
        ("b/d.txt", "Too short for a hash of its own.\n"),
        ("d.txt", "Too short for a hash of its own.\n"),
        ("e.md", &format!("# One\n\n{}\n", long.replace(' ', "\n"))),
        ("f.md", "# One\n\nSomething else.\n"),
    ]);
    let mut whole = pile.catalogue(&[""]);
    scan(&mut whole, &[pile.root()]);
    let names = |catalogue: &Catalogue| -> Vec<Vec<String>> {
        let name = |path: &PathBuf| path.strip_prefix(pile.root()).unwrap().to_string_lossy().into_owned();
        groups(catalogue).iter().map(|group| group.iter().map(name).collect()).collect()
    };
    let (long, short) = (vec!["a.md", "b/a.md", "e.md"], vec!["b/c.txt", "b/d.txt", "d.txt"]);
    assert_eq!(names(&whole), [long, short.clone()]);
    assert_eq!(whole.copies().unwrap().spared(), 4);
    let mut part = pile.catalogue(&["b"]);
    assert_eq!(names(&part), [short[..2].to_vec()], "before it has an order of its own");
    scan(&mut part, &[pile.path("b")]);
    assert_eq!(names(&part), [short[..2].to_vec()]);
    assert_eq!(part.copies().unwrap().spared(), 1);
}

#[test]
fn what_has_no_text_is_no_copy() {
    let pile = Pile::new(&[("a.txt", "- - -\n"), ("b.txt", "- - -\n"), ("c.txt", ""), ("d.txt", "")]);
    for name in ["e.txt", "f.txt"] {
        fs::write(pile.path(name), b"\0\x01\0\0\x02\0rubbish\0\0\0\0").unwrap();
    }
    pile.write("g.txt", "A word.\n");
    pile.write("h.txt", "A word.\n");
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    assert_eq!(groups(&catalogue), [[pile.path("g.txt"), pile.path("h.txt")]]);
}
