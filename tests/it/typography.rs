//! Paragraphs as a typesetter breaks them: by the whole, with words parted between syllables, ragged or justified.

use std::sync::Arc;

use proptest::prelude::*;
use recto::{
    doc::{Block, BlockId, Held, Kind, Span, SpanKind},
    layout::{Hit, Hyphens, Place, Row, Setting, Viewport, lay, mark, text_between},
};

use crate::harness::Harness;

const ENGLISH: &str = "In the beginning of this wonderful characterisation the unquestionably extraordinary considerations \
    were systematically misunderstood by representatives of international organisations, notwithstanding their \
    comprehensive understanding of circumstances.";

const GERMAN: &str = "Die Rechtschreibung zusammengesetzter Hauptwörter verursacht Schwierigkeiten: Donaudampfschifffahrt, \
    Bundesverfassungsgericht und Geschwindigkeitsbegrenzung lassen sich in schmalen Spalten ohne Trennungen kaum \
    befriedigend unterbringen, mit ihnen aber durchaus.";

fn set(text: &str, setting: &Setting) -> Vec<Row> {
    lay(&Block::new(Kind::Paragraph, text), BlockId::default(), setting)
}

fn paragraph(text: &str, measure: usize, justify: bool, language: Option<&str>) -> Vec<Row> {
    set(text, &Setting { justify, hyphens: Hyphens::of(language), ..Setting::new(measure) })
}

fn texts(rows: &[Row]) -> Vec<String> {
    rows.iter().map(Row::text).collect()
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

// Of all ways to break a paragraph.

/// What the layout does not want, written down a second time and without its tricks: words of ASCII with a space between
/// two, no hyphens.
fn demerits(words: &[usize], measure: usize, justify: bool, last: bool) -> Option<u64> {
    let slack = measure.checked_sub(words.iter().sum::<usize>() + words.len() - 1)? as u64;
    let places = if justify { words.len() as u64 - 1 } else { (measure as u64 / 6).max(1) };
    let badness = match (last, places) {
        (true, _) => 0,
        (_, 0) if slack > 0 => 10_000,
        (_, 0) => 0,
        _ => (100 * slack.pow(3) / places.pow(3)).min(10_000),
    };
    Some((10 + badness).pow(2))
}

/// The fewest demerits that words can be broken with, from the end backwards.
fn fewest(words: &[usize], measure: usize, justify: bool) -> u64 {
    let mut from = vec![u64::MAX; words.len() + 1];
    from[words.len()] = 0;
    for start in (0..words.len()).rev() {
        for end in start + 1..=words.len() {
            let Some(line) = demerits(&words[start..end], measure, justify, end == words.len()) else { break };
            from[start] = from[start].min(line + from[end]);
        }
    }
    from[0]
}

/// The demerits of filling line by line.
fn greedy(words: &[usize], measure: usize, justify: bool) -> u64 {
    let (mut total, mut start) = (0, 0);
    while start < words.len() {
        let fits = |end: &usize| demerits(&words[start..*end], measure, justify, false).is_some();
        let end = (start + 1..=words.len()).take_while(fits).last().unwrap();
        total += demerits(&words[start..end], measure, justify, end == words.len()).unwrap();
        start = end;
    }
    total
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_other_lines_have_fewer_demerits(
        words in prop::collection::vec(1usize..12, 1..60), measure in 12usize..50, justify in any::<bool>()
    ) {
        let text = words.iter().map(|letters| "x".repeat(*letters)).collect::<Vec<_>>().join(" ");
        let rows = paragraph(&text, measure, justify, None);
        let lines: Vec<Vec<usize>> =
            texts(&rows).iter().map(|line| line.split_whitespace().map(str::len).collect()).collect();
        let total: u64 = lines
            .iter()
            .enumerate()
            .map(|(at, line)| demerits(line, measure, justify, at + 1 == lines.len()).unwrap())
            .sum();
        prop_assert_eq!(total, fewest(&words, measure, justify));
        prop_assert!(total <= greedy(&words, measure, justify));
    }

    /// All but the last, those that would be torn wide open, and those without a place to widen.
    #[test]
    fn justified_lines_are_as_wide_as_the_measure(
        words in prop::collection::vec("[a-z]{1,12}|[а-я]{1,12}|[α-ω]{1,9}|漢字|。", 1..60), measure in 12usize..80,
        language in prop::sample::select(&[None, Some("en"), Some("ru"), Some("el")][..])
    ) {
        let rows = paragraph(&words.join(" "), measure, true, language);
        for (at, row) in rows.iter().enumerate() {
            let blanks: usize = row.runs.iter().filter(|run| run.source.is_none() && run.text.trim().is_empty())
                .map(|run| run.text.len()).sum();
            prop_assert!(row.width() <= measure);
            if at + 1 == rows.len() {
                prop_assert_eq!(blanks, 0);
            } else if row.width() < measure {
                let places = row.text().split_whitespace().count() - 1;
                prop_assert_eq!(blanks, 0);
                prop_assert!(measure - row.width() > 3 * places, "{:?}", row.text());
            }
        }
    }
}

#[test]
fn hits_go_over_a_hyphen() {
    let rows = paragraph(GERMAN, 30, true, Some("de"));
    let parted = rows.iter().position(|row| row.text().ends_with('-')).expect("a word is parted");
    let (end, row) = (rows[parted].range.end, &rows[parted]);
    let hyphen = row.runs.last().unwrap();
    assert!(hyphen.source.is_none() && hyphen.face.decoration);
    assert_eq!(rows[parted + 1].range.start, end);
    let hits = [(end - 2..end + 2, Hit::Hit)];
    for row in &rows[parted..parted + 2] {
        let mut row = row.clone();
        mark(&mut row, &hits);
        let lit: usize = row.runs.iter().filter(|run| run.face.lit.hit == Hit::Hit).map(|run| run.text.len()).sum();
        assert_eq!(lit, 2);
    }
}

#[test]
fn code_names_and_addresses_are_not_parted() {
    let text =
        "see internationalization and UNINTERRUPTEDNESS or /internationalization/now or snake_internationalization";
    let mut block = Block::new(Kind::Paragraph, text);
    block.spans = vec![Span { range: 4..24, kind: SpanKind::Code }];
    let setting = Setting { justify: true, hyphens: Hyphens::of(Some("en-GB")), ..Setting::new(26) };
    assert!(lay(&block, BlockId(0), &setting).iter().all(|row| !row.text().ends_with('-')));
    block.spans.clear();
    assert!(lay(&block, BlockId(0), &setting).iter().any(|row| row.text().ends_with('-')), "the plain word is");
}

#[test]
fn headings_are_neither_justified_nor_parted() {
    let setting = Setting { justify: true, hyphens: Hyphens::of(Some("de")), ..Setting::new(30) };
    for row in lay(&Block::new(Kind::Heading { level: 2 }, GERMAN), BlockId(0), &setting) {
        assert!(row.runs.iter().all(|run| run.source.is_some()), "{row:?}");
    }
}

#[test]
fn what_is_copied_has_whole_words_and_single_spaces() {
    let block = Block::new(Kind::Paragraph, ENGLISH.replacen("the", "t\u{AD}he", 1));
    let body = Arc::new(Held::new(vec![block]));
    let setting = Setting { justify: true, hyphens: Hyphens::of(Some("en")), ..Setting::new(30) };
    let page = Viewport::new(body.clone()).page(Place::default(), 100, &setting);
    assert!(page.rows.iter().any(|row| row.text().ends_with('-')), "no word is parted: {:#?}", page.rows);
    let (copied, whole) = text_between(&*body, &page.stretch().unwrap(), usize::MAX);
    assert_eq!((copied, whole), (ENGLISH.split_whitespace().collect::<Vec<_>>().join(" "), true));
}
