//! ODT, the documents of LibreOffice and OpenOffice (OpenDocument 1.0 to 1.4, and what came before it), packed or as one flat
//! XML: headings and lists with their numbers, tables, notes and annotations; tracked deletions are gone.
//!
//! Presentations share all but their frame: [`read`] takes their slides too, for the format that they belong to.

mod frame;
mod lists;
mod note;
mod open;
mod paragraph;
mod run;
mod styles;
mod table;
mod text;

use anyhow::{Context as _, Result, bail};

use super::{
    Confidence, Contents, Format, Source, bounds,
    office::{Package, properties},
};
use crate::{doc::Document, text::decode};

/// The format.
pub const FORMAT: Format = Format {
    name: "odt",
    extensions: &["odt", "ott", "fodt", "odm", "sxw", "stw"],
    about: "OpenDocument texts, packed and flat: headings, lists, tables, footnotes, annotations; tracked changes as accepted.",
    detect,
    contents: Contents::One(read),
    image: None,
};

fn detect(head: &[u8], source: &Source) -> Confidence {
    let named = FORMAT.extensions.contains(&source.extension().as_str());
    detect_as(head, source, named, &["opendocument.text", "sun.xml.writer"])
}

/// Whether a source is an OpenDocument whose media type holds one of `kinds`. `named` when its name says so.
pub fn detect_as(head: &[u8], source: &Source, named: bool, kinds: &[&str]) -> Confidence {
    let holds = |text: &str| kinds.iter().any(|kind| text.contains(kind));
    if head.starts_with(b"PK\x03\x04") {
        // The first entry is the media type, as it is; else it is looked for.
        let first = String::from_utf8_lossy(head.get(30..200).unwrap_or_default()).into_owned();
        if let Some(kind) = first.strip_prefix("mimetype") {
            return if holds(kind) { Confidence::Content } else { Confidence::No };
        }
        let Ok(mut package) = Package::open(source) else {
            // So that the reason is told.
            return if named { Confidence::Content } else { Confidence::No };
        };
        let found = holds(&package.text_or_empty("mimetype"))
            || (package.has("content.xml") && holds(&package.text_or_empty("META-INF/manifest.xml")));
        return if found { Confidence::Content } else { Confidence::No };
    }
    if !head.trim_ascii_start().starts_with(b"<") && !head.starts_with(b"\xef\xbb\xbf<") {
        return Confidence::No;
    }
    let text = String::from_utf8_lossy(head);
    let flat = text.contains("<office:document") && text.contains("office:mimetype");
    if flat && holds(&text) { Confidence::Content } else { Confidence::No }
}

/// Reads a packed or a flat document.
pub fn read(source: &Source) -> Result<Document> {
    let head = source.read(0, 4)?;
    let (built, meta, said) = if head.starts_with(b"PK") {
        let mut package = Package::open(source)?;
        if package.text_or_empty("META-INF/manifest.xml").contains("encryption-data") {
            bail!("encrypted: needs a password");
        }
        let content = package.text("content.xml")?.context("damaged: the part with the text is missing")?;
        let styles = package.text_or_empty("styles.xml");
        let meta = properties::read(&package.text_or_empty("meta.xml"));
        let (built, said) = text::read(Some(&mut package), &styles, &content);
        (built, meta, said)
    } else {
        let content = decode::decode_all(&source.read(0, bounds::PARSED)?);
        let meta = properties::read(content.split("<office:body").next().unwrap_or_default());
        let (built, mut said) = text::read(None, "", &content);
        if source.size() > bounds::PARSED as u64 {
            said.warnings.insert(0, format!("only the first {} are shown", bounds::megabytes(bounds::PARSED)));
        }
        (built, meta, said)
    };
    Ok(said.document(built, meta))
}
