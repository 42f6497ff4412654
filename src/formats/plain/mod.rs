//! Plain text of any size and encoding: read in windows, split into paragraphs, headings, lists, quotations and what is kept
//! as it stands. It is the format of last resort: whatever is text and nothing else is read here.

mod chunk;
mod code;
mod cut;
mod fill;
mod heading;
mod inline;
mod line;
mod list;
mod pages;
mod piped;
mod profile;
mod prose;
mod split;
mod terminal;
mod window;

use std::{collections::HashMap, sync::Arc};

use anyhow::Result;

use super::{Confidence, Contents, Format, Source, title};
use crate::{
    doc::{Anchor, Block, BlockId, Body, Document, Kind, Meta, OutlineItem},
    text::{self, decode},
};
use chunk::Edges;
use cut::Edge;
use profile::Profile;
use window::Windowed;

/// Plain text.
pub const FORMAT: Format = Format {
    name: "text",
    extensions: &["txt", "text", "log", "nfo", "asc", "me", "diz"],
    about: "Plain text in any encoding: articles, books, mail, RFCs, logs, what a program wrote for a terminal",
    detect,
    contents: Contents::One(open),
    image: None,
};

/// A text longer than this, in bytes, has no contents: they would have to be read first.
const OUTLINED: u64 = 1024 * 1024;

/// How many blocks are looked at for the title.
const TITLE: usize = 40;

fn detect(head: &[u8], source: &Source) -> Confidence {
    let detected = decode::detect(head, head.len() as u64 == source.size());
    if head.contains(&0) && !detected.is_utf16() {
        Confidence::No
    } else if FORMAT.extensions.contains(&source.extension().as_str()) {
        Confidence::Name
    } else {
        Confidence::Fallback
    }
}

fn open(source: &Source) -> Result<Document> {
    let body = Windowed::new(source.clone())?;
    let first: Vec<Arc<Block>> = walk(&body).take(TITLE).map(|(_, block)| block).collect();
    let outline = if body.len() <= OUTLINED && !body.growing() { outline(&body) } else { Vec::new() };
    Ok(document(body, meta(&first), outline))
}

/// A text that is known to be a program (`code`).
pub fn program(source: &Source, language: Option<String>, meta: Meta) -> Result<Document> {
    Ok(document(Windowed::program(source.clone(), language)?, meta, Vec::new()))
}

fn document(body: Windowed, meta: Meta, outline: Vec<OutlineItem>) -> Document {
    let encoding = body.encoding();
    let warnings =
        if encoding == encoding_rs::UTF_8 { Vec::new() } else { vec![format!("read as {}", encoding.name())] };
    let (links, targets) = (Vec::new(), HashMap::new());
    Document { meta, outline, links, targets, warnings, excerpt: false, body: Arc::new(body) }
}

/// The blocks of a text that stands within a document of another format: what somebody wrote in a mail (`mail`) or a feed.
pub fn blocks(text: &str, mail: bool) -> Vec<Block> {
    let sample = text::head(text, text.floor_char_boundary(decode::SAMPLE.min(text.len())));
    let mut profile = Profile::measure(&[sample.to_owned()], "", false);
    profile.mail |= mail;
    let (mut out, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let (part, after) = rest.split_at(part(rest));
        let edges = Edges { before: Edge::Blank, after: Edge::Blank, earlier: if out.is_empty() { "" } else { "\n" } };
        out.extend(chunk::blocks(part, &profile, &edges).into_iter().map(|piece| piece.block));
        rest = after;
    }
    out
}

/// What a terminal shows of what a program printed, without its styles.
pub fn printed(text: &str) -> String {
    terminal::printed(text)
}

/// How much of a long text is split at once: up to a blank line, else to the end of a line.
fn part(text: &str) -> usize {
    if text.len() <= decode::SAMPLE {
        return text.len();
    }
    let head = text::head(text, text.floor_char_boundary(decode::SAMPLE));
    head.rfind("\n\n").or_else(|| head.rfind('\n')).map_or(head.len(), |at| at + 1)
}

fn meta(blocks: &[Arc<Block>]) -> Meta {
    let title::Guess { title, author, date } = title::guess(blocks);
    Meta { title, author, date, ..Meta::default() }
}

fn outline(body: &Windowed) -> Vec<OutlineItem> {
    let headings = walk(body).filter_map(|(id, block)| match block.kind {
        Kind::Heading { level } => {
            Some(OutlineItem { level, title: block.text.clone(), anchor: Anchor { block: id, byte: 0 } })
        }
        _ => None,
    });
    headings.collect()
}

fn walk(body: &Windowed) -> impl Iterator<Item = (BlockId, Arc<Block>)> + '_ {
    let ids = std::iter::successors(body.first(), |id| body.next(*id));
    ids.map_while(|id| Some((id, body.block(id)?)))
}
