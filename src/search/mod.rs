//! A query answered: which documents, in which order, and where in a document.
//!
//! The set is joined from the answers to single terms, of the index, the catalogue's columns and the memory, and is exact.
//! Order and passages work on what the caller hands in: a stock of documents, a column to sort by, an opened document.
//! Nothing here keeps state, and everything that may take long asks `alive` whether it is still wanted.

mod find;
mod glance;
mod kept;
mod like;
mod order;
mod passage;
mod plan;
mod stock;
mod suggest;

use anyhow::Result;

use crate::{
    doc::DocId,
    index::Alive,
    query::{Ask, Group, Query},
};

pub use find::Find;
pub use glance::{Glance, glance};
pub use kept::{Kept, Writing};
pub use like::{Kin, Likeness, kin, lit};
pub use order::Order;
pub use passage::{Hits, Passage, hits, hits_while, passage, passage_while};
pub use stock::{Known, Stock};
pub use suggest::suggest;

/// What is asked.
pub struct Request<'a> {
    /// The filter.
    pub query: &'a Query,
    /// How the answer is sorted.
    pub order: Order,
    /// What every order but [`Order::Best`] sorts by, and that one those that are equally good: the smallest first, equals
    /// by number.
    pub rank: &'a dyn Fn(DocId) -> u64,
    /// False when a newer request has come.
    pub alive: Alive<'a>,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// All documents that satisfy the query, in order.
    pub ids: Vec<DocId>,
    /// How many they are.
    pub total: usize,
}

/// Answers a request; `None` if it was stopped. An empty query finds every document.
pub fn find(stock: &Stock, request: &Request<'_>) -> Result<Option<Found>> {
    // Only the order Best needs scores, and only words have them.
    let worded = request.query.is_empty() || request.query.terms().any(|term| !term.excluded && scored(&term.ask));
    let best = request.order == Order::Best && worded;
    let mut scores = vec![0.0; if best { stock.snapshot.len() } else { 0 }];
    let Some(slots) = plan::matching(stock, request.query, request.alive, &mut scores)? else { return Ok(None) };
    let ids = if best {
        match order::best(stock, request, &slots, &scores)? {
            Some(ids) => ids,
            None => return Ok(None),
        }
    } else {
        order::ranked(stock, &slots, request.rank)
    };
    Ok(Some(Found { total: ids.len(), ids }))
}

/// Whether documents have it more or less, and not only have it.
fn scored(ask: &Ask) -> bool {
    matches!(ask, Ask::Text(..) | Ask::Like(_))
}

/// The documents that what a query asks for besides its regular expressions leaves to be looked through for these;
/// `None` if stopped.
pub fn candidates(stock: &Stock, query: &Query, alive: Alive<'_>) -> Result<Option<Vec<DocId>>> {
    let plain = |group: &&Group| !group.any.iter().any(|term| matches!(term.ask, Ask::Pattern(_)));
    let rest = Query { groups: query.groups.iter().filter(plain).cloned().collect() };
    let Some(slots) = plan::matching(stock, &rest, alive, &mut [])? else { return Ok(None) };
    Ok(Some(slots.iter().filter_map(|slot| stock.id(slot)).collect()))
}

/// How many documents each term has alone, for when they have none together. Excluded terms are left out, and those that
/// make no sense or were not looked for.
pub fn count_each(stock: &Stock, query: &Query) -> Result<Vec<(String, usize)>> {
    let mut counts = Vec::new();
    for term in query.terms().filter(|term| !term.excluded) {
        match &term.ask {
            Ask::Wrong(_) => continue,
            Ask::Pattern(pattern) if stock.found(pattern).is_none() => continue,
            _ => {}
        }
        let mut found = plan::having(stock, term, &stock.all, &|| true, &mut [])?.unwrap_or_else(|| stock.none());
        found.intersect(&stock.all);
        counts.push((term.typed.clone(), found.count()));
    }
    Ok(counts)
}

/// The relevance of each of these documents to a query: BM25 summed over its words, which [`Order::Best`] sorts by where
/// titles don't decide.
pub fn scores(stock: &Stock, query: &Query, ids: &[DocId]) -> Result<Vec<f32>> {
    let mut scores = vec![0.0; stock.snapshot.len()];
    plan::matching(stock, query, &|| true, &mut scores)?;
    let score = |id: &DocId| stock.slot(*id).and_then(|slot| scores.get(slot as usize).copied());
    Ok(ids.iter().map(|id| score(id).unwrap_or(0.0)).collect())
}
