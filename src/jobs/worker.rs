//! A worker on a thread of its own: it takes what is asked for from its mailbox, and whatever goes wrong in there is told.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

use anyhow::Result;

use super::{Mailbox, Outbox};
use crate::state::{Job, Outcome, Ticket};

/// Runs a job; an error or a panic in it becomes the outcome that says so, for the request that it was.
pub fn guarded(ticket: Option<Ticket>, job: impl FnOnce() -> Result<Option<Outcome>>) -> Option<Outcome> {
    // A worker that panicked keeps only what a later job replaces or reads again.
    let why = match catch_unwind(AssertUnwindSafe(job)) {
        Ok(Ok(outcome)) => return outcome,
        Ok(Err(error)) => format!("{error:#}"),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            format!("a defect in recto: {}", said.unwrap_or("no reason given"))
        }
    };
    Some(Outcome::Failed { ticket, why })
}

/// Something went wrong that was no request.
pub(super) fn failed(why: String) -> Outcome {
    Outcome::Failed { ticket: None, why }
}

/// The request that a job is.
pub(super) fn ticket(job: &Job) -> Option<Ticket> {
    match job {
        Job::Search { ticket, .. }
        | Job::Saved { ticket, .. }
        | Job::Load { ticket, .. }
        | Job::Find { ticket, .. }
        | Job::Explain { ticket, .. }
        | Job::Paint { ticket, .. }
        | Job::Illustrate { ticket, .. } => Some(*ticket),
        Job::Rescan | Job::Index => None,
    }
}

/// A worker with a mailbox: performs one job after the other, tells of its parts, and of what it comes to in the end.
pub(super) fn spawn(
    mailbox: Mailbox<Job>,
    outbox: Outbox,
    mut perform: impl FnMut(&Job, &dyn Fn() -> bool, &dyn Fn(Outcome)) -> Result<Option<Outcome>> + Send + 'static,
) {
    thread::spawn(move || {
        while let Some((job, number)) = mailbox.take() {
            let (alive, tell) = (|| mailbox.is_newest(number), |outcome| outbox(outcome));
            let outcome = guarded(ticket(&job), || perform(&job, &alive, &tell));
            outcome.into_iter().for_each(|outcome| outbox(outcome));
        }
    });
}
