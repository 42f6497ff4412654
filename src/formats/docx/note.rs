//! Footnotes, endnotes and comments: parts of their own, whose pieces the text names. They are read after it, in the order
//! in which it names them.

use std::{collections::HashMap, ops::Range};

use super::text::Reader;
use crate::formats::{
    build,
    office::{Ns, Tag, Xml, number, xml::Node},
};

/// What a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// At the foot of the page.
    Foot,
    /// At the end.
    End,
    /// Beside the text, by somebody.
    Comment,
}

impl Kind {
    /// The kind of its relationship, the part where it mostly is, its element.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Kind::Foot => ("footnotes", "footnotes.xml", "footnote"),
            Kind::End => ("endnotes", "endnotes.xml", "endnote"),
            Kind::Comment => ("comments", "comments.xml", "comment"),
        }
    }
}

/// The notes that the text named.
#[derive(Debug, Default)]
pub struct Notes {
    named: Vec<(Kind, String, String)>,
    labels: HashMap<(Kind, String), String>,
    counts: [i64; 3],
    read: bool,
}

impl Notes {
    /// Whether the notes themselves are being read.
    pub fn are_read(&self) -> bool {
        self.read
    }

    /// The text names a note: the label that it gets. `None` when it was named before and is no comment.
    pub fn refer(&mut self, kind: Kind, id: &str) -> Option<String> {
        if let Some(label) = self.labels.get(&(kind, id.to_owned())) {
            return Some(label.clone());
        }
        let [foot, end, comment] = &mut self.counts;
        let label = match kind {
            Kind::Foot => {
                *foot += 1;
                foot.to_string()
            }
            Kind::End => {
                *end += 1;
                number::roman(*end, false)
            }
            Kind::Comment => {
                *comment += 1;
                format!("c{comment}")
            }
        };
        self.labels.insert((kind, id.to_owned()), label.clone());
        self.named.push((kind, id.to_owned(), label.clone()));
        Some(label)
    }
}

impl Reader<'_> {
    /// The text names a note.
    pub(super) fn note(&mut self, kind: Kind, tag: &Tag<'_>) {
        let Some(id) = tag.get("id") else { return };
        if self.is_shown()
            && let Some(label) = self.notes.refer(kind, &id)
        {
            self.now.paragraph.begun();
            self.flow.refer(&label);
        }
    }
}

/// Reads the notes that the text of `main` named.
pub fn read(reader: &mut Reader<'_>, main: &str) {
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let parts = [Kind::Foot, Kind::End, Kind::Comment].map(|kind| {
        let (relation, file, _) = kind.names();
        (kind, reader.part.of_kind(relation, &format!("{folder}/{file}")))
    });
    reader.notes.read = true;
    for (kind, part) in parts {
        let (.., element) = kind.names();
        // Notes may name comments, and those nothing: what is named while reading is read as well.
        let named: Vec<_> = reader.notes.named.iter().filter(|(k, ..)| *k == kind).cloned().collect();
        if named.is_empty() {
            continue;
        }
        let text = reader.part.enter(&part);
        let mut xml = Xml::new(&text);
        let found = pieces(&mut xml, element);
        for (_, id, label) in named {
            let Some(piece) = found.get(id.as_str()) else { continue };
            reader.flow.enter_note(&label, &piece.author);
            let mut inner = xml.piece(&text, piece.range.clone());
            reader.events(&mut inner);
            reader.end();
            reader.flow.build.leave();
        }
    }
}

/// Where a note stands in its part, and who wrote it.
struct Piece {
    range: Range<usize>,
    /// Empty when nobody says.
    author: String,
}

fn pieces(xml: &mut Xml<'_>, element: &str) -> HashMap<String, Piece> {
    let mut found = HashMap::new();
    let mut open: Option<(String, usize, String)> = None;
    while let Some(node) = xml.node() {
        match node {
            Node::Start(tag) if tag.ns == Ns::W && tag.local == element => {
                let author = tag.get_as("w:author").map(|name| build::collapsed(&name)).unwrap_or_default();
                open = tag.get("id").map(|id| (id.into_owned(), xml.position(), author));
            }
            Node::End(Ns::W, local) if local == element => {
                if let Some((id, from, author)) = open.take() {
                    found.insert(id, Piece { range: from..xml.start(), author });
                }
            }
            _ => {}
        }
    }
    found
}
