//! Notes, comments and text boxes. They stand within the text that names them and are passed over there: a note is read after
//! the whole text, a text box after the paragraph that it hangs on.

use std::ops::Range;

use super::{destination::Destination, group::Groups, paragraph::Paragraph, reader::Reader, token::Tokens};
use crate::formats::office::number;

/// The notes that the text holds.
#[derive(Debug, Default)]
pub struct Notes {
    found: Vec<Note>,
    /// How many of each kind.
    counts: [i64; 3],
    /// Who wrote the next comment.
    commenter: String,
    read: bool,
}

#[derive(Clone, Debug)]
struct Note {
    kind: Kind,
    label: String,
    author: String,
    range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Foot,
    End,
    Comment,
}

impl Notes {
    /// Whether the notes themselves are being read.
    pub fn are_read(&self) -> bool {
        self.read
    }

    /// Who wrote the next comment.
    pub fn by(&mut self, author: String) {
        self.commenter = author;
    }

    /// A label for one more note of this kind.
    fn label(&mut self, kind: Kind) -> String {
        let [foot, end, comments] = &mut self.counts;
        match kind {
            Kind::Foot => {
                *foot += 1;
                foot.to_string()
            }
            Kind::End => {
                *end += 1;
                number::roman(*end, false)
            }
            Kind::Comment => {
                *comments += 1;
                format!("c{comments}")
            }
        }
    }

    /// Keeps a note to be read.
    fn keep(&mut self, kind: Kind, label: String, range: Range<usize>) {
        let author = if kind == Kind::Comment { std::mem::take(&mut self.commenter) } else { String::new() };
        self.found.push(Note { kind, label, author, range });
    }
}

impl Kind {
    /// What a note is by its control word and by what it begins with.
    fn of(word: &str, inner: &[u8]) -> Kind {
        let head = inner.get(..64).unwrap_or(inner);
        if word == "annotation" {
            Kind::Comment
        } else if head.windows(8).any(|part| part == b"\\ftnalt\\" || part == b"\\ftnalt ") {
            Kind::End
        } else {
            Kind::Foot
        }
    }
}

/// The text boxes of the paragraph.
#[derive(Debug, Default)]
pub struct Boxes {
    found: Vec<Range<usize>>,
    /// How many are being read, one in the other.
    within: usize,
}

impl Boxes {
    /// Text boxes within text boxes.
    const DEEP: usize = 4;

    /// A text box begins.
    pub fn find(&mut self, tokens: &Tokens<'_>) {
        if self.within < Boxes::DEEP {
            self.found.push(tokens.place()..tokens.clone().pass());
        }
    }
}

impl Reader<'_> {
    /// A note or a comment begins: it is named here, and read later.
    pub(super) fn note(&mut self, word: &str, tokens: &Tokens<'_>) {
        let group = &mut self.groups.now;
        group.starred = false;
        if std::mem::replace(&mut group.to, Destination::Skip) != Destination::Text {
            return;
        }
        let range = tokens.place()..tokens.clone().pass();
        let kind = Kind::of(word, self.bytes.get(range.clone()).unwrap_or_default());
        let label = self.notes.label(kind);
        if !self.notes.are_read() {
            self.settle();
            self.flow.refer(&label);
            self.notes.keep(kind, label, range);
        }
    }

    /// Notes are read after the text, those at the foot first.
    pub(super) fn read_notes(&mut self) {
        self.notes.read = true;
        let mut found = std::mem::take(&mut self.notes.found);
        found.sort_by_key(|note| note.kind);
        for note in found {
            self.flow.enter_note(&note.label, &note.author);
            (self.groups, self.paragraph) = (Groups::new(self.head.default_font), Paragraph::default());
            self.run(note.range);
            self.end();
            self.flow.build.leave();
        }
    }

    /// Text boxes are read after the paragraph that they hang on.
    pub(super) fn read_boxes(&mut self) {
        if self.flow.build.in_table() || self.boxes.found.is_empty() {
            return;
        }
        // What stands in a box may hold others.
        for range in std::mem::take(&mut self.boxes.found) {
            let groups = std::mem::replace(&mut self.groups, Groups::new(0));
            let paragraph = std::mem::take(&mut self.paragraph);
            self.boxes.within += 1;
            self.run(range);
            self.end();
            self.read_boxes();
            self.boxes.within -= 1;
            (self.groups, self.paragraph) = (groups, paragraph);
        }
    }
}
