//! A page as words with places. Its text is one string, so that a word is small: a book has half a million of them.

use std::collections::{BTreeSet, HashMap};

use hayro_font::kurbo::Point;

use super::face::Style;
use crate::text;

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// Its number, from 1.
    pub number: usize,
    /// Points from left to right.
    pub width: f64,
    /// Points from top to bottom.
    pub height: f64,
    /// The letters of all its words.
    pub text: String,
    /// The words, as they are drawn.
    pub words: Vec<Word>,
    /// How many glyphs there are.
    pub glyphs: usize,
    /// How many of them nothing tells the letters of.
    pub unknown: usize,
    /// Whether words were left out of which nothing tells a letter.
    pub untold: bool,
    /// The way in which most of the text is turned, in degrees to the right.
    pub turn: i16,
}

/// A word, or a part of one.
#[derive(Clone, Debug)]
pub struct Word {
    /// Where its letters start in the text of the page.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// Where it begins in its line.
    pub x0: f64,
    /// Where it ends.
    pub x1: f64,
    /// Its base line, counted downwards.
    pub y: f64,
    /// The size of its font.
    pub size: f64,
    /// How it is turned, in degrees to the right.
    pub turn: i16,
    /// How it looks.
    pub style: Style,
    /// A space was drawn before it.
    pub spaced: bool,
    /// It is part of a running head or foot, as the file says.
    pub artifact: bool,
    /// The link that it stands in, from 1; 0 when in none.
    pub link: u32,
}

impl Word {
    /// Where its letters are highest.
    pub fn top(&self) -> f64 {
        self.y - 0.75 * self.size
    }

    /// Where they are lowest.
    pub fn bottom(&self) -> f64 {
        self.y + 0.25 * self.size
    }
}

impl Page {
    /// An empty page.
    pub fn new(number: usize, width: f64, height: f64) -> Page {
        Page { number, width, height, ..Page::default() }
    }

    /// The letters of a word.
    pub fn letters(&self, word: &Word) -> &str {
        text::slice(&self.text, word.start..word.end)
    }

    /// A place on the page, along a text that is turned so and across it, from where the page begins for it.
    pub fn along(&self, turn: i16, at: Point) -> (f64, f64) {
        let (sin, cos) = f64::from(turn).to_radians().sin_cos();
        let x = at.x * cos + at.y * sin;
        let y = at.y * cos - at.x * sin;
        // The corner of the page that comes first.
        let low = |a: f64, b: f64| a.min(0.0) + b.min(0.0);
        let from = (low(self.width * cos, self.height * sin), low(self.height * cos, -self.width * sin));
        (x - from.0, y - from.1)
    }

    /// The extent of the page along a text that is turned so, and across it.
    pub fn extent(&self, turn: i16) -> (f64, f64) {
        let (sin, cos) = f64::from(turn).to_radians().sin_cos();
        ((self.width * cos).abs() + (self.height * sin).abs(), (self.height * cos).abs() + (self.width * sin).abs())
    }

    /// Whether a word stands on the page, and not beside it.
    pub fn holds(&self, word: &Word) -> bool {
        let (width, height) = self.extent(word.turn);
        let (x, y) = ((word.x0 + word.x1) / 2.0, word.y - word.size * 0.3);
        (-1.0..=width + 1.0).contains(&x) && (-1.0..=height + 1.0).contains(&y)
    }

    /// The words in a rectangle of the page are of a link.
    pub fn link(&mut self, a: Point, b: Point, link: u32) {
        let turns: BTreeSet<i16> = self.words.iter().map(|word| word.turn).collect();
        for turn in turns {
            let (a, b) = (self.along(turn, a), self.along(turn, b));
            let (x, y) = ((a.0.min(b.0), a.0.max(b.0)), (a.1.min(b.1), a.1.max(b.1)));
            for word in self.words.iter_mut().filter(|word| word.turn == turn) {
                let middle = ((word.x0 + word.x1) / 2.0, word.y - 0.25 * word.size);
                if (x.0..=x.1).contains(&middle.0) && (y.0..=y.1).contains(&middle.1) {
                    word.link = link;
                }
            }
        }
    }

    /// Finds the way in which most of the text is turned.
    pub fn settle(&mut self) {
        let mut turns: HashMap<i16, usize> = HashMap::new();
        for word in &self.words {
            *turns.entry(word.turn).or_default() += word.end - word.start;
        }
        let most = turns.into_iter().max_by_key(|(turn, letters)| (*letters, -turn));
        self.turn = most.map_or(0, |(turn, _)| turn);
    }
}

/// The nearest whole number. Places on a page are small; what is not is cut.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and a place beyond is off the page")]
pub fn whole(x: f64) -> i16 {
    x.round() as i16
}
