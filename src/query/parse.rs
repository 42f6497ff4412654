//! What was typed, to groups of terms. It never fails and keeps no error: what makes no sense as syntax is words.

use super::{Field, FieldKind, Group, Term, Zone};
use crate::text::{self, words};

/// The groups of a query, in the order typed.
pub(super) fn groups(typed: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Whether a `|` stands between the last term and the next.
    let mut joined = false;
    let mut reader = Reader { typed, at: 0 };
    while let Some(piece) = reader.next() {
        let Piece::Term(term) = piece else {
            joined = true;
            continue;
        };
        // A term without a word is ignored but keeps its place: in `a | - b` the `b` stands alone.
        let group = match groups.last_mut().filter(|_| joined) {
            Some(group) => group,
            None => groups.push_mut(Group { any: Vec::new() }),
        };
        group.any.extend(Some(term).filter(|term| !term.words.is_empty()));
        joined = false;
    }
    groups.retain(|group| !group.any.is_empty());
    groups
}

enum Piece {
    Bar,
    Term(Term),
}

struct Reader<'t> {
    typed: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Option<Piece> {
        self.take(char::is_whitespace);
        match self.peek()? {
            '|' => {
                self.at += 1;
                Some(Piece::Bar)
            }
            _ => Some(Piece::Term(self.term())),
        }
    }

    fn term(&mut self) -> Term {
        let excluded = self.peek() == Some('-');
        self.at += usize::from(excluded);
        let start = self.at;
        let bare = self.take(|c| !c.is_whitespace() && c != '|' && !is_quote(c));
        // A quote belongs to what stands before it only after a colon: `title:"a b"`; in `5"` it begins a new term.
        let quoted = self.peek().is_some_and(is_quote) && (bare.is_empty() || bare.ends_with(':'));
        let (name, value) = bare.split_once(':').unwrap_or(("", bare));
        let (zone, mut words) = match Field::named(name).map(|field| field.kind) {
            Some(FieldKind::Text(zone)) => (zone, folded(value)),
            None => (Zone::Any, folded(bare)),
        };
        let mut prefix = true;
        if quoted {
            let (phrase, closed) = self.quoted();
            words.extend(folded(phrase));
            prefix = !closed;
        }
        Term { typed: text::slice(self.typed, start..self.at).to_owned(), excluded, zone, words, prefix }
    }

    /// What stands between this quote and the next, and whether there is a next.
    fn quoted(&mut self) -> (&'t str, bool) {
        self.at += self.peek().map_or(0, char::len_utf8);
        let inside = self.take(|c| !is_quote(c));
        let closing = self.peek();
        self.at += closing.map_or(0, char::len_utf8);
        (inside, closing.is_some())
    }

    fn peek(&self) -> Option<char> {
        text::tail(self.typed, self.at).chars().next()
    }

    /// The characters from here on for which `wanted` holds.
    fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = text::tail(self.typed, self.at);
        let taken = text::head(rest, rest.find(|c| !wanted(c)).unwrap_or(rest.len()));
        self.at += taken.len();
        taken
    }
}

/// Quotes as keyboards and editors make them; a phrase that was copied from a text brings the typographic ones along.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

fn folded(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    words::folded(text, |_, word| out.push(word.to_owned()));
    out
}
