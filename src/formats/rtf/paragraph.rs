//! Paragraphs: what one is, by its properties and its style, and what becomes of it when it ends.

use super::reader::Reader;
use crate::{
    doc::{Align, SpanKind},
    formats::{
        build::Prose,
        office::{Counted, Role, listing},
    },
};

/// The properties of paragraphs, which hold until `\pard`, and what there is of the one in the making.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// It stands in a table.
    pub in_table: bool,
    /// What its text is.
    pub counted: Counted,
    /// What stands before it, being an item, and how deep.
    marker: Option<(String, usize)>,
    /// The number of its style.
    style: Option<i32>,
    /// The level in the outline, from 0.
    outline: Option<i32>,
    /// How deep in a list.
    level: usize,
    /// How far it is set in, and its first line.
    indent: i32,
    first: i32,
    /// How its text is aligned.
    align: Align,
}

/// A line of code is not longer.
const CODE_LINE: usize = 120;

impl Paragraph {
    /// The properties hold no longer; an item stays as deep as its marker said.
    pub fn reset(&mut self) {
        let before = std::mem::take(self);
        let level = if before.marker.is_some() { before.level } else { 0 };
        *self = Paragraph { level, marker: before.marker, counted: before.counted, ..Paragraph::default() };
    }

    /// What stands before it, being an item.
    pub fn marked(&mut self, marker: String) {
        self.marker = (!marker.is_empty()).then_some((marker, self.level));
    }

    /// A control word about its looks.
    pub fn look(&mut self, word: &str, value: Option<i32>) {
        match word {
            "s" => self.style = value,
            "outlinelevel" => self.outline = value,
            "ilvl" => {
                self.level = usize::try_from(value.unwrap_or(0)).unwrap_or(0).min(8);
                if let Some((_, level)) = &mut self.marker {
                    *level = self.level;
                }
            }
            "li" | "lin" => self.indent = value.unwrap_or(0),
            "fi" => self.first = value.unwrap_or(0),
            "qr" => self.align = Align::Right,
            "qc" => self.align = Align::Center,
            "ql" | "qj" => self.align = Align::Left,
            _ => {}
        }
    }
}

impl Reader<'_> {
    /// The paragraph ends.
    pub(super) fn end_paragraph(&mut self) {
        self.flush();
        self.flow.unmark();
        let counted = std::mem::take(&mut self.paragraph.counted);
        let marker = self.paragraph.marker.take();
        if self.paragraph.in_table && self.flow.build.in_table() {
            if counted.is_text() {
                self.flow.end_in_cell(counted.is_strong(), self.paragraph.align);
            }
            return;
        }
        if self.flow.build.prose.is_empty() {
            self.flow.build.prose = Prose::default();
            return;
        }
        let role = self.role();
        let short = self.flow.build.prose.text.len() <= CODE_LINE;
        if role == Role::Code || (role == Role::Text && counted.is_mono() && marker.is_none() && short) {
            return self.flow.code();
        }
        self.flow.end_code();
        if counted.is_mono() {
            listing::unmarked(&mut self.flow.build, &SpanKind::Code);
        }
        match role {
            Role::Title | Role::Heading(_) => {
                if role == Role::Title {
                    self.info.titled(&self.flow.build.prose.text);
                }
                let level = if let Role::Heading(level) = role { level } else { 1 };
                self.flow.heading(level, &marker.map(|(marker, _)| marker).unwrap_or_default());
            }
            Role::Quote if marker.is_none() => self.flow.quote(),
            _ => {
                match marker.or_else(|| self.typed_marker()) {
                    Some((marker, level)) => self.flow.item(level, marker),
                    None if role == Role::Continued => {}
                    None => self.flow.end_lists(),
                }
                if role == Role::Contents {
                    listing::without_page(&mut self.flow.build);
                }
                self.flow.build.flush();
            }
        }
    }

    fn role(&self) -> Role {
        if self.notes.are_read() {
            return Role::Text;
        }
        let style = self.head.style(self.paragraph.style);
        match (style.role, self.paragraph.outline.or(style.outline)) {
            (Role::Text, Some(level @ 0..=8)) => Role::Heading(u8::try_from(level + 1).unwrap_or(6)),
            (role, _) => role,
        }
    }

    /// The sign before an item whose first line hangs out: typed, and a tab after it.
    fn typed_marker(&mut self) -> Option<(String, usize)> {
        if self.paragraph.first >= 0 {
            return None;
        }
        let text = &self.flow.build.prose.text;
        let (sign, rest) = text.split_once('\t')?;
        let numbered = sign.ends_with(['.', ')']) && sign.len() <= 6 && sign.chars().any(char::is_alphanumeric);
        let bullet = sign.chars().count() == 1 && !sign.contains(char::is_alphanumeric);
        if !(numbered || bullet) || rest.trim().is_empty() || sign.contains(' ') {
            return None;
        }
        let (marker, by) = (sign.to_owned(), sign.len() + 1);
        self.flow.build.prose.text.drain(..by);
        for span in &mut self.flow.build.prose.spans {
            span.range = span.range.start.saturating_sub(by)..span.range.end.saturating_sub(by);
        }
        let level = usize::try_from(self.paragraph.indent / 360).unwrap_or(0).saturating_sub(1).min(8);
        Some((marker, level))
    }
}
