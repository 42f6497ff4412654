//! The places at which the lines of a text may end, with the columns up to each, so that the columns of any line are one
//! subtraction. What is wider than a line by itself is cut as a line is filled: from its start, in pieces of the whole room.

use std::ops::Range;

use unicode_linebreak::BreakOpportunity;

use super::{
    chances::chances,
    fill::{SOFT_HYPHEN, cells, is_space},
};
use crate::text;

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Between two words, or where the text breaks its line.
    Plain,
    /// Within what is wider than the room.
    Torn,
    /// At a soft hyphen, which is drawn there.
    Soft,
    /// Between two syllables, with a hyphen that is not in the text.
    Hyphen,
}

impl End {
    /// Whether a hyphen is drawn.
    pub fn hyphen(self) -> bool {
        matches!(self, End::Soft | End::Hyphen)
    }
}

/// A place at which a line may end. The columns and places are those since the start of the text.
#[derive(Clone, Debug)]
pub(super) struct Break {
    /// The first byte of the next line, and the byte after the last one that is drawn on this.
    pub at: usize,
    pub shown: usize,
    /// The columns up to there, without and with the spaces at the end of the line.
    pub bare: usize,
    pub full: usize,
    /// Places that could be made wider: those before a line that ends here, and those that a line which starts here
    /// leaves behind.
    pub inner: usize,
    pub outer: usize,
    pub end: End,
    /// The text itself breaks its line here, or ends.
    pub last: bool,
}

/// The breaks of `range`, the end of it among them. `hyphens` are the places within words that may be used.
pub(super) fn breaks(text: &str, range: Range<usize>, room: usize, hyphens: &[usize]) -> Vec<Break> {
    let part = text::slice(text, range.clone());
    let mut tally = Tally { at: Break::start(range.start), unit: 0, ink: false, blank: false, out: Vec::new() };
    let mut chances = chances(part).peekable();
    let mut hyphens = hyphens.iter().copied().skip_while(|at| *at <= range.start).peekable();
    let mut wide = false;
    for cell in cells(part) {
        while chances.next_if(|(at, _)| *at < cell.at).is_some() {}
        let at = range.start + cell.at;
        while hyphens.next_if(|hyphen| *hyphen < at).is_some() {}
        let hyphen = hyphens.next_if_eq(&at).is_some();
        let chance = chances.next_if(|(chance, _)| *chance == cell.at).map(|(_, chance)| chance);
        let soft = text::head(text, at).ends_with(SOFT_HYPHEN);
        match chance {
            Some(BreakOpportunity::Mandatory) => tally.push(at, End::Plain, true),
            // One for which there is no room is no place to end a line.
            Some(BreakOpportunity::Allowed) if soft && tally.at.full - tally.unit >= room => {}
            Some(BreakOpportunity::Allowed) if soft => tally.push(at, End::Soft, false),
            Some(BreakOpportunity::Allowed) => {
                tally.push(at, End::Plain, false);
                if !tally.blank && (wide || cell.width == 2) && !is_space(cell.text) {
                    tally.widen();
                }
            }
            None if hyphen => tally.push(at, End::Hyphen, false),
            None => {}
        }
        if is_space(cell.text) {
            tally.space(cell.width);
        } else {
            tally.letter(at, at + cell.text.len(), cell.width.min(room), room);
        }
        wide = cell.width == 2;
    }
    tally.push(range.end, End::Plain, true);
    tally.out
}

impl Break {
    /// The start of a text.
    pub fn start(at: usize) -> Break {
        Break { at, shown: at, bare: 0, full: 0, inner: 0, outer: 0, end: End::Plain, last: true }
    }
}

/// A text being counted.
struct Tally {
    /// What stands so far, as if a line could end here.
    at: Break,
    /// The columns before the last place at which a line may end without a hyphen.
    unit: usize,
    /// Whether something that is drawn has come since the line began, and whether spaces have come after it.
    ink: bool,
    blank: bool,
    out: Vec<Break>,
}

impl Tally {
    fn push(&mut self, at: usize, end: End, last: bool) {
        let outer = self.at.inner + usize::from(self.blank && self.ink);
        self.out.push(Break { at, end, last, outer, ..self.at.clone() });
        if end != End::Hyphen {
            self.unit = self.at.full;
        }
        if last {
            (self.ink, self.blank) = (false, false);
            self.at.inner = outer;
        }
    }

    /// The place before this cell, at which a line may end, is one that can be made wider.
    fn widen(&mut self) {
        self.at.inner += 1;
        if let Some(before) = self.out.last_mut() {
            before.outer = self.at.inner;
        }
    }

    fn space(&mut self, width: usize) {
        self.at.full += width;
        self.blank = true;
    }

    fn letter(&mut self, at: usize, end: usize, width: usize, room: usize) {
        if self.at.full + width > self.unit + room && self.at.full > self.unit {
            self.push(at, End::Torn, false);
        }
        if std::mem::take(&mut self.blank) && self.ink {
            self.at.inner += 1;
        }
        self.ink = true;
        self.at.full += width;
        (self.at.bare, self.at.shown) = (self.at.full, end);
    }
}
