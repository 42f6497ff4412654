//! What is there, as ripgrep sees it: `.gitignore` and its kin inside repositories, hidden files left out, one file
//! system, symbolic links to files followed and to folders not. Pipes, sockets and devices are left out by rule; what
//! can't be reached is reported, never skipped silently. A folder that is one document is found as a file is. Nothing here
//! opens a file.

use std::{
    fs::Metadata,
    io,
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::formats::{Bundle, Claim, ReadAt as _, bundle_of, claim, is_bundle};

/// How a walk goes.
#[derive(Clone, Copy, Debug, Default)]
pub struct WalkOptions {
    /// Take everything: hidden and ignored files, and files of any kind.
    pub all: bool,
}

/// What a walk came upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file that may be a document.
    File(FoundFile),
    /// A file or a folder that can't be reached.
    Trouble {
        /// Where.
        path: PathBuf,
        /// Why, in words.
        reason: String,
    },
}

/// A regular file, a link to one, or a folder that is one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Its path, by way of the root that it was found in.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: i64,
    /// Why it is taken.
    pub claim: Claim,
}

impl Found {
    /// The path that it is about.
    pub fn path(&self) -> &Path {
        match self {
            Found::File(file) => &file.path,
            Found::Trouble { path, .. } => path,
        }
    }
}

impl FoundFile {
    /// A file that was named by itself. A folder is as large as what is in it, and as new.
    pub fn named(path: &Path, metadata: &Metadata) -> FoundFile {
        let bundle = metadata.is_dir().then(|| Bundle::open(path)).flatten();
        let (size, written) = match bundle {
            Some(bundle) => (bundle.size(), Ok(bundle.modified())),
            None => (metadata.len(), metadata.modified()),
        };
        FoundFile { path: path.to_owned(), size, modified: nanoseconds(written), claim: Claim::Named }
    }
}

/// The files of the memory, which is written to with every place that is kept.
const MEMORY: [&str; 3] = ["recto.db", "recto.db-wal", "recto.db-shm"];

/// Walks `roots` in parallel and calls `sink`, from several threads, with all that is found, in no certain order.
pub fn walk(roots: &[PathBuf], options: &WalkOptions, sink: &(dyn Fn(Found) + Sync)) {
    walk_within(roots, &[], options, &|found| {
        sink(found);
        ControlFlow::Continue(())
    });
}

/// Walks only what lies in `only`, or leads there, with the ignore rules that hold from `roots` down: what a walk of
/// the whole would leave out is left out here too. With `only` empty, walks all. Ends early when `sink` says so.
pub fn walk_within(
    roots: &[PathBuf],
    only: &[PathBuf],
    options: &WalkOptions,
    sink: &(dyn Fn(Found) -> ControlFlow<()> + Sync),
) {
    walk_without(roots, only, None, options, sink);
}

/// Like [`walk_within`], but never looks into the folder `without`, and leaves recto's own memory out: what is written
/// because of a scan must not be a reason for the next.
pub fn walk_without(
    roots: &[PathBuf],
    only: &[PathBuf],
    without: Option<&Path>,
    options: &WalkOptions,
    sink: &(dyn Fn(Found) -> ControlFlow<()> + Sync),
) {
    let Some((first, others)) = roots.split_first() else { return };
    let mut builder = WalkBuilder::new(first);
    for root in others {
        builder.add(root);
    }
    builder.standard_filters(!options.all).same_file_system(true).follow_links(false);
    let (only, without) = (only.to_vec(), without.map(Path::to_owned));
    builder.filter_entry(move |entry| {
        let path = entry.path();
        without.as_deref() != Some(path)
            && !entry.file_name().to_str().is_some_and(|name| MEMORY.contains(&name))
            && (only.is_empty() || only.iter().any(|only| only.starts_with(path) || path.starts_with(only)))
    });
    builder.build_parallel().run(|| {
        Box::new(|entry| {
            // What is in a folder that is one document is not looked at one by one.
            let mut next = WalkState::Continue;
            let found = match entry {
                Ok(entry) if is_folder(&entry) && is_bundle(entry.path()) => {
                    next = WalkState::Skip;
                    bundle(entry.path())
                }
                Ok(entry) => look(&entry, options),
                Err(error) => trouble(&error, first),
            };
            match found.map_or(ControlFlow::Continue(()), sink) {
                ControlFlow::Continue(()) => next,
                ControlFlow::Break(()) => WalkState::Quit,
            }
        })
    });
}

/// What a walk of `roots` finds in place of `path`: what changes in a folder that is one document changes the document.
pub fn whole<'p>(path: &'p Path, roots: &[PathBuf]) -> &'p Path {
    let bundle = bundle_of(path);
    if roots.iter().any(|root| bundle.starts_with(root)) { bundle } else { path }
}

fn is_folder(entry: &DirEntry) -> bool {
    // A root may be a link.
    entry.file_type().is_some_and(|kind| kind.is_dir() || (kind.is_symlink() && entry.depth() == 0))
}

/// A folder that is one document.
fn bundle(path: &Path) -> Option<Found> {
    let metadata = std::fs::metadata(path).ok()?;
    Some(Found::File(FoundFile::named(path, &metadata)))
}

/// A file or a link to one; `None` for all else.
fn look(entry: &DirEntry, options: &WalkOptions) -> Option<Found> {
    let kind = entry.file_type()?;
    if !kind.is_file() && !kind.is_symlink() {
        return None;
    }
    let path = entry.path();
    // A file that was named as a root is wanted, whatever it is called.
    let claim = if entry.depth() == 0 { Claim::Named } else { claim(path, options.all)? };
    // Follows a link, and fails when it leads nowhere or in a circle.
    Some(match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Found::File(FoundFile { claim, ..FoundFile::named(path, &metadata) }),
        Ok(_) => return None,
        Err(error) if kind.is_symlink() => {
            Found::Trouble { path: path.to_owned(), reason: format!("a link that leads nowhere: {}", reason(&error)) }
        }
        // Gone since its folder was read.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => Found::Trouble { path: path.to_owned(), reason: reason(&error) },
    })
}

/// Why a file can't be had, in words without the number that the system gives it.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => {
            let said = error.to_string();
            said.split_once(" (os error ").map_or(said.as_str(), |(words, _)| words).to_owned()
        }
    }
}

/// When a file was last written, in nanoseconds since 1970; the ends of the range for what lies beyond.
fn nanoseconds(written: io::Result<SystemTime>) -> i64 {
    let Ok(time) = written else { return 0 };
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
    }
}

/// The path and the reason of an error of the walk; `None` for a line in an ignore file that is wrong.
fn trouble(error: &ignore::Error, root: &Path) -> Option<Found> {
    fn parts(error: &ignore::Error) -> (Option<&Path>, Option<String>) {
        match error {
            ignore::Error::WithPath { path, err } => (Some(path), parts(err).1),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => parts(err),
            ignore::Error::Loop { child, .. } => (Some(child), Some("a link in a circle".to_owned())),
            ignore::Error::Io(error) => (None, Some(reason(error))),
            _ => (None, None),
        }
    }
    let (path, reason) = parts(error);
    Some(Found::Trouble { path: path.unwrap_or(root).to_owned(), reason: reason? })
}
