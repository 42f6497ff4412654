//! Reading one file, and by what its text is known again.

use super::*;

/// What goes by while a file is examined.
#[derive(Default)]
struct Seen(Vec<String>);

impl Sink for Seen {
    fn begin(&mut self, title: &str, document: &Document) {
        self.0.push(format!("{title}, {} blocks:", document.blocks().count()));
    }

    fn passage(&mut self) {
        self.0.push("/".to_owned());
    }

    fn word(&mut self, folded: &str) {
        self.0.push(folded.to_owned());
    }

    fn end(&mut self, new: &NewDocument, _: &Document) {
        self.0.push(format!("{} words", new.words));
    }
}

#[test]
fn examining_gives_the_title_the_words_and_the_document_itself() {
    let pile = Pile::new(&[("a.md", "# A title\n\nFour words of text."), ("empty.txt", " \n")]);
    let mut seen = Seen::default();
    let examined = examine(&pile.path("a.md"), &mut seen);
    assert_eq!(seen.0.join(" "), "A title, 2 blocks: / a title / four words of text 6 words");
    assert_eq!(examined.entries[0].words, 6);
    assert_eq!(examined.hash.unwrap(), *blake3::hash(b"# A title\n\nFour words of text.").as_bytes());
    let empty = examine(&pile.path("empty.txt"), &mut ());
    assert_eq!(
        (empty.entries[0].title.as_str(), empty.entries[0].words),
        ("empty.txt", 0),
        "the name, for want of text"
    );
    let missing = examine(&pile.path("missing.txt"), &mut ());
    assert!(missing.error.is_some() && missing.entries.is_empty());
}

#[test]
fn a_text_is_the_same_whatever_its_layout_and_case() {
    let text = prose(1, 60);
    let wrapped = text.to_uppercase().replace(' ', "\n");
    let pile = Pile::new(&[("a.txt", &text), ("b.txt", &wrapped), ("short.txt", &prose(1, 49))]);
    let (a, b) = (identity(&pile.path("a.txt")), identity(&pile.path("b.txt")));
    assert_ne!(a.file, b.file);
    assert!(a.text.is_some());
    assert_eq!((a.text, &a.sketch), (b.text, &b.sketch));
    assert_eq!(identity(&pile.path("short.txt")).text, None, "under 50 words");
}

#[test]
fn texts_agree_when_half_of_their_shingles_do() {
    let sketch = |name: &str, text: String| {
        let pile = Pile::new(&[(name, &text)]);
        identity(&pile.path(name)).sketch
    };
    let old = sketch("a.txt", prose(1, 2000));
    let edited = |kept: usize| sketch("a.txt", format!("{} {}", prose(1, kept), prose(2, 2000 - kept)));
    assert!(edited(1500).agrees(&old));
    assert!(!edited(500).agrees(&old));
    assert!(sketch("a.txt", format!("{} {}", prose(1, 2000), prose(2, 6000))).agrees(&old), "grown");
    assert!(sketch("a.txt", prose(1, 500)).agrees(&old), "cut down");
    assert!(!sketch("a.txt", prose(2, 2000)).agrees(&old), "another text");
    assert!(sketch("a.txt", "two words".into()).agrees(&sketch("b.txt", "Two words!".into())));
    let repeated = sketch("a.txt", "the same line again ".repeat(5000));
    assert!(repeated.agrees(&sketch("a.txt", "the same line again ".repeat(4000))), "few shingles, often");
    let refrain = |seed: usize, times: usize| format!("{} {}", "the same line again ".repeat(times), prose(seed, 100));
    assert!(!sketch("a.txt", refrain(1, 5000)).agrees(&sketch("a.txt", refrain(2, 1))), "a refrain is not half a text");
    let empty = sketch("a.txt", String::new());
    assert!(!empty.agrees(&empty) && !empty.agrees(&old), "no words, nothing to go by");
    assert_eq!(Sketch::from_bytes(&old.to_bytes()), Some(old));
}

/// Above 8 MB a file is known by its size and samples, the first and the last bytes among them.
#[test]
fn large_files_are_told_apart_by_size_and_ends() {
    let pile = Pile::new(&[]);
    let hash = |size: u64, marked: u64| {
        use std::io::{Seek as _, SeekFrom, Write as _};
        let mut file = fs::File::create(pile.path("a.bin")).unwrap();
        file.set_len(size).unwrap();
        file.seek(SeekFrom::Start(marked)).unwrap();
        file.write_all(b"!").unwrap();
        examine(&pile.path("a.bin"), &mut ()).hash.unwrap()
    };
    let size = 9 * 1024 * 1024;
    let whole = hash(size, 0);
    assert_eq!(whole, hash(size, 0));
    assert_ne!(whole, hash(size, 1));
    assert_ne!(hash(size, size - 2), hash(size, size - 1));
    assert_ne!(whole, hash(size + 1, 0));
    assert_ne!(hash(9, 0), hash(9, 8));
}
