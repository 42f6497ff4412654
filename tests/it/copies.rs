//! The same text in several files: one row of the list, however it is come by.

use std::{fmt::Write as _, path::Path};

use insta::assert_snapshot;
use recto::{search::Order, state::Count};

use super::harness::Harness;

/// So many different words.
fn prose(of: &str) -> String {
    (0..60).fold(String::new(), |mut text, n| {
        write!(text, "{of}{n} ").unwrap();
        text
    })
}

/// Three files of one text, one of them under another title, and two that stand by themselves.
fn pile() -> Harness {
    let rain = format!("# Rain\n\n{}\n", prose("rain"));
    let titled = format!("---\ntitle: Weather\n---\n\n{rain}");
    Harness::new(&[
        ("a/rain.md", &rain),
        ("b/rain.md", &rain),
        ("c.md", "# Clouds\n\nThey go by.\n"),
        ("d/weather.md", &titled),
        ("e.md", "# Evening\n\nIt goes by, and rain7 with it.\n"),
    ])
}

/// What the rows say, without the signs before it and the columns after it.
fn rows(h: &mut Harness) -> Vec<String> {
    let count = h.state().list.ids.len();
    let lines = h.state().geometry();
    let (top, each) = (lines.list.y, lines.lines);
    let screen = h.screen();
    let rows = screen.lines().skip(top).step_by(each).take(count);
    rows.map(|row| row.chars().skip(4).take_while(|c| *c != '│').collect::<String>())
        .map(|row| row.split("  ").take_while(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "))
        .collect()
}

/// The name of a file within the library.
fn name(path: &Path) -> String {
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    names[names.iter().rposition(|name| name == "articles").unwrap() + 1..].join("/")
}

/// The file that is open.
fn open(h: &Harness) -> String {
    name(&h.state().reader.opened.as_ref().unwrap().row.path)
}

#[test]
fn copies_share_a_row() {
    assert_snapshot!(pile().size(100, 12).styled());
}

/// The title comes before the number of copies, and that before what tells equal titles apart.
#[test]
fn a_row_says_what_it_has_room_for() {
    let mut h = pile();
    assert_eq!(rows(h.resize(100, 12))[0], "Rain · 3 copies · a");
    assert_eq!(rows(h.resize(40, 12))[0], "Rain · 3 copies · a");
    assert_eq!(rows(h.resize(22, 12))[0], "Rain · 3 copies");
    let rain = "# Rain over the hills\n";
    let mut h = Harness::new(&[("a.md", rain), ("b.md", rain)]);
    assert_eq!(rows(h.resize(40, 12)), ["Rain over the hills · a.md"]);
}

/// The nearest relative was the document itself, in another file.
#[test]
fn a_copy_is_no_relative() {
    let mut h = Harness::new(&[
        ("a/rain.md", &format!("# Rain\n\n{}\n", prose("rain"))),
        ("b/rain.md", &format!("# Rain\n\n{}\n", prose("rain"))),
        ("c.md", "# Drops\n\nrain7 rain8 rain9 and rain10\n"),
        ("d.md", "# Clouds\n\nThey go by.\n"),
    ]);
    h.keys("D");
    assert_eq!(rows(&mut h).len(), 1, "{}", h.screen());
    assert!(rows(&mut h)[0].starts_with("Drops"), "{}", h.screen());
}

/// The menu counted files, and the list that it led to showed rows.
#[test]
fn a_saved_filter_counts_rows() {
    let mut h = pile();
    h.keys("/rain7<Ctrl-s><Ctrl-u>wet<Enter><Enter>");
    assert_eq!(h.state().list.ids.len(), 2);
    h.keys("S");
    assert_eq!(h.state().filter.saved.count("wet"), Count::Exactly(2));
}

#[test]
fn the_details_name_every_copy() {
    let mut h = pile();
    h.keys("i").draw();
    let opened = h.core.state.reader.opened.as_mut().unwrap();
    let copies: Vec<String> = opened.around.copies.iter().map(|path| name(path)).collect();
    assert_eq!(
        (name(&opened.row.path).as_str(), copies),
        ("a/rain.md", vec!["b/rain.md".into(), "d/weather.md".into()])
    );
    for path in opened.around.copies.iter_mut().chain([&mut opened.row.path]) {
        *path = Path::new("/library/articles").join(name(path));
    }
    assert_snapshot!(h.screen());
    h.keys("<Esc><Down>i").draw();
    assert!(h.state().reader.opened.as_ref().unwrap().around.copies.is_empty());
}

/// What is found of a text is what stands for it.
#[test]
fn a_filter_finds_any_of_them_and_shows_one() {
    let mut h = pile();
    assert_eq!(rows(h.keys("/rain7<Enter>")), ["Evening", "Rain · 3 copies · a"]);
    assert!(h.line(0).ends_with("2 of 3 · best first"), "{}", h.line(0));
    assert_eq!(rows(h.keys("/<Ctrl-u>in:b<Enter>")), ["Rain · 3 copies · b"]);
    assert_eq!(open(&h), "b/rain.md");
    assert_eq!(rows(h.keys("/<Ctrl-u>title:weather<Enter>")), ["Weather · 3 copies"]);
    assert_eq!(open(&h), "d/weather.md");
}

/// The document under the cursor is not exchanged for a copy of it.
#[test]
fn a_copy_under_the_cursor_keeps_its_row() {
    let mut h = pile();
    h.keys("/title:weather<Enter><Esc>");
    assert_eq!(h.state().filter.standing, "");
    assert_eq!(rows(&mut h), ["Clouds", "Weather · 3 copies", "Evening"]);
    assert_eq!(open(&h), "d/weather.md");
    h.scan();
    assert_eq!(open(&h), "d/weather.md");
    h.wait(2_000);
    let mut h = h.reopened();
    assert_eq!(rows(&mut h), ["Clouds", "Weather · 3 copies", "Evening"]);
    assert_eq!(open(&h), "d/weather.md");
}

#[test]
fn the_row_is_one_in_every_order() {
    for order in Order::ALL {
        let mut h = pile();
        h.core.state.filter.order.whole = *order;
        let effects = h.core.state.ask_again();
        assert_eq!(h.carry(effects).state().list.ids.len(), 3, "{order:?}");
    }
}

#[test]
fn copies_come_and_go() {
    let mut h = pile();
    let rain = format!("# Rain\n\n{}\n", prose("rain"));
    h.write("f/more.md", &rain).scan();
    assert_eq!(rows(&mut h)[0], "Rain · 4 copies · a");
    assert!(h.line(0).ends_with("3 documents"), "{}", h.line(0));
    // The one that stood for all is gone: the next takes its place under the cursor.
    h.remove("a/rain.md").scan();
    assert_eq!((rows(&mut h).len(), open(&h).as_str()), (3, "b/rain.md"));
    assert_eq!(rows(&mut h)[0], "Rain · 3 copies · b");
    h.write("b/rain.md", "# Rain\n\nIt has stopped.\n").scan();
    assert_eq!(rows(&mut h), ["Rain · b", "Clouds", "Weather · 2 copies", "Evening"]);
    assert!(h.line(0).ends_with("4 documents"), "{}", h.line(0));
}

#[test]
fn folding_can_be_turned_off() {
    let mut h = pile().view(|view| view.fold_copies = false);
    h.scan();
    assert_eq!(rows(&mut h), ["Rain · a", "Rain · b", "Clouds", "Weather", "Evening"]);
    assert!(h.line(0).ends_with("5 documents"), "{}", h.line(0));
    assert_eq!(rows(h.keys("/rain7<Enter>")).len(), 4);
    assert!(!h.keys("i").screen().contains("copies"));
}
