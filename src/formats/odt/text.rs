//! The text of a document: one loop over the events of its body, which hands each element to the noun that it belongs to. What
//! is not known is passed through, so that the text within it is kept; what is not to be seen is skipped whole.

use super::{
    frame::Frames,
    lists::{Counts, Lists},
    note::{self, Notes},
    paragraph::Paragraph,
    styles::{Family, Styles},
};
use crate::{
    doc::{Date, SpanKind},
    formats::{
        bounds,
        build::{Builder, Built, Prose},
        office::{Grid, Listing, Marks, Ns, Package, Run, Tag, Xml, number, xml::Node},
    },
};

/// What the text itself says about the document, and what was wrong with it.
#[derive(Debug, Default)]
pub struct Said {
    /// The paragraph in the style of a title.
    pub title: Option<String>,
    /// The paragraph in the style of an author.
    pub author: Option<String>,
    /// The paragraph in the style of a date.
    pub date: Option<Date>,
    /// What was wrong.
    pub warnings: Vec<String>,
}

/// What is read of a document, and what is open.
pub struct Reader<'p> {
    pub(super) package: Option<&'p mut Package>,
    pub(super) build: Builder,
    pub(super) styles: Styles,
    pub(super) marks: Marks,
    pub(super) listing: Listing,
    pub(super) lists: Lists,
    pub(super) counts: Counts,
    /// How far the numbers of headings have come.
    pub(super) headings: Counts,
    pub(super) tables: Grid,
    /// Heading rows that are open, and the columns that the open cell stands for.
    pub(super) heading_rows: usize,
    pub(super) repeat: usize,
    pub(super) frames: Frames,
    pub(super) notes: Notes,
    /// The paragraph that is open, if one is, and those that it interrupts.
    pub(super) paragraph: Option<Paragraph>,
    outside: Vec<Outside>,
    /// Styles of runs that are open, and links.
    runs: Vec<Run>,
    anchors: Vec<Option<usize>>,
    pub(super) code: String,
    pub(super) said: Said,
}

/// A paragraph that another one interrupts, being the text of a frame.
struct Outside {
    paragraph: Paragraph,
    prose: Prose,
    marks: Marks,
    runs: Vec<Run>,
    anchors: Vec<Option<usize>>,
}

/// Reads the text of `content`; `styles` is the part for styles alone, if there is one.
pub fn read(package: Option<&mut Package>, styles: &str, content: &str) -> (Built, Said) {
    let mut all = Styles::default();
    all.read(styles);
    all.read(content);
    let mut reader = Reader {
        package,
        build: Builder::default(),
        styles: all,
        marks: Marks::default(),
        listing: Listing::default(),
        lists: Lists::default(),
        counts: Counts::default(),
        headings: Counts::default(),
        tables: Grid::default(),
        heading_rows: 0,
        repeat: 1,
        frames: Frames::default(),
        notes: Notes::default(),
        paragraph: None,
        outside: Vec::new(),
        runs: Vec::new(),
        anchors: Vec::new(),
        code: String::new(),
        said: Said::default(),
    };
    let mut xml = Xml::new(content);
    while let Some(node) = xml.node() {
        match node {
            Node::Start(tag) if tag.ns == Ns::Office && tag.local == "body" => break,
            _ => {}
        }
    }
    reader.part(&mut xml);
    if let Some(at) = xml.damage() {
        reader.said.warnings.push(format!("damaged: the text ends at byte {at} of its XML"));
    }
    reader.end();
    note::read(&mut reader, content, &xml);
    (reader.build.finish(), reader.said)
}

impl Reader<'_> {
    /// Reads to the end.
    pub(super) fn part(&mut self, xml: &mut Xml<'_>) {
        while let Some(node) = xml.node() {
            if self.build.is_full() {
                break;
            }
            match node {
                Node::Start(tag) => self.start(&tag, xml),
                Node::End(ns, local) => self.close(ns, local),
                Node::Text(text) => self.flowing(&text),
            }
        }
    }

    /// Ends everything that is open.
    pub(super) fn end(&mut self) {
        while self.paragraph.is_some() {
            self.end_paragraph();
        }
        self.end_code();
        while self.tables.end(&mut self.build) {}
        while self.lists.depth() > 0 {
            self.lists.leave(&self.counts);
        }
        self.listing.close(&mut self.build);
    }

    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        match (tag.ns, tag.local) {
            (Ns::Text, "p" | "h") => self.start_paragraph(tag),
            (Ns::Text, "span") => {
                let name = tag.get("style-name");
                let run = self.styles.run(Family::Text, name.as_deref());
                let outer = self.runs.last().cloned().unwrap_or_default();
                self.runs.push(run.over(&outer));
            }
            (Ns::Text, "a") => {
                let target = tag.get("href").unwrap_or_default().into_owned();
                let link = (!target.is_empty()).then(|| self.build.link(fragment(&target)));
                self.anchors.push(link.and_then(|kind| if let SpanKind::Link(n) = kind { Some(n) } else { None }));
            }
            (Ns::Text, "s") => {
                let count = usize::try_from(tag.number("c").unwrap_or(1)).unwrap_or(1).clamp(1, 1000);
                self.text(&" ".repeat(count));
            }
            (Ns::Text, "tab" | "tab-stop") => self.text("\t"),
            (Ns::Text, "line-break") if self.paragraph.is_some() => self.build.prose.hard_break(),
            (Ns::Text, "list" | "ordered-list" | "unordered-list") => self.start_list(tag),
            (Ns::Text, "list-item") => self.lists.item(tag.number("start-value"), false),
            (Ns::Text, "list-header") => self.lists.item(None, true),
            (Ns::Text, "note" | "footnote" | "endnote") => self.note(tag, xml),
            (Ns::Office, "annotation") => self.annotation(xml),
            (Ns::Text, "bookmark" | "bookmark-start" | "reference-mark" | "reference-mark-start") => {
                self.build.name_next(tag.get_as("text:name").unwrap_or_default().into_owned());
            }
            (Ns::Text, "bookmark-ref" | "reference-ref") => {
                let to = format!("#{}", tag.get("ref-name").unwrap_or_default());
                let kind = self.build.link(to);
                self.anchors.push(if let SpanKind::Link(n) = kind { Some(n) } else { None });
            }
            (Ns::Text, "section") if tag.get("display").is_some_and(|d| d == "none") => xml.skip(),
            // What is generated, declared or was deleted.
            (
                Ns::Text,
                "tracked-changes" | "number" | "ruby-text" | "hidden-text" | "sequence-decls" | "hidden-paragraph",
            )
            | (Ns::Office, "forms" | "annotation-end") => xml.skip(),
            (Ns::Text, local) if local.ends_with("-source") || local.ends_with("-decls") => xml.skip(),
            (Ns::Table | Ns::Office, "tracked-changes") => xml.skip(),
            (Ns::Table, _) => {
                if tag.local == "table" {
                    self.frame_table();
                }
                self.start_table(tag, xml);
            }
            _ => self.start_frame(tag, xml),
        }
    }

    fn close(&mut self, ns: Ns, local: &str) {
        match (ns, local) {
            (Ns::Text, "p" | "h") => self.end_paragraph(),
            (Ns::Text, "span") => drop(self.runs.pop()),
            (Ns::Text, "a" | "bookmark-ref" | "reference-ref") => drop(self.anchors.pop()),
            (Ns::Text, "list" | "ordered-list" | "unordered-list") => self.lists.leave(&self.counts),
            (Ns::Table, _) => self.end_table(local),
            (Ns::Draw, _) => self.end_frame(local),
            _ => {}
        }
    }

    fn start_paragraph(&mut self, tag: &Tag<'_>) {
        if let Some(paragraph) = self.paragraph.take() {
            if self.outside.len() < bounds::DEPTH {
                self.marks.end(&mut self.build.prose);
                let prose =
                    if self.build.in_table() { Prose::default() } else { std::mem::take(&mut self.build.prose) };
                let marks = std::mem::take(&mut self.marks);
                let (runs, anchors) = (std::mem::take(&mut self.runs), std::mem::take(&mut self.anchors));
                self.outside.push(Outside { paragraph, prose, marks, runs, anchors });
            } else {
                self.build.prose.space();
            }
        }
        self.paragraph = Some(Paragraph::new(tag));
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraph.take() else { return };
        self.marks.end(&mut self.build.prose);
        self.finish(&paragraph);
        if let Some(outside) = self.outside.pop() {
            if !self.build.in_table() {
                self.end_code();
                self.build.flush();
                self.build.prose = outside.prose;
            }
            self.paragraph = Some(outside.paragraph);
            (self.marks, self.runs, self.anchors) = (outside.marks, outside.runs, outside.anchors);
        }
    }

    /// Text of the source, in which white space collapses.
    fn flowing(&mut self, text: &str) {
        if self.paragraph.is_none() || text.is_empty() {
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut spaced = self.build.prose.text.is_empty() || self.build.prose.text.ends_with([' ', '\n']);
        for c in text.chars() {
            let space = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !space {
                out.push(c);
            } else if !spaced {
                out.push(' ');
            }
            spaced = space;
        }
        self.text(&out);
    }

    /// Text that is seen as it is.
    pub(super) fn text(&mut self, text: &str) {
        let Some(paragraph) = &mut self.paragraph else { return };
        if text.is_empty() || self.tables.is_skipped() {
            return;
        }
        let below = self.styles.run(Family::Paragraph, paragraph.style());
        let mut run = self.runs.last().cloned().unwrap_or_default().over(&below);
        if run.hidden == Some(true) {
            return;
        }
        if self.styles.is_mono() {
            run.mono = None;
        }
        let raised = run.raised.unwrap_or(false).then(|| number::raised(text)).flatten();
        let text = raised.as_deref().unwrap_or(text);
        paragraph.count(text, &run);
        let link = self.anchors.iter().rev().find_map(|link| *link);
        self.marks.set(&mut self.build.prose, &run.marks(link));
        self.build.prose.push(text);
    }

    fn start_list(&mut self, tag: &Tag<'_>) {
        let style = tag.get("style-name").map(|s| s.into_owned());
        let id = tag.get_as("xml:id").map(|id| id.into_owned());
        let on = tag.get("continue-list").map(|id| id.into_owned());
        let on = on.or_else(|| tag.get("continue-numbering").filter(|c| c == "true").map(|_| String::new()));
        self.lists.enter(style, id, on.as_deref(), &mut self.counts);
    }
}

/// A link within the document: `#Title|outline` leads to the heading of that title.
fn fragment(target: &str) -> String {
    match target.strip_prefix('#').and_then(|place| place.strip_suffix("|outline")) {
        Some(title) => {
            let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            format!("#{}", title.trim().to_lowercase().replace(' ', "-"))
        }
        None => target.to_owned(),
    }
}
