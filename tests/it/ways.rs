//! Finding the way in a text and between texts: contents, leaps, and the way back.

use recto::{
    doc::Anchor,
    layout::text_of,
    state::{Context, Focus, Overlay},
};

use super::harness::Harness;

/// A book of chapters in parts, and another document.
fn book() -> Harness {
    let mut text = "# The Book\n\nBefore all chapters.\n\n".to_owned();
    for (part, name) in ["The Sea", "The Land"].iter().enumerate() {
        text.push_str(&format!("## Part {}: {name}\n\n", part + 1));
        for chapter in 1..=4 {
            text.push_str(&format!("### Chapter {chapter} of {name}\n\n"));
            text.push_str(&format!("What happens in chapter {chapter} of {name}.\n\n").repeat(20));
        }
    }
    Harness::new(&[("book.md", &text), ("other.md", "# Another\n\nNeedle and more.\n"), ("plain.txt", "No heading.")])
}

fn page(h: &Harness) -> String {
    text_of(&h.state().reader.page.rows)
}

fn top(h: &Harness) -> Anchor {
    h.state().reader.top.anchor
}

#[test]
fn the_contents_show_where_one_is_and_lead_elsewhere() {
    let mut h = book().size(80, 24);
    h.keys("<Enter>t");
    let screen = h.screen();
    assert!(screen.contains("▸ The Book"), "{screen}");
    assert!(screen.contains("    Chapter 1 of The Sea"), "{screen}");
    h.keys("jj");
    assert!(h.screen().contains("no such section"), "letters are typed: {}", h.screen());
    h.keys("<Esc>");
    assert_eq!(h.state().context(), Context::Contents, "Esc shows all of them again");
    h.keys("<Down><Down><Down><Enter>");
    assert!(page(&h).starts_with("Chapter 2 of The Sea"), "{}", page(&h));
    assert_eq!((h.state().context(), h.state().focus), (Context::Text, Focus::Text));
    h.keys("t");
    let Some(Overlay::Contents(contents)) = &h.state().overlay else { panic!("no contents") };
    assert_eq!(contents.cursor, 3, "the section that is read is under the cursor");
    h.keys("lan 3<Enter>");
    assert!(page(&h).starts_with("Chapter 3 of The Land"), "{}", page(&h));
    h.keys("t<Esc>");
    assert_eq!(h.state().context(), Context::Text, "and closes");
}

#[test]
fn a_text_without_headings_says_so() {
    let mut h = book();
    h.keys("Gt");
    assert!(h.state().overlay.is_none());
    assert_eq!(h.state().message.as_ref().unwrap().0.text.as_str(), "this text has no headings");
}

#[test]
fn contents_fit_any_screen() {
    for (columns, rows) in [(0, 0), (1, 1), (20, 5), (60, 9), (80, 24), (200, 60)] {
        let mut h = book().size(columns, rows);
        h.keys("<Enter>tchapter<Down><Down>");
        h.screen();
    }
}

#[test]
fn a_leap_can_be_undone_and_done_again() {
    let mut h = book().size(80, 24);
    h.keys("<Enter>jj");
    let start = top(&h);
    h.keys("tlan 3<Enter>");
    let third = top(&h);
    h.keys(":50<Enter>");
    let middle = top(&h);
    assert_eq!(top(h.keys("H")), third);
    assert_eq!(top(h.keys("H")), start);
    h.keys("H");
    assert_eq!(h.state().message.as_ref().unwrap().0.text.as_str(), "nothing to go back to");
    assert_eq!(top(h.keys("LL")), middle);
    h.keys("H");
    assert_eq!(top(h.keys("tsea 1<Enter>H")), third, "a new leap forgets what was come back from");
    h.keys("LL");
    assert_eq!(h.state().message.as_ref().unwrap().0.text.as_str(), "nothing to go forward to");
}
