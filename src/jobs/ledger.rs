//! Counts what was sent to be saved and what of it was done, so that a document is not opened at the place before the last.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How many saves were sent and done.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    counts: Mutex<Counts>,
    settled: Condvar,
}

#[derive(Debug, Default)]
struct Counts {
    sent: u64,
    done: u64,
}

impl Ledger {
    /// Something is about to be sent.
    pub(super) fn send(&self) {
        self.lock().sent += 1;
    }

    /// The oldest of what was sent is done, well or badly.
    pub(super) fn settle(&self) {
        self.lock().done += 1;
        self.settled.notify_all();
    }

    /// How many were sent so far, for [`Ledger::wait`].
    pub(super) fn sent(&self) -> u64 {
        self.lock().sent
    }

    /// Waits until so many are done, but not longer than that.
    pub(super) fn wait(&self, sent: u64, at_most: Duration) {
        drop(self.settled.wait_timeout_while(self.lock(), at_most, |counts| counts.done < sent));
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
