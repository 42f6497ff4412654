//! The compressions that are read through: how each is told by its first bytes, what it adds to a name, and its bytes as they
//! were before.

use std::{
    borrow::Cow,
    io::{self, BufRead as _, Read},
};

use anyhow::Result;
use flate2::bufread::GzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use super::{
    Budget,
    unpack::{Unpacked, unpack},
    xz,
};
use crate::formats::{Source, cursor::Cursor};

/// A compression of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// RFC 1952.
    Gzip,
    /// Of bzip2.
    Bzip2,
    /// Of XZ Utils.
    Xz,
    /// RFC 8878.
    Zstandard,
}

/// What a compression appends to a name, and what stands there without it.
const NAMES: &[(&str, &str)] = &[
    (".gz", ""),
    (".gzip", ""),
    (".bz2", ""),
    (".xz", ""),
    (".zst", ""),
    (".zstd", ""),
    (".tgz", ".tar"),
    (".taz", ".tar"),
    (".tbz", ".tar"),
    (".tbz2", ".tar"),
    (".txz", ".tar"),
    (".tzst", ".tar"),
];

/// The name of a compressed file before it was compressed; any other name as it is.
pub fn bare(name: &str) -> Cow<'_, str> {
    for (compressed, plain) in NAMES {
        let at = name.len().checked_sub(compressed.len()).filter(|at| *at > 0);
        if let Some((stem, end)) = at.and_then(|at| name.split_at_checked(at))
            && end.eq_ignore_ascii_case(compressed)
        {
            return if plain.is_empty() { stem.into() } else { format!("{stem}{plain}").into() };
        }
    }
    name.into()
}

impl Codec {
    /// The compression of a file that starts with `head`.
    pub fn of(head: &[u8]) -> Option<Codec> {
        let bzip2 = |rest: &[u8]| {
            let marks: [&[u8]; 2] = [b"\x31\x41\x59\x26\x53\x59", b"\x17\x72\x45\x38\x50\x90"];
            matches!(rest.first(), Some(b'1'..=b'9'))
                && marks.iter().any(|mark| rest.get(1..).is_some_and(|r| r.starts_with(mark)))
        };
        if head.starts_with(b"\x1f\x8b\x08") {
            Some(Codec::Gzip)
        } else if head.strip_prefix(b"BZh").is_some_and(bzip2) {
            Some(Codec::Bzip2)
        } else if head.starts_with(xz::START) {
            Some(Codec::Xz)
        } else if is_frame(head) || skippable(head).is_some() {
            Some(Codec::Zstandard)
        } else {
            None
        }
    }

    /// The source as it was before it was compressed.
    pub fn unpack(self, source: &Source, budget: &mut Budget) -> Result<Unpacked> {
        let mut input = self.reader(Cursor::new(source));
        let mut unpacked = unpack(&bare(&source.name), source.size(), &mut *input, budget)?;
        unpacked.source.terminal = source.terminal;
        Ok(unpacked)
    }

    /// Its first bytes, `length` at most.
    pub fn head(self, source: &Source, length: usize) -> Result<Vec<u8>> {
        let mut head = vec![0; length];
        let mut filled = 0;
        let mut input = self.reader(Cursor::new(source));
        while let Some(rest) = head.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match input.read(rest) {
                Ok(n) if n > 0 => filled += n,
                Err(error) if filled == 0 => return Err(error.into()),
                _ => break,
            }
        }
        head.truncate(filled);
        Ok(head)
    }

    /// The bytes of a stream of this compression.
    pub fn reader(self, input: Cursor) -> Box<dyn Read> {
        match self {
            Codec::Gzip | Codec::Zstandard => Box::new(Parts { part: Part::Between(input), any: false }),
            Codec::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(input)),
            Codec::Xz => Box::new(xz::Xz::new(input)),
        }
    }
}

fn is_frame(head: &[u8]) -> bool {
    head.starts_with(b"\x28\xb5\x2f\xfd")
}

/// The length of a frame of Zstandard that holds no text (RFC 8878, 3.1.2).
fn skippable(head: &[u8]) -> Option<u64> {
    let [0x50..=0x5f, b'\x2a', b'\x4d', b'\x18', a, b, c, d] = *head.first_chunk::<8>()? else { return None };
    Some(8 + u64::from(u32::from_le_bytes([a, b, c, d])))
}

/// Compressed parts that stand one after the other and are one text: members of gzip, frames of Zstandard. What follows
/// them and is none of these is left out, as gzip and zstd do.
struct Parts {
    part: Part,
    /// Whether there was one.
    any: bool,
}

enum Part {
    Between(Cursor),
    Gzip(Box<GzDecoder<Cursor>>),
    Zstandard(Box<StreamingDecoder<Cursor, FrameDecoder>>),
    End,
}

impl Read for Parts {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.part, Part::End) {
                Part::End => return Ok(0),
                Part::Between(input) => self.part = self.next(input)?,
                Part::Gzip(mut decoder) => {
                    let read = decoder.read(buffer)?;
                    if read > 0 || buffer.is_empty() {
                        self.part = Part::Gzip(decoder);
                        return Ok(read);
                    }
                    self.part = Part::Between(decoder.into_inner());
                }
                Part::Zstandard(mut decoder) => {
                    let read = decoder.read(buffer)?;
                    if read > 0 || buffer.is_empty() {
                        self.part = Part::Zstandard(decoder);
                        return Ok(read);
                    }
                    self.part = Part::Between(decoder.into_inner());
                }
            }
        }
    }
}

impl Parts {
    fn next(&mut self, mut input: Cursor) -> io::Result<Part> {
        let head = input.peek(8)?;
        if let Some(length) = skippable(&head) {
            let after = input.position() + length;
            input.go(after);
            self.any = true;
            return Ok(Part::Between(input));
        }
        let first = !std::mem::replace(&mut self.any, true);
        if head.starts_with(b"\x1f\x8b") {
            Ok(Part::Gzip(Box::new(GzDecoder::new(input))))
        } else if is_frame(&head) {
            let decoder = StreamingDecoder::new(input).map_err(io::Error::other)?;
            Ok(Part::Zstandard(Box::new(decoder)))
        } else if first && !input.fill_buf()?.is_empty() {
            Err(io::ErrorKind::InvalidData.into())
        } else {
            Ok(Part::End)
        }
    }
}
