//! How far the indexing is, on one line of standard error that it takes away in the end. Silent in a pipe, and for work
//! that is done before anybody wonders.

use std::{
    cell::Cell,
    io::{self, IsTerminal as _, Write as _},
    time::{Duration, Instant},
};

use crate::state::Progress;

/// How long nothing is said.
const PATIENCE: Duration = Duration::from_millis(400);
/// Columns of the bar.
const BAR: usize = 24;

/// The line.
pub(super) struct Bar {
    began: Instant,
    terminal: bool,
    drawn: Cell<bool>,
}

impl Bar {
    pub fn new() -> Bar {
        Bar { began: Instant::now(), terminal: io::stderr().is_terminal(), drawn: Cell::new(false) }
    }

    /// Draws it.
    pub fn show(&self, progress: &Progress) {
        if !self.terminal || self.began.elapsed() < PATIENCE {
            return;
        }
        let Progress { indexed, total, .. } = *progress;
        let filled = (indexed.min(total) * BAR).checked_div(total).unwrap_or(0);
        let (done, left) = ("#".repeat(filled), ".".repeat(BAR - filled));
        write!(io::stderr(), "\r[{done}{left}] {indexed} of {total} documents indexed\x1b[K").ok();
        self.drawn.set(true);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if self.drawn.get() {
            write!(io::stderr(), "\r\x1b[K").ok();
        }
    }
}
