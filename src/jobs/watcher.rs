//! Files that change while recto runs. Changes are gathered for a moment, so that a checkout of thousands of files is one
//! scan; what the system can't watch is left to the next start, or to the rescan key.
//!
//! The folder of the catalogue is watched too: another process that works on the same library writes there.
//!
//! Where the system watches folder by folder (inotify), only those that a scan looks into are watched: not `.git`, not
//! `node_modules`. A folder that can't be read is left out, as the scan says already. Elsewhere whole trees are watched.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, Weak,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Indexer, Outbox, Scan, failed};

/// How long to wait for more after a change, and with more coming all the time.
const GATHER: Duration = Duration::from_millis(300);
const AT_MOST: Duration = Duration::from_secs(2);
/// More changed paths than this are looked at by a scan of everything.
const SINGLY: usize = 200;
/// More folders than this are not watched: each costs the system memory, and their number is limited for each user.
const FOLDERS: usize = 8_192;
/// Whether the system watches each folder by itself.
const BY_FOLDER: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// The watch over a library, once it stands. It ends when this is dropped.
#[derive(Default)]
pub(super) struct Watching {
    watch: Option<Arc<Mutex<Watch>>>,
    tried: bool,
}

/// What is watched.
struct Watch {
    watcher: RecommendedWatcher,
    /// The folder of the catalogue.
    store: PathBuf,
    roots: Vec<PathBuf>,
    all: bool,
    folders: BTreeSet<PathBuf>,
}

/// What a change is about: these paths, or nobody knows.
type Changed = Option<Vec<PathBuf>>;

impl Watching {
    /// Watches what an indexer walks, if it is not watched already.
    pub(super) fn start(&mut self, indexer: &Indexer, scans: &Sender<Scan>, outbox: &Outbox) {
        if std::mem::replace(&mut self.tried, true) {
            return;
        }
        let (changes, gathered) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            changed(event).into_iter().for_each(|changed| drop(changes.send(changed)));
        });
        let roots = indexer.roots();
        let started = watcher.and_then(|watcher| {
            let folders = BTreeSet::new();
            let store = indexer.store().dir.clone();
            let store = store.canonicalize().unwrap_or(store);
            let mut watch = Watch { watcher, store, roots: roots.clone(), all: indexer.options().all, folders };
            let ours = watch.watcher.watch(&watch.store, RecursiveMode::NonRecursive);
            let complete = ours.and_then(|()| roots.iter().try_for_each(|root| watch.add(root)));
            let watch = Arc::new(Mutex::new(watch));
            let (weak, scans) = (Arc::downgrade(&watch), scans.clone());
            self.watch = Some(watch);
            thread::spawn(move || gather(&gathered, &weak, &scans));
            complete
        });
        if let Err(error) = started {
            outbox(failed(format!("not everything is watched, R looks for changes: {error}")));
        }
    }
}

impl Watch {
    /// Watches what lies in `within` and is walked.
    fn add(&mut self, within: &Path) -> notify::Result<()> {
        let Some(root) = self.roots.iter().find(|root| within.starts_with(root)) else { return Ok(()) };
        if !BY_FOLDER {
            let new = self.folders.insert(root.clone());
            return if new { self.watcher.watch(root, RecursiveMode::Recursive) } else { Ok(()) };
        }
        for folder in folders(root, within, self.all) {
            if self.folders.len() >= FOLDERS && !self.folders.contains(&folder) {
                return Err(notify::Error::generic(&format!("more than {FOLDERS} folders")));
            }
            // A folder that was deleted and made again is another one.
            match self.watcher.watch(&folder, RecursiveMode::NonRecursive) {
                Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return Err(error),
                Err(_) => {}
                Ok(()) => drop(self.folders.insert(folder)),
            }
        }
        Ok(())
    }

    /// Watches new folders. Those that are too many are left to the rescan key, which was said at the start or is known.
    fn add_new(&mut self, changed: Option<&BTreeSet<PathBuf>>) {
        let paths: Vec<PathBuf> = match changed {
            Some(paths) => paths.iter().filter(|path| path.is_dir()).cloned().collect(),
            None => self.roots.clone(),
        };
        paths.iter().try_for_each(|path| self.add(path)).ok();
    }
}

/// What an event says has changed, if anything.
fn changed(event: notify::Result<notify::Event>) -> Option<Changed> {
    match event {
        // The system dropped some.
        Ok(event) if event.need_rescan() => Some(None),
        Ok(event) if matches!(event.kind, notify::EventKind::Access(_)) || event.paths.is_empty() => None,
        Ok(event) => Some(Some(event.paths)),
        Err(_) => None,
    }
}

/// Makes scans of changes, for as long as there is a watch.
fn gather(changes: &Receiver<Changed>, watch: &Weak<Mutex<Watch>>, scans: &Sender<Scan>) {
    while let Ok(first) = changes.recv() {
        let until = Instant::now() + AT_MOST;
        let mut paths: Option<BTreeSet<PathBuf>> = first.map(BTreeSet::from_iter);
        while Instant::now() < until {
            match changes.recv_timeout(GATHER) {
                Ok(more) => {
                    paths = paths.zip(more).map(|(mut paths, more)| {
                        paths.extend(more);
                        paths
                    });
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let Some(watch) = watch.upgrade() else { return };
        let mut held = watch.lock().unwrap_or_else(PoisonError::into_inner);
        let known = paths.as_ref().map_or(0, BTreeSet::len);
        let paths = paths.map(|paths| paths.into_iter().filter(|path| !path.starts_with(&held.store)).collect());
        let in_store = known > paths.as_ref().map_or(0, BTreeSet::len);
        let paths = paths.filter(|paths: &BTreeSet<PathBuf>| paths.len() <= SINGLY);
        // Before they are scanned: what comes into a new folder is seen by one or the other.
        held.add_new(paths.as_ref());
        drop(held);
        drop(watch);
        let files = match paths {
            None => Some(Scan::All),
            Some(paths) if paths.is_empty() => None,
            Some(paths) => Some(Scan::Within(paths.into_iter().collect())),
        };
        let ours = in_store.then_some(Scan::Catalogue);
        if files.into_iter().chain(ours).any(|scan| scans.send(scan).is_err()) {
            return;
        }
    }
}

/// The folders of a tree that are walked and lie in `within`, and the tree itself, which may be a file.
fn folders(root: &Path, within: &Path, all: bool) -> impl Iterator<Item = PathBuf> {
    let mut walk = ignore::WalkBuilder::new(root);
    let limit = within.to_owned();
    walk.standard_filters(!all).follow_links(false).same_file_system(true);
    walk.filter_entry(move |entry| {
        let folder = entry.depth() == 0 || entry.file_type().is_some_and(|kind| kind.is_dir());
        folder && (limit.starts_with(entry.path()) || entry.path().starts_with(&limit))
    });
    let within = within.to_owned();
    let found = walk.build().filter_map(Result::ok).map(ignore::DirEntry::into_path);
    found.filter(move |path| path.starts_with(&within))
}
