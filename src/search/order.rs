//! The orders of a list, and sorting by them.

use anyhow::Result;

use super::{Request, Stock};
use crate::{
    doc::DocId,
    index::{Lookup, Slots},
    query::{Phrase, Zone},
};

/// How documents are sorted. All but [`Order::Best`] go by a column of the catalogue, which is the caller's: here they
/// differ in nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Words in the title first, then by relevance.
    #[default]
    Best,
    /// By path.
    Path,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// By title, as the language sorts.
    Title,
    /// The shortest first.
    Shortest,
    /// What is not read yet first.
    Unread,
    /// What was read last first.
    Recent,
    /// Shuffled.
    Random,
}

impl Order {
    /// All of them, as a menu shows them.
    pub const ALL: &[Order] = &[
        Order::Best,
        Order::Path,
        Order::Newest,
        Order::Oldest,
        Order::Title,
        Order::Shortest,
        Order::Unread,
        Order::Recent,
        Order::Random,
    ];

    /// As the screen and the command line name it.
    pub fn name(self) -> &'static str {
        match self {
            Order::Best => "best first",
            Order::Path => "path",
            Order::Newest => "newest",
            Order::Oldest => "oldest",
            Order::Title => "title",
            Order::Shortest => "shortest",
            Order::Unread => "unread first",
            Order::Recent => "recently read",
            Order::Random => "random",
        }
    }

    /// The order of a name; its first word is enough.
    pub fn named(name: &str) -> Option<Order> {
        let first = |name: &str| name.split_whitespace().next().unwrap_or_default().to_lowercase();
        Order::ALL.iter().copied().find(|order| first(order.name()) == first(name))
    }
}

/// So far down a list nobody looks who has typed words.
const LOOKED_AT: usize = 2_000;

/// The documents by what stands in their titles (all the query's words as a phrase, all of them, not all), then by
/// score, then as the request ranks them, as far as anybody looks. `None` if stopped.
pub(super) fn best(stock: &Stock, request: &Request<'_>, slots: &Slots, scores: &[f32]) -> Result<Option<Vec<DocId>>> {
    let Some(titled) = titled(stock, request, slots)? else { return Ok(None) };
    let Some(phrased) = phrased(stock, request, &titled)? else { return Ok(None) };
    // Tier, score and slot in one number: sorting 100,000 of these takes two milliseconds. Positive floats sort as their
    // bits do.
    let key = |slot: u32| {
        let score = scores.get(slot as usize).copied().unwrap_or(0.0).to_bits();
        let tier = u64::from(!titled.contains(slot)) + u64::from(!phrased.contains(slot));
        tier << 62 | u64::from(u32::MAX - score) >> 2 << 32 | u64::from(slot)
    };
    let mut keys: Vec<u64> = slots.iter().map(key).collect();
    keys.sort_unstable();
    let id = |key: u64| stock.id(u32::try_from(key & u64::from(u32::MAX)).ok()?);
    let mut ids = Vec::with_capacity(keys.len());
    for equal in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
        let start = ids.len();
        ids.extend(equal.iter().filter_map(|key| id(*key)));
        if start < LOOKED_AT && equal.len() > 1 {
            // Numbers are given as files happen to be read; the same library gives the same list.
            ids.get_mut(start..).unwrap_or_default().sort_by_cached_key(|id| (request.rank)(*id));
        }
    }
    Ok(Some(ids))
}

/// The documents by what `rank` says of each, the smallest first, equals by number.
pub(super) fn ranked(stock: &Stock, slots: &Slots, rank: &dyn Fn(DocId) -> u64) -> Vec<DocId> {
    let ids = slots.iter().filter_map(|slot| stock.id(slot));
    let mut keys: Vec<(u64, DocId)> = ids.map(|id| (rank(id), id)).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, id)| id).collect()
}

/// Those that have all the query's words in the title.
fn titled(stock: &Stock, request: &Request<'_>, slots: &Slots) -> Result<Option<Slots>> {
    let mut titled = slots.clone();
    let mut asked = false;
    for group in &request.query.groups {
        let mut any = stock.none();
        let terms = group.any.iter().filter(|term| !term.excluded).filter_map(|term| term.text());
        let mut phrases = terms.filter(|(zone, _)| *zone != Zone::Author).map(|(_, phrase)| phrase).peekable();
        if phrases.peek().is_none() {
            continue;
        }
        asked = true;
        for phrase in phrases {
            let lookup = in_title(&phrase.words, phrase.prefix, &titled, request);
            let Some(found) = stock.look(&lookup, &mut [])? else { return Ok(None) };
            any.unite(&found);
        }
        titled.intersect(&any);
    }
    Ok(Some(if asked { titled } else { stock.none() }))
}

/// Those among `titled` that have the query's words in the title side by side as typed; a single word, whole.
fn phrased(stock: &Stock, request: &Request<'_>, titled: &Slots) -> Result<Option<Slots>> {
    let mut phrases: Vec<&Phrase> = Vec::new();
    for group in &request.query.groups {
        match group.any.as_slice() {
            [term] => {
                let words = term.text().filter(|(zone, _)| !term.excluded && *zone != Zone::Author);
                phrases.extend(words.map(|(_, phrase)| phrase));
            }
            _ => return Ok(Some(stock.none())),
        }
    }
    let words: Vec<String> = phrases.iter().flat_map(|phrase| phrase.words.iter().cloned()).collect();
    let prefix = words.len() > 1 && phrases.last().is_some_and(|phrase| phrase.prefix);
    let found = stock.look(&in_title(&words, prefix, titled, request), &mut [])?;
    Ok(found.map(|mut found| {
        found.intersect(titled);
        found
    }))
}

fn in_title<'a>(words: &'a [String], prefix: bool, within: &'a Slots, request: &Request<'a>) -> Lookup<'a> {
    Lookup { zone: Zone::Title, words, prefix, within, alive: request.alive }
}
