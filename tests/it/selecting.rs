//! Selecting and copying: the units of text, what the keys take, and what comes to the clipboard.

use proptest::prelude::*;
use recto::{
    doc::{Anchor, Block, BlockId, Held, Kind, Nest},
    layout::{Unit, text_between, unit_after, unit_at, unit_before},
    state::{Context, MouseKind},
    text::sentences::sentences,
};

use super::harness::Harness;

fn split(text: &str) -> Vec<&str> {
    sentences(text).map(|range| &text[range]).collect()
}

#[test]
fn sentences_end_where_a_reader_ends_them() {
    let cases: &[(&str, &[&str])] = &[
        ("One. Two! Three? Four", &["One.", "Two!", "Three?", "Four"]),
        ("Mr. Smith met Dr. J. Watson. They left.", &["Mr. Smith met Dr. J. Watson.", "They left."]),
        ("\"No!\" he said. \"Yes.\" So.", &["\"No!\" he said.", "\"Yes.\"", "So."]),
        ("See e.g. the 3.5 of v1.2.3 here. Next.", &["See e.g. the 3.5 of v1.2.3 here.", "Next."]),
        ("他说：「好。」然后走了。再见！", &["他说：「好。」", "然后走了。", "再见！"]),
        ("Wait… What?! Yes.", &["Wait…", "What?!", "Yes."]),
        ("  \n ", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(split(text), *expected);
    }
}

fn book() -> Held {
    let item = |marker: &str, text: &str, depth: usize| Block {
        nest: vec![Nest::Item(2); depth],
        ..Block::new(Kind::Item { marker: marker.to_owned(), task: None }, text)
    };
    Held::new(vec![
        Block::new(Kind::Heading { level: 1 }, "A title"),
        Block::new(Kind::Paragraph, "One two. Three four."),
        Block::new(Kind::Rule, ""),
        item("•", "First.", 1),
        item("•", "Second thing.", 1),
        item("–", "Below it.", 2),
        Block::new(Kind::Code { language: None }, "let a = 1;\nlet b;\n\nlet c;\n"),
        Block::new(Kind::Paragraph, "End."),
    ])
}

fn at(block: u64, byte: usize) -> Anchor {
    Anchor { block: BlockId(block), byte }
}

#[test]
fn units_are_reached_across_blocks() {
    let body = book();
    let said = |stretch: Option<recto::layout::Stretch>| text_between(&body, &stretch.unwrap(), usize::MAX).0;
    assert_eq!(said(unit_at(&body, Unit::Sentence, at(1, 3))), "One two.");
    assert_eq!(said(unit_at(&body, Unit::Word, at(1, 7))), "Three", "a full stop belongs to what follows");
    assert_eq!(said(unit_at(&body, Unit::Word, at(2, 0))), "First", "a rule has no words");
    assert_eq!(said(unit_after(&body, Unit::Sentence, at(1, 9))), "Three four.");
    assert_eq!(said(unit_after(&body, Unit::Paragraph, at(1, 1))), "First.");
    assert_eq!(said(unit_before(&body, Unit::Word, at(3, 0))), "four");
    assert_eq!(said(unit_at(&body, Unit::Sentence, at(6, 12))), "let b;", "a line of code");
    assert_eq!(said(unit_at(&body, Unit::Paragraph, at(6, 12))), "let a = 1;\nlet b;", "lines up to a blank one");
    assert_eq!(said(unit_at(&body, Unit::Word, at(7, 99))), "End");
    assert_eq!(unit_after(&body, Unit::Word, at(7, 1)), None);
    assert_eq!(unit_before(&body, Unit::Word, at(0, 0)), None);
}

#[test]
fn what_is_copied_keeps_its_shape() {
    let body = book();
    let all = text_between(&body, &(at(0, 0)..at(7, 4)), usize::MAX);
    let expected = "A title\n\nOne two. Three four.\n\n• First.\n• Second thing.\n  – Below it.\n\nlet a = 1;\nlet b;\n\n\
                    let c;\n\nEnd.";
    assert_eq!(all, (expected.to_owned(), true));
    let some = text_between(&body, &(at(3, 2)..at(4, 6)), usize::MAX);
    assert_eq!(some.0, "rst.\n• Second", "from within an item its marker is not copied");
    assert_eq!(text_between(&body, &(at(0, 0)..at(7, 4)), 10), ("A title\n\nO".to_owned(), false));
}

fn story() -> Harness {
    let text = "# Story\n\nOnce upon a time. There was a lamp. It shone.\n\nThe end came. Nobody saw it.\n";
    Harness::new(&[("a.md", text), ("b.md", "# Other\n\nText.\n")]).size(100, 24)
}

/// Where a word stands on the screen.
fn place(h: &mut Harness, word: &str) -> (usize, usize) {
    h.draw();
    (0..24).find_map(|row| h.line(row).find(word).map(|at| (h.line(row)[..at].chars().count(), row))).unwrap()
}

#[test]
fn a_selection_begins_at_the_hit_and_ends_step_by_step() {
    let mut h = story();
    h.keys("/lamp<Enter>vsy");
    assert_eq!(h.copied(), "There was a lamp.");
    h.keys("v");
    assert_eq!(h.state().context(), Context::Select);
    h.keys("<Esc>");
    assert_eq!((h.state().context(), h.state().filter.standing.as_str()), (Context::Text, "lamp"));
    h.keys("v").keys("q");
    assert_eq!(h.state().context(), Context::Text, "q closes what is open first");
    h.keys("v<Esc><Esc>");
    assert_eq!(h.state().context(), Context::List);
}

#[test]
fn backwards_and_back() {
    let mut h = story();
    h.keys("/shone<Enter>vsSy");
    assert_eq!(h.copied(), "There was a lamp. It shone.", "it grows backwards");
    h.keys("vsSSsy");
    assert_eq!(h.copied(), "There was a lamp. It shone.", "and shrinks again");
    h.keys("vpby");
    assert_eq!(h.copied(), "Once upon a time. There was a lamp. It", "of a paragraph, without the last word");
    h.keys("vGy");
    assert_eq!(h.copied(), "it", "what is not extended moves");
    h.keys("vvGy");
    assert_eq!(h.copied(), "shone.\n\nThe end came. Nobody saw it");
    h.keys("v3wy");
    assert_eq!(h.copied(), "shone.\n\nThe end came");
}

#[test]
fn another_document_ends_it() {
    let mut h = story();
    h.keys("<Enter>v").keys("<Esc>v");
    assert_eq!(h.state().context(), Context::Select);
    h.write("a.md", "# Story\n\nAnother text altogether.\n").scan();
    assert_eq!(h.state().context(), Context::Text, "its text is gone");
}

#[test]
fn rows_go_up_and_down_under_the_same_column() {
    let mut h = story();
    h.keys("<Enter>vjjy");
    assert_eq!(h.copied(), "The");
    h.keys("vjlljky");
    assert_eq!(h.copied(), "a", "there and back");
}

#[test]
fn dragging_copies() {
    let mut h = story();
    let (from, to) = (place(&mut h, "upon"), place(&mut h, "was a lamp"));
    h.mouse(MouseKind::Click, from.0, from.1).mouse(MouseKind::Drag, to.0, to.1).mouse(MouseKind::Drag, to.0 + 2, to.1);
    h.mouse(MouseKind::Release, to.0 + 2, to.1);
    assert_eq!(h.copied(), "upon a time. There was");
    assert_eq!(h.state().context(), Context::Select, "it stays to be seen");
    h.mouse(MouseKind::Click, from.0, from.1).mouse(MouseKind::Release, from.0, from.1);
    assert_eq!(h.state().context(), Context::Text, "a click without a movement selects nothing");
    h.mouse(MouseKind::Click, to.0, to.1).mouse(MouseKind::Drag, from.0, from.1).mouse(
        MouseKind::Release,
        from.0,
        from.1,
    );
    assert_eq!(h.copied(), "upon a time. There w", "backwards");
    h.mouse(MouseKind::Drag, to.0, to.1);
    assert_eq!(h.copied(), "upon a time. There w", "nothing is held");
    h.wait(1_000);
    let click = |h: &mut Harness| {
        h.mouse(MouseKind::Click, to.0, to.1).mouse(MouseKind::Release, to.0, to.1);
        h.copied()
    };
    assert_eq!(click(&mut h), "upon a time. There w");
    assert_eq!(click(&mut h), "was", "two quick ones take the word");
    assert_eq!(click(&mut h), "Once upon a time. There was a lamp. It shone.", "three the paragraph");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is pressed, what is selected is a part of the text that begins and ends with whole letters, and holds the
    /// end that moves.
    #[test]
    fn every_step_keeps_to_the_text(keys in "[hjklwbspSPovGgud]{1,24}") {
        let mut h = story();
        h.keys("<Enter>v");
        for key in keys.chars() {
            h.keys(&key.to_string());
            let reader = &h.state().reader;
            let Some(selection) = &reader.selection else { panic!("{key} ended it") };
            let stretch = selection.stretch();
            let body = &reader.opened.as_ref().unwrap().document.as_ref().unwrap().body;
            prop_assert!(stretch.start < stretch.end);
            prop_assert!(stretch.start <= selection.moving.start && selection.moving.end <= stretch.end);
            for end in [stretch.start, stretch.end] {
                prop_assert!(body.block(end.block).unwrap().text.is_char_boundary(end.byte));
            }
            prop_assert!(!text_between(&**body, &stretch, usize::MAX).0.is_empty());
        }
    }
}

/// What is pasted into a shell must not press its keys.
#[test]
fn nothing_that_is_copied_is_a_control() {
    let cut = |text: &str, continues| Block { continues, ..Block::new(Kind::Preformatted, text) };
    let body =
        Held::new(vec![cut("a\tb\u{1b}[31m\nc\n", false), cut("d\u{202e}e\u{ad}f\r\n", true), cut("g\n", false)]);
    let (copied, _) = text_between(&body, &(at(0, 0)..at(2, 2)), usize::MAX);
    assert_eq!(copied, "a\tb␛[31m\nc\ndef\n\ng", "lines stay lines where a long text is cut");
}
