//! The tokens of a document to its blocks: one loop, which hands each to the noun that it belongs to, and where the text of a
//! group goes when the group has ended.

use std::ops::Range;

use super::{
    destination::Destination,
    group::Groups,
    head::Head,
    info::Info,
    later::{Boxes, Notes},
    letters::Letters,
    paragraph::Paragraph,
    picture::Picture,
    table::Rows,
    token::{Token, Tokens},
};
use crate::{
    doc::{Document, SpanKind},
    formats::{
        build,
        office::{Flow, field, number, symbol},
    },
};

/// What is read, and what is open.
pub struct Reader<'r> {
    pub(super) bytes: &'r [u8],
    pub(super) flow: Flow,
    pub(super) groups: Groups,
    pub(super) letters: Letters,
    pub(super) head: Head,
    pub(super) paragraph: Paragraph,
    pub(super) rows: Rows,
    pub(super) notes: Notes,
    pub(super) boxes: Boxes,
    picture: Picture,
    /// The link of the field whose result comes next.
    pub(super) link: Option<usize>,
    pub(super) info: Info,
}

/// Reads a document.
pub fn read(bytes: &[u8]) -> Document {
    let mut reader = Reader {
        bytes,
        flow: Flow::default(),
        groups: Groups::new(0),
        letters: Letters::default(),
        head: Head::default(),
        paragraph: Paragraph::default(),
        rows: Rows::default(),
        notes: Notes::default(),
        boxes: Boxes::default(),
        picture: Picture::default(),
        link: None,
        info: Info::default(),
    };
    reader.run(0..bytes.len());
    reader.end();
    reader.read_boxes();
    reader.read_notes();
    reader.flow.build.finish().document(reader.info.meta())
}

impl Reader<'_> {
    /// Reads a range of the bytes, within which groups begin and end.
    pub(super) fn run(&mut self, range: Range<usize>) {
        let bytes = self.bytes.get(..range.end).unwrap_or(self.bytes);
        let mut tokens = Tokens::new(bytes, range.start);
        while let Some(token) = tokens.next() {
            if self.flow.build.is_full() {
                break;
            }
            match token {
                Token::Open => self.open(),
                Token::Close => self.close(),
                Token::Text(text) => self.bytes_of(text),
                Token::Symbol(b'*') => self.symbol(b'*'),
                // A control word is a character that stands in for another one, too.
                _ if self.letters.is_stand_in() => {}
                Token::Byte(byte) => self.letters.byte(byte, !self.groups.now.to.is_dropped()),
                Token::Word("u", Some(code)) => self.unicode(code),
                Token::Word(word, number) => {
                    self.flush();
                    self.word(word, number, &tokens);
                }
                Token::Symbol(sign) => self.symbol(sign),
            }
        }
        while self.groups.are_open() {
            self.close();
        }
    }

    fn open(&mut self) {
        self.flush();
        self.letters.at_edge();
        self.groups.open();
    }

    fn close(&mut self) {
        self.flush();
        self.letters.at_edge();
        let Some(inner) = self.groups.close() else { return };
        if inner.to != self.groups.now.to {
            self.leave(inner.to);
        } else if inner.to.is_table() {
            self.end_entry(inner.to);
        }
    }

    /// The group that gathered text for a destination has ended.
    fn leave(&mut self, to: Destination) {
        match to {
            Destination::Text | Destination::Skip => {}
            Destination::Picture => self.end_picture(),
            Destination::Fonts | Destination::Styles => self.end_entry(to),
            _ => {
                let text = std::mem::take(&mut self.groups.aside);
                self.gathered(to, &text);
            }
        }
    }

    /// All the text for a destination is known.
    fn gathered(&mut self, to: Destination, text: &str) {
        match to {
            Destination::Info(property) => self.info.take(property, text),
            Destination::Instruction => {
                let link = field::target(text).map(|target| self.flow.build.link(target));
                self.link = link.and_then(|kind| if let SpanKind::Link(link) = kind { Some(link) } else { None });
            }
            Destination::Marker => self.paragraph.marked(symbol::bullet(text.trim(), "")),
            Destination::Bookmark if !text.trim().is_empty() => self.flow.build.name_next(text.trim().to_owned()),
            Destination::Commenter => self.notes.by(build::collapsed(text)),
            Destination::PropertyName => self.picture.name(text),
            Destination::PropertyValue => self.picture.value(text),
            _ => {}
        }
    }

    fn end_picture(&mut self) {
        let about = self.picture.end();
        if self.groups.now.to == Destination::Text {
            self.settle();
            self.flow.span(SpanKind::Image(String::new()), &about);
        }
    }

    fn end_entry(&mut self, table: Destination) {
        let name = std::mem::take(&mut self.groups.aside);
        self.head.end_entry(table, &name);
    }

    fn bytes_of(&mut self, text: &[u8]) {
        let to = self.groups.now.to;
        self.letters.bytes(text, !to.is_dropped());
        // An entry of a table may end without a group of its own.
        if to.is_table() && self.letters.end_entry() {
            self.flush();
            self.end_entry(to);
        }
    }

    /// The bytes so far become characters.
    pub(super) fn flush(&mut self) {
        if let Some(text) = self.letters.text(self.head.font(self.groups.now.font)) {
            self.text(&text);
        }
    }

    fn unicode(&mut self, code: i32) {
        self.flush();
        let group = &self.groups.now;
        if let Some(text) = self.letters.unicode(code, group.unicode, self.head.font(group.font)) {
            self.text(&text);
        }
    }

    /// Characters go where the group says.
    pub(super) fn text(&mut self, text: &str) {
        match self.groups.now.to {
            Destination::Skip | Destination::Picture => {}
            Destination::Text => self.shown(text),
            _ => self.groups.gather(text),
        }
    }

    fn shown(&mut self, text: &str) {
        let group = &self.groups.now;
        if group.deleted || group.run.hidden == Some(true) || text.is_empty() {
            return;
        }
        self.settle();
        // A space that keeps a note from its number.
        let begins = self.notes.are_read() && self.flow.build.prose.is_empty();
        let text = if begins { text.trim_start_matches('\u{A0}') } else { text };
        let group = &self.groups.now;
        let mut run = group.run.clone();
        run.mono = self.head.is_mono(group.font).then_some(true);
        self.paragraph.counted.count(text, &run);
        let raised = run.raised.unwrap_or(false).then(|| number::raised(text)).flatten();
        self.flow.push(&run.marks(group.link), raised.as_deref().unwrap_or(text));
    }

    /// Everything that is open ends.
    pub(super) fn end(&mut self) {
        self.end_paragraph();
        self.end_rows();
        self.flow.end();
    }
}
