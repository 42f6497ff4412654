//! The markers of list items: bullets, numbers, letters. A marker must be followed by a blank and a text; whether the line
//! may start an item at the place where it stands is decided by who asks.

use crate::text;

/// A marker at the start of a line's body.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// As it is drawn.
    pub shown: String,
    /// Which list it belongs to: markers of one list are of one family.
    pub family: Family,
    /// Bytes from the start of the body to the item's text.
    pub skip: usize,
}

/// What a marker is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `-`, `*`, `•` …
    Bullet(char),
    /// `1.`, `2)`, `(3)`, `[4]`, by the sign after the number.
    Number(char),
    /// `a)`, `(b)`, `iv.`, by the sign after the letter.
    Letter(char),
}

/// The marker with which a line's body starts, if any.
pub fn marker(body: &str) -> Option<Marker> {
    let word = body.split_whitespace().next()?;
    let rest = text::tail(body, word.len());
    let gap = rest.len() - rest.trim_start().len();
    if rest.trim_start().is_empty() {
        return None;
    }
    let (shown, family) = bullet(word, gap).or_else(|| numbered(word))?;
    Some(Marker { shown, family, skip: word.len() + gap })
}

/// The marker `o` before one blank, as some RFCs have it. It is a word in many languages: only for a text that is known to
/// use it so.
pub fn round(body: &str) -> Option<Marker> {
    let rest = body.strip_prefix("o ")?;
    (!rest.starts_with(' ')).then(|| Marker { shown: "o".to_owned(), family: Family::Bullet('o'), skip: 2 })
}

fn bullet(word: &str, gap: usize) -> Option<(String, Family)> {
    if word == "(*)" {
        return Some(("•".to_owned(), Family::Bullet('(')));
    }
    let mut chars = word.chars();
    let (c, None) = (chars.next()?, chars.next()) else { return None };
    match c {
        '-' | '*' | '+' | '•' | '·' | '‣' | '◦' | '▪' | '●' | '–' => {
            Some(("•".to_owned(), Family::Bullet(c)))
        }
        // The bullet of RFCs and of old mail; it counts as a word, so it stays as it is.
        'o' if gap >= 2 => Some(("o".to_owned(), Family::Bullet(c))),
        _ => None,
    }
}

fn numbered(word: &str) -> Option<(String, Family)> {
    let (inner, sign) = match word.strip_prefix('(') {
        Some(inner) => (inner.strip_suffix(')')?, '('),
        None => match word.strip_prefix('[') {
            Some(inner) => (inner.strip_suffix(']')?, '['),
            None => (word.strip_suffix(['.', ')'])?, word.chars().next_back()?),
        },
    };
    let family = if !inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit()) {
        Family::Number(sign)
    } else if sign != '[' && is_letter(inner, sign) {
        Family::Letter(sign)
    } else {
        return None;
    };
    Some((word.to_owned(), family))
}

/// One small letter, a small Roman number, or, not before a point, a capital letter: `A. Smith` is a name.
fn is_letter(inner: &str, sign: char) -> bool {
    match inner.as_bytes() {
        [b] => b.is_ascii_lowercase() || (b.is_ascii_uppercase() && sign != '.'),
        _ => !inner.is_empty() && inner.len() <= 5 && inner.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')),
    }
}
