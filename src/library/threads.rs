//! Conversations: documents that answer one another, as messages do. Who answers whom is told by names ([`Meta::id`]), and a
//! name ties together all that mention it, whether the document that is called so is here or not: two answers to a message
//! that nobody kept are one conversation.
//!
//! [`Meta::id`]: crate::doc::Meta::id

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use crate::doc::DocId;

/// Which documents belong together: a few bytes for each of them.
#[derive(Clone, Debug, Default)]
pub struct Threads {
    /// Names by their hashes, ascending, with the number of their thread.
    names: Vec<(u64, u32)>,
    /// The documents of each thread, ascending.
    members: Vec<(u32, DocId)>,
}

/// Joins documents to threads, one after the other.
#[derive(Debug, Default)]
pub struct Joiner {
    /// The number of each name.
    names: HashMap<u64, u32>,
    /// Of each name another one of its thread that comes before it, or itself.
    before: Vec<u32>,
    /// Documents with the number of one of their names.
    documents: Vec<(u32, DocId)>,
}

impl Threads {
    /// The documents of the thread in which a name was mentioned, in the order of their numbers.
    pub fn of(&self, name: &str) -> impl Iterator<Item = DocId> + '_ {
        let at = self.names.binary_search_by_key(&hash(name), |(name, _)| *name).ok();
        let thread = at.and_then(|at| self.names.get(at)).map(|(_, thread)| *thread);
        let first = thread.map_or(self.members.len(), |thread| self.members.partition_point(|(of, _)| *of < thread));
        let rest = self.members.get(first..).unwrap_or_default();
        rest.iter().take_while(move |(of, _)| Some(*of) == thread).map(|(_, id)| *id)
    }
}

impl Joiner {
    /// Adds a document by what it is called and by what it answers.
    pub fn add<'n>(&mut self, id: DocId, name: Option<&'n str>, answers: impl Iterator<Item = &'n str>) {
        let mut own = None;
        for name in name.into_iter().chain(answers) {
            let number = self.number(name);
            match own {
                Some(own) => self.join(own, number),
                None => {
                    own = Some(number);
                    self.documents.push((number, id));
                }
            }
        }
    }

    /// The threads that have come about.
    pub fn finish(mut self) -> Threads {
        let mut names: Vec<(u64, u32)> = std::mem::take(&mut self.names).into_iter().collect();
        let mut members = std::mem::take(&mut self.documents);
        names.iter_mut().for_each(|(_, number)| *number = self.first(*number));
        members.iter_mut().for_each(|(number, _)| *number = self.first(*number));
        names.sort_unstable();
        members.sort_unstable();
        Threads { names, members }
    }

    fn number(&mut self, name: &str) -> u32 {
        let next = u32::try_from(self.before.len()).unwrap_or(u32::MAX);
        let number = *self.names.entry(hash(name)).or_insert(next);
        if number == next {
            self.before.push(number);
        }
        number
    }

    /// The first number of a thread, by which it goes.
    fn first(&mut self, mut number: u32) -> u32 {
        while let Some(before) = self.at(number).filter(|before| *before != number) {
            // The way is halved each time that it is gone.
            let further = self.at(before).unwrap_or(before);
            if let Some(place) = self.before.get_mut(number as usize) {
                *place = further;
            }
            number = further;
        }
        number
    }

    fn at(&self, number: u32) -> Option<u32> {
        self.before.get(number as usize).copied()
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.first(one), self.first(other));
        if let Some(place) = self.before.get_mut(one.max(other) as usize) {
            *place = one.min(other);
        }
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}
