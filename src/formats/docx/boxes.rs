//! Text boxes. They hang on a paragraph and are read after it; in a cell, where nothing comes after, they interrupt it.

use std::ops::Range;

use super::{link::Anchors, paragraph::Paragraph, text::Reader};
use crate::formats::{
    bounds,
    office::{Run, Xml},
};

/// The text boxes of the paragraph, to be read after it.
#[derive(Debug, Default)]
pub struct Boxes {
    found: Vec<Range<usize>>,
    /// How many are being read, one in the other.
    within: usize,
}

/// What is open within a paragraph, and waits while a text box interrupts it.
#[derive(Debug, Default)]
pub struct Open {
    /// The paragraph.
    pub paragraph: Paragraph,
    /// What is said about the run.
    pub run: Run,
    /// The links that the run stands in.
    pub anchors: Anchors,
}

impl Boxes {
    /// Text boxes within text boxes.
    const DEEP: usize = 4;

    /// Whether none is to be read.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

impl Reader<'_> {
    /// Text boxes are read after the paragraph that they hang on.
    pub(super) fn read_boxes(&mut self, xml: &Xml<'_>) {
        self.boxes.within += 1;
        for range in std::mem::take(&mut self.boxes.found) {
            self.events(&mut xml.again(range));
            self.end_paragraph();
        }
        self.boxes.within -= 1;
    }

    /// A text box begins. In a cell its paragraphs are text among the others.
    pub(super) fn enter_box(&mut self, xml: &mut Xml<'_>) {
        if !self.flow.build.in_table() {
            let from = xml.position();
            xml.skip();
            if self.boxes.within < Boxes::DEEP {
                self.boxes.found.push(from..xml.start());
            }
            return;
        }
        if self.outside.len() < bounds::DEPTH {
            self.flow.unmark();
            self.flow.build.prose.space();
            self.outside.push(std::mem::take(&mut self.now));
        }
    }

    /// The text box of a cell ends. Whether one was open.
    pub(super) fn leave_box(&mut self) -> bool {
        let Some(outside) = self.outside.pop() else { return false };
        self.end_paragraph();
        self.now = outside;
        true
    }
}
