//! A cell to blocks.

use super::{joined, markdown, output};
use crate::{
    doc::Meta,
    formats::{build::Builder, build::collapsed, html, jsonl::Json},
};

/// Cell magics of IPython whose code is in another language than the kernel's.
const MAGICS: &[(&str, &str)] = &[
    ("bash", "bash"),
    ("sh", "bash"),
    ("html", "html"),
    ("javascript", "javascript"),
    ("js", "javascript"),
    ("latex", "latex"),
    ("perl", "perl"),
    ("R", "r"),
    ("ruby", "ruby"),
    ("sql", "sql"),
    ("svg", "xml"),
];

/// The blocks so far.
pub struct Reader {
    pub build: Builder,
    /// The language of the kernel.
    pub language: Option<String>,
    /// What front matter in the first cell says.
    pub front: Meta,
}

impl Reader {
    /// Reads a cell. What it is for is told by its type; one of a type that nobody knows is text.
    pub fn cell(&mut self, cell: &Json) {
        let source = ["source", "input"].into_iter().find_map(|name| cell.get(name)).map(joined).unwrap_or_default();
        match cell.get("cell_type").and_then(Json::text) {
            Some("code") => self.code(cell, &source),
            Some("markdown") => self.markdown(&source),
            Some("heading") => {
                let level = cell.get("level").map(ToString::to_string).and_then(|level| level.parse().ok());
                self.build.heading_of(level.unwrap_or(1), collapsed(&source), Vec::new());
            }
            Some("html") => html::read_into(&source, &mut self.build, &()),
            _ => self.raw(cell, &source),
        }
        self.build.flush();
    }

    fn markdown(&mut self, source: &str) {
        let text = self.without_front(source);
        markdown::read_into(text, &mut self.build);
    }

    /// Text for another program, which nbconvert passes on.
    fn raw(&mut self, cell: &Json, source: &str) {
        let text = self.without_front(source);
        let about = cell.get("metadata");
        let kind = ["format", "raw_mimetype"].into_iter().find_map(|name| about?.get(name)?.text());
        match kind {
            Some("text/markdown") => markdown::read_into(text, &mut self.build),
            Some("text/html") => html::read_into(text, &mut self.build, &()),
            _ => self.build.preformatted(text),
        }
    }

    /// A text without the front matter that it may begin with where nothing stands before it.
    fn without_front<'t>(&mut self, source: &'t str) -> &'t str {
        if self.build.has_text() {
            return source;
        }
        let front = markdown::front_matter(source);
        if front.is_front {
            self.front = front.meta;
        }
        front.rest
    }

    fn code(&mut self, cell: &Json, source: &str) {
        let magic = source.trim_start().strip_prefix("%%").and_then(|line| line.split_whitespace().next());
        let other = magic.and_then(|magic| MAGICS.iter().find(|(name, _)| *name == magic));
        let own = cell.get("language").and_then(Json::text).map(str::to_lowercase);
        let language = other.map(|(_, language)| (*language).to_owned()).or(own).or_else(|| self.language.clone());
        self.build.code(language, source);
        let outputs = cell.get("outputs").map(Json::elements).unwrap_or_default();
        output::read(outputs, &mut self.build);
    }
}
