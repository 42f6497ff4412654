//! Raised and lowered text, for which a terminal has only the signs of Unicode: `x²`, `H₂O`. What has none is written as
//! TeX does where it is a formula, and stands in the line where it is the end of a word (`1st`, `M^lle`).

const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾nⁿiⁱ";
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎";
/// Letters that are raised in formulas only.
const RAISED_LETTERS: &str = "kᵏmᵐxˣyʸjʲpᵖtᵗTᵀ";
const LOWERED_LETTERS: &str = "iᵢjⱼkₖnₙmₘxₓpₚtₜ";

/// The text of a `<sup>`.
pub fn raised(text: &str) -> String {
    written(text, '^', &[RAISED, if text.trim().chars().count() == 1 { RAISED_LETTERS } else { "" }])
}

/// The text of a `<sub>`.
pub fn lowered(text: &str) -> String {
    written(text, '_', &[LOWERED, LOWERED_LETTERS])
}

fn written(text: &str, sign: char, tables: &[&str]) -> String {
    let text = text.trim();
    let one = |c: char| {
        tables.iter().find_map(|table| {
            let mut signs = table.chars();
            while let (Some(plain), Some(script)) = (signs.next(), signs.next()) {
                if plain == c {
                    return Some(script);
                }
            }
            None
        })
    };
    if let Some(signs) = text.chars().map(one).collect::<Option<String>>() {
        return signs;
    }
    let is_word = text.chars().all(|c| c.is_alphabetic() || c == '.' || c == '’');
    let is_sign = !text.chars().any(|c| c.is_alphanumeric());
    match text.chars().count() {
        _ if is_word || is_sign => text.to_owned(),
        1 => format!("{sign}{text}"),
        _ => format!("{sign}({text})"),
    }
}
