//! What resembles a document: the documents that share its telling words. A word tells the more the more often it stands
//! in the document and the fewer others have it (tf·idf: Salton and Buckley, "Term-weighting approaches in automatic text
//! retrieval", 1988), and those who share some are ranked by BM25, as for any words that are asked for.
//!
//! One pass over a bounded beginning of the text, and a bounded number of questions to the index, however large either is.

use std::collections::HashMap;

use anyhow::Result;

use super::Stock;
use crate::{
    doc::{DocId, Document},
    index::{Alive, Lookup, Slots},
    query::{Ask, Query, Term, Zone},
    text::{self, words},
};

/// How much text is looked at, in bytes.
const BYTES: usize = 256 * 1024;
/// So many of its words, the most frequent ones, are looked up.
const LOOKED_UP: usize = 2_000;
/// So many words tell what a document is about.
const TELLING: usize = 20;
/// A word that more than one document in so many has tells nothing,
const SHARE: usize = 10;
/// but one that so few have does, in however small a library.
const FEW: usize = 4;
/// Words with fewer letters tell nothing.
const SHORTEST: usize = 3;
/// Words of so many letters are long.
const LONG: u32 = 8;
/// Whoever shares so many of them is alike; fewer where there are few.
const SHARED: usize = 3;
/// So many documents are given at most.
const MOST: usize = 100;

/// The relatives of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kin {
    /// The words that tie them, the most telling first: each one folded word, or two unspaced characters.
    pub words: Vec<String>,
    /// The documents and how near they are, the nearest first; the one itself is not among them.
    pub near: Vec<(DocId, f32)>,
}

/// What a `like:` of a query has come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// As it was typed.
    pub typed: String,
    /// The title of the document that it names.
    pub title: String,
    /// The words that tie it to what was found.
    pub words: Vec<String>,
}

/// The query whose words light up: as it was typed, with the words that tie in the place of each `like:`.
pub fn lit(typed: &str, likenesses: &[Likeness]) -> String {
    let mut lit = typed.to_owned();
    for likeness in likenesses {
        let words: Vec<String> = likeness.words.iter().map(|word| format!("\"{word}\"")).collect();
        lit = lit.replace(&likeness.typed, &words.join(" | "));
    }
    lit
}

/// Finds the relatives of a document, which has these numbers (it may have copies) and this title; `None` if stopped.
pub fn kin(
    stock: &Stock,
    (ids, title): (&[DocId], &str),
    document: &Document,
    alive: Alive<'_>,
) -> Result<Option<Kin>> {
    let Some(candidates) = candidates(stock, title, document, alive)? else { return Ok(None) };
    let mut scores = vec![0.0; stock.size()];
    let mut shared = vec![0usize; stock.size()];
    let own: Vec<u32> = ids.iter().filter_map(|id| stock.slot(*id)).collect();
    let mut words = Vec::new();
    for term in candidates {
        if words.len() == TELLING {
            break;
        }
        let Some(mut holders) = look(stock, &term, alive, &mut [])? else { return Ok(None) };
        holders.intersect(&stock.all);
        own.iter().for_each(|slot| holders.remove(*slot));
        // The index counts documents that are gone, and parts of long ones.
        if !(1..most(stock)).contains(&holders.count()) {
            continue;
        }
        if look(stock, &term, alive, &mut scores)?.is_none() {
            return Ok(None);
        }
        for slot in holders.iter() {
            shared.iter_mut().skip(slot as usize).take(1).for_each(|count| *count += 1);
        }
        words.push(term.concat());
    }
    // Of four words two are enough, of two one is not much, but all that there is.
    let enough = SHARED.min(words.len().div_ceil(2)).max(1);
    let all = Slots::all(stock.size());
    let counted = all.iter().zip(shared.iter().zip(&scores)).filter(|(_, (count, _))| **count >= enough);
    let mut near: Vec<(DocId, f32)> =
        counted.filter_map(|(slot, (_, score))| Some((stock.id(slot)?, *score))).collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    near.truncate(MOST);
    Ok(Some(Kin { words, near }))
}

/// The words that may tell, the best first: each as the words of a phrase, of which only unspaced characters make two.
fn candidates(stock: &Stock, title: &str, document: &Document, alive: Alive<'_>) -> Result<Option<Vec<Vec<String>>>> {
    let mut counts = HashMap::new();
    count(title, &mut counts);
    let mut left = BYTES;
    for (_, block) in document.blocks() {
        if !alive() {
            return Ok(None);
        }
        for passage in block.passages() {
            count(text::head(text::slice(&block.text, passage), left), &mut counts);
        }
        left = left.saturating_sub(block.text.len() + 1);
        if left == 0 {
            break;
        }
    }
    let mut counts: Vec<(Vec<String>, u32)> = counts.into_iter().collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(LOOKED_UP);
    let documents = f64::from(u32::try_from(stock.snapshot.len()).unwrap_or(u32::MAX));
    let mut weighed = Vec::new();
    for (term, count) in counts {
        if !alive() {
            return Ok(None);
        }
        let frequency = stock.snapshot.frequency(Zone::Any, &term)?;
        if frequency > 1 {
            let frequency = f64::from(u32::try_from(frequency).unwrap_or(u32::MAX));
            weighed.push((f64::from(count) * (1.0 + documents / frequency).ln() * length(&term), term));
        }
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
    Ok(Some(weighed.into_iter().map(|(_, term)| term).collect()))
}

/// Counts the words of a passage that may tell: no numbers and nothing short; of unspaced characters, pairs.
fn count(passage: &str, counts: &mut HashMap<Vec<String>, u32>) {
    let mut before: Option<String> = None;
    words::folded(passage, |word, folded| {
        let previous = before.take();
        let term = if word.unspaced {
            before = Some(folded.to_owned());
            previous.map(|previous| vec![previous, folded.to_owned()])
        } else {
            let tells = folded.chars().count() >= SHORTEST && !folded.starts_with(char::is_numeric);
            tells.then(|| vec![folded.to_owned()])
        };
        if let Some(term) = term {
            *counts.entry(term).or_default() += 1;
        }
    });
}

/// What the length of a word adds to what it tells. A small library can't say which words every text has; but such words
/// are short (Zipf, "The Psycho-Biology of Language", 1935). Two unspaced characters are as good as any word.
fn length(term: &[String]) -> f64 {
    match term {
        [word] => f64::from(u32::try_from(word.chars().count()).unwrap_or(LONG).min(LONG)),
        _ => f64::from(LONG),
    }
}

/// A word that so many others have tells nothing.
fn most(stock: &Stock) -> usize {
    (stock.snapshot.len() / SHARE).max(FEW)
}

fn look(stock: &Stock, term: &[String], alive: Alive<'_>, scores: &mut [f32]) -> Result<Option<Slots>> {
    let lookup = Lookup { zone: Zone::Any, words: term, prefix: false, within: &stock.all, alive };
    stock.look(&lookup, scores)
}

impl Likeness {
    /// The likenesses that a query asks for, from what is known of the document at each path.
    pub fn all(query: &Query, of: impl Fn(&str) -> Option<(String, Vec<String>)>) -> Vec<Likeness> {
        let terms = query.terms().filter(|term| !term.excluded);
        let likeness = |term: &Term| match &term.ask {
            Ask::Like(path) => of(path).map(|(title, words)| Likeness { typed: term.typed.clone(), title, words }),
            _ => None,
        };
        terms.filter_map(likeness).collect()
    }
}
