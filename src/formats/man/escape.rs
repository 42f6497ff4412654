//! Troff's escapes (groff(7), "Escape short reference"): a line of input to what it sets.

use super::glyph;
use crate::text;

/// A font that text is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Font {
    /// Upright.
    #[default]
    Roman,
    /// Bold, and bold italic.
    Bold,
    /// Italic.
    Italic,
    /// Of equal width.
    Mono,
    /// The one before.
    Previous,
}

impl Font {
    /// By its name or its place.
    pub fn named(name: &str) -> Font {
        match name {
            "B" | "3" | "BI" | "4" | "CB" | "CWB" | "CBI" | "HB" | "TB" => Font::Bold,
            "I" | "2" | "CI" | "CWI" | "HI" | "TI" => Font::Italic,
            "C" | "CW" | "CR" | "5" | "TT" | "L" | "V" | "VB" | "VI" => Font::Mono,
            "P" | "" => Font::Previous,
            _ => Font::Roman,
        }
    }
}

/// What a line sets.
#[derive(Debug, PartialEq)]
pub enum Piece<'t> {
    /// Text as it stands.
    Text(&'t str),
    /// A character that has a name.
    Glyph(String),
    /// What follows is in this font.
    Font(Font),
    /// The next line goes on without a space.
    Joined,
}

/// Hands out the pieces of a line in order.
pub fn pieces<'t>(line: &'t str, each: &mut dyn FnMut(Piece<'t>)) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        if !before.is_empty() {
            each(Piece::Text(before));
        }
        rest = escape(after, each);
    }
    if !rest.is_empty() {
        each(Piece::Text(rest));
    }
}

/// The line as plain text.
pub fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    pieces(line, &mut |piece| match piece {
        Piece::Text(text) => out.push_str(text),
        Piece::Glyph(text) => out.push_str(&text),
        Piece::Font(_) | Piece::Joined => {}
    });
    out
}

/// One escape, without its backslash; what comes after it.
fn escape<'t>(after: &'t str, each: &mut dyn FnMut(Piece<'t>)) -> &'t str {
    let Some(kind) = after.chars().next() else { return "" };
    let rest = text::tail(after, kind.len_utf8());
    let mut glyph = |text: &str| each(Piece::Glyph(text.to_owned()));
    match kind {
        'e' | '\\' => glyph("\\"),
        '-' => glyph("-"),
        ' ' | '0' | '~' => glyph(" "),
        't' => glyph("\t"),
        '\'' => glyph("´"),
        '`' => glyph("`"),
        '.' | '_' | '{' | '}' if kind == '.' || kind == '_' => glyph(if kind == '.' { "." } else { "_" }),
        '(' | '[' => {
            let (name, rest) = name(after);
            glyph(&glyph::glyph(name).unwrap_or_else(|| if kind == '(' { String::new() } else { format!("[{name}]") }));
            return rest;
        }
        'C' => {
            let (name, rest) = quoted(rest);
            glyph(&glyph::glyph(name).unwrap_or_default());
            return rest;
        }
        'N' => {
            let (number, rest) = quoted(rest);
            let c = number.parse().ok().and_then(char::from_u32).filter(|c| !c.is_control());
            glyph(&c.map(String::from).unwrap_or_default());
            return rest;
        }
        'o' => {
            // Letters over one another: the first is as good as any.
            let (inner, rest) = quoted(rest);
            glyph(&plain(inner).chars().take(1).collect::<String>());
            return rest;
        }
        'f' => {
            let (name, rest) = name(rest);
            each(Piece::Font(Font::named(name)));
            return rest;
        }
        's' => return size(rest),
        'c' => each(Piece::Joined),
        'F' | 'g' | 'k' | 'm' | 'M' | 'n' | 'V' | 'Y' | '*' | '$' | 'O' => {
            let rest = if kind == 'n' { rest.strip_prefix(['+', '-']).unwrap_or(rest) } else { rest };
            return name(rest).1;
        }
        'h' => {
            // A move to the right of more than half a letter is a space.
            let (inner, rest) = quoted(rest);
            let wide = inner.trim_start_matches('+').chars().next().is_some_and(|c| c.is_ascii_digit() && c != '0');
            if wide && !inner.ends_with('m') {
                glyph(" ");
            }
            return rest;
        }
        'A' | 'b' | 'B' | 'D' | 'H' | 'l' | 'L' | 'R' | 'S' | 'v' | 'w' | 'x' | 'X' | 'Z' => return quoted(rest).1,
        'z' => {}
        '!' | '%' | '&' | ')' | ',' | '/' | ':' | '?' | '^' | '|' | 'a' | 'd' | 'p' | 'r' | 'u' | '{' | '}' | '\n' => {}
        '"' | '#' => return "",
        other => glyph(&other.to_string()),
    }
    rest
}

/// `(xx`, `[name]` or one character, and what comes after it.
pub fn name(after: &str) -> (&str, &str) {
    let Some(first) = after.chars().next() else { return ("", "") };
    let length = |n: usize| after.char_indices().nth(n).map_or(after.len(), |(at, _)| at);
    match first {
        '(' => (text::slice(after, 1..length(3)), text::tail(after, length(3))),
        '[' => text::tail(after, 1).split_once(']').unwrap_or(("", text::tail(after, 1))),
        _ => (text::head(after, length(1)), text::tail(after, length(1))),
    }
}

/// What stands between two of the same character. Escapes may stand in it, and quotes of theirs.
fn quoted(after: &str) -> (&str, &str) {
    let Some(sign) = after.chars().next() else { return ("", "") };
    let inner = text::tail(after, sign.len_utf8());
    inner.split_once(sign).unwrap_or(("", inner))
}

/// `\s-1`, `\s+(10`, `\s[12]`, `\s'1'`, `\s0`.
fn size(after: &str) -> &str {
    let signed = after.strip_prefix(['+', '-']).unwrap_or(after);
    match signed.chars().next() {
        Some('(' | '[') => name(signed).1,
        Some('\'') => quoted(signed).1,
        // Sizes of two digits are written so only when they begin with 1, 2 or 3, and have no sign.
        Some('1'..='3') if signed.len() == after.len() => {
            let rest = text::tail(signed, 1);
            rest.strip_prefix(|c: char| c.is_ascii_digit()).unwrap_or(rest)
        }
        Some(_) => name(signed).1,
        None => "",
    }
}
