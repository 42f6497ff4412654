//! The loop: one receiver for all that happens. With nothing to do it waits, and uses no CPU at all.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    time::{Duration, Instant},
};

use anyhow::Result;

use super::{
    core::Core,
    input::Input,
    programs,
    signals::Signals,
    terminal::{self, Session},
};
use crate::{
    jobs::{Jobs, Outbox},
    state::{Effect, Event, Job, Save},
};

/// How long events are gathered before a frame is drawn, so that a burst of keys costs one.
const GATHER: Duration = Duration::from_millis(8);
/// How long a frame waits for the answer to what was just asked: most come within, and then one frame shows both.
const ANSWER: Duration = Duration::from_millis(12);

/// recto on a terminal.
pub(super) struct Program {
    core: Core,
    session: Session,
    input: Input,
    signals: Signals,
    jobs: Jobs,
    events: Receiver<Event>,
    started: Instant,
    redraw: bool,
    /// The pixels of a cell, as they were last seen.
    cell: Option<(u16, u16)>,
}

/// How the loop ended.
pub(super) enum End {
    /// The reader left.
    Left,
    /// A signal asked for it.
    Signal(i32),
}

/// The sender's end of the loop, for jobs.
pub(super) fn outbox(events: &Sender<Event>) -> Outbox {
    let events = std::sync::Mutex::new(events.clone());
    Arc::new(move |outcome| {
        let events = events.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        events.send(Event::Outcome(outcome)).ok();
    })
}

impl Program {
    /// Puts the parts together; the terminal is ours already, signals are taken and the workers run.
    pub(super) fn new(
        core: Core,
        session: Session,
        signals: Signals,
        jobs: Jobs,
        (sender, events): (Sender<Event>, Receiver<Event>),
    ) -> Program {
        let input = Input::start(sender);
        Program {
            core,
            session,
            input,
            signals,
            jobs,
            events,
            started: Instant::now(),
            redraw: false,
            cell: terminal::cell(),
        }
    }

    /// Runs until the reader leaves, or until it can't go on. What was to be saved is saved then.
    pub(super) fn run(mut self, first: Vec<Effect>) -> Result<End> {
        let end = catch_unwind(AssertUnwindSafe(|| self.turns(first)));
        // The terminal first: what is still to be written down needs no screen, and what is typed now is the shell's.
        self.input.pause().ok();
        self.session.release();
        self.signals.leave();
        if !matches!(end, Ok(Ok(_))) {
            // Nobody asked to leave, so nothing was saved. What panicked once may do so again.
            catch_unwind(AssertUnwindSafe(|| self.save_all())).ok();
        }
        self.jobs.finish();
        end.unwrap_or_else(|panic| resume_unwind(panic))
    }

    fn save_all(&mut self) {
        for effect in self.core.state.leave() {
            if let Effect::Save(save) = effect {
                self.save(save);
            }
        }
    }

    fn save(&self, save: Save) {
        self.core.keep(save).into_iter().for_each(|keep| self.jobs.save(keep));
    }

    fn turns(&mut self, first: Vec<Effect>) -> Result<End> {
        if let Some(end) = self.carry_out(first)? {
            return Ok(end);
        }
        self.draw()?;
        loop {
            let event = self.wait();
            if let Some(end) = self.take(event)? {
                return Ok(end);
            }
            let began = Instant::now();
            while let Some(event) = self.soon(began) {
                if let Some(end) = self.take(event)? {
                    return Ok(end);
                }
            }
            self.draw()?;
        }
    }

    /// Waits for the next event, or for what is due.
    fn wait(&self) -> Event {
        let Some(at) = self.core.state.deadline() else {
            return self.events.recv().unwrap_or(Event::Deadline);
        };
        let left = Duration::from_millis(at).saturating_sub(self.started.elapsed());
        match self.events.recv_timeout(left) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Event::Deadline,
        }
    }

    /// An event that is there already, or comes within the moment that a frame waits for an answer.
    fn soon(&self, began: Instant) -> Option<Event> {
        if began.elapsed() < GATHER
            && let Ok(event) = self.events.try_recv()
        {
            return Some(event);
        }
        if !self.core.state.awaits() {
            return None;
        }
        self.events.recv_timeout(ANSWER.checked_sub(began.elapsed())?).ok()
    }

    fn take(&mut self, mut event: Event) -> Result<Option<End>> {
        if let Event::Resize(..) = event {
            // The size as it is by now: the one in the event was read at the signal, which may come before the change.
            let (columns, rows) = self.session.size()?;
            self.session.resize(columns, rows);
            event = Event::Resize(columns, rows);
            // The letters may have another size as well.
            let cell = terminal::cell();
            if let Some(pixels) = cell.filter(|_| cell != self.cell) {
                self.core.state.view.screen.cell = pixels;
            }
            self.cell = cell;
        }
        let effects = self.core.handle(event, self.now());
        self.carry_out(effects)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Looks at the files again, or at the one that there is.
    fn rescan(&mut self) -> Result<Option<End>> {
        if !self.core.state.view.single {
            self.jobs.submit(Job::Rescan);
            return Ok(None);
        }
        let effects = self.core.reread(self.now());
        self.carry_out(effects)
    }

    fn draw(&mut self) -> Result<()> {
        if std::mem::take(&mut self.redraw) {
            self.session.forget();
        }
        let core = &mut self.core;
        self.session.draw(|buffer| core.draw(buffer))
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<Option<End>> {
        for effect in effects {
            match effect {
                Effect::Job(Job::Rescan) => {
                    if let Some(end) = self.rescan()? {
                        return Ok(Some(end));
                    }
                }
                Effect::Job(job) => self.jobs.submit(job),
                Effect::Save(save) => self.save(save),
                Effect::Quit(None) => return Ok(Some(End::Left)),
                Effect::Quit(Some(signal)) => return Ok(Some(End::Signal(signal))),
                Effect::Redraw => self.redraw = true,
                Effect::Retake => self.retake()?,
                Effect::Suspend => {
                    let signals = self.signals.clone();
                    self.away(|| signals.stop())?;
                }
                Effect::Copy(text) => self.session.copy(&text)?,
                Effect::CopyPart { stretch, quoted } => {
                    if let Some(text) = self.core.part(&stretch, quoted) {
                        self.session.copy(&text)?;
                    }
                }
                Effect::Mouse(on) => self.session.set_mouse(on)?,
                Effect::Follow { to, fragment } => {
                    let effects = self.core.follow(&to, fragment);
                    if let Some(end) = self.carry_out(effects)? {
                        return Ok(Some(end));
                    }
                }
                Effect::Open(path) => {
                    if let Err(error) = open::that_detached(&path) {
                        self.core.state.complain(format!("{}: {error}", path.display()));
                    }
                }
                Effect::Edit(path) => {
                    self.away(|| programs::edit(&path))?;
                    if let Some(end) = self.rescan()? {
                        return Ok(Some(end));
                    }
                }
                Effect::Pipe(command) => {
                    let opened = self.core.state.reader.opened.as_ref();
                    if let Some(document) = opened.and_then(|opened| opened.document.clone().ok()) {
                        self.away(|| programs::pipe(&command, &document))?;
                    }
                }
            }
        }
        Ok(None)
    }

    /// Gives the terminal away for as long as `work` takes.
    fn away(&mut self, work: impl FnOnce() -> Result<()>) -> Result<()> {
        let worked = match self.input.pause() {
            Ok(()) => {
                self.signals.give_away();
                self.session.release();
                let worked = work();
                self.session.resume()?;
                self.signals.take_back();
                self.input.resume();
                self.measure()?;
                worked
            }
            stuck => stuck,
        };
        if let Err(error) = worked {
            self.core.state.complain(format!("{error:#}"));
        }
        Ok(())
    }

    /// Takes the terminal again, which somebody else may have had.
    fn retake(&mut self) -> Result<()> {
        self.session.retake()?;
        self.measure()
    }

    /// The terminal may have another size by now, and nobody told us.
    fn measure(&mut self) -> Result<()> {
        let (columns, rows) = self.session.size()?;
        self.session.resize(columns, rows);
        self.core.state.lose_pictures();
        for effect in self.core.handle(Event::Resize(columns, rows), self.now()) {
            if let Effect::Job(job) = effect {
                self.jobs.submit(job);
            }
        }
        self.redraw = true;
        Ok(())
    }
}
