//! The filter line and the other input lines: opening, typing, taking and leaving them.

use super::{Context, Editing, Effect, Find, Focus, InputKind, Job, Line, Motion, Order, Overlay, Save, State};
use crate::{query::Query, text::fold::fold};

impl State {
    /// Opens the filter line with what stands in it.
    pub(crate) fn open_filter(&mut self) -> Vec<Effect> {
        if self.view.single {
            self.open_input(InputKind::Find);
            return Vec::new();
        }
        let mut effects = self.leave_text();
        if self.filter.relatives.sought.is_some() {
            effects.extend(self.stop_seeking());
        }
        // What is on its way is what the list is about to answer.
        let before = self.filter.pending.asked.as_ref().map_or(&self.filter.standing, |(_, query)| query).clone();
        let (line, selected) = (Line::new(&before), self.list.selected());
        self.filter.line = Some(Editing { line, before, selected, moved: false, completion: None });
        effects
    }

    /// Edits the filter line and asks for what it says.
    pub(crate) fn type_in_filter(&mut self, edit: impl FnOnce(&mut Line) -> bool) -> Vec<Effect> {
        let Some(editing) = &mut self.filter.line else { return Vec::new() };
        if !edit(&mut editing.line) {
            return Vec::new();
        }
        (editing.moved, editing.completion) = (false, None);
        self.filter.pending.return_to = None;
        let text = editing.line.text().to_owned();
        self.ask(text)
    }

    /// Takes the nearest spelling, in the line if it is open; `None` when none is offered.
    pub(crate) fn take_nearest(&mut self) -> Option<Vec<Effect>> {
        let nearest = self.filter.offered()?.to_owned();
        if let Some(editing) = &mut self.filter.line {
            (editing.line, editing.completion) = (Line::new(&nearest), None);
        }
        Some(self.ask(nearest))
    }

    /// Asks for the documents of a query. The list stays as it is until the answer comes. While it is typed, the texts are
    /// not looked through for its regular expressions.
    pub(crate) fn ask(&mut self, query: String) -> Vec<Effect> {
        let scan = self.filter.line.is_none();
        self.search(query, scan)
    }

    fn search(&mut self, query: String, scan: bool) -> Vec<Effect> {
        if self.filter.relatives.sought.take().is_some() {
            self.filter.relatives.trail.pop();
            self.filter.held.waiting = false;
        }
        let ticket = self.next_ticket();
        let order = self.filter.order_for(&query);
        self.filter.pending.asked = Some((ticket, query.clone()));
        let query = self.filter.saved.meaning(&query);
        self.filter.pending.scanning = (scan && Query::parse(&query).patterns().next().is_some()).then_some(0);
        vec![Effect::Job(Job::Search { ticket, query, order, scan })]
    }

    /// Esc while the texts are looked through: they no longer are, and the line is there to be changed.
    pub(crate) fn stop_scan(&mut self) -> Vec<Effect> {
        self.filter.held.waiting = false;
        let text = self.filter.text().to_owned();
        self.search(text, false)
    }

    /// Whether up, or down, goes through earlier queries: up from an empty line, and both once they are shown.
    pub(crate) fn in_history(&self, up: bool) -> bool {
        let empty = |editing: &Editing| editing.line.text().is_empty() && !editing.moved;
        self.context() == Context::Filter
            && self.filter.line.as_ref().is_some_and(|e| e.line.in_history() || (up && empty(e)))
            && !self.filter.history.is_empty()
    }

    /// Shows an earlier or a later query.
    pub(crate) fn browse_history(&mut self, back: bool) -> Vec<Effect> {
        let mut effects = Vec::new();
        if matches!(self.context(), Context::List | Context::Text) {
            effects = self.open_filter();
        }
        let Some(editing) = &mut self.filter.line else { return effects };
        editing.completion = None;
        if editing.line.browse(&self.filter.history, back) {
            let text = editing.line.text().to_owned();
            effects.extend(self.ask(text));
        }
        effects
    }

    /// Enter in a line or a menu.
    pub(crate) fn accept(&mut self) -> Vec<Effect> {
        match self.overlay.take() {
            Some(Overlay::Orders { cursor }) => self.choose_order(cursor),
            Some(Overlay::Themes { .. }) => self.keep_theme(),
            Some(Overlay::Input { kind, line, .. }) => self.accept_input(kind, line.text()),
            Some(Overlay::Contents(contents)) => self.go_to_section(&contents),
            Some(Overlay::Links(links)) => self.follow_link(&links),
            Some(Overlay::Marks(marks)) => self.take_mark(&marks),
            Some(Overlay::Note(note)) => {
                self.leap(note.at);
                Vec::new()
            }
            Some(Overlay::NewMark) => Vec::new(),
            Some(Overlay::Outside { target }) => vec![Effect::Open(target.into())],
            Some(Overlay::Help { line, typing: true, top }) => {
                self.overlay = Some(Overlay::Help { line, typing: false, top });
                Vec::new()
            }
            Some(Overlay::Question { .. }) => self.index(),
            Some(Overlay::Saved { cursor, removing: false }) => self.apply_saved(cursor),
            Some(Overlay::Saved { cursor, removing: true }) => self.remove_saved(cursor),
            Some(Overlay::Help { .. } | Overlay::Details { .. }) => Vec::new(),
            None => self.accept_filter(),
        }
    }

    /// Takes the filter as it is typed; when its answer has not come yet, this and the keys after it wait for it.
    fn accept_filter(&mut self) -> Vec<Effect> {
        if !self.filter.answered() {
            self.filter.held.waiting = true;
            return Vec::new();
        }
        if self.filter.answer.unscanned && self.filter.line.is_some() {
            self.filter.held.waiting = true;
            return self.search(self.filter.standing.clone(), true);
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
        self.filter.held.waiting = false;
        self.reader.motion = Some(Motion::Stay);
        let Some(editing) = self.filter.line.take() else { return Vec::new() };
        if self.filter.answered() && self.filter.standing == editing.before {
            if let Some(id) = editing.selected.filter(|_| !editing.moved) {
                self.list.move_to_id(id);
            }
            return Vec::new();
        }
        self.filter.pending.return_to = editing.selected;
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
        self.reader.seek.current = None;
        if text.trim().is_empty() {
            let stop = self.stop_finding();
            self.reader.seek.find = None;
            self.reader.motion = Some(Motion::To(origin.anchor));
            return stop;
        }
        let Some(id) = self.reader.opened.as_ref().map(|opened| opened.id) else { return Vec::new() };
        let ticket = self.next_ticket();
        let query = phrases(&text);
        let matcher = Query::parse(&query).matcher();
        let (hits, from) = (Default::default(), origin.anchor);
        self.reader.seek.find = Some(Find { ticket, text, matcher, hits, running: true, quiet: false, from });
        vec![Effect::Job(Job::Find { ticket, id, query, from })]
    }

    /// Lets a find that still goes on be, with the hits that there are.
    pub(crate) fn stop_finding(&mut self) -> Vec<Effect> {
        let ticket = self.next_ticket();
        let Some(find) = self.reader.seek.find.as_mut().filter(|find| find.running) else { return Vec::new() };
        (find.ticket, find.running) = (ticket, false);
        let percent = find.hits.searched.take();
        let (query, from) = (String::new(), find.from);
        if let Some(percent) = percent {
            self.say(format!("stopped when {percent} % was searched"));
        }
        let id = self.reader.opened.as_ref().map(|opened| opened.id);
        id.map(|id| Effect::Job(Job::Find { ticket, id, query, from })).into_iter().collect()
    }

    /// Looks for what is found once more, in a text that has changed.
    pub(crate) fn find_again(&mut self) -> Vec<Effect> {
        let ticket = self.next_ticket();
        let (Some(find), Some(opened)) = (&mut self.reader.seek.find, &self.reader.opened) else { return Vec::new() };
        (find.ticket, find.running, find.quiet) = (ticket, true, true);
        vec![Effect::Job(Job::Find { ticket, id: opened.id, query: phrases(&find.text), from: find.from })]
    }

    fn accept_input(&mut self, kind: InputKind, text: &str) -> Vec<Effect> {
        match kind {
            InputKind::Find => {
                self.focus = Focus::Text;
                self.focus_changed();
                // As in less: nothing typed means what was found last.
                if text.trim().is_empty() {
                    let last = self.reader.seek.last.clone();
                    return self.find(last, self.reader.top);
                }
                text.clone_into(&mut self.reader.seek.last);
            }
            InputKind::GoTo if matches!(text.trim(), "q" | "q!" | "quit" | "x" | "wq") => {
                return self.act(super::Action::QuitNow);
            }
            InputKind::GoTo => self.go_to(text.trim()),
            InputKind::Name => return self.save_filter(text),
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
            self.mark_trail();
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
            Some(anchor) => self.leap(anchor),
            None => self.complain(format!("no such section: {text}")),
        }
    }

    /// Esc in an overlay: a find that was only typed is undone, a narrowed help is whole again, else it closes.
    pub(crate) fn leave_overlay(&mut self) {
        match self.overlay.take() {
            Some(Overlay::Input { kind: InputKind::Find, origin, .. }) => {
                self.reader.seek.find = None;
                self.reader.seek.current = None;
                self.reader.motion = Some(Motion::To(origin.anchor));
            }
            Some(Overlay::Help { line, typing, .. }) if typing || !line.text().is_empty() => {
                self.overlay = Some(Overlay::Help { line: Line::default(), typing: false, top: 0 });
            }
            Some(Overlay::Contents(contents)) if !contents.line.text().is_empty() => self.open_contents(),
            Some(Overlay::Question { .. }) => self.decline(),
            Some(Overlay::Themes { before, .. }) => self.view.theme.name = before,
            Some(Overlay::Saved { cursor, removing: true }) => {
                self.overlay = Some(Overlay::Saved { cursor, removing: false });
            }
            _ => {}
        }
    }

    /// `q` in an overlay.
    pub(crate) fn close_overlay(&mut self) {
        match self.overlay.take() {
            Some(Overlay::Question { .. }) => self.decline(),
            Some(Overlay::Themes { before, .. }) => self.view.theme.name = before,
            _ => {}
        }
    }
}

/// What is typed to find in a text, as a query: the words as they stand, the last one from its start, and alternatives
/// between bars. Quotes say it all themselves.
fn phrases(text: &str) -> String {
    if text.contains('"') {
        return text.to_owned();
    }
    let quoted: Vec<String> = text.split('|').map(|words| format!("\"{}", words.trim())).collect();
    quoted.join("\" | ")
}

/// The words of a title in their folded form, one space between them.
fn fold_words(text: &str) -> String {
    text.split_whitespace().map(fold).collect::<Vec<_>>().join(" ")
}
