//! Org files of Emacs to blocks: outlines with states, tags and dates, and the markup of their text.
//!
//! [`blocks`] goes through the lines, [`inline`] through the text of a paragraph. Drawers and comments are hidden.

mod blocks;
mod drawers;
mod inline;
mod lists;

use anyhow::Result;

use super::{Confidence, Contents, Format, Source, build::Builder, markup};
use crate::doc::{Document, Meta};

/// The format.
pub const FORMAT: Format = Format {
    name: "org",
    extensions: &["org"],
    about: "Org files of Emacs: headings with states and tags, lists, tables, blocks, footnotes",
    detect,
    contents: Contents::One(open),
    image: None,
};

fn open(source: &Source) -> Result<Document> {
    markup::open(source, read)
}

fn detect(head: &[u8], source: &Source) -> Confidence {
    markup::named(head, source, FORMAT.extensions)
}

fn read(text: &str) -> Document {
    let text = markup::without_tabs(text);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut reader = Reader::gather(&lines);
    reader.lines(&lines, 0);
    let meta = std::mem::take(&mut reader.meta);
    let mut document = reader.build.finish().document(meta);
    // A heading that is taken for the title is so without what Org says about it.
    let bare = reader.bare.into_iter().find(|(whole, _)| document.meta.title.as_ref() == Some(whole));
    if let Some((_, bare)) = bare {
        document.meta.title = Some(bare);
    }
    document
}

/// What is known of a file while it is read.
#[derive(Debug, Default)]
struct Reader {
    build: Builder,
    meta: Meta,
    /// Words that a heading may begin with and that say how far it is, and those of them that say it is done.
    states: Vec<String>,
    done: Vec<String>,
    /// Headings with a state or tags, the first of them: as they are shown, and without these.
    bare: Vec<(String, String)>,
    /// Short names of the beginnings of links.
    abbreviations: Vec<(String, String)>,
    /// Footnotes that are defined where they are referred to, so far.
    inline_notes: usize,
    /// Definitions that wait until their paragraph has ended.
    notes: Vec<(String, String)>,
}
