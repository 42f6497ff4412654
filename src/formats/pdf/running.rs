//! Running heads and feet: what stands at the same place on several pages and is the same but for numbers, or counts the
//! pages. It is left out, so that sentences go on over the page.

use std::collections::{HashMap, HashSet};

use super::{measure::Measure, page::Page};

/// Rows from the edge of a page that are looked at.
const ROWS: usize = 3;

/// So many pages make a habit. In a short document, two do.
const PAGES: usize = 3;

/// How much of the page, from its upper and from its lower edge, heads and feet stand in.
const EDGE: f64 = 0.2;

/// Rows that are larger than the text by this much are headings that come again, as on slides.
const LARGE: f64 = 1.25;

/// A row of words near an edge of a page.
struct Row {
    words: Vec<usize>,
    /// Its letters, with `#` for numbers.
    shape: String,
    /// The height at which it stands, in steps of a few points.
    height: i16,
    /// How many pages the numbers with which it begins and ends are ahead of the page.
    ahead: [Option<i64>; 2],
}

/// The words to leave out of every page, by their places among the words of the page.
pub fn find(pages: &[Page], measure: &Measure) -> Vec<HashSet<usize>> {
    let mut left_out: Vec<HashSet<usize>> = pages.iter().map(artifacts).collect();
    for from_top in [true, false] {
        let rows: Vec<Vec<Row>> = pages.iter().map(|page| rows(page, from_top, measure)).collect();
        let mut shapes: HashMap<(&str, i16), usize> = HashMap::new();
        let mut counts: HashMap<i64, usize> = HashMap::new();
        for row in rows.iter().flatten() {
            *shapes.entry((&row.shape, row.height)).or_default() += 1;
        }
        for row in rows.iter().filter_map(|rows| rows.first()) {
            for ahead in row.ahead.iter().flatten() {
                *counts.entry(*ahead).or_default() += 1;
            }
        }
        let habit = if pages.len() <= PAGES { 2 } else { PAGES };
        let counting = (pages.len() / 5).max(PAGES);
        for (rows, left_out) in rows.iter().zip(&mut left_out) {
            for (at, row) in rows.iter().enumerate() {
                let at_height = |step: i16| shapes.get(&(row.shape.as_str(), row.height + step)).copied().unwrap_or(0);
                let again = at_height(-1) + at_height(0) + at_height(1);
                let usual = |ahead: &i64| counts.get(ahead).copied().unwrap_or(0) >= counting;
                let counted = at == 0 && row.ahead.iter().flatten().any(usual);
                if again < habit && !counted {
                    break;
                }
                left_out.extend(&row.words);
            }
        }
    }
    // Numbers that are all there is are the text.
    let rest = pages.iter().zip(&left_out).any(|(page, left_out)| left_out.len() < page.words.len());
    if rest { left_out } else { vec![HashSet::new(); pages.len()] }
}

/// What the file itself calls a head or a foot, unless that is all there is.
fn artifacts(page: &Page) -> HashSet<usize> {
    let marked: HashSet<usize> = page.words.iter().enumerate().filter(|(_, w)| w.artifact).map(|(at, _)| at).collect();
    if marked.len() * 2 > page.words.len() { HashSet::new() } else { marked }
}

/// The rows nearest to an edge, the outermost first.
fn rows(page: &Page, from_top: bool, measure: &Measure) -> Vec<Row> {
    let (_, height) = page.extent(page.turn);
    let within = |y: f64| if from_top { y < height * EDGE } else { y > height * (1.0 - EDGE) };
    let mut words: Vec<usize> = Vec::new();
    for (at, word) in page.words.iter().enumerate() {
        if word.turn == page.turn && within(word.y) {
            words.push(at);
        }
    }
    let place = |at: &usize| page.words.get(*at).map_or((0.0, 0.0, 0.0), |w| (w.y, w.x0, w.size));
    words.sort_by(|a, b| {
        let order = place(a).0.total_cmp(&place(b).0);
        if from_top { order } else { order.reverse() }
    });
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for at in words {
        let (y, _, size) = place(&at);
        let full = rows.len() == ROWS;
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|first| (place(first).0 - y).abs() < 0.35 * size) => row.push(at),
            _ if full => break,
            _ => rows.push(vec![at]),
        }
    }
    let rows = rows.into_iter().map(|mut words| {
        words.sort_by(|a, b| place(a).1.total_cmp(&place(b).1));
        let size = words.iter().map(|at| place(at).2).fold(0.0, f64::max);
        let y = words.first().map_or(0.0, |at| place(at).0);
        let letters: Vec<&str> = words.iter().filter_map(|at| page.words.get(*at)).map(|w| page.letters(w)).collect();
        let ahead = [letters.first(), letters.last()].map(|word| {
            let number: i64 = word?.trim_matches(|c: char| !c.is_alphanumeric()).parse().ok()?;
            (number < 100_000).then(|| number - i64::try_from(page.number).unwrap_or(0))
        });
        (size, Row { shape: shape(&letters), height: super::page::whole(y / 4.0), ahead, words })
    });
    rows.take_while(|(size, _)| *size <= LARGE * measure.body).map(|(_, row)| row).collect()
}

/// The letters of a row in lower case, with `#` for numbers.
fn shape(words: &[&str]) -> String {
    if let [word] = words
        && word.len() <= 7
        && word.chars().all(|c| "ivxlcIVXLC".contains(c))
    {
        return "#".to_owned();
    }
    let mut shape = String::new();
    for c in words.iter().flat_map(|word| word.chars()) {
        match c {
            c if c.is_numeric() => {
                if !shape.ends_with('#') {
                    shape.push('#');
                }
            }
            c => shape.extend(c.to_lowercase()),
        }
    }
    shape
}
