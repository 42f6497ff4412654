//! Manual pages to blocks: the macros of man and mdoc, over as much of troff as pages use.
//!
//! [`roff`] reads lines and carries out definitions and conditions; what remains are lines of text and calls of macros, which
//! [`page`] (man) and [`mdoc`] turn into blocks. Nothing is set in columns or pages: the text is what counts. In a page whose
//! macros are not known the arguments are shown as text.

mod condition;
mod escape;
mod frame;
mod glyph;
mod inline;
mod interpolate;
mod mdoc;
mod page;
mod roff;
mod tbl;

use anyhow::Result;

use super::{Confidence, Contents, Format, Source, markup};
use crate::doc::{Document, Meta};

/// The format.
pub const FORMAT: Format = Format {
    name: "man",
    extensions: &["man", "mdoc", "roff"],
    about: "Manual pages: man and mdoc, with tables; `ls.1` is one when it begins like one",
    detect,
    contents: Contents::One(open),
    image: None,
};

fn open(source: &Source) -> Result<Document> {
    markup::open(source, |text| if is_mdoc(text) { mdoc::read(text) } else { page::read(text) })
}

/// What a page says about itself while it is read.
#[derive(Debug, Default)]
struct Heading {
    /// `LS(1)`.
    name: Option<String>,
    /// `ls - list directory contents`.
    line: Option<String>,
    date: Option<String>,
    authors: Vec<String>,
}

impl Heading {
    fn meta(self) -> Meta {
        Meta {
            title: self.line.or(self.name).map(|t| super::build::collapsed(&t)).filter(|t| !t.is_empty()),
            author: (!self.authors.is_empty()).then(|| self.authors.join(", ")),
            date: self.date.and_then(|date| super::title::date(&date)),
            ..Meta::default()
        }
    }
}

/// A page by its name is one when nothing speaks against it; of any other name, or none, when it begins as pages do.
fn detect(head: &[u8], source: &Source) -> Confidence {
    if source.terminal || markup::is_binary(head) {
        return Confidence::No;
    }
    let (extension, text) = (source.extension(), String::from_utf8_lossy(head));
    let named = FORMAT.extensions.contains(&extension.as_str());
    if begins(&text) && (named || extension.is_empty() || is_section(&extension)) {
        Confidence::Content
    } else if named && text.lines().find(|line| !line.trim().is_empty()).is_some_and(is_command) {
        // A page that was printed to a file is text, whatever it is called.
        Confidence::Name
    } else {
        Confidence::No
    }
}

/// `1`, `3pm`, `1ssl`, `n`: what pages of a section are called.
fn is_section(extension: &str) -> bool {
    let mut chars = extension.chars();
    let first = chars.next();
    (first.is_some_and(|c| c.is_ascii_digit()) && extension.len() <= 8 && chars.all(|c| c.is_ascii_alphabetic()))
        || matches!(extension, "n" | "l" | "in")
}

/// Whether a text begins as pages do: with a comment or a request, and with the macro that gives its title soon after, or the
/// one that says which page is meant by this name.
fn begins(head: &str) -> bool {
    let mut lines = head.trim_start_matches('\u{FEFF}').lines().skip_while(|line| line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let titles = |line: &str| matches!(line.split_whitespace().next(), Some(".TH" | ".Dd" | ".Dt"));
    match first.split_whitespace().next() {
        Some(".so") => first.contains("man") && head.len() < 1024,
        Some(_) if is_command(first) => titles(first) || lines.any(titles),
        _ => false,
    }
}

/// Whether a line is a comment or calls something.
fn is_command(line: &str) -> bool {
    let Some(rest) = line.strip_prefix(['.', '\'']) else { return false };
    let name = rest.split_whitespace().next().unwrap_or_default();
    let is_name = !name.is_empty() && name.len() <= 12 && name.chars().all(|c| c.is_ascii_alphanumeric());
    rest.starts_with('\\') || is_name
}

fn is_mdoc(text: &str) -> bool {
    text.lines().find_map(|line| match line.split_whitespace().next() {
        Some(".TH") => Some(false),
        Some(".Dd" | ".Dt" | ".Os") => Some(true),
        _ => None,
    }) == Some(true)
}
