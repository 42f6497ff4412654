//! Whether the text of a cell is a number, as far as that decides on how its column is aligned.

/// Signs and words for a value that there isn't.
const MISSING: &[&str] = &["", "-", "–", "—", "−", "?", "…", "...", "n/a", "na", "nan", "null", "none"];
/// Letters that may stand after a number without a blank: thousands, millions and so on, and exponents.
const LETTERS: &str = "kMGTe";

/// Whether a cell is a number; `None` when it says that there is no value, which fits with numbers and with words. A date,
/// a version or an identifier is none.
pub(super) fn is_number(text: &str) -> Option<bool> {
    let text = text.trim();
    if MISSING.iter().any(|missing| text.eq_ignore_ascii_case(missing)) {
        return None;
    }
    let mut digits = 0;
    let mut last = None;
    for (at, c) in text.chars().enumerate() {
        let fits = match c {
            '0'..='9' => {
                digits += 1;
                true
            }
            '+' | '-' | '−' | '±' | '~' | '≈' | '<' | '>' | '≤' | '≥' | '(' => {
                at == 0 || last == Some('e') || !is_digit(last)
            }
            // Between digits, or before the first one or a sign after the last.
            '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{202f}' | ' ' | '_' => at == 0 || !last.is_some_and(is_separator),
            '%' | '‰' | '°' | ')' | '*' => digits > 0,
            '$' | '€' | '£' | '¥' | '₹' => true,
            c => digits > 0 && LETTERS.contains(c) && is_digit(last),
        };
        if !fits {
            return Some(false);
        }
        last = Some(c);
    }
    // Of two points neither parts whole numbers from their fractions: an address or a version.
    let points = text.matches('.').count();
    Some(digits > 0 && (points < 2 || text.split('.').skip(1).all(|group| group.len() == 3)))
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '_') || c.is_whitespace()
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}
