//! How far wide code and tables have to be moved so that a place in them is seen.

use crate::{
    doc::{Anchor, Document, Kind},
    layout::{Setting, lay},
    text::{self, width},
};

/// Columns by which a table is moved to look for a place in it, and how often.
const STEP: usize = 16;
const STEPS: usize = 64;
/// Characters of a word that are to be seen.
const WORD: usize = 16;

/// The columns to move by: as now where the place is seen, else back to the left or as few as will do.
pub(super) fn sideways(document: &Document, at: Anchor, setting: &Setting) -> usize {
    let now = setting.sideways;
    let Some(block) = document.body.block(at.block).filter(|_| !setting.wrap) else { return now };
    let table = matches!(block.kind, Kind::Table(_));
    if !table && !block.keeps_lines() {
        return now;
    }
    // The word that begins there, or as much of it as a narrow pane may show.
    let word = text::tail(&block.text, at.byte).split_whitespace().next().unwrap_or_default();
    let last = at.byte + word.char_indices().take(WORD).last().map_or(0, |(last, _)| last);
    let sees = |sideways: &usize| {
        let rows = lay(&block, at.block, &Setting { sideways: *sideways, ..setting.clone() });
        let shows = |byte: usize| {
            let mut runs = rows.iter().flat_map(|row| &row.runs);
            runs.any(|run| run.source.as_ref().is_some_and(|source| source.contains(&byte)))
        };
        shows(at.byte) && shows(last)
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
