//! Regular expressions in the filter: they run on Enter, tell how far they are, and stop with Esc.

use recto::state::{Context, Effect, Job, Outcome};

use super::{articles::ARTICLES, harness::Harness};

/// Whether each search that was asked for goes through the texts.
fn scans(h: &mut Harness) -> Vec<bool> {
    let scan = |effect| if let Effect::Job(Job::Search { scan, .. }) = effect { Some(scan) } else { None };
    h.effects().into_iter().filter_map(scan).collect()
}

fn shown(h: &Harness) -> (usize, Context) {
    (h.state().list.ids.len(), h.state().context())
}

#[test]
fn enter_looks_for_it_and_n_goes_through_it() {
    let mut h = Harness::new(ARTICLES);
    let all = ARTICLES.len();
    h.keys("/re:[Ii]ntegrit.");
    assert_eq!((shown(&h), scans(&mut h).contains(&true)), ((all, Context::Filter), false));
    assert!(h.line(1).contains("⏎ looks for re:"), "{}", h.line(1));
    h.keys("<Enter>");
    let (found, context) = shown(&h);
    assert!(found > 0 && found < all && context == Context::List, "{found}");
    assert_eq!(scans(&mut h), [true]);
    let hits = h.state().reader.hit_of();
    assert!(hits.0 == Some(1) && hits.1 > 0, "{hits:?}");
    assert_eq!(h.keys("n").state().reader.hit_of().0, Some(2));
    // What was found is known: another word narrows it at once, and Esc gives it back.
    h.keys("/<Space>gull");
    assert!(!scans(&mut h).contains(&true));
    assert!(h.state().list.ids.len() < found);
    assert_eq!(shown(h.keys("<Esc>")), (found, Context::List));
    assert_eq!(shown(h.keys("<Esc>")), (all, Context::List));
}

#[test]
fn the_line_says_how_far_it_is_and_esc_stops_it() {
    let mut h = Harness::new(ARTICLES);
    h.keys("/re:lighthouse").hold().keys("<Enter>j");
    assert!(h.line(1).contains("re: 0 %"), "{}", h.line(1));
    let ticket = h.state().ticket;
    h.outcome(Outcome::Scanning { ticket, percent: 34 });
    assert!(h.line(1).contains("re: 34 %"), "{}", h.line(1));
    h.keys("<Esc>");
    assert_eq!((shown(&h), h.state().filter.text()), ((ARTICLES.len(), Context::Filter), "re:lighthouse"));
    // What it still says is not heard, nor is its answer.
    h.outcome(Outcome::Scanning { ticket, percent: 90 });
    h.release();
    assert_eq!((h.state().context(), h.state().filter.text()), (Context::Filter, "re:lighthouse"));
    assert!(!h.line(1).contains('%'), "{}", h.line(1));
    assert_eq!(shown(h.keys("<Esc>")), (ARTICLES.len(), Context::List));
}

#[test]
fn a_wrong_one_says_what_is_wrong() {
    let mut h = Harness::new(ARTICLES);
    h.keys("/re:(a");
    assert_eq!(h.state().list.ids.len(), ARTICLES.len());
    h.keys("<Enter>");
    assert!(h.screen().contains("re:(a: unclosed group"), "{}", h.screen());
    h.keys("/<Backspace><Backspace>integrit|is:foo");
    assert!(!h.state().list.ids.is_empty());
}

/// Another order, or files that change, ask for the filter that stands as it stands.
#[test]
fn what_stands_is_asked_for_as_it_stands() {
    let mut h = Harness::new(ARTICLES);
    h.keys("/re:[Ii]ntegrit.<Enter>");
    let found = h.state().list.ids.len();
    scans(&mut h);
    h.keys("sjj<Enter>");
    assert_eq!((scans(&mut h), h.state().list.ids.len()), (vec![true], found));
    h.write("new.md", "# New\n\nIntegrity, once more.\n").scan();
    assert_eq!(h.state().list.ids.len(), found + 1);
    assert!(!scans(&mut h).contains(&false));
}
