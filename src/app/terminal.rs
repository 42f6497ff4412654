//! The terminal while recto has it. [`Session`] takes it and gives it back as it was found, on every way out: `leave` on
//! purpose, `drop` when an error or a panic unwinds. Only the thread that holds the session may write to the terminal.

use std::{
    fs::File,
    io::{self, BufWriter, Read as _, Stdout, Write as _},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use crossterm::{
    cursor, event, execute, queue,
    style::{Attribute, Print, SetAttribute},
    terminal,
};
use ratatui::{
    backend::{Backend as _, CrosstermBackend},
    buffer::Buffer,
    layout::Rect,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::picture::{ASK_ATTRIBUTES, QUESTION, Screen, Wanted, is_answered};

/// The terminal in recto's hands.
///
/// Not ratatui's `Terminal`: that one asks the terminal for the cursor's position whenever it clears the screen, and the
/// answer, if there is one, comes the way keys come.
pub(super) struct Session {
    backend: CrosstermBackend<BufWriter<Stdout>>,
    frames: Frames,
    entered: bool,
    modes: Modes,
}

/// What is asked of the terminal beside the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Modes {
    /// It reports the mouse.
    pub mouse: bool,
    /// It draws lines in the order in which it gets them.
    pub bidi: bool,
    /// It counts the columns of a grapheme, as we do, and not of each character in it.
    pub graphemes: bool,
}

/// Bi-directional support mode (ECMA-48, 7.2.1): `l` is explicit, lines come in the order in which they are drawn; `h` is
/// implicit, which is how a terminal that knows the mode begins.
const EXPLICIT: &str = "\x1b[8l";
const IMPLICIT: &str = "\x1b[8h";

/// Columns are counted by graphemes (mode 2027, of contour's specification "Unicode Core"), or by characters.
const GRAPHEMES: &str = "\x1b[?2027h";
const CHARACTERS: &str = "\x1b[?2027l";

/// What the terminal shows, and what it shows next.
#[derive(Default)]
struct Frames {
    shown: Buffer,
    next: Buffer,
    cursor: Option<(u16, u16)>,
    /// Nothing is known of what the terminal shows.
    unknown: bool,
}

/// Frames are built in memory and sent in one piece; a frame of a large screen is some tens of kilobytes.
const FRAME_BYTES: usize = 64 * 1024;

/// How long an answer of the terminal is waited for.
const PATIENCE: Duration = Duration::from_millis(100);
/// And how long another one, of a terminal that has answered before.
const ANSWERED: Duration = Duration::from_millis(500);

impl Session {
    /// Takes the terminal: raw mode, the alternate screen, bracketed paste.
    pub(super) fn enter(modes: Modes) -> Result<Session> {
        // Whether there are colours is settled by our theme; crossterm's own NO_COLOR would turn every colour command
        // into `CSI m`, which takes bold and reverse with it.
        crossterm::style::force_color_output(true);
        let out = BufWriter::with_capacity(FRAME_BYTES, io::stdout());
        let backend = CrosstermBackend::new(out);
        let mut session = Session { backend, frames: Frames::default(), entered: false, modes };
        let (columns, rows) = session.size()?;
        session.resize(columns, rows);
        session.resume()?;
        Ok(session)
    }

    /// Takes the terminal again after [`Session::release`].
    pub(super) fn resume(&mut self) -> Result<()> {
        if self.entered { Ok(()) } else { self.retake() }
    }

    /// Takes the terminal though nobody gave it back: somebody else may have had it, and left it in any mode. It is not
    /// given away in between, so that no key is lost and nothing else shows.
    pub(super) fn retake(&mut self) -> Result<()> {
        if self.entered {
            // By its own record the mode is raw still, and what is on isn't switched on.
            terminal::disable_raw_mode().context("terminal: raw mode")?;
        }
        terminal::enable_raw_mode().context("terminal: raw mode")?;
        self.entered = true;
        execute!(self.out(), terminal::EnterAlternateScreen, event::EnableBracketedPaste, cursor::Hide)
            .context("terminal")?;
        if self.modes.bidi {
            execute!(self.out(), Print(EXPLICIT)).context("terminal")?;
        }
        if self.modes.graphemes {
            execute!(self.out(), Print(GRAPHEMES)).context("terminal")?;
        }
        self.set_mouse(self.modes.mouse)?;
        self.forget();
        Ok(())
    }

    /// Gives the terminal back as it was found. What fails here fails because the terminal is gone.
    pub(super) fn release(&mut self) {
        if !std::mem::take(&mut self.entered) {
            return;
        }
        if self.modes.mouse {
            execute!(self.out(), event::DisableMouseCapture).ok();
        }
        if self.modes.bidi {
            execute!(self.out(), Print(IMPLICIT)).ok();
        }
        if self.modes.graphemes {
            execute!(self.out(), Print(CHARACTERS)).ok();
        }
        // Before the screen: who sees the shell's screen types a line, and one that comes while the mode is raw still is
        // no line for whoever reads it next.
        terminal::disable_raw_mode().ok();
        execute!(
            self.out(),
            SetAttribute(Attribute::Reset),
            event::DisableBracketedPaste,
            terminal::LeaveAlternateScreen,
            cursor::Show
        )
        .ok();
    }

    /// Switches the mouse reports.
    pub(super) fn set_mouse(&mut self, on: bool) -> Result<()> {
        if on {
            execute!(self.out(), event::EnableMouseCapture).context("terminal")?;
        } else if self.modes.mouse {
            execute!(self.out(), event::DisableMouseCapture).context("terminal")?;
        }
        self.modes.mouse = on;
        Ok(())
    }

    /// Draws a frame: what differs from the last one is sent, between marks that make the terminal show it at once.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>) -> Result<()> {
        self.frames.next.reset();
        let cursor = draw(&mut self.frames.next);
        self.send(cursor).context("terminal")
    }

    fn send(&mut self, cursor: Option<(u16, u16)>) -> io::Result<()> {
        let Frames { shown, next, cursor: before, unknown } = &mut self.frames;
        if *unknown {
            shown.reset();
        }
        let changed = shown.diff(next);
        if changed.is_empty() && cursor == *before && !*unknown {
            return Ok(());
        }
        let out = &mut self.backend;
        queue!(out, terminal::BeginSynchronizedUpdate, cursor::Hide)?;
        if std::mem::take(unknown) {
            queue!(out, SetAttribute(Attribute::Reset), terminal::Clear(terminal::ClearType::All))?;
        }
        out.draw(changed.into_iter())?;
        if let Some((column, row)) = cursor {
            queue!(out, cursor::MoveTo(column, row), cursor::Show)?;
        }
        queue!(out, terminal::EndSynchronizedUpdate)?;
        io::Write::flush(out)?;
        *before = cursor;
        std::mem::swap(shown, next);
        Ok(())
    }

    /// Makes the next frame draw every cell.
    pub(super) fn forget(&mut self) {
        self.frames.unknown = true;
    }

    /// Takes the new size of the terminal.
    pub(super) fn resize(&mut self, columns: usize, rows: usize) {
        let side = |n| u16::try_from(n).unwrap_or(u16::MAX);
        let area = Rect::new(0, 0, side(columns), side(rows));
        self.frames = Frames { shown: Buffer::empty(area), next: Buffer::empty(area), cursor: None, unknown: true };
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> Result<(usize, usize)> {
        let (columns, rows) = terminal::size().context("terminal: size")?;
        Ok((usize::from(columns), usize::from(rows)))
    }

    /// Puts a text on the clipboard of the terminal, near or far (OSC 52). tmux keeps that for itself where it is set to;
    /// so there the terminal around it is told as well, which tmux passes on if `allow-passthrough` is on.
    pub(super) fn copy(&mut self, text: &str) -> Result<()> {
        let copy = crossterm::clipboard::CopyToClipboard::to_clipboard_from(text);
        if std::env::var_os("TMUX").is_some() {
            let mut sequence = String::new();
            crossterm::Command::write_ansi(&copy, &mut sequence).context("terminal")?;
            let doubled = sequence.replace('\u{1b}', "\u{1b}\u{1b}");
            queue!(self.out(), crossterm::style::Print(format!("\u{1b}Ptmux;{doubled}\u{1b}\\")))
                .context("terminal")?;
        }
        execute!(self.out(), copy).context("terminal")
    }

    fn out(&mut self) -> &mut CrosstermBackend<BufWriter<Stdout>> {
        &mut self.backend
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
    options.timeout = PATIENCE;
    let mode = terminal_colorsaurus::theme_mode(options).ok()?;
    Some(mode == terminal_colorsaurus::ThemeMode::Light)
}

/// What the terminal can do beside text and colours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Abilities {
    /// What it shows images with.
    pub screen: Screen,
    /// It can be told to count columns by graphemes, and doesn't do so yet.
    pub graphemes: bool,
}

/// The pixels of a cell, by the size of the window.
pub(super) fn cell() -> Option<(u16, u16)> {
    let size = terminal::window_size().ok()?;
    let cell = (size.width.checked_div(size.columns)?, size.height.checked_div(size.rows)?);
    (cell.0 > 0 && cell.1 > 0).then_some(cell)
}

/// What the terminal can do. One that does not answer is asked nothing: what it says later would be keys.
pub(super) fn abilities(images: Wanted, answers: bool) -> Abilities {
    let variable = |name: &str| std::env::var(name).ok();
    let answer = if answers && variable("TMUX").is_none() { ask().unwrap_or_default() } else { Vec::new() };
    let mut screen = Screen::told(variable, &answer, cell());
    if let Wanted::As(manner) = images {
        screen.manner = manner;
    }
    Abilities { screen, graphemes: answer.windows(RESET.len()).any(|part| part == RESET) }
}

/// Asks how the mode of graphemes is set (DECRQM), and the answer that it is known and reset (DECRPM).
const ASK_GRAPHEMES: &str = "\x1b[?2027$p";
const RESET: &[u8] = b"\x1b[?2027;2$y";

/// Asks the terminal for what it can show.
fn ask() -> Result<Vec<u8>> {
    let mut from = File::open("/dev/tty")?;
    terminal::enable_raw_mode()?;
    let answered = (|| {
        let mut out = io::stdout();
        // Of what comes too late, a report of a mode is taken for nothing only with that of the attributes behind it.
        out.write_all([QUESTION, ASK_GRAPHEMES, ASK_ATTRIBUTES].concat().as_bytes())?;
        out.flush()?;
        let (began, mut answer) = (Instant::now(), Vec::new());
        while !is_answered(&answer) {
            let left = ANSWERED.saturating_sub(began.elapsed());
            let wait = Timespec { tv_sec: 0, tv_nsec: left.subsec_nanos().into() };
            if poll(&mut [PollFd::new(&from, PollFlags::IN)], Some(&wait))? == 0 {
                break;
            }
            let mut piece = [0; 256];
            let read = from.read(&mut piece)?;
            answer.extend_from_slice(piece.get(..read).filter(|piece| !piece.is_empty()).context("terminal: closed")?);
        }
        Ok(answer)
    })();
    terminal::disable_raw_mode()?;
    answered
}
