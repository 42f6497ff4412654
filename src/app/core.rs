//! The state with what surrounds it, but without a terminal: events go in, effects come out, a frame is drawn into a
//! buffer. The run loop puts a terminal and threads around it; tests put a plain buffer and inline jobs around it.

use ratatui::buffer::Buffer;

use super::{Looks, fill::Filler, keys, quotation::quotation, shelf::Shelf};
use crate::{
    doc::{Anchor, DocId},
    jobs::Keep,
    keymap::Keymap,
    layout::{Stretch, text_between},
    memory::{Act, KeptPlace, LibraryState, place},
    state::{Action, Chord, Context, Effect, Event, Goal, Note, Outcome, Overlay, Progress, Save, State},
    text, ui,
};

/// Bytes that are copied at most: what a clipboard holds of a book is for nobody to read.
const MOST_COPIED: usize = 1024 * 1024;

/// recto without its terminal.
pub struct Core {
    /// What the screen shows.
    pub state: State,
    keymap: Keymap,
    shelf: Box<dyn Shelf>,
    filler: Filler,
    looks: Looks,
    /// The keys as the screen shows them, and the context for which they were made.
    keys: ui::Keys,
    hinted: Option<Context>,
}

impl Core {
    /// Puts them together.
    pub fn new(mut state: State, keymap: Keymap, shelf: Box<dyn Shelf>, looks: Looks) -> Core {
        state.view.theme.all = looks.names();
        let keys = ui::Keys { hints: Vec::new(), all: keys::all(&keymap) };
        Core { state, keymap, shelf, filler: Filler::default(), looks, keys, hinted: None }
    }

    /// Takes one event, at a time in milliseconds since the start.
    pub fn handle(&mut self, event: Event, now: u64) -> Vec<Effect> {
        self.state.clock.now = now;
        if !matches!(event, Event::Deadline | Event::Outcome(_)) && self.state.land() {
            self.fill();
        }
        let mut effects = match event {
            Event::Key(chord) => self.press(chord),
            Event::Mouse(mouse) => self.state.mouse(mouse),
            Event::Paste(text) => self.state.paste(&text),
            Event::Resize(columns, rows) => self.state.resize(columns, rows),
            Event::Outcome(outcome) => self.outcome(outcome),
            Event::Deadline => self.state.deadline_passed(),
            Event::Signal(signal) => self.state.signal(signal),
        };
        self.fill();
        for chord in self.state.released() {
            effects.extend(self.press(chord));
            self.fill();
        }
        effects.extend(self.state.paint());
        effects.extend(self.state.illustrate());
        effects
    }

    /// Reads the open document again: its file may have changed, and nobody watches one that was opened by name.
    pub fn reread(&mut self, now: u64) -> Vec<Effect> {
        let changed = self.state.reader.request.wanted.iter().map(|wanted| wanted.id).collect();
        let progress = Progress { changed, all: None, ..self.state.library.progress.clone() };
        self.handle(Event::Outcome(Outcome::Library(progress)), now)
    }

    /// Draws a frame; answers where the cursor goes.
    pub fn draw(&mut self, buffer: &mut Buffer) -> Option<(u16, u16)> {
        self.fill();
        let context = self.state.context();
        if self.hinted != Some(context) {
            self.keys.hints = keys::hints(&self.keymap, context, self.state.view.single);
            self.hinted = Some(context);
        }
        let theme = self.looks.theme(&self.state.view.theme.name);
        ui::draw(&self.state, &self.keys, theme, buffer)
    }

    /// What is to be written down for a save.
    pub fn keep(&self, save: Save) -> Vec<Keep> {
        match save {
            Save::Query(text) => vec![Keep::Query(text)],
            Save::Filter(filter) => vec![Keep::Filter(filter)],
            Save::Removed(name) => vec![Keep::Removed(name)],
            Save::Theme(name) => vec![Keep::Choice(self.looks.choice(name))],
            Save::Library { selected, above, order } => {
                let row = selected.and_then(|id| self.shelf.row(id));
                vec![Keep::Library(LibraryState {
                    selected: row.map(|row| (row.path, row.entry)),
                    scroll: above,
                    order: Some(order.name().to_owned()),
                    filter: String::new(),
                    width: None,
                    hidden: false,
                })]
            }
            Save::Reading(id, reading) => self.act(id, Act::State(reading)),
            Save::Place(id, anchor) => {
                self.place(id, anchor).map(Act::Place).map_or_else(Vec::new, |act| self.act(id, act))
            }
            Save::Mark(id, letter, None) => self.act(id, Act::Mark(letter, None)),
            Save::Mark(id, letter, Some(at)) => {
                self.place(id, at).map_or_else(Vec::new, |place| self.act(id, Act::Mark(letter, Some(place))))
            }
        }
    }

    /// A place in the open document, as it is kept.
    fn place(&self, id: DocId, anchor: Anchor) -> Option<KeptPlace> {
        let opened = self.state.reader.opened.as_ref().filter(|opened| opened.id == id)?;
        Some(place(opened.document.as_ref().ok()?, anchor))
    }

    /// An act on a document, and that it was opened now.
    fn act(&self, id: DocId, act: Act) -> Vec<Keep> {
        let Some(opened) = self.state.reader.opened.as_ref().filter(|opened| opened.id == id) else {
            return Vec::new();
        };
        let keep = |act| Keep::Act {
            identity: Box::new(opened.row.identity.clone()),
            path: opened.row.path.clone(),
            entry: opened.row.entry.clone(),
            act,
        };
        vec![keep(act), keep(Act::Opened)]
    }

    /// A part of the open document as it is copied; says how much it is.
    pub fn part(&mut self, stretch: &Stretch, quoted: bool) -> Option<String> {
        let opened = self.state.reader.shown()?;
        let document = opened.document.as_ref().ok()?;
        let (mut text, whole) = text_between(&*document.body, stretch, MOST_COPIED);
        let words = ui::words(text::words::count(&text));
        if quoted {
            text = quotation(&text, document, &opened.row, stretch.start);
        }
        let what = if quoted { " as a quotation" } else { "" };
        let only = if whole { "" } else { "; the rest is too long" };
        self.state.say(format!("copied {words}{what}{only}"));
        Some(text)
    }

    /// Follows a link to a path: to its document, else out of recto.
    pub fn follow(&mut self, to: &Goal, fragment: Option<String>) -> Vec<Effect> {
        match self.shelf.find(to) {
            Some(id) => self.state.arrive(id, to, fragment),
            None => {
                self.state.leads_out(to, matches!(to, Goal::Path(path) if path.exists()));
                Vec::new()
            }
        }
    }

    fn press(&mut self, chord: Chord) -> Vec<Effect> {
        let action = self.keymap.resolve(self.state.context(), chord);
        if self.state.hold(chord, action) {
            return Vec::new();
        }
        match action {
            // A digit is a count, and what follows it is what is counted.
            Some(Action::Percent) if self.state.count.is_none() => Vec::new(),
            Some(action) => self.state.act(action),
            None => self.state.typed(chord),
        }
    }

    fn outcome(&mut self, outcome: Outcome) -> Vec<Effect> {
        match &outcome {
            Outcome::Library(progress) => self.filler.forget(progress),
            Outcome::Grown => self.filler.grown(),
            _ => {}
        }
        self.state.apply(outcome)
    }

    fn fill(&mut self) {
        self.filler.fill(&mut self.state, &*self.shelf);
        let last = ui::last_top(&self.state, &self.keys);
        if let Some(Overlay::Help { top, .. } | Overlay::Details { top } | Overlay::Note(Note { top, .. })) =
            &mut self.state.overlay
        {
            *top = (*top).min(last);
        }
    }
}
