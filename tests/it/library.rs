//! The library: a pile of documents on disk, and helpers to scan it.

mod catalogue;
mod identity;
mod orders;
mod store;
mod texts;
mod walk;

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use recto::{
    doc::{Date, DocId, Document, Identity, Meta, Sketch},
    formats::{Entry, Hints},
    library::{
        Catalogue, Change, Claim, Counts, Examined, Found, FoundFile, NewDocument, Sink, Store, WalkOptions,
        distinguish, examine, examine_found, walk, walk_within,
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
            Found::File(file) => Change::Read(Box::new(examine_found(&file, &Arc::default(), &mut ()))),
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
    let examined = examine(path, &mut ());
    assert_eq!(examined.error, None);
    examined.entries[0].identity.clone()
}
