//! Footnotes, endnotes and annotations stand within the text that names them. They are passed over there, and read after it.

use std::{collections::HashSet, ops::Range};

use super::text::Reader;
use crate::formats::{
    build,
    office::{Ns, Tag, Xml, xml::Node},
};

/// The notes that the text holds.
#[derive(Debug, Default)]
pub struct Notes {
    found: Vec<Note>,
    labels: HashSet<String>,
    annotations: usize,
    read: bool,
}

#[derive(Clone, Debug)]
struct Note {
    kind: Kind,
    label: String,
    range: Range<usize>,
    /// Empty when nobody says.
    author: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Foot,
    End,
    Annotation,
}

impl Notes {
    /// Whether the notes themselves are being read.
    pub fn are_read(&self) -> bool {
        self.read
    }

    /// A label that no other note has.
    fn label(&mut self, said: &str) -> String {
        let said = if said.is_empty() { "*" } else { said };
        let mut label = said.to_owned();
        let mut again = 2;
        while !self.labels.insert(label.clone()) {
            label = format!("{said}-{again}");
            again += 1;
        }
        label
    }
}

impl Reader<'_> {
    /// A footnote or an endnote begins.
    pub(super) fn note(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        let end = tag.local == "endnote" || tag.get("note-class").is_some_and(|class| class == "endnote");
        let (mut citation, mut range) = (String::new(), None);
        let mut depth = 1usize;
        while let Some(node) = xml.node() {
            match node {
                Node::Start(tag) if tag.ns == Ns::Text && tag.local.ends_with("-citation") => {
                    citation = build::collapsed(&tag.get("label").map_or_else(String::new, |l| l.into_owned()));
                    let said = build::collapsed(&xml.text());
                    citation = if said.is_empty() { citation } else { said };
                }
                Node::Start(tag) if tag.ns == Ns::Text && tag.local.ends_with("-body") => {
                    let from = xml.position();
                    xml.skip();
                    range = Some(from..xml.start());
                }
                Node::Start(_) => depth += 1,
                Node::End(..) => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                Node::Text(_) => {}
            }
        }
        let label = self.notes.label(&citation);
        self.refer(&label);
        if let Some(range) = range {
            let kind = if end { Kind::End } else { Kind::Foot };
            self.notes.found.push(Note { kind, label, range, author: String::new() });
        }
    }

    /// An annotation begins.
    pub(super) fn annotation(&mut self, xml: &mut Xml<'_>) {
        let mut author = String::new();
        let from = xml.position();
        let mut ahead = xml.ahead();
        // Who wrote it stands before the text.
        for _ in 0..20 {
            match ahead.node() {
                Some(Node::Start(tag)) if tag.local == "creator" => author = build::collapsed(&ahead.text()),
                Some(Node::Start(tag)) if tag.ns == Ns::Text => break,
                Some(_) => {}
                None => break,
            }
        }
        xml.skip();
        let range = from..xml.start();
        if self.now.paragraph.is_none() {
            return;
        }
        self.notes.annotations += 1;
        let label = self.notes.label(&format!("c{}", self.notes.annotations));
        self.refer(&label);
        self.notes.found.push(Note { kind: Kind::Annotation, label, range, author });
    }

    fn refer(&mut self, label: &str) {
        if !self.notes.read {
            self.flow.refer(label);
        }
    }
}

/// Reads the notes that the text of `content` held, those at the foot first.
pub fn read(reader: &mut Reader<'_>, content: &str, xml: &Xml<'_>) {
    reader.notes.read = true;
    let mut found = std::mem::take(&mut reader.notes.found);
    found.sort_by_key(|note| note.kind);
    for note in found {
        reader.flow.enter_note(&note.label, &note.author);
        let text = crate::text::slice(content, note.range.clone());
        let mut inner = xml.fragment(text);
        reader.events(&mut inner);
        reader.end();
        reader.flow.build.leave();
    }
}
