//! Where the catalogue and the index of a library lie: one folder under the cache folder for each canonical root.
//!
//! A subfolder of a root that has a store uses that store, restricted to itself, so that nothing is read twice. Several
//! roots are a union with a store of its own, unless all of them lie in one root that has a store already. A folder made
//! here is open to its owner only.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result};

use crate::formats::Hints;

/// The name of the index's folder.
pub(super) const INDEX: &str = "index";

/// A folder or a file that makes up a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Its canonical path.
    pub path: PathBuf,
}

/// The place of one library's catalogue and index.
#[derive(Clone, Debug)]
pub struct Store {
    /// The folder that holds `catalogue.db` and `index/`.
    pub dir: PathBuf,
    roots: Vec<Root>,
    restricted: bool,
    locale: String,
    hints: Arc<Hints>,
}

impl Store {
    /// Finds or makes the store of these roots. They must exist.
    pub fn open(cache: &Path, roots: &[PathBuf]) -> Result<Store> {
        let roots = canonical(roots)?;
        let known = known_ancestor(cache, &roots);
        let dir = match &known {
            Some(dir) => dir.clone(),
            None => dir_of(cache, roots.iter().map(|root| root.path.as_path())),
        };
        let made = make_private(&dir);
        made.with_context(|| dir.display().to_string())?;
        Ok(Store { dir, roots, restricted: known.is_some(), locale: String::new(), hints: Arc::default() })
    }

    /// The same one, whose titles are sorted as in this locale: `de_DE.UTF-8`. Without it, as all languages have in common.
    #[must_use]
    pub fn in_locale(self, locale: &str) -> Store {
        Store { locale: locale.to_owned(), ..self }
    }

    /// The locale in which its titles are sorted; empty for none.
    pub fn locale(&self) -> &str {
        &self.locale
    }

    /// The same, its files read with what the reader knows of them.
    pub fn hinted(self, hints: Arc<Hints>) -> Store {
        Store { hints, ..self }
    }

    /// What the reader knows of the files.
    pub fn hints(&self) -> &Arc<Hints> {
        &self.hints
    }

    /// The folder of the full-text index.
    pub fn index_dir(&self) -> PathBuf {
        self.dir.join(INDEX)
    }

    /// The file of the catalogue.
    pub fn catalogue_file(&self) -> PathBuf {
        self.dir.join("catalogue.db")
    }

    /// The folder that holds this store and all others, by its canonical path.
    pub fn stores_dir(&self) -> Option<PathBuf> {
        fs::canonicalize(self.dir.parent()?).ok()
    }

    /// The canonical roots, none within another, by path.
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// Whether the store holds more than these roots.
    pub fn restricted(&self) -> bool {
        self.restricted
    }
}

/// Canonical, sorted, and without those that lie within another.
fn canonical(roots: &[PathBuf]) -> Result<Vec<Root>> {
    let mut paths = Vec::new();
    for root in roots {
        paths.push(fs::canonicalize(root).with_context(|| root.display().to_string())?);
    }
    paths.sort();
    // Paths compare by component, so a folder stands right before all that lies in it.
    paths.dedup_by(|later, earlier| later.starts_with(earlier));
    Ok(paths.into_iter().map(|path| Root { path }).collect())
}

/// The store of the nearest folder above all of `roots` that has one.
fn known_ancestor(cache: &Path, roots: &[Root]) -> Option<PathBuf> {
    let (first, others) = roots.split_first()?;
    first
        .path
        .ancestors()
        .filter(|above| *above != first.path && others.iter().all(|root| root.path.starts_with(above)))
        .map(|above| dir_of(cache, [above]))
        .find(|dir| dir.join("catalogue.db").exists())
}

/// The folder of the store with exactly these roots.
fn dir_of<'p>(cache: &Path, roots: impl IntoIterator<Item = &'p Path>) -> PathBuf {
    let mut hasher = blake3::Hasher::new();
    for root in roots {
        let key = path_key(root);
        hasher.update(&(key.len() as u64).to_le_bytes()).update(&key);
    }
    let name: String = hasher.finalize().to_hex().chars().take(32).collect();
    cache.join("stores").join(name)
}

/// Makes a folder, and those above it, for the owner only.
fn make_private(dir: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Makes an empty file for the owner only, unless there is one. SQLite gives its journals the mode of the database.
pub(super) fn touch_private(file: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        opened => opened.map(drop),
    }
}

/// The bytes by which a path is stored: its own, with zero for the separator. No name holds a zero byte, so that keys
/// compare as paths do, component by component, and all that lies in a folder is one range.
#[cfg(unix)]
pub(super) fn path_key(path: &Path) -> Vec<u8> {
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str());
    bytes.iter().map(|byte| if *byte == b'/' { 0 } else { *byte }).collect()
}

/// The path of a stored key.
#[cfg(unix)]
pub(super) fn key_path(key: &[u8]) -> PathBuf {
    let bytes = key.iter().map(|byte| if *byte == 0 { b'/' } else { *byte }).collect();
    PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes))
}

/// The bytes by which a path is stored; see the one for unix. A name that is not Unicode can't be opened again.
#[cfg(not(unix))]
pub(super) fn path_key(path: &Path) -> Vec<u8> {
    path.to_string_lossy().bytes().map(|byte| if matches!(byte, b'\\' | b'/') { 0 } else { byte }).collect()
}

/// The path of a stored key.
#[cfg(not(unix))]
pub(super) fn key_path(key: &[u8]) -> PathBuf {
    let bytes = key.iter().map(|byte| if *byte == 0 { b'\\' } else { *byte }).collect();
    PathBuf::from(String::from_utf8(bytes).unwrap_or_default())
}

/// The keys of `path` and of all that lies in it: from the first, up to but not including the second.
pub(super) fn key_range(path: &Path) -> (Vec<u8>, Vec<u8>) {
    let mut low = path_key(path);
    while low.last() == Some(&0) {
        low.pop();
    }
    let high = low.iter().copied().chain([1]).collect();
    (low, high)
}
