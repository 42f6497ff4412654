//! What a program wrote for a terminal, as text with marks: overstrikes of a typewriter (`man`), SGR (ECMA-48, section
//! 8.3.117, with the 256 and the direct colours of ISO 8613-6), carriage returns that write a line anew. Every other control
//! sequence is dropped whole. No escape character leaves this file.

use std::{borrow::Cow, iter::Peekable, str::Chars};

use super::{chunk::Piece, cut::Edge};
use crate::{
    doc::{Block, Color, Kind, Span, SpanKind},
    text::{self, width::width},
};

/// Whether a text carries styles that only a terminal shows.
pub fn is_styled(text: &str) -> bool {
    styles(text).next().is_some()
}

/// Whether a text is full of them: in one line of fifty, or more. One or two overstrikes are a slip of a keyboard.
pub fn is_mostly_styled(text: &str) -> bool {
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let enough = lines / 50 + 1;
    let strikes = |at: &usize| text::tail(text, *at).starts_with('\u{8}');
    styles(text).take(enough.max(3)).count() >= enough.max(3)
        || styles(text).filter(|at| !strikes(at)).take(enough).count() == enough
}

/// Where overstrikes and SGR stand in a text.
fn styles(text: &str) -> impl Iterator<Item = usize> + '_ {
    let sgr = |at: usize, intro: &str| {
        let params = text::tail(text, at + intro.len())
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ';' | ':'));
        params.starts_with('m')
    };
    let strike = |at: usize| {
        let before = text::head(text, at).chars().next_back();
        let after = text::tail(text, at + 1).chars().next();
        before.is_some() && after.is_some_and(|a| before == Some(a) || before == Some('_') || a == '_')
    };
    // Hardly any text has one; U+009B begins with the byte 0xC2.
    let any = memchr::memchr3(0x1b, 0x08, 0xc2, text.as_bytes()).is_some();
    let controls = if any { text } else { "" }.match_indices(['\u{1b}', '\u{9b}', '\u{8}']);
    controls.map(|(at, _)| at).filter(move |at| {
        let rest = text::tail(text, *at);
        let intro = ["\u{1b}[", "\u{9b}"].into_iter().find(|i| rest.starts_with(i));
        intro.map_or_else(|| rest.starts_with('\u{8}') && strike(*at), |intro| sgr(*at, intro))
    })
}

/// The lines of a chunk as preformatted blocks, one for each group between blank lines. Styles last from line to line.
pub fn blocks(text: &str, before: Edge, after: Edge) -> Vec<Piece> {
    let mut screen = Screen::default();
    let mut out: Vec<Piece> = Vec::new();
    let (mut open, mut at) = (None::<Piece>, 0);
    let total = text.split_inclusive('\n').count();
    for (number, raw) in text.split_inclusive('\n').enumerate() {
        let line = screen.line(raw.trim_end_matches('\n').trim_end_matches('\r'));
        if line.iter().all(|cell| cell.char.is_whitespace() && cell.style == Style::default()) {
            out.extend(open.take());
        } else {
            let continues = out.is_empty() && before != Edge::Blank;
            let piece = open
                .get_or_insert_with(|| Piece { block: Block { continues, ..Block::new(Kind::Preformatted, "") }, at });
            let ends = number + 1 < total || after != Edge::Inside;
            append(&mut piece.block, &line, ends);
        }
        at += raw.len();
    }
    out.extend(open);
    out
}

/// A text that is no terminal's with the few overstrikes in it made out: what was struck last stands, an underscore never.
pub fn plain(text: &str) -> Cow<'_, str> {
    if memchr::memchr(0x08, text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.contains('\u{8}') {
            let ended = line.trim_end_matches(['\n', '\r']);
            out.extend(Screen::default().line(ended).iter().map(|cell| cell.char));
            out.push_str(text::tail(line, ended.len()));
        } else {
            out.push_str(line);
        }
    }
    Cow::Owned(out)
}

/// What a terminal shows of a text, without its styles: escapes are dropped, a line that was written anew is as it was last.
pub fn printed(text: &str) -> String {
    let mut screen = Screen::default();
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let ended = line.trim_end_matches(['\n', '\r']);
        out.extend(screen.line(ended).iter().map(|cell| cell.char));
        out.push_str(if line.ends_with('\n') { "\n" } else { "" });
    }
    out
}

/// The rendition that SGR selects.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Style {
    strong: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reversed: bool,
    struck: bool,
    foreground: Option<Color>,
    background: Option<Color>,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    char: char,
    style: Style,
}

/// The terminal's line and the style that it goes on with.
#[derive(Default)]
struct Screen {
    style: Style,
}

impl Screen {
    fn line(&mut self, raw: &str) -> Vec<Cell> {
        let (mut cells, mut at, mut back): (Vec<Cell>, usize, bool) = (Vec::new(), 0, false);
        let mut chars = raw.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => {
                    if let Some(from) = self.escape(c, &mut chars) {
                        cells.truncate(if from { 0 } else { at });
                        at = at.min(cells.len());
                    }
                }
                '\r' => (at, back) = (0, false),
                '\u{8}' => {
                    at = step_back(&cells, at);
                    // A wide character is backed over with two.
                    if cells.get(at).is_some_and(|cell| columns(cell.char) == 2) {
                        chars.next_if_eq(&'\u{8}');
                    }
                    back = true;
                }
                '\t' => put(&mut cells, &mut at, Cell { char: c, style: self.style }, false),
                c if c.is_control() => {}
                c => put(&mut cells, &mut at, Cell { char: c, style: self.style }, back),
            }
            back = back && c != '\t' && at < cells.len();
        }
        cells
    }

    /// Takes an escape sequence; `Some(whole)` when it erases the rest of the line, or all of it.
    fn escape(&mut self, intro: char, chars: &mut Peekable<Chars<'_>>) -> Option<bool> {
        let kind = match intro {
            '\u{1b}' => chars.next_if(|c| !c.is_control())?,
            '\u{9b}' => '[',
            '\u{9d}' => ']',
            _ => 'P',
        };
        match kind {
            '[' => {
                let mut params = String::new();
                while let Some(c) = chars.next_if(|c| matches!(c, ' '..='?')) {
                    params.push(c);
                }
                match chars.next_if(|c| matches!(c, '@'..='~'))? {
                    'm' => self.style.select(&params),
                    'K' if params.is_empty() || params == "0" => return Some(false),
                    'K' if params == "2" => return Some(true),
                    _ => {}
                }
            }
            ']' | 'P' | 'X' | '^' | '_' => skip_string(chars),
            ' '..='/' => {
                while chars.next_if(|c| matches!(c, ' '..='/')).is_some() {}
                chars.next_if(|c| matches!(c, '0'..='~'));
            }
            _ => {}
        }
        None
    }
}

/// A control string ends with ST or BEL; one that never ends hides the rest of its line and no more.
fn skip_string(chars: &mut Peekable<Chars<'_>>) {
    while let Some(c) = chars.next() {
        match c {
            '\u{7}' | '\u{9c}' => return,
            '\u{1b}' => {
                chars.next_if_eq(&'\\');
                return;
            }
            _ => {}
        }
    }
}

fn put(cells: &mut Vec<Cell>, at: &mut usize, new: Cell, struck: bool) {
    match cells.get_mut(*at) {
        Some(old) if struck && old.char == new.char => {
            // `_` over `_` is underlined when its neighbour is, else strong: the same rule as less has.
            old.style.strong = true;
        }
        Some(old) if struck && old.char == '_' => {
            old.char = new.char;
            old.style.underline = true;
        }
        Some(old) if struck && new.char == '_' => old.style.underline = true,
        Some(old) => *old = new,
        None => cells.push(new),
    }
    *at += 1;
}

fn step_back(cells: &[Cell], from: usize) -> usize {
    let mut at = from.saturating_sub(1);
    while at > 0 && cells.get(at).is_some_and(|cell| columns(cell.char) == 0) {
        at -= 1;
    }
    at
}

fn columns(c: char) -> usize {
    if c == '\t' { 1 } else { width(c.encode_utf8(&mut [0; 4])) }
}

impl Style {
    /// Applies the parameters of one SGR sequence, parts of one parameter after `:` or, as most programs write them, `;`.
    fn select(&mut self, params: &str) {
        if !params.bytes().all(|b| b.is_ascii_digit() || matches!(b, b';' | b':')) {
            return;
        }
        let mut rest = params.split(';');
        while let Some(param) = rest.next() {
            let mut parts = param.split(':').map(|p| p.parse::<u8>().unwrap_or(0));
            let code = parts.next().unwrap_or(0);
            let sub: Vec<u8> = if param.contains(':') { parts.collect() } else { Vec::new() };
            match code {
                0 => *self = Style::default(),
                1 => self.strong = true,
                2 => self.dim = true,
                3 => self.italic = true,
                4 => self.underline = sub.first() != Some(&0),
                7 => self.reversed = true,
                9 => self.struck = true,
                21 => self.underline = true,
                22 => (self.strong, self.dim) = (false, false),
                23 => self.italic = false,
                24 => self.underline = false,
                27 => self.reversed = false,
                29 => self.struck = false,
                30..=37 => self.foreground = Some(Color::Indexed(code - 30)),
                39 => self.foreground = None,
                40..=47 => self.background = Some(Color::Indexed(code - 40)),
                49 => self.background = None,
                90..=97 => self.foreground = Some(Color::Indexed(code - 90 + 8)),
                100..=107 => self.background = Some(Color::Indexed(code - 100 + 8)),
                38 | 48 | 58 => {
                    let color = if sub.is_empty() { separate(&mut rest) } else { joined(&sub) };
                    match code {
                        38 => self.foreground = color.or(self.foreground),
                        48 => self.background = color.or(self.background),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }

    /// The marks of a run in this style.
    fn spans(self) -> impl Iterator<Item = SpanKind> {
        let colored = SpanKind::Colored { foreground: self.foreground, background: self.background };
        let all = [
            (self.foreground.is_some() || self.background.is_some(), colored),
            (self.strong, SpanKind::Strong),
            (self.dim, SpanKind::Dim),
            (self.italic, SpanKind::Emphasis),
            (self.underline, SpanKind::Underline),
            (self.reversed, SpanKind::Reversed),
            (self.struck, SpanKind::Strikethrough),
        ];
        all.into_iter().filter_map(|(set, kind)| set.then_some(kind))
    }
}

/// `38;5;n` and `38;2;r;g;b`.
fn separate<'p>(rest: &mut impl Iterator<Item = &'p str>) -> Option<Color> {
    let mut next = || rest.next().and_then(|p| p.parse::<u8>().ok());
    match next()? {
        5 => Some(Color::Indexed(next()?)),
        2 => Some(Color::Rgb(next()?, next()?, next()?)),
        _ => None,
    }
}

/// `38:5:n`, `38:2::r:g:b` and, as some write it, `38:2:r:g:b`.
fn joined(sub: &[u8]) -> Option<Color> {
    match sub {
        [5, n, ..] => Some(Color::Indexed(*n)),
        [2, r, g, b] | [2, _, r, g, b, ..] => Some(Color::Rgb(*r, *g, *b)),
        _ => None,
    }
}

/// Adds a line to a block, and a mark for each run of one style.
fn append(block: &mut Block, line: &[Cell], ends: bool) {
    for run in line.chunk_by(|a, b| a.style == b.style) {
        let start = block.text.len();
        block.text.extend(run.iter().map(|cell| cell.char));
        let Some(style) = run.first().map(|cell| cell.style) else { continue };
        block.spans.extend(style.spans().map(|kind| Span { range: start..block.text.len(), kind }));
    }
    if ends {
        block.text.push('\n');
    }
}
