//! Tab in the filter line.

use super::{Completion, Effect, State};

impl State {
    /// Completes what is typed before the cursor, or goes on to the next candidate, or back to the one before.
    pub(crate) fn complete(&mut self, back: bool) -> Vec<Effect> {
        let Some(editing) = &mut self.filter.line else { return Vec::new() };
        let (before, after) = match &mut editing.completion {
            Some(completion) => completion.step(back),
            None => {
                let (text, cursor) = (editing.line.text(), editing.line.cursor());
                let begun =
                    Completion::begin(text, cursor, &self.filter.answer.values, &self.filter.saved.filters, back);
                let Some((completion, before, after)) = begun else { return Vec::new() };
                editing.completion = Some(completion).filter(|completion| !completion.candidates.is_empty());
                (before, after)
            }
        };
        editing.line.set(&before, &after);
        editing.moved = false;
        self.filter.pending.return_to = None;
        let text = editing.line.text().to_owned();
        self.ask(text)
    }
}
