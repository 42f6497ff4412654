//! Mailboxes of the mbox family (RFC 4155 and its elders): messages one after the other, each under a line `From …`. The
//! file is read in windows, never as a whole; a message is reached again at its line.
//!
//! What separates two messages was never agreed on. Here it is a line that begins with `From `, says when, and has a header
//! under it; a line of a message that merely begins with `From ` is none, quoted by `>` or not. A `Content-Length` is believed
//! when a message ends where it says.

use std::ops::ControlFlow;

use anyhow::Result;

use super::{head, header::Header};
use crate::{
    doc::{Date, Document},
    formats::{Confidence, Contents, Each, Entry, Format, Source, bounds, ids::Ids, stamp},
};

/// The format.
pub const FORMAT: Format = Format {
    name: "mailbox",
    extensions: &["mbox", "mbx"],
    about: "Mailboxes (mbox) of Thunderbird, mutt, Gmail and mailing lists: a document for each message.",
    detect,
    contents: Contents::Many { stream, open },
    image: Some(image),
};

/// Bytes that are looked at together for the line of the next message.
const WINDOW: usize = 1024 * 1024;

/// The longest line that separates two messages, with the beginning of the next line.
const LINE: usize = 1024;

/// A header that is longer than this is not asked for the length of the message.
const HEADER: usize = 64 * 1024;

fn detect(head: &[u8], _: &Source) -> Confidence {
    let start = head.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    match head.get(start..).and_then(separator) {
        Some(_) => Confidence::Content,
        None => Confidence::No,
    }
}

fn stream(source: &Source, each: &mut Each<'_>) -> Result<()> {
    let mut given = Ids::default();
    let mut at = next(source, 0)?;
    for number in 1..=bounds::ENTRIES {
        let Some(start) = at else { break };
        let message = Message::at(source, start)?;
        at = message.next;
        if message.is_gone() {
            continue;
        }
        let id = given.next(head::id(&message.header), number);
        if each(Entry { id: Some(id), offset: start }, Ok(message.document())) == ControlFlow::Break(()) {
            break;
        }
    }
    Ok(())
}

fn open(source: &Source, entry: &Entry) -> Result<Document> {
    Ok(Message::at(source, entry.offset)?.document())
}

fn image(source: &Source, entry: &Entry, name: &str) -> Result<Vec<u8>> {
    super::part_called(&Message::at(source, entry.offset)?.bytes, name)
}

/// A message of a mailbox.
struct Message {
    /// What it says about itself.
    header: Header,
    /// Its bytes, without the line above it.
    bytes: Vec<u8>,
    /// How many there are in the file.
    size: u64,
    /// When it came, as the line above it says.
    came: Option<Date>,
    /// Where the next one starts.
    next: Option<u64>,
}

impl Message {
    /// The message whose line is at `start`.
    fn at(source: &Source, start: u64) -> Result<Message> {
        let head = source.read(start, HEADER)?;
        let line = separator(&head).unwrap_or(0);
        let envelope = String::from_utf8_lossy(head.get(..line).unwrap_or_default()).into_owned();
        let (header, body) = Header::split(head.get(line..).unwrap_or_default());
        let first = start + line as u64;
        let length = header.raw("content-length").and_then(|l| l.parse::<u64>().ok());
        let told = length.and_then(|l| (start + (head.len() - body.len()) as u64).checked_add(l));
        let told = match told {
            Some(end) if end <= source.size() && head.len() > body.len() => ends_at(source, end)?,
            _ => None,
        };
        let (end, following) = match told {
            Some((end, following)) => (end, following),
            None => {
                let following = next(source, first)?;
                (following.unwrap_or(source.size()), following)
            }
        };
        let size = end.saturating_sub(first);
        let bytes = source.read(first, usize::try_from(size).unwrap_or(usize::MAX).min(bounds::MAIL))?;
        // A length that counts lines nobody quoted (mboxcl2).
        let bare = told.is_some() && memchr::memmem::find(&bytes, b"\nFrom ").is_some();
        let bytes = if bare { bytes } else { unquoted(bytes) };
        let came = envelope.split_once(' ').and_then(|(_, rest)| stamp::date(dated(rest)?));
        Ok(Message { header, bytes, size, came, next: following })
    }

    /// Whether it was deleted and only waits to be swept out (Thunderbird), or is a mail program's note to itself (pine).
    fn is_gone(&self) -> bool {
        let flags = self.header.raw("x-mozilla-status").and_then(|s| u16::from_str_radix(s.trim(), 16).ok());
        flags.is_some_and(|flags| flags & 0x8 != 0)
            || self.header.raw("subject").is_some_and(|s| s.contains("FOLDER INTERNAL DATA"))
    }

    fn document(self) -> Document {
        let mut document = super::read(&self.bytes, self.size);
        document.meta.date = document.meta.date.or(self.came);
        document
    }
}

/// Where the next separating line starts, from `from` on; `from` itself counts when it is the start of the file.
fn next(source: &Source, from: u64) -> Result<Option<u64>> {
    let mut at = from;
    if at == 0 {
        let head = source.read(0, LINE)?;
        let blank = head.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        if head.get(blank..).is_some_and(|head| separator(head).is_some()) {
            return Ok(Some(blank as u64));
        }
    }
    let finder = memchr::memmem::Finder::new(b"\nFrom ");
    loop {
        let window = source.read(at, WINDOW + LINE)?;
        let last = window.len() <= WINDOW;
        for found in finder.find_iter(&window) {
            if found >= WINDOW {
                break;
            }
            if window.get(found + 1..).is_some_and(|rest| separator(rest).is_some()) {
                return Ok(Some(at + found as u64 + 1));
            }
        }
        if last {
            return Ok(None);
        }
        at += WINDOW as u64;
    }
}

/// Whether a message may end at `end`: where it then ends, and where the next one starts.
fn ends_at(source: &Source, end: u64) -> Result<Option<(u64, Option<u64>)>> {
    let after = source.read(end, LINE + 4)?;
    let blank = after.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let rest = after.get(blank..).unwrap_or_default();
    let before = source.read(end.saturating_sub(1), 1)?;
    let at_line = blank > 0 || before == b"\n";
    Ok(if rest.is_empty() {
        Some((end, None))
    } else if at_line && blank <= 4 && separator(rest).is_some() {
        Some((end, Some(end + blank as u64)))
    } else {
        None
    })
}

/// How long the line is that these bytes begin with, if it separates two messages.
fn separator(bytes: &[u8]) -> Option<usize> {
    let rest = bytes.strip_prefix(b"From ")?;
    let end = memchr::memchr(b'\n', bytes.get(..LINE.min(bytes.len()))?)?;
    let line = String::from_utf8_lossy(rest.get(..end - 5)?);
    let after = bytes.get(end + 1..)?;
    let under = after.split(|b| *b == b'\n').next().unwrap_or_default();
    let headed = under.starts_with(b">From ") || super::header::name_length(under).is_some();
    // Thunderbird leaves out what it does not know, down to all of it.
    let bare = line.trim().is_empty() && headed;
    let dated = dated(&line).is_some() && (headed || under.trim_ascii().is_empty());
    (bare || dated).then_some(end + 1)
}

/// The date in what follows `From `: `jane@example.org Tue Mar 12 14:30:00 2024 +0100`.
fn dated(line: &str) -> Option<&str> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = line.to_ascii_lowercase();
    let time = lower.split_whitespace().any(|w| {
        let mut pieces = w.split(':');
        let two =
            |p: Option<&str>| p.is_some_and(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
        two(pieces.next()) && two(pieces.next())
    });
    let is = |table: &[&str], word: &str| table.iter().any(|t| word.starts_with(t));
    let day = lower.split_whitespace().position(|w| is(&DAYS, w.trim_end_matches(',')) && w.len() <= 5);
    let month = lower.split_whitespace().any(|w| is(&MONTHS, w) && w.len() <= 4);
    let year = lower.split_whitespace().any(|w| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")));
    if !(time && month && year && day.is_some()) {
        return None;
    }
    // What stands before the day is an address.
    let word = line.split_whitespace().nth(day?)?;
    let at = line.find(&format!(" {word}")).map_or(0, |at| at + 1);
    line.get(at..)
}

/// The lines `>From ` without the sign by which they were told from a separating line.
fn unquoted(bytes: Vec<u8>) -> Vec<u8> {
    if memchr::memmem::find(&bytes, b">From ").is_none() {
        return bytes;
    }
    let mut out = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let signs = line.iter().take_while(|b| **b == b'>').count();
        let quoted = signs > 0 && line.get(signs..).is_some_and(|rest| rest.starts_with(b"From "));
        out.extend_from_slice(line.get(usize::from(quoted)..).unwrap_or_default());
    }
    out
}
