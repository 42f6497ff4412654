//! ZIP archives: what is in them, by the directory at their end, and each member by itself.

use std::io::Read;

use anyhow::{Result, anyhow, bail};
use zip::{CompressionMethod, ZipArchive, result::ZipError};

use super::{
    Budget,
    codec::Codec,
    member::{Members, Place},
    unpack::{Unpacked, unpack},
};
use crate::{
    formats::{Source, bounds, cursor::Cursor},
    text::decode,
};

/// An archive that is open.
pub struct Zip {
    archive: ZipArchive<Cursor>,
    size: u64,
}

/// Whether a file that starts with `head` is a ZIP archive, or the end of an empty one.
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

impl Zip {
    /// Reads the directory.
    pub fn open(source: &Source) -> Result<Zip> {
        let archive = ZipArchive::new(Cursor::new(source))
            .map_err(|_| anyhow!("the ZIP archive is damaged, or cut off: the directory at its end is missing"))?;
        Ok(Zip { archive, size: source.size() })
    }

    /// Its members.
    pub fn list(&self) -> Members {
        let mut members = Members::default();
        let names: Vec<&[u8]> = self.archive.file_names_raw().take(bounds::ENTRIES).collect();
        let encoding = encoding(&names);
        for (number, name) in names.into_iter().enumerate() {
            let entry = self.archive.by_index_data(number);
            if entry.is_ok_and(|entry| entry.is_dir() || entry.is_symlink()) {
                continue;
            }
            let path = match (std::str::from_utf8(name), encoding) {
                (Ok(path), _) => path.to_owned(),
                (Err(_), Some(encoding)) => decode::decode(name, encoding),
                (Err(_), None) => name.iter().map(|byte| cp437(*byte)).collect(),
            };
            members.add(&path, Place::Packed(number));
        }
        members
    }

    /// The first bytes of a member.
    pub fn head(&mut self, number: usize, length: u64) -> Result<Vec<u8>> {
        let mut head = Vec::new();
        // What is damaged further on is told when all of it is read.
        self.archive.by_index(number).map_err(told)?.take(length).read_to_end(&mut head).ok();
        Ok(head)
    }

    /// A member.
    pub fn unpack(&mut self, number: usize, name: &str, budget: &mut Budget) -> Result<Unpacked> {
        let (packed, codec) = {
            let entry = self.archive.by_index_data(number).map_err(told)?;
            if entry.encrypted() {
                bail!("encrypted: needs a password");
            }
            (entry.compressed_size().min(self.size), codec(entry.compression())?)
        };
        let Some(codec) = codec else {
            let mut file = self.archive.by_index(number).map_err(told)?;
            return unpack(name, packed, &mut file, budget);
        };
        let raw = unpack(name, u64::MAX, &mut self.archive.by_index_raw(number).map_err(told)?, budget)?;
        unpack(name, packed, &mut *codec.reader(Cursor::new(&raw.source)), budget)
    }
}

/// The compression of a method that the crate leaves to us (the ZIP file format specification 6.3.10, section 4.4.5).
fn codec(method: CompressionMethod) -> Result<Option<Codec>> {
    #[expect(deprecated, reason = "the only way to learn the number of a method that the crate was built without")]
    let CompressionMethod::Unsupported(number) = method else { return Ok(None) };
    let name = match number {
        12 => return Ok(Some(Codec::Bzip2)),
        93 => return Ok(Some(Codec::Zstandard)),
        95 => return Ok(Some(Codec::Xz)),
        9 => " (Deflate64)",
        14 => " (LZMA)",
        98 => " (PPMd)",
        _ => "",
    };
    bail!("packed by method {number}{name}, which recto doesn't read")
}

fn told(error: ZipError) -> anyhow::Error {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => anyhow!("encrypted: needs a password"),
        _ => anyhow!("damaged: it is not where the archive says"),
    }
}

/// The encoding of names that are no UTF-8; `None` for that of DOS, which the format has otherwise. Programs on Windows write
/// that of the country. In East Asian and Cyrillic names such bytes come in runs, in Western ones they stand alone.
fn encoding(names: &[&[u8]]) -> Option<&'static encoding_rs::Encoding> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let (mut high, mut runs) = (0usize, 0usize);
    for name in names.iter().filter(|name| std::str::from_utf8(name).is_err()) {
        detector.feed(name, false);
        detector.feed(b"\n", false);
        high += name.iter().filter(|byte| **byte >= 0x80).count();
        runs += name.windows(2).filter(|pair| pair.iter().all(|byte| *byte >= 0x80)).count();
    }
    (runs >= 2 && runs * 3 >= high).then(|| detector.guess(None, chardetng::Utf8Detection::Deny))
}

/// A character of code page 437.
fn cp437(byte: u8) -> char {
    const HIGH: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
    match byte.checked_sub(0x80) {
        Some(at) => HIGH.chars().nth(usize::from(at)).unwrap_or(char::REPLACEMENT_CHARACTER),
        None => char::from(byte),
    }
}
