//! A line and what can be told of it by itself: where it starts, how wide it is, whether columns stand in it. Nothing here
//! looks at a neighbour or knows of blocks.

use crate::text::{self, width::width, words::is_unspaced};

/// Columns that a tab goes on to.
const TAB: usize = 8;

/// One line of a chunk.
#[derive(Clone, Copy, Debug)]
pub struct Line<'t> {
    /// The line less what the nesting takes from its start and blanks at its end.
    pub raw: &'t str,
    /// The line without blanks at either end.
    pub body: &'t str,
    /// The column at which the body starts.
    pub indent: usize,
    /// The column at which it ends.
    pub end: usize,
    /// The byte of the chunk's text at which the line starts.
    pub at: usize,
    /// How much it looks like columns: 2 for each gap of three blanks or a tab, 1 for two blanks that end no sentence.
    gaps: usize,
    drawn: bool,
}

impl<'t> Line<'t> {
    /// Measures a line that starts at byte `at` of its chunk.
    pub fn new(raw: &'t str, at: usize) -> Line<'t> {
        let raw = raw.trim_end();
        let body = raw.trim_start();
        let indent = columns(text::head(raw, raw.len() - body.len()));
        Line { raw, body, indent, end: indent + width(body), at, gaps: gaps(body), drawn: is_drawn(body) }
    }

    /// The line less its first `bytes`.
    pub fn skip(&self, bytes: usize) -> Line<'t> {
        Line::new(text::tail(self.raw, bytes), self.at + bytes)
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.body.is_empty()
    }

    /// The column after its first word; in scripts without spaces, after its first character.
    pub fn first_word(&self) -> usize {
        match self.body.chars().next() {
            Some(c) if is_cjk(c) => 2,
            _ => self.body.split_whitespace().next().map_or(0, width),
        }
    }

    /// Whether columns stand in it: a wide gap, several narrow ones, a tab between words, a row of dots to a number.
    pub fn has_columns(&self) -> bool {
        self.gaps >= 2 || has_leader(self.body)
    }

    /// Whether blanks stand in it that end no sentence.
    pub fn has_gap(&self) -> bool {
        self.gaps > 0
    }

    /// Whether it is drawn rather than written: box drawing, `|` as borders, `+--`, mostly signs.
    pub fn is_drawn(&self) -> bool {
        self.drawn
    }

    /// Whether its first letter is a capital one; `None` when it starts with no letter that has a case.
    pub fn starts_upper(&self) -> Option<bool> {
        let first = self.body.chars().find(|c| c.is_alphanumeric())?;
        (first.is_uppercase() || first.is_lowercase()).then_some(first.is_uppercase())
    }
}

/// The lines of a text, with a form feed counted as a blank line and lone carriage returns as line ends when there are no
/// others.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let (mut out, mut at) = (Vec::new(), 0);
    for raw in text.split_inclusive(end) {
        let before = raw.len() - raw.trim_start_matches(['\x0c', '\x0b']).len();
        if before > 0 {
            out.push(Line::new("", at));
        }
        out.push(Line::new(text::tail(raw, before), at + before));
        at += raw.len();
    }
    out
}

/// Columns of a line's leading blanks.
fn columns(blanks: &str) -> usize {
    blanks.chars().fold(0, |at, c| match c {
        '\t' => at / TAB * TAB + TAB,
        '\u{3000}' => at + 2,
        '\u{feff}' | '\r' => at,
        _ => at + 1,
    })
}

/// See [`Line::gaps`]. Of a closing quotation mark in UTF-8, the last byte tells.
fn gaps(body: &str) -> usize {
    let bytes = body.as_bytes();
    if memchr::memchr(b'\t', bytes).is_none() && memchr::memmem::find(bytes, b"  ").is_none() {
        return 0;
    }
    let (mut score, mut run, mut before) = (0, 0usize, b' ');
    for b in body.bytes() {
        match b {
            b' ' => run += 1,
            b'\t' => run += 3,
            _ => {
                if run > 1 {
                    let sentence = matches!(
                        before,
                        b'.' | b'?' | b'!' | b':' | b';' | b'"' | b'\'' | b')' | b',' | b'_' | 0x99 | 0x9D
                    );
                    score += match run {
                        2 => usize::from(!sentence),
                        3 if sentence => 0,
                        _ => 2,
                    };
                }
                run = 0;
                before = b;
            }
        }
    }
    score
}

fn is_drawn(body: &str) -> bool {
    let is_sign = |b: u8| b.is_ascii_punctuation() && !matches!(b, b'.' | b',' | b'"' | b'\'' | b'(' | b')');
    let (signs, all) = (count(body, is_sign), count(body, |b| !b.is_ascii_whitespace()));
    let bars = if signs == 0 { 0 } else { count(body, |b| b == b'|') };
    // Most lines are words, and are told at a glance.
    if signs == 0 && body.is_ascii() {
        return false;
    }
    (bars >= 2 && (body.starts_with('|') || body.contains(" | ")))
        || (all >= 4 && signs * 2 > all)
        || (signs >= 2 && (body.contains("+-") || body.contains("-+")))
        || body.chars().any(|c| matches!(c, '\u{2500}'..='\u{259F}'))
}

/// How many bytes are of a kind: so many at a time that a byte counts them, which lets the processor do many at once.
fn count(text: &str, is: impl Fn(u8) -> bool) -> usize {
    let pieces = text.as_bytes().chunks(usize::from(u8::MAX));
    pieces.map(|piece| usize::from(piece.iter().fold(0u8, |count, b| count + u8::from(is(*b))))).sum()
}

/// `Introduction ........ 3`, `Introduction . . . . 3`: a line of a table of contents.
fn has_leader(body: &str) -> bool {
    let last = body.as_bytes().last();
    let ends_in_number = last.is_some_and(|b| b.is_ascii_digit() || matches!(b, b'i' | b'v' | b'x'));
    ends_in_number && (body.contains("....") || body.contains(". . .") || body.contains("___"))
}

/// Characters beside which a line may end without a space having stood there.
pub fn is_cjk(c: char) -> bool {
    is_unspaced(c)
        || !c.is_alphanumeric() && matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF65}' | '\u{30FB}')
}
