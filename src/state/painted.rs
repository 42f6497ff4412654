//! What the words of program text are, for the document that is open. The page is shown without it first: the blocks in
//! view whose words are not known are asked for once they are seen, and what comes stays, within bounds.

use std::{collections::HashMap, sync::Arc};

use super::{Effect, Job, State, Ticket};
use crate::{
    doc::{Block, BlockId},
    syntax::Tokens,
};

/// The words that are known.
#[derive(Debug, Default)]
pub struct Painted {
    known: HashMap<BlockId, Words>,
    /// Program text in view whose words are not known, as `app` has seen it on the page.
    pub unknown: Vec<(BlockId, Arc<Block>)>,
    /// The newest request, and the blocks that it is about.
    asked: Option<(Ticket, Vec<BlockId>)>,
}

/// The words of a block of so many bytes: one of another length has changed.
#[derive(Debug)]
struct Words {
    bytes: usize,
    tokens: Tokens,
}

/// Words that are kept: with more of them, only those of the newest block are.
const KEPT: usize = 200_000;

impl Painted {
    /// The words of a block, if they are known.
    pub fn of(&self, id: BlockId, block: &Block) -> Option<&Tokens> {
        self.known.get(&id).filter(|words| words.bytes == block.text.len()).map(|words| &words.tokens)
    }

    /// What has come, unless it is of a text that is no longer open.
    pub(super) fn came(&mut self, ticket: Ticket, id: BlockId, bytes: usize, tokens: Tokens) {
        if self.asked.as_ref().is_none_or(|(asked, _)| *asked != ticket) {
            return;
        }
        if self.known.values().map(|words| words.tokens.len()).sum::<usize>() > KEPT {
            self.known.clear();
        }
        self.known.insert(id, Words { bytes, tokens });
    }
}

impl State {
    /// Asks for the words of the program text in view. It is called once the page is laid out.
    pub fn paint(&mut self) -> Option<Effect> {
        let painted = &self.reader.opened.as_ref()?.painted;
        let is_asked = |id: &BlockId| painted.asked.as_ref().is_some_and(|(_, ids)| ids.contains(id));
        if painted.unknown.iter().all(|(id, _)| is_asked(id)) {
            return None;
        }
        let ticket = self.next_ticket();
        let painted = &mut self.reader.opened.as_mut()?.painted;
        let blocks = std::mem::take(&mut painted.unknown);
        painted.asked = Some((ticket, blocks.iter().map(|(id, _)| *id).collect()));
        Some(Effect::Job(Job::Paint { ticket, blocks }))
    }
}
