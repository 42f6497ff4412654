//! Moving: through the list, through the text, from hit to hit, and on from one document to the next. And what counts as
//! having read: *begun* when the text was scrolled or had the focus for five seconds, *finished* when its end was reached
//! with the focus, no faster than a person reads. Browsing and jumping change neither state nor place.

use super::{Arrive, Context, Effect, Focus, Motion, Mouse, MouseKind, Note, Overlay, ReadState, Save, State, Step};

/// Rows that a notch of the wheel moves.
const WHEEL: isize = 3;

impl State {
    /// Moves by rows whatever has the keys.
    pub(crate) fn move_by(&mut self, rows: isize) {
        match self.context() {
            Context::List => self.list.move_by(rows),
            Context::Filter => {
                self.list.move_by(rows);
                if let Some(editing) = &mut self.filter.line {
                    editing.moved = true;
                }
            }
            Context::Text => self.scroll(rows),
            Context::Select => self.step_selection(Step::Rows(rows)),
            Context::Contents => self.move_in_contents(rows),
            Context::Marks => self.move_in_marks(rows),
            Context::NewMark
            | Context::Note
            | Context::Help
            | Context::Details
            | Context::Menu
            | Context::Saved
            | Context::Input
            | Context::Outside
            | Context::Links => {
                self.move_in_overlay(rows);
            }
        }
    }

    fn move_in_overlay(&mut self, rows: isize) {
        match &mut self.overlay {
            Some(Overlay::Orders { cursor }) => {
                *cursor = cursor.saturating_add_signed(rows).min(super::Order::ALL.len() - 1);
            }
            Some(Overlay::Themes { cursor, .. }) => {
                let cursor = cursor.saturating_add_signed(rows);
                self.try_theme(cursor);
            }
            Some(Overlay::Saved { cursor, removing: false }) => {
                let last = self.filter.saved.filters.len().saturating_sub(1);
                *cursor = cursor.saturating_add_signed(rows).min(last);
            }
            Some(Overlay::Help { top, .. } | Overlay::Details { top } | Overlay::Note(Note { top, .. })) => {
                *top = top.saturating_add_signed(rows)
            }
            _ => {}
        }
    }

    /// Scrolls the text, which is reading.
    pub(crate) fn scroll(&mut self, rows: isize) {
        self.reader.turned = None;
        self.go(Motion::Rows(rows));
    }

    /// A movement within the text that counts as reading: the place is remembered.
    fn go(&mut self, motion: Motion) {
        if self.reader.opened.is_none() {
            return;
        }
        self.reader.motion = Some(motion);
        self.reader.visit.moved = Some(self.clock.now);
        self.begin_reading();
    }

    /// A movement within the text that is a jump: neither place nor state change.
    pub(crate) fn jump(&mut self, motion: Motion) {
        self.reader.turned = None;
        self.reader.motion = Some(motion);
    }

    /// Rows of a page, with one of the old page kept.
    pub(crate) fn page(&self) -> isize {
        let shown = self.geometry();
        let height = match self.context() {
            Context::List | Context::Filter => shown.rows(),
            Context::Text | Context::Select => shown.text.height,
            _ => shown.screen.height / 2,
        };
        isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1)
    }

    /// Rows of half a page.
    pub(crate) fn half_page(&self) -> isize {
        (self.page() / 2).max(1)
    }

    pub(crate) fn move_to_end(&mut self, last: bool) {
        match self.context() {
            Context::Select => self.step_selection(Step::End(last)),
            Context::Text => {
                self.reader.turned = None;
                self.go(if last { Motion::End } else { Motion::Start });
            }
            _ => self.move_by(if last { isize::MAX } else { isize::MIN }),
        }
    }

    pub(crate) fn move_to_percent(&mut self) {
        let Some(percent) = self.count.take().map(|c| c.min(100)) else { return };
        match self.context() {
            Context::List => {
                let rows = self.list.ids.len().saturating_sub(1);
                self.list.move_to(rows * percent / 100);
            }
            Context::Text => {
                self.reader.turned = None;
                #[expect(clippy::cast_precision_loss, reason = "at most 100")]
                self.go(Motion::Fraction(percent as f64 / 100.0));
            }
            _ => {}
        }
    }

    /// Turns pages of the text, from either pane; after the end the next document comes.
    pub(crate) fn read_on(&mut self, pages: isize) {
        if self.reader.opened.is_none() {
            return;
        }
        // Where only the list is seen, the text is shown first: nobody reads a page unseen.
        if self.geometry().pane.width == 0 {
            return self.read();
        }
        if self.reader.page.at_end {
            self.read_next();
            return;
        }
        let last = self.reader.page.rows.iter().rev().find(|row| !row.gap);
        self.reader.turned = last.map(|row| crate::doc::Anchor { block: row.block, byte: row.range.end });
        self.go(Motion::Pages(pages));
    }

    /// Turns pages back.
    pub(crate) fn read_back(&mut self, pages: isize) {
        if self.geometry().pane.width == 0 {
            return self.read();
        }
        self.reader.turned = None;
        self.go(Motion::Pages(pages.saturating_neg()));
    }

    fn read_next(&mut self) {
        if self.view.single {
            self.say("the end");
        } else if self.turn_to(1) {
            self.reader.request.arrive = self.list.selected().map(|id| (id, Arrive::Start));
        } else {
            self.say("the end of the last document");
        }
    }

    /// Moves the cursor of the list by so many documents; whether there is another one to read. One that has left the list
    /// has given its row to the one after it.
    fn turn_to(&mut self, documents: isize) -> bool {
        let before = self.list.cursor;
        let adrift = std::mem::take(&mut self.reader.adrift);
        self.list.move_by(if adrift && documents > 0 { documents - 1 } else { documents });
        adrift || before != self.list.cursor
    }

    /// The next or previous document of the list, from either pane.
    pub(crate) fn step(&mut self, documents: isize) {
        if !self.turn_to(documents) && !self.list.ids.is_empty() {
            self.say(if documents > 0 { "the last document" } else { "the first document" });
        }
    }

    /// The next or previous hit; after the last one of the filter, on into the next matching document.
    pub(crate) fn next_hit(&mut self, forward: bool) {
        if self.reader.seek.find.is_none() && self.filter.standing.trim().is_empty() {
            self.say("nothing to go to: / finds words");
            return;
        }
        if let Some(anchor) = self.reader.neighbour(forward) {
            self.reader.seek.current = Some(anchor);
            self.jump(Motion::Show(anchor));
            return;
        }
        if self.reader.seek.find.is_some() {
            self.say(if forward { "the last hit" } else { "the first hit" });
            return;
        }
        if !self.turn_to(if forward { 1 } else { -1 }) {
            self.say(if forward { "the last hit of the last document" } else { "the first hit of the first document" });
        } else {
            let at = if forward { Arrive::FirstHit } else { Arrive::LastHit };
            self.reader.request.arrive = self.list.selected().map(|id| (id, at));
        }
    }

    /// Gives the text the focus, at the hit that it shows.
    pub(crate) fn read(&mut self) {
        if self.list.selected().is_none() && self.reader.opened.is_none() {
            return;
        }
        self.focus = Focus::Text;
        self.focus_changed();
    }

    /// Gives the list the focus.
    pub(crate) fn leave_text(&mut self) -> Vec<Effect> {
        let effects = self.save_place();
        self.reader.unselect();
        self.focus = Focus::List;
        self.focus_changed();
        effects
    }

    /// The focus has moved to the other pane.
    pub(crate) fn focus_changed(&mut self) {
        self.reader.visit.focused = (self.focus == Focus::Text).then_some(self.clock.now);
        if self.focus == Focus::Text {
            self.begin_reading();
        }
        self.reader.motion.get_or_insert(Motion::Stay);
    }

    /// Reading begins here, if it has not yet.
    fn begin_reading(&mut self) {
        self.reader.visit.since.get_or_insert(self.clock.now);
    }

    /// Remembers the place, if the reader has moved it, and what that makes of the document.
    pub(crate) fn save_place(&mut self) -> Vec<Effect> {
        let mut effects = self.reading_due();
        let moved = self.reader.visit.moved.take().is_some();
        if let Some(opened) = self.reader.opened.as_ref().filter(|_| moved) {
            effects.push(Effect::Save(Save::Place(opened.id, self.reader.page.top.anchor)));
        }
        effects
    }

    /// What the reader did may have made the document begun or finished.
    pub(crate) fn reading_due(&mut self) -> Vec<Effect> {
        let now = self.clock.now;
        let visit = self.reader.visit;
        let finished = self.reader.finished_at().is_some_and(|at| at <= now);
        let begun = visit.moved.is_some() || visit.focused.is_some_and(|at| at + super::BEGUN_MS <= now);
        let Some(opened) = &mut self.reader.opened else { return Vec::new() };
        let reading = match opened.reading {
            _ if finished => ReadState::Finished,
            ReadState::Unread if begun && opened.document.is_ok() => ReadState::Begun,
            _ => return Vec::new(),
        };
        opened.reading = reading;
        vec![Effect::Save(Save::Reading(opened.id, reading))]
    }

    /// The mouse: a click selects and gives the focus, the wheel scrolls what is under it.
    pub fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        let shown = self.geometry();
        let (in_list, in_text) = (shown.list.holds(mouse.column, mouse.row), shown.pane.holds(mouse.column, mouse.row));
        let rows = if mouse.kind == MouseKind::WheelUp { -WHEEL } else { WHEEL };
        match mouse.kind {
            MouseKind::Drag | MouseKind::Release => return self.drag(mouse),
            MouseKind::Click if self.overlay.is_some() => {}
            _ if self.context() == Context::Contents => self.move_in_contents(rows),
            _ if self.context() == Context::Marks => self.move_in_marks(rows),
            _ if self.overlay.is_some() => self.move_in_overlay(rows),
            MouseKind::Click if in_list => {
                let row = self.list.top + (mouse.row - shown.list.y) / shown.lines.max(1);
                if row < self.list.ids.len() {
                    self.list.move_to(row);
                    match &mut self.filter.line {
                        Some(editing) => editing.moved = true,
                        None => self.focus = Focus::List,
                    }
                    self.focus_changed();
                }
            }
            MouseKind::Click if in_text && self.filter.line.is_none() => {
                self.read();
                self.press(mouse);
            }
            MouseKind::WheelUp | MouseKind::WheelDown if in_list => {
                // By as much of the screen, however tall the rows are.
                let lines = isize::try_from(shown.lines.max(1)).unwrap_or(1);
                self.list.move_by(rows.signum() * (WHEEL + lines - 1) / lines);
                if let Some(editing) = &mut self.filter.line {
                    editing.moved = true;
                }
            }
            MouseKind::WheelUp | MouseKind::WheelDown if in_text => self.scroll(rows),
            _ => {}
        }
        let mut effects = self.reading_due();
        effects.extend(self.follow());
        effects
    }
}
