//! Bytes to characters. A byte order mark wins, then the escapes of ISO-2022-JP, valid UTF-8, UTF-16 by its zero bytes or
//! by what it says, then chardetng's guess (the detector of Firefox). What can't be decoded shows as U+FFFD; nothing is lost
//! silently.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a file is looked at to tell its encoding.
pub const SAMPLE: usize = 64 * 1024;

/// An encoding and the length of the byte order mark that named it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detected {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// Bytes to skip at the start of the file.
    pub bom: usize,
}

impl Detected {
    /// Whether a line feed byte may be half of another character, so that a text must be cut at even offsets.
    pub fn is_utf16(&self) -> bool {
        self.encoding == UTF_16LE || self.encoding == UTF_16BE
    }
}

/// Tells the encoding from the first bytes of a file; `complete` when they are the whole of it.
pub fn detect(sample: &[u8], complete: bool) -> Detected {
    if let Some((encoding, bom)) = Encoding::for_bom(sample) {
        return Detected { encoding, bom };
    }
    let found = |encoding| Detected { encoding, bom: 0 };
    if is_iso_2022_jp(sample) {
        return found(ISO_2022_JP);
    }
    let utf8 = is_utf8(sample, complete);
    if utf8 && !sample.iter().fold(false, |any, b| any | (*b < 0x08)) {
        return found(UTF_8);
    }
    let controls = sample.iter().filter(|b| **b < 0x08).count();
    if let Some(encoding) = utf16_by_zeros(sample) {
        return found(encoding);
    }
    // Cyrillic or Greek in UTF-16 is valid UTF-8 too, but a third of it are controls.
    if ((controls > 0 && !utf8) || controls * 10 > sample.len() * 3)
        && let Some(encoding) = utf16_by_text(sample)
    {
        return found(encoding);
    }
    if utf8 {
        return found(UTF_8);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(sample, complete);
    found(detector.guess(None, chardetng::Utf8Detection::Allow))
}

/// Decodes bytes that start and end between characters.
pub fn decode(bytes: &[u8], encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Detects and decodes a whole file.
pub fn decode_all(bytes: &[u8]) -> String {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let found = detect(sample, sample.len() == bytes.len());
    decode(bytes.get(found.bom..).unwrap_or_default(), found.encoding)
}

/// Valid UTF-8, but for a character cut at the end of a sample and for a few stray bytes in a long, otherwise
/// multibyte text: one damaged byte does not make a file Windows-1252.
fn is_utf8(sample: &[u8], complete: bool) -> bool {
    if std::str::from_utf8(sample).is_ok() {
        return true;
    }
    let (mut rest, mut bad, mut multibyte) = (sample, 0usize, 0usize);
    loop {
        match std::str::from_utf8(rest) {
            Ok(s) => {
                multibyte += s.chars().filter(|c| !c.is_ascii()).count();
                break;
            }
            Err(e) => {
                let (good, after) = rest.split_at(e.valid_up_to());
                multibyte += std::str::from_utf8(good).map_or(0, |s| s.chars().filter(|c| !c.is_ascii()).count());
                match e.error_len() {
                    None => {
                        bad += usize::from(complete);
                        break;
                    }
                    Some(n) => {
                        bad += 1;
                        rest = after.get(n..).unwrap_or_default();
                    }
                }
            }
        }
    }
    bad == 0 || multibyte > bad * 20
}

/// UTF-16 without a mark: text in Latin script has a zero in nearly every second byte.
fn utf16_by_zeros(sample: &[u8]) -> Option<&'static Encoding> {
    if sample.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if odd * 10 > half * 4 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 4 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-16 without a mark in other scripts: read as such, nearly all of it are letters and there are spaces or full stops
/// among them. (ASCII read as UTF-16 is Chinese of a kind, without either.)
fn utf16_by_text(sample: &[u8]) -> Option<&'static Encoding> {
    let pairs = sample.as_chunks::<2>().0;
    let score = |unit: fn([u8; 2]) -> u16| {
        let (mut likely, mut spaces) = (0usize, 0usize);
        for c in char::decode_utf16(pairs.iter().map(|p| unit(*p))) {
            let Ok(c) = c else { continue };
            let space = matches!(c, ' ' | '\r' | '\n' | '\u{3000}'..='\u{3002}' | '\u{FF0C}');
            spaces += usize::from(space);
            let sign = matches!(c, '\t' | '!'..='~' | '«' | '»' | '\u{2010}'..='\u{2026}' | '\u{3003}'..='\u{301F}' | '\u{FF01}'..='\u{FF5E}');
            likely += c.len_utf16() * usize::from(space || sign || c.is_alphanumeric());
        }
        (likely, spaces)
    };
    let (little, big) = (score(u16::from_le_bytes), score(u16::from_be_bytes));
    let (encoding, (likely, spaces)) = if little >= big { (UTF_16LE, little) } else { (UTF_16BE, big) };
    (pairs.len() >= 4 && likely * 100 >= pairs.len() * 96 && spaces * 100 >= pairs.len()).then_some(encoding)
}

/// Seven-bit Japanese (RFC 1468): escapes into JIS X 0208, and decoded without a fault.
fn is_iso_2022_jp(sample: &[u8]) -> bool {
    let escape = |at: usize| matches!(sample.get(at..at + 3), Some(b"\x1b$B" | b"\x1b$@"));
    let escapes = memchr::memchr_iter(b'\x1b', sample).any(escape);
    if !escapes || !sample.is_ascii() {
        return false;
    }
    // A sample may end within a character.
    let lines = sample.iter().rposition(|b| *b == b'\n').and_then(|end| sample.get(..end)).unwrap_or(sample);
    ISO_2022_JP.decode_without_bom_handling_and_without_replacement(lines).is_some()
}
