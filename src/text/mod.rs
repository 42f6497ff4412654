//! What everyone above agrees on about text: what a word is, how wide it is, how bytes become characters, and what may
//! reach the screen. Nothing here knows of documents.

pub mod bidi;
pub mod decode;
pub mod fold;
mod graphemes;
pub mod language;
pub mod marked;
pub mod safe;
pub mod sentences;
pub mod stem;
pub mod width;
pub mod words;

use std::ops::Range;

pub use graphemes::{graphemes, is_plain, is_printable};
pub use marked::Marked;
pub use safe::Safe;

/// The part of `text` in `range`, moved outwards to whole characters and inwards to the text's end.
///
/// Ranges that were computed on the same text are returned as they are; a range from an older version of a text (a saved
/// place, a late search result) must not end the program.
pub fn slice(text: &str, range: Range<usize>) -> &str {
    let end = text.ceil_char_boundary(range.end.min(text.len()));
    let start = text.floor_char_boundary(range.start.min(end));
    text.get(start..end).unwrap_or_default()
}

/// `slice` to the end of the text.
pub fn tail(text: &str, start: usize) -> &str {
    slice(text, start..text.len())
}

/// `slice` from the start of the text.
pub fn head(text: &str, end: usize) -> &str {
    slice(text, 0..end)
}
