//! OPML: lists of subscriptions, and outlines. In a list the folders are headings with the feeds under them; an outline is
//! a list within lists.

mod outline;

use anyhow::Result;
use outline::Outline;

use super::{
    Confidence, Contents, Format, Source, bounds,
    build::{Builder, collapsed},
    feed::{
        self,
        xml::{self, Kind, Tokens},
    },
    stamp,
};
use crate::doc::{Document, Meta};

/// The format.
pub const FORMAT: Format = Format {
    name: "opml",
    extensions: &["opml"],
    about: "OPML: lists of feeds with their links, and outlines.",
    detect,
    contents: Contents::One(open),
    image: None,
};

fn detect(head: &[u8], _: &Source) -> Confidence {
    let head = feed::decoded(head);
    let first = Tokens::new(&head).find_map(|token| match token.kind {
        Kind::Start { name, .. } => Some(name),
        _ => None,
    });
    if first.is_some_and(|name| name.eq_ignore_ascii_case("opml")) { Confidence::Content } else { Confidence::No }
}

fn open(source: &Source) -> Result<Document> {
    let text = feed::decoded(&source.read(0, bounds::PARSED)?);
    let subscriptions = text.as_bytes().windows(6).any(|name| name.eq_ignore_ascii_case(b"xmlurl"));
    let mut reader = Reader { subscriptions, ..Reader::default() };
    let mut field = "";
    for token in Tokens::new(&text) {
        if reader.build.is_full() {
            break;
        }
        match token.kind {
            Kind::Start { name, attributes, empty } if name.eq_ignore_ascii_case("outline") => {
                reader.start(attributes, empty);
            }
            Kind::Start { name, .. } => field = name,
            Kind::End { name } if name.eq_ignore_ascii_case("outline") => reader.end(),
            Kind::End { .. } => field = "",
            Kind::Text => reader.said(field, &collapsed(&xml::decoded(token.raw))),
            Kind::Data(data) => reader.said(field, &collapsed(data)),
        }
    }
    let Reader { build, meta, .. } = reader;
    Ok(build.finish().document(meta))
}

#[derive(Debug, Default)]
struct Reader {
    build: Builder,
    meta: Meta,
    subscriptions: bool,
    /// What the elements are that are open.
    open: Vec<Open>,
    /// Folders among them.
    folders: u8,
    /// A list of feeds is open.
    listing: bool,
    /// A folder has ended, and what comes next is not in it.
    left: bool,
}

#[derive(Clone, Copy, Debug)]
enum Open {
    /// A folder of feeds: a heading.
    Folder,
    /// A feed, or a folder within more folders than there are headings.
    Feed,
    /// An item of an outline, with the list of what is in it.
    Item,
}

impl Reader {
    fn said(&mut self, field: &str, value: &str) {
        let value = || Some(value.to_owned()).filter(|v| !v.is_empty());
        match field {
            "title" => self.meta.title = self.meta.title.take().or_else(value),
            "ownerName" => self.meta.author = self.meta.author.take().or_else(value),
            "dateModified" => self.meta.date = value().and_then(|v| stamp::date(&v)).or(self.meta.date),
            "dateCreated" => self.meta.date = self.meta.date.or_else(|| stamp::date(&value()?)),
            _ => {}
        }
    }

    fn start(&mut self, attributes: &str, empty: bool) {
        let outline = Outline::read(attributes);
        let leads = outline.feed.is_some() || outline.page.is_some();
        if self.subscriptions && !leads && !empty && self.open.len() < bounds::DEPTH {
            self.unlist();
            self.folders = self.folders.saturating_add(1);
            self.left = false;
            let called = outline.called();
            if !called.is_empty() {
                self.build.heading_of(self.folders.saturating_add(1), called, Vec::new());
            }
            return self.open.push(Open::Folder);
        }
        if std::mem::take(&mut self.left) {
            self.build.rule();
        }
        if !self.listing && (self.subscriptions || self.open.is_empty()) {
            self.build.enter_list(None);
            self.listing = true;
        }
        self.build.enter_item('.');
        outline.show(&mut self.build);
        if self.subscriptions || empty {
            self.build.leave();
            self.open.extend((!empty).then_some(Open::Feed));
            return;
        }
        self.build.enter_list(None);
        self.open.push(Open::Item);
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Folder) => {
                self.unlist();
                self.folders = self.folders.saturating_sub(1);
                self.left = true;
            }
            Some(Open::Item) => {
                self.build.leave();
                self.build.leave();
            }
            Some(Open::Feed) | None => {}
        }
    }

    fn unlist(&mut self) {
        if std::mem::take(&mut self.listing) {
            self.build.leave();
        }
    }
}
