//! Bytes to documents. A format is one file here and one line in [`FORMATS`]; nothing above this layer names one.
//!
//! A [`Source`] gives [`Entry`]s (one for a file; many for a mailbox, a feed, a JSONL file), and opening an entry gives a
//! [`Document`]. What kind of file it is, is told by its content first and by its name second.

mod asciidoc;
mod bounds;
mod build;
mod bundle;
mod claims;
mod code;
mod container;
mod csv;
mod cursor;
mod docx;
mod epub;
mod fb2;
mod feed;
mod formula;
mod gemtext;
mod hints;
mod href;
mod html;
mod ids;
mod image;
mod jsonl;
mod latex;
mod mail;
mod man;
mod markdown;
mod markup;
mod notebook;
mod odt;
mod office;
mod opml;
mod org;
mod pdf;
mod plain;
mod rst;
mod rtf;
mod sheet;
mod slides;
mod source;
mod stamp;
mod subtitles;
mod title;
mod warc;
mod xml;
mod zipped;

use std::{ops::ControlFlow, sync::Arc};

use anyhow::{Context as _, Result, bail};

use crate::doc::Document;
pub use bundle::{Bundle, bundle_of, is_bundle};
pub use claims::{Claim, claim};
use container::{Budget, Codec};
pub use hints::Hints;
pub use image::image_of;
pub use source::{ReadAt, Source};
pub use title::{Guess, guess};

/// Every format. Of two that are equally sure, the earlier one reads the file.
#[rustfmt::skip]
pub const FORMATS: &[Format] = &[
    asciidoc::FORMAT,
    code::FORMAT,
    csv::FORMAT,
    docx::FORMAT,
    epub::FORMAT,
    fb2::FORMAT,
    feed::FORMAT,
    gemtext::FORMAT,
    html::FORMAT,
    jsonl::FORMAT,
    latex::FORMAT,
    mail::FORMAT,
    mail::MAILBOX,
    man::FORMAT,
    markdown::FORMAT,
    notebook::FORMAT,
    odt::FORMAT,
    opml::FORMAT,
    org::FORMAT,
    pdf::FORMAT,
    rst::FORMAT,
    rtf::FORMAT,
    sheet::FORMAT,
    slides::FORMAT,
    subtitles::FORMAT,
    warc::FORMAT,
    plain::FORMAT,
    container::FORMAT,
];

/// The format that a source is read as, or what is compressed in it; an error that says what the file is when it is no text
/// and nothing else is known to read it.
pub fn detect(source: &Source) -> Result<&'static Format> {
    match tell(source)? {
        Told::Format(format) => Ok(format),
        Told::Packed(codec) => {
            let head = codec.head(source, PEEK)?;
            // A compressed file in a compressed file is a rarity that may be told by its name.
            match tell(&source.other(&container::bare(&source.name), Arc::new(head)))? {
                Told::Format(format) => Ok(format),
                Told::Packed(_) => Ok(&container::FORMAT),
            }
        }
    }
}

/// Streams the documents of a source, in order, until told to stop. An error is what stopped the reading of the source
/// itself; one that can't be opened doesn't keep the others from coming.
pub fn documents(source: &Source, each: &mut dyn FnMut(Found) -> ControlFlow<()>) -> Result<()> {
    let mut count = 0;
    let mut bounded = |found| {
        count += 1;
        if count > bounds::ENTRIES { ControlFlow::Break(()) } else { each(found) }
    };
    stream(source, &mut Budget::default(), &mut bounded).map(drop)?;
    if count > bounds::ENTRIES {
        bail!("only the first {} documents are read", bounds::ENTRIES);
    }
    Ok(())
}

/// Opens one of them.
pub fn open(source: &Source, entry: &Entry) -> Result<Document> {
    open_within(source, entry, false, &mut Budget::default())
}

/// Opens one of them with all that its page holds, where [`open()`] gives the main part.
pub fn open_whole(source: &Source, entry: &Entry) -> Result<Document> {
    open_within(source, entry, true, &mut Budget::default())
}

/// Whether a source may hold more than one document.
pub fn holds_many(source: &Source) -> bool {
    detect(source).is_ok_and(|format| matches!(format.contents, Contents::Many { .. } | Contents::Files))
}

/// Whether a file whose name says nothing is a document: one by its content, or text that was written to be read.
pub fn is_document(source: &Source) -> Result<bool> {
    let head = source.read(0, DETECT)?;
    let head = match Codec::of(&head) {
        Some(codec) => codec.head(source, DETECT)?,
        None => head,
    };
    if claims::is_prose(&head) {
        return Ok(true);
    }
    // A book, a page, a feed by its content; data for programs are in JSON more often than documents are.
    let data = head.trim_ascii_start().starts_with(b"{") || head.trim_ascii_start().starts_with(b"[");
    let certain = |format: &&Format| !matches!(format.contents, Contents::Files);
    let sure = |format: &&Format| (format.detect)(&head, source) == Confidence::Content;
    Ok(!data && !head.is_empty() && FORMATS.iter().filter(certain).any(|format| sure(&format)))
}

/// See [`documents`]. What is unpacked on the way counts against `budget`.
fn stream(
    source: &Source,
    budget: &mut Budget,
    each: &mut dyn FnMut(Found) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let Through { source, format, warning } = &through(source, budget)?;
    let mut flow = ControlFlow::Continue(());
    let mut found = |entry, document| {
        flow = each(Found { entry, format: format.name, document: container::noted(document, warning.as_ref()) });
        flow
    };
    match format.contents {
        Contents::One(open) | Contents::Excerpt { open, .. } => {
            let _ = found(Entry::default(), open(source));
        }
        Contents::Many { stream, .. } => stream(source, &mut found)?,
        Contents::Files => {
            return container::stream(source, budget, &mut |found| {
                each(Found { document: container::noted(found.document, warning.as_ref()), ..found })
            });
        }
    }
    Ok(flow)
}

/// See [`open()`] and [`open_whole`].
fn open_within(source: &Source, entry: &Entry, all: bool, budget: &mut Budget) -> Result<Document> {
    let Through { source, format, warning } = &through(source, budget)?;
    let document = match format.contents {
        Contents::Excerpt { whole, .. } if all => whole(source),
        Contents::One(open) | Contents::Excerpt { open, .. } => open(source),
        Contents::Many { open, .. } => open(source, entry),
        Contents::Files => container::open(source, entry, all, budget),
    };
    container::noted(document, warning.as_ref())
}

/// A source as it is when nothing is compressed any more.
struct Through {
    source: Source,
    format: &'static Format,
    /// What is missing.
    warning: Option<String>,
}

fn through(source: &Source, budget: &mut Budget) -> Result<Through> {
    let (mut source, mut warning) = (source.clone(), None);
    for _ in 0..=bounds::ARCHIVES {
        match tell(&source)? {
            Told::Format(format) => return Ok(Through { source, format, warning }),
            Told::Packed(codec) => {
                let unpacked = codec.unpack(&source, budget)?;
                source = unpacked.source.hinted(&source.hints);
                warning = unpacked.warning.or(warning);
            }
        }
    }
    bail!("compressed more than {} times over", bounds::ARCHIVES)
}

/// What a file is by its first bytes.
enum Told {
    Format(&'static Format),
    Packed(Codec),
}

fn tell(source: &Source) -> Result<Told> {
    let head = source.read(0, DETECT)?;
    let mut best = (Confidence::No, None);
    for format in FORMATS {
        let confidence = (format.detect)(&head, source);
        if confidence > best.0 {
            best = (confidence, Some(format));
        }
    }
    let (confidence, format) = best;
    // A binary file may hold nothing but bytes that are letters somewhere: its magic number tells.
    if confidence < Confidence::Content {
        if let Some(codec) = Codec::of(&head).filter(|_| !source.growing()) {
            return Ok(Told::Packed(codec));
        }
        if let Some(what) = binary(&head) {
            bail!("{what}");
        }
    }
    format.map(Told::Format).context("not text: contains NUL bytes")
}

/// A document as it comes out of a source.
#[derive(Debug)]
pub struct Found {
    /// Which it is.
    pub entry: Entry,
    /// The name of its format.
    pub format: &'static str,
    /// The document, or why it can't be opened.
    pub document: Result<Document>,
}

/// One document inside a source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Its id within the source, as `#ENTRY` names it on the command line; `None` when the source is one document.
    pub id: Option<String>,
    /// Where it starts, so that it is reached again without reading what stands before it.
    pub offset: u64,
}

/// How sure a format is that a source is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is something else.
    No,
    /// It can be read as this when nothing else claims it.
    Fallback,
    /// The name says so and the content does not contradict.
    Name,
    /// The content says so.
    Content,
}

/// What a format finds in a source.
pub enum Contents {
    /// One document.
    One(fn(&Source) -> Result<Document>),
    /// One, which is the main part of what the source holds.
    Excerpt {
        /// Opens the main part; [`Document::excerpt`] says whether anything was left out.
        open: fn(&Source) -> Result<Document>,
        /// Opens all of it.
        whole: fn(&Source) -> Result<Document>,
    },
    /// Any number of them.
    Many {
        /// Streams them in order, holding no more than one at a time, until told to stop.
        stream: fn(&Source, &mut Each<'_>) -> Result<()>,
        /// Opens the one at an entry's offset again, without reading what stands before it where that can be.
        open: fn(&Source, &Entry) -> Result<Document>,
    },
    /// Files of other formats.
    Files,
}

/// Takes one document after the other, and says whether to go on.
pub type Each<'e> = dyn FnMut(Entry, Result<Document>) -> ControlFlow<()> + 'e;

/// Gives the bytes of the image that the document of an entry calls by a name.
pub type GetImage = fn(&Source, &Entry, &str) -> Result<Vec<u8>>;

/// A format: how it is told and how it is read.
pub struct Format {
    /// Its name, as `type:` asks for it and `--json` prints it.
    pub name: &'static str,
    /// Extensions without the dot, lower case. No two formats claim the same one.
    pub extensions: &'static [&'static str],
    /// One sentence for the table in the README.
    pub about: &'static str,
    /// Looks at the first bytes ([`DETECT`] at most) and the name.
    pub detect: fn(head: &[u8], source: &Source) -> Confidence,
    /// One document or many.
    pub contents: Contents,
    /// Finds images; `None` where they are files in the source, as in an archive, or lie beside it.
    pub image: Option<GetImage>,
}

/// How many bytes detection sees.
pub const DETECT: usize = 8 * 1024;

/// How many bytes of a compressed file are unpacked to tell what is in it.
const PEEK: usize = 64 * 1024;

/// What files that are no text start with, after this many bytes (the tables of file(1) and of the formats themselves).
const MAGIC: &[(usize, &[u8], &str)] = &[
    (0, b"\x1f\x8b", "compressed with gzip"),
    (0, b"BZh", "compressed with bzip2"),
    (0, b"\xfd7zXZ\0", "compressed with xz"),
    (0, b"\x28\xb5\x2f\xfd", "compressed with Zstandard"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"!<arch>\n", "an ar archive"),
    (0, b"%PDF-", "a PDF"),
    (0, b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (0, b"\xff\xd8\xff", "an image (JPEG)"),
    (0, b"GIF87a", "an image (GIF)"),
    (0, b"GIF89a", "an image (GIF)"),
    (8, b"WEBP", "an image (WebP)"),
    (0, b"II*\0", "an image (TIFF)"),
    (0, b"MM\0*", "an image (TIFF)"),
    (0, b"\x7fELF", "an ELF program"),
    (0, b"MZ\x90\0", "a Windows program"),
    (0, b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (0, b"\xca\xfe\xba\xbe", "a Java class or a Mach-O program"),
    (0, b"\0asm", "a WebAssembly program"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (0, b"ID3", "sound (MP3)"),
    (0, b"OggS", "sound or video (Ogg)"),
    (0, b"fLaC", "sound (FLAC)"),
    (0, b"RIFF", "sound or video (RIFF)"),
    (4, b"ftyp", "a video (MP4)"),
    (0, b"\x1aE\xdf\xa3", "a video (Matroska)"),
    (0, b"wOFF", "a font (WOFF)"),
    (0, b"wOF2", "a font (WOFF2)"),
    (0, b"OTTO\0", "a font (OpenType)"),
];

/// What a file is by its first bytes, when it is one of the kinds that are never text. A sign that could also begin a text
/// counts only where a byte follows that no text has.
fn binary(head: &[u8]) -> Option<&'static str> {
    let found = |(at, sign, _): &&(usize, &[u8], &str)| head.get(*at..).is_some_and(|rest| rest.starts_with(sign));
    let (_, sign, what) = MAGIC.iter().find(found)?;
    let telling = sign.iter().any(|b| !matches!(b, b'\t' | b'\n' | b'\r' | 0x20..0x7f));
    let control = |b: &u8| *b < 0x20 && !matches!(b, 0x08..=0x0d | 0x1b);
    (telling || *sign == b"%PDF-" || head.iter().any(control)).then_some(what)
}
