//! stub
mod dates;
use crate::doc::{Block, Date, Kind};
pub use dates::date;
use std::sync::Arc;
/// How many blocks from the first a guess looks at.
pub const BLOCKS: usize = 30;
/// What the beginning of a text shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guess {
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When.
    pub date: Option<Date>,
}
/// Guesses from the first blocks.
pub fn guess(blocks: &[Arc<Block>]) -> Guess {
    let heading = blocks.iter().find(|b| matches!(b.kind, Kind::Heading { .. }));
    let title = heading.or_else(|| blocks.iter().find(|b| !b.text.trim().is_empty())).map(|b| clean(&b.text));
    Guess { title, ..Guess::default() }
}
/// One line.
pub fn clean(text: &str) -> String {
    crate::text::head(&text.split_whitespace().collect::<Vec<_>>().join(" "), 200).to_owned()
}
