//! The header of a mail or of a part of one: its fields, unfolded and in Unicode. mail-parser reads those with a grammar;
//! what is here brings them into a form in which they are safe to read, and is content with less than RFC 5322 wants.

use mail_parser::{Addr, HeaderValue, parsers::MessageStream};

use super::words;
use crate::{
    formats::build::collapsed,
    text::{self, decode},
};

/// Longer values are read up to here.
const VALUE: usize = 64 * 1024;

/// A field that comes more often is read so many times: mail goes over a dozen servers, not over hundreds.
const AGAIN: usize = 64;

/// The fields, in order.
#[derive(Clone, Debug, Default)]
pub struct Header {
    fields: Vec<(String, String)>,
}

/// A field with parameters: `Content-Type`, `Content-Disposition`.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// `text/plain`, `attachment`; lower case.
    pub value: String,
    parameters: Vec<(String, String)>,
}

/// Somebody who is written to or who writes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// The name, when there is one.
    pub name: String,
    /// The address, when there is one.
    pub address: String,
}

impl Header {
    /// Splits a mail, or a part, into its header and the bytes of its body.
    pub fn split(bytes: &[u8]) -> (Header, &[u8]) {
        let mut at = 0;
        for line in bytes.split_inclusive(|b| *b == b'\n') {
            let after = at + line.len();
            if line.trim_ascii().is_empty() {
                return (Header::read(bytes.get(..at).unwrap_or_default()), bytes.get(after..).unwrap_or_default());
            }
            let folded = at > 0 && line.starts_with(b" ") || line.starts_with(b"\t");
            let envelope = line.starts_with(b"From ") || line.starts_with(b">From ");
            if !folded && !envelope && name_length(line).is_none() {
                // No blank line ends it.
                return (Header::read(bytes.get(..at).unwrap_or_default()), bytes.get(at..).unwrap_or_default());
            }
            at = after;
        }
        (Header::read(bytes), &[])
    }

    /// Reads the lines of a header.
    pub fn read(bytes: &[u8]) -> Header {
        let raw = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => decode::decode_all(bytes),
        };
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in raw.lines() {
            let folded = line.starts_with([' ', '\t']);
            match (fields.last_mut(), name_length(line.as_bytes())) {
                (Some((_, value)), _) if folded => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (_, Some(length)) if !folded => {
                    let value = text::tail(line, length).trim_start_matches([' ', '\t']);
                    let value = value.strip_prefix(':').unwrap_or(value);
                    fields.push((text::head(line, length).to_ascii_lowercase(), value.trim().to_owned()));
                }
                _ => {}
            }
        }
        Header { fields }
    }

    /// The value of a field as it stands, its name in lower case.
    pub fn raw<'h>(&'h self, name: &'h str) -> Option<&'h str> {
        self.all(name).next()
    }

    /// The values of a field that may come more than once.
    pub fn all<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h str> {
        let values = self.fields.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str());
        values.take(AGAIN).map(|value| text::head(value, value.floor_char_boundary(VALUE.min(value.len()))))
    }

    /// The value of a field of free text, decoded; `None` when there is nothing in it.
    pub fn text(&self, name: &str) -> Option<String> {
        self.raw(name).map(|value| collapsed(&words::decode(value))).filter(|value| !value.is_empty())
    }

    /// A field with parameters. Their values are decoded, as RFC 2231 wants it and as it is done.
    pub fn typed(&self, name: &str) -> Option<Typed> {
        let line = format!("{}\n", words::in_utf8(self.raw(name)?));
        let HeaderValue::ContentType(read) = MessageStream::new(line.as_bytes()).parse_content_type() else {
            return None;
        };
        let value = match read.subtype() {
            Some(subtype) => format!("{}/{subtype}", read.ctype()),
            None => read.ctype().to_owned(),
        };
        let parameters = read.attributes().unwrap_or_default();
        let parameters = parameters.iter().map(|a| (a.name.to_lowercase(), words::decode(&a.value))).collect();
        Some(Typed { value: value.to_lowercase(), parameters })
    }

    /// The people of a field, groups as their members.
    pub fn people(&self, name: &str) -> Vec<Person> {
        self.all(name).flat_map(people).collect()
    }

    /// The ids `<…>` in a field.
    pub fn ids(&self, name: &str) -> Vec<String> {
        let value = self.raw(name).unwrap_or_default();
        let bracketed = value.split('<').skip(1).filter_map(|part| part.split_once('>'));
        let mut ids: Vec<String> = bracketed.map(|(id, _)| id.split_whitespace().collect()).collect();
        // Without its brackets, as some programs write it; among other words it is somebody's address.
        if ids.is_empty() && value.split_whitespace().all(|word| word.contains('@')) {
            ids.extend(value.split_whitespace().map(str::to_owned));
        }
        ids.retain(|id| !id.is_empty());
        ids
    }
}

impl Typed {
    /// A parameter, its name in lower case.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether a parameter has this value, in any case.
    pub fn says(&self, name: &str, value: &str) -> bool {
        self.parameter(name).is_some_and(|v| v.eq_ignore_ascii_case(value))
    }
}

impl Person {
    /// The name, else the address.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.address } else { &self.name }
    }

    /// Both, as a mail program shows them.
    pub fn shown(&self) -> String {
        match (self.name.is_empty(), self.address.is_empty()) {
            (false, false) if self.name != self.address => format!("{} <{}>", self.name, self.address),
            _ => self.called().to_owned(),
        }
    }
}

/// The people in the value of a field.
pub fn people(value: &str) -> Vec<Person> {
    // Archives hide addresses: `jane at example.org (Jane Doe)`.
    if let Some((address, name)) = value.split_once(" (")
        && !value.contains('@')
        && address.contains(" at ")
        && let Some(name) = name.strip_suffix(')')
    {
        return vec![Person { name: collapsed(&words::decode(name)), address: collapsed(address) }];
    }
    let line = format!("{}\n", words::in_utf8(value));
    let HeaderValue::Address(addresses) = MessageStream::new(line.as_bytes()).parse_address() else {
        return Vec::new();
    };
    let one = |a: &Addr<'_>| {
        let name = collapsed(a.name().unwrap_or_default());
        // Some programs put quotes within the quotes.
        let bare = name.strip_prefix('\'').and_then(|n| n.strip_suffix('\'')).unwrap_or(&name);
        Person { name: bare.trim().to_owned(), address: a.address().unwrap_or_default().trim().to_owned() }
    };
    addresses.iter().map(one).filter(|p| !p.called().is_empty()).collect()
}

/// How long the name is that a line of a header begins with: `Subject` of `Subject: …`.
pub fn name_length(line: &[u8]) -> Option<usize> {
    let length = line.iter().take_while(|b| b.is_ascii_graphic() && **b != b':').count();
    let blanks = line.iter().skip(length).take_while(|b| matches!(b, b' ' | b'\t')).count();
    (length > 0 && length <= 76 && line.get(length + blanks) == Some(&b':')).then_some(length)
}
