//! The state as cells. Draws and decides nothing; writes only [`Safe`] text; touches only the rows in view, so a frame
//! costs the same for ten documents and for a hundred thousand.

mod bottom;
mod canvas;
mod contents;
mod header;
mod list;
mod marks;
mod overlay;
mod reader;
mod saved;
pub mod theme;

use ratatui::buffer::Buffer;

use crate::{state::State, text::Safe};
use canvas::Canvas;
pub use header::{size, words};
pub use reader::minutes;
pub use theme::{Depth, Theme};

/// Keys and what they do.
pub type Hints = Vec<(Safe, Safe)>;

/// The keys as the screen shows them; `app` takes them from the key table.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// What the bottom line offers now.
    pub hints: Hints,
    /// Every key for the help: group, keys, meaning.
    pub all: Vec<(&'static str, Safe, Safe)>,
}

/// How far down the overlay that is open can be scrolled, in rows.
pub fn last_top(state: &State, keys: &Keys) -> usize {
    overlay::last_top(state, keys)
}

/// Draws a frame. Answers where the terminal's cursor goes, if it is shown.
pub fn draw(state: &State, keys: &Keys, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let shown = state.geometry();
    let mut canvas = Canvas::new(buffer, theme, &state.view);
    canvas.clear();
    if !shown.fits() {
        let (width, height) = crate::state::SMALLEST;
        canvas.print(shown.screen, 0, 0, &Safe::from(format!("recto needs {width}x{height}")), theme.text);
        return None;
    }
    header::draw(state, shown.header, &mut canvas);
    let mut cursor = None;
    if shown.filter.height > 0 {
        cursor = header::draw_filter(state, shown.filter, &mut canvas);
    }
    list::draw(state, &shown, &mut canvas);
    reader::draw(state, &shown, &mut canvas);
    bottom::draw(state, keys, &shown, &mut canvas).inspect(|at| cursor = Some(*at));
    overlay::draw(state, keys, &shown, &mut canvas).inspect(|at| cursor = Some(*at));
    if state.view.linear {
        cursor = cursor.or(canvas.spot);
    }
    let (x, y) = cursor?;
    Some((u16::try_from(x).ok()?, u16::try_from(y).ok()?))
}
