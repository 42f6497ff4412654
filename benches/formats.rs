//! How fast each format is read: documents and megabytes a second within the program, and what `recto show --text` takes for
//! a file beside the program that people use for it, where that is installed: pdftotext, w3m, pandoc. The files are those of
//! `tests/cases`, or with `RECTO_FORMATS=FOLDER` all that lie in a folder. `cargo bench --bench formats` prints a table;
//! nothing here passes or fails.

#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss)]

use std::{
    collections::BTreeMap,
    fs,
    hint::black_box,
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use recto::formats::{self, Source};

/// Each format is read over and over for so long at least.
const LONG: Duration = Duration::from_millis(500);

/// So many files of a format are given to other programs: they are started anew for each.
const FILES: usize = 20;

/// Who else reads a format, with what stands before the file's name.
const OTHERS: &[(&str, &[&str])] = &[
    ("pdf", &["pdftotext"]),
    ("html", &["w3m", "-dump", "-T", "text/html"]),
    ("docx", &["pandoc", "-t", "plain", "-f", "docx"]),
    ("odt", &["pandoc", "-t", "plain", "-f", "odt"]),
    ("rtf", &["pandoc", "-t", "plain", "-f", "rtf"]),
    ("epub", &["pandoc", "-t", "plain", "-f", "epub"]),
    ("fb2", &["pandoc", "-t", "plain", "-f", "fb2"]),
    ("markdown", &["pandoc", "-t", "plain", "-f", "gfm"]),
    ("org", &["pandoc", "-t", "plain", "-f", "org"]),
    ("rst", &["pandoc", "-t", "plain", "-f", "rst"]),
    ("latex", &["pandoc", "-t", "plain", "-f", "latex"]),
    ("notebook", &["pandoc", "-t", "plain", "-f", "ipynb"]),
    ("csv", &["pandoc", "-t", "plain", "-f", "csv"]),
    ("man", &["man", "-l"]),
];

fn main() {
    let folder = std::env::var_os("RECTO_FORMATS").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"));
    let mut kinds: BTreeMap<&'static str, Vec<PathBuf>> = BTreeMap::new();
    for path in files(&folder) {
        if path.file_name().is_some_and(|name| name == "expected.txt") {
            continue;
        }
        if let Ok(format) = Source::file(&path).and_then(|source| formats::detect(&source)) {
            kinds.entry(format.name).or_default().push(path);
        }
    }
    println!(
        "{:<12} {:>6} {:>9} {:>11} {:>9} {:>12} {:>22} {:>7}",
        "format", "files", "MB", "documents/s", "MB/s", "recto show", "another program", "ratio"
    );
    for (name, paths) in kinds {
        one(name, &paths);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

fn one(name: &str, paths: &[PathBuf]) {
    let bytes: u64 = paths.iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    let (mut rounds, mut documents) = (0u32, 0u64);
    let began = Instant::now();
    while began.elapsed() < LONG {
        for path in paths {
            documents += read(path);
        }
        rounds += 1;
    }
    let seconds = began.elapsed().as_secs_f64();
    let (each, speed) = (documents as f64 / seconds, bytes as f64 / 1e6 * f64::from(rounds) / seconds);
    let few = paths.get(..FILES.min(paths.len())).unwrap_or_default();
    let ours = process(few, Path::new(env!("CARGO_BIN_EXE_recto")), &["show", "--text"]);
    let other = OTHERS.iter().find(|(of, _)| *of == name).and_then(|(_, command)| {
        let (program, arguments) = command.split_first()?;
        Some((*program, process(few, Path::new(program), arguments)?))
    });
    let shown =
        |time: Option<Duration>| time.map_or_else(String::new, |time| format!("{:.1} ms", time.as_secs_f64() * 1e3));
    let beside = other.map_or_else(String::new, |(program, time)| format!("{program} {}", shown(Some(time))));
    let ratio = ours
        .zip(other)
        .map_or_else(String::new, |(ours, (_, theirs))| format!("{:.1}", theirs.as_secs_f64() / ours.as_secs_f64()));
    println!(
        "{name:<12} {:>6} {:>9.2} {each:>11.0} {speed:>9.1} {:>12} {beside:>22} {ratio:>7}",
        paths.len(),
        bytes as f64 / 1e6,
        shown(ours),
    );
}

/// Reads every document of a file to its end; answers how many there are.
fn read(path: &Path) -> u64 {
    let mut count = 0;
    let Ok(source) = Source::file(path) else { return 0 };
    let _ = formats::documents(&source, &mut |found| {
        if let Ok(document) = &found.document {
            document.blocks().for_each(|(_, block)| {
                black_box(block.text.len());
            });
            count += 1;
        }
        ControlFlow::Continue(())
    });
    count
}

/// What a program takes for a file on average, its start included; `None` where it is not installed.
fn process(paths: &[PathBuf], program: &Path, arguments: &[&str]) -> Option<Duration> {
    let began = Instant::now();
    for path in paths {
        let mut command = Command::new(program);
        command.args(arguments).arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if program == Path::new("pdftotext") {
            command.arg("-");
        }
        command.status().ok()?;
    }
    began.elapsed().checked_div(u32::try_from(paths.len()).ok()?)
}
