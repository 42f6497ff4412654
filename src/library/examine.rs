//! Reads one file for the catalogue: its documents, what they say about themselves, their words and identities. Pure but
//! for the reading, so that any thread may do it; a parser that panics makes one broken document, never a lost scan.

use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
};

use anyhow::{Context as _, Result, anyhow};

use super::{
    digest::{Digest, file_hash},
    language::Sample,
    walk::FoundFile,
};
use crate::{
    doc::{Document, Identity, Meta},
    formats::{self, Claim, Entry, Hints, Source},
    text::{self, words},
};

/// The longest title that is kept, in bytes; no terminal shows more.
const TITLE: usize = 512;

/// Files of up to so many bytes, which most are, are read once, and not for each look that is taken at them.
const HELD: u64 = 1024 * 1024;

/// So many documents of a file, or so many bytes of their text, are a part of it that is written down by itself: a mailbox
/// of years is never held as a whole.
const PART: usize = 256;
const PART_BYTES: u64 = 1024 * 1024;

/// A file that was read, or a part of one that holds many documents.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The file, as it was when it was found.
    pub file: FoundFile,
    /// Hash of its bytes; `None` when they can't be read.
    pub hash: Option<[u8; 32]>,
    /// Which place in the file the first of these documents has, from 0.
    pub first: usize,
    /// Whether another part follows.
    pub more: bool,
    /// Its documents in order. None, and no error, when it turned out not to be one.
    pub entries: Vec<NewDocument>,
    /// What stopped the reading of the file; the documents before that are there.
    pub error: Option<String>,
}

impl Examined {
    /// A file of which nothing is known yet.
    pub fn new(file: FoundFile) -> Examined {
        Examined { file, hash: None, first: 0, more: false, entries: Vec::new(), error: None }
    }

    /// Takes out the documents so far, as a part that another one follows.
    pub fn take_part(&mut self) -> Examined {
        let entries = std::mem::take(&mut self.entries);
        let first = self.first;
        self.first += entries.len();
        Examined { file: self.file.clone(), hash: self.hash, first, more: true, entries, error: None }
    }
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// Its id within the file, and where it starts.
    pub entry: Entry,
    /// What it says about itself, and the language that was recognised where it does not name one.
    pub meta: Meta,
    /// What the list shows: its title, or the file's name when there is no text.
    pub title: String,
    /// Words as a person counts them.
    pub words: u64,
    /// By what it is known again.
    pub identity: Identity,
    /// The name of its format.
    pub format: String,
    /// Why it can't be read.
    pub error: Option<String>,
}

/// Takes in the documents of a file while they are examined, so that a text is read and its words are folded once.
pub trait Sink {
    /// A document begins, under the title that the list shows. The one before it may not have come to its end.
    fn begin(&mut self, _title: &str, _document: &Document) {}

    /// A passage of it begins.
    fn passage(&mut self) {}

    /// The next word, folded.
    fn word(&mut self, _folded: &str) {}

    /// The document was read to its end.
    fn end(&mut self, _new: &NewDocument, _document: &Document) {}

    /// The documents so far are enough for a part: whoever writes them down [takes it out](Examined::take_part). Says
    /// whether to go on.
    fn part(&mut self, _so_far: &mut Examined) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// For those who only want to know what a document says about itself.
impl Sink for () {}

/// Reads the file at `path`, which is wanted whatever it is called. What could be opened goes into `sink`.
pub fn examine(path: &Path, sink: &mut dyn Sink) -> Examined {
    match std::fs::metadata(path) {
        Ok(metadata) => examine_found(&FoundFile::named(path, &metadata), &Arc::default(), sink),
        Err(error) => {
            let file = FoundFile { path: path.to_owned(), size: 0, modified: 0, claim: Claim::Named };
            Examined { error: Some(super::reason(&error)), ..Examined::new(file) }
        }
    }
}

/// Reads a file that a walk found. See [`examine`]. What comes back is the rest, after the parts that the sink took out.
pub fn examine_found(file: &FoundFile, hints: &Arc<Hints>, sink: &mut dyn Sink) -> Examined {
    let mut examined = Examined::new(file.clone());
    if let Err(error) = guarded(|| read(&mut examined, hints, sink)) {
        examined.error = Some(reason(&error, &file.path));
    }
    examined
}

fn read(examined: &mut Examined, hints: &Arc<Hints>, sink: &mut dyn Sink) -> Result<()> {
    let source = Source::file(&examined.file.path)?.hinted(hints).held(HELD)?;
    if examined.file.claim == Claim::Look && !formats::is_document(&source)? {
        return Ok(());
    }
    let hash = file_hash(&source)?;
    examined.hash = Some(hash);
    let mut bytes = 0;
    formats::documents(&source, &mut |found| {
        let formats::Found { entry, format, document } = found;
        bytes += document.as_ref().map_or(0, |document| document.body.len());
        let new = document.and_then(|document| guarded(|| take_in(&source, &entry, &document, hash, format, sink)));
        let failed = |error| broken(&source, entry, hash, format, reason(&error, &examined.file.path));
        let new = new.unwrap_or_else(failed);
        examined.entries.push(new);
        if examined.entries.len() < PART && bytes < PART_BYTES {
            return ControlFlow::Continue(());
        }
        bytes = 0;
        sink.part(examined)
    })
}

/// Reads a document to its end.
fn take_in(
    source: &Source,
    entry: &Entry,
    document: &Document,
    hash: [u8; 32],
    format: &str,
    sink: &mut dyn Sink,
) -> Result<NewDocument> {
    let mut meta = document.meta.clone();
    let title = meta.title.as_deref().map(str::trim).filter(|title| !title.is_empty()).unwrap_or(&source.name);
    let title = text::head(title, TITLE).to_owned();
    sink.begin(&title, document);
    let (mut digest, mut sample) = (Digest::new(entry.id.as_deref()), Sample::default());
    for (_, block) in document.blocks() {
        digest.text(&block.text);
        sample.add(&block);
        for passage in block.passages() {
            sink.passage();
            words::folded(text::slice(&block.text, passage), |word, folded| {
                digest.word(&word, folded);
                sink.word(folded);
            });
        }
    }
    meta.language = meta.language.or_else(|| sample.language().map(str::to_owned));
    let new = NewDocument {
        title,
        words: digest.words(),
        identity: digest.finish(hash),
        format: format.to_owned(),
        error: None,
        entry: entry.clone(),
        meta,
    };
    sink.end(&new, document);
    Ok(new)
}

/// A document that can't be opened.
fn broken(source: &Source, entry: Entry, hash: [u8; 32], format: &str, error: String) -> NewDocument {
    NewDocument {
        title: entry.id.as_ref().map_or_else(|| source.name.clone(), |id| format!("{}#{id}", source.name)),
        words: 0,
        identity: Digest::new(entry.id.as_deref()).finish(hash),
        format: format.to_owned(),
        error: Some(error),
        meta: Meta::default(),
        entry,
    }
}

/// Runs `work`; a panic in it becomes an error.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    // What `work` leaves half done is dropped, or is a list that holds whole documents only.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        Err(anyhow!("the reader of this format failed")).context(said.unwrap_or("no reason given").to_owned())
    })
}

/// The reason in words, without the path that the row shows anyway.
fn reason(error: &anyhow::Error, path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let causes = error.chain().map(|cause| match cause.downcast_ref() {
        Some(error) => super::reason(error),
        None => cause.to_string(),
    });
    let whole = causes.collect::<Vec<_>>().join(": ");
    let mut rest = whole.as_str();
    for lead in [path.display().to_string(), name] {
        rest = rest.strip_prefix(&lead).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(rest);
    }
    rest.to_owned()
}
