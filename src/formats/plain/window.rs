//! The body of a plain text: chunks of about 64 KiB that are read and parsed as they are asked for. A text of 1 GB costs no
//! more than one of 1 KB, and nothing is mapped: a file that shrank is an answer of `None`.
//!
//! Invariant: the chunks, in order, hold every byte once; the blocks met forwards are those met backwards.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{
    chunk::{self, Piece},
    code::Nature,
    cut::{Cutter, Edge, STEP},
    profile::Profile,
    terminal,
};
use crate::{
    doc::{Block, BlockId, Body},
    formats::Source,
    text::{self, decode},
};

/// Parsed chunks that are kept, the last used first.
const KEPT: usize = 8;

/// How far before a chunk its last line is looked at.
const BEFORE: u64 = 512;

/// A text read in windows.
pub struct Windowed {
    source: Source,
    /// What the text is, where that is known and not measured.
    nature: Option<Nature>,
    state: Mutex<State>,
}

struct State {
    reading: Arc<Reading>,
    chunks: Vec<Arc<Chunk>>,
}

/// How the bytes of this document are read, measured on a part of it.
struct Reading {
    cutter: Cutter,
    profile: Profile,
    /// Whether the beginning holds styles of a terminal.
    styled: bool,
    /// Bytes there were when it was measured.
    measured: u64,
}

struct Chunk {
    number: u64,
    /// Bytes there were in the whole text when it was read.
    size: u64,
    /// The bytes it holds.
    start: u64,
    end: u64,
    blocks: Vec<Arc<Block>>,
    /// Where each block starts; they grow.
    positions: Vec<u64>,
}

impl Windowed {
    /// Measures the text; its blocks are read later.
    pub fn new(source: Source) -> anyhow::Result<Windowed> {
        Windowed::of(source, None)
    }

    /// A text that is a program, whatever it looks like.
    pub fn program(source: Source, language: Option<String>) -> anyhow::Result<Windowed> {
        Windowed::of(source, Some(Nature::Code(language)))
    }

    fn of(source: Source, nature: Option<Nature>) -> anyhow::Result<Windowed> {
        let reading = Arc::new(Reading::measure(&source, nature.as_ref())?);
        Ok(Windowed { source, nature, state: Mutex::new(State { reading, chunks: Vec::new() }) })
    }

    /// The encoding that the text is read in.
    pub fn encoding(&self) -> &'static encoding_rs::Encoding {
        self.lock().reading.cutter.detected.encoding
    }

    fn chunk(&self, number: u64) -> Option<Arc<Chunk>> {
        let size = self.source.size();
        if number.checked_mul(STEP)? >= size {
            return None;
        }
        let reading = self.reading(size)?;
        let found = self.lock().chunks.iter().find(|c| c.number == number && c.holds_for(size)).cloned();
        let chunk = match found {
            Some(chunk) => chunk,
            // Without the lock: a search through the text does not keep the screen waiting for what it has.
            None => Arc::new(reading.read(&self.source, number, size)?),
        };
        let mut state = self.lock();
        // The text may have been measured anew meanwhile.
        if Arc::ptr_eq(&state.reading, &reading) {
            state.chunks.retain(|c| c.number != number);
            state.chunks.truncate(KEPT - 1);
            state.chunks.insert(0, Arc::clone(&chunk));
        }
        Some(chunk)
    }

    /// How the text is read now that it has `size` bytes: a short one that has grown is measured anew.
    fn reading(&self, size: u64) -> Option<Arc<Reading>> {
        let reading = Arc::clone(&self.lock().reading);
        if reading.measured == size || reading.measured >= STEP {
            return Some(reading);
        }
        let measured = Arc::new(Reading::measure(&self.source, self.nature.as_ref()).ok()?);
        let mut state = self.lock();
        if measured.measured != state.reading.measured {
            state.reading = measured;
            state.chunks.clear();
        }
        Some(Arc::clone(&state.reading))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first chunk with blocks from `number` on.
    fn chunk_from(&self, number: u64) -> Option<Arc<Chunk>> {
        (number..).map_while(|n| self.chunk(n)).find(|c| !c.blocks.is_empty())
    }

    /// The last chunk with blocks up to `number`.
    fn chunk_to(&self, number: u64) -> Option<Arc<Chunk>> {
        (0..=number).rev().map_while(|n| self.chunk(n)).find(|c| !c.blocks.is_empty())
    }
}

impl Body for Windowed {
    fn first(&self) -> Option<BlockId> {
        Some(id(self.chunk_from(0)?.number, 0))
    }

    fn last(&self) -> Option<BlockId> {
        let chunk = self.chunk_to(self.source.size().checked_sub(1)? / STEP)?;
        Some(id(chunk.number, chunk.blocks.len() - 1))
    }

    fn next(&self, at: BlockId) -> Option<BlockId> {
        let (number, index) = parts(at);
        let here = self.chunk(number)?;
        if index + 1 < here.blocks.len() {
            return Some(id(number, index + 1));
        }
        Some(id(self.chunk_from(number + 1)?.number, 0))
    }

    fn prev(&self, at: BlockId) -> Option<BlockId> {
        let (number, index) = parts(at);
        match self.chunk(number) {
            Some(here) if index > 0 && !here.blocks.is_empty() => {
                Some(id(number, (index - 1).min(here.blocks.len() - 1)))
            }
            Some(_) => {
                let before = self.chunk_to(number.checked_sub(1)?)?;
                Some(id(before.number, before.blocks.len() - 1))
            }
            None => self.last(),
        }
    }

    fn at(&self, position: u64) -> Option<BlockId> {
        let size = self.source.size();
        let number = position.min(size.checked_sub(1)?) / STEP;
        let chunk = match self.chunk(number) {
            Some(chunk) if position >= chunk.start || number == 0 => chunk,
            _ => self.chunk(number - u64::from(number > 0))?,
        };
        if chunk.blocks.is_empty() {
            let near = self.chunk_to(chunk.number).map(|c| id(c.number, c.blocks.len() - 1));
            return near.or_else(|| self.first());
        }
        Some(id(chunk.number, chunk.positions.partition_point(|p| *p <= position).saturating_sub(1)))
    }

    fn block(&self, at: BlockId) -> Option<Arc<Block>> {
        let (number, index) = parts(at);
        self.chunk(number)?.blocks.get(index).cloned()
    }

    fn position(&self, at: BlockId) -> u64 {
        let (number, index) = parts(at);
        let chunk = self.chunk(number);
        chunk.map(|c| c.positions.get(index).copied().unwrap_or(c.end)).unwrap_or_else(|| self.len())
    }

    fn len(&self) -> u64 {
        self.source.size()
    }

    fn growing(&self) -> bool {
        self.source.growing()
    }
}

/// The number of the chunk above, the index in it below.
fn id(chunk: u64, index: usize) -> BlockId {
    BlockId(chunk << 32 | (index as u64 & 0xFFFF_FFFF))
}

fn parts(id: BlockId) -> (u64, usize) {
    (id.0 >> 32, usize::try_from(id.0 & 0xFFFF_FFFF).unwrap_or(usize::MAX))
}

impl Chunk {
    /// Whether it is still right when the text has `size` bytes: both its cuts lie before what came or went.
    fn holds_for(&self, size: u64) -> bool {
        let settled = (self.number + 2) * STEP;
        self.size == size || (self.size >= settled && size >= settled)
    }
}

impl Reading {
    fn measure(source: &Source, nature: Option<&Nature>) -> anyhow::Result<Reading> {
        let size = source.size();
        let head = source.read(0, decode::SAMPLE)?;
        let detected = decode::detect(&head, head.len() as u64 == size);
        let beginning = decode::decode(head.get(detected.bom..).unwrap_or_default(), detected.encoding);
        let newline = if beginning.contains('\n') || !beginning.contains('\r') { b'\n' } else { b'\r' };
        let mut cutter = Cutter { detected, newline, furniture: None };
        let styled = nature.is_none() && terminal::is_mostly_styled(&beginning);
        let mut samples = vec![beginning];
        if size > 4 * STEP {
            let window = source.read(size / 2 / STEP * STEP, decode::SAMPLE)?;
            let (cut, _) = cutter.cut(&window);
            samples.push(decode::decode(window.get(cut..).unwrap_or_default(), detected.encoding));
        }
        let mut profile = Profile::measure(&samples, &source.extension(), source.terminal);
        if let Some(nature) = nature {
            profile.nature = nature.clone();
            profile.furniture = None;
        }
        cutter.furniture = profile.furniture.clone();
        Ok(Reading { cutter, profile, styled, measured: size })
    }

    /// Reads and parses one chunk; `None` when the file ends before it.
    fn read(&self, source: &Source, number: u64, size: u64) -> Option<Chunk> {
        let nominal = number * STEP;
        let base = nominal.saturating_sub(BEFORE);
        let bytes = source.read(base, usize::try_from(nominal - base + 2 * STEP).ok()?).ok()?;
        let size = if source.size() == size { size } else { source.size() };
        let lead = usize::try_from(nominal - base).ok()?;
        let step = usize::try_from(STEP).ok()?;
        let window = |from: usize| bytes.get(from..(from + step).min(bytes.len())).unwrap_or_default();
        if window(lead).is_empty() {
            return None;
        }
        let (start, before) = match number {
            0 => (self.cutter.detected.bom.min(bytes.len()), Edge::Blank),
            _ => self.cutter.cut(window(lead)),
        };
        let start = lead + start;
        let (end, after) = match window(lead + step) {
            [] => (bytes.len(), Edge::Blank),
            next => {
                let (cut, edge) = self.cutter.cut(next);
                (lead + step + cut, edge)
            }
        };
        let raw = bytes.get(start..end).unwrap_or_default();
        let decoded = |b: &[u8]| decode::decode(b, self.cutter.detected.encoding);
        let text = decoded(raw);
        let earlier = decoded(bytes.get(start.saturating_sub(512)..start).unwrap_or_default());
        let pieces = if self.styled || (source.terminal && terminal::is_styled(&text)) {
            terminal::blocks(&text, before, after)
        } else {
            chunk::blocks(&text, &self.profile, &chunk::Edges { before, after, earlier: &earlier })
        };
        let pieces = shorter(pieces);
        let (start, end) = (base + start as u64, base + end as u64);
        let mut positions = positions(&pieces, text.len(), start, end);
        let mut blocks: Vec<Arc<Block>> = pieces.into_iter().map(|p| Arc::new(p.block)).collect();
        if blocks.is_empty() && number > 0 && start < end {
            // Blank lines only: one empty block, so that looking for the next never reads far.
            blocks.push(Arc::default());
            positions.push(start);
        }
        Some(Chunk { number, size, start, end, blocks, positions })
    }
}

/// Where the blocks start in the file: by their share of the decoded text, moved so that they grow.
fn positions(pieces: &[Piece], decoded: usize, start: u64, end: u64) -> Vec<u64> {
    let (raw, decoded) = (u128::from(end - start), decoded.max(1) as u128);
    let mut out: Vec<u64> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let share = u64::try_from(piece.at as u128 * raw / decoded).unwrap_or(0);
        out.push((start + share).max(out.last().map_or(start, |last| last + 1)));
    }
    let mut limit = end;
    for position in out.iter_mut().rev() {
        *position = (*position).min(limit.saturating_sub(1));
        limit = *position;
    }
    out
}

/// Blocks of at most 64 KB: what is longer is cut after a line or a space, and goes on.
fn shorter(pieces: Vec<Piece>) -> Vec<Piece> {
    let most = 64 * 1024;
    let mut out = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        while piece.block.text.len() > most {
            let head = text::head(&piece.block.text, most - 4);
            let cut = head.rfind('\n').filter(|_| piece.block.keeps_lines()).or_else(|| head.rfind(' '));
            let cut = cut.map_or(head.len(), |c| c + 1);
            let rest = chunk::cut(&mut piece, cut);
            out.push(std::mem::replace(&mut piece, rest));
        }
        out.push(piece);
    }
    out
}
