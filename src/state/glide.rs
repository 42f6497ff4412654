//! Half a page that is scrolled in a few steps within a tenth of a second, so that the eye follows the line it was on.
//! Whatever happens meanwhile finds the page where it was going.

use super::{Context, State};

/// What is still to be scrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glide {
    /// Rows, down when positive.
    left: isize,
    /// When the next step is due; milliseconds.
    pub due: u64,
}

/// Between two steps: a frame of most screens.
const STEP_MS: u64 = 16;
/// A step goes this part of the way that is left, so that it ends gently.
const PART: isize = 3;

impl State {
    /// Scrolls by halves of a page; elsewhere than in the text, moves.
    pub(crate) fn move_by_halves(&mut self, times: isize) {
        let rows = times.saturating_mul(self.half_page());
        // Who asks for several halves is not following the lines.
        if self.context() == Context::Text && self.view.smooth && !self.view.linear && times.abs() == 1 {
            self.reader.glide = Some(Glide { left: rows, due: self.clock.now });
            self.glide();
        } else {
            self.move_by(rows);
        }
    }

    /// Takes the step that is due.
    pub(super) fn glide(&mut self) {
        let Some(Glide { left, .. }) = self.reader.glide.filter(|glide| glide.due <= self.clock.now) else { return };
        let step = left / PART + (left % PART).signum();
        self.scroll(step);
        let (left, due) = (left - step, self.clock.now + STEP_MS);
        self.reader.glide = (left != 0).then_some(Glide { left, due });
    }

    /// Goes the rest of the way at once; whether there was any.
    pub fn land(&mut self) -> bool {
        let Some(Glide { left, .. }) = self.reader.glide.take() else { return false };
        self.scroll(left);
        true
    }
}
