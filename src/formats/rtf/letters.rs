//! Letters: bytes in a code page and numbers of Unicode become text. A character that is given as a number is followed by others,
//! which stand in for it for older readers and are passed over.

use encoding_rs::{Encoding, IBM866, MACINTOSH, WINDOWS_1252};

use super::{encoding, head::Font};
use crate::formats::office::symbol;

/// What was read and is no text yet.
#[derive(Debug, Default)]
pub struct Letters {
    /// The code page of the document.
    page: Option<&'static Encoding>,
    bytes: Vec<u8>,
    /// Half of a character.
    high: Option<u16>,
    /// Characters that stand in for one that is known.
    skip: usize,
}

impl Letters {
    /// Words that name the code page of the document.
    pub fn page(&mut self, word: &str, value: Option<i32>) {
        self.page = Some(match word {
            "mac" => MACINTOSH,
            "pc" => encoding::page(1252),
            "pca" => IBM866,
            _ => encoding::page(value.unwrap_or(1252)),
        });
    }

    /// Whether this character only stands in for one that is known.
    pub fn is_stand_in(&mut self) -> bool {
        let skipped = self.skip > 0;
        self.skip = self.skip.saturating_sub(1);
        skipped
    }

    /// A group begins or ends: what stands in for a character does not go beyond.
    pub fn at_edge(&mut self) {
        self.skip = 0;
    }

    /// A byte of text, unless text is not `kept` here.
    pub fn byte(&mut self, byte: u8, kept: bool) {
        if kept {
            self.bytes.push(byte);
        }
    }

    /// Bytes of text, but for those that only stand in. Where text is not `kept`, these are passed over all the same.
    pub fn bytes(&mut self, text: &[u8], kept: bool) {
        let passed = self.skip.min(text.len());
        self.skip -= passed;
        if kept {
            self.bytes.extend_from_slice(text.get(passed..).unwrap_or_default());
        }
    }

    /// Whether the bytes so far are the end of an entry of a table.
    pub fn end_entry(&self) -> bool {
        self.bytes.ends_with(b";")
    }

    /// The bytes so far as text in this font, if there are any.
    pub fn text(&mut self, font: Option<&Font>) -> Option<String> {
        if self.bytes.is_empty() {
            return None;
        }
        let bytes = std::mem::take(&mut self.bytes);
        if let Some(font) = font.filter(|font| font.symbols) {
            let sign = |b: &u8| symbol::symbol(&font.name, u32::from(*b)).unwrap_or_else(|| char::from(*b));
            return Some(bytes.iter().map(sign).collect());
        }
        // Some programs write UTF-8, whatever they say.
        if !bytes.is_ascii()
            && let Ok(utf8) = std::str::from_utf8(&bytes)
        {
            return Some(utf8.to_owned());
        }
        let page = self.page.unwrap_or(WINDOWS_1252);
        let encoding = font.and_then(|font| font.encoding).unwrap_or(page);
        Some(encoding.decode_without_bom_handling(&bytes).0.into_owned())
    }

    /// The character of this number in this font, for which the next `stand_ins` stand in; `None` when it is half of one.
    pub fn unicode(&mut self, code: i32, stand_ins: usize, font: Option<&Font>) -> Option<String> {
        self.skip = stand_ins;
        let unit = u16::try_from(code).or_else(|_| u16::try_from(code + 65536)).unwrap_or(0xFFFD);
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return None;
        }
        let font = font.map(|font| font.name.as_str()).unwrap_or_default();
        let text = char::decode_utf16(units)
            .map(|c| c.unwrap_or('\u{FFFD}'))
            .map(|c| {
                let private = (0xF000..=0xF0FF).contains(&u32::from(c));
                symbol::symbol(font, u32::from(c)).filter(|_| private).unwrap_or(c)
            })
            .collect();
        Some(text)
    }
}
