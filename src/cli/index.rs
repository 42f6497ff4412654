//! `recto index [PATH…]`: builds the index or brings it up to date, and says how much there is.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::Result;
use clap::{Args, ValueHint};
use serde::Serialize;

use super::{
    Printer, Setup, Status,
    library::{Library, Update},
};
use crate::text::Safe;

/// Bring the index up to date
#[derive(Debug, Args)]
pub(super) struct Index {
    /// Build it anew
    #[arg(long, conflicts_with = "no_update")]
    rebuild: bool,
    /// Say more: files read, unreadable documents, the size and the place of the index
    #[arg(long)]
    stats: bool,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    update: Update,
    /// Folders and files
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
}

/// How much there is.
#[derive(Serialize)]
struct Statistics {
    documents: u64,
    words: u64,
    /// Of the files.
    bytes: u64,
    seconds: f64,
    #[serde(flatten)]
    more: Option<More>,
}

/// How much more there is to say.
#[derive(Serialize)]
struct More {
    /// Files that were read this time.
    read: usize,
    unreadable: u64,
    index_bytes: u64,
    store: String,
}

impl Index {
    pub fn run(self) -> Result<Status> {
        let began = Instant::now();
        let setup = Setup::load()?;
        let open = if self.rebuild { Library::rebuild } else { Library::complete };
        let library = open(&self.paths, &setup, self.update)?;
        let counts = library.catalogue.counts()?;
        let more = self.stats.then(|| More {
            read: library.report.map_or(0, |report| report.files),
            unreadable: counts.unreadable,
            index_bytes: size(&library.store.dir),
            store: library.store.dir.to_string_lossy().into_owned(),
        });
        let statistics = Statistics {
            documents: counts.documents,
            words: counts.words,
            bytes: counts.bytes,
            seconds: (began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
            more,
        };
        let mut printer = Printer::new(&setup.config);
        if self.json {
            printer.json(&statistics)?
        } else {
            print(&mut printer, &statistics)?
        }
        printer.flush()?;
        Ok(Status::Done)
    }
}

fn print(printer: &mut Printer, statistics: &Statistics) -> Result<()> {
    let Statistics { documents, words, bytes, seconds, more } = statistics;
    let mut lines = vec![
        ("documents", documents.to_string()),
        ("words", words.to_string()),
        ("bytes", bytes.to_string()),
        ("seconds", format!("{seconds:.1}")),
    ];
    if let Some(More { read, unreadable, index_bytes, store }) = more {
        lines.push(("files read", read.to_string()));
        lines.push(("unreadable", unreadable.to_string()));
        lines.push(("index bytes", index_bytes.to_string()));
        lines.push(("store", store.clone()));
    }
    for (name, value) in lines {
        printer.text(&Safe::line(&format!("{name:<12} {value}")), |theme| theme.text)?;
        printer.end_line()?;
    }
    Ok(())
}

/// Bytes of all files below a folder.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(found) if found.is_dir() => size(&entry.path()),
        Ok(found) => found.len(),
        Err(_) => 0,
    });
    sizes.sum()
}
