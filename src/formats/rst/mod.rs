//! reStructuredText to blocks, with what Sphinx adds: directives, roles, and the descriptions of functions and options.
//!
//! [`blocks`] goes through the lines of a part by their indentation, [`inline`] through the text of a paragraph. Comments
//! are hidden; what a directive means that isn't known is told by what stands in it, which is shown.

mod blocks;
mod directive;
mod fields;
mod gather;
mod inline;
mod kinds;
mod lists;
mod role;
mod table;
mod tabular;

use anyhow::Result;

use super::{Confidence, Contents, Format, Source, build::Builder, markup, title};
use crate::doc::{Document, Meta};
use gather::Names;

/// The format.
pub const FORMAT: Format = Format {
    name: "rst",
    extensions: &["rst", "rest"],
    about: "reStructuredText, as docutils and Sphinx read it",
    detect,
    contents: Contents::One(open),
    image: None,
};

/// Parts within parts. What is deeper is text.
const DEPTH: usize = 48;

fn open(source: &Source) -> Result<Document> {
    markup::open(source, read)
}

fn detect(head: &[u8], source: &Source) -> Confidence {
    // Sphinx keeps its sources beside the pages as `index.rst.txt`.
    if source.name.to_lowercase().ends_with(".rst.txt") && !markup::is_binary(head) && !source.terminal {
        return Confidence::Name;
    }
    markup::named(head, source, FORMAT.extensions)
}

fn read(text: &str) -> Document {
    let text = markup::without_tabs(text);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut reader = Reader { names: Names::gather(&lines), ..Reader::default() };
    reader.document(&lines);
    let meta = reader.meta;
    reader.build.finish().document(meta)
}

/// What is known of a document while it is read.
#[derive(Debug, Default)]
struct Reader {
    build: Builder,
    meta: Meta,
    /// Targets and substitutions, from all of the text.
    names: Names,
    /// How headings were underlined so far, from the highest.
    adornments: Vec<(char, bool)>,
    /// The language of literal blocks.
    highlight: Option<String>,
    /// Footnotes that number themselves: definitions and references so far.
    numbered: (usize, usize),
    /// References that lead to targets without a name, so far.
    anonymous: usize,
    /// Bytes that substitutions have put in.
    substituting: usize,
    /// A paragraph came: what heading comes now is not above all of the text.
    begun: bool,
}

impl Reader {
    fn set_author(&mut self, name: &str) {
        let name = name.split('<').next().unwrap_or_default().trim().trim_end_matches(',');
        if self.meta.author.is_none() && !name.is_empty() {
            self.meta.author = Some(title::clean(name));
        }
    }
}
