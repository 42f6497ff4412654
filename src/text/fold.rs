//! Folding: the form in which two spellings count as the same word.
//!
//! Case and accents don't matter (`cafe` finds Café), nor do compatibility forms (full-width letters, ligatures). Marks
//! that carry meaning of their own, such as Thai vowels or Devanagari signs, stay. Hangul stays composed, so that a
//! syllable is one character. Index, query and highlighting fold with this one function.

use unicode_normalization::UnicodeNormalization;

/// A word longer than this is folded to its beginning; such "words" are hashes and encoded data.
pub const MAX_FOLDED: usize = 120;

/// The folded form of one word.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Appends the folded form of `word` to `out`, cut at [`MAX_FOLDED`] bytes.
pub fn fold_into(word: &str, out: &mut String) {
    let start = out.len();
    if word.len() <= MAX_FOLDED && word.is_ascii() {
        out.push_str(word);
        return out.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
    }
    for c in word.chars() {
        if out.len() - start >= MAX_FOLDED {
            return;
        }
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            fold_char(c, out);
        }
    }
}

fn fold_char(c: char, out: &mut String) {
    // The most of what is not ASCII, and as it is to be.
    if is_hangul(c) || matches!(c, '\u{4E00}'..='\u{9FFF}') {
        out.push(c);
        return;
    }
    if let Some(plain) = undecomposed(c) {
        out.push_str(plain);
        return;
    }
    for d in std::iter::once(c).nfkd().filter(|d| !is_accent(*d)) {
        for l in d.to_lowercase().filter(|l| !is_accent(*l)) {
            match undecomposed(l) {
                Some(plain) => out.push_str(plain),
                None if l.is_alphanumeric() || is_kept_mark(l) => out.push(l),
                None => {}
            }
        }
    }
}

/// Letters that Unicode does not decompose but that people type without their stroke or as two letters.
fn undecomposed(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// Marks that fold away: accents of Latin, Greek and Cyrillic, Hebrew points and Arabic vowel signs.
pub fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C2}'
        | '\u{5C4}'..='\u{5C5}' | '\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Marks that are part of how a word is written (Indic, Thai, kana voicing): they stay in the folded form.
pub fn is_kept_mark(c: char) -> bool {
    !is_accent(c) && !c.is_alphanumeric() && unicode_normalization::char::is_combining_mark(c)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}')
}
