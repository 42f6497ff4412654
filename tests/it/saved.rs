//! Filters with a name: giving one, the menu of all, and `@name` in the line.

use insta::assert_snapshot;
use recto::{
    memory::{Memory, SavedFilter},
    state::{Context, Count, Outcome, Overlay},
};

use super::{articles::ARTICLES, harness::Harness};

impl Harness {
    fn names(&self) -> Vec<&str> {
        self.state().filter.saved.filters.iter().map(|filter| filter.name.as_str()).collect()
    }

    fn shown(&self) -> (usize, &str) {
        (self.state().list.ids.len(), self.state().filter.text())
    }
}

fn articles() -> Harness {
    Harness::new(ARTICLES)
}

/// With three filters; the last is the one that stands.
fn with_filters() -> Harness {
    let mut h = articles();
    for (query, name) in [("integrity -slow", "honest"), ("title:opening | tides", "openings"), ("re:l.ght", "light")] {
        h.keys("<Esc>/").keys(query).keys("<Ctrl-s><Ctrl-u>").keys(name).keys("<Enter><Enter>");
    }
    h
}

#[test]
fn a_filter_is_named_while_it_is_typed_and_while_it_stands() {
    let mut h = articles();
    h.keys("/integrity customers<Ctrl-s>");
    assert_eq!(h.state().context(), Context::Input);
    assert!(h.line(23).contains("save the filter as @integrity-customers"), "{}", h.line(23));
    h.keys("<Esc>");
    assert_eq!((h.state().context(), h.names().len()), (Context::Filter, 0), "the line goes on");
    h.keys("<Ctrl-s><Enter>");
    assert!(h.line(23).contains("saved as @integrity-customers"), "{}", h.line(23));
    assert_eq!(h.state().context(), Context::Filter);
    // The name that it has is offered again; another filter is not offered the name of this one.
    h.keys("<Enter><Ctrl-s>");
    assert!(h.line(23).contains("@integrity-customers"), "{}", h.line(23));
    h.keys("<Ctrl-u>My  Letters<Enter>");
    assert_eq!(h.names(), ["integrity-customers", "My-Letters"]);
    h.keys("/<Ctrl-u>integrity<Ctrl-s><Ctrl-u>my-letters<Enter>");
    assert!(h.line(23).contains("replaced @my-letters"), "{}", h.line(23));
    let h = h.reopened();
    let queries: Vec<&str> = h.state().filter.saved.filters.iter().map(|filter| filter.query.as_str()).collect();
    assert_eq!(
        (h.names(), queries),
        (vec!["integrity-customers", "my-letters"], vec!["integrity customers", "integrity"])
    );
}

#[test]
fn a_suggested_name_takes_no_others_place() {
    let mut h = articles();
    h.keys("/gull<Ctrl-s><Enter> -x<Ctrl-s><Enter>");
    assert_eq!(h.names(), ["gull", "gull-2"]);
}

#[test]
fn what_can_not_be_saved_says_so() {
    let mut h = articles();
    h.keys("<Ctrl-s>");
    assert!(h.line(23).contains("no filter to save"), "{}", h.line(23));
    h.keys("/gull<Ctrl-s><Ctrl-u>--<Enter>");
    assert!(h.line(23).contains("no word in this name: --"), "{}", h.line(23));
    assert_eq!(h.names().len(), 0);
    let mut h = Harness::single("a.md", "# A\n\nb\n");
    assert_eq!(h.keys("S").state().context(), Context::Text, "one document has no filter");
}

#[test]
fn the_menu_of_saved_filters() {
    let mut h = with_filters().size(80, 24);
    let menu = h.keys("S").screen();
    let asks = h.keys("jx").screen();
    let narrow = h.keys("<Esc>").resize(60, 20).screen();
    assert_snapshot!([menu, asks, narrow].join("\n====================\n"));
}

#[test]
fn a_menu_of_none_says_how_to_get_one() {
    let mut h = articles();
    assert!(h.keys("S").screen().contains("none yet: Ctrl-s names the filter that stands"), "{}", h.screen());
    assert_eq!(h.keys("x<Enter>").state().context(), Context::List);
}

#[test]
fn enter_takes_one_as_if_it_were_typed() {
    let mut h = with_filters();
    h.keys("<Esc>/gull<Enter><Down>S<Enter>");
    assert_eq!((h.shown(), h.state().context()), ((2, "integrity -slow"), Context::List));
    assert_eq!(h.state().filter.history[..2], ["integrity -slow", "gull"]);
    // The texts are looked through for a regular expression, as they are on Enter in the line.
    h.keys("Sj<Enter>");
    assert_eq!((h.shown().1, h.state().filter.answer.unscanned), ("re:l.ght", false));
    assert!(h.shown().0 < ARTICLES.len());
    // From the text as well.
    h.keys("<Enter>SG<Enter>");
    assert_eq!((h.shown(), h.state().context()), ((3, "title:opening | tides"), Context::List));
}

#[test]
fn one_is_removed_only_after_a_yes() {
    let mut h = with_filters();
    h.keys("Sx");
    assert!(h.line(23).contains("remove @honest?  y yes  n no"), "{}", h.line(23));
    for no in ["n", "<Esc>"] {
        h.keys("jx").keys(no);
        assert!(matches!(h.state().overlay, Some(Overlay::Saved { removing: false, .. })), "{no}");
        h.keys("gx");
    }
    assert_eq!(h.names().len(), 3);
    h.keys("y");
    assert!(h.line(23).contains("removed @honest"), "{}", h.line(23));
    assert_eq!((h.names(), h.state().context()), (vec!["light", "openings"], Context::Saved));
    h.keys("G<Delete><Enter>");
    assert_eq!(h.names(), ["light"]);
    let h = h.reopened();
    assert_eq!(h.names(), ["light"]);
}

#[test]
fn a_name_in_the_line_stands_for_its_query() {
    let mut h = with_filters();
    h.keys("<Esc>/@openings");
    assert_eq!(h.shown(), (3, "@openings"));
    assert!(h.screen().contains("3 of 9"), "{}", h.screen());
    h.keys(" -tides");
    assert_eq!(h.shown(), (2, "@openings -tides"));
    h.keys("<Enter>");
    // A filter that is named after it is saved as what it stands for now.
    h.keys("<Ctrl-s><Ctrl-u>two<Enter>SG<Enter>");
    assert_eq!(h.shown(), (2, "title:opening | tides -tides"));
    // Another query under the name that stands is asked at once.
    h.keys("/<Ctrl-u>@honest<Enter>");
    assert!(h.line(23).contains("hit 1/"), "its words are hits: {}", h.line(23));
    let before = h.shown().0;
    h.outcome(Outcome::Saved(h.state().ticket, Vec::new()));
    assert_eq!(h.shown().0, before, "no answer to anything that was asked");
    h.keys("Sxy");
    assert_eq!((h.shown(), h.state().filter.meaning.as_str()), ((0, "@honest"), "@honest"));
}

/// Each count comes by itself, and nothing waits for it; an answer to an earlier request counts for nothing.
#[test]
fn counts_come_one_by_one() {
    let mut h = with_filters();
    h.hold().keys("S");
    let count = |h: &Harness, name| h.state().filter.saved.count(name);
    assert_eq!(count(&h, "honest"), Count::Coming);
    assert!(h.screen().contains("openings"), "the names are there before");
    let told = h.take_held();
    assert_eq!(told.len(), 4);
    for outcome in told {
        h.outcome(outcome);
    }
    let counts = ["honest", "light", "openings"].map(|name| count(&h, name));
    assert!(matches!(counts, [Count::Exactly(2), _, Count::Exactly(3)]), "{counts:?}");
    h.keys("<Esc>S");
    h.outcome(Outcome::Counted { ticket: Default::default(), name: "honest".into(), count: Count::Exactly(7) });
    assert_eq!(count(&h, "honest"), Count::Coming);
}

/// What another recto saves is in the menu, and in the line once it was open; the cursor stays on its filter.
#[test]
fn what_another_one_saves_is_in_the_menu() {
    let mut h = with_filters();
    h.keys("S");
    let mut other = Memory::open(&h.folder("data")).unwrap();
    other.save_filter(&SavedFilter { name: "aaa".into(), query: "gull".into() }).unwrap();
    h.keys("<Esc>S");
    assert_eq!(h.names(), ["aaa", "honest", "light", "openings"]);
    let found = h.keys("<Esc><Esc>/@aaa").shown().0;
    assert_eq!((found > 0, found), (true, h.keys("<Ctrl-u>gull").shown().0));
}
