//! Much text is not indexed unasked: titles are there, the question is put once and in nobody's way, and what is said of the
//! words is true before and after the answer.

use recto::state::{Context, Overlay};

use super::harness::Harness;

const FILES: &[(&str, &str)] = &[
    ("a.md", "# The lighthouse\n\nA lamp that turns.\n"),
    ("b.md", "# The quarry\n\nGranite, and a lamp.\n"),
    ("c.md", "# The orchard\n\nApples.\n"),
];

impl Harness {
    fn asks(&self) -> bool {
        matches!(self.state().overlay, Some(Overlay::Question { bytes: 60..200 }))
    }

    fn found(&self) -> usize {
        self.state().list.ids.len()
    }
}

/// A library that was never opened, of more text than is indexed unasked.
fn large() -> Harness {
    Harness::unscanned(FILES).ask_above(60)
}

#[test]
fn titles_are_there_before_the_answer_and_words_after_it() {
    let mut h = large();
    h.scan();
    assert!(h.asks());
    assert_eq!((h.found(), h.state().library.progress.indexed), (3, 0));
    assert!(h.line(0).contains("3 documents · titles only"), "{}", h.line(0));
    assert!(h.line(23).contains("index 95 bytes of text?  y yes  n not now"), "{}", h.line(23));
    h.keys("jx");
    assert!(h.asks(), "any other key is no answer");
    h.keys("n");
    assert_eq!((h.state().overlay.is_none(), h.state().context()), (true, Context::List));
    h.keys("/quarry");
    assert_eq!((h.found(), h.line(0).contains("titles only")), (1, true), "{}", h.line(0));
    h.keys("<Ctrl-u>lamp");
    assert_eq!(h.found(), 0);
    assert!(h.screen().contains("Only titles were"), "{}", h.screen());
    h.keys("<Esc>").scan();
    assert!(!h.asks(), "it is asked once");
    h.keys("R");
    assert!(h.asks(), "or when it is asked for");
    h.keys("y/lamp");
    assert_eq!((h.found(), h.state().library.progress.indexed), (2, 3));
    assert!(!h.screen().contains("titles only"), "{}", h.screen());
    h.write("d.md", &"# Another\n\nMore than a lamp.\n".repeat(9)).keys("<Esc>").scan();
    assert!(!h.asks(), "a yes is a yes");
}

#[test]
fn enter_agrees_and_esc_and_q_do_not() {
    for (key, indexed) in [("<Enter>", 3), ("Y", 3), ("<Esc>", 0), ("q", 0), ("N", 0)] {
        let mut h = large();
        h.scan().keys(key);
        assert_eq!((h.asks(), h.state().library.progress.indexed), (false, indexed), "{key}");
    }
}

#[test]
fn who_types_is_not_asked_meanwhile() {
    let mut h = large();
    h.keys("/").scan();
    assert!(!h.asks());
    h.keys("any");
    assert_eq!(h.state().filter.text(), "any");
    h.keys("<Esc>");
    assert!(h.asks());
}

#[test]
fn little_text_is_indexed_unasked() {
    let mut h = Harness::unscanned(FILES).ask_above(1_000);
    h.scan();
    assert_eq!((h.asks(), h.state().library.progress.indexed), (false, 3));
}

/// What was not indexed the last time is asked about again, though nothing has changed since.
#[test]
fn the_next_start_asks_again() {
    let mut h = large();
    h.scan().keys("n");
    let mut h = h.reopened().ask_above(60);
    h.scan();
    assert!(h.asks());
}
