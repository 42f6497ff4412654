//! Paragraphs and headings: what one is, by its element and its style, and what becomes of it when it ends.

use super::{lists::Place, styles::Family, text::Reader};
use crate::{
    doc::{Align, SpanKind},
    formats::{
        build::{self, Prose},
        office::{Role, Run, Tag, listing},
        title,
    },
};

/// The paragraph in the making.
#[derive(Debug, Default)]
pub struct Paragraph {
    style: Option<String>,
    /// The level of a heading, from 1.
    level: Option<u8>,
    /// A heading that has no number, and one that counts anew.
    unnumbered: bool,
    start: Option<i64>,
    bytes: usize,
    strong: usize,
    mono: usize,
}

/// A line of code is not longer; a page typed on a typewriter has longer paragraphs.
const CODE_LINE: usize = 120;

impl Paragraph {
    /// A paragraph that begins so.
    pub fn new(tag: &Tag<'_>) -> Paragraph {
        let style = tag.get("style-name").map(|s| s.into_owned());
        let level = || u8::try_from(tag.number("outline-level").or(tag.number("level")).unwrap_or(1).clamp(1, 10)).ok();
        let level = if tag.local == "h" { level() } else { None };
        let on = |name: &str| tag.get(name).is_some_and(|v| v == "true");
        let start = tag.number("start-value").or_else(|| on("restart-numbering").then_some(1));
        Paragraph { style, level, unnumbered: on("is-list-header"), start, ..Paragraph::default() }
    }

    /// The style that it names.
    pub fn style(&self) -> Option<&str> {
        self.style.as_deref()
    }

    /// Counts text of this kind.
    pub fn count(&mut self, text: &str, run: &Run) {
        let bytes = text.trim().len();
        self.bytes += bytes;
        self.strong += if run.bold == Some(true) { bytes } else { 0 };
        self.mono += if run.mono == Some(true) { bytes } else { 0 };
    }
}

impl Reader<'_> {
    /// The paragraph ends: it becomes what it is.
    pub(super) fn finish(&mut self, paragraph: &Paragraph) {
        let style = paragraph.style();
        let is_mono = paragraph.bytes > 0 && paragraph.mono == paragraph.bytes;
        if self.build.in_table() {
            if paragraph.bytes > 0 {
                self.tables.paragraph(&mut self.build, paragraph.strong == paragraph.bytes);
                match self.styles.align(style) {
                    Some("end" | "right") => self.tables.align(&mut self.build, Align::Right),
                    Some("center") => self.tables.align(&mut self.build, Align::Center),
                    _ => {}
                }
            }
            return;
        }
        let role = match (self.styles.role(style), paragraph.level) {
            _ if self.frames.heads() => Role::Heading(1),
            (Role::Title, _) => Role::Title,
            (_, Some(level)) if !self.notes.are_read() => Role::Heading(level),
            // A style for headings on what is none: the look alone.
            (Role::Heading(_), _) if self.notes.are_read() => Role::Text,
            (role, _) => role,
        };
        if self.build.prose.is_empty() {
            self.build.prose = Prose::default();
            // An empty paragraph of code is an empty line of it.
            if role == Role::Code && !self.code.is_empty() {
                self.code.push('\n');
            }
            return;
        }
        let place = self.lists.place(&self.styles.lists, &mut self.counts);
        let short = self.build.prose.text.lines().all(|line| line.len() <= CODE_LINE);
        if place == Place::Outside && (role == Role::Code || (role == Role::Text && is_mono && short)) {
            self.listing.close(&mut self.build);
            let text = std::mem::take(&mut self.build.prose).text;
            self.code.push_str(&text);
            self.code.push('\n');
            return;
        }
        self.end_code();
        if is_mono {
            listing::unmarked(&mut self.build, &SpanKind::Code);
        }
        match role {
            Role::Title | Role::Heading(_) => self.heading(paragraph, role, place),
            Role::Quote if place == Place::Outside => {
                self.listing.close(&mut self.build);
                if self.styles.run(Family::Paragraph, style).italic == Some(true) {
                    listing::unmarked(&mut self.build, &SpanKind::Emphasis);
                }
                let prose = std::mem::take(&mut self.build.prose);
                self.build.enter_quote();
                self.build.prose = prose;
                self.build.leave();
            }
            Role::Author if self.said.author.is_none() => {
                self.said.author = Some(build::collapsed(&self.build.prose.text));
                self.build.flush();
            }
            Role::Date if self.said.date.is_none() => {
                self.said.date = title::date(&self.build.prose.text);
                self.build.flush();
            }
            _ => {
                match place {
                    Place::Begins(level, marker) if marker.is_empty() => self.listing.goes_on(&mut self.build, level),
                    Place::Begins(level, marker) => self.listing.item(&mut self.build, level, marker),
                    Place::Within(level) => self.listing.goes_on(&mut self.build, level),
                    Place::Outside => self.listing.close(&mut self.build),
                }
                if role == Role::Contents {
                    listing::without_page(&mut self.build);
                }
                self.build.flush();
            }
        }
    }

    fn heading(&mut self, paragraph: &Paragraph, role: Role, place: Place) {
        self.listing.close(&mut self.build);
        listing::unmarked(&mut self.build, &SpanKind::Strong);
        listing::unmarked(&mut self.build, &SpanKind::Underline);
        listing::unmarked_whole(&mut self.build, &SpanKind::Emphasis);
        let level = if let Role::Heading(level) = role { level } else { 1 };
        if role == Role::Title && self.said.title.is_none() {
            self.said.title = Some(build::collapsed(&self.build.prose.text));
        }
        let marker = match place {
            Place::Begins(_, marker) => marker,
            _ if paragraph.unnumbered || paragraph.level.is_none() => String::new(),
            _ => self.styles.outline.next(usize::from(level) - 1, &mut self.headings, paragraph.start),
        };
        if marker.contains(char::is_alphanumeric) {
            listing::prefix(&mut self.build, &marker);
        }
        self.build.heading(level);
    }

    /// Code that was gathered becomes a block.
    pub(super) fn end_code(&mut self) {
        if !self.code.is_empty() {
            let code = std::mem::take(&mut self.code);
            let prose = std::mem::take(&mut self.build.prose);
            self.build.code(None, &code);
            self.build.prose = prose;
        }
    }
}
