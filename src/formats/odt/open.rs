//! The paragraph in the making, and those that it interrupts: the text of a frame stands within the paragraph that the frame hangs
//! on. In a cell the two become one text, elsewhere the rest of the outer one comes after.

use super::{paragraph::Paragraph, text::Reader};
use crate::formats::{
    bounds,
    build::Prose,
    office::{Run, Tag},
};

/// What is open within a paragraph, which is open itself unless there is none.
#[derive(Debug, Default)]
pub struct Open {
    /// The paragraph.
    pub paragraph: Option<Paragraph>,
    /// What the text is by the elements that it stands in, innermost last.
    pub runs: Vec<Run>,
    /// Links by elements, innermost last; also those that lead nowhere.
    pub anchors: Vec<Option<usize>>,
}

/// A paragraph that another one interrupts, and its text so far.
pub struct Outside {
    open: Open,
    prose: Prose,
}

impl Open {
    /// What the text is by the elements that it stands in.
    pub fn run(&self) -> Run {
        self.runs.last().cloned().unwrap_or_default()
    }

    /// The link whose text is being read.
    pub fn link(&self) -> Option<usize> {
        self.anchors.iter().rev().find_map(|link| *link)
    }
}

impl Reader<'_> {
    pub(super) fn start_paragraph(&mut self, tag: &Tag<'_>) {
        if self.now.paragraph.is_some() {
            if self.outside.len() < bounds::DEPTH {
                self.flow.unmark();
                let build = &mut self.flow.build;
                let prose = if build.in_table() { Prose::default() } else { std::mem::take(&mut build.prose) };
                self.outside.push(Outside { open: std::mem::take(&mut self.now), prose });
            } else {
                self.flow.build.prose.space();
            }
        }
        self.now.paragraph = Some(Paragraph::new(tag));
    }

    pub(super) fn end_paragraph(&mut self) {
        let Some(paragraph) = self.now.paragraph.take() else { return };
        self.flow.unmark();
        self.finish(&paragraph);
        if let Some(outside) = self.outside.pop() {
            if !self.flow.build.in_table() {
                self.flow.end_code();
                self.flow.build.flush();
                self.flow.build.prose = outside.prose;
            }
            self.now = outside.open;
        }
    }
}
