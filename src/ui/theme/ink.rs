//! A colour as a theme's file writes it: `"#f0b86c"`, one of the terminal's sixteen by name, or `"default"`.

use ratatui::style::Color;

use super::depth::{Depth, cube};

/// A colour for terminals of every kind. Where it has none, it is the terminal's own, and a sign takes its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    /// Red, green and blue, where there are so many.
    pub rgb: Option<(u8, u8, u8)>,
    /// One of the terminal's sixteen, where there are no more or no other is said.
    pub named: Option<Color>,
}

/// The terminal's sixteen, by the names that a theme's file has for them.
pub const SIXTEEN: &[(&str, Color)] = &[
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// What stands for the terminal's own colour.
const OWN: &str = "default";

impl Ink {
    /// Reads a colour: one that holds wherever it can, and a named one in its place where there are sixteen.
    pub fn read(wide: &str, sixteen: Option<&str>) -> Option<Ink> {
        let named = |text: &str| match text {
            OWN => Some(None),
            text => SIXTEEN.iter().find(|(name, _)| *name == text).map(|(_, color)| Some(*color)),
        };
        match (hexadecimal(wide), sixteen) {
            (Some(rgb), Some(sixteen)) => Some(Ink { rgb: Some(rgb), named: named(sixteen)? }),
            (Some(rgb), None) => Some(Ink { rgb: Some(rgb), named: None }),
            (None, None) => Some(Ink { rgb: None, named: named(wide)? }),
            (None, Some(_)) => None,
        }
    }

    /// As [`Ink::read`] takes it.
    pub fn written(self) -> (String, Option<&'static str>) {
        let name = |color| SIXTEEN.iter().find(|(_, c)| Some(*c) == color).map_or(OWN, |(name, _)| *name);
        match self.rgb {
            Some((r, g, b)) => (format!("#{r:02x}{g:02x}{b:02x}"), self.named.map(|color| name(Some(color)))),
            None => (name(self.named).to_owned(), None),
        }
    }

    /// The colour on a terminal of this kind; `None` is the terminal's own.
    pub(super) fn at(self, depth: Depth) -> Option<Color> {
        match (depth, self.rgb) {
            (Depth::None, _) => None,
            (Depth::True, Some((r, g, b))) => Some(Color::Rgb(r, g, b)),
            (Depth::Indexed, Some(rgb)) => Some(cube(rgb)),
            (Depth::Sixteen, _) | (_, None) => self.named,
        }
    }
}

/// `#rrggbb`
fn hexadecimal(text: &str) -> Option<(u8, u8, u8)> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let [_, r, g, b] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some((r, g, b))
}
