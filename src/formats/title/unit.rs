//! The lines that a title is looked for in: every line of the first blocks, with what its surroundings say of it.

use std::sync::Arc;

use crate::{
    doc::{Block, Kind, SpanKind},
    text,
};

/// A line.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its text, spaces at its start left out, badges too.
    pub text: String,
    /// Columns that it is indented by.
    pub indent: usize,
    /// Which block it is of.
    pub block: usize,
    /// What it is for a title.
    pub role: Role,
    /// It follows the line before it without a blank line between.
    pub glued: bool,
    /// Whether the next line follows it so.
    pub glues: bool,
}

/// What a line is for a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading of this level.
    Heading(u8),
    /// Prose, or a line of text whose lines are kept.
    Text,
    /// An item of a list, a quotation, an image's name: a title only when there is nothing else.
    Aside,
}

/// The longest line that is looked at, in bytes: more says nothing about a title.
const MAX_LINE: usize = 2000;
/// The most lines of one block.
const MAX_LINES: usize = 40;

/// The lines of `blocks` that hold text. Code, tables and rules hold no title.
pub fn units(blocks: &[Arc<Block>]) -> Vec<Unit> {
    read(blocks, false)
}

/// The lines of `blocks`, with those of code as if they were text: what is centred or indented may have been taken for it.
pub fn with_code(blocks: &[Arc<Block>]) -> Vec<Unit> {
    read(blocks, true)
}

fn read(blocks: &[Arc<Block>], code: bool) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let role = match block.kind {
            Kind::Heading { level } => Role::Heading(level),
            Kind::Paragraph | Kind::Preformatted if block.nest.is_empty() => Role::Text,
            Kind::Paragraph | Kind::Preformatted | Kind::Item { .. } => Role::Aside,
            Kind::Code { .. } if code => Role::Text,
            Kind::Code { .. } | Kind::Table(_) | Kind::Rule | Kind::Image { .. } | Kind::Footnote { .. } => continue,
        };
        let whole = without_images(block);
        // A heading that is a picture is still the heading: its alternative text is what the author wrote there.
        let pictured = matches!(role, Role::Heading(_)) && whole.trim().is_empty();
        let whole = if pictured { text::head(&block.text, MAX_LINE).to_owned() } else { whole };
        let mut glued = false;
        let heading = matches!(role, Role::Heading(_));
        let whole = if heading { whole.replace('\n', " ") } else { whole };
        let lines: &mut dyn Iterator<Item = &str> =
            if heading { &mut [whole.as_str()].into_iter() } else { &mut whole.lines() };
        for line in lines.take(MAX_LINES) {
            let bare = line.trim_start();
            if bare.trim().is_empty() {
                glued = false;
                continue;
            }
            if let Some(before) = units.last_mut().filter(|_| glued) {
                before.glues = true;
            }
            units.push(Unit {
                text: bare.trim_end().to_owned(),
                indent: text::width::width(text::head(line, line.len() - bare.len())),
                block: at,
                role,
                glued,
                glues: false,
            });
            glued = true;
        }
    }
    units
}

/// The text of a block less the images at its ends, which in the first lines of a README are badges. One between words
/// is part of what they say.
fn without_images(block: &Block) -> String {
    let text = text::head(&block.text, MAX_LINE);
    let (mut start, mut end) = (0, text.len());
    let images = || block.spans.iter().filter(|s| matches!(s.kind, SpanKind::Image(_)));
    let bare = |range| !text::slice(text, range).contains(char::is_alphanumeric);
    for image in images() {
        if image.range.start >= start && bare(start..image.range.start) {
            start = image.range.end;
        }
    }
    for image in images().collect::<Vec<_>>().into_iter().rev() {
        if image.range.end <= end && bare(image.range.end..end) {
            end = image.range.start;
        }
    }
    if start >= end || bare(start..end) && start > 0 { String::new() } else { text::slice(text, start..end).to_owned() }
}
