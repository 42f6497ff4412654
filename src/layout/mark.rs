//! Hits and tokens on rows: runs are split where one starts or ends.

use std::ops::Range;

use super::{Face, Hit, Row, Run};
use crate::{
    doc::Token,
    text::{self, Safe},
};

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

/// Marks what a row shows of the bytes of `part` as selected. Graphemes that it touches are selected whole.
pub fn select(row: &mut Row, part: &Range<usize>) {
    let runs = std::mem::take(&mut row.runs);
    row.runs.reserve(runs.len());
    for run in runs {
        match run.source.clone().filter(|source| part.start < source.end && source.start < part.end) {
            Some(source) => {
                let within = |range: Range<usize>| part.start < range.end && range.start < part.end;
                self::part(run, source, within, |face, selected| face.lit.selected = selected, &mut row.runs);
            }
            None => row.runs.push(run),
        }
    }
}

/// Gives the parts of a row that show bytes of `tokens`, which stand apart and in order, the face of their token.
pub fn paint(row: &mut Row, tokens: &[(Range<usize>, Token)]) {
    let first = |byte: usize| tokens.partition_point(|(range, _)| range.end <= byte);
    let runs = std::mem::take(&mut row.runs);
    row.runs.reserve(runs.len());
    for run in runs {
        let Some(source) = run.source.clone() else {
            row.runs.push(run);
            continue;
        };
        let token_at = |range: Range<usize>| {
            let near = tokens.get(first(range.start)).filter(|(token, _)| token.start < range.end);
            near.map(|(_, token)| *token)
        };
        if tokens.get(first(source.start)).is_none_or(|(token, _)| token.start >= source.end) {
            row.runs.push(run);
        } else {
            part(run, source, token_at, |face, token| face.token = token, &mut row.runs);
        }
    }
}

fn split(run: Run, hits: &[(Range<usize>, Hit)], out: &mut Vec<Run>) {
    let Some(source) = run.source.clone() else { return out.push(run) };
    let near: Vec<_> =
        hits.iter().filter(|(hit, _)| hit.start < source.end && source.start < hit.end && !hit.is_empty()).collect();
    if near.is_empty() {
        return out.push(run);
    }
    let own = run.face.lit.hit;
    let hit_at = |range: Range<usize>| {
        let over = near.iter().filter(|(hit, _)| hit.start < range.end && range.start < hit.end);
        over.map(|(_, hit)| *hit).max().unwrap_or_default().max(own)
    };
    part(run, source, hit_at, |face, hit| face.lit.hit = hit, out);
}

/// Parts a run where what its graphemes are changes; `set` gives each part its face.
fn part<T: Copy + PartialEq>(
    run: Run,
    source: Range<usize>,
    what: impl Fn(Range<usize>) -> T,
    set: impl Fn(&mut Face, T),
    out: &mut Vec<Run>,
) {
    if !run.is_source() {
        let mut run = run;
        set(&mut run.face, what(source));
        return out.push(run);
    }
    let mut part: Option<(Range<usize>, T)> = None;
    let mut push = |part: Option<(Range<usize>, T)>| {
        if let Some((range, same)) = part {
            let text = Safe::line(text::slice(&run.text, range.start - source.start..range.end - source.start));
            let mut face = run.face.clone();
            set(&mut face, same);
            out.push(Run { text, face, source: Some(range), ..run.clone() });
        }
    };
    for (at, grapheme) in text::graphemes(&run.text) {
        let range = source.start + at..source.start + at + grapheme.len();
        let here = what(range.clone());
        part = match part {
            Some((before, same)) if same == here => Some((before.start..range.end, same)),
            other => {
                push(other);
                Some((range, here))
            }
        };
    }
    push(part);
}
