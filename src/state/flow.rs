//! The words in which the state speaks with the world: events and outcomes come in, effects and jobs go out. Plain
//! data, all of it.

use std::{path::PathBuf, sync::Arc};

use super::{Chord, Count, Illustrated, Mark, Mouse, Order, ReadState, Values};
use crate::{
    doc::{Anchor, Block, BlockId, DocId, Document},
    layout::Stretch,
    library::{Copies, Row},
    memory::SavedFilter,
    picture::{Picture, Screen},
    query::Matcher,
    search::{Glance, Likeness},
    syntax::Tokens,
    text::Safe,
};

/// The one closed set of things that happen to recto.
#[derive(Debug)]
pub enum Event {
    /// A key.
    Key(Chord),
    /// The mouse.
    Mouse(Mouse),
    /// Text pasted into the terminal.
    Paste(String),
    /// The terminal has another size: columns, rows.
    Resize(usize, usize),
    /// A job has something to say.
    Outcome(Outcome),
    /// The time that [`super::State::deadline`] named has come.
    Deadline,
    /// The system asks.
    Signal(Signal),
}

/// A request of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM, SIGHUP or SIGINT, by number: leave, with the places saved.
    Leave(i32),
    /// SIGTSTP: suspend.
    Suspend,
    /// SIGCONT came without our having suspended: draw again.
    Continue,
}

/// Tells which request an outcome answers. Later ones are larger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// Slow work. Searching and loading replace what was asked before; the rest is done in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    /// Find the documents of a query, or all of them in another order when it is empty.
    Search {
        /// Which request.
        ticket: Ticket,
        /// The query as typed.
        query: String,
        /// How the answer is ordered.
        order: Order,
        /// Whether the texts are looked through for regular expressions, which may take long. Else these narrow nothing
        /// but what they were looked for in before.
        scan: bool,
    },
    /// Open a document, and find its best passage when a filter stands.
    Load {
        /// Which request.
        ticket: Ticket,
        /// Which document.
        id: DocId,
        /// The filter that stands.
        query: String,
        /// Whether all of the page is wanted that the document is the main part of.
        whole: bool,
    },
    /// Find a text in the document that is open.
    Find {
        /// Which request.
        ticket: Ticket,
        /// Which document.
        id: DocId,
        /// The words as typed; without any, what was looked for is no longer wanted.
        query: String,
        /// Where the search begins; it goes on from the start of the text.
        from: Anchor,
    },
    /// Say why documents were found, in this order.
    Explain {
        /// Which request.
        ticket: Ticket,
        /// The filter that stands.
        query: String,
        /// Which documents.
        ids: Vec<DocId>,
    },
    /// Find out what the words of program text are, in this order.
    Paint {
        /// Which request.
        ticket: Ticket,
        /// Which blocks of the open document.
        blocks: Vec<(BlockId, Arc<Block>)>,
    },
    /// Make images ready for the screen, in this order.
    Illustrate {
        /// Which request.
        ticket: Ticket,
        /// Of which document.
        id: DocId,
        /// The blocks that show them.
        images: Vec<Illustrated>,
        /// For which screen.
        screen: Screen,
    },
    /// Read the saved filters again, and count the rows that each of them would show.
    Saved {
        /// Which request.
        ticket: Ticket,
        /// The documents that share a row.
        copies: Arc<Copies>,
    },
    /// Bring the catalogue up to date with the files.
    Rescan,
    /// Index the words, however many there are.
    Index,
}

/// What jobs answer.
#[derive(Debug)]
pub enum Outcome {
    /// Answer to [`Job::Search`].
    Found(Found),
    /// A search looks through the texts, and is so far.
    Scanning {
        /// Which request.
        ticket: Ticket,
        /// How far, from 0 to 100.
        percent: usize,
    },
    /// Answer to [`Job::Load`].
    Loaded(Box<Loaded>),
    /// Answer to [`Job::Find`], or a part of it: where the words stand in the open document.
    Hits(Ticket, Hits),
    /// A part of the answer to [`Job::Explain`].
    Explained {
        /// Which request.
        ticket: Ticket,
        /// The filter.
        query: String,
        /// What there is to say of some of the documents.
        rows: Vec<(DocId, Glance)>,
    },
    /// A part of the answer to [`Job::Paint`].
    Painted {
        /// Which request.
        ticket: Ticket,
        /// Which block.
        id: BlockId,
        /// The length of its text.
        bytes: usize,
        /// Its words.
        tokens: Tokens,
    },
    /// A part of the answer to [`Job::Illustrate`].
    Illustrated {
        /// Which request.
        ticket: Ticket,
        /// Which block.
        id: BlockId,
        /// Its image; none where it can't be had.
        picture: Option<Arc<Picture>>,
    },
    /// A part of the answer to [`Job::Saved`]: the filters, by name.
    Saved(Ticket, Vec<SavedFilter>),
    /// Another part of it.
    Counted {
        /// Which request.
        ticket: Ticket,
        /// The filter.
        name: String,
        /// How many documents it finds.
        count: Count,
    },
    /// The library has grown or changed: what it holds now.
    Library(Progress),
    /// More of a piped text has come.
    Grown,
    /// Something went wrong.
    Failed {
        /// The request that gets no other answer, if it was one.
        ticket: Option<Ticket>,
        /// What went wrong.
        why: String,
    },
}

/// A list of documents.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Which request.
    pub ticket: Ticket,
    /// The documents, in order.
    pub ids: Arc<[DocId]>,
    /// How each word fares alone, when nothing was found.
    pub alone: Vec<(String, usize)>,
    /// The query in the nearest spelling, when some word of it is in no document.
    pub nearest: Option<String>,
    /// What makes no sense in the query.
    pub wrong: Vec<String>,
    /// Whether a regular expression in it was not looked for.
    pub unscanned: bool,
    /// What its fields could ask for.
    pub values: Arc<Values>,
    /// What was found for each `like:` in it.
    pub likenesses: Vec<Likeness>,
}

/// An opened document.
#[derive(Debug)]
pub struct Loaded {
    /// Which request.
    pub ticket: Ticket,
    /// Which document.
    pub id: DocId,
    /// Whether it is all of its page.
    pub whole: bool,
    /// Its row in the catalogue.
    pub row: Row,
    /// The document, or why it can't be read.
    pub document: Result<Document, String>,
    /// Where the reader was, found again in the text as it is now.
    pub place: Option<Anchor>,
    /// How far the reader has come.
    pub reading: ReadState,
    /// The places that have a letter, in order.
    pub marks: Vec<Mark>,
    /// What lights up.
    pub matcher: Matcher,
    /// Where the words of the filter stand.
    pub hits: Hits,
    /// The best passage for the filter.
    pub passage: Option<Anchor>,
}

/// Places of hits in a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// In order, with their lengths in bytes.
    pub at: Vec<(Anchor, usize)>,
    /// Where along the text each of them is, as the body measures positions.
    pub positions: Vec<u64>,
    /// Whether the whole text was looked through.
    pub complete: bool,
    /// How far a search is that goes on, in percent.
    pub searched: Option<usize>,
}

/// How far the library is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// All documents in the order of the list without a filter, when that has changed.
    pub all: Option<Arc<[DocId]>>,
    /// Which of them are copies of one another, when that may have changed.
    pub copies: Option<Arc<Copies>>,
    /// Documents whose rows have changed.
    pub changed: Vec<DocId>,
    /// Another process has written too: any row may have changed.
    pub others: bool,
    /// Whether files are still being looked for.
    pub scanning: bool,
    /// Documents whose words can be searched.
    pub indexed: usize,
    /// Documents in all.
    pub total: usize,
    /// Files that can't be read.
    pub unreadable: usize,
    /// Bytes of text whose words are not indexed before somebody agrees: there are many.
    pub waiting: Option<u64>,
}

/// What the state asks `app` to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Slow work.
    Job(Job),
    /// Something to remember; never dropped.
    Save(Save),
    /// Give the terminal back and leave; with the signal that asked for it.
    Quit(Option<i32>),
    /// Give the terminal back and stop until the shell continues us.
    Suspend,
    /// Draw every cell again.
    Redraw,
    /// Take the terminal again: somebody else had it.
    Retake,
    /// Put a text on the clipboard.
    Copy(String),
    /// Put a part of the open document on the clipboard.
    CopyPart {
        /// Which.
        stretch: Stretch,
        /// As a quotation that names its source.
        quoted: bool,
    },
    /// Open a file, or a URL, in the program that the desktop gives it.
    Open(PathBuf),
    /// Go to another document, if the library has it, and there to a place.
    Follow {
        /// What a link leads to.
        to: Goal,
        /// The name of the place, `#name`.
        fragment: Option<String>,
    },
    /// Open a file in the editor.
    Edit(PathBuf),
    /// Run a command with the document's text as its input.
    Pipe(String),
    /// Switch the terminal's mouse reports.
    Mouse(bool),
}

/// Another document, as a link calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The one at this path.
    Path(PathBuf),
    /// The one that is called so, wherever it is.
    Named {
        /// Its name: of a message its Message-ID.
        name: String,
        /// The file that the link is in.
        from: PathBuf,
    },
    /// The one that has a place with this capital letter.
    Mark(char),
}

/// What is remembered.
#[derive(Clone, Debug, PartialEq)]
pub enum Save {
    /// The place in a document.
    Place(DocId, Anchor),
    /// How far the reader has come.
    Reading(DocId, ReadState),
    /// The place in a document that has a letter, or that none has it any more.
    Mark(DocId, char, Option<Anchor>),
    /// A query that was taken with Enter.
    Query(String),
    /// A filter with a name, in place of one that is called so.
    Filter(SavedFilter),
    /// The filter of this name is not saved any more.
    Removed(String),
    /// The theme of this name was chosen.
    Theme(String),
    /// What the list shows: the selected document, its row on the screen and the order.
    Library {
        /// The document under the cursor.
        selected: Option<DocId>,
        /// How many rows above it are on the screen.
        above: usize,
        /// The order without a filter.
        order: Order,
    },
}

/// A message for the bottom line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it says.
    pub text: Safe,
    /// Whether something failed.
    pub failure: bool,
}
