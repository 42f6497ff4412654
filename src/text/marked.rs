//! One line of text with the parts of it that light up, and what of it there is room for: its beginning, or as much as
//! fits around the first of those parts, so that what was looked for is seen whatever the width.

use std::ops::Range;

use super::{Safe, graphemes, slice, width};

/// A line with marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    text: Safe,
    /// In bytes of the text, in order and apart.
    marks: Vec<Range<usize>>,
    /// Whether what it was taken from goes on before it, and after it.
    goes_on: (bool, bool),
}

impl Marked {
    /// `text` made fit to be drawn, with marks that are given in bytes of it, in order and apart.
    pub fn new(text: &str, marks: &[Range<usize>], goes_on: (bool, bool)) -> Marked {
        let (mut line, mut out, mut at) = (Safe::default(), Vec::with_capacity(marks.len()), 0);
        for mark in marks {
            line.push(&Safe::line(slice(text, at..mark.start)));
            let start = line.len();
            line.push(&Safe::line(slice(text, mark.clone())));
            out.extend((start < line.len()).then_some(start..line.len()));
            at = mark.end;
        }
        line.push(&Safe::line(slice(text, at..text.len())));
        Marked { text: line, marks: out, goes_on }
    }

    /// A line without marks.
    pub fn plain(text: &str) -> Marked {
        Marked::new(text, &[], (false, false))
    }

    /// The text.
    pub fn text(&self) -> &Safe {
        &self.text
    }

    /// The marks, in bytes of the text.
    pub fn marks(&self) -> &[Range<usize>] {
        &self.marks
    }

    /// The text in pieces, and of each whether it lights up.
    pub fn pieces(&self) -> impl Iterator<Item = (Safe, bool)> {
        let ends = self.marks.iter().flat_map(|mark| [(mark.start, false), (mark.end, true)]);
        let mut at = 0;
        ends.chain([(self.text.len(), false)]).filter_map(move |(end, lit)| {
            let piece = slice(&self.text, at..end);
            at = end;
            (!piece.is_empty()).then(|| (Safe::from(piece), lit))
        })
    }

    /// As much of its beginning as fits in `columns`, with `sign` where something was left out.
    pub fn fit(&self, columns: usize, sign: &str) -> Marked {
        self.from(0, 0, columns, sign, &Columns::of(&self.text))
    }

    /// As much as fits in `columns` around the first mark, which is whole if it and two signs fit at all. With a choice,
    /// as many marks as there is room for, then as much as possible of what stands before them.
    pub fn around(&self, columns: usize, sign: &str) -> Marked {
        let cells = Columns::of(&self.text);
        let Some(first) = self.marks.first() else { return self.from(0, 0, columns, sign, &cells) };
        let needed = cells.between(first) + 2 * width::width(sign);
        let before = columns.saturating_sub(needed) / 3;
        let words = self.text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(words).take_while(|at| *at < first.start).chain([first.start]);
        let mut best: Option<(usize, Marked)> = None;
        for start in starts {
            let whole = cells.between(&(start..self.text.len())) + 2 * width::width(sign) <= columns;
            if !whole && start < first.start && cells.between(&(start..first.start)) > before {
                continue;
            }
            let cut = self.from(start, cells.between(first), columns, sign, &cells);
            // One that was cut off at its end is no mark to count.
            let full = cut.marks.iter().zip(&self.marks).filter(|(cut, mark)| cut.len() == mark.len()).count();
            if best.as_ref().is_none_or(|(most, _)| full > *most) {
                best = Some((full, cut));
            }
        }
        best.map(|(_, cut)| cut).unwrap_or_default()
    }

    /// What fits from the byte `start` on, with signs if they leave the `needed` columns.
    fn from(&self, start: usize, needed: usize, columns: usize, sign: &str, cells: &Columns) -> Marked {
        let room_for_signs = needed + 2 * width::width(sign) <= columns;
        let sign = if room_for_signs { sign } else { "" };
        let before = if start > 0 || self.goes_on.0 { sign } else { "" };
        let room = columns.saturating_sub(width::width(before));
        let after = if self.goes_on.1 { sign } else { "" };
        let rest = cells.between(&(start..self.text.len()));
        let (end, after) = if rest + width::width(after) <= room {
            (self.text.len(), after)
        } else {
            (cells.byte(cells.column(start) + room.saturating_sub(width::width(sign))), sign)
        };
        let shown = slice(&self.text, start..end.max(start)).trim_end();
        let end = start + shown.len();
        let moved = |byte: usize| byte.clamp(start, end) - start + before.len();
        let marks = self.marks.iter().map(|mark| moved(mark.start)..moved(mark.end));
        Marked {
            text: Safe::from([before, shown, after].concat()),
            marks: marks.filter(|mark| !mark.is_empty()).collect(),
            goes_on: (false, false),
        }
    }
}

/// Where each grapheme of a text begins: byte and column; and where the last one ends.
struct Columns(Vec<(usize, usize)>);

impl Columns {
    fn of(text: &str) -> Columns {
        let mut column = 0;
        let begins = graphemes(text).map(|(at, grapheme)| {
            let begins = (at, column);
            column += width::grapheme(grapheme);
            begins
        });
        let mut begins: Vec<(usize, usize)> = begins.collect();
        begins.push((text.len(), column));
        Columns(begins)
    }

    /// The column at which a byte is drawn.
    fn column(&self, byte: usize) -> usize {
        let after = self.0.partition_point(|(at, _)| *at < byte);
        self.0.get(after).or(self.0.last()).map_or(0, |(_, column)| *column)
    }

    /// The farthest byte whose column is not beyond this one.
    fn byte(&self, column: usize) -> usize {
        let after = self.0.partition_point(|(_, at)| *at <= column);
        after.checked_sub(1).and_then(|at| self.0.get(at)).map_or(0, |(byte, _)| *byte)
    }

    fn between(&self, bytes: &Range<usize>) -> usize {
        self.column(bytes.end).saturating_sub(self.column(bytes.start))
    }
}
