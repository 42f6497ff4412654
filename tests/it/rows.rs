//! Rows that say why their documents were found: what stands in them, at every size, when it is asked for, and when it is
//! asked for again.

use insta::assert_snapshot;
use proptest::prelude::*;
use recto::{
    doc::{Block, DocId, Document, Kind, Meta},
    query::Query,
    search::glance,
    state::{Effect, Event, Job, MouseKind, Outcome, Progress},
    text::{Marked, width::width},
};

use super::{articles::ARTICLES, harness::Harness};

/// Words in the text, in the title alone, in the author's name alone, and a file that can't be read.
const SHELF: &[(&str, &str)] = &[
    ("a.md", "# The lamp\n\nA wick burns down.\n\nTrim it, and the lamp, as it was said (lamps burn), burns on.\n"),
    ("b.md", "# On lamps\n\nSome light is all that is asked for in a night.\n"),
    ("c.md", "---\nauthor: Ada Lamp\n---\n\n# Oil\n\nIt is pressed and sold.\n"),
    ("d.md", "# Shades\n\nThey are made.\n\n## Of a lamp\n\nGlass is blown for them.\n"),
    ("lamp.txt", "\0\u{1}\0\0\u{2}\0rubbish\0\0\0\0"),
];

/// Thirty documents of a few paragraphs, each with the word once, under their numbers.
fn many() -> Harness {
    let files: Vec<(String, String)> = (1..=60)
        .map(|n| (format!("{n:02}.md"), format!("# Number {n}\n\nStraw.\n\nA needle in stack {n}, and no other.\n")))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Harness::new(&files)
}

fn explained(effects: &[Effect]) -> Vec<Vec<u32>> {
    let jobs = effects.iter().filter_map(|effect| match effect {
        Effect::Job(Job::Explain { ids, .. }) => Some(ids.iter().map(|id| id.0).collect()),
        _ => None,
    });
    jobs.collect()
}

#[test]
fn a_row_says_where_the_words_stand() {
    let mut h = Harness::new(SHELF).size(80, 16);
    assert_snapshot!(h.keys("/lamp").screen());
}

#[test]
fn hits_are_seen_without_colours() {
    let mut h = Harness::new(SHELF).depth(recto::ui::Depth::None).size(80, 10);
    assert_snapshot!(h.keys("/lamp").styled());
}

#[test]
fn a_wide_screen_shows_more_of_a_passage() {
    assert_snapshot!(Harness::new(ARTICLES).size(120, 40).keys("/customer").screen());
}

#[test]
fn a_low_screen_has_one_line_for_a_row() {
    assert_snapshot!(Harness::new(ARTICLES).size(80, 8).keys("/customer").screen());
}

#[test]
fn a_filter_that_only_excludes_explains_nothing() {
    let mut h = Harness::new(SHELF).size(80, 12);
    h.keys("/-wick").effects();
    assert_eq!(h.state().geometry().lines, 1);
    assert_eq!(explained(&h.effects()), Vec::<Vec<u32>>::new());
}

#[test]
fn the_nearest_spelling_is_named_with_its_key() {
    let mut h = Harness::new(ARTICLES).size(80, 9);
    assert_snapshot!(h.keys("/integirty custmer").screen());
    assert_snapshot!("the_nearest_spelling_on_a_narrow_screen", h.size(30, 9).screen());
}

/// What has two lines has them from the start: nothing moves when the second is filled.
#[test]
fn the_rows_stay_where_they_are_when_their_passages_come() {
    let mut h = many();
    h.hold().keys("/needle");
    let found = h.take_held().pop().unwrap();
    h.outcome(found);
    let before = h.screen();
    h.release();
    let after = h.screen();
    for (row, (before, after)) in before.lines().zip(after.lines()).enumerate().skip(2).take(20) {
        let (before, after): (String, String) = (before.chars().take(28).collect(), after.chars().take(28).collect());
        match row % 2 {
            0 => assert_eq!(before, after),
            _ => assert!(before.trim_matches(['▌', ' ']).is_empty() && after.contains("needle"), "{before} {after}"),
        }
    }
}

/// A letter more takes nothing away that is there again a moment later.
#[test]
fn a_row_says_what_it_said_until_it_says_something_else() {
    let mut h = many();
    h.keys("/needl");
    let passages = |screen: &str| screen.lines().skip(2).filter(|line| line.contains("needle")).count();
    let before = passages(&h.screen());
    assert!(before > 5);
    h.hold().keys("e");
    let found = h.take_held().pop().unwrap();
    h.outcome(found);
    assert!(!h.state().awaits() || h.state().reader.request.pending, "a frame waits for rows");
    assert_eq!(passages(&h.screen()), before);
}

#[test]
fn pages_and_clicks_go_by_rows_of_two_lines() {
    let mut h = many();
    h.keys("/needle");
    let list = |h: &Harness| (h.state().list.top, h.state().list.cursor);
    // 24 lines less three make ten rows and a half.
    h.keys("<PageDown>");
    assert_eq!(list(&h), (0, 9));
    h.keys("<PageDown>");
    assert_eq!(list(&h), (9, 18));
    h.mouse(MouseKind::Click, 5, 2 + 7);
    assert_eq!(list(&h), (9, 12));
    h.mouse(MouseKind::WheelDown, 5, 5);
    assert_eq!(list(&h), (9, 14));
    // The half of a row at the bottom is one that can be clicked.
    h.mouse(MouseKind::Click, 5, 22);
    assert_eq!(list(&h), (10, 19));
    h.keys("<Enter>G");
    assert_eq!(list(&h), (50, 59));
    h.screen();
    assert_eq!(h.state().list.rows.len(), 10);
}

#[test]
fn the_row_under_the_cursor_is_explained_first() {
    let mut h = many().size(80, 13);
    h.keys("/needle<Enter>s");
    h.effects();
    h.hold().keys("<Down><Enter>");
    let found = h.take_held().pop().unwrap();
    h.outcome(found);
    assert_eq!(explained(&h.effects()).concat(), Vec::<u32>::new(), "what is known is asked for again");
    // Another filter, with the cursor on the third row of five.
    h.keys("/ stack");
    let found = h.take_held().pop().unwrap();
    h.keys("<Down><Down>");
    h.effects();
    h.outcome(found);
    let ids: Vec<u32> = h.state().list.ids.iter().map(|id| id.0).collect();
    let cursor = h.state().list.cursor;
    assert_eq!(cursor, 2);
    let order: Vec<u32> = [2, 3, 4, 1, 0].into_iter().chain(5..10).map(|row: usize| ids[row]).collect();
    assert_eq!(explained(&h.effects()), [order]);
}

#[test]
fn going_back_costs_nothing_and_going_on_asks_for_the_page_ahead() {
    let mut h = many().size(80, 13);
    h.keys("/needle");
    h.effects();
    h.keys("<PageDown><PageDown>");
    let ahead = explained(&h.effects());
    assert_eq!((ahead.len(), ahead.concat().len()), (1, 4), "{ahead:?}");
    h.keys("<PageUp><PageUp><PageUp>");
    assert_eq!(explained(&h.effects()).concat(), Vec::<u32>::new());
    // An earlier filter is known as well.
    h.keys(" stack");
    assert!(!explained(&h.effects()).is_empty());
    h.keys("<Ctrl-w>");
    assert_eq!(explained(&h.effects()).concat(), Vec::<u32>::new());
}

/// Scrolling while answers are on their way asks only when a row comes into view that was not asked for.
#[test]
fn what_is_on_its_way_is_not_asked_for_again() {
    let mut h = many().size(80, 13);
    h.hold().keys("/needle");
    let found = h.take_held().pop().unwrap();
    h.outcome(found);
    h.take_held();
    assert_eq!(explained(&h.effects()).len(), 1);
    h.keys("<Down><Down><Down><Down><Down><Down>");
    assert_eq!(explained(&h.effects()).len(), 0);
    h.keys("<PageDown><PageDown>");
    assert!(!explained(&h.effects()).is_empty());
}

/// What the first row says, without the text beside it.
fn passage(h: &mut Harness) -> String {
    h.line(3).chars().take(32).collect()
}

#[test]
fn a_row_follows_its_document() {
    let mut h = Harness::new(SHELF).size(80, 16);
    h.keys("/wick<Enter>");
    assert!(passage(&mut h).contains("A wick"), "{}", h.screen());
    h.write("a.md", "# The lamp\n\nNo wick has burned here in years.\n").scan();
    assert!(passage(&mut h).contains("No wick"), "{}", h.screen());
}

/// An answer to a request from before a change may be of the text before it.
#[test]
fn an_answer_from_before_a_change_is_not_kept() {
    let mut h = Harness::new(SHELF).size(80, 16);
    h.hold().keys("/wick<Enter>");
    let found = h.take_held().pop().unwrap();
    h.outcome(found);
    let old = h.take_held().into_iter().find(|outcome| matches!(outcome, Outcome::Explained { .. })).unwrap();
    h.write("a.md", "# The lamp\n\nNo wick has burned here in years.\n").scan();
    h.release();
    h.outcome(old);
    assert!(passage(&mut h).contains("No wick"), "{}", h.screen());
}

#[test]
fn a_larger_screen_asks_for_the_rows_that_it_shows() {
    let mut h = many().size(80, 13);
    h.keys("/needle");
    h.effects();
    h.event(Event::Resize(80, 60));
    assert_eq!(explained(&h.effects()).len(), 1);
    let rows = &h.state().list.rows;
    assert!(rows.len() > 20 && rows.iter().all(|row| row.why.is_some()));
}

#[test]
fn the_row_and_the_bottom_line_count_the_same_hits() {
    let mut h = Harness::new(ARTICLES).size(120, 40);
    for query in ["customer", "\"the same\"", "the | a", "integrity customer"] {
        h.keys(&format!("<Esc><Esc>/{query}<Enter>"));
        for row in 0..h.state().list.ids.len() {
            // Before the text is opened, so that the count is the row's own.
            let list = &h.state().list;
            let id: DocId = list.ids[row];
            let own = h.state().list.explained.of(query, id).unwrap().hits;
            while h.state().list.cursor < row {
                h.keys("<Down>");
            }
            assert_eq!(h.state().reader.hits().len(), own, "{query}");
        }
    }
}

/// Paragraphs, these of which hold the word.
fn long(paragraphs: usize, needles: &[usize]) -> String {
    let paragraph =
        |n| format!("Paragraph {n} is made of {}.\n\n", if needles.contains(&n) { "needle" } else { "straw" });
    (1..=paragraphs).map(paragraph).collect()
}

#[test]
fn hits_are_ticks_along_the_scroll_bar() {
    let mut h = Harness::new(&[("a.md", &long(60, &[5, 30, 31, 59]))]).size(80, 24);
    // The bar's column, from under the line over the text to the bottom.
    let bar = |h: &mut Harness| -> String {
        let screen = h.screen();
        screen.lines().skip(4).take(19).map(|line| line.chars().nth(79).unwrap_or(' ')).collect()
    };
    // Two of the hits are in one row of the bar. Those of a find take their place while it stands.
    let bars = ["/needle<Enter><Enter>", "n", "n", "n", "/paragraph 2<Enter>", "<Esc>g"].map(|keys| bar(h.keys(keys)));
    assert_eq!(
        bars,
        [
            "┃◂┃      ─        ─",
            " ─      ┃◂┃       ─",
            " ─      ┃◂┃       ─",
            " ─       ─     ┃┃┃◂",
            "◂┃┃  ────          ",
            "┃┫┃      ─        ─",
        ]
    );
    // A text that fits has no bar.
    h.write("a.md", &long(3, &[1, 2])).scan();
    assert_eq!(bar(&mut h).trim(), "");
}

#[test]
fn ticks_are_seen_in_ascii_and_without_colours() {
    let mut h = Harness::new(&[("a.md", &long(60, &[5, 6, 9, 59]))]).depth(recto::ui::Depth::None).size(80, 14);
    h = h.view(|view| view.ascii = true);
    assert_snapshot!(h.keys("/needle<Enter><Enter>").styled());
}

#[test]
fn more_hits_than_are_looked_for_are_said_to_be_more() {
    let text = "needle ".repeat(10_001);
    let mut h = Harness::new(&[("a.txt", &text)]).size(100, 24);
    h.keys("/needle<Enter>");
    assert!(h.line(2).contains(" 10k "), "{}", h.screen());
    assert!(h.line(23).contains("hit 1/10,000+ "), "{}", h.screen());
}

#[test]
fn a_long_text_is_counted_as_far_as_it_was_looked_at() {
    let dashes = || Block::new(Kind::Preformatted, "- ".repeat(1 << 20));
    let needle = || Block::new(Kind::Paragraph, "needle");
    let of = |blocks| Document::held(Meta::default(), blocks);
    let matcher = Query::parse("needle").matcher();
    let count = |document: &Document| {
        let glance = glance(document, ("", None), &matcher, &|| true).unwrap();
        (glance.hits, glance.complete)
    };
    assert_eq!(count(&of(vec![needle(), dashes(), dashes(), needle()])), (1, false));
    assert_eq!(count(&of(vec![needle(), dashes(), needle()])), (2, true));
}

#[test]
fn the_top_line_says_what_the_numbers_are_of_before_anything_else() {
    let mut h = Harness::new(ARTICLES);
    let progress = Progress { scanning: true, indexed: 4, total: 9, unreadable: 2, ..Progress::default() };
    h.keys("/integrity<Enter>").outcome(Outcome::Library(progress));
    let said = |h: &mut Harness| h.line(0).split_once(" 2 of").map(|(_, said)| format!("2 of{said}")).unwrap();
    assert_eq!(said(&mut h), "2 of 9 · best first · 44 % indexed · 2 can't be read");
    h.resize(55, 20);
    assert_eq!(said(&mut h), "2 of 9 · 44 % indexed · 2 can't be read");
    h.resize(40, 20);
    assert_eq!(said(&mut h), "2 of 9 · 44 % indexed");
    h.resize(26, 20);
    assert!(h.line(0).ends_with("2 of 9"), "{}", h.line(0));
}

proptest! {
    /// Whatever the line, its marks and the width: it fits, its first mark is in it, whole if it and two signs fit, and
    /// what is marked is what was.
    #[test]
    fn a_passage_fits_and_holds_its_first_hit(
        words in prop::collection::vec("[a-z]{1,9}|[一-三]{1,4}|é́{1,2}|\u{1b}|,", 1..50),
        marked in prop::collection::vec(0usize..50, 0..6),
        columns in 0usize..60,
        goes_on in any::<(bool, bool)>(),
        ascii in any::<bool>(),
    ) {
        let (mut text, mut marks) = (String::new(), Vec::new());
        for (at, word) in words.iter().enumerate() {
            text.push_str(if at > 0 { " " } else { "" });
            let start = text.len();
            text.push_str(word);
            if marked.contains(&at) {
                marks.push(start..text.len());
            }
        }
        let line = Marked::new(&text, &marks, goes_on);
        let sign = if ascii { "..." } else { "…" };
        for cut in [line.around(columns, sign), line.fit(columns, sign)] {
            prop_assert!(width(cut.text()) <= columns, "{cut:?}");
            let pieces: String = cut.pieces().map(|(piece, _)| piece.to_string()).collect();
            prop_assert_eq!(&pieces, cut.text().as_str());
        }
        let cut = line.around(columns, sign);
        let of = |line: &Marked, at: usize| line.marks().get(at).map(|mark| line.text()[mark.clone()].to_owned());
        if let Some(first) = of(&line, 0) {
            let shown = of(&cut, 0).unwrap_or_default();
            prop_assert!(first.starts_with(&shown), "{first:?} {cut:?}");
            if columns > 1 {
                prop_assert!(!shown.is_empty(), "{line:?} {cut:?}");
            }
            if width(&first) + 2 * width(sign) <= columns {
                prop_assert_eq!(shown, first);
            }
        }
        for at in 0..cut.marks().len() {
            prop_assert!(of(&line, at).unwrap().starts_with(&of(&cut, at).unwrap()));
        }
    }
}
