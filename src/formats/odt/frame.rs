//! Frames: pictures with what somebody wrote about them, formulas, and the slides of a presentation with the places that
//! their texts have on them.

use super::text::Reader;
use crate::{
    doc::SpanKind,
    formats::{
        bounds, build, html,
        office::{Ns, Tag, Xml, xml::Node},
    },
};

/// The frames that are open, and the slides so far.
#[derive(Debug, Default)]
pub struct Frames {
    open: Vec<Frame>,
    slides: usize,
    notes: bool,
}

#[derive(Debug, Default)]
struct Frame {
    source: Option<String>,
    about: String,
    title: String,
    /// What its picture shows was read: a formula, a table.
    read: bool,
    /// It holds the title of a slide.
    heads: bool,
}

/// How far a slide is looked through for its title, in events.
const AHEAD: usize = 20_000;

impl Frames {
    /// Whether what is read now is the title of a slide.
    pub fn heads(&self) -> bool {
        !self.notes && self.open.last().is_some_and(|frame| frame.heads)
    }
}

impl Reader<'_> {
    pub(super) fn start_frame(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        match (tag.ns, tag.local) {
            // Numbers and dates that stand on every page of notes.
            (Ns::Draw, "frame")
                if tag.get_as("presentation:class").is_some_and(|class| {
                    matches!(class.as_ref(), "page-number" | "date-time" | "header" | "footer")
                }) =>
            {
                xml.skip();
            }
            (Ns::Draw, "frame") if self.frames.open.len() < bounds::DEPTH => {
                let heads = tag.get_as("presentation:class").is_some_and(|class| class == "title");
                self.frames.open.push(Frame { heads, ..Frame::default() });
            }
            (Ns::Draw, "image") => {
                if let Some(frame) = self.frames.open.last_mut().filter(|frame| frame.source.is_none()) {
                    frame.source = Some(tag.get("href").unwrap_or_default().into_owned());
                }
                // The picture itself, in a flat document.
                xml.skip();
            }
            (Ns::Draw, "object") => self.object(tag, xml),
            (_, "title") if !self.frames.open.is_empty() => {
                let title = build::collapsed(&xml.text());
                self.frames.open.iter_mut().next_back().into_iter().for_each(|frame| frame.title.clone_from(&title));
            }
            (_, "desc") if !self.frames.open.is_empty() => {
                let about = build::collapsed(&xml.text());
                self.frames.open.iter_mut().next_back().into_iter().for_each(|frame| frame.about.clone_from(&about));
            }
            (Ns::Draw, "page") => self.slide(tag, xml),
            (Ns::Other, "notes") => self.start_notes(),
            (Ns::Draw, "page-thumbnail") | (Ns::Other, "footer-decl" | "header-decl" | "date-time-decl") => xml.skip(),
            (Ns::Other, "binary-data") => xml.skip(),
            _ => {}
        }
    }

    /// A table begins. A presentation has a picture of it beside it.
    pub(super) fn frame_table(&mut self) {
        if let Some(frame) = self.frames.open.last_mut() {
            frame.read = true;
        }
    }

    pub(super) fn end_frame(&mut self, local: &str) {
        if local == "page" && std::mem::take(&mut self.frames.notes) {
            self.end();
            self.flow.build.leave();
        }
        if local != "frame" {
            return;
        }
        let Some(frame) = self.frames.open.pop() else { return };
        let about = if frame.about.is_empty() { frame.title } else { frame.about };
        if let Some(source) = frame.source.filter(|_| !frame.read) {
            self.flow.span(SpanKind::Image(source), &about);
            if self.now.paragraph.is_none() && !self.flow.build.in_table() {
                self.flow.end_lists();
                self.flow.build.flush();
            }
        }
    }

    /// A formula is read as it was typed; of other objects there is a picture.
    fn object(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        let formula = match tag.get("href").filter(|href| !href.is_empty()) {
            Some(href) => {
                xml.skip();
                let name = format!("{}/content.xml", href.trim_start_matches("./").trim_end_matches('/'));
                let text = self.package.as_mut().map(|package| package.text_or_empty(&name)).unwrap_or_default();
                formula(&mut Xml::new(&text), usize::MAX)
                    .map(|typed| if typed.is_empty() { html::formula(&text) } else { typed })
            }
            None => {
                let mut inner = xml.ahead();
                let found = formula(&mut inner, AHEAD);
                xml.skip();
                found
            }
        };
        if let Some(formula) = formula.filter(|formula| !formula.is_empty()) {
            if let Some(frame) = self.frames.open.last_mut() {
                frame.read = true;
            }
            self.text(&formula);
        }
    }

    fn slide(&mut self, tag: &Tag<'_>, xml: &Xml<'_>) {
        self.end();
        self.frames.slides += 1;
        self.said.slides = true;
        if titled(xml) {
            return;
        }
        let name = tag.get_as("draw:name").unwrap_or_default();
        let numbered = name.chars().all(|c| c.is_ascii_digit()) || name.starts_with("page");
        let title = if numbered { format!("Slide {}", self.frames.slides) } else { name.into_owned() };
        self.flow.build.heading_of(1, title, Vec::new());
    }

    /// What the speaker has before them.
    fn start_notes(&mut self) {
        self.end();
        if !std::mem::replace(&mut self.frames.notes, true) {
            self.flow.build.enter_quote();
        }
    }
}

/// Whether the slide that just began has a title.
fn titled(xml: &Xml<'_>) -> bool {
    let mut ahead = xml.ahead();
    let mut inside = false;
    for _ in 0..AHEAD {
        match ahead.node() {
            Some(Node::Start(tag)) if tag.ns == Ns::Draw && tag.local == "frame" => {
                inside = tag.get_as("presentation:class").is_some_and(|class| class == "title");
            }
            Some(Node::Text(text)) if inside && !text.trim().is_empty() => return true,
            Some(Node::End(Ns::Draw, "frame")) => inside = false,
            Some(Node::Start(Tag { ns: Ns::Draw, local: "page", .. }) | Node::End(Ns::Draw, "page")) | None => {
                return false;
            }
            _ => {}
        }
    }
    false
}

/// The formula in an object as it was typed; empty when it says nothing of that, `None` when it is none.
fn formula(xml: &mut Xml<'_>, limit: usize) -> Option<String> {
    let mut is_math = false;
    for _ in 0..limit {
        match xml.node()? {
            Node::Start(tag) if tag.local == "math" => is_math = true,
            Node::Start(tag) if tag.local == "annotation" => return Some(build::collapsed(&xml.text())),
            Node::End(_, "math") if is_math => return Some(String::new()),
            Node::End(Ns::Draw, "object") | Node::Start(Tag { ns: Ns::Draw, .. }) => return None,
            _ => {}
        }
    }
    None
}
