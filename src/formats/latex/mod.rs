//! LaTeX to blocks: the text of an article, a book or slides as its author wrote it, without TeX. Commands that mean
//! something to a reader become blocks and spans, the author's own macros are expanded, all other commands vanish and leave the
//! text of their arguments; formulas become lines of Unicode where they can. No other file is ever read.
//!
//! One loop over the source with a stack of what is open, so depth never costs stack; what macros make of it is bounded.

mod command;
mod environment;
mod inline;
mod input;
mod levels;
mod macros;
mod math;
mod numbers;
mod preamble;
mod reader;
mod references;
mod spans;
mod symbols;
mod table;

use anyhow::Result;

use super::{Confidence, Contents, Format, Source, bounds};
use crate::{doc::Document, text};

/// The format.
pub const FORMAT: Format = Format {
    name: "latex",
    extensions: &["tex", "latex", "ltx"],
    about: "LaTeX: sections, lists, tables, footnotes, citations and formulas, the author's macros expanded.",
    detect,
    contents: Contents::One(open),
    image: None,
};

fn detect(head: &[u8], source: &Source) -> Confidence {
    if head.contains(&0) {
        return Confidence::No;
    }
    if FORMAT.extensions.contains(&source.extension().as_str()) {
        return Confidence::Name;
    }
    if source.terminal || !matches!(source.extension().as_str(), "" | "txt" | "text") {
        return Confidence::No;
    }
    // Text about LaTeX shows its commands too: they count where the file begins with one.
    let text = String::from_utf8_lossy(head);
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('%'));
    let begins = first.is_some_and(|line| line.starts_with("\\documentclass") || line.starts_with("\\documentstyle"));
    if begins || first.is_some_and(|line| line.starts_with("\\begin{document}")) {
        Confidence::Content
    } else {
        Confidence::No
    }
}

fn open(source: &Source) -> Result<Document> {
    let bytes = source.read(0, bounds::TEXT)?;
    let mut document = reader::read(&text::decode::decode_all(&bytes));
    if source.size() > bounds::TEXT as u64 {
        document.warnings.push(format!("only the first {} are shown", bounds::megabytes(bounds::TEXT)));
    }
    Ok(document)
}
