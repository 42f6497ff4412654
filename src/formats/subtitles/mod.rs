//! Subtitles, SubRip's and WebVTT's, as a text to read: what is said runs on from cue to cue, and whoever else speaks begins
//! a paragraph. No numbers, no places on the screen; every five minutes a heading says where one is.

mod cue;
mod speaker;
mod text;

use anyhow::Result;

use super::{Confidence, Contents, Format, Source, bounds, build::collapsed, sheet};
use crate::{
    doc::{Document, Meta},
    text::{decode, language},
};

/// The format.
pub const FORMAT: Format = Format {
    name: "subtitles",
    extensions: &["srt", "vtt"],
    about: "Subtitles (SRT, WebVTT) as running text, with who speaks and a heading every five minutes.",
    detect,
    contents: Contents::One(open),
    image: None,
};

/// WebVTT signs itself; SubRip begins with the time of a cue, or with its number and then the time.
fn detect(head: &[u8], source: &Source) -> Confidence {
    let found = decode::detect(head, head.len() as u64 == source.size());
    if head.contains(&0) && !found.is_utf16() {
        return Confidence::No;
    }
    let text = decode::decode(head.get(found.bom..).unwrap_or_default(), found.encoding);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let cue = |line: &str| cue::times(line).is_some();
    if signed(first) || cue(first) || (cue::is_number(first) && lines.next().is_some_and(cue)) {
        Confidence::Content
    } else if FORMAT.extensions.contains(&source.extension().as_str()) {
        Confidence::Name
    } else {
        Confidence::No
    }
}

/// Whether this is how WebVTT begins.
fn signed(line: &str) -> bool {
    line.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

fn open(source: &Source) -> Result<Document> {
    let written = decode::decode_all(&source.read(0, bounds::TEXT)?);
    let written = written.replace("\r\n", "\n").replace('\r', "\n");
    let (about, rest) = header(&written);
    let mut document = text::read(&cue::cues(rest, rest.len() < written.trim_start_matches('\u{feff}').len()))
        .document_as(meta(about, &source.name));
    if source.size() > bounds::TEXT as u64 {
        document.warnings.push(format!("only the first {} are shown", bounds::megabytes(bounds::TEXT)));
    }
    Ok(document)
}

/// What stands above the cues of WebVTT, and the cues.
fn header(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches('\u{feff}');
    if !signed(text.lines().next().unwrap_or_default()) {
        return ("", text);
    }
    let blank = text.find("\n\n").unwrap_or(text.len());
    // The blank line is missing.
    let cue = text.find("-->").and_then(|at| text.get(..at)?.rfind('\n')).unwrap_or(text.len());
    text.split_at(blank.min(cue))
}

/// The name of the file is the title where the header has none: what is said first seldom says what this is. `film.en.srt`
/// names the language too.
fn meta(header: &str, name: &str) -> Meta {
    let mut lines = header.lines();
    let signature = lines.next().and_then(|line| line.strip_prefix("WEBVTT")).unwrap_or_default();
    let field = |name: &str| {
        let mut values = header.lines().filter_map(|line| line.split_once(':'));
        values.find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| collapsed(value))
    };
    let title = field("title").unwrap_or_else(|| collapsed(signature.trim_start().trim_start_matches(['-', '–', '—'])));
    let file = sheet::title(name);
    let (stem, suffix) = file.rsplit_once('.').unwrap_or((&file, ""));
    let known = language::meant(suffix).is_some() && !suffix.is_empty();
    let language = field("language").as_deref().and_then(language::tag);
    Meta {
        title: Some(title).filter(|title| !title.is_empty()).or_else(|| {
            let named = if known { stem } else { &file };
            Some(named.to_owned()).filter(|title| !title.is_empty())
        }),
        language: language.or_else(|| known.then(|| language::tag(suffix)).flatten()),
        ..Meta::default()
    }
}
