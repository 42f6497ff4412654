//! The one thing that recto asks: whether very much text is to be indexed. It asks once, when nobody is typing; until the
//! answer, and after a no, titles are all that is searched.

use super::{Chord, Context, Effect, Job, Key, Overlay, State};

impl State {
    /// Asks when there is something to ask.
    pub(crate) fn put_question(&mut self) {
        let bytes = self.library.progress.waiting.filter(|_| !self.library.asked);
        if let Some(bytes) = bytes
            && matches!(self.context(), Context::List | Context::Text)
        {
            self.library.asked = true;
            self.overlay = Some(Overlay::Question { bytes });
        }
    }

    /// A letter for an answer; any other key is none.
    pub(crate) fn answer(&mut self, chord: Chord) -> Vec<Effect> {
        match chord.key {
            Key::Char('y' | 'Y') => {
                self.overlay = None;
                self.index()
            }
            Key::Char('n' | 'N') => {
                self.overlay = None;
                self.decline();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// The answer was yes.
    pub(crate) fn index(&mut self) -> Vec<Effect> {
        self.say("indexing");
        vec![Effect::Job(Job::Index)]
    }

    /// The answer was no, for now.
    pub(crate) fn decline(&mut self) {
        self.say("only titles are searched; R asks again");
    }

    /// What was to be asked was settled elsewhere.
    pub(crate) fn drop_question(&mut self) {
        if self.library.progress.waiting.is_none() && matches!(self.overlay, Some(Overlay::Question { .. })) {
            self.overlay = None;
        }
    }
}
