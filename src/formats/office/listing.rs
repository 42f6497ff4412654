//! Lists as office programs have them: paragraphs that say how deep they stand and what stands before them. They become lists
//! within lists here; a depth that is skipped is no list of its own.

use crate::{doc::SpanKind, formats::build::Builder};

/// The lists that are open, by the depths that their paragraphs name.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    open: Vec<Depth>,
}

#[derive(Clone, Copy, Debug)]
struct Depth {
    depth: usize,
    numbered: bool,
}

impl Listing {
    /// The text in the making is an item at `depth`, with this before it.
    pub fn item(&mut self, build: &mut Builder, depth: usize, marker: String) {
        let prose = std::mem::take(&mut build.prose);
        self.close_to(build, depth + 1);
        let numbered = marker.contains(char::is_alphanumeric);
        // After numbers, bullets are another list.
        if self.open.last().is_some_and(|open| open.depth == depth && open.numbered != numbered) {
            self.close_to(build, depth);
        }
        if self.open.last().is_some_and(|open| open.depth == depth) {
            build.leave();
        } else {
            build.enter_list(numbered.then_some(1));
            self.open.push(Depth { depth, numbered });
        }
        build.enter_marked(marker);
        build.prose = prose;
    }

    /// The text in the making belongs to the item that is open at `depth`, if one is.
    pub fn goes_on(&mut self, build: &mut Builder, depth: usize) {
        let prose = std::mem::take(&mut build.prose);
        self.close_to(build, depth + 1);
        build.prose = prose;
    }

    /// Every list ends before the text in the making.
    pub fn close(&mut self, build: &mut Builder) {
        if !self.open.is_empty() {
            let prose = std::mem::take(&mut build.prose);
            self.close_to(build, 0);
            build.prose = prose;
        }
    }

    /// The lists deeper than `depth`, which are not deeper any more, end with their items.
    fn close_to(&mut self, build: &mut Builder, depth: usize) {
        while self.open.pop_if(|open| open.depth >= depth).is_some() {
            build.leave();
            build.leave();
        }
    }
}

/// Puts `before` and a space in front of the text in the making.
pub fn prefix(build: &mut Builder, before: &str) {
    if before.is_empty() {
        return;
    }
    let by = before.len() + 1;
    build.prose.text.insert_str(0, &format!("{before} "));
    for span in &mut build.prose.spans {
        span.range = span.range.start + by..span.range.end + by;
    }
}

/// Marks that a heading or a block of code carries as a whole say nothing.
pub fn unmarked(build: &mut Builder, kind: &SpanKind) {
    build.prose.spans.retain(|span| span.kind != *kind);
}

/// A mark over all of the text in the making says nothing.
pub fn unmarked_whole(build: &mut Builder, kind: &SpanKind) {
    let length = build.prose.text.trim_end().len();
    build.prose.spans.retain(|span| span.kind != *kind || span.range.start > 0 || span.range.end < length);
}

/// An entry of a table of contents loses its page, which says nothing here.
pub fn without_page(build: &mut Builder) {
    let text = &mut build.prose.text;
    let Some((before, page)) = text.rsplit_once('\t') else { return };
    if page.trim().chars().all(|c| c.is_ascii_digit() || "ivxlc".contains(c)) {
        let length = before.trim_end().len();
        text.truncate(length);
        for span in &mut build.prose.spans {
            span.range = span.range.start.min(length)..span.range.end.min(length);
        }
    }
}
