//! Fields: what Word computes. The instruction of one is not text, its last result is; a `HYPERLINK` is a link.

use super::text::Reader;
use crate::{
    doc::SpanKind,
    formats::{
        bounds,
        build::Builder,
        office::{Ns, Tag, Xml, field::target, xml::Node},
    },
};

/// The fields that are open, innermost last.
#[derive(Debug, Default)]
pub struct Fields {
    open: Vec<Field>,
    /// Fields deeper than are looked at.
    deeper: usize,
    suspended: bool,
}

#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether its result is being read.
    result: bool,
    link: Option<usize>,
}

impl Fields {
    /// A field begins. Of a check box: whether it is checked.
    pub fn begin(&mut self, xml: &mut Xml<'_>) -> Option<bool> {
        if self.open.len() < bounds::DEPTH {
            self.open.push(Field::default());
        } else {
            self.deeper += 1;
        }
        let (mut found, mut checked) = (false, None);
        let mut default = false;
        loop {
            match xml.node() {
                Some(Node::Start(tag)) => match tag.local {
                    "checkBox" => found = true,
                    "default" if found => default = tag.on(),
                    "checked" if found => checked = Some(tag.on()),
                    _ => {}
                },
                Some(Node::End(Ns::W, "fldChar")) | None => break,
                _ => {}
            }
        }
        found.then(|| checked.unwrap_or(default))
    }

    /// A part of the instruction.
    pub fn instruct(&mut self, said: &str) {
        if let Some(field) = self.open.last_mut().filter(|f| !f.result && f.instruction.len() < bounds::LINE) {
            field.instruction.push_str(said);
        }
    }

    /// The result begins.
    pub fn separate(&mut self, build: &mut Builder) {
        if self.deeper > 0 {
            return;
        }
        if let Some(field) = self.open.last_mut() {
            field.result = true;
            field.link = target(&field.instruction).and_then(|target| index(build.link(target)));
        }
    }

    /// The field ends.
    pub fn end(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.open.pop();
        }
    }

    /// The link of a field that is one element.
    pub fn simple(&mut self, instruction: &str, build: &mut Builder) -> Option<usize> {
        target(instruction).and_then(|target| index(build.link(target)))
    }

    /// Whether text is a result, or stands in no field.
    pub fn is_shown(&self) -> bool {
        self.suspended || self.open.iter().all(|field| field.result)
    }

    /// What comes now is shown all the same.
    pub fn suspend(&mut self) {
        self.suspended = true;
    }

    /// No longer so.
    pub fn resume(&mut self) {
        self.suspended = false;
    }

    /// The link whose text is being read.
    pub fn link(&self) -> Option<usize> {
        self.open.iter().rev().find_map(|field| field.link)
    }
}

impl Reader<'_> {
    /// A sign that a field begins, or a part of it.
    pub(super) fn field(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        match tag.get("fldCharType").as_deref() {
            Some("begin") => {
                if let Some(checked) = self.fields.begin(xml) {
                    self.fields.suspend();
                    self.text(if checked { "☒" } else { "☐" });
                    self.fields.resume();
                }
            }
            Some("separate") => self.fields.separate(&mut self.flow.build),
            Some("end") => self.fields.end(),
            _ => {}
        }
    }

    /// A field that is one element begins.
    pub(super) fn start_field(&mut self, tag: &Tag<'_>) {
        let said = tag.get("instr").unwrap_or_default();
        let link = self.fields.simple(&said, &mut self.flow.build);
        let around = self.now.anchors.link();
        self.now.anchors.begin(link.or(around));
    }
}

fn index(kind: SpanKind) -> Option<usize> {
    if let SpanKind::Link(link) = kind { Some(link) } else { None }
}
