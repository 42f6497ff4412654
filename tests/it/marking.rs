//! Marks: set, gone to, kept, and found again; and the footnote that is shown over its text.

use recto::state::{Context, Overlay, Save};

use super::harness::Harness;

fn long(title: &str) -> String {
    let paragraphs = (1..=60).map(|n| format!("## Part {n}\n\nParagraph {n} of {title} has some words.\n\n"));
    format!("# {title}\n\n{}", paragraphs.collect::<String>())
}

fn two() -> Harness {
    Harness::new(&[("a.md", &long("Alpha")), ("b.md", &long("Beta"))])
}

fn first_line(h: &mut Harness) -> String {
    h.page().trim_start().lines().next().unwrap_or_default().trim().to_owned()
}

#[test]
fn a_letter_leads_back() {
    let mut h = two();
    h.keys("<Enter>50%ma");
    let middle = first_line(&mut h);
    h.keys("g'a");
    assert_eq!(first_line(&mut h), middle);
    h.keys("''");
    assert_eq!(first_line(&mut h), "Alpha", "two of them lead back to before the leap");
    h.keys("'b");
    assert_eq!(h.message(), "no mark b in this text");
    h.keys("'B");
    assert_eq!(h.message(), "no mark B in this library");
    h.keys("m1");
    assert_eq!(h.message(), "a mark is a letter: a to z in this text, A to Z from anywhere");
    h.keys("m<Esc>");
    assert_eq!(h.state().context(), Context::Text);
    h.keys("50%ma");
    let saved = h.saved();
    let mark = |save: &Save| matches!(save, Save::Mark(_, 'a', Some(_)));
    assert!(saved.iter().any(mark), "{saved:?}");
}

#[test]
fn marks_are_kept_and_follow_the_text() {
    let mut h = two();
    h.keys("<Enter>50%ma");
    let middle = first_line(&mut h);
    let longer = long("Alpha").replace("## Part 1\n", "## Something new\n\nThat was not there.\n\n## Part 1\n");
    h.write("a.md", &longer);
    let mut h = h.reopened();
    h.scan();
    h.keys("<Enter>g'a");
    assert_eq!(h.message(), "");
    assert_eq!(first_line(&mut h), middle);
}

#[test]
fn a_capital_leads_to_its_document() {
    let mut h = two();
    h.keys("<Enter>50%mA");
    let middle = first_line(&mut h);
    h.keys("J'A");
    assert_eq!((h.opened().as_str(), first_line(&mut h)), ("Alpha", middle.clone()));
    h.keys("<Ctrl-o>");
    assert_eq!(h.opened(), "Beta", "and back");
    h.keys("mA");
    h.keys("K").keys("g'A");
    assert_eq!(h.opened(), "Beta", "there is one of each capital");
    h.keys("/alpha<Enter><Enter>'A");
    assert_eq!(h.opened(), "Beta", "also out of a filter that does not hold it");
}

#[test]
fn the_menu_shows_what_is_marked() {
    let mut h = two();
    h.keys("'").draw();
    assert!(h.screen().contains("none yet: m and a letter"), "{}", h.screen());
    h.keys("<Esc><Enter>20%mx80%mb50%mQ").keys("J50%mZ").keys("K'").draw();
    let rows: Vec<String> = match &h.state().overlay {
        Some(Overlay::Marks(marks)) => marks.rows.as_ref().unwrap().iter().map(|r| r.letter.to_string()).collect(),
        other => panic!("{other:?}"),
    };
    assert_eq!(rows, ["x", "Q", "b", "Z"]);
    assert!(h.screen().contains("other  Beta"), "{}", h.screen());
    h.keys("<Down><Down><Enter>");
    assert!(h.state().reader.percent() >= 78, "{}", h.state().reader.percent());
    h.keys("'<Delete>").draw();
    assert_eq!(h.state().context(), Context::Marks, "the menu stays");
    h.keys("<Esc>'x");
    assert_eq!(h.message(), "no mark x in this text");
}

#[test]
fn a_note_is_shown_over_its_text() {
    let text = format!(
        "# Notes\n\nA claim.[^1] Another.[^2]\n\n{}\n[^1]: The *proof*.\n\n    In two parts.\n\n[^2]: No.\n",
        "Filler.\n\n".repeat(60)
    );
    let mut h = Harness::new(&[("a.md", &text)]);
    h.keys("<Enter>f1").draw();
    assert_eq!(h.state().context(), Context::Note);
    let screen = h.screen();
    assert!(screen.contains("note 1") && screen.contains("The proof.") && screen.contains("In two parts."), "{screen}");
    assert!(!screen.contains("No."), "{screen}");
    assert!(screen.contains("A claim."), "the text stays where it was: {screen}");
    h.keys("<Esc>f2<Enter>");
    assert!(h.page().contains("No.") && !h.page().contains("A claim."), "{}", h.page());
    h.keys("H");
    assert!(h.page().contains("A claim."));
}

#[test]
fn the_top_line_says_where_one_is_and_how_much_is_left() {
    let chapter =
        |n: usize| format!("## Chapter {n}\n\n### Beginning {n}\n\n{}\n\n", "Many words stand here. ".repeat(400));
    let text = format!("# Book\n\n{}", (1..=6).map(chapter).collect::<String>());
    let mut h = Harness::new(&[("a.md", &text)]).size(120, 30);
    h.keys("<Enter>").draw();
    assert!(!h.line(1).contains("left"), "{}", h.line(1));
    h.keys("40%").draw();
    assert!(h.line(1).contains("Chapter 3 › Beginning 3"), "{}", h.line(1));
    assert!(h.line(1).contains("min left here · ") && h.line(1).contains(" min in all"), "{}", h.line(1));
    h.keys("G").draw();
    assert!(!h.line(1).contains("left"), "{}", h.line(1));
    h.resize(60, 30).keys("50%").draw();
    assert!(h.line(1).contains("min left") && !h.line(1).contains("here"), "{}", h.line(1));
}
