//! Numbers of lines in the margin, as manuscripts for review and papers of courts have them. They are no part of the text and
//! are taken off the pages before anything else looks at them.
//!
//! A table or a list may count its rows as well. What tells them apart: line numbers stand beside all lines of a page or
//! every fifth, in a column of their own at its edge, and they are small, or what they count is prose, without the gaps of a
//! table.

use super::page::{Page, Word};

/// So many numbers of a page tell.
const LINES: usize = 8;

/// How far the edges of a column of numbers may be apart, in sizes of the font.
const EDGE: f64 = 0.35;

/// The least room between a number and its line, in sizes of the font.
const ROOM: f64 = 0.4;

/// What is wider than this, in sizes of the font, stands between columns, and not between words.
const GAP: f64 = 2.5;

/// What is small, beside the size of the text.
const SMALL: f64 = 0.8;

/// On which side of the text numbers stand, and the end by which they are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Way {
    left: bool,
    by_end: bool,
}

/// A number at the edge of a line.
struct Number {
    /// Its place among the words of the page.
    word: usize,
    value: u32,
    /// Its line.
    line: usize,
}

/// A column of numbers.
struct Margin {
    way: Way,
    edge: f64,
    size: f64,
    /// It counts lines and no rows: it is small, or they are prose.
    sure: bool,
}

/// Takes the numbers of lines off the pages, where most of the pages have them.
pub fn remove(pages: &mut [Page]) {
    let found: Vec<Option<Margin>> = pages.iter().map(margin).collect();
    let long = pages.iter().filter(|page| page.words.len() >= LINES * 4).count();
    let margins: Vec<Margin> = found.into_iter().flatten().collect();
    if margins.iter().filter(|margin| margin.sure).count() * 2 <= long {
        return;
    }
    for page in pages {
        let lines = lines(page);
        let mut out = vec![false; page.words.len()];
        for margin in &margins {
            for number in numbers(page, &lines, margin.way.left) {
                let aligned = |word: &Word| (edge(word, margin.way) - margin.edge).abs() <= EDGE * margin.size;
                if page.words.get(number.word).is_some_and(aligned)
                    && let Some(out) = out.get_mut(number.word)
                {
                    *out = true;
                }
            }
        }
        let mut out = out.into_iter();
        page.words.retain(|_| !out.next().unwrap_or_default());
    }
}

/// The column of numbers of a page that count its lines.
fn margin(page: &Page) -> Option<Margin> {
    let lines = lines(page);
    let ways = [true, false].into_iter().flat_map(|left| [true, false].map(|by_end| Way { left, by_end }));
    ways.filter_map(|way| counted(page, &lines, way)).max_by_key(|(count, _)| *count).map(|(_, margin)| margin)
}

/// The largest column of numbers that is aligned in one way, and how many there are in it, if they count lines.
fn counted(page: &Page, lines: &[Vec<usize>], way: Way) -> Option<(usize, Margin)> {
    let numbers = numbers(page, lines, way.left);
    let at = |number: &Number| page.words.get(number.word).map(|word| (edge(word, way), word.size));
    let mut places: Vec<(f64, f64)> = numbers.iter().filter_map(at).collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    let near = |(x, size): (f64, f64)| places.iter().filter(|(other, _)| (other - x).abs() <= EDGE * size).count();
    let (x, size) = places.iter().copied().max_by_key(|place| near(*place))?;
    let column: Vec<&Number> =
        numbers.iter().filter(|number| at(number).is_some_and(|(other, _)| (other - x).abs() <= EDGE * size)).collect();
    let step = step(&column)?;
    let (first, last) = (column.first()?.line, column.last()?.line);
    // Each line has its number, or every fifth has; a line may be divided by what is raised or lowered in it.
    let covered = column.len() * step >= (last + 1 - first) * 6 / 10;
    let line = |number: &&&Number| {
        lines.get(number.line).is_some_and(|line| is_prose(page, line) || is_small(page, number.word, line))
    };
    let margin = Margin { way, edge: x, size, sure: column.iter().filter(line).count() * 10 >= column.len() * 6 };
    (column.len() >= LINES && covered).then_some((column.len(), margin))
}

/// By how much each number is larger than the one above it, if nearly all are by the same.
fn step(column: &[&Number]) -> Option<usize> {
    let steps = || column.iter().zip(column.iter().skip(1)).map(|(a, b)| b.value.checked_sub(a.value));
    let counts = |step: usize| steps().filter(|by| by.and_then(|by| usize::try_from(by).ok()) == Some(step)).count();
    [1, 5].into_iter().find(|step| counts(*step) * 10 >= steps().count() * 9 && steps().count() > 0)
}

/// Whether the words of a line, but for its number, stand close.
fn is_prose(page: &Page, line: &[usize]) -> bool {
    let words = || line.iter().filter_map(|at| page.words.get(*at));
    let close = |(a, b): (&Word, &Word)| b.x0 - a.x1 <= GAP * a.size || is_number(page, a) || is_number(page, b);
    line.len() >= 4 && words().zip(words().skip(1)).all(close)
}

/// Whether a number is smaller than all else in its line.
fn is_small(page: &Page, number: usize, line: &[usize]) -> bool {
    let size = |at: usize| page.words.get(at).map_or(0.0, |word| word.size);
    line.len() > 1 && line.iter().filter(|at| **at != number).all(|at| size(number) <= SMALL * size(*at))
}

/// The numbers that stand at one edge of the lines, with room before the text.
fn numbers(page: &Page, lines: &[Vec<usize>], left: bool) -> Vec<Number> {
    let number = |(at, line): (usize, &Vec<usize>)| {
        let outer = if left { line.first() } else { line.last() };
        let inner = if left { line.get(1) } else { line.len().checked_sub(2).and_then(|at| line.get(at)) };
        let (outer, inner) = (*outer?, inner.and_then(|at| page.words.get(*at)));
        let word = page.words.get(outer).filter(|word| is_number(page, word))?;
        let room = inner.is_none_or(|inner| {
            let gap = if left { inner.x0 - word.x1 } else { word.x0 - inner.x1 };
            gap >= ROOM * word.size
        });
        Some(Number { word: outer, value: page.letters(word).parse().ok()?, line: at }).filter(|_| room)
    };
    lines.iter().enumerate().filter_map(number).collect()
}

fn is_number(page: &Page, word: &Word) -> bool {
    let letters = page.letters(word);
    (1..=5).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words of a page by their base lines, downwards, each line from left to right.
fn lines(page: &Page) -> Vec<Vec<usize>> {
    let mut words: Vec<(usize, &Word)> = page.words.iter().enumerate().filter(|(_, w)| w.turn == page.turn).collect();
    words.sort_by(|(_, a), (_, b)| a.y.total_cmp(&b.y));
    let mut lines: Vec<(f64, Vec<(usize, &Word)>)> = Vec::new();
    for (at, word) in words {
        match lines.last_mut() {
            Some((y, line)) if word.y - *y <= 0.3 * word.size => line.push((at, word)),
            _ => lines.push((word.y, vec![(at, word)])),
        }
    }
    let sorted = |mut line: Vec<(usize, &Word)>| {
        line.sort_by(|(_, a), (_, b)| a.x0.total_cmp(&b.x0));
        line.into_iter().map(|(at, _)| at).collect()
    };
    lines.into_iter().map(|(_, line)| sorted(line)).collect()
}

fn edge(word: &Word, way: Way) -> f64 {
    if way.by_end { word.x1 } else { word.x0 }
}
