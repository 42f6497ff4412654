//! Signals of the system as events. A program that draws on a terminal must give it back before it dies or stops, so the
//! signals that would end or stop it are taken, and their usual effect is had afterwards, on purpose.

use std::sync::mpsc::Sender;

use crate::state::Event;

/// Passes signals on for as long as the program runs.
#[cfg(unix)]
pub(super) fn listen(events: Sender<Event>) -> anyhow::Result<()> {
    use crate::state::Signal;
    use anyhow::Context as _;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};

    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]).context("signals")?;
    std::thread::spawn(move || {
        for number in signals.forever() {
            let signal = match number {
                SIGTSTP => Signal::Suspend,
                SIGCONT => Signal::Continue,
                number => Signal::Leave(number),
            };
            if events.send(Event::Signal(signal)).is_err() {
                break;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn listen(_events: Sender<Event>) -> anyhow::Result<()> {
    Ok(())
}

/// Stops as the shell's job control expects; comes back when it continues us.
pub(super) fn stop() {
    #[cfg(unix)]
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP).ok();
}

/// Ends by the signal that asked for it, so that whoever sent it sees that it worked.
pub(super) fn die(number: i32) {
    #[cfg(unix)]
    signal_hook::low_level::emulate_default_handler(number).ok();
    #[cfg(not(unix))]
    let _ = number;
}
