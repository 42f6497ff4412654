//! References to places and to books: what each shows, and whether it leads somewhere. That is known before the text is
//! read, because most lead forward.

use std::collections::{HashMap, HashSet};

use super::{
    numbers::{self, Number},
    reader::Reader,
};

/// Keys of one reference; more are left out.
const KEYS: usize = 100;

/// The places of a source that can be referred to.
#[derive(Debug, Default)]
pub struct References {
    /// Those that are named somewhere.
    named: HashSet<String>,
    /// The numbers of those that have one.
    numbers: HashMap<String, Number>,
}

impl References {
    /// Those of a source.
    pub fn of(source: &str) -> References {
        let mut named = HashSet::new();
        for sign in ["\\label{", "\\bibitem"] {
            let names = source.split(sign).skip(1).filter_map(|after| after.split_once('}')).map(|(name, _)| name);
            named.extend(names.filter_map(|name| name.rsplit(['{', ']']).next()).map(str::to_owned));
        }
        References { named, numbers: numbers::numbers(source) }
    }

    /// Whether the place is somewhere in the text.
    fn lead_to(&self, key: &str) -> bool {
        self.named.contains(key)
    }

    /// What a command shows of the place: its number, or what its key says where that is not known.
    fn shown(&self, command: &str, key: &str) -> String {
        let number = self.numbers.get(key).filter(|_| !matches!(command, "pageref" | "nameref"));
        number.map_or_else(|| format!("[{}]", numbers::readable(key)), |number| number.shown(command))
    }
}

impl Reader {
    /// A reference to places by their numbers.
    pub fn numbered(&mut self, command: &str, keys: &str) {
        for (at, key) in split(keys).enumerate() {
            if at > 0 {
                self.literal(", ");
            }
            let shown = self.references.shown(command, key);
            self.literal("");
            self.refer(key, &shown);
        }
    }

    /// A reference to a place, or to a book.
    pub fn reference(&mut self, keys: &str, note: &str) {
        self.literal("[");
        for (at, key) in split(keys).enumerate() {
            if at > 0 {
                self.literal(", ");
            }
            self.refer(key, key);
        }
        if !note.is_empty() {
            self.literal(&format!(", {note}"));
        }
        self.literal("]");
    }

    /// A link to the place, if there is one.
    fn refer(&mut self, key: &str, shown: &str) {
        if self.references.lead_to(key) {
            let link = self.build.link(format!("#{key}"));
            self.build.prose.span(link, shown);
        } else {
            self.build.prose.push(shown);
        }
    }
}

fn split(keys: &str) -> impl Iterator<Item = &str> {
    keys.split(',').map(str::trim).filter(|key| !key.is_empty()).take(KEYS)
}
