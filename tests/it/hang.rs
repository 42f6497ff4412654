//! What hangs is a failure like any other, and says which it is: it is waited for so long and no longer.

use std::{
    panic::resume_unwind,
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::Duration,
};

/// What nothing here takes, unless it hangs.
pub const HANG: Duration = Duration::from_secs(30);

/// Does `work`, which might never end.
pub fn ends<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, done) = channel();
    let worker = thread::spawn(move || drop(sender.send(work())));
    match done.recv_timeout(HANG) {
        Ok(made) => made,
        Err(RecvTimeoutError::Disconnected) => resume_unwind(worker.join().unwrap_err()),
        Err(RecvTimeoutError::Timeout) => panic!("it hangs: {what}"),
    }
}
