//! What can be asked of a document besides its words: where it lies, what it is, how long, from when, and what the reader
//! did with it. Here is what each question means; `search` asks it of the catalogue's columns.

use crate::{
    doc::Date,
    text::{fold::fold, language},
};

/// A question that is answered without looking at the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// It lies in this folder.
    In(Folder),
    /// Its format is called so, or its extension is this.
    Type(Start),
    /// It is written in this language.
    Language(Tongue),
    /// Its date is this day or later.
    After(Day),
    /// Its date is before this day.
    Before(Day),
    /// It can be read and has at least so many words and at most so many.
    Words(u64, u64),
    /// It is one of these.
    Is(Vec<Is>),
    /// It has one of these.
    Has(Vec<Has>),
    /// It belongs to the conversation in which somebody calls a document so.
    Thread(String),
}

/// What a document may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    /// Can be read, and was not begun.
    Unread,
    /// Read in part.
    Begun,
    /// Read to its end.
    Finished,
    /// Carries a star.
    Starred,
    /// Put away.
    Archived,
    /// Can't be read.
    Broken,
}

/// The values of `is:`.
pub const IS: &[(&str, Is)] = &[
    ("unread", Is::Unread),
    ("begun", Is::Begun),
    ("finished", Is::Finished),
    ("starred", Is::Starred),
    ("archived", Is::Archived),
    ("broken", Is::Broken),
];

/// What a document may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    /// A name of who wrote it.
    Author,
    /// A date.
    Date,
    /// A language that it names or that was recognised.
    Language,
    /// A note of the reader's.
    Note,
    /// A star.
    Star,
    /// A tag, the reader's or its own.
    Tag,
}

/// The values of `has:`.
pub const HAS: &[(&str, Has)] = &[
    ("author", Has::Author),
    ("date", Has::Date),
    ("language", Has::Language),
    ("note", Has::Note),
    ("star", Has::Star),
    ("tag", Has::Tag),
];

/// A name, or the beginning of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Folded.
    pub text: String,
    /// It is the whole name.
    pub whole: bool,
}

impl Start {
    /// Whether a name is meant.
    pub fn begins(&self, name: &str) -> bool {
        let name = fold(name);
        if self.whole { name == self.text } else { name.starts_with(&self.text) }
    }
}

/// Names of folders, one within the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// The outermost first; all but the last are whole.
    pub names: Vec<Start>,
    /// The outermost lies in the library's root.
    pub rooted: bool,
}

impl Folder {
    /// Whether these folders, named from the library's root on and folded, lie in it or are it.
    pub fn holds(&self, folders: &[String]) -> bool {
        let stand = |here: &[String]| {
            here.iter()
                .zip(&self.names)
                .all(|(name, asked)| if asked.whole { *name == asked.text } else { name.starts_with(&asked.text) })
        };
        let mut places = folders.windows(self.names.len().max(1));
        if self.rooted { places.next().is_some_and(stand) } else { places.any(stand) }
    }
}

/// A language as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tongue {
    /// The languages whose names begin so; their tags.
    pub tags: Vec<&'static str>,
    /// As typed, in lower case.
    pub typed: String,
}

impl Tongue {
    /// Whether a document that says that it is written in `written` is meant.
    pub fn is(&self, written: &str) -> bool {
        let written = written.trim().to_lowercase().replace('_', "-");
        if self.typed.contains('-') {
            let rest = written.strip_prefix(&self.typed);
            return rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        }
        language::primary(&written) == self.typed
            || language::meant(&written).is_some_and(|language| self.tags.contains(&language.tag))
    }
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i16, pub u8, pub u8);

impl Day {
    /// The day on which what a date names begins: a year, a month, or a day where it was written.
    pub fn of(date: Date) -> Day {
        Day(date.year(), date.month().unwrap_or(1), date.day().unwrap_or(1))
    }
}
