//! What the screen shows, as text: keys go in, a picture of the cells comes out and is compared with the one in
//! `snapshots/`. `INSTA_UPDATE=always` writes them; each is read before it is kept.

use insta::assert_snapshot;
use recto::{
    state::{Outcome, Progress},
    ui::Depth,
};

use super::{articles::ARTICLES, harness::Harness};

fn articles() -> Harness {
    Harness::new(ARTICLES)
}

#[test]
fn the_list_stands_beside_the_text() {
    assert_snapshot!(articles().screen());
}

#[test]
fn a_filter_is_typed() {
    let mut h = articles();
    h.keys("/integrity cust");
    assert_eq!(h.cursor(), Some((17, 1)));
    assert_snapshot!(h.styled());
}

#[test]
fn a_filter_is_taken() {
    assert_snapshot!(articles().keys("/integrity<Enter><Down>").screen());
}

#[test]
fn the_text_has_the_focus() {
    assert_snapshot!(articles().keys("/integrity<Enter><Enter>n").styled());
}

#[test]
fn nothing_is_found() {
    assert_snapshot!(articles().keys("/integrity gull lighthouse").screen());
}

#[test]
fn nothing_is_found_while_the_index_is_built() {
    let mut h = articles();
    let progress = Progress { scanning: true, indexed: 4, total: 9, ..Progress::default() };
    h.outcome(Outcome::Library(progress));
    assert_snapshot!(h.keys("/zeppelin").screen());
}

#[test]
fn a_narrow_screen_shows_the_list() {
    assert_snapshot!(articles().size(60, 20).screen());
}

#[test]
fn a_narrow_screen_shows_the_text() {
    assert_snapshot!(articles().size(60, 20).keys("/integrity<Enter><Enter>").screen());
}

#[test]
fn a_narrow_screen_shows_the_filter() {
    assert_snapshot!(articles().size(60, 20).keys("/integrity").screen());
}

#[test]
fn a_large_screen_is_used() {
    assert_snapshot!(articles().size(200, 60).keys("<Enter>").screen());
}

#[test]
fn the_smallest_screen_shows_the_list() {
    assert_snapshot!(articles().size(20, 5).screen());
}

#[test]
fn the_smallest_screen_shows_the_text() {
    assert_snapshot!(articles().size(20, 5).keys("<Enter><Space>").screen());
}

#[test]
fn the_smallest_screen_shows_a_filter() {
    assert_snapshot!(articles().size(20, 5).keys("/integrity").screen());
}

/// Frame and air took all of its rows but one.
#[test]
fn the_smallest_screen_shows_an_overlay() {
    let mut h = articles().size(20, 5);
    let overlays = ["s", "<Esc>?", "/half", "<Esc><Esc>?G"].map(|keys| h.keys(keys).screen());
    assert_snapshot!(overlays.join("\n====================\n"));
}

#[test]
fn below_that_one_line_says_so() {
    assert_snapshot!(articles().size(19, 4).screen(), @"recto needs 20x5");
    assert_snapshot!(articles().size(1, 1).screen(), @"r");
    assert_snapshot!(articles().size(0, 0).screen(), @"");
}

#[test]
fn the_help() {
    assert_snapshot!(articles().keys("?").screen());
}

#[test]
fn the_help_is_narrowed() {
    assert_snapshot!(articles().keys("?/next").screen());
}

#[test]
fn the_help_of_a_large_screen() {
    assert_snapshot!(articles().size(100, 100).keys("?").screen());
}

#[test]
fn the_orders() {
    assert_snapshot!(articles().keys("s<Down>").screen());
}

#[test]
fn the_details() {
    let mut h = articles();
    h.keys("<Down>i");
    let opened = h.core.state.reader.opened.as_mut().unwrap();
    opened.row.path = "/library/articles/customers/promises.md".into();
    assert_snapshot!(h.screen());
}

#[test]
fn a_find_is_typed() {
    let mut h = articles();
    h.keys("<Enter>/custom");
    assert_eq!(h.cursor(), Some((13, 23)));
    assert_snapshot!(h.styled());
}

#[test]
fn a_place_to_go_to_is_typed() {
    assert_snapshot!(articles().keys(":what it c").screen());
}

#[test]
fn a_section_is_gone_to() {
    assert_snapshot!(articles().keys(":what it c<Enter>").screen());
}

#[test]
fn a_document_that_cant_be_read() {
    let mut h = Harness::new(&[
        ("a.md", "# Alpha\n\nText.\n"),
        ("broken.txt", "\0\u{1}\0\0\u{2}\0rubbish\0\0\0\0"),
        ("paper.pdf", "%PDF-1.7\nrest"),
    ]);
    assert_snapshot!(h.keys("<Down>").screen());
}

#[test]
fn an_empty_library() {
    assert_snapshot!(Harness::new(&[]).scan().screen());
}

#[test]
fn a_library_that_is_new() {
    assert_snapshot!(Harness::unscanned(ARTICLES).screen());
}

#[test]
fn a_library_that_is_being_read() {
    let mut h = articles();
    let progress = Progress { scanning: true, indexed: 4, total: 9, unreadable: 2, ..Progress::default() };
    h.outcome(Outcome::Library(progress));
    assert_snapshot!(h.screen());
}

#[test]
fn a_document_by_itself() {
    assert_snapshot!(Harness::single("log.md", ARTICLES[4].1).screen());
}

#[test]
fn a_piped_text() {
    let text = "\u{1b}[33mcommit 1f2e3d\u{1b}[m\nAuthor: Ann\n\n    Mend the stair\n\n-old step\n+new step\n";
    assert_snapshot!(Harness::pipe(text).styled());
}

#[test]
fn the_page_was_turned() {
    assert_snapshot!(articles().size(80, 16).keys("<Enter><Space>").screen());
}

#[test]
fn the_list_is_hidden() {
    assert_snapshot!(articles().size(110, 16).keys("z").screen());
}

#[test]
fn something_failed() {
    let mut h = articles();
    let why = "articles/lighthouse.md: \u{1b}[31mpermission denied".to_owned();
    h.outcome(Outcome::Failed { ticket: None, why });
    assert_snapshot!(h.styled());
}

#[test]
fn nothing_but_ascii() {
    let mut h = articles().view(|view| view.ascii = true);
    h.keys("/integrity<Enter><Enter>").wait(6_000);
    let text = h.keys("<Space><Space>").screen();
    assert_snapshot!(text);
    let overlay = h.keys("?").screen();
    let foreign: Vec<char> = text.chars().chain(overlay.chars()).filter(|c| !c.is_ascii()).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}

/// Each theme, and each number of colours, on one small screen that holds what they tell apart.
#[test]
fn themes() {
    for theme in ["dark", "light", "sepia", "high-contrast", "terminal", "plain"] {
        let mut h = colours(theme, Depth::True);
        assert_snapshot!(format!("theme_{theme}"), h.styled());
    }
    for depth in [Depth::None, Depth::Sixteen, Depth::Indexed] {
        let mut h = colours("auto", depth);
        assert_snapshot!(format!("theme_auto_{depth:?}").to_lowercase(), h.styled());
    }
    assert_snapshot!("theme_light_sixteen", colours("light", Depth::Sixteen).styled());
}

fn colours(theme: &str, depth: Depth) -> Harness {
    let text =
        "# Heading\n\nBoth *words* and **words**, `code`, a [link](https://example.org).\n\n> A word of another.\n";
    let mut h = Harness::new(&[("a.md", text), ("b.md", "# Other words\n"), ("c.txt", "\0\0\0\0")])
        .depth(depth)
        .size(80, 12)
        .view(|view| view.theme.name = theme.to_owned());
    h.keys("/word<Enter><Enter>n");
    h
}
