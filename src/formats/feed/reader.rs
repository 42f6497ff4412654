//! The elements of a feed to what they say, in RSS of all its versions and in Atom, 0.3 and 1.0. What an element means is
//! told by its name and its namespace, and not by where it stands: feeds mix them.

use std::collections::HashMap;

use super::{
    item::{Enclosure, Item},
    value::{Form, Value},
    xml::{self, Kind, Token, Tokens},
};
use crate::formats::{build::collapsed, mail};

/// Namespaces by their addresses, and the prefixes that they usually have. Those of RSS and Atom have none.
const NAMESPACES: &[(&str, &str)] = &[
    ("www.w3.org/2005/atom", ""),
    ("purl.org/atom/ns#", ""),
    ("purl.org/rss/1.0/modules/content/", "content"),
    ("purl.org/rss/1.0/modules/", "-"),
    ("purl.org/rss/1.0/", ""),
    ("purl.org/net/rss1.1#", ""),
    ("my.netscape.com/rdf/simple/0.9/", ""),
    ("my.netscape.com/publish/formats/rss-0.91.dtd", ""),
    ("backend.userland.com/rss", ""),
    ("blogs.law.harvard.edu/tech/rss", ""),
    ("purl.org/dc/elements/1.1/", "dc"),
    ("purl.org/dc/terms/", "dcterms"),
    ("www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("search.yahoo.com/mrss", "media"),
    ("www.w3.org/1999/xhtml", "xhtml"),
    ("www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
];

/// Prefixes that are known even when nothing declares them.
const PREFIXES: &[&str] = &["content", "dc", "dcterms", "itunes", "media", "xhtml", "rdf"];

/// Elements of HTML that hold nothing.
const VOID: &[&str] = &["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// What an element says of the entry or the feed that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Link,
    Summary,
    Content,
    Published,
    Updated,
    Author,
    Id,
    Tag,
    Keywords,
    Enclosure,
    Language,
    /// It is about something else, with titles and links of its own.
    Other,
}

/// Reads the entries of a feed, one after the other.
#[derive(Debug)]
pub struct Reader<'t> {
    tokens: Tokens<'t>,
    /// A token that was read and not used.
    back: Option<Token<'t>>,
    prefixes: HashMap<&'t str, &'static str>,
    atom: bool,
    /// What the feed says of itself, as far as it was read.
    pub about: Item,
}

/// What an element held.
#[derive(Debug, Default)]
struct Held {
    text: String,
    markup: String,
    has_markup: bool,
}

impl<'t> Reader<'t> {
    /// From the start of a feed.
    pub fn new(text: &'t str) -> Reader<'t> {
        let (tokens, prefixes) = (Tokens::new(text), HashMap::new());
        Reader { tokens, back: None, prefixes, atom: false, about: Item::default() }
    }

    /// The next entry.
    pub fn next(&mut self) -> Option<Item> {
        let mut item: Option<Item> = None;
        while let Some(token) = self.token() {
            match token.kind {
                Kind::Start { name, attributes, empty } => {
                    self.declare(attributes);
                    let (prefix, local) = self.resolve(name);
                    let starts = prefix.is_empty() && matches!(local, "item" | "entry");
                    if starts && item.is_some() {
                        // The one before it was not closed.
                        self.back = Some(token);
                        return item;
                    }
                    if starts {
                        item = Some(Item { offset: token.at as u64, ..Item::default() });
                    }
                    self.atom |= prefix.is_empty() && matches!(local, "feed" | "entry");
                    let mut of = item.take();
                    let about = of.is_none();
                    let mut target = of.take().unwrap_or_else(|| std::mem::take(&mut self.about));
                    if starts || matches!(local, "feed" | "channel" | "rss" | "RDF") {
                        opened(&mut target, attributes);
                    } else if let Some(field) = field(prefix, local) {
                        self.field(&mut target, field, name, attributes, empty);
                    }
                    if about {
                        self.about = target;
                    } else {
                        item = Some(target);
                    }
                }
                Kind::End { name } if matches!(self.resolve(name), ("", "item" | "entry")) && item.is_some() => {
                    return item;
                }
                _ => {}
            }
        }
        item
    }

    fn token(&mut self) -> Option<Token<'t>> {
        self.back.take().or_else(|| self.tokens.next())
    }

    /// Remembers which prefix stands for which namespace.
    fn declare(&mut self, attributes: &'t str) {
        if !attributes.contains("xmlns") {
            return;
        }
        for (name, value) in xml::each(attributes) {
            let Some(prefix) = name.strip_prefix("xmlns") else { continue };
            let Some(prefix) = prefix.strip_prefix(':').or(Some("").filter(|_| prefix.is_empty())) else { continue };
            let address = value.to_ascii_lowercase();
            let address = address.trim().trim_start_matches("http://").trim_start_matches("https://");
            let known = NAMESPACES.iter().find(|(known, _)| address.starts_with(known)).map(|(_, usual)| *usual);
            match known {
                // Text in XHTML within an entry doesn't change what the feed is written in.
                Some("xhtml") if prefix.is_empty() => {}
                Some(known) => drop(self.prefixes.insert(prefix, known)),
                None if prefix.is_empty() => {}
                None => drop(self.prefixes.insert(prefix, "-")),
            }
        }
    }

    /// The usual prefix of an element's namespace, and its name without one.
    fn resolve<'n>(&self, name: &'n str) -> (&'static str, &'n str) {
        let Some((prefix, local)) = name.split_once(':') else {
            return (self.prefixes.get("").copied().unwrap_or(""), name);
        };
        let usual = || match prefix {
            "atom" | "atom03" | "atom10" | "rss" => "",
            _ => PREFIXES.iter().find(|p| p.eq_ignore_ascii_case(prefix)).copied().unwrap_or("-"),
        };
        (self.prefixes.get(prefix).copied().unwrap_or_else(usual), local)
    }

    /// What an element says is taken into `of`.
    fn field(&mut self, of: &mut Item, field: Field, name: &'t str, attributes: &'t str, empty: bool) {
        let held = if empty { Held::default() } else { self.held(name, field) };
        let attribute = |name: &str| xml::attribute(attributes, name).map(|v| collapsed(&v)).filter(|v| !v.is_empty());
        let line = collapsed(&held.text);
        let local = name.rsplit(':').next().unwrap_or(name);
        match field {
            Field::Title | Field::Summary | Field::Content => {
                let mut value = self.value(held, attributes);
                if name.contains(':') && field == Field::Content {
                    // `content:encoded` is HTML by definition.
                    value.form = Form::Html;
                }
                let into = match field {
                    Field::Title => &mut of.title,
                    Field::Summary => &mut of.body.summary,
                    _ => &mut of.body.content,
                };
                // The element of the feed's own kind comes before those of others.
                if into.is_empty() || !name.contains(':') && !value.is_empty() || value.text.len() > into.text.len() * 2
                {
                    *into = value;
                }
                if field == Field::Content && of.address.link.is_none() {
                    of.address.link = attribute("src");
                }
                of.address.base = attribute("xml:base").or(of.address.base.take());
                of.language = of.language.take().or_else(|| attribute("xml:lang").filter(|_| field == Field::Content));
            }
            Field::Link => {
                let rel = attribute("rel").unwrap_or_default().to_ascii_lowercase();
                let kind = attribute("type").unwrap_or_default();
                let url = attribute("href").or_else(|| attribute("rdf:resource")).unwrap_or(line);
                match rel.as_str() {
                    _ if url.is_empty() => {}
                    "enclosure" => {
                        let size = attribute("length").and_then(|l| l.parse().ok());
                        of.enclosures.push(Enclosure { url, kind, size });
                    }
                    "" | "alternate" if of.address.link.is_none() || kind.contains("html") => {
                        of.address.link = Some(url)
                    }
                    _ => {}
                }
            }
            Field::Published => of.times.published = Some(line).filter(|l| !l.is_empty()).or(of.times.published.take()),
            Field::Updated => of.times.updated = Some(line).filter(|l| !l.is_empty()).or(of.times.updated.take()),
            // Who helped is named where nobody wrote it.
            Field::Author if local == "contributor" && !of.authors.is_empty() => {}
            Field::Author => of.authors.extend(person(&held)),
            Field::Id => {
                let permalink = attribute("isPermaLink").is_none_or(|v| v.eq_ignore_ascii_case("true"));
                if of.address.link.is_none() && permalink && !self.atom && line.starts_with("http") {
                    of.address.link = Some(line.clone());
                }
                of.id = Some(line).filter(|l| !l.is_empty()).or(of.id.take());
            }
            Field::Tag => of.tags.extend(attribute("label").or_else(|| attribute("term")).or(Some(line))),
            Field::Keywords => of.tags.extend(line.split(',').map(|tag| tag.trim().to_owned())),
            Field::Language => of.language = of.language.take().or(Some(line).filter(|l| !l.is_empty())),
            Field::Enclosure => {
                let size = ["length", "fileSize"].into_iter().find_map(|name| attribute(name)?.parse().ok());
                let kind = attribute("type").or_else(|| attribute("medium")).unwrap_or_default();
                let known = |url: &String| of.enclosures.iter().any(|e| e.url == *url);
                if let Some(url) = attribute("url").filter(|url| !known(url)) {
                    of.enclosures.push(Enclosure { url, kind, size });
                }
            }
            Field::Other => {}
        }
    }

    /// The text of an element, up to its end, or to where it must have ended.
    fn held(&mut self, name: &str, field: Field) -> Held {
        let mut held = Held::default();
        let mut depth = 0usize;
        while let Some(token) = self.token() {
            match token.kind {
                Kind::Start { name: inner, attributes, empty } => {
                    self.declare(attributes);
                    let (prefix, local) = self.resolve(inner);
                    let again = inner == name && !empty;
                    let entry = prefix.is_empty() && matches!(local, "item" | "entry");
                    // Only a text holds elements; and a page within a text has no dates and ids.
                    let short = !matches!(field, Field::Content | Field::Summary | Field::Author | Field::Other);
                    let next = prefix.is_empty()
                        && (matches!(local, "guid" | "pubDate" | "published" | "updated")
                            || short && matches!(local, "link" | "description" | "title" | "category" | "id"));
                    if field != Field::Other && (entry || next && !again) {
                        self.back = Some(token);
                        return held;
                    }
                    depth += usize::from(again);
                    held.has_markup = true;
                    let shown = if prefix == "xhtml" { local } else { inner };
                    held.markup.push_str(&format!("<{shown}{}>", attributes));
                    if empty && !VOID.contains(&shown) {
                        // HTML knows no elements that end at once but those that never hold anything.
                        held.markup.push_str(&format!("</{shown}>"));
                    }
                }
                Kind::End { name: inner } => {
                    if inner == name && depth == 0 {
                        return held;
                    }
                    depth -= usize::from(inner == name);
                    let (prefix, local) = self.resolve(inner);
                    if prefix.is_empty() && matches!(local, "item" | "entry" | "channel" | "feed" | "rss") {
                        self.back = Some(token);
                        return held;
                    }
                    held.markup.push_str(&format!("</{}>", if prefix == "xhtml" { local } else { inner }));
                }
                Kind::Text => {
                    held.text.push_str(&xml::decoded(token.raw));
                    held.markup.push_str(token.raw);
                }
                Kind::Data(data) => {
                    held.text.push_str(data);
                    held.markup.push_str(&data.replace('&', "&amp;").replace('<', "&lt;"));
                }
            }
        }
        held
    }

    /// A text with what it is written in.
    fn value(&self, held: Held, attributes: &str) -> Value {
        if held.has_markup {
            return Value { text: held.markup, form: Form::Html };
        }
        let kind = xml::attribute(attributes, "type").unwrap_or_default().trim().to_ascii_lowercase();
        let mode = xml::attribute(attributes, "mode").unwrap_or_default();
        // Atom says in base64 what is no text (RFC 4287, section 4.1.3.3).
        let octets = self.atom && kind.contains('/') && !kind.starts_with("text/") && !kind.contains("xml");
        if mode == "base64" || octets {
            return Value { text: mail::base64(&held.text), form: Form::Html };
        }
        let form = match kind.as_str() {
            "html" | "xhtml" | "text/html" | "application/xhtml+xml" => Form::Html,
            // Atom 0.3 said `text/plain`, and some of RSS still do, of what is HTML.
            "text" => Form::Plain,
            _ => Form::Unsaid,
        };
        Value { text: held.text, form }
    }
}

/// What stands in the tag of an entry, or of a feed.
fn opened(of: &mut Item, attributes: &str) {
    let attribute = |name: &str| xml::attribute(attributes, name).filter(|v| !v.trim().is_empty());
    of.id = of.id.take().or_else(|| attribute("rdf:about"));
    of.language = attribute("xml:lang").or(of.language.take());
    of.address.base = attribute("xml:base").or(of.address.base.take());
}

/// Somebody: a name, or the name and the address in elements of their own.
fn person(held: &Held) -> Option<String> {
    let mut name = collapsed(&held.text);
    if held.has_markup {
        let (mut within, mut parts) = ("", HashMap::new());
        for token in Tokens::new(&held.markup) {
            match token.kind {
                Kind::Start { name, .. } => within = name.rsplit(':').next().unwrap_or(name),
                Kind::End { .. } => within = "",
                Kind::Text => drop(parts.entry(within).or_insert_with(|| collapsed(&xml::decoded(token.raw)))),
                Kind::Data(data) => drop(parts.entry(within).or_insert_with(|| collapsed(data))),
            }
        }
        let part = |name: &str| parts.get(name).filter(|value| !value.is_empty()).cloned();
        name = part("name").or_else(|| part("Name")).or_else(|| part("email")).or_else(|| part("")).unwrap_or_default();
    }
    (!name.is_empty()).then_some(name)
}

/// What an element says.
fn field(prefix: &str, local: &str) -> Option<Field> {
    Some(match (prefix, local) {
        ("", "title") | ("dc" | "itunes" | "media", "title") => Field::Title,
        ("", "link") => Field::Link,
        ("", "description" | "summary" | "subtitle" | "tagline" | "abstract") => Field::Summary,
        ("dc" | "media", "description") | ("itunes", "summary" | "subtitle") | ("dcterms", "abstract") => {
            Field::Summary
        }
        ("", "content" | "fullitem" | "body") | ("content", "encoded") | ("xhtml", "body") => Field::Content,
        ("", "pubDate" | "pubdate" | "published" | "issued" | "created") => Field::Published,
        ("dc", "date") | ("dcterms", "created" | "issued") => Field::Published,
        ("", "updated" | "modified" | "lastBuildDate") | ("dcterms", "modified") => Field::Updated,
        ("", "author" | "managingEditor" | "contributor") => Field::Author,
        ("dc", "creator" | "author" | "contributor") | ("itunes", "author") => Field::Author,
        ("", "id" | "guid") => Field::Id,
        ("" | "media", "category") | ("dc", "subject") => Field::Tag,
        ("itunes" | "media", "keywords") => Field::Keywords,
        ("", "enclosure") | ("media", "content") => Field::Enclosure,
        ("", "language") | ("dc", "language") => Field::Language,
        ("", "image" | "textInput" | "textinput" | "source" | "cloud" | "skipHours" | "skipDays") => Field::Other,
        ("itunes", "owner" | "category") => Field::Other,
        _ => return None,
    })
}
