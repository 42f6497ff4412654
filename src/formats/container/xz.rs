//! Files of XZ Utils (the .xz file format 1.2): streams of blocks, each packed with LZMA2, which the crate unpacks. The frame is
//! read here, because a block names the size of the dictionary that is allocated for it, and any number may be written there.

use std::io::{self, Read};

use lzma_rust2::Lzma2Reader;

use crate::formats::cursor::Cursor;

/// How a stream begins.
pub const START: &[u8] = b"\xfd7zXZ\0";

/// The largest dictionary of a block: `xz -9` takes 64 MB.
const DICTIONARY: u64 = 256 * 1024 * 1024;

/// All dictionaries of a file: a stream of `xz` takes 8 MB, and people join hundreds of them.
const DICTIONARIES: u64 = 8 * 1024 * 1024 * 1024;

/// The bytes of the check after a block, by its kind.
const CHECKS: [u64; 16] = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/// What a file unpacks to.
pub struct Xz {
    part: Part,
    /// Whether there was a stream.
    any: bool,
    /// Bytes of dictionaries so far.
    spent: u64,
}

enum Part {
    /// Before a stream, or at the end.
    Between(Cursor),
    /// Before a block, or the index.
    Stream(Cursor, u64),
    /// In a block: where its data starts, and how long its check is.
    Block(Box<Lzma2Reader<Cursor>>, u64, u64),
    End,
}

impl Xz {
    /// Unpacks from a position on.
    pub fn new(input: Cursor) -> Xz {
        Xz { part: Part::Between(input), any: false, spent: 0 }
    }

    fn between(&mut self, mut input: Cursor) -> io::Result<Part> {
        let head = input.peek(12)?;
        if head.starts_with(START) {
            self.any = true;
            let check = head.get(7).and_then(|kind| CHECKS.get(usize::from(kind & 0x0f))).ok_or_else(damaged)?;
            input.go(input.position() + 12);
            return Ok(Part::Stream(input, *check));
        }
        if self.any && head.starts_with(&[0; 4]) {
            input.go(input.position() + 4);
            return Ok(Part::Between(input));
        }
        if self.any { Ok(Part::End) } else { Err(damaged()) }
    }

    fn stream(&mut self, mut input: Cursor, check: u64) -> io::Result<Part> {
        let start = input.position();
        let size = match input.peek(1)?.first() {
            Some(0) => {
                skip_index(&mut input)?;
                return Ok(Part::Between(input));
            }
            Some(size) => (usize::from(*size) + 1) * 4,
            None => return Err(damaged()),
        };
        let dictionary = dictionary(&input.peek(size)?).ok_or_else(damaged)?;
        self.spent += u64::from(dictionary);
        if u64::from(dictionary) > DICTIONARY || self.spent > DICTIONARIES {
            return Err(damaged());
        }
        input.go(start + size as u64);
        let data = input.position();
        Ok(Part::Block(Box::new(Lzma2Reader::new(input, dictionary, None)), data, check))
    }
}

impl Read for Xz {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.part, Part::End) {
                Part::End => return Ok(0),
                Part::Between(input) => self.part = self.between(input)?,
                Part::Stream(input, check) => self.part = self.stream(input, check)?,
                Part::Block(mut block, start, check) => {
                    let read = block.read(buffer)?;
                    if read > 0 || buffer.is_empty() {
                        self.part = Part::Block(block, start, check);
                        return Ok(read);
                    }
                    let mut input = block.into_inner();
                    let length = input.position().saturating_sub(start);
                    input.go(start + length.next_multiple_of(4) + check);
                    self.part = Part::Stream(input, check);
                }
            }
        }
    }
}

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

/// Goes behind the index and the footer of a stream.
fn skip_index(input: &mut Cursor) -> io::Result<()> {
    let start = input.position();
    let bytes = &mut input.by_ref().bytes().map_while(Result::ok).skip(1);
    let records = number(bytes).ok_or_else(damaged)?;
    for _ in 0..records {
        number(bytes).and_then(|_| number(bytes)).ok_or_else(damaged)?;
    }
    let length = input.position() - start;
    input.go(start + length.next_multiple_of(4) + 4 + 12);
    Ok(())
}

/// The size of the dictionary for a block with this header, no larger than the block is when it is unpacked; `None` when it is
/// packed with anything but LZMA2.
fn dictionary(block: &[u8]) -> Option<u32> {
    let flags = *block.get(1)?;
    let mut fields = block.get(2..)?.iter().copied();
    if flags & 0x40 != 0 {
        number(&mut fields)?;
    }
    let whole = if flags & 0x80 != 0 { number(&mut fields)? } else { u64::MAX };
    let (filter, size) = (number(&mut fields)?, number(&mut fields)?);
    if flags & 3 != 0 || filter != 0x21 || size != 1 {
        return None;
    }
    let bits = fields.next()? & 0x3f;
    let size = if bits >= 40 { u64::from(u32::MAX) } else { (2 | u64::from(bits & 1)) << (bits / 2 + 11) };
    u32::try_from(size.min(whole).max(4096)).ok()
}

/// A number of variable length: seven bits a byte, the lowest first.
fn number(bytes: &mut impl Iterator<Item = u8>) -> Option<u64> {
    let mut value = 0u64;
    for shift in 0..9 {
        let byte = bytes.next()?;
        value |= u64::from(byte & 0x7f) << (7 * shift);
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
