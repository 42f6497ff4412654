//! Mail: a message in a file of its own (RFC 5322), and mailboxes of many.
//!
//! mail-parser reads the fields of a header; the parts of a message are found here, as slices of it, so that a message of
//! any shape costs no more than its length and its depth is bounded. A message begins with the lines that a mail program
//! shows above the text.

mod calendar;
mod flowed;
mod head;
mod header;
mod mailbox;
mod mime;
mod parts;
mod text;
mod transfer;
mod words;

use std::sync::Arc;

use anyhow::{Result, bail};

use super::{Confidence, Contents, Entry, Format, Source, bounds, href, title};
use crate::doc::{Block, Document, Kind};
pub use mailbox::FORMAT as MAILBOX;
use mime::Part;
use parts::Reader;
pub use parts::size;

/// A message in a file of its own.
pub const FORMAT: Format = Format {
    name: "mail",
    extensions: &["eml", "emlx"],
    about: "Mail: a message by itself, as in a Maildir or dragged out of a mail program.",
    detect,
    contents: Contents::One(open),
    image: Some(image),
};

/// Fields that mail programs and servers write, and hardly anybody else.
const TELLING: &[&str] = &[
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "delivered-to",
    "x-original-to",
    "dkim-signature",
    "content-transfer-encoding",
    "in-reply-to",
    "references",
    "x-mailer",
    "user-agent",
    "newsgroups",
    "xref",
];

/// A greeting has no more words than these.
const GREETING: usize = 5;

fn detect(head: &[u8], source: &Source) -> Confidence {
    let cut = head.len() < usize::try_from(source.size()).unwrap_or(usize::MAX);
    let apple = length_line(head);
    let head = head.get(apple..).unwrap_or_default();
    if is_message(head, cut) {
        return Confidence::Content;
    }
    // A mailbox that lost its first line is a message all the same.
    let named = [FORMAT, MAILBOX].iter().any(|format| format.extensions.contains(&source.extension().as_str()));
    let headed = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).find(|line| !line.is_empty());
    let headed = headed.is_some_and(|line| header::name_length(line).is_some());
    if named && headed && !head.contains(&0) { Confidence::Name } else { Confidence::No }
}

/// Whether this is, beyond doubt, the beginning of a message: nothing but fields up to the first blank line, and among them
/// those that a mail has.
fn is_message(head: &[u8], cut: bool) -> bool {
    let (mut from, mut date, mut subject, mut telling) = (false, false, false, 0usize);
    let mut lines = head.split(|b| *b == b'\n').peekable();
    let mut first = true;
    while let Some(line) = lines.next() {
        let last = lines.peek().is_none();
        if line.trim_ascii().is_empty() && !(last && cut) {
            break;
        }
        let folded = !first && (line.starts_with(b" ") || line.starts_with(b"\t"));
        match header::name_length(line) {
            Some(length) if !folded => {
                let name = String::from_utf8_lossy(line.get(..length).unwrap_or_default()).to_lowercase();
                from |= name == "from";
                date |= name == "date";
                subject |= name == "subject";
                telling += usize::from(TELLING.contains(&name.as_str()));
            }
            // A header may be longer than what is looked at, and its last line cut.
            _ if folded || last && cut => {}
            _ => return false,
        }
        first = false;
    }
    from && date && subject || telling >= 2 && (from || date || subject || telling >= 4) || from && telling >= 1 && date
}

/// How long the first line is that says how many bytes of a message follow, as Apple Mail writes it; 0 if there is none.
fn length_line(head: &[u8]) -> usize {
    let digits = head.iter().take_while(|b| b.is_ascii_digit()).count();
    let blanks = head.iter().skip(digits).take_while(|b| matches!(b, b' ' | b'\r')).count();
    let ends = head.get(digits + blanks) == Some(&b'\n');
    if ends && (1..=12).contains(&digits) { digits + blanks + 1 } else { 0 }
}

fn open(source: &Source) -> Result<Document> {
    let mut bytes = source.read(0, bounds::MAIL)?;
    let start = length_line(&bytes);
    if start > 0 {
        // After the message comes what Apple Mail keeps about it.
        let digits: String = bytes.iter().take(start).filter(|b| b.is_ascii_digit()).map(|b| char::from(*b)).collect();
        let end = digits.parse::<usize>().unwrap_or(usize::MAX).saturating_add(start);
        bytes.truncate(end);
        bytes.drain(..start.min(bytes.len()));
    }
    Ok(read(&bytes, source.size()))
}

/// The document of a message, of which these are the bytes of `whole`.
fn read(bytes: &[u8], whole: u64) -> Document {
    let part = Part::read(bytes);
    let mut reader = Reader::default();
    head::show(&part.header, true, &mut reader.build);
    let above = usize::from(reader.build.has_text());
    reader.message(&part);
    let mut meta = head::meta(&part.header);
    let Reader { build, warnings, .. } = reader;
    let built = build.finish();
    if meta.title.is_none() {
        meta.title = titled(built.blocks.get(above..).unwrap_or_default());
    }
    let mut document = built.document_as(meta);
    document.warnings.extend(warnings);
    if whole > bounds::MAIL as u64 {
        document.warnings.push(format!("only the first {} are shown", bounds::megabytes(bounds::MAIL)));
    }
    document
}

/// What somebody is called who is written as in the header of a mail: `jane@example.org (Jane Doe)`.
pub fn called(person: &str) -> String {
    header::people(person).first().map_or_else(|| person.to_owned(), |person| person.called().to_owned())
}

/// The bytes that this is in quoted-printable.
pub fn quoted_printable(data: &str) -> Vec<u8> {
    transfer::quoted_printable(data.as_bytes())
}

/// The text that this is in base64.
pub fn base64(data: &str) -> String {
    transfer::text(&decoded(data.as_bytes()), None)
}

/// The bytes that this is in base64.
pub fn decoded(data: &[u8]) -> Vec<u8> {
    transfer::base64(data)
}

fn image(source: &Source, _: &Entry, name: &str) -> Result<Vec<u8>> {
    part_called(&source.read(0, bounds::MAIL)?, name)
}

/// The content of the part of a message that a page in it calls `name`: `cid:` and its Content-ID (RFC 2392), or its
/// Content-Location (RFC 2557).
pub fn part_called(bytes: &[u8], name: &str) -> Result<Vec<u8>> {
    let id = name.strip_prefix("cid:").map(href::decoded);
    let is_called = |part: &Part<'_>| match &id {
        Some(id) => part.header.ids("content-id").first() == Some(id),
        None => part.header.raw("content-location").is_some_and(|place| place.trim() == name),
    };
    let message = Part::read(bytes);
    let mut parts = vec![&message];
    while let Some(part) = parts.pop() {
        if is_called(part) {
            return Ok(part.content());
        }
        parts.extend(&part.parts);
    }
    bail!("{name}: not in the message")
}

/// What a message without a subject is called: the beginning of what was written, after the greeting.
fn titled(blocks: &[Block]) -> Option<String> {
    let written = |b: &&Block| b.nest.is_empty() && matches!(b.kind, Kind::Paragraph | Kind::Heading { .. });
    let greeting = |b: &&Block| b.text.ends_with([',', '!']) && b.text.split_whitespace().count() <= GREETING;
    let own = blocks.iter().filter(written).skip_while(greeting).take(title::BLOCKS);
    let own: Vec<Arc<Block>> = own.cloned().map(Arc::new).collect();
    let any = || title::guess(&blocks.iter().take(title::BLOCKS).cloned().map(Arc::new).collect::<Vec<_>>()).title;
    title::guess(&own).title.or_else(any)
}
