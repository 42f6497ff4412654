//! DOCX, the documents of Word and of all who write as it does (ECMA-376, transitional and strict): headings and lists by
//! style and numbering, tables, notes and comments, changes as accepted.
//!
//! The text is read in one pass over the events of its XML. Notes stand in parts of their own and are read when
//! the text has named them, in the order in which it does.

mod boxes;
mod field;
mod link;
mod note;
mod numbering;
mod paragraph;
mod part;
mod picture;
mod run;
mod styles;
mod table;
mod text;

use anyhow::{Context as _, Result, bail};

use super::{
    Confidence, Contents, Format, Source,
    office::{Package, ole, properties},
};
use crate::doc::Document;

/// The format.
pub const FORMAT: Format = Format {
    name: "docx",
    extensions: &["docx", "docm", "dotx", "dotm"],
    about: "Word documents: headings, lists, tables, footnotes, comments, equations; tracked changes as accepted.",
    detect,
    contents: Contents::One(open),
    image: None,
};

/// Content types of the main parts of documents and templates.
const MAIN: [&str; 3] = [
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroEnabled.main+xml",
];

fn detect(head: &[u8], source: &Source) -> Confidence {
    let named = FORMAT.extensions.contains(&source.extension().as_str());
    match ole::holds(head, source) {
        // Of an encrypted document nothing tells what it is: it is said here that it is encrypted, unless the name tells.
        Some(ole::Holds::Encrypted) if named => return Confidence::Content,
        Some(ole::Holds::Encrypted) => return Confidence::Name,
        Some(_) => return Confidence::No,
        None => {}
    }
    if !head.starts_with(b"PK\x03\x04") {
        return Confidence::No;
    }
    match Package::open(source) {
        Ok(mut package) => {
            let types = package.content_types();
            let found = MAIN.iter().any(|main| types.contains(main)) || package.has("word/document.xml");
            if found { Confidence::Content } else { Confidence::No }
        }
        // So that the reason is told.
        Err(_) if named => Confidence::Content,
        Err(_) => Confidence::No,
    }
}

fn open(source: &Source) -> Result<Document> {
    if source.read(0, ole::MAGIC.len())? == ole::MAGIC {
        bail!("encrypted: needs a password");
    }
    let mut package = Package::open(source)?;
    let root = package.relationships("");
    let main =
        root.of_kind("officeDocument").filter(|part| package.has(part)).unwrap_or("word/document.xml").to_owned();
    let core = root.of_kind("core-properties").unwrap_or("docProps/core.xml").to_owned();
    let meta = properties::read(&package.text_or_empty(&core));
    let body = package.text(&main)?.context("damaged: the part with the text is missing")?;
    let (built, said) = text::read(&mut package, &main, &body);
    Ok(said.document(built, meta))
}
