//! FictionBook 2 to one document: a book as one file of XML, or that file in a ZIP archive. The description becomes the
//! metadata, sections with titles the outline, the bodies of notes footnotes.
//!
//! The files were made by hand and by many programs; what is ill-formed is read all the same, and an element that
//! FictionBook doesn't have is text. In `Document::targets` a section is `#id`.

mod description;
mod notes;
mod quoted;
mod reader;

use anyhow::{Result, bail};

use super::{
    Confidence, Contents, Entry, Format, Source, bounds,
    build::Builder,
    mail, xml,
    zipped::{LOCAL, Zipped},
};
use crate::{doc::Document, text};

/// The format.
pub const FORMAT: Format = Format {
    name: "fb2",
    extensions: &["fb2", "fbz"],
    about: "FictionBook 2, also zipped: sections as the outline, poems by line, notes as footnotes.",
    detect,
    contents: Contents::One(open),
    image: Some(image),
};

/// By the element that holds everything. Zipped, by the name: an archive may hold a library of them.
fn detect(head: &[u8], source: &Source) -> Confidence {
    if head.starts_with(LOCAL) {
        let named = source.name.to_lowercase().ends_with(".fb2.zip") || source.extension() == "fbz";
        return if named { Confidence::Content } else { Confidence::No };
    }
    let text = xml::decode(head);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let root = text.match_indices("FictionBook").next().and_then(|(at, _)| text::head(text, at).chars().next_back());
    let is_book = text.starts_with('<') && root.is_some_and(|before| matches!(before, '<' | ':'));
    match text.starts_with('<') && source.extension() == "fb2" {
        _ if is_book => Confidence::Content,
        true => Confidence::Name,
        false => Confidence::No,
    }
}

fn open(source: &Source) -> Result<Document> {
    let (bytes, mut warnings) = book(source)?;
    let text = xml::decode(&bytes);
    drop(bytes);
    let notes = notes::labels(&text);
    let mut reader = reader::Reader::new(Builder::default(), &notes);
    for event in xml::Xml::new(&text) {
        reader.event(event);
        if reader.build.is_full() {
            break;
        }
    }
    let (built, meta) = reader.finish();
    let mut document = built.document(meta);
    warnings.append(&mut document.warnings);
    document.warnings = warnings;
    Ok(document)
}

/// The bytes of the book, and why they are not all.
fn book(source: &Source) -> Result<(Vec<u8>, Vec<String>)> {
    if source.read(0, LOCAL.len())? == LOCAL {
        let mut archive = Zipped::open(source)?;
        let is_book = |name: &&str| name.to_ascii_lowercase().ends_with(".fb2");
        let Some(at) = archive.names().find(is_book).and_then(|name| archive.find(name)) else {
            bail!("no .fb2 in the archive");
        };
        let file = archive.read(at)?;
        return Ok((file.bytes, file.warning.into_iter().collect()));
    }
    let cut = source.size() > bounds::PARSED as u64;
    let warning = cut.then(|| format!("only the first {} are read", bounds::megabytes(bounds::PARSED)));
    Ok((source.read(0, bounds::PARSED)?, warning.into_iter().collect()))
}

/// An image, in the `<binary>` that its reference names.
fn image(source: &Source, _: &Entry, name: &str) -> Result<Vec<u8>> {
    let text = xml::decode(&book(source)?.0);
    let name = name.trim_start_matches('#');
    let mut found = None;
    for event in xml::Xml::new(&text) {
        match (event, &mut found) {
            (xml::Event::Start(element), None) if element.name == "binary" => {
                found = (element.attribute("id").as_deref() == Some(name)).then(String::new);
            }
            (xml::Event::Text(text), Some(data)) => data.push_str(&text),
            (xml::Event::End(_), Some(data)) => return Ok(mail::decoded(data.as_bytes())),
            _ => {}
        }
    }
    bail!("{name}: not in the book")
}
