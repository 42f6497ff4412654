//! Lines to blocks. One pass; what is open is on a stack that `bounds::DEPTH` bounds.

use std::collections::HashMap;

use super::{
    attributes::{self, Attributes},
    header::{self, Header},
    list::{Marker, Ordinal},
    outline,
    style::Style,
};
use crate::{
    doc::{Block, Document, Kind, SpanKind},
    formats::build::Builder,
    text,
};

/// Kinds of admonitions, and what is shown for them.
const ADMONITIONS: [(&str, &str); 5] =
    [("NOTE", "Note"), ("TIP", "Tip"), ("IMPORTANT", "Important"), ("WARNING", "Warning"), ("CAUTION", "Caution")];

/// Reads a text.
pub fn read(text: &str) -> Document {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut attributes = Attributes::default();
    let header = Header::read(&lines, &mut attributes);
    let titles = outline::titles(&lines, &attributes);
    let mut reader = Reader { lines, at: header.lines, attributes, titles, ..Reader::default() };
    let title = header.title.as_ref().map(|title| {
        reader.inline(title);
        let prose = std::mem::take(&mut reader.build.prose);
        let (text, spans) = reader.build.finish_prose(prose);
        reader.build.heading_of(1, text.clone(), spans);
        text
    });
    for credit in &header.credits {
        reader.inline(credit);
        reader.build.prose.hard_break();
    }
    reader.build.flush();
    reader.run();
    let meta = header.meta(&reader.attributes, title);
    reader.build.finish().document(meta)
}

/// What is open besides the blocks in the making.
#[derive(Debug, Default)]
pub struct Reader<'t> {
    pub(super) lines: Vec<&'t str>,
    pub(super) at: usize,
    pub(super) build: Builder,
    pub(super) attributes: Attributes,
    /// What was said about the next block.
    pub(super) style: Style,
    pub(super) frames: Vec<Frame>,
    /// The lines of the paragraph in the making.
    pub(super) paragraph: Vec<String>,
    /// Blank lines before this one.
    blanks: usize,
    /// The next block belongs to the item that is open.
    pub(super) attached: bool,
    pub(super) titles: HashMap<String, String>,
    /// Footnotes by label and text; they come last.
    pub(super) notes: Vec<(String, String)>,
    /// The labels of footnotes that have a name.
    pub(super) noted: HashMap<String, String>,
}

/// What is open.
#[derive(Debug)]
pub enum Frame {
    /// A delimited block, what ends it, and who said it.
    Block { delimiter: String, quote: bool, credit: Option<String> },
    /// A list: its marker, how many containers its item is in, how many items there were.
    List { key: String, leaves: usize, count: u64, kind: Ordinal },
}

impl Reader<'_> {
    fn run(&mut self) {
        while let Some(line) = self.lines.get(self.at).copied() {
            if self.build.is_full() {
                break;
            }
            self.at += 1;
            self.line(line);
        }
        self.end_paragraph();
        self.close(0);
        let mut at = 0;
        while let Some((label, text)) = self.notes.get(at).cloned() {
            self.build.enter_footnote(&label);
            self.inline(&text);
            self.build.leave();
            at += 1;
        }
    }

    fn line(&mut self, line: &str) {
        if line.is_empty() {
            self.end_paragraph();
            self.blanks += 1;
            return;
        }
        let blanks = std::mem::take(&mut self.blanks);
        if self.directive(line) {
            return;
        }
        if header::is_comment(line) {
            if blanks > 0 && !self.attached {
                self.end_lists();
            }
            return;
        }
        let listed = matches!(self.frames.last(), Some(Frame::List { .. }));
        if listed && line == "+" {
            self.end_paragraph();
            self.ancestor(blanks);
            self.attached = true;
            return;
        }
        if !self.paragraph.is_empty() {
            let interrupts = self.is_delimiter(line) || is_attributes(line) || (listed && Marker::of(line).is_some());
            if !interrupts {
                return self.paragraph.push(line.to_owned());
            }
            self.end_paragraph();
        }
        self.start(line, blanks > 0);
    }

    /// A line that begins a block.
    fn start(&mut self, line: &str, blank: bool) {
        if let Some((name, value)) = attributes::entry(line) {
            let value = header::continued(value, &self.lines, &mut self.at);
            return self.attributes.set(name, &value);
        }
        if self.about(line) {
            return;
        }
        if let Some(marker) = Marker::of(line) {
            return self.item(&marker);
        }
        let indented = line.starts_with([' ', '\t']);
        let lists = matches!(self.frames.last(), Some(Frame::List { .. }));
        if !(std::mem::take(&mut self.attached) || (indented && blank && lists)) {
            self.end_lists();
        }
        if self.delimited(line) || self.heading(line) || self.block_macro(line) {
            return;
        }
        if indented && self.style.name().is_empty() {
            return self.literal(line);
        }
        self.paragraph.push(line.trim_start().to_owned());
    }

    /// Lines that say something about the next block.
    fn about(&mut self, line: &str) -> bool {
        let inner = line.strip_prefix('[').and_then(|l| l.strip_suffix(']'));
        if let Some(inner) = inner.filter(|_| is_attributes(line)) {
            match inner.strip_prefix('[').and_then(|i| i.strip_suffix(']')) {
                Some(anchor) => {
                    let id = anchor.split(',').next().unwrap_or_default();
                    self.build.name_next(id.to_owned());
                }
                None => {
                    let expanded = self.attributes.expand(inner);
                    self.style.add(&expanded);
                }
            }
            return true;
        }
        let title = line.strip_prefix('.').filter(|title| !title.starts_with([' ', '\t', '.']) && !title.is_empty());
        if let Some(title) = title {
            self.style.title = Some(title.to_owned());
        }
        title.is_some()
    }

    fn heading(&mut self, line: &str) -> bool {
        let next = self.lines.get(self.at).copied().unwrap_or_default();
        let (level, text) = match (outline::heading(line), outline::underlined(line, next)) {
            (Some(found), _) => found,
            (None, Some(level)) => {
                self.at += 1;
                (level, line)
            }
            (None, None) => return false,
        };
        self.begin();
        let id = outline::id(text, &self.attributes);
        let text = text.to_owned();
        self.build.name_next(id);
        self.inline(&text);
        self.build.heading(level);
        true
    }

    pub(super) fn literal(&mut self, first: &str) {
        self.begin();
        let mut lines = vec![first];
        while let Some(line) = self.lines.get(self.at).filter(|l| !l.is_empty() && **l != "+" && !self.is_delimiter(l))
        {
            lines.push(line);
            self.at += 1;
        }
        let indent = lines.iter().map(|l| l.len() - l.trim_start().len()).min().unwrap_or(0);
        let text: Vec<&str> = lines.iter().map(|l| text::tail(l, indent)).collect();
        self.build.preformatted(&text.join("\n"));
    }

    /// What was said about this block is used up; its title and its names come before it.
    pub(super) fn begin(&mut self) -> Style {
        let mut style = std::mem::take(&mut self.style);
        for id in style.ids.drain(..) {
            self.build.name_next(id);
        }
        if let Some(title) = style.title.take() {
            self.build.prose.open(SpanKind::Emphasis);
            self.inline(&title);
            self.build.prose.close();
            self.build.flush();
        }
        style
    }

    /// Ends the paragraph in the making.
    pub(super) fn end_paragraph(&mut self) {
        if self.paragraph.is_empty() {
            return;
        }
        let lines = std::mem::take(&mut self.paragraph);
        let text = lines.join("\n");
        if self.build.lead.is_some() && self.style.is_empty() {
            self.inline(&text);
            return self.build.flush();
        }
        let name = self.style.name().to_owned();
        if is_code(&name) || (name.is_empty() && !self.style.at(1).is_empty()) {
            let language = self.language();
            self.begin();
            return self.build.code(language, &text);
        }
        let stated =
            ADMONITIONS.iter().find_map(|(sign, _)| Some((*sign, text.strip_prefix(sign)?.strip_prefix(": ")?)));
        match (name.as_str(), stated) {
            ("literal", _) => {
                self.begin();
                self.build.preformatted(&text);
            }
            ("comment", _) => self.style = Style::default(),
            ("quote" | "verse", _) => {
                let credit = self.enter_quote();
                self.said(&text, name == "verse");
                self.leave_quote(credit);
            }
            (_, Some((sign, text))) => {
                self.admonish(sign);
                self.inline(text);
                self.build.leave();
            }
            _ if admonition(&name).is_some() => {
                self.admonish(&name);
                self.inline(&text);
                self.build.leave();
            }
            _ => {
                self.begin();
                self.said(&text, false);
            }
        }
    }

    /// Running text, or verse, whose lines are kept.
    pub(super) fn said(&mut self, text: &str, verse: bool) {
        for line in text.lines() {
            if verse {
                self.inline(line);
                self.build.prose.hard_break();
            }
        }
        if !verse {
            self.inline(text);
        }
        self.build.flush();
    }

    pub(super) fn enter_quote(&mut self) -> Option<String> {
        let style = self.begin();
        self.build.enter_quote();
        let said: Vec<&str> = style.positional.iter().skip(1).map(String::as_str).filter(|s| !s.is_empty()).collect();
        let named = || style.get("attribution").or_else(|| style.get("citetitle")).map(str::to_owned);
        if said.is_empty() { named() } else { Some(said.join(", ")) }
    }

    pub(super) fn leave_quote(&mut self, credit: Option<String>) {
        if let Some(credit) = credit {
            self.build.flush();
            self.inline(&format!("— {credit}"));
        }
        self.build.leave();
    }

    pub(super) fn admonish(&mut self, sign: &str) {
        let title = self.style.title.take();
        self.begin();
        self.build.enter_quote();
        self.build.prose.open(SpanKind::Strong);
        self.build.prose.push(admonition(sign).unwrap_or(sign));
        if let Some(title) = title {
            self.build.prose.push(": ");
            self.inline(&title);
        }
        self.build.prose.close();
        self.build.flush();
    }

    pub(super) fn language(&self) -> Option<String> {
        let given = self.style.get("language").or_else(|| self.style.get("lang"));
        let said = Some(self.style.at(1)).filter(|l| !l.is_empty() && self.style.name() != "listing");
        let usual = || self.attributes.get("source-language").filter(|_| self.style.name() == "source");
        given.or(said).or_else(usual).map(str::to_owned)
    }

    /// Closes what is open, down to this many.
    pub(super) fn close(&mut self, down_to: usize) {
        while self.frames.len() > down_to {
            match self.frames.pop() {
                Some(Frame::List { leaves, .. }) => (0..leaves).for_each(|_| self.build.leave()),
                Some(Frame::Block { quote: true, credit, .. }) => self.leave_quote(credit),
                _ => self.build.flush(),
            }
        }
    }

    /// Emits a block as the one that was described.
    pub(super) fn image(&mut self, source: String, alt: &str, caption: Option<String>) {
        self.build.flush();
        self.build.emit(Block { kind: Kind::Image { source }, text: alt.to_owned(), ..Block::default() });
        if let Some(caption) = caption {
            self.build.prose.open(SpanKind::Emphasis);
            self.inline(&caption);
            self.build.prose.close();
            self.build.flush();
        }
    }
}

/// Whether a block of this style is code.
pub fn is_code(style: &str) -> bool {
    matches!(style, "source" | "listing")
}

/// What is shown for an admonition.
pub fn admonition(style: &str) -> Option<&'static str> {
    ADMONITIONS.iter().find(|(sign, _)| *sign == style).map(|(_, shown)| *shown)
}

/// Whether a line is in brackets, and not the beginning of a sentence.
fn is_attributes(line: &str) -> bool {
    let Some(inner) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) else { return false };
    let anchor = inner.strip_prefix('[').is_some_and(|i| i.ends_with(']') && i.len() > 1);
    anchor
        || inner.is_empty()
        || inner
            .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '#' | '%' | ',' | '{' | '"' | '\''))
}
