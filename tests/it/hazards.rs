//! What must not happen whatever comes in: a control character in a cell, a panic, a list and a text that disagree.

use std::cell::RefCell;

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use recto::{
    keymap::BINDINGS,
    state::{Chord, Context, Key, MouseKind},
};

use super::{
    articles::ARTICLES,
    gate::{HOSTILE, SHOWN, is_harmful},
    harness::Harness,
};

/// Draws, and looks at every cell.
fn check(h: &mut Harness) {
    let (buffer, cursor) = h.draw();
    let area = buffer.area;
    for cell in &buffer.content {
        assert!(!cell.symbol().chars().any(is_harmful), "{:?}", cell.symbol());
    }
    // The buffer drops some of it by itself; what goes into it has to be clean already.
    let state = h.state();
    let rows = state.list.rows.iter().flat_map(|row| [Some(row.title.text()), row.folder.as_ref(), row.error.as_ref()]);
    let runs = state.reader.page.rows.iter().flat_map(|row| row.runs.iter().map(|run| &run.text));
    let said = state.message.iter().map(|(message, _)| &message.text);
    for text in rows.flatten().chain(runs).chain(said).chain([&state.library.name]) {
        assert!(!text.chars().any(is_harmful), "{:?}", text.as_str());
    }
    if let Some((x, y)) = cursor {
        assert!(x < area.width && y < area.height, "the cursor at {x},{y} of {area:?}");
    }
    let state = h.state();
    let list = &state.list;
    assert!(list.cursor < list.ids.len().max(1), "the cursor is behind the list");
    let height = state.geometry().list.height;
    if height > 0 {
        assert!(list.rows.len() <= height);
        assert!((list.top..list.top + height).contains(&list.cursor), "the cursor is not on the screen");
    }
}

/// In titles, texts, tables, code, file names, reasons, queries and pasted text.
#[test]
fn no_control_reaches_a_cell() {
    let markdown = format!(
        "---\ntitle: \"T {HOSTILE}\"\nauthor: \"A {HOSTILE}\"\n---\n# H {HOSTILE}\n\nword {HOSTILE} [l {HOSTILE}](http://x/{HOSTILE})\n\n\
         ```\ncode {HOSTILE}\n```\n\n| a {HOSTILE} | b |\n|---|---|\n| c | d {HOSTILE} |\n\n- [ ] item {HOSTILE}\n\n[^1]: note {HOSTILE}\n"
    );
    let name = format!("{}.md", HOSTILE.replace('/', "_"));
    let mut h = Harness::new(&[
        ("a.md", &markdown),
        (&name, "word without a title\n"),
        ("b.txt", &format!("word {HOSTILE}\n\n{HOSTILE}\n")),
        (&format!("c{}.txt", HOSTILE.replace('/', "_")), "\0\0\0\u{1}\0"),
    ]);
    for keys in [
        "",
        "j",
        "j",
        "j",
        "gi",
        "<Esc>?",
        "<Esc>/word",
        "<Enter><Enter>n",
        "/word<Enter>",
        ":T<Enter>",
        "Y",
        "<Esc><Esc><Esc>",
    ] {
        check(h.keys(keys));
        for (columns, rows) in [(20, 5), (200, 60), (80, 24)] {
            check(h.resize(columns, rows));
        }
    }
    for before in ["/", "<Esc><Enter>/", "<Esc>:", "<Esc>|", "<Esc>?/"] {
        check(h.keys(before).paste(HOSTILE));
        check(h.keys("<Enter>"));
    }
    let mut h = Harness::single("x.md", &markdown);
    check(&mut h);
    check(&mut Harness::pipe(HOSTILE));
}

/// What a text holds beside words is seen for what it is, wherever it stands. The buffer drops it without a sign, and so
/// hid that it came there.
#[test]
fn controls_are_seen_as_signs() {
    let cell = HOSTILE.replace('\r', "");
    let markdown = format!(
        "# T {HOSTILE}\n\npara {HOSTILE}\n\n```\ncode {HOSTILE}\n```\n\n| cell {cell} | b |\n|---|---|\n| c | d |\n"
    );
    let name = format!("n {}.md", HOSTILE.replace('/', "_"));
    let mut h = Harness::new(&[(&name, &markdown)]).size(200, 60);
    let list = h.line(1);
    assert!(list.contains(&format!("T {SHOWN}")), "{list}");
    let text = h.keys("z").screen();
    for word in ["T", "para", "code", "cell"] {
        assert!(text.contains(&format!("{word} {SHOWN}\u{fffd}32m")), "{word}: {text}");
    }
    let details = h.keys("i").screen();
    for field in ["title     T", "/n"] {
        assert!(details.contains(&format!("{field} {SHOWN}")), "{field}: {details}");
    }
    let said = h.keys("<Esc>Y").line(59);
    assert!(said.contains("copied") && said.contains(&format!("/n {SHOWN}")), "{said}");
}

/// One thing that somebody does, or that happens meanwhile.
#[derive(Clone, Debug)]
enum Step {
    Press(Chord),
    Paste(String),
    Resize(usize, usize),
    Mouse(MouseKind, usize, usize),
    Wait(u64),
    Hold,
    Release,
    Scan,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let bound: Vec<Chord> = BINDINGS.iter().flat_map(|binding| binding.chords()).collect();
    let named = [Key::Enter, Key::Esc, Key::Up, Key::Down, Key::Tab, Key::Backspace].map(Chord::plain);
    let wheel = [MouseKind::Click, MouseKind::WheelUp, MouseKind::WheelDown];
    let step = prop_oneof![
        24 => prop::sample::select(bound).prop_map(Step::Press),
        8 => prop::sample::select(named.to_vec()).prop_map(Step::Press),
        8 => prop::sample::select("aeginrst \"-|:/019%é漢".chars().collect::<Vec<_>>()).prop_map(|c| Step::Press(Chord::char(c))),
        2 => prop::sample::select(vec!["gull", "integrity cust", "title:opening", "\u{1b}[A\n\u{202e}", "\"the lens"]).prop_map(|t| Step::Paste(t.to_owned())),
        4 => (0usize..=100, 0usize..=40).prop_map(|(columns, rows)| Step::Resize(columns, rows)),
        2 => (prop::sample::select(wheel.to_vec()), 0usize..100, 0usize..40).prop_map(|(kind, x, y)| Step::Mouse(kind, x, y)),
        2 => (0u64..70_000).prop_map(Step::Wait),
        1 => Just(Step::Hold),
        2 => Just(Step::Release),
        1 => Just(Step::Scan),
    ];
    prop::collection::vec(step, 60)
}

fn take(h: &mut Harness, step: &Step) {
    match step {
        Step::Press(chord) => h.press(*chord),
        Step::Paste(text) => h.paste(text),
        Step::Resize(columns, rows) => h.resize(*columns, *rows),
        Step::Mouse(kind, column, row) => h.mouse(*kind, *column, *row),
        Step::Wait(milliseconds) => h.wait(*milliseconds),
        Step::Hold => h.hold(),
        Step::Release => h.release(),
        Step::Scan => h.scan(),
    };
}

/// Whatever is pressed, at whatever size: no panic, nothing harmful in a cell, in the end the text is the document under
/// the cursor and the list is the answer to what is typed, and Esc leads back.
#[test]
fn any_keys_at_any_size() {
    let library = RefCell::new(Some(Harness::new(ARTICLES)));
    let config = Config { cases: 40, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let run = |steps: Vec<Step>| {
        let mut h = library.borrow_mut().take().unwrap_or_else(|| Harness::new(ARTICLES)).fresh();
        for step in &steps {
            take(&mut h, step);
            check(&mut h);
        }
        let opened = |h: &Harness| h.state().reader.shown().map(|opened| opened.id);
        h.release();
        prop_assert_eq!(opened(&h), h.state().list.selected());
        prop_assert!(!h.state().awaits(), "an answer never came");
        if let Some(editing) = &h.state().filter.line {
            prop_assert_eq!(editing.line.text().trim(), h.state().filter.standing.trim());
        }
        for _ in 0..8 {
            h.keys("<Esc>");
        }
        let state = h.state();
        prop_assert_eq!((state.context(), state.filter.standing.as_str()), (Context::List, ""), "the way back");
        *library.borrow_mut() = Some(h);
        Ok(())
    };
    TestRunner::new(config).run(&steps(), run).unwrap();
}

/// The same with one document and no list.
#[test]
fn any_keys_in_a_single_document() {
    let config = Config { cases: 24, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let run = |steps: Vec<Step>| {
        let mut h = Harness::single("log.md", ARTICLES[4].1);
        for step in &steps {
            take(&mut h, step);
            check(&mut h);
        }
        Ok(())
    };
    TestRunner::new(config).run(&steps(), run).unwrap();
}

/// A date that says a zone as nobody can have it is a date without one, or none.
#[test]
fn no_zone_of_a_date_is_too_large() {
    for zone in ["+-99999999", "--2147483648", "+99999999999999999999", "-2359", "+", "+١٢", "GMT+-9999999"] {
        let mail = format!(
            "From: a@example.org\nDate: Tue, 12 Mar 2024 14:30:00 {zone}\nSubject: A\nMessage-ID: <a@b>\n\nText.\n"
        );
        let source = recto::formats::Source::memory("a.eml", mail);
        let document = recto::formats::open(&source, &recto::formats::Entry::default()).unwrap();
        assert!(document.meta.date.is_none_or(|date| date.year() == 2024), "{zone}");
    }
}

/// A sheet of the old Excel that says it has more cells than there is memory for is read all the same, or not at all.
#[test]
fn no_room_is_made_for_cells_that_a_sheet_only_speaks_of() {
    let cases = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/spreadsheet");
    let mut tried = 0;
    for folder in std::fs::read_dir(cases).unwrap() {
        let path = folder.unwrap().path().join("input.xls");
        let Ok(mut bytes) = std::fs::read(path) else { continue };
        let found = bytes.windows(4).position(|record| record == [0, 2, 14, 0]);
        let Some(at) = found else { continue };
        bytes[at + 4..at + 16].copy_from_slice(&[0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 255, 255]);
        let source = recto::formats::Source::memory("a.xls", bytes);
        let _ = recto::formats::open(&source, &recto::formats::Entry::default());
        tried += 1;
    }
    assert!(tried > 0);
}
