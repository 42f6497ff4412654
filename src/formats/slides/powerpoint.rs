//! PowerPoint's presentations (ECMA-376 part 1, section 19): the slides in their order, the shapes of each in theirs.

use anyhow::{Context as _, Result};

use super::shape::{Bullet, Shape};
use crate::{
    doc::{Document, Meta, SpanKind},
    formats::{
        Source,
        build::{Builder, Prose},
        office::{
            Grid, Listing, Marks, Ns, Package, Run, Tag, Xml, equation, package::Relationships, properties,
            run::is_mono, xml::Node,
        },
    },
};

/// So many slides that can't be read are named by their numbers; of more there is only the count.
const NAMED: usize = 10;

/// Reads a presentation.
pub fn read(source: &Source) -> Result<Document> {
    let mut package = Package::open(source)?;
    let root = package.relationships("");
    let main =
        root.of_kind("officeDocument").filter(|part| package.has(part)).unwrap_or("ppt/presentation.xml").to_owned();
    let core = root.of_kind("core-properties").unwrap_or("docProps/core.xml").to_owned();
    let meta = properties::read(&package.text_or_empty(&core));
    let text = package.text(&main)?.context("damaged: the part with the slides is missing")?;
    let parts = package.relationships(&main);
    let mut build = Builder::default();
    let mut title = None;
    let mut xml = Xml::new(&text);
    let mut count = 0usize;
    let mut lost = Vec::new();
    while let Some(tag) = xml.next_start() {
        if tag.local != "sldId" {
            continue;
        }
        let Some(part) = tag.get_as("r:id").and_then(|id| Some(parts.get(&id)?.target.clone())) else { continue };
        count += 1;
        let text = package.text(&part).ok().flatten().unwrap_or_else(|| {
            lost.push(count);
            String::new()
        });
        let links = package.relationships(&part);
        let heading = heading(&text);
        title = title.or_else(|| heading.clone());
        build.heading_of(1, heading.unwrap_or_else(|| format!("Slide {count}")), Vec::new());
        Slide::read(&mut build, &text, &links, false);
        if let Some(notes) = links.of_kind("notesSlide") {
            let text = package.text_or_empty(notes);
            build.enter_quote();
            Slide::read(&mut build, &text, &Relationships::default(), true);
            build.leave();
        }
        if build.is_full() {
            break;
        }
    }
    let meta = Meta { title: meta.title.or(title), ..meta };
    if package.is_cut() {
        build.warn("its end is missing; what is left was read".to_owned());
    }
    if let Some(warning) = unread(&lost) {
        build.warn(warning);
    }
    Ok(build.finish().document_of_slides(meta))
}

/// What is to be said of slides whose parts are missing or damaged.
fn unread(slides: &[usize]) -> Option<String> {
    match slides {
        [] => None,
        [slide] => Some(format!("slide {slide} can't be read")),
        slides if slides.len() > NAMED => Some(format!("{} slides can't be read", slides.len())),
        slides => {
            let named: Vec<String> = slides.iter().map(usize::to_string).collect();
            Some(format!("slides {} can't be read", named.join(", ")))
        }
    }
}

/// The title of a slide.
fn heading(slide: &str) -> Option<String> {
    let mut xml = Xml::new(slide);
    let (mut is_title, mut text) = (false, String::new());
    while let Some(node) = xml.node() {
        match node {
            Node::Start(tag) => match (tag.ns, tag.local) {
                (Ns::P, "sp") => is_title = false,
                (Ns::P, "ph") => is_title = is_heading(&tag),
                (Ns::A, "t") if is_title => text.push_str(&xml.text()),
                (Ns::A, "br") if is_title => text.push(' '),
                _ => {}
            },
            Node::End(Ns::A, "p") if is_title => text.push(' '),
            Node::End(Ns::P, "sp") if is_title && !text.trim().is_empty() => break,
            _ => {}
        }
    }
    Some(crate::formats::build::collapsed(&text)).filter(|text| !text.is_empty())
}

fn is_heading(place: &Tag<'_>) -> bool {
    place.get("type").is_some_and(|kind| matches!(kind.as_ref(), "title" | "ctrTitle"))
}

/// A slide while it is read.
struct Slide<'b> {
    build: &'b mut Builder,
    links: &'b Relationships,
    notes: bool,
    /// The shape that is open.
    shape: Shape,
    /// The paragraph in the making.
    bullet: Bullet,
    marks: Marks,
    listing: Listing,
    tables: Grid,
    run: Run,
    link: Option<usize>,
}

impl Slide<'_> {
    fn read(build: &mut Builder, text: &str, links: &Relationships, notes: bool) {
        let mut slide = Slide {
            build,
            links,
            notes,
            shape: Shape::default(),
            bullet: Bullet::default(),
            marks: Marks::default(),
            listing: Listing::default(),
            tables: Grid::default(),
            run: Run::default(),
            link: None,
        };
        let mut xml = Xml::new(text);
        while let Some(node) = xml.node() {
            match node {
                Node::Start(tag) => slide.start(&tag, &mut xml),
                Node::End(ns, local) => slide.end(ns, local),
                Node::Text(_) => {}
            }
        }
        slide.paragraph();
        while slide.tables.end(slide.build) {}
        slide.listing.close(slide.build);
    }

    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        match (tag.ns, tag.local) {
            (Ns::P, "sp" | "pic" | "graphicFrame") => {
                self.shape = Shape::default();
            }
            (Ns::P, "ph") => self.shape.kind = tag.get("type").unwrap_or_else(|| "body".into()).into_owned(),
            (Ns::P, "cNvPr") => self.shape.about = tag.get("descr").unwrap_or_default().into_owned(),
            (Ns::A, "blip") => self.shape.image = Some(self.target(tag, "r:embed").unwrap_or_default()),
            (Ns::A, "p") => self.bullet = Bullet::default(),
            (Ns::A, "pPr") => {
                self.bullet.level = usize::try_from(tag.number("lvl").unwrap_or(0)).unwrap_or(0).min(8);
            }
            (Ns::A, "buNone") => self.bullet.sign = Some(String::new()),
            (Ns::A, "buChar" | "buAutoNum" | "buBlip") => self.bullet.sign = Some("•".to_owned()),
            (Ns::A, "rPr") => {
                let on = |name: &str| tag.get(name).map(|v| matches!(v.as_ref(), "1" | "true"));
                (self.run.bold, self.run.italic) = (on("b"), on("i"));
                self.run.strike = tag.get("strike").map(|v| v != "noStrike");
                self.link = None;
            }
            (Ns::A, "latin") => self.run.mono = tag.get("typeface").map(|font| is_mono(&font)),
            (Ns::A, "hlinkClick") if self.tables.is_inside() || self.shape.is_text() => {
                let target = self.target(tag, "r:id").filter(|target| !target.is_empty());
                self.link =
                    target.and_then(
                        |target| {
                            if let SpanKind::Link(link) = self.build.link(target) { Some(link) } else { None }
                        },
                    );
            }
            (Ns::A, "r") => (self.run, self.link) = (Run::default(), None),
            (Ns::A, "t") => {
                let text = xml.text();
                self.text(&text);
            }
            (Ns::A, "br") if !self.shape.is_skipped(self.notes) => self.build.prose.hard_break(),
            (Ns::M, "oMath") => {
                let equation = equation::read(xml);
                self.text(&equation);
            }
            (Ns::Mc, "Fallback") => xml.skip(),
            (Ns::A, "tbl") => {
                self.listing.close(self.build);
                self.tables.start(self.build, 0, false);
            }
            (Ns::A, "tblPr") if tag.get("firstRow").is_some_and(|v| v == "1") => self.tables.head_row(),
            (Ns::A, "tr") => self.tables.row(),
            (Ns::A, "tc") => {
                // The cells that one spans are written out.
                self.tables.cell(self.build);
            }
            _ => {}
        }
    }

    fn end(&mut self, ns: Ns, local: &str) {
        match (ns, local) {
            (Ns::A, "p") => self.paragraph(),
            (Ns::A, "tc") => self.tables.end_cell(self.build),
            (Ns::A, "tr") => self.tables.end_row(self.build),
            (Ns::A, "tbl") => drop(self.tables.end(self.build)),
            (Ns::P, "pic") => {
                if let Some(source) = self.shape.image.take() {
                    self.listing.close(self.build);
                    self.build.flush();
                    self.build
                        .prose
                        .span(SpanKind::Image(source), crate::formats::build::collapsed(&self.shape.about).as_str());
                    self.build.flush();
                }
            }
            (Ns::P, "sp" | "graphicFrame") => self.listing.close(self.build),
            _ => {}
        }
    }

    fn target(&self, tag: &Tag<'_>, name: &str) -> Option<String> {
        Some(self.links.get(&tag.get_as(name)?)?.target.clone())
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() || self.shape.is_skipped(self.notes) {
            return;
        }
        self.marks.set(&mut self.build.prose, &self.run.marks(self.link));
        self.build.prose.push(text);
    }

    fn paragraph(&mut self) {
        self.marks.end(&mut self.build.prose);
        if self.build.prose.is_empty() {
            self.build.prose = Prose::default();
            return;
        }
        if self.tables.is_inside() {
            let strong = self.run.bold == Some(true);
            return self.tables.paragraph(self.build, strong);
        }
        let marker = self.bullet.take(self.shape.is_list(self.notes));
        if marker.is_empty() {
            self.listing.close(self.build);
        } else {
            self.listing.item(self.build, self.bullet.level, marker);
        }
        self.build.flush();
    }
}
