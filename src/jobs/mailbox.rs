//! A box for one request: a newer one takes the place of the one that lies in it, and tells the work under way to stop.
//!
//! Invariant: a request and its number go in, and come out, under one lock, so that the newest request is never taken
//! for an older one.

use std::{
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// The two ends of a mailbox.
#[derive(Debug)]
pub(super) struct Mailbox<T> {
    inner: Arc<Inner<T>>,
}

#[derive(Debug)]
struct Inner<T> {
    slot: Mutex<Slot<T>>,
    filled: Condvar,
    /// Counts the requests, so that a worker sees without a lock that there is a newer one.
    newest: AtomicU64,
}

#[derive(Debug)]
struct Slot<T> {
    request: Option<T>,
    closed: bool,
}

impl<T> Slot<T> {
    fn waits(&mut self) -> bool {
        self.request.is_none() && !self.closed
    }
}

impl<T> Clone for Mailbox<T> {
    fn clone(&self) -> Mailbox<T> {
        Mailbox { inner: self.inner.clone() }
    }
}

impl<T> Mailbox<T> {
    pub(super) fn new() -> Mailbox<T> {
        let slot = Mutex::new(Slot { request: None, closed: false });
        Mailbox { inner: Arc::new(Inner { slot, filled: Condvar::new(), newest: AtomicU64::new(0) }) }
    }

    /// Puts a request in, in place of one that nobody took.
    pub(super) fn put(&self, request: T) {
        let mut slot = self.lock();
        self.inner.newest.fetch_add(1, Ordering::Release);
        slot.request = Some(request);
        drop(slot);
        self.inner.filled.notify_one();
    }

    /// Waits for a request; `None` once the box is closed. With it comes a number for [`Mailbox::is_newest`].
    pub(super) fn take(&self) -> Option<(T, u64)> {
        let waited = self.inner.filled.wait_while(self.lock(), Slot::waits);
        let mut slot = waited.unwrap_or_else(PoisonError::into_inner);
        if slot.closed {
            return None;
        }
        let number = self.inner.newest.load(Ordering::Acquire);
        slot.request.take().map(|request| (request, number))
    }

    /// Waits for so long, or until there is a newer request or the box is closed; whether neither came.
    pub(super) fn stays_empty(&self, time: Duration) -> bool {
        let waited = self.inner.filled.wait_timeout_while(self.lock(), time, Slot::waits);
        waited.unwrap_or_else(PoisonError::into_inner).0.waits()
    }

    /// Whether no newer request has come.
    pub(super) fn is_newest(&self, number: u64) -> bool {
        self.inner.newest.load(Ordering::Acquire) == number
    }

    /// Ends the worker.
    pub(super) fn close(&self) {
        let mut slot = self.lock();
        self.inner.newest.fetch_add(1, Ordering::Release);
        slot.closed = true;
        drop(slot);
        self.inner.filled.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Slot<T>> {
        self.inner.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
