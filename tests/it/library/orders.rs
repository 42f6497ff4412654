//! Orders that were patched are those that sorting everything gives.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// What a person does to a pile between two scans.
#[derive(Clone, Debug)]
enum Edit {
    Write(usize, usize),
    Remove(usize),
    Rename(usize, usize),
}

const NAMES: &[&str] =
    &["a/1.md", "a/2.md", "a/3.md", "b/1.md", "b/2.md", "b/c/1.md", "b/c/4.md", "d.md", "e.md", "f/1.md"];
const TITLES: &[&str] = &["Notes", "notes", "Éclair", "Apple pie", "Zebra", "The letter"];

fn edit() -> impl Strategy<Value = Edit> {
    let (name, title) = (0..NAMES.len(), 0..TITLES.len());
    prop_oneof![
        4 => (name.clone(), title).prop_map(|(name, title)| Edit::Write(name, title)),
        1 => name.clone().prop_map(Edit::Remove),
        1 => (name.clone(), name).prop_map(|(from, to)| Edit::Rename(from, to)),
    ]
}

/// Both orders by path, and the labels.
type Seen = (Vec<PathBuf>, Vec<PathBuf>, BTreeMap<PathBuf, Option<String>>);

fn seen(catalogue: &Catalogue) -> Seen {
    let rows = |name| {
        let ids = catalogue.order(name).unwrap().unwrap();
        catalogue.rows(&ids).unwrap().into_iter().map(Option::unwrap).collect::<Vec<_>>()
    };
    let paths = |name| rows(name).into_iter().map(|row| row.path).collect();
    (paths("path"), paths("title"), rows("path").into_iter().map(|row| (row.path, row.label)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_few_changes_leave_the_orders_as_sorting_does(
        scans in proptest::collection::vec(proptest::collection::vec(edit(), 1..5), 1..6)
    ) {
        let pile = Pile::new(&[]);
        for (number, name) in NAMES.iter().enumerate() {
            pile.write(name, &format!("# {}\n\n{number}\n", TITLES[number % TITLES.len()]));
        }
        let mut catalogue = pile.catalogue(&[""]);
        scan(&mut catalogue, &[pile.root()]);
        for (number, edits) in scans.iter().enumerate() {
            for edit in edits {
                match edit {
                    Edit::Write(name, title) => pile.write(NAMES[*name], &format!("# {}\n\nAgain {number}\n", TITLES[*title])),
                    Edit::Remove(name) => drop(fs::remove_file(pile.path(NAMES[*name]))),
                    Edit::Rename(from, to) => drop(fs::rename(pile.path(NAMES[*from]), pile.path(NAMES[*to]))),
                }
            }
            scan(&mut catalogue, &[pile.root()]);
            let fresh = Store::open(&pile.temp.path().join(format!("fresh{number}")), &[pile.root()]).unwrap();
            let mut fresh = Catalogue::open(&fresh).unwrap();
            scan(&mut fresh, &[pile.root()]);
            prop_assert_eq!(seen(&catalogue), seen(&fresh));
        }
    }
}
