//! Texts that took long to parse, and are kept.

use std::sync::Arc;

use recto::{
    doc::{self, Held},
    library::{Opener, PackedText, Row},
};

use super::*;
use crate::{cases, dump::dump};

/// Every document of every case is the same after it was packed and unpacked.
#[test]
fn a_document_is_the_same_after_it_was_packed() {
    let mut packed = 0;
    for case in cases::all() {
        let _ = recto::formats::documents(&case.source(), &mut |found| {
            let Ok(document) = found.document else { return std::ops::ControlFlow::Continue(()) };
            if let Some(bytes) = doc::pack(&document).unwrap() {
                packed += 1;
                let back = doc::unpack(&bytes).unwrap();
                assert_eq!(dump(&back), dump(&document), "{}", case.folder.display());
                assert_eq!((back.outline, back.meta), (document.outline, document.meta), "{}", case.folder.display());
            }
            std::ops::ControlFlow::Continue(())
        });
    }
    assert!(packed > 20);
}

fn document(text: &str) -> Document {
    let block = recto::doc::Block::new(recto::doc::Kind::Paragraph, text);
    Document { body: Arc::new(Held::new(vec![block])), ..Document::held(Meta::default(), Vec::new()) }
}

fn text_of(document: &Document) -> String {
    document.blocks().map(|(_, block)| block.text.clone()).collect()
}

#[test]
fn a_kept_text_is_shown_while_its_file_is_the_same() {
    let pile = Pile::new(&[("a.md", "What stands in the file.")]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    let row = |catalogue: &Catalogue| -> Row {
        let id = catalogue.find_path(&pile.path("a.md"), None).unwrap().unwrap();
        catalogue.row(id).unwrap().unwrap()
    };
    let first = row(&catalogue);
    let opener = Opener::new(&pile.store(&[""]));
    let opened = |row: &Row| text_of(&opener.open(row).unwrap());
    assert_eq!(opened(&first), "What stands in the file.");
    let kept = PackedText::new(first.identity.file, None, &document("What was kept.")).unwrap().unwrap();
    opener.keep(&[kept.clone(), kept]).unwrap();
    assert_eq!(opened(&first), "What was kept.");
    // Another one that has the store open, too, and none of another entry.
    assert_eq!(text_of(&Opener::new(&pile.store(&[""])).open(&first).unwrap()), "What was kept.");
    pile.write("a.md", "What stands there now, which is more.");
    assert_eq!(opened(&first), "What stands there now, which is more.");
    scan(&mut catalogue, &[pile.root()]);
    assert_eq!(opened(&row(&catalogue)), "What stands there now, which is more.");
}

#[test]
fn kept_texts_that_are_damaged_are_begun_anew() {
    let pile = Pile::new(&[("a.md", "What stands in the file.")]);
    let mut catalogue = pile.catalogue(&[""]);
    scan(&mut catalogue, &[pile.root()]);
    let store = pile.store(&[""]);
    fs::write(store.dir.join("texts.db"), "This is no database, and long enough to be taken for one. ".repeat(100))
        .unwrap();
    let id = catalogue.find_path(&pile.path("a.md"), None).unwrap().unwrap();
    let row = catalogue.row(id).unwrap().unwrap();
    let opener = Opener::new(&store);
    assert_eq!(text_of(&opener.open(&row).unwrap()), "What stands in the file.");
    opener.keep(&[PackedText::new(row.identity.file, None, &document("Kept.")).unwrap().unwrap()]).unwrap();
    assert_eq!(text_of(&opener.open(&row).unwrap()), "Kept.");
}
