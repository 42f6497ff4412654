//! Keys in, what happens out: each key does what the table of keys says of it, and the rules of filtering, reading and
//! remembering hold whatever is pressed when.

use recto::{
    doc::{Anchor, DocId},
    keymap::BINDINGS,
    state::{
        Chord, Context, Effect, Focus, Images, InputKind, Job, MEASURE, MouseKind, Outcome, Overlay, ReadState, Save,
    },
};

use super::{
    articles::ARTICLES,
    harness::{Harness, chords},
};

fn articles() -> Harness {
    Harness::new(ARTICLES)
}

/// Four documents: two long ones that hold `needle` in these paragraphs, one without it and a short one that has it.
fn haystack() -> Harness {
    Harness::new(&[
        ("a.md", &long("Alpha", 60, &[5, 30, 59])),
        ("b.md", &long("Beta", 40, &[3])),
        ("c.md", &long("Gamma", 40, &[])),
        ("d.md", "# Delta\n\nOne needle.\n"),
    ])
}

fn long(title: &str, paragraphs: usize, needles: &[usize]) -> String {
    let mut text = format!("# {title}\n\n");
    for number in 1..=paragraphs {
        let word = if needles.contains(&number) { "needle" } else { "straw" };
        text.push_str(&format!("Paragraph {number} is made of {word} and of nothing else at all.\n\n"));
    }
    text
}

impl Harness {
    fn selected(&self) -> String {
        let list = &self.state().list;
        list.rows.get(list.cursor - list.top).map(|row| row.title.text().to_string()).unwrap_or_default()
    }

    pub fn opened(&self) -> String {
        self.state().reader.opened.as_ref().map(|opened| opened.row.title.clone()).unwrap_or_default()
    }

    fn id(&self) -> DocId {
        self.state().list.selected().unwrap()
    }

    /// The text that is shown.
    pub fn page(&self) -> String {
        super::harness::text_of(&self.state().reader.page.rows)
    }

    fn top(&self) -> Anchor {
        self.state().reader.top.anchor
    }

    fn cursor_row(&self) -> usize {
        self.state().list.cursor
    }

    fn standing(&self) -> &str {
        &self.state().filter.standing
    }

    fn reading(&self) -> ReadState {
        self.state().reader.opened.as_ref().unwrap().reading
    }

    fn hit(&self) -> (Option<usize>, usize) {
        self.state().reader.hit_of()
    }

    /// What is selected in the text.
    fn marked(&self) -> String {
        let reader = &self.state().reader;
        let document = reader.opened.as_ref().unwrap().document.as_ref().unwrap();
        let stretch = reader.selection.as_ref().expect("nothing is selected").stretch();
        recto::layout::text_between(&*document.body, &stretch, usize::MAX).0
    }

    pub fn message(&self) -> String {
        self.state().message.as_ref().map(|(message, _)| message.text.to_string()).unwrap_or_default()
    }
}

/// What each binding does, tried with each of its keys. A binding without a trial here is a failure.
#[test]
fn every_key_does_what_it_says() {
    let mut h = articles();
    for binding in BINDINGS {
        for chord in binding.chords() {
            h = h.fresh().size(80, 24);
            trial(binding.name, &mut h, chord);
        }
    }
}

fn trial(name: &str, h: &mut Harness, key: Chord) {
    h.effects();
    match name {
        "down" => assert_eq!(h.press(key).cursor_row(), 1),
        "up" => assert_eq!(h.keys("jj").press(key).cursor_row(), 1),
        "page-down" => assert_eq!(h.resize(80, 8).press(key).cursor_row(), 5),
        "page-up" => assert_eq!(h.resize(80, 8).keys("G").press(key).cursor_row(), 3),
        "half-down" => assert_eq!(h.resize(80, 8).press(key).cursor_row(), 2),
        "half-up" => assert_eq!(h.resize(80, 8).keys("G").press(key).cursor_row(), 6),
        "top" => assert_eq!(h.keys("jjj").press(key).cursor_row(), 0),
        "bottom" => assert_eq!(h.press(key).cursor_row(), 8),
        "percent" => {
            assert_eq!(h.press(key).cursor_row(), 0);
            assert_eq!(h.keys("50").press(key).cursor_row(), 4);
        }
        "read" => assert_eq!(h.press(key).state().focus, Focus::Text),
        "to-list" => assert_eq!(h.keys("<Enter>").press(key).state().focus, Focus::List),
        "other-pane" => {
            assert_eq!(h.press(key).state().focus, Focus::Text);
            assert_eq!(h.press(key).state().focus, Focus::List);
        }
        "toggle-list" => {
            assert_eq!(h.press(key).state().geometry().list.width, 0);
            assert_eq!(h.state().focus, Focus::Text);
            assert!(h.press(key).state().geometry().list.width > 0);
        }
        "list-narrower" | "list-wider" => {
            let before = h.state().geometry().list.width;
            let after = h.press(key).state().geometry().list.width;
            assert_eq!(after > before, name == "list-wider");
            assert_ne!(after, before);
        }
        "sideways-right" | "sideways-left" => {
            h.write("aaa.md", &format!("```\n{}\n```\n", "wide ".repeat(40))).scan().keys("g");
            h.keys(if name == "sideways-left" { ">>" } else { "" });
            let before = h.state().view.sideways;
            let after = h.press(key).state().view.sideways;
            assert_eq!((after > before, after == before), (name == "sideways-right", false));
            h.remove("aaa.md").scan();
        }
        "read-on" => {
            let first = h.page();
            let last = first.lines().last().unwrap().to_owned();
            h.press(key);
            assert_eq!((h.page().lines().next(), h.state().focus), (Some(last.as_str()), Focus::List));
        }
        "read-back" => {
            let first = h.page();
            assert_eq!(h.keys("<Space>").press(key).page(), first);
        }
        "next-document" => {
            assert_eq!(h.keys("<Enter>").press(key).cursor_row(), 1);
            assert_eq!(h.state().focus, Focus::Text);
        }
        "previous-document" => assert_eq!(h.keys("jj<Enter>").press(key).cursor_row(), 1),
        "filter-list" => assert_eq!(h.press(key).state().context(), Context::Filter),
        "filter" => {
            assert_eq!(h.press(key).state().context(), Context::Filter);
            assert_eq!(h.keys("<Esc><Enter>").press(key).state().context(), Context::Filter);
        }
        "find" => {
            h.keys("<Enter>").press(key);
            assert!(matches!(h.state().overlay, Some(Overlay::Input { kind: InputKind::Find, .. })));
            h.keys("<Esc>?").press(key);
            assert_eq!(h.state().context(), Context::Input);
        }
        "next-hit" => {
            h.keys("/integrity<Enter>");
            assert_eq!((h.hit().0, h.press(key).hit().0), (Some(1), Some(2)));
        }
        "previous-hit" => assert_eq!(h.keys("/integrity<Enter>nn").press(key).hit().0, Some(2)),
        "more-like-this" => {
            assert!(h.press(key).state().filter.standing.starts_with("like:"));
            assert_eq!(h.keys("<Esc>").cursor_row(), 0);
        }
        "conversation" => {
            h.write("z.eml", "From: a@x\nDate: 1 Jan 2024 00:00:00 +0000\nMessage-ID: <1@x>\n\nText\n")
                .scan()
                .keys("G");
            assert_eq!(h.press(key).state().filter.standing, "thread:\"1@x\"");
            h.remove("z.eml").scan();
        }
        "earlier" => {
            h.keys("/gull<Enter><Esc>").press(key);
            assert_eq!((h.state().filter.text(), h.standing()), ("gull", "gull"));
        }
        "save-filter" => {
            h.keys("/gull<Enter>").press(key).keys("<Enter>");
            assert_eq!(h.state().filter.saved.filters[0].name, "gull");
        }
        "saved-filters" => assert_eq!(h.press(key).state().context(), Context::Saved),
        "remove" => {
            h.keys("/gull<Enter><Ctrl-s><Enter>S").press(key).keys("y");
            assert_eq!(h.state().filter.saved.filters, []);
        }
        "complete" => {
            assert_eq!(h.keys("/ti").press(key).state().filter.text(), "title:");
            assert_eq!(h.keys("<Ctrl-u>in:cu").press(key).state().filter.text(), "in:customers");
        }
        "complete-back" => {
            assert_eq!(h.keys("/is:").press(key).state().filter.text(), "is:broken");
            assert_eq!(h.press(key).state().filter.text(), "is:archived");
        }
        "accept" => {
            h.keys("/gull").press(key);
            assert_eq!((h.state().context(), h.standing()), (Context::List, "gull"));
        }
        "back" => assert_eq!(h.keys("/gull<Enter>").press(key).standing(), ""),
        "copy-text" => {
            h.press(key);
            assert!(h.copied().starts_with("\"I couldn't believe it!\" Ross was beside himself"), "{}", h.copied());
            assert!(h.message().starts_with("copied ") && h.message().ends_with(" words"), "{}", h.message());
            h.keys("vs").press(key);
            assert_eq!((h.copied().as_str(), h.message().as_str()), ("\"I couldn't believe it!\"", "copied 5 words"));
        }
        "select" => {
            assert_eq!(h.press(key).marked(), "I");
            assert!(!h.state().reader.selection.as_ref().unwrap().extends);
            assert!(h.press(key).state().reader.selection.as_ref().unwrap().extends);
        }
        "word-on" => assert_eq!(h.keys("v").press(key).marked(), "couldn't"),
        "word-back" => assert_eq!(h.keys("vll").press(key).marked(), "couldn't"),
        "by-word" => assert_eq!(h.keys("v").press(key).press(key).marked(), "I couldn't believe"),
        "by-word-back" => assert_eq!(h.keys("vwww").press(key).marked(), "I couldn't believe"),
        "by-sentence" => {
            assert_eq!(h.keys("v").press(key).marked(), "\"I couldn't believe it!\"");
            assert!(h.press(key).marked().ends_with("as he told the story."), "{}", h.marked());
        }
        "by-sentence-back" => assert_eq!(h.keys("vss").press(key).marked(), "\"I couldn't believe it!\""),
        "by-paragraph" => {
            assert!(h.keys("v").press(key).marked().ends_with("read me a script.\""), "{}", h.marked());
            assert!(h.press(key).marked().ends_with("script.\"\n\nHe had called about a bill. The voice on the line had been friendly and had asked him for the same number four times. It had then offered him something that he did not want, at a price that it called special. So he did what he had never done before: he hung up."), "{}", h.marked());
        }
        "by-paragraph-back" => assert!(h.keys("vpp").press(key).marked().ends_with("read me a script.\"")),
        "other-end" => {
            assert_eq!(h.keys("vllw").marked(), "believe it");
            assert_eq!(h.press(key).keys("b").marked(), "couldn't believe it");
        }
        "quote" => {
            h.keys("vs").press(key);
            assert_eq!(h.copied(), "> \"I couldn't believe it!\"\n>\n> — Ann Weaver, *I just hung up* (2009)\n");
            assert_eq!(h.state().context(), Context::Text);
        }
        "copy-path" => match h.press(key).effects().as_slice() {
            [Effect::Copy(path)] => assert!(path.ends_with("articles/customers/integrity.md"), "{path}"),
            other => panic!("{other:?}"),
        },
        "original" | "editor" => match h.press(key).effects().as_slice() {
            [Effect::Open(path)] if name == "original" => assert!(path.ends_with("integrity.md")),
            [Effect::Edit(path)] if name == "editor" => assert!(path.ends_with("integrity.md")),
            other => panic!("{other:?}"),
        },
        "pipe" => {
            h.press(key).keys("wc -w<Enter>");
            assert_eq!(h.effects(), [Effect::Pipe("wc -w".to_owned())]);
        }
        "details" => {
            assert_eq!(h.press(key).state().context(), Context::Details);
            assert_eq!(h.press(key).state().context(), Context::List);
        }
        "contents" => {
            assert_eq!(h.press(key).state().context(), Context::Contents);
            assert!(h.keys("cost<Enter>").page().trim_start().starts_with("What it cost them"), "{}", h.page());
        }
        "follow-link" => {
            let text = format!("# Links\n\nSee [there](#there).\n\n## There\n\n{}", "Here.\n\n".repeat(60));
            h.write("aaa.md", &text).scan().keys("g<Enter>");
            assert_eq!(h.press(key).state().context(), Context::Links);
            assert!(h.keys("1").page().trim_start().starts_with("There"), "{}", h.page());
            h.remove("aaa.md").scan();
        }
        "mark" => {
            let top = h.press(key).keys("a").top();
            assert_eq!(h.keys("<Enter>G'a").top(), top);
        }
        "marks" => {
            let end = h.keys("<Enter>G").top();
            h.keys("mz").keys("g").press(key);
            assert_eq!(h.state().context(), Context::Marks);
            assert_eq!(h.keys("z").top(), end);
        }
        "go-back" => {
            let start = h.keys("<Enter>").top();
            assert_ne!(h.keys(":100%<Enter>").top(), start);
            assert_eq!(h.press(key).top(), start);
        }
        "go-forward" => {
            let end = h.keys("<Enter>:100%<Enter>").page();
            assert_ne!(h.keys("H").page(), end);
            assert_eq!(h.press(key).page(), end);
        }
        "whole-page" => assert_eq!(h.press(key).message(), "this is all of it: nothing was left out"),
        "order" => assert_eq!(h.press(key).state().context(), Context::Menu),
        "measure-narrower" | "measure-wider" => {
            let before = h.resize(200, 24).state().geometry().text.width;
            let after = h.press(key).state().geometry().text.width;
            assert_eq!((after > before, after == before), (name == "measure-wider", false));
        }
        "measure-usual" => assert_eq!(h.resize(200, 24).keys("++").press(key).state().view.measure, MEASURE),
        "theme" => assert_eq!(h.press(key).state().context(), Context::Menu),
        "rescan" => assert_eq!(h.press(key).effects()[0], Effect::Job(Job::Rescan)),
        "mouse" => {
            assert_eq!(h.press(key).effects(), [Effect::Mouse(true)]);
            assert_eq!(h.press(key).effects(), [Effect::Mouse(false)]);
        }
        "help" => assert_eq!(h.press(key).state().context(), Context::Help),
        "go-to" => {
            h.press(key).keys("what it c<Enter>");
            assert!(h.page().contains("What it cost them"), "{}", h.page());
        }
        "quit" => {
            h.keys("?").press(key);
            assert_eq!((h.state().context(), h.effects().len()), (Context::List, 0));
            assert_eq!(h.press(key).effects().last(), Some(&Effect::Quit(None)));
        }
        "quit-now" => {
            for before in ["", "<Enter>", "/gull", "?", "s", "i", ":", "<Enter>/x"] {
                h.keys("<Esc><Esc><Esc>").keys(before);
                assert_eq!(h.press(key).effects().last(), Some(&Effect::Quit(None)), "after {before:?}");
            }
        }
        "images" => {
            h.core.state.view.images = Images::Shown;
            assert_eq!(h.press(key).state().view.images, Images::Hidden);
            assert_eq!(h.press(key).state().view.images, Images::Shown);
        }
        "justify" => {
            assert!(!h.state().view.justify);
            assert!(h.press(key).state().view.justify);
            assert!(!h.press(key).state().view.justify);
        }
        "suspend" => assert_eq!(h.press(key).effects(), [Effect::Suspend]),
        "redraw" => assert_eq!(h.press(key).effects(), [Effect::Redraw]),
        _ => panic!("nobody has tried what {name} does"),
    }
}

#[test]
fn counts() {
    let mut h = articles();
    assert_eq!(h.keys("5j").cursor_row(), 5);
    assert_eq!(h.keys("3k").cursor_row(), 2);
    assert_eq!(h.keys("40j").cursor_row(), 8);
    assert_eq!(h.keys("0k").cursor_row(), 7, "a zero is no count");
    assert_eq!(h.keys("gg").cursor_row(), 0);
    assert_eq!(h.keys("2<Esc>j").cursor_row(), 1, "Esc takes a count back");
    assert_eq!(h.keys("100%").cursor_row(), 8);
    assert_eq!(h.keys("2K").cursor_row(), 6);
    assert_eq!(h.keys("99999999999999999999999j").cursor_row(), 8);
}

#[test]
fn counts_in_the_text() {
    let mut h = haystack();
    h.keys("<Enter>4j");
    assert!(h.page().trim_start().starts_with("Paragraph 2"), "{}", h.page());
    h.keys("50%");
    let page = h.page();
    let middle: usize = page.split("Paragraph ").nth(1).unwrap().split_whitespace().next().unwrap().parse().unwrap();
    assert!((26..=29).contains(&middle), "{middle}");
    h.keys("G");
    assert!(h.page().contains("Paragraph 60"));
    h.keys("gg");
    assert!(h.page().starts_with("Alpha"));
}

/// It was the percent of the page's end: after `50%` it said 57.
#[test]
fn the_percent_is_the_one_that_was_asked_for() {
    let mut h = haystack();
    h.write("a.md", &long("Alpha", 600, &[])).scan();
    h.keys("<Enter>");
    for (keys, shown) in [("50%", 50), (":50<Enter>", 50), ("1%", 1), ("99%", 99), ("G", 100), ("g", 0), ("100%", 100)]
    {
        h.keys(keys).draw();
        assert_eq!(h.state().reader.percent(), shown, "{keys}");
        assert!(h.line(23).ends_with(&format!("{shown} %")), "{}", h.line(23));
    }
    h.keys("Gk").draw();
    assert_eq!(h.state().reader.percent(), 99, "a row before the end is not the end");
}

/// A key without a meaning was silent, as if recto hung.
#[test]
fn a_key_without_a_meaning_says_so() {
    let mut h = haystack();
    assert_eq!(h.keys("Q").message(), "Q does nothing here");
    assert_eq!(h.keys("j<Enter><Alt-x>").message(), "Alt-x does nothing here");
    assert_eq!(h.keys("s5").message(), "5 does nothing here", "a menu counts nothing");
    assert_eq!(h.keys("<Esc>?Q").message(), "Q does nothing here");
    assert_eq!(h.keys("/Q<Esc><Esc>").message(), "", "letters are typed there");
    assert_eq!(h.keys("5").message(), "", "a count");
    assert_eq!(h.keys("<Esc>\\Q").message(), "");
}

#[test]
fn esc_takes_one_step_back_and_never_quits() {
    let mut h = articles();
    h.keys("/integrity<Enter><Enter>/customers<Enter>?").effects();
    let mut steps = Vec::new();
    for _ in 0..7 {
        h.keys("<Esc>");
        let state = h.state();
        steps.push((state.context(), state.reader.seek.find.is_some(), state.filter.standing.clone()));
    }
    let integrity = "integrity".to_owned();
    assert_eq!(steps[0], (Context::Text, true, integrity.clone()), "the help closes");
    assert_eq!(steps[1], (Context::Text, false, integrity.clone()), "the find ends");
    assert_eq!(steps[2], (Context::List, false, integrity), "the list has the focus");
    for step in &steps[3..] {
        assert_eq!(*step, (Context::List, false, String::new()), "the filter is gone, and no more happens");
    }
    assert!(!h.effects().iter().any(|effect| matches!(effect, Effect::Quit(_))));
}

#[test]
fn esc_in_overlays() {
    for keys in ["?", "?/next", "s", "i", ":12", "|wc"] {
        let mut h = articles();
        h.keys(keys).keys("<Esc>");
        if keys == "?/next" {
            assert_eq!(h.state().context(), Context::Help, "the help is whole again first");
            h.keys("<Esc>");
        }
        assert_eq!(h.state().context(), Context::List, "{keys}");
        assert!(h.state().overlay.is_none(), "{keys}");
    }
}

/// A single document has no list to go back to.
#[test]
fn esc_in_a_single_document() {
    let mut h = Harness::single("log.md", ARTICLES[4].1);
    h.keys("/gull<Enter><Esc><Esc><Esc>h<Tab><Backspace>");
    assert_eq!((h.state().context(), h.state().focus), (Context::Text, Focus::Text));
    assert!(h.state().reader.seek.find.is_none());
    assert!(!h.effects().iter().any(|effect| matches!(effect, Effect::Quit(_))));
}

#[test]
fn typing_narrows_and_selects_the_first_until_the_cursor_is_moved() {
    let mut h = articles();
    h.keys("jjj/");
    assert_eq!(h.selected(), "On Reading Slowly", "nothing is typed yet");
    h.keys("integrity");
    assert_eq!((h.state().list.ids.len(), h.cursor_row()), (2, 0));
    let second = h.keys("<Down>").selected();
    assert_eq!((h.cursor_row(), h.opened()), (1, second.clone()));
    h.keys(" <Backspace>");
    assert_eq!(h.cursor_row(), 0, "typed on: the first again");
    h.keys("<Down><Enter>");
    assert_eq!(h.selected(), second, "taken with the row that was chosen");
    h.keys("<Esc>");
    assert_eq!((h.standing(), h.selected()), ("", second), "clearing keeps the document");
    assert_eq!(h.state().list.ids.len(), 9);
}

#[test]
fn esc_in_the_line_brings_back_the_filter_from_before() {
    let mut h = articles();
    h.keys("/integrity<Enter>j");
    let before = h.selected();
    h.keys("/ gull<Esc>");
    assert_eq!((h.standing(), h.selected()), ("integrity", before.clone()));
    h.keys("/<Ctrl-u>tides");
    assert_eq!(h.selected(), "Tides and tables");
    h.keys("<Esc>");
    assert_eq!((h.standing(), h.selected()), ("integrity", before));
    assert_eq!(h.state().context(), Context::List);
}

#[test]
fn an_emptied_line_shows_everything() {
    let mut h = articles();
    h.keys("/gull");
    assert_eq!(h.state().list.ids.len(), 1);
    h.keys("<Ctrl-u>");
    assert_eq!((h.standing(), h.state().list.ids.len(), h.selected().as_str()), ("", 9, "The keeper's log"));
    h.keys("<Enter>");
    assert_eq!(h.state().context(), Context::List);
}

/// Two Enters right behind the word never open a row of the answer before.
#[test]
fn enter_waits_for_the_answer() {
    let mut h = articles();
    h.hold().keys("/gull<Enter><Enter>");
    assert_eq!((h.state().context(), h.selected().as_str()), (Context::Filter, "I just hung up"));
    h.release();
    assert_eq!((h.standing(), h.state().focus), ("gull", Focus::Text));
    assert_eq!((h.selected().as_str(), h.opened().as_str()), ("The keeper's log", "The keeper's log"));
}

#[test]
fn esc_takes_back_an_enter_that_waits() {
    let mut h = articles();
    h.hold().keys("/gull<Enter><Enter><Esc>").release();
    assert_eq!((h.state().context(), h.state().focus, h.standing()), (Context::List, Focus::List, ""));
    assert_eq!(h.selected(), "I just hung up");
}

/// A key about the document did nothing when it was pressed before the text had come.
#[test]
fn a_key_about_a_document_waits_for_it() {
    let mut h = articles();
    h.effects();
    let copied = |h: &mut Harness| h.effects().into_iter().find(|effect| matches!(effect, Effect::Copy(_)));
    h.hold().keys("jYj");
    assert_eq!((copied(&mut h), h.state().list.cursor), (None, 1), "what follows waits as well");
    h.release();
    assert!(matches!(copied(&mut h), Some(Effect::Copy(path)) if path.ends_with("promises.md")));
    assert_eq!(h.state().list.cursor, 2);
    h.hold().keys("jY<Esc>").release();
    assert_eq!(copied(&mut h), None, "Esc takes it back");
}

#[test]
fn n_goes_through_the_hits_and_on_into_the_next_document() {
    let mut h = haystack();
    h.keys("/needle<Enter>");
    let mut seen = vec![(h.opened(), h.hit())];
    for _ in 0..4 {
        h.keys("n");
        seen.push((h.opened(), h.hit()));
        assert!(h.page().contains("needle"), "{}", h.page());
    }
    let first = |title: &str| seen.iter().find(|(t, _)| t == title).map(|(_, hit)| *hit);
    assert_eq!(first("Alpha"), Some((Some(1), 3)), "{seen:?}");
    assert_eq!(first("Beta"), Some((Some(1), 1)), "{seen:?}");
    assert_eq!(first("Delta"), Some((Some(1), 1)), "{seen:?}");
    let (last, at) = (h.opened(), h.hit());
    h.keys("n");
    assert_eq!((h.opened(), h.hit(), h.message().as_str()), (last, at, "the last hit of the last document"));
    let mut back = vec![(h.opened(), h.hit())];
    for _ in 0..4 {
        h.keys("N");
        back.push((h.opened(), h.hit()));
    }
    back.reverse();
    assert_eq!(seen, back, "the way back is the same");
    assert_eq!(h.keys("N").message(), "the first hit of the first document");
    assert!(
        !h.saved().iter().any(|save| matches!(save, Save::Place(..) | Save::Reading(..))),
        "jumping is not reading"
    );
}

#[test]
fn a_find_owns_n() {
    let mut h = haystack();
    h.keys("/needle<Enter>");
    while h.opened() != "Alpha" {
        h.keys("n");
    }
    h.keys("<Enter>/paragraph 5<Enter>");
    let found = h.hit().1;
    assert!(found > 3, "{found} places");
    let document = h.opened();
    for _ in 0..found + 2 {
        h.keys("n");
    }
    assert_eq!((h.opened(), h.hit()), (document.clone(), (Some(found), found)));
    assert_eq!(h.message(), "the last hit");
    h.keys("<Esc>");
    assert_eq!((h.hit().1, h.opened()), (3, document), "the filter's hits are back");
}

#[test]
fn a_find_that_is_left_goes_back_to_where_it_began() {
    let mut h = haystack();
    h.keys("<Enter>10j");
    let top = h.top();
    h.keys("/59");
    assert_ne!(h.top(), top);
    h.keys("<Esc>");
    assert_eq!((h.top(), h.state().reader.seek.find.is_none()), (top, true));
    h.keys("/zeppelin<Enter>");
    assert_eq!((h.top(), h.message().as_str()), (top, "not in this document: zeppelin"));
}

/// As in less and vim, what is typed is found as it stands, not as words anywhere; an empty line finds it again.
#[test]
fn a_find_is_of_what_stands_side_by_side() {
    let mut h = haystack();
    h.keys("<Enter>/paragraph 5<Enter>");
    let some = h.hit().1;
    h.keys("/paragraph 59<Enter>");
    assert_eq!((h.hit(), some > 1), ((Some(1), 1), true));
    h.keys("<Esc>/<Enter>");
    assert_eq!(h.hit(), (Some(1), 1), "once more");
    h.keys("/paragraph 58|paragraph 59<Enter>");
    assert_eq!(h.hit().1, 2, "either");
}

/// A message stood over the keys for five seconds, whatever was done.
#[test]
fn a_message_goes_with_the_next_key() {
    let mut h = haystack();
    h.keys(":nosuch<Enter>");
    assert_eq!(h.message(), "no such section: nosuch");
    h.keys("j");
    assert_eq!(h.message(), "");
}

#[test]
fn a_counted_g_goes_to_a_row() {
    let mut h = haystack();
    assert_eq!(h.keys("3G").state().list.cursor, 2);
}

/// A document that is written to while it is read stays at its place; it jumped to the best passage.
#[test]
fn a_changed_document_is_read_on_where_it_was() {
    let mut h = haystack();
    h.keys("/needle title:alpha<Enter><Enter>G");
    let (top, opened) = (h.top(), h.opened());
    h.write("a.md", &format!("{}\nAnd a line more.\n", long("Alpha", 60, &[5, 30, 59])));
    h.scan();
    assert_eq!((h.top(), h.opened()), (top, opened));
}

#[test]
fn space_reads_to_the_end_and_on() {
    let mut h = haystack();
    let mut last = h.top();
    let mut pages = 0;
    while h.opened() == "Alpha" {
        assert_eq!(h.selected(), "Alpha");
        h.keys("<Space>");
        assert!(h.opened() != "Alpha" || h.top() > last, "a page without progress");
        last = h.top();
        pages += 1;
    }
    assert!((5..12).contains(&pages), "{pages} pages");
    assert_eq!((h.opened().as_str(), h.selected().as_str()), ("Beta", "Beta"));
    assert!(h.page().starts_with("Beta"), "the next document begins at its start");
    h.keys("jjG<Space><Space>");
    assert_eq!((h.opened().as_str(), h.message().as_str()), ("Delta", "the end of the last document"));
}

/// The page was turned, and the document begun, behind a list that took the whole screen.
#[test]
fn space_shows_the_text_first_where_only_the_list_is_seen() {
    let mut h = haystack().size(60, 20);
    let top = h.top();
    h.keys("<Space>");
    assert_eq!((h.state().focus, h.top()), (Focus::Text, top));
    assert!(h.keys("<Space>").top() > top);
    h.keys("<Esc>b");
    assert_eq!(h.state().focus, Focus::Text);
}

#[test]
fn the_margin_shows_where_the_old_page_ended() {
    let mut h = haystack();
    h.keys("<Enter>");
    let last = h.page().lines().last().unwrap().to_owned();
    h.keys("<Space>");
    let lines: Vec<String> = h.screen().lines().map(str::to_owned).collect();
    let marked = lines.iter().position(|line| line.contains('›')).expect("a mark");
    assert!(h.page().starts_with(&last), "one line of the old page is kept");
    assert!(lines[marked - 1].contains(&last) || lines[marked - 2].contains(&last), "{lines:#?}");
    assert!(!h.keys("j").screen().contains('›'), "scrolled: there is no old page any more");
}

#[test]
fn earlier_filters() {
    let mut h = articles();
    h.keys("/gull<Enter><Esc>/tides<Enter><Esc>/gull<Enter><Esc>");
    assert_eq!(h.state().filter.history, ["gull", "tides"], "each once, the newest first");
    h.keys("/<Up>");
    assert_eq!((h.state().filter.text(), h.selected().as_str()), ("gull", "The keeper's log"));
    h.keys("<Up>");
    assert_eq!(h.state().filter.text(), "tides");
    h.keys("<Up>");
    assert_eq!(h.state().filter.text(), "tides", "there is no older one");
    h.keys("<Down><Down>");
    assert_eq!(h.state().filter.text(), "", "back to what was typed");
    h.keys("<Esc>da<Ctrl-r><Ctrl-r>");
    assert_eq!(h.state().filter.text(), "tides");
    h.keys("<Esc>");
    let mut h = h.reopened();
    assert_eq!(h.keys("<Ctrl-r>").state().filter.text(), "gull", "kept for the next time");
}

#[test]
fn another_order_keeps_the_document_under_the_cursor() {
    let mut h = articles();
    h.keys("jjjj");
    let (before, title) = (h.id(), h.selected());
    for _ in 0..9 {
        h.keys("s<Down><Enter>");
        assert_eq!((h.id(), h.selected()), (before, title.clone()), "{}", h.state().order().name());
    }
    h.keys("sg<Down><Down><Enter>");
    let newest = h.state().filter.order.whole;
    assert_eq!(newest.name(), "newest");
    let saved = h.wait(1_000).saved();
    assert!(saved.iter().any(|save| matches!(save, Save::Library { order, .. } if *order == newest)));
}

#[test]
fn a_resize_keeps_the_line_on_top() {
    let mut h = haystack();
    h.keys("<Enter>21j");
    let top = h.top();
    for (columns, rows) in [(120, 30), (40, 12), (200, 60), (20, 5), (3, 2), (0, 0), (79, 24), (80, 24)] {
        h.resize(columns, rows);
        assert_eq!(h.top(), top, "{columns}x{rows}");
        let first = h.state().reader.page.rows.iter().find(|row| !row.gap).map(|row| (row.block, row.range.clone()));
        if let Some((block, range)) = first.filter(|_| columns >= 20) {
            assert!(block == top.block && range.contains(&top.byte), "{columns}x{rows}: {range:?}");
        }
    }
}

#[test]
fn a_place_is_saved_a_second_after_the_last_movement() {
    let mut h = haystack();
    h.keys("<Enter>").wait(50).effects();
    h.keys("jjj").wait(900).keys("j").wait(999);
    assert!(!places(&mut h), "still moving");
    h.wait(1);
    assert!(places(&mut h));
    assert!(!places(h.wait(60_000)), "and once");
}

fn places(h: &mut Harness) -> bool {
    h.saved().iter().any(|save| matches!(save, Save::Place(..)))
}

#[test]
fn a_place_is_saved_on_every_way_out() {
    for way in ["q", "<Ctrl-c>", "<Esc>", "J", "<Tab>", ":q<Enter>"] {
        let mut h = haystack();
        h.keys("<Enter>12j").effects();
        let top = h.top();
        h.keys(way);
        assert!(places(&mut h), "{way}");
        let mut h = h.reopened();
        h.keys("g");
        assert_eq!((h.opened().as_str(), h.top()), ("Alpha", top), "{way}");
    }
}

#[test]
fn browsing_and_jumping_save_no_place() {
    let mut h = haystack();
    h.keys("jjk/needle<Enter>nn").wait(10_000);
    h.keys(":50<Enter>").wait(10_000);
    let saved = h.saved();
    assert!(saved.iter().all(|save| matches!(save, Save::Library { .. } | Save::Query(_))), "{saved:?}");
    assert!(saved.iter().any(|save| matches!(save, Save::Library { .. })), "the list is remembered");
}

#[test]
fn the_list_is_found_again_as_it_was_left() {
    let kept = |leave: fn(&mut Harness)| {
        let mut h = articles().size(80, 8);
        h.keys("5j2k");
        leave(&mut h);
        let (title, above) = (h.selected(), h.cursor_row() - h.state().list.top);
        let h = h.reopened();
        assert_eq!((h.selected(), h.cursor_row() - h.state().list.top), (title, above));
    };
    kept(|h| {
        h.wait(2_000);
    });
    kept(|h| {
        h.keys("q");
    });
}

#[test]
fn begun_after_five_seconds_with_the_focus() {
    let mut h = haystack();
    h.wait(60_000);
    assert_eq!(h.reading(), ReadState::Unread, "seen in the list only");
    h.keys("<Enter>").wait(4_999);
    assert_eq!(h.reading(), ReadState::Unread);
    h.wait(1);
    assert_eq!(h.reading(), ReadState::Begun);
    assert!(h.saved().contains(&Save::Reading(h.id(), ReadState::Begun)));
    assert!(h.line(1).contains('◐'), "{}", h.line(1));
    let h = h.reopened();
    assert_eq!(h.reading(), ReadState::Begun, "and it stays so");
}

#[test]
fn begun_when_scrolled() {
    let mut h = haystack();
    h.keys("<Space>").wait(1_000);
    assert_eq!((h.reading(), h.state().focus), (ReadState::Begun, Focus::List));
}

#[test]
fn finished_at_the_end_no_faster_than_one_reads() {
    let mut h = haystack();
    let words = h.state().reader.opened.as_ref().unwrap().row.words;
    let needed = words * 60_000 / 1_000;
    h.keys("<Enter>G").wait(needed - 1);
    assert_eq!(h.reading(), ReadState::Begun);
    h.wait(1);
    assert_eq!(h.reading(), ReadState::Finished);
    h.keys("g").wait(60_000);
    assert_eq!(h.reading(), ReadState::Finished, "what is finished is never begun again");
}

#[test]
fn not_finished_without_the_end_or_the_focus() {
    let mut h = haystack();
    h.keys("<Enter>jjj").wait(3_600_000);
    assert_eq!(h.reading(), ReadState::Begun, "the end was not seen");
    h.keys("<Esc>j");
    while !h.state().reader.page.at_end {
        h.keys("<Space>");
    }
    h.wait(3_600_000);
    assert_eq!(h.reading(), ReadState::Begun, "the text had no focus");
}

/// A small document is all there is to see at once: reading it takes as long as reading takes.
#[test]
fn a_short_document_is_finished_too() {
    let mut h = haystack();
    h.keys("G<Enter>").wait(5_000);
    assert_eq!(h.reading(), ReadState::Finished);
}

#[test]
fn an_older_load_changes_nothing() {
    let mut h = haystack();
    h.hold().keys("jk");
    let mut held = h.take_held();
    let (newer, older) = (held.pop().unwrap(), held.pop().unwrap());
    h.outcome(newer);
    assert_eq!(h.opened(), "Alpha");
    let page = h.page();
    h.outcome(older);
    assert_eq!((h.opened().as_str(), h.page()), ("Alpha", page));
}

/// The document among what waits.
fn loaded(h: &mut Harness) -> Outcome {
    h.take_held().into_iter().find(|outcome| matches!(outcome, Outcome::Loaded(_))).unwrap()
}

/// The document that is open was asked for twice, with two filters; the answer to the first comes last.
#[test]
fn an_older_load_of_the_same_document_changes_nothing() {
    let mut h = haystack();
    h.hold().keys("/alpha");
    let found = h.take_held().pop().unwrap();
    h.outcome(found);
    let first = loaded(&mut h);
    h.keys(" straw");
    let found = h.take_held().pop().unwrap();
    h.outcome(found);
    let second = loaded(&mut h);
    let same = matches!((&first, &second), (Outcome::Loaded(a), Outcome::Loaded(b)) if a.id == b.id);
    assert!(same, "{first:?} {second:?}");
    h.outcome(second);
    let hits = h.hit();
    h.outcome(first);
    assert_eq!(h.hit(), hits);
}

#[test]
fn an_older_answer_changes_nothing() {
    let mut h = articles();
    h.hold().keys("/g").keys("ull");
    let mut held = h.take_held();
    held.retain(|outcome| matches!(outcome, Outcome::Found(_)));
    let newest = held.pop().unwrap();
    h.outcome(newest);
    assert_eq!((h.standing(), h.state().list.ids.len()), ("gull", 1));
    for older in held {
        h.outcome(older);
        assert_eq!((h.standing(), h.state().list.ids.len()), ("gull", 1));
    }
}

/// The document was on its way when the filter left nothing to show; every frame after it waited for an answer.
#[test]
fn nothing_is_awaited_when_nothing_is_found() {
    let mut h = articles();
    h.hold().keys("j/zeppelin");
    let mut held = h.take_held();
    let found = held.pop().unwrap();
    h.outcome(found);
    held.into_iter().for_each(|outcome| h.outcome(outcome));
    assert!(h.state().reader.shown().is_none());
    assert!(!h.state().awaits());
}

#[test]
fn an_older_find_changes_nothing() {
    let mut h = haystack();
    h.keys("<Enter>").hold().keys("/nee");
    let older = h.take_held().pop().unwrap();
    h.keys("<Ctrl-u>paragraph").release();
    let hits = h.hit();
    assert_eq!(hits.1, 60);
    h.outcome(older);
    assert_eq!(h.hit(), hits);
}

#[test]
fn new_files_leave_the_cursor_where_it_is() {
    let mut h = articles().size(80, 8);
    h.keys("6j2k");
    let (id, above) = (h.id(), h.cursor_row() - h.state().list.top);
    let page = h.page();
    for number in 0..7 {
        h.write(&format!("a{number}.md"), &format!("# New\n\nText {number}.\n"));
    }
    h.scan();
    assert_eq!(h.state().list.ids.len(), 16);
    assert_eq!((h.id(), h.cursor_row() - h.state().list.top), (id, above));
    assert_eq!(h.page(), page);
}

#[test]
fn a_document_that_is_gone_makes_room_for_the_next() {
    let mut h = articles();
    h.keys("4j").remove("lighthouse.md").scan();
    assert_eq!((h.selected().as_str(), h.opened().as_str()), ("Bread, again", "Bread, again"));
}

/// The next document took the place of the text that was being read.
#[test]
fn a_document_that_is_deleted_while_it_is_read_stays_on_the_page() {
    for filter in ["", "/paragraph<Enter>"] {
        let mut h = haystack();
        let next = h.keys(filter).keys("jj").opened();
        let (before, deleted) = (h.keys("k").opened(), h.state().list.ids.len() - 1);
        h.keys("<Enter>3j");
        let (page, file) = (h.page(), h.state().reader.opened.as_ref().unwrap().row.path.clone());
        h.remove(file.file_name().unwrap().to_str().unwrap()).scan();
        assert_eq!((h.opened(), h.page(), h.state().list.ids.len()), (before.clone(), page.clone(), deleted));
        assert_eq!(h.message(), "the file of this text was deleted; the text stays until you leave it");
        h.keys("j");
        h.write("new.md", "# New\n\nA paragraph.\n").scan();
        assert_eq!((h.opened(), h.message()), (before, String::new()), "it is said once");
        assert_ne!(h.page(), page, "it is read on");
        assert_eq!(h.keys("J").opened(), next, "the next one is the one after it");
    }
    let mut h = haystack();
    h.keys("jj<Enter>").remove("c.md").scan();
    assert_eq!(h.opened(), "Gamma");
    h.keys("<Esc>");
    assert_eq!((h.opened(), h.selected()), ("Delta".to_owned(), "Delta".to_owned()), "the list shows what is in it");
    let mut h = haystack();
    h.keys("<Enter>").remove("a.md").remove("b.md").remove("c.md").remove("d.md").scan();
    assert_eq!((h.opened().as_str(), h.state().list.ids.len()), ("Alpha", 0));
    assert!(h.page().contains("Paragraph 1"), "{}", h.page());
    assert_eq!(h.keys("J<Esc>").page(), "");
}

/// A log that is rotated is cut off under whoever reads it.
#[test]
fn what_is_left_of_a_file_that_is_cut_off_is_shown() {
    let lines: String = (0..4_000).map(|n| format!("Line {n} of a log that goes on and on.\n\n")).collect();
    let file = |h: &Harness| h.state().reader.opened.as_ref().unwrap().row.path.clone();
    let cut = |h: &Harness, length| {
        std::fs::OpenOptions::new().write(true).open(file(h)).unwrap().set_len(length).unwrap();
    };
    for single in [true, false] {
        for keys in ["", "k", "<Space>", "G", "50%", "/goes<Enter>nN"] {
            let mut h = match single {
                true => Harness::single("a.log.txt", &lines),
                false => Harness::new(&[("a.txt", &lines)]),
            };
            h.keys("<Enter>50%<Space>");
            cut(&h, 3_000);
            h.keys(keys).draw();
            if !single {
                h.scan().draw();
            } else {
                // Nobody watches a file that was opened by its name.
                h.keys("<Space>g").draw();
            }
            assert!(h.page().contains("of a log that goes on"), "{single} {keys}: {}", h.page());
            assert!(h.keys("gGg").page().starts_with("Line 0"), "{single} {keys}: {}", h.page());
            cut(&h, 0);
            h.keys(keys).keys("kjG50%g").draw();
        }
    }
}

#[test]
fn a_document_that_was_edited_is_read_again_at_its_place() {
    let mut h = haystack();
    h.keys("<Enter>20j");
    let first = h.page().lines().next().unwrap().to_owned();
    h.write("a.md", &format!("{}The very end.\n", long("Alpha", 60, &[5]))).scan();
    assert_eq!(h.page().lines().next().unwrap(), first);
    h.keys("G");
    assert!(h.page().contains("The very end."), "{}", h.page());
}

#[test]
fn a_standing_filter_takes_new_documents_in() {
    let mut h = articles();
    h.keys("/gull<Enter>").write("zz.md", "# Gulls\n\nMore than one.\n").scan();
    assert_eq!((h.state().list.ids.len(), h.selected().as_str()), (2, "The keeper's log"));
}

#[test]
fn a_paste_is_typed() {
    let mut h = articles();
    h.paste("gull\nlens\r\n");
    assert_eq!((h.state().context(), h.state().filter.text()), (Context::Filter, "gull lens"));
    assert_eq!(h.selected(), "The keeper's log");
    h.keys("<Esc><Enter>/").paste("hung\u{1b}[31m");
    assert!(matches!(&h.state().overlay, Some(Overlay::Input { line, .. }) if !line.text().contains('\u{1b}')));
    let mut h = articles();
    h.keys("s").paste("text");
    assert_eq!(h.state().context(), Context::Menu, "a menu takes no text");
}

#[test]
fn the_mouse() {
    let mut h = haystack();
    h.mouse(MouseKind::Click, 5, 3);
    assert_eq!((h.selected().as_str(), h.opened().as_str()), ("Gamma", "Gamma"));
    h.mouse(MouseKind::Click, 50, 10);
    assert_eq!(h.state().focus, Focus::Text);
    let top = h.top();
    h.mouse(MouseKind::WheelDown, 50, 10);
    assert!(h.top() > top);
    assert_eq!(h.mouse(MouseKind::WheelUp, 50, 10).top(), top);
    h.mouse(MouseKind::WheelUp, 5, 3);
    assert_eq!((h.cursor_row(), h.state().focus), (0, Focus::Text), "the wheel turns what is under it");
    h.mouse(MouseKind::Click, 5, 2);
    assert_eq!((h.cursor_row(), h.state().focus), (1, Focus::List));
    h.mouse(MouseKind::Click, 5, 20).mouse(MouseKind::Click, 5, 0).mouse(MouseKind::Click, 32, 5);
    assert_eq!(h.cursor_row(), 1, "there is nothing there");
    h.keys("?").mouse(MouseKind::Click, 5, 1).mouse(MouseKind::WheelDown, 5, 1);
    assert_eq!((h.cursor_row(), h.state().context()), (1, Context::Help), "an overlay lies over it");
}

/// Letters are keys of the help until `/`: what `q` does must not depend on the letter before it.
#[test]
fn the_help_is_narrowed_after_a_slash() {
    let mut h = articles();
    h.keys("?n/nq");
    assert!(matches!(&h.state().overlay, Some(Overlay::Help { line, typing: true, .. }) if line.text() == "nq"));
    assert_eq!(h.keys("<Enter>q").state().context(), Context::List);
}

#[test]
fn a_help_longer_than_the_screen_is_scrolled_to_its_end_and_back() {
    let mut h = articles();
    h.keys("?");
    let first = h.screen();
    h.keys("G");
    assert!(h.screen().contains("a filter that was saved"), "{}", h.screen());
    assert_ne!(h.keys("k").screen(), h.keys("G").screen(), "one row up from the end is seen at once");
    assert_eq!(h.keys("g").screen(), first);
}

#[test]
fn keys_are_written_as_in_the_table() {
    assert_eq!(chords("/a<Ctrl-r><<Enter>>").len(), 6);
}

#[test]
fn the_nearest_spelling_is_one_key_away() {
    let mut h = articles();
    // In the line, at its end, as the shell fish does it; elsewhere in the line the key moves.
    for key in ["<Right>", "<End>", "<Ctrl-e>"] {
        h.keys("/<Ctrl-u>integirty<Left>").keys(key);
        assert_eq!(h.state().filter.text(), "integirty");
        h.keys("<End>").keys(key);
        assert_eq!(
            (h.state().filter.text(), h.standing(), h.state().context()),
            ("integrity", "integrity", Context::Filter)
        );
        assert!(!h.state().list.ids.is_empty());
        h.keys("<Esc>");
    }
    // In the empty list.
    for key in ["<Enter>", "<Right>", "l"] {
        h.keys("/<Ctrl-u>integirty<Enter>");
        assert_eq!((h.state().context(), h.state().list.ids.len()), (Context::List, 0));
        h.keys(key);
        assert_eq!((h.standing(), h.state().context()), ("integrity", Context::List));
        assert!(!h.state().list.ids.is_empty());
        h.keys("<Esc>");
    }
}

/// What is offered was meant for another line.
#[test]
fn a_spelling_is_not_offered_for_what_was_typed_since() {
    let mut h = articles();
    h.keys("/integirty").hold().keys(" gu");
    assert_eq!(h.state().filter.offered(), None);
    h.keys("<Right>");
    assert_eq!(h.state().filter.text(), "integirty gu");
    h.release();
    assert_eq!(h.state().filter.offered(), Some("integrity gu"));
}
