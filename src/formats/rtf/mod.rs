//! RTF as Word, LibreOffice, TextEdit, WordPad and pandoc write it (Rich Text Format 1.9.1): text in any code page, headings by
//! style or outline level, lists by the text that stands before their items, tables, notes and comments, links.
//!
//! Read in one pass over its tokens with a bounded stack of groups. Notes and text boxes stand within the text; they are passed
//! over there, and read after it.

mod control;
mod destination;
mod encoding;
mod group;
mod head;
mod info;
mod later;
mod letters;
mod paragraph;
mod picture;
mod reader;
mod table;
mod token;

use anyhow::Result;

use super::{Confidence, Contents, Format, Source, bounds};
use crate::doc::Document;

/// The format.
pub const FORMAT: Format = Format {
    name: "rtf",
    extensions: &["rtf"],
    about: "Rich Text Format: headings, lists, tables, footnotes, comments and links, in any code page.",
    detect,
    contents: Contents::One(open),
    image: None,
};

fn detect(head: &[u8], _source: &Source) -> Confidence {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if head.starts_with(b"{\\rtf") { Confidence::Content } else { Confidence::No }
}

fn open(source: &Source) -> Result<Document> {
    let bytes = source.read(0, bounds::PARSED)?;
    let mut document = reader::read(&bytes);
    if source.size() > bounds::PARSED as u64 {
        document.warnings.push(format!("only the first {} are shown", bounds::megabytes(bounds::PARSED)));
    }
    Ok(document)
}
