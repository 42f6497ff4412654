//! Program code: read only when it is asked for, by its name or with `--all`; a walk through a folder leaves it out
//! (`claims`). All lines are kept, and a file of any size is read in windows, as a plain text is.

mod languages;
mod title;

use anyhow::Result;

use super::{Confidence, Contents, Format, Source, plain};
use crate::{
    doc::{Document, Meta},
    text::decode,
};
pub use languages::{EXTENSIONS, interpreted, language};

/// The format.
pub const FORMAT: Format = Format {
    name: "code",
    extensions: EXTENSIONS,
    about: "Programs and scripts, by the comment that says what they do; only when asked for, by name or with `--all`",
    detect,
    contents: Contents::One(open),
    image: None,
};

fn detect(head: &[u8], source: &Source) -> Confidence {
    let binary = head.contains(&0) && !decode::detect(head, head.len() as u64 == source.size()).is_utf16();
    let extension = source.extension();
    let script = extension.is_empty() && (head.starts_with(b"#!/") || head.starts_with(b"#! /"));
    let named = EXTENSIONS.contains(&extension.as_str());
    if (named || script) && !binary && !source.terminal { Confidence::Name } else { Confidence::No }
}

fn open(source: &Source) -> Result<Document> {
    let sample = source.read(0, decode::SAMPLE)?;
    let found = decode::detect(&sample, sample.len() as u64 == source.size());
    let text = decode::decode(sample.get(found.bom..).unwrap_or_default(), found.encoding);
    let extension = source.extension();
    let first = text.lines().next().unwrap_or_default();
    let language = language(&extension).or_else(|| interpreted(first)).map(str::to_owned);
    let title = (!text.trim().is_empty()).then(|| title::title(source, &text, language.as_deref().unwrap_or("bash")));
    plain::program(source, language, Meta { title, ..Meta::default() })
}
