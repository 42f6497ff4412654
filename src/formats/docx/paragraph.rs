//! Paragraphs: what one is, by its properties and its style, and what becomes of it when it ends.

use super::text::Reader;
use crate::{
    doc::{Align, SpanKind},
    formats::office::{Counted, Ns, Role, Run, Tag, Xml, listing, symbol, xml::Node},
};

/// The paragraph in the making.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// The style that it names.
    pub style: Option<String>,
    list: (Option<String>, Option<i64>),
    outline: Option<i64>,
    align: Align,
    /// How far it is set in.
    indent: Option<i64>,
    /// A drop cap: it begins the next paragraph.
    drop_cap: bool,
    counted: Counted,
    /// Whether there is anything in it.
    begun: bool,
    /// The end of the paragraph was deleted: the next one goes on with it.
    joined: bool,
}

/// A line of code is not longer; a page typed on a typewriter has longer paragraphs.
const CODE_LINE: usize = 120;

impl Paragraph {
    /// Reads the properties that just began.
    pub fn read(&mut self, xml: &mut Xml<'_>) {
        while let Some(node) = xml.node() {
            match node {
                Node::Start(tag) if matches!(tag.local, "pPrChange" | "sectPr" | "pBdr" | "tabs") => xml.skip(),
                Node::Start(tag) => self.take(&tag),
                Node::End(Ns::W, "pPr") => break,
                _ => {}
            }
        }
    }

    fn take(&mut self, tag: &Tag<'_>) {
        match tag.local {
            "pStyle" => self.style = tag.get("val").map(|v| v.into_owned()),
            "numId" => self.list.0 = tag.get("val").map(|v| v.into_owned()),
            "ilvl" => self.list.1 = tag.number("val"),
            "ind" => self.indent = tag.number("left").or_else(|| tag.number("start")),
            "jc" => {
                self.align = match tag.get("val").as_deref() {
                    Some("right" | "end") => Align::Right,
                    Some("center") => Align::Center,
                    _ => Align::Left,
                }
            }
            "outlineLvl" => self.outline = tag.number("val"),
            "framePr" => self.drop_cap = tag.get("dropCap").is_some_and(|kind| kind != "none"),
            // The mark of the paragraph's end.
            "del" | "moveFrom" => self.joined = true,
            _ => {}
        }
    }

    /// There is something in it.
    pub fn begun(&mut self) {
        self.begun = true;
    }

    /// Counts text of this kind.
    pub fn count(&mut self, text: &str, run: &Run) {
        self.begun = true;
        self.counted.count(text, run);
    }
}

impl Reader<'_> {
    pub(super) fn start_paragraph(&mut self, _tag: &Tag<'_>) {
        // A paragraph within a paragraph ends it, unless the one before goes on in this one.
        if self.now.paragraph.begun && !self.now.paragraph.joined && !self.now.paragraph.drop_cap {
            self.end_paragraph();
        }
        let before = std::mem::take(&mut self.now.paragraph);
        if before.joined || before.drop_cap {
            self.now.paragraph = Paragraph { joined: false, drop_cap: false, ..before };
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.flow.unmark();
        if (self.now.paragraph.joined || self.now.paragraph.drop_cap) && self.now.paragraph.begun {
            return;
        }
        let paragraph = std::mem::take(&mut self.now.paragraph);
        if self.flow.build.in_table() {
            return self.end_paragraph_in_cell(&paragraph);
        }
        let style = paragraph.style.as_deref();
        let role = match paragraph.outline {
            // What is a note is no part of the text's outline.
            _ if self.notes.are_read() => Role::Text,
            Some(level @ 0..=8) if self.styles.role(style) == Role::Text => {
                Role::Heading(u8::try_from(level + 1).unwrap_or(6))
            }
            Some(9) if matches!(self.styles.role(style), Role::Heading(_)) => Role::Text,
            _ => self.styles.role(style),
        };
        let marker = self.marker(&paragraph, role);
        if self.flow.drop_empty(role == Role::Code) {
            return;
        }
        let is_mono = paragraph.counted.is_mono();
        let short = self.flow.build.prose.text.len() <= CODE_LINE;
        if role == Role::Code || (role == Role::Text && is_mono && marker.is_none() && short) {
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
            Role::Title | Role::Heading(_) => {
                if role == Role::Title {
                    self.said.titled(&self.flow.build.prose.text);
                }
                listing::unmarked_whole(&mut self.flow.build, &SpanKind::Emphasis);
                let level = if let Role::Heading(level) = role { level } else { 1 };
                self.flow.heading(level, &marker.map(|(marker, _)| marker).unwrap_or_default());
            }
            Role::Quote if marker.is_none() => {
                if self.styles.run(style, true).italic == Some(true) {
                    listing::unmarked(&mut self.flow.build, &SpanKind::Emphasis);
                }
                self.flow.quote();
            }
            Role::Contents => {
                self.flow.end_lists();
                listing::without_page(&mut self.flow.build);
                self.flow.build.flush();
            }
            _ => {
                match marker {
                    Some((marker, level)) if marker.is_empty() => self.flow.goes_on(level),
                    Some((marker, level)) => self.flow.item(level, marker),
                    None if role == Role::Continued || self.numbering.is_below(paragraph.indent) => {}
                    None => self.flow.end_lists(),
                }
                self.flow.build.flush();
            }
        }
    }

    /// What stands before the paragraph, and how deep. It is counted, whether the paragraph is seen or not.
    fn marker(&mut self, paragraph: &Paragraph, role: Role) -> Option<(String, usize)> {
        let style = paragraph.style.as_deref();
        let (styled, depth) = self.styles.list(style);
        let id = paragraph.list.0.clone().or(styled).filter(|id| id != "0")?;
        let heading = match role {
            Role::Heading(level) if paragraph.list.1.or(depth).is_none() => Some(i64::from(level) - 1),
            _ => None,
        };
        let level = paragraph.list.1.or(depth).or(heading).unwrap_or(0);
        // A list may be defined by a style, which names another one.
        let id = match self.numbering.link(&id).map(str::to_owned) {
            Some(link) => self.styles.list(Some(&link)).0.unwrap_or(id),
            None => id,
        };
        if self.flow.build.prose.is_empty() && role == Role::Text {
            // An empty item is seen as its number alone: nobody counts it.
            return None;
        }
        let marker = self.numbering.next(&id, level)?;
        let text = if marker.text.chars().all(|c| ('\u{E000}'..='\u{F8FF}').contains(&c)) && !marker.text.is_empty() {
            symbol::bullet(&marker.text, "")
        } else {
            marker.text
        };
        Some((text, self.styles.depth(style).unwrap_or(marker.level)))
    }

    /// Paragraphs of a cell stand one after the other; items keep what stands before them.
    fn end_paragraph_in_cell(&mut self, paragraph: &Paragraph) {
        self.marker(paragraph, Role::Text);
        if paragraph.counted.is_text() {
            self.flow.end_in_cell(paragraph.counted.is_strong(), paragraph.align);
        }
    }
}
