//! The query language: what a person types becomes terms, and a [`Matcher`] finds those terms in a text.
//!
//! | typed | asks for |
//! |---|---|
//! | `alpha beta` | both, in any order, in title, author or text; every word matches from its start |
//! | `"two words"` | exactly these words side by side; the last word of an open quote matches from its start |
//! | `-word`, `-"a phrase"` | documents without it |
//! | `a \| b` | either; binds tighter than the space |
//! | `title:word`, `author:"a name"` | one of [`FIELDS`]; an unknown field is plain words |
//!
//! Every string is a query: nothing here fails. A term with punctuation inside (`don't`, `example.com`, `foo:bar`) and a
//! run of characters written without spaces are their words side by side; a term without any word is ignored. Case and
//! accents don't count, because both sides go through [`words::folded`](crate::text::words::folded).
//!
//! Index and matcher answer the same question, "does this term stand here", and must answer it alike: a term stands where
//! its folded words follow one another within one passage, each equal to the text's word, the last one only its beginning
//! if [`Term::prefix`] says so.

mod fields;
mod matcher;
mod parse;

pub use fields::{FIELDS, Field, FieldKind};
pub use matcher::{Hit, Mark, Matcher, merged};

/// A query. Two are equal if they were typed alike but for spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// A document must satisfy each of these.
    pub groups: Vec<Group>,
}

/// Alternatives: a document must satisfy one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// At least one term.
    pub any: Vec<Term>,
}

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As it was typed, without the `-` before it.
    pub typed: String,
    /// Asks for documents that don't have it.
    pub excluded: bool,
    /// Where it is looked for.
    pub zone: Zone,
    /// Its folded words, at least one, side by side.
    pub words: Vec<String>,
    /// The last word matches every word that begins with it.
    pub prefix: bool,
}

/// The part of a document that a term is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Title, author and text.
    Any,
    /// The title alone.
    Title,
    /// The author alone.
    Author,
}

impl Query {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Query {
        Query { groups: parse::groups(text) }
    }

    /// Whether it asks for nothing, so that every document satisfies it.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The terms in the order typed, the excluded ones among them; [`Hit::term`] counts into these.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.groups.iter().flat_map(|group| &group.any)
    }

    /// What finds its words in a text.
    pub fn matcher(&self) -> Matcher {
        Matcher::new(self)
    }
}
