//! What may have been meant by a query that nothing was found for: the same with the nearest spelling of the words that no
//! document has.

use anyhow::Result;

use super::{plan, stock::Stock};
use crate::{
    index::Alive,
    query::{Ask, Phrase, Query, Term, Zone},
    text::{self, fold::fold, words},
};

/// Queries that are tried, so that a long line costs no more than a short one.
const TRIES: usize = 32;

/// `typed` with other words in place of those that no document has: if possible such that something is found. `None` when
/// every word is in some document, or none is near to one that isn't.
pub fn suggest(stock: &Stock, typed: &str, query: &Query, alive: Alive<'_>) -> Result<Option<String>> {
    let mut choices: Vec<Choice> = Vec::new();
    for (zone, word) in missing(stock, query, alive)? {
        let near = stock.snapshot.nearest(zone, &word, alive)?;
        if !near.is_empty() && choices.iter().all(|choice| choice.word != word) {
            choices.push(Choice { word, near, taken: 0 });
        }
    }
    if choices.is_empty() {
        return Ok(None);
    }
    let mut tries = 0;
    for at in 0..choices.len() {
        let many = choices.get(at).map_or(0, |choice| choice.near.len());
        for taken in 0..many {
            if let Some(choice) = choices.get_mut(at) {
                choice.taken = taken;
            }
            let text = with(typed, &choices);
            tries += 1;
            if tries > TRIES || !alive() {
                break;
            }
            let found = plan::matching(stock, &Query::parse(&text), alive, &mut [])?;
            if found.is_some_and(|found| found.count() > 0) {
                return Ok(Some(text));
            }
        }
        if let Some(choice) = choices.get_mut(at) {
            choice.taken = 0;
        }
    }
    // They stand nowhere together, but each of them somewhere.
    Ok(Some(with(typed, &choices)))
}

/// A word that no document has, and what may have been meant.
struct Choice {
    word: String,
    near: Vec<String>,
    taken: usize,
}

/// The words that no document has, as they are asked for.
fn missing(stock: &Stock, query: &Query, alive: Alive<'_>) -> Result<Vec<(Zone, String)>> {
    let mut missing = Vec::new();
    for term in query.terms().filter(|term| !term.excluded) {
        let Some((zone, phrase)) = term.text() else { continue };
        for (at, word) in phrase.words.iter().enumerate() {
            let prefix = phrase.prefix && at + 1 == phrase.words.len();
            let ask = Ask::Text(zone, Phrase { words: vec![word.clone()], prefix, inflected: false });
            let alone = Term { typed: String::new(), excluded: false, ask };
            let found = plan::having(stock, &alone, &stock.all, alive, &mut [])?;
            if found.is_some_and(|found| found.count() == 0) {
                missing.push((zone, word.clone()));
            }
        }
    }
    Ok(missing)
}

/// What was typed, with the words that were chosen.
fn with(typed: &str, choices: &[Choice]) -> String {
    let (mut out, mut at) = (String::with_capacity(typed.len()), 0);
    for word in words::words(typed) {
        let folded = fold(text::slice(typed, word.range.clone()));
        let choice = choices.iter().find(|choice| choice.word == folded);
        if let Some(near) = choice.and_then(|choice| choice.near.get(choice.taken)) {
            out.push_str(text::slice(typed, at..word.range.start));
            out.push_str(near);
            at = word.range.end;
        }
    }
    out.push_str(text::tail(typed, at));
    out
}
