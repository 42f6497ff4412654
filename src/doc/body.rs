//! How the blocks of a document are reached.

use std::sync::Arc;

use super::{Block, BlockId};

/// A document's blocks, in order. Positions are in bytes of whatever the body measures itself by, from 0 to `len`: they
/// serve for percents and scroll bars, not as addresses.
///
/// A body may read from a file; an answer takes at most about a millisecond. When the file has shrunk or can't be read
/// any more, `block` and `next` answer `None`.
pub trait Body: Send + Sync {
    /// The first block; `None` when there is none.
    fn first(&self) -> Option<BlockId>;
    /// The last block there is now (a pipe may bring more).
    fn last(&self) -> Option<BlockId>;
    /// The one after `id`.
    fn next(&self, id: BlockId) -> Option<BlockId>;
    /// The one before `id`.
    fn prev(&self, id: BlockId) -> Option<BlockId>;
    /// The block that holds the byte `position`, or the nearest one.
    fn at(&self, position: u64) -> Option<BlockId>;
    /// The block itself.
    fn block(&self, id: BlockId) -> Option<Arc<Block>>;
    /// The position at which `id` starts.
    fn position(&self, id: BlockId) -> u64;
    /// Bytes in all.
    fn len(&self) -> u64;
    /// Whether more may come: a pipe whose other end is open.
    fn growing(&self) -> bool {
        false
    }
    /// Whether all blocks are in memory and numbered from 0, so that they may be kept and put together again.
    fn is_held(&self) -> bool {
        false
    }
    /// Whether there is nothing at all.
    fn is_empty(&self) -> bool {
        self.first().is_none()
    }
}

/// A body that holds its blocks, for parsed formats. The id of a block is its index.
#[derive(Debug, Default)]
pub struct Held {
    blocks: Vec<Arc<Block>>,
    /// Where each block starts, and the end of the last.
    starts: Vec<u64>,
}

impl Held {
    /// Takes the blocks in order.
    pub fn new(blocks: Vec<Block>) -> Held {
        let mut starts = Vec::with_capacity(blocks.len() + 1);
        let mut at = 0u64;
        for block in &blocks {
            starts.push(at);
            at += block.text.len() as u64 + 1;
        }
        starts.push(at);
        Held { blocks: blocks.into_iter().map(Arc::new).collect(), starts }
    }

    fn index(id: BlockId) -> usize {
        usize::try_from(id.0).unwrap_or(usize::MAX)
    }
}

impl Body for Held {
    fn first(&self) -> Option<BlockId> {
        (!self.blocks.is_empty()).then_some(BlockId(0))
    }

    fn last(&self) -> Option<BlockId> {
        (self.blocks.len() as u64).checked_sub(1).map(BlockId)
    }

    fn next(&self, id: BlockId) -> Option<BlockId> {
        let next = BlockId(id.0.checked_add(1)?);
        (next <= self.last()?).then_some(next)
    }

    fn prev(&self, id: BlockId) -> Option<BlockId> {
        let last = self.last()?;
        Some(BlockId(id.0.checked_sub(1)?).min(last))
    }

    fn at(&self, position: u64) -> Option<BlockId> {
        let last = self.last()?;
        let after = self.starts.partition_point(|s| *s <= position);
        Some(BlockId((after as u64).saturating_sub(1)).min(last))
    }

    fn block(&self, id: BlockId) -> Option<Arc<Block>> {
        self.blocks.get(Held::index(id)).cloned()
    }

    fn position(&self, id: BlockId) -> u64 {
        self.starts.get(Held::index(id)).copied().unwrap_or_else(|| self.len())
    }

    fn len(&self) -> u64 {
        self.starts.last().copied().unwrap_or(0)
    }

    fn is_held(&self) -> bool {
        true
    }
}
