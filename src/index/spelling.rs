//! The nearest spelling of a word that the index doesn't hold: the words that it does hold which are a slip or two of
//! the fingers away. The dictionary is walked by an automaton, so that what can't be near is never read.

use std::collections::BTreeMap;

use anyhow::Result;
use tantivy::{
    Term,
    query::{DfaWrapper, FuzzyTermQuery},
    schema::Field,
};

use super::{
    pairs::is_pair,
    posting::PATIENCE,
    snapshot::{Alive, Snapshot},
};
use crate::query::Zone;

/// Words with fewer letters have a neighbour for everything that may be typed.
const SHORTEST: usize = 3;
/// Words of so many letters may have two slips in them.
const LONG: usize = 6;
/// Words that are being typed count from so many letters on.
const BEGUN: usize = 4;
/// So many are given at most.
const ENOUGH: usize = 8;

impl Snapshot {
    /// Words of a zone near to a folded one: first those that one slip leads to (a letter too many, too few or another, two
    /// in the wrong order), then those of two slips in a long word; when there are none, those that begin with something
    /// near. Among equals those with the same first letter, which is rarely wrong, then the most frequent.
    ///
    /// What was found so far once nobody wants to know any more.
    pub fn nearest(&self, zone: Zone, word: &str, alive: Alive<'_>) -> Result<Vec<String>> {
        let letters = word.chars().count();
        if letters < SHORTEST || !word.chars().all(char::is_alphabetic) {
            return Ok(Vec::new());
        }
        let mut found = self.near(zone, word, &|term| FuzzyTermQuery::new(term, 1, true), alive)?;
        if letters >= LONG {
            let farther = self.near(zone, word, &|term| FuzzyTermQuery::new(term, 2, true), alive)?;
            let new: Vec<String> = farther.into_iter().filter(|word| !found.contains(word)).collect();
            found.extend(new);
        }
        if found.is_empty() && letters >= BEGUN {
            found = self.near(zone, word, &|term| FuzzyTermQuery::new_prefix(term, 1, true), alive)?;
        }
        found.truncate(ENOUGH);
        Ok(found)
    }

    fn near(
        &self,
        zone: Zone,
        word: &str,
        fuzzy: &dyn Fn(Term) -> FuzzyTermQuery,
        alive: Alive<'_>,
    ) -> Result<Vec<String>> {
        // In how many documents each stands; a term is the same in every segment.
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for segment in self.segments() {
            let automaton: DfaWrapper = fuzzy(Term::from_field_text(Field::from_field_id(0), word)).automaton()?;
            let mut stream = segment.zone(zone).words.terms().search(automaton).into_stream()?;
            let mut looked = 0usize;
            while let Some((term, info)) = stream.next() {
                looked += 1;
                if looked.is_multiple_of(PATIENCE) && !alive() {
                    break;
                }
                // Pairs are among the terms too, but no words.
                if let Ok(term) = std::str::from_utf8(term)
                    && !is_pair(term.as_bytes())
                {
                    *counts.entry(term.to_owned()).or_default() += u64::from(info.doc_freq);
                }
            }
        }
        let first = word.chars().next();
        let mut words: Vec<(String, u64)> = counts.into_iter().collect();
        words.sort_by_key(|(near, count)| (near.chars().next() != first, u64::MAX - count));
        Ok(words.into_iter().map(|(word, _)| word).collect())
    }
}
