//! The reading pane: what is open, where its page begins, and what the reader did there. Scrolling is asked for as a
//! [`Motion`]; `app` carries it out against the layout, because only there may the text be read.

use std::path::PathBuf;

use super::{Find, Glide, Hits, Mark, Painted, Pictures, Press, Selection, Ticket, Trail};
use crate::{
    doc::{Anchor, BlockId, DocId, Document},
    layout::{Page, Place},
    library::Row,
    memory::ReadState,
    query::Matcher,
};

/// The reading pane.
#[derive(Debug, Default)]
pub struct Reader {
    /// The document that is shown.
    pub opened: Option<Opened>,
    /// What is asked for, and whether it has come.
    pub request: Request,
    /// It is no longer in the list, and stays on the page until the reader goes on.
    pub adrift: bool,
    /// Where the page begins.
    pub top: Place,
    /// Where it shall begin.
    pub motion: Option<Motion>,
    /// What is still to be scrolled of half a page.
    pub glide: Option<Glide>,
    /// The page, as `app` laid it out.
    pub page: Page,
    /// Where the page before ended, while it is marked in the margin.
    pub turned: Option<Anchor>,
    /// What is looked for in it.
    pub seek: Seek,
    /// What is selected in it.
    pub selection: Option<Selection>,
    /// The last press of the mouse's button in the text.
    pub pressed: Option<Press>,
    /// The places that `H` and `L` go to.
    pub trail: Trail,
    /// What is being read since when.
    pub visit: Visit,
}

/// What is looked for in the text, and the hit at which the reader stands.
#[derive(Debug, Default)]
pub struct Seek {
    /// A find, in place of what the filter looks for.
    pub find: Option<Find>,
    /// The words of the last find, for an empty line that is taken.
    pub last: String,
    /// The hit that `n` counts from.
    pub current: Option<Anchor>,
}

/// The document that is asked for, and what is to be done when it comes.
#[derive(Debug, Default)]
pub struct Request {
    /// What was asked for last.
    pub wanted: Option<Wanted>,
    /// Whether all of the page is shown that the document under the cursor is the main part of.
    pub whole: bool,
    /// The newest request for it.
    pub ticket: Ticket,
    /// Whether its answer is still to come.
    pub pending: bool,
    /// The document has just come: what was laid out of another one is void.
    pub came: bool,
    /// Where to arrive in it.
    pub arrive: Option<(DocId, Arrive)>,
    /// The name of the place in it, if a link leads there.
    pub fragment: Option<String>,
    /// The request that reads the open document again, at the same place, because its file has changed.
    pub again: Option<Ticket>,
}

/// A document that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub id: DocId,
    /// The filter that lights up in it.
    pub query: String,
    /// All of its page.
    pub whole: bool,
}

/// A document that is open.
#[derive(Debug)]
pub struct Opened {
    /// Which.
    pub id: DocId,
    /// Whether it is all of its page.
    pub whole: bool,
    /// Its row in the catalogue.
    pub row: Row,
    /// What belongs to it, while the details are shown.
    pub around: Around,
    /// The document, or why it can't be read.
    pub document: Result<Document, String>,
    /// What lights up.
    pub matcher: Matcher,
    /// Where the words of the filter stand.
    pub hits: Hits,
    /// How far the reader has come.
    pub reading: ReadState,
    /// The places that have a letter, in order.
    pub marks: Vec<Mark>,
    /// Where its chapters begin, as the body measures positions.
    pub chapters: Vec<u64>,
    /// What the words of its programs are.
    pub painted: Painted,
    /// Its images, as far as they are ready.
    pub pictures: Pictures,
}

/// The documents that belong to one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The other files that hold the same text.
    pub copies: Vec<PathBuf>,
    /// The title of the one that it answers, if that is here.
    pub answered: Option<String>,
}

/// A movement of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Motion {
    /// By rows.
    Rows(isize),
    /// By pages, as they are read.
    Pages(isize),
    /// To the start.
    Start,
    /// To the end.
    End,
    /// To a fraction of the way from the first page to the last.
    Fraction(f64),
    /// So far that a place is on the page, with what stands before it.
    Show(Anchor),
    /// To a place: the page begins with it.
    To(Anchor),
    /// To the first row of a block, which may show no text.
    Begin(BlockId),
    /// Nowhere: lay the page out again.
    Stay,
}

/// Where to arrive in the next document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrive {
    /// At the best passage, else at the remembered place.
    #[default]
    Usual,
    /// At the first hit.
    FirstHit,
    /// At the last hit.
    LastHit,
    /// At the start: read on from the document before.
    Start,
    /// At a place.
    At(Anchor),
    /// At the place with this letter.
    Mark(char),
}

/// What was done in a document since it came on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Visit {
    /// When reading began: the text was scrolled or got the focus; milliseconds.
    pub since: Option<u64>,
    /// The fraction of the text at which it began; known when the page is laid out.
    pub from: Option<f64>,
    /// When the text got the focus.
    pub focused: Option<u64>,
    /// The page was moved by the reader and is to be remembered, since when.
    pub moved: Option<u64>,
}

/// Faster than this nobody reads: the end was jumped to (words a minute).
const FASTEST: f64 = 1000.0;

impl Reader {
    /// The document that is shown: the one that is open, unless the list is empty.
    pub fn shown(&self) -> Option<&Opened> {
        self.request.wanted.as_ref().and(self.opened.as_ref())
    }

    /// Nothing is selected any more.
    pub(crate) fn unselect(&mut self) {
        (self.selection, self.pressed) = (None, None);
    }

    /// Whether the document that is wanted is still to come.
    pub fn is_coming(&self) -> bool {
        let open = self.opened.as_ref().map(|opened| opened.id);
        self.request.pending && self.request.wanted.as_ref().map(|wanted| wanted.id) != open
    }

    /// The hits that `n` goes through: those of the find while one stands, else those of the filter.
    pub fn found(&self) -> Option<&Hits> {
        match (&self.seek.find, self.shown()) {
            (Some(find), _) => Some(&find.hits),
            (None, opened) => opened.map(|opened| &opened.hits),
        }
    }

    /// Their places.
    pub fn hits(&self) -> &[(Anchor, usize)] {
        self.found().map_or(&[], |hits| &hits.at)
    }

    /// The number of the current hit from 1, and how many there are.
    pub fn hit_of(&self) -> (Option<usize>, usize) {
        let at = self.hits();
        let number = self.seek.current.and_then(|c| at.iter().position(|(a, _)| *a == c)).map(|i| i + 1);
        (number, at.len())
    }

    /// The hit after, or before, the current one; without one, after or before what the page begins with.
    pub fn neighbour(&self, forward: bool) -> Option<Anchor> {
        let at = self.hits();
        let from = self.seek.current.unwrap_or(self.top.anchor);
        let inclusive = self.seek.current.is_none() && forward;
        if forward {
            at.iter().map(|(a, _)| *a).find(|a| *a > from || (inclusive && *a == from))
        } else {
            at.iter().rev().map(|(a, _)| *a).find(|a| *a < from)
        }
    }

    /// How much of the way from the first page to the last lies behind, in percent, by the bytes before the page. Only the
    /// last page is at 100 %; it is there that [`Motion::Fraction`] goes.
    pub fn percent(&self) -> u64 {
        if self.page.at_end { 100 } else { percent(self.page.bytes.start, self.page.last).min(99) }
    }

    /// When, if the end is on the page, it will have been read no faster than a person can.
    pub fn finished_at(&self) -> Option<u64> {
        let opened = self.opened.as_ref()?;
        let (since, _) = (self.visit.since?, self.visit.focused?);
        if !self.page.at_end || opened.reading == ReadState::Finished || opened.document.is_err() {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "a count of words, for an estimate")]
        let words = opened.row.words as f64 * (1.0 - self.visit.from.unwrap_or(0.0));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds; never negative")]
        let needed = (words / FASTEST * 60_000.0) as u64;
        Some(since + needed)
    }
}

/// `part` of `whole`, 0 when there is nothing.
#[expect(clippy::cast_precision_loss, reason = "a fraction for the eye")]
pub fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// How many hundredths of `whole` a part of it is.
pub fn percent(part: u64, whole: u64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction of 100")]
    let percent = (ratio(part, whole) * 100.0).round() as u64;
    percent
}
