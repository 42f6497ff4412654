//! Bytes to characters. A byte order mark wins, then valid UTF-8, then UTF-16 by its zero bytes, then chardetng's guess
//! (the detector of Firefox). What can't be decoded shows as U+FFFD; nothing is lost silently.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

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
    if is_utf8(sample, complete) && !sample.contains(&0) {
        return found(UTF_8);
    }
    if let Some(encoding) = utf16_by_zeros(sample) {
        return found(encoding);
    }
    if is_utf8(sample, complete) {
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
