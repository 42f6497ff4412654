//! The filter line and the other input lines: opening, typing, taking and leaving them.

use super::{Context, Editing, Effect, Find, Focus, InputKind, Job, Line, Motion, Order, Overlay, Save, State};
use crate::{query::Query, text::fold::fold};

impl State {
    /// Opens the filter line with what stands in it.
    pub(crate) fn open_filter(&mut self) {
        if self.view.single {
            self.open_input(InputKind::Find);
            return;
        }
        self.focus = Focus::List;
        let before = self.filter.standing.clone();
        self.filter.line =
            Some(Editing { line: Line::new(&before), before, selected: self.list.selected(), moved: false });
        self.reader.motion = Some(Motion::Stay);
    }

    /// Edits the filter line and asks for what it says.
    pub(crate) fn type_in_filter(&mut self, edit: impl FnOnce(&mut Line) -> bool) -> Vec<Effect> {
        let Some(editing) = &mut self.filter.line else { return Vec::new() };
        if !edit(&mut editing.line) {
            return Vec::new();
        }
        editing.moved = false;
        let text = editing.line.text().to_owned();
        self.ask(text)
    }

    /// Asks for the documents of a query. The list stays as it is until the answer comes.
    pub(crate) fn ask(&mut self, query: String) -> Vec<Effect> {
        let ticket = self.next_ticket();
        let order = self.filter.order_for(&query);
        self.filter.asked = Some((ticket, query.clone()));
        vec![Effect::Job(Job::Search { ticket, query, order })]
    }

    /// Whether up and down go through earlier queries: in an empty line, and once they are shown.
    pub(crate) fn in_history(&self) -> bool {
        self.context() == Context::Filter
            && self.filter.line.as_ref().is_some_and(|e| e.line.in_history() || (e.line.text().is_empty() && !e.moved))
            && !self.filter.history.is_empty()
    }

    /// Shows an earlier or a later query.
    pub(crate) fn browse_history(&mut self, back: bool) -> Vec<Effect> {
        if matches!(self.context(), Context::List | Context::Text) {
            self.open_filter();
        }
        let Some(editing) = &mut self.filter.line else { return Vec::new() };
        if !editing.line.browse(&self.filter.history, back) {
            return Vec::new();
        }
        let text = editing.line.text().to_owned();
        self.ask(text)
    }

    /// Enter in a line or a menu.
    pub(crate) fn accept(&mut self) -> Vec<Effect> {
        match self.overlay.take() {
            Some(Overlay::Orders { cursor }) => self.choose_order(cursor),
            Some(Overlay::Input { kind, line, .. }) => self.accept_input(kind, line.text()),
            Some(Overlay::Help { line, typing: true, top }) => {
                self.overlay = Some(Overlay::Help { line, typing: false, top });
                Vec::new()
            }
            Some(Overlay::Help { .. } | Overlay::Details { .. }) => Vec::new(),
            None => self.accept_filter(),
        }
    }

    /// Takes the filter as it is typed; when its answer has not come yet, this and the keys after it wait for it.
    fn accept_filter(&mut self) -> Vec<Effect> {
        if !self.filter.answered() {
            self.filter.waiting = true;
            return Vec::new();
        }
        if self.filter.line.take().is_none() {
            return Vec::new();
        }
        self.focus = Focus::List;
        self.reader.motion = Some(Motion::Stay);
        let text = self.filter.standing.trim().to_owned();
        if text.is_empty() {
            return Vec::new();
        }
        self.filter.history.retain(|earlier| *earlier != text);
        self.filter.history.insert(0, text.clone());
        vec![Effect::Save(Save::Query(text))]
    }

    /// Esc in the line: the filter from before the edit stands again, on the document that it stood on.
    pub(crate) fn leave_filter(&mut self) -> Vec<Effect> {
        self.filter.waiting = false;
        self.reader.motion = Some(Motion::Stay);
        let Some(editing) = self.filter.line.take() else { return Vec::new() };
        if self.filter.answered() && self.filter.standing == editing.before {
            return Vec::new();
        }
        self.filter.return_to = editing.selected;
        self.ask(editing.before)
    }

    fn choose_order(&mut self, cursor: usize) -> Vec<Effect> {
        let Some(order) = Order::ALL.get(cursor).copied() else { return Vec::new() };
        let query = self.filter.standing.clone();
        if query.trim().is_empty() {
            self.filter.order.whole = order;
        } else {
            self.filter.order.filtered = order;
        }
        self.clock.save_list.get_or_insert(self.clock.now);
        self.say(format!("order: {}", order.name()));
        self.ask(query)
    }

    /// Opens an input line at the bottom.
    pub(crate) fn open_input(&mut self, kind: InputKind) {
        if kind == InputKind::Find && self.reader.opened.is_none() {
            return;
        }
        self.overlay = Some(Overlay::Input { kind, line: Line::default(), origin: self.reader.top });
    }

    /// Edits the line of an overlay; a find shows its first hit while it is typed.
    pub(crate) fn type_in_overlay(&mut self, edit: impl FnOnce(&mut Line) -> bool) -> Vec<Effect> {
        match &mut self.overlay {
            // Letters are keys there until / says that words follow: `q` closes, whatever else was pressed.
            Some(Overlay::Help { line, typing: true, top }) => {
                edit(line);
                *top = 0;
                Vec::new()
            }
            Some(Overlay::Input { kind: InputKind::Find, line, origin }) => {
                if !edit(line) {
                    return Vec::new();
                }
                let (text, origin) = (line.text().to_owned(), *origin);
                self.find(text, origin)
            }
            Some(Overlay::Input { line, .. }) => {
                edit(line);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn find(&mut self, text: String, origin: crate::layout::Place) -> Vec<Effect> {
        self.reader.current = None;
        if text.trim().is_empty() {
            self.reader.find = None;
            self.reader.motion = Some(Motion::To(origin.anchor));
            return Vec::new();
        }
        let ticket = self.next_ticket();
        let matcher = Query::parse(&text).matcher();
        self.reader.find =
            Some(Find { ticket, text: text.clone(), matcher, hits: Default::default(), from: origin.anchor });
        vec![Effect::Job(Job::Find { ticket, query: text })]
    }

    fn accept_input(&mut self, kind: InputKind, text: &str) -> Vec<Effect> {
        match kind {
            InputKind::Find => {
                self.focus = Focus::Text;
                self.focus_changed();
                if text.trim().is_empty() {
                    self.reader.find = None;
                }
            }
            InputKind::GoTo if matches!(text.trim(), "q" | "q!" | "quit" | "x" | "wq") => {
                return self.act(super::Action::QuitNow);
            }
            InputKind::GoTo => self.go_to(text.trim()),
            InputKind::Pipe if text.trim().is_empty() => {}
            InputKind::Pipe => return vec![Effect::Pipe(text.trim().to_owned())],
        }
        Vec::new()
    }

    /// To a percentage, or to the first section whose title holds the words.
    fn go_to(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Ok(percent) = text.trim_end_matches('%').trim().parse::<f64>() {
            self.jump(Motion::Fraction((percent / 100.0).clamp(0.0, 1.0)));
            return;
        }
        let wanted = fold_words(text);
        let found = self.reader.opened.as_ref().and_then(|opened| opened.document.as_ref().ok()).and_then(|document| {
            let title = |i: &&crate::doc::OutlineItem| fold_words(&i.title);
            let starts = document.outline.iter().find(|i| title(i).starts_with(&wanted));
            starts.or_else(|| document.outline.iter().find(|i| title(i).contains(&wanted))).map(|i| i.anchor)
        });
        match found {
            Some(anchor) => self.jump(Motion::To(anchor)),
            None => self.complain(format!("no such section: {text}")),
        }
    }

    /// Esc in an overlay: a find that was only typed is undone, a narrowed help is whole again, else it closes.
    pub(crate) fn leave_overlay(&mut self) {
        match self.overlay.take() {
            Some(Overlay::Input { kind: InputKind::Find, origin, .. }) => {
                self.reader.find = None;
                self.reader.current = None;
                self.reader.motion = Some(Motion::To(origin.anchor));
            }
            Some(Overlay::Help { line, typing, .. }) if typing || !line.text().is_empty() => {
                self.overlay = Some(Overlay::Help { line: Line::default(), typing: false, top: 0 });
            }
            _ => {}
        }
    }

    /// `q` in an overlay.
    pub(crate) fn close_overlay(&mut self) {
        self.overlay = None;
    }
}

/// The words of a title in their folded form, one space between them.
fn fold_words(text: &str) -> String {
    text.split_whitespace().map(fold).collect::<Vec<_>>().join(" ")
}
