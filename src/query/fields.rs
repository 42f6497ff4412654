//! The one table of query fields. Parser, completion, help and documentation read it: a field is one line here, and a
//! kind of value that is new is one variant of [`FieldKind`] besides.

use super::Zone;

/// A field: `name:value`.
#[derive(Debug)]
pub struct Field {
    /// What stands before the colon, in lower case.
    pub name: &'static str,
    /// Queries that use it, as the help shows them: 20 characters at most.
    pub example: &'static str,
    /// What it asks for, for the help: 42 characters at most.
    pub doc: &'static str,
    /// What its value means.
    pub kind: FieldKind,
}

/// What the value of a field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words, looked for in this part of a document.
    Text(Zone),
    /// Words, looked for in each tag.
    Tag,
    /// Words, looked for in each note.
    Note,
    /// Names of folders.
    Folder,
    /// The name of a format or an extension.
    Type,
    /// The name of a language or its tag.
    Language,
    /// The first day that counts.
    After,
    /// The first day that counts no more.
    Before,
    /// A range of numbers.
    Words,
    /// One of [`IS`](super::IS).
    Is,
    /// One of [`HAS`](super::HAS).
    Has,
    /// A regular expression.
    Pattern,
    /// The path of a document.
    Like,
    /// What other documents call one: the Message-ID of a message.
    Thread,
}

impl FieldKind {
    /// Whether what else has a meaning in a query is a part of the value: it goes up to the next space or the closing quote.
    pub fn is_raw(self) -> bool {
        matches!(self, FieldKind::Pattern | FieldKind::Like | FieldKind::Thread)
    }
}

const fn field(name: &'static str, kind: FieldKind, example: &'static str, doc: &'static str) -> Field {
    Field { name, example, doc, kind }
}

/// Every field there is.
#[rustfmt::skip]
pub const FIELDS: &[Field] = &[
    field("title", FieldKind::Text(Zone::Title), "title:word", "words of the title"),
    field("author", FieldKind::Text(Zone::Author), "author:\"a name\"", "words of the author's name"),
    field("tag", FieldKind::Tag, "tag:word", "words of a tag, yours or its own"),
    field("note", FieldKind::Note, "note:word", "words of your notes"),
    field("in", FieldKind::Folder, "in:folder in:a/b", "lies in a folder that is called so"),
    field("type", FieldKind::Type, "type:markdown", "format or extension"),
    field("lang", FieldKind::Language, "lang:de lang:german", "language"),
    field("after", FieldKind::After, "after:2009-05", "written from that year, month or day on"),
    field("before", FieldKind::Before, "before:2009", "written before it began"),
    field("words", FieldKind::Words, "words:<2000 words:2k", "so many words; 2k is about; 500..2000"),
    field("is", FieldKind::Is, "is:unread", "begun, finished, starred, archived, broken"),
    field("has", FieldKind::Has, "has:note", "author, date, language, star, tag"),
    field("re", FieldKind::Pattern, "re:\"a b+\"", "a regular expression in the text, on Enter"),
    field("like", FieldKind::Like, "like:notes/a.md", "resembles this document (D in the list)"),
    field("thread", FieldKind::Thread, "thread:id@host", "of one conversation, by a Message-ID (C)"),
];

impl Field {
    /// The field of this name, in whatever case it was typed.
    pub fn named(name: &str) -> Option<&'static Field> {
        FIELDS.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}
