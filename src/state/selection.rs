//! A selection in the text. It begins as one word, which is moved to where the selection shall begin; the first key that
//! extends it fixes that end, and the unit at the other end goes on by words, sentences or paragraphs. With the mouse it
//! goes by letters, and what was dragged over is copied when the button is let go; two quick presses take the word, three
//! the paragraph.
//!
//! Steps are carried out by `app` ([`Selection::step`]), because only there may the text be read.

use super::{Context, Effect, Motion, Mouse, MouseKind, State};
use crate::{
    doc::{Anchor, Body},
    layout::{Row, Stretch, Unit, unit_after, unit_at, unit_before},
};

/// A selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The unit at which it began. It stays selected.
    pub fixed: Stretch,
    /// The unit that moves; the fixed one until the selection is extended.
    pub moving: Stretch,
    /// Whether it is being extended.
    pub extends: bool,
    /// The column that steps by rows keep to.
    pub column: Option<usize>,
    /// What is still to be carried out.
    pub step: Option<Step>,
}

/// A press of the mouse's button in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// The letter under the pointer.
    pub letter: Stretch,
    /// When, in milliseconds since the start.
    pub at: u64,
    /// How many quick ones this makes at the same letter.
    pub times: usize,
    /// Whether the button is still down.
    pub held: bool,
}

/// Presses that follow each other sooner, in milliseconds, belong together.
const DOUBLE_MS: u64 = 400;

/// A step of a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Begin with the word at a place.
    Begin(Anchor),
    /// By words, to move it or the end that moves.
    Words(isize),
    /// By rows, in the same way.
    Rows(isize),
    /// To the first or the last word of the text, in the same way.
    End(bool),
    /// Extend it by units.
    Extend(Unit, isize),
}

impl Selection {
    /// A selection of the word at a place.
    fn at(place: Anchor) -> Selection {
        Selection {
            fixed: place..place,
            moving: place..place,
            extends: false,
            column: None,
            step: Some(Step::Begin(place)),
        }
    }

    /// What is selected.
    pub fn stretch(&self) -> Stretch {
        self.fixed.start.min(self.moving.start)..self.fixed.end.max(self.moving.end)
    }

    /// Whether it is extended towards the end of the text.
    fn goes_on(&self) -> bool {
        self.moving.start >= self.fixed.start
    }

    /// The place at the end that moves: the last word there, the first one when it moves backwards.
    pub fn tip(&self, body: &dyn Body) -> Anchor {
        let last = || unit_before(body, Unit::Word, self.moving.end).map(|word| word.start);
        let within = |at: &Anchor| *at >= self.moving.start;
        if self.goes_on() { last().filter(within).unwrap_or(self.moving.start) } else { self.moving.start }
    }

    /// Carries a step out. `rows` are those of the page.
    pub fn step(&mut self, step: Step, body: &dyn Body, rows: &[Row]) {
        if !matches!(step, Step::Rows(_)) {
            self.column = None;
        }
        match step {
            Step::Begin(place) => {
                if let Some(word) = unit_at(body, Unit::Word, place) {
                    self.go(word, Unit::Word, body);
                }
            }
            Step::End(last) => {
                let end = |id| Anchor { block: id, byte: usize::MAX };
                let word = if last {
                    body.last().and_then(|id| unit_before(body, Unit::Word, end(id)))
                } else {
                    body.first().and_then(|id| unit_after(body, Unit::Word, Anchor { block: id, byte: 0 }))
                };
                if let Some(word) = word {
                    self.go(word, Unit::Word, body);
                }
            }
            Step::Words(by) => {
                for _ in 0..by.unsigned_abs() {
                    let Some(tip) = unit_at(body, Unit::Word, self.tip(body)) else { return };
                    let Some(word) = next(body, Unit::Word, &tip, by > 0) else { return };
                    self.go(word, Unit::Word, body);
                }
            }
            Step::Rows(by) => {
                if let Some(word) = self.word_in_row(by, body, rows) {
                    self.go(word, Unit::Word, body);
                }
            }
            Step::Extend(unit, by) => self.extend(unit, by, body),
        }
    }

    /// Takes another unit at the end that moves; before the selection is extended, in place of what was selected.
    fn go(&mut self, unit: Stretch, by: Unit, body: &dyn Body) {
        if !self.extends {
            self.fixed = unit.clone();
        } else if self.fixed.start <= unit.start && unit.end <= self.fixed.end && unit != self.fixed {
            // Within what was taken as a whole: of that the far end is left.
            let end = if self.goes_on() {
                unit_at(body, by, self.fixed.start)
            } else {
                unit_before(body, by, self.fixed.end)
            };
            self.fixed = end.unwrap_or_else(|| unit.clone());
        }
        self.moving = unit;
    }

    /// Goes on by units; first to one that is larger than what is selected and stands around its end.
    fn extend(&mut self, unit: Unit, by: isize, body: &dyn Body) {
        for _ in 0..by.unsigned_abs() {
            let Some(here) = unit_at(body, unit, self.tip(body)) else { return };
            let selected = self.stretch();
            let covered = selected.start <= here.start && here.end <= selected.end;
            if !self.extends && !covered {
                self.go(here, unit, body);
                self.extends = true;
                continue;
            }
            self.extends = true;
            let grows = (by > 0) == self.goes_on();
            let taken = if grows && !covered { Some(here) } else { next(body, unit, &here, by > 0) };
            let Some(taken) = taken else { return };
            self.go(taken, unit, body);
        }
    }

    /// The word so many rows on, under the same column; past the page's edge, the first one there.
    fn word_in_row(&mut self, by: isize, body: &dyn Body, rows: &[Row]) -> Option<Stretch> {
        let tip = self.tip(body);
        let shows = |row: &Row| row.block == tip.block && row.range.contains(&tip.byte);
        let at = rows.iter().position(shows)?;
        let column = *self.column.get_or_insert(rows.get(at)?.column_of(tip.byte).unwrap_or(0));
        let has_text = |row: &&Row| row.runs.iter().any(|run| run.source.is_some());
        let nth = by.unsigned_abs().saturating_sub(1);
        let (before, after) = (rows.get(..at).unwrap_or_default(), rows.get(at + 1..).unwrap_or_default());
        let row = match by {
            0 => rows.get(at),
            1.. => after.iter().filter(has_text).nth(nth),
            _ => before.iter().rev().filter(has_text).nth(nth),
        };
        if let Some(row) = row {
            let byte = row.byte_near(column);
            return unit_at(body, Unit::Word, Anchor { block: row.block, byte: byte.start });
        }
        if by > 0 {
            let last = rows.iter().rfind(has_text)?;
            unit_after(body, Unit::Word, Anchor { block: last.block, byte: last.range.end })
        } else {
            let first = rows.iter().find(has_text)?;
            unit_before(body, Unit::Word, Anchor { block: first.block, byte: first.range.start })
        }
    }
}

/// The unit after another, or before it.
fn next(body: &dyn Body, unit: Unit, from: &Stretch, forward: bool) -> Option<Stretch> {
    if forward { unit_after(body, unit, from.end) } else { unit_before(body, unit, from.start) }
}

impl State {
    /// Begins a selection at the current hit, else at the first hit of the page, else with the first word of the page; or
    /// fixes one that is being placed, or takes one that is being extended up again.
    pub(crate) fn select(&mut self) {
        if let Some(selection) = &mut self.reader.selection {
            selection.extends = !selection.extends;
            if !selection.extends {
                selection.fixed = selection.moving.clone();
            }
            return;
        }
        if self.document().is_none() {
            return;
        }
        self.read();
        let Some(page) = self.reader.page.stretch() else {
            return self.say("there is nothing to select on this page");
        };
        let hits = self.reader.hits().iter().map(|(at, _)| *at);
        let hit = self.reader.seek.current.into_iter().chain(hits).find(|at| page.contains(at));
        self.reader.selection = Some(Selection::at(hit.unwrap_or(page.start)));
    }

    /// Asks for a step of the selection.
    pub(crate) fn step_selection(&mut self, step: Step) {
        if let Some(selection) = &mut self.reader.selection {
            selection.step = Some(step);
        }
    }

    /// The other end of the selection moves.
    pub(crate) fn swap_ends(&mut self) {
        if let Some(selection) = &mut self.reader.selection {
            std::mem::swap(&mut selection.fixed, &mut selection.moving);
            selection.extends = true;
            self.reader.motion = Some(Motion::Show(selection.moving.start));
        }
    }

    /// Copies what is selected, which ends the selection; else what the page shows.
    pub(crate) fn copy(&mut self, quoted: bool) -> Vec<Effect> {
        let selected = self.reader.selection.take().map(|selection| selection.stretch());
        let stretch = selected.or_else(|| self.reader.page.stretch());
        stretch.map(|stretch| Effect::CopyPart { stretch, quoted }).into_iter().collect()
    }

    /// The mouse in the text: a press begins, a movement selects, letting go copies.
    pub(crate) fn drag(&mut self, mouse: Mouse) -> Vec<Effect> {
        if self.overlay.is_some() || !matches!(self.context(), Context::Text | Context::Select) {
            return Vec::new();
        }
        match mouse.kind {
            MouseKind::Drag => {
                let pressed = self.reader.pressed.as_ref().filter(|press| press.held && press.times == 1);
                let Some(from) = pressed.map(|press| press.letter.clone()) else { return Vec::new() };
                self.scroll_under(mouse);
                let Some(to) = self.letter_at(mouse) else { return Vec::new() };
                let selection = Selection { fixed: from, moving: to, extends: true, column: None, step: None };
                self.reader.selection = Some(selection);
                Vec::new()
            }
            MouseKind::Release => {
                let held = self.reader.pressed.as_mut().is_some_and(|press| std::mem::take(&mut press.held));
                let Some(selection) = self.reader.selection.as_ref().filter(|_| held) else { return Vec::new() };
                if self.reader.pressed.as_ref().is_some_and(|press| press.times == 1) {
                    // It was dragged: the next press is not its second one.
                    self.reader.pressed = None;
                }
                vec![Effect::CopyPart { stretch: selection.stretch(), quoted: false }]
            }
            _ => Vec::new(),
        }
    }

    /// A press in the text: a selection may begin here, and one that stood ends. Several quick ones select.
    pub(crate) fn press(&mut self, mouse: Mouse) {
        let before = self.reader.pressed.take();
        self.reader.selection = None;
        let Some(letter) = self.letter_at(mouse) else { return };
        let at = self.clock.now;
        let quick = before.filter(|press| press.letter == letter && at.saturating_sub(press.at) < DOUBLE_MS);
        let times = quick.map_or(1, |press| press.times % 3 + 1);
        if times > 1 {
            let step = if times == 2 { Step::Begin(letter.start) } else { Step::Extend(Unit::Paragraph, 1) };
            self.reader.selection = Some(Selection { step: Some(step), ..Selection::at(letter.start) });
        }
        self.reader.pressed = Some(Press { letter, at, times, held: true });
    }

    /// Moves the page while the pointer is above or below it.
    fn scroll_under(&mut self, mouse: Mouse) {
        let text = self.geometry().text;
        if mouse.row < text.y {
            self.scroll(-1);
        } else if mouse.row >= text.y + text.height {
            self.scroll(1);
        }
    }

    /// The letter under the pointer, or the nearest one of its row.
    fn letter_at(&self, mouse: Mouse) -> Option<Stretch> {
        let text = self.geometry().text;
        let row = mouse.row.saturating_sub(text.y).min(text.height.saturating_sub(1));
        let rows = self.reader.page.rows.get(..=row).unwrap_or(&self.reader.page.rows);
        let row = rows.iter().rfind(|row| row.runs.iter().any(|run| run.source.is_some()))?;
        let bytes = row.byte_near(mouse.column.saturating_sub(text.x));
        let place = |byte| Anchor { block: row.block, byte };
        Some(place(bytes.start)..place(bytes.end))
    }
}
