//! A place in a document, kept so that it is found again after the document was edited: by the text that stood there.

use std::sync::Arc;

use super::KeptPlace;
use crate::{
    doc::{Anchor, Block, BlockId, Document},
    text,
};

/// Characters of text that are kept from a place on.
const PASSAGE: usize = 64;

/// Fewer characters than this are found anywhere.
const TELLING: usize = 12;

/// How many bytes of text are searched around where a place was; about 10 ms of work.
const REACH: usize = 4 * 1024 * 1024;

/// What is to be kept of a place in a document.
pub fn place(document: &Document, anchor: Anchor) -> KeptPlace {
    let body = &document.body;
    let text: String = body
        .block(anchor.block)
        .map(|block| text::tail(&block.text, anchor.byte).chars().take(PASSAGE).collect())
        .unwrap_or_default();
    let before = body.position(anchor.block).saturating_add(anchor.byte as u64);
    KeptPlace { block: anchor.block.0, byte: anchor.byte, fraction: share(before, body.len()), text }
}

/// Where that place is in the document as it is now: the place itself if the same text stands there; else the nearest
/// place where it does, or where its beginning does; else the same part of the way through.
pub fn relocate(document: &Document, kept: &KeptPlace) -> Anchor {
    let there = Anchor { block: BlockId(kept.block), byte: kept.byte };
    if document.body.block(there.block).is_some_and(|block| text::tail(&block.text, there.byte).starts_with(&kept.text))
    {
        return there;
    }
    let near = by_fraction(document, kept.fraction);
    search(document, near, kept).unwrap_or(near)
}

/// Looks block by block away from `near`, in both directions by turns, for the kept text. A block with only the first
/// half or quarter of it counts if none within reach has more.
fn search(document: &Document, near: Anchor, kept: &KeptPlace) -> Option<Anchor> {
    let body = &document.body;
    let count = kept.text.chars().count();
    let beginnings: Vec<&str> = [count, count / 2, count / 4]
        .into_iter()
        .filter(|length| *length >= TELLING.min(count.max(1)))
        .map(|length| {
            kept.text.char_indices().nth(length).map_or(kept.text.as_str(), |(end, _)| text::head(&kept.text, end))
        })
        .collect();
    let mut best: Option<(usize, Anchor)> = None;
    let mut consider = |id: BlockId, block: &Block| {
        for (rank, beginning) in beginnings.iter().enumerate() {
            if best.is_some_and(|(best, _)| best <= rank) {
                break;
            }
            let aim = if id == near.block { near.byte } else { 0 };
            let hits = block.text.match_indices(beginning).map(|(at, _)| at);
            if let Some(byte) = hits.min_by_key(|at| at.abs_diff(aim)) {
                best = Some((rank, Anchor { block: id, byte }));
            }
        }
        best.is_some_and(|(rank, _)| rank == 0)
    };
    let read = |id: BlockId| -> Option<(BlockId, Arc<Block>)> { Some((id, body.block(id)?)) };
    let mut searched = 0;
    let (mut forward, mut backward) = (Some(near.block), body.prev(near.block));
    while searched < REACH && (forward.is_some() || backward.is_some()) {
        for (id, block) in [forward, backward].into_iter().flatten().filter_map(read) {
            searched += block.text.len().max(1);
            if consider(id, &block) {
                searched = REACH;
                break;
            }
        }
        forward = forward.and_then(|id| body.next(id));
        backward = backward.and_then(|id| body.prev(id));
    }
    best.map(|(_, anchor)| anchor)
}

/// The place with this share of the document before it.
fn by_fraction(document: &Document, fraction: f64) -> Anchor {
    let body = &document.body;
    let position = part(fraction, body.len());
    let Some(id) = body.at(position) else { return Anchor::default() };
    let within = usize::try_from(position.saturating_sub(body.position(id))).unwrap_or(usize::MAX);
    let byte = body.block(id).map_or(0, |block| block.text.floor_char_boundary(within.min(block.text.len())));
    Anchor { block: id, byte }
}

#[expect(clippy::cast_precision_loss, reason = "a share of the way needs no more than 53 bits")]
fn share(before: u64, all: u64) -> f64 {
    if all == 0 { 0.0 } else { (before as f64 / all as f64).clamp(0.0, 1.0) }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the product lies between 0 and `all`, but for the rounding that a share of the way allows"
)]
fn part(fraction: f64, all: u64) -> u64 {
    let fraction = if fraction.is_finite() { fraction.clamp(0.0, 1.0) } else { 0.0 };
    ((all as f64 * fraction) as u64).min(all)
}
