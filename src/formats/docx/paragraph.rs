//! Paragraphs: what one is, by its properties and its style, and what becomes of it when it ends.

use super::text::Reader;
use crate::{
    doc::SpanKind,
    formats::{
        build,
        office::{Ns, Role, Run, Tag, Xml, listing, symbol, xml::Node},
        title,
    },
};

/// The paragraph in the making.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// The style that it names.
    pub style: Option<String>,
    list: (Option<String>, Option<i64>),
    outline: Option<i64>,
    align: String,
    /// How far it is set in.
    indent: Option<i64>,
    /// A drop cap: it begins the next paragraph.
    drop_cap: bool,
    /// Bytes of text in all, of strong text, and of text whose letters are all as wide.
    bytes: usize,
    strong: usize,
    mono: usize,
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
            "jc" => self.align = tag.get("val").unwrap_or_default().into_owned(),
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
        let bytes = text.trim().len();
        self.bytes += bytes;
        self.strong += if run.bold == Some(true) { bytes } else { 0 };
        self.mono += if run.mono == Some(true) { bytes } else { 0 };
    }

    /// Whether all of its text is strong.
    fn is_strong(&self) -> bool {
        self.bytes > 0 && self.strong == self.bytes
    }

    fn is_mono(&self) -> bool {
        self.bytes > 0 && self.mono == self.bytes
    }
}

impl Reader<'_> {
    pub(super) fn start_paragraph(&mut self, _tag: &Tag<'_>) {
        // A paragraph within a paragraph ends it, unless the one before goes on in this one.
        if self.paragraph.begun && !self.paragraph.joined && !self.paragraph.drop_cap {
            self.end_paragraph();
        }
        let before = std::mem::take(&mut self.paragraph);
        if before.joined || before.drop_cap {
            self.paragraph = Paragraph { joined: false, drop_cap: false, ..before };
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.marks.end(&mut self.build.prose);
        if (self.paragraph.joined || self.paragraph.drop_cap) && self.paragraph.begun {
            return;
        }
        let paragraph = std::mem::take(&mut self.paragraph);
        if self.build.in_table() {
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
        if self.build.prose.is_empty() {
            self.build.prose = build::Prose::default();
            // An empty paragraph of code is an empty line of it.
            if role == Role::Code && !self.code.is_empty() {
                self.code.push('\n');
            }
            return;
        }
        let is_code = role == Role::Code
            || (role == Role::Text
                && paragraph.is_mono()
                && marker.is_none()
                && self.build.prose.text.len() <= CODE_LINE);
        if is_code {
            self.listing.close(&mut self.build);
            let text = std::mem::take(&mut self.build.prose).text;
            self.code.push_str(&text);
            self.code.push('\n');
            return;
        }
        self.end_code();
        if paragraph.is_mono() {
            listing::unmarked(&mut self.build, &SpanKind::Code);
        }
        match role {
            Role::Title | Role::Heading(_) => {
                self.listing.close(&mut self.build);
                listing::unmarked(&mut self.build, &SpanKind::Strong);
                listing::unmarked(&mut self.build, &SpanKind::Underline);
                listing::unmarked_whole(&mut self.build, &SpanKind::Emphasis);
                let level = if let Role::Heading(level) = role { level } else { 1 };
                if role == Role::Title && self.said.title.is_none() {
                    self.said.title = Some(build::collapsed(&self.build.prose.text));
                }
                if let Some((marker, _)) = marker.filter(|(text, _)| text.contains(char::is_alphanumeric)) {
                    listing::prefix(&mut self.build, &marker);
                }
                self.build.heading(level);
            }
            Role::Quote if marker.is_none() => {
                self.listing.close(&mut self.build);
                if self.styles.run(style, true).italic == Some(true) {
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
            Role::Contents => {
                self.listing.close(&mut self.build);
                listing::without_page(&mut self.build);
                self.build.flush();
            }
            _ => {
                match marker {
                    Some((marker, level)) if marker.is_empty() => self.listing.goes_on(&mut self.build, level),
                    Some((marker, level)) => self.listing.item(&mut self.build, level, marker),
                    None if role == Role::Continued || self.is_below(&paragraph) => {}
                    None => self.listing.close(&mut self.build),
                }
                self.build.flush();
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
        if self.build.prose.is_empty() && role == Role::Text {
            // An empty item is seen as its number alone: nobody counts it.
            return None;
        }
        let marker = self.numbering.next(&id, level)?;
        self.indent = marker.indent;
        let text = if marker.text.chars().all(|c| ('\u{E000}'..='\u{F8FF}').contains(&c)) && !marker.text.is_empty() {
            symbol::bullet(&marker.text, "")
        } else {
            marker.text
        };
        Some((text, self.styles.depth(style).unwrap_or(marker.level)))
    }

    /// Whether a paragraph stands below an item, as far in as the text of that.
    fn is_below(&self, paragraph: &Paragraph) -> bool {
        paragraph.indent.is_some_and(|indent| indent > 0 && Some(indent) == self.indent)
    }

    /// Paragraphs of a cell stand one after the other; items keep what stands before them.
    fn end_paragraph_in_cell(&mut self, paragraph: &Paragraph) {
        self.marker(paragraph, Role::Text);
        if paragraph.bytes > 0 {
            self.tables.paragraph(&mut self.build, paragraph.is_strong());
            self.align(&paragraph.align);
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
