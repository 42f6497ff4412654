//! The parts of a mail (RFC 2046): a tree of slices of its bytes, nothing of it decoded yet. A boundary that is missing or
//! lies is looked for; parts nest as deep as [`bounds::PARTS_DEEP`] and no deeper.

use super::{
    header::{Header, Typed},
    transfer,
};
use crate::formats::bounds;

/// A mail, or a part of one.
#[derive(Debug, Default)]
pub struct Part<'m> {
    /// What it says about itself.
    pub header: Header,
    /// `text/plain`, lower case, and its parameters.
    pub kind: Typed,
    /// How it is to be shown.
    pub disposition: Typed,
    /// Its content, still encoded.
    pub body: &'m [u8],
    /// The parts of a multipart; none of any other.
    pub parts: Vec<Part<'m>>,
}

impl<'m> Part<'m> {
    /// Reads a mail.
    pub fn read(bytes: &'m [u8]) -> Part<'m> {
        let blank = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        Part::within(bytes.get(blank..).unwrap_or_default(), "text/plain", 0)
    }

    /// Reads a part of a multipart in which parts are of the type `usual` when they say nothing.
    fn within(bytes: &'m [u8], usual: &str, depth: usize) -> Part<'m> {
        let (header, body) = Header::split(bytes);
        let mut kind = header.typed("content-type").unwrap_or_default();
        match kind.value.as_str() {
            "" => usual.clone_into(&mut kind.value),
            "text" => "text/plain".clone_into(&mut kind.value),
            _ => {}
        }
        let disposition = header.typed("content-disposition").unwrap_or_default();
        let mut part = Part { header, kind, disposition, body, parts: Vec::new() };
        if part.is("multipart/") && depth < bounds::PARTS_DEEP {
            let usual = if part.kind.value == "multipart/digest" { "message/rfc822" } else { "text/plain" };
            let slices = part.slices();
            part.parts = slices.into_iter().map(|slice| Part::within(slice, usual, depth + 1)).collect();
        }
        part
    }

    /// Whether its type begins so.
    pub fn is(&self, kind: &str) -> bool {
        self.kind.value.starts_with(kind)
    }

    /// Its name as a file.
    pub fn name(&self) -> Option<&str> {
        self.disposition.parameter("filename").or_else(|| self.kind.parameter("name"))
    }

    /// Whether it is meant to be kept rather than read.
    pub fn is_attached(&self) -> bool {
        self.disposition.value == "attachment"
    }

    /// Its content, decoded.
    pub fn content(&self) -> Vec<u8> {
        let encoding = self.header.raw("content-transfer-encoding").unwrap_or_default();
        let encoding = encoding.split([';', ' ', '(']).next().unwrap_or_default().trim_matches(['"', '\'']);
        match encoding.to_ascii_lowercase().as_str() {
            "base64" => transfer::base64(self.body),
            "quoted-printable" | "quoted_printable" => transfer::quoted_printable(self.body),
            _ => self.body.to_vec(),
        }
    }

    /// Its content as text.
    pub fn text(&self) -> String {
        transfer::text(&self.content(), self.kind.parameter("charset"))
    }

    /// The bytes between the boundaries.
    fn slices(&self) -> Vec<&'m [u8]> {
        let named = self.kind.parameter("boundary").map(|b| between(self.body, b.trim_end().as_bytes()));
        match named {
            Some(found) if !found.is_empty() => found,
            _ => likely(self.body).map(|boundary| between(self.body, boundary)).unwrap_or_default(),
        }
    }
}

/// What stands between the lines `--boundary`; the last part may be cut off.
fn between<'m>(body: &'m [u8], boundary: &[u8]) -> Vec<&'m [u8]> {
    let (mut found, mut at, mut open) = (Vec::new(), 0, None);
    for line in body.split_inclusive(|b| *b == b'\n') {
        let start = at;
        at += line.len();
        let Some(rest) = line.strip_prefix(b"--").and_then(|l| l.strip_prefix(boundary)) else { continue };
        let rest = rest.trim_ascii_end();
        if !(rest.is_empty() || rest == b"--") {
            continue;
        }
        if let Some(from) = open.take() {
            // The line end before a boundary belongs to it.
            let part: &[u8] = body.get(from..start).unwrap_or_default();
            let part = part.strip_suffix(b"\n").unwrap_or(part);
            found.push(part.strip_suffix(b"\r").unwrap_or(part));
        }
        if rest == b"--" || found.len() >= bounds::PARTS {
            return found;
        }
        open = Some(at);
    }
    found.extend(open.and_then(|from| body.get(from..)).filter(|part| !part.is_empty()));
    found
}

/// The boundary of a body whose header doesn't name it: the first line that looks like one and has a header under it.
fn likely(body: &[u8]) -> Option<&[u8]> {
    let mut lines = body.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end).peekable();
    while let Some(line) = lines.next() {
        let boundary = line.strip_prefix(b"--").filter(|b| b.len() >= 6 && b.iter().all(u8::is_ascii_graphic));
        let headed = lines.peek().is_some_and(|next| next.to_ascii_lowercase().starts_with(b"content-"));
        if boundary.is_some() && headed {
            return boundary;
        }
    }
    None
}
