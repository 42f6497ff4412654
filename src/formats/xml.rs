//! XML as events, read as people write it: what is ill-formed is text or is mended, never the end of the reading. An end
//! without its start is handed on, a `<` that begins no tag is text, a tag that another cuts short is text.
//!
//! Of entities the five, the numeric ones and those of HTML are known; what a document declares itself is not expanded,
//! and nothing outside of it is ever read.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::{
    Reader,
    escape::{resolve_predefined_entity, unescape_with},
    events::{BytesStart, Event as Raw},
};

use crate::text;

/// A part of a document. Names are without their prefix and in lower case.
#[derive(Debug)]
pub enum Event<'x> {
    /// An element begins; one that is empty ends at once.
    Start(Element<'x>),
    /// An element ends.
    End(String),
    /// Text, its entities resolved.
    Text(Cow<'x, str>),
}

/// The start of an element.
#[derive(Debug)]
pub struct Element<'x> {
    /// Its name.
    pub name: String,
    raw: BytesStart<'x>,
}

impl Element<'_> {
    /// The value of an attribute, whatever its prefix and case.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.raw.html_attributes();
        let found = all.with_checks(false).flatten().find(|a| local(a.key.as_ref()).eq_ignore_ascii_case(name))?;
        Some(resolved(&found.value))
    }

    /// The tag as it is written.
    pub fn written(&self) -> String {
        format!("<{}{}>", self.raw.name().as_ref(), self.raw.attributes_raw())
    }
}

/// How often a document may be read over again to mend its faults, so that a hostile one doesn't cost the square of its
/// length. What then is left is left out.
const AGAIN: usize = 16;

/// The events of a document.
pub struct Xml<'x> {
    text: &'x str,
    reader: Reader<&'x [u8]>,
    /// Where the reader began.
    from: usize,
    /// Bytes that were read again.
    again: usize,
}

impl<'x> Xml<'x> {
    /// Reads `text`.
    pub fn new(text: &'x str) -> Xml<'x> {
        Xml { text, reader: reader(text), from: 0, again: 0 }
    }

    /// Goes on after a fault, at this byte.
    fn resume(&mut self, at: usize) {
        self.again = self.again.saturating_add(self.at().saturating_sub(at));
        let at = if self.again > AGAIN.saturating_mul(self.text.len()) { self.text.len() } else { at };
        self.reader = reader(text::tail(self.text, at));
        self.from = at;
    }

    /// The byte that the reader has come to.
    fn at(&self) -> usize {
        self.from.saturating_add(usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX))
    }
}

impl<'x> Iterator for Xml<'x> {
    type Item = Event<'x>;

    fn next(&mut self) -> Option<Event<'x>> {
        loop {
            let start = self.at();
            let event = match self.reader.read_event() {
                Ok(Raw::Eof) => return None,
                Ok(event) => event,
                Err(_) if start >= self.text.len() => return None,
                Err(_) => {
                    let rest = text::tail(self.text, start);
                    let length = rest.chars().next().map_or(1, char::len_utf8);
                    self.resume(start + length);
                    return Some(Event::Text(Cow::Borrowed(text::head(rest, length))));
                }
            };
            return Some(match event {
                Raw::Start(raw) => {
                    if !is_tag(&raw) {
                        let rest = text::tail(self.text, start + 1);
                        let length = rest.find('<').unwrap_or(rest.len()) + 1;
                        self.resume(start + length);
                        return Some(Event::Text(Cow::Borrowed(text::slice(self.text, start..start + length))));
                    }
                    Event::Start(Element { name: local(raw.name().as_ref()).to_ascii_lowercase(), raw })
                }
                Raw::End(raw) => Event::End(local(raw.name().as_ref()).to_ascii_lowercase()),
                Raw::Text(text) => Event::Text(text.xml10_content()),
                Raw::CData(text) => Event::Text(text.xml10_content()),
                Raw::GeneralRef(name) => Event::Text(Cow::Owned(
                    entity(name.as_ref()).unwrap_or_else(|| format!("&{};", name.as_ref() as &str)),
                )),
                _ => continue,
            });
        }
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.expand_empty_elements = true;
    reader
}

/// Whether it is one, and not a sign in the text before which a `<` stood.
fn is_tag(raw: &BytesStart<'_>) -> bool {
    let name: &str = raw.name().into_inner();
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && !name.contains('<')
        && !raw.attributes_raw().contains('<')
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn resolved(value: &str) -> String {
    let known = |name: &str| resolve_predefined_entity(name);
    unescape_with(value, known).map_or_else(|_| value.to_owned(), Cow::into_owned)
}

/// What an entity stands for, by the table that pulldown-cmark has of HTML's.
fn entity(name: &str) -> Option<String> {
    let reference = format!("&{name};");
    match pulldown_cmark::Parser::new(&reference).nth(1) {
        Some(pulldown_cmark::Event::Text(text)) if text.as_ref() != reference => Some(text.into_string()),
        _ => None,
    }
}

/// The characters of a document: by its byte order mark, by what its declaration names, else as any text is decoded.
pub fn decode(bytes: &[u8]) -> String {
    let named = || declared(bytes).filter(|named| *named != UTF_8);
    match named() {
        Some(encoding) if Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err() => {
            text::decode::decode(bytes, encoding)
        }
        _ => text::decode::decode_all(bytes),
    }
}

/// The encoding that `<?xml encoding="…"?>` names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).into_owned();
    let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0.to_owned();
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    Encoding::for_label(value.trim_matches(['"', '\'', ' ']).split(['"', '\'', ' ']).next()?.as_bytes())
}
