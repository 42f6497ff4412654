//! A document as bytes, so that one that took long to parse need not be parsed again. Only for a cache: another version of
//! recto may read them otherwise.

use std::{collections::HashMap, sync::Arc};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::{Anchor, Block, Document, Held, Link, Meta, OutlineItem};

/// What is written.
#[derive(Serialize, Deserialize)]
struct Packed {
    meta: Meta,
    outline: Vec<OutlineItem>,
    links: Vec<Link>,
    targets: HashMap<String, Anchor>,
    warnings: Vec<String>,
    excerpt: bool,
    blocks: Vec<Block>,
}

/// The bytes of a document; `None` for one whose blocks are read as they are asked for, which is opened at no cost.
pub fn pack(document: &Document) -> Result<Option<Vec<u8>>> {
    if !document.body.is_held() {
        return Ok(None);
    }
    let packed = Packed {
        meta: document.meta.clone(),
        outline: document.outline.clone(),
        links: document.links.clone(),
        targets: document.targets.clone(),
        warnings: document.warnings.clone(),
        excerpt: document.excerpt,
        blocks: document.blocks().map(|(_, block)| Arc::unwrap_or_clone(block)).collect(),
    };
    Ok(Some(postcard::to_stdvec(&packed)?))
}

/// The document of these bytes.
pub fn unpack(bytes: &[u8]) -> Result<Document> {
    let Packed { meta, outline, links, targets, warnings, excerpt, blocks } = postcard::from_bytes(bytes)?;
    Ok(Document { meta, outline, links, targets, warnings, excerpt, body: Arc::new(Held::new(blocks)) })
}
