//! Titles, authors and dates, told from the beginning of a text. A case is a folder: `input.txt` or `input.md`, and
//! `expected.txt`.

use std::{fs, path::Path, sync::Arc};

use recto::{
    doc::{Block, Kind},
    formats::{self, Entry, Guess, Source},
};

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/titles");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 40);
    let mut wrong = String::new();
    for folder in folders {
        let found = shown(&guess(&folder));
        let expected = fs::read_to_string(folder.join("expected.txt")).unwrap_or_default();
        if found != expected {
            wrong.push_str(&format!(
                "{}\n  expected\n{expected}  found\n{found}",
                folder.file_name().unwrap().display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn guess(folder: &Path) -> Guess {
    let markdown = folder.join("input.md");
    if markdown.exists() {
        let meta = formats::open(&Source::file(&markdown).unwrap(), &Entry::default()).unwrap().meta;
        return Guess { title: meta.title, author: meta.author, date: meta.date };
    }
    formats::guess(&blocks(&fs::read_to_string(folder.join("input.txt")).unwrap()))
}

fn shown(guess: &Guess) -> String {
    let mut out = String::new();
    let date = guess.date.map(|d| d.to_string());
    for (name, value) in [("title", &guess.title), ("author", &guess.author), ("date", &date)] {
        if let Some(value) = value {
            out.push_str(&format!("{name}: {value}\n"));
        }
    }
    out
}

/// The paragraphs of a plain text as a reader of plain text makes them: prose is reflowed, other lines are kept.
fn blocks(text: &str) -> Vec<Arc<Block>> {
    let block = |paragraph: &str| {
        let lines: Vec<&str> = paragraph.lines().collect();
        let (last, before) = lines.split_last().unwrap();
        if before.len() == 1 && last.len() > 2 && last.chars().all(|c| c == '=' || c == '-') {
            let level = if last.starts_with('=') { 1 } else { 2 };
            return Block::new(Kind::Heading { level }, before[0]);
        }
        if lines.iter().all(|l| !l.contains("   ")) && before.iter().all(|l| l.chars().count() > 50) {
            return Block::new(Kind::Paragraph, lines.join(" "));
        }
        Block::new(Kind::Preformatted, format!("{paragraph}\n"))
    };
    text.split("\n\n").map(|p| p.trim_matches('\n')).filter(|p| !p.is_empty()).map(|p| Arc::new(block(p))).collect()
}
