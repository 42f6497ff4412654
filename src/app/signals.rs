//! Signals of the system as events. A program that draws on a terminal must give it back before it dies or stops, so the
//! signals that would end or stop it are taken, and their usual effect is had afterwards, on purpose.
//!
//! While another program has the terminal, Ctrl-c and Ctrl-z are meant for that one, though the terminal sends them to
//! everyone in the job: the first is ignored then, and the second stops recto at once, so that the shell sees the whole
//! job stopped.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
    mpsc::Sender,
};

use anyhow::{Result, bail};

use crate::state::Event;

/// The signals that recto takes.
pub(super) struct Signals {
    away: Arc<AtomicBool>,
}

impl Signals {
    /// Passes signals on for as long as the program runs.
    pub(super) fn listen(events: Sender<Event>) -> Result<Signals> {
        let signals = Signals { away: Arc::new(AtomicBool::new(false)) };
        #[cfg(unix)]
        pass_on(events, signals.away.clone())?;
        #[cfg(not(unix))]
        drop(events);
        Ok(signals)
    }

    /// Tells whether another program has the terminal.
    pub(super) fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::Release);
    }
}

#[cfg(unix)]
fn pass_on(events: Sender<Event>, away: Arc<AtomicBool>) -> Result<()> {
    use crate::state::Signal;
    use anyhow::Context as _;
    use signal_hook::{
        consts::{SIGCONT, SIGHUP, SIGINT, SIGSTOP, SIGTERM, SIGTSTP},
        low_level::raise,
    };

    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]).context("signals")?;
    std::thread::spawn(move || {
        for number in signals.forever() {
            let signal = match (number, away.load(Ordering::Acquire)) {
                (SIGTSTP, true) => {
                    // The others in the job have had it too, and see to the terminal themselves.
                    if may_stop() {
                        raise(SIGSTOP).ok();
                    }
                    continue;
                }
                (SIGINT | SIGCONT, true) => continue,
                (SIGTSTP, false) => Signal::Suspend,
                (SIGCONT, false) => Signal::Continue,
                (number, _) => Signal::Leave(number),
            };
            if events.send(Event::Signal(signal)).is_err() {
                break;
            }
        }
    });
    Ok(())
}

/// Stops as the shell's job control expects, and whoever writes to our input too: a shell waits until all of a job have
/// stopped. Comes back when the shell continues us.
pub(super) fn stop() -> Result<()> {
    if !may_stop() {
        bail!("no shell to go back to");
    }
    #[cfg(unix)]
    rustix::process::kill_current_process_group(rustix::process::Signal::STOP)?;
    Ok(())
}

/// Whether anybody would continue us: a job that leads its session was started by no shell.
fn may_stop() -> bool {
    #[cfg(unix)]
    return rustix::process::getsid(None).is_ok_and(|session| session != rustix::process::getpgrp());
    #[cfg(not(unix))]
    false
}

/// Ends by the signal that asked for it, so that whoever sent it sees that it worked.
pub(super) fn die(number: i32) {
    #[cfg(unix)]
    signal_hook::low_level::emulate_default_handler(number).ok();
    #[cfg(not(unix))]
    let _ = number;
}
