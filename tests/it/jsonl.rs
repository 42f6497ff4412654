//! Rows of JSON: what a case folder can't show.

use std::{
    io,
    ops::ControlFlow,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use recto::formats::{self, Entry, ReadAt, Source};

/// Bytes that remember how many of them were read.
struct Counted(Vec<u8>, AtomicUsize);

impl ReadAt for Counted {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read_at(offset, buffer)?;
        self.1.fetch_add(read, Ordering::Relaxed);
        Ok(read)
    }

    fn size(&self) -> u64 {
        self.0.size()
    }
}

/// Rows are read one by one, and one of them is reached without those before it.
#[test]
fn a_row_is_reached_by_its_offset() {
    let filler = "and so on ".repeat(20);
    let rows: String = (1..=50_000)
        .map(|n| format!("{{\"id\": \"row-{n}\", \"title\": \"Row {n}\", \"text\": \"It is number {n}. {filler}\"}}\n"))
        .collect();
    let size = rows.len();
    let bytes = Arc::new(Counted(rows.into_bytes(), AtomicUsize::new(0)));
    let source = Source::new("rows.jsonl", Arc::clone(&bytes) as Arc<dyn ReadAt>);
    let mut wanted = Entry::default();
    let mut count = 0;
    formats::documents(&source, &mut |found| {
        count += 1;
        if count == 4_000 {
            assert_eq!(found.document.unwrap().meta.title.as_deref(), Some("Row 4000"));
            wanted = found.entry;
            // The rest would be no different.
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(wanted.id.as_deref(), Some("row-4000"));
    assert!(bytes.1.swap(0, Ordering::Relaxed) < size / 10);
    assert_eq!(formats::open(&source, &wanted).unwrap().meta.title.as_deref(), Some("Row 4000"));
    assert!(bytes.1.load(Ordering::Relaxed) < 1 << 20);
}

/// A row longer than anybody reads is cut, and the next one is found.
#[test]
fn a_row_without_an_end_is_cut() {
    let long = "Words. ".repeat(2_500_000);
    let text = format!(
        "{{\"title\": \"Long\", \"n\": 1, \"text\": \"{long}\"}}\n{{\"title\": \"Short\", \"text\": \"It ends.\"}}\n"
    );
    let mut found = Vec::new();
    formats::documents(&Source::memory("a.jsonl", text), &mut |one| {
        let document = one.document.unwrap();
        found.push((document.meta.title.unwrap(), document.warnings.join("; ")));
        ControlFlow::Continue(())
    })
    .unwrap();
    let expected = [("Long", "the row is too long: its end is left out"), ("Short", "")];
    assert_eq!(found, expected.map(|(title, warning)| (title.to_owned(), warning.to_owned())));
}

/// A list of settings is no pile of documents; named so, rows are.
#[test]
fn what_holds_no_texts_is_left_to_others() {
    let told =
        |name: &str, text: &str| formats::detect(&Source::memory(name, text)).map_or("none", |format| format.name);
    assert_eq!(told("a.json", r#"[{"port": 80, "host": "a1"}, {"port": 81, "host": "a2"}]"#), "text");
    assert_eq!(told("a.json", r#"{"title": "One", "text": "An object alone is no list."}"#), "text");
    assert_eq!(told("a.json", r#"[{"title": "One", "text": "A list of texts."}]"#), "jsonl");
    assert_eq!(told("a.jsonl", r#"{"port": 80}"#), "jsonl");
    assert_eq!(told("a.jsonl", "Notes on JSON Lines, by name only.\n"), "text");
    assert_eq!(told("a.txt", "{\"a\": 1}\n\nis how an object is written.\n"), "text");
    assert!(formats::claim(Path::new("package.json"), false).is_none());
    assert!(formats::claim(Path::new("posts.jsonl.zst"), false).is_some());
}
