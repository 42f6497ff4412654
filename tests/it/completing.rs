//! Tab in the filter line: what it makes of what is typed, and what the screen shows of that.

use recto::{
    memory::SavedFilter,
    state::{Completion, Context, Values},
};

use super::harness::Harness;

fn values() -> Values {
    let list = |values: &[&str]| values.iter().map(ToString::to_string).collect();
    Values {
        folders: list(&["My Notes", "My Papers", "work", "work/2009", "work/2010", "work/2010/may", "old"]),
        types: list(&["log", "markdown", "md", "text"]),
        languages: list(&["english", "german"]),
        authors: list(&["Jane Verne", "Jules Verne", "Zoë \"Z\" Ling"]),
        tags: list(&["sea", "to read", "to write"]),
    }
}

fn saved() -> Vec<SavedFilter> {
    ["letters", "lettuce", "réunion"].map(|name| SavedFilter { name: name.into(), query: "alpha".into() }).into()
}

/// What Tab makes of a line, a bar being the cursor, pressed once and again.
fn tab(line: &str, times: usize, back: bool) -> String {
    let (before, after) = line.split_once('¦').unwrap_or((line, ""));
    let cursor = before.chars().count();
    let Some((mut completion, mut before, mut after)) =
        Completion::begin(&format!("{before}{after}"), cursor, &values(), &saved(), back)
    else {
        return format!("{line} -");
    };
    for _ in 1..times {
        (before, after) = completion.step(back);
    }
    if after.is_empty() { before } else { format!("{before}¦{after}") }
}

#[test]
fn tab_completes_fields_and_then_their_values() {
    for (line, once, twice) in [
        ("ti", "title:", ""),
        ("a", "author:", "after:"),
        ("alpha -ha", "alpha -has:", ""),
        ("IS", "is:", ""),
        ("alpha @let", "alpha @lett", "alpha @letters"),
        ("-@R", "-@réunion", ""),
        ("@x", "@x -", ""),
        ("x|wo", "x|words:", ""),
        ("", "title:", "author:"),
        ("is:", "is:unread", "is:begun"),
        ("is:b", "is:begun", "is:broken"),
        ("-is:st", "-is:starred", ""),
        ("has:l", "has:language", ""),
        ("type:m", "type:markdown", "type:md"),
        ("lang:g", "lang:german", ""),
        ("tag:s", "tag:sea", ""),
        ("tag:t", "tag:\"to ", "tag:\"to read\""),
        ("tag:\"to w", "tag:\"to write\"", ""),
        ("tag:wri", "tag:\"to write\"", ""),
        ("author:j", "author:\"Jane Verne\"", "author:\"Jules Verne\""),
        ("author:zoe", "author:\"Zoë  Z  Ling\"", ""),
        ("in:m", "in:\"My ", "in:\"My Notes\""),
        ("in:wor", "in:work", ""),
        ("in:work", "in:work/20", "in:work/2009"),
        ("in:work/", "in:work/20", "in:work/2009"),
        ("in:/old", "in:/old -", ""),
        ("in:/o", "in:/old", ""),
        ("in:201", "in:2010", ""),
        ("in:work/2010/", "in:work/2010/may", ""),
        ("alpha wo¦ beta", "alpha words:¦ beta", ""),
        ("a \"two wo", "a \"two wo -", ""),
        ("tag:\"sea\"", "tag:\"sea\" -", ""),
        ("xyz", "xyz -", ""),
        ("nothing:x", "nothing:x -", ""),
        ("words:", "words: -", ""),
        ("title:a", "title:a -", ""),
        ("is:unread", "is:unread -", ""),
        ("in:zip", "in:zip -", ""),
    ] {
        assert_eq!(tab(line, 1, false), once, "{line}");
        if !twice.is_empty() {
            assert_eq!(tab(line, 2, false), twice, "{line}");
        }
    }
    assert_eq!(tab("is:", 7, false), "is:unread", "it goes round");
    assert_eq!((tab("is:", 1, true), tab("is:", 2, true)), ("is:broken".to_owned(), "is:archived".to_owned()));
}

fn library() -> Harness {
    Harness::new(&[
        ("work/a.md", "---\nauthor: Jane Verne\ntags: [sea]\ndate: 2009\n---\n\n# Alpha\n\nText\n"),
        ("work/b.md", "---\ndate: 2001\n---\n\n# Beta\n\nText\n"),
        ("writing/c.txt", "Gamma\n\nText\n"),
    ])
}

impl Harness {
    fn filter(&self) -> (&str, usize) {
        (self.state().filter.text(), self.state().list.ids.len())
    }

    fn bottom(&mut self) -> String {
        self.screen().lines().last().unwrap_or_default().trim().to_owned()
    }
}

#[test]
fn the_list_narrows_with_each_candidate() {
    let mut h = library();
    assert_eq!(h.keys("/in:w").filter(), ("in:w", 3));
    assert_eq!(h.keys("<Tab>").filter(), ("in:work", 2));
    assert!(h.bottom().starts_with("work  writing"), "{}", h.bottom());
    assert_eq!(h.keys("<Tab>").filter(), ("in:writing", 1));
    assert_eq!(h.keys("<Shift-Tab>").filter(), ("in:work", 2));
    // Typed on, it begins anew.
    assert_eq!(h.keys("<Space>t<Tab>").filter(), ("in:work title:", 2));
    assert!(h.bottom().starts_with("title:  tag:  type:"), "{}", h.bottom());
    assert_eq!(h.keys("<Tab>").filter(), ("in:work tag:", 2));
    h.keys("s");
    assert!(h.bottom().starts_with("⏎ take"), "{}", h.bottom());
    assert_eq!(h.keys("<Tab><Enter>").filter(), ("in:work tag:sea", 1));
    assert_eq!(h.state().context(), Context::List);
}

/// Whoever types faster than the library answers completes all the same.
#[test]
fn tab_waits_for_what_there_is_to_complete() {
    let mut h = library();
    h.hold().keys("/in:wr<Tab><Space>x");
    assert_eq!(h.filter().0, "in:wr");
    h.release();
    assert_eq!(h.filter(), ("in:writing x", 0));
    // Esc waits for nothing.
    h.hold().keys("<Ctrl-u>in:wr<Tab><Esc>");
    assert_eq!(h.state().context(), Context::List);
}

/// Nothing flashes while a value is typed: the list stays whole, in its order, until there is one.
#[test]
fn a_field_without_a_value_moves_nothing() {
    let mut h = library();
    h.keys("sjj<Enter>");
    let before = h.state().list.ids.clone();
    for typed in ["/is:", "u", "n"] {
        h.keys(typed);
        assert_eq!(h.state().list.ids.len(), before.len(), "{typed}");
    }
    assert_eq!(h.keys("<Ctrl-u>is:").state().list.ids, before);
    h.keys("x");
    assert!(h.screen().contains("there is no is:x, but"), "{}", h.screen());
}

#[test]
fn many_candidates_move_along() {
    let files: Vec<(String, String)> = (10..40).map(|n| (format!("folder{n}/a.md"), format!("# Text {n}\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut h = Harness::new(&files);
    h.keys("/in:fo<Tab>");
    assert_eq!(h.filter().0, "in:folder");
    assert!(h.bottom().starts_with("folder10  folder11") && h.bottom().contains('…'), "{}", h.bottom());
    for _ in 0..30 {
        h.keys("<Tab>");
        let standing = h.filter().0.trim_start_matches("in:").to_owned();
        assert!(h.bottom().contains(&standing), "{standing} in {}", h.bottom());
    }
    for (columns, rows) in [(0, 0), (1, 1), (20, 5), (200, 60)] {
        h.resize(columns, rows).screen();
    }
}
