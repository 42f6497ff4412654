//! AsciiDoc to blocks, by the rules of Asciidoctor 2.0 (<https://docs.asciidoctor.org/asciidoc/latest/>).
//!
//! Lines are read in one pass, with a stack of the lists and delimited blocks that are open. Nothing is fetched: an include
//! is named by a link. Of conditionals both sides are shown, since no one says which attributes the author's build sets.
//! What is not understood stays as it was written.

mod attributes;
mod delimited;
mod header;
mod inline;
mod list;
mod macros;
mod outline;
mod reader;
mod style;
mod table;

use anyhow::Result;

use super::{Confidence, Contents, Format, Source, bounds};
use crate::{doc::Document, text};

/// The format.
pub const FORMAT: Format = Format {
    name: "asciidoc",
    extensions: &["adoc", "asciidoc", "asciidoctor"],
    about: "AsciiDoc: sections, lists, admonitions, tables, attributes, references and footnotes; includes are named.",
    detect,
    contents: Contents::One(open),
    image: None,
};

fn open(source: &Source) -> Result<Document> {
    let bytes = source.read(0, bounds::TEXT)?;
    let mut document = reader::read(&text::decode::decode_all(&bytes));
    if source.size() > bounds::TEXT as u64 {
        document.warnings.push(format!("only the first {} are shown", bounds::megabytes(bounds::TEXT)));
    }
    Ok(document)
}

/// By name alone: too much of it is what plain text looks like.
fn detect(head: &[u8], source: &Source) -> Confidence {
    let named = FORMAT.extensions.contains(&source.extension().as_str());
    let binary = !text::decode::detect(head, false).is_utf16() && head.contains(&0);
    if named && !binary { Confidence::Name } else { Confidence::No }
}
