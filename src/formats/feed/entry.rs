//! An entry of a feed to a document: the feed's name, the text, where it is from, what comes with it.

use std::sync::Arc;

use super::{item::Item, value::Value};
use crate::{
    doc::{Document, Meta, SpanKind},
    formats::{
        build::{Builder, collapsed},
        html::{self, Place},
        mail, plain, title,
    },
    text,
};

/// More tags than these say nothing.
const TAGS: usize = 40;

/// The document of an entry of the feed that `about` tells of.
pub fn document(item: &Item, about: &Item) -> Document {
    let mut build = Builder::default();
    let (feed, called) = (about.title.line(), item.title.line());
    if !feed.is_empty() && feed != called {
        dim(&feed, &mut build);
    }
    let above = usize::from(build.has_text());
    let based = Based { base: item.address.start().or(about.address.link.as_ref()).cloned() };
    read(item.body.whole(), &based, &mut build);
    if let Some(link) = &item.address.link {
        let target = based.href(link);
        let kind = build.link(target.clone());
        build.prose.span(kind, &target);
        build.flush();
    }
    for (at, enclosure) in item.enclosures.iter().enumerate() {
        if at > 0 {
            build.prose.hard_break();
        }
        let path = enclosure.url.split(['?', '#']).next().unwrap_or_default();
        let name = &unescaped(path.trim_end_matches('/').rsplit('/').next().unwrap_or_default());
        let size = enclosure.size.filter(|size| *size > 0).map(mail::size);
        let details: Vec<&str> =
            [enclosure.kind.as_str()].into_iter().chain(size.as_deref()).filter(|d| !d.is_empty()).collect();
        build.prose.push("Attachment: ");
        let kind = build.link(based.href(&enclosure.url));
        build.prose.span(kind, if name.is_empty() { &enclosure.url } else { name });
        if !details.is_empty() {
            build.prose.push(&format!(" ({})", details.join(", ")));
        }
    }
    let built = build.finish();
    let mut meta = meta(item, about, called);
    if meta.title.is_none() {
        let blocks: Vec<_> = built.blocks.iter().skip(above).take(title::BLOCKS).cloned().map(Arc::new).collect();
        meta.title = title::guess(&blocks).title.or_else(|| Some(feed).filter(|feed| !feed.is_empty()));
    }
    built.document_as(meta)
}

/// A part of a URL without its escapes; as it stands if they are no text.
fn unescaped(part: &str) -> String {
    let escaped = part.replace('=', "%3D").replace('%', "=");
    String::from_utf8(mail::quoted_printable(&escaped)).unwrap_or_else(|_| part.to_owned())
}

fn meta(item: &Item, about: &Item, called: String) -> Meta {
    let named = |authors: &[String]| Some(people(authors)).filter(|names| !names.is_empty());
    let author = named(&item.authors).or_else(|| named(&about.authors));
    let mut tags: Vec<String> = Vec::new();
    for tag in item.tags.iter().map(|tag| Value { text: tag.clone(), ..Value::default() }.line()) {
        if !tag.is_empty() && tags.len() < TAGS && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Meta {
        title: Some(title::clean(&called)).filter(|t| !t.is_empty()),
        author: author.or_else(|| Some(about.title.line()).filter(|t| !t.is_empty())),
        date: item.times.date(),
        language: item.language.clone().or_else(|| about.language.clone()).map(|l| l.trim().to_owned()),
        tags,
        ..Meta::default()
    }
}

/// Names, each once; of those who only give an address none, if somebody has a name.
fn people(authors: &[String]) -> String {
    let mut names: Vec<String> = Vec::new();
    for author in authors {
        let plain = Value { text: author.clone(), ..Value::default() }.line();
        let name = if plain.contains('@') { mail::called(&plain) } else { plain };
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    if names.iter().any(|name| !name.contains('@')) {
        names.retain(|name| !name.contains('@'));
    }
    names.join(", ")
}

fn dim(line: &str, build: &mut Builder) {
    build.flush();
    build.prose.span(SpanKind::Dim, line);
    build.flush();
}

fn read(body: &Value, based: &Based, build: &mut Builder) {
    if body.is_html() {
        html::read_into(&body.text, build, based);
    } else {
        plain::blocks(&body.text, false).into_iter().for_each(|block| build.adopt(block));
    }
    build.flush();
}

/// Links of a text that has been taken out of its page.
#[derive(Debug, Default)]
struct Based {
    base: Option<String>,
}

impl Place for Based {
    fn href(&self, href: &str) -> String {
        let href = collapsed(href);
        let scheme =
            href.split_once(':').is_some_and(|(s, _)| s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+'));
        let Some((protocol, rest)) = self.base.as_deref().and_then(|base| base.split_once("://")) else { return href };
        if scheme || href.is_empty() || href.starts_with('#') {
            return href;
        }
        if href.starts_with("//") {
            return format!("{protocol}:{href}");
        }
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        let host = path.split('/').next().unwrap_or_default();
        if href.starts_with('/') {
            return format!("{protocol}://{host}{href}");
        }
        let folder = path.rfind('/').map_or(host, |at| text::head(path, at));
        format!("{protocol}://{folder}/{}", href.trim_start_matches("./"))
    }
}
