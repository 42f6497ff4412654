//! The contents of a book as the outline of its document.

use super::contents::Line;
use crate::{
    doc::{Anchor, Block, BlockId, Kind, OutlineItem},
    formats::build::{Built, collapsed},
};

/// The lines that lead somewhere, with those that are headings of others. Where a chapter begins with its title and nothing
/// but the contents says that it is one (converted books have plain paragraphs there), it becomes a heading.
pub fn of(lines: &[Line], built: &mut Built) -> Vec<OutlineItem> {
    let mut outline: Vec<OutlineItem> = Vec::new();
    // From the last, so that a line that leads nowhere stands where the next one does.
    let mut next: Option<Anchor> = None;
    for line in lines.iter().rev() {
        let named = |name: &str| built.targets.get(&format!("#{name}")).copied();
        let anchor = match &line.target {
            Some(target) => named(&target.name()).or_else(|| named(&target.path)),
            None => next,
        };
        next = anchor.or(next);
        let level = u8::try_from(line.depth.clamp(1, 6)).unwrap_or(6);
        if let Some(anchor) = anchor {
            outline.push(OutlineItem { level, title: line.label.clone(), anchor });
        }
    }
    outline.reverse();
    // In the order of the text, which some contents are not in.
    outline.sort_by_key(|item| item.anchor);
    for item in &outline {
        raise(item, built);
    }
    outline
}

/// Makes the title of a chapter a heading.
fn raise(item: &OutlineItem, built: &mut Built) {
    let BlockId(at) = item.anchor.block;
    let Some(block) = usize::try_from(at).ok().and_then(|at| built.blocks.get_mut(at)) else { return };
    if block.kind == Kind::Paragraph && block.nest.is_empty() && says(block, &item.title) {
        block.kind = Kind::Heading { level: item.level };
    }
}

/// Whether a block is these words and nothing else.
fn says(block: &Block, words: &str) -> bool {
    block.text.len() <= 2 * words.len() && collapsed(&block.text).to_lowercase() == words.to_lowercase()
}
