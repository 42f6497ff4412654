//! What a word of a program is. Who finds it out knows no colours, and who has colours knows no languages.

/// The kinds of words that are told apart on the page. Names of variables, punctuation and operators are none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Token {
    /// A word of the language itself.
    Keyword,
    /// A text in quotes.
    String,
    /// A number.
    Number,
    /// Any other constant: `true`, `None`, an escape within a string.
    Constant,
    /// A comment.
    Comment,
    /// The name of a function, where it is made or called.
    Function,
    /// The name of a type, or of an element of markup.
    Type,
    /// An annotation, an attribute, the key of a setting.
    Attribute,
    /// A heading within markup.
    Heading,
    /// A line that a patch puts in.
    Added,
    /// A line that a patch takes away.
    Removed,
}
