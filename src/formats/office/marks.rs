//! Marks on running text as office programs give them: a run of text says all of what it is, and what the one before it was
//! is none of its business. Spans that go on from one run to the next stay open, so that a word in three runs has one span.

use crate::{doc::SpanKind, formats::build::Prose};

/// The spans that are open, outermost first.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    open: Vec<SpanKind>,
}

impl Marks {
    /// What comes now is marked with `wanted`, and with nothing else.
    pub fn set(&mut self, prose: &mut Prose, wanted: &[SpanKind]) {
        let kept = self.open.iter().take_while(|kind| wanted.contains(kind)).count();
        while self.open.len() > kept {
            self.open.pop();
            prose.close();
        }
        for kind in wanted {
            if !self.open.contains(kind) {
                prose.open(kind.clone());
                self.open.push(kind.clone());
            }
        }
    }

    /// Nothing is marked any more.
    pub fn end(&mut self, prose: &mut Prose) {
        self.set(prose, &[]);
    }
}
