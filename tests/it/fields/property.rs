//! Random libraries and random queries over every field. What each term means is written down here once more, from the
//! description of the language alone; words and phrases are judged by the definition in `query`.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{select, subsequence},
};
use recto::{
    doc::{Block, Date, DocId, Kind},
    index::{Entry, Index},
    library::{Columns, Facts, Joiner},
    memory::{ReadState, Reading},
    query::{self, Ask, FIELDS, FieldKind, Group, Query, Term, Zone},
    search::{self, Kept, Known, Order, Request, Stock, Writing},
};
use regex::RegexBuilder;

use crate::query::stands;

const WORDS: &[&str] = &["ab", "abc", "abcd", "Café", "cafe", "x", "don't", "Zoë", "你好", "the", "of", "to"];
const FOLDERS: &[&str] = &["a", "ab", "My Notes", "Übung", "b"];
const LANGUAGES: &[&str] = &["de", "de-AT", "en", "it", "sk", "sl", "xx"];
const EXTENSIONS: &[&str] = &["md", "mdx", "txt", "log", ""];
const FORMATS: &[&str] = &["markdown", "text"];
const TAGS: &[&str] = &["sea", "to read", "Café", "ab-cd"];
const NOTES: &[&str] = &["A note on abc", "x y z", "café at sea", "ab"];
const THREADS: &[&str] = &["one@x", "\"two\"@x", "3|@x"];
const PATTERNS: &[&str] = &["ab+c", "AB", "^x", "caf.( |$)", "b|x", "[^a-z ]+", "q*"];

/// A document as the reference sees it.
#[derive(Clone, Debug)]
struct Doc {
    title: String,
    author: String,
    passages: Vec<String>,
    folder: Vec<&'static str>,
    extension: &'static str,
    format: &'static str,
    language: Option<&'static str>,
    date: Option<(i16, Option<u8>, Option<u8>)>,
    words: u32,
    /// It can't be read, so that it has no words.
    broken: bool,
    /// Its words are in the index.
    indexed: bool,
    own_tags: Vec<&'static str>,
    tags: Vec<&'static str>,
    notes: Vec<&'static str>,
    reading: Reading,
    /// The message that it answers.
    answers: Option<&'static str>,
}

/// One thing that is asked for: how it is typed, and what it means.
#[derive(Clone, Debug)]
enum Asked {
    /// Words, in whatever field.
    Words {
        field: &'static str,
        words: String,
    },
    Folder {
        names: Vec<String>,
        rooted: bool,
        end: &'static str,
        quoted: bool,
    },
    Type {
        name: String,
        quoted: bool,
    },
    Language {
        typed: &'static str,
        means: &'static [&'static str],
    },
    After {
        typed: &'static str,
        day: (i16, u8, u8),
    },
    Before {
        typed: &'static str,
        day: (i16, u8, u8),
    },
    Length {
        typed: &'static str,
        from: u32,
        to: u32,
    },
    Is {
        typed: &'static str,
        any: &'static [&'static str],
    },
    Has {
        typed: &'static str,
        any: &'static [&'static str],
    },
    Pattern(&'static str),
    Thread(&'static str),
    /// What makes no sense.
    Wrong(&'static str),
    /// What is not typed yet.
    Begun(&'static str),
}

impl Asked {
    fn typed(&self) -> String {
        let quote = |text: &str, quoted: bool| if quoted { format!("\"{text}\"") } else { text.to_owned() };
        match self {
            Asked::Words { field, words } => format!("{field}{words}"),
            Asked::Folder { names, rooted, end, quoted } => {
                format!("in:{}", quote(&format!("{}{}{end}", if *rooted { "/" } else { "" }, names.join("/")), *quoted))
            }
            Asked::Type { name, quoted } => format!("type:{}", quote(name, *quoted)),
            Asked::Language { typed, .. } => format!("lang:{typed}"),
            Asked::After { typed, .. } => format!("after:{typed}"),
            Asked::Before { typed, .. } => format!("before:{typed}"),
            Asked::Length { typed, .. } => format!("words:{typed}"),
            Asked::Is { typed, .. } => format!("is:{typed}"),
            Asked::Has { typed, .. } => format!("has:{typed}"),
            Asked::Pattern(pattern) => format!("re:\"{pattern}\""),
            Asked::Thread(name) if name.contains('"') => query::thread(name),
            Asked::Thread(name) => format!("thread:{name}"),
            Asked::Wrong(typed) | Asked::Begun(typed) => (*typed).to_owned(),
        }
    }

    /// Whether a document satisfies it, with a minus before it or without. `None` where it asks for nothing.
    fn holds(&self, doc: &Doc, minus: bool) -> Option<bool> {
        let plain = |holds: bool| Some(holds != minus);
        match self {
            Asked::Begun(_) => None,
            Asked::Wrong(_) => Some(false),
            Asked::Words { .. } => {
                let query = Query::parse(&self.typed());
                let term = query.terms().next()?;
                let has = words_stand(&term.ask, doc);
                // Of a document whose words are not known nobody can say that it lacks one in its text.
                Some(if minus { !has && (doc.indexed || !matches!(term.ask, Ask::Text(..))) } else { has })
            }
            Asked::Folder { names, rooted, end, quoted } => {
                let folder: Vec<String> = doc.folder.iter().map(|name| plain_letters(name)).collect();
                let names: Vec<String> = names.iter().map(|name| plain_letters(name)).collect();
                let whole = *quoted || *end == "/";
                let here = |at: usize| {
                    names.iter().enumerate().all(|(n, name)| {
                        folder.get(at + n).is_some_and(|folder| {
                            if whole || n + 1 < names.len() { folder == name } else { folder.starts_with(name) }
                        })
                    })
                };
                plain(if *rooted { here(0) } else { (0..folder.len()).any(here) })
            }
            Asked::Type { name, quoted } => plain(
                [doc.format, doc.extension]
                    .iter()
                    .any(|of| !of.is_empty() && if *quoted { of == name } else { of.starts_with(name.as_str()) }),
            ),
            Asked::Language { means, .. } => plain(doc.language.is_some_and(|language| means.contains(&language))),
            Asked::After { day, .. } => plain(doc.day().is_some_and(|date| date >= *day)),
            Asked::Before { day, .. } => plain(doc.day().is_some_and(|date| date < *day)),
            Asked::Length { from, to, .. } => plain(!doc.broken && (*from..=*to).contains(&doc.words)),
            Asked::Is { any, .. } => plain(any.iter().any(|is| match *is {
                "unread" => doc.reading.state == ReadState::Unread && !doc.broken,
                "begun" => doc.reading.state == ReadState::Begun,
                "finished" => doc.reading.state == ReadState::Finished,
                "starred" => doc.reading.starred,
                "archived" => doc.reading.archived,
                "broken" => doc.broken,
                other => panic!("{other}"),
            })),
            Asked::Has { any, .. } => plain(any.iter().any(|has| match *has {
                "author" => !doc.author.is_empty(),
                "date" => doc.date.is_some(),
                "language" => doc.language.is_some(),
                "note" => !doc.notes.is_empty(),
                "star" => doc.reading.starred,
                "tag" => !doc.tags.is_empty() || !doc.own_tags.is_empty(),
                other => panic!("{other}"),
            })),
            Asked::Thread(name) => plain(doc.answers == Some(*name)),
            Asked::Pattern(pattern) => plain(finds(pattern, doc)),
        }
    }
}

impl Doc {
    fn day(&self) -> Option<(i16, u8, u8)> {
        self.date.map(|(year, month, day)| (year, month.unwrap_or(1), day.unwrap_or(1)))
    }

    fn all_tags(&self) -> impl Iterator<Item = &&'static str> {
        self.tags.iter().chain(&self.own_tags)
    }
}

/// As they are typed by somebody who has no time for capitals and accents.
fn plain_letters(text: &str) -> String {
    text.to_lowercase().replace('ü', "u")
}

fn words_stand(ask: &Ask, doc: &Doc) -> bool {
    let tags = |phrase| doc.all_tags().any(|tag| stands(phrase, tag));
    let notes = |phrase| doc.notes.iter().any(|note| stands(phrase, note));
    match ask {
        Ask::Text(Zone::Title, phrase) => doc.indexed && stands(phrase, &doc.title),
        Ask::Text(Zone::Author, phrase) => doc.indexed && stands(phrase, &doc.author),
        Ask::Text(Zone::Any, phrase) => {
            let texts = [&doc.title, &doc.author].into_iter().chain(&doc.passages);
            doc.indexed && texts.into_iter().any(|text| stands(phrase, text)) || tags(phrase) || notes(phrase)
        }
        Ask::Tag(phrase) => tags(phrase),
        Ask::Note(phrase) => notes(phrase),
        other => panic!("{other:?}"),
    }
}

/// Case counts in one of the patterns, and what is empty is nothing.
fn finds(pattern: &str, doc: &Doc) -> bool {
    let regex = RegexBuilder::new(pattern).case_insensitive(pattern != "AB").multi_line(true).build().unwrap();
    doc.passages.iter().any(|text| regex.find_iter(text).any(|found| !found.as_str().is_empty()))
}

/// Whether the one who lights things up shows a term somewhere in a document.
fn lights_up(term: &Term, doc: &Doc) -> bool {
    let shown = Term { excluded: false, ..term.clone() };
    let matcher = Query { groups: vec![Group { any: vec![shown] }] }.matcher();
    let words = !matches!(term.ask, Ask::Pattern(_));
    let head = !matcher.title_hits(&doc.title).is_empty() || !matcher.author_hits(&doc.author).is_empty();
    words && doc.indexed && head
        || doc.all_tags().any(|tag| !matcher.tag_hits(tag).is_empty())
        || doc.notes.iter().any(|note| !matcher.note_hits(note).is_empty())
        || (doc.indexed || !words) && doc.passages.iter().any(|text| !matcher.hits(text, &[0..text.len()]).is_empty())
}

fn phrase(longest: usize) -> impl Strategy<Value = String> {
    vec((select(WORDS), select(&[" ", " ", "-", "\n", ""][..])), 0..longest)
        .prop_map(|words| words.into_iter().map(|(word, between)| word.to_owned() + between).collect())
}

fn reading() -> impl Strategy<Value = Reading> {
    let state = select(vec![ReadState::Unread, ReadState::Unread, ReadState::Begun, ReadState::Finished]);
    (state, any::<bool>(), any::<bool>(), option::of(Just(1))).prop_map(|(state, starred, archived, opened)| Reading {
        state,
        starred,
        archived,
        opened,
    })
}

fn doc() -> impl Strategy<Value = Doc> {
    let texts = (phrase(4), phrase(3), vec(phrase(6), 0..3));
    let place = (vec(select(FOLDERS), 0..3), select(EXTENSIONS), select(FORMATS));
    let date = (2007i16..2011, option::of(4u8..7), option::of(1u8..29))
        .prop_map(|(year, month, day)| (year, month, month.and(day)));
    let facts = (option::of(select(LANGUAGES)), option::of(date), 0u32..3000, 0..8u8, option::of(select(THREADS)));
    let written = (subsequence(TAGS, 0..2), subsequence(TAGS, 0..2), subsequence(NOTES, 0..2), reading());
    (texts, place, facts, written).prop_map(|(texts, place, facts, written)| {
        let (title, author, passages) = texts;
        let broken = facts.3 == 0;
        Doc {
            title,
            author,
            passages: if broken { Vec::new() } else { passages },
            folder: place.0,
            extension: place.1,
            format: place.2,
            language: facts.0,
            date: facts.1,
            words: facts.2,
            broken,
            indexed: facts.3 > 1,
            own_tags: written.0,
            tags: written.1,
            notes: written.2,
            reading: written.3,
            answers: facts.4,
        }
    })
}

fn asked() -> impl Strategy<Value = Asked> {
    let field = select(&["", "", "", "title:", "author:", "tag:", "note:", "TAG:", "other:"][..]);
    let body = prop_oneof![
        3 => (select(WORDS), 1usize..5).prop_map(|(word, keep)| word.chars().take(keep).collect::<String>()),
        1 => select(TAGS).prop_map(|tag| format!("\"{tag}\"")),
        2 => (phrase(3), any::<bool>()).prop_map(|(words, closed)| format!("\"{words}{}", if closed { "\"" } else { "" })),
    ];
    let words = (field, body).prop_map(|(field, words)| Asked::Words { field, words });
    let names = vec((select(FOLDERS), any::<bool>(), 1usize..9), 1..3).prop_map(|names| {
        let name = |(name, lower, keep): (&str, bool, usize)| {
            let begun: String = name.chars().take(keep).collect();
            if lower { plain_letters(&begun) } else { begun }
        };
        names.into_iter().map(name).collect::<Vec<_>>()
    });
    let folder =
        (names, any::<bool>(), select(&["", "", "/"][..]), any::<bool>()).prop_map(|(names, rooted, end, quoted)| {
            let spaced = names.iter().any(|name| name.contains(' '));
            Asked::Folder { names, rooted, end, quoted: quoted || spaced }
        });
    let kinds = select(&["md", "markdown", "mark", "text", "t", "txt", "log", "m", "zip"][..]);
    let kind = (kinds, any::<bool>()).prop_map(|(name, quoted)| Asked::Type { name: name.to_owned(), quoted });
    let language = select(vec![
        ("de", &["de", "de-AT"][..]),
        ("German", &["de", "de-AT"]),
        ("deu", &["de", "de-AT"]),
        ("ger", &["de", "de-AT"]),
        ("de-at", &["de-AT"]),
        ("\"deutsch\"", &["de", "de-AT"]),
        ("\"ger\"", &[]),
        ("sl", &["sl"]),
        ("slov", &["sk", "sl"]),
        ("engl", &["en"]),
        ("xx", &["xx"]),
    ])
    .prop_map(|(typed, means)| Asked::Language { typed, means });
    let days = vec![
        ("2009", (2009, 1, 1)),
        ("2008-05", (2008, 5, 1)),
        ("2009/5/9", (2009, 5, 9)),
        ("2010-04-20", (2010, 4, 20)),
        ("2009-0", (2009, 1, 1)),
        ("\"2008-06\"", (2008, 6, 1)),
    ];
    let after = select(days.clone()).prop_map(|(typed, day)| Asked::After { typed, day });
    let before = select(days).prop_map(|(typed, day)| Asked::Before { typed, day });
    let length = select(vec![
        ("<2000", 0, 1999),
        ("<=2k", 0, 2000),
        (">500", 501, u32::MAX),
        (">=1.5k", 1500, u32::MAX),
        ("500..2000", 500, 2000),
        ("1k..", 1000, u32::MAX),
        ("..1,000", 0, 1000),
        ("2k", 1800, 2200),
        ("=0", 0, 0),
    ])
    .prop_map(|(typed, from, to)| Asked::Length { typed, from, to });
    let is = select(vec![
        ("unread", &["unread"][..]),
        ("un", &["unread"]),
        ("b", &["begun", "broken"]),
        ("Begun", &["begun"]),
        ("finished", &["finished"]),
        ("\"starred\"", &["starred"]),
        ("archived", &["archived"]),
        ("broken", &["broken"]),
    ])
    .prop_map(|(typed, any)| Asked::Is { typed, any });
    let has = select(vec![
        ("author", &["author"][..]),
        ("date", &["date"]),
        ("lang", &["language"]),
        ("note", &["note"]),
        ("star", &["star"]),
        ("t", &["tag"]),
    ])
    .prop_map(|(typed, any)| Asked::Has { typed, any });
    let wrong = select(&["is:foo", "has:\"un\"", "words:abc", "after:2009-13", "lang:klingon", "re:(ab"][..]);
    let begun = select(&["is:", "words:<", "after:20", "in:\"\"", "title:", "re:", "type:"][..]);
    prop_oneof![
        6 => words,
        2 => folder,
        1 => kind,
        2 => language,
        1 => after,
        1 => before,
        2 => length,
        3 => is,
        2 => has,
        2 => select(PATTERNS).prop_map(Asked::Pattern),
        1 => select(THREADS).prop_map(Asked::Thread),
        1 => wrong.prop_map(Asked::Wrong),
        1 => begun.prop_map(Asked::Begun),
    ]
}

/// Terms with a minus or none before them, and a bar or none after.
fn query() -> impl Strategy<Value = Vec<(bool, Asked, bool)>> {
    vec((prop_oneof![4 => Just(false), 1 => Just(true)], asked(), prop_oneof![3 => Just(false), 1 => Just(true)]), 1..5)
}

/// As it is typed. An open quote is closed only by the end, so nothing comes after it.
fn typed(query: &[(bool, Asked, bool)]) -> (String, usize) {
    let mut typed = String::new();
    for (at, (minus, asked, bar)) in query.iter().enumerate() {
        let term = asked.typed();
        let open = term.matches('"').count() == 1;
        typed += &format!(
            "{}{term}{}",
            if *minus { "-" } else { "" },
            if open {
                ""
            } else if *bar {
                " | "
            } else {
                " "
            }
        );
        if open {
            return (typed, at + 1);
        }
    }
    (typed, query.len())
}

/// What the description says of a query.
fn satisfies(query: &[(bool, Asked, bool)], doc: &Doc) -> bool {
    let mut groups: Vec<Vec<bool>> = Vec::new();
    let mut joined = false;
    for (minus, asked, bar) in query {
        if !joined {
            groups.push(Vec::new());
        }
        // A word of nothing but signs asks for nothing either.
        let nothing = matches!(asked, Asked::Words { .. }) && Query::parse(&asked.typed()).is_empty();
        if !nothing {
            groups.last_mut().unwrap().extend(asked.holds(doc, *minus));
        }
        joined = *bar;
    }
    groups.iter().all(|group| group.is_empty() || group.contains(&true))
}

/// What the library knows of these documents. Their numbers are 3, 6, 9 …
fn stock(docs: &[Doc]) -> Stock {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(1, 15_000_000).unwrap().unwrap();
    let mut columns = Columns {
        formats: FORMATS.iter().map(ToString::to_string).collect(),
        languages: LANGUAGES.iter().map(ToString::to_string).collect(),
        extensions: EXTENSIONS.iter().map(ToString::to_string).collect(),
        roots: vec![PathBuf::from("/files/pile")],
        ..Columns::default()
    };
    let (mut kept, mut own): (Kept, HashMap<&str, Vec<DocId>>) = (Kept::default(), HashMap::new());
    let mut threads = Joiner::default();
    let place = |list: &[&str], name: &str| list.iter().position(|other| *other == name).unwrap() as u16;
    for (doc, id) in docs.iter().zip((1..).map(|n| DocId(n * 3))) {
        if doc.indexed {
            let blocks = doc.passages.iter().map(|passage| Arc::new(Block::new(Kind::Paragraph, passage.as_str())));
            let entry = Entry { id, title: &doc.title, author: &doc.author, blocks: &mut blocks.into_iter() };
            writer.add(entry).unwrap();
        }
        columns.folders.push(doc.folder.iter().fold(PathBuf::from("/files/pile"), |path, name| path.join(name)));
        columns.documents.push(Facts {
            id,
            path_rank: 0,
            title_rank: 0,
            folder: columns.folders.len() as u32 - 1,
            words: doc.words,
            date: doc.date.map(|(year, month, day)| Date::new(year, month, day).unwrap()),
            modified: 0,
            format: place(FORMATS, doc.format),
            extension: place(EXTENSIONS, doc.extension),
            language: doc.language.map(|language| place(LANGUAGES, language)),
            authored: !doc.author.is_empty(),
            broken: doc.broken,
        });
        threads.add(id, Some(&format!("{}@here", id.0)), doc.answers.into_iter());
        doc.own_tags.iter().for_each(|tag| own.entry(*tag).or_default().push(id));
        kept.tags.extend(doc.tags.iter().map(|tag| Writing::new(tag, vec![id])));
        kept.notes.extend(doc.notes.iter().map(|note| Writing::new(note, vec![id])));
        kept.readings.insert(id, doc.reading);
    }
    // What the index has and the library has not is never found.
    let stranger = Arc::new(Block::new(Kind::Paragraph, "ab abc cafe x 你好"));
    let entry = Entry { id: DocId(4), title: "ab", author: "x", blocks: &mut std::iter::once(stranger) };
    writer.add(entry).unwrap();
    writer.commit().unwrap();
    columns.threads = threads.finish();
    columns.tags = own.into_iter().map(|(tag, ids)| (tag.to_owned(), ids)).collect();
    Stock::new(index.snapshot(), Arc::new(Known::new(columns)), Arc::new(kept))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is found is what the description says, and of what is found every word lights up.
    #[test]
    fn a_query_finds_what_the_description_says(
        docs in vec(doc(), 1..12),
        queries in vec(query(), 16),
    ) {
        let mut stock = stock(&docs);
        let numbered = || (1..).map(|n| DocId(n * 3)).zip(&docs);
        for query in queries {
            let (typed, terms) = typed(&query);
            let query = &query[..terms];
            let parsed = Query::parse(&typed).checked();
            let found = |pattern: &str| numbered().filter(|(_, doc)| finds(pattern, doc)).map(|(id, _)| id).collect();
            stock.set_patterns(parsed.patterns().map(|p| (p.clone(), found(p.source()))).collect());
            let expected: Vec<DocId> =
                numbered().filter(|(_, doc)| satisfies(query, doc)).map(|(id, _)| id).collect();
            for order in [Order::Path, Order::Best] {
                let request = Request { query: &parsed, order, rank: &|id| u64::from(id.0), alive: &|| true };
                let mut found = search::find(&stock, &request).unwrap().unwrap().ids;
                found.sort_unstable();
                prop_assert_eq!(&found, &expected, "{} {:?}", typed, parsed);
            }
            let lighting = |term: &&Term| matches!(term.ask, Ask::Text(..) | Ask::Tag(_) | Ask::Note(_) | Ask::Pattern(_));
            for term in parsed.terms().filter(lighting) {
                for doc in &docs {
                    let stands = match &term.ask {
                        Ask::Pattern(pattern) => finds(pattern.source(), doc),
                        ask => words_stand(ask, doc),
                    };
                    prop_assert_eq!(lights_up(term, doc), stands, "{:?} {:?}", term, doc);
                }
            }
        }
    }
}

/// A set of documents is kept 64 to a word: those that the index has not may stand beyond the last word of its answer.
#[test]
fn tags_are_found_beyond_the_end_of_the_index() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let plain = proptest::strategy::Strategy::new_tree(&doc(), &mut runner).unwrap();
    let plain = proptest::strategy::ValueTree::current(&plain);
    let docs: Vec<Doc> = (0..300)
        .map(|n| Doc {
            title: "Title".to_owned(),
            indexed: n < 40,
            broken: false,
            tags: if n % 100 == 99 { vec!["sea"] } else { Vec::new() },
            own_tags: Vec::new(),
            notes: Vec::new(),
            ..plain.clone()
        })
        .collect();
    let stock = stock(&docs);
    let query = Query::parse("sea");
    for order in [Order::Path, Order::Best] {
        let request = Request { query: &query, order, rank: &|id| u64::from(id.0), alive: &|| true };
        assert_eq!(search::find(&stock, &request).unwrap().unwrap().ids, [300, 600, 900].map(DocId), "{order:?}");
    }
}

/// The property above asks for every field there is.
#[test]
fn every_field_is_asked_for() {
    use proptest::{strategy::ValueTree as _, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let asked = asked();
    let typed: Vec<String> =
        (0..2000).map(|_| asked.new_tree(&mut runner).unwrap().current().typed().to_lowercase()).collect();
    // What resembles a document is no matter of yes or no.
    for field in FIELDS.iter().filter(|field| field.kind != FieldKind::Like) {
        assert!(typed.iter().any(|typed| typed.starts_with(&format!("{}:", field.name))), "{}", field.name);
    }
}
