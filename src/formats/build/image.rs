//! Paragraphs of nothing but images. They are kept by their alternative texts, and never mistaken for prose.

use crate::{
    doc::{Block, Kind, Span, SpanKind},
    text,
};

/// A paragraph of nothing but images: one stands alone, several (the badges of a README) are a line of their names.
pub fn alone(mut block: Block) -> Block {
    let is_image = |s: &&Span| matches!(s.kind, SpanKind::Image(_));
    let (mut count, mut rest) = (0usize, 0);
    for span in block.spans.iter().filter(is_image) {
        if span.range.start < rest {
            continue;
        }
        count += 1;
        let between = text::slice(&block.text, rest..span.range.start);
        if between.contains(|c: char| !c.is_whitespace()) {
            return block;
        }
        rest = span.range.end.max(rest);
    }
    if count == 0 || !text::tail(&block.text, rest).trim().is_empty() {
        return block;
    }
    if count == 1 {
        if let Some(Span { kind: SpanKind::Image(source), .. }) = block.spans.iter().find(is_image) {
            block.kind = Kind::Image { source: source.clone() };
        }
        return block;
    }
    badges(block)
}

/// The names of several images, with a sign between them.
fn badges(block: Block) -> Block {
    let mut out = Block { text: String::new(), spans: Vec::new(), ..block };
    let mut link: Option<&Span> = None;
    let mut rest = 0;
    for span in &block.spans {
        match span.kind {
            SpanKind::Link(_) => link = Some(span),
            SpanKind::Image(_) if !span.range.is_empty() && span.range.start >= rest => {
                rest = span.range.end;
                if !out.text.is_empty() {
                    out.text.push_str(" · ");
                }
                let at = out.text.len();
                out.text.push_str(text::slice(&block.text, span.range.clone()));
                let range = at..out.text.len();
                if let Some(link) = link.filter(|l| l.range.start <= span.range.start && span.range.end <= l.range.end)
                {
                    out.spans.push(Span { range: range.clone(), kind: link.kind.clone() });
                }
                out.spans.push(Span { range, kind: span.kind.clone() });
            }
            _ => {}
        }
    }
    out
}
