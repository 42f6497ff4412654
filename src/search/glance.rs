//! Why a document was found, as a row of the list says it: the best passage on one line, and how often the words stand
//! in the text. One pass over a bounded beginning of the text: a screen is full of rows.
//!
//! A title is in its row already, so that a passage that only repeats it would say nothing. Where the words stand in
//! nothing else, the row says how the text begins.

use std::ops::Range;

use super::passage::{Passage, Windows, one_line};
use crate::{
    doc::{Block, Document, Kind},
    query::{Matcher, merged},
    text::{self, Marked, fold, words},
};

/// How much text is looked at, in bytes.
const BYTES: usize = 4 * 1024 * 1024;
/// A title is repeated by one of so many blocks at the start, if by any, and so is how the text begins.
const START: usize = 20;
/// How much is taken of the beginning, in bytes.
const BEGINNING: usize = 400;

/// What a row says of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// The best passage; without one, whose words were found, or how the text begins.
    pub line: Marked,
    /// How often the words stand in the text, counted as [`hits`](super::hits) does.
    pub hits: usize,
    /// Whether all of the text was looked at.
    pub complete: bool,
}

/// Looks at a document of this title and author; `None` once nobody wants to know any more.
pub fn glance(
    document: &Document,
    (title, author): (&str, Option<&str>),
    matcher: &Matcher,
    alive: &dyn Fn() -> bool,
) -> Option<Glance> {
    let title = folded(title);
    let mut windows = Windows::default();
    let mut glance = Glance { complete: true, ..Glance::default() };
    let mut left = BYTES;
    for (at, (id, block)) in document.blocks().enumerate() {
        if !alive() {
            return None;
        }
        if left == 0 {
            glance.complete = false;
            break;
        }
        left = left.saturating_sub(block.text.len() + 1);
        let marks = matcher.marks(&block.text, &block.passages());
        let repeats = !marks.is_empty() && at < START && folded(&block.text) == title;
        if !repeats {
            windows.add(id, &marks);
        }
        glance.hits += merged(marks.into_iter().map(|mark| mark.hit)).len();
    }
    glance.line = match windows.passage(document, matcher) {
        Some(passage) => line(&with_what_follows(passage, document, matcher)),
        None => {
            let beginning = beginning(document, &title);
            let author = author.map(|author| (author, matcher.author_hits(author)));
            match author.filter(|(_, hits)| !hits.is_empty()) {
                Some((author, hits)) => Marked::new(&format!("{author} · {beginning}"), &hits, (false, false)),
                None => Marked::plain(&beginning),
            }
        }
    };
    Some(glance)
}

/// A heading says little by itself: what stands under it comes along.
fn with_what_follows(mut passage: Passage, document: &Document, matcher: &Matcher) -> Passage {
    let block = |id| document.body.block(id);
    let is_heading = |block: &Block| matches!(block.kind, Kind::Heading { .. });
    let under = document.body.next(passage.block).and_then(block).filter(|block| !is_heading(block));
    if let (true, Some(under)) = (block(passage.block).is_some_and(|block| is_heading(&block)), under) {
        let hits = matcher.hits(&under.text, &under.passages()).into_iter().map(|hit| hit.range);
        let end = under.text.floor_char_boundary(BEGINNING);
        let (text, hits) = one_line(&under.text, 0..end, hits.filter(|hit| hit.end <= end));
        passage.text.push_str(" · ");
        let moved = hits.into_iter().map(|hit| hit.start + passage.text.len()..hit.end + passage.text.len());
        passage.hits.extend(moved);
        passage.text.push_str(&text);
        passage.goes_on.1 = end < under.text.len();
    }
    passage
}

/// A passage without the end of the sentence before it.
fn line(passage: &Passage) -> Marked {
    let first = passage.hits.first().map_or(0, |hit| hit.start);
    let start = if passage.goes_on.0 { opening(text::head(&passage.text, first)) } else { 0 };
    let moved = |hit: &Range<usize>| hit.start - start..hit.end - start;
    let hits: Vec<Range<usize>> = passage.hits.iter().map(moved).collect();
    Marked::new(text::tail(&passage.text, start), &hits, passage.goes_on)
}

/// Where the first word begins, with what belongs to it: after the last space that no word stands before.
fn opening(text: &str) -> usize {
    let word = text.find(char::is_alphanumeric).unwrap_or(text.len());
    text::head(text, word).rfind(' ').map_or(0, |space| space + 1)
}

/// How the text begins.
fn beginning(document: &Document, title: &str) -> String {
    let first = |prose: fn(&Block) -> bool| {
        let mut blocks = document.blocks().take(START).map(|(_, block)| block);
        blocks.find(|block| prose(block) && !block.text.trim().is_empty() && folded(&block.text) != title)
    };
    let block = first(|block| matches!(block.kind, Kind::Paragraph | Kind::Item { .. }))
        .or_else(|| first(|block| !matches!(block.kind, Kind::Heading { .. })));
    let end = |block: &Block| block.text.floor_char_boundary(BEGINNING);
    block.map(|block| one_line(&block.text, 0..end(&block), std::iter::empty()).0).unwrap_or_default()
}

/// Its words, folded, one space between them; as many as a title has at most.
fn folded(text: &str) -> String {
    let head = text::head(text, 2 * BEGINNING);
    let words: Vec<String> = words::words(head).map(|word| fold::fold(text::slice(head, word.range))).collect();
    words.join(" ")
}
