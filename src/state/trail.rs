//! Back and forward, as in a browser: every leap within a text or to another document can be undone and done again.

use super::{Arrive, Effect, Motion, State};
use crate::doc::{Anchor, DocId};

/// Places that are remembered.
const LENGTH: usize = 200;

/// Where the reader was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// In which document.
    pub id: DocId,
    /// What the page began with.
    pub anchor: Anchor,
}

/// The places behind, and those that were come back from.
#[derive(Clone, Debug, Default)]
pub struct Trail {
    back: Vec<Spot>,
    forward: Vec<Spot>,
}

impl Trail {
    /// Takes in a place that is left for another. What was come back from is forgotten, as in a browser.
    pub fn leave(&mut self, spot: Spot) {
        self.forward.clear();
        if self.back.last() != Some(&spot) {
            self.back.push(spot);
        }
        let excess = self.back.len().saturating_sub(LENGTH);
        self.back.drain(..excess);
    }

    /// The place to go back to, or forward, from `here`.
    pub fn turn(&mut self, back: bool, here: Spot) -> Option<Spot> {
        let (from, to) = if back { (&mut self.back, &mut self.forward) } else { (&mut self.forward, &mut self.back) };
        // A place that one already is at is no step.
        let spot = loop {
            match from.pop() {
                Some(spot) if spot == here => {}
                found => break found?,
            }
        };
        to.push(here);
        Some(spot)
    }
}

impl State {
    /// Where the reader is.
    fn spot(&self) -> Option<Spot> {
        let opened = self.reader.shown()?;
        opened.document.is_ok().then_some(Spot { id: opened.id, anchor: self.reader.top.anchor })
    }

    /// Remembers this place, because it is left for another.
    pub(crate) fn mark_trail(&mut self) {
        if let Some(spot) = self.spot() {
            self.reader.trail.leave(spot);
        }
    }

    /// One leap back, or forward again.
    pub(crate) fn turn_back(&mut self, back: bool) -> Vec<Effect> {
        let Some(here) = self.spot() else { return Vec::new() };
        let Some(spot) = self.reader.trail.turn(back, here) else {
            self.say(if back { "nothing to go back to" } else { "nothing to go forward to" });
            return Vec::new();
        };
        if spot.id == here.id {
            self.jump(Motion::To(spot.anchor));
            return Vec::new();
        }
        self.visit(spot.id, Arrive::At(spot.anchor))
    }

    /// Goes to a document of the library, out of the filter if that does not hold it.
    pub(crate) fn visit(&mut self, id: DocId, arrive: Arrive) -> Vec<Effect> {
        let mut effects = self.save_place();
        self.reader.request.arrive = Some((id, arrive));
        self.reader.adrift = false;
        self.focus = super::Focus::Text;
        if self.list.ids.contains(&id) {
            self.list.move_to_id(id);
        } else {
            self.filter.pending.return_to = Some(id);
            effects.extend(self.ask(String::new()));
        }
        self.focus_changed();
        effects
    }
}
