//! What was typed, to groups of terms. It never fails and keeps no error: what makes no sense as syntax is words.

use super::{Ask, Field, Group, Phrase, Term, Zone, value::Value};
use crate::text;

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
        // A term that asks for nothing is ignored but keeps its place: in `a | - b` the `b` stands alone.
        let group = match groups.last_mut().filter(|_| joined) {
            Some(group) => group,
            None => groups.push_mut(Group { any: Vec::new() }),
        };
        group.any.extend(term);
        joined = false;
    }
    groups.retain(|group| !group.any.is_empty());
    groups
}

/// A term, or nothing where what was typed asks for nothing yet.
type Typed = Option<Term>;

enum Piece {
    Bar,
    Term(Typed),
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

    fn term(&mut self) -> Typed {
        let excluded = self.peek() == Some('-');
        self.at += usize::from(excluded);
        let start = self.at;
        let bare = self.take(|c| !c.is_whitespace() && c != '|' && !is_quote(c));
        let (name, value) = bare.split_once(':').unwrap_or(("", bare));
        let field = Field::named(name);
        let ask = if let Some(field) = field.filter(|field| field.kind.is_raw()) {
            self.at = start + name.len() + 1;
            self.raw().read(field.kind)
        } else if self.peek().is_some_and(is_quote) && (bare.is_empty() || bare.ends_with(':')) {
            // A quote belongs to what stands before it only after a colon: `title:"a b"`; in `5"` it begins a new term.
            let (inside, whole) = self.quoted(false);
            match field.filter(|_| value.is_empty()) {
                Some(field) => Value { text: inside, whole }.read(field.kind),
                None => Phrase::new(&format!("{bare} {inside}"), !whole).map(|phrase| Ask::Text(Zone::Any, phrase)),
            }
        } else {
            let ask = match field {
                Some(field) => Value { text: value, whole: false }.read(field.kind),
                None => Phrase::new(bare, true).map(|phrase| Ask::Text(Zone::Any, phrase)),
            };
            // What is excluded is excluded as it is typed, and a name has no forms.
            match ask {
                Some(Ask::Text(zone @ (Zone::Any | Zone::Title), phrase)) if !excluded => {
                    Some(Ask::Text(zone, phrase.inflected()))
                }
                ask => ask,
            }
        };
        let typed = text::slice(self.typed, start..self.at).to_owned();
        ask.map(|ask| Term { typed, excluded, ask })
    }

    /// A regular expression, a path or a name: up to the next space, unless it is quoted; what else has a meaning here is its own.
    fn raw(&mut self) -> Value<'t> {
        if self.peek().is_some_and(is_quote) {
            let (text, whole) = self.quoted(true);
            return Value { text, whole };
        }
        Value { text: self.take(|c| !c.is_whitespace()), whole: false }
    }

    /// What stands between this quote and the next, and whether there is a next. One behind a backslash is none if it
    /// can be `escaped`.
    fn quoted(&mut self, escaped: bool) -> (&'t str, bool) {
        self.at += self.peek().map_or(0, char::len_utf8);
        let mut behind = false;
        let inside = self.take(|c| {
            let inside = !is_quote(c) || behind;
            behind = escaped && c == '\\' && !behind;
            inside
        });
        let closing = self.peek();
        self.at += closing.map_or(0, char::len_utf8);
        (inside, closing.is_some())
    }

    fn peek(&self) -> Option<char> {
        text::tail(self.typed, self.at).chars().next()
    }

    /// The characters from here on for which `wanted` holds.
    fn take(&mut self, mut wanted: impl FnMut(char) -> bool) -> &'t str {
        let rest = text::tail(self.typed, self.at);
        let taken = text::head(rest, rest.find(|c| !wanted(c)).unwrap_or(rest.len()));
        self.at += taken.len();
        taken
    }
}

/// Quotes as keyboards and editors make them; a phrase that was copied from a text brings the typographic ones along.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}
