//! The events of a FictionBook to blocks. Everything runs in one loop, so depth never costs stack.

use super::{
    description::Description,
    notes::{self, Labels},
    quoted::Open,
};
use crate::{
    doc::{Block, Kind, Meta, SpanKind},
    formats::{
        build::{Builder, Built, collapsed},
        xml::{Element, Event},
    },
};

/// Elements that FictionBook has and that need nothing done.
const PLAIN: &str = "fictionbook|description|title-info|src-title-info|document-info|publish-info|custom-info|genre|author|\
    first-name|middle-name|last-name|nickname|home-page|email|id|book-title|keywords|date|coverpage|lang|src-lang|translator|\
    sequence|program-used|src-url|src-ocr|version|history|book-name|publisher|city|year|isbn|output|part|\
    output-document-class|style|sup|sub|div|span|small|big|font";

/// Elements that stand beside the annotation, and never in it.
const BESIDE: [&str; 9] = [
    "keywords",
    "date",
    "coverpage",
    "lang",
    "translator",
    "sequence",
    "src-title-info",
    "document-info",
    "publish-info",
];

/// Elements of the description that are looked at within each other.
const PATH: usize = 8;

/// What is open besides the blocks in the making.
#[derive(Debug)]
pub struct Reader<'l> {
    /// The blocks.
    pub build: Builder,
    labels: &'l Labels,
    description: Description,
    /// The elements that are open below `<description>`, while it is.
    path: Option<Vec<String>>,
    /// What encloses the text.
    pub(super) opened: Vec<Open>,
    /// An element whose content is no text to read: `<binary>`, `<stylesheet>`.
    hidden: Option<String>,
    /// The title that is open is what a note is called.
    label: bool,
    /// The body has a title of its own, which its sections stand below.
    titled: bool,
    /// The body holds notes.
    notes: bool,
    /// Rows of the table so far.
    rows: usize,
    /// The row is the first, and all its cells are headings.
    heads: bool,
    /// A reference to a note that is open: the label, and what is written there.
    note: Option<(String, String)>,
}

impl<'l> Reader<'l> {
    /// Begins, with what the notes are called.
    pub fn new(build: Builder, labels: &'l Labels) -> Reader<'l> {
        Reader {
            build,
            labels,
            description: Description::default(),
            path: None,
            opened: Vec::new(),
            hidden: None,
            label: false,
            titled: false,
            notes: false,
            rows: 0,
            heads: false,
            note: None,
        }
    }

    /// Takes the next event.
    pub fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(element) if self.hidden.is_none() => self.start(&element),
            Event::Start(_) => {}
            Event::End(name) => self.end(&name),
            Event::Text(_) if self.hidden.is_some() => {}
            Event::Text(text) => {
                let annotation = self.is_open("annotation");
                match (&mut self.note, &self.path) {
                    (Some((_, written)), _) => written.push_str(&text),
                    (None, Some(path)) if !annotation => self.description.text(path, &text),
                    _ => self.build.prose.push_collapsed(&text),
                }
            }
        }
    }

    /// Ends what is open, and gives what was built and read.
    pub fn finish(mut self) -> (Built, Meta) {
        self.build.flush();
        let meta = self.description.meta();
        (self.build.finish(), meta)
    }

    fn start(&mut self, element: &Element<'_>) {
        let name = element.name.as_str();
        if self.path.is_some() {
            if BESIDE.contains(&name) {
                self.close("annotation");
            }
            if !self.is_open("annotation") {
                return self.describe(element);
            }
        }
        if let Some(id) = element.attribute("id").filter(|_| name != "binary") {
            self.build.name_next(id);
        }
        match name {
            "description" => self.path = Some(Vec::new()),
            "binary" | "stylesheet" => self.hidden = Some(name.to_owned()),
            "body" => self.body(element),
            "section" => self.section(element),
            "title" => {
                self.build.flush();
                self.label = self.notes && self.depth("section") == 1 && self.opened.last().is_some_and(Open::is_note);
                self.open(name);
            }
            "epigraph" | "cite" | "blockquote" | "annotation" => self.open_quote(name),
            "poem" | "stanza" => self.open(name),
            "p" | "v" | "subtitle" | "text-author" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.line(name),
            "empty-line" | "br" if self.is_open("title") || name == "br" => self.build.prose.hard_break(),
            "empty-line" => self.build.flush(),
            "image" | "img" => self.image(element),
            "table" => {
                self.build.flush();
                self.build.end_table();
                self.build.start_table(Vec::new());
                self.rows = 0;
            }
            "tr" => {
                self.rows += 1;
                self.heads = self.rows == 1;
                self.build.start_row();
            }
            "td" | "th" => {
                self.heads &= name == "th";
                self.build.start_cell();
            }
            "a" => self.anchor(element),
            _ => match mark(name) {
                Some(kind) => self.build.prose.open_element(kind, name),
                None if PLAIN.split('|').any(|known| known == name) => {}
                // `<www.example.org>`, `<sighs>`: what somebody wrote without knowing what it means in XML.
                None => self.build.prose.push(&element.written()),
            },
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(hidden) = &self.hidden {
            if hidden == name {
                self.hidden = None;
            }
            return;
        }
        if name == "description" {
            return self.end_description();
        }
        if !self.is_open("annotation")
            && let Some(path) = &mut self.path
        {
            path.truncate(path.iter().rposition(|open| open == name).unwrap_or(path.len()));
            return;
        }
        if name == "a" || !(mark(name).is_some() || PLAIN.split('|').any(|known| known == name)) {
            self.end_note();
        }
        match name {
            "title" => self.end_title(),
            "subtitle" => self.subtitle(),
            "p" if self.is_open("title") => self.build.prose.hard_break(),
            "p" => self.build.flush(),
            "v" if self.is_open("stanza") => self.build.prose.hard_break(),
            "v" => self.build.flush(),
            "text-author" => {
                self.build.prose.close_element("text-author");
                self.build.flush();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = self.level();
                self.build.heading(level);
            }
            "td" | "th" if self.build.in_table() => self.build.cell(),
            "tr" if self.heads => {
                self.heads = false;
                self.build.end_head();
            }
            "tr" => self.build.end_cell(),
            "table" => {
                self.build.end_cell();
                self.build.end_table();
            }
            "a" => self.build.prose.close_element("a"),
            "body" => {
                self.close("body");
                self.notes = false;
            }
            "section" | "epigraph" | "cite" | "blockquote" | "annotation" | "poem" | "stanza" => self.close(name),
            _ if mark(name).is_some() => self.build.prose.close_element(name),
            _ => {}
        }
    }

    /// An element of the description.
    fn describe(&mut self, element: &Element<'_>) {
        let name = element.name.as_str();
        let Some(path) = &mut self.path else { return };
        if name == "body" {
            self.end_description();
            return self.start(element);
        }
        if path.iter().any(|open| open == "title-info") {
            match name {
                "annotation" => return self.open_quote(name),
                "image" => return self.image(element),
                _ => {}
            }
        }
        if path.len() < PATH {
            path.push(name.to_owned());
        }
        self.description.start(path, &|name| element.attribute(name));
    }

    /// The description ends. What it says of the series stands before the text.
    fn end_description(&mut self) {
        self.close("annotation");
        if self.path.take().is_some() {
            for series in self.description.series() {
                self.build.prose.span(SpanKind::Emphasis, &series);
                self.build.flush();
            }
        }
    }

    fn body(&mut self, element: &Element<'_>) {
        self.close("body");
        self.notes = element.attribute("name").is_some_and(|name| notes::are_notes(&name));
        self.titled = false;
        self.open("body");
    }

    fn section(&mut self, element: &Element<'_>) {
        let id = element.attribute("id").filter(|_| self.notes && self.depth("section") == 0);
        match id.and_then(|id| self.labels.get(&id)) {
            Some(label) => self.open_note(label),
            None => self.open("section"),
        }
    }

    /// A paragraph or a line begins.
    fn line(&mut self, name: &str) {
        match name {
            // A line that was not ended ends here, but those of a title and a stanza go on.
            "p" if self.is_open("title") => {}
            "v" if self.is_open("stanza") => {}
            _ => self.build.flush(),
        }
        if name == "text-author" {
            self.build.prose.open_element(SpanKind::Emphasis, name);
        }
    }

    fn end_title(&mut self) {
        let label = std::mem::take(&mut self.label);
        if label && notes::is_label(&notes::stripped(&self.build.prose.text)) {
            drop(std::mem::take(&mut self.build.prose));
        } else if label || self.is_open("poem") || self.is_open("cite") {
            self.build.term();
        } else if self.depth("section") == 0 {
            self.titled = !self.build.prose.text.trim().is_empty();
            self.build.heading(1);
        } else {
            let level = self.level();
            self.build.heading(level);
        }
        self.close("title");
    }

    /// A heading below that of the section; stars are a break.
    fn subtitle(&mut self) {
        let text = &self.build.prose.text;
        if !text.is_empty() && !text.contains(char::is_alphanumeric) {
            drop(std::mem::take(&mut self.build.prose));
            return self.build.rule();
        }
        if self.is_open("poem") || self.is_open("cite") || self.is_open("annotation") {
            return self.build.term();
        }
        let level = self.level().saturating_add(1);
        self.build.heading(level);
    }

    /// The level of the heading of the section that is open.
    fn level(&self) -> u8 {
        u8::try_from(self.depth("section") + usize::from(self.titled)).unwrap_or(u8::MAX).clamp(1, 6)
    }

    fn image(&mut self, element: &Element<'_>) {
        let source = element.attribute("href").or_else(|| element.attribute("src")).unwrap_or_default();
        let said = ["alt", "title"].iter().filter_map(|name| element.attribute(name)).map(|text| collapsed(&text));
        let text = said.into_iter().find(|text| !text.is_empty()).unwrap_or_else(|| {
            let name = source.trim_start_matches('#').rsplit('/').next().unwrap_or_default();
            name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
        });
        if self.build.prose.is_empty() && !self.build.in_table() && !self.is_open("title") {
            self.build.flush();
            self.build.emit(Block { kind: Kind::Image { source }, text, ..Block::default() });
        } else {
            self.build.prose.span(SpanKind::Image(source), &text);
        }
    }

    /// A link, or a reference to a note.
    fn anchor(&mut self, element: &Element<'_>) {
        let Some(href) = element.attribute("href") else { return };
        match href.strip_prefix('#').and_then(|id| self.labels.get(id)) {
            Some(label) => self.note = Some((label.clone(), String::new())),
            None => {
                let link = self.build.link(href);
                self.build.prose.open_element(link, "a");
            }
        }
    }

    /// Ends a reference to a note. What it says is the label, mostly; a word stays a word.
    fn end_note(&mut self) {
        let Some((label, written)) = self.note.take() else { return };
        let said = notes::stripped(&written);
        if said != label && said.contains(char::is_alphabetic) {
            self.build.prose.push_collapsed(&written);
        }
        let shown = format!("[{label}]");
        self.build.prose.span(SpanKind::FootnoteRef(label), &shown);
    }
}

/// What marks text.
fn mark(name: &str) -> Option<SpanKind> {
    Some(match name {
        "strong" | "b" => SpanKind::Strong,
        "emphasis" | "em" | "i" => SpanKind::Emphasis,
        "strikethrough" | "s" | "strike" | "del" => SpanKind::Strikethrough,
        "code" | "tt" => SpanKind::Code,
        "u" => SpanKind::Underline,
        _ => return None,
    })
}
