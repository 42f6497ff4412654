//! Files within a ZIP archive, which is what books and office documents are. Entries are found as their writers meant them
//! (another case, backslashes), unpacked within the [`bounds`], and read as far as they go when they are damaged. An archive
//! without its directory, which stands at the end and is what a broken download loses, is read by the headers of its files.
//!
//! Names are names only: nothing is ever written to a disk.

use std::{
    collections::HashMap,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
};

use anyhow::{Context as _, Result, bail};
use zip::{ZipArchive, result::ZipError};

use super::{Source, bounds};

/// What the header of a file in an archive begins with.
pub const LOCAL: &[u8] = b"PK\x03\x04";

/// Bytes of such a header before the name of the file.
const LOCAL_LENGTH: usize = 30;

/// An archive that is open.
pub struct Zipped {
    source: Source,
    /// The archive by its directory, unless that is lost.
    zip: Option<ZipArchive<BufReader<Positioned>>>,
    entries: Vec<Entry>,
    exact: HashMap<String, usize>,
    folded: HashMap<String, usize>,
    /// Bytes that were unpacked of it so far.
    unpacked: u64,
}

/// A file in an archive.
struct Entry {
    name: String,
    /// Its place in the directory, or where its header stands.
    at: u64,
}

/// What became of a file.
pub struct Unpacked {
    /// Its bytes, as many as could be had.
    pub bytes: Vec<u8>,
    /// Why they are not all.
    pub warning: Option<String>,
}

/// Why a file can't be unpacked that is encrypted by the archive itself.
#[derive(Debug)]
pub struct Locked;

impl std::fmt::Display for Locked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("encrypted: needs a password")
    }
}

impl std::error::Error for Locked {}

impl Zipped {
    /// Opens an archive.
    pub fn open(source: &Source) -> Result<Zipped> {
        let zip = match &source.bundle {
            Some(_) => None,
            None => ZipArchive::new(BufReader::new(Positioned::new(source, 0))).ok(),
        };
        let (zip, entries) = match (zip, &source.bundle) {
            (_, Some(bundle)) => {
                (None, bundle.members().map(|(name, at)| Entry { name: name.to_owned(), at }).collect())
            }
            (Some(zip), None) => {
                let names = zip.file_names_raw().take(bounds::ENTRIES).zip(0..);
                let entries = names.map(|(name, at)| Entry { name: named(name), at }).collect();
                (Some(zip), entries)
            }
            (None, None) => (None, headers(source)?),
        };
        let mut all =
            Zipped { source: source.clone(), zip, entries, exact: HashMap::new(), folded: HashMap::new(), unpacked: 0 };
        for (at, entry) in all.entries.iter().enumerate() {
            all.exact.entry(entry.name.clone()).or_insert(at);
            all.folded.entry(entry.name.to_lowercase()).or_insert(at);
        }
        if all.entries.is_empty() {
            bail!("damaged: no files in the archive");
        }
        Ok(all)
    }

    /// The file at `path`, whatever its case.
    pub fn find(&self, path: &str) -> Option<usize> {
        self.exact.get(path).or_else(|| self.folded.get(&path.to_lowercase())).copied()
    }

    /// The names of the files in order; a folder's ends in a slash.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// The name of a file.
    pub fn name(&self, at: usize) -> &str {
        self.entries.get(at).map_or("", |entry| &entry.name)
    }

    /// Whether the directory is lost, so that files may be missing.
    pub fn is_cut(&self) -> bool {
        self.zip.is_none() && self.source.bundle.is_none()
    }

    /// Unpacks a file that is read again later: it counts then.
    pub fn peek(&mut self, at: usize) -> Result<Unpacked> {
        let before = self.unpacked;
        let unpacked = self.read(at);
        self.unpacked = before;
        unpacked
    }

    /// Unpacks a file.
    pub fn read(&mut self, at: usize) -> Result<Unpacked> {
        let entry = self.entries.get(at).context("not in the archive")?;
        let left = bounds::UNPACKED.saturating_sub(self.unpacked);
        let unpacked = match &mut self.zip {
            Some(zip) => {
                let index = usize::try_from(entry.at)?;
                let file = match zip.by_index(index) {
                    Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                        return Err(Locked.into());
                    }
                    Err(ZipError::Io(e)) if e.kind() == io::ErrorKind::UnexpectedEof => bail!("damaged"),
                    Err(ZipError::InvalidArchive(_)) => bail!("damaged"),
                    file => file?,
                };
                let packed = file.compressed_size().min(self.source.size());
                unpack(file, packed, left)
            }
            None => local(&self.source, entry.at, left)?,
        };
        self.unpacked += unpacked.bytes.len() as u64;
        Ok(unpacked)
    }
}

/// Reads what is there, within the bounds.
fn unpack(mut packed: impl Read, size: u64, left: u64) -> Unpacked {
    let (mut bytes, mut piece) = (Vec::new(), vec![0; 32 * 1024]);
    let warning = loop {
        let read = match packed.read(&mut piece) {
            Ok(0) => break None,
            Ok(read) => read,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => break Some("damaged".to_owned()),
        };
        let length = (bytes.len() + read) as u64;
        if length > left || !bounds::allows(size, length) {
            break Some("larger than what is unpacked at most".to_owned());
        }
        bytes.extend_from_slice(piece.get(..read).unwrap_or_default());
    };
    Unpacked { bytes, warning }
}

/// The file whose header stands at `at`.
fn local(source: &Source, at: u64, left: u64) -> Result<Unpacked> {
    let header = source.read(at, LOCAL_LENGTH)?;
    let (flags, method) = (number(&header, 6, 2), number(&header, 8, 2));
    if flags & 1 != 0 {
        return Err(Locked.into());
    }
    let start = at + LOCAL_LENGTH as u64 + number(&header, 26, 2) + number(&header, 28, 2);
    let stated = number(&header, 18, 4);
    let rest = source.size().saturating_sub(start);
    let packed = BufReader::new(Positioned::new(source, start));
    match method {
        0 => Ok(unpack(packed.take(stated.min(rest)), rest, left)),
        8 => {
            let size = if stated == 0 { rest } else { stated.min(rest) };
            Ok(unpack(flate2::bufread::DeflateDecoder::new(packed), size, left))
        }
        _ => bail!("packed in an unknown way"),
    }
}

/// The header of a file that is not packed (APPNOTE 6.3, section 4.3.7), without its checksum; `None` when its name or its
/// size has no room in one.
pub fn header(name: &str, size: u64) -> Option<Vec<u8>> {
    let (length, size) = (u16::try_from(name.len()).ok()?, u32::try_from(size).ok()?);
    // Unpacked by version 2 of the program at least; the name is in UTF-8.
    let mut header = [LOCAL, &[20, 0, 0, 8], &[0; 10]].concat();
    header.extend([size.to_le_bytes(), size.to_le_bytes()].concat());
    header.extend(length.to_le_bytes());
    header.extend([0, 0]);
    header.extend(name.bytes());
    Some(header)
}

/// The files of an archive by the headers before each of them.
fn headers(source: &Source) -> Result<Vec<Entry>> {
    let mut reader = BufReader::with_capacity(1024 * 1024, Positioned::new(source, 0));
    let (mut found, mut at) = (Vec::new(), 0u64);
    let finder = memchr::memmem::Finder::new(LOCAL);
    while at < source.size().min(bounds::PARSED as u64) && found.len() < bounds::ENTRIES {
        let window = reader.fill_buf()?;
        if window.len() < LOCAL_LENGTH {
            break;
        }
        // A header that begins in the last bytes is looked for again in the next window.
        let hit = finder.find(window);
        let skip = hit.unwrap_or(window.len() - (LOCAL.len() - 1)).max(1);
        if let Some(hit) = hit {
            let header = source.read(at + hit as u64, LOCAL_LENGTH)?;
            let length = usize::try_from(number(&header, 26, 2))?;
            let name = source.read(at + (hit + LOCAL_LENGTH) as u64, length)?;
            let plain = !name.is_empty() && !name.iter().any(|b| *b < 0x20);
            if plain && number(&header, 4, 2) < 100 {
                found.push(Entry { name: named(&name), at: at + hit as u64 });
            }
        }
        let skip = if hit.is_some() { skip + LOCAL.len() } else { skip };
        let skip = skip.min(window.len());
        reader.consume(skip);
        at += skip as u64;
    }
    Ok(found)
}

/// A number of a header.
fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    let digits = bytes.get(at..at + length).unwrap_or_default();
    digits.iter().rev().fold(0, |all, digit| all << 8 | u64::from(*digit))
}

/// A name in an archive: UTF-8, whether it says so or not, else what DOS wrote.
fn named(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => crate::text::decode::decode_all(raw),
    };
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}

/// A source as a file to read in and to move about.
pub struct Positioned {
    source: Source,
    at: u64,
}

impl Positioned {
    /// From a byte on.
    pub fn new(source: &Source, at: u64) -> Positioned {
        Positioned { source: source.clone(), at }
    }
}

impl Read for Positioned {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.source.read(self.at, buffer.len()).map_err(io::Error::other)?;
        for (to, from) in buffer.iter_mut().zip(&bytes) {
            *to = *from;
        }
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }
}

impl Seek for Positioned {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.source.size().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
