//! XML as office programs write it: elements by namespace and local name, text with its references resolved. Ill-formed XML
//! ends where it stops being readable, which [`Xml::damage`] tells; nothing is expanded but characters and the five entities.
//!
//! Namespaces are told once, mostly at the root; a prefix means what it was last declared to mean. This lets a piece of a
//! document be read again by itself ([`Xml::piece`]), as footnotes are.

use std::{borrow::Cow, ops::Range};

use quick_xml::{Reader, events::Event};

use crate::text;

/// The namespaces that mean something here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ns {
    /// WordprocessingML.
    W,
    /// DrawingML, its main part.
    A,
    /// PresentationML.
    P,
    /// Equations of Office.
    M,
    /// VML.
    V,
    /// Markup compatibility.
    Mc,
    /// Relationships, as attributes name them.
    R,
    /// SmartArt.
    Dgm,
    /// ODF: text.
    Text,
    /// ODF: tables.
    Table,
    /// ODF: drawings.
    Draw,
    /// ODF: styles.
    Style,
    /// ODF: the document's frame.
    Office,
    /// Any other.
    #[default]
    Other,
}

/// The ends of namespaces: transitional, strict and older ones share theirs.
const ENDS: &[(&str, Ns)] = &[
    ("wordprocessingml/2006/main", Ns::W),
    ("wordprocessingml/main", Ns::W),
    ("drawingml/2006/main", Ns::A),
    ("drawingml/main", Ns::A),
    ("presentationml/2006/main", Ns::P),
    ("presentationml/main", Ns::P),
    ("officeDocument/2006/math", Ns::M),
    ("officeDocument/math", Ns::M),
    ("urn:schemas-microsoft-com:vml", Ns::V),
    ("markup-compatibility/2006", Ns::Mc),
    ("officeDocument/2006/relationships", Ns::R),
    ("officeDocument/relationships", Ns::R),
    ("drawingml/2006/diagram", Ns::Dgm),
    ("xmlns:text:1.0", Ns::Text),
    ("xmlns:table:1.0", Ns::Table),
    ("xmlns:drawing:1.0", Ns::Draw),
    ("xmlns:style:1.0", Ns::Style),
    ("xmlns:office:1.0", Ns::Office),
    ("openoffice.org/2000/text", Ns::Text),
    ("openoffice.org/2000/table", Ns::Table),
    ("openoffice.org/2000/drawing", Ns::Draw),
    ("openoffice.org/2000/style", Ns::Style),
    ("openoffice.org/2000/office", Ns::Office),
];

/// Nobody needs as many prefixes; a document that declares more is read without them.
const PREFIXES: usize = 200;

/// A start of an element.
#[derive(Clone, Debug)]
pub struct Tag<'x> {
    /// Its namespace.
    pub ns: Ns,
    /// Its local name.
    pub local: &'x str,
    /// Its attributes as written.
    attributes: &'x str,
}

/// A part of an XML text.
#[derive(Clone, Debug)]
pub enum Node<'x> {
    /// An element begins.
    Start(Tag<'x>),
    /// An element ends.
    End(Ns, &'x str),
    /// Text.
    Text(Cow<'x, str>),
}

/// An XML text that is being read.
pub struct Xml<'x> {
    all: &'x str,
    /// Where `all` stands in the whole text.
    base: usize,
    reader: Reader<&'x [u8]>,
    names: Vec<(&'x str, Ns)>,
    /// The end of an element without content, which comes next.
    ending: Option<(Ns, &'x str)>,
    /// Where the last node starts, and how deep it is.
    start: usize,
    depth: usize,
    /// Where it can't be read any further.
    damage: Option<usize>,
}

impl<'x> Xml<'x> {
    /// Begins with a whole text.
    pub fn new(all: &'x str) -> Xml<'x> {
        Xml::at(all, 0..all.len(), Vec::new())
    }

    fn at(whole: &'x str, range: Range<usize>, names: Vec<(&'x str, Ns)>) -> Xml<'x> {
        let all = text::slice(whole, range.clone());
        let mut reader = Reader::from_str(all);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Xml { all, base: range.start, reader, names, ending: None, start: 0, depth: 0, damage: None }
    }

    /// A piece of `whole`, the text that this one began with, read by itself.
    pub fn piece(&self, whole: &'x str, range: Range<usize>) -> Xml<'x> {
        Xml::at(whole, range, self.names.clone())
    }

    /// A text in which prefixes mean what they mean here.
    pub fn fragment<'t>(&self, text: &'t str) -> Xml<'t>
    where
        'x: 't,
    {
        Xml::at(text, 0..text.len(), self.names.clone())
    }

    /// A piece of what this one reads, by places in the whole text.
    pub fn again(&self, range: Range<usize>) -> Xml<'x> {
        let inside = range.start.saturating_sub(self.base)..range.end.saturating_sub(self.base);
        Xml { base: range.start, ..Xml::at(self.all, inside, self.names.clone()) }
    }

    /// A second look at what comes next; this one stays where it is.
    pub fn ahead(&self) -> Xml<'x> {
        let at = self.position() - self.base;
        let mut ahead = Xml::at(self.all, at..self.all.len(), self.names.clone());
        ahead.ending = self.ending;
        ahead
    }

    /// Where the last node began, in the whole text.
    pub fn start(&self) -> usize {
        self.base + self.start
    }

    /// Where the next node begins.
    pub fn position(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.all.len())
    }

    /// Where the XML stops being readable, if it does.
    pub fn damage(&self) -> Option<usize> {
        self.damage
    }

    /// The next node; `None` at the end.
    pub fn node(&mut self) -> Option<Node<'x>> {
        if let Some((ns, local)) = self.ending.take() {
            self.depth = self.depth.saturating_sub(1);
            return Some(Node::End(ns, local));
        }
        loop {
            self.start = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(_) => {
                    self.damage = Some(self.base + self.start);
                    return None;
                }
            };
            let end = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.all.len());
            let written = text::slice(self.all, self.start..end);
            match event {
                Event::Start(_) | Event::Empty(_) => {
                    let inner = written.trim_start_matches('<').trim_end_matches('>');
                    let empty = matches!(event, Event::Empty(_));
                    let inner = if empty { inner.trim_end_matches('/') } else { inner };
                    let (name, attributes) = inner.split_at(inner.find(is_space).unwrap_or(inner.len()));
                    self.declare(attributes);
                    let (ns, local) = self.resolve(name);
                    self.depth += 1;
                    if empty {
                        self.ending = Some((ns, local));
                    }
                    return Some(Node::Start(Tag { ns, local, attributes }));
                }
                Event::End(_) => {
                    let name = written.trim_start_matches("</").trim_end_matches('>').trim();
                    self.depth = self.depth.saturating_sub(1);
                    let (ns, local) = self.resolve(name);
                    return Some(Node::End(ns, local));
                }
                Event::Text(_) => {
                    let plain = if written.contains('\r') {
                        Cow::Owned(written.replace("\r\n", "\n").replace('\r', "\n"))
                    } else {
                        Cow::Borrowed(written)
                    };
                    return Some(Node::Text(plain));
                }
                Event::CData(_) => {
                    let inner = written.strip_prefix("<![CDATA[").unwrap_or(written);
                    return Some(Node::Text(Cow::Borrowed(inner.strip_suffix("]]>").unwrap_or(inner))));
                }
                Event::GeneralRef(_) => return Some(Node::Text(resolved(written))),
                Event::Eof => return None,
                _ => {}
            }
        }
    }

    /// The next start of an element, whatever stands before it.
    pub fn next_start(&mut self) -> Option<Tag<'x>> {
        loop {
            if let Node::Start(tag) = self.node()? {
                return Some(tag);
            }
        }
    }

    /// Skips what is left of the element that just began, its end included.
    pub fn skip(&mut self) {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.node().is_some() {}
    }

    /// All the text in the element that just began, which ends with it.
    pub fn text(&mut self) -> String {
        let outside = self.depth.saturating_sub(1);
        let mut all = String::new();
        while self.depth > outside {
            match self.node() {
                Some(Node::Text(text)) => all.push_str(&text),
                Some(_) => {}
                None => break,
            }
        }
        all
    }

    fn declare(&mut self, attributes: &'x str) {
        if !attributes.contains("xmlns") {
            return;
        }
        for (key, value) in pairs(attributes) {
            let Some(prefix) = key.strip_prefix("xmlns").map(|rest| rest.trim_start_matches(':')) else { continue };
            let found = ENDS.iter().find(|(end, _)| value.ends_with(end)).map_or(Ns::Other, |(_, ns)| *ns);
            if let Some(known) = self.names.iter_mut().find(|(known, _)| *known == prefix) {
                known.1 = found;
            } else if self.names.len() < PREFIXES {
                self.names.push((prefix, found));
            }
        }
    }

    fn resolve(&self, name: &'x str) -> (Ns, &'x str) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let known = self.names.iter().find(|(known, _)| *known == prefix);
        (known.map_or(Ns::Other, |(_, ns)| *ns), local)
    }
}

impl<'x> Tag<'x> {
    /// The value of the attribute of this local name, whatever its prefix.
    pub fn get(&self, local: &str) -> Option<Cow<'x, str>> {
        let mut all = pairs(self.attributes);
        all.find(|(key, _)| key.rsplit(':').next() == Some(local)).map(|(_, value)| unescaped(value))
    }

    /// The value of the attribute of this name as it is mostly written, prefix and all; else by its local name.
    pub fn get_as(&self, name: &str) -> Option<Cow<'x, str>> {
        let exact = pairs(self.attributes).find(|(key, _)| *key == name).map(|(_, value)| unescaped(value));
        exact.or_else(|| self.get(name.rsplit(':').next().unwrap_or(name)))
    }

    /// A number.
    pub fn number(&self, local: &str) -> Option<i64> {
        self.get(local)?.trim().parse().ok()
    }

    /// `val` of a property that is on when nothing else is said.
    pub fn on(&self) -> bool {
        !self.get("val").is_some_and(|v| matches!(v.as_ref(), "0" | "false" | "off" | "none"))
    }
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace() || c == '/'
}

/// The attributes of a start tag, as written.
fn pairs(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|q| matches!(q, '"' | '\''))?;
        let (value, next) = text::tail(after, 1).split_once(quote)?;
        rest = next;
        Some((key.trim(), value))
    })
}

fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.find(';').filter(|end| *end <= 10);
        match end {
            Some(end) => {
                out.push_str(&resolved(&format!("&{};", text::head(after, end))));
                rest = text::tail(after, end + 1);
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What a reference stands for; itself when it is no character and none of the five.
fn resolved(written: &str) -> Cow<'static, str> {
    let name = written.trim_start_matches('&').trim_end_matches(';');
    let known = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    };
    let number = || {
        let digits = name.strip_prefix('#')?;
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        char::from_u32(code).filter(|c| *c != '\0')
    };
    match known.or_else(number) {
        Some(c) => Cow::Owned(c.to_string()),
        None => Cow::Owned(written.to_owned()),
    }
}
