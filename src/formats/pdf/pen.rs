//! Glyphs to words, in the order in which they are drawn. Glyphs that touch are one word; where a space was drawn or a gap is
//! wide, another begins. A word that changes its font in the middle comes as several, which touch.
//!
//! Places are given along the text: `x` grows in reading direction and `y` from line to line, whichever way the text is turned
//! on the page, so that all that comes later reads lines from left to right and from top to bottom.

use std::collections::HashMap;

use hayro_font::kurbo::{Point, Vec2};
use unicode_normalization::{UnicodeNormalization as _, char::compose};

use super::{
    face::Style,
    page::{Page, Word},
};
use crate::{formats::bounds, text};

/// A gap wider than this part of the size separates words. Words of a justified line are squeezed to 0.2 at least, and the
/// widest kerning is 0.1.
pub const GAP: f64 = 0.15;

/// How far a glyph may reach back over the one before it: an accent that is drawn over its letter.
const BACK: f64 = 0.8;

/// A glyph and its place on the page.
pub struct Glyph {
    /// Where it starts on its base line.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    /// From its base line to its height.
    pub up: Vec2,
    /// How it looks.
    pub style: Style,
    /// It is part of a running head or foot, as the file says.
    pub artifact: bool,
    /// It is written downwards.
    pub vertical: bool,
}

/// Gathers the words of a page.
pub struct Pen {
    page: Page,
    open: Option<Open>,
    /// A space was drawn since the last word.
    spaced: bool,
    /// Words by their hash, to leave out what is drawn twice for being bold.
    seen: HashMap<String, Vec<(f64, f64)>>,
}

/// The word in the making.
struct Open {
    word: Word,
    text: String,
    rtl: bool,
    /// Where its last glyph is.
    last: (f64, f64),
}

impl Pen {
    /// Over an empty page.
    pub fn new(page: Page) -> Pen {
        Pen { page, open: None, spaced: true, seen: HashMap::new() }
    }

    /// The page with its words.
    pub fn finish(mut self) -> Page {
        self.close();
        self.page
    }

    /// Draws a glyph that stands for `letters`; `silent` when it may stand for none, its neighbours having its letters.
    pub fn draw(&mut self, letters: &str, glyph: &Glyph, silent: bool) {
        let size = glyph.up.hypot();
        let sane = (0.1..=10_000.0).contains(&size) && glyph.from.is_finite() && glyph.to.is_finite();
        if !sane || self.page.words.len() >= bounds::PAGE_WORDS {
            return;
        }
        if letters.chars().all(char::is_whitespace) && !(silent && letters.is_empty()) {
            if !letters.is_empty() {
                self.close();
                self.spaced = true;
            }
            return;
        }
        let turn = turn(glyph);
        let (from, to) = (self.page.along(turn, glyph.from), self.page.along(turn, glyph.to));
        let (x0, x1) = (from.0.min(to.0), from.0.max(to.0));
        if letters.contains('\u{fffd}') {
            self.page.unknown += 1;
        }
        self.page.glyphs += 1;
        let here = Word {
            start: 0,
            end: 0,
            x0,
            x1,
            y: from.1,
            size,
            turn,
            style: glyph.style,
            spaced: self.spaced,
            artifact: glyph.artifact,
            link: 0,
        };
        let rtl = letters.chars().any(is_rtl);
        if let Some(open) = &mut self.open {
            if open.takes(&here, letters, rtl) {
                return;
            }
            self.close();
        }
        let here = Word { spaced: self.spaced, ..here };
        self.spaced = false;
        if !letters.is_empty() {
            self.open = Some(Open { word: here, text: letters.to_owned(), rtl, last: (x0, x1) });
        }
    }

    fn close(&mut self) {
        let Some(Open { mut word, text, .. }) = self.open.take() else { return };
        if !self.page.holds(&word) {
            return;
        }
        let Some(text) = told(text) else {
            self.page.untold = true;
            return;
        };
        // Letters are made bold, or given a shadow, by drawing them twice.
        let near = word.size * 0.2;
        let twice = |drawn: &Vec<(f64, f64)>| {
            drawn.iter().rev().take(64).any(|(x, y)| (x - word.x0).abs() < near && (y - word.y).abs() < near)
        };
        if self.seen.get(&text).is_some_and(twice) {
            return;
        }
        word.start = self.page.text.len();
        self.page.text.push_str(&text);
        word.end = self.page.text.len();
        self.seen.entry(text).or_default().push((word.x0, word.y));
        self.page.words.push(word);
    }
}

impl Open {
    /// Takes a glyph in, if it is of this word.
    fn takes(&mut self, here: &Word, letters: &str, rtl: bool) -> bool {
        let (word, size) = (&self.word, self.word.size);
        let level = (here.y - word.y).abs();
        let accent = accents(letters).is_some() || self.text.chars().next_back().is_some_and(|c| accent(c).is_some());
        let alike = here.style == word.style && (here.size - size).abs() < 0.08 * size && level < 0.05 * size;
        if here.turn != word.turn || !(alike || accent && level < 0.4 * size) || here.spaced {
            return false;
        }
        let same = (here.x0 - self.last.0).abs() < 0.1 * size && (here.x1 - self.last.1).abs() < 0.1 * size;
        if same && self.text.ends_with(letters) && !letters.is_empty() {
            return true;
        }
        let (right, left) = (here.x0 - word.x1, word.x0 - here.x1);
        let joins = |gap: f64| (-BACK * size..GAP * size).contains(&gap);
        if (rtl || self.rtl) && joins(left) && left.abs() <= right.abs() {
            self.text.push_str(letters);
        } else if joins(right) && self.rtl && !letters.chars().any(char::is_alphanumeric) || joins(right) && rtl {
            // Drawn from left to right, read from right to left.
            self.text.insert_str(0, letters);
        } else if joins(right) && !self.rtl {
            self.push(here, letters);
        } else {
            return false;
        }
        self.rtl |= rtl;
        self.last = (here.x0, here.x1);
        self.word.x0 = self.word.x0.min(here.x0);
        self.word.x1 = self.word.x1.max(here.x1);
        true
    }

    /// Appends letters. An accent that was drawn over a letter, before or after it, becomes one with it.
    fn push(&mut self, here: &Word, letters: &str) {
        let over = self.last.1.min(here.x1) - self.last.0.max(here.x0);
        let covers = |width: f64| over > 0.5 * width.max(0.01);
        if let (Some(last), Some(first)) = (self.text.chars().next_back(), letters.chars().next()) {
            if let Some(mark) = accent(last).filter(|_| covers(self.last.1 - self.last.0)) {
                if let Some(both) = composed(first, mark) {
                    self.text.pop();
                    self.text.push(both);
                    self.text.push_str(text::tail(letters, first.len_utf8()));
                    self.word.y = here.y;
                    return;
                }
            } else if let Some(mark) = accents(letters).filter(|_| covers(here.x1 - here.x0))
                && let Some(both) = composed(last, mark)
            {
                self.text.pop();
                self.text.push(both);
                return;
            }
        }
        self.text.push_str(letters);
        if letters.chars().all(unicode_normalization::char::is_combining_mark) {
            self.text = self.text.nfc().collect();
        }
    }
}

/// A word without letters of which nothing is known: of several in a row one stands for all. `None` when there are no
/// others; where it is one alone it may be a bullet.
fn told(text: String) -> Option<String> {
    const UNKNOWN: char = '\u{fffd}';
    if !text.contains(UNKNOWN) || text.chars().nth(1).is_none() {
        return Some(text);
    }
    let mut told = String::with_capacity(text.len());
    told.extend(text.chars().filter({
        let mut last = None;
        move |c| (last.replace(*c), *c) != (Some(UNKNOWN), UNKNOWN)
    }));
    (told.chars().any(|c| c != UNKNOWN)).then_some(told)
}

/// The degrees by which a text is turned to the right; what is all but level is level.
fn turn(glyph: &Glyph) -> i16 {
    let along = if glyph.vertical { -glyph.up } else { Vec2::new(-glyph.up.y, glyph.up.x) };
    let degrees = along.atan2().to_degrees().round().rem_euclid(360.0);
    let level = (degrees / 90.0).round() * 90.0;
    super::page::whole(if (degrees - level).abs() <= 4.0 { level.rem_euclid(360.0) } else { degrees })
}

/// The combining mark of an accent that TeX draws by itself.
fn accent(c: char) -> Option<char> {
    Some(match c {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '¯' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

fn accents(letters: &str) -> Option<char> {
    let mut all = letters.chars();
    let one = all.next().filter(|_| all.next().is_none())?;
    accent(one)
}

/// A letter with its accent. TeX puts accents over letters that have no dot.
fn composed(letter: char, mark: char) -> Option<char> {
    let letter = match letter {
        'ı' => 'i',
        'ȷ' => 'j',
        c => c,
    };
    compose(letter, mark)
}

/// Letters of scripts that are written from right to left.
pub fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}') && c.is_alphabetic()
}
