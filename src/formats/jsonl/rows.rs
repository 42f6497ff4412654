//! The rows of a file, one after the other: a value a line, or the values of a list, or values that simply follow each other,
//! over as many lines as they like. No more than one row is held, and of that no more than [`bounds::LINE`].

use std::io::BufRead as _;

use anyhow::Result;

use super::json::Json;
use crate::{
    formats::{Source, bounds, cursor::Cursor},
    text::decode,
};

/// How the rows are told apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Layout {
    /// Each is a line.
    Lines,
    /// Each is a value, wherever it ends.
    Values,
}

/// A row.
#[derive(Debug)]
pub struct Row {
    /// Where it starts.
    pub offset: u64,
    /// Its number, from 1.
    pub number: usize,
    bytes: Vec<u8>,
    /// Why its end is missing.
    pub cut: Option<&'static str>,
}

/// Reads rows.
pub struct Rows {
    cursor: Cursor,
    layout: Layout,
    number: usize,
    /// The list that holds the rows may still begin.
    fresh: bool,
}

impl Row {
    /// What it says.
    pub fn value(&self) -> Result<Json> {
        Json::read(&decode::decode_all(&self.bytes), self.cut.is_some())
    }

    /// Bytes.
    pub fn length(&self) -> usize {
        self.bytes.len()
    }
}

/// How the rows of a file are laid out that starts with `head`; `None` when it holds no JSON.
pub fn layout(head: &[u8]) -> Option<Layout> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or(text);
    let ended = line.len() < text.len();
    let whole = || Json::read(&String::from_utf8_lossy(line), false).is_ok();
    match text.first()? {
        b'{' if !ended || whole() => Some(Layout::Lines),
        b'{' => Some(Layout::Values),
        // A list in each line; a list alone is a list of rows.
        b'[' if ended
            && whole()
            && text.get(line.len()..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"[")) =>
        {
            Some(Layout::Lines)
        }
        b'[' => Some(Layout::Values),
        b'"' if whole() => Some(Layout::Lines),
        _ => None,
    }
}

impl Rows {
    /// The rows of a source from a position on, which is the start of a row or of the file.
    pub fn new(source: &Source, layout: Layout, offset: u64) -> Rows {
        let mut cursor = Cursor::new(source);
        cursor.go(offset);
        if offset == 0 && source.read(0, 3).is_ok_and(|mark| mark == b"\xef\xbb\xbf") {
            cursor.go(3);
        }
        Rows { cursor, layout, number: 0, fresh: offset == 0 }
    }

    /// The next row.
    pub fn next(&mut self) -> Result<Option<Row>> {
        let row = match self.layout {
            Layout::Lines => self.line()?,
            Layout::Values => self.value()?,
        };
        self.number += usize::from(row.is_some());
        Ok(row)
    }

    fn row(&self, offset: u64, bytes: Vec<u8>, cut: Option<&'static str>) -> Option<Row> {
        Some(Row { offset, number: self.number + 1, bytes, cut })
    }

    fn line(&mut self) -> Result<Option<Row>> {
        loop {
            let offset = self.cursor.position();
            let (mut bytes, mut length, mut ended) = (Vec::new(), 0, false);
            while !ended {
                let chunk = self.cursor.fill_buf()?;
                if chunk.is_empty() {
                    break;
                }
                let end = memchr::memchr(b'\n', chunk);
                let taken = end.map_or(chunk.len(), |end| end + 1);
                bytes.extend(chunk.iter().take(taken.min(bounds::LINE.saturating_sub(length))));
                length += taken;
                ended = end.is_some();
                self.cursor.consume(taken);
            }
            if length == 0 {
                return Ok(None);
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let unclosed = !ended && !bytes.trim_ascii_end().ends_with(b"}") && !bytes.trim_ascii_end().ends_with(b"]");
            let cut = if length > bounds::LINE {
                Some(LONG)
            } else if unclosed {
                Some(ENDS)
            } else {
                None
            };
            return Ok(self.row(offset, bytes, cut));
        }
    }

    fn value(&mut self) -> Result<Option<Row>> {
        // What stands between rows.
        loop {
            let chunk = self.cursor.fill_buf()?;
            let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']');
            let skipped = chunk.iter().take_while(|byte| between(byte)).count();
            match chunk.get(skipped) {
                Some(b'[') if std::mem::take(&mut self.fresh) => self.cursor.consume(skipped + 1),
                Some(_) => {
                    self.cursor.consume(skipped);
                    break;
                }
                None if skipped == 0 => return Ok(None),
                None => self.cursor.consume(skipped),
            }
        }
        self.fresh = false;
        let offset = self.cursor.position();
        let (mut bytes, mut length) = (Vec::new(), 0);
        let mut scan = Scan::default();
        let ended = loop {
            let chunk = self.cursor.fill_buf()?;
            if chunk.is_empty() {
                break false;
            }
            let end = chunk.iter().position(|byte| scan.ends(*byte));
            let taken = end.map_or(chunk.len(), |end| end + usize::from(!scan.bare));
            bytes.extend(chunk.iter().take(taken.min(bounds::LINE.saturating_sub(length))));
            length += taken;
            self.cursor.consume(taken);
            if end.is_some() {
                break true;
            }
        };
        if length == 0 {
            // A sign that is no value and would be met for ever.
            self.cursor.consume(1);
            bytes.push(b'?');
        }
        let cut = if length > bounds::LINE { Some(LONG) } else { (!ended && !scan.bare).then_some(ENDS) };
        Ok(self.row(offset, bytes, cut))
    }
}

/// What is said of a row that is not whole.
const LONG: &str = "the row is too long: its end is left out";
const ENDS: &str = "the file ends within the row";

/// Looks for the end of a value.
#[derive(Default)]
struct Scan {
    depth: usize,
    string: bool,
    escaped: bool,
    /// A number or a word, which ends before the next sign.
    bare: bool,
    begun: bool,
}

impl Scan {
    /// Whether the value ends with this byte; before it, when it is bare.
    fn ends(&mut self, byte: u8) -> bool {
        if self.string {
            let closes = byte == b'"' && !self.escaped;
            self.escaped = byte == b'\\' && !self.escaped;
            self.string = !closes;
            return closes && self.depth == 0;
        }
        let first = !std::mem::replace(&mut self.begun, true);
        match byte {
            b'"' => self.string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                return self.depth == 0;
            }
            _ if self.depth > 0 => {}
            b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n' => {
                self.bare = true;
                return true;
            }
            _ => self.bare |= first,
        }
        false
    }
}
