//! Paragraphs and headings: what one is, by its element and its style, and what becomes of it when it ends.

use super::{lists::Place, styles::Family, text::Reader};
use crate::{
    doc::SpanKind,
    formats::office::{Counted, Role, Tag, listing},
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
    /// What its text is.
    pub counted: Counted,
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
}

impl Reader<'_> {
    /// The paragraph ends: it becomes what it is.
    pub(super) fn finish(&mut self, paragraph: &Paragraph) {
        let style = paragraph.style();
        let (counted, is_mono) = (paragraph.counted, paragraph.counted.is_mono());
        if self.flow.build.in_table() {
            if counted.is_text() {
                self.flow.end_in_cell(counted.is_strong(), self.styles.align(style));
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
        if self.flow.drop_empty(role == Role::Code) {
            return;
        }
        let place = self.lists.place(&self.styles.lists);
        let short = self.flow.build.prose.text.lines().all(|line| line.len() <= CODE_LINE);
        if place == Place::Outside && (role == Role::Code || (role == Role::Text && is_mono && short)) {
            return self.flow.code();
        }
        self.flow.end_code();
        if is_mono {
            listing::unmarked(&mut self.flow.build, &SpanKind::Code);
        }
        if self.said.take(role, &self.flow.build.prose.text) {
            return self.flow.build.flush();
        }
        match role {
            Role::Title | Role::Heading(_) => self.heading(paragraph, role, place),
            Role::Quote if place == Place::Outside => {
                if self.styles.run(Family::Paragraph, style).italic == Some(true) {
                    listing::unmarked(&mut self.flow.build, &SpanKind::Emphasis);
                }
                self.flow.quote();
            }
            _ => {
                match place {
                    Place::Begins(level, marker) if marker.is_empty() => self.flow.goes_on(level),
                    Place::Begins(level, marker) => self.flow.item(level, marker),
                    Place::Within(level) => self.flow.goes_on(level),
                    Place::Outside => self.flow.end_lists(),
                }
                if role == Role::Contents {
                    listing::without_page(&mut self.flow.build);
                }
                self.flow.build.flush();
            }
        }
    }

    fn heading(&mut self, paragraph: &Paragraph, role: Role, place: Place) {
        if role == Role::Title {
            self.said.titled(&self.flow.build.prose.text);
        }
        if self.frames.heads() {
            self.said.headed(&self.flow.build.prose.text);
        }
        listing::unmarked_whole(&mut self.flow.build, &SpanKind::Emphasis);
        let level = if let Role::Heading(level) = role { level } else { 1 };
        let marker = match place {
            Place::Begins(_, marker) => marker,
            _ if paragraph.unnumbered || paragraph.level.is_none() => String::new(),
            _ => self.styles.outline.next(usize::from(level) - 1, &mut self.headings, paragraph.start),
        };
        self.flow.heading(level, &marker);
    }
}
