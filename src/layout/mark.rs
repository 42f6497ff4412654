//! Hits and tokens on rows: runs are split where one starts or ends. Also where in a row a byte stands, and back.

use std::ops::Range;

use super::{Face, Hit, Row, Run};
use crate::{
    doc::Token,
    text::{self, Safe, width},
};
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

/// Marks what a row shows of the bytes of `part` as selected. Graphemes that it touches are selected whole.
pub fn select(row: &mut Row, part: &Range<usize>) {
    let runs = std::mem::take(&mut row.runs);
    row.runs.reserve(runs.len());
    for run in runs {
        match run.source.clone().filter(|source| part.start < source.end && source.start < part.end) {
            Some(source) => {
                let within = |range: Range<usize>| part.start < range.end && range.start < part.end;
                self::part(run, source, within, |face, selected| face.selected = selected, &mut row.runs);
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
    let own = run.face.hit;
    let hit_at = |range: Range<usize>| {
        let over = near.iter().filter(|(hit, _)| hit.start < range.end && range.start < hit.end);
        over.map(|(_, hit)| *hit).max().unwrap_or_default().max(own)
    };
    part(run, source, hit_at, |face, hit| face.hit = hit, out);
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
            out.push(Run { text, face, source: Some(range), filler: run.filler });
        }
    };
    for (at, grapheme) in run.text.grapheme_indices(true) {
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

    /// The bytes of the grapheme that is drawn at `column`, or of the nearest one to it.
    pub fn byte_near(&self, column: usize) -> Range<usize> {
        let mut at = 0;
        let mut best: Option<(usize, Range<usize>)> = None;
        for run in &self.runs {
            let Some(source) = run.source.clone() else {
                at += run.text.width();
                continue;
            };
            for (start, grapheme) in run.text.grapheme_indices(true) {
                let wide = width::width(grapheme).max(1);
                let off = if column < at { at - column } else { (column + 1).saturating_sub(at + wide) };
                let bytes = if run.is_source() {
                    source.start + start..source.start + start + grapheme.len()
                } else {
                    source.clone()
                };
                if best.as_ref().is_none_or(|(least, _)| off < *least) {
                    best = Some((off, bytes));
                }
                at += width::width(grapheme);
            }
        }
        best.map_or(self.range.clone(), |(_, bytes)| bytes)
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
