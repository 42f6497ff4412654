//! Books as a whole: what their cases can't show one by one.

use std::{collections::HashSet, fs, ops::ControlFlow};

use recto::{
    doc::SpanKind,
    formats::{self, Entry, Source},
};

use crate::cases;

/// Where a link leads within its book there is a place of that name, and where a footnote is referred to there is one. The
/// cases have links to what is missing; they are named here.
#[test]
fn links_and_notes_within_a_book_lead_somewhere() {
    let missing = ["#OPS/Text/nowhere.xhtml#x", "#OEBPS/c3.xhtml#gone", "#zz"];
    let mut links = 0;
    for case in cases::all().into_iter().filter(|case| matches!(case.format.as_str(), "epub" | "fb2")) {
        let _ = formats::documents(&case.source(), &mut |found| {
            let Ok(document) = found.document else { return ControlFlow::Continue(()) };
            let places: HashSet<&str> = document.targets.keys().map(String::as_str).collect();
            for link in document.links.iter().filter(|link| link.target.starts_with('#')) {
                links += 1;
                let target = link.target.as_str();
                assert!(places.contains(target) || missing.contains(&target), "{}: {target}", case.folder.display());
            }
            for (_, block) in document.blocks() {
                for span in &block.spans {
                    if let SpanKind::FootnoteRef(label) = &span.kind {
                        let name = format!("fn:{label}");
                        assert!(places.contains(name.as_str()), "{}: {name}", case.folder.display());
                    }
                }
            }
            ControlFlow::Continue(())
        });
    }
    assert!(links >= 20, "{links} links");
}

/// An outline is in the order of the text, whatever the contents of a book say.
#[test]
fn outlines_are_in_order() {
    for case in cases::all() {
        let _ = formats::documents(&case.source(), &mut |found| {
            if let Ok(document) = found.document {
                assert!(document.outline.is_sorted_by_key(|item| item.anchor), "{}", case.folder.display());
            }
            ControlFlow::Continue(())
        });
    }
}

/// Whoever may write into the folder of a book may not have what lies beside it read.
#[cfg(unix)]
#[test]
fn no_link_leads_out_of_an_unpacked_book() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("a.epub");
    fs::create_dir_all(book.join("META-INF")).unwrap();
    fs::write(book.join("META-INF/container.xml"), "<container/>").unwrap();
    fs::write(book.join("1.html"), "<p>within</p>").unwrap();
    fs::write(folder.path().join("secret.html"), "<p>outside</p>").unwrap();
    std::os::unix::fs::symlink("1.html", book.join("2.html")).unwrap();
    std::os::unix::fs::symlink("../secret.html", book.join("3.html")).unwrap();
    std::os::unix::fs::symlink(folder.path(), book.join("all")).unwrap();
    std::os::unix::fs::symlink(".", book.join("circle")).unwrap();
    let text = |source: &Source| {
        let document = formats::open(source, &Entry::default()).unwrap();
        document.blocks().map(|(_, block)| block.text.clone()).collect::<Vec<_>>()
    };
    let source = Source::file(&book).unwrap();
    assert_eq!(text(&source), ["within", "within"]);
    // What becomes a link after it was listed is looked at again.
    fs::remove_file(book.join("1.html")).unwrap();
    std::os::unix::fs::symlink("../secret.html", book.join("1.html")).unwrap();
    assert!(formats::open(&source, &Entry::default()).is_err());
}
