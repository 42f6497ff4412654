//! What a terminal is able to show, as far as it says.

use super::Extent;

/// How images are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Two pixels a cell, as the half block `▀` in two colours.
    Blocks,
    /// kitty's graphics protocol, with placeholders.
    Kitty,
    /// DEC's sixels.
    Sixel,
    /// iTerm2's inline images (OSC 1337).
    Iterm2,
}

/// How images are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// As well as the terminal can.
    #[default]
    Auto,
    /// In this manner, whatever the terminal says.
    As(Manner),
    /// Not at all, until the reader asks for them.
    Hidden,
}

/// A terminal that shows images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// How.
    pub manner: Manner,
    /// The pixels of a cell: columns and rows.
    pub cell: (u16, u16),
    /// tmux stands between, and hands on what is wrapped for it.
    pub tmux: bool,
}

/// The pixels of a cell of a terminal that doesn't say.
const USUAL: (u16, u16) = (10, 20);

/// Asks for the name of the terminal (XTVERSION), whether it knows kitty's graphics protocol (by a question about an image
/// of one pixel), and for the pixels of a cell (XTWINOPS 16). [`ASK_ATTRIBUTES`] comes behind it.
pub const QUESTION: &str = "\x1b[>q\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t";

/// Asks for the attributes of the terminal (DA1). Every terminal answers this, so that nobody waits for other answers.
pub const ASK_ATTRIBUTES: &str = "\x1b[c";

/// Whether this is all of the answer: that of DA1 comes last.
pub fn is_answered(answer: &[u8]) -> bool {
    attributes_in(answer).is_some()
}

/// What ends the answer to DA1.
const LAST: u8 = b'c';

impl Screen {
    /// Half blocks, which every terminal with colours shows.
    pub const BLOCKS: Screen = Screen { manner: Manner::Blocks, cell: USUAL, tmux: false };

    /// What the environment and the answers tell. `pixels` are those of a cell by the size of the window.
    pub fn told(variable: impl Fn(&str) -> Option<String>, answer: &[u8], pixels: Option<(u16, u16)>) -> Screen {
        let set = |name| variable(name).is_some_and(|value| !value.is_empty());
        let cell = cell(answer).or(pixels).unwrap_or(USUAL);
        // What stands between may have let the name of the terminal around it through.
        let within = ["STY", "ZELLIJ"].into_iter().any(set);
        let program = variable("TERM_PROGRAM").filter(|_| !within).unwrap_or_default();
        let name = name(answer).unwrap_or(&program).to_lowercase();
        let is = |names: &[&str]| names.iter().any(|known| name.starts_with(known));
        // What the terminal around tmux can do is not told in there, and what it would need is switched off.
        if set("TMUX") || is(&["tmux"]) {
            return Screen { manner: Manner::Blocks, cell, tmux: true };
        }
        let manner = if find(answer, b"\x1b_Gi=31;OK").is_some() && has_placeholders(&name) {
            Manner::Kitty
        } else if is(&["iterm", "wezterm", "mintty", "rio", "tabby", "warp"]) {
            Manner::Iterm2
        } else if attributes(answer).any(|attribute| attribute == 4) && !is(&["konsole"]) {
            // Konsole draws sixels over the lines below them.
            Manner::Sixel
        } else {
            Manner::Blocks
        };
        Screen { manner, cell, tmux: false }
    }

    /// The cells that an image of so many pixels takes within so many columns and rows. It is not enlarged, but for cells
    /// that are larger than usual: there everything is.
    pub fn extent(self, (width, height): (u32, u32), room: Extent) -> Extent {
        let scale = self.scale((width, height), room);
        let cells = |pixels: u32, cell: u16, most: usize| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the room")]
            let cells = (f64::from(pixels) * scale / f64::from(cell)).ceil() as usize;
            cells.clamp(1, most.max(1))
        };
        let (wide, high) = self.usual();
        (cells(width, wide, room.0), cells(height, high, room.1))
    }

    /// The pixels that an image has once it is scaled to so many cells.
    pub(super) fn pixels(self, (width, height): (u32, u32), extent: Extent) -> (u32, u32) {
        let scale = self.scale((width, height), extent);
        let (wide, high) = self.usual();
        let pixels = |pixels: u32, cell: u16, usual: u16| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the cells")]
            let pixels = (f64::from(pixels) * scale * f64::from(cell) / f64::from(usual)).round() as u32;
            pixels.max(1)
        };
        (pixels(width, self.cell.0, wide), pixels(height, self.cell.1, high))
    }

    /// How much smaller an image gets to fit: 1 where it does as it is.
    #[expect(clippy::cast_precision_loss, reason = "cells of a screen")]
    fn scale(self, (width, height): (u32, u32), (columns, rows): Extent) -> f64 {
        let (wide, high) = self.usual();
        let fits = |cells: usize, cell: u16, pixels: u32| cells as f64 * f64::from(cell) / f64::from(pixels.max(1));
        fits(columns, wide, width).min(fits(rows, high, height)).min(1.0)
    }

    /// The pixels of a cell for which an image was made.
    fn usual(self) -> (u16, u16) {
        let (wide, high) = self.cell;
        if self.manner == Manner::Blocks || high > USUAL.1 { USUAL } else { (wide.max(1), high.max(1)) }
    }
}

/// The name of a terminal: `DCS > | kitty(0.35.2) ST`.
fn name(answer: &[u8]) -> Option<&str> {
    let rest = answer.get(find(answer, b"\x1bP>|")? + 4..)?;
    std::str::from_utf8(rest.get(..find(rest, b"\x1b\\")?)?).ok()
}

/// Whether a terminal knows images that stand where certain characters do: kitty from 0.28 on, and ghostty. Others have
/// learnt the rest of the protocol.
fn has_placeholders(name: &str) -> bool {
    let version = name.strip_prefix("kitty(").and_then(|version| {
        let mut parts = version.split(['.', ')']).map(|part| part.parse::<u32>().unwrap_or(0));
        Some((parts.next()?, parts.next()?))
    });
    name.starts_with("ghostty") || version.is_some_and(|version| version >= (0, 28))
}

/// The pixels of a cell: `CSI 6 ; height ; width t`.
fn cell(answer: &[u8]) -> Option<(u16, u16)> {
    let rest = answer.get(find(answer, b"\x1b[6;")? + 4..)?;
    let end = rest.iter().position(|byte| *byte == b't')?;
    let said = std::str::from_utf8(rest.get(..end)?).ok()?;
    let (height, width) = said.split_once(';')?;
    let (width, height) = (width.parse().ok()?, height.parse().ok()?);
    (width > 0 && height > 0).then_some((width, height))
}

/// The attributes of a terminal: `CSI ? 62 ; 4 c`. Reports of modes begin so too, and end otherwise.
fn attributes(answer: &[u8]) -> impl Iterator<Item = u16> {
    attributes_in(answer).unwrap_or_default().split(';').filter_map(|attribute| attribute.parse().ok())
}

fn attributes_in(answer: &[u8]) -> Option<&str> {
    let mut rest = answer;
    while let Some(at) = find(rest, b"\x1b[?") {
        rest = rest.get(at + 3..)?;
        let end = rest.iter().position(|byte| !byte.is_ascii_digit() && *byte != b';')?;
        if rest.get(end) == Some(&LAST) {
            return std::str::from_utf8(rest.get(..end)?).ok();
        }
    }
    None
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
