//! The query language by example, and the slow, obvious matcher that the index is compared with.

use std::ops::Range;

use recto::{
    query::{
        Ask, Day, FIELDS, Fact, Folder, Matcher, Phrase, Query, Start, Term, Zone, expand, like, name, suggested_name,
    },
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
    let Ask::Text(zone, phrase) = &term.ask else { return false };
    let stands = |text: &&str| stands(phrase, text);
    match zone {
        Zone::Title => stands(&title),
        Zone::Author => stands(&author),
        Zone::Any => [title, author].iter().chain(passages).any(stands),
    }
}

/// Whether the words of a phrase follow one another in a text.
pub fn stands(phrase: &Phrase, text: &str) -> bool {
    let mut folded = Vec::new();
    words::folded(text, |_, word| folded.push(word.to_owned()));
    folded.windows(phrase.words.len()).any(|here| {
        here.iter().zip(&phrase.words).enumerate().all(|(at, (word, asked))| {
            word == asked || phrase.prefix && at + 1 == here.len() && word.starts_with(asked.as_str())
        })
    })
}

/// A query as its terms: `-` excluded, `title:`, words side by side in brackets, `*` prefix, `|` between alternatives.
fn read(typed: &str) -> String {
    let words = |phrase: &Phrase| phrase.words.join("_") + if phrase.prefix { "*" } else { "" };
    let start = |start: &Start| start.text.clone() + if start.whole { "" } else { "*" };
    let fact = |fact: &Fact| match fact {
        Fact::In(Folder { names, rooted }) => {
            let names: Vec<String> = names.iter().map(start).collect();
            format!("in:{}{}", if *rooted { "/" } else { "" }, names.join("/"))
        }
        Fact::Type(name) => format!("type:{}", start(name)),
        Fact::Language(tongue) => format!(
            "lang:{}",
            if tongue.typed.contains('-') || tongue.tags.is_empty() {
                tongue.typed.clone()
            } else {
                tongue.tags.join("+")
            }
        ),
        Fact::After(Day(year, month, day)) => format!("after:{year}-{month}-{day}"),
        Fact::Before(Day(year, month, day)) => format!("before:{year}-{month}-{day}"),
        Fact::Words(from, u64::MAX) => format!("words:{from}.."),
        Fact::Words(from, to) => format!("words:{from}..{to}"),
        Fact::Is(values) => format!("is:{values:?}"),
        Fact::Has(values) => format!("has:{values:?}"),
        Fact::Thread(name) => format!("thread:<{name}>"),
    };
    let ask = |ask: &Ask| match ask {
        Ask::Text(Zone::Any, phrase) => words(phrase),
        Ask::Text(Zone::Title, phrase) => format!("title:{}", words(phrase)),
        Ask::Text(Zone::Author, phrase) => format!("author:{}", words(phrase)),
        Ask::Tag(phrase) => format!("tag:{}", words(phrase)),
        Ask::Note(phrase) => format!("note:{}", words(phrase)),
        Ask::Fact(asked) => fact(asked),
        Ask::Like(path) => format!("like:<{path}>"),
        Ask::Pattern(pattern) => format!("re:/{}/", pattern.source()),
        Ask::Wrong(why) => format!("!{why}"),
    };
    let term = |term: &Term| format!("{}{}", if term.excluded { "-" } else { "" }, ask(&term.ask));
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
fn values_of_fields_are_read_so() {
    for (typed, expected) in [
        ("tag:To-Read note:x", "tag:to_read* note:x*"),
        (r#"-tag:"to read" | note:"a b"#, "-tag:to_read|note:a_b*"),
        ("in:Notes", "in:notes*"),
        ("in:a/B", "in:a/b*"),
        ("in:/a/b/", "in:/a/b"),
        (r#"in:"My Folder""#, "in:my folder"),
        (r#"in:"My Fol"#, "in:my fol*"),
        ("in: in:/ in:\"", ""),
        ("type:.MD type:", "type:md*"),
        (r#"type:"text""#, "type:text"),
        ("lang:de", "lang:de"),
        ("lang:German lang:Deutsch lang:deu", "lang:de lang:de lang:de"),
        ("lang:de-AT", "lang:de-at"),
        ("lang:slov", "lang:sk+sl"),
        ("lang:sl", "lang:sl"),
        ("lang:xx lang:x lang:", "lang:xx"),
        ("lang:klingon", "!no language is called klingon"),
        ("after:2009", "after:2009-1-1"),
        ("before:2009-05", "before:2009-5-1"),
        ("before:2009/5/17", "before:2009-5-17"),
        ("after: after:2 after:200", ""),
        ("after:2009- after:2009-0 after:2009-05-0", "after:2009-1-1 after:2009-1-1 after:2009-5-1"),
        ("after:2009-13", "!2009-13 is no date: 2009, 2009-05 or 2009-05-17"),
        ("before:2009-02-30", "!2009-02-30 is no date: 2009, 2009-05 or 2009-05-17"),
        ("after:soon", "!soon is no date: 2009, 2009-05 or 2009-05-17"),
        ("after:20-05", "!20-05 is no date: 2009, 2009-05 or 2009-05-17"),
        ("words:<2000 words:<=2000", "words:0..1999 words:0..2000"),
        ("words:>500 words:>=500", "words:501.. words:500.."),
        ("words:500..2000 words:500.. words:..2k", "words:500..2000 words:500.. words:0..2000"),
        ("words:500..2", "words:500.."),
        ("words:2k words:1.5k words:2,000", "words:1800..2200 words:1350..1650 words:1800..2200"),
        ("words:=700 words:7", "words:700..700 words:7..7"),
        ("words: words:< words:>= words:..", ""),
        ("words:abc", "!abc is no number of words: 2k, <2000, >500 or 500..2000"),
        ("words:-5", "!-5 is no number of words: 2k, <2000, >500 or 500..2000"),
        ("is:unread is:UN is:b", "is:[Unread] is:[Unread] is:[Begun, Broken]"),
        (r#"is: is:"unread" has:t"#, "is:[Unread] has:[Tag]"),
        (r#"is:"un""#, "!there is no is:un, but unread, begun, finished, starred, archived, broken"),
        ("-is:foo", "-!there is no is:foo, but unread, begun, finished, starred, archived, broken"),
        ("has:x", "!there is no has:x, but author, date, language, note, star, tag"),
        ("re:a|b c", "re:/a|b/ c*"),
        (r#"re:"a \"b | c" d"#, r#"re:/a \"b | c/ d*"#),
        (r#"re:"a b"#, "re:/a b/"),
        (r#"RE:say"x" re: b"#, r#"re:/say"x"/ b*"#),
        ("a | is:starred | -in:b c", "a*|is:[Starred]|-in:b* c*"),
        ("a | is: b", "a* b*"),
        (r#"is:"unread"x"#, "is:[Unread] x*"),
    ] {
        assert_eq!(read(typed), expected, "{typed}");
    }
}

/// Nobody is told off, and no list runs empty, for what will be right a key later.
#[test]
fn what_is_being_typed_is_not_wrong() {
    let typed = [
        "title:letter",
        "author:\"jane doe\"",
        "tag:x",
        "note:x",
        "in:a/b",
        "in:\"a b\"",
        "type:md",
        "lang:german",
        "lang:de-AT",
        "after:2009-05-17",
        "before:2010-10-10",
        "words:<2,000",
        "words:>=500",
        "words:500..2000",
        "words:1.5k",
        "is:unread",
        "is:broken",
        "has:note",
        "re:a|b",
        "re:\"a b\"",
        "like:a/b.md",
        "like:\"a b.md\"",
        "thread:a|b@host",
    ];
    for typed in typed {
        for (end, _) in typed.char_indices() {
            let begun = &typed[..end];
            assert_eq!(Query::parse(begun).wrong().next(), None, "{begun}");
        }
        assert_eq!(Query::parse(typed).terms().count(), 1, "{typed}");
    }
    for field in FIELDS {
        let bare = format!("{}:", field.name);
        assert!(Query::parse(&bare).is_empty(), "{bare}");
        assert!(typed.iter().any(|typed| typed.starts_with(&bare)), "{bare} is not among these");
        let examples = Query::parse(field.example);
        assert_eq!(examples.wrong().next(), None, "{}", field.example);
        assert!(examples.terms().all(|term| term.typed.starts_with(&bare)), "{}", field.example);
    }
}

/// File names hold quotes, and those that a phrase ends at besides.
#[test]
fn a_path_is_read_as_it_is_written() {
    for path in ["notes/a.md", "a b/“c” d.md", "\"a\" | b\\c.md", "a\\", "-x: y"] {
        assert_eq!(read(&format!("{} word", like(path))), format!("like:<{path}> word*"));
    }
    assert_eq!(read(r"like:a\b\c like:/d|e"), r"like:<a\b\c> like:</d|e>");
    assert_eq!(read("-like:\"a b\""), "-like:<a b>");
}

#[test]
fn a_regular_expression_lights_up() {
    for (query, text, expected) in [
        ("re:colou?r", "Colour, color, colr", "[Colour], [color], colr"),
        ("re:Colou?r", "Colour, color", "[Colour], color"),
        (r"re:\S+ing\b", "a Reading ing", "a [Reading] ing"),
        (r"re:^b.", "ab\nbc", "ab\n[bc]"),
        ("re:x*", "axxb", "a[xx]b"),
        (r#"re:"a b" b"#, "a b b", "[a b] [b]"),
        ("-re:a", "a", "a"),
        ("re:(a", "a", "a"),
        ("re:[-,]+", "a -, b", "a [-,] b"),
    ] {
        assert_eq!(lit(query, text), expected, "{query}");
    }
    assert_eq!(Query::parse("re:(a").checked().wrong().collect::<Vec<_>>(), ["re:(a: unclosed group"]);
    let marks = Query::parse(r#"re:"b c" x"#).matcher().marks("a b cc x", &[0..8]);
    let words: Vec<_> = marks.into_iter().map(|mark| (mark.hit.term, mark.words)).collect();
    assert_eq!(words, [(0, 1..3), (1, 3..4)]);
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

/// As if the saved query stood between brackets, which the language has none of.
#[test]
fn a_name_stands_for_its_whole_query() {
    let named = |name: &str| match name {
        "sea" => Some("tide | wave -harbour"),
        "phrase" => Some("\"two wo"),
        "empty" => Some("is:"),
        _ => None,
    };
    for (typed, expected) in [
        ("@sea", "tide | wave -harbour"),
        ("@sea gull", "tide | wave -harbour gull"),
        ("gull @sea", "gull tide | wave -harbour"),
        ("@sea | gull x", "tide | wave | gull -harbour | gull x"),
        ("gull | @sea", "gull | tide | wave gull | -harbour"),
        ("-@sea", "-tide | harbour -wave | harbour"),
        ("@phrase", "\"two wo"),
        ("@phrase x", "\"two wo\" x"),
        ("@phrase \"y z", "\"two wo\" \"y z"),
        // What is no name is left as it was typed.
        ("@other  gull", "@other  gull"),
        ("@empty gull", "@empty gull"),
        ("\"@sea\"", "\"@sea\""),
        ("a@sea", "a@sea"),
        ("title:@sea", "title:@sea"),
        ("re:@sea", "re:@sea"),
        ("", ""),
    ] {
        assert_eq!(expand(typed, named), expected, "{typed}");
    }
}

/// A query of twenty groups behind a minus is two to the twentieth.
#[test]
fn a_name_that_would_take_too_much_is_plain_words() {
    let long = (0..20).map(|n| format!("a{n} | b{n}")).collect::<Vec<_>>().join(" ");
    assert_eq!(expand("-@long x", |_| Some(&long)), "-@long x");
    assert_eq!(Query::parse(&expand("@long", |_| Some(&long))).groups.len(), 20);
}

#[test]
fn a_name_can_be_typed() {
    for (typed, expected) in [
        ("my letters", Some("my-letters")),
        (" @Réunion: 2 ", Some("Réunion-2")),
        ("-a|b", Some("a-b")),
        ("手紙", Some("手紙")),
        ("--", None),
        ("", None),
    ] {
        assert_eq!(name(typed).as_deref(), expected, "{typed}");
    }
    for (query, expected) in
        [("Alpha -beta title:\"two words\" x", "alpha-two-words"), ("is:unread", "is-unread"), ("-x", "x")]
    {
        assert_eq!(suggested_name(query), expected, "{query}");
    }
}
