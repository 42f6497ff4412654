//! Where lines end. The first line takes as much as fits, then the next (greedy filling); a line may end where there is a
//! chance ([`super::chances`]), and anywhere between two graphemes (UAX 29) when a word is longer than the line.
//!
//! Running text is broken by the whole paragraph instead ([`super::optimum`]), where it is not too long for that.
//!
//! A grapheme is never torn apart. Spaces at the end of a line belong to it but take no columns.

use std::ops::Range;

use unicode_linebreak::BreakOpportunity;

use super::{breaks::End, chances::chances};
pub(super) use crate::text::is_printable;
use crate::text::{self, Safe, width};

/// Suggests where a word may be parted; drawn only where it is.
pub(super) const SOFT_HYPHEN: char = '\u{AD}';

/// One line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its bytes. The lines of a text follow each other without a gap.
    pub range: Range<usize>,
    /// The bytes that are drawn: without the spaces and the line break at its end.
    pub shown: Range<usize>,
    /// How it ends; a hyphen has room.
    pub end: End,
    /// The text breaks its line here, or ends.
    pub last: bool,
    /// Blanks that make it wider: the byte before which they stand, and how many.
    pub blanks: Vec<(usize, usize)>,
}

/// Breaks `range` of `text` into lines of at most `first` and then `rest` columns. There is at least one line.
pub(super) fn fill(text: &str, range: Range<usize>, first: usize, rest: usize) -> Vec<Line> {
    let mut filler = Filler { text, lines: Vec::new(), start: range.start, used: 0, chance: None, room: first, rest };
    let part = text::slice(text, range.clone());
    let mut chances = chances(part).peekable();
    for cell in cells(part) {
        // Chances within a grapheme (a space that carries an accent) are passed over.
        while chances.next_if(|(at, _)| *at < cell.at).is_some() {}
        let at = range.start + cell.at;
        match chances.next_if(|(chance, _)| *chance == cell.at) {
            Some((_, BreakOpportunity::Mandatory)) => filler.end_line(at, End::Plain, true),
            Some((_, BreakOpportunity::Allowed)) => filler.offer(at),
            None => {}
        }
        filler.take(at, &cell);
    }
    filler.end_line(range.start + part.len(), End::Plain, true);
    filler.lines
}

struct Filler<'t> {
    text: &'t str,
    lines: Vec<Line>,
    /// Where the line being filled starts, and the columns it takes so far.
    start: usize,
    used: usize,
    /// The last place where it may end, the columns up to there, and how it would end.
    chance: Option<(usize, usize, End)>,
    room: usize,
    rest: usize,
}

impl Filler<'_> {
    fn offer(&mut self, at: usize) {
        let hyphen = text::head(self.text, at).ends_with(SOFT_HYPHEN);
        if !hyphen || self.used < self.room {
            self.chance = Some((at, self.used, if hyphen { End::Soft } else { End::Plain }));
        }
    }

    fn take(&mut self, at: usize, cell: &Cell<'_>) {
        if is_space(cell.text) {
            self.used += cell.width;
            return;
        }
        while self.used + cell.width > self.room && self.start < at {
            match self.chance {
                Some((at, used, end)) => {
                    let left = self.used - used;
                    self.end_line(at, end, false);
                    self.used = left;
                }
                None => self.end_line(at, End::Torn, false),
            }
        }
        self.used += cell.width.min(self.room);
    }

    fn end_line(&mut self, at: usize, end: End, last: bool) {
        let range = self.start..at;
        let shown = text::slice(self.text, range.clone()).trim_end().len();
        self.lines.push(Line { shown: self.start..self.start + shown, range, end, last, blanks: Vec::new() });
        self.start = at;
        self.used = 0;
        self.chance = None;
        self.room = self.rest;
    }
}

/// The widest line of `part` when it is broken only where it must be, and its widest word.
pub(super) fn extent(part: &str) -> (usize, usize) {
    let (mut widest, mut word) = (0, 0);
    let (mut line, mut start) = (0, 0);
    for (end, kind) in chances(part) {
        let segment = text::slice(part, start..end);
        let bare = columns_of(segment.trim_end());
        word = word.max(bare);
        widest = widest.max(line + bare);
        line = if kind == BreakOpportunity::Mandatory { 0 } else { line + columns_of(segment) };
        start = end;
    }
    (widest, word)
}

/// One grapheme as it will be drawn.
pub(super) struct Cell<'t> {
    /// Where it starts in the text that [`cells`] was given.
    pub at: usize,
    /// The grapheme of the document.
    pub text: &'t str,
    /// The columns it takes once it is made safe.
    pub width: usize,
}

/// The graphemes of `text`.
pub(super) fn cells(text: &str) -> impl Iterator<Item = Cell<'_>> {
    text::graphemes(text).map(|(at, text)| Cell { at, text, width: columns(text) })
}

/// Columns of one grapheme of a document, once it is made safe.
fn columns(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [byte] if is_printable(*byte) => 1,
        _ if grapheme.chars().all(text::is_plain) => width::grapheme(grapheme),
        _ => Safe::line(grapheme).width(),
    }
}

/// Columns of `part` of a document.
pub(super) fn columns_of(part: &str) -> usize {
    if part.bytes().all(is_printable) { part.len() } else { cells(part).map(|cell| cell.width).sum() }
}

/// Whether it is not drawn at the end of a line.
pub(super) fn is_space(grapheme: &str) -> bool {
    grapheme.chars().all(char::is_whitespace)
}
