//! What is a page of HTML: by what it begins with, in any encoding. A text that only speaks of tags is none.

use super::FORMAT;
use crate::{
    formats::{Confidence, Source},
    text,
};

/// What a page may be packed into.
#[derive(Debug, PartialEq)]
pub enum Wrapping {
    /// A message of MIME parts (RFC 2557).
    Mhtml,
    /// A property list of Apple's.
    WebArchive,
}

/// Elements that only a page begins with.
const FIRST: [&str; 20] = [
    "html", "head", "body", "title", "meta", "link", "script", "style", "div", "p", "h1", "h2", "table", "center",
    "font", "a", "span", "br", "article", "main",
];

pub fn detect(head: &[u8], source: &Source) -> Confidence {
    let named = FORMAT.extensions.contains(&source.extension().as_str());
    if let Some(wrapping) = wrapping(head) {
        return match wrapping {
            Wrapping::WebArchive if !is_web_archive(head) && !named => Confidence::No,
            _ => Confidence::Content,
        };
    }
    let found = text::decode::detect(head, false);
    let start = text::decode::decode(head.get(found.bom..).unwrap_or_default(), found.encoding);
    let (start, prolog) = without_prolog(&start);
    let lower = text::head(start, start.floor_char_boundary(256)).to_ascii_lowercase();
    let tag = |name: &str| {
        let rest = lower.strip_prefix('<').and_then(|rest| rest.strip_prefix(name));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/'))
    };
    let doctype = lower.strip_prefix("<!doctype").is_some_and(|rest| {
        let name = rest.trim_start();
        name.strip_prefix("html")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '[')))
    });
    if doctype || tag("html") {
        return Confidence::Content;
    }
    // XML of another kind is another format's.
    let foreign = prolog && !FIRST.iter().any(|name| tag(name));
    let has_tags = start.match_indices('<').any(|(at, _)| {
        let next = start.as_bytes().get(at + 1);
        next.is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'))
    });
    match named {
        true if foreign => Confidence::Fallback,
        true if has_tags || start.trim().is_empty() => Confidence::Name,
        _ => Confidence::No,
    }
}

/// What the bytes of a page are packed into.
pub fn wrapping(head: &[u8]) -> Option<Wrapping> {
    if head.starts_with(b"bplist00") {
        return Some(Wrapping::WebArchive);
    }
    let start = String::from_utf8_lossy(head.get(..4096).unwrap_or(head)).to_ascii_lowercase();
    let start = start.trim_start();
    let headers = start.split("\r\n\r\n").next().unwrap_or_default().split("\n\n").next().unwrap_or_default();
    let first = headers.lines().next().and_then(|line| line.split_once(':')).map(|(name, _)| name);
    let is_header =
        first.is_some_and(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let saved = headers.contains("<saved by ")
        || headers.contains("snapshot-content-location:")
        || headers.contains("x-maf-version:")
        || headers.contains("x-snapshot-content");
    let related = headers.contains("multipart/related")
        && headers.contains("text/html")
        && !headers.contains("\nreceived:")
        && !headers.contains("\nto:");
    (is_header && headers.contains("mime-version:") && (saved || related)).then_some(Wrapping::Mhtml)
}

/// A web archive names its parts; other property lists are settings.
fn is_web_archive(head: &[u8]) -> bool {
    memchr::memmem::find(head, b"WebMainResource").is_some()
}

/// What comes after white space, comments, declarations and processing instructions, and whether XML was declared.
fn without_prolog(text: &str) -> (&str, bool) {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    let xml = rest.starts_with("<?xml");
    for _ in 0..32 {
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?xml") {
            "?>"
        } else {
            break;
        };
        let Some((_, after)) = rest.split_once(end) else { break };
        rest = after.trim_start();
    }
    (rest, xml)
}
