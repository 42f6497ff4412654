//! Blocks that are made: those of the text, and the footnotes, which come last wherever they are defined.

use std::collections::{HashMap, HashSet};

use super::cut;
use crate::doc::{Anchor, Block, BlockId};

/// What was made so far.
#[derive(Debug, Default)]
pub struct Output {
    /// The text.
    pub main: Part,
    /// The footnotes.
    pub notes: Part,
    /// Footnotes that are open: what comes now belongs to the innermost.
    pub noted: usize,
    /// The labels that were given to footnotes.
    labels: HashSet<String>,
    /// Bytes of text in all blocks.
    pub bytes: usize,
}

/// Blocks in order, and the names of places among them.
#[derive(Debug, Default)]
pub struct Part {
    /// The blocks.
    pub blocks: Vec<Block>,
    names: Vec<(String, usize)>,
}

impl Output {
    /// Where blocks now go.
    pub fn part(&mut self) -> &mut Part {
        if self.noted > 0 { &mut self.notes } else { &mut self.main }
    }

    /// Appends a block, to which `#name` leads for each of the names.
    pub fn push(&mut self, block: Block, names: Vec<String>) {
        self.bytes += block.text.len();
        let part = self.part();
        let at = part.blocks.len();
        part.names.extend(names.into_iter().map(|name| (format!("#{name}"), at)));
        cut::push(&mut part.blocks, block);
    }

    /// A footnote begins.
    pub fn enter_note(&mut self, label: &str) {
        self.noted += 1;
        self.notes.names.push((format!("fn:{label}"), self.notes.blocks.len()));
    }

    /// The label of a footnote that its page calls `written`. Chapters count their notes from 1 again, and all of a book's
    /// stand together at its end: there a number goes on from the highest.
    pub fn label(&mut self, written: &str) -> String {
        let mut label = written.to_owned();
        if self.labels.contains(&label) {
            let named = |number: usize| match written.parse::<usize>() {
                Ok(_) => number.to_string(),
                Err(_) => format!("{written}{number}"),
            };
            label = (self.labels.len() + 1..).map(named).find(|label| !self.labels.contains(label)).unwrap_or(label);
        }
        self.labels.insert(label.clone());
        label
    }

    /// All blocks, and where their names lead.
    pub fn finish(mut self) -> (Vec<Block>, HashMap<String, Anchor>) {
        let first_note = self.main.blocks.len();
        let notes = self.notes.names.into_iter().map(|(name, at)| (name, at + first_note));
        let mut targets = HashMap::new();
        for (name, at) in self.main.names.into_iter().chain(notes) {
            targets.entry(name).or_insert(Anchor { block: BlockId(at as u64), byte: 0 });
        }
        self.main.blocks.append(&mut self.notes.blocks);
        (self.main.blocks, targets)
    }
}
