//! Lists. How deep an item is, its marker says: one that is open already is the same list, another one is a list within.

use super::reader::{Frame, Reader};
use crate::{doc::Kind, formats::bounds, text};

/// How an item begins.
#[derive(Debug)]
pub struct Marker<'l> {
    /// The same for all items of a list.
    key: String,
    kind: Ordinal,
    /// The number that the item is written with.
    number: Option<u64>,
    /// The term that is described.
    term: Option<&'l str>,
    text: &'l str,
}

/// How the items of a list are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ordinal {
    None,
    Callout,
    Arabic,
    Letter(bool),
    Roman(bool),
}

impl<'l> Marker<'l> {
    /// The marker of an item and the text after it.
    pub fn of(line: &'l str) -> Option<Marker<'l>> {
        let line = line.trim_start();
        let (word, after) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        let text = after.trim_start();
        let marker = |key: &str, kind, number| Some(Marker { key: key.to_owned(), kind, number, term: None, text });
        let first = word.chars().next()?;
        let same = |most: usize| word.len() <= most && word.chars().all(|c| c == first);
        match first {
            '*' | '-' | '•' if !text.is_empty() && (same(6) && (first != '-' || word.len() == 1) || word == "•") => {
                return marker(word, Ordinal::None, None);
            }
            '.' if !text.is_empty() && same(5) => {
                let kind = match word.len() {
                    1 => Ordinal::Arabic,
                    2 => Ordinal::Letter(false),
                    3 => Ordinal::Roman(false),
                    4 => Ordinal::Letter(true),
                    _ => Ordinal::Roman(true),
                };
                return marker(word, kind, None);
            }
            '<' if !text.is_empty() => {
                let inner = word.strip_prefix('<').and_then(|w| w.strip_suffix('>')).unwrap_or_default();
                if inner == "." || (!inner.is_empty() && inner.len() < 4 && inner.bytes().all(|b| b.is_ascii_digit())) {
                    return marker("<1>", Ordinal::Callout, inner.parse().ok());
                }
            }
            _ => {}
        }
        let number = word.strip_suffix('.').filter(|n| !text.is_empty() && !n.is_empty() && n.len() < 10);
        if let Some(number) = number {
            if number.bytes().all(|b| b.is_ascii_digit()) {
                return marker("1.", Ordinal::Arabic, number.parse().ok());
            }
            if let [letter] = number.as_bytes() {
                let upper = letter.is_ascii_uppercase();
                if letter.is_ascii_alphabetic() {
                    let nth = u64::from(letter.to_ascii_lowercase() - b'a') + 1;
                    return marker(if upper { "A." } else { "a." }, Ordinal::Letter(upper), Some(nth));
                }
            }
        }
        Marker::described(line)
    }

    /// `term:: text`.
    fn described(line: &'l str) -> Option<Marker<'l>> {
        // A term is short.
        let beginning = text::head(line, 500);
        let mut from = 0;
        while let Some(at) = ["::", ";;"].iter().filter_map(|sign| text::tail(beginning, from).find(sign)).min() {
            let at = from + at;
            let sign = text::tail(line, at);
            let first = sign.chars().next()?;
            let rest = sign.trim_start_matches(first);
            let count = sign.len() - rest.len();
            from = at + count;
            let most = if first == ':' { 4 } else { 2 };
            let term = text::head(line, at).trim();
            if (rest.is_empty() || rest.starts_with([' ', '\t'])) && count <= most && !term.is_empty() {
                let key = text::head(sign, count).to_owned();
                return Some(Marker { key, kind: Ordinal::None, number: None, term: Some(term), text: rest.trim() });
            }
        }
        None
    }
}

impl Reader<'_> {
    /// An item begins.
    pub fn item(&mut self, marker: &Marker<'_>) {
        let base = self.frames.iter().rposition(|f| matches!(f, Frame::Block { .. })).map_or(0, |at| at + 1);
        let same = |frame: &Frame| matches!(frame, Frame::List { key, .. } if *key == marker.key);
        let open = self.frames.iter().skip(base).position(same).map(|at| base + at);
        self.attached = false;
        match open {
            Some(at) if self.style.is_empty() => self.close(at + 1),
            Some(at) => self.close(at),
            None if self.frames.len() >= bounds::DEPTH => self.close(base),
            None => {}
        }
        let goes_on = open.is_some() && self.style.is_empty();
        let style = self.begin();
        if !goes_on {
            let kind = match style.name() {
                "arabic" | "decimal" => Ordinal::Arabic,
                "loweralpha" => Ordinal::Letter(false),
                "upperalpha" => Ordinal::Letter(true),
                "lowerroman" => Ordinal::Roman(false),
                "upperroman" => Ordinal::Roman(true),
                _ => marker.kind,
            };
            let first = style.get("start").and_then(|n| n.parse().ok()).or(marker.number).unwrap_or(1);
            if marker.term.is_none() {
                self.build.enter_list((marker.kind != Ordinal::None).then_some(first));
            }
            let count: u64 = first;
            self.frames.push(Frame::List { key: marker.key.clone(), leaves: 2, count: count.saturating_sub(1), kind });
        } else if marker.term.is_some() {
            self.build.leave();
            self.build.leave();
        } else {
            self.build.leave();
        }
        let (mut number, mut kind) = (1, marker.kind);
        if let Some(Frame::List { count, kind: usual, .. }) = self.frames.last_mut() {
            *count = count.saturating_add(1);
            (number, kind) = (*count, *usual);
        }
        match marker.term {
            Some(term) => {
                self.inline(term);
                self.build.term();
                self.build.enter_list(None);
                self.build.enter_marked(String::new());
            }
            None if marker.kind == Ordinal::None => self.build.enter_item('.'),
            None => {
                self.build.enter_marked(counted(kind, number));
            }
        }
        let (done, text) = match marker.text.split_at_checked(4).filter(|_| marker.key.starts_with(['*', '-'])) {
            Some(("[ ] ", text)) => (Some(false), text),
            Some(("[x] " | "[*] " | "[X] ", text)) => (Some(true), text),
            _ => (None, marker.text),
        };
        if let Some(Kind::Item { task, .. }) = &mut self.build.lead {
            *task = done;
        }
        if text.is_empty() {
            self.attached = true;
        } else {
            self.paragraph.push(text.to_owned());
        }
    }

    /// The lists that are open end, up to the block they are in.
    pub fn end_lists(&mut self) {
        let base = self.frames.iter().rposition(|f| matches!(f, Frame::Block { .. })).map_or(0, |at| at + 1);
        self.close(base);
    }

    /// A `+` after blank lines attaches to the item as many lists further out.
    pub fn ancestor(&mut self, blanks: usize) {
        for _ in 0..blanks {
            let at = self.frames.len();
            if at < 2 || !matches!(self.frames.get(at - 2), Some(Frame::List { .. })) {
                break;
            }
            self.close(at - 1);
        }
    }
}

fn counted(kind: Ordinal, number: u64) -> String {
    match kind {
        Ordinal::None | Ordinal::Arabic => format!("{number}."),
        Ordinal::Callout => format!("<{number}>"),
        Ordinal::Letter(upper) => match u8::try_from(number) {
            Ok(nth @ 1..=26) => format!("{}.", char::from(nth - 1 + if upper { b'A' } else { b'a' })),
            _ => format!("{number}."),
        },
        Ordinal::Roman(upper) if number < 4000 => {
            let roman = roman(number);
            if upper { format!("{}.", roman.to_uppercase()) } else { format!("{roman}.") }
        }
        Ordinal::Roman(_) => format!("{number}."),
    }
}

fn roman(mut number: u64) -> String {
    const SIGNS: [(u64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            number -= value;
            out.push_str(sign);
        }
    }
    out
}
