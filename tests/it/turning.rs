//! Pages as they are read: where they end and begin, that nothing is skipped, and that turning back returns.

use std::sync::Arc;

use proptest::prelude::*;
use recto::{
    doc::{Block, Document, Kind, Meta},
    layout::{Place, Row, Setting, Viewport, lines},
};

use crate::harness::Harness;

const MEASURE: usize = 40;

/// Sections of a heading of one line and of paragraphs of one line to nine.
fn book() -> impl Strategy<Value = Document> {
    let paragraph = (1usize..60).prop_map(|words| Block::new(Kind::Paragraph, vec!["words"; words].join(" ")));
    let heading = (1u8..4).prop_map(|level| Block::new(Kind::Heading { level }, "A heading"));
    let section = (heading, prop::collection::vec(paragraph, 1..5))
        .prop_map(|(heading, paragraphs)| std::iter::once(heading).chain(paragraphs).collect::<Vec<_>>());
    prop::collection::vec(section, 1..12).prop_map(|sections| Document::held(Meta::default(), sections.concat()))
}

/// The rows of a document, with the number of the row at which a place stands among them.
struct Rows(Vec<Row>);

impl Rows {
    fn of(document: &Document) -> Rows {
        Rows(lines(document, &Setting::new(MEASURE)).collect())
    }

    fn number(&self, place: Place) -> usize {
        let holds = |row: &Row| !row.gap && row.block == place.anchor.block && row.range.contains(&place.anchor.byte);
        self.0.iter().position(holds).unwrap() - place.lead
    }

    /// Whether the row is a line of a paragraph, and whether it is the first and the last of it.
    fn line(&self, at: usize) -> (bool, bool) {
        let same = |other: usize| self.0.get(other).is_some_and(|row| !row.gap && row.block == self.0[at].block);
        (!(at > 0 && same(at - 1)), !same(at + 1))
    }

    fn is_heading(&self, at: usize) -> bool {
        self.0[at].runs.iter().any(|run| run.face.heading > 0)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_are_torn_where_a_printer_would(document in book(), height in 10usize..40) {
        let (rows, setting) = (Rows::of(&document), Setting::new(MEASURE));
        let mut viewport = Viewport::new(Arc::clone(&document.body));
        let mut top = viewport.start(&setting);
        loop {
            let (before, turned) = (rows.number(top), viewport.turn(top, 1, height, &setting));
            let at = rows.number(turned);
            if viewport.page(turned, height, &setting).at_end {
                break;
            }
            prop_assert!(before < at && at < before + height, "rows are skipped, or none is new");
            let shown = at..at + height;
            let last = shown.clone().rev().find(|row| !rows.0[*row].gap).unwrap();
            prop_assert!(!rows.is_heading(last), "a heading alone ends the page");
            prop_assert!(!matches!(rows.line(last), (true, false)), "an orphan");
            // On a low page there is not always room for both.
            let widow = !rows.0[at].gap && matches!(rows.line(at), (false, true));
            prop_assert!(height < 20 || !widow, "a widow");
            top = turned;
        }
    }

    #[test]
    fn turning_there_and_back_returns(document in book(), height in 1usize..40, from in 0isize..60, turns in 1usize..6, on: bool) {
        let setting = Setting::new(MEASURE);
        let mut viewport = Viewport::new(Arc::clone(&document.body));
        let start = viewport.start(&setting);
        let by = if on { 1 } else { -1 };
        let mut tops = vec![viewport.scroll(start, from, height, &setting)];
        for _ in 0..turns {
            let turned = viewport.turn(tops[tops.len() - 1], by, height, &setting);
            if turned == tops[tops.len() - 1] {
                break;
            }
            tops.push(turned);
        }
        for pair in tops.windows(2).rev() {
            prop_assert_eq!(viewport.turn(pair[1], -by, height, &setting), pair[0]);
        }
        for pair in tops.windows(2) {
            prop_assert_eq!(viewport.turn(pair[0], by, height, &setting), pair[1]);
        }
        let far = isize::try_from(tops.len() - 1).unwrap();
        prop_assert_eq!(viewport.turn(tops[tops.len() - 1], -by * far, height, &setting), tops[0]);
    }
}

/// The mark in the margin stands where the old page ended, however many rows of it are shown again.
#[test]
fn the_mark_stands_where_the_old_page_ended() {
    let text: String =
        (1..40).map(|n| format!("## Part {n}\n\n{}\n\n", "some words of it ".repeat(n % 5 * 4 + 3))).collect();
    let mut h = Harness::single("book.md", &text).size(60, 20);
    for _ in 0..6 {
        let old: Vec<Row> = h.state().reader.page.rows.clone();
        let screen = h.keys("<Space>").screen();
        let page = &h.state().reader.page.rows;
        let last = old.iter().rev().find(|row| !row.gap).unwrap();
        let new = page.iter().find(|row| !row.gap && (row.block, row.range.start) > (last.block, last.range.start));
        let new = new.unwrap().text();
        let marked = screen.lines().find(|line| line.trim_start().starts_with('›')).unwrap();
        assert!(marked.contains(&new), "{new}\n{screen}");
    }
    let here = h.screen();
    assert_ne!(h.keys("b").screen(), here);
    let strip = |screen: String| screen.replace('›', " ");
    assert_eq!(strip(h.keys("<Space>").screen()), strip(here));
}

/// Half a page goes in steps, and is where it was going to as soon as anything else is asked for.
#[test]
fn half_a_page_is_followed_by_the_eye() {
    let text: String = (0..200).map(|n| format!("Line {n} of the text.\n\n")).collect();
    let open = |smooth: bool| Harness::single("a.md", &text).size(60, 22).view(|view| view.smooth = smooth);
    let at_once = open(false).keys("d").line(5);
    let mut h = open(true);
    let (start, mut seen) = (h.line(5), Vec::new());
    h.keys("d");
    for _ in 0..30 {
        if seen.last() != Some(&h.line(5)) {
            seen.push(h.line(5));
        }
        h.wait(16);
    }
    assert!(seen.len() > 3 && seen[0] != start, "{seen:?}");
    assert_eq!(seen.last(), Some(&at_once));
    // A key that comes meanwhile finds it there.
    let mut h = open(true);
    assert_eq!(h.keys("dj").line(5), open(false).keys("dj").line(5));
    let mut h = open(true);
    assert_eq!(h.keys("ddu").wait(500).line(5), at_once);
    // Several are not followed by anybody.
    let mut h = open(true);
    assert_eq!(h.keys("3d").line(5), open(false).keys("3d").line(5));
}
