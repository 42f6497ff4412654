//! `kill -9` in the middle of indexing, again and again: the index opens, nobody is locked out, nothing that was noted as
//! taken in is missing, and the next run brings everything up to date. RECTO_KILLS says how often; the fifty that a release
//! is tried with take a minute.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use recto::{
    index::Index,
    library::{Catalogue, Store},
    query::Query,
    search::{self, Order, Request, Stock},
};

const DOCUMENTS: usize = 400;

/// Nothing takes that long; a test that hangs is ended.
const PATIENCE: Duration = Duration::from_secs(60);

/// A pile whose index is written by processes that are killed.
struct Pile {
    dir: tempfile::TempDir,
}

impl Pile {
    fn docs(&self) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join("docs")
    }

    /// Writes a part of the documents anew, with a word that no other round has, and takes a few away.
    fn change(&self, round: usize) {
        for number in 0..DOCUMENTS {
            let path = self.docs().join(format!("{number}.md"));
            if round == 0 || (number + round).is_multiple_of(3) {
                let text =
                    format!("# Document {number}\n\nround{round} {}\n", "some words to be read here. ".repeat(20));
                fs::write(path, text).unwrap();
            } else if (number + round) % 50 == 1 {
                fs::remove_file(path).ok();
            }
        }
    }

    fn index(&self) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
        for name in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
            command.env(name, self.dir.path().join(name));
        }
        command.arg("index").arg(self.docs()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn store(&self) -> Store {
        Store::open(&self.dir.path().join("XDG_CACHE_HOME/recto"), &[self.docs()]).unwrap()
    }

    /// What the files of the store look like; it changes with every step that is written.
    fn traces(&self) -> Vec<(PathBuf, u64)> {
        fn collect(dir: &Path, traces: &mut Vec<(PathBuf, u64)>) {
            for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
                match entry.metadata() {
                    Ok(metadata) if metadata.is_dir() => collect(&entry.path(), traces),
                    Ok(metadata) => traces.push((entry.path(), metadata.len())),
                    Err(_) => {}
                }
            }
        }
        let mut traces = Vec::new();
        collect(&self.dir.path().join("XDG_CACHE_HOME"), &mut traces);
        traces.sort();
        traces
    }

    /// Lets an indexing take so many steps, and kills it. False if it ended before.
    fn kill_after(&self, steps: usize) -> bool {
        let mut child = self.index();
        let (began, mut seen, mut last) = (Instant::now(), 0, self.traces());
        while seen < steps {
            if child.try_wait().unwrap().is_some() {
                return false;
            }
            assert!(began.elapsed() < PATIENCE, "indexing does not go on after {seen} steps");
            let now = self.traces();
            seen += usize::from(now != last);
            last = now;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        true
    }

    /// What a person finds who starts recto after the kill.
    fn check(&self) {
        let store = self.store();
        let catalogue = Catalogue::open(&store).unwrap();
        let (index, fresh) = Index::open(&store.index_dir()).unwrap();
        assert!(index.writer(1, 0).unwrap().is_some(), "the dead hold no lock");
        let (known, missing) = (catalogue.ids().unwrap(), catalogue.unindexed(usize::MAX).unwrap());
        let snapshot = index.snapshot();
        for id in known.iter().filter(|id| !fresh && !missing.contains(id)) {
            assert!(snapshot.ids().contains(id), "{id:?} is noted as taken in, but is not there");
        }
    }

    /// The files that hold a word, by the index and by reading them.
    fn found(&self, word: &str) -> (Vec<PathBuf>, Vec<PathBuf>) {
        let store = self.store();
        let (catalogue, index) = (Catalogue::open(&store).unwrap(), Index::open(&store.index_dir()).unwrap().0);
        let query = Query::parse(&format!("\"{word}\""));
        let request = Request { query: &query, order: Order::Path, rank: &|_| 0, alive: &|| true };
        let ids = search::find(&Stock::from(index.snapshot()), &request).unwrap().unwrap().ids;
        let rows = catalogue.rows(&ids).unwrap();
        let mut found: Vec<PathBuf> =
            rows.into_iter().map(|row| row.expect("a document of the catalogue").path).collect();
        let files = fs::read_dir(self.docs()).unwrap().map(|entry| entry.unwrap().path());
        let mut read: Vec<PathBuf> =
            files.filter(|path| fs::read_to_string(path).unwrap().contains(&format!("{word} "))).collect();
        found.sort();
        read.sort();
        (found, read)
    }
}

#[test]
fn an_index_survives_being_killed_at_any_moment() {
    let pile = Pile { dir: tempfile::tempdir().unwrap() };
    fs::create_dir(pile.docs()).unwrap();
    let rounds = std::env::var("RECTO_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    let mut killed = 0;
    for round in 0..rounds {
        pile.change(round);
        // From the first file that is made to the last, at every stride.
        killed += usize::from(pile.kill_after(1 + round * 7 % 31));
        pile.check();
    }
    assert!(killed * 2 > rounds, "of {rounds} runs only {killed} were killed before their end");
    assert!(pile.index().wait().unwrap().success());
    pile.check();
    for round in 0..rounds {
        let (found, read) = pile.found(&format!("round{round}"));
        assert_eq!(found, read, "round {round}");
    }
}
