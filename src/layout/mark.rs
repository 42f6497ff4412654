//! Hits on rows: runs are split where a hit starts or ends. Also where in a row a byte stands, and back.

use std::ops::Range;

use super::{Hit, Row, Run};
use crate::text::{self, Safe, width};
use unicode_segmentation::UnicodeSegmentation;

/// Marks the parts of a row that show bytes of `hits`, which are ranges of its block's text. A grapheme that a hit touches
/// is marked whole; where hits overlap, the current one shows.
pub fn mark(row: &mut Row, hits: &[(Range<usize>, Hit)]) {
    if hits.is_empty() {
        return;
    }
    let runs = std::mem::take(&mut row.runs);
    row.runs.reserve(runs.len());
    for run in runs {
        split(run, hits, &mut row.runs);
    }
}

fn split(run: Run, hits: &[(Range<usize>, Hit)], out: &mut Vec<Run>) {
    let Some(source) = run.source.clone() else { return out.push(run) };
    let near: Vec<_> =
        hits.iter().filter(|(hit, _)| hit.start < source.end && source.start < hit.end && !hit.is_empty()).collect();
    if near.is_empty() {
        return out.push(run);
    }
    let hit_at = |range: Range<usize>| {
        let over = near.iter().filter(|(hit, _)| hit.start < range.end && range.start < hit.end);
        over.map(|(_, hit)| *hit).max().unwrap_or_default().max(run.face.hit)
    };
    if !run.is_source() {
        let hit = hit_at(source);
        let mut run = run;
        run.face.hit = hit;
        return out.push(run);
    }
    let mut part: Option<(Range<usize>, Hit)> = None;
    let mut push = |part: Option<(Range<usize>, Hit)>| {
        if let Some((range, hit)) = part {
            let text = Safe::line(text::slice(&run.text, range.start - source.start..range.end - source.start));
            let mut face = run.face.clone();
            face.hit = hit;
            out.push(Run { text, face, source: Some(range), filler: false });
        }
    };
    for (at, grapheme) in run.text.grapheme_indices(true) {
        let range = source.start + at..source.start + at + grapheme.len();
        let hit = hit_at(range.clone());
        part = match part {
            Some((before, same)) if same == hit => Some((before.start..range.end, hit)),
            other => {
                push(other);
                Some((range, hit))
            }
        };
    }
    push(part);
}

impl Run {
    /// Whether its text is its bytes of the document, so that offsets in one are offsets in the other. Otherwise it is
    /// one grapheme, drawn as something else.
    fn is_source(&self) -> bool {
        self.source.as_ref().is_some_and(|source| source.len() == self.text.len())
    }
}

impl Row {
    /// The column at which `byte` of the block's text is drawn; `None` when the row does not draw it.
    pub fn column_of(&self, byte: usize) -> Option<usize> {
        let mut column = 0;
        for run in &self.runs {
            if let Some(source) = run.source.as_ref().filter(|source| source.contains(&byte)) {
                let before = if run.is_source() { byte - source.start } else { 0 };
                let grapheme = run.text.grapheme_indices(true).take_while(|(at, _)| *at <= before).last();
                let before = grapheme.map_or(0, |(at, _)| at);
                return Some(column + width::width(text::head(&run.text, before)));
            }
            column += run.text.width();
        }
        None
    }

    /// The byte of the block's text that is drawn at `column`; `None` for decoration and right of the text.
    pub fn byte_at(&self, column: usize) -> Option<usize> {
        let mut left = column;
        for run in &self.runs {
            let columns = run.text.width();
            if left < columns {
                let source = run.source.as_ref()?;
                let (before, _) = width::cut(&run.text, left);
                return Some(source.start + if run.is_source() { before.len() } else { 0 });
            }
            left -= columns;
        }
        None
    }
}
