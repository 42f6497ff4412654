//! What the scopes of a grammar mean. Names of scopes follow those of TextMate
//! (<https://www.sublimetext.com/docs/scope_naming.html>): they are read from the innermost outwards, and the first that
//! means something counts.

use syntect::parsing::{Scope, ScopeStack};

use crate::doc::Token;

/// Scopes by their first names; of those that begin alike the longer comes first. Without a token it is told to be nothing,
/// whatever it stands in.
const MEANINGS: &[(&str, Option<Token>)] = &[
    ("comment", Some(Token::Comment)),
    ("punctuation.definition.comment", Some(Token::Comment)),
    ("constant.numeric", Some(Token::Number)),
    ("constant.other.symbol", Some(Token::String)),
    ("constant.other.placeholder", Some(Token::Constant)),
    ("constant", Some(Token::Constant)),
    ("string.unquoted", None),
    ("string", Some(Token::String)),
    ("meta.interpolation", None),
    ("source.embedded", None),
    ("punctuation.section.interpolation", Some(Token::Constant)),
    ("keyword.operator.word", Some(Token::Keyword)),
    ("keyword.operator.logical.python", Some(Token::Keyword)),
    ("keyword.operator.new", Some(Token::Keyword)),
    ("keyword.operator", None),
    ("keyword.other.unit", Some(Token::Number)),
    ("keyword", Some(Token::Keyword)),
    ("storage.type.annotation", Some(Token::Attribute)),
    ("storage", Some(Token::Keyword)),
    ("variable.language", Some(Token::Keyword)),
    ("variable.annotation", Some(Token::Attribute)),
    ("variable.function", Some(Token::Function)),
    ("variable.macro", Some(Token::Function)),
    ("meta.annotation", Some(Token::Attribute)),
    ("support.function", Some(Token::Function)),
    ("support.macro", Some(Token::Function)),
    ("support.type.property-name", Some(Token::Attribute)),
    ("support.type", Some(Token::Type)),
    ("support.class", Some(Token::Type)),
    ("support.constant", Some(Token::Constant)),
    ("entity.name.function", Some(Token::Function)),
    ("entity.name.macro", Some(Token::Function)),
    ("entity.name.section", Some(Token::Heading)),
    ("entity.name.label", Some(Token::Constant)),
    ("entity.name.constant", Some(Token::Constant)),
    ("entity.name.tag.yaml", Some(Token::Attribute)),
    ("entity.name.tag.toml", Some(Token::Attribute)),
    ("entity.name.table", Some(Token::Heading)),
    ("entity.name", Some(Token::Type)),
    ("entity.other.attribute-name", Some(Token::Attribute)),
    ("entity.other.inherited-class", Some(Token::Type)),
    ("markup.heading", Some(Token::Heading)),
    ("markup.inserted", Some(Token::Added)),
    ("markup.deleted", Some(Token::Removed)),
    ("meta.diff.header", Some(Token::Heading)),
    ("meta.diff.range", Some(Token::Constant)),
    ("meta.mapping.key", Some(Token::Attribute)),
];

/// The table, as the grammars write scopes.
pub(super) struct Meanings(Vec<(Scope, Option<Token>)>);

impl Default for Meanings {
    fn default() -> Meanings {
        // What is no scope could be in no grammar.
        Meanings(MEANINGS.iter().filter_map(|(name, token)| Some((Scope::new(name).ok()?, *token))).collect())
    }
}

impl Meanings {
    /// What is meant by scopes within each other.
    pub(super) fn of(&self, stack: &ScopeStack) -> Option<Token> {
        let known = |scope: &Scope| self.0.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope));
        stack.scopes.iter().rev().find_map(known).and_then(|(_, token)| *token)
    }
}
