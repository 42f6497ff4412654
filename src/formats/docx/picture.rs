//! Pictures and drawings: what somebody wrote about them, and where they are. Also what stands in parts of its own and is
//! text all the same: SmartArt, and chunks of other formats.

use super::text::Reader;
use crate::{
    doc::SpanKind,
    formats::{
        build, html,
        office::{Ns, Tag, Xml, xml::Node},
    },
};

/// The picture that is open.
#[derive(Debug, Default)]
pub struct Picture {
    about: String,
    source: Option<String>,
    /// The part that SmartArt has its text in.
    diagram: Option<String>,
}

/// An element of a drawing begins.
pub fn start(reader: &mut Reader<'_>, tag: &Tag<'_>) {
    let target = |reader: &Reader<'_>, id: &str| {
        let id = tag.get_as(id)?;
        Some(reader.part.target(&id).unwrap_or_default().to_owned())
    };
    match (tag.ns, tag.local) {
        (_, "docPr") => {
            let about = tag.get("descr").filter(|d| !d.trim().is_empty()).or_else(|| tag.get("title"));
            reader.picture.about = about.map(|a| told(&a)).unwrap_or_default();
        }
        (Ns::A, "blip") => reader.picture.source = target(reader, "r:embed").or_else(|| target(reader, "r:link")),
        (Ns::V, "shape") => {
            let about = tag.get("alt").map(|a| told(&a)).filter(|a| !a.is_empty());
            reader.picture.about = about.unwrap_or_default();
        }
        (Ns::V, "imagedata") => {
            reader.picture.source = target(reader, "r:id");
            if reader.picture.about.is_empty() {
                reader.picture.about = tag.get_as("o:title").map(|a| told(&a)).unwrap_or_default();
            }
        }
        (Ns::V, "textpath") => {
            // Letters that are a drawing.
            let text = tag.get("string").unwrap_or_default();
            reader.text(&text);
        }
        (Ns::Dgm, "relIds") => reader.picture.diagram = target(reader, "r:dm"),
        _ => {}
    }
}

/// The drawing ends.
pub fn end(reader: &mut Reader<'_>) {
    let picture = std::mem::take(&mut reader.picture);
    if let Some(source) = picture.source {
        reader.now.paragraph.begun();
        reader.flow.span(SpanKind::Image(source), &picture.about);
    } else if picture.diagram.is_none() && !picture.about.is_empty() {
        reader.now.paragraph.begun();
        reader.flow.span(SpanKind::Image(String::new()), &picture.about);
    }
    if let Some(part) = picture.diagram {
        let text = reader.part.text_of(&part);
        let mut xml = Xml::new(&text);
        let mut words = Vec::new();
        let mut point = String::new();
        while let Some(node) = xml.node() {
            match node {
                Node::Start(tag) if tag.ns == Ns::A && tag.local == "t" => point.push_str(&xml.text()),
                Node::End(Ns::Dgm, "pt") if !point.trim().is_empty() => words.push(std::mem::take(&mut point)),
                _ => {}
            }
        }
        reader.text(&words.join(" · "));
    }
}

/// What somebody wrote about a picture; what a program added about itself is left out.
pub fn told(about: &str) -> String {
    let added = [
        "Description automatically generated",
        "AI-generated content may be incorrect.",
        "Automatisch generierte Beschreibung",
    ];
    let mut about = build::collapsed(about);
    for end in added {
        if let Some(at) = about.find(end) {
            about.truncate(at);
            // "… with medium confidence" went with it.
        }
    }
    about.trim().trim_end_matches(',').to_owned()
}

/// A part of another format, to be read in place: HTML is.
pub fn chunk(reader: &mut Reader<'_>, tag: &Tag<'_>) {
    let Some(part) = tag.get_as("r:id").and_then(|id| Some(reader.part.target(&id)?.to_owned())) else { return };
    let lower = part.to_lowercase();
    if lower.ends_with("html") || lower.ends_with("htm") {
        reader.flow.end_lists();
        let text = reader.part.text_of(&part);
        html::read_into(&text, &mut reader.flow.build, &());
    } else {
        reader.said.warnings.push(format!("left out: {part}, which is a document of its own"));
    }
}
