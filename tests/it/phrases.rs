//! Phrases of the commonest words, which the index keeps in pairs, and of words that begin alike: every document of up to
//! four words of a small vocabulary is asked for every phrase of them.

use std::sync::Arc;

use recto::{
    doc::{Block, DocId, Kind},
    index::{Entry, Index},
    query::Query,
    search::{self, Order, Request, Stock},
};

/// Two that make pairs, one that begins as one of them does, and two whose initials are told apart by nothing but the word.
const WORDS: &[&str] = &["the", "of", "then", "1a", "6a"];

/// All sequences of so many words.
fn sequences(count: usize) -> Vec<Vec<&'static str>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let longer = |words: Vec<&'static str>| WORDS.iter().map(move |word| [&words[..], &[*word]].concat());
    sequences(count - 1).into_iter().flat_map(longer).collect()
}

/// Whether the words of a passage go on like this somewhere; the last one may go on itself.
fn stands(words: &[&str], phrase: &[&str], open: bool) -> bool {
    let Some((last, whole)) = phrase.split_last() else { return true };
    words.windows(phrase.len()).any(|here| {
        here.starts_with(whole) && here.last().is_some_and(|end| if open { end.starts_with(last) } else { end == last })
    })
}

#[test]
fn every_phrase_is_found_where_it_stands() {
    let texts: Vec<Vec<&str>> = (1..=4).flat_map(sequences).collect();
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(1, 15_000_000).unwrap().unwrap();
    for (id, words) in (0..).zip(&texts) {
        // The last word is a passage of its own, which no phrase reaches into.
        let (last, rest) = words.split_last().unwrap();
        let mut blocks =
            [rest.join(" "), (*last).to_owned()].map(|text| Arc::new(Block::new(Kind::Paragraph, text))).into_iter();
        writer.add(Entry { id: DocId(id), title: "", author: "", blocks: &mut blocks }).unwrap();
        if id == 300 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    let stock = Stock::from(index.snapshot());
    let found = |typed: &str| -> Vec<u32> {
        let query = Query::parse(typed);
        let request = Request { query: &query, order: Order::Path, rank: &|id| u64::from(id.0), alive: &|| true };
        search::find(&stock, &request).unwrap().unwrap().ids.into_iter().map(|id| id.0).collect()
    };
    for words in
        (2..=3).flat_map(sequences).chain(sequences(3).into_iter().map(|words| [&words[..], &["the"]].concat()))
    {
        let (last, whole) = words.split_last().unwrap();
        for (end, open) in (1..=last.len()).map(|end| (end, true)).chain([(last.len(), false)]) {
            let phrase = [whole, &[&last[..end]]].concat();
            let expected: Vec<u32> = (0..)
                .zip(&texts)
                .filter(|(_, text)| stands(&text[..text.len() - 1], &phrase, open))
                .map(|(id, _)| id)
                .collect();
            let typed = format!("\"{}{}", phrase.join(" "), if open { "" } else { "\"" });
            assert_eq!(found(&typed), expected, "{typed}");
        }
    }
}
