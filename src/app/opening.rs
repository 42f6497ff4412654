//! What `PATH…` means, for the screen and for every command alike: folders and files, a pipe, or nothing; and where the
//! catalogue and the index of it lie.

use std::{
    env, fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Arc, mpsc::channel},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, anyhow, bail};

use super::{Config, Folders};
use crate::{
    formats::{self, Source},
    guide,
    library::{Claim, Found, Store, WalkOptions, examine_found, reason, walk_within},
};

/// What recto is opened on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Folders, and files among others.
    Library {
        /// They exist.
        roots: Vec<PathBuf>,
        /// What the header calls them.
        name: String,
    },
    /// A file by itself.
    File(PathBuf),
    /// Standard input.
    Pipe,
}

/// All that the screen is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// What is opened.
    pub opening: Opening,
    /// The settings.
    pub config: Config,
    /// Where things lie.
    pub folders: Folders,
    /// Hidden, ignored and unlikely files too.
    pub all: bool,
    /// For who listens to the screen.
    pub linear: bool,
}

/// How long the current folder is searched for a document when no path is given.
const LOOK: Duration = Duration::from_secs(1);

/// What the paths mean. Without any: standard input if something is `piped` in, else the libraries of the config, else
/// the current folder if it holds documents, else the guide.
pub fn resolve(paths: &[PathBuf], guide: bool, piped: bool, config: &Config, folders: &Folders) -> Result<Opening> {
    if guide {
        return the_guide(folders);
    }
    match paths {
        [] if piped => Ok(Opening::Pipe),
        [] if !config.libraries.is_empty() => {
            library(&config.libraries).map_err(|error| anyhow!("{error:#} (one of the configured libraries)"))
        }
        [] => {
            let here = env::current_dir().context("the current folder")?;
            if holds_documents(here.clone()) { library(&[here]) } else { the_guide(folders) }
        }
        [path] if is_dash(path) => Ok(Opening::Pipe),
        [path] if (exists(path)?.is_file() && !holds_many(path, config)) || formats::is_bundle(path) => {
            Ok(Opening::File(path.clone()))
        }
        paths => library(paths),
    }
}

/// Finds or makes the store of these roots. Where the cache folder can't be written it lies in a temporary folder, and
/// the second value says so.
pub fn open_store(folders: &Folders, roots: &[PathBuf]) -> Result<(Store, Option<String>)> {
    for root in roots {
        exists(root)?;
    }
    let locale = locale(|name| env::var(name).ok());
    let error = match writable(&folders.cache, roots) {
        Ok(store) => return Ok((store.in_locale(&locale), None)),
        Err(error) => error,
    };
    let elsewhere = temporary().context("a temporary folder")?;
    let warning = format!(
        "{}: the cache can't be written ({}); titles and words are kept in {}",
        folders.cache.display(),
        error.root_cause(),
        elsewhere.display()
    );
    Ok((Store::open(&elsewhere, roots)?.in_locale(&locale), Some(warning)))
}

/// The locale in which the person reads lists, by the rule of POSIX: the first of these variables that says anything.
fn locale(variable: impl Fn(&str) -> Option<String>) -> String {
    let said = ["LC_ALL", "LC_COLLATE", "LANG"].into_iter().filter_map(variable).find(|locale| !locale.is_empty());
    said.unwrap_or_default()
}

fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A store that can be written.
fn writable(cache: &Path, roots: &[PathBuf]) -> Result<Store> {
    let store = Store::open(cache, roots)?;
    tempfile::tempfile_in(&store.dir)?;
    Ok(store)
}

/// What is at a path.
fn exists(path: &Path) -> Result<fs::Metadata> {
    let shown = || path.display().to_string();
    let found = fs::metadata(path).map_err(|error| anyhow!(reason(&error))).with_context(shown)?;
    if !found.is_dir() && !found.is_file() {
        bail!("{}: neither a file nor a folder", shown());
    }
    Ok(found)
}

fn library(roots: &[PathBuf]) -> Result<Opening> {
    if roots.iter().any(|root| is_dash(root)) {
        bail!("-: standard input is read by itself, not among files");
    }
    let found = roots.iter().map(|root| exists(root)).collect::<Result<Vec<_>>>()?;
    let name = match roots {
        [root] => name(root),
        _ if found.iter().all(fs::Metadata::is_dir) => format!("{} folders", roots.len()),
        _ if found.iter().all(fs::Metadata::is_file) => format!("{} files", roots.len()),
        _ => format!("{} paths", roots.len()),
    };
    Ok(Opening::Library { roots: roots.to_vec(), name })
}

/// Whether a file is a mailbox, a feed, an archive: shown as a list.
fn holds_many(path: &Path, config: &Config) -> bool {
    Source::file(path).is_ok_and(|source| formats::holds_many(&source.hinted(&config.hints())))
}

/// The last part of a path; that of the folder which `.` and `..` stand for.
fn name(root: &Path) -> String {
    let full = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    full.file_name().unwrap_or(full.as_os_str()).to_string_lossy().into_owned()
}

fn the_guide(folders: &Folders) -> Result<Opening> {
    let unpacked = guide::unpack(&folders.cache).or_else(|_| guide::unpack(&temporary()?))?;
    Ok(Opening::Library { roots: vec![unpacked], name: "guide".to_owned() })
}

/// Whether there is a document in a folder or below it. A folder so large that none is found within [`LOOK`] counts as
/// one without: nobody meant to open it.
fn holds_documents(folder: PathBuf) -> bool {
    let (found, answer) = channel();
    // Its own thread, because a walk that meets no document can't be told to stop. It ends with the program at the latest.
    thread::spawn(move || {
        walk_within(&[folder], &[], &WalkOptions::default(), &|file| {
            if is_document(&file) && found.send(()).is_ok() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
    });
    answer.recv_timeout(LOOK).is_ok()
}

fn is_document(found: &Found) -> bool {
    match found {
        Found::File(file) if file.claim == Claim::Named => true,
        Found::File(file) => !examine_found(file, &Arc::default(), &mut ()).entries.is_empty(),
        Found::Trouble { .. } => false,
    }
}

/// A folder for this user alone below the system's temporary one; the same at every start, so that what was read once is
/// not read again.
fn temporary() -> Result<PathBuf> {
    let own = tempfile::Builder::new().prefix("recto-").tempdir()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
        let owner = fs::metadata(own.path())?.uid();
        let shared = env::temp_dir().join(format!("recto-{owner}"));
        let made = fs::DirBuilder::new().mode(0o700).create(&shared);
        let found = fs::symlink_metadata(&shared);
        // Anybody may have made a folder of this name, or a link, before us.
        let ours = found.is_ok_and(|found| found.is_dir() && found.uid() == owner && found.mode() & 0o077 == 0);
        if made.is_ok() || ours {
            return Ok(shared);
        }
    }
    Ok(own.keep())
}
