//! The one mark-up that plain text carries within a line: `_emphasis_`, as Project Gutenberg writes it. Marks are taken
//! away only where they plainly stand in pairs around words.

use crate::{
    doc::{Span, SpanKind},
    text,
};

/// The longest passage that a pair of marks may stand around, in bytes.
const LONGEST: usize = 1200;

/// The text without its marks, and what they marked.
pub fn emphasis(text: &str) -> (String, Vec<Span>) {
    let (mut out, mut spans, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    while let Some(open) = find(text, at) {
        let Some(close) = opens(text, open).then(|| closing(text, open)).flatten() else {
            out.push_str(text::slice(text, at..open + 1));
            at = open + 1;
            continue;
        };
        out.push_str(text::slice(text, at..open));
        let start = out.len();
        out.push_str(text::slice(text, open + 1..close));
        spans.push(Span { range: start..out.len(), kind: SpanKind::Emphasis });
        at = close + 1;
    }
    out.push_str(text::tail(text, at));
    (out, spans)
}

fn find(text: &str, from: usize) -> Option<usize> {
    text::tail(text, from).find('_').map(|i| i + from)
}

fn opens(text: &str, at: usize) -> bool {
    let before = text::head(text, at).chars().next_back();
    let after = text::tail(text, at + 1).chars().next();
    before
        .is_none_or(|c| c.is_whitespace() || c != '_' && c.is_ascii_punctuation() || matches!(c, '“' | '‘' | '—' | '«'))
        && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '\'' | '“' | '‘' | '¿' | '¡' | '('))
}

/// The next mark, if it closes what `open` began.
fn closing(text: &str, open: usize) -> Option<usize> {
    let close = find(text, open + 1).filter(|close| close - open <= LONGEST)?;
    let before = text::head(text, close).chars().next_back()?;
    let after = text::tail(text, close + 1).chars().next();
    let ends = after.is_none_or(|c| {
        c.is_whitespace() || c != '_' && c.is_ascii_punctuation() || matches!(c, '”' | '’' | '—' | '»' | '…')
    });
    (ends && !before.is_whitespace()).then_some(close)
}
