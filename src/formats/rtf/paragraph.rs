//! Paragraphs, rows and cells: what one is, by its properties, and what becomes of it when it ends.

use super::reader::Reader;
use crate::{
    doc::{Align, SpanKind},
    formats::{
        build::{self, Prose},
        office::{Role, listing},
    },
};

/// The properties of paragraphs, which hold until `\pard`.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// The number of its style.
    pub style: Option<i32>,
    /// The level in the outline, from 0.
    pub outline: Option<i32>,
    /// It stands in a table, and how deep.
    pub in_table: bool,
    /// How many tables it stands in.
    pub depth: i32,
    /// How deep in a list.
    pub level: usize,
    /// How far it is set in, and its first line.
    pub indent: i32,
    /// See there.
    pub first: i32,
    /// How its text is aligned.
    pub align: Align,
}

/// What is counted of the text of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted {
    /// Bytes in all, strong ones, and those whose letters are all as wide.
    pub bytes: usize,
    /// See there.
    pub strong: usize,
    /// See there.
    pub mono: usize,
}

/// A line of code is not longer.
const CODE_LINE: usize = 120;

impl Reader<'_> {
    /// The paragraph ends.
    pub(super) fn end_paragraph(&mut self) {
        self.flush();
        self.marks.end(&mut self.build.prose);
        let counted = std::mem::take(&mut self.counted);
        let marker = self.marker.take();
        if self.paragraph.in_table && self.build.in_table() {
            if counted.bytes > 0 {
                self.tables.paragraph(&mut self.build, counted.strong == counted.bytes);
                if self.paragraph.align != Align::Left {
                    self.tables.align(&mut self.build, self.paragraph.align);
                }
            }
            return;
        }
        if self.build.prose.is_empty() {
            self.build.prose = Prose::default();
            return;
        }
        let role = self.role();
        let is_mono = counted.bytes > 0 && counted.mono == counted.bytes;
        let code = role == Role::Code
            || (role == Role::Text && is_mono && marker.is_none() && self.build.prose.text.len() <= CODE_LINE);
        if code {
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
            Role::Title | Role::Heading(_) => {
                self.listing.close(&mut self.build);
                listing::unmarked(&mut self.build, &SpanKind::Strong);
                listing::unmarked(&mut self.build, &SpanKind::Underline);
                if role == Role::Title && self.title.is_none() {
                    self.title = Some(build::collapsed(&self.build.prose.text));
                }
                if let Some((marker, _)) = marker.filter(|(marker, _)| marker.contains(char::is_alphanumeric)) {
                    listing::prefix(&mut self.build, &marker);
                }
                self.build.heading(if let Role::Heading(level) = role { level } else { 1 });
            }
            Role::Quote if marker.is_none() => {
                self.listing.close(&mut self.build);
                let prose = std::mem::take(&mut self.build.prose);
                self.build.enter_quote();
                self.build.prose = prose;
                self.build.leave();
            }
            _ => {
                match marker.or_else(|| self.typed_marker()) {
                    Some((marker, level)) => self.listing.item(&mut self.build, level, marker),
                    None if role == Role::Continued => {}
                    None => self.listing.close(&mut self.build),
                }
                if role == Role::Contents {
                    listing::without_page(&mut self.build);
                }
                self.build.flush();
            }
        }
    }

    fn role(&self) -> Role {
        if self.noted {
            return Role::Text;
        }
        let style = self.paragraph.style.and_then(|number| self.styles.get(&number));
        let role = style.map(|style| style.role).unwrap_or_default();
        let outline = self.paragraph.outline.or(style.and_then(|style| style.outline));
        match (role, outline) {
            (Role::Text, Some(level @ 0..=8)) => Role::Heading(u8::try_from(level + 1).unwrap_or(6)),
            (role, _) => role,
        }
    }

    /// The sign before an item whose first line hangs out: typed, and a tab after it.
    fn typed_marker(&mut self) -> Option<(String, usize)> {
        if self.paragraph.first >= 0 {
            return None;
        }
        let text = &self.build.prose.text;
        let (sign, rest) = text.split_once('\t')?;
        let numbered = sign.ends_with(['.', ')']) && sign.len() <= 6 && sign.chars().any(char::is_alphanumeric);
        let bullet = sign.chars().count() == 1 && !sign.contains(char::is_alphanumeric);
        if !(numbered || bullet) || rest.trim().is_empty() || sign.contains(' ') {
            return None;
        }
        let (marker, by) = (sign.to_owned(), sign.len() + 1);
        self.build.prose.text.drain(..by);
        for span in &mut self.build.prose.spans {
            span.range = span.range.start.saturating_sub(by)..span.range.end.saturating_sub(by);
        }
        let level = usize::try_from(self.paragraph.indent / 360).unwrap_or(0).saturating_sub(1).min(8);
        Some((marker, level))
    }

    /// Text comes: the table begins that it stands in, or the one that it doesn't stand in ends.
    pub(super) fn settle(&mut self) {
        if self.paragraph.in_table {
            if !self.in_rows {
                self.end_code();
                self.listing.close(&mut self.build);
                self.in_rows = true;
                self.columns = self.defined;
                self.tables.start(&mut self.build, self.columns, false);
            }
            if !self.in_row {
                // A frame whose rows have more than one cell is a table.
                if self.columns == 1 && self.defined > 1 {
                    self.tables.end(&mut self.build);
                    self.columns = self.defined;
                    self.tables.start(&mut self.build, self.columns, false);
                }
                self.in_row = true;
                self.tables.row();
                if self.heading_row {
                    self.tables.head_row();
                }
            }
            if !self.in_cell {
                self.in_cell = true;
                self.tables.cell(&mut self.build);
            }
        } else {
            self.end_rows();
        }
    }

    /// A cell ends.
    pub(super) fn end_cell(&mut self) {
        self.paragraph.in_table = true;
        self.settle();
        self.end_paragraph();
        if self.build.in_table() && self.build.prose.text.trim().is_empty() && self.build.prose.spans.is_empty() {
            self.build.prose = Prose::default();
        }
        self.tables.end_cell(&mut self.build);
        self.in_cell = false;
    }

    /// A row ends.
    pub(super) fn end_row(&mut self) {
        if self.in_row {
            if self.in_cell && !self.build.prose.is_empty() {
                self.end_cell();
            }
            self.tables.end_row(&mut self.build);
        }
        (self.in_row, self.in_cell) = (false, false);
    }

    /// The table ends, if one is open.
    pub(super) fn end_rows(&mut self) {
        if self.in_rows {
            self.end_row();
            self.tables.end(&mut self.build);
            self.in_rows = false;
        }
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
