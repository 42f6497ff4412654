//! The part of a row that is seen when the row is moved sideways.

use std::ops::Range;

use super::{Row, Run, fill};
use crate::text::{self, Safe};

/// Leaves of a row the columns `seen`, counted from the end of its margin, and notes whether there is more on either side.
/// `text` is the block's. Of a wide character that is cut a blank is left.
pub(super) fn crop(row: &mut Row, margin: usize, seen: &Range<usize>, text: &str) {
    let mut out: Vec<Run> = Vec::with_capacity(row.runs.len());
    let mut column = 0;
    for run in std::mem::take(&mut row.runs) {
        let (start, width) = (column, run.text.width());
        column += width;
        if column <= margin {
            out.push(run);
            continue;
        }
        let (start, end) = (start.saturating_sub(margin), column - margin);
        let is_seen = !run.text.trim().is_empty();
        row.clipped.0 |= is_seen && start < seen.start;
        row.clipped.1 |= is_seen && end > seen.end;
        if seen.start <= start && end <= seen.end {
            out.push(run);
        } else if start < seen.end && seen.start < end {
            cut(&run, start, seen, text, &mut out);
        }
    }
    row.runs = out;
}

/// The part of a run that begins at column `start`.
fn cut(run: &Run, start: usize, seen: &Range<usize>, text: &str, out: &mut Vec<Run>) {
    // Cells that are the bytes of the text stay so; one that is drawn otherwise is one grapheme.
    let verbatim = run.source.as_ref().filter(|source| text::slice(text, (*source).clone()) == run.text.as_str());
    let source = |cell: Range<usize>| match verbatim {
        Some(source) => Some(source.start + cell.start..source.start + cell.end),
        None => run.source.clone(),
    };
    let piece = |text: Safe, source| Run { text, source, ..run.clone() };
    let mut whole: Option<Range<usize>> = None;
    let mut column = start;
    for cell in fill::cells(&run.text) {
        let (from, to) = (column, column + cell.width);
        column = to;
        let bytes = cell.at..cell.at + cell.text.len();
        if seen.start <= from && to <= seen.end {
            whole = Some(whole.map_or(bytes.start, |whole| whole.start)..bytes.end);
            continue;
        }
        let left = to.min(seen.end).saturating_sub(from.max(seen.start));
        if left > 0 {
            let before = whole.take();
            out.extend(before.map(|part| piece(Safe::line(text::slice(&run.text, part.clone())), source(part))));
            out.push(piece(Safe::from(" ".repeat(left)), source(bytes)));
        }
    }
    out.extend(whole.map(|part| piece(Safe::line(text::slice(&run.text, part.clone())), source(part))));
}
