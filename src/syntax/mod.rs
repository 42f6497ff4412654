//! Which words of a program are what: its text, and the name of its language, to ranges of [`Token`]s. The grammars are those
//! of Sublime Text, by syntect; their themes are not used, since what a word is belongs here and how it looks to the screen.
//!
//! Making sense of a text is slow (a language's first block costs tens of milliseconds, since its patterns are compiled
//! then), so it is done where nobody waits for it. What is too large stays plain: a block by [`LARGEST`], a line by
//! [`LONGEST`]. The ranges stand apart, in order, and lie within the text.

mod language;
mod scope;

use std::{ops::Range, sync::Arc};

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

use crate::doc::{Block, Kind, Token};
use scope::Meanings;

/// The words of a text that are something.
pub type Tokens = Arc<[(Range<usize>, Token)]>;

/// Blocks of more bytes stay plain.
pub const LARGEST: usize = 256 * 1024;
/// Lines of more bytes stay plain; their language goes on below them.
pub const LONGEST: usize = 2_000;

/// All grammars, and what their scopes mean.
pub struct Syntax {
    grammars: SyntaxSet,
    meanings: Meanings,
}

impl Default for Syntax {
    fn default() -> Syntax {
        Syntax { grammars: two_face::syntax::extra_newlines(), meanings: Meanings::default() }
    }
}

impl Syntax {
    /// Whether the block is program text whose words could be told apart.
    pub fn is_for(block: &Block) -> bool {
        let Kind::Code { language: Some(name) } = &block.kind else { return false };
        // A text that brings colours along, as what a program printed does, keeps them.
        !name.is_empty() && block.text.len() <= LARGEST && block.spans.is_empty()
    }

    /// The tokens of a block; `None` once `alive` says that nobody wants them.
    pub fn tokens(&self, block: &Block, alive: &dyn Fn() -> bool) -> Option<Tokens> {
        let grammar = match &block.kind {
            Kind::Code { language: Some(name) } if Syntax::is_for(block) => self.grammar(name),
            _ => None,
        };
        grammar.map_or_else(|| Some(Tokens::default()), |grammar| self.read(&block.text, grammar, alive))
    }

    /// The grammar of a language by its name or the extension of its files, as a fence or a file name says it.
    fn grammar(&self, name: &str) -> Option<&SyntaxReference> {
        let name = language::name(name)?;
        self.grammars
            .find_syntax_by_token(name)
            .filter(|grammar| !grammar.hidden || !grammar.file_extensions.is_empty())
    }

    fn read(&self, text: &str, grammar: &SyntaxReference, alive: &dyn Fn() -> bool) -> Option<Tokens> {
        let (mut state, mut stack) = (ParseState::new(grammar), ScopeStack::new());
        let mut found = Found::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if !alive() {
                return None;
            }
            let lasts = start + line.len();
            let ops = if line.len() > LONGEST { Ok(Vec::new()) } else { state.parse_line(line, &self.grammars) };
            // A grammar that fails has said what it could.
            let Ok(ops) = ops else { break };
            let mut at = start;
            for (byte, op) in ops {
                let next = (start + byte).clamp(at, lasts);
                found.push(at..next, self.meanings.of(&stack));
                at = next;
                if stack.apply(&op).is_err() {
                    return Some(found.tokens.into());
                }
            }
            if line.len() <= LONGEST {
                found.push(at..lasts, self.meanings.of(&stack));
            }
            start = lasts;
        }
        Some(found.tokens.into())
    }
}

/// Tokens as they are found; those of a kind that touch become one.
#[derive(Default)]
struct Found {
    tokens: Vec<(Range<usize>, Token)>,
}

impl Found {
    fn push(&mut self, range: Range<usize>, token: Option<Token>) {
        let Some(token) = token.filter(|_| !range.is_empty()) else { return };
        match self.tokens.last_mut() {
            Some((last, same)) if *same == token && last.end == range.start => last.end = range.end,
            _ => self.tokens.push((range, token)),
        }
    }
}
