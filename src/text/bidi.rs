//! Text in the order in which it is drawn (UAX 9, the Unicode bidirectional algorithm). Arabic and Hebrew are stored in the
//! order in which they are read, from the right, with Latin and numbers among them that are read from the left.
//!
//! Everything above keeps text in the order in which it is read, and turns to this when it draws: what is found, marked and
//! copied knows nothing of it. The levels of a text are those of its whole paragraph; its lines are ordered one by one.
//!
//! Nothing in a document is a control: embeddings, overrides and isolates, which [`Safe`] drops, count as not there
//! ("Trojan Source", CVE-2021-42574). The marks that only lend their direction to the signs beside them (LRM, RLM, ALM) count.

use std::ops::Range;

use unicode_bidi::{
    BidiClass, BidiDataSource, BidiInfo, HardcodedBidiData, Level, data_source::BidiMatchedOpeningBracket,
};
use unicode_bidi_mirroring::get_mirrored;
use unicode_segmentation::UnicodeSegmentation;

use super::Safe;

/// From where a paragraph is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From the left, as Latin is.
    #[default]
    Left,
    /// From the right, as Hebrew and Arabic are.
    Right,
}

/// The embedding levels of a text: even where it runs to the right, odd where it runs to the left. A grapheme has one level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// The parts that are not at level 0, in order and apart.
    parts: Vec<(Range<usize>, u8)>,
}

impl Direction {
    /// The direction of a paragraph; left where no letter says.
    pub fn of(text: &str) -> Direction {
        if has_right(text) { Direction::told(text).unwrap_or_default() } else { Direction::Left }
    }

    /// The direction of the first letter that has one (rules P2 and P3).
    pub fn told(text: &str) -> Option<Direction> {
        text.chars().find_map(|c| match Classes::OF_TEXT.bidi_class(c) {
            BidiClass::L => Some(Direction::Left),
            BidiClass::R | BidiClass::AL => Some(Direction::Right),
            _ => None,
        })
    }

    /// The level of a paragraph of this direction.
    pub fn level(self) -> u8 {
        match self {
            Direction::Left => 0,
            Direction::Right => 1,
        }
    }
}

impl Levels {
    /// The levels of a paragraph of this direction. Its line ends don't begin another one.
    pub fn of(text: &str, direction: Direction) -> Levels {
        let mut levels = Levels::default();
        levels.add(text, 0, direction, direction);
        levels
    }

    /// The levels of a program: its ASCII punctuation is read from the left, so that what stands in strings and comments
    /// takes nothing else along (UTS 55, 4.1).
    pub fn of_code(text: &str) -> Levels {
        let mut levels = Levels::default();
        if has_right(text) {
            levels.take(text, 0, (Direction::Left, 0), &Classes { code: true });
        }
        levels
    }

    /// Adds the levels of a paragraph that begins at the byte `start` and stands by itself within a line of the direction
    /// `within`, as a cell of a table does. Paragraphs are added in their order.
    pub fn add(&mut self, text: &str, start: usize, direction: Direction, within: Direction) {
        if direction == Direction::Left && !has_right(text) {
            let plain = if within == Direction::Right { 2 } else { 0 };
            return self.push(start..start + text.len(), plain);
        }
        // What stands by itself is never below the level of its line.
        let raised = if (direction, within) == (Direction::Left, Direction::Right) { 2 } else { 0 };
        self.take(text, start, (direction, raised), &Classes::OF_TEXT);
    }

    fn take(&mut self, text: &str, start: usize, (direction, raised): (Direction, u8), classes: &Classes) {
        let base = Level::new(direction.level()).unwrap_or_else(|_| Level::ltr());
        let info = BidiInfo::new_with_data_source(classes, text, Some(base));
        let blanks = blanks(text, &info.original_classes);
        for (at, grapheme) in text.grapheme_indices(true) {
            let own = info.levels.get(at).map_or(0, Level::number);
            let level = if blanks.binary_search(&at).is_ok() { direction.level() } else { own };
            self.push(start + at..start + at + grapheme.len(), level + raised);
        }
    }

    /// The level at a byte.
    pub fn at(&self, byte: usize) -> u8 {
        let part = self.parts.partition_point(|(part, _)| part.end <= byte);
        self.parts.get(part).filter(|(part, _)| part.contains(&byte)).map_or(0, |(_, level)| *level)
    }

    /// `range` in parts of one level each, in the order of the text.
    pub fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, u8)> + '_ {
        let mut next = self.parts.partition_point(|(part, _)| part.end <= range.start);
        let mut at = range.start;
        std::iter::from_fn(move || {
            if at >= range.end {
                return None;
            }
            let start = at;
            let (end, level) = match self.parts.get(next) {
                Some((part, level)) if part.start <= at => {
                    next += 1;
                    (part.end, *level)
                }
                Some((part, _)) => (part.start, 0),
                None => (range.end, 0),
            };
            at = end.min(range.end);
            Some((start..at, level))
        })
    }

    fn push(&mut self, range: Range<usize>, level: u8) {
        match self.parts.last_mut() {
            _ if level == 0 || range.is_empty() => {}
            Some((last, same)) if *same == level && last.end == range.start => last.end = range.end,
            _ => self.parts.push((range, level)),
        }
    }
}

/// The order from left to right of the parts of a line that have these levels (rule L2).
pub fn order(levels: &[u8]) -> Vec<usize> {
    if levels.iter().all(|level| *level == 0) {
        return (0..levels.len()).collect();
    }
    let levels: Vec<Level> = levels.iter().map(|level| Level::new(*level).unwrap_or_else(|_| Level::ltr())).collect();
    BidiInfo::reorder_visual(&levels)
}

/// Text of one level as it is drawn from left to right: at an odd one its graphemes the other way round, and brackets and
/// their like turned (rules L3 and L4).
pub fn drawn(text: &Safe, level: u8) -> Safe {
    if level.is_multiple_of(2) {
        return text.clone();
    }
    let mut drawn = String::with_capacity(text.len());
    for grapheme in text.graphemes(true).rev() {
        drawn.extend(grapheme.chars().map(|c| get_mirrored(c).unwrap_or(c)));
    }
    let drawn = Safe::from(drawn);
    // A sign that changes the one before it, and has none, would change its neighbour: then all stays as it is read.
    if drawn.width() == text.width() { drawn } else { text.clone() }
}

/// A line by itself as it is drawn, in the order of its own direction.
pub fn line(text: &Safe) -> Safe {
    if !has_right(text) {
        return text.clone();
    }
    let levels = Levels::of(text, Direction::of(text));
    let parts: Vec<(Range<usize>, u8)> = levels.parts(0..text.len()).collect();
    let order = order(&parts.iter().map(|(_, level)| *level).collect::<Vec<u8>>());
    let mut line = Safe::default();
    for (range, level) in order.into_iter().filter_map(|at| parts.get(at)) {
        line.push(&drawn(&Safe::from(super::slice(text, range.clone())), *level));
    }
    line
}

/// Whether anything in a text may run from the right.
pub fn has_right(text: &str) -> bool {
    // Hebrew begins with U+0590: most text is told by its bytes.
    let right = |c: char| {
        matches!(c, '\u{590}'..='\u{8FF}' | '\u{200F}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    };
    text.bytes().any(|byte| byte >= 0xD6) && text.chars().any(right)
}

/// The blanks that are at the level of their paragraph, whatever stands beside them: those at the end of a line, tabs and
/// what is before these (rule L1). As bytes of the text.
fn blanks(text: &str, classes: &[BidiClass]) -> Vec<usize> {
    let mut blanks = Vec::new();
    let mut open = true;
    for (at, _) in text.char_indices().rev() {
        open = match classes.get(at) {
            Some(BidiClass::B | BidiClass::S) => true,
            Some(BidiClass::WS | BidiClass::BN) => open,
            _ => false,
        };
        if open {
            blanks.push(at);
        }
    }
    blanks.reverse();
    blanks
}

/// Unicode's classes of characters, in which no control is one, and a line end ends no paragraph.
struct Classes {
    /// The text is a program.
    code: bool,
}

impl Classes {
    const OF_TEXT: Classes = Classes { code: false };
}

impl BidiDataSource for Classes {
    fn bidi_class(&self, c: char) -> BidiClass {
        match c {
            _ if self.code && c.is_ascii_punctuation() => BidiClass::L,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => BidiClass::BN,
            _ => match HardcodedBidiData.bidi_class(c) {
                BidiClass::B => BidiClass::S,
                class => class,
            },
        }
    }

    fn bidi_matched_opening_bracket(&self, c: char) -> Option<BidiMatchedOpeningBracket> {
        HardcodedBidiData.bidi_matched_opening_bracket(c)
    }
}
