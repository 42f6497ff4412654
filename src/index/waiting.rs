//! How much was given to tantivy's thread and waits to be taken in. Its own queue counts documents, ten thousand of them,
//! whatever their length; here their bytes are counted, and who gives waits while they are too many.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// So many bytes may wait: enough to go on reading while a segment is written.
const MOST: usize = 64 * 1024 * 1024;

/// Nobody waits longer than this at once: a thread that has died takes nothing, and whoever gives has to be told.
const PATIENCE: Duration = Duration::from_secs(5);

/// The bytes that wait.
#[derive(Default)]
pub(super) struct Waiting {
    bytes: Mutex<usize>,
    less: Condvar,
}

impl Waiting {
    /// Counts what is given, once there is room for it.
    pub(super) fn give(&self, bytes: usize) {
        let until = Instant::now() + PATIENCE;
        let mut waiting = self.lock();
        while *waiting > MOST && Instant::now() < until {
            let waited = self.less.wait_timeout(waiting, PATIENCE);
            waiting = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        *waiting += bytes;
    }

    /// Counts what was taken in.
    pub(super) fn take(&self, bytes: usize) {
        let mut waiting = self.lock();
        *waiting = waiting.saturating_sub(bytes);
        drop(waiting);
        self.less.notify_one();
    }

    /// Nothing waits: what an earlier writer left was dropped with it.
    pub(super) fn clear(&self) {
        *self.lock() = 0;
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
