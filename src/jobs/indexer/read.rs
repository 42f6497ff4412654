//! Reading files for the index, on several threads: a file becomes what the catalogue learns of it, and the words of its
//! documents, prepared here so that whoever writes them only writes. Writes nothing.

use std::sync::{
    atomic::{AtomicUsize, Ordering},
    mpsc::SyncSender,
};

use crate::{
    doc::Document,
    formats,
    index::{Prepared, Preparing},
    library::{Change, Examined, Found, NewDocument, Sink, examine_found},
};

/// Texts longer than this, in bytes, are not held while they wait to be written, but read again.
const HELD: u64 = 4 * 1024 * 1024;

/// A file that was read.
pub(super) struct Read {
    pub change: Change,
    /// The words of its documents in the order of the change; those that can't be opened have none.
    pub words: Vec<Option<Words>>,
}

/// The words of a document: prepared, or still to be read from one that is too long to be held.
pub(super) enum Words {
    Ready(Prepared),
    Long(Box<(NewDocument, Document)>),
}

/// A reader thread: takes the next file until there is none. Unless the `whole` of them is to be indexed, titles are.
pub(super) fn read_files(
    todo: &[Found],
    next: &AtomicUsize,
    whole: bool,
    done: &SyncSender<Read>,
    alive: &(dyn Fn() -> bool + Sync),
) {
    while let Some(found) = todo.get(next.fetch_add(1, Ordering::Relaxed)).filter(|_| alive()) {
        if done.send(read(found, whole)).is_err() {
            return;
        }
    }
}

fn read(found: &Found, whole: bool) -> Read {
    let file = match found {
        Found::File(file) => file,
        Found::Trouble { path, reason } => {
            let change = Change::Trouble { path: path.clone(), reason: reason.clone() };
            return Read { change, words: vec![None] };
        }
    };
    let mut taken = Taken { whole, now: None, done: Vec::new() };
    let examined: Examined = examine_found(file, &mut taken);
    // One for each document that was listed, in that order; those that can't be opened, and what stopped the reading of
    // the file, are rows without words.
    let mut taken = taken.done.into_iter().peekable();
    let mut of = |entry| taken.next_if(|(of, _)| of == entry).map(|(_, words)| words);
    let mut words: Vec<_> = examined.entries.iter().map(|new| of(&new.entry)).collect();
    words.extend(examined.error.is_some().then_some(None));
    Read { change: Change::Read(Box::new(examined)), words }
}

/// The words of a file's documents, taken in while it is examined.
struct Taken {
    /// Whether more than the title is taken.
    whole: bool,
    /// Of the document that is being read; `None` for one that is too long to be held.
    now: Option<Preparing>,
    done: Vec<(formats::Entry, Words)>,
}

impl Sink for Taken {
    fn begin(&mut self, title: &str, document: &Document) {
        let author = document.meta.author.as_deref().unwrap_or_default();
        self.now = (!self.whole || document.body.len() <= HELD).then(|| Preparing::new(title, author));
    }

    fn passage(&mut self) {
        if let Some(now) = self.now.as_mut().filter(|_| self.whole) {
            now.passage();
        }
    }

    fn word(&mut self, folded: &str) {
        if let Some(now) = self.now.as_mut().filter(|_| self.whole) {
            now.word(folded);
        }
    }

    fn end(&mut self, new: &NewDocument, document: &Document) {
        let words = match self.now.take() {
            Some(preparing) => Words::Ready(preparing.finish()),
            None => Words::Long(Box::new((new.clone(), document.clone()))),
        };
        self.done.push((new.entry.clone(), words));
    }
}
