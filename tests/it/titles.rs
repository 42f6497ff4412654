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

/// What a line under the title is read as: a date, to the precision that it has, or none.
#[test]
fn date_lines() {
    let lines = [
        ("Monday, 3 March 2008", "2008-03-03"),
        ("Mar 3rd, 2008 10:15 am", "2008-03-03"),
        ("March 3, 2008 at 10:15pm EST", "2008-03-03"),
        ("03 Mar 2008", "2008-03-03"),
        ("3-Mar-2008", "2008-03-03"),
        ("2008-03-03", "2008-03-03"),
        ("2008/03/03", "2008-03-03"),
        ("2008-03-03T10:15:00Z", "2008-03-03T10:15:00+00:00"),
        ("Published: 2008-03", "2008-03"),
        ("Last updated on June 1st, 2009", "2009-06-01"),
        ("March 2008", "2008-03"),
        ("3.3.2008", "2008-03-03"),
        ("13/04/2008", "2008-04-13"),
        ("04/13/2008", "2008-04-13"),
        ("04/04/2008", "2008-04-04"),
        ("03/04/2008", "2008"),
        ("3. März 2008", "2008-03-03"),
        ("Mittwoch, den 12. Januar 2011", "2011-01-12"),
        ("le 3 mars 2008", "2008-03-03"),
        ("1er août 2008", "2008-08-01"),
        ("3 de marzo de 2008", "2008-03-03"),
        ("lunedì 3 marzo 2008", "2008-03-03"),
        ("3 de março de 2008", "2008-03-03"),
        ("maandag 3 maart 2008", "2008-03-03"),
        ("2008年3月3日", "2008-03-03"),
        ("2008年3月", "2008-03"),
        ("2008년 3월 3일", "2008-03-03"),
        ("(3 March 2008)", "2008-03-03"),
        ("31 February 2008", ""),
        ("On 3 March 2008 it rained", ""),
        ("2008", ""),
        ("3 March", ""),
        ("March on, 2008 soldiers", ""),
        ("Version 1.2.2008 of the may fly", ""),
    ];
    for (line, expected) in lines {
        let found = formats::guess(&blocks(&format!("The Garden Wall\n\n{line}\n\nText."))).date;
        assert_eq!(found.map_or(String::new(), |d| d.to_string()), expected, "{line}");
    }
}

#[test]
fn bylines() {
    let lines = [
        ("By Staff Writer", "Staff Writer"),
        ("by Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "JANE DOE"),
        ("Written by Jane Doe and John Roe", "Jane Doe and John Roe"),
        ("Jane Doe | 3 March 2008", "Jane Doe"),
        ("By Jane Doe, March 3, 2008", "Jane Doe"),
        ("Von Erika Mustermann", "Erika Mustermann"),
        ("Author: Jean-Luc O'Neill", "Jean-Luc O'Neill"),
        ("作者：王小明", "王小明"),
        ("By the way", ""),
        ("By and large, it works", ""),
        ("By now you know", ""),
        ("Byron in Venice", ""),
        ("By 2008", ""),
    ];
    for (line, expected) in lines {
        let found = formats::guess(&blocks(&format!("The Garden Wall\n\n{line}\n\nText."))).author;
        assert_eq!(found.unwrap_or_default(), expected, "{line}");
    }
}
