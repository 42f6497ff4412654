//! Long blocks are cut, so that laying out one of them is never slow. No byte is lost: the parts of a block, one after
//! the other, are the block.

use crate::doc::{Block, Kind, Span};

/// The longest text of a block, in bytes.
pub const MAX_BLOCK: usize = 64 * 1024;

/// Appends `block` to `blocks`, in as many parts as it needs.
pub fn push(blocks: &mut Vec<Block>, block: Block) {
    if block.text.len() <= MAX_BLOCK || matches!(block.kind, Kind::Table(_)) {
        return blocks.push(block);
    }
    let lines = block.keeps_lines();
    let (mut rest, mut at) = (block.text.as_str(), 0);
    while !rest.is_empty() {
        let (part, after) = rest.split_at(place(rest, lines));
        blocks.push(Block {
            kind: if at == 0 || lines { block.kind.clone() } else { Kind::Paragraph },
            text: part.to_owned(),
            spans: spans(&block.spans, at, part.len()),
            nest: block.nest.clone(),
            continues: block.continues || at > 0,
        });
        at += part.len();
        rest = after;
    }
}

/// Where to cut: after a line if lines are kept, else after a space, else between characters.
pub fn place(text: &str, lines: bool) -> usize {
    if text.len() <= MAX_BLOCK {
        return text.len();
    }
    let head = crate::text::head(text, text.floor_char_boundary(MAX_BLOCK));
    let good = if lines { head.rfind('\n') } else { None };
    good.or_else(|| head.rfind([' ', '\n'])).map_or(head.len(), |at| at + 1)
}

/// The spans of the part of `length` bytes at `at`.
fn spans(all: &[Span], at: usize, length: usize) -> Vec<Span> {
    let within = |s: &Span| {
        let range = s.range.start.max(at)..s.range.end.min(at + length);
        (range.start < range.end).then(|| Span { range: range.start - at..range.end - at, kind: s.kind.clone() })
    };
    all.iter().filter_map(within).collect()
}
