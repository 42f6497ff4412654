//! The blocks that were laid out lately, in one setting.

use std::{collections::HashMap, sync::Arc};

use super::{Row, Setting, table::Head};
use crate::doc::{Block, BlockId, Kind};

/// Blocks and rows that are kept.
const BLOCKS: usize = 512;
const ROWS: usize = 100_000;

/// Blocks that were laid out.
pub(super) struct Kept {
    /// The setting that they are for.
    setting: Setting,
    blocks: HashMap<BlockId, Laid>,
    rows: usize,
    turn: u64,
}

/// A block laid out: first the blank rows above it.
struct Laid {
    rows: Arc<[Row]>,
    /// Its heading, if it is a table.
    head: Option<Head>,
    bytes: usize,
    manner: Manner,
    used: u64,
}

/// What matters of a block where pages are turned.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Heading,
    /// Running text, from its beginning or after a cut.
    Flows {
        continues: bool,
    },
    Other,
}

impl Kept {
    /// Nothing yet.
    pub fn new() -> Kept {
        Kept { setting: Setting::new(0), blocks: HashMap::new(), rows: 0, turn: 0 }
    }

    /// Keeps what is laid out in this setting; whether it is another one than before.
    pub fn set(&mut self, setting: &Setting) -> bool {
        let other = self.setting != *setting;
        if other {
            self.clear();
            self.setting = setting.clone();
        }
        other
    }

    /// Forgets all of it.
    pub fn clear(&mut self) {
        self.blocks.clear();
        self.rows = 0;
    }

    /// The rows of a block.
    pub fn rows(&mut self, id: BlockId) -> Option<Arc<[Row]>> {
        self.turn += 1;
        let laid = self.blocks.get_mut(&id)?;
        laid.used = self.turn;
        Some(Arc::clone(&laid.rows))
    }

    /// The heading of a block that is a table.
    pub fn head(&self, id: BlockId) -> Option<&Head> {
        self.blocks.get(&id)?.head.as_ref()
    }

    /// Bytes of the text of a block.
    pub fn bytes(&self, id: BlockId) -> Option<usize> {
        self.blocks.get(&id).map(|laid| laid.bytes)
    }

    /// What a block is like.
    pub fn manner(&self, id: BlockId) -> Manner {
        self.blocks.get(&id).map_or(Manner::Other, |laid| laid.manner)
    }

    /// Keeps the rows of a block. When there are too many, the half that was used longest ago goes.
    pub fn keep(&mut self, id: BlockId, block: &Block, rows: Arc<[Row]>, head: Option<Head>) {
        self.rows += rows.len();
        let laid = Laid { rows, head, bytes: block.text.len(), manner: Manner::of(block), used: self.turn };
        self.blocks.insert(id, laid);
        if self.blocks.len() <= BLOCKS && self.rows <= ROWS {
            return;
        }
        let mut used: Vec<u64> = self.blocks.values().map(|laid| laid.used).collect();
        used.sort_unstable();
        let middle = used.get(used.len() / 2).copied().unwrap_or_default();
        self.blocks.retain(|_, laid| laid.used >= middle);
        self.rows = self.blocks.values().map(|laid| laid.rows.len()).sum();
    }
}

impl Manner {
    fn of(block: &Block) -> Manner {
        match block.kind {
            Kind::Heading { .. } => Manner::Heading,
            Kind::Paragraph | Kind::Item { .. } | Kind::Footnote { .. } => Manner::Flows { continues: block.continues },
            _ => Manner::Other,
        }
    }
}
