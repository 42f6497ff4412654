//! Pages of HTML beyond the case folders: which files are pages, what is left out of an article and still to be had, and
//! pages made to take forever.

use recto::{
    doc::Document,
    formats::{self, Entry, Source},
};

use crate::hang::ends;

fn text(document: &Document) -> String {
    document.blocks().map(|(_, block)| block.text.clone() + "\n").collect()
}

fn open(html: &str) -> String {
    text(&formats::open(&Source::memory("a.html", html), &Entry::default()).unwrap())
}

#[test]
fn what_is_a_page_is_told_by_its_content() {
    let utf16: Vec<u8> = "\u{feff}<!DOCTYPE html><p>x".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: &[(&str, &[u8], &str)] = &[
        ("a.txt", b"<!doctype html>\n<p>x", "html"),
        ("a", b"\xef\xbb\xbf  <!-- saved --> <HTML lang=en><p>x", "html"),
        ("a.md", b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>\n<html>", "html"),
        ("a.txt", &utf16, "html"),
        ("a.html", b"just a text", "text"),
        ("a.html", b"<p>a fragment", "html"),
        ("a.htm", b"", "html"),
        ("a.txt", b"<html5 is the name of a thing>", "text"),
        ("a.txt", b"<p> is the tag of a paragraph", "text"),
        ("a.txt", b"The tag <html> begins a page", "text"),
        ("a.md", b"<div align=center>\n\n# A README\n\n</div>", "markdown"),
        ("a.txt", b"<!DOCTYPE htmlish", "text"),
    ];
    for (name, bytes, format) in cases {
        let found = formats::detect(&Source::memory(name, *bytes)).unwrap();
        assert_eq!(found.name, *format, "{name}: {}", String::from_utf8_lossy(bytes));
    }
}

/// A template says ISO-8859-1 and the text is in UTF-8; or says nothing.
#[test]
fn a_page_is_read_in_the_encoding_that_it_is_in() {
    for html in ["<meta charset=iso-8859-1><p>Käse", "<p>Käse", "<meta charset=utf-16><p>Käse"] {
        assert_eq!(open(html), "Käse\n", "{html}");
    }
    let bytes = b"<?xml version='1.0' encoding='windows-1250'?><html><body><p>\xe8as".to_vec();
    let document = formats::open(&Source::memory("a.xhtml", bytes), &Entry::default()).unwrap();
    assert_eq!(text(&document), "čas\n");
}

#[test]
fn an_article_is_an_excerpt_of_its_page() {
    let html =
        "<nav><a href=/>Home</a></nav><main><h1>Title</h1><p>A text of some words.</main><footer>Imprint</footer>";
    let source = Source::memory("a.html", html);
    let article = formats::open(&source, &Entry::default()).unwrap();
    assert!(article.excerpt);
    assert_eq!(text(&article), "Title\nA text of some words.\n");
    let whole = formats::open_whole(&source, &Entry::default()).unwrap();
    assert_eq!(text(&whole), "Home\nTitle\nA text of some words.\nImprint\n");
}

/// A browser's rules look through all open elements at every tag, and open anew in each paragraph the marks that were left
/// open: without bounds, each of these takes minutes, or all memory.
#[test]
fn pages_made_to_take_forever_are_read() {
    let many = |part: &str| part.repeat(10_000);
    let fonts: String = (0..3000).map(|n| format!("<font color={n}>")).collect();
    let pages = [
        format!("{}end", many("<div>")),
        format!("{}end", many("<b><blockquote>")),
        format!("{}end", many("<ul><li>")),
        format!("{}end", many("<table><tr><td>")),
        format!("{}end", many("<a href=x><i>")),
        format!("{}end", many("<math><mrow>")),
        format!("{fonts}{}<p>end", "<p>x".repeat(3000)),
        format!("<table>{}</table><p>end", "<tr><td colspan=1000 rowspan=1000>x<td>y".repeat(3000)),
        format!("<dl>{}end", many("<dd><dl>")),
    ];
    for page in pages {
        let what: String = page.chars().take(40).collect();
        let read = ends(&what, move || open(&page));
        assert!(read.trim_end().ends_with("end"), "{what}");
    }
}
