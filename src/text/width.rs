//! Columns of a terminal, counted grapheme by grapheme as ratatui counts them, so that what is laid out here is what is
//! drawn there.

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that one grapheme takes: 0, 1 or 2, and more for some of Indic scripts.
pub fn grapheme(g: &str) -> usize {
    match g.as_bytes() {
        [b] if (0x20..0x7F).contains(b) => 1,
        // A control character is none that ratatui would be given.
        [_] => g.width(),
        _ => usize::from(g.cell_width()),
    }
}

/// Columns that `text` takes on one line.
pub fn width(text: &str) -> usize {
    // Most is ASCII, which is looked at in pieces that the processor takes at once.
    let printable = |piece: &[u8]| piece.iter().fold(true, |all, b| all & (0x20..0x7F).contains(b));
    if text.as_bytes().chunks(64).all(printable) {
        return text.len();
    }
    let (mut columns, mut rest) = (0, text);
    while !rest.is_empty() {
        let (plain, bytes) = plain(rest);
        columns += plain;
        rest = super::tail(rest, bytes);
        // The last one belongs to what follows it, as the letter under an accent does.
        let mut odd = rest.graphemes(true);
        columns += odd.next().map_or(0, grapheme);
        rest = odd.as_str();
    }
    columns
}

/// The columns, and the bytes, of the characters at the start of `text` that are graphemes by themselves whatever stands
/// beside them, but for the last of them.
fn plain(text: &str) -> (usize, usize) {
    let (mut columns, mut bytes, mut last) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        let wide = match c {
            ' '..='~' | '\u{C0}'..='\u{17F}' | '\u{410}'..='\u{44F}' => 1,
            '\u{3001}'..='\u{3011}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30A1}'..='\u{30FA}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{FF01}'..='\u{FF5E}' => 2,
            _ => break,
        };
        (columns, bytes, last) = (columns + last, at, wide);
    }
    (columns, bytes)
}

/// The longest beginning of `text` that fits in `columns`, and the columns it takes.
pub fn cut(text: &str, columns: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, g) in super::graphemes(text) {
        let w = grapheme(g);
        if used + w > columns {
            return (super::head(text, at), used);
        }
        used += w;
    }
    (text, used)
}
