//! What a text without metadata says about itself, told from its first blocks.

use std::sync::Arc;

use crate::doc::{Block, Date, Kind};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guess {
    /// The title; `None` when there is no text.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was written.
    pub date: Option<Date>,
}

/// The first heading, else the first words.
pub fn guess(blocks: &[Arc<Block>]) -> Guess {
    let heading = blocks.iter().find(|b| matches!(b.kind, Kind::Heading { .. }));
    let first = heading.or_else(|| blocks.iter().find(|b| !b.text.trim().is_empty()));
    let words = |b: &Arc<Block>| b.text.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
    Guess { title: first.map(words), ..Guess::default() }
}
