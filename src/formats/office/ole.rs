//! The old compound file ([MS-CFB]): only as far as its directory, which tells an encrypted document from an old workbook.
//! Everything is read by position and bounded; a crooked chain ends where it stops making sense.

use crate::formats::Source;

/// How a compound file begins.
pub const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Sectors of a directory, at most: 8,000 streams.
const SECTORS: usize = 2000;

/// What a compound file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A document that is encrypted.
    Encrypted,
    /// A workbook of Excel.
    Workbook,
    /// Something else.
    Other,
}

/// What the compound file `source`, which begins with `head`, holds; `None` when it is none.
pub fn holds(head: &[u8], source: &Source) -> Option<Holds> {
    if !head.starts_with(MAGIC) {
        return None;
    }
    let names = directory(head, source).unwrap_or_default();
    let has = |name: &str| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    Some(if has("EncryptedPackage") {
        Holds::Encrypted
    } else if (has("Workbook") || has("Book")) && !has("WordDocument") && !has("PowerPoint Document") {
        Holds::Workbook
    } else {
        Holds::Other
    })
}

/// The names in its directory.
fn directory(head: &[u8], source: &Source) -> Option<Vec<String>> {
    let shift = u32::from(u16::from_le_bytes(head.get(30..32)?.try_into().ok()?));
    if !(7..=16).contains(&shift) {
        return None;
    }
    let size = 1u64 << shift;
    let length = usize::try_from(size).ok()?;
    let word = |bytes: &[u8], at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let place = |sector: u32| (u64::from(sector) + 1) << shift;
    let mut sector = word(head, 48)?;
    let mut names = Vec::new();
    for _ in 0..SECTORS {
        if sector >= 0xFFFF_FFFA {
            break;
        }
        let bytes = source.read(place(sector), length).ok()?;
        if bytes.is_empty() {
            break;
        }
        names.extend(bytes.chunks_exact(128).filter_map(name));
        // The next sector stands in the table of sectors, a part of which the header names.
        let each = size / 4;
        let part = usize::try_from(u64::from(sector) / each).ok().filter(|part| *part < 109)?;
        let table = word(head, 76 + part * 4)?;
        let at = place(table) + (u64::from(sector) % each) * 4;
        sector = word(&source.read(at, 4).ok()?, 0)?;
    }
    Some(names)
}

fn name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes(entry.get(64..66)?.try_into().ok()?)).clamp(2, 64) - 2;
    let units = entry.get(..length)?.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
    let name: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect();
    (!name.is_empty()).then_some(name)
}
