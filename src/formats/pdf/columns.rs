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
        let words: Vec<&Word> = words.iter().filter_map(|at| page.words.get(*at)).collect();
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
        let mut by_top: Vec<usize> = (0..words.len()).collect();
        let word_top = |at: &usize| words.get(*at).map_or(0.0, |w| w.top());
        by_top.sort_by(|a, b| word_top(a).total_cmp(&word_top(b)));
        for at in by_top {
            let Some(word) = words.get(at) else { continue };
            for cover in covered.iter_mut().take(slice(word.x1 - step * 0.5) + 1).skip(slice(word.x0)) {
                cover.push(at);
            }
        }
        let margin = 6.0 * em;
        let mut found: Vec<Gutter> = Vec::new();
        for (at, window) in covered.windows(SLICES).enumerate() {
            let x = left + (f64::from(u32::try_from(at).unwrap_or(0)) + f64::from(2u8)) * step;
            if x < left + margin || x > right - margin {
                continue;
            }
            let mut inside: Vec<usize> = window.iter().flatten().copied().collect();
            inside.sort_by(|a, b| word_top(a).total_cmp(&word_top(b)));
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
        let gutter = middles.take(TRIES).find(|gutter| gutter.parts_text(page, &words))?;
        Some(Gutter { ..*gutter })
    }

    fn height(&self) -> f64 {
        self.bottom - self.top
    }

    fn beside(&self, word: &Word) -> bool {
        let middle = (word.top() + word.bottom()) / 2.0;
        self.top <= middle && middle <= self.bottom
    }

    /// Whether there is running text on both sides.
    fn parts_text(&self, page: &Page, words: &[&Word]) -> bool {
        let beside = words.iter().filter(|w| self.beside(w));
        let (left, right): (Vec<&Word>, Vec<&Word>) = beside.partition(|w| w.x0 < self.x);
        reads_as_column(page, left, self.em) && reads_as_column(page, right, self.em)
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
        if !below.is_empty() {
            self.give(page, &mut left, &right, &mut below);
        }
        [above, left, right, below]
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

/// Whether words fill lines as a column of text does; cells, markers and page numbers do not.
fn reads_as_column(page: &Page, mut words: Vec<&Word>, em: f64) -> bool {
    words.sort_by(|a, b| a.y.total_cmp(&b.y));
    let (mut rows, mut y): (Vec<(f64, f64)>, f64) = (Vec::new(), f64::MIN);
    let (mut letters, mut all, mut mono) = (0, 0, 0);
    for word in &words {
        let text = page.letters(word);
        letters += text.chars().filter(|c| c.is_alphabetic()).count();
        all += text.chars().count();
        mono += if word.style.mono { text.chars().count() } else { 0 };
        match rows.last_mut() {
            Some(row) if word.y - y < 0.5 * em => *row = (row.0.min(word.x0), row.1.max(word.x1)),
            _ => rows.push((word.x0, word.x1)),
        }
        y = word.y;
    }
    let left = rows.iter().map(|r| r.0).fold(f64::MAX, f64::min);
    let right = rows.iter().map(|r| r.1).fold(f64::MIN, f64::max);
    let Some(filled) = median(rows.iter().map(|r| (r.1 - r.0) / (right - left).max(1.0))) else { return false };
    rows.len() >= LINES
        && right - left >= 8.0 * em
        && filled >= if rows.len() >= 12 { 0.35 } else { 0.55 }
        && all >= 10 * rows.len()
        && letters * 2 > all
        && mono * 2 < all
}

/// The one in the middle.
pub fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
