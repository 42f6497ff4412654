//! More like this: which documents resemble another, and the key that shows them.

use insta::assert_snapshot;
use recto::{
    doc::{DocId, Document},
    formats::{self, Source},
    index::{Entry, Index},
    search::{self, Kin, Stock},
    state::{Context, Focus},
};

use super::{articles::ARTICLES, harness::Harness};

fn document(text: &str) -> Document {
    let source = Source::new("a.txt", std::sync::Arc::new(text.as_bytes().to_vec()));
    formats::open(&source, &formats::Entry::default()).unwrap()
}

/// The relatives of the first of these texts, which are numbered from 0.
fn kin(texts: &[&str]) -> Kin {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(1, 15_000_000).unwrap().unwrap();
    for (id, text) in (0..).zip(texts) {
        let document = document(text);
        let mut blocks = document.blocks().map(|(_, block)| block);
        writer.add(Entry { id: DocId(id), title: "", author: "", blocks: &mut blocks }).unwrap();
    }
    writer.commit().unwrap();
    let stock = Stock::from(index.snapshot());
    search::kin(&stock, (&[DocId(0)], ""), &document(texts[0]), &|| true).unwrap().unwrap()
}

fn near(kin: &Kin) -> Vec<u32> {
    kin.near.iter().map(|(id, _)| id.0).collect()
}

/// Texts about nothing in particular.
fn strangers(count: usize) -> Vec<String> {
    let common = "the reader of this and that has the time";
    (0..count).map(|at| format!("{common} {} {}", 1000 + at, "abcdefgh".repeat(at + 1))).collect()
}

#[test]
fn relatives_come_before_strangers() {
    let strangers = strangers(60);
    let mut texts = vec![
        "the harbour and the tides, the moon and the tides: a pilot reads the chart for 1931 and 2044",
        "the moon makes the tides that a pilot has in his chart of the harbour",
        "the pilot of 1931 and 2044, his chart and his harbour",
        "the moon",
    ];
    texts.extend(strangers.iter().map(String::as_str));
    let found = kin(&texts);
    assert_eq!(near(&found), [1, 2]);
    // Neither numbers, nor what everybody has, nor what nobody else has.
    let mut words = found.words;
    words.sort();
    assert_eq!(words, ["chart", "harbour", "moon", "pilot", "tides"]);
}

#[test]
fn two_documents_are_enough() {
    let found = kin(&["rye bread and butter", "butter with bread"]);
    assert_eq!(near(&found), [1]);
    assert_eq!(found.words, ["butter", "bread"]);
    assert_eq!(kin(&["rye bread", "salt water"]), Kin::default());
    assert_eq!(kin(&["rye bread"]), Kin::default());
    assert_eq!(kin(&["", "rye bread"]), Kin::default());
}

#[test]
fn unspaced_scripts_are_told_by_pairs() {
    let found = kin(&["康熙字典与说文解字", "说文解字是字典", "我喜欢吃苹果"]);
    assert_eq!(near(&found), [1]);
    assert!(found.words.iter().any(|word| word == "字典"), "{found:?}");
}

#[test]
fn a_hundred_are_enough() {
    let text = "mast keel rudder";
    let mut texts = vec![text; 150];
    let strangers = strangers(1500);
    texts.extend(strangers.iter().map(String::as_str));
    let found = kin(&texts);
    assert_eq!((found.near.len(), found.near.iter().any(|(id, _)| *id == DocId(0))), (100, false));
}

#[test]
fn one_key_shows_them_and_esc_leads_back() {
    let mut h = Harness::new(ARTICLES);
    h.keys("/customer<Enter>jD");
    assert_snapshot!(h.screen());
    h.keys("<Esc>");
    assert_eq!((h.state().filter.standing.as_str(), h.state().list.cursor), ("customer", 1));
    h.keys("<Esc>");
    assert_eq!((h.state().filter.standing.as_str(), h.state().list.ids.len()), ("", ARTICLES.len()));
}

/// It was looked for by its path alone, and there is none without an entry.
#[test]
fn a_row_of_a_file_of_many_has_relatives_too() {
    let rows = [
        ("Harbour", "the harbour and the tides, the moon and the tides: a pilot reads the chart of the harbour"),
        ("Bread", "flour, water and salt make a loaf of bread, and the oven does what is left"),
        ("Pilot", "the moon makes the tides that a pilot has in his chart of the harbour"),
    ];
    let rows = rows.map(|(title, text)| format!("{{\"title\": \"{title}\", \"text\": \"{text}\"}}\n"));
    let mut h = Harness::new(&[("rows.jsonl", &rows.concat())]);
    h.keys("D");
    let message = h.state().message.as_ref().map(|(message, _)| message.text.to_string());
    assert_eq!((message, h.opened().as_str()), (None, "Pilot"), "{}", h.state().filter.standing);
    assert_eq!(h.state().list.ids.len(), 1);
    h.keys("<Esc>");
    assert_eq!((h.opened().as_str(), h.state().list.ids.len()), ("Harbour", 3));
}

#[test]
fn from_relative_to_relative_and_back() {
    let mut h = Harness::new(ARTICLES);
    let first = h.state().list.selected();
    h.keys("D");
    let second = h.state().list.selected();
    assert!(first != second && h.screen().contains("It's not personal"), "{}", h.screen());
    // The words that tie them are hits.
    assert!(h.state().reader.hit_of().1 > 2);
    h.keys("D");
    assert_eq!(h.state().list.selected(), first);
    h.keys("<Esc>");
    assert_eq!(h.state().list.selected(), second);
    // Narrowed by a word it is still the list of relatives.
    h.keys("/<Space>brass<Enter>");
    assert_eq!(h.state().list.ids.len(), 1);
    h.keys("<Esc>");
    assert_eq!((h.state().list.selected(), h.state().list.ids.len()), (first, ARTICLES.len()));
}

#[test]
fn from_the_text_it_leads_to_the_list() {
    let mut h = Harness::new(ARTICLES);
    h.keys("<Enter>D");
    assert_eq!((h.state().focus, h.state().list.cursor), (Focus::List, 0));
    assert!(h.state().list.ids.len() < ARTICLES.len() && h.line(1).contains("like: I just hung up"), "{}", h.line(1));
}

/// While nothing is found everything stays as it was.
#[test]
fn nothing_like_it() {
    let mut h = Harness::new(&[("a.md", "# Bread\n\nRye.\n"), ("b.md", "# Tides\n\nMoon.\n")]);
    h.keys("<Enter>D");
    assert!(h.screen().contains("nothing like it"), "{}", h.screen());
    assert_eq!((h.state().context(), h.state().list.ids.len()), (Context::Text, 2));
    h.keys("<Esc>j");
    assert_eq!(h.state().list.cursor, 1);
}

#[test]
fn keys_wait_for_them_and_esc_does_not() {
    let mut h = Harness::new(ARTICLES);
    h.keys("jj").hold().keys("Dj");
    assert_eq!((h.state().list.cursor, h.state().list.ids.len()), (2, ARTICLES.len()));
    h.keys("<Esc>").release();
    assert_eq!((h.state().list.cursor, h.state().filter.standing.as_str()), (2, ""));
    h.keys("<Esc>");
    assert_eq!(h.state().list.ids.len(), ARTICLES.len());
}

/// Another search takes the place of the one for relatives, and its answer is not taken for theirs.
#[test]
fn what_is_pasted_meanwhile_is_asked_for() {
    let mut h = Harness::new(ARTICLES);
    h.hold().keys("D").paste("no such words").release();
    assert_eq!((h.state().filter.text(), h.state().filter.standing.as_str()), ("no such words", "no such words"));
    h.keys("<Esc><Esc>");
    assert_eq!((h.state().context(), h.state().filter.standing.as_str()), (Context::List, ""));
}

/// A line that is opened before the answer comes says what is on its way, not what no longer stands.
#[test]
fn a_line_is_opened_on_what_is_asked_for() {
    let mut h = Harness::new(ARTICLES);
    h.keys("/gull<Enter>").hold().keys("<Esc>/").release();
    assert_eq!((h.state().filter.text(), h.state().filter.standing.as_str()), ("", ""));
}

#[test]
fn one_that_is_not_there_is_told() {
    let mut h = Harness::new(ARTICLES);
    h.keys("/like:nowhere.md");
    assert!(h.screen().contains("there is no document"), "{}", h.screen());
    h.keys("<Esc>/like:customers/promises.md<Enter>");
    assert!(h.line(1).contains("like: It's not personal"), "{}", h.line(1));
}
