//! The screen for who listens to it: no lines and signs for nothing, and the cursor where something changes.

use recto::state::Context;

use super::{articles::ARTICLES, harness::Harness};

fn listened() -> Harness {
    let mut h = Harness::new(ARTICLES).size(100, 30);
    h.linear();
    h
}

#[test]
fn one_pane_of_plain_lines() {
    let mut h = listened();
    for keys in [
        "",
        "/integrity",
        "<Enter>",
        "<Enter>",
        "<Space>",
        "<Esc><Esc>",
        "s",
        "<Esc>?",
        "<Esc>i",
        "<Esc><Enter>t",
        "<Esc>ma'",
    ] {
        h.keys(keys).draw();
        let screen = h.screen();
        for sign in ["│", "┃", "▌", "●", "◐", "╭", "─", "┫"] {
            assert!(!screen.contains(sign), "{sign} after {keys:?}: {screen}");
        }
    }
}

#[test]
fn states_are_words_and_the_cursor_is_where_the_keys_are() {
    let mut h = listened();
    h.draw();
    assert!(h.line(1).starts_with("I just hung up, not read yet, 2 min, 2009"), "{}", h.line(1));
    assert_eq!(h.cursor(), Some((0, 1)));
    h.keys("jj");
    assert_eq!(h.cursor(), Some((0, 3)));
    h.keys("s");
    assert_eq!((h.state().context(), h.cursor()), (Context::Menu, Some((1, 2))));
    h.keys("<Esc>gg<Enter>");
    assert_eq!(h.cursor(), Some((0, 3)), "the first line of the text");
    h.keys("/integrity<Enter>n");
    let (_, row) = h.cursor().unwrap();
    assert!(h.line(usize::from(row)).contains("ntegrity"), "{}", h.line(usize::from(row)));
}
