//! The members of an archive that may be documents, by the rules that hold for the files of a folder: hidden files and what
//! macOS adds are left out, the name decides where it can. Paths are names and nothing else: no file is ever reached by one.

use std::{collections::HashMap, path::Path};

use crate::formats::{Claim, claim};

/// A member of an archive.
#[derive(Debug)]
pub struct Member {
    /// Its path, made unique where two have the same.
    pub id: String,
    /// Its name, without folders.
    pub name: String,
    /// Its name tells nothing: its beginning has to.
    pub look: bool,
    /// Where it is.
    pub place: Place,
}

/// Where a member is.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// Packed, by its number.
    Packed(usize),
    /// As it is, at a position of the archive.
    Plain {
        /// The position.
        start: u64,
        /// Bytes, as the archive says.
        length: u64,
    },
}

/// The members so far.
#[derive(Debug, Default)]
pub struct Members {
    /// In the order of the archive.
    pub all: Vec<Member>,
    /// How often an id was wanted.
    seen: HashMap<String, usize>,
}

impl Members {
    /// Adds the member at `path`, if it may be a document.
    pub fn add(&mut self, path: &str, place: Place) {
        let Some(path) = clean(path) else { return };
        let Some(claim) = claim(Path::new(&path), false) else { return };
        let mut id = path.clone();
        while let Some(count) = self.seen.get_mut(&id) {
            *count += 1;
            id = format!("{path}-{count}");
        }
        self.seen.insert(id.clone(), 1);
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        self.all.push(Member { id, name, look: claim == Claim::Look, place });
    }
}

/// A path as it is shown; `None` for a folder, a hidden file, and what macOS adds. Some programs on Windows write `\`.
fn clean(path: &str) -> Option<String> {
    let path = if path.contains('/') { path.to_owned() } else { path.replace('\\', "/") };
    if path.ends_with('/') {
        return None;
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let hidden = |part: &&str| (part.starts_with('.') && *part != "..") || *part == "__MACOSX";
    if parts.is_empty() || parts.iter().any(hidden) {
        return None;
    }
    let start = if path.starts_with('/') { "/" } else { "" };
    Some(format!("{start}{}", parts.join("/")))
}
