//! Bytes to a tree. The encoding is a byte order mark's, else the one declared, else guessed. What XHTML may write and HTML
//! would misread (`<title/>`, `<a id="x"/>`, CDATA) is written out first.

use std::borrow::Cow;

use dom_query::Document;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::bounded;
use crate::text;

/// Where a declaration of the encoding is looked for: the HTML standard asks for the first 1,024 bytes, pages of the wild need
/// more.
const DECLARED: usize = 8 * 1024;

/// Elements that never have content.
const VOID: [&str; 17] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta",
    "param", "source", "track", "wbr",
];

/// A page as a tree.
pub struct Page {
    /// The tree.
    pub tree: Document,
    /// It had more tags than are read.
    pub cut: bool,
}

/// Parses a page or a fragment.
pub fn page(html: &str) -> Page {
    let html = html.trim_start_matches('\u{FEFF}');
    let html = if is_xhtml(html) { written_out(html) } else { Cow::Borrowed(html) };
    let (html, cut) = bounded::bounded(&html);
    Page { tree: Document::from(html.as_ref()), cut }
}

/// The characters of a page.
pub fn decode(bytes: &[u8]) -> String {
    decode_as(bytes, None)
}

/// The characters of a page of which something else, a header, names the encoding.
pub fn decode_as(bytes: &[u8], label: Option<&str>) -> String {
    let sample = bytes.get(..text::decode::SAMPLE).unwrap_or(bytes);
    let found = text::decode::detect(sample, sample.len() == bytes.len());
    if found.bom > 0 || found.is_utf16() {
        return text::decode::decode(bytes.get(found.bom..).unwrap_or_default(), found.encoding);
    }
    let head = bytes.get(..DECLARED).unwrap_or(bytes);
    let declared = label.and_then(|label| named(label.as_bytes())).or_else(|| declared(head));
    // What is valid UTF-8 beyond ASCII is no other encoding, whatever a template declares.
    let encoding = match declared {
        Some(declared) if found.encoding != UTF_8 || sample.is_ascii() => declared,
        _ => found.encoding,
    };
    text::decode::decode(bytes, encoding)
}

/// What an XML declaration or a `<meta>` names as the encoding.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let mut at = 0;
    let start = head.trim_ascii_start();
    let xml = start.starts_with(b"<?xml").then(|| start.split(|b| *b == b'>').next()).flatten();
    if let Some(label) = xml.and_then(|xml| label_after(xml, b"encoding")) {
        return named(label);
    }
    while let Some(found) = head.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        at += found + 1;
        let rest = head.get(at..)?;
        if rest.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"meta")) {
            let tag = rest.split(|b| *b == b'>').next().unwrap_or_default();
            if let Some(encoding) = label_after(tag, b"charset").and_then(named) {
                return Some(encoding);
            }
        }
    }
    None
}

/// `charset="label"`, `charset=label`.
fn label_after<'t>(tag: &'t [u8], key: &[u8]) -> Option<&'t [u8]> {
    let at = tag.windows(key.len()).position(|window| window.eq_ignore_ascii_case(key))?;
    let value = tag.get(at + key.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    value.split(|b| matches!(b, b'"' | b'\'' | b' ' | b';' | b'/' | b'?')).next()
}

/// A page whose `<meta>` could be read in ASCII is not in UTF-16, and says so only by mistake.
fn named(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn is_xhtml(html: &str) -> bool {
    let head = text::head(html, html.floor_char_boundary(2048));
    head.trim_start().starts_with("<?xml") || head.contains("http://www.w3.org/1999/xhtml")
}

/// Elements closed at once get an end tag, and the text of CDATA sections is escaped.
fn written_out(xhtml: &str) -> Cow<'_, str> {
    if !xhtml.contains("/>") && !xhtml.contains("<![CDATA[") {
        return Cow::Borrowed(xhtml);
    }
    let mut out = String::with_capacity(xhtml.len() + xhtml.len() / 16);
    let mut rest = xhtml;
    let mut raw = false;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let length = length(tag);
        let (tag, after) = tag.split_at(length);
        rest = after;
        let name = tag.trim_start_matches(['<', '/']);
        let name =
            text::head(name, name.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(name.len()));
        if matches!(name, "script" | "style") {
            raw = !tag.starts_with("</") && !tag.ends_with("/>");
        }
        if let Some(inner) = tag.strip_prefix("<![CDATA[").filter(|_| !raw) {
            let inner = inner.strip_suffix("]]>").unwrap_or(inner);
            out.push_str(&inner.replace('&', "&amp;").replace('<', "&lt;"));
        } else if let Some(open) = tag.strip_suffix("/>").filter(|_| is_html(name) && !VOID.contains(&name)) {
            out.push_str(open);
            out.push_str("></");
            out.push_str(name);
            out.push('>');
        } else {
            out.push_str(tag);
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Elements of MathML and SVG may be closed at once in HTML too, and those with a prefix are of neither.
fn is_html(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())
}

/// The bytes of the tag, comment, or section at the start of `text`, which is a `<`.
fn length(text: &str) -> usize {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if text.starts_with(open) {
            return text.find(close).map_or(text.len(), |at| at + close.len());
        }
    }
    if !text.starts_with("</") && !text.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
        return 1;
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}
