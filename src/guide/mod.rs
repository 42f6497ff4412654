//! The built-in library: what recto shows to a reader who has not named one. A few documents of our own are part of the
//! program and are written out as ordinary files, so that they are listed, filtered and read as any folder is.
//!
//! Nothing else may be special about them: no other layer knows that a document came from here. Only files that this
//! module wrote are changed or removed; whatever else lies in the folder stays as it is.

mod texts;

use std::{
    collections::BTreeSet,
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

pub use texts::TEXTS;

/// One document of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its file name. The number in front keeps the reading order where files are sorted by path.
    pub name: &'static str,
    /// All of it.
    pub text: &'static str,
}

/// The folder under the one given to [`unpack`].
const FOLDER: &str = "guide";

/// Names what was written here, a line each: a hash, two spaces, a file name, as `b3sum` prints them. Hidden, so that it
/// is no document itself.
const CONTENTS: &str = ".contents";

/// Writes the guide into `dir/guide` and returns that folder.
///
/// A text is written only when it is missing or different, and then as a whole or not at all. A text of an earlier
/// version that this one no longer has is removed, unless somebody has changed it since. When everything is already in
/// place nothing is written, so that a folder that can't be written serves as well.
pub fn unpack(dir: &Path) -> Result<PathBuf> {
    let folder = dir.join(FOLDER);
    create(&folder).with_context(|| folder.display().to_string())?;
    for Text { name, text } in TEXTS {
        write(&folder, name, text)?;
    }
    remove_retired(&folder)?;
    write(&folder, CONTENTS, &contents())?;
    Ok(folder)
}

/// What [`CONTENTS`] says for this version.
fn contents() -> String {
    TEXTS.iter().map(|text| format!("{}  {}\n", blake3::hash(text.text.as_bytes()), text.name)).collect()
}

/// Removes what an earlier version wrote and this one doesn't have.
fn remove_retired(folder: &Path) -> Result<()> {
    let earlier = match fs::read_to_string(folder.join(CONTENTS)) {
        Ok(earlier) => earlier,
        Err(_) => return Ok(()), // a first time, or not ours to read: then nothing is ours to remove
    };
    let current: BTreeSet<&str> = TEXTS.iter().map(|text| text.name).collect();
    for (hash, name) in earlier.lines().filter_map(|line| line.split_once("  ")) {
        if current.contains(name) || !is_plain(name) {
            continue;
        }
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|bytes| blake3::hash(&bytes).to_hex().as_str() == hash) {
            fs::remove_file(&path).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

/// Whether `name` is a file directly in the folder, whatever a damaged list of contents says.
fn is_plain(name: &str) -> bool {
    Path::new(name).file_name() == Some(name.as_ref())
}

/// Writes one file beside its final name and moves it there, so that no reader ever sees half of it.
fn write(folder: &Path, name: &str, text: &str) -> Result<()> {
    let path = folder.join(name);
    if fs::read(&path).is_ok_and(|bytes| bytes == text.as_bytes()) {
        return Ok(());
    }
    let written = || -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".guide-").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(&path)?;
        Ok(())
    };
    written().with_context(|| path.display().to_string())
}

/// Makes the folder, for its owner alone.
fn create(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
