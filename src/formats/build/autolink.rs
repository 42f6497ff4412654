//! Bare URLs in running text become links, by the rules of GitHub's extended autolinks (GFM 0.29, section 6.9). The text
//! stays as it is.

use std::ops::Range;

use crate::{
    doc::{Link, Span, SpanKind},
    text,
};

const SCHEMES: [&str; 4] = ["https://", "http://", "ftp://", "www."];

/// A longer URL is linked by its beginning: bounded, so that the work is no more than the text is long.
const MAX_URL: usize = 2048;

/// Adds a link for every bare URL in `text` that stands in no link, code or image.
pub fn link(text: &str, spans: &mut Vec<Span>, links: &mut Vec<Link>) {
    if !text.contains("://") && !text.contains("www.") {
        return;
    }
    let edges = Edges::of(spans);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = first(text, at) {
        if let Some(end) = edges.opaque_until(start) {
            at = end;
            continue;
        }
        let url = url(text::slice(text, start..edges.after(start).min(start + MAX_URL)));
        let before = text::head(text, start).chars().next_back();
        if url.is_empty() || before.is_some_and(|c| c.is_alphanumeric() || c == '/' || c == '@') {
            at = start + 4;
            continue;
        }
        at = start + url.len();
        let target = if url.starts_with("www.") { format!("http://{url}") } else { url.to_owned() };
        found.push(Span { range: start..at, kind: SpanKind::Link(links.len()) });
        links.push(Link { target });
    }
    if !found.is_empty() {
        spans.extend(found);
        // Stable: a link that shares its range with an older span is inside of it.
        spans.sort_by_key(|s| (s.range.start, std::cmp::Reverse(s.range.end)));
    }
}

/// Where spans begin and end. A link may not cross an edge, and there are places where it may not be.
struct Edges {
    all: Vec<usize>,
    /// The links, code and images, the inner ones left out.
    opaque: Vec<Range<usize>>,
}

impl Edges {
    fn of(spans: &[Span]) -> Edges {
        let mut all: Vec<usize> = spans.iter().flat_map(|s| [s.range.start, s.range.end]).collect();
        all.sort_unstable();
        let mut opaque: Vec<Range<usize>> = Vec::new();
        for span in spans {
            let is_opaque = matches!(span.kind, SpanKind::Link(_) | SpanKind::Code | SpanKind::Image(_));
            if is_opaque && opaque.last().is_none_or(|last| span.range.start >= last.end) {
                opaque.push(span.range.clone());
            }
        }
        Edges { all, opaque }
    }

    /// The first edge after `at`.
    fn after(&self, at: usize) -> usize {
        self.all.get(self.all.partition_point(|edge| *edge <= at)).copied().unwrap_or(usize::MAX)
    }

    /// Where the link, code or image ends that `at` is in.
    fn opaque_until(&self, at: usize) -> Option<usize> {
        let last = self.opaque.partition_point(|range| range.start <= at).checked_sub(1)?;
        self.opaque.get(last).map(|range| range.end).filter(|end| *end > at)
    }
}

/// Where the first scheme from `at` on stands.
fn first(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b':', b'w', bytes.get(at..)?).map(|found| at + found).find_map(|found| {
        let here = bytes.get(found..)?;
        if here.starts_with(b"www.") {
            return Some(found);
        }
        let before = bytes.get(at..found + 3).filter(|_| here.starts_with(b"://"))?;
        SCHEMES.iter().find(|s| before.ends_with(s.as_bytes())).map(|s| found + 3 - s.len())
    })
}

/// The URL at the start of `text`: up to white space or `<`, without trailing punctuation, with a host that has a dot.
fn url(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || c == '<' || text::words::is_unspaced(c)).unwrap_or(text.len());
    let mut url = text::head(text, end);
    loop {
        let shorter = url
            .trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"', ';', '`', '>', '”', '’', '…', ']']);
        let closing = shorter.matches(')').count() > shorter.matches('(').count();
        let shorter = if closing { shorter.strip_suffix(')').unwrap_or(shorter) } else { shorter };
        if shorter.len() == url.len() {
            break;
        }
        url = shorter;
    }
    let host = SCHEMES.iter().find_map(|s| url.strip_prefix(s)).unwrap_or_default();
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let named = host.contains('.') || host.starts_with("localhost");
    if named && host.starts_with(|c: char| c.is_alphanumeric()) { url } else { "" }
}
