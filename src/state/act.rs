//! What each action does.

use super::{
    Action, Context, Effect, Focus, Images, InputKind, Line, Motion, Overlay, Signal, State, Step, View, view,
};
use crate::layout::Unit;

/// Columns that the measure and the list change at a key.
const STEP: usize = 4;
/// Columns that wide text moves at a key.
const SIDEWAYS: usize = 8;
/// The narrowest and the widest measure.
const MEASURES: (usize, usize) = (20, 200);

impl State {
    /// Does what a person asked for.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        // A message has been read by whoever goes on; but Enter only uncovers the one that its line stood over.
        if action != Action::Accept {
            self.message = None;
        }
        let count = if matches!(action, Action::Percent | Action::Back) { None } else { self.count.take() };
        let mut effects = self.perform(action, count);
        effects.extend(self.follow());
        effects
    }

    fn perform(&mut self, action: Action, count: Option<usize>) -> Vec<Effect> {
        use Action as A;
        let times = isize::try_from(count.unwrap_or(1)).unwrap_or(isize::MAX);
        match action {
            A::Up if self.in_history(true) => return self.browse_history(true),
            A::Down if self.in_history(false) => return self.browse_history(false),
            A::Up => self.move_by(-times),
            A::Down => self.move_by(times),
            A::HalfUp => self.move_by_halves(-times),
            A::HalfDown => self.move_by_halves(times),
            A::PageUp => self.move_by(-times.saturating_mul(self.page())),
            A::PageDown => self.move_by(times.saturating_mul(self.page())),
            A::Top => self.move_to_end(false),
            A::Bottom => match (self.context(), count) {
                (Context::List, Some(row)) => self.list.move_to(row.saturating_sub(1)),
                _ => self.move_to_end(true),
            },
            A::Percent => self.move_to_percent(),
            A::ReadOn if self.overlay.is_some() => self.move_by(times.saturating_mul(self.page())),
            A::ReadBack if self.overlay.is_some() => self.move_by(-times.saturating_mul(self.page())),
            A::ReadOn => self.read_on(times),
            A::ReadBack => self.read_back(times),
            A::NextDocument => self.step(times),
            A::PreviousDocument => self.step(-times),
            A::NextHit => self.next_hit(true),
            A::PreviousHit => self.next_hit(false),
            A::Filter => return self.open_filter(),
            A::MoreLikeThis => return self.seek_relatives(),
            A::Conversation => return self.seek_conversation(),
            A::Earlier => return self.browse_history(true),
            A::Complete => return self.complete(false),
            A::CompleteBack => return self.complete(true),
            A::Accept => return self.accept(),
            A::Back => return self.back(),
            A::Read if self.focus == Focus::List && self.filter.offered().is_some() => {
                return self.take_nearest().unwrap_or_default();
            }
            A::Read => self.read(),
            A::ToList | A::OtherPane if self.view.single => {}
            A::ToList => return self.leave_text(),
            A::OtherPane if self.focus == Focus::List => self.read(),
            A::OtherPane => return self.leave_text(),
            A::Quit if self.overlay.is_some() => self.close_overlay(),
            A::Quit if self.context() == Context::Select => self.reader.unselect(),
            A::Quit | A::QuitNow => return self.quit(None),
            A::Suspend => return vec![Effect::Suspend],
            A::Redraw => {
                self.lose_pictures();
                return vec![Effect::Redraw];
            }
            A::Rescan => {
                if let Some(opened) = &mut self.reader.opened {
                    opened.pictures.look_again();
                }
                self.library.asked = false;
                self.say("looking for new and changed files");
                return vec![Effect::Job(super::Job::Rescan)];
            }
            A::Mark => self.begin_mark(),
            A::Marks => self.open_marks(),
            A::Remove if self.context() == Context::Marks => return self.remove_mark(),
            A::Select => self.select(),
            A::WordOn => self.step_selection(Step::Words(times)),
            A::WordBack => self.step_selection(Step::Words(-times)),
            A::ByWord => self.step_selection(Step::Extend(Unit::Word, times)),
            A::ByWordBack => self.step_selection(Step::Extend(Unit::Word, -times)),
            A::BySentence => self.step_selection(Step::Extend(Unit::Sentence, times)),
            A::BySentenceBack => self.step_selection(Step::Extend(Unit::Sentence, -times)),
            A::ByParagraph => self.step_selection(Step::Extend(Unit::Paragraph, times)),
            A::ByParagraphBack => self.step_selection(Step::Extend(Unit::Paragraph, -times)),
            A::OtherEnd => self.swap_ends(),
            A::Quote => return self.copy(true),
            A::CopyText => return self.copy(false),
            A::CopyPath | A::Original | A::Editor => return self.give_away(action),
            A::Mouse => {
                self.view.mouse = !self.view.mouse;
                self.say(if self.view.mouse { "mouse on" } else { "mouse off" });
                return vec![Effect::Mouse(self.view.mouse)];
            }
            A::Find if self.context() == Context::Help => {
                self.overlay = Some(Overlay::Help { line: Line::default(), typing: true, top: 0 });
            }
            A::Find => self.open_input(InputKind::Find),
            A::GoTo => self.open_input(InputKind::GoTo),
            A::Pipe => self.open_input(InputKind::Pipe),
            A::Order => self.overlay = (!self.view.single).then(|| Overlay::orders(self.order())),
            A::Theme => self.open_themes(),
            A::SaveFilter => self.name_filter(),
            A::SavedFilters => return self.open_saved(),
            A::Remove => self.ask_to_remove(),
            A::Contents => self.open_contents(),
            A::FollowLink => self.open_links(),
            A::GoBack => return self.turn_back(true),
            A::GoForward => return self.turn_back(false),
            A::WholePage => self.whole_page(),
            A::Details if self.overlay.is_some() => self.close_overlay(),
            A::Details => self.overlay = self.reader.opened.is_some().then_some(Overlay::Details { top: 0 }),
            A::Help => self.overlay = Some(Overlay::Help { line: Line::default(), typing: false, top: 0 }),
            A::ToggleList
            | A::ListNarrower
            | A::ListWider
            | A::SidewaysLeft
            | A::SidewaysRight
            | A::MeasureNarrower
            | A::MeasureWider
            | A::MeasureUsual
            | A::JustifyToggle
            | A::Images => self.look(action, count.unwrap_or(1)),
        }
        Vec::new()
    }

    /// The order that the list has now.
    pub fn order(&self) -> super::Order {
        self.filter.order_for(&self.filter.standing)
    }

    /// Changes of the looks.
    fn look(&mut self, action: Action, times: usize) {
        let step = STEP.saturating_mul(times);
        let delta = isize::try_from(step).unwrap_or(isize::MAX);
        let shown = self.geometry();
        let view: &mut View = &mut self.view;
        match action {
            Action::ToggleList => {
                view.list.hidden = !view.list.hidden;
                if view.list.hidden && self.focus == Focus::List {
                    self.read();
                }
            }
            // Counted from what is seen, so that a key always shows: past the widest, one step back is a step.
            Action::ListNarrower if shown.list.width > 20 => view.list.delta = view.list.delta.saturating_sub(delta),
            Action::ListWider if shown.pane.width > 30 => view.list.delta = view.list.delta.saturating_add(delta),
            Action::SidewaysLeft => view.sideways = view.sideways.saturating_sub(SIDEWAYS * times),
            Action::SidewaysRight if self.reader.page.rows.iter().any(|row| row.clipped.1) => {
                view.sideways += SIDEWAYS * times;
            }
            Action::MeasureNarrower => {
                view.measure = shown.text.width.min(view.measure).saturating_sub(step).max(MEASURES.0);
            }
            Action::MeasureWider => view.measure = view.measure.saturating_add(step).min(MEASURES.1),
            Action::MeasureUsual => view.measure = view::MEASURE,
            Action::JustifyToggle => {
                view.justify = !view.justify;
                let how = if view.justify { "justified" } else { "ragged right" };
                self.say(how);
            }
            Action::Images => {
                let how;
                (view.images, how) = match view.images {
                    Images::Never => (Images::Never, "this terminal has no colours for images"),
                    Images::Hidden => (Images::Shown, "images are shown"),
                    Images::Shown => (Images::Hidden, "images are left out"),
                };
                self.say(how);
            }
            _ => {}
        }
        self.reader.motion.get_or_insert(Motion::Stay);
    }

    /// A key that no action is bound to: a letter of an input line, a digit of a count. Any other says that it does
    /// nothing, so that a slip of a finger is told from a key that had no effect.
    pub fn typed(&mut self, chord: super::Chord) -> Vec<Effect> {
        let mut effects = match self.context() {
            Context::Filter if self.filter.line.as_ref().is_some_and(|e| e.line.leads_on(chord)) => {
                self.take_nearest().unwrap_or_default()
            }
            Context::Filter => self.type_in_filter(|line| line.edit(chord)),
            Context::Input => self.type_in_overlay(|line| line.edit(chord)),
            Context::Links if chord.typed().is_some_and(|c| c.is_ascii_digit()) => {
                chord.typed().map_or_else(Vec::new, |digit| self.type_link(digit))
            }
            Context::NewMark | Context::Marks => self.type_mark(chord.typed()),
            Context::Contents => {
                self.type_in_contents(|line| line.edit(chord));
                Vec::new()
            }
            Context::Menu if matches!(self.overlay, Some(Overlay::Question { .. })) => self.answer(chord),
            Context::Menu if matches!(self.overlay, Some(Overlay::Saved { .. })) => self.answer_to_remove(chord),
            context => {
                let counts = matches!(context, Context::List | Context::Text | Context::Select);
                if !(counts && self.type_digit(chord)) {
                    self.say(format!("{chord} does nothing here"));
                }
                Vec::new()
            }
        };
        effects.extend(self.follow());
        effects
    }

    /// Text pasted into the terminal: it is typed where there is a line, and opens the filter where there is none.
    pub fn paste(&mut self, text: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        if matches!(self.context(), Context::List | Context::Text) && !self.view.single {
            effects = self.open_filter();
        }
        effects.extend(match self.context() {
            Context::Filter => self.type_in_filter(|line| line.insert(text)),
            Context::Help | Context::Input => self.type_in_overlay(|line| line.insert(text)),
            Context::Contents => {
                self.type_in_contents(|line| line.insert(text));
                Vec::new()
            }
            _ => Vec::new(),
        });
        effects.extend(self.follow());
        effects
    }

    /// Whether the key is a digit, which a count is made of; any other ends it.
    fn type_digit(&mut self, chord: super::Chord) -> bool {
        let Some(digit) = chord.typed().and_then(|c| c.to_digit(10)) else {
            self.count = None;
            return false;
        };
        // A count of a million rows is a slip of a finger.
        let count = self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit as usize);
        self.count = (count > 0).then_some(count.min(999_999));
        true
    }

    /// A signal of the system.
    pub fn signal(&mut self, signal: Signal) -> Vec<Effect> {
        match signal {
            Signal::Leave(number) => self.quit(Some(number)),
            Signal::Suspend => vec![Effect::Suspend],
            Signal::Continue => vec![Effect::Retake],
        }
    }

    fn quit(&mut self, signal: Option<i32>) -> Vec<Effect> {
        let mut effects = self.leave();
        effects.push(Effect::Quit(signal));
        effects
    }

    /// One step back; never out of the program.
    fn back(&mut self) -> Vec<Effect> {
        if self.count.take().is_some() {
            // Only the count goes.
        } else if self.filter.relatives.sought.is_some() {
            return self.stop_seeking();
        } else if self.overlay.is_some() {
            let finds = matches!(self.overlay, Some(Overlay::Input { kind: InputKind::Find, .. }));
            let stop = if finds { self.stop_finding() } else { Vec::new() };
            self.leave_overlay();
            return stop;
        } else if self.filter.line.is_some() {
            return if self.filter.pending.scanning.is_some() { self.stop_scan() } else { self.leave_filter() };
        } else if self.reader.selection.is_some() {
            self.reader.unselect();
        } else if self.reader.seek.find.as_ref().is_some_and(|find| find.running) {
            return self.stop_finding();
        } else if self.reader.seek.find.take().is_some() {
            self.reader.seek.current = None;
        } else if self.focus == Focus::Text && !self.view.single {
            return self.leave_text();
        } else if self.focus == Focus::List && !self.filter.standing.is_empty() {
            return self.leave_relatives();
        }
        Vec::new()
    }

    /// All of the page that the document is the main part of, or that part again.
    fn whole_page(&mut self) {
        let Some(opened) = &self.reader.opened else { return };
        let more = opened.document.as_ref().is_ok_and(|document| document.excerpt);
        if !more && !opened.whole {
            return self.say("this is all of it: nothing was left out");
        }
        self.reader.request.whole = !opened.whole;
        self.say(if self.reader.request.whole { "the whole page" } else { "the main part of the page" });
    }

    /// Copies, and the programs that a document is given to.
    fn give_away(&mut self, action: Action) -> Vec<Effect> {
        let Some(opened) = &self.reader.opened else { return Vec::new() };
        let path = opened.row.path.clone();
        match action {
            _ if path.as_os_str().is_empty() => {
                self.complain("this text has no file");
                Vec::new()
            }
            Action::CopyPath => {
                let path = path.display().to_string();
                self.say(format!("copied {path}"));
                vec![Effect::Copy(path)]
            }
            Action::Original => vec![Effect::Open(path)],
            _ => vec![Effect::Edit(path)],
        }
    }
}
