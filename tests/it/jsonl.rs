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

use recto::formats::{self, Entry, Hints, ReadAt, Source};

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

/// Rows in which nothing is called as texts and titles are.
const UNUSUAL: &str = concat!(
    r#"{"k": 1, "heading_de": "Wrong", "Kopf": "The tide table", "body": "A short one.", "inhalt": {"voll": "Every six hours the water comes back to the harbour."}}"#,
    "\n",
    r#"{"k": 2, "heading_de": "Wrong", "Kopf": "The lighthouse", "body": "Another.", "inhalt": {"voll": "It was lit each evening by a man who read the papers first."}}"#,
    "\n"
);

fn hinted(text: &[&str], title: &[&str]) -> Arc<Hints> {
    let list = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    Arc::new(Hints { text_fields: list(text), title_fields: list(title) })
}

/// The title and the first block of each document.
fn told(source: &Source) -> Vec<(String, String)> {
    let mut told = Vec::new();
    formats::documents(source, &mut |found| {
        let document = found.document.unwrap();
        let again = formats::open(source, &found.entry).unwrap();
        assert_eq!(again.meta, document.meta);
        let first = document.blocks().next().map(|(_, block)| block.text.clone()).unwrap_or_default();
        told.push((document.meta.title.unwrap_or_default(), first));
        ControlFlow::Continue(())
    })
    .unwrap();
    told
}

#[test]
fn the_reader_names_the_fields() {
    let source = |hints: &Arc<Hints>| Source::memory("rows.jsonl", UNUSUAL).hinted(hints);
    let plain = told(&source(&Arc::default()));
    assert_eq!(plain[0].1, "A short one.");
    let first = |text, title| told(&source(&hinted(text, title))).swap_remove(0);
    let tides = "Every six hours the water comes back to the harbour.".to_owned();
    assert_eq!(first(&["nothing", "INHALT.voll"], &["kopf"]), ("The tide table".to_owned(), tides.clone()));
    // A field that no row has leaves everything as it is; a text that is named the title is no text any more.
    assert_eq!(told(&source(&hinted(&["nothing"], &["nothing"]))), plain);
    assert_eq!(first(&[], &["body"]).0, "A short one.");
    assert_eq!(first(&["inhalt.voll"], &["inhalt.voll", "kopf"]).0, "The tide table");
}

/// They hold for rows in an archive and in what is compressed, and there they tell a list of rows from data.
#[test]
fn what_the_reader_names_goes_with_the_bytes() {
    let hints = hinted(&["inhalt.voll"], &["kopf"]);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, UNUSUAL.as_bytes()).unwrap();
    let source = Source::memory("rows.jsonl.gz", packed.finish().unwrap()).hinted(&hints);
    assert_eq!(told(&source)[1].0, "The lighthouse");
    let list = Source::memory("rows.json", r#"[{"k": 1, "inhalt": "Kurz"}, {"k": 2, "inhalt": "Kürzer"}]"#);
    let format = |source: &Source| formats::detect(source).unwrap().name;
    assert_ne!(format(&list), "jsonl");
    assert_eq!(format(&list.hinted(&hinted(&["inhalt"], &[]))), "jsonl");
}
