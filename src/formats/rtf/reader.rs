//! The tokens of a document to its blocks: groups and their ends, bytes and characters, and what is read after the text.

use std::{collections::HashMap, ops::Range};

use encoding_rs::{Encoding, WINDOWS_1252};

use super::{
    group::{Destination, Group, Property},
    paragraph::{Counted, Paragraph},
    token::{Token, Tokens},
};
use crate::{
    doc::{Document, Meta, SpanKind},
    formats::{
        bounds,
        build::{self, Builder},
        office::{Grid, Listing, Marks, Role, field, number, properties, role::role, run::is_mono, symbol},
    },
};

/// A font.
#[derive(Clone, Debug, Default)]
pub struct Font {
    pub(super) name: String,
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) mono: bool,
    pub(super) symbols: bool,
}

/// A style of paragraphs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    pub(super) role: Role,
    pub(super) outline: Option<i32>,
}

/// A note or a text box, to be read after what it stands in.
#[derive(Clone, Debug)]
pub struct Later {
    pub(super) label: String,
    pub(super) author: String,
    pub(super) range: Range<usize>,
    /// In which order: footnotes, endnotes, comments.
    pub(super) kind: u8,
}

/// What is read, and what is open.
#[derive(Default)]
pub struct Reader<'r> {
    pub(super) bytes: &'r [u8],
    pub(super) build: Builder,
    pub(super) group: Group,
    pub(super) groups: Vec<Group>,
    /// Groups deeper than are kept.
    deeper: usize,
    pub(super) page: Option<&'static Encoding>,
    pub(super) fonts: HashMap<i32, Font>,
    pub(super) default_font: i32,
    pub(super) styles: HashMap<i32, Style>,
    /// The entry of a table of fonts or styles that is being read.
    pub(super) entry: (i32, String, Option<i32>),
    /// Bytes that are not decoded yet, and half of a character.
    pending: Vec<u8>,
    high: Option<u16>,
    /// Characters that stand in for one that is known.
    skip: usize,
    /// Text that goes elsewhere.
    pub(super) aside: String,
    pub(super) link: Option<usize>,
    pub(super) marks: Marks,
    pub(super) listing: Listing,
    pub(super) paragraph: Paragraph,
    pub(super) counted: Counted,
    pub(super) marker: Option<(String, usize)>,
    pub(super) code: String,
    pub(super) tables: Grid,
    /// Columns that the last row definition has, and those of the table.
    pub(super) defined: usize,
    pub(super) columns: usize,
    pub(super) heading_row: bool,
    pub(super) in_rows: bool,
    pub(super) in_row: bool,
    pub(super) in_cell: bool,
    pub(super) notes: Vec<Later>,
    pub(super) boxes: Vec<Range<usize>>,
    /// Text boxes that are being read, one in the other.
    pub(super) boxed: usize,
    pub(super) counts: [i64; 3],
    pub(super) commenter: String,
    /// Whether notes are being read.
    pub(super) noted: bool,
    property: String,
    about: String,
    pub(super) meta: Meta,
    pub(super) title: Option<String>,
    pub(super) date: [Option<i32>; 3],
}

/// Reads a document.
pub fn read(bytes: &[u8]) -> Document {
    let group = Group { unicode: 1, ..Group::default() };
    let mut reader = Reader { bytes, group: group.clone(), ..Reader::default() };
    reader.run(0..bytes.len());
    reader.end();
    reader.boxes();
    let mut notes = std::mem::take(&mut reader.notes);
    notes.sort_by_key(|note| note.kind);
    reader.noted = true;
    for note in notes {
        reader.build.enter_footnote(&note.label);
        if !note.author.is_empty() {
            reader.build.prose.push(&format!("{}: ", note.author));
        }
        (reader.group, reader.paragraph) = (group.clone(), Paragraph::default());
        reader.group.font = reader.default_font;
        reader.run(note.range);
        reader.end();
        reader.build.leave();
    }
    let [year, month, day] = reader.date;
    let part = |n: Option<i32>| n.and_then(|n| u8::try_from(n).ok());
    let date = year
        .filter(|year| *year >= 1980)
        .and_then(|year| crate::doc::Date::new(i16::try_from(year).ok()?, part(month), part(day)));
    let title = reader.title.or(reader.meta.title);
    reader.build.finish().document(Meta { title, date, ..reader.meta })
}

impl Reader<'_> {
    /// Reads a range of the bytes.
    fn run(&mut self, range: Range<usize>) {
        let bytes = self.bytes.get(..range.end).unwrap_or(self.bytes);
        let mut tokens = Tokens::new(bytes, range.start);
        let outside = self.groups.len();
        while let Some(token) = tokens.next() {
            if self.build.is_full() {
                break;
            }
            match token {
                Token::Open => self.open(),
                Token::Close => self.close(outside),
                Token::Byte(byte) if !self.skipped() => self.byte(byte),
                Token::Byte(_) => {}
                Token::Text(text) => self.bytes_of(text),
                // A control word is a character that stands in for another one, too.
                Token::Word("u", Some(code)) => {
                    if !self.skipped() {
                        self.unicode(code);
                    }
                }
                Token::Word(word, number) => {
                    if !self.skipped() {
                        self.flush();
                        self.word(word, number, &mut tokens);
                    }
                }
                Token::Symbol(sign) => {
                    if sign == b'*' || !self.skipped() {
                        self.symbol(sign);
                    }
                }
            }
        }
        while self.groups.len() > outside {
            self.close(outside);
        }
        self.deeper = 0;
    }

    /// Whether this character only stands in for one that is known.
    fn skipped(&mut self) -> bool {
        let skipped = self.skip > 0;
        self.skip = self.skip.saturating_sub(1);
        skipped
    }

    fn open(&mut self) {
        self.flush();
        self.skip = 0;
        if self.groups.len() < 4 * bounds::DEPTH {
            self.groups.push(self.group.clone());
            self.group.starred = false;
        } else {
            self.deeper += 1;
        }
    }

    fn close(&mut self, outside: usize) {
        self.flush();
        self.skip = 0;
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        if self.groups.len() <= outside {
            return;
        }
        let Some(group) = self.groups.pop() else { return };
        let inner = std::mem::replace(&mut self.group, group);
        if inner.to != self.group.to {
            self.leave(inner.to);
        } else if matches!(inner.to, Destination::Fonts | Destination::Styles) {
            self.end_entry(inner.to);
        }
    }

    /// The group that gathered text for a destination has ended.
    fn leave(&mut self, to: Destination) {
        let text = match to {
            Destination::Text | Destination::Skip | Destination::Picture => String::new(),
            _ => std::mem::take(&mut self.aside),
        };
        match to {
            Destination::Fonts | Destination::Styles => {
                self.aside = text;
                self.end_entry(to);
            }
            Destination::Info(Property::Title) => self.meta.title = properties::title(&text),
            Destination::Info(Property::Author) => self.meta.author = properties::author(&text),
            Destination::Info(Property::Keywords) => properties::tags(&text, &mut self.meta.tags),
            Destination::Instruction => {
                let link = field::target(&text).map(|target| self.build.link(target));
                self.link = link.and_then(|kind| if let SpanKind::Link(link) = kind { Some(link) } else { None });
            }
            Destination::Marker => {
                let marker = symbol::bullet(text.trim(), "");
                self.marker = (!marker.is_empty()).then_some((marker, self.paragraph.level));
            }
            Destination::Bookmark if !text.trim().is_empty() => self.build.name_next(text.trim().to_owned()),
            Destination::Commenter => self.commenter = build::collapsed(&text),
            Destination::PropertyName => self.property = text.trim().to_owned(),
            Destination::PropertyValue if self.property == "wzDescription" => self.about = build::collapsed(&text),
            Destination::Picture => {
                let about = std::mem::take(&mut self.about);
                if self.group.to == Destination::Text {
                    self.settle();
                    self.marks.end(&mut self.build.prose);
                    self.build.prose.span(SpanKind::Image(String::new()), &about);
                }
            }
            _ => {}
        }
    }

    /// An entry of a table of fonts or styles has ended.
    fn end_entry(&mut self, to: Destination) {
        let name = std::mem::take(&mut self.aside);
        let name = name.trim().trim_end_matches(';').trim().to_owned();
        let (number, ..) = self.entry;
        if to == Destination::Fonts {
            let font = self.fonts.entry(number).or_default();
            if font.name.is_empty() && !name.is_empty() {
                font.mono |= is_mono(&name);
                font.symbols |= symbol::symbol(&name, 0x61).is_some();
                font.name = name;
            }
        } else {
            let outline = self.entry.2.take();
            if !name.is_empty() {
                self.styles.insert(number, Style { role: role(&name.to_lowercase()), outline });
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.group.to == Destination::Skip || self.group.to == Destination::Picture {
            return;
        }
        self.pending.push(byte);
    }

    fn bytes_of(&mut self, text: &[u8]) {
        let text = text.get(self.skip.min(text.len())..).inspect(|rest| {
            self.skip -= text.len() - rest.len();
        });
        if let Some(text) = text
            && !matches!(self.group.to, Destination::Skip | Destination::Picture)
        {
            self.pending.extend_from_slice(text);
        }
        // An entry of a table may end without a group of its own.
        if matches!(self.group.to, Destination::Fonts | Destination::Styles) && self.pending.ends_with(b";") {
            self.flush();
            self.end_entry(self.group.to);
        }
    }

    /// The bytes so far become characters.
    pub(super) fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let font = self.fonts.get(&self.group.font);
        if let Some(font) = font.filter(|font| font.symbols) {
            let text: String = bytes
                .iter()
                .map(|b| symbol::symbol(&font.name, u32::from(*b)).unwrap_or_else(|| char::from(*b)))
                .collect();
            return self.text(&text);
        }
        let page = self.page.unwrap_or(WINDOWS_1252);
        let encoding = font.and_then(|font| font.encoding).unwrap_or(page);
        let (mut text, _) = encoding.decode_without_bom_handling(&bytes);
        // Some programs write UTF-8, whatever they say.
        if !bytes.is_ascii()
            && let Ok(utf8) = std::str::from_utf8(&bytes)
        {
            text = utf8.into();
        }
        self.text(&text);
    }

    fn unicode(&mut self, code: i32) {
        self.flush();
        self.skip = self.group.unicode;
        let unit = u16::try_from(code).or_else(|_| u16::try_from(code + 65536)).unwrap_or(0xFFFD);
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let font = self.fonts.get(&self.group.font).map(|font| font.name.as_str()).unwrap_or_default();
        let text: String = char::decode_utf16(units)
            .map(|c| c.unwrap_or('\u{FFFD}'))
            .map(|c| {
                let private = (0xF000..=0xF0FF).contains(&u32::from(c));
                symbol::symbol(font, u32::from(c)).filter(|_| private).unwrap_or(c)
            })
            .collect();
        self.text(&text);
    }

    /// Characters go where the group says.
    pub(super) fn text(&mut self, text: &str) {
        match self.group.to {
            Destination::Skip | Destination::Picture => {}
            Destination::Text => self.shown(text),
            _ if self.aside.len() < bounds::LINE => self.aside.push_str(text),
            _ => {}
        }
    }

    fn shown(&mut self, text: &str) {
        if self.group.deleted || self.group.run.hidden == Some(true) || text.is_empty() {
            return;
        }
        self.settle();
        // A space that keeps a note from its number.
        let text = if self.noted && self.build.prose.is_empty() { text.trim_start_matches('\u{A0}') } else { text };
        let mono = |font: i32| self.fonts.get(&font).is_some_and(|font| font.mono);
        let mut run = self.group.run.clone();
        run.mono = (mono(self.group.font) && !mono(self.default_font)).then_some(true);
        let bytes = text.trim().len();
        self.counted.bytes += bytes;
        self.counted.strong += if run.bold == Some(true) { bytes } else { 0 };
        self.counted.mono += if run.mono == Some(true) { bytes } else { 0 };
        let raised = run.raised.unwrap_or(false).then(|| number::raised(text)).flatten();
        self.marks.set(&mut self.build.prose, &run.marks(self.group.link));
        self.build.prose.push(raised.as_deref().unwrap_or(text));
    }

    /// Everything that is open ends.
    fn end(&mut self) {
        self.end_paragraph();
        self.end_rows();
        self.end_code();
        self.listing.close(&mut self.build);
    }

    /// Text boxes are read after the paragraph that they hang on.
    pub(super) fn boxes(&mut self) {
        if self.build.in_table() || self.boxes.is_empty() {
            return;
        }
        // What stands in a box may hold others.
        for range in std::mem::take(&mut self.boxes) {
            let group = std::mem::replace(&mut self.group, Group { unicode: 1, ..Group::default() });
            let paragraph = std::mem::take(&mut self.paragraph);
            let groups = std::mem::take(&mut self.groups);
            self.boxed += 1;
            self.run(range);
            self.end();
            self.boxes();
            self.boxed -= 1;
            self.groups = groups;
            (self.group, self.paragraph) = (group, paragraph);
        }
    }
}
