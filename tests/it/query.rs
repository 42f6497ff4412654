//! The query language by example, and the slow, obvious matcher that the index is compared with.

use std::ops::Range;

use recto::{
    query::{FIELDS, Matcher, Query, Term, Zone},
    text::words,
};

/// Whether a document satisfies a query, by the definition: a term stands where its folded words follow one another within
/// one passage.
pub fn matches(query: &Query, title: &str, author: &str, passages: &[&str]) -> bool {
    query
        .groups
        .iter()
        .all(|group| group.any.iter().any(|term| stands_in_document(term, title, author, passages) != term.excluded))
}

pub fn stands_in_document(term: &Term, title: &str, author: &str, passages: &[&str]) -> bool {
    let stands = |text: &&str| stands(term, text);
    match term.zone {
        Zone::Title => stands(&title),
        Zone::Author => stands(&author),
        Zone::Any => [title, author].iter().chain(passages).any(stands),
    }
}

fn stands(term: &Term, text: &str) -> bool {
    let mut folded = Vec::new();
    words::folded(text, |_, word| folded.push(word.to_owned()));
    folded.windows(term.words.len()).any(|here| {
        here.iter().zip(&term.words).enumerate().all(|(at, (word, asked))| {
            word == asked || term.prefix && at + 1 == here.len() && word.starts_with(asked.as_str())
        })
    })
}

/// A query as its terms: `-` excluded, `title:`, words side by side in brackets, `*` prefix, `|` between alternatives.
fn read(typed: &str) -> String {
    let term = |term: &Term| {
        let zone = match term.zone {
            Zone::Any => "",
            Zone::Title => "title:",
            Zone::Author => "author:",
        };
        let (minus, star) = (if term.excluded { "-" } else { "" }, if term.prefix { "*" } else { "" });
        format!("{minus}{zone}{}{star}", term.words.join("_"))
    };
    let groups = Query::parse(typed).groups;
    let group = |group: &recto::query::Group| group.any.iter().map(term).collect::<Vec<_>>().join("|");
    groups.iter().map(group).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_typed_is_read_so() {
    for (typed, expected) in [
        ("", ""),
        ("   ", ""),
        ("alpha  beta", "alpha* beta*"),
        ("Café STRASSE", "cafe* strasse*"),
        (r#""two Words""#, "two_words"),
        (r#""two words"#, "two_words*"),
        (r#"“two words”"#, "two_words"),
        (r#""" a"#, "a*"),
        (r#"""#, ""),
        ("-word", "-word*"),
        (r#"-"a phrase""#, "-a_phrase"),
        ("--word", "-word*"),
        ("a | b", "a*|b*"),
        ("a|b", "a*|b*"),
        ("a | b c", "a*|b* c*"),
        ("a b | c", "a* b*|c*"),
        ("a | -b", "a*|-b*"),
        ("| a", "a*"),
        ("a |", "a*"),
        ("a || b", "a*|b*"),
        ("a | - b", "a* b*"),
        (r#""a | b""#, "a_b"),
        ("++ - |", ""),
        ("don't", "don_t*"),
        ("foo-bar", "foo_bar*"),
        ("C++", "c*"),
        ("example.com", "example_com*"),
        ("title:word", "title:word*"),
        ("TITLE:word", "title:word*"),
        (r#"title:"a b""#, "title:a_b"),
        (r#"title:"a b"#, "title:a_b*"),
        ("-title:x", "-title:x*"),
        (r#"-author:"jane doe""#, "-author:jane_doe"),
        ("title:foo-bar", "title:foo_bar*"),
        ("title:", ""),
        ("title: a", "a*"),
        ("title:a|author:b", "title:a*|author:b*"),
        ("http:x", "http_x*"),
        ("foo:bar", "foo_bar*"),
        (r#"foo:"bar baz""#, "foo_bar_baz"),
        ("https://example.com/a", "https_example_com_a*"),
        (r#"say"hello you""#, "say* hello_you"),
        (r#""a b"c"#, "a_b c*"),
        (r#"5" screws"#, "5* screws*"),
        ("你好吗", "你_好_吗*"),
        ("rust语言", "rust_语_言*"),
    ] {
        assert_eq!(read(typed), expected, "{typed}");
    }
}

#[test]
fn no_two_fields_share_a_name_and_each_is_explained() {
    for (at, field) in FIELDS.iter().enumerate() {
        assert!(FIELDS[..at].iter().all(|other| other.name != field.name), "{}", field.name);
        assert_eq!(field.name, field.name.to_lowercase());
        assert!(!field.doc.is_empty());
    }
}

/// The text with `[` and `]` around each hit.
fn lit(query: &str, text: &str) -> String {
    marked(text, hits(&Query::parse(query).matcher(), text))
}

fn hits(matcher: &Matcher, text: &str) -> Vec<Range<usize>> {
    let whole = 0..text.len();
    matcher.hits(text, &[whole]).into_iter().map(|hit| hit.range).collect()
}

fn marked(text: &str, hits: Vec<Range<usize>>) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for hit in hits {
        out += &format!("{}[{}]", &text[at..hit.start], &text[hit.clone()]);
        at = hit.end;
    }
    out + &text[at..]
}

#[test]
fn what_lights_up() {
    for (query, text, expected) in [
        ("custom", "Our customers, a custom", "Our [customers], a [custom]"),
        ("cafe", "Le Café, cafés", "Le [Café], [cafés]"),
        (r#""a custom""#, "a custom, a customer", "[a custom], a customer"),
        (r#""a custom"#, "a custom, a customer", "[a custom], [a customer]"),
        (r#""two words""#, "two\nwords two,  words", "[two\nwords] [two,  words]"),
        ("don't", "don’t, don, DON'T", "[don’t], don, [DON'T]"),
        ("a -b", "a b", "[a] b"),
        ("title:a b", "a b", "a [b]"),
        ("x | y", "y x", "[y] [x]"),
        ("你好", "说你好,好", "说[你好],好"),
        ("custom customer", "customers", "[customers]"),
        (r#""a a""#, "a a a", "[a a a]"),
        (r#""a b" "b c""#, "a b c", "[a b c]"),
        ("好", "好好", "[好][好]"),
        ("", "a", "a"),
        ("-a", "a", "a"),
    ] {
        assert_eq!(lit(query, text), expected, "{query}");
    }
}

#[test]
fn a_phrase_stays_within_its_passage() {
    let matcher = Query::parse(r#""a b""#).matcher();
    assert_eq!(matcher.hits("a\tb", &[0..1, 2..3]), []);
    assert_eq!(matcher.hits("a\tb", &[0..3]).len(), 1);
}

#[test]
fn fields_light_up_in_their_own_place_only() {
    let matcher = Query::parse("title:moon author:verne sea").matcher();
    assert_eq!(matcher.title_hits("Moon, Verne, Sea"), [0..4, 13..16]);
    assert_eq!(matcher.author_hits("Moon, Verne, Sea"), [6..11, 13..16]);
    assert_eq!(hits(&matcher, "Moon, Verne, Sea"), [13..16]);
    assert!(!matcher.is_empty());
    assert!(Query::parse("-a").matcher().is_empty());
}

#[test]
fn hits_and_marks_name_their_term() {
    let matcher = Query::parse("-no title:x sea se").matcher();
    let terms: Vec<_> = matcher.hits("the sea, set", &[0..12]).into_iter().map(|hit| hit.term).collect();
    assert_eq!(terms, [2, 3]);
    let marks: Vec<_> = matcher.marks("the sea", &[0..7]).into_iter().map(|mark| (mark.hit.term, mark.words)).collect();
    assert_eq!(marks, [(2, 1..2), (3, 1..2)]);
}
