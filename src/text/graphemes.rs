//! The graphemes of a text (UAX 29), found without its tables where none are needed: most text is letters that stand by
//! themselves, and a frame goes through all that it shows.

use unicode_segmentation::UnicodeSegmentation;

/// The graphemes of `text`, and where each begins.
pub fn graphemes(text: &str) -> Graphemes<'_> {
    Graphemes { text, at: 0 }
}

/// Iterator of [`graphemes`].
pub struct Graphemes<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Graphemes<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<(usize, &'t str)> {
        let at = self.at;
        let bytes = self.text.as_bytes();
        let length = if is_printable(*bytes.get(at)?) && bytes.get(at + 1).is_none_or(u8::is_ascii) {
            1
        } else {
            let rest = super::tail(self.text, at);
            let mut chars = rest.chars();
            let first = chars.next()?;
            let alone = is_plain(first) && chars.next().is_none_or(is_plain);
            if alone { first.len_utf8() } else { rest.graphemes(true).next()?.len() }
        };
        self.at += length;
        Some((at, super::slice(self.text, at..at + length)))
    }
}

/// Whether it is one column of ASCII.
pub fn is_printable(byte: u8) -> bool {
    (0x20..0x7F).contains(&byte)
}

/// Whether it is a grapheme when it stands before another such character, and is drawn as it is: no mark, no joiner, no
/// control. Letters, punctuation, kana and Han, so that most text is told apart without the tables of UAX 29.
pub fn is_plain(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{C0}'..='\u{2FF}' | '\u{2010}'..='\u{2027}'
        | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}')
}
