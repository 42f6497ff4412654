//! The order in which a page is read: its columns, one after the other, and what stands above and below them over the whole
//! width.
//!
//! A gutter is a strip of white that runs beside many lines, with text on both of its sides. The tallest one splits the words
//! into what is above it, left, right and below; each of these is looked at in the same manner (Breuel, 2002, finds columns by
//! their white space in this way). The gaps of a table or of a list are no gutters: what is beside a gutter reads as text.

use super::page::{Page, Word};

/// Parts of a gutter's least width: the width is 0.8 of the size of the text, which is what two columns have at least.
const SLICES: usize = 4;

/// Slices of a page, so that its work is bounded whatever the sizes on it.
const MAX_SLICES: usize = 4096;

/// Lines beside a gutter, on each side.
const LINES: usize = 4;

/// Splits within splits.
const DEPTH: usize = 16;

/// Gutters that are looked at closely before a part of the page is taken to be one column.
const TRIES: usize = 24;

/// The words, in parts that are read one after the other; in each, lines go from top to bottom.
pub fn order(page: &Page, words: Vec<usize>) -> Vec<Vec<usize>> {
    let mut parts = Vec::new();
    // The part to be read first is the last.
    let mut open = vec![(words, 0)];
    while let Some((words, depth)) = open.pop() {
        match Some(depth).filter(|d| *d < DEPTH).and_then(|_| Gutter::find(page, &words)) {
            Some(gutter) => {
                let split = gutter.split(page, words);
                open.extend(split.into_iter().rev().filter(|part| !part.is_empty()).map(|part| (part, depth + 1)));
            }
            None => parts.push(words),
        }
    }
    parts
}

/// A strip of white.
struct Gutter {
    x: f64,
    top: f64,
    bottom: f64,
    em: f64,
}

impl Gutter {
    fn find(page: &Page, words: &[usize]) -> Option<Gutter> {
        let mut words: Vec<&Word> = words.iter().filter_map(|at| page.words.get(*at)).collect();
        words.sort_by(|a, b| a.top().total_cmp(&b.top()));
        if words.len() < 4 * LINES {
            return None;
        }
        let em = median(words.iter().map(|w| w.size))?;
        let left = words.iter().map(|w| w.x0).fold(f64::MAX, f64::min);
        let right = words.iter().map(|w| w.x1).fold(f64::MIN, f64::max);
        let top = words.iter().map(|w| w.top()).fold(f64::MAX, f64::min);
        let bottom = words.iter().map(|w| w.bottom()).fold(f64::MIN, f64::max);
        let step = (em * 0.2).max((right - left) / 4000.0);
        let slice =
            |x: f64| usize::try_from(super::page::whole((x - left) / step).max(0)).unwrap_or(0).min(MAX_SLICES - 1);
        let count = slice(right) + 1;
        let mut covered: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (at, word) in words.iter().enumerate() {
            for cover in covered.iter_mut().take(slice(word.x1 - step * 0.5) + 1).skip(slice(word.x0)) {
                cover.push(at);
            }
        }
        let margin = 3.0 * em;
        let (mut found, mut inside): (Vec<Gutter>, Vec<usize>) = (Vec::new(), Vec::new());
        for (at, window) in covered.windows(SLICES).enumerate() {
            let x = left + (f64::from(u32::try_from(at).unwrap_or(0)) + f64::from(2u8)) * step;
            if x < left + margin || x > right - margin {
                continue;
            }
            // By their places, which are in order from the top.
            inside.clear();
            inside.extend(window.iter().flatten());
            inside.sort_unstable();
            inside.dedup();
            let mut free = top;
            for word in inside.iter().filter_map(|at| words.get(*at)) {
                push(&mut found, Gutter { x, top: free, bottom: word.top(), em });
                free = free.max(word.bottom());
            }
            push(&mut found, Gutter { x, top: free, bottom, em });
        }
        // The tallest first; of those that are as tall, the one in the middle of its strip.
        found.sort_by(|a, b| b.height().total_cmp(&a.height()).then(a.top.total_cmp(&b.top)).then(a.x.total_cmp(&b.x)));
        let strips = found.chunk_by(|a, b| {
            (a.height() - b.height()).abs() < 0.5 && (a.top - b.top).abs() < 0.5 && (b.x - a.x).abs() < step * 1.5
        });
        let middles = strips.filter_map(|strip| strip.get(strip.len() / 2));
        let gutter = middles.take(TRIES).find(|gutter| gutter.parts_text(page, &words, bottom - top))?;
        Some(Gutter { ..*gutter })
    }

    fn height(&self) -> f64 {
        self.bottom - self.top
    }

    fn beside(&self, word: &Word) -> bool {
        let middle = (word.top() + word.bottom()) / 2.0;
        self.top <= middle && middle <= self.bottom
    }

    /// Whether there is running text on both sides, or lines that have nothing to do with each other beside the whole height.
    fn parts_text(&self, page: &Page, words: &[&Word], height: f64) -> bool {
        let beside = words.iter().filter(|w| self.beside(w));
        let (left, right): (Vec<&Word>, Vec<&Word>) = beside.partition(|w| w.x0 < self.x);
        let (left, right) = (Side::of(page, left, self.em), Side::of(page, right, self.em));
        if left.rows.len() < LINES - 1 || right.rows.len() < LINES - 1 || !left.is_text() || !right.is_text() {
            return false;
        }
        left.is_column(self.em) && right.is_column(self.em)
            || self.height() > 0.9 * height && left.strange_to(&right, self.em)
    }

    /// What is above, left, right and below.
    fn split(&self, page: &Page, words: Vec<usize>) -> [Vec<usize>; 4] {
        let [mut above, mut left, mut right, mut below] = [const { Vec::new() }; 4];
        for at in words {
            let Some(word) = page.words.get(at) else { continue };
            let middle = (word.top() + word.bottom()) / 2.0;
            let part = match () {
                () if middle < self.top => &mut above,
                () if middle > self.bottom => &mut below,
                () if word.x0 < self.x => &mut left,
                () => &mut right,
            };
            part.push(at);
        }
        self.lift(page, &mut above, &mut left, &mut right);
        if !below.is_empty() {
            self.give(page, &mut left, &right, &mut below);
        }
        [above, left, right, below]
    }

    /// A few short lines at the top, with white below them in both columns, head them both: the authors of an article.
    fn lift(&self, page: &Page, above: &mut Vec<usize>, left: &mut Vec<usize>, right: &mut Vec<usize>) {
        const ROWS: usize = 6;
        let of = |words: &[usize]| Side::of(page, words.iter().filter_map(|at| page.words.get(*at)).collect(), self.em);
        let (a, b) = (of(left), of(right));
        let mut heights: Vec<f64> = a.rows.iter().chain(&b.rows).map(|row| row.2).collect();
        heights.sort_by(f64::total_cmp);
        heights.dedup_by(|a, b| (*a - *b).abs() < 0.4 * self.em);
        let gap = heights.windows(2).take(ROWS).find_map(|pair| match pair {
            [a, b] if b - a > 2.2 * self.em => Some((a + b) / 2.0),
            _ => None,
        });
        let Some(limit) = gap else { return };
        let head = |side: &Side| Side {
            rows: side.rows.iter().copied().filter(|row| row.2 < limit).collect(),
            letters: 0,
            signs: 0,
            characters: 0,
            mono: 0,
        };
        let widest = |side: &Side| side.rows.iter().map(|r| r.1 - r.0).fold(0.0, f64::max);
        let short = |side: &Side| !head(side).rows.is_empty() && widest(&head(side)) < 0.8 * widest(side);
        if short(&a) && short(&b) {
            let y = |at: &usize| page.words.get(*at).map_or(0.0, |w| w.y);
            above.extend(left.extract_if(.., |at| y(at) < limit));
            above.extend(right.extract_if(.., |at| y(at) < limit));
        }
    }

    /// A line or two that end the left column far below the right one's end, after a gap, head what is below both.
    fn give(&self, page: &Page, left: &mut Vec<usize>, right: &[usize], below: &mut Vec<usize>) {
        let y = |at: &usize| page.words.get(*at).map_or(0.0, |w| w.y);
        let end = right.iter().map(y).fold(f64::MIN, f64::max);
        let mut heights: Vec<f64> = left.iter().map(y).collect();
        heights.sort_by(f64::total_cmp);
        heights.dedup_by(|a, b| (*a - *b).abs() < 0.4 * self.em);
        let gap = heights.windows(2).rposition(|pair| matches!(pair, [a, b] if b - a > 1.7 * self.em));
        let Some((from, rest)) = gap.and_then(|at| Some((*heights.get(at + 1)?, heights.len() - at - 1))) else {
            return;
        };
        if rest <= 2 && from > end + 0.5 * self.em {
            let limit = from - 0.4 * self.em;
            below.splice(0..0, left.extract_if(.., |at| y(at) >= limit));
        }
    }
}

/// Keeps a strip that is tall enough to be a gutter.
fn push(found: &mut Vec<Gutter>, gutter: Gutter) {
    if gutter.height() > gutter.em * 4.0 {
        found.push(gutter);
    }
}

/// What is on one side of a gutter.
struct Side {
    /// Where its rows begin and end, and their base lines.
    rows: Vec<(f64, f64, f64)>,
    letters: usize,
    signs: usize,
    characters: usize,
    mono: usize,
}

impl Side {
    fn of(page: &Page, mut words: Vec<&Word>, em: f64) -> Side {
        words.sort_by(|a, b| a.y.total_cmp(&b.y));
        let mut side = Side { rows: Vec::new(), letters: 0, signs: 0, characters: 0, mono: 0 };
        for word in &words {
            let text = page.letters(word);
            let count = text.chars().count();
            side.letters += text.chars().filter(|c| c.is_alphabetic()).count();
            side.signs += text.chars().filter(|c| !c.is_alphanumeric()).count();
            side.characters += count;
            side.mono += if word.style.mono { count } else { 0 };
            match side.rows.last_mut() {
                Some(row) if word.y - row.2 < 0.5 * em => *row = (row.0.min(word.x0), row.1.max(word.x1), word.y),
                _ => side.rows.push((word.x0, word.x1, word.y)),
            }
        }
        side
    }

    fn is_text(&self) -> bool {
        self.letters * 2 > self.characters - self.signs && self.mono * 2 < self.characters
    }

    /// How much of its width its lines fill.
    fn filled(&self) -> f64 {
        let left = self.rows.iter().map(|r| r.0).fold(f64::MAX, f64::min);
        let width = (self.rows.iter().map(|r| r.1).fold(f64::MIN, f64::max) - left).max(1.0);
        median(self.rows.iter().map(|r| (r.1 - r.0) / width)).unwrap_or(0.0)
    }

    /// Whether words fill lines as a column of text does; cells, markers and page numbers do not.
    fn is_column(&self, em: f64) -> bool {
        let left = self.rows.iter().map(|r| r.0).fold(f64::MAX, f64::min);
        let right = self.rows.iter().map(|r| r.1).fold(f64::MIN, f64::max);
        self.rows.len() >= LINES
            && right - left >= 8.0 * em
            && self.filled() >= if self.rows.len() >= 12 { 0.35 } else { 0.55 }
            && self.characters >= 10 * self.rows.len()
    }

    /// Whether most of its lines stand beside lines of the other side, but few of them level with one, as those of a table
    /// would.
    fn strange_to(&self, other: &Side, em: f64) -> bool {
        let near = |row: &(f64, f64, f64), by: f64| {
            let at = other.rows.partition_point(|o| o.2 < row.2 - by * em);
            other.rows.get(at).is_some_and(|o| o.2 < row.2 + by * em)
        };
        let level = self.rows.iter().filter(|row| near(row, 0.15)).count();
        let beside = self.rows.iter().filter(|row| near(row, 1.2)).count();
        level * 5 < self.rows.len() * 2 && beside * 3 > self.rows.len() * 2
    }
}

/// The one in the middle.
pub fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
