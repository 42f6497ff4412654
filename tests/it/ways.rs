//! Finding the way in a text and between texts: contents, leaps, and the way back.

use recto::{
    doc::Anchor,
    state::{Context, Effect, Focus, Overlay},
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
    super::harness::text_of(&h.state().reader.page.rows)
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

/// Links of every kind.
fn links() -> Harness {
    let filler = "A line of text that stands between.\n\n".repeat(30);
    let text = format!(
        "# Links\n\nInside to [the end](#the-end), with a note[^n], to [another](sub/other%20one.md#needle), to \
         [nothing](gone.md), [a picture](picture.png) and out to https://example.org/a?b=c#d and \
         [a place that is not here](#nowhere).\n\n{filler}## The end\n\nThis is it.\n\n[^n]: The note.\n"
    );
    let other = format!("# Another\n\n{filler}## Needle\n\nFound.\n\n{filler}");
    Harness::new(&[("a.md", &text), ("sub/other one.md", &other), ("picture.png", "not a picture")])
}

fn message(h: &Harness) -> String {
    h.state().message.as_ref().map(|(message, _)| message.text.to_string()).unwrap_or_default()
}

#[test]
fn a_link_is_followed_by_its_number() {
    let mut h = links().size(100, 24);
    h.keys("<Enter>f");
    let screen = h.screen();
    for number in 1..=7 {
        assert!(screen.contains(&format!(" {number} ")), "{number}: {screen}");
    }
    h.keys("1");
    assert_eq!(h.state().context(), Context::Text);
    assert!(page(&h).contains("This is it."), "{}", page(&h));
    h.keys("Hf2<Enter>");
    assert!(page(&h).contains("The note."), "a footnote: {}", page(&h));
    h.keys("Hf4");
    assert!(message(&h).starts_with("no such file"), "{}", message(&h));
    h.keys("f7");
    assert!(message(&h).contains("#nowhere"), "{}", message(&h));
    h.keys("f8");
    assert_eq!(h.state().context(), Context::Links, "there is no such number");
    h.keys("<Esc>");
    assert_eq!((h.state().context(), h.state().focus), (Context::Text, Focus::Text));
}

#[test]
fn a_link_leads_into_another_document_and_back() {
    let mut h = links().size(100, 24);
    let title = |h: &Harness| h.state().reader.opened.as_ref().unwrap().row.title.clone();
    h.keys("<Enter>jf3");
    assert_eq!(title(&h), "Another");
    assert!(page(&h).trim_start().starts_with("Needle"), "{}", page(&h));
    h.keys("H");
    assert_eq!(title(&h), "Links");
    h.keys("L");
    assert!(page(&h).trim_start().starts_with("Needle"), "{}", page(&h));
    // Out of a filter that does not hold it, too.
    h.keys("H<Esc>/picture<Enter><Enter>gf3");
    assert_eq!((title(&h).as_str(), h.state().filter.standing.as_str()), ("Another", ""));
}

#[test]
fn what_leads_out_is_asked_first() {
    let mut h = links().size(100, 24);
    h.keys("<Enter>f6").effects();
    assert!(h.screen().contains("https://example.org/a?b=c#d"), "{}", h.screen());
    assert_eq!(h.keys("<Esc>").effects(), []);
    h.keys("f6<Enter>");
    assert_eq!(h.effects().last(), Some(&Effect::Open("https://example.org/a?b=c#d".into())));
    h.keys("f5").effects();
    assert!(h.screen().contains("picture.png"));
    assert!(matches!(h.keys("<Enter>").effects().as_slice(), [Effect::Open(path)] if path.ends_with("picture.png")));
}

#[test]
fn a_number_with_two_digits_waits_for_the_second() {
    let text: String = (1..=12).map(|n| format!("[link {n}](#part-{n}) ")).collect();
    let parts: String = (1..=12).map(|n| format!("\n\n## Part {n}\n\n{}", "Text.\n\n".repeat(30))).collect();
    let mut h = Harness::new(&[("a.md", &format!("# Many\n\n{text}{parts}"))]).size(100, 24);
    h.keys("<Enter>f1");
    assert_eq!(h.state().context(), Context::Links);
    h.keys("2");
    assert!(page(&h).trim_start().starts_with("Part 12"), "{}", page(&h));
    h.keys("Hf1<Enter>");
    assert!(page(&h).trim_start().starts_with("Part 1\n"), "{}", page(&h));
    h.keys("Hf3");
    assert!(page(&h).trim_start().starts_with("Part 3"), "{}", page(&h));
}

#[test]
fn the_whole_page_is_one_key_away_from_the_article() {
    let article = "<p>A paragraph of the article, which is long enough to be taken for one, with commas, and more.</p>";
    let page_ = format!(
        "<!doctype html><title>A page</title><body><nav><a href='/'>Home of the site</a></nav>\
         <main><h1>A page</h1>{}</main><footer>Imprint of the site</footer></body>",
        article.repeat(12)
    );
    let mut h = Harness::new(&[("page.html", &page_), ("z.md", "# Other\n")]).size(100, 60);
    h.keys("<Enter>");
    assert!(page(&h).contains("A paragraph of the article") && !page(&h).contains("Imprint"), "{}", page(&h));
    h.keys("W");
    assert!(page(&h).contains("Home of the site") && page(&h).contains("Imprint"), "{}", page(&h));
    assert_eq!(message(&h), "the whole page");
    // A filter lights up in the page that is shown.
    h.keys("/imprint<Enter>");
    assert_eq!(h.state().reader.hits().len(), 1);
    h.keys("<Esc>W");
    assert!(!page(&h).contains("Imprint"), "{}", page(&h));
    h.keys("WJK");
    assert!(!page(&h).contains("Imprint"), "another document begins with the article again");
}
