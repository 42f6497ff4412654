//! Tables.
use super::{Row, Setting, prose};
use crate::doc::{Block, BlockId, Table};

/// Rows of a table.
pub(super) fn rows(block: &Block, _table: &Table, id: BlockId, setting: &Setting) -> Vec<Row> {
    prose::rows(block, id, setting)
}
