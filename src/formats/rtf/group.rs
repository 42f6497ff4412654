//! The state of a group: what its end undoes.

use crate::formats::office::Run;

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Destination {
    /// Into the document.
    #[default]
    Text,
    /// Nowhere.
    Skip,
    /// Into the table of fonts.
    Fonts,
    /// Into the table of styles.
    Styles,
    /// Into a property of the document.
    Info(Property),
    /// Into the instruction of a field.
    Instruction,
    /// Before an item of a list.
    Marker,
    /// Into the name of a place.
    Bookmark,
    /// Into the name of who wrote the next comment.
    Commenter,
    /// A picture, of which what was written about it counts.
    Picture,
    /// The name of a property of a drawing, and its value.
    PropertyName,
    /// See there.
    PropertyValue,
}

/// A property of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// Its title.
    Title,
    /// Who wrote it.
    Author,
    /// Keywords.
    Keywords,
    /// When it was made.
    Created,
    /// Another one.
    Other,
}

/// What a group holds for itself.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Where its text goes.
    pub to: Destination,
    /// What its text is.
    pub run: Run,
    /// The number of its font.
    pub font: i32,
    /// How many characters after `\u` stand in for it.
    pub unicode: usize,
    /// Its text was deleted.
    pub deleted: bool,
    /// Its text is a link.
    pub link: Option<usize>,
    /// `\*` was the first in it.
    pub starred: bool,
}
