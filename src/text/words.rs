//! The one word splitter. Index, query, highlighting and hit counts share it, so what is found is what lights up.
//!
//! A word is the longest run of letters and digits, with the combining marks among them. Everything else separates, the
//! apostrophe and the hyphen too: `don't` is two words that a query asks for side by side. In scripts written without
//! spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) every character is a word of its own, and a run of them in a
//! query asks for them side by side. A soft hyphen or a joiner inside a word is no part of it and does not end it.

use std::ops::Range;

use super::fold::{fold_into, is_accent, is_kept_mark};

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// Whether it is one character of a script that is written without spaces.
    pub unspaced: bool,
}

/// The words of `text`, in order.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// Calls `each` with every word and its folded form, reusing one buffer. Words that fold to nothing are left out.
pub fn folded(text: &str, mut each: impl FnMut(Word, &str)) {
    let mut buffer = String::new();
    for word in words(text) {
        buffer.clear();
        fold_into(text.get(word.range.clone()).unwrap_or_default(), &mut buffer);
        if !buffer.is_empty() {
            each(word, &buffer);
        }
    }
}

/// How many words a person would count: a run of unspaced characters counts as one word for every two.
pub fn count(text: &str) -> usize {
    let (mut spaced, mut unspaced) = (0, 0);
    for word in words(text) {
        if word.unspaced { unspaced += 1 } else { spaced += 1 }
    }
    spaced + unspaced / 2
}

/// Which bytes are a letter or a digit by themselves.
const PLAIN: [bool; 256] = {
    let (mut plain, mut byte) = ([false; 256], 0u8);
    while byte < 0x80 {
        plain[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};

/// How many letters and digits of ASCII stand at `at` side by side.
fn run(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|b| !PLAIN[usize::from(*b)]).unwrap_or(rest.len())
}

/// Iterator of [`words`].
pub struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let bytes = self.text.as_bytes();
        // Most text is ASCII: skip separators and take letters bytewise, and look at characters only beyond it.
        loop {
            match bytes.get(self.at)? {
                b if PLAIN[usize::from(*b)] => break,
                b if b.is_ascii() => self.at += 1,
                _ => {
                    let c = super::tail(self.text, self.at).chars().next()?;
                    if is_unspaced(c) {
                        return Some(self.unspaced(c));
                    }
                    if c.is_alphanumeric() {
                        break;
                    }
                    self.at += c.len_utf8();
                }
            }
        }
        let start = self.at;
        let mut end = start;
        loop {
            let plain = run(bytes, self.at);
            if plain > 0 {
                self.at += plain;
                end = self.at;
            }
            if bytes.get(self.at).is_none_or(u8::is_ascii) {
                break;
            }
            let Some(c) = super::tail(self.text, self.at).chars().next() else { break };
            if is_unspaced(c) || !(c.is_alphanumeric() || is_mark(c) || is_ignored(c)) {
                break;
            }
            self.at += c.len_utf8();
            if !is_ignored(c) {
                end = self.at;
            }
        }
        Some(Word { range: start..end, unspaced: false })
    }
}

impl Words<'_> {
    /// One unspaced character with the marks that follow it.
    fn unspaced(&mut self, first: char) -> Word {
        let start = self.at;
        self.at += first.len_utf8();
        while let Some(c) = super::tail(self.text, self.at).chars().next().filter(|c| is_mark(*c)) {
            self.at += c.len_utf8();
        }
        Word { range: start..self.at, unspaced: true }
    }
}

fn is_mark(c: char) -> bool {
    is_accent(c) || is_kept_mark(c)
}

/// Soft hyphen, zero-width joiners and the word joiner: invisible inside a word.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}')
}

/// Scripts written without spaces between words.
pub fn is_unspaced(c: char) -> bool {
    c >= '\u{E01}'
        && matches!(c,
        '\u{E01}'..='\u{E30}' | '\u{E32}'..='\u{E33}' | '\u{E40}'..='\u{E46}' // Thai
        | '\u{E81}'..='\u{EB0}' | '\u{EB2}'..='\u{EB3}' | '\u{EC0}'..='\u{EC6}' // Lao
        | '\u{1000}'..='\u{102A}' | '\u{103F}' | '\u{1050}'..='\u{1055}' // Burmese
        | '\u{1780}'..='\u{17B3}' // Khmer
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' // Hiragana
        | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}' // Katakana
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}') // Han
}
