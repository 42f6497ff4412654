//! Where a large text is cut into chunks, so that each can be found by itself from its number alone.
//!
//! Cut k lies in the 64 KiB that start at k · 64 KiB: after the first blank line there, else after the first line end, else
//! after a space near its start, else at the start moved to a character boundary. Reading the text forwards or backwards
//! meets the same cuts.

use std::borrow::Cow;

use super::{line::Line, pages::Furniture};
use crate::text::decode::Detected;

/// Nominal distance between two cuts, in bytes. Even, so that UTF-16 stays aligned.
pub const STEP: u64 = 64 * 1024;

/// How far a space is looked for in a line longer than a chunk.
const NEAR: usize = 1024;

/// What stands before a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A blank line, or the start or end of the text.
    Blank,
    /// The line before.
    Line,
    /// The first part of the same line.
    Inside,
}

/// Finds cuts in a text of one encoding.
#[derive(Clone, Debug)]
pub struct Cutter {
    /// How the bytes are read.
    pub detected: Detected,
    /// The byte that ends a line: a carriage return where there are no line feeds.
    pub newline: u8,
    /// Between the parts of a page break no cut is made.
    pub furniture: Option<Furniture>,
}

impl Cutter {
    /// The first cut in `window`, the bytes from a multiple of [`STEP`] to the next or to the end of the text: how many
    /// bytes into it, and what stands before.
    pub fn cut(&self, window: &[u8]) -> (usize, Edge) {
        let view = self.view(window);
        let unit = if self.detected.is_utf16() { 2 } else { 1 };
        let (at, edge) = self.find(&view);
        ((at * unit).min(window.len()), edge)
    }

    fn find(&self, view: &[u8]) -> (usize, Edge) {
        let mut ends = memchr::memchr_iter(self.newline, view);
        let Some(first) = ends.next() else { return (boundary(view), Edge::Inside) };
        let mut start = first + 1;
        let (mut after_furniture, mut candidate) = (false, None);
        for end in ends {
            let line = view.get(start..end).unwrap_or_default();
            start = end + 1;
            if line.iter().all(|b| matches!(b, b' ' | b'\t' | b'\r' | 0x0b | 0x0c)) {
                if self.furniture.is_none() {
                    return (start, Edge::Blank);
                }
                candidate = candidate.or(Some(start).filter(|_| !after_furniture));
            } else {
                // Between a footer and the text around it no cut is made.
                after_furniture = self.is_furniture(line);
                if let Some(at) = candidate.take().filter(|_| !after_furniture) {
                    return (at, Edge::Blank);
                }
            }
        }
        (first + 1, Edge::Line)
    }

    fn is_furniture(&self, line: &[u8]) -> bool {
        let line = String::from_utf8_lossy(line);
        self.furniture.as_ref().is_some_and(|f| f.holds(&Line::new(line.trim_matches('\x0c'), 0)))
    }

    /// The bytes, or a byte for each unit of UTF-16: itself where it is ASCII, else one that says whether a character may
    /// start there.
    fn view<'w>(&self, window: &'w [u8]) -> Cow<'w, [u8]> {
        if !self.detected.is_utf16() {
            return Cow::Borrowed(window);
        }
        let little = self.detected.encoding == encoding_rs::UTF_16LE;
        let unit = |pair: &[u8; 2]| match if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) } {
            0xDC00..=0xDFFF => 0x80,
            unit => u8::try_from(unit).ok().filter(u8::is_ascii).unwrap_or(0xFF),
        };
        Cow::Owned(window.as_chunks::<2>().0.iter().map(unit).collect())
    }
}

/// Where a line that is longer than a chunk is cut: after a space, else after a byte that is no part of a longer character
/// in any encoding, else where no continuation byte of UTF-8 stands.
fn boundary(view: &[u8]) -> usize {
    let near = view.get(..view.len().min(NEAR)).unwrap_or_default();
    let after = |wanted: fn(&u8) -> bool| near.iter().position(wanted).map(|i| i + 1);
    after(|b| matches!(b, b' ' | b'\t'))
        .or_else(|| after(|b| *b < 0x30))
        .or_else(|| view.iter().take(4).position(|b| !(0x80..0xC0).contains(b)))
        .unwrap_or(0)
}
