//! Running text, reflowed: paragraphs, headings, items, notes; and the two blocks that are hardly more than a sign, a rule
//! and an image.

use std::ops::Range;

use super::{
    Face, Row, Run, Setting,
    fill::{self, Line},
    hyphens::Hyphens,
    ink::Ink,
    justify,
    margin::Margin,
    optimum::Aim,
};
use crate::{
    doc::{Block, BlockId, Kind, SpanKind},
    text::Safe,
};

/// Around the alternative text of an image.
const IMAGE: (&str, &str) = ("[image: ", "]");

/// Longer text is filled line by line: it is hardly read, and lines could not be found much sooner.
const LONG: usize = 16 * 1024;

/// Rows of running text.
pub(super) fn rows(block: &Block, id: BlockId, setting: &Setting) -> Vec<Row> {
    let (ink, margin) = (Ink::of(block, setting), Margin::of(block, setting));
    let heading = matches!(block.kind, Kind::Heading { .. });
    let justify = setting.justify && !heading;
    let lines = lines(block, margin.room, justify, if heading { Hyphens::default() } else { setting.hyphens });
    let rows = lines.into_iter().enumerate().map(|(at, mut line)| {
        if justify {
            line.blanks = justify::blanks(&block.text, &line, margin.room, at % 2 == 1);
        }
        let mut row = row(&ink, &margin, at == 0, line, id);
        row.set(ink.direction, setting.columns());
        row
    });
    rows.collect()
}

/// The lines of a block, by the whole paragraph where that is not too long.
fn lines(block: &Block, room: usize, justify: bool, hyphens: Hyphens) -> Vec<Line> {
    let (text, range) = (&block.text, 0..block.text.len());
    let code = block.spans.iter().filter(|span| span.kind == SpanKind::Code);
    let kept: Vec<Range<usize>> = code.map(|span| span.range.clone()).collect();
    let best = || Aim { room, justify, hyphens, kept: &kept }.lines(text, range.clone());
    let best = if text.len() > LONG { None } else { best() };
    best.unwrap_or_else(|| fill::fill(text, range, room, room))
}

/// An image that stands alone. One that is drawn has its alternative text below, if that says more than the name of its
/// file.
pub(super) fn image(block: &Block, id: BlockId, setting: &Setting) -> Vec<Row> {
    let Some(height) = setting.pictures.get(&id).copied().filter(|height| *height > 0) else {
        return described(block, id, setting);
    };
    let margin = Margin::of(block, setting);
    let row = |at| Row { block: id, runs: margin.runs(at == 0), picture: Some(at), ..Row::default() };
    let mut drawn: Vec<Row> = (0..height).map(row).collect();
    let Kind::Image { source } = &block.kind else { return drawn };
    let (text, name) = (block.text.trim(), file_name(source));
    if text.is_empty() || text == name || name.rsplit_once('.').is_some_and(|(stem, _)| stem == text) {
        if let Some(row) = drawn.last_mut() {
            row.range = 0..block.text.len();
        }
    } else {
        drawn.extend(rows(block, id, setting));
    }
    drawn
}

/// An image that is not drawn: its alternative text, said to be an image where there is room for it.
fn described(block: &Block, id: BlockId, setting: &Setting) -> Vec<Row> {
    let (before, after) = IMAGE;
    let margin = Margin::of(block, setting);
    if margin.room < 2 * before.len() {
        return rows(block, id, setting);
    }
    let ink = Ink::of(block, setting);
    let room = margin.room - after.len();
    let lines = fill::fill(&block.text, 0..block.text.len(), room - before.len(), room);
    let mut rows: Vec<Row> =
        lines.into_iter().enumerate().map(|(at, line)| row(&ink, &margin, at == 0, line, id)).collect();
    let face = Face { emphasis: true, ..Face::default() };
    if let Some(row) = rows.first_mut() {
        row.runs.insert(margin.runs(true).len(), Run::decoration(before, face.clone()));
        if let Kind::Image { source } = &block.kind
            && block.text.trim().is_empty()
        {
            let name = Safe::line(file_name(source)).fit(room - before.len());
            row.runs.extend((!name.is_empty()).then(|| Run::decoration(name, face.clone())));
        }
    }
    if let Some(row) = rows.last_mut() {
        row.runs.push(Run::decoration(after, face));
    }
    rows.iter_mut().for_each(|row| row.set(ink.direction, setting.columns()));
    rows
}

/// What is said of an image that says nothing of itself: the name of its file, if it has one.
fn file_name(source: &str) -> &str {
    let path = source.split(['?', '#']).next().unwrap_or_default();
    if source.starts_with("data:") { "" } else { path.rsplit('/').next().unwrap_or_default() }
}

/// A thematic break: a short line in the middle.
pub(super) fn rule(block: &Block, id: BlockId, setting: &Setting) -> Vec<Row> {
    let margin = Margin::of(block, setting);
    let columns = margin.room.min(3);
    let mut runs = margin.runs(true);
    let before = (margin.room - columns) / 2;
    let line = setting.sign("─", "-").repeat(columns);
    runs.push(Run::decoration(format!("{}{line}", " ".repeat(before)), Face::default()));
    vec![Row { block: id, range: 0..block.text.len(), runs, ..Row::default() }]
}

fn row(ink: &Ink<'_>, margin: &Margin, first: bool, line: Line, id: BlockId) -> Row {
    let mut runs = margin.runs(first);
    ink.line(&line, margin.room, &mut runs);
    Row { block: id, range: line.range, runs, ..Row::default() }
}
