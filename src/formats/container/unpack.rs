//! Bytes that come out of a container, taken in within the bounds: few of them in memory, more in a file without a name,
//! which is gone with the last document that reads from it.

use std::{
    fs::File,
    io::{ErrorKind, Read, Write as _},
    sync::Arc,
};

use anyhow::{Context as _, Result, bail};

use super::Budget;
use crate::{
    doc::Document,
    formats::{Source, bounds},
};

/// So many bytes are held in memory.
const HELD: usize = 8 * 1024 * 1024;

/// What was unpacked.
pub struct Unpacked {
    /// The bytes, under the name that they had.
    pub source: Source,
    /// Why they are not all.
    pub warning: Option<String>,
}

/// Takes in all of `input`, which was `packed` bytes long.
pub fn unpack(name: &str, packed: u64, input: &mut dyn Read, budget: &mut Budget) -> Result<Unpacked> {
    let (mut held, mut file): (Vec<u8>, Option<File>) = (Vec::new(), None);
    let mut buffer = vec![0; 64 * 1024];
    let mut length = 0u64;
    let warning = loop {
        let read = match input.read(&mut buffer) {
            Ok(0) => break None,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) if length == 0 => bail!("damaged, or cut off: nothing of it can be unpacked"),
            Err(_) => break Some(format!("damaged, or cut off after {length} bytes: what comes before is shown")),
        };
        let more = length + read as u64;
        if !budget.take(read as u64) {
            break Some(format!("unpacked, too long: only the first {} are shown", megabytes(length)));
        }
        if !bounds::allows(packed, more) {
            let times = bounds::RATIO;
            break Some(format!(
                "more than {times} times as long as packed: only the first {} are shown",
                megabytes(length)
            ));
        }
        length = more;
        let bytes = buffer.get(..read).unwrap_or_default();
        match &mut file {
            None if held.len() + read <= HELD => held.extend_from_slice(bytes),
            None => {
                let mut new = tempfile::tempfile().context("a temporary file for what is unpacked")?;
                new.write_all(&std::mem::take(&mut held))?;
                new.write_all(bytes)?;
                file = Some(new);
            }
            Some(file) => file.write_all(bytes)?,
        }
    };
    let source = match file {
        Some(file) => Source::new(name, Arc::new(file)),
        None => Source::memory(name, held),
    };
    Ok(Unpacked { source, warning })
}

fn megabytes(bytes: u64) -> String {
    bounds::megabytes(usize::try_from(bytes).unwrap_or(usize::MAX))
}

/// A document that came out of a container says what is missing of it.
pub fn noted(document: Result<Document>, warning: Option<&String>) -> Result<Document> {
    document.map(|mut document| {
        document.warnings.extend(warning.cloned());
        document
    })
}
