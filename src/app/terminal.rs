//! The terminal while recto has it. [`Session`] takes it and gives it back as it was found, on every way out: `leave` on
//! purpose, `drop` when an error or a panic unwinds. Only the thread that holds the session may write to the terminal.

use std::io::{self, BufWriter, Stdout, Write as _};

use anyhow::{Context as _, Result};
use crossterm::{
    cursor, event, execute, queue,
    style::{Attribute, SetAttribute},
    terminal,
};
use ratatui::{Terminal, backend::CrosstermBackend, buffer::Buffer, layout::Rect};

/// The terminal in recto's hands.
pub(super) struct Session {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    entered: bool,
    mouse: bool,
}

/// Frames are built in memory and sent in one piece; a frame of a large screen is some tens of kilobytes.
const FRAME_BYTES: usize = 64 * 1024;

impl Session {
    /// Takes the terminal: raw mode, the alternate screen, bracketed paste.
    pub(super) fn enter(mouse: bool) -> Result<Session> {
        // Whether there are colours is settled by our theme; crossterm's own NO_COLOR would turn every colour command
        // into `CSI m`, which takes bold and reverse with it.
        crossterm::style::force_color_output(true);
        let out = BufWriter::with_capacity(FRAME_BYTES, io::stdout());
        let terminal = Terminal::new(CrosstermBackend::new(out)).context("terminal")?;
        let mut session = Session { terminal, entered: false, mouse };
        session.resume()?;
        Ok(session)
    }

    /// Takes the terminal again after [`Session::release`].
    pub(super) fn resume(&mut self) -> Result<()> {
        if !self.entered {
            terminal::enable_raw_mode().context("terminal: raw mode")?;
            self.entered = true;
            execute!(self.out(), terminal::EnterAlternateScreen, event::EnableBracketedPaste, cursor::Hide)
                .context("terminal")?;
            self.set_mouse(self.mouse)?;
        }
        self.terminal.clear().context("terminal")?;
        Ok(())
    }

    /// Gives the terminal back as it was found. What fails here fails because the terminal is gone.
    pub(super) fn release(&mut self) {
        if !std::mem::take(&mut self.entered) {
            return;
        }
        if self.mouse {
            execute!(self.out(), event::DisableMouseCapture).ok();
        }
        execute!(
            self.out(),
            SetAttribute(Attribute::Reset),
            event::DisableBracketedPaste,
            terminal::LeaveAlternateScreen,
            cursor::Show
        )
        .ok();
        terminal::disable_raw_mode().ok();
    }

    /// Switches the mouse reports.
    pub(super) fn set_mouse(&mut self, on: bool) -> Result<()> {
        if on {
            execute!(self.out(), event::EnableMouseCapture).context("terminal")?;
        } else if self.mouse {
            execute!(self.out(), event::DisableMouseCapture).context("terminal")?;
        }
        self.mouse = on;
        Ok(())
    }

    /// Draws a frame: what differs from the last one is sent, between marks that make the terminal show it at once.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>) -> Result<()> {
        queue!(self.out(), terminal::BeginSynchronizedUpdate).context("terminal")?;
        self.terminal
            .draw(|frame| {
                if let Some(at) = draw(frame.buffer_mut()) {
                    frame.set_cursor_position(at);
                }
            })
            .context("terminal")?;
        queue!(self.out(), terminal::EndSynchronizedUpdate).context("terminal")?;
        self.out().flush().context("terminal")
    }

    /// Makes the next frame draw every cell.
    pub(super) fn forget(&mut self) -> Result<()> {
        self.terminal.clear().context("terminal")
    }

    /// Takes the new size of the terminal.
    pub(super) fn resize(&mut self, columns: usize, rows: usize) -> Result<()> {
        let side = |n| u16::try_from(n).unwrap_or(u16::MAX);
        self.terminal.resize(Rect::new(0, 0, side(columns), side(rows))).context("terminal")
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> Result<(usize, usize)> {
        let (columns, rows) = terminal::size().context("terminal: size")?;
        Ok((usize::from(columns), usize::from(rows)))
    }

    /// Puts a text on the clipboard of the terminal, near or far (OSC 52).
    pub(super) fn copy(&mut self, text: &str) -> Result<()> {
        execute!(self.out(), crossterm::clipboard::CopyToClipboard::to_clipboard_from(text)).context("terminal")
    }

    fn out(&mut self) -> &mut CrosstermBackend<BufWriter<Stdout>> {
        self.terminal.backend_mut()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.release();
    }
}

/// Whether the background is light, when the terminal says so. Asked before the input thread starts, because the answer
/// comes the way keys come.
pub(super) fn is_light() -> Option<bool> {
    let mut options = terminal_colorsaurus::QueryOptions::default();
    options.timeout = std::time::Duration::from_millis(100);
    let mode = terminal_colorsaurus::theme_mode(options).ok()?;
    Some(mode == terminal_colorsaurus::ThemeMode::Light)
}
