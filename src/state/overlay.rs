//! What may stand over the panes: one thing at a time.

use super::{Contents, Hits, Line, Links, Marks, Note, Order, Ticket};
use crate::{doc::Anchor, layout::Place};

/// The overlay that is open.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys, narrowed by words.
    Help {
        /// The words.
        line: Line,
        /// Whether they are being typed.
        typing: bool,
        /// First row shown.
        top: usize,
    },
    /// The orders of the list.
    Orders {
        /// Index in [`Order::ALL`].
        cursor: usize,
    },
    /// The themes; the one under the cursor is what the screen shows.
    Themes {
        /// Index in [`ThemeChoice::all`](super::ThemeChoice::all).
        cursor: usize,
        /// The one before, for Esc.
        before: String,
    },
    /// The saved filters.
    Saved {
        /// Index in [`Saved::filters`](super::Saved::filters).
        cursor: usize,
        /// Whether it is asked if the one under the cursor is to go.
        removing: bool,
    },
    /// The sections of the document.
    Contents(Contents),
    /// The links on the page, with numbers.
    Links(Links),
    /// A footnote.
    Note(Note),
    /// A letter is waited for, to mark the page.
    NewMark,
    /// The marks.
    Marks(Marks),
    /// Where a link leads that leads out of recto.
    Outside {
        /// A URL or a path.
        target: String,
    },
    /// What is known of the document.
    Details {
        /// First row shown.
        top: usize,
    },
    /// Whether so many bytes of text are to be indexed.
    Question {
        /// How many.
        bytes: u64,
    },
    /// An input line at the bottom of the screen.
    Input {
        /// What for.
        kind: InputKind,
        /// What is typed.
        line: Line,
        /// Where the text stood before, for Esc.
        origin: Place,
    },
}

/// What an input line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// Words to find in the text.
    Find,
    /// A percentage or a section.
    GoTo,
    /// A command that reads the document's text.
    Pipe,
    /// A name for the filter.
    Name,
}

impl Overlay {
    /// A menu of orders with the one in force under the cursor.
    pub fn orders(now: Order) -> Overlay {
        Overlay::Orders { cursor: Order::ALL.iter().position(|o| *o == now).unwrap_or(0) }
    }
}

/// A find in the text, while it stands.
#[derive(Clone, Debug)]
pub struct Find {
    /// Which request its hits answer.
    pub ticket: Ticket,
    /// The words as typed.
    pub text: String,
    /// What lights up.
    pub matcher: crate::query::Matcher,
    /// Where the words stand; grows until the text was looked through.
    pub hits: Hits,
    /// More hits may come.
    pub running: bool,
    /// Its hits change no place: the first is shown, or they are looked for again in a changed text.
    pub quiet: bool,
    /// Where the search begins.
    pub from: Anchor,
}
