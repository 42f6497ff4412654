//! What a page of man(7) is indented by: tags and the items that belong to them, and the parts between `.RS` and `.RE`. Each
//! begins only when something comes that stands in it.

use super::{escape::plain, interpolate::arguments, page::Page};

/// Indentations within indentations.
const DEPTH: usize = 32;

/// What is open within one `.RS`.
#[derive(Debug, Default)]
pub struct Frame {
    /// It is an indented part of its own, which begins with what comes next.
    pub pending: bool,
    /// That part has begun, and is to be left with it.
    pub indented: bool,
    /// An item is open in it.
    pub item: bool,
    /// A tag was set; its item begins with what comes next.
    pub tagged: bool,
}

impl Page {
    /// Makes what was gathered the tag of an item.
    pub(super) fn tag(&mut self) {
        self.inline.reset(&mut self.build);
        let tag = self.build.prose.text.trim().to_owned();
        if is_marker(&tag) {
            self.build.prose = Default::default();
            self.item(&tag);
        } else if !tag.is_empty() {
            self.build.flush();
            self.tagged();
        } else {
            self.build.prose = Default::default();
            self.tagged();
        }
    }

    fn tagged(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.tagged = true;
        }
    }

    /// Begins an item with a marker. Items that follow one another are one list.
    pub(super) fn item(&mut self, marker: &str) {
        let marker =
            if matches!(marker, "*" | "-" | "o" | "·" | "∙" | "+" | "–" | "—") { "•" } else { marker };
        self.end_item();
        self.begin_to(self.frames.len().saturating_sub(1));
        self.build.enter_list(None);
        self.build.enter_marked(marker.to_owned());
        if let Some(frame) = self.frames.last_mut() {
            frame.item = true;
            // The item's own indentation is enough.
            frame.pending = false;
        }
    }

    /// Content comes: the indented parts and the items of tags that waited for it begin.
    pub(super) fn begin(&mut self) {
        self.begin_to(self.frames.len());
    }

    fn begin_to(&mut self, frames: usize) {
        for frame in self.frames.iter_mut().take(frames) {
            let (pending, tagged) = (std::mem::take(&mut frame.pending), std::mem::take(&mut frame.tagged));
            frame.indented |= pending;
            frame.item |= tagged;
            for _ in 0..usize::from(pending) + usize::from(tagged) {
                self.build.enter_list(None);
                self.build.enter_marked(String::new());
            }
        }
    }

    pub(super) fn end_item(&mut self) {
        self.paragraph_end();
        if let Some(frame) = self.frames.last_mut() {
            frame.tagged = false;
            if std::mem::take(&mut frame.item) {
                self.build.leave();
                self.build.leave();
            }
        }
    }

    /// `.IP tag`; without one the item goes on.
    pub(super) fn indented(&mut self, rest: &str) {
        let tag = arguments(rest).into_iter().next().filter(|tag| !plain(tag).trim().is_empty());
        let open = self.frames.last().is_some_and(|f| f.item || f.tagged);
        match tag {
            Some(tag) => {
                self.end_item();
                self.inline.reset(&mut self.build);
                let bare = plain(&tag);
                if is_marker(bare.trim()) {
                    return self.item(bare.trim());
                }
                self.begin();
                self.inline.text(&mut self.build, &tag);
                self.inline.take_joined();
                self.tag();
            }
            None if open => self.paragraph_end(),
            None => {
                self.end_item();
                self.tagged();
            }
        }
        self.inline.reset(&mut self.build);
    }

    pub(super) fn enter(&mut self) {
        self.paragraph_end();
        if self.frames.len() < DEPTH {
            let within = self.frames.last().is_some_and(|frame| frame.item || frame.tagged);
            self.frames.push(Frame { pending: !within, ..Frame::default() });
        }
    }

    pub(super) fn leave_to(&mut self, levels: usize) {
        while self.frames.len() > levels {
            self.end_item();
            if self.frames.pop().is_some_and(|f| f.indented) {
                self.build.leave();
                self.build.leave();
            }
        }
    }
}

/// A bullet or a number.
pub fn is_marker(tag: &str) -> bool {
    let number = tag.trim_start_matches(['(', '[']).trim_end_matches(['.', ')', ']', ':']);
    matches!(tag, "•" | "*" | "-" | "o" | "·" | "∙" | "+" | "–" | "—" | "◦" | "■" | "○")
        || (number.len() < tag.len()
            && !number.is_empty()
            && (number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit())
                || number.len() == 1 && number.bytes().all(|b| b.is_ascii_alphabetic())))
}
