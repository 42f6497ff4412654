//! The neutral document: what every format becomes and all that the layers above ever see of it.
//!
//! A document is a sequence of [`Block`]s reached by opaque ids, so that one of 1 GB costs no more than one of 1 KB: a
//! parsed format holds its blocks ([`Held`]), a large plain text reads them as they are asked for. All the text of a
//! block is in one string; spans, table cells, hits and places are byte ranges of it. A place in a document is an
//! [`Anchor`], never a row number.

mod block;
mod body;
mod date;
pub mod identity;
mod packed;
mod token;

use std::{collections::HashMap, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

pub use block::{Align, Block, Color, Kind, Nest, Span, SpanKind, Table, TableShape};
pub use body::{Body, Held};
pub use date::Date;
pub use identity::{Identity, Sketch};
pub use packed::{pack, unpack};
pub use token::Token;

/// A document of the library, as the catalogue numbers them. Never used again for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocId(pub u32);

/// A block of one document; only that document's body knows what it means. Ids grow towards the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BlockId(pub u64);

/// A place in a document: a byte of a block's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    /// The block.
    pub block: BlockId,
    /// The byte in its text.
    pub byte: usize,
}

/// What a document says about itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// From metadata, a heading or the beginning of the text; `None` when there is no text.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was written.
    pub date: Option<Date>,
    /// BCP 47 language tag, where the document names one.
    pub language: Option<String>,
    /// Tags that the document itself carries.
    pub tags: Vec<String>,
    /// What other documents call it, wherever they are: of a message its Message-ID.
    pub id: Option<String>,
    /// What it answers, and what that answers in turn, by such ids; the nearest last.
    pub answers: Vec<String>,
}

/// A heading's place in the contents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutlineItem {
    /// 1 to 6.
    pub level: u8,
    /// Its text.
    pub title: String,
    /// Where it stands.
    pub anchor: Anchor,
}

/// Where a link leads, as the document writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// URL, path or `#fragment`.
    pub target: String,
}

/// An opened document.
#[derive(Clone)]
pub struct Document {
    /// What it says about itself.
    pub meta: Meta,
    /// Its headings in order; empty for a text read in windows.
    pub outline: Vec<OutlineItem>,
    /// Its links; [`SpanKind::Link`] counts into them.
    pub links: Vec<Link>,
    /// Places that a `#fragment` or a footnote reference names.
    pub targets: HashMap<String, Anchor>,
    /// What was wrong with it and how it was read all the same.
    pub warnings: Vec<String>,
    /// Whether it is the main part of a page, of which the whole can be had.
    pub excerpt: bool,
    /// Its blocks.
    pub body: Arc<dyn Body>,
}

impl Document {
    /// A document that holds its blocks.
    pub fn held(meta: Meta, blocks: Vec<Block>) -> Document {
        Document {
            meta,
            outline: outline(&blocks),
            links: Vec::new(),
            targets: HashMap::new(),
            warnings: Vec::new(),
            excerpt: false,
            body: Arc::new(Held::new(blocks)),
        }
    }

    /// The blocks from the first to the last, with their ids.
    pub fn blocks(&self) -> impl Iterator<Item = (BlockId, Arc<Block>)> + '_ {
        let mut at = self.body.first();
        std::iter::from_fn(move || {
            let id = at?;
            let block = self.body.block(id)?;
            at = self.body.next(id);
            Some((id, block))
        })
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("meta", &self.meta).field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}

/// The headings among `blocks`, which stand in a [`Held`] body in this order.
fn outline(blocks: &[Block]) -> Vec<OutlineItem> {
    let headings = blocks.iter().zip(0..).filter_map(|(block, id)| match block.kind {
        Kind::Heading { level } if !block.text.trim().is_empty() => Some(OutlineItem {
            level,
            title: block.text.split_whitespace().collect::<Vec<_>>().join(" "),
            anchor: Anchor { block: BlockId(id), byte: 0 },
        }),
        _ => None,
    });
    headings.collect()
}
