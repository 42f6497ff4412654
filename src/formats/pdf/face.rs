//! A font: which letters its codes stand for, how wide they are, and what its name and its descriptor say of its style.

use std::{cell::RefCell, collections::HashMap};

use hayro_cmap::BfString;
use hayro_font::{Font, FontGlyph};
use hayro_syntax::object::{Array, Dict, Name};
use unicode_normalization::UnicodeNormalization as _;

/// How letters look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Heavier than the text.
    pub bold: bool,
    /// Slanted.
    pub italic: bool,
    /// All letters are of the same width.
    pub mono: bool,
}

/// A font as it is used.
pub struct Face<'a> {
    font: Font<'a>,
    /// How it looks.
    pub style: Style,
    /// It is written downwards.
    pub vertical: bool,
    /// Codes are bytes.
    simple: bool,
    known: RefCell<Known>,
}

/// What is known of codes: their letters and how far they move on.
#[derive(Default)]
struct Known {
    /// Of single bytes, which most codes are.
    bytes: Vec<Option<(String, f64)>>,
    others: HashMap<u32, (String, f64)>,
}

impl<'a> Face<'a> {
    /// The font that `dict` describes.
    pub fn new(font: Font<'a>, dict: &Dict<'_>) -> Face<'a> {
        let kind = dict.get::<Name<'_>>("Subtype");
        let simple = kind.as_deref() != Some(b"Type0".as_slice());
        let vertical = !font.is_horizontal();
        Face { font, style: style(dict), vertical, simple, known: RefCell::default() }
    }

    /// The code at `at` and its length in bytes.
    pub fn code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        self.font.read_code(bytes, at)
    }

    /// How far a glyph moves on, in thousandths of the size.
    pub fn advance(&self, code: u32) -> f64 {
        self.known(code, |_, advance| advance)
    }

    /// Gives the letters of a code to `f`; U+FFFD when nothing tells what they are.
    pub fn with_text<T>(&self, code: u32, f: impl FnOnce(&str) -> T) -> T {
        self.known(code, |text, _| f(text))
    }

    fn known<T>(&self, code: u32, f: impl FnOnce(&str, f64) -> T) -> T {
        let mut known = self.known.borrow_mut();
        let new = || {
            let advance = self.font.code_advance(code);
            (self.read(code), if self.vertical { advance.y } else { advance.x })
        };
        let Known { bytes, others } = &mut *known;
        bytes.resize(256, None);
        let byte = usize::try_from(code).ok().and_then(|code| bytes.get_mut(code));
        let (text, advance) = match byte {
            Some(byte) => byte.get_or_insert_with(new),
            None => others.entry(code).or_insert_with(new),
        };
        f(text, *advance)
    }

    fn read(&self, code: u32) -> String {
        let glyph = self.font.glyph(self.font.map_code(code), code);
        let found = match &glyph {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let text = match found {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            // A font that says nothing about its letters mostly has them where ASCII has them.
            None => match u8::try_from(code) {
                Ok(byte @ 0x20..0x7f) if self.simple => char::from(byte).to_string(),
                _ => '\u{fffd}'.to_string(),
            },
        };
        text.chars().flat_map(plain).collect()
    }
}

/// Letters as they are typed: ligatures and forms of position taken apart, blanks as spaces, no controls.
fn plain(c: char) -> impl Iterator<Item = char> {
    let (one, many) = match c {
        '\u{fb00}'..='\u{fb4f}' | '\u{fb50}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}' => {
            (None, std::iter::once(c).nfkc().collect())
        }
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            (Some(' '), String::new())
        }
        '\u{ad}' => (Some(c), String::new()),
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200b}' => (None, String::new()),
        // Where symbol fonts of Windows have their signs.
        '\u{f0b7}' | '\u{f0a8}' | '\u{f06c}' => (Some('•'), String::new()),
        '\u{f0a7}' | '\u{f06e}' => (Some('▪'), String::new()),
        '\u{f0d8}' | '\u{f076}' => (Some('➢'), String::new()),
        '\u{f0fc}' => (Some('✓'), String::new()),
        '\u{f0e0}' | '\u{f0ae}' => (Some('→'), String::new()),
        '\u{f0be}' => (None, String::new()),
        '\u{f020}'..='\u{f07e}' => (char::from_u32(u32::from(c) - 0xf000), String::new()),
        c if c.is_control() => (None, String::new()),
        c => (Some(c), String::new()),
    };
    one.into_iter().chain(many.chars().collect::<Vec<_>>())
}

/// What the name and the descriptor of a font say.
fn style(dict: &Dict<'_>) -> Style {
    let inner = dict.get::<Array<'_>>("DescendantFonts").and_then(|all| all.iter::<Dict<'_>>().next());
    let descriptor =
        [Some(dict), inner.as_ref()].into_iter().flatten().find_map(|d| d.get::<Dict<'_>>("FontDescriptor"));
    let descriptor = descriptor.unwrap_or_default();
    let name = dict.get::<Name<'_>>("BaseFont").or_else(|| descriptor.get::<Name<'_>>("FontName"));
    let name = name.map(|n| String::from_utf8_lossy(n.as_ref()).to_lowercase()).unwrap_or_default();
    let name = name.split_once('+').map_or(name.as_str(), |(_, name)| name);
    let flags = descriptor.get::<u32>("Flags").unwrap_or(0);
    let weight = descriptor.get::<f64>("FontWeight").unwrap_or(0.0);
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let begins = |parts: &[&str]| parts.iter().any(|part| name.starts_with(part));
    let ends = |parts: &[&str]| parts.iter().any(|part| name.ends_with(part));
    // Computer Modern and its descendants are named in six letters; their mathematics is italic without emphasis.
    let math = begins(&["cmmi", "cmsy", "cmex", "msam", "msbm", "lmmi", "lmmath", "latinmodernmath"]);
    Style {
        bold: has(&["bold", "black", "heavy", "demi", "-bd", "cmbx", "cmb1", "sfbx", "ecbx", "cmssbx", "lmbx"])
            || ends(&["-b", "-bi", ".b", ".bi", "-medi", "-blk"])
            || flags & 1 << 18 != 0
            || weight >= 600.0,
        italic: !math
            && (has(&[
                "italic", "oblique", "slanted", "cmti", "cmsl", "cmbxti", "sfti", "ecti", "cmssi", "-it", "ital",
            ]) || ends(&["-i", ".i", "-bi", ".bi", "-reguital"])
                || flags & 1 << 6 != 0),
        mono: has(&[
            "mono",
            "courier",
            "typewriter",
            "cmtt",
            "cmsltt",
            "sftt",
            "ectt",
            "consol",
            "menlo",
            "monaco",
            "nimbusmon",
        ]) || begins(&["lmtt", "fixed", "sourcecode", "firacode", "hack"])
            || flags & 1 != 0,
    }
}
