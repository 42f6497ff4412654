//! XML as it is found in feeds, cut into tags and text. Half of the feeds that somebody subscribes to were ill-formed at some
//! time: bare ampersands, entities that nothing declares, attributes without quotes, tags that nothing closes. A strict
//! reader ends at the first of them; this one has no errors, and what is no markup is text.
//!
//! No entity is ever expanded but the five of XML and the numeric ones, which are one character each. The work grows with
//! the length of the text and not with its square: what was looked for in vain is not looked for again.

use crate::text;

/// A piece of the text, and where it starts.
#[derive(Clone, Copy, Debug)]
pub struct Token<'t> {
    /// What it is.
    pub kind: Kind<'t>,
    /// As it was written.
    pub raw: &'t str,
    /// The byte at which it starts.
    pub at: usize,
}

/// What a piece is.
#[derive(Clone, Copy, Debug)]
pub enum Kind<'t> {
    /// `<name attributes>`.
    Start {
        /// Its name, with its prefix.
        name: &'t str,
        /// What stands after the name.
        attributes: &'t str,
        /// `<name/>`: its end comes with it.
        empty: bool,
    },
    /// `</name>`.
    End {
        /// Its name, with its prefix.
        name: &'t str,
    },
    /// Text, its entities as they were written.
    Text,
    /// Text that holds no markup.
    Data(&'t str),
}

/// Cuts a text into tokens.
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// What the text does not hold after this place.
    missing: Vec<&'static str>,
    /// Declarations that were looked at with what they declare.
    declared: u8,
}

impl<'t> Tokens<'t> {
    /// From the start of a text.
    pub fn new(text: &'t str) -> Tokens<'t> {
        Tokens { text, at: 0, missing: Vec::new(), declared: 0 }
    }

    /// Where the next `sign` starts in the rest after `from` bytes.
    fn find(&mut self, sign: &'static str, from: usize) -> Option<usize> {
        if self.missing.contains(&sign) {
            return None;
        }
        let rest = text::tail(self.text, self.at + from).as_bytes();
        let found = memchr::memmem::find(rest, sign.as_bytes()).map(|at| from + at);
        if found.is_none() {
            self.missing.push(sign);
        }
        found
    }

    fn token(&mut self, length: usize, kind: Kind<'t>) -> Option<Token<'t>> {
        let at = self.at;
        self.at += length;
        Some(Token { kind, raw: text::slice(self.text, at..self.at), at })
    }

    /// A tag at the start of the rest; `None` when it is a sign in the text.
    fn tag(&mut self) -> Option<Token<'t>> {
        let rest = text::tail(self.text, self.at);
        let (end, closing) = match rest.as_bytes().get(1)? {
            b'/' => (2, true),
            c if c.is_ascii_alphabetic() || *c == b'_' || *c >= 0x80 => (1, false),
            _ => return None,
        };
        let close = end_of_tag(rest, end).or_else(|| self.find(">", 0))?;
        let inner = text::slice(rest, end..close);
        if closing {
            return self.token(close + 1, Kind::End { name: inner.trim() });
        }
        let empty = inner.ends_with('/');
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let name = inner.split(|c: char| c.is_ascii_whitespace() || c == '/').next().unwrap_or_default();
        let attributes = text::tail(inner, name.len());
        self.token(close + 1, Kind::Start { name, attributes, empty })
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let rest = text::tail(self.text, self.at);
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                return self.token(end, Kind::Text);
            }
            let hidden = if rest.starts_with("<![CDATA[") {
                let end = self.find("]]>", 9).unwrap_or(rest.len());
                return self.token((end + 3).min(rest.len()), Kind::Data(text::slice(rest, 9..end)));
            } else if rest.starts_with("<!--") {
                self.find("-->", 4).map(|end| end + 3)
            } else if rest.starts_with("<?") {
                self.find(">", 2).map(|end| end + 1)
            } else if rest.starts_with("<!DOCTYPE") && self.declared < DECLARED {
                self.declared += 1;
                declaration(rest).or_else(|| self.find(">", 2).map(|end| end + 1))
            } else if rest.starts_with("<!") {
                self.find(">", 2).map(|end| end + 1)
            } else {
                None
            };
            if let Some(length) = hidden {
                self.at += length;
                continue;
            }
            if let Some(tag) = self.tag() {
                return Some(tag);
            }
            let end = memchr::memchr(b'<', rest.as_bytes().get(1..)?).map_or(rest.len(), |at| at + 1);
            return self.token(end, Kind::Text);
        }
    }
}

/// The longest tag whose attributes are looked at with their quotes.
const TAG: usize = 64 * 1024;

/// Where the tag ends at the start of a text: at a `>` outside of quotes.
fn end_of_tag(text: &str, from: usize) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().skip(from).take(TAG) {
        match (byte, quote) {
            (b'>', None) => return Some(at),
            // A tag within a tag: a quote was left open.
            (b'<', _) => return None,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// A text has one declaration; a few more are no reason to look at each with care.
const DECLARED: u8 = 4;

/// How long a declaration is: `<!DOCTYPE … [ … ]>`, with what it declares.
fn declaration(text: &str) -> Option<usize> {
    let mut within = false;
    for (at, byte) in text.bytes().enumerate().take(TAG) {
        match byte {
            b'[' => within = true,
            b']' => within = false,
            b'>' if !within => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The value of an attribute of this name, with its prefix; its entities are characters.
pub fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    each(attributes).find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| decoded(value))
}

/// The attributes: their names and values as they were written.
pub fn each(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | '=' | '/'));
            let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=')?;
            let (name, after) = rest.split_at(end);
            rest = after.trim_start();
            let Some(value) = rest.strip_prefix('=') else { continue };
            let value = value.trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = text::tail(value, 1);
                    inner.split_once(quote).unwrap_or((inner, ""))
                }
                _ => value.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((value, "")),
            };
            rest = after;
            return Some((name, value));
        }
    })
}

/// Text with the five entities of XML and the numeric ones as characters. Others stay as they are.
pub fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(10).position(|b| b == b';');
        let entity = end.map(|end| (text::head(after, end), text::tail(after, end + 1)));
        match entity.and_then(|(name, after)| Some((character(name)?, after))) {
            Some((character, after)) => {
                out.push(character);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    match code {
        // Numbers of Windows-1252, where Unicode has controls (as HTML reads them).
        0x80..=0x9F => {
            let byte = [u8::try_from(code).ok()?];
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next()
        }
        0 => None,
        code => char::from_u32(code),
    }
}
