//! Columns of a terminal, counted grapheme by grapheme as ratatui counts them, so that what is laid out here is what is
//! drawn there.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that one grapheme takes: 0, 1 or 2.
pub fn grapheme(g: &str) -> usize {
    match g.as_bytes() {
        [b] if (0x20..0x7F).contains(b) => 1,
        _ => g.width().min(2),
    }
}

/// Columns that `text` takes on one line.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return text.len();
    }
    text.graphemes(true).map(grapheme).sum()
}

/// The longest beginning of `text` that fits in `columns`, and the columns it takes.
pub fn cut(text: &str, columns: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, g) in text.grapheme_indices(true) {
        let w = grapheme(g);
        if used + w > columns {
            return (super::head(text, at), used);
        }
        used += w;
    }
    (text, used)
}
