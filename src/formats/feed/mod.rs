//! Feeds: RSS 0.9x to 2.0, Atom, JSON Feed. A document for each entry.
//!
//! A feed is decoded as a whole, for it says only inside what it is written in, and read entry by entry; an entry is found
//! again by where it starts.

mod entry;
mod item;
mod json;
mod reader;
pub mod value;
pub mod xml;

use std::ops::ControlFlow;

use anyhow::{Context as _, Result, bail};

use super::{Confidence, Contents, DETECT, Each, Entry, Format, Source, bounds, ids::Ids};
use crate::{doc::Document, text::decode};
use item::Item;
use reader::Reader;
use xml::{Kind, Tokens};

/// The format.
pub const FORMAT: Format = Format {
    name: "feed",
    extensions: &["rss", "atom"],
    about: "Feeds (RSS, Atom, JSON Feed), well-formed or not: a document for each entry.",
    detect,
    contents: Contents::Many { stream, open },
    image: None,
};

fn detect(head: &[u8], source: &Source) -> Confidence {
    let head = decoded(head);
    let bare = head.trim_start_matches('\u{feff}').trim_start();
    if bare.starts_with('{') && bare.contains("jsonfeed.org/version/") {
        return Confidence::Content;
    }
    let Some(root) = root(bare) else { return Confidence::No };
    let has = |sign: &str| bare.contains(sign);
    let named = matches!(source.extension().as_str(), "rss" | "atom" | "xml" | "rdf");
    match root {
        "rss" if has("<channel") || has("version") => Confidence::Content,
        "RDF" if has("purl.org/rss/1.0/") || has("my.netscape.com/rdf/simple") || has("purl.org/net/rss1.1") => {
            Confidence::Content
        }
        "feed" | "entry" if has("w3.org/2005/Atom") || has("purl.org/atom/ns") => Confidence::Content,
        "feed" | "rss" | "channel" if named && (has("<entry") || has("<item") || has("<title")) => Confidence::Content,
        _ => Confidence::No,
    }
}

/// The name of the first element, without its prefix. Before it there may be a little text, as a server wrote it that failed.
fn root(head: &str) -> Option<&str> {
    let first = Tokens::new(head).find(|token| !matches!(token.kind, Kind::Text))?;
    match first.kind {
        Kind::Start { name, .. } if first.at < DETECT / 2 => Some(name.rsplit(':').next().unwrap_or(name)),
        _ => None,
    }
}

fn stream(source: &Source, each: &mut Each<'_>) -> Result<()> {
    let mut given = Ids::default();
    let mut number = 0;
    read(source, &mut |item, about| {
        number += 1;
        let id = given.next(item.id.clone().or_else(|| item.address.link.clone()), number);
        if number >= bounds::ENTRIES {
            return ControlFlow::Break(());
        }
        each(Entry { id: Some(id), offset: item.offset }, Ok(entry::document(item, about)))
    })?;
    if number == 0 {
        bail!("a feed without entries");
    }
    Ok(())
}

fn open(source: &Source, wanted: &Entry) -> Result<Document> {
    let mut found = None;
    read(source, &mut |item, about| {
        if item.offset != wanted.offset {
            return ControlFlow::Continue(());
        }
        found = Some(entry::document(item, about));
        ControlFlow::Break(())
    })?;
    found.context("the entry is no longer in the feed")
}

/// Gives every entry, with what the feed says of itself.
fn read(source: &Source, each: &mut dyn FnMut(&Item, &Item) -> ControlFlow<()>) -> Result<()> {
    let text = decoded(&source.read(0, bounds::PARSED)?);
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        let (about, items) = json::read(&text).context("a JSON Feed that is no JSON")?;
        for item in &items {
            if each(item, &about).is_break() {
                break;
            }
        }
        return Ok(());
    }
    let mut reader = Reader::new(&text);
    while let Some(item) = reader.next() {
        if each(&item, &reader.about).is_break() {
            break;
        }
    }
    Ok(())
}

/// Decodes XML: what its bytes say comes before what its declaration says, which programs copy from one another.
pub fn decoded(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(bytes.get(..1024.min(bytes.len())).unwrap_or_default()).into_owned();
    let declared = head.split_once("<?xml").and_then(|(_, rest)| rest.split_once("?>")).map(|(inner, _)| inner);
    let name = declared.and_then(|inner| xml::attribute(inner, "encoding"));
    let named = name.and_then(|name| encoding_rs::Encoding::for_label(name.trim().as_bytes()));
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    match named {
        Some(named) if !marked && named.is_ascii_compatible() && named != encoding_rs::UTF_8 => {
            match std::str::from_utf8(bytes) {
                Ok(text) if named != encoding_rs::ISO_2022_JP => text.to_owned(),
                _ => decode::decode(bytes, named),
            }
        }
        _ => decode::decode_all(bytes),
    }
}
