//! Presentations as text: a heading for each slide, its texts with the depth that they have, tables, what the speaker has
//! before them. PowerPoint's are read here, OpenDocument's as other documents of it are.

mod powerpoint;
mod shape;

use anyhow::{Result, bail};

use super::{
    Confidence, Contents, Format, Source, odt,
    office::{Package, ole},
};
use crate::doc::Document;

/// The format.
pub const FORMAT: Format = Format {
    name: "slides",
    extensions: &["pptx", "pptm", "ppsx", "ppsm", "potx", "odp", "otp", "fodp", "sxi"],
    about: "Presentations of PowerPoint and OpenDocument as text, slide by slide, with the speaker's notes.",
    detect,
    contents: Contents::One(open),
    image: None,
};

/// Media types of OpenDocument presentations.
const OPEN: [&str; 2] = ["opendocument.presentation", "sun.xml.impress"];

fn detect(head: &[u8], source: &Source) -> Confidence {
    let named = FORMAT.extensions.contains(&source.extension().as_str());
    match ole::holds(head, source) {
        Some(ole::Holds::Encrypted) if named => return Confidence::Content,
        Some(_) => return Confidence::No,
        None => {}
    }
    if odt::detect_as(head, source, false, &OPEN) == Confidence::Content {
        return Confidence::Content;
    }
    if !head.starts_with(b"PK\x03\x04") {
        return Confidence::No;
    }
    match Package::open(source) {
        Ok(package) if package.has("ppt/presentation.xml") => Confidence::Content,
        Ok(_) => Confidence::No,
        Err(_) if named => Confidence::Content,
        Err(_) => Confidence::No,
    }
}

fn open(source: &Source) -> Result<Document> {
    let head = source.read(0, super::DETECT)?;
    if head.starts_with(ole::MAGIC) {
        bail!("encrypted: needs a password");
    }
    if odt::detect_as(&head, source, false, &OPEN) == Confidence::Content {
        return odt::read(source);
    }
    powerpoint::read(source)
}
