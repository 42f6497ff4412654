//! The tables at the head of a document: its fonts and the styles of its paragraphs. Their entries are numbered, and end with a
//! semicolon after the name.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::{destination::Destination, encoding};
use crate::formats::office::{Role, role::role, run::is_mono, symbol};

/// A font.
#[derive(Clone, Debug, Default)]
pub struct Font {
    /// Its name.
    pub name: String,
    /// The encoding of its text, where it is not the document's.
    pub encoding: Option<&'static Encoding>,
    /// Its letters are all as wide.
    pub mono: bool,
    /// Its letters are signs.
    pub symbols: bool,
}

/// A style of paragraphs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// What its paragraphs are.
    pub role: Role,
    /// Their level in the outline, from 0.
    pub outline: Option<i32>,
}

/// What the tables hold so far.
#[derive(Debug, Default)]
pub struct Head {
    /// The font of what names none.
    pub default_font: i32,
    fonts: HashMap<i32, Font>,
    styles: HashMap<i32, Style>,
    entry: Entry,
}

/// The entry of a table that is being read.
#[derive(Debug, Default)]
struct Entry {
    number: i32,
    outline: Option<i32>,
}

impl Head {
    /// The font of this number.
    pub fn font(&self, number: i32) -> Option<&Font> {
        self.fonts.get(&number)
    }

    /// Whether the letters of a font are all as wide, and those of the document's are not.
    pub fn is_mono(&self, number: i32) -> bool {
        let mono = |font: i32| self.fonts.get(&font).is_some_and(|font| font.mono);
        mono(number) && !mono(self.default_font)
    }

    /// The style of this number; that of plain text when there is none.
    pub fn style(&self, number: Option<i32>) -> Style {
        number.and_then(|number| self.styles.get(&number)).copied().unwrap_or_default()
    }

    /// A control word in one of the tables. `false` when it says nothing about an entry.
    pub fn word(&mut self, table: Destination, word: &str, value: Option<i32>) -> bool {
        match table {
            Destination::Fonts => self.font_word(word, value.unwrap_or(0)),
            Destination::Styles => self.style_word(word, value),
            _ => false,
        }
    }

    fn font_word(&mut self, word: &str, value: i32) -> bool {
        if word == "f" {
            self.entry.number = value;
            self.fonts.entry(value).or_default();
            return true;
        }
        let Some(font) = self.fonts.get_mut(&self.entry.number) else { return false };
        match word {
            "fcharset" => font.encoding = encoding::charset(value).or(font.encoding),
            "cpg" => font.encoding = Some(encoding::page(value)),
            "fmodern" => font.mono = true,
            "fprq" => font.mono = value == 1,
            _ => return false,
        }
        true
    }

    fn style_word(&mut self, word: &str, value: Option<i32>) -> bool {
        match word {
            "s" => self.entry.number = value.unwrap_or(0),
            // Styles of other kinds count apart.
            "cs" | "ds" | "ts" => self.entry.number = -1,
            "outlinelevel" => self.entry.outline = value,
            _ => return false,
        }
        true
    }

    /// An entry of a table has ended; `said` is its name.
    pub fn end_entry(&mut self, table: Destination, said: &str) {
        let name = said.trim().trim_end_matches(';').trim();
        let number = self.entry.number;
        if table == Destination::Fonts {
            let font = self.fonts.entry(number).or_default();
            if font.name.is_empty() && !name.is_empty() {
                font.mono |= is_mono(name);
                font.symbols |= symbol::symbol(name, 0x61).is_some();
                font.name = name.to_owned();
            }
        } else {
            let outline = self.entry.outline.take();
            if !name.is_empty() {
                self.styles.insert(number, Style { role: role(&name.to_lowercase()), outline });
            }
        }
    }
}
