//! What is usual in the whole file: the size of its text, and the larger sizes that headings have.

use std::collections::BTreeMap;

use super::page::{Page, whole};

/// Sizes this much above that of the text are headings'.
const LARGER: f64 = 1.1;

/// The levels that sizes tell apart.
const LEVELS: usize = 3;

/// The sizes of the file.
#[derive(Debug)]
pub struct Measure {
    /// The size that most letters have.
    pub body: f64,
    /// Most of the text is in fonts of one width.
    pub mono: bool,
    /// Most of the text is bold.
    pub bold: bool,
    /// The sizes of headings, from the largest.
    pub headings: Vec<f64>,
}

impl Measure {
    /// Of all pages.
    pub fn of(pages: &[Page]) -> Measure {
        let mut sizes: BTreeMap<i16, usize> = BTreeMap::new();
        let (mut letters, mut mono, mut bold) = (0, 0, 0);
        for word in pages.iter().flat_map(|page| page.words.iter().filter(|w| w.turn == page.turn)) {
            let length = word.end - word.start;
            *sizes.entry(whole(word.size * 4.0)).or_default() += length;
            letters += length;
            mono += if word.style.mono { length } else { 0 };
            bold += if word.style.bold { length } else { 0 };
        }
        let body = sizes.iter().max_by_key(|(size, letters)| (**letters, -**size)).map_or(40, |(size, _)| *size);
        let body = f64::from(body) / 4.0;
        let mut headings: Vec<f64> = Vec::new();
        for (size, letters) in sizes.iter().rev() {
            let size = f64::from(*size) / 4.0;
            let new = headings.last().is_none_or(|last| size < last * 0.93);
            if size > body * LARGER && *letters >= 3 && new {
                headings.push(size);
            }
        }
        Measure { body, mono: mono * 2 > letters, bold: bold * 2 > letters, headings }
    }

    /// The level of a heading of this size; `None` when it is no larger than the text.
    pub fn level(&self, size: f64) -> Option<u8> {
        if size <= self.body * LARGER {
            return None;
        }
        let rank = self.headings.iter().position(|known| size > known * 0.93).unwrap_or(self.headings.len());
        u8::try_from(rank.min(LEVELS - 1) + 1).ok()
    }

    /// The level of a heading that is no larger than the text, but bold.
    pub fn bold_level(&self) -> u8 {
        u8::try_from(self.headings.len().min(LEVELS - 1) + 1).unwrap_or(3)
    }
}
