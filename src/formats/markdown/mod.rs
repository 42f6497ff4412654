//! Markdown to blocks: CommonMark with GitHub's additions, front matter as metadata, HTML reduced to its text.
//!
//! pulldown-cmark reads the Markdown; what is here turns its events into blocks. Nothing of the text is lost: what is not
//! understood stays as it was written. In `Document::targets` a heading is `#slug`, as GitHub makes slugs, an HTML anchor
//! `#id`, and a footnote `fn:label`.

mod element;
mod front;
mod html;
mod reader;

use anyhow::Result;
pub use front::split as front_matter;
pub use html::decode as entities;
pub use reader::read_into;

use super::{Confidence, Contents, Format, Source, bounds};
use crate::{doc::Document, text};

/// The format.
pub const FORMAT: Format = Format {
    name: "markdown",
    extensions: &["md", "markdown", "mkd", "mdown", "mdx", "qmd", "rmd"],
    about: "Markdown: CommonMark, GitHub's tables, task lists, footnotes and alerts, YAML and TOML front matter.",
    detect,
    contents: Contents::One(open),
    image: None,
};

fn open(source: &Source) -> Result<Document> {
    let bytes = source.read(0, bounds::TEXT)?;
    let mut document = read(&text::decode::decode_all(&bytes));
    if source.size() > bounds::TEXT as u64 {
        document.warnings.push(format!("only the first {} are shown", bounds::megabytes(bounds::TEXT)));
    }
    Ok(document)
}

/// The document of a Markdown text.
fn read(markdown: &str) -> Document {
    let front = front::split(markdown);
    let mut document = reader::read(front.rest).document(front.meta);
    document.warnings.extend(front.warning);
    document
}

/// By name; a nameless or `.txt` text only when it is plainly Markdown.
fn detect(head: &[u8], source: &Source) -> Confidence {
    if FORMAT.extensions.contains(&source.extension().as_str()) {
        return if looks_binary(head) { Confidence::No } else { Confidence::Name };
    }
    if !matches!(source.extension().as_str(), "" | "txt" | "text") || source.terminal || looks_binary(head) {
        return Confidence::No;
    }
    let text = String::from_utf8_lossy(head);
    if front::split(&text).is_front || marks(&text) >= 2 { Confidence::Content } else { Confidence::No }
}

/// Whether a text of which nothing else is known is plainly Markdown.
pub fn is_markdown(text: &str) -> bool {
    marks(text) >= 2
}

fn looks_binary(head: &[u8]) -> bool {
    let found = text::decode::detect(head, false);
    !found.is_utf16() && head.contains(&0)
}

/// How many of these a text shows: headings by `#`, fenced code, links. One `#` line or one bracket is chance, and a
/// comment in a script is no heading.
fn marks(text: &str) -> usize {
    let (mut headings, mut fences, mut links) = (0usize, 0usize, 0usize);
    for (at, line) in text.lines().enumerate() {
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        if at == 0 && line.starts_with("#!") {
            return 0;
        }
        let after = text::tail(line, hashes);
        if fences.is_multiple_of(2) && (1..=6).contains(&hashes) && after.starts_with(' ') {
            headings += 1;
        }
        fences += usize::from(line.starts_with("```") || line.starts_with("~~~"));
        if let Some((before, after)) = line.split_once("](") {
            links += usize::from(before.contains('[') && after.contains(')'));
        }
    }
    usize::from(headings >= 1) + usize::from(fences >= 2) + usize::from(links >= 1)
}
