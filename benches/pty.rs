//! The built program on a terminal, as a person has it, with the time at which every piece of output came. Shared by the
//! benches that time what is seen rather than what is computed. Nothing here waits for a fixed time: a screen is done when it
//! shows what was asked for, or when nothing more has come for as long as the caller says.

#![allow(dead_code, reason = "each bench uses a part of it")]

use std::{
    io::{Read as _, Write},
    num::NonZero,
    path::Path,
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The size of the terminal.
pub const ROWS: NonZero<u16> = NonZero::new(40).unwrap();
/// Its columns.
pub const COLUMNS: NonZero<u16> = NonZero::new(120).unwrap();

const PATIENCE: Duration = Duration::from_secs(120);

/// A program on a terminal.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    master: Box<dyn MasterPty + Send>,
}

/// What one key brought.
pub struct Answer {
    /// The screens that were shown whole, and when each was, since the key was sent.
    pub frames: Vec<(Duration, vt100::Screen)>,
    /// Bytes written to the terminal.
    pub bytes: usize,
    /// When the last of them came.
    pub last: Duration,
}

/// recto on a library, with folders of its own for what it keeps.
pub fn recto(kept: &Path, arguments: &[&Path]) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_recto"));
    command.args(arguments);
    for name in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
        command.env(name, kept.join(name));
    }
    command
}

impl Session {
    /// Starts a program.
    pub fn start(mut command: CommandBuilder) -> Session {
        command.env("TERM", "xterm-256color");
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap_or_else(|e| panic!("{e}"));
        let writer = pty.master.take_writer().unwrap_or_else(|e| panic!("{e}"));
        let mut reader = pty.master.try_clone_reader().unwrap_or_else(|e| panic!("{e}"));
        let (sender, chunks) = channel();
        let child = pty.slave.spawn_command(command).unwrap_or_else(|e| panic!("{e}"));
        std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 || sender.send((Instant::now(), buffer[..n].to_vec())).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(ROWS, COLUMNS, 0);
        Session { child, writer, chunks, screen, master: pty.master }
    }

    /// When the screen first shows all of `signs`. Answers the questions that a terminal answers.
    pub fn until(&mut self, signs: &[&str]) -> Instant {
        let began = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(began.elapsed());
            let Ok((at, bytes)) = self.chunks.recv_timeout(left) else {
                panic!("no {signs:?} in\n{}", self.screen.screen().contents())
            };
            self.take(&bytes);
            let shown = self.screen.screen().contents();
            if signs.iter().all(|sign| shown.contains(sign)) {
                return at;
            }
        }
    }

    /// Sends a key and collects what is shown until nothing has come for `quiet`.
    pub fn key(&mut self, key: &str, quiet: Duration) -> Answer {
        let sent = Instant::now();
        self.writer.write_all(key.as_bytes()).and_then(|()| self.writer.flush()).unwrap_or_else(|e| panic!("{e}"));
        self.answer(sent, quiet)
    }

    /// Gives the terminal another size and collects what is shown until nothing has come for `quiet`.
    pub fn resize(&mut self, columns: u16, rows: u16, quiet: Duration) -> Answer {
        let sent = Instant::now();
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).unwrap_or_else(|e| panic!("{e}"));
        self.answer(sent, quiet)
    }

    fn answer(&mut self, sent: Instant, quiet: Duration) -> Answer {
        let mut came = Vec::new();
        let mut last = sent;
        while let Ok((at, bytes)) = self.chunks.recv_timeout((last + quiet).saturating_duration_since(Instant::now())) {
            last = at;
            came.push((at, bytes));
        }
        // Looked at afterwards, so that drawing it here does not hold up what is timed.
        let bytes = came.iter().map(|(_, bytes)| bytes.len()).sum();
        let mut answer = Answer { frames: Vec::new(), bytes, last: last - sent };
        for (at, bytes) in came {
            self.take(&bytes);
            // A frame ends with the mark that ends a synchronized update.
            if bytes.windows(END.len()).any(|window| window == END) {
                answer.frames.push((at - sent, self.screen.screen().clone()));
            }
        }
        answer
    }

    /// The screen as it is.
    pub fn screen(&self) -> &vt100::Screen {
        self.screen.screen()
    }

    /// The number of the process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap_or_default()
    }

    fn take(&mut self, bytes: &[u8]) {
        let asks = |question: &[u8]| bytes.windows(question.len()).any(|w| w == question);
        if asks(b"\x1b]11;?") {
            self.writer.write_all(b"\x1b]11;rgb:1010/1010/1010\x1b\\").ok();
        }
        if asks(b"\x1b[c") {
            self.writer.write_all(b"\x1b[?62;22c").ok();
        }
        self.screen.process(bytes);
    }
}

/// A line of `/proc/PID/status`, in bytes.
pub fn memory(pid: u32, what: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':'))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? * 1024)
}

const END: &[u8] = b"\x1b[?2026l";

impl Drop for Session {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
