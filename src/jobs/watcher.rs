//! Files that change while recto runs. Changes are gathered for a moment, so that a checkout of thousands of files is one
//! scan; a tree with more folders than the system watches is left to the next start, or to the rescan key.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Outbox, Scan};
use crate::state::Outcome;

/// How long to wait for more after a change.
const GATHER: Duration = Duration::from_millis(300);
/// More changed paths than this are looked at by a scan of everything.
const SINGLY: usize = 200;
/// More folders than this are not watched: each costs the system memory, and their number is limited for each user.
const FOLDERS: usize = 8_192;

/// The watch over a library, once it stands.
#[derive(Default)]
pub(super) struct Watching {
    watcher: Option<RecommendedWatcher>,
    tried: bool,
}

impl Watching {
    /// Watches the roots, if they are not watched already.
    pub(super) fn start(&mut self, roots: &[PathBuf], scans: &Sender<Scan>, outbox: &Outbox) {
        if std::mem::replace(&mut self.tried, true) {
            return;
        }
        if roots.iter().map(|root| folders(root, FOLDERS)).sum::<usize>() > FOLDERS {
            outbox(Outcome::Failed {
                ticket: None,
                why: format!("more than {FOLDERS} folders: not watched, R looks for changes"),
            });
            return;
        }
        let (changes, gathered) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if let Ok(event) = event
                && !matches!(event.kind, notify::EventKind::Access(_))
            {
                changes.send(event.paths).ok();
            }
        });
        let watched = watcher.and_then(|mut watcher| {
            roots.iter().try_for_each(|root| watcher.watch(root, RecursiveMode::Recursive))?;
            Ok(watcher)
        });
        match watched {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                outbox(Outcome::Failed { ticket: None, why: format!("not watched, R looks for changes: {error}") });
                return;
            }
        }
        let scans = scans.clone();
        thread::spawn(move || {
            while let Ok(first) = gathered.recv() {
                let mut paths: BTreeSet<PathBuf> = first.into_iter().collect();
                loop {
                    match gathered.recv_timeout(GATHER) {
                        Ok(more) => paths.extend(more),
                        Err(RecvTimeoutError::Timeout) => break,
                        Err(RecvTimeoutError::Disconnected) => return,
                    }
                }
                let scan = if paths.len() > SINGLY { Scan::All } else { Scan::Within(paths.into_iter().collect()) };
                if scans.send(scan).is_err() {
                    return;
                }
            }
        });
    }
}

/// Counts the folders of a tree, up to just over `limit`.
fn folders(root: &Path, limit: usize) -> usize {
    let walk = ignore::WalkBuilder::new(root).follow_links(false).same_file_system(true).build();
    walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_some_and(|t| t.is_dir())).take(limit + 1).count()
}
