//! Lines broken by the whole paragraph (Knuth and Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience
//! 11, 1981): every line has demerits for how far it is from what it should be, and of all ways to break the paragraph
//! the one is taken whose lines have the fewest in all. A line is never too wide.
//!
//! As there, words are parted only if the paragraph can't be set well without: first it is broken between its words, and
//! again, with hyphens, if a line then is too loose. The columns of a terminal neither shrink nor stretch by less than one,
//! so a line has the blanks that it lacks, and how bad that is goes by the places among which they are shared.

use std::{cmp::Reverse, iter, ops::Range};

use super::{
    breaks::{Break, End, breaks},
    fill::Line,
    hyphens::Hyphens,
};

/// Added to the badness of every line, so that of ways that are equally good the one with fewer lines is taken.
const LINE: u64 = 10;
/// The badness of a line in which every place is doubled, and the most that any has.
const DOUBLED: u64 = 100;
const WORST: u64 = 10_000;
/// Demerits of a soft hyphen, of one that is not in the text, and of that in text whose right edge is free anyway.
const SOFT: u64 = 50 * 50;
const HYPHEN: u64 = 100 * 100;
const RAGGED_HYPHEN: u64 = 800 * 800;
/// Demerits of a second hyphen under another, and of one before the last line.
const LADDER: u64 = 10_000;
const BEFORE_LAST: u64 = 5_000;

/// A line starts at most so many places before it ends; there are more only where most of them take no columns.
const WINDOW: usize = 1_000;

/// How a paragraph is to be broken.
pub(super) struct Aim<'t> {
    /// Columns of each line.
    pub room: usize,
    /// Whether the lines are to be equally wide.
    pub justify: bool,
    /// What parts words.
    pub hyphens: Hyphens,
    /// Where no word is parted.
    pub kept: &'t [Range<usize>],
}

impl Aim<'_> {
    /// Breaks `range` of `text`; `None` when it can't be said how.
    pub fn lines(&self, text: &str, range: Range<usize>) -> Option<Vec<Line>> {
        let whole = breaks(text, range.clone(), self.room, &[]);
        let (mut lines, mut from) = (Vec::new(), Break::start(range.start));
        for paragraph in whole.split_inclusive(|at| at.last) {
            let end = paragraph.last()?;
            let mut best = self.best(&from, paragraph)?;
            if best.loose && self.hyphens.any() {
                let range = from.at..end.at;
                let places = self.hyphens.places(text, range.clone(), self.kept);
                let parted = breaks(text, range, self.room, &places);
                best = self.best(&Break::start(from.at), &parted)?;
            }
            lines.append(&mut best.lines);
            from = end.clone();
        }
        Some(lines)
    }

    /// The lines with the fewest demerits from a place to the last of `breaks`.
    fn best(&self, from: &Break, breaks: &[Break]) -> Option<Best> {
        let places: Vec<&Break> = iter::once(from).chain(breaks).collect();
        // The demerits up to each place, and the place before it on the best way there.
        let mut ways: Vec<Option<(u64, usize)>> = vec![Some((0, 0))];
        for (at, to) in places.iter().enumerate().skip(1) {
            let near = places.iter().zip(&ways).enumerate().rev().take(WINDOW);
            let near = near.take_while(|(_, (from, _))| to.bare.saturating_sub(from.full) <= self.room);
            let ways_here = near.filter_map(|(before, (from, way))| {
                let (demerits, _) = (*way)?;
                Some((demerits + self.demerits(from, to, at + 1 == places.len())?, before))
            });
            // Of ways that are equally good, the one with the fuller lines first, as a line at a time would have it.
            let best = ways_here.min_by_key(|(demerits, before)| (*demerits, Reverse(*before)));
            ways.push(best);
        }
        let (mut lines, mut loose, mut at) = (Vec::new(), false, places.len() - 1);
        while at > 0 {
            let (_, before) = (*ways.get(at)?)?;
            let (from, to) = (places.get(before)?, places.get(at)?);
            let (slack, places) = (self.slack(from, to)?, self.places(from, to));
            loose |= !to.last && slack > if self.justify { places } else { 2 * places };
            lines.push(Line {
                range: from.at..to.at,
                shown: from.at..to.shown.max(from.at),
                end: to.end,
                last: to.last,
                blanks: Vec::new(),
            });
            at = before;
        }
        lines.reverse();
        Some(Best { lines, loose })
    }

    /// How bad a line would be; `None` when it has no room.
    fn demerits(&self, from: &Break, to: &Break, last: bool) -> Option<u64> {
        let (slack, places) = (self.slack(from, to)? as u64, self.places(from, to) as u64);
        let badness = match (last, places) {
            (true, _) => 0,
            (_, 0) => slack.min(1) * WORST,
            (_, places) => (DOUBLED * slack.pow(3) / places.pow(3)).min(WORST),
        };
        let hyphen = match to.end {
            End::Plain | End::Torn => 0,
            End::Soft => SOFT,
            End::Hyphen if self.justify => HYPHEN,
            End::Hyphen => RAGGED_HYPHEN,
        };
        let ladder = if from.end.hyphen() && to.end.hyphen() { LADDER } else { 0 };
        let before_last = if from.end.hyphen() && last { BEFORE_LAST } else { 0 };
        Some((LINE + badness).pow(2) + hyphen + ladder + before_last)
    }

    /// The columns that a line leaves free.
    fn slack(&self, from: &Break, to: &Break) -> Option<usize> {
        let columns = to.bare.saturating_sub(from.full) + usize::from(to.end.hyphen());
        self.room.checked_sub(columns)
    }

    /// Among how many places these are shared. Where the right edge is free, a sixth of the line counts as well set, as
    /// three ems do in the paper.
    fn places(&self, from: &Break, to: &Break) -> usize {
        if self.justify { to.inner.saturating_sub(from.outer) } else { (self.room / 6).max(1) }
    }
}

/// The best lines of a paragraph, and whether one of them is too loose.
struct Best {
    lines: Vec<Line>,
    loose: bool,
}
