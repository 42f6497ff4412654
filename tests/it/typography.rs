//! Paragraphs as a typesetter breaks them: by the whole, with words parted between syllables, ragged or justified.

use recto::{
    doc::{Block, BlockId, Kind},
    layout::{Hyphens, Row, Setting, lay},
};

use crate::harness::Harness;

const ENGLISH: &str = "In the beginning of this wonderful characterisation the unquestionably extraordinary considerations \
    were systematically misunderstood by representatives of international organisations, notwithstanding their \
    comprehensive understanding of circumstances.";

fn set(text: &str, setting: &Setting) -> Vec<Row> {
    lay(&Block::new(Kind::Paragraph, text), BlockId::default(), setting)
}

/// What the rows say of the text itself, without what was put in.
fn said(rows: &[Row], text: &str) -> String {
    rows.iter().flat_map(|row| &row.runs).filter_map(|run| text.get(run.source.clone()?)).collect()
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn justified_lines_are_as_wide_as_the_measure_but_for_the_last() {
    for measure in [40, 56, 72] {
        let setting = Setting { justify: true, hyphens: Hyphens::of(Some("en")), ..Setting::new(measure) };
        let rows = set(ENGLISH, &setting);
        let (last, others) = rows.split_last().unwrap();
        assert!(others.iter().all(|row| row.width() == measure), "{measure}: {rows:#?}");
        assert!(last.width() <= measure);
        assert!(others.iter().all(|row| !row.text().contains("    ")), "a hole in a line: {rows:#?}");
        assert_eq!(bare(&said(&rows, ENGLISH)), bare(ENGLISH));
    }
}

#[test]
fn a_hyphen_at_the_end_of_a_line_is_not_part_of_the_text() {
    let setting = Setting { justify: true, hyphens: Hyphens::of(Some("en-GB")), ..Setting::new(28) };
    let rows = set(ENGLISH, &setting);
    let parted: Vec<&Row> = rows.iter().filter(|row| row.text().ends_with('-')).collect();
    assert!(!parted.is_empty(), "no word is parted: {rows:#?}");
    assert!(parted.iter().all(|row| row.runs.last().is_some_and(|run| run.source.is_none())));
    assert!(!said(&rows, ENGLISH).contains('-'));
}

#[test]
fn a_language_that_nobody_knows_parts_no_word() {
    for language in [None, Some("x-unknown"), Some("zxx")] {
        let setting = Setting { justify: true, hyphens: Hyphens::of(language), ..Setting::new(28) };
        assert!(set(ENGLISH, &setting).iter().all(|row| !row.text().ends_with('-')), "{language:?}");
    }
}

/// Filled a line at a time, "a" would stay on the first line and leave the second one short.
#[test]
fn a_ragged_paragraph_is_broken_by_the_whole() {
    let text = "aaa bb cc ddddd";
    let rows: Vec<String> = set(text, &Setting::new(6)).iter().map(Row::text).collect();
    assert_eq!(rows, ["aaa", "bb cc", "ddddd"]);
}

#[test]
fn w_makes_the_lines_equally_wide_and_back() {
    let mut h = Harness::new(&[("a.txt", &format!("A title\n\n{ENGLISH}\n\n{ENGLISH}\n"))]).size(100, 24);
    h.keys("<Enter>");
    let ragged = h.screen();
    h.keys("w");
    assert_ne!(h.screen(), ragged);
    h.keys("w");
    let back = h.screen();
    let without_last = |screen: &str| screen.lines().take(23).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(without_last(&back), without_last(&ragged));
}
