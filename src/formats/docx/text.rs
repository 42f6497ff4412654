//! The text of a document: one loop over the events of its main part, which hands each element to the noun that it belongs to.
//! What is not known is passed through, so that the text within it is kept; what is not to be seen is skipped whole.

use super::{
    boxes::{Boxes, Open},
    field::Fields,
    note::{self, Notes},
    numbering::Numbering,
    part::Part,
    picture::{self, Picture},
    styles::Styles,
};
use crate::formats::{
    build::Built,
    office::{Flow, Ns, Package, Run, Said, Tag, Xml, equation, symbol, xml::Node},
};

/// What is read of a document, and what is open.
pub struct Reader<'p> {
    pub(super) part: Part<'p>,
    pub(super) flow: Flow,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// The paragraph in the making.
    pub(super) now: Open,
    /// Those around the text box of a cell that is being read, outermost first.
    pub(super) outside: Vec<Open>,
    pub(super) boxes: Boxes,
    pub(super) fields: Fields,
    pub(super) notes: Notes,
    pub(super) picture: Picture,
    pub(super) said: Said,
}

/// Reads the text of `main`, the main part.
pub fn read(package: &mut Package, main: &str, body: &str) -> (Built, Said) {
    let mut part = Part::new(package, main);
    let mut of_kind = |kind: &str, mostly: &str| {
        let name = part.of_kind(kind, mostly);
        part.text_of(&name)
    };
    let styles = Styles::read(&of_kind("styles", "word/styles.xml"));
    let numbering = Numbering::read(&of_kind("numbering", "word/numbering.xml"));
    let mut reader = Reader {
        part,
        flow: Flow::default(),
        styles,
        numbering,
        now: Open::default(),
        outside: Vec::new(),
        boxes: Boxes::default(),
        fields: Fields::default(),
        notes: Notes::default(),
        picture: Picture::default(),
        said: Said::default(),
    };
    let mut xml = Xml::new(body);
    reader.events(&mut xml);
    if let Some(at) = xml.damage() {
        reader.said.warnings.push(format!("damaged: the text ends at byte {at} of its XML"));
    }
    reader.end();
    note::read(&mut reader, main);
    (reader.flow.build.finish(), reader.said)
}

impl Reader<'_> {
    /// Reads a part, or a piece of one, to its end.
    pub(super) fn events(&mut self, xml: &mut Xml<'_>) {
        while let Some(node) = xml.node() {
            if self.flow.build.is_full() {
                break;
            }
            match node {
                Node::Start(tag) => self.start(&tag, xml),
                Node::End(ns, local) => {
                    self.close(ns, local);
                    if local == "p" && !self.boxes.is_empty() && !self.flow.build.in_table() {
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

    /// Ends everything that a part left open.
    pub(super) fn end(&mut self) {
        while self.leave_box() {}
        self.end_paragraph();
        self.flow.end();
    }

    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        match (tag.ns, tag.local) {
            (Ns::W, "p") => self.start_paragraph(tag),
            (Ns::W, "pPr") => self.now.paragraph.read(xml),
            (Ns::W, "r") => self.now.run = Run::default(),
            (Ns::W, "rPr") => self.start_run(xml),
            (Ns::W, "t" | "delText") => {
                let text = xml.text();
                self.text(&text);
            }
            // Changes count as accepted.
            (
                Ns::W,
                "del" | "moveFrom" | "sectPr" | "tblPrChange" | "object" | "sdtPr" | "rubyPr" | "rt" | "headers",
            ) => self.skipped(tag, xml),
            (Ns::W, "tbl") => self.start_table(xml),
            (Ns::W, "tr") => self.flow.tables.row(),
            (Ns::W, "trPr" | "tblPrEx") => self.start_row(xml),
            (Ns::W, "tc") => self.start_cell(xml),
            (Ns::W, "tcPr") => xml.skip(),
            (Ns::W, "hyperlink") => self.start_anchor(tag),
            (Ns::W, "bookmarkStart") => self.bookmark(tag),
            (Ns::W, "fldSimple") => self.start_field(tag),
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
                self.flow.tables.end(&mut self.flow.build);
            }
            (Ns::W, "tr") => self.flow.tables.end_row(&mut self.flow.build),
            (Ns::W, "tc") => self.end_cell(),
            (Ns::W, "hyperlink" | "fldSimple") => self.now.anchors.end(),
            (Ns::W, "txbxContent") => drop(self.leave_box()),
            (Ns::W, "drawing" | "pict") => picture::end(self),
            (Ns::W, "r") => self.now.run = Run::default(),
            _ => {}
        }
    }

    /// Elements that are skipped, but for what stands in an object that can be seen.
    fn skipped(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        if tag.local != "object" {
            xml.skip();
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
}
