//! Finds out what the words of program text are. The grammars are unpacked with the first request: most documents do
//! without.

use crate::{
    state::{Job, Outcome},
    syntax::Syntax,
};

/// The worker that tells words apart.
#[derive(Default)]
pub struct Painter {
    syntax: Option<Syntax>,
}

impl Painter {
    /// Reads the blocks in the order asked for, and tells of each as soon as it is known.
    pub fn perform(&mut self, job: &Job, alive: &dyn Fn() -> bool, tell: &dyn Fn(Outcome)) {
        let Job::Paint { ticket, blocks } = job else { return };
        let syntax = self.syntax.get_or_insert_default();
        for (id, block) in blocks {
            let Some(tokens) = syntax.tokens(block, alive) else { return };
            tell(Outcome::Painted { ticket: *ticket, id: *id, bytes: block.text.len(), tokens });
        }
    }
}
