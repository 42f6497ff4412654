//! The index and the answers to queries, on documents small enough to be judged by eye or by the reference matcher.

use std::sync::Arc;

use recto::{
    doc::{Block, DocId, Document, Kind, Meta, Table},
    index::{Entry, Index, Snapshot, Writer},
    query::Query,
    search::{self, Order, Request},
};

const MEMORY: usize = 15_000_000;

/// A document as the tests write it.
#[derive(Clone, Debug, Default)]
struct Text {
    title: String,
    author: String,
    passages: Vec<String>,
}

fn text(title: &str, passages: &[&str]) -> Text {
    Text { title: title.into(), author: String::new(), passages: passages.iter().map(|p| (*p).into()).collect() }
}

fn add(writer: &mut Writer, id: u32, text: &Text) {
    let blocks = text.passages.iter().map(|passage| Arc::new(Block::new(Kind::Paragraph, passage.as_str())));
    let entry = Entry { id: DocId(id), title: &text.title, author: &text.author, blocks: &mut blocks.into_iter() };
    writer.add(entry).unwrap();
}

/// An index of these documents, numbered from 0.
fn index(texts: &[Text]) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(1, MEMORY).unwrap().unwrap();
    for (id, text) in (0..).zip(texts) {
        add(&mut writer, id, text);
    }
    writer.commit().unwrap();
    index
}

fn ask(snapshot: &Snapshot, query: &str, order: Order, rank: &dyn Fn(DocId) -> u64) -> Vec<u32> {
    let query = Query::parse(query);
    let request = Request { query: &query, order, rank, alive: &|| true };
    let found = search::find(snapshot, &request).unwrap().unwrap();
    assert_eq!(found.total, found.ids.len());
    found.ids.into_iter().map(|id| id.0).collect()
}

/// The documents found, best first.
fn best(snapshot: &Snapshot, query: &str) -> Vec<u32> {
    ask(snapshot, query, Order::Best, &|_| 0)
}

/// The documents found, by number.
fn found(snapshot: &Snapshot, query: &str) -> Vec<u32> {
    ask(snapshot, query, Order::Path, &|id| u64::from(id.0))
}

#[test]
fn words_phrases_fields_and_exclusions() {
    let mut written = text("On customers", &["We keep our integrity.", "Two\nwords here"]);
    written.author = "Jane Verne".into();
    let texts =
        [written, text("Integrity", &["Words, two of them. Customs."]), text("你好", &["我说你好吗"]), text("", &[])];
    let snapshot = index(&texts).snapshot();
    for (query, expected) in [
        ("", vec![0, 1, 2, 3]),
        ("custom", vec![0, 1]),
        ("customers", vec![0]),
        ("integrity", vec![0, 1]),
        ("title:integrity", vec![1]),
        ("author:ver", vec![0]),
        ("jane", vec![0]),
        ("title:jane", vec![]),
        (r#""two words""#, vec![0]),
        (r#""words two o"#, vec![1]),
        (r#""integrity two""#, vec![]),
        ("-custom", vec![2, 3]),
        ("integrity -title:integrity", vec![0]),
        ("好 | jane", vec![0, 2]),
        ("好吗", vec![2]),
        ("说好", vec![]),
        ("jane | -words", vec![0, 2, 3]),
    ] {
        assert_eq!(found(&snapshot, query), expected, "{query}");
    }
}
