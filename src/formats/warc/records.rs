//! The records of a file, one after the other (ISO 28500): a version line, named fields, a blank line, as many bytes as
//! `Content-Length` says. In a file for which each record was compressed by itself, each is a member of gzip, and starts where
//! its member does.
//!
//! A length is believed when another record, or the end, follows; else the next record is looked for.

use std::io::{self, BufRead, BufReader, Read};

use anyhow::{Result, bail};
use flate2::bufread::GzDecoder;

use crate::{
    formats::{Source, bounds, cursor::Cursor},
    text::decode,
};

/// The fields of a record are no longer than this.
const HEADER: usize = 64 * 1024;

/// How far the next record is looked for, where one ends elsewhere than it says.
const LOST: u64 = bounds::LINE as u64;

/// How a record begins.
const START: &[u8] = b"WARC/";

/// A record.
#[derive(Debug)]
pub struct Record {
    /// Where it starts.
    pub offset: u64,
    /// Its fields: names in lower case.
    fields: Vec<(String, String)>,
    /// What it holds, up to [`bounds::LINE`].
    pub body: Vec<u8>,
    /// Whether its end is missing.
    pub cut: bool,
}

impl Record {
    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        field(&self.fields, name)
    }
}

/// The first value of a field.
pub fn field<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// The fields of a header: a line each, which may go on after white space.
pub fn fields(header: &[u8]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in decode::decode_all(header).lines().skip(1) {
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = fields.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

/// Whether a source is compressed record by record.
pub fn is_packed(source: &Source) -> bool {
    source.read(0, 3).is_ok_and(|head| head == b"\x1f\x8b\x08")
}

/// Whether a source holds records; compressed ones only if each is by itself.
pub fn holds_records(source: &Source, head: &[u8]) -> bool {
    if !is_packed(source) {
        return head.starts_with(START) && head.get(START.len()).is_some_and(u8::is_ascii_digit);
    }
    let mut start = [0; 8];
    let mut member = GzDecoder::new(head);
    if member.read_exact(&mut start).is_err() || !start.starts_with(START) {
        return false;
    }
    // Compressed as a whole, another record follows in the same member.
    let mut packed = Packed { cursor: Cursor::new(source), start: 0, unpacked: 0 };
    packed.next().is_ok_and(|found| found.is_some_and(|(_, more)| !more))
}

/// Reads records.
pub enum Records {
    Plain(Plain),
    Packed(Packed),
}

impl Records {
    /// The records from an offset on, which is the start of one.
    pub fn new(source: &Source, offset: u64) -> Records {
        let mut cursor = Cursor::new(source);
        cursor.go(offset);
        if is_packed(source) {
            Records::Packed(Packed { cursor, start: offset, unpacked: 0 })
        } else {
            Records::Plain(Plain { cursor })
        }
    }

    /// The next record.
    pub fn next(&mut self) -> Result<Option<Record>> {
        match self {
            Records::Plain(records) => records.next(),
            Records::Packed(records) => Ok(records.next()?.map(|(record, _)| record)),
        }
    }
}

/// The header at the start of `input`, with the blank line that ends it; the bytes so far when there is none.
fn header(input: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut header = Vec::new();
    loop {
        let before = header.len();
        let room = HEADER.saturating_sub(before) as u64;
        input.by_ref().take(room).read_until(b'\n', &mut header)?;
        let line = header.get(before..).unwrap_or_default();
        if line.is_empty() || (before > 0 && line.trim_ascii().is_empty()) {
            return Ok(header);
        }
    }
}

fn length(fields: &[(String, String)]) -> Option<u64> {
    field(fields, "content-length")?.parse().ok()
}

/// Records that stand as they are.
pub struct Plain {
    cursor: Cursor,
}

impl Plain {
    fn next(&mut self) -> Result<Option<Record>> {
        if !self.find(u64::MAX)? {
            return Ok(None);
        }
        let offset = self.cursor.position();
        let fields = fields(&header(&mut self.cursor)?);
        let start = self.cursor.position();
        let end = length(&fields).and_then(|length| start.checked_add(length));
        let believed = match end {
            Some(end) if self.follows(end)? => Some(end),
            _ => None,
        };
        let end = match believed {
            Some(end) => end,
            None => {
                self.cursor.go(start);
                self.find(LOST)?;
                self.cursor.position()
            }
        };
        self.cursor.go(start);
        let most = usize::try_from(end - start).unwrap_or(usize::MAX);
        let mut body = Vec::new();
        self.cursor.by_ref().take(most.min(bounds::LINE) as u64).read_to_end(&mut body)?;
        let cut = body.len() < most || (believed.is_none() && length(&fields).is_some_and(|l| l > most as u64));
        self.cursor.go(end);
        Ok(Some(Record { offset, fields, body, cut }))
    }

    /// Whether a record ends at `end`: another follows, or nothing.
    fn follows(&mut self, end: u64) -> Result<bool> {
        if end > self.cursor.size() {
            return Ok(false);
        }
        self.cursor.go(end);
        let next = self.cursor.peek(64)?;
        let rest = next.trim_ascii_start();
        Ok(rest.starts_with(START) || (rest.is_empty() && next.len() < 64))
    }

    /// Goes to the next line that begins a record, or to the end, or `most` bytes on. Says whether there is one.
    fn find(&mut self, most: u64) -> Result<bool> {
        let limit = self.cursor.position().saturating_add(most);
        let mut fresh = true;
        loop {
            let position = self.cursor.position();
            let chunk = self.cursor.fill_buf()?;
            if chunk.is_empty() || position >= limit {
                return Ok(false);
            }
            if fresh && chunk.starts_with(START) {
                return Ok(true);
            }
            let line = memchr::memchr(b'\n', chunk);
            let taken = line.map_or(chunk.len(), |line| line + 1);
            self.cursor.consume(taken);
            fresh = line.is_some();
            // What begins at the edge of what was read is seen whole.
            if fresh && self.cursor.fill_buf()?.len() < START.len() && self.cursor.peek(START.len())? == START {
                return Ok(true);
            }
        }
    }
}

/// Records that were compressed one by one.
pub struct Packed {
    cursor: Cursor,
    /// Where it began.
    start: u64,
    /// Bytes that came out so far.
    unpacked: u64,
}

impl Packed {
    /// The next record, and whether more follows in its member. One that is damaged is left out.
    fn next(&mut self) -> Result<Option<(Record, bool)>> {
        loop {
            let offset = self.cursor.position();
            // Members may be padded, and what follows the last of them may be anything.
            if !self.cursor.peek(2)?.starts_with(b"\x1f\x8b") {
                return Ok(None);
            }
            if let Some(found) = self.member(offset)? {
                return Ok(Some(found));
            }
            self.cursor.go(offset + 3);
            if !self.find()? {
                bail!("the record at byte {offset} is damaged, and no other follows");
            }
        }
    }

    fn member(&mut self, offset: u64) -> Result<Option<(Record, bool)>> {
        let mut member = BufReader::new(GzDecoder::new(&mut self.cursor));
        let header = header(&mut member).unwrap_or_default();
        if !header.starts_with(START) {
            return Ok(None);
        }
        let fields = fields(&header);
        let length = length(&fields).unwrap_or(u64::MAX);
        let mut body = Vec::new();
        let whole = member.by_ref().take(length.min(bounds::LINE as u64)).read_to_end(&mut body).is_ok();
        let mut rest = Vec::new();
        let more =
            member.by_ref().take(64).read_to_end(&mut rest).is_ok() && rest.trim_ascii_start().starts_with(START);
        let left = io::copy(&mut member.by_ref().take(bounds::UNPACKED), &mut io::sink());
        let damaged = !whole || left.is_err();
        let cut = damaged || (length != u64::MAX && (body.len() as u64) < length);
        self.unpacked += (header.len() + body.len()) as u64 + left.unwrap_or(0);
        if self.unpacked / bounds::RATIO > self.cursor.position() - self.start + bounds::RATIO_FREE {
            bail!("the record at byte {offset} unpacks to more than is read");
        }
        if damaged {
            self.cursor.go(offset + 3);
            if !self.find()? {
                self.cursor.go(self.cursor.size());
            }
        }
        Ok(Some((Record { offset, fields, body, cut }, more)))
    }

    /// Goes to what looks like the beginning of a member. Says whether there is one.
    fn find(&mut self) -> Result<bool> {
        loop {
            let chunk = self.cursor.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            match memchr::memchr(0x1f, chunk) {
                Some(at) => {
                    self.cursor.consume(at);
                    if self.cursor.peek(4)?.starts_with(b"\x1f\x8b\x08") {
                        return Ok(true);
                    }
                    self.cursor.consume(1);
                }
                None => {
                    let length = chunk.len();
                    self.cursor.consume(length);
                }
            }
        }
    }
}
