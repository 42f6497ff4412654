//! The one table of query fields. Parser, completion, help and documentation read it: a field is one line here, and a
//! kind of value that is new is one variant of [`FieldKind`] besides.

use super::Zone;

/// A field: `name:value`.
#[derive(Debug)]
pub struct Field {
    /// What stands before the colon, in lower case.
    pub name: &'static str,
    /// One line for help and completion.
    pub doc: &'static str,
    /// What its value means.
    pub kind: FieldKind,
}

/// What the value of a field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words, looked for in this part of a document.
    Text(Zone),
}

/// Every field there is.
pub const FIELDS: &[Field] = &[
    Field { name: "title", doc: "words of the title", kind: FieldKind::Text(Zone::Title) },
    Field { name: "author", doc: "words of the author's name", kind: FieldKind::Text(Zone::Author) },
];

impl Field {
    /// The field of this name, in whatever case it was typed.
    pub fn named(name: &str) -> Option<&'static Field> {
        FIELDS.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}
