//! A query joined from the answers to its terms. Each term is answered by whoever knows: the index, the columns, what the
//! reader wrote. What costs little goes first, so that what costs much is asked of few documents.

use anyhow::Result;

use super::{kept::Writing, stock::Stock};
use crate::{
    doc::DocId,
    index::{Alive, Lookup, Slots},
    memory::ReadState,
    query::{Ask, Day, Fact, Group, Has, Is, Phrase, Query, Term, Zone},
};

/// The documents that satisfy the query, with their relevance added to `scores`; `None` if stopped. A group with a
/// regular expression that was not looked for yet is left out.
pub(super) fn matching(stock: &Stock, query: &Query, alive: Alive<'_>, scores: &mut [f32]) -> Result<Option<Slots>> {
    let mut left = stock.all.clone();
    let mut groups: Vec<&Group> = query.groups.iter().filter(|group| can_be_asked(stock, group)).collect();
    groups.sort_by_key(|group| group.any.iter().map(cost).max());
    for group in groups {
        let mut any = stock.none();
        for term in &group.any {
            if !alive() {
                return Ok(None);
            }
            match satisfying(stock, term, &left, alive, scores)? {
                Some(found) => any.unite(&found),
                None => return Ok(None),
            }
        }
        left.intersect(&any);
    }
    Ok(Some(left))
}

/// The documents that have what a term asks for, whether it is excluded or not. Those outside of `within` may be left
/// out. `None` if stopped.
pub(super) fn having(
    stock: &Stock,
    term: &Term,
    within: &Slots,
    alive: Alive<'_>,
    scores: &mut [f32],
) -> Result<Option<Slots>> {
    Ok(Some(match &term.ask {
        Ask::Text(zone, phrase) => {
            let lookup = Lookup { zone: *zone, words: &phrase.words, prefix: phrase.prefix, within, alive };
            let Some(mut found) = stock.look(&lookup, scores)? else { return Ok(None) };
            for (stemmer, documents) in &stock.languages {
                let Some(forms) = phrase.forms(*stemmer) else { continue };
                let mut within = within.clone();
                within.intersect(documents);
                match stock.look_for_forms(&Lookup { within: &within, ..lookup }, &forms, scores)? {
                    Some(inflected) => found.unite(&inflected),
                    None => return Ok(None),
                }
            }
            if *zone == Zone::Any {
                found.unite(&written(stock, phrase, tags(stock)));
                found.unite(&written(stock, phrase, stock.kept.notes.iter()));
            }
            found
        }
        Ask::Tag(phrase) => written(stock, phrase, tags(stock)),
        Ask::Note(phrase) => written(stock, phrase, stock.kept.notes.iter()),
        Ask::Fact(asked) => fact(stock, asked),
        Ask::Pattern(pattern) => stock.found(pattern).cloned().unwrap_or_else(|| stock.none()),
        Ask::Like(path) => {
            let near =
                stock.kin.iter().find(|(of, _)| of == path).map(|(_, kin)| kin.near.as_slice()).unwrap_or_default();
            for (id, score) in near {
                let sum = stock.slot(*id).and_then(|slot| scores.get_mut(slot as usize));
                sum.into_iter().for_each(|sum| *sum += score);
            }
            stock.slots(near.iter().map(|(id, _)| id))
        }
        Ask::Wrong(_) => stock.none(),
    }))
}

/// The documents that satisfy a term.
fn satisfying(
    stock: &Stock,
    term: &Term,
    within: &Slots,
    alive: Alive<'_>,
    scores: &mut [f32],
) -> Result<Option<Slots>> {
    let scores = if term.excluded { &mut [] } else { scores };
    let Some(found) = having(stock, term, within, alive, scores)? else { return Ok(None) };
    if !term.excluded {
        return Ok(Some(found));
    }
    let mut without = match &term.ask {
        // Whose words are not known, of that nobody can say that it lacks one.
        Ask::Text(..) => stock.indexed.clone(),
        // Nor can anybody lack what makes no sense.
        Ask::Wrong(_) => stock.none(),
        _ => stock.all.clone(),
    };
    without.intersect(within);
    without.subtract(&found);
    Ok(Some(without))
}

fn can_be_asked(stock: &Stock, group: &Group) -> bool {
    group.any.iter().all(|term| match &term.ask {
        Ask::Pattern(pattern) => stock.found(pattern).is_some(),
        _ => true,
    })
}

/// What a term costs, compared with others. Phrases cost most, and less the fewer documents are left.
fn cost(term: &Term) -> usize {
    term.text().map_or(0, |(_, phrase)| phrase.words.len())
}

/// All tags: the reader's and the documents' own.
fn tags(stock: &Stock) -> impl Iterator<Item = &Writing> {
    stock.kept.tags.iter().chain(&stock.known.tags)
}

/// The documents of those among `writings` in which a phrase stands.
fn written<'w>(stock: &Stock, phrase: &Phrase, writings: impl Iterator<Item = &'w Writing>) -> Slots {
    stock.slots(writings.filter(|writing| phrase.stands_among(&writing.words)).flat_map(|writing| &writing.ids))
}

fn fact(stock: &Stock, fact: &Fact) -> Slots {
    let columns = &stock.known.columns;
    // What many documents share is compared once.
    let at = |holds: &[bool], index: usize| holds.get(index).copied().unwrap_or(false);
    match fact {
        Fact::In(folder) => {
            let holds: Vec<bool> = stock.known.folders.iter().map(|names| folder.holds(names)).collect();
            stock.filter(|facts| at(&holds, facts.folder as usize))
        }
        Fact::Type(name) => {
            let begins = |name_of: &String| !name_of.is_empty() && name.begins(name_of);
            let formats: Vec<bool> = columns.formats.iter().map(begins).collect();
            let extensions: Vec<bool> = columns.extensions.iter().map(begins).collect();
            stock.filter(|facts| {
                at(&formats, usize::from(facts.format)) || at(&extensions, usize::from(facts.extension))
            })
        }
        Fact::Language(tongue) => {
            let holds: Vec<bool> = columns.languages.iter().map(|tag| tongue.is(tag)).collect();
            stock.filter(|facts| facts.language.is_some_and(|tag| at(&holds, usize::from(tag))))
        }
        Fact::After(day) => stock.filter(|facts| facts.date.is_some_and(|date| Day::of(date) >= *day)),
        Fact::Before(day) => stock.filter(|facts| facts.date.is_some_and(|date| Day::of(date) < *day)),
        Fact::Words(from, to) => stock.filter(|facts| !facts.broken && (*from..=*to).contains(&u64::from(facts.words))),
        Fact::Is(values) => all_of(stock, values, is),
        Fact::Has(values) => all_of(stock, values, has),
        Fact::Thread(name) => stock.slots(&columns.threads.of(name).collect::<Vec<DocId>>()),
    }
}

/// Those of each of these values.
fn all_of<T: Copy>(stock: &Stock, values: &[T], of: impl Fn(&Stock, T) -> Slots) -> Slots {
    let mut all = stock.none();
    values.iter().for_each(|value| all.unite(&of(stock, *value)));
    all
}

fn is(stock: &Stock, is: Is) -> Slots {
    let readings = &stock.kept.readings;
    let whose = |holds: &dyn Fn(&crate::memory::Reading) -> bool| {
        let ids: Vec<DocId> = readings.iter().filter(|(_, reading)| holds(reading)).map(|(id, _)| *id).collect();
        stock.slots(&ids)
    };
    match is {
        Is::Unread => {
            let mut unread = stock.filter(|facts| !facts.broken);
            unread.subtract(&whose(&|reading| reading.state != ReadState::Unread));
            unread
        }
        Is::Begun => whose(&|reading| reading.state == ReadState::Begun),
        Is::Finished => whose(&|reading| reading.state == ReadState::Finished),
        Is::Starred => whose(&|reading| reading.starred),
        Is::Archived => whose(&|reading| reading.archived),
        Is::Broken => stock.filter(|facts| facts.broken),
    }
}

fn has(stock: &Stock, has: Has) -> Slots {
    match has {
        Has::Author => stock.filter(|facts| facts.authored),
        Has::Date => stock.filter(|facts| facts.date.is_some()),
        Has::Language => stock.filter(|facts| facts.language.is_some()),
        Has::Note => stock.slots(stock.kept.notes.iter().flat_map(|note| &note.ids)),
        Has::Star => is(stock, Is::Starred),
        Has::Tag => stock.slots(tags(stock).flat_map(|tag| &tag.ids)),
    }
}
