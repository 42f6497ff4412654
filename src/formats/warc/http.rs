//! An answer of a web server as it was archived: its status, its fields, what it holds without the codings of the transfer.
//! Many crawlers undo these and leave the fields as they were, so each is undone only where it is there.

use std::io::Read;

use anyhow::{Result, bail};
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::records::{field, fields};
use crate::formats::bounds;

/// An answer.
pub struct Answer {
    /// 200, 404, …
    pub status: u16,
    fields: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// The answer that a record holds.
    pub fn of(bytes: &[u8]) -> Option<Answer> {
        let (header, body) = split(bytes);
        let line = header.split(|byte| *byte == b'\n').next()?;
        let status = std::str::from_utf8(line).ok()?.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok()?;
        Some(Answer { status, fields: fields(header), body: body.to_owned() })
    }

    /// The media type, in lower case, and the charset.
    pub fn kind(&self) -> (String, Option<String>) {
        kind(field(&self.fields, "content-type").unwrap_or_default())
    }

    /// What was sent.
    pub fn content(self) -> Result<Vec<u8>> {
        let has = |name: &str, value: &str| {
            field(&self.fields, name).is_some_and(|field| field.to_ascii_lowercase().contains(value))
        };
        let chunked = has("transfer-encoding", "chunked");
        let body = if chunked { dechunked(&self.body).unwrap_or(self.body.clone()) } else { self.body.clone() };
        if body.starts_with(b"\x1f\x8b\x08") {
            return unpacked(MultiGzDecoder::new(body.as_slice()), body.len());
        }
        if has("content-encoding", "deflate") {
            let zlib = unpacked(ZlibDecoder::new(body.as_slice()), body.len());
            let raw = zlib.or_else(|_| unpacked(DeflateDecoder::new(body.as_slice()), body.len()));
            return Ok(raw.unwrap_or(body));
        }
        if (has("content-encoding", "br") || has("content-encoding", "zstd")) && is_packed(&body) {
            bail!("compressed by the server in a way that recto doesn't read");
        }
        Ok(body)
    }
}

/// A media type and its charset.
pub fn kind(field: &str) -> (String, Option<String>) {
    let mut parts = field.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (kind, charset)
}

/// The header and what comes after its blank line.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    bytes.split_at_checked(at).unwrap_or((bytes, &[]))
}

/// Whether bytes are no text of any encoding.
fn is_packed(body: &[u8]) -> bool {
    let head = body.get(..512).unwrap_or(body);
    head.iter().filter(|byte| **byte < 0x20 && !byte.is_ascii_whitespace()).count() * 50 > head.len()
}

/// The content of chunks (RFC 9112, section 7.1); `None` when it isn't sent in such.
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut rest) = (Vec::new(), body);
    loop {
        let line = rest.split(|byte| *byte == b'\n').next()?;
        let size = std::str::from_utf8(line).ok()?.split(';').next()?.trim();
        let Ok(size) = usize::from_str_radix(size, 16) else { return (!out.is_empty()).then_some(out) };
        if size == 0 {
            return Some(out);
        }
        let after = rest.get(line.len() + 1..).unwrap_or_default();
        let (chunk, next) = after.split_at(size.min(after.len()));
        out.extend_from_slice(chunk);
        rest = next.strip_prefix(b"\r\n").or(next.strip_prefix(b"\n")).unwrap_or(next);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

/// All that comes out, as far as it is sound and within the bounds.
fn unpacked(input: impl Read, packed: usize) -> Result<Vec<u8>> {
    let most = (packed as u64).saturating_mul(bounds::RATIO).clamp(bounds::RATIO_FREE, bounds::UNPACKED);
    let mut out = Vec::new();
    match input.take(most).read_to_end(&mut out) {
        Err(error) if out.is_empty() => Err(error.into()),
        _ => Ok(out),
    }
}
