//! Tar archives. Their members are not packed, so each is a part of the archive's own bytes.

use std::sync::Arc;

use anyhow::{Error, anyhow};

use super::{
    member::{Members, Place},
    unpack::Unpacked,
};
use crate::{
    formats::{
        Source, bounds,
        cursor::{Cursor, Part},
    },
    text::decode,
};

/// Whether a file that starts with `head` is a tar archive, by the checksum of its first header; the magic number is younger
/// than the format (POSIX.1-1988).
pub fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..512) else { return false };
    let digits: Vec<u8> = header.iter().skip(148).take(8).copied().filter(|b| (b'0'..=b'7').contains(b)).collect();
    let said = std::str::from_utf8(&digits).ok().and_then(|digits| u32::from_str_radix(digits, 8).ok());
    let sum = |(at, byte): (usize, &u8)| u32::from(if (148..156).contains(&at) { b' ' } else { *byte });
    header.first().is_some_and(|first| *first != 0) && said == Some(header.iter().enumerate().map(sum).sum())
}

/// Its members, and what is wrong with it behind them.
pub fn list(source: &Source) -> (Members, Option<Error>) {
    let mut members = Members::default();
    let mut archive = tar::Archive::new(Cursor::new(source));
    let broken = || Some(anyhow!("the tar archive is damaged, or cut off: what comes before is shown"));
    let Ok(entries) = archive.entries_with_seek() else { return (members, broken()) };
    for (count, entry) in entries.enumerate() {
        let Ok(entry) = entry else { return (members, broken()) };
        if count >= bounds::ENTRIES {
            return (members, Some(anyhow!("only the first {} members are looked at", bounds::ENTRIES)));
        }
        let kind = entry.header().entry_type();
        if kind.is_file() || kind.is_contiguous() {
            let place = Place::Plain { start: entry.raw_file_position(), length: entry.size() };
            members.add(&decode::decode_all(&entry.path_bytes()), place);
        }
    }
    (members, None)
}

/// A member of it.
pub fn part(source: &Source, name: &str, start: u64, length: u64) -> Unpacked {
    let part = Source::new(name, Arc::new(Part { source: source.clone(), start, length }));
    let warning =
        (part.size() < length).then(|| format!("cut off after {} bytes: the archive ends there", part.size()));
    Unpacked { source: part, warning }
}
