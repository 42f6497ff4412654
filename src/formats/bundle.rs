//! A folder that is one document: a book that was unpacked, as Books on a Mac keeps them. It is read as the archive that it
//! was: its files one after the other, each behind the header that a ZIP archive has for it, and nothing of it in memory.
//!
//! No path leaves the folder. Links are followed only to files within it, and that is looked at again whenever a file is
//! opened. What is counted is bounded.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{ReadAt, bounds, epub, zipped};

/// A folder that is one document, as it was when it was looked at.
pub struct Bundle {
    root: PathBuf,
    parts: Vec<Part>,
    modified: SystemTime,
}

/// A file of the folder.
struct Part {
    /// Its path in the folder, with slashes.
    name: String,
    path: PathBuf,
    /// Where its header stands.
    at: u64,
    header: Vec<u8>,
    size: u64,
}

/// Whether a folder is one document, by its name and by the file that says what is in it.
pub fn is_bundle(path: &Path) -> bool {
    is_called_so(path) && path.join(epub::CONTAINER).is_file()
}

/// The outermost folder on the way to `path`, or `path` itself, that is one document if its name is right.
pub fn bundle_of(path: &Path) -> &Path {
    path.ancestors().filter(|folder| is_called_so(folder)).last().unwrap_or(path)
}

fn is_called_so(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    epub::FORMAT.extensions.contains(&extension.as_str())
}

impl Bundle {
    /// Lists a folder; `None` when it is not one document.
    pub fn open(path: &Path) -> Option<Bundle> {
        let root = fs::canonicalize(path).ok().filter(|_| is_bundle(path))?;
        let modified = fs::metadata(&root).and_then(|folder| folder.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        let mut bundle = Bundle { root, parts: Vec::new(), modified };
        let mut folders = vec![(bundle.root.clone(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let Ok(kind) = entry.file_type() else { continue };
                if entry.file_name().to_string_lossy().starts_with('.') {
                    continue;
                } else if kind.is_dir() && depth < bounds::FOLDERS_DEEP {
                    folders.push((entry.path(), depth + 1));
                } else if !kind.is_dir() && bundle.parts.len() < bounds::FOLDER {
                    bundle.add(entry.path());
                }
            }
        }
        // An archive begins with what says that it is a book.
        bundle.parts.sort_by_cached_key(|part| (part.name != epub::CONTAINER, part.name.clone()));
        let mut at = 0;
        for part in &mut bundle.parts {
            part.at = at;
            at = part.end();
        }
        Some(bundle)
    }

    /// When a file of it was last written.
    pub fn modified(&self) -> SystemTime {
        self.modified
    }

    /// Its files, and where the header of each stands.
    pub fn members(&self) -> impl Iterator<Item = (&str, u64)> {
        self.parts.iter().map(|part| (part.name.as_str(), part.at))
    }

    fn add(&mut self, path: PathBuf) {
        let Some(real) = self.within(&path) else { return };
        let (Ok(name), Ok(found)) = (path.strip_prefix(&self.root), fs::metadata(real)) else { return };
        if !found.is_file() || found.len() > bounds::UNPACKED {
            return;
        }
        let name: Vec<_> = name.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let name = name.join("/");
        let Some(header) = zipped::header(&name, found.len()) else { return };
        self.modified = self.modified.max(found.modified().unwrap_or(SystemTime::UNIX_EPOCH));
        self.parts.push(Part { name, path, at: 0, header, size: found.len() });
    }

    /// Where a path leads, if that is in the folder.
    fn within(&self, path: &Path) -> Option<PathBuf> {
        fs::canonicalize(path).ok().filter(|real| real.starts_with(&self.root))
    }

    /// Bytes at `offset`, which lies in `part`.
    fn part(&self, part: &Part, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let (at, start) = (offset - part.at, part.header.len() as u64);
        if at < start {
            return part.header.read_at(at, buffer);
        }
        let left = usize::try_from(part.end() - offset).unwrap_or(usize::MAX);
        let buffer = buffer.get_mut(..left.min(buffer.len())).unwrap_or_default();
        let real = self.within(&part.path).ok_or(io::ErrorKind::NotFound)?;
        match File::open(real)?.read_at(at - start, buffer)? {
            // It is shorter than it was: what follows stays in its place.
            0 => buffer.fill(0),
            read => return Ok(read),
        }
        Ok(buffer.len())
    }
}

impl Part {
    /// Where the next one begins.
    fn end(&self) -> u64 {
        self.at + self.header.len() as u64 + self.size
    }
}

impl ReadAt for Bundle {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            let offset = offset + filled as u64;
            let at = self.parts.partition_point(|part| part.end() <= offset);
            let Some(part) = self.parts.get(at) else { break };
            filled += self.part(part, offset, rest)?;
        }
        Ok(filled)
    }

    fn size(&self) -> u64 {
        self.parts.last().map_or(0, Part::end)
    }
}
