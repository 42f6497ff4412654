//! What an entry of a feed says, or a feed of itself, whatever it is written in.

use super::value::Value;
use crate::{doc::Date, formats::stamp};

/// Something to download.
#[derive(Clone, Debug, Default)]
pub struct Enclosure {
    /// Where it is.
    pub url: String,
    /// Its media type.
    pub kind: String,
    /// Its size in bytes, when told.
    pub size: Option<usize>,
}

/// An entry, or the feed itself.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Where it starts, as [`crate::formats::Entry`] keeps it.
    pub offset: u64,
    /// Its title.
    pub title: Value,
    /// Its text.
    pub body: Body,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When that was.
    pub times: Times,
    /// What it calls itself.
    pub id: Option<String>,
    /// Where it is on the web.
    pub address: Address,
    /// What comes with it.
    pub enclosures: Vec<Enclosure>,
    /// Its categories.
    pub tags: Vec<String>,
    /// Its language.
    pub language: Option<String>,
}

/// The text of an entry, of which a feed may give only a part.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// All of it.
    pub content: Value,
    /// The beginning of it, or what it is about.
    pub summary: Value,
}

/// When an entry was written, in the feed's own words.
#[derive(Clone, Debug, Default)]
pub struct Times {
    /// When it appeared.
    pub published: Option<String>,
    /// When it was changed.
    pub updated: Option<String>,
}

/// Where an entry is on the web.
#[derive(Clone, Debug, Default)]
pub struct Address {
    /// The page it is about.
    pub link: Option<String>,
    /// What its links start from, when it says so.
    pub base: Option<String>,
}

impl Body {
    /// As much as there is.
    pub fn whole(&self) -> &Value {
        if self.content.is_empty() { &self.summary } else { &self.content }
    }
}

impl Times {
    /// The day it is from: of its first appearance, when that is known.
    pub fn date(&self) -> Option<Date> {
        let read = |written: &Option<String>| written.as_deref().and_then(stamp::date);
        read(&self.published).or_else(|| read(&self.updated))
    }
}

impl Address {
    /// What the links in the text start from.
    pub fn start(&self) -> Option<&String> {
        self.base.as_ref().or(self.link.as_ref())
    }
}
