//! Panics while recto has the terminal. Rust prints a message where a panic begins, which would be in the middle of the
//! screen. A worker's panic becomes an outcome ([`crate::jobs::guarded`]) and a message of recto's own, so nothing of it is
//! printed; one of the thread that draws ends recto, and is printed once unwinding has given the terminal back.

use std::{
    backtrace::{Backtrace, BacktraceStatus},
    io::{self, Write as _},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use crate::text::Safe;

/// Makes every panic say what it has to say on standard error as all else is said there: a panic may quote a document.
pub fn tell_panics() {
    set_hook(Box::new(|panic| {
        tell(&panic.to_string());
        // There is one when `RUST_BACKTRACE` asks for it; it names nothing but functions and files of programs.
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            write!(io::stderr(), "{trace}").ok();
        }
    }));
}

/// Does `work`, which takes the terminal and gives it back, and lets no panic write in between.
pub(super) fn held_back<T>(work: impl FnOnce() -> T) -> T {
    let drawing = thread::current().id();
    let said = Arc::new(Mutex::new(None));
    let usual = take_hook();
    let note = said.clone();
    set_hook(Box::new(move |panic| {
        if thread::current().id() == drawing {
            // The first one: another may follow from it, while what was read is saved.
            note.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| panic.to_string());
        }
    }));
    let done = catch_unwind(AssertUnwindSafe(work));
    set_hook(usual);
    done.unwrap_or_else(|panic| {
        if let Some(said) = said.lock().unwrap_or_else(PoisonError::into_inner).take() {
            tell(&said);
        }
        resume_unwind(panic)
    })
}

fn tell(panic: &str) {
    writeln!(io::stderr(), "recto: a defect in recto: {}", Safe::line(panic)).ok();
}
