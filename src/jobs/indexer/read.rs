//! Reading files for the index, on several threads: a file becomes what the catalogue learns of it, and the words of its
//! documents, prepared here so that whoever writes them only writes. Writes nothing.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::SyncSender,
    },
    time::Instant,
};

use crate::{
    doc::Document,
    formats::{self, Hints},
    index::{Prepared, Preparing},
    library::{COSTLY, Change, Examined, Found, NewDocument, PackedText, Sink, examine_found},
};

/// Texts longer than this, in bytes, are not held while they wait to be written, but read again.
const HELD: u64 = 4 * 1024 * 1024;

/// A file that was read, or a part of one.
pub(super) struct Read {
    pub change: Change,
    /// The words of its documents in the order of the change; those that can't be opened have none.
    pub words: Vec<Option<Words>>,
    /// Those of its documents that took long to parse.
    pub texts: Vec<PackedText>,
}

/// The words of a document: prepared, or still to be read from one that is too long to be held.
pub(super) enum Words {
    Ready(Prepared),
    Long(Box<(NewDocument, Document)>),
}

/// A reader thread: takes the next file until there is none. Unless the `whole` of them is to be indexed, titles are. They
/// are read with what the reader knows of them.
pub(super) fn read_files(
    todo: &[Found],
    next: &AtomicUsize,
    (whole, hints): (bool, &Arc<Hints>),
    done: &SyncSender<Read>,
    alive: &(dyn Fn() -> bool + Sync),
) {
    while let Some(found) = todo.get(next.fetch_add(1, Ordering::Relaxed)).filter(|_| alive()) {
        let file = match found {
            Found::File(file) => file,
            Found::Trouble { path, reason } => {
                let change = Change::Trouble { path: path.clone(), reason: reason.clone() };
                if done.send(Read { change, words: vec![None], texts: Vec::new() }).is_err() {
                    return;
                }
                continue;
            }
        };
        let send =
            |read| if done.send(read).is_ok() && alive() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        let began = Instant::now();
        let mut taken = Taken {
            whole,
            now: None,
            began,
            costly: false,
            done: Vec::new(),
            texts: Vec::new(),
            stopped: false,
            send: &send,
        };
        let examined = examine_found(file, hints, &mut taken);
        // A file of which parts are missing is not finished, and read again with the next run.
        if taken.stopped || taken.read(examined).is_break() {
            return;
        }
    }
}

/// The words of a file's documents, taken in while it is examined.
struct Taken<'s> {
    /// Whether more than the title is taken.
    whole: bool,
    /// Of the document that is being read; `None` for one that is too long to be held.
    now: Option<Preparing>,
    /// When the parsing of the next document began, and whether that took long.
    began: Instant,
    costly: bool,
    done: Vec<(formats::Entry, Words)>,
    texts: Vec<PackedText>,
    /// Whether nobody wants the rest of the file.
    stopped: bool,
    send: &'s dyn Fn(Read) -> ControlFlow<()>,
}

impl Taken<'_> {
    /// Sends a file, or a part of one, with the words that were taken in.
    fn read(&mut self, examined: Examined) -> ControlFlow<()> {
        // One for each document that was listed, in that order; those that can't be opened, and what stopped the reading
        // of the file, are rows without words.
        let mut taken = std::mem::take(&mut self.done).into_iter().peekable();
        let mut of = |entry| taken.next_if(|(of, _)| of == entry).map(|(_, words)| words);
        let mut words: Vec<_> = examined.entries.iter().map(|new| of(&new.entry)).collect();
        words.extend(examined.error.is_some().then_some(None));
        let texts = std::mem::take(&mut self.texts);
        let sent = (self.send)(Read { change: Change::Read(Box::new(examined)), words, texts });
        self.began = Instant::now();
        sent
    }
}

impl Sink for Taken<'_> {
    fn begin(&mut self, title: &str, document: &Document) {
        self.costly = self.began.elapsed() > COSTLY;
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
        // What depends on hints would be kept as it was under others.
        if self.costly && !Hints::CONCERNED.contains(&new.format.as_str()) {
            // What can't be packed is parsed again.
            self.texts.extend(PackedText::new(new.identity.file, new.entry.id.as_deref(), document).ok().flatten());
        }
        self.began = Instant::now();
    }

    fn part(&mut self, so_far: &mut Examined) -> ControlFlow<()> {
        let sent = self.read(so_far.take_part());
        self.stopped = sent.is_break();
        sent
    }
}
