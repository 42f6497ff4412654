//! Words to lines: what stands on one base line, with spaces where there are gaps, small letters above it as superscripts, and
//! the cells that wide gaps make.

use std::ops::Range;

use super::{
    columns::median,
    face::Style,
    page::{Page, Word},
    pen::{GAP, is_rtl},
};
use crate::text::words::is_unspaced;

/// A gap that separates cells, in parts of the size.
const CELL: f64 = 1.15;

/// A line of text.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its text.
    pub text: String,
    /// Parts of the text that look alike.
    pub runs: Vec<Run>,
    /// Parts of the text with wide gaps between them.
    pub cells: Vec<Cell>,
    /// Where it begins.
    pub x0: f64,
    /// Where it ends.
    pub x1: f64,
    /// Its base line.
    pub y: f64,
    /// The size of most of its letters.
    pub size: f64,
    /// How wide its first word is.
    pub first: f64,
    /// How most of its letters look.
    pub style: Style,
    /// It begins with a superscript: a footnote does.
    pub noted: bool,
    /// It begins with a letter that is several lines high.
    pub initial: bool,
}

/// A part of a line in one font.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its bytes.
    pub range: Range<usize>,
    /// How it looks.
    pub style: Style,
    /// The link that it stands in, from 1; 0 when in none.
    pub link: u32,
}

/// A part of a line between wide gaps.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its bytes.
    pub range: Range<usize>,
    /// Where it begins.
    pub x0: f64,
    /// Where it ends.
    pub x1: f64,
}

/// The lines of a part of a page, from top to bottom.
pub fn lines(page: &Page, words: &[usize]) -> Vec<Line> {
    let mut words: Vec<&Word> = words.iter().filter_map(|at| page.words.get(*at)).collect();
    words.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Row<'_>> = Vec::new();
    for word in words {
        match rows.last_mut() {
            Some(row) if word.y - row.y < 0.18 * word.size.max(row.size) => row.push(word),
            _ => rows.push(Row { y: word.y, size: word.size, words: vec![word] }),
        }
    }
    let rows = capitals(page, raised(rows));
    rows.into_iter().map(|row| row.line(page)).filter(|line| !line.text.is_empty()).collect()
}

/// Words on one base line.
struct Row<'p> {
    y: f64,
    size: f64,
    words: Vec<&'p Word>,
}

impl<'p> Row<'p> {
    fn push(&mut self, word: &'p Word) {
        if word.size > self.size {
            self.size = word.size;
            self.y = word.y;
        }
        self.words.push(word);
    }

    fn top(&self) -> f64 {
        self.y - 0.75 * self.size
    }

    fn bottom(&self) -> f64 {
        self.y + 0.25 * self.size
    }

    /// How much of the lower of two rows stands beside the other one.
    fn beside(&self, other: &Row<'_>) -> f64 {
        (self.bottom().min(other.bottom()) - self.top().max(other.top())) / self.size.min(other.size)
    }

    /// Whether no word of one stands over a word of the other.
    fn apart(&self, other: &Row<'_>) -> bool {
        const FEW: usize = 64;
        self.words.len() <= FEW
            && other.words.len() <= FEW
            && self
                .words
                .iter()
                .all(|a| other.words.iter().all(|b| a.x1 <= b.x0 + 0.2 * b.size || b.x1 <= a.x0 + 0.2 * a.size))
    }
}

/// Brings small letters above or below a line, and words that stand a little higher or lower, into the line.
fn raised(rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let mut merged: Vec<Row<'_>> = Vec::new();
    for row in rows {
        if let Some(last) = merged.last_mut() {
            let (small, large) = if row.size < last.size { (&row, &*last) } else { (&*last, &row) };
            let overlap = small.beside(large);
            let script = small.size < 0.87 * large.size && overlap > 0.4;
            // The letters of a logo are set over each other.
            let logo = script && small.words.iter().map(|w| w.end - w.start).sum::<usize>() <= 2;
            if logo || (script || overlap > 0.62) && small.apart(large) {
                let (y, size) = (large.y, large.size);
                last.words.extend(row.words);
                (last.y, last.size) = (y, size);
                continue;
            }
        }
        merged.push(row);
    }
    merged
}

/// Puts an initial that is several lines high before the first of them.
fn capitals<'p>(page: &Page, mut rows: Vec<Row<'p>>) -> Vec<Row<'p>> {
    for at in 1..rows.len() {
        let Some(row) = rows.get(at) else { break };
        let Some(first) = row.words.iter().enumerate().min_by(|a, b| a.1.x0.total_cmp(&b.1.x0)) else { continue };
        let (place, initial) = (first.0, *first.1);
        let rest = median(row.words.iter().filter(|w| w.x0 > initial.x0).map(|w| w.size)).unwrap_or(row.size);
        let letters = page.letters(initial);
        if initial.size < 1.8 * rest || letters.chars().count() > 2 || !letters.chars().all(char::is_alphabetic) {
            continue;
        }
        let above =
            rows.iter().take(at).position(|r| r.y > initial.y - 0.8 * initial.size && r.size < 0.6 * initial.size);
        if let Some(row) = rows.get_mut(at)
            && row.words.len() > 1
        {
            row.words.remove(place);
            row.size = rest;
            row.y = row.words.first().map_or(row.y, |w| w.y);
            if let Some(first) = above.and_then(|above| rows.get_mut(above)) {
                first.words.push(initial);
            }
        }
    }
    rows
}

impl<'p> Row<'p> {
    fn line(mut self, page: &Page) -> Line {
        self.words.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let weight = |w: &Word| w.end - w.start;
        // An initial is no measure of its line, nor are superscripts.
        let size = median(self.words.iter().filter(|w| weight(w) > 2 || self.words.len() < 3).map(|w| w.size))
            .unwrap_or(self.size);
        let y = self.words.iter().filter(|w| w.size > 0.87 * size && w.size < 1.5 * size).max_by_key(|w| weight(w));
        let y = y.map_or(self.y, |w| w.y);
        let sum = |f: &dyn Fn(&Word) -> bool| self.words.iter().filter(|w| f(w)).map(|w| weight(w)).sum::<usize>();
        let all = sum(&|_| true);
        let style = Style {
            bold: sum(&|w| w.style.bold) * 10 > all * 9,
            italic: sum(&|w| w.style.italic) * 10 > all * 9,
            mono: sum(&|w| w.style.mono) * 10 > all * 9,
        };
        let rtl = sum(&|w| page.letters(w).chars().any(is_rtl)) * 2 > all;
        let first = if rtl { self.words.last() } else { self.words.first() };
        let mut line = Line {
            x0: self.words.first().map_or(0.0, |w| w.x0),
            x1: self.words.iter().map(|w| w.x1).fold(f64::MIN, f64::max),
            y,
            size,
            first: first.map_or(0.0, |w| w.x1 - w.x0),
            style,
            ..Line::default()
        };
        let spread = spread(page, &self.words);
        if rtl {
            from_right(page, &mut self.words);
        }
        if rtl {
            // Along the line in reading direction, as everything else expects it.
            let (width, _) = page.extent(page.turn);
            (line.x0, line.x1) = (width - line.x1, width - line.x0);
        }
        let mut before: Option<&Word> = None;
        for (at, word) in self.words.iter().enumerate() {
            let raised = word.size < 0.87 * size && word.y < y - 0.15 * size;
            line.noted |= at == 0 && raised;
            line.initial |= at == 0 && word.size > 1.6 * size;
            line.take(page, word, before, spread.get(at).copied().unwrap_or(GAP), raised);
            before = Some(word);
        }
        line
    }
}

impl Line {
    fn take(&mut self, page: &Page, word: &Word, before: Option<&Word>, least: f64, raised: bool) {
        let letters = page.letters(word);
        if let Some(before) = before {
            let gap = if word.x0 >= before.x0 { word.x0 - before.x1 } else { before.x0 - word.x1 };
            let size = if raised { self.size } else { word.size.max(before.size).min(self.size * 1.2) };
            let drop_cap = before.size > 1.6 * self.size;
            let unspaced = self.text.chars().next_back().is_some_and(is_unspaced)
                && letters.chars().next().is_some_and(is_unspaced);
            // From right to left, what was drawn before a word is not what is read before it.
            let drawn = word.spaced && word.x0 >= before.x0;
            let spaced = drawn && !(unspaced && gap < 0.5 * size) || gap > if unspaced { 0.6 } else { least } * size;
            if spaced && !drop_cap && !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            if gap > CELL * self.size {
                self.cells.push(Cell { range: self.text.len()..self.text.len(), x0: word.x0, x1: word.x1 });
            }
        }
        let start = self.text.len();
        match superscript(letters).filter(|_| raised) {
            Some(script) => self.text.push_str(&script),
            None => self.text.push_str(letters),
        }
        let range = start..self.text.len();
        if raised && before.is_none() {
            self.text.push(' ');
        }
        match self.runs.last_mut() {
            Some(run) if run.style == word.style && run.link == word.link => run.range.end = range.end,
            _ => self.runs.push(Run { range: range.clone(), style: word.style, link: word.link }),
        }
        match self.cells.last_mut() {
            Some(cell) => {
                cell.range.end = range.end;
                cell.x0 = cell.x0.min(word.x0);
                cell.x1 = cell.x1.max(word.x1);
            }
            None => self.cells.push(Cell { range, x0: word.x0, x1: word.x1 }),
        }
    }
}

/// The least gap that is a space, before each word, in parts of its size. Where single letters stand apart evenly, they are a
/// word in spaced letters.
fn spread(page: &Page, words: &[&Word]) -> Vec<f64> {
    let mut least = vec![GAP; words.len()];
    let single = |w: &Word| page.letters(w).chars().count() == 1;
    let mut at = 0;
    while at < words.len() {
        let run = words.iter().skip(at).take_while(|w| single(w)).count();
        if run >= 4 {
            let part = words.get(at..at + run).unwrap_or_default();
            let gaps = || part.windows(2).filter_map(|p| Some((p.last()?.x0 - p.first()?.x1) / p.last()?.size));
            let drawn = part.iter().skip(1).filter(|w| w.spaced).count();
            if let Some(middle) = median(gaps()).filter(|m| *m < 1.0 && drawn * 2 < run) {
                let even = gaps().filter(|gap| (gap - middle).abs() < 0.5 * middle).count();
                if even * 3 > run * 2 {
                    least.iter_mut().skip(at + 1).take(run - 1).for_each(|l| *l = middle * 1.6);
                }
            }
        }
        at += run.max(1);
    }
    least
}

/// Words in reading order, for a line from right to left: runs of the other direction keep theirs.
fn from_right(page: &Page, words: &mut Vec<&Word>) {
    words.reverse();
    let ltr = |w: &&Word| page.letters(w).chars().any(char::is_alphanumeric) && !page.letters(w).chars().any(is_rtl);
    let mut at = 0;
    while at < words.len() {
        let run = words.iter().skip(at).take_while(|w| ltr(w)).count();
        if let Some(run) = words.get_mut(at..at + run) {
            run.reverse();
        }
        at += run.max(1);
    }
}

/// Numbers as the superscripts that Unicode has. Anything else is left as it is.
fn superscript(letters: &str) -> Option<String> {
    let up = |c: char| {
        Some(match c {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4'..='9' => char::from_u32(u32::from(c) - u32::from('4') + 0x2074)?,
            '+' => '⁺',
            '-' | '−' => '⁻',
            ',' | '*' | '†' | '‡' | '§' | '¶' => c,
            _ => return None,
        })
    };
    letters.chars().map(up).collect()
}
