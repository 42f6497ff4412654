//! A source as a stream that can be sought, for the crates that unpack; and a part of a source as bytes of their own.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use super::{ReadAt, Source};

/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// A place in a source, from which it is read on.
pub struct Cursor {
    source: Source,
    /// Where `buffer` starts.
    start: u64,
    buffer: Vec<u8>,
    used: usize,
}

impl Cursor {
    /// The beginning of a source.
    pub fn new(source: &Source) -> Cursor {
        Cursor { source: source.clone(), start: 0, buffer: Vec::new(), used: 0 }
    }

    /// Where the next byte stands.
    pub fn position(&self) -> u64 {
        self.start + self.used as u64
    }

    /// Bytes there are in all.
    pub fn size(&self) -> u64 {
        self.source.size()
    }

    /// The next `length` bytes, which stay; fewer only at the end.
    pub fn peek(&self, length: usize) -> io::Result<Vec<u8>> {
        self.source.read(self.position(), length).map_err(io::Error::other)
    }

    /// Goes to a position, which may lie behind the end.
    pub fn go(&mut self, position: u64) {
        match position.checked_sub(self.start).and_then(|at| usize::try_from(at).ok()) {
            Some(at) if at <= self.buffer.len() => self.used = at,
            _ => *self = Cursor { source: self.source.clone(), start: position, buffer: Vec::new(), used: 0 },
        }
    }
}

impl Read for Cursor {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Cursor {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used >= self.buffer.len() {
            self.start = self.position();
            self.used = 0;
            self.buffer = self.source.read(self.start, CHUNK).map_err(io::Error::other)?;
        }
        Ok(self.buffer.get(self.used..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.used = (self.used + amount).min(self.buffer.len());
    }
}

impl Seek for Cursor {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.source.size().checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position().checked_add_signed(offset),
        };
        let position = position.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        self.go(position);
        Ok(position)
    }
}

/// The bytes of a source from one position on, so many of them.
pub struct Part {
    /// The whole.
    pub source: Source,
    /// Where it starts.
    pub start: u64,
    /// How long it is.
    pub length: u64,
}

impl ReadAt for Part {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(offset)).unwrap_or(usize::MAX);
        let Some(at) = self.start.checked_add(offset) else { return Ok(0) };
        let bytes = self.source.read(at, buffer.len().min(left)).map_err(io::Error::other)?;
        bytes.as_slice().read(buffer)
    }

    fn size(&self) -> u64 {
        self.length.min(self.source.size().saturating_sub(self.start))
    }
}
