//! Finds words in a document of any length: from a place on to the end, then from the beginning up to that place, so that the
//! hit that is shown first is found first. What was found so far is told on the way.

use super::passage::Hits;
use crate::{
    doc::{Anchor, BlockId, Document},
    query::Matcher,
};

/// Bytes of text after which it is told how far the search is. Most documents are shorter.
const TELL: u64 = 8 * 1024 * 1024;

/// A search through one document.
pub struct Find<'a> {
    /// The document.
    pub document: &'a Document,
    /// What is looked for.
    pub matcher: &'a Matcher,
    /// Where the search begins.
    pub from: Anchor,
    /// More hits are not looked for.
    pub limit: usize,
    /// Whether the answer is still wanted.
    pub alive: &'a dyn Fn() -> bool,
    /// Takes what was found so far, and how far the search is, in percent, from time to time.
    pub tell: &'a dyn Fn(Hits, usize),
}

/// What was found, and how far the search is.
#[derive(Default)]
struct Progress {
    /// In the blocks from where the search began, and in those before.
    after: Hits,
    before: Hits,
    done: u64,
    told: u64,
}

impl Find<'_> {
    /// The hits, in the order of the text. What is no longer wanted ends with those that there are.
    pub fn hits(&self) -> Hits {
        let body = &self.document.body;
        let mut progress = Progress::default();
        let begin = Some(self.from.block).filter(|id| body.block(*id).is_some()).or_else(|| body.first());
        let after = std::iter::successors(begin, |id| body.next(*id).filter(|next| next > id));
        let whole = after.into_iter().all(|id| self.look(id, false, &mut progress));
        let before = std::iter::successors(body.first(), |id| body.next(*id).filter(|next| next > id));
        let complete = whole
            && before
                .take_while(|id| begin.is_some_and(|begin| *id < begin))
                .all(|id| self.look(id, true, &mut progress));
        Hits { complete, ..progress.hits() }
    }

    /// Looks through one block; whether to go on.
    fn look(&self, id: BlockId, before: bool, progress: &mut Progress) -> bool {
        if !(self.alive)() {
            return false;
        }
        let Some(block) = self.document.body.block(id) else { return true };
        let hits = self.matcher.hits(&block.text, &block.passages());
        // Asked for now, while the block is at hand, and once for all its hits.
        let position = if hits.is_empty() { 0 } else { self.document.body.position(id) };
        for hit in hits {
            if progress.after.anchors.len() + progress.before.anchors.len() == self.limit {
                return false;
            }
            let part = if before { &mut progress.before } else { &mut progress.after };
            part.anchors.push((Anchor { block: id, byte: hit.range.start }, hit.range.len()));
            part.positions.push(position + hit.range.start as u64);
        }
        progress.done += block.text.len() as u64 + 1;
        if progress.done >= progress.told + TELL {
            progress.told = progress.done;
            let percent = progress.done.saturating_mul(100) / self.document.body.len().max(1);
            (self.tell)(progress.hits(), usize::try_from(percent.min(99)).unwrap_or(99));
        }
        true
    }
}

impl Progress {
    /// What was found so far, in the order of the text.
    fn hits(&self) -> Hits {
        let anchors = self.before.anchors.iter().chain(&self.after.anchors).copied().collect();
        let positions = self.before.positions.iter().chain(&self.after.positions).copied().collect();
        Hits { anchors, positions, complete: false }
    }
}
