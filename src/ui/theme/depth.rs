//! How many colours there are, and what becomes of a colour where there are fewer.

use ratatui::style::Color;

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: `NO_COLOR` is set, or the terminal is dumb.
    None,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    /// The cube of 256.
    Indexed,
    /// Any.
    True,
}

impl Depth {
    /// What the environment says: `NO_COLOR` (no-color.org), `COLORTERM`, `TERM`.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Depth {
        let term = variable("TERM").unwrap_or_default();
        let colorterm = variable("COLORTERM").unwrap_or_default();
        if variable("NO_COLOR").is_some_and(|v| !v.is_empty()) || term == "dumb" || term.starts_with("vt1") {
            Depth::None
        } else if colorterm.contains("truecolor") || colorterm.contains("24bit") || term.ends_with("-direct") {
            Depth::True
        } else if term.contains("256color") || term.contains("kitty") || term.contains("alacritty") {
            Depth::Indexed
        } else {
            Depth::Sixteen
        }
    }
}

/// The nearest colour of xterm's 6x6x6 cube or its grey ramp.
pub(super) fn cube((r, g, b): (u8, u8, u8)) -> Color {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let nearest =
        |v: u8| (0u8..6).min_by_key(|i| LEVELS.get(usize::from(*i)).map_or(255, |l| l.abs_diff(v))).unwrap_or(0);
    let level = |i: u8| LEVELS.get(usize::from(i)).copied().unwrap_or(255);
    let distance = |x: u8, y: u8, z: u8| {
        [(x, r), (y, g), (z, b)].iter().map(|(p, q)| u32::from(p.abs_diff(*q)).pow(2)).sum::<u32>()
    };
    let (ri, gi, bi) = (nearest(r), nearest(g), nearest(b));
    let grey = (0u8..24).min_by_key(|i| distance(8 + 10 * i, 8 + 10 * i, 8 + 10 * i)).unwrap_or(0);
    let grey_level = 8 + 10 * grey;
    if distance(grey_level, grey_level, grey_level) < distance(level(ri), level(gi), level(bi)) {
        Color::Indexed(232 + grey)
    } else {
        Color::Indexed(16 + 36 * ri + 6 * gi + bi)
    }
}
