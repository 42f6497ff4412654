//! Running text, the styles of its parts, and its links.

use super::{styles::Family, text::Reader};
use crate::{
    doc::SpanKind,
    formats::office::{Tag, number},
};

impl Reader<'_> {
    /// Text of the source, in which white space collapses.
    pub(super) fn flowing(&mut self, text: &str) {
        if self.now.paragraph.is_none() || text.is_empty() {
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut spaced = self.flow.build.prose.text.is_empty() || self.flow.build.prose.text.ends_with([' ', '\n']);
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
        let Some(paragraph) = &self.now.paragraph else { return };
        if text.is_empty() || self.flow.tables.is_skipped() {
            return;
        }
        let below = self.styles.run(Family::Paragraph, paragraph.style());
        let mut run = self.now.run().over(&below);
        if run.hidden == Some(true) {
            return;
        }
        if self.styles.is_mono() {
            run.mono = None;
        }
        let raised = run.raised.unwrap_or(false).then(|| number::raised(text)).flatten();
        let text = raised.as_deref().unwrap_or(text);
        if let Some(paragraph) = &mut self.now.paragraph {
            paragraph.counted.count(text, &run);
        }
        self.flow.push(&run.marks(self.now.link()), text);
    }

    pub(super) fn start_span(&mut self, tag: &Tag<'_>) {
        let run = self.styles.run(Family::Text, tag.get("style-name").as_deref());
        let run = run.over(&self.now.run());
        self.now.runs.push(run);
    }

    /// A link begins; it leads nowhere when it has no target.
    pub(super) fn start_anchor(&mut self, tag: &Tag<'_>) {
        let target = tag.get("href").unwrap_or_default();
        self.anchor(fragment(&target));
    }

    /// A reference to a place in the document begins.
    pub(super) fn start_reference(&mut self, tag: &Tag<'_>) {
        self.anchor(format!("#{}", tag.get("ref-name").unwrap_or_default()));
    }

    fn anchor(&mut self, target: String) {
        let kind = (!target.is_empty()).then(|| self.flow.build.link(target));
        self.now.anchors.push(kind.and_then(|kind| if let SpanKind::Link(link) = kind { Some(link) } else { None }));
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
