//! A terminal for the stories in `pty`: the built binary runs on a real pseudo-terminal, what it sends is parsed as a
//! terminal parses it, and its questions are answered, or not. Waits are conditions on what is shown; a story that waits
//! for 30 s has failed, and says what the screen was.

use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Condvar, Mutex, MutexGuard},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};

use crate::hang::HANG;

/// A place of its own for a story: a folder of documents, and the folders that recto writes to.
pub struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    /// An empty one.
    pub fn new() -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        for name in ["documents", "data", "cache", "config", "home"] {
            std::fs::create_dir(desk.path(name)).unwrap();
        }
        desk
    }

    /// A path on it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a document.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path("documents").join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// An executable script.
    pub fn script(&self, name: &str, text: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.path(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// The environment of a program on this desk; the one of whoever runs the tests has no part in it.
    pub fn environment(&self) -> Vec<(String, String)> {
        let path = |name| self.path(name).display().to_string();
        let tools = std::env::var("PATH").unwrap_or_else(|_| "/usr/bin:/bin".to_owned());
        [
            ("PATH", tools),
            ("HOME", path("home")),
            ("XDG_DATA_HOME", path("data")),
            ("XDG_CACHE_HOME", path("cache")),
            ("XDG_CONFIG_HOME", path("config")),
            ("LANG", "C.UTF-8".to_owned()),
            ("TERM", "xterm-256color".to_owned()),
            ("COLORTERM", "truecolor".to_owned()),
            ("PS1", "shell> ".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}

/// The built binary.
pub fn recto() -> &'static str {
    env!("CARGO_BIN_EXE_recto")
}

/// How a terminal is set up before a program starts on it.
pub struct Setup<'a> {
    desk: &'a Desk,
    command: CommandBuilder,
    manners: Manners,
    size: (u16, u16),
}

/// How a terminal answers questions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manners {
    /// As xterm does, with this background.
    Answers(&'static str),
    /// Likewise, and it shows sixels, and can count columns by graphemes.
    Able,
    /// Likewise, but when recto shows its screen already: the way is long.
    Late,
    /// Likewise, but what comes in time ends in the middle of an answer.
    Cut,
    /// Not at all.
    Mute,
}

impl<'a> Setup<'a> {
    /// recto with arguments.
    pub fn recto<S: AsRef<std::ffi::OsStr>>(desk: &'a Desk, arguments: impl IntoIterator<Item = S>) -> Setup<'a> {
        Setup::program(desk, recto(), arguments)
    }

    /// A shell with a script.
    pub fn shell(desk: &'a Desk, script: &str) -> Setup<'a> {
        Setup::program(desk, "sh", ["-c", script])
    }

    /// Any program with arguments.
    pub fn program<S: AsRef<std::ffi::OsStr>>(
        desk: &'a Desk,
        program: impl AsRef<std::ffi::OsStr>,
        arguments: impl IntoIterator<Item = S>,
    ) -> Setup<'a> {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for (name, value) in desk.environment() {
            command.env(name, value);
        }
        command.env("RECTO", recto());
        command.cwd(desk.path("documents"));
        Setup { desk, command, manners: Manners::Answers("1010/1010/1010"), size: (100, 30) }
    }

    /// With a variable in its environment.
    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// On a terminal with this background, as `rrrr/gggg/bbbb`.
    pub fn background(mut self, color: &'static str) -> Self {
        self.manners = Manners::Answers(color);
        self
    }

    /// On a terminal that shows sixels, and can count columns by graphemes.
    pub fn able(mut self) -> Self {
        self.manners = Manners::Able;
        self
    }

    /// On a terminal whose answers come too late.
    pub fn late(mut self) -> Self {
        self.manners = Manners::Late;
        self
    }

    /// On a terminal that begins to answer in time, and ends too late.
    pub fn cut(mut self) -> Self {
        self.manners = Manners::Cut;
        self
    }

    /// On a terminal that answers no question.
    pub fn mute(mut self) -> Self {
        self.manners = Manners::Mute;
        self
    }

    /// On a terminal of this many columns and rows.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// Starts it.
    pub fn start(self) -> Terminal {
        assert!(self.desk.path("documents").is_dir());
        let (columns, rows) = self.size;
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let keys = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let screen = Arc::new(Screen::new(columns, rows));
        let before = mode(&*pair.master);
        let mut output = pair.master.try_clone_reader().unwrap();
        let child = pair.slave.spawn_command(self.command).unwrap();
        let (watched, answers, manners) = (screen.clone(), keys.clone(), self.manners);
        let reader = std::thread::spawn(move || {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(n @ 1..) = output.read(&mut buffer) {
                let answer = watched.take(&buffer[..n], manners);
                answers.lock().unwrap().write_all(&answer).ok();
            }
            watched.lock().ended = true;
            watched.changed.notify_all();
        });
        Terminal { child, master: pair.master, slave: Some(pair.slave), keys, screen, reader: Some(reader), before }
    }
}

/// A running program and the terminal that it runs on.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    slave: Option<Box<dyn SlavePty + Send>>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    screen: Arc<Screen>,
    reader: Option<JoinHandle<()>>,
    before: String,
}

impl Terminal {
    /// Types.
    pub fn keys(&self, keys: &str) {
        let mut to = self.keys.lock().unwrap();
        to.write_all(keys.as_bytes()).unwrap();
        to.flush().unwrap();
    }

    /// Waits until the screen is as it should be.
    pub fn wait(&self, what: &str, until: impl Fn(&Seen) -> bool) {
        self.wait_for(what, |seen| until(seen).then_some(()));
    }

    /// Waits until a text is on the screen.
    pub fn sees(&self, text: &str) {
        self.wait(&format!("{text:?} on the screen"), |seen| seen.text().contains(text));
    }

    /// Waits until a text is gone from the screen.
    pub fn misses(&self, text: &str) {
        self.wait(&format!("{text:?} off the screen"), |seen| !seen.text().contains(text));
    }

    /// Waits until something can be found on the screen, and gives it.
    pub fn wait_for<T>(&self, what: &str, find: impl Fn(&Seen) -> Option<T>) -> T {
        let began = Instant::now();
        let mut seen = self.screen.lock();
        loop {
            // A terminal shows nothing of a synchronized update before its end.
            if !seen.updating
                && let Some(found) = find(&seen)
            {
                return found;
            }
            let left = HANG.saturating_sub(began.elapsed());
            assert!(!left.is_zero() && !seen.ended, "waited for {what}\n{}", seen.report());
            seen = self.screen.changed.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// Looks at the screen as it is.
    pub fn look<T>(&self, at: impl FnOnce(&Seen) -> T) -> T {
        at(&self.screen.lock())
    }

    /// Whether nothing is sent for a while.
    pub fn quiet(&self, window: Duration) -> bool {
        let seen = self.screen.lock();
        let sent = seen.raw.len();
        let (seen, _) = self.screen.changed.wait_timeout_while(seen, window, |seen| seen.raw.len() == sent).unwrap();
        seen.raw.len() == sent
    }

    /// Changes the size of the terminal.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.screen.lock().parser.screen_mut().set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends the process a signal, as `TERM`.
    pub fn signal(&self, name: &str) {
        signal(self.pid(), name);
    }

    /// The modes of the terminal line: cooked or raw, echo, control characters.
    pub fn mode(&self) -> String {
        mode(&*self.master)
    }

    /// The modes of the terminal line before the program started.
    pub fn mode_before(&self) -> &str {
        &self.before
    }

    /// Waits for the end of the program, and of what it had to say.
    pub fn end(mut self) -> Ended {
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            // The last frame may have come long before; there is nothing to be told when a process ends.
            let seen = self.screen.lock();
            assert!(began.elapsed() < HANG, "waited for the end\n{}", seen.report());
            drop(self.screen.changed.wait_timeout(seen, Duration::from_millis(5)));
        };
        let (before, after) = (self.before.clone(), self.mode());
        self.slave = None;
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        Ended { status, screen: self.screen.clone(), modes: (before, after) }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A story that failed leaves nobody behind; one that went well has nobody left.
        if let Ok(None) = self.child.try_wait() {
            signal(self.pid(), "KILL");
            self.child.wait().ok();
        }
    }
}

/// A program that has ended, and how it left the terminal.
pub struct Ended {
    /// How it ended.
    pub status: ExitStatus,
    screen: Arc<Screen>,
    modes: (String, String),
}

impl Ended {
    /// Asserts that the terminal is as it was found.
    pub fn assert_restored(&self) {
        let seen = self.screen.lock();
        assert!(!seen.screen().alternate_screen(), "left on the alternate screen\n{}", seen.report());
        assert!(!seen.screen().hide_cursor(), "left without a cursor\n{}", seen.report());
        assert!(!seen.screen().bracketed_paste(), "left with bracketed paste\n{}", seen.report());
        assert_eq!(seen.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None, "left with mouse reports");
        assert!(!seen.screen().bold() && !seen.screen().inverse(), "left in another style");
        let mut orders = Tokens::of(&seen.raw)
            .into_iter()
            .filter(|token| matches!(token, Token::Csi(body, 'h' | 'l') if body == "8"));
        let ours = orders.next_back().is_some_and(|token| matches!(token, Token::Csi(_, 'l')));
        assert!(!ours, "left with a terminal that orders no lines");
        assert!(!seen.updating, "left within a synchronized update");
        assert_eq!(self.modes.0, self.modes.1, "the line has other modes");
    }

    /// Asserts that it left of its own accord, and the terminal as it was found.
    pub fn assert_left(&self) {
        assert!(self.status.success(), "{}\n{}", self.status, self.screen.lock().report());
        self.assert_restored();
    }

    /// Asserts that it died by a signal, as the system names it, and left the terminal as it was found.
    pub fn assert_died(&self, by: &str) {
        assert_eq!(self.status.signal(), Some(by), "{}", self.screen.lock().report());
        self.assert_restored();
    }

    /// Asserts that nothing was written on the alternate screen but whole frames, and counts them.
    pub fn assert_whole_frames(&self) -> usize {
        let (mut ours, mut within, mut frames) = (false, false, 0);
        for token in Tokens::of(&self.raw()) {
            match token {
                Token::Csi(body, last) if body == "?1049" => ours = last == 'h',
                Token::Csi(body, 'h') if body == "?2026" => {
                    assert!(!within, "a frame in a frame");
                    within = true;
                    frames += 1;
                }
                Token::Csi(body, 'l') if body == "?2026" => within = false,
                Token::Text(_) | Token::Control(_) | Token::Csi(_, 'H' | 'J') => {
                    assert!(within || !ours, "{token:?} outside of a frame");
                }
                _ => {}
            }
        }
        frames
    }

    /// What the screen shows in the end.
    pub fn text(&self) -> String {
        self.screen.lock().text()
    }

    /// All that was sent.
    pub fn raw(&self) -> Vec<u8> {
        self.screen.lock().raw.clone()
    }
}

/// What a terminal has been sent.
struct Screen {
    seen: Mutex<Seen>,
    changed: Condvar,
}

/// What a terminal has been sent, looked at.
pub struct Seen {
    parser: vt100::Parser,
    tokens: Tokens,
    raw: Vec<u8>,
    unanswered: Vec<u8>,
    answered: usize,
    updating: bool,
    ended: bool,
    /// Synchronized updates that were begun and ended.
    pub frames: usize,
}

/// How many bytes of its answers a terminal that is cut gives in time: the first, and the beginning of the second.
const IN_TIME: usize = 32;

impl Screen {
    fn new(columns: u16, rows: u16) -> Screen {
        let parser = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        let seen = Seen {
            parser,
            tokens: Tokens::default(),
            raw: Vec::new(),
            unanswered: Vec::new(),
            answered: 0,
            updating: false,
            ended: false,
            frames: 0,
        };
        Screen { seen: Mutex::new(seen), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        // A story that failed while it looked has poisoned nothing.
        self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes what was sent, and gives what is to be answered.
    fn take(&self, bytes: &[u8], manners: Manners) -> Vec<u8> {
        let mut seen = self.lock();
        let mut answer = Vec::new();
        seen.raw.extend_from_slice(bytes);
        seen.parser.process(bytes);
        for byte in bytes {
            let token = seen.tokens.push(*byte);
            match token {
                Some(Token::Csi(body, last)) if body == "?2026" => {
                    seen.updating = last == 'h';
                    seen.frames += usize::from(last == 'l');
                }
                Some(token) => {
                    let reply = seen.reply(&token, manners);
                    seen.unanswered.extend(reply);
                }
                None => {}
            }
        }
        let in_time = match manners {
            Manners::Late => 0,
            Manners::Cut => IN_TIME.saturating_sub(seen.answered),
            _ => usize::MAX,
        };
        let now = if seen.frames > 0 { usize::MAX } else { in_time }.min(seen.unanswered.len());
        seen.answered += now;
        answer.extend(seen.unanswered.drain(..now));
        drop(seen);
        self.changed.notify_all();
        answer
    }
}

impl Seen {
    /// All that was sent so far.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The rows, without the blanks at their ends.
    pub fn text(&self) -> String {
        self.screen().contents()
    }

    /// One row.
    pub fn row(&self, row: u16) -> String {
        let (_, columns) = self.screen().size();
        self.screen().rows(0, columns.get()).nth(usize::from(row)).unwrap_or_default()
    }

    /// The parsed screen.
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The cell where a text begins.
    pub fn cell_of(&self, text: &str) -> Option<&vt100::Cell> {
        let (rows, columns) = self.screen().size();
        (0..rows.get()).find_map(|row| {
            let line: Vec<&str> = (0..columns.get())
                .map(|column| self.screen().cell(row, column).map_or("", |cell| cell.contents()))
                .map(|cell| if cell.is_empty() { " " } else { cell })
                .collect();
            let at = (0..line.len()).find(|at| line[*at..].concat().starts_with(text))?;
            self.screen().cell(row, u16::try_from(at).unwrap())
        })
    }

    fn reply(&self, token: &Token, manners: Manners) -> Vec<u8> {
        let background = match manners {
            Manners::Answers(background) => background,
            Manners::Able | Manners::Late | Manners::Cut => "ffff/ffff/ffff",
            Manners::Mute => return Vec::new(),
        };
        match token {
            Token::Osc(body) if body == "11;?" => format!("\x1b]11;rgb:{background}\x1b\\").into_bytes(),
            Token::Osc(body) if body == "10;?" => b"\x1b]10;rgb:8080/8080/8080\x1b\\".to_vec(),
            Token::Csi(body, 'c') if body.is_empty() || body == "0" => {
                if manners == Manners::Able {
                    b"\x1b[?62;4;22c".to_vec()
                } else {
                    b"\x1b[?62;22c".to_vec()
                }
            }
            Token::Csi(body, 'p') if body == "?2027$" && manners == Manners::Able => b"\x1b[?2027;2$y".to_vec(),
            Token::Csi(body, 'q') if body == ">" => b"\x1bP>|XTerm(379)\x1b\\".to_vec(),
            Token::Csi(body, 't') if body == "16" => b"\x1b[6;20;10t".to_vec(),
            Token::Csi(body, 'n') if body == "6" => {
                let (row, column) = self.screen().cursor_position();
                format!("\x1b[{};{}R", row + 1, column + 1).into_bytes()
            }
            Token::Csi(body, 'u') if body == "?" => b"\x1b[?0u".to_vec(),
            _ => Vec::new(),
        }
    }

    fn report(&self) -> String {
        let (rows, columns) = self.screen().size();
        let modes = [
            ("ended", self.ended),
            ("updating", self.updating),
            ("alternate screen", self.screen().alternate_screen()),
            ("no cursor", self.screen().hide_cursor()),
        ];
        let modes: Vec<&str> = modes.into_iter().filter(|(_, on)| *on).map(|(name, _)| name).collect();
        let rule = "-".repeat(usize::from(columns.get()));
        format!("{columns}x{rows} {}\n{rule}\n{}\n{rule}", modes.join(", "), self.text())
    }
}

/// What a terminal understands in what it is sent (ECMA-48).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A byte of text.
    Text(u8),
    /// A control character.
    Control(u8),
    /// An escape sequence of two or more characters.
    Escape(String),
    /// A control sequence: parameters and intermediates, and its final.
    Csi(String, char),
    /// An operating system command.
    Osc(String),
    /// A device control, privacy, application or start-of-string command.
    Command(char, String),
}

/// Finds tokens, a byte at a time.
#[derive(Default)]
pub struct Tokens {
    open: Option<Vec<u8>>,
}

impl Tokens {
    /// The tokens of what was sent.
    pub fn of(raw: &[u8]) -> Vec<Token> {
        let mut tokens = Tokens::default();
        raw.iter().filter_map(|byte| tokens.push(*byte)).collect()
    }

    fn push(&mut self, byte: u8) -> Option<Token> {
        let Some(open) = &mut self.open else {
            return match byte {
                0x1b => {
                    self.open = Some(Vec::new());
                    None
                }
                0..=0x1f | 0x7f => Some(Token::Control(byte)),
                _ => Some(Token::Text(byte)),
            };
        };
        open.push(byte);
        let body = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let token = match open.as_slice() {
            [b'[', rest @ .., last @ 0x40..=0x7e] => Some(Token::Csi(body(rest), char::from(*last))),
            [b']', rest @ .., 0x07] | [b']', rest @ .., 0x1b, b'\\'] => Some(Token::Osc(body(rest))),
            [kind @ (b'P' | b'X' | b'^' | b'_'), rest @ .., 0x1b, b'\\'] => {
                Some(Token::Command(char::from(*kind), body(rest)))
            }
            [b'[' | b']' | b'P' | b'X' | b'^' | b'_', ..] | [.., 0x20..=0x2f] => None,
            whole => Some(Token::Escape(body(whole))),
        };
        if token.is_some() {
            self.open = None;
        }
        token
    }
}

/// Sends a process a signal, as `TERM`.
pub fn signal(pid: u32, name: &str) {
    let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {pid}")).status().unwrap();
    assert!(sent.success(), "kill -{name} {pid}");
}

/// A file's text under `/proc` of a process.
pub fn proc(pid: u32, name: &str) -> String {
    let path = Path::new("/proc").join(pid.to_string()).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn mode(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// Waits until something outside of the terminal has come about.
pub fn until(what: &str, mut come: impl FnMut() -> bool) {
    let began = Instant::now();
    while !come() {
        assert!(began.elapsed() < HANG, "waited until {what}");
        std::thread::park_timeout(Duration::from_millis(10));
    }
}
