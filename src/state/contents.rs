//! The contents of the open document: its headings as a tree, narrowed by what is typed, and the way from there to a
//! section.

use super::{Effect, Focus, Line, Motion, Overlay, State};
use crate::{
    doc::{Anchor, Document, OutlineItem},
    text::fold::fold,
};

/// The contents while they are shown.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// What they are narrowed by.
    pub line: Line,
    /// Which of the sections that are shown is under the cursor.
    pub cursor: usize,
}

impl Contents {
    /// The sections that are shown, with their numbers in the outline: all, or those whose titles hold every word that was
    /// typed from its start.
    pub fn sections<'d>(&self, document: &'d Document) -> Vec<(usize, &'d OutlineItem)> {
        let typed: Vec<String> = self.line.text().split_whitespace().map(fold).collect();
        let holds = |item: &OutlineItem| {
            let words: Vec<String> = item.title.split_whitespace().map(fold).collect();
            let starts = |typed: &String, word: &String| {
                word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(typed.as_str())
            };
            typed.iter().all(|typed| words.iter().any(|word| starts(typed, word)))
        };
        document.outline.iter().enumerate().filter(|(_, item)| holds(item)).collect()
    }
}

/// The section that a place lies in: the last heading that does not stand after it. `None` before the first.
pub fn section_at(document: &Document, at: Anchor) -> Option<usize> {
    let mut found: Option<(usize, Anchor)> = None;
    // Anchors of a book's own contents need not be in order.
    for (number, item) in document.outline.iter().enumerate() {
        if item.anchor <= at && found.is_none_or(|(_, best)| item.anchor >= best) {
            found = Some((number, item.anchor));
        }
    }
    found.map(|(number, _)| number)
}

/// The sections that a place lies in, from the outermost to the innermost.
pub fn sections_around(document: &Document, at: Anchor) -> Vec<&OutlineItem> {
    let Some(number) = section_at(document, at) else { return Vec::new() };
    let mut around: Vec<&OutlineItem> = Vec::new();
    for item in document.outline.get(..=number).unwrap_or_default().iter().rev() {
        if around.last().is_none_or(|inner| item.level < inner.level) {
            around.push(item);
        }
    }
    around.reverse();
    around
}

/// Where the section that a place lies in ends, as the body measures positions: at the next heading that is not below its
/// own.
pub fn section_end(document: &Document, at: Anchor) -> u64 {
    let level = section_at(document, at).and_then(|number| document.outline.get(number)).map(|item| item.level);
    let after =
        document.outline.iter().filter(|item| item.anchor > at && level.is_some_and(|level| item.level <= level));
    let next = after.map(|item| item.anchor).min();
    next.map_or(document.body.len(), |anchor| document.body.position(anchor.block))
}

/// Where the chapters of a document begin, as its body measures positions: the sections of the highest level that there is
/// more than one of.
pub(super) fn chapters(document: &Document) -> Vec<u64> {
    let of_level = |level| document.outline.iter().filter(move |item| item.level == level);
    let level = (1..=6).find(|level| of_level(*level).nth(1).is_some());
    let body = &document.body;
    level.map_or_else(Vec::new, |level| of_level(level).map(|item| body.position(item.anchor.block)).collect())
}

impl State {
    /// The document that is shown, if it could be read.
    pub(crate) fn document(&self) -> Option<&Document> {
        self.reader.shown()?.document.as_ref().ok()
    }

    /// Shows the contents, with the section that is being read under the cursor.
    pub(crate) fn open_contents(&mut self) {
        let Some(document) = self.document() else { return };
        if document.outline.is_empty() {
            return self.say("this text has no headings");
        }
        let cursor = section_at(document, self.reader.top.anchor).unwrap_or(0);
        self.overlay = Some(Overlay::Contents(Contents { cursor, ..Contents::default() }));
    }

    /// Narrows the contents, with the cursor on the first section that is left.
    pub(crate) fn type_in_contents(&mut self, edit: impl FnOnce(&mut Line) -> bool) {
        if let Some(Overlay::Contents(contents)) = &mut self.overlay
            && edit(&mut contents.line)
        {
            contents.cursor = 0;
        }
    }

    pub(crate) fn move_in_contents(&mut self, rows: isize) {
        let Some(Overlay::Contents(contents)) = &self.overlay else { return };
        let last = self.document().map_or(0, |document| contents.sections(document).len().saturating_sub(1));
        if let Some(Overlay::Contents(contents)) = &mut self.overlay {
            contents.cursor = contents.cursor.saturating_add_signed(rows).min(last);
        }
    }

    /// Goes to the section under the cursor.
    pub(crate) fn go_to_section(&mut self, contents: &Contents) -> Vec<Effect> {
        let Some(document) = self.document() else { return Vec::new() };
        let Some(anchor) = contents.sections(document).get(contents.cursor).map(|(_, item)| item.anchor) else {
            self.complain("no such section");
            return Vec::new();
        };
        self.leap(anchor);
        Vec::new()
    }

    /// Goes to another place of the text, from which `H` leads back.
    pub(crate) fn leap(&mut self, anchor: Anchor) {
        self.mark_trail();
        if self.focus != Focus::Text {
            self.read();
        }
        self.jump(Motion::To(anchor));
    }
}
