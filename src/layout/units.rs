//! The units in which a reader takes hold of a text: words, sentences, paragraphs; and the text of what was taken hold of.
//! Places come and go as anchors, so that nothing depends on where lines end.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::{
    doc::{Anchor, Block, BlockId, Body, Kind},
    text::{self, sentences::sentences},
};

/// What a selection goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A word, as UAX #29 has it: `don't` is one.
    Word,
    /// A sentence; a line of code or of text whose lines are kept.
    Sentence,
    /// A block; in text whose lines are kept, what stands between blank lines; in a table a cell.
    Paragraph,
}

/// A stretch of a document's text: from its first byte to the one after its last.
pub type Stretch = Range<Anchor>;

/// Blocks without a word that are passed over in search of the next one; more of them are the end.
const FARTHEST: usize = 10_000;

impl Unit {
    /// Its places in a block, in order.
    fn places(self, block: &Block) -> Vec<Range<usize>> {
        let within = |passage: Range<usize>| {
            let shift = move |at: Range<usize>| passage.start + at.start..passage.start + at.end;
            let said = text::slice(&block.text, passage.clone());
            let places: Vec<Range<usize>> = match self {
                Unit::Word => said.unicode_word_indices().map(|(at, word)| at..at + word.len()).collect(),
                Unit::Sentence if block.keeps_lines() => lines(said),
                Unit::Sentence => sentences(said).collect(),
                Unit::Paragraph if block.keeps_lines() => stanzas(said),
                Unit::Paragraph => trimmed(said, 0..said.len()).into_iter().collect(),
            };
            places.into_iter().map(shift).collect::<Vec<_>>()
        };
        block.passages().into_iter().flat_map(within).collect()
    }
}

/// The unit at a place: the one that holds it, else the one after it, else the one before. `None` where there are none.
pub fn unit_at(body: &dyn Body, unit: Unit, at: Anchor) -> Option<Stretch> {
    let here = places(body, unit, at.block).into_iter().find(|place| at.byte < place.end);
    let here = here.map(|place| stretch(at.block, place));
    here.or_else(|| unit_after(body, unit, at)).or_else(|| unit_before(body, unit, at))
}

/// The first unit that begins at a place or after it.
pub fn unit_after(body: &dyn Body, unit: Unit, at: Anchor) -> Option<Stretch> {
    let mut block = Some(at.block);
    for _ in 0..FARTHEST {
        let id = block?;
        let from = if id == at.block { at.byte } else { 0 };
        if let Some(place) = places(body, unit, id).into_iter().find(|place| place.start >= from) {
            return Some(stretch(id, place));
        }
        block = body.next(id);
    }
    None
}

/// The last unit that ends at a place or before it.
pub fn unit_before(body: &dyn Body, unit: Unit, at: Anchor) -> Option<Stretch> {
    let mut block = Some(at.block);
    for _ in 0..FARTHEST {
        let id = block?;
        let to = if id == at.block { at.byte } else { usize::MAX };
        if let Some(place) = places(body, unit, id).into_iter().rfind(|place| place.end <= to) {
            return Some(stretch(id, place));
        }
        block = body.prev(id);
    }
    None
}

/// The text of a stretch, at most about `most` bytes of it, and whether that is all: items with their markers, a blank line
/// between blocks, none between the items of a list. It is meant to be pasted, so nothing in it is a control.
pub fn text_between(body: &dyn Body, stretch: &Stretch, most: usize) -> (String, bool) {
    let mut out = String::new();
    let mut next = Some(stretch.start.block);
    let mut in_list = false;
    // Of one block it is the words alone that were taken.
    let several = stretch.start.block != stretch.end.block;
    while let Some((id, block)) = next.filter(|id| *id <= stretch.end.block).and_then(|id| Some((id, body.block(id)?)))
    {
        let start = if id == stretch.start.block { stretch.start.byte } else { 0 };
        let end = if id == stretch.end.block { stretch.end.byte } else { block.text.len() };
        let said = text::slice(&block.text, start..end.max(start));
        let marker = match &block.kind {
            Kind::Item { marker, .. } => Some(marker),
            _ => None,
        };
        if !said.trim().is_empty() {
            if !out.is_empty() && !block.continues {
                out.truncate(out.trim_end().len());
                out.push_str(if in_list && marker.is_some() { "\n" } else { "\n\n" });
            }
            if several && start == 0 {
                out.push_str(&"  ".repeat(block.depth().saturating_sub(1)));
                out.extend(marker.map(|marker| format!("{marker} ")));
            }
            out.push_str(&text::safe::plain(said));
            in_list = block.depth() > 0;
        }
        if out.len() >= most && id != stretch.end.block {
            out.truncate(out.floor_char_boundary(most));
            return (out, false);
        }
        next = body.next(id);
    }
    out.truncate(out.trim_end().len());
    (out, true)
}

fn places(body: &dyn Body, unit: Unit, id: BlockId) -> Vec<Range<usize>> {
    body.block(id).map(|block| unit.places(&block)).unwrap_or_default()
}

fn stretch(block: BlockId, place: Range<usize>) -> Stretch {
    Anchor { block, byte: place.start }..Anchor { block, byte: place.end }
}

/// A part of a text without the blanks around it; `None` when that is nothing.
fn trimmed(text: &str, part: Range<usize>) -> Option<Range<usize>> {
    let said = text::slice(text, part.clone());
    let start = part.start + said.len() - said.trim_start().len();
    let said = said.trim();
    (!said.is_empty()).then(|| start..start + said.len())
}

/// The lines that are not blank.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        trimmed(text, start..at)
    });
    lines.flatten().collect()
}

/// What stands between blank lines.
fn stanzas(text: &str) -> Vec<Range<usize>> {
    let (mut stanzas, mut at, mut open) = (Vec::new(), 0, None);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            stanzas.extend(open.take().and_then(|from| trimmed(text, from..start)));
        } else {
            open.get_or_insert(start);
        }
    }
    stanzas.extend(open.and_then(|from| trimmed(text, from..at)));
    stanzas
}
