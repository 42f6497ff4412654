//! Markdown: the specification's examples, the case folders, and what holds for any bytes.

use std::{fs, path::Path};

use recto::{
    doc::{Document, Kind, SpanKind},
    formats::{self, Entry, Source},
};

use crate::dump::dump;

fn read(markdown: &str) -> Document {
    formats::open(&Source::memory("text.md", markdown), &Entry::default()).unwrap()
}

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/markdown");
    let mut wrong = String::new();
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 20);
    for folder in folders {
        let found = dump(&formats::open(&Source::file(&folder.join("input.md")).unwrap(), &Entry::default()).unwrap());
        let expected = folder.join("expected.txt");
        if std::env::var_os("RECTO_BLESS").is_some() {
            fs::write(&expected, &found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push_str(&format!("{}: expected other than\n{found}\n", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
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
