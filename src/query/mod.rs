//! The query language: what a person types becomes terms, and a [`Matcher`] finds those terms in a text.
//!
//! | typed | asks for |
//! |---|---|
//! | `alpha beta` | both, in any order, in title, author, tags, notes or text; every word matches from its start, and in its other forms in the language of the document: `customers` finds customer |
//! | `"two words"` | exactly these words side by side; the last word of an open quote matches from its start |
//! | `-word`, `-"a phrase"`, `-is:begun` | documents without it; of a word without that form |
//! | `a \| b` | either; binds tighter than the space |
//! | `title:` `author:` `tag:` `note:` | words in one place: of the notes and tags, in one of them |
//! | `in:name` | a folder above the document, counted from the root of the library, has this name or one that begins so; `in:a/b` two, one in the other; `in:/a` right in the root; `in:a/` and `in:"a"` the whole name. Among several roots their own names count too |
//! | `type:name` | the format's name or the file's extension, from its start; in quotes, whole |
//! | `lang:name` | the language by tag (`de`, `de-AT`), code (`deu`) or name (`german`, `deutsch`), else all whose names begin so |
//! | `after:day` `before:day` | from the first day of that year, month or day on, and up to it. Every document that has a date satisfies exactly one of the two; one that has none satisfies neither, whatever its file's time is. A document dated `2009` counts as of its first day |
//! | `words:<2000` `<=` `>` `>=` `500..2000` `500..` `..2k` `=700` | so many words; a number alone is about so many, a tenth more or less. Not of documents that can't be read |
//! | `is:` `has:` | one of [`IS`], one of [`HAS`]; the beginning of several means any of them |
//! | `re:pattern`, `re:"a pattern"` | a regular expression that finds something in one block of the text; up to the next space, quotes and bars being its own, or up to the closing quote, `\"` being its own. Looked for when it is asked for, with Enter |
//! | `like:path`, `like:"a path"` | shares the telling words of the document there, which is not among the answer; by its path from the root of the library on, or from that of the disk, with `#` and its entry in a file that holds many. Written like a `re:` |
//! | `thread:id`, `thread:"an id"` | belongs to the conversation in which this message is, or is mentioned; by its Message-ID, all of it. Written like a `re:` |
//! | `@name`, `-@name`, `@name \| a` | what the query asks for that was saved under this name, as if it stood between brackets ([`expand`]). A name that nobody gave is plain words |
//!
//! Every string is a query: nothing here fails. An unknown field is plain words. A term with punctuation inside (`don't`,
//! `example.com`, `foo:bar`) and a run of characters written without spaces are their words side by side; a term without
//! any word is ignored. So is a field whose value has not been typed yet (`is:`, `words:<`, `after:200`); a month or a day
//! that is begun leaves the year or the month (`after:2009-0`). A value that can't become one any more ([`Ask::Wrong`])
//! is satisfied by no document, also behind a minus, and says what is wrong with it. Case and accents don't count,
//! because both sides go through [`words::folded`](crate::text::words::folded).
//!
//! Index and matcher answer the same question, "does this term stand here", and must answer it alike: a term stands where
//! its folded words follow one another within one passage, each equal to the text's word, the last one only its beginning
//! if [`Phrase::prefix`] says so, or where a form of its word stands if [`Phrase::inflected`] says so. Which forms there
//! are depends on the document's language: see [`stem`](crate::text::stem).

mod fact;
mod fields;
mod matcher;
mod named;
mod parse;
mod pattern;
mod phrase;
mod value;

pub use fact::{Day, Fact, Folder, HAS, Has, IS, Is, Start, Tongue};
pub use fields::{FIELDS, Field, FieldKind};
pub use matcher::{Hit, Mark, Matcher, merged};
pub use named::{expand, name, suggested_name};
pub use pattern::Pattern;
pub use phrase::{Phrase, folded};
pub use value::{like, thread};

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
    /// What it is.
    pub ask: Ask,
}

/// What a term asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Words in the text or a part of it.
    Text(Zone, Phrase),
    /// Words in a tag.
    Tag(Phrase),
    /// Words in a note.
    Note(Phrase),
    /// What is known of the document besides its words.
    Fact(Fact),
    /// A regular expression in the text.
    Pattern(Pattern),
    /// To resemble the document at this path.
    Like(String),
    /// Nothing: a field whose value makes no sense, and why.
    Wrong(String),
}

/// The part of a document that words are looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Title, author and text, and what the reader added: tags and notes.
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

    /// Its regular expressions.
    pub fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.terms().filter_map(|term| if let Ask::Pattern(pattern) = &term.ask { Some(pattern) } else { None })
    }

    /// The same one, with the regular expressions that can't be read as what they are: wrong.
    #[must_use]
    pub fn checked(mut self) -> Query {
        for term in self.groups.iter_mut().flat_map(|group| &mut group.any) {
            if let Ask::Pattern(pattern) = &term.ask
                && let Err(why) = pattern.compile()
            {
                term.ask = Ask::Wrong(format!("{}: {why}", term.typed));
            }
        }
        self
    }

    /// What makes no sense in it, in words.
    pub fn wrong(&self) -> impl Iterator<Item = &str> {
        self.terms().filter_map(|term| if let Ask::Wrong(reason) = &term.ask { Some(reason.as_str()) } else { None })
    }

    /// What finds its words in a text.
    pub fn matcher(&self) -> Matcher {
        Matcher::new(self)
    }
}

impl Term {
    /// Its words, if they are looked for in the text or a part of it.
    pub fn text(&self) -> Option<(Zone, &Phrase)> {
        if let Ask::Text(zone, phrase) = &self.ask { Some((*zone, phrase)) } else { None }
    }
}
