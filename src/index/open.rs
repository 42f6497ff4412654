//! Opening an index folder, and beginning anew when it can't be read.
//!
//! The stamp is written last and names everything that the files depend on: a folder with the right stamp was complete
//! when it was made. It is removed first when a folder is cleared, so a kill in between leaves no half of an index that
//! passes for a whole one.

use std::{fs, io, panic, path::Path};

use anyhow::{Context as _, Result, bail};
use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK, Lock, MmapDirectory, error::LockError};

use super::{Inner, schema::Schema};

/// Grows with every change of the fields, of the words in them or of tantivy's format.
const STAMP: &str = "recto 3, tantivy 0.27\n";

const STAMP_FILE: &str = "version";

/// Held for the moment in which a process looks whether there is an index and makes one, so that two do not at once.
const OPENING_LOCK: &str = ".opening.lock";

pub(super) fn open(dir: &Path) -> Result<(Inner, bool)> {
    create_private(dir)?;
    if let Ok(found) = existing(dir) {
        return Ok(found);
    }
    let directory = MmapDirectory::open(dir)?;
    let _opening = directory.acquire_lock(&Lock { filepath: OPENING_LOCK.into(), is_blocking: true })?;
    if let Ok(found) = existing(dir) {
        return Ok(found);
    }
    match directory.acquire_lock(&INDEX_WRITER_LOCK) {
        Ok(_writing) => Ok((anew(dir)?, true)),
        Err(LockError::LockBusy) => bail!("another recto is writing an index here that this one can't read"),
        Err(error) => Err(error.into()),
    }
}

pub(super) fn discard(dir: &Path) -> Result<()> {
    match fs::remove_file(dir.join(STAMP_FILE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn existing(dir: &Path) -> Result<(Inner, bool)> {
    // tantivy trusts the files whose ends look right, and panics over a length within that is wrong.
    panic::catch_unwind(|| read(dir)).unwrap_or_else(|_| bail!("damaged"))
}

fn read(dir: &Path) -> Result<(Inner, bool)> {
    if fs::read_to_string(dir.join(STAMP_FILE))? != STAMP {
        bail!("made by another version");
    }
    let inner = Inner::new(tantivy::Index::open(MmapDirectory::open(dir)?)?)?;
    if inner.index.schema() != Schema::new().tantivy {
        bail!("made by another version");
    }
    let fresh = inner.index.load_metas()?.opstamp == 0;
    Ok((inner, fresh))
}

/// Clears the folder and makes an empty index in it. The caller holds the writer's lock, whose file stays.
fn anew(dir: &Path) -> Result<Inner> {
    discard(dir)?;
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_none_or(|extension| extension != "lock") {
            fs::remove_file(&path).with_context(|| path.display().to_string())?;
        }
    }
    let index = tantivy::Index::create_in_dir(dir, Schema::new().tantivy)?;
    let inner = Inner::new(index)?;
    let written = dir.join("version.new");
    fs::write(&written, STAMP)?;
    fs::rename(&written, dir.join(STAMP_FILE))?;
    Ok(inner)
}

/// Makes the folder, for its owner alone: an index tells what a person reads.
fn create_private(dir: &Path) -> Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)?;
    Ok(())
}
