//! Bare URLs in running text become links, by the rules of GitHub's extended autolinks (GFM 0.29, section 6.9). The text
//! stays as it is.

use std::ops::Range;

use crate::{
    doc::{Link, Span, SpanKind},
    text,
};

const SCHEMES: [&str; 4] = ["https://", "http://", "ftp://", "www."];

/// Adds a link for every bare URL in `text` that stands in no link, code or image.
pub fn link(text: &str, spans: &mut Vec<Span>, links: &mut Vec<Link>) {
    if !text.contains("://") && !text.contains("www.") {
        return;
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(range) = next(text, at, spans) {
        at = range.end;
        let url = text::slice(text, range.clone());
        let target = if url.starts_with("www.") { format!("http://{url}") } else { url.to_owned() };
        found.push(Span { range, kind: SpanKind::Link(links.len()) });
        links.push(Link { target });
    }
    if !found.is_empty() {
        spans.extend(found);
        // Stable: a link that shares its start with an older span is inside of it, unless it is the longer one.
        spans.sort_by_key(|s| (s.range.start, std::cmp::Reverse(s.range.end)));
    }
}

/// The next URL from `at` on.
fn next(text: &str, mut at: usize, spans: &[Span]) -> Option<Range<usize>> {
    loop {
        let start = at + first(text::tail(text, at))?;
        let opaque = spans.iter().find(|s| {
            s.range.contains(&start) && matches!(s.kind, SpanKind::Link(_) | SpanKind::Code | SpanKind::Image(_))
        });
        if let Some(span) = opaque {
            at = span.range.end;
            continue;
        }
        let edges = spans.iter().flat_map(|s| [s.range.start, s.range.end]);
        let limit = edges.filter(|e| *e > start).min().unwrap_or(text.len());
        let url = url(text::slice(text, start..limit));
        let before = text::head(text, start).chars().next_back();
        if !url.is_empty() && before.is_none_or(|c| !c.is_alphanumeric() && c != '/' && c != '@') {
            return Some(start..start + url.len());
        }
        at = start + 4;
    }
}

/// Where the first scheme stands.
fn first(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = text::tail(text, from);
        let dot = rest.find("://").map(|at| from + at);
        let www = rest.find("www.").map(|at| from + at);
        let scheme = dot.and_then(|dot| {
            let before = text::head(text, dot + 3);
            SCHEMES.iter().find(|s| before.ends_with(**s)).map(|s| dot + 3 - s.len())
        });
        match (scheme, www) {
            (Some(a), Some(b)) => return Some(a.min(b)),
            (Some(a), None) => return Some(a),
            (None, Some(b)) if dot.is_none_or(|dot| b < dot) => return Some(b),
            (None, _) => from = dot? + 3,
        }
    }
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
