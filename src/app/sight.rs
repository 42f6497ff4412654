//! How far wide code and tables have to be moved so that a place in them is seen.

use crate::{
    doc::{Anchor, Document, Kind},
    layout::{Setting, lay},
    text::{self, width},
};

/// Columns by which a table is moved to look for a place in it, and how often.
const STEP: usize = 16;
const STEPS: usize = 64;

/// The columns to move by: as now where the place is seen, else back to the left or as few as will do.
pub(super) fn sideways(document: &Document, at: Anchor, setting: &Setting) -> usize {
    let now = setting.sideways;
    let Some(block) = document.body.block(at.block).filter(|_| !setting.wrap) else { return now };
    let table = matches!(block.kind, Kind::Table(_));
    if !table && !block.keeps_lines() {
        return now;
    }
    let sees = |sideways: &usize| {
        let rows = lay(&block, at.block, &Setting { sideways: *sideways, ..setting.clone() });
        let holds = |row: &crate::layout::Row| {
            row.runs.iter().any(|run| run.source.as_ref().is_some_and(|source| source.contains(&at.byte)))
        };
        rows.iter().any(holds)
    };
    if table {
        let steps = (0..STEPS).map(|step| step * STEP);
        return std::iter::once(now).chain(steps).find(sees).unwrap_or(now);
    }
    // With some of what stands before it.
    let line = text::head(&block.text, at.byte).rsplit('\n').next().unwrap_or_default();
    let far = width::width(line).saturating_sub(setting.measure / 2);
    [now, 0, far].into_iter().find(sees).unwrap_or(now)
}
