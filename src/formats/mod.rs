//! Bytes to documents. A format is one file here and one line in [`FORMATS`]; nothing above this layer names one.
//!
//! A [`Source`] gives [`Entry`]s (one for a file; many for a mailbox, a feed, a JSONL file), and opening an entry gives a
//! [`Document`]. What kind of file it is, is told by its content first and by its name second.

mod source;

use std::ops::ControlFlow;

use anyhow::{Context as _, Result};

use crate::doc::{Block, Document, Kind, Meta};
pub use source::{ReadAt, Source};

/// One document inside a source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Its id within the source, as `#ENTRY` names it on the command line; `None` when the source is one document.
    pub id: Option<String>,
    /// Where it starts, so that it is reached again without reading what stands before it.
    pub offset: u64,
}

/// How sure a format is that a source is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is something else.
    No,
    /// It can be read as this when nothing else claims it.
    Fallback,
    /// The name says so and the content does not contradict.
    Name,
    /// The content says so.
    Content,
}

/// A format: how it is told and how it is read.
pub struct Format {
    /// Its name, as `type:` asks for it and `--json` prints it.
    pub name: &'static str,
    /// Extensions without the dot, lower case. No two formats claim the same one.
    pub extensions: &'static [&'static str],
    /// One sentence for the table in the README.
    pub about: &'static str,
    /// Looks at the first bytes ([`DETECT`] at most) and the name.
    pub detect: fn(head: &[u8], source: &Source) -> Confidence,
    /// Streams the entries until told to stop.
    pub entries: fn(&Source, &mut dyn FnMut(Entry) -> ControlFlow<()>) -> Result<()>,
    /// Opens one.
    pub open: fn(&Source, &Entry) -> Result<Document>,
}

/// How many bytes detection sees.
pub const DETECT: usize = 8 * 1024;

/// All formats.
pub const FORMATS: &[Format] = &[PLAIN];

/// The format of a source.
pub fn detect(source: &Source) -> Result<&'static Format> {
    let head = source.read(0, DETECT)?;
    FORMATS
        .iter()
        .map(|format| ((format.detect)(&head, source), format))
        .filter(|(confidence, _)| *confidence > Confidence::No)
        .max_by_key(|(confidence, _)| *confidence)
        .map(|(_, format)| format)
        .context("no format that is known here")
}

/// Streams the entries of a source until told to stop.
pub fn entries(source: &Source, each: &mut dyn FnMut(Entry) -> ControlFlow<()>) -> Result<()> {
    (detect(source)?.entries)(source, each)
}

/// Opens one entry.
pub fn open(source: &Source, entry: &Entry) -> Result<Document> {
    (detect(source)?.open)(source, entry)
}

const PLAIN: Format = Format {
    name: "text",
    extensions: &["txt", "text", "md", "markdown"],
    about: "Plain text.",
    detect: |head, _| if head.contains(&0) { Confidence::No } else { Confidence::Fallback },
    entries: |_, each| {
        let _ = each(Entry::default());
        Ok(())
    },
    open: |source, _| {
        let length = usize::try_from(source.size())?;
        let text = crate::text::decode::decode_all(&source.read(0, length)?);
        let title = text.lines().map(|line| line.trim_matches(['#', ' '])).find(|line| !line.is_empty());
        let meta = Meta { title: title.map(str::to_owned), ..Meta::default() };
        let blocks = text.split("\n\n").filter(|p| !p.trim().is_empty());
        Ok(Document::held(meta, blocks.map(|p| Block::new(Kind::Paragraph, p.trim())).collect()))
    },
};
