//! Ids of the entries of one source: what an entry calls itself, made unique, else its number. Stable, as long as what
//! stands before it stays.

use std::collections::HashMap;

/// Gives out ids and remembers them.
#[derive(Debug, Default)]
pub struct Ids {
    /// The number that makes each unique when it comes again.
    given: HashMap<String, usize>,
}

impl Ids {
    /// The id of the entry that is the `number`th and calls itself `name`.
    pub fn next(&mut self, name: Option<String>, number: usize) -> String {
        let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| number.to_string());
        let mut id = name.clone();
        let mut next = self.given.get(&name).copied().unwrap_or(2);
        while self.given.contains_key(&id) {
            id = format!("{name}-{next}");
            next += 1;
        }
        self.given.insert(name, next);
        self.given.entry(id.clone()).or_insert(2);
        id
    }
}
