//! The text of a document: one loop over the events of its body, which hands each element to the noun that it belongs to. What
//! is not known is passed through, so that the text within it is kept; what is not to be seen is skipped whole.

use super::{
    frame::Frames,
    lists::{Counts, Lists},
    note::{self, Notes},
    open::{Open, Outside},
    styles::Styles,
    table::Rows,
};
use crate::formats::{
    build::Built,
    office::{Flow, Ns, Package, Said, Tag, Xml, xml::Node},
};

/// What is read of a document, and what is open.
pub struct Reader<'p> {
    pub(super) package: Option<&'p mut Package>,
    pub(super) flow: Flow,
    pub(super) styles: Styles,
    pub(super) lists: Lists,
    /// How far the numbers of headings have come.
    pub(super) headings: Counts,
    pub(super) rows: Rows,
    pub(super) frames: Frames,
    pub(super) notes: Notes,
    /// The paragraph in the making.
    pub(super) now: Open,
    /// Those that it interrupts, outermost first.
    pub(super) outside: Vec<Outside>,
    pub(super) said: Said,
}

/// Reads the text of `content`; `styles` is the part for styles alone, if there is one.
pub fn read(package: Option<&mut Package>, styles: &str, content: &str) -> (Built, Said) {
    let mut all = Styles::default();
    all.read(styles);
    all.read(content);
    let mut reader = Reader {
        package,
        flow: Flow::default(),
        styles: all,
        lists: Lists::default(),
        headings: Counts::default(),
        rows: Rows::default(),
        frames: Frames::default(),
        notes: Notes::default(),
        now: Open::default(),
        outside: Vec::new(),
        said: Said::default(),
    };
    let mut xml = Xml::new(content);
    while let Some(node) = xml.node() {
        match node {
            Node::Start(tag) if tag.ns == Ns::Office && tag.local == "body" => break,
            _ => {}
        }
    }
    reader.events(&mut xml);
    if let Some(at) = xml.damage() {
        reader.said.warnings.push(format!("damaged: the text ends at byte {at} of its XML"));
    }
    reader.end();
    note::read(&mut reader, content, &xml);
    (reader.flow.build.finish(), reader.said)
}

impl Reader<'_> {
    /// Reads to the end.
    pub(super) fn events(&mut self, xml: &mut Xml<'_>) {
        while let Some(node) = xml.node() {
            if self.flow.build.is_full() {
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
        while self.now.paragraph.is_some() {
            self.end_paragraph();
        }
        self.lists.end();
        self.flow.end();
    }

    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        match (tag.ns, tag.local) {
            (Ns::Text, "p" | "h") => self.start_paragraph(tag),
            (Ns::Text, "span") => self.start_span(tag),
            (Ns::Text, "a") => self.start_anchor(tag),
            (Ns::Text, "s") => {
                let count = usize::try_from(tag.number("c").unwrap_or(1)).unwrap_or(1).clamp(1, 1000);
                self.text(&" ".repeat(count));
            }
            (Ns::Text, "tab" | "tab-stop") => self.text("\t"),
            (Ns::Text, "line-break") if self.now.paragraph.is_some() => self.flow.build.prose.hard_break(),
            (Ns::Text, "list" | "ordered-list" | "unordered-list") => self.start_list(tag),
            (Ns::Text, "list-item") => self.lists.item(tag.number("start-value"), false),
            (Ns::Text, "list-header") => self.lists.item(None, true),
            (Ns::Text, "note" | "footnote" | "endnote") => self.note(tag, xml),
            (Ns::Office, "annotation") => self.annotation(xml),
            (Ns::Text, "bookmark" | "bookmark-start" | "reference-mark" | "reference-mark-start") => {
                self.flow.build.name_next(tag.get_as("text:name").unwrap_or_default().into_owned());
            }
            (Ns::Text, "bookmark-ref" | "reference-ref") => self.start_reference(tag),
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
            (Ns::Text, "span") => drop(self.now.runs.pop()),
            (Ns::Text, "a" | "bookmark-ref" | "reference-ref") => drop(self.now.anchors.pop()),
            (Ns::Text, "list" | "ordered-list" | "unordered-list") => self.lists.leave(),
            (Ns::Table, _) => self.end_table(local),
            (Ns::Draw, _) => self.end_frame(local),
            _ => {}
        }
    }
}
