//! Bounds on what a page may cost before it is parsed. A browser's rules look through all open elements for every tag, and
//! open the marks that were left open anew in every paragraph: a small page of nothing but `<div>` or `<font>` would take
//! minutes, or all memory. Tags beyond the bounds are left out; the text stays.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use crate::{formats::bounds, text};

/// Marks that are opened anew in the next paragraph when they were not closed.
const MARKS: [&str; 13] = ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Marks that may be open at once.
const MAX_MARKS: usize = 24;

/// Elements whose end may be left out, or that have none: they don't pile up by themselves.
const CLOSED: [&str; 40] = [
    "a", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rp", "rt", "rtc",
    "rb", "html", "head", "body", "colgroup", "caption", "area", "base", "basefont", "br", "col", "embed", "hr", "img",
    "image", "input", "keygen", "link", "meta", "param", "source", "track", "wbr", "frame",
];

/// Elements whose content is no markup.
const RAW: [&str; 9] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"];

/// The page with no more tags than may be, and whether it was cut.
pub fn bounded(html: &str) -> (Cow<'_, str>, bool) {
    let mut scan = Scan::default();
    let mut at = 0;
    let mut end = html.len();
    while let Some(found) = memchr::memchr(b'<', html.as_bytes().get(at..).unwrap_or_default()) {
        at += found;
        if scan.cost > bounds::NODES {
            end = at;
            break;
        }
        at += scan.tag(html, at);
    }
    if scan.dropped.is_empty() && end == html.len() {
        return (Cow::Borrowed(html), false);
    }
    let mut out = String::with_capacity(end);
    let mut from = 0;
    for tag in scan.dropped {
        out.push_str(text::slice(html, from..tag.start));
        from = tag.end;
    }
    out.push_str(text::slice(html, from..end));
    (Cow::Owned(out), end < html.len())
}

#[derive(Default)]
struct Scan<'h> {
    /// How many elements of a name are open.
    open: HashMap<&'h str, usize>,
    depth: usize,
    marks: usize,
    /// About how many nodes the page will have.
    cost: usize,
    dropped: Vec<Range<usize>>,
}

impl<'h> Scan<'h> {
    /// Takes in the tag, or what else begins with the `<` at `at`; gives its length.
    fn tag(&mut self, html: &'h str, at: usize) -> usize {
        let rest = text::tail(html, at);
        if rest.starts_with("<!--") {
            return rest.find("-->").map_or(rest.len(), |end| end + 3);
        }
        let bytes = rest.as_bytes();
        let ending = bytes.get(1) == Some(&b'/');
        let start = if ending { 2 } else { 1 };
        if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            return 1;
        }
        let after = text::tail(rest, start);
        let name = text::head(
            after,
            after.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(after.len()),
        );
        let length = length(rest);
        self.cost += 1 + self.marks;
        let known = |list: &[&str]| list.iter().any(|other| other.eq_ignore_ascii_case(name));
        if ending {
            self.close(name, known(&MARKS));
            return length;
        }
        if known(&RAW) {
            return length + raw(text::tail(rest, length), name);
        }
        if known(&CLOSED) {
            return length;
        }
        let mark = known(&MARKS);
        if self.depth >= bounds::DEPTH || (mark && self.marks >= MAX_MARKS) {
            self.dropped.push(at..at + length);
            return length;
        }
        *self.open.entry(name).or_default() += 1;
        self.depth += 1;
        self.marks += usize::from(mark);
        length
    }

    fn close(&mut self, name: &str, mark: bool) {
        // A name in other letters is another one here: then one tag too many is left out, which shows nowhere.
        if let Some(open) = self.open.get_mut(name).filter(|open| **open > 0) {
            *open -= 1;
            self.depth = self.depth.saturating_sub(1);
            self.marks = self.marks.saturating_sub(usize::from(mark));
        }
    }
}

/// The bytes of the tag at the start of `text`.
fn length(text: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            // Only after `=` a quotation mark opens a value.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    text.len()
}

/// The bytes up to the end tag `name`.
fn raw(text: &str, name: &str) -> usize {
    let is_end = |at: &usize| {
        let after = text.as_bytes().get(at + 1..).and_then(|rest| rest.strip_prefix(b"/"));
        after.and_then(|rest| rest.get(..name.len())).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).find(is_end).unwrap_or(text.len())
}
