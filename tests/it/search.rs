//! The index and the answers to queries, on documents small enough to be judged by eye or by the reference matcher.

use std::sync::Arc;

use recto::{
    doc::{Block, DocId, Kind, Table},
    index::{Entry, Index, Snapshot, Writer},
    query::Query,
    search::{self, Order, Request, Stock},
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
    let found = search::find(&snapshot.clone().into(), &request).unwrap().unwrap();
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

#[test]
fn a_phrase_crosses_lines_but_not_passages() {
    let mut table = Block::new(Kind::Table(Table::default()), "one\ttwo\nthree\tfour");
    if let Kind::Table(Table { rows, .. }) = &mut table.kind {
        *rows = vec![vec![0..3, 4..7], vec![8..13, 14..18]];
    }
    let blocks = [table, Block::new(Kind::Paragraph, "five\nsix"), Block::new(Kind::Paragraph, "seven")].map(Arc::new);
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(1, MEMORY).unwrap().unwrap();
    let entry = Entry { id: DocId(7), title: "zero", author: "nil", blocks: &mut blocks.into_iter() };
    writer.add(entry).unwrap();
    writer.commit().unwrap();
    let snapshot = index.snapshot();
    for (query, expected) in [
        (r#""five six""#, vec![7]),
        (r#""one two""#, vec![]),
        (r#""two three""#, vec![]),
        (r#""four five""#, vec![]),
        (r#""six seven""#, vec![]),
        (r#""zero one""#, vec![]),
        (r#""zero nil""#, vec![]),
        (r#""zero"#, vec![7]),
        ("seven four", vec![7]),
    ] {
        assert_eq!(found(&snapshot, query), expected, "{query}");
    }
}

/// tantivy's own prefix query stops at 50 terms without a word.
#[test]
fn a_prefix_finds_every_word_that_begins_so() {
    let texts: Vec<Text> = (0..1500).map(|n| text("", &[&format!("the prefixed{n} pre{n}")])).collect();
    let snapshot = index(&texts).snapshot();
    for query in ["p", "pre", "pref", "prefi", "prefixed", r#""the prefix"#, r#""the p"#, "the-prefixed"] {
        assert_eq!(found(&snapshot, query).len(), 1500, "{query}");
    }
    assert_eq!(found(&snapshot, "prefixed14").len(), 111);
    assert_eq!(found(&snapshot, r#""the prefixed14"#).len(), 111);
}

/// Files get their numbers as they happen to be read, and copies of a text came in either order.
#[test]
fn what_is_equally_good_comes_as_it_is_ranked() {
    let same = text("A title", &["gamma stands alone"]);
    let better = text("A title of gamma", &["gamma stands alone"]);
    let index = index(&[same.clone(), better, same.clone(), same]);
    let rank = |ranks: [u64; 4]| move |id: DocId| ranks[id.0 as usize];
    assert_eq!(ask(&index.snapshot(), "gamma", Order::Best, &rank([5, 9, 3, 4])), [1, 2, 3, 0]);
    assert_eq!(ask(&index.snapshot(), "gamma", Order::Best, &rank([5, 9, 6, 7])), [1, 0, 2, 3]);
}

#[test]
fn the_best_come_first() {
    let snapshot = index(&[
        text("", &["a customer came and went and came again and again"]),
        text("Other", &["customers, customers, customers"]),
        text("The service for a customer", &["nothing"]),
        text("Customer service", &["nothing at all"]),
        text("", &["a customer, service, a customer, a customer"]),
        text("Customers", &["nothing"]),
    ])
    .snapshot();
    assert_eq!(best(&snapshot, "customer service"), [3, 2, 4]);
    // The word itself in the title, a longer one in the title, then by relevance.
    let order = best(&snapshot, "customer");
    assert_eq!(order[2], 5);
    assert_eq!(order[3], 4);
    assert_eq!(order.iter().filter(|id| [2, 3].contains(id)).count(), 2);
    assert_eq!(order.len(), 6);
    assert_eq!(best(&snapshot, ""), [0, 1, 2, 3, 4, 5]);
}

#[test]
fn other_orders_go_by_the_column_given() {
    let texts: Vec<Text> = (0..6).map(|_| text("", &["word"])).collect();
    let snapshot = index(&texts).snapshot();
    assert_eq!(ask(&snapshot, "word", Order::Newest, &|id| 9 - u64::from(id.0) / 2), [4, 5, 2, 3, 0, 1]);
}

#[test]
fn a_request_that_is_not_wanted_any_more_is_stopped() {
    let snapshot = index(&[text("", &["word"])]).snapshot();
    let query = Query::parse("word");
    let request = Request { query: &query, order: Order::Best, rank: &|_| 0, alive: &|| false };
    assert_eq!(search::find(&snapshot.into(), &request).unwrap(), None);
}

#[test]
fn every_word_has_a_count_of_its_own() {
    let snapshot = index(&[text("", &["red moon"]), text("", &["red sun"])]).snapshot();
    let counts = search::count_each(&snapshot.into(), &Query::parse("Red -green \"red moon\" venus")).unwrap();
    assert_eq!(counts, [("Red".to_owned(), 2), ("\"red moon\"".to_owned(), 1), ("venus".to_owned(), 0)]);
}

/// The nearest words, and what they make of a query that nothing was found for.
#[test]
fn the_nearest_spelling_is_offered() {
    let index = index(&[
        text("Integrity", &["integrity and customers", "the naïve café"]),
        text("Integrals", &["the integral of a customer", "intensity"]),
        text("Letters", &["letters, a better letter", "the tea; then"]),
        text("Ladders", &["a better ladder in 2009", "on the pipe fitter"]),
    ]);
    let snapshot = index.snapshot();
    let stock = Stock::from(snapshot.clone());
    let suggest = |typed: &str| search::suggest(&stock, typed, &Query::parse(typed), &|| true).unwrap();
    for (typed, expected) in [
        ("integirty", Some("integrity")),
        ("integrty", Some("integrity")),
        ("Integgrity!", Some("integrity!")),
        ("ntegrity", Some("integrity")),
        // Two slips in a long word, none but one in a short one.
        ("intigraty", Some("integrity")),
        ("laedr", None),
        // Two words side by side are none.
        ("onthe", None),
        ("teh", Some("the")),
        ("naiev", Some("naive")),
        // One with the same first letter before a more frequent one.
        ("litter", Some("letter")),
        ("fitters", Some("fitter")),
        // Of equals that which is found together with the rest.
        ("ladder fetter", Some("ladder fitter")),
        ("tea fetter", Some("tea better")),
        // A word that is still being typed.
        ("custmo", Some("customer")),
        // As it was typed but for the word.
        ("\"integirty  and\" -pipe | tea", Some("\"integrity  and\" -pipe | tea")),
        ("title:integirty the", Some("title:integrity the")),
        ("title:custmer", None),
        ("integirty xyzzyx", Some("integrity xyzzyx")),
        ("integirty custmoer", Some("integrity customer")),
        // What is no word has no neighbours, and what is there needs none.
        ("2008", None),
        ("xy", None),
        ("-integirty", None),
        ("integrity ladder", None),
    ] {
        assert_eq!(suggest(typed).as_deref(), expected, "{typed}");
    }
}

#[test]
fn documents_are_replaced_and_removed() {
    let index = index(&[text("", &["old"]), text("", &["old"])]);
    let before = index.snapshot();
    let mut writer = index.writer(1, MEMORY).unwrap().unwrap();
    add(&mut writer, 0, &text("", &["new"]));
    writer.remove(DocId(1)).unwrap();
    writer.remove(DocId(99)).unwrap();
    assert_eq!(found(&index.snapshot(), "old"), [0, 1], "not before the commit");
    writer.commit().unwrap();
    let after = index.snapshot();
    assert_eq!((found(&after, "old"), found(&after, "new")), (vec![], vec![0]));
    assert_eq!(found(&after, "-x"), [0]);
    assert!(after.contains(DocId(0)) && !after.contains(DocId(1)) && after.len() == 1);
    assert_eq!(found(&before, "old"), [0, 1], "a snapshot stays as it was");
    writer.close().unwrap();
    assert_eq!(found(&index.snapshot(), "new"), [0]);
}

/// A document beyond the size of a part is several documents to tantivy, and one to us.
#[test]
fn a_long_document_is_one() {
    let filler = "filler ".repeat(9_000);
    let mut passages = vec!["first words".to_owned()];
    passages.extend(std::iter::repeat_n(filler, 200));
    passages.push("last line".to_owned());
    let long = Text { title: "Long".into(), passages, ..Text::default() };
    let snapshot = index(&[text("", &["first"]), long, text("", &["last"])]).snapshot();
    assert_eq!(snapshot.len(), 3);
    assert_eq!(found(&snapshot, "first last title:long"), [1]);
    assert_eq!(found(&snapshot, "filler"), [1]);
    assert_eq!(found(&snapshot, "-first"), [2]);
    assert_eq!(found(&snapshot, r#"-"last line""#), [0, 2]);
}

mod on_disk {
    use std::{fs, path::Path};

    use super::*;

    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            // A file may be merged away in between, as it may be in a real copy.
            fs::copy(&path, to.join(path.file_name().unwrap())).ok();
        }
    }

    /// An index on disk of two documents, closed again.
    fn written(dir: &Path) {
        let (index, fresh) = Index::open(dir).unwrap();
        assert!(fresh);
        let mut writer = index.writer(1, MEMORY).unwrap().unwrap();
        add(&mut writer, 0, &text("One", &["some words"]));
        add(&mut writer, 1, &text("Two", &["more words"]));
        writer.commit().unwrap();
    }

    #[test]
    fn what_was_committed_is_there_when_opened_again() {
        let dir = tempfile::tempdir().unwrap();
        written(dir.path());
        let (index, fresh) = Index::open(dir.path()).unwrap();
        assert!(!fresh);
        assert!(index.is_sound());
        assert_eq!(found(&index.snapshot(), "words"), [0, 1]);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_look() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let inside = dir.path().join("a/b");
        drop(Index::open(&inside).unwrap());
        assert_eq!(fs::metadata(inside).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn nothing_committed_is_fresh_and_an_empty_library_is_not() {
        let dir = tempfile::tempdir().unwrap();
        drop(Index::open(dir.path()).unwrap());
        let (index, fresh) = Index::open(dir.path()).unwrap();
        assert!(fresh);
        let mut writer = index.writer(1, MEMORY).unwrap().unwrap();
        writer.remove(DocId(1)).unwrap();
        writer.commit().unwrap();
        drop((writer, index));
        assert!(!Index::open(dir.path()).unwrap().1);
    }

    #[test]
    fn a_second_one_reads_and_takes_over_when_the_first_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let (first, _) = Index::open(dir.path()).unwrap();
        let mut writer = first.writer(1, MEMORY).unwrap().unwrap();
        let (second, _) = Index::open(dir.path()).unwrap();
        assert!(second.writer(1, MEMORY).unwrap().is_none());
        add(&mut writer, 3, &text("", &["news"]));
        writer.commit().unwrap();
        assert!(second.snapshot().is_empty());
        second.reload().unwrap();
        assert_eq!(found(&second.snapshot(), "news"), [3]);
        drop(writer);
        assert!(second.writer(1, MEMORY).unwrap().is_some());
    }

    #[test]
    fn another_version_is_made_anew() {
        let dir = tempfile::tempdir().unwrap();
        written(dir.path());
        fs::write(dir.path().join("version"), "recto 0, tantivy 0.1\n").unwrap();
        let (index, fresh) = Index::open(dir.path()).unwrap();
        assert!(fresh && index.snapshot().is_empty());
        drop(index);
        written(dir.path());
        Index::discard(dir.path()).unwrap();
        assert!(Index::open(dir.path()).unwrap().1);
    }

    /// Whatever file is missing, cut short or changed: the index opens, whole or anew, and takes documents.
    #[test]
    fn a_damaged_file_is_no_error() {
        let whole = tempfile::tempdir().unwrap();
        written(whole.path());
        let names: Vec<_> = fs::read_dir(whole.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(names.len() > 8, "{names:?}");
        for name in names {
            for damage in ["missing", "short", "changed"] {
                let dir = tempfile::tempdir().unwrap();
                copy(whole.path(), dir.path());
                let file = dir.path().join(&name);
                let bytes = fs::read(&file).unwrap();
                match damage {
                    "missing" => fs::remove_file(&file).unwrap(),
                    "short" => fs::write(&file, &bytes[..bytes.len() / 2]).unwrap(),
                    _ => fs::write(&file, changed(bytes)).unwrap(),
                }
                let (index, fresh) = Index::open(dir.path()).unwrap_or_else(|e| panic!("{name:?} {damage}: {e:?}"));
                if !fresh && !index.is_sound() {
                    // Damage within a file shows only when all of it is read.
                    assert_eq!(damage, "changed", "{name:?}");
                    continue;
                }
                assert!(fresh || found(&index.snapshot(), "words") == [0, 1], "{name:?} {damage}");
                let mut writer = index.writer(1, MEMORY).unwrap().unwrap();
                add(&mut writer, 2, &text("", &["later"]));
                writer.commit().unwrap();
                assert_eq!(found(&index.snapshot(), "later"), [2], "{name:?} {damage}");
            }
        }
    }

    /// One byte of the first half made another.
    fn changed(mut bytes: Vec<u8>) -> Vec<u8> {
        let middle = bytes.len() / 4;
        if let Some(byte) = bytes.get_mut(middle) {
            *byte ^= 0x55;
        }
        bytes
    }

    #[test]
    fn a_copy_taken_while_writing_opens() {
        let dir = tempfile::tempdir().unwrap();
        let (index, _) = Index::open(dir.path()).unwrap();
        let mut writer = index.writer(2, 2 * MEMORY).unwrap().unwrap();
        for round in 0..12 {
            for n in 0..40 {
                add(&mut writer, round * 40 + n, &text("", &[&format!("round{round} word{n}")]));
            }
            let taken = tempfile::tempdir().unwrap();
            copy(dir.path(), taken.path());
            let (copied, fresh) = Index::open(taken.path()).unwrap();
            let size = copied.snapshot().len();
            assert!(size % 40 == 0 && size <= round as usize * 40, "a commit is whole or not there: {size}");
            assert_eq!(found(&copied.snapshot(), "word1").len(), size / 40 * 11);
            assert!(fresh || size > 0);
            writer.commit().unwrap();
        }
        assert_eq!(index.snapshot().len(), 480);
    }
}

mod property {
    use proptest::prelude::*;
    use recto::query::{Ask, Group, Term, Zone};

    use super::*;
    use crate::query::{matches, stands_in_document};

    const WORDS: &[&str] = &[
        "ab", "abc", "abcde", "abcdef", "b", "Café", "cafe", "don't", "x", "é", "über", "12", "ｶ", "The", "of", "offer",
    ];
    const UNSPACED: &[&str] = &["你", "好", "吗", "กิ", "น", "か", "が", "㊀", "一"];
    const BETWEEN: &[&str] = &[" ", "  ", "\n", ", ", "-", "’", ":", "\u{AD}", "", "|"];

    fn word() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => proptest::sample::select(WORDS).prop_map(String::from),
            2 => proptest::collection::vec(proptest::sample::select(UNSPACED), 1..5).prop_map(|run| run.concat()),
        ]
    }

    fn passage(longest: usize) -> impl Strategy<Value = String> {
        let between = proptest::sample::select(BETWEEN);
        proptest::collection::vec((word(), between), 0..longest)
            .prop_map(|words| words.into_iter().map(|(word, between)| word + between).collect())
    }

    fn document() -> impl Strategy<Value = Text> {
        (passage(4), passage(3), proptest::collection::vec(passage(7), 0..4))
            .prop_map(|(title, author, passages)| Text { title, author, passages })
    }

    /// A word cut after some of its characters.
    fn begun() -> impl Strategy<Value = String> {
        (word(), 1usize..7).prop_map(|(word, keep)| word.chars().take(keep).collect())
    }

    fn query() -> impl Strategy<Value = String> {
        let phrase = proptest::collection::vec((word(), prop_oneof![9 => Just(" "), 1 => Just("-")]), 1..4)
            .prop_map(|words| words.into_iter().map(|(word, between)| word + between).collect::<String>());
        let body = prop_oneof![
            3 => begun(),
            1 => passage(3),
            2 => (phrase, begun(), proptest::bool::ANY).prop_map(|(phrase, begun, closed)| {
                format!("\"{phrase}{begun}{}", if closed { "\"" } else { "" })
            }),
        ];
        let minus = prop_oneof![4 => Just(""), 1 => Just("-")];
        let field = prop_oneof![8 => Just(""), 2 => Just("title:"), 1 => Just("author:"), 1 => Just("other:")];
        let between = prop_oneof![3 => Just(" "), 1 => Just(" | ")];
        proptest::collection::vec((minus, field, body, between), 1..4).prop_map(|terms| {
            terms.into_iter().map(|(minus, field, body, between)| format!("{minus}{field}{body}{between}")).collect()
        })
    }

    fn lights_up(term: &Term, text: &Text) -> bool {
        let query = Query { groups: vec![Group { any: vec![term.clone()] }] };
        let matcher = query.matcher();
        let whole = |passage: &String| !matcher.hits(passage, &[0..passage.len()]).is_empty();
        !matcher.title_hits(&text.title).is_empty()
            || !matcher.author_hits(&text.author).is_empty()
            || matches!(term.ask, Ask::Text(Zone::Any, _)) && text.passages.iter().any(whole)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        /// What the index finds is what the definition says, and what the definition says lights up.
        #[test]
        fn index_and_matcher_agree_with_the_definition(
            documents in proptest::collection::vec(document(), 1..12),
            second in 0usize..12,
            queries in proptest::collection::vec(query(), 12),
        ) {
            let index = Index::in_memory().unwrap();
            let mut writer = index.writer(1, MEMORY).unwrap().unwrap();
            for (id, text) in (0..).zip(&documents) {
                // Some are written twice, in another segment: only the last counts.
                add(&mut writer, id, &documents[(id as usize + 1) % documents.len()]);
                if id as usize == second {
                    writer.commit().unwrap();
                }
                add(&mut writer, id, text);
            }
            writer.commit().unwrap();
            let snapshot = index.snapshot();
            for typed in queries {
                let query = Query::parse(&typed);
                let expected: Vec<u32> = (0..).zip(&documents).filter(|(_, text)| {
                    let passages: Vec<&str> = text.passages.iter().map(String::as_str).collect();
                    matches(&query, &text.title, &text.author, &passages)
                }).map(|(id, _)| id).collect();
                prop_assert_eq!(found(&snapshot, &typed), &expected[..], "{:?}", query);
                let mut best = best(&snapshot, &typed);
                best.sort_unstable();
                prop_assert_eq!(best, expected, "{:?}", query);
                for term in query.terms() {
                    for text in &documents {
                        let passages: Vec<&str> = text.passages.iter().map(String::as_str).collect();
                        let stands = stands_in_document(term, &text.title, &text.author, &passages);
                        let shown = Term { excluded: false, ..term.clone() };
                        prop_assert_eq!(lights_up(&shown, text), stands, "{:?} {:?}", term, text);
                    }
                }
            }
        }
    }
}

mod passages {
    use recto::{
        doc::{Anchor, BlockId, Document, Meta},
        search::{Passage, hits, passage},
    };

    use super::*;

    fn document(paragraphs: &[&str]) -> Document {
        let blocks = paragraphs.iter().map(|text| Block::new(Kind::Paragraph, *text)).collect();
        Document::held(Meta::default(), blocks)
    }

    fn of(query: &str, paragraphs: &[&str]) -> Option<Passage> {
        passage(&document(paragraphs), &Query::parse(query).matcher())
    }

    /// The passage's text with its hits in brackets.
    fn shown(passage: &Passage) -> String {
        let (mut out, mut at) = (String::new(), 0);
        for hit in &passage.hits {
            out += &format!("{}[{}]", &passage.text[at..hit.start], &passage.text[hit.clone()]);
            at = hit.end;
        }
        out + &passage.text[at..]
    }

    #[test]
    fn most_terms_then_the_rarest_then_the_first() {
        let text = &["Common.", "common, rare", "common and\n  other (rare, common)", "common", "other common"];
        assert_eq!(shown(&of("common rare other", text).unwrap()), "[common] and [other] ([rare], [common])");
        let found = of("common other rare", &text[..2]).unwrap();
        assert_eq!((found.block, found.anchor), (BlockId(1), Anchor { block: BlockId(1), byte: 0 }));
        let found = of("a b", &["x a", "a", "b"]).unwrap();
        assert_eq!((found.anchor, shown(&found)), (Anchor { block: BlockId(2), byte: 0 }, "[b]".to_owned()));
        assert_eq!(of("a", &["x a", "a"]).unwrap().anchor, Anchor { block: BlockId(0), byte: 2 });
    }

    #[test]
    fn never_more_than_sixty_words() {
        let many: Vec<String> = (0..200).map(|n| format!("w{n}")).collect();
        let text = many.join(" ");
        let found = of("w100", &[&text]).unwrap();
        assert!(found.text.starts_with("w92 ") && found.text.ends_with(" w151"), "{}", found.text);
        assert_eq!(shown(&found).matches("[w100]").count(), 1);
        // Two that fit into sixty words stand in one, two that don't do not.
        assert_eq!(of("\"w10\" \"w69\"", &[&text]).unwrap().hits.len(), 2);
        assert_eq!(of("\"w10\" \"w70\"", &[&text]).unwrap().hits.len(), 1);
        assert_eq!(of("w199", &[&text]).unwrap().text.split(' ').next(), Some("w191"));
    }

    #[test]
    fn nothing_to_show() {
        assert_eq!(of("a", &["b"]), None);
        assert_eq!(of("-a", &["b"]), None);
        assert_eq!(of("title:a", &["a"]), None);
        assert_eq!(of("a", &[]), None);
    }

    #[test]
    fn hits_up_to_a_limit() {
        let document = document(&["a b a", "", "ab"]);
        let matcher = Query::parse("a").matcher();
        let at = |block, byte| Anchor { block: BlockId(block), byte };
        let all = hits(&document, &matcher, 3);
        assert_eq!((all.anchors, all.complete), (vec![(at(0, 0), 1), (at(0, 4), 1), (at(2, 0), 2)], true));
        let some = hits(&document, &matcher, 2);
        assert_eq!((some.anchors.len(), some.complete), (2, false));
    }

    #[test]
    fn what_is_no_longer_wanted_ends() {
        let document = document(&["a", "a", "a"]);
        let matcher = Query::parse("a").matcher();
        let asked = std::cell::Cell::new(0);
        let twice = || asked.replace(asked.get() + 1) < 2;
        let some = search::hits_while(&document, &matcher, 9, &twice);
        assert_eq!((some.anchors.len(), some.complete), (2, false));
        assert_eq!(search::passage_while(&document, &matcher, &|| false), None);
    }
}
