//! Markdown: the specification's examples, and what holds for any bytes.

use recto::{
    doc::{Document, Kind, SpanKind},
    formats::{self, Entry, Source},
};

use crate::{dump::dump, hang::ends};

fn read(markdown: &str) -> Document {
    formats::open(&Source::memory("text.md", markdown), &Entry::default()).unwrap()
}

/// The examples of the specification: number, Markdown, HTML.
fn examples() -> Vec<(usize, String, String)> {
    let spec = include_str!("../cases/markdown-spec/spec.txt");
    let fence = "`".repeat(32);
    let mut found = Vec::new();
    let mut rest = spec;
    while let Some(at) = rest.find(&format!("\n{fence} example\n")) {
        let body = &rest[at + 1..][fence.len() + 9..];
        let end = body.find(&format!("\n{fence}\n")).unwrap();
        let (markdown, html) = body[..=end].split_once("\n.\n").unwrap_or_else(|| (&body[..0], &body[2..=end]));
        found.push((found.len() + 1, format!("{markdown}\n").replace('→', "\t"), html.replace('→', "\t")));
        rest = &body[end..];
    }
    found
}

/// The words of an HTML page as a browser shows it, alternative texts of images included, in order. A tag of a block, or
/// a line end of the source, separates words; a tag within a line does not.
fn words_of_html(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let hidden =
            [("<!-->", ">"), ("<!--->", ">"), ("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]
                .into_iter()
                .chain([("<script", "</script>"), ("<style", "</style>")])
                .find(|(start, _)| rest.starts_with(start));
        if let Some((_, end)) = hidden {
            rest = rest.split_once(end).map_or("", |(_, r)| r);
            continue;
        }
        let Some(end) = end_of_tag(rest) else { break };
        let tag = &rest[..=end];
        if let Some((_, alt)) = tag.split_once("alt=\"") {
            text.push_str(alt.split('"').next().unwrap());
        }
        let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '/', '\n']).next().unwrap();
        let blocks = "p h1 h2 h3 h4 h5 h6 li ul ol pre blockquote div table tr td th br hr textarea";
        if blocks.split(' ').any(|b| b == name) {
            text.push(' ');
        }
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    words(&text)
}

/// Where the tag ends that `html` starts with: at the first `>` outside of quotes.
fn end_of_tag(html: &str) -> Option<usize> {
    let mut quote = None;
    html.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
        None
    })
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn words_of(document: &Document) -> Vec<String> {
    document.blocks().flat_map(|(_, block)| words(&block.text)).collect()
}

#[test]
fn the_text_of_every_example_of_the_specification_arrives_in_order() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let mut wrong = String::new();
    for (number, markdown, html) in examples {
        // A bare tag that HTML does not have is, in what people write, a type or a placeholder: `Vec<T>`, `cp <file>`.
        // A browser swallows it, here it is text.
        let shown: &[&str] = match number {
            150 => &["*hello*", "<foo>"],
            163 => &["<Warning>", "*bar*", "</Warning>"],
            201 => &["[foo]:", "<bar>(baz)", "[foo]"],
            613 => &["<bab><c2c>"],
            614 => &["<b2/>"],
            623 => &["</foo>"],
            _ => &[],
        };
        let expected =
            if shown.is_empty() { words_of_html(&html) } else { shown.iter().map(|w| (*w).to_owned()).collect() };
        let found = words_of(&read(&markdown));
        if found != expected {
            wrong.push_str(&format!(
                "{number}: {markdown:?}\n  html {html:?}\n  expected {expected:?}\n  found    {found:?}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A text of one short thing written many times must not overflow the stack, nor take time beyond its length's measure:
/// a quadratic step over these would hang the run.
#[test]
fn deep_and_repeated_input_is_read() {
    let deep = 10_000;
    let texts = [
        format!("{}deep", ">".repeat(deep)),
        format!("{}deep", "- ".repeat(deep)),
        format!("{}deep", "1. ".repeat(deep)),
        format!("{}deep", "[".repeat(deep)),
        format!("{}deep", "![".repeat(deep)),
        format!("{}deep{}", "[".repeat(deep), "](u)".repeat(deep)),
        format!("{}deep{}", "*a ".repeat(deep), "*".repeat(deep)),
        format!("{}deep", "<b>".repeat(deep)),
        format!("{}deep", "<div>\n".repeat(deep)),
        format!("<div>{}deep", "<ul><li><blockquote>".repeat(deep)),
        format!("<div>{}deep", "<a b=".repeat(deep)),
        format!("<div>{}deep", "<table><tr><td>".repeat(deep)),
        format!("{}deep", "<!--".repeat(deep)),
        format!("{}deep", "&".repeat(deep)),
        format!("{}deep", "https://a.b ".repeat(deep)),
        format!("{}deep", "https://".repeat(deep)),
        format!("{}deep", "`a".repeat(deep)),
        format!("{}deep", "$a".repeat(deep)),
        format!("[^1]{}deep", "\n\n[^1]: x".repeat(deep)),
        (0..200).map(|n| format!("{}- deep\n", "  ".repeat(n))).collect(),
        format!("| a |\n|---|\n{}| deep |\n", "| b | c\n".repeat(deep)),
        format!("---\ntitle: {}deep\n---\ndeep\n", "[".repeat(deep)),
        format!("---\n{}title: deep\n---\ndeep\n", "a: {".repeat(deep)),
        format!("---\n{}\ntitle: [*a, *a]\n---\ndeep\n", "a: &a [*a, *a]\n".repeat(1000)),
        format!("+++\na = {}\n+++\ndeep\n", "[".repeat(deep)),
    ];
    for text in texts {
        let begins = format!("{:?}", &text[..text.len().min(60)]);
        let what = begins.clone();
        ends(&begins, move || {
            let document = read(&text);
            let found = document.blocks().any(|(_, b)| b.text.contains("deep")) || text.starts_with("<!--");
            assert!(found, "{what}");
            assert!(document.blocks().all(|(_, b)| b.nest.len() <= 256), "{what}");
        });
    }
}

#[test]
fn long_blocks_are_cut_and_go_on() {
    let prose = "word word word *marked* words ".repeat(10_000);
    let code: String = (0..20_000).map(|n| format!("let x = {n};\n")).collect();
    let document = read(&format!("- {prose}\n\n```rust\n{code}```\n"));
    let blocks: Vec<_> = document.blocks().map(|(_, b)| b).collect();
    assert!(blocks.iter().all(|b| b.text.len() <= 64 * 1024));
    let code_at = blocks.iter().position(|b| matches!(b.kind, Kind::Code { .. })).unwrap();
    assert!(code_at > 3 && blocks.len() > code_at + 3);
    for (at, block) in blocks.iter().enumerate() {
        assert_eq!(block.continues, at != 0 && at != code_at);
        assert!(block.spans.iter().all(|s| s.range.end <= block.text.len() && !s.range.is_empty()));
        let item = matches!(block.kind, Kind::Item { .. });
        assert_eq!(item, at == 0);
    }
    let text = |range: std::ops::Range<usize>| blocks[range].iter().map(|b| b.text.as_str()).collect::<String>();
    assert_eq!(text(0..code_at), prose.replace('*', "").trim_end());
    assert_eq!(text(code_at..blocks.len()), code);
}

#[test]
fn a_long_table_is_cut_into_parts_that_share_their_shape() {
    let rows: String = (0..20_000).map(|n| format!("| row {n} | *cell* of it |\n")).collect();
    let long = "x".repeat(200_000);
    let document = read(&format!("| Name | What it is |\n|---|--:|\n{rows}| {long} | end |\n"));
    let mut shapes = Vec::new();
    let mut count = 0;
    for (at, (_, block)) in document.blocks().enumerate() {
        let Kind::Table(table) = &block.kind else { panic!("{:?}", block.kind) };
        assert!(block.text.len() <= 64 * 1024);
        assert_eq!((block.continues, table.header), (at > 0, usize::from(at == 0)));
        count += table.rows.len();
        for cell in table.rows.iter().flatten() {
            assert!(!block.text[cell.clone()].contains(['\n', '\t']));
        }
        assert!(block.spans.iter().all(|s| &block.text[s.range.clone()] == "cell"));
        shapes.push(std::sync::Arc::clone(table.shape.as_ref().unwrap()));
    }
    assert!(shapes.len() > 5 && count > 20_001);
    assert_eq!(shapes[0].header, ["Name", "What it is"]);
    assert_eq!(shapes[0].widths, ["row 998".len(), "cell of it".len()]);
    assert!(shapes.iter().all(|s| std::sync::Arc::ptr_eq(s, &shapes[0])));
    let text: String = document.blocks().map(|(_, b)| b.text.clone()).collect();
    assert_eq!(text.matches('x').count(), 200_000);
}

#[test]
fn a_plain_text_is_markdown_only_if_it_plainly_is() {
    let name =
        |name: &str, text: &str| formats::detect(&Source::memory(name, text)).map_or("none", |f| f.name) == "markdown";
    assert!(name("a.md", "plain"));
    assert!(name("A.MARKDOWN", "plain"));
    assert!(name("a.txt", "---\ntitle: x\n---\ntext"));
    assert!(name("a.txt", "# Head\n\nA [link](to) it.\n"));
    assert!(name("notes", "Text\n\n## Head\n\n```\ncode\n```\n"));
    assert!(!name("a.txt", "# A comment\n# Another\nkey = value\n"));
    assert!(!name("a.txt", "An array[0](x) and no more\n"));
    assert!(!name("run", "#!/bin/sh\n# It says [this](that)\n"));
    assert!(!name("a.rs", "# Head\n\nA [link](to) it.\n"));
    assert!(!name("a.md", "# Head\0\0\u{1}\n"));
}

/// Pieces of Markdown and HTML whose visible words are the words `w0`, `w1` … that they are written with.
const PIECES: [&str; 34] = [
    "W ",
    "W\n",
    "\n\n",
    "# W\n\n",
    "> W\n",
    "- W\n",
    "  - W\n",
    "1. W\n",
    "*W* ",
    "**W** ",
    "`W` ",
    "[W](u) ",
    "![W](u) ",
    "<b>W</b> ",
    "<div>",
    "</div>\n\n",
    "| W | W |\n|---|---|\n| W | W |\n\n",
    "```\nW\n```\n",
    "    W\n",
    "<br>",
    "- [ ] W\n",
    "<table><tr><td>W",
    "<pre>\nW",
    "</a></p>",
    "W\n---\n",
    "<ul><li>W ",
    "*W ",
    "W* ",
    "~~W~~ ",
    "<h2>W</h2>\n",
    "<b>W ",
    "W</b> ",
    "<i>*W</i> W* ",
    "\n\n*W **W*** <b>W\n: W\n",
];

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 128, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(byte(), 0..400)) {
        let document = formats::open(&Source::memory("a.md", [b"# x <p>".as_slice(), &bytes].concat()), &Entry::default());
        if let Ok(document) = document {
            check(&document);
        }
    }

    #[test]
    fn no_word_is_lost(pieces in proptest::collection::vec(0..PIECES.len(), 1..30)) {
        let mut number = 0;
        let mut text = String::new();
        for piece in pieces {
            let mut parts = PIECES[piece].split('W').peekable();
            while let Some(part) = parts.next() {
                text.push_str(part);
                if parts.peek().is_some() {
                    text.push_str(&format!("w{number}w"));
                    number += 1;
                }
            }
        }
        let document = read(&text);
        check(&document);
        let all: String = document.blocks().map(|(_, b)| format!("{}\n", b.text)).collect();
        for n in 0..number {
            let word = format!("w{n}w");
            proptest::prop_assert_eq!(all.matches(&word).count(), 1, "{} of {:?}\n{}", word, text, dump(&document));
        }
    }
}

/// Any byte, and often one that means something.
fn byte() -> impl proptest::strategy::Strategy<Value = u8> {
    let marks = b"*_[]()<>b/`!|#>-:~$&;\"'=\\ \n\n".to_vec();
    proptest::prop_oneof![
        proptest::prelude::any::<u8>(),
        proptest::sample::select(marks.clone()),
        proptest::sample::select(marks)
    ]
}

/// What holds for every document: spans lie on characters, in order, and nest or stand apart; links and cells exist.
fn check(document: &Document) {
    for (_, block) in document.blocks() {
        let mut open: Vec<usize> = Vec::new();
        let mut last = 0;
        for span in &block.spans {
            assert!(block.text.get(span.range.clone()).is_some(), "{block:?}");
            assert!(span.range.start >= last, "{block:?}");
            last = span.range.start;
            while open.last().is_some_and(|end| *end <= span.range.start) {
                open.pop();
            }
            assert!(open.last().is_none_or(|end| span.range.end <= *end), "{block:?}");
            open.push(span.range.end);
            if let SpanKind::Link(number) = span.kind {
                assert!(number < document.links.len());
            }
        }
        if let Kind::Table(table) = &block.kind {
            assert!(table.rows.iter().flatten().all(|cell| block.text.get(cell.clone()).is_some()));
        }
    }
    for anchor in document.targets.values() {
        assert!(document.body.block(anchor.block).is_some(), "{:?}", document.targets);
    }
}
