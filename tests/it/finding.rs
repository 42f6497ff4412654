//! Finding words in long texts: all of them are looked through, from the page on, and it is told how far that is.

use std::cell::{Cell, RefCell};

use recto::{
    doc::{Anchor, Block, BlockId, Document, Kind, Meta},
    query::Query,
    search::{Find, Hits},
    state::{Effect, Hits as Told, Job, Outcome},
};

use crate::harness::Harness;

/// Blocks that each begin with a needle, and are long.
fn document(blocks: usize, bytes: usize) -> Document {
    let block = Block::new(Kind::Preformatted, format!("needle{}", " ".repeat(bytes)));
    Document::held(Meta::default(), vec![block; blocks])
}

fn blocks(hits: &Hits) -> Vec<u64> {
    hits.anchors.iter().map(|(at, _)| at.block.0).collect()
}

fn find(document: &Document, from: u64, limit: usize, alive: &dyn Fn() -> bool) -> (Hits, Vec<(Vec<u64>, usize)>) {
    let told = RefCell::new(Vec::new());
    let tell = |hits: Hits, percent: usize| told.borrow_mut().push((blocks(&hits), percent));
    let matcher = Query::parse("needle").matcher();
    let from = Anchor { block: BlockId(from), byte: 0 };
    let hits = Find { document, matcher: &matcher, from, limit, alive, tell: &tell }.hits();
    (hits, told.into_inner())
}

#[test]
fn a_search_begins_at_the_page_and_tells_how_far_it_is() {
    let (hits, told) = find(&document(5, 5 << 20), 3, 100, &|| true);
    assert_eq!((blocks(&hits), hits.complete), (vec![0, 1, 2, 3, 4], true));
    assert!(hits.positions.is_sorted());
    // It goes to the end first; what it tells is in the order of the text all the same.
    assert_eq!(told, [(vec![3, 4], 40), (vec![0, 1, 3, 4], 80)]);
}

#[test]
fn a_search_of_a_short_text_tells_nothing_on_the_way() {
    let (hits, told) = find(&document(50, 100), 20, 100, &|| true);
    assert_eq!((hits.anchors.len(), hits.complete, told), (50, true, Vec::new()));
}

#[test]
fn a_search_ends_at_its_limit_and_when_nobody_waits() {
    let (hits, _) = find(&document(9, 100), 5, 3, &|| true);
    assert_eq!((blocks(&hits), hits.complete), (vec![5, 6, 7], false));
    let asked = Cell::new(0);
    let (hits, _) = find(&document(9, 100), 5, 100, &|| asked.replace(asked.get() + 1) < 2);
    assert_eq!((blocks(&hits), hits.complete), (vec![5, 6], false));
}

/// The find of a text that is open, while its answer is on the way.
fn finding() -> (Harness, recto::state::Ticket) {
    let text: String = (0..200).map(|n| format!("Paragraph {n} of the lamp.\n\n")).collect();
    let mut h = Harness::single("a.md", &text).size(80, 20);
    h.hold();
    h.keys("/lamp");
    let ticket = h.state().reader.seek.find.as_ref().unwrap().ticket;
    (h, ticket)
}

fn part(block: u64, percent: Option<usize>) -> Told {
    let at = vec![(Anchor { block: BlockId(block), byte: 18 }, 4)];
    Told { at, positions: vec![block * 30], complete: percent.is_none(), searched: percent }
}

#[test]
fn the_first_hit_is_shown_while_the_search_goes_on() {
    let (mut h, ticket) = finding();
    h.outcome(Outcome::Hits(ticket, Told { searched: Some(17), ..Told::default() }));
    assert!(h.line(19).contains("searched 17 %"), "{}", h.screen());
    h.outcome(Outcome::Hits(ticket, part(100, Some(34))));
    assert!(h.screen().contains("Paragraph 100 "), "{}", h.screen());
    // The reader goes on, and what comes later moves nothing.
    h.keys("<Enter><Space>");
    let page = h.state().reader.top;
    h.outcome(Outcome::Hits(ticket, part(100, None)));
    assert_eq!(h.state().reader.top, page);
    assert!(!h.screen().contains("searched"), "{}", h.screen());
}

#[test]
fn esc_stops_a_search_and_then_ends_it() {
    let (mut h, ticket) = finding();
    h.outcome(Outcome::Hits(ticket, part(100, Some(34))));
    h.keys("<Enter>");
    h.effects();
    let screen = h.keys("<Esc>").screen();
    assert!(screen.contains("stopped when 34 % was searched"), "{screen}");
    let stops = |effect: &Effect| matches!(effect, Effect::Job(Job::Find { query, .. }) if query.is_empty());
    assert!(h.effects().iter().any(stops));
    // What was found stays, and what was still on the way is not heard.
    h.outcome(Outcome::Hits(ticket, part(5, None)));
    assert!(
        h.state()
            .reader
            .seek
            .find
            .as_ref()
            .is_some_and(|find| find.hits.at.len() == 1 && find.hits.at[0].0.block == BlockId(100))
    );
    h.keys("<Esc>");
    assert!(h.state().reader.seek.find.is_none());
}

#[test]
fn what_is_typed_on_and_taken_back_stops_the_search() {
    let (mut h, _) = finding();
    h.effects();
    h.keys("<Esc>");
    assert!(h.state().reader.seek.find.is_none());
    assert!(
        h.effects().iter().any(|effect| matches!(effect, Effect::Job(Job::Find { query, .. }) if query.is_empty()))
    );
}

/// A hit in a part of wide code or of a wide table that is out of sight is brought into it.
#[test]
fn a_hit_out_of_sight_sideways_is_shown() {
    let code = format!("```\nlet first = {};  // needle\nsecond\n```\n", "x".repeat(150));
    let names: Vec<String> = (0..30).map(|n| format!("a column called {n}")).collect();
    let values: Vec<String> =
        (0..30).map(|n| if n == 28 { "needle".to_owned() } else { format!("value {n}") }).collect();
    let table = format!("| {} |\n|{}\n| {} |\n", names.join(" | "), "---|".repeat(30), values.join(" | "));
    for text in [code, table] {
        let mut h = Harness::new(&[("a.md", &format!("# Wide\n\n{text}\nThe needle of the end.\n"))]).size(200, 30);
        h.keys("<Enter>/needle<Enter>");
        assert!(h.state().view.sideways > 0, "{}", h.screen());
        let seen = |h: &mut Harness| h.screen().matches("needle").count();
        assert_eq!(seen(&mut h), 2, "with that of the end: {}", h.screen());
        // What is seen already moves nothing.
        let sideways = h.state().view.sideways;
        h.keys("n");
        assert_eq!(h.state().view.sideways, sideways);
    }
}
