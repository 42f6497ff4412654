//! Marks of running text that may be open over the ends of paragraphs: HTML lets a link hold three of them. A mark is put
//! into the text when a letter comes, so that none is empty.

use super::walk::Walk;
use crate::doc::SpanKind;

/// The marks that are open.
#[derive(Debug, Default)]
pub struct Marks {
    all: Vec<SpanKind>,
    /// How many of them, from the outermost, are in the text in the making.
    begun: usize,
}

impl Marks {
    /// Whether code is marked.
    pub fn in_code(&self) -> bool {
        self.all.contains(&SpanKind::Code)
    }
}

impl Walk<'_> {
    /// Opens a mark, unless it is open already: no text is emphasised twice. Whether it did.
    pub fn open_mark(&mut self, kind: SpanKind) -> bool {
        let same = |other: &SpanKind| std::mem::discriminant(other) == std::mem::discriminant(&kind);
        if self.pre.is_some() || self.marks.all.iter().any(same) {
            return false;
        }
        self.marks.all.push(kind);
        true
    }

    /// Closes the innermost mark.
    pub fn close_mark(&mut self) {
        if self.marks.begun == self.marks.all.len() && self.marks.begun > 0 {
            self.build.prose.close();
            self.marks.begun -= 1;
        }
        self.marks.all.pop();
    }

    /// The marks that are open go into the text in the making.
    pub fn begin_marks(&mut self) {
        while let Some(kind) = self.marks.all.get(self.marks.begun) {
            self.build.prose.open(kind.clone());
            self.marks.begun += 1;
        }
    }

    /// The marks end with the text in the making, and go on in the next.
    pub fn end_marks(&mut self) {
        while self.marks.begun > 0 {
            self.build.prose.close();
            self.marks.begun -= 1;
        }
    }
}
