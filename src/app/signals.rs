//! Signals of the system as events. A program that draws on a terminal must give it back before it dies or stops, so the
//! signals that would end or stop it are taken, and their usual effect is had afterwards, on purpose.
//!
//! While another program has the terminal, Ctrl-c and Ctrl-z are meant for that one, though the terminal sends them to
//! everyone in the job: the first is ignored then, and the second stops recto at once, so that the shell sees the whole
//! job stopped. Whose a signal is goes by when it came, not by when our thread gets to it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::Sender,
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::state::Event;

/// The signals that recto takes.
#[derive(Clone, Default)]
pub(super) struct Signals {
    /// Another program has the terminal.
    away: Arc<AtomicBool>,
    /// The terminal is given back for good.
    left: Arc<AtomicBool>,
    /// A SIGINT has come that our thread has not seen yet.
    interrupt: Arc<AtomicBool>,
    /// We stop ourselves: the SIGCONT that ends it tells nothing new.
    stopping: Arc<AtomicBool>,
}

/// How long our thread may take to see a signal; it has nothing else to do.
const LATE: Duration = Duration::from_millis(500);

impl Signals {
    /// Passes signals on for as long as the program runs.
    pub(super) fn listen(events: Sender<Event>) -> Result<Signals> {
        let signals = Signals::default();
        #[cfg(unix)]
        pass_on(events, signals.clone())?;
        #[cfg(not(unix))]
        drop(events);
        Ok(signals)
    }

    /// Another program gets the terminal.
    pub(super) fn give_away(&self) {
        self.away.store(true, Ordering::Release);
    }

    /// The terminal is ours again. What came before was for the other program, also if our thread has yet to see it.
    pub(super) fn take_back(&self) {
        let began = Instant::now();
        while self.interrupt.load(Ordering::Acquire) && began.elapsed() < LATE {
            thread::sleep(Duration::from_millis(1));
        }
        self.away.store(false, Ordering::Release);
    }

    /// recto has left the terminal, and only writes down what is to be kept. Who presses Ctrl-c then has waited enough.
    /// The signals that ask it to leave are ignored: it does, and two often come together.
    pub(super) fn leave(&self) {
        self.left.store(true, Ordering::Release);
    }

    /// Stops as the shell's job control expects, and whoever writes to our input too: a shell waits until all of a job
    /// have stopped. Comes back when the shell continues us.
    pub(super) fn stop(&self) -> Result<()> {
        if !may_stop() {
            bail!("no shell to go back to");
        }
        #[cfg(unix)]
        {
            self.stopping.store(true, Ordering::Release);
            rustix::process::kill_current_process_group(rustix::process::Signal::STOP).inspect_err(|_| {
                self.stopping.store(false, Ordering::Release);
            })?;
        }
        Ok(())
    }

    /// What a signal asks of the loop; nothing if it is dealt with.
    #[cfg(unix)]
    fn meaning(&self, number: i32) -> Option<crate::state::Signal> {
        use crate::state::Signal;
        use signal_hook::{
            consts::{SIGCONT, SIGINT, SIGSTOP, SIGTSTP},
            low_level::raise,
        };

        let is = |flag: &AtomicBool| flag.load(Ordering::Acquire);
        match number {
            SIGTSTP if is(&self.away) || is(&self.left) => {
                // The others in the job have had it too, and see to the terminal themselves.
                if may_stop() {
                    self.stopping.store(true, Ordering::Release);
                    raise(SIGSTOP).ok();
                }
                None
            }
            SIGINT if is(&self.left) => {
                die(number);
                None
            }
            _ if is(&self.left) => None,
            SIGCONT if self.stopping.swap(false, Ordering::AcqRel) => None,
            SIGINT | SIGCONT if is(&self.away) => None,
            SIGTSTP => Some(Signal::Suspend),
            SIGCONT => Some(Signal::Continue),
            number => Some(Signal::Leave(number)),
        }
    }
}

#[cfg(unix)]
fn pass_on(events: Sender<Event>, here: Signals) -> Result<()> {
    use anyhow::Context as _;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};

    // Before the signals themselves: handlers run in the order in which they were registered.
    signal_hook::flag::register(SIGINT, here.interrupt.clone()).context("signals")?;
    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]).context("signals")?;
    thread::spawn(move || {
        for number in signals.forever() {
            let meaning = here.meaning(number);
            if number == SIGINT {
                here.interrupt.store(false, Ordering::Release);
            }
            if meaning.is_some_and(|signal| events.send(Event::Signal(signal)).is_err()) {
                break;
            }
        }
    });
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
