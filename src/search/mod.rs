//! A query answered: which documents, in which order, and where in a document.
//!
//! The set is joined from the index's answers to single terms and is exact. Order and passages work on what the caller
//! hands in: a snapshot of the words, a column to sort by, an opened document. Nothing here keeps state, and everything
//! that may take long asks `alive` whether it is still wanted.

mod glance;
mod order;
mod passage;
mod suggest;

use anyhow::Result;

use crate::{
    doc::DocId,
    index::{Alive, Lookup, Slots, Snapshot},
    query::{Group, Query, Term},
};

pub use glance::{Glance, glance};
pub use order::Order;
pub use passage::{Hits, Passage, hits, hits_while, passage, passage_while};
pub use suggest::suggest;

/// What is asked.
pub struct Request<'a> {
    /// The filter.
    pub query: &'a Query,
    /// How the answer is sorted.
    pub order: Order,
    /// What every order but [`Order::Best`] sorts by: the smallest first, equals by number.
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

/// Answers a request; `None` if it was stopped. An empty query finds every document of the index.
pub fn find(snapshot: &Snapshot, request: &Request<'_>) -> Result<Option<Found>> {
    // Only the order Best needs scores.
    let mut scores = vec![0.0; if request.order == Order::Best { snapshot.len() } else { 0 }];
    let Some(slots) = matching(snapshot, request.query, request.alive, &mut scores)? else { return Ok(None) };
    let ids = match request.order {
        Order::Best => match order::best(snapshot, request, &slots, &scores)? {
            Some(ids) => ids,
            None => return Ok(None),
        },
        _ => order::ranked(snapshot, &slots, request.rank),
    };
    Ok(Some(Found { total: ids.len(), ids }))
}

/// How many documents each term has alone, for when they have none together. Excluded terms are left out.
pub fn count_each(snapshot: &Snapshot, query: &Query) -> Result<Vec<(String, usize)>> {
    let all = Slots::all(snapshot.len());
    let mut counts = Vec::new();
    for term in query.terms().filter(|term| !term.excluded) {
        let found = lookup(snapshot, term, &all, &|| true, &mut [])?;
        counts.push((term.typed.clone(), found.map_or(0, |found| found.count())));
    }
    Ok(counts)
}

/// The relevance of each of these documents to a query: BM25 summed over its terms, which [`Order::Best`] sorts by where
/// titles don't decide.
pub fn scores(snapshot: &Snapshot, query: &Query, ids: &[DocId]) -> Result<Vec<f32>> {
    let mut scores = vec![0.0; snapshot.len()];
    matching(snapshot, query, &|| true, &mut scores)?;
    let score = |id| snapshot.ids().binary_search(id).ok().and_then(|slot| scores.get(slot).copied());
    Ok(ids.iter().map(|id| score(id).unwrap_or(0.0)).collect())
}

/// The documents that satisfy the query, with their relevance added to `scores`.
fn matching(snapshot: &Snapshot, query: &Query, alive: Alive<'_>, scores: &mut [f32]) -> Result<Option<Slots>> {
    let mut left = Slots::all(snapshot.len());
    // Phrases last: they cost most, and less the fewer documents are left.
    let mut groups: Vec<&Group> = query.groups.iter().collect();
    groups.sort_by_key(|group| group.any.iter().map(|term| term.words.len()).max());
    for group in groups {
        let mut any = Slots::none(snapshot.len());
        for term in &group.any {
            if !alive() {
                return Ok(None);
            }
            let scores = if term.excluded { &mut [] } else { &mut *scores };
            let Some(found) = lookup(snapshot, term, &left, alive, scores)? else { return Ok(None) };
            if term.excluded {
                let mut without = left.clone();
                without.subtract(&found);
                any.unite(&without);
            } else {
                any.unite(&found);
            }
        }
        left.intersect(&any);
    }
    Ok(Some(left))
}

fn lookup(
    snapshot: &Snapshot,
    term: &Term,
    within: &Slots,
    alive: Alive<'_>,
    scores: &mut [f32],
) -> Result<Option<Slots>> {
    snapshot.find(&Lookup { zone: term.zone, words: &term.words, prefix: term.prefix, within, alive }, scores)
}
