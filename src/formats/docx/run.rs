//! Runs: their properties as WordprocessingML writes them, and their text.

use super::text::Reader;
use crate::formats::office::{Ns, Run, Tag, Xml, number, run::is_mono, symbol, xml::Node};

impl Reader<'_> {
    pub(super) fn start_run(&mut self, xml: &mut Xml<'_>) {
        while let Some(node) = xml.node() {
            match node {
                Node::Start(tag) if tag.local == "rPrChange" => xml.skip(),
                Node::Start(tag) => take(&mut self.now.run, &tag),
                Node::End(Ns::W, "rPr") => break,
                _ => {}
            }
        }
    }

    pub(super) fn break_line(&mut self) {
        if self.is_shown() {
            self.now.paragraph.begun();
            self.flow.build.prose.hard_break();
        }
    }

    /// Whether what comes now is seen: it is no instruction of a field, and not hidden.
    pub(super) fn is_shown(&self) -> bool {
        self.fields.is_shown() && !self.effective().hidden.unwrap_or(false) && !self.flow.tables.is_skipped()
    }

    /// What the run is, by all that is said about it.
    fn effective(&self) -> Run {
        let mut run = self.now.run.clone();
        if let Some(style) = self.now.run.style.as_deref() {
            run = run.over(&self.styles.run(Some(style), false));
        }
        let below = self.styles.run(self.now.paragraph.style.as_deref(), true);
        run.over(&below)
    }

    /// Text that is seen.
    pub(super) fn text(&mut self, text: &str) {
        if text.is_empty() || !self.is_shown() {
            return;
        }
        let mut run = self.effective();
        let raised = run.raised.unwrap_or(false).then(|| number::raised(text)).flatten();
        let symbols = run.font.as_deref().is_some_and(|font| symbol::symbol(font, 0x61).is_some());
        let text = match (&raised, &run.font) {
            (Some(raised), _) => raised.clone(),
            (None, Some(font)) if symbols => {
                text.chars().map(|c| symbol::symbol(font, u32::from(c)).unwrap_or(c)).collect()
            }
            _ => text.replace('\n', " "),
        };
        // Where everything is, nothing is marked by it.
        if self.styles.defaults.mono == Some(true) {
            run.mono = None;
        }
        self.now.paragraph.count(&text, &run);
        let link = self.fields.link().or(self.now.anchors.link());
        self.flow.push(&run.marks(link), &text);
    }
}

/// Takes what a property says.
pub fn take(run: &mut Run, tag: &Tag<'_>) {
    if tag.ns != Ns::W {
        return;
    }
    match tag.local {
        "b" => run.bold = Some(tag.on()),
        "i" => run.italic = Some(tag.on()),
        "strike" | "dstrike" => run.strike = Some(tag.on()),
        "u" => run.underline = Some(tag.on()),
        "vanish" => run.hidden = Some(tag.on()),
        "vertAlign" => run.raised = Some(tag.get("val").is_some_and(|v| v == "superscript")),
        "rStyle" => run.style = tag.get("val").map(|v| v.into_owned()),
        "rFonts" => {
            if let Some(font) = tag.get("ascii").or_else(|| tag.get("hAnsi")) {
                run.mono = Some(is_mono(&font));
                run.font = Some(font.into_owned());
            }
        }
        _ => {}
    }
}
