//! Rows from left to right. The runs of a row stand in the order in which they are read; where some of it is read from the
//! right they are drawn in another one ([`bidi`]). A paragraph that is read from the right is set from the right edge of
//! the column, its margin there too.

use std::{borrow::Cow, ops::Range};

use super::{Row, Run};
use crate::text::{
    self, Safe,
    bidi::{self, Direction, Levels},
    width,
};

/// A run where it is drawn.
pub struct Drawn<'r> {
    /// The column at which it begins.
    pub column: usize,
    /// The run.
    pub run: &'r Run,
    /// Its text from left to right.
    pub text: Cow<'r, Safe>,
}

/// A line that is no text of a document, in a direction that is given; its bytes are those of `text`.
pub fn line(text: &Safe, direction: Direction) -> Row {
    let levels = Levels::of(text, direction);
    let runs = levels.parts(0..text.len()).map(|(part, level)| Run {
        text: Safe::from(text::slice(text, part.clone())),
        source: Some(part),
        level,
        ..Run::default()
    });
    Row { range: 0..text.len(), runs: runs.collect(), ..Row::default() }
}

impl Row {
    /// What it shows, from left to right.
    pub fn drawn(&self) -> impl Iterator<Item = Drawn<'_>> {
        let order = bidi::order(&self.runs.iter().map(|run| run.level).collect::<Vec<u8>>());
        let mut column = self.indent;
        order.into_iter().filter_map(|at| self.runs.get(at)).map(move |run| {
            let begins = column;
            column += run.text.width();
            let text =
                if run.is_turned() { Cow::Owned(bidi::drawn(&run.text, run.level)) } else { Cow::Borrowed(&run.text) };
            Drawn { column: begins, run, text }
        })
    }

    /// The column at which `byte` of the block's text is drawn; `None` when the row does not draw it.
    pub fn column_of(&self, byte: usize) -> Option<usize> {
        let holds = |drawn: &Drawn<'_>| drawn.run.source.as_ref().is_some_and(|source| source.contains(&byte));
        let Drawn { column, run, .. } = self.drawn().find(holds)?;
        if !run.is_source() {
            return Some(column);
        }
        let before = byte - run.source.as_ref()?.start;
        let grapheme = text::graphemes(&run.text).take_while(|(at, _)| *at <= before).last();
        let (at, columns) = grapheme.map_or((0, 0), |(at, grapheme)| (at, width::grapheme(grapheme)));
        let before = width::width(text::head(&run.text, at));
        let turned = || run.text.width().saturating_sub(before + columns);
        Some(column + if run.is_turned() { turned() } else { before })
    }

    /// The byte of the block's text that is drawn at `column`; `None` for decoration and beside the text.
    pub fn byte_at(&self, column: usize) -> Option<usize> {
        let here = |drawn: &Drawn<'_>| (drawn.column..drawn.column + drawn.run.text.width()).contains(&column);
        let Drawn { column: begins, run, .. } = self.drawn().find(here)?;
        let into = column - begins;
        let into = if run.is_turned() { run.text.width() - 1 - into } else { into };
        let (before, _) = width::cut(&run.text, into);
        Some(run.source.as_ref()?.start + if run.is_source() { before.len() } else { 0 })
    }

    /// The bytes of the grapheme that is drawn at `column`, or of the nearest one to it.
    pub fn byte_near(&self, column: usize) -> Range<usize> {
        let mut best: Option<(usize, Range<usize>)> = None;
        for Drawn { column: begins, run, .. } in self.drawn() {
            let Some(source) = run.source.clone() else { continue };
            let mut into = 0;
            for (at, grapheme) in text::graphemes(&run.text) {
                let columns = width::grapheme(grapheme);
                let before = if run.is_turned() { run.text.width().saturating_sub(into + columns) } else { into };
                let left = begins + before;
                let off =
                    if column < left { left - column } else { (column + 1).saturating_sub(left + columns.max(1)) };
                if best.as_ref().is_none_or(|(least, _)| off < *least) {
                    let own = source.start + at..source.start + at + grapheme.len();
                    best = Some((off, if run.is_source() { own } else { source.clone() }));
                }
                into += columns;
            }
        }
        best.map_or(self.range.clone(), |(_, bytes)| bytes)
    }

    /// Sets the row as one of a paragraph of this direction, in a column of so many `columns`.
    pub(super) fn set(&mut self, direction: Direction, columns: usize) {
        if direction == Direction::Left && !self.runs.iter().any(|run| run.is_sign() && bidi::has_right(&run.text)) {
            return;
        }
        for run in std::mem::take(&mut self.runs) {
            if !run.is_sign() {
                self.runs.push(run);
                continue;
            }
            let levels = Levels::of(&run.text, direction);
            let parts = levels.parts(0..run.text.len()).map(|(part, level)| Run {
                text: Safe::from(text::slice(&run.text, part)),
                level,
                ..run.clone()
            });
            self.runs.extend(parts);
        }
        if direction == Direction::Right {
            self.indent = columns.saturating_sub(self.width());
            self.clipped = (self.clipped.1, self.clipped.0);
        }
    }
}

impl Run {
    /// Whether it is drawn the other way round.
    pub fn is_turned(&self) -> bool {
        self.level % 2 == 1
    }

    /// Whether its text is its bytes of the document, so that offsets in one are offsets in the other. Otherwise it is
    /// one grapheme, drawn as something else.
    pub(super) fn is_source(&self) -> bool {
        self.source.as_ref().is_some_and(|source| source.len() == self.text.len())
    }

    /// Whether it is a sign of recto's own, whose levels aren't those of a text.
    fn is_sign(&self) -> bool {
        self.source.is_none() && !self.filler && self.level == 0
    }
}
