//! The marks that are on where the source is read. A group goes on over the end of a paragraph and a text's span does not,
//! so each begins again with the first text of the next one.

use crate::{doc::SpanKind, formats::build::Prose};

/// Spans that are open at once; more are left out.
const MAX: usize = 24;

/// The spans that are open, the innermost last.
#[derive(Debug, Default)]
pub struct Spans {
    kinds: Vec<SpanKind>,
    /// They are yet to be opened in this paragraph.
    interrupted: bool,
}

impl Spans {
    /// Begins a span; whether there may be one more.
    pub fn open(&mut self, prose: &mut Prose, kind: SpanKind) -> bool {
        if self.kinds.len() >= MAX {
            return false;
        }
        self.resume(prose);
        self.kinds.push(kind.clone());
        prose.open(kind);
        true
    }

    /// Ends the innermost.
    pub fn close(&mut self, prose: &mut Prose) {
        if self.kinds.pop().is_some() && !self.interrupted {
            prose.close();
        }
    }

    /// A paragraph or a cell was taken: they begin again with what follows.
    pub fn interrupt(&mut self) {
        self.interrupted = true;
    }

    /// Text follows.
    pub fn resume(&mut self, prose: &mut Prose) {
        if std::mem::take(&mut self.interrupted) {
            for kind in &self.kinds {
                prose.open(kind.clone());
            }
        }
    }

    /// Another text begins, in which none is open.
    pub fn clear(&mut self) {
        self.kinds.clear();
    }

    /// Whether text is code here.
    pub fn are_code(&self) -> bool {
        self.kinds.contains(&SpanKind::Code)
    }
}
