//! The case folders: what becomes of real files.
//!
//! `tests/cases/<format>/<case>/` holds `input.<extension>` and `expected.txt`, which is what [`dump`] makes of every document
//! in it, or the reason why it can't be read. A folder more is a case more. `RECTO_BLESS=1` rewrites the expected files; read
//! them before you keep them. Where they are not what one would wish, a `note.txt` says why. A case whose name starts with
//! `terminal-` is opened as what a program wrote for a terminal.

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use recto::formats::{self, Entry, Source};

use crate::dump::dump;

/// Folders of cases that other modules walk.
const OTHERS: [&str; 2] = ["markdown-spec", "titles"];

/// A case: the name of its format, its folder, its input.
pub struct Case {
    pub format: String,
    pub folder: PathBuf,
    pub input: PathBuf,
}

/// Every case, in order.
pub fn all() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases = Vec::new();
    for kind in folders(&root) {
        let format = kind.file_name().unwrap().to_string_lossy().into_owned();
        if OTHERS.contains(&format.as_str()) {
            continue;
        }
        for folder in folders(&kind) {
            let mut files = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path());
            let input = files.find(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("input")));
            let input = input.unwrap_or_else(|| panic!("{}: no input", folder.display()));
            cases.push(Case { format: format.clone(), folder, input });
        }
    }
    cases
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let mut all: Vec<_> = fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    all.sort();
    all
}

impl Case {
    /// Its bytes, as they are opened.
    pub fn source(&self) -> Source {
        let mut source = Source::file(&self.input).unwrap();
        source.terminal = self.folder.file_name().unwrap().to_string_lossy().starts_with("terminal-");
        source
    }

    /// All that comes out of it.
    fn found(&self) -> String {
        let source = self.source();
        let mut out = String::new();
        let mut entries = Vec::new();
        let done = formats::documents(&source, &mut |found| {
            if let Some(id) = &found.entry.id {
                out.push_str(&format!("{}=== {id}\n", if out.is_empty() { "" } else { "\n" }));
            }
            match &found.document {
                Ok(document) => out.push_str(&dump(document)),
                Err(error) => out.push_str(&format!("error: {error:#}\n")),
            }
            entries.push((found.entry, found.document.map(|document| dump(&document)).ok()));
            ControlFlow::Continue(())
        });
        // Each of them is the same when it is opened by itself.
        for (entry, streamed) in entries {
            let opened = formats::open(&source, &entry).map(|document| dump(&document)).ok();
            assert_eq!(opened, streamed, "{}: {entry:?} by itself", self.folder.display());
        }
        if let Err(error) = done {
            out.push_str(&format!("error: {error:#}\n"));
        }
        out
    }
}

#[test]
fn cases() {
    let mut wrong = String::new();
    let all = all();
    assert!(all.len() >= 60);
    for case in all {
        let found = case.found();
        let expected = case.folder.join("expected.txt");
        if std::env::var_os("RECTO_BLESS").is_some() {
            fs::write(&expected, &found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push_str(&format!("{}: expected other than\n{found}\n", case.folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A case lies in the folder of the format that reads it; errors need no format, and a container is read as what is in it.
#[test]
fn every_case_is_read_by_the_format_of_its_folder() {
    for case in all() {
        let format = match case.format.as_str() {
            "plain" => "text",
            "containers" => continue,
            format => format,
        };
        if let Ok(found) = formats::detect(&case.source()) {
            assert_eq!(found.name, format, "{}", case.folder.display());
        }
    }
}

/// What is in one file is told apart by ids, and reached by them.
#[test]
fn entries_have_ids_of_their_own() {
    for case in all() {
        let mut seen: Vec<Entry> = Vec::new();
        let _ = formats::documents(&case.source(), &mut |found| {
            assert!(!seen.iter().any(|e| e.id == found.entry.id), "{}: {:?}", case.folder.display(), found.entry);
            seen.push(found.entry);
            ControlFlow::Continue(())
        });
        assert!(seen.len() <= 1 || seen.iter().all(|e| e.id.is_some()), "{}", case.folder.display());
    }
}
