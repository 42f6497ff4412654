//! What the text of a document says about the document: the paragraphs in the styles of a title, an author, a date. And what was
//! wrong with it.

use super::Role;
use crate::{
    doc::{Date, Document, Meta},
    formats::{
        build::{self, Built},
        title,
    },
};

/// What was said so far.
#[derive(Debug, Default)]
pub struct Said {
    /// What was wrong.
    pub warnings: Vec<String>,
    /// It is a presentation.
    pub slides: bool,
    title: Option<String>,
    /// The first title of a slide.
    headed: Option<String>,
    author: Option<String>,
    date: Option<Date>,
}

impl Said {
    /// A paragraph in the style of a title. The first one counts.
    pub fn titled(&mut self, text: &str) {
        self.title.get_or_insert_with(|| build::collapsed(text));
    }

    /// The title of a slide. The first one counts, where nothing else is a title.
    pub fn headed(&mut self, text: &str) {
        self.headed.get_or_insert_with(|| build::collapsed(text));
    }

    /// Takes a paragraph that says by its role who wrote the document, or when. Whether it did, and was the first.
    pub fn take(&mut self, role: Role, text: &str) -> bool {
        match role {
            Role::Author if self.author.is_none() => self.author = Some(build::collapsed(text)),
            Role::Date if self.date.is_none() => self.date = title::date(text),
            _ => return false,
        }
        true
    }

    /// The document. What stands in the text is what a person sees; a property may be the one of the file that it was made from.
    pub fn document(self, built: Built, meta: Meta) -> Document {
        let meta = Meta {
            title: self.title.or(meta.title).or(self.headed),
            author: meta.author.or(self.author),
            date: self.date.or(meta.date),
            ..meta
        };
        let mut document = if self.slides { built.document_of_slides(meta) } else { built.document(meta) };
        document.warnings.extend(self.warnings);
        document
    }
}
