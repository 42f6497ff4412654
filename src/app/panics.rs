//! Panics while recto has the terminal. Rust prints a message where a panic begins, which would be in the middle of the
//! screen. A worker's panic becomes an outcome ([`crate::jobs::guarded`]) and a message of recto's own, so nothing of it is
//! printed; one of the thread that draws ends recto, and is printed once unwinding has given the terminal back.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

/// Does `work`, which takes the terminal and gives it back, and lets no panic write in between.
pub(super) fn held_back<T>(work: impl FnOnce() -> T) -> T {
    let drawing = thread::current().id();
    let said = Arc::new(Mutex::new(None));
    let usual = take_hook();
    let note = said.clone();
    set_hook(Box::new(move |panic| {
        if thread::current().id() == drawing {
            *note.lock().unwrap_or_else(PoisonError::into_inner) = Some(panic.to_string());
        }
    }));
    let done = catch_unwind(AssertUnwindSafe(work));
    set_hook(usual);
    done.unwrap_or_else(|panic| {
        if let Some(said) = said.lock().unwrap_or_else(PoisonError::into_inner).take() {
            eprintln!("recto: a defect in recto: {said}");
        }
        resume_unwind(panic)
    })
}
