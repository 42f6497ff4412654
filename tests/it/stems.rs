//! Forms of words: found in the language of the document, marked where they were found, and never asked for by a phrase.

use std::sync::Arc;

use proptest::prelude::*;
use recto::{
    doc::{Block, DocId, Kind},
    index::{Entry, Index},
    library::{Columns, Facts},
    query::Query,
    search::{self, Kept, Known, Order, Request, Stock},
    text::stem::Stemmer,
};

/// A library of texts, each with its language.
fn stock(texts: &[(&str, Option<&str>)]) -> Stock {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(1, 15_000_000).unwrap().unwrap();
    let mut columns = Columns { languages: vec!["en".into(), "de".into(), "x-none".into()], ..Columns::default() };
    for ((text, language), number) in texts.iter().zip(0..) {
        let block = Arc::new(Block::new(Kind::Paragraph, (*text).to_owned()));
        let entry = Entry { id: DocId(number), title: "", author: "", blocks: &mut std::iter::once(block) };
        writer.add(entry).unwrap();
        let language = language.and_then(|tag| columns.languages.iter().position(|known| known == tag));
        columns.documents.push(Facts { language: language.map(|at| at as u16), ..facts(DocId(number)) });
    }
    writer.commit().unwrap();
    Stock::new(index.snapshot(), Arc::new(Known::new(columns)), Arc::new(Kept::default()))
}

fn facts(id: DocId) -> Facts {
    Facts {
        id,
        path_rank: id.0,
        title_rank: id.0,
        folder: 0,
        words: 0,
        date: None,
        modified: 0,
        format: 0,
        extension: 0,
        language: None,
        authored: false,
        broken: false,
    }
}

fn find(stock: &Stock, query: &str) -> Vec<u32> {
    let query = Query::parse(query);
    let request = Request { query: &query, order: Order::Best, rank: &|id| u64::from(id.0), alive: &|| true };
    search::find(stock, &request).unwrap().unwrap().ids.into_iter().map(|id| id.0).collect()
}

fn marks<'t>(query: &str, text: &'t str, language: Option<&str>) -> Vec<&'t str> {
    let matcher = Query::parse(query).matcher().in_language(language);
    matcher.hits(text, &[0..text.len()]).into_iter().map(|hit| &text[hit.range]).collect()
}

#[test]
fn a_word_finds_its_forms_and_the_word_itself_comes_first() {
    let (en, de) = (Some("en"), Some("de"));
    let stock = stock(&[
        ("A customer came in.", en),
        ("The customers stayed.", en),
        ("Two houses by the lake, and happy people.", en),
        ("Das Haus am See, die Häuser in der Stadt.", de),
        ("Die Kinder spielen.", de),
        ("A customer of no language.", None),
    ]);
    assert_eq!(find(&stock, "customers"), [1, 0]);
    assert_eq!(find(&stock, "\"customers\""), [1], "a phrase is exact");
    assert_eq!(find(&stock, "-customers"), [0, 2, 3, 4, 5], "what is excluded has no forms");
    assert_eq!(find(&stock, "housing"), [2]);
    assert_eq!(find(&stock, "happiness"), [2], "an ending may change the letter before it");
    assert_eq!(find(&stock, "häusern"), [3]);
    assert_eq!(find(&stock, "kindes"), [4]);
    assert_eq!(find(&stock, "hausen | lakes"), [3, 2]);
    assert_eq!(find(&stock, "ran"), [0; 0], "what is not made by an ending is another word");
}

#[test]
fn forms_light_up_in_their_language_only() {
    let text = "The customer, custom and customary things of customers.";
    assert_eq!(marks("customers", text, Some("en-GB")), ["customer", "custom", "customers"]);
    assert_eq!(marks("customers", text, None), ["customers"]);
    assert_eq!(marks("customers", text, Some("zh")), ["customers"]);
    assert_eq!(marks("\"customers\"", text, Some("en")), ["customers"]);
    assert_eq!(marks("title:customers", text, Some("en")), [""; 0]);
    assert_eq!(marks("it's", "its", Some("en")), [""; 0], "two words have no forms");
    let matcher = Query::parse("title:letters author:letters").matcher().in_language(Some("en"));
    assert_eq!(matcher.title_hits("A letter").len(), 1);
    assert_eq!(matcher.author_hits("A letter").len(), 0, "a name has no forms");
}

const WORDS: &[&str] = &[
    "customer",
    "customers",
    "custom",
    "customs",
    "run",
    "running",
    "runs",
    "happy",
    "happily",
    "happiness",
    "house",
    "houses",
    "Haus",
    "Häuser",
    "Kind",
    "Kinder",
    "kindly",
    "kindness",
    "is",
    "as",
    "skies",
    "sky",
    "1990s",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// By the definition: a word of the text begins as the query's word, or has its stem in the document's language.
    #[test]
    fn what_has_a_form_is_found_and_marked(
        texts in proptest::collection::vec((proptest::collection::vec(0..WORDS.len(), 0..4), 0..3usize), 1..8),
        asked in 0..WORDS.len(),
        quoted in any::<bool>(),
    ) {
        let languages = [Some("en"), Some("de"), None];
        let texts: Vec<(String, Option<&str>)> = texts
            .into_iter()
            .map(|(words, language)| (words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" "), languages[language]))
            .collect();
        let stock = stock(&texts.iter().map(|(text, language)| (text.as_str(), *language)).collect::<Vec<_>>());
        let fold = recto::text::fold::fold;
        let asked_word = fold(WORDS[asked]);
        let query = if quoted { format!("\"{asked_word}\"") } else { asked_word.clone() };
        let mut found = find(&stock, &query);
        found.sort_unstable();
        for ((text, language), number) in texts.iter().zip(0..) {
            let stemmer = language.and_then(Stemmer::of);
            let wanted = text.split_whitespace().any(|word| {
                let word = fold(word);
                let forms = stemmer.and_then(|stemmer| stemmer.forms(&asked_word));
                if quoted { word == asked_word } else { word.starts_with(&asked_word) || forms.is_some_and(|forms| forms.hold(&word)) }
            });
            prop_assert_eq!(found.contains(&number), wanted, "{} in {:?} {:?}", &query, text, language);
            prop_assert_eq!(!marks(&query, text, *language).is_empty(), wanted, "{} marks in {:?}", &query, text);
        }
    }
}
