//! Raised and lowered text, for which a terminal has only the signs of Unicode: `x²`, `H₂O`. What has none is written as
//! TeX does where it is a formula, and stands in the line where it is the end of a word (`1st`, `M^lle`).

use crate::formats::formula::parts::{subscript, superscript};

/// The text of a `<sup>`. Letters are raised where they are no end of a word: one by itself, an `n` or an `i` among numbers.
pub fn raised(text: &str) -> String {
    let text = text.trim();
    let one = text.chars().count() == 1;
    let rises =
        |c: char| if c.is_alphabetic() { one || matches!(c, 'n' | 'i') } else { !matches!(c, '*' | '∗' | '†') };
    let signs = if text.chars().all(rises) { superscript(text) } else { None };
    signs.unwrap_or_else(|| written(text, '^'))
}

/// The text of a `<sub>`.
pub fn lowered(text: &str) -> String {
    let text = text.trim();
    subscript(text).unwrap_or_else(|| written(text, '_'))
}

fn written(text: &str, sign: char) -> String {
    let is_word = text.chars().all(|c| c.is_alphabetic() || c == '.' || c == '’');
    let is_sign = !text.chars().any(|c| c.is_alphanumeric());
    match text.chars().count() {
        _ if is_word || is_sign => text.to_owned(),
        1 => format!("{sign}{text}"),
        _ => format!("{sign}({text})"),
    }
}
