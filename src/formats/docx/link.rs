//! Links and the places that they lead to.

use super::text::Reader;
use crate::{doc::SpanKind, formats::office::Tag};

/// Links by elements that are open, innermost last; also those that lead nowhere.
#[derive(Debug, Default)]
pub struct Anchors {
    open: Vec<Option<usize>>,
}

impl Anchors {
    /// An element begins whose text is this link.
    pub fn begin(&mut self, link: Option<usize>) {
        self.open.push(link);
    }

    /// The innermost ends.
    pub fn end(&mut self) {
        self.open.pop();
    }

    /// The link whose text is being read.
    pub fn link(&self) -> Option<usize> {
        self.open.last().copied().flatten()
    }
}

impl Reader<'_> {
    pub(super) fn start_anchor(&mut self, tag: &Tag<'_>) {
        let target = tag.get_as("r:id").and_then(|id| self.part.target(&id));
        let target = match (target, tag.get_as("w:anchor")) {
            (Some(target), Some(anchor)) => Some(format!("{target}#{anchor}")),
            (Some(target), None) => Some(target.to_owned()),
            (None, Some(anchor)) => Some(format!("#{anchor}")),
            (None, None) => None,
        };
        let kind = target.map(|target| self.flow.build.link(target));
        self.now.anchors.begin(kind.and_then(|kind| if let SpanKind::Link(link) = kind { Some(link) } else { None }));
    }

    pub(super) fn bookmark(&mut self, tag: &Tag<'_>) {
        let name = tag.get("name").unwrap_or_default();
        if !name.is_empty() && name != "_GoBack" {
            self.flow.build.name_next(name.into_owned());
        }
    }
}
