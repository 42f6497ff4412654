//! What the screen shows and how it changes. Pure: no I/O, no locks, no threads, no clock of its own, no `Result`.
//!
//! `app` gives it one thing at a time ([`State::act`] an action, [`State::typed`] a key without one, [`State::apply`] an
//! outcome, [`State::deadline_passed`] the time it asked for) and carries out the [`Effect`]s that come back. After each
//! of them the document under the cursor is the one that is open or asked for: `State::follow` sees to that in one place.
//! Only a document that leaves the list by itself while it is read (its file was deleted) stays until the reader goes on.

mod act;
mod action;
mod apply;
mod completing;
mod completion;
mod contents;
mod filter;
mod filtering;
mod flow;
mod geometry;
mod glide;
mod key;
mod line;
mod links;
mod list;
mod marks;
mod note;
mod overlay;
mod painted;
mod pictures;
mod question;
mod reader;
mod reading;
mod relatives;
mod rows;
mod saved;
mod selection;
mod themes;
mod trail;
mod view;

use std::path::PathBuf;

pub use action::{Action, Context};
pub use completion::{Completion, Values};
pub use contents::{Contents, section_at, section_end, sections_around};
pub use filter::{Answer, Editing, Filter, Held, Orders, Pending};
pub use flow::{Effect, Event, Found, Goal, Hits, Job, Loaded, Message, Outcome, Progress, Save, Signal, Ticket};
pub use geometry::{Area, Geometry, SMALLEST, WIDE};
pub use glide::Glide;
pub use key::{Chord, Key, Mouse, MouseKind};
pub use line::Line;
pub use links::{Links, Way};
pub use list::{List, ListRow};
pub use marks::{Mark, MarkRow, Marks};
pub use note::Note;
pub use overlay::{Find, InputKind, Overlay};
pub use painted::Painted;
pub use pictures::{Illustrated, Pictures};
pub use reader::{Around, Arrive, Motion, Opened, Reader, Request, Seek, Visit, Wanted, percent, ratio};
pub use relatives::{Before, Relatives};
pub use rows::Explained;
pub use saved::{Count, Saved};
pub use selection::{Press, Selection, Step};
pub use trail::{Spot, Trail};
pub use view::{Images, ListRoom, MEASURE, ThemeChoice, View};

use crate::text::Safe;
pub use crate::{memory::ReadState, search::Order};

/// The pane that has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list.
    #[default]
    List,
    /// The text.
    Text,
}

/// All that recto shows.
#[derive(Debug, Default)]
pub struct State {
    /// Columns and rows of the terminal.
    pub size: (usize, usize),
    /// The pane that has the focus.
    pub focus: Focus,
    /// The list.
    pub list: List,
    /// The filter.
    pub filter: Filter,
    /// The text.
    pub reader: Reader,
    /// What stands over the panes.
    pub overlay: Option<Overlay>,
    /// The looks.
    pub view: View,
    /// How far the library is.
    pub library: Library,
    /// What the bottom line says for a while, and until when.
    pub message: Option<(Message, u64)>,
    /// The count typed before a key.
    pub count: Option<usize>,
    /// The time, in milliseconds since the start, as `app` last told it; and what has a time.
    pub clock: Clock,
    /// The ticket given last.
    pub ticket: Ticket,
}

/// What is known of the library.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    /// What the header calls it.
    pub name: Safe,
    /// Its roots.
    pub roots: Vec<PathBuf>,
    /// The numbers.
    pub progress: Progress,
    /// It was asked whether all of it is to be indexed.
    pub asked: bool,
}

/// The time and what is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds since the start.
    pub now: u64,
    /// When the list's place is to be saved.
    pub save_list: Option<u64>,
}

/// How long a message stays.
const MESSAGE_MS: u64 = 5_000;
/// How long after the last movement a place is saved.
const SAVE_MS: u64 = 1_000;
/// How long the text has the focus before its document counts as begun.
const BEGUN_MS: u64 = 5_000;

impl State {
    /// Where a key goes: the topmost overlay, else the line, else the focused pane.
    pub fn context(&self) -> Context {
        match (&self.overlay, &self.filter.line, self.focus) {
            (Some(Overlay::Help { typing: true, .. } | Overlay::Input { .. }), ..) => Context::Input,
            (Some(Overlay::Help { .. }), ..) => Context::Help,
            (Some(Overlay::Saved { removing: false, .. }), ..) => Context::Saved,
            (Some(Overlay::Orders { .. } | Overlay::Themes { .. }), ..) => Context::Menu,
            (Some(Overlay::Question { .. } | Overlay::Saved { .. }), ..) => Context::Menu,
            (Some(Overlay::Outside { .. }), ..) => Context::Outside,
            (Some(Overlay::Details { .. }), ..) => Context::Details,
            (Some(Overlay::Contents(_)), ..) => Context::Contents,
            (Some(Overlay::Links(_)), ..) => Context::Links,
            (Some(Overlay::Note(_)), ..) => Context::Note,
            (Some(Overlay::NewMark), ..) => Context::NewMark,
            (Some(Overlay::Marks(_)), ..) => Context::Marks,
            (None, Some(_), _) => Context::Filter,
            (None, None, Focus::List) => Context::List,
            (None, None, Focus::Text) if self.reader.selection.is_some() => Context::Select,
            (None, None, Focus::Text) => Context::Text,
        }
    }

    /// Where things stand on the screen now.
    pub fn geometry(&self) -> Geometry {
        // A filter is typed over the list, also where only the text was shown.
        let focus = if self.filter.line.is_some() { Focus::List } else { self.focus };
        let filter = self.filter.shown() && !self.view.single;
        Geometry::new(self.size, &self.view, focus, filter, self.list.explained.wanted())
    }

    /// When [`State::deadline_passed`] wants to be called, if ever.
    pub fn deadline(&self) -> Option<u64> {
        let visit = &self.reader.visit;
        let unread = self.reader.opened.as_ref().is_some_and(|o| o.reading == ReadState::Unread && o.document.is_ok());
        let due = [
            self.message.as_ref().map(|(_, until)| *until),
            self.clock.save_list,
            self.reader.glide.map(|glide| glide.due),
            visit.moved.map(|at| at + SAVE_MS),
            visit.focused.filter(|_| unread).map(|at| at + BEGUN_MS),
            self.reader.finished_at(),
        ];
        due.into_iter().flatten().min()
    }

    /// Does what is due.
    pub fn deadline_passed(&mut self) -> Vec<Effect> {
        let now = self.clock.now;
        self.glide();
        let mut effects = self.reading_due();
        if self.message.as_ref().is_some_and(|(_, until)| *until <= now) {
            self.message = None;
        }
        if self.clock.save_list.is_some_and(|at| at <= now) {
            effects.extend(self.save_list());
        }
        if self.reader.visit.moved.is_some_and(|at| at + SAVE_MS <= now) {
            effects.extend(self.save_place());
        }
        effects
    }

    /// Asks for what the first frame shows.
    pub fn begin(&mut self) -> Vec<Effect> {
        if self.focus == Focus::Text {
            self.focus_changed();
        }
        self.follow()
    }

    /// Asks for the list again, in the order that it has.
    pub fn ask_again(&mut self) -> Vec<Effect> {
        self.ask(self.filter.standing.clone())
    }

    /// What must be saved before leaving, whatever the way out.
    pub fn leave(&mut self) -> Vec<Effect> {
        let mut effects = self.save_place();
        effects.extend(self.save_list());
        effects
    }

    /// The page is laid out: reading that began before it stood begins at its top.
    pub fn filled(&mut self) {
        let page = &self.reader.page;
        if self.reader.visit.since.is_some() && self.reader.visit.from.is_none() {
            self.reader.visit.from = Some(ratio(page.bytes.start, page.of));
        }
    }

    /// The terminal has another size. The page keeps its top.
    pub fn resize(&mut self, columns: usize, rows: usize) -> Vec<Effect> {
        self.size = (columns, rows);
        self.reader.motion.get_or_insert(Motion::Stay);
        self.follow()
    }

    /// Whether an answer is on its way that the next frame should show.
    pub fn awaits(&self) -> bool {
        self.filter.pending.asked.is_some() || self.reader.request.pending
    }

    /// Says something in the bottom line for a while.
    pub fn say(&mut self, text: impl Into<Safe>) {
        self.message = Some((Message { text: text.into(), failure: false }, self.clock.now + MESSAGE_MS));
    }

    /// Says that something failed.
    pub fn complain(&mut self, text: impl Into<Safe>) {
        self.message = Some((Message { text: text.into(), failure: true }, self.clock.now + MESSAGE_MS));
    }

    /// A ticket larger than all before.
    fn next_ticket(&mut self) -> Ticket {
        self.ticket.0 += 1;
        self.ticket
    }

    /// Asks for what the screen lacks: the document under the cursor, and why the rows in view are in the list.
    pub(crate) fn follow(&mut self) -> Vec<Effect> {
        self.put_question();
        let mut effects = self.follow_cursor();
        effects.extend(self.explain());
        effects
    }

    /// Asks for the document under the cursor when it, or the filter that lights up in it, is not what was asked for.
    fn follow_cursor(&mut self) -> Vec<Effect> {
        let whole = self.reader.request.whole;
        if self.view.single && self.reader.request.wanted.as_ref().is_some_and(|wanted| wanted.whole == whole) {
            return Vec::new();
        }
        if self.reader.adrift && self.focus == Focus::Text {
            return Vec::new();
        }
        self.reader.adrift = false;
        let id = self.list.selected();
        let other = id != self.reader.request.wanted.as_ref().map(|wanted| wanted.id);
        self.reader.request.whole &= !other;
        let query = || self.filter.lit().to_owned();
        let wanted = id.map(|id| Wanted { id, query: query(), whole: self.reader.request.whole });
        if wanted == self.reader.request.wanted {
            return Vec::new();
        }
        let mut effects = Vec::new();
        if other {
            effects.extend(self.save_place());
            self.reader.visit = Visit::default();
            self.reader.seek.find = None;
            self.reader.turned = None;
            self.reader.unselect();
            self.clock.save_list.get_or_insert(self.clock.now + SAVE_MS);
        }
        self.reader.seek.current = None;
        self.reader.request.wanted = wanted.clone();
        match wanted {
            Some(Wanted { id, query, whole }) => {
                let ticket = self.next_ticket();
                self.reader.request.ticket = ticket;
                self.reader.request.pending = true;
                effects.push(Effect::Job(Job::Load { ticket, id, query, whole }));
            }
            // What was open stays known, until what is to be saved of it is.
            None => self.reader.request.pending = false,
        }
        effects
    }

    /// Where the list stands, to be found again next time.
    pub(crate) fn save_list(&mut self) -> Vec<Effect> {
        self.clock.save_list = None;
        if self.view.single {
            return Vec::new();
        }
        vec![Effect::Save(Save::Library {
            selected: self.list.selected(),
            above: self.list.cursor.saturating_sub(self.list.top),
            order: self.filter.order.whole,
        })]
    }
}
