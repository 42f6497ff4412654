//! The text of a document: one loop over the events of its main part, which hands each element to the noun that it belongs to.
//! What is not known is passed through, so that the text within it is kept; what is not to be seen is skipped whole.

use std::ops::Range;

use super::{
    field::Fields,
    note::{self, Notes},
    numbering::Numbering,
    paragraph::Paragraph,
    picture::{self, Picture},
    run,
    styles::Styles,
};
use crate::{
    doc::{Date, SpanKind},
    formats::{
        bounds,
        build::{Builder, Built},
        office::{
            Grid, Listing, Marks, Ns, Package, Run, Tag, Xml, equation, number, package::Relationships, symbol,
            xml::Node,
        },
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
    pub(super) package: &'p mut Package,
    pub(super) build: Builder,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// Of the part that is being read.
    pub(super) links: Relationships,
    pub(super) marks: Marks,
    pub(super) listing: Listing,
    /// How far the text of the last item is set in.
    pub(super) indent: Option<i64>,
    pub(super) paragraph: Paragraph,
    pub(super) fields: Fields,
    pub(super) tables: Grid,
    pub(super) notes: Notes,
    pub(super) picture: Picture,
    /// Text boxes of the paragraph, to be read after it; how many are read, one in the other.
    boxes: Vec<Range<usize>>,
    boxed: usize,
    /// Paragraphs around the text box of a cell that is being read.
    outside: Vec<Outside>,
    /// Links by elements, innermost last.
    anchors: Vec<usize>,
    run: Run,
    /// Code that may go on in the next paragraph.
    pub(super) code: String,
    pub(super) said: Said,
}

/// Text boxes within text boxes.
const BOXES: usize = 4;

/// A paragraph of a cell that a text box interrupts.
struct Outside {
    paragraph: Paragraph,
    run: Run,
    anchors: Vec<usize>,
}

/// Reads the text of `main`, the main part.
pub fn read(package: &mut Package, main: &str, body: &str) -> (Built, Said) {
    let links = package.relationships(main);
    let mut part = |kind: &str, name: &str| {
        let name = links.of_kind(kind).map_or_else(|| format!("word/{name}"), str::to_owned);
        package.text_or_empty(&name)
    };
    let styles = Styles::read(&part("styles", "styles.xml"));
    let numbering = Numbering::read(&part("numbering", "numbering.xml"));
    let mut reader = Reader {
        package,
        build: Builder::default(),
        styles,
        numbering,
        links,
        marks: Marks::default(),
        listing: Listing::default(),
        indent: None,
        paragraph: Paragraph::default(),
        fields: Fields::default(),
        tables: Grid::default(),
        notes: Notes::default(),
        picture: Picture::default(),
        boxes: Vec::new(),
        boxed: 0,
        outside: Vec::new(),
        anchors: Vec::new(),
        run: Run::default(),
        code: String::new(),
        said: Said::default(),
    };
    let mut xml = Xml::new(body);
    reader.part(&mut xml);
    if let Some(at) = xml.damage() {
        reader.said.warnings.push(format!("damaged: the text ends at byte {at} of its XML"));
    }
    reader.end();
    note::read(&mut reader, main);
    (reader.build.finish(), reader.said)
}

impl Reader<'_> {
    /// Reads a part, or a piece of one, to its end.
    pub(super) fn part(&mut self, xml: &mut Xml<'_>) {
        while let Some(node) = xml.node() {
            if self.build.is_full() {
                break;
            }
            match node {
                Node::Start(tag) => self.start(&tag, xml),
                Node::End(ns, local) => {
                    self.close(ns, local);
                    if local == "p" && !self.boxes.is_empty() && !self.build.in_table() {
                        self.read_boxes(xml);
                    }
                }
                Node::Text(_) => {}
            }
        }
        // A paragraph that was cut off has no end.
        if !self.boxes.is_empty() {
            self.end_paragraph();
            self.read_boxes(xml);
        }
    }

    /// Text boxes are read after the paragraph that they hang on.
    fn read_boxes(&mut self, xml: &Xml<'_>) {
        self.boxed += 1;
        for range in std::mem::take(&mut self.boxes) {
            self.part(&mut xml.again(range));
            self.end_paragraph();
        }
        self.boxed -= 1;
    }

    /// Ends everything that a part left open.
    pub(super) fn end(&mut self) {
        while self.leave_box() {}
        self.end_paragraph();
        self.end_code();
        while self.tables.end(&mut self.build) {}
        self.listing.close(&mut self.build);
    }

    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        match (tag.ns, tag.local) {
            (Ns::W, "p") => self.start_paragraph(tag),
            (Ns::W, "pPr") => self.paragraph.read(xml),
            (Ns::W, "r") => self.run = Run::default(),
            (Ns::W, "rPr") => self.start_run(xml),
            (Ns::W, "t" | "delText") => {
                let text = xml.text();
                self.text(&text);
            }
            // Changes count as accepted.
            (
                Ns::W,
                "del" | "moveFrom" | "sectPr" | "tblPrChange" | "object" | "sdtPr" | "rubyPr" | "rt" | "headers",
            ) => {
                self.skipped(tag, xml);
            }
            (Ns::W, "tbl") => self.start_table(xml),
            (Ns::W, "tr") => self.tables.row(),
            (Ns::W, "trPr" | "tblPrEx") => self.start_row(xml),
            (Ns::W, "tc") => self.start_cell(xml),
            (Ns::W, "tcPr") => xml.skip(),
            (Ns::W, "hyperlink") => self.start_anchor(tag),
            (Ns::W, "bookmarkStart") => self.bookmark(tag),
            (Ns::W, "fldSimple") => {
                let said = tag.get("instr").unwrap_or_default();
                let link = self.fields.simple(&said, &mut self.build);
                self.anchors.extend(link.or(self.anchors.last().copied()).or(Some(usize::MAX)));
            }
            (Ns::W, "fldChar") => self.field(tag, xml),
            (Ns::W, "instrText") => {
                let said = xml.text();
                self.fields.instruct(&said);
            }
            (Ns::W, "footnoteReference") => self.note(note::Kind::Foot, tag),
            (Ns::W, "endnoteReference") => self.note(note::Kind::End, tag),
            (Ns::W, "commentReference") => self.note(note::Kind::Comment, tag),
            (Ns::W, "txbxContent") => self.enter_box(xml),
            (Ns::W, "altChunk") => picture::chunk(self, tag),
            (Ns::W, _) => self.sign(tag),
            (Ns::Mc, "AlternateContent") => {}
            (Ns::Mc, "Fallback") => xml.skip(),
            (Ns::M, "oMath") => {
                let equation = equation::read(xml);
                self.text(&equation);
            }
            (Ns::M, "oMathParaPr") => xml.skip(),
            _ => picture::start(self, tag),
        }
    }

    fn close(&mut self, ns: Ns, local: &str) {
        match (ns, local) {
            (Ns::W, "p") => self.end_paragraph(),
            (Ns::W, "tbl") => {
                self.end_paragraph();
                self.tables.end(&mut self.build);
            }
            (Ns::W, "tr") => self.tables.end_row(&mut self.build),
            (Ns::W, "tc") => self.end_cell(),
            (Ns::W, "hyperlink" | "fldSimple") => drop(self.anchors.pop()),
            (Ns::W, "txbxContent") => drop(self.leave_box()),
            (Ns::W, "drawing" | "pict") => picture::end(self),
            (Ns::W, "r") => self.run = Run::default(),
            _ => {}
        }
    }

    /// Elements that are skipped, but for what stands in an object that can be seen.
    fn skipped(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        if tag.local != "object" {
            xml.skip();
        }
    }

    fn start_run(&mut self, xml: &mut Xml<'_>) {
        while let Some(node) = xml.node() {
            match node {
                Node::Start(tag) if tag.local == "rPrChange" => xml.skip(),
                Node::Start(tag) => run::take(&mut self.run, &tag),
                Node::End(Ns::W, "rPr") => break,
                _ => {}
            }
        }
    }

    /// Signs that are elements.
    fn sign(&mut self, tag: &Tag<'_>) {
        match tag.local {
            "tab" | "ptab" => self.text("\t"),
            "br" | "cr" if !tag.get("type").is_some_and(|kind| matches!(kind.as_ref(), "page" | "column")) => {
                self.break_line();
            }
            "noBreakHyphen" => self.text("\u{2011}"),
            "softHyphen" => self.text("\u{AD}"),
            "sym" => {
                let font = tag.get("font").unwrap_or_default();
                let code = tag.get("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0);
                let sign = symbol::symbol(&font, code).or(char::from_u32(code)).unwrap_or('□');
                self.text(&sign.to_string());
            }
            _ => {}
        }
    }

    fn break_line(&mut self) {
        if self.is_shown() {
            self.paragraph.begun();
            self.build.prose.hard_break();
        }
    }

    /// Whether what comes now is seen: it is no instruction of a field, and not hidden.
    fn is_shown(&self) -> bool {
        self.fields.is_shown() && !self.effective().hidden.unwrap_or(false) && !self.tables.is_skipped()
    }

    /// What the run is, by all that is said about it.
    fn effective(&self) -> Run {
        let mut run = self.run.clone();
        if let Some(style) = self.run.style.as_deref() {
            run = run.over(&self.styles.run(Some(style), false));
        }
        let below = self.styles.run(self.paragraph.style.as_deref(), true);
        run.over(&below)
    }

    /// Text that is seen.
    pub(super) fn text(&mut self, text: &str) {
        if text.is_empty() || !self.is_shown() {
            return;
        }
        let run = self.effective();
        let raised = run.raised.unwrap_or(false).then(|| number::raised(text)).flatten();
        let symbols = run.font.as_deref().is_some_and(|font| symbol::symbol(font, 0x61).is_some());
        let text = match (&raised, &run.font) {
            (Some(raised), _) => raised.clone(),
            (None, Some(font)) if symbols => {
                text.chars().map(|c| symbol::symbol(font, u32::from(c)).unwrap_or(c)).collect()
            }
            _ => text.replace('\n', " "),
        };
        let mut run = run;
        // Where everything is, nothing is marked by it.
        if self.styles.defaults.mono == Some(true) {
            run.mono = None;
        }
        self.paragraph.count(&text, &run);
        let link = self.fields.link().or(self.anchors.last().copied().filter(|link| *link != usize::MAX));
        self.marks.set(&mut self.build.prose, &run.marks(link));
        self.build.prose.push(&text);
    }

    fn start_anchor(&mut self, tag: &Tag<'_>) {
        let target = tag.get_as("r:id").and_then(|id| self.links.get(&id)).map(|link| link.target.clone());
        let anchor = tag.get_as("w:anchor");
        let target = match (target, anchor) {
            (Some(target), Some(anchor)) => format!("{target}#{anchor}"),
            (Some(target), None) => target,
            (None, Some(anchor)) => format!("#{anchor}"),
            (None, None) => {
                self.anchors.push(usize::MAX);
                return;
            }
        };
        if let SpanKind::Link(link) = self.build.link(target) {
            self.anchors.push(link);
        }
    }

    fn bookmark(&mut self, tag: &Tag<'_>) {
        let name = tag.get("name").unwrap_or_default();
        if !name.is_empty() && name != "_GoBack" {
            self.build.name_next(name.into_owned());
        }
    }

    fn field(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        match tag.get("fldCharType").as_deref() {
            Some("begin") => {
                if let Some(checked) = self.fields.begin(xml) {
                    self.fields.suspend();
                    self.text(if checked { "☒" } else { "☐" });
                    self.fields.resume();
                }
            }
            Some("separate") => self.fields.separate(&mut self.build),
            Some("end") => self.fields.end(),
            _ => {}
        }
    }

    fn note(&mut self, kind: note::Kind, tag: &Tag<'_>) {
        let Some(id) = tag.get("id") else { return };
        if self.is_shown()
            && let Some(label) = self.notes.refer(kind, &id)
        {
            self.marks.end(&mut self.build.prose);
            self.paragraph.begun();
            self.build.prose.span(SpanKind::FootnoteRef(label.clone()), &format!("[{label}]"));
        }
    }

    /// A text box begins. In a cell its paragraphs are text among the others.
    fn enter_box(&mut self, xml: &mut Xml<'_>) {
        if !self.build.in_table() {
            let from = xml.position();
            xml.skip();
            if self.boxed < BOXES {
                self.boxes.push(from..xml.start());
            }
            return;
        }
        if self.outside.len() >= bounds::DEPTH {
            return;
        }
        self.marks.end(&mut self.build.prose);
        self.build.prose.space();
        self.outside.push(Outside {
            paragraph: std::mem::take(&mut self.paragraph),
            run: std::mem::take(&mut self.run),
            anchors: std::mem::take(&mut self.anchors),
        });
    }

    fn leave_box(&mut self) -> bool {
        let Some(outside) = self.outside.pop() else { return false };
        self.end_paragraph();
        self.paragraph = outside.paragraph;
        (self.run, self.anchors) = (outside.run, outside.anchors);
        true
    }
}
