//! The thread that waits for the terminal. It only reads and passes on; what a key means is decided elsewhere.
//!
//! While another program has the terminal (an editor, the shell) it must not read: [`Input::pause`] makes it stop and
//! waits until it has. It is blocked in a read then, without a timeout that would wake an idle program; a SIGWINCH that
//! we send ourselves ends the read, because crossterm reports it as a resize.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc::Sender},
    thread,
    time::Duration,
};

use anyhow::{Result, bail};
use crossterm::event::{self, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use super::answer::{LateAnswer, Rest};
use crate::state::{Chord, Event, Key, Mouse, MouseKind, Signal};

/// The input thread, as others see it.
pub(super) struct Input {
    gate: Arc<Gate>,
}

/// Whether the thread may read, and whether it is between two reads.
#[derive(Default)]
struct Gate {
    state: Mutex<(bool, bool)>,
    changed: Condvar,
}

/// How long to wait for the thread to let go. It is an answer of the same process; more means that it is stuck.
const PAUSE: Duration = Duration::from_millis(500);
/// How long after one part of an answer the next one comes.
const MORE: Duration = Duration::from_millis(50);
/// The number of SIGHUP, on every system.
const HANGUP: i32 = 1;

impl Input {
    /// Starts reading.
    pub(super) fn start(sender: Sender<Event>) -> Input {
        let gate = Arc::new(Gate::default());
        let input = Input { gate: gate.clone() };
        thread::spawn(move || {
            let (mut rest, mut late) = (Rest::new(), LateAnswer::default());
            loop {
                let Ok(event) = event::read() else {
                    // The terminal is gone: no key will ever come, and the system says so with this signal.
                    sender.send(Event::Signal(Signal::Leave(HANGUP))).ok();
                    break;
                };
                let paused = gate.pass();
                let events = translate(event).map(|event| rest.pass(event, || event::poll(MORE).unwrap_or(false)));
                for event in events.into_iter().flatten() {
                    // What wakes us is no change of size; a key that was typed before is still a key.
                    if paused && matches!(event, Event::Resize(..)) || late.takes(&event) {
                        continue;
                    }
                    if sender.send(event).is_err() {
                        return gate.end();
                    }
                }
            }
            gate.end();
        });
        input
    }

    /// Stops reading, until [`Input::resume`]. Fails when the thread can't be stopped, and then it goes on.
    pub(super) fn pause(&self) -> Result<()> {
        let mut state = self.gate.lock();
        state.0 = true;
        drop(state);
        wake();
        let state = self.gate.lock();
        let waited = self.gate.changed.wait_timeout_while(state, PAUSE, |(_, paused)| !*paused);
        let (mut state, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() {
            // Whoever got the terminal now would get every other key of it.
            state.0 = false;
            bail!("the terminal is busy");
        }
        Ok(())
    }

    /// Reads again.
    pub(super) fn resume(&self) {
        self.gate.lock().0 = false;
        self.gate.changed.notify_all();
    }
}

impl Gate {
    /// Waits while paused; whether it did.
    fn pass(&self) -> bool {
        let mut state = self.lock();
        if !state.0 {
            return false;
        }
        state.1 = true;
        self.changed.notify_all();
        let mut state = self.changed.wait_while(state, |(pause, _)| *pause).unwrap_or_else(PoisonError::into_inner);
        state.1 = false;
        true
    }

    /// The terminal is gone, and nobody reads any more.
    fn end(&self) {
        self.lock().1 = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, (bool, bool)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(unix)]
fn wake() {
    signal_hook::low_level::raise(signal_hook::consts::SIGWINCH).ok();
}

#[cfg(not(unix))]
fn wake() {}

/// What the terminal sent, in our words; `None` for what means nothing to us.
fn translate(event: event::Event) -> Option<Event> {
    match event {
        event::Event::Key(key) if key.kind != KeyEventKind::Release => chord(key).map(Event::Key),
        event::Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Click,
                MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
                MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
                MouseEventKind::ScrollUp => MouseKind::WheelUp,
                MouseEventKind::ScrollDown => MouseKind::WheelDown,
                _ => return None,
            };
            Some(Event::Mouse(Mouse { kind, column: usize::from(mouse.column), row: usize::from(mouse.row) }))
        }
        event::Event::Paste(text) => Some(Event::Paste(text)),
        event::Event::Resize(columns, rows) => Some(Event::Resize(usize::from(columns), usize::from(rows))),
        _ => None,
    }
}

fn chord(event: event::KeyEvent) -> Option<Chord> {
    let key = match event.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(n) => Key::F(n),
        _ => return None,
    };
    let held = |modifier| event.modifiers.contains(modifier);
    // Shift is in the character already, and in the name of Shift-Tab.
    let shift = held(KeyModifiers::SHIFT) && !matches!(key, Key::Char(_) | Key::BackTab);
    // A control character is reported in lower case by some terminals and in upper case by others.
    let key = match key {
        Key::Char(c) if held(KeyModifiers::CONTROL) => Key::Char(c.to_ascii_lowercase()),
        key => key,
    };
    Some(Chord { key, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT), shift })
}
