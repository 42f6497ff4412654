//! Defects of recto itself: a worker's is a message, one of the thread that draws ends recto and leaves the terminal as it
//! was found. No key leads to a panic, so the stories run this very test binary on their terminal, with parts that panic.

use recto::{
    app::{Core, Parts, shelf::Shelf, show},
    doc::DocId,
    jobs::{Collection, Keeper, Loader, SAVED, Single, Workers, guarded},
    keymap::Keymap,
    library::Row,
    state::{ListRow, Outcome, State},
    ui::Depth,
};

use crate::terminal::{Desk, Setup, Terminal};

/// A shelf that panics when it is asked for rows, or has none.
struct Rickety(bool);

impl Shelf for Rickety {
    fn list_rows(&self, _ids: &[DocId]) -> Vec<(DocId, ListRow)> {
        assert!(!self.0, "the shelf fell down\u{9b}31m");
        Vec::new()
    }

    fn row(&self, _id: DocId) -> Option<Row> {
        None
    }
}

/// Not a test of its own: what the stories run on their terminal.
#[test]
#[ignore = "run by the other tests here, on a terminal of their own"]
fn program() {
    let Ok(what) = std::env::var("PANICS") else { return };
    if what == "telling" {
        recto::app::tell_panics();
        panic!("of a text: \u{9b}31m\u{202e}");
    }
    let single = Single::file(std::path::Path::new("a.md")).unwrap();
    let mut state = State::default();
    state.list.ids = vec![DocId(0)].into();
    let first = state.begin();
    let workers = Workers {
        loader: Loader::new(&Collection::Single(Box::new(single)), None).unwrap(),
        keeper: Keeper::new(None, Default::default()),
        library: Some(Box::new(|| panic!("the library burned down"))),
        patience: SAVED,
    };
    let core = Core::new(state, Keymap::new(&[]).unwrap(), Box::new(Rickety(what == "drawing")), Depth::True);
    show(Parts { core, workers, start_spool: None, first }).unwrap();
}

fn with_panics(desk: &Desk, what: &str) -> Terminal {
    let this = std::env::current_exe().unwrap();
    let arguments = ["pty::panics::program", "--exact", "--ignored", "--nocapture"];
    Setup::program(desk, this, arguments).env("PANICS", what).start()
}

#[test]
fn a_panic_while_drawing_is_told_on_the_usual_screen() {
    let desk = super::desk();
    let ended = with_panics(&desk, "drawing").end();
    assert_eq!(ended.status.exit_code(), 101, "{}", ended.text());
    ended.assert_restored();
    ended.assert_whole_frames();
    assert_eq!(ended.text().matches("the shelf fell down").count(), 1, "{}", ended.text());
    assert!(ended.text().contains("recto: a defect in recto"), "{}", ended.text());
}

/// A panic over a text may quote it, and what it quotes was sent to the terminal as it stood.
#[test]
fn a_panic_is_told_without_controls() {
    let desk = super::desk();
    for what in ["telling", "drawing"] {
        let ended = with_panics(&desk, what).end();
        assert_eq!(ended.status.exit_code(), 101, "{}", ended.text());
        assert!(ended.text().contains("recto: a defect in recto"), "{}", ended.text());
        let raw = String::from_utf8(ended.raw()).unwrap();
        assert!(!raw.contains(['\u{9b}', '\u{202e}']), "{raw:?}");
    }
}

#[test]
fn a_panic_of_a_worker_is_a_message() {
    let desk = super::desk();
    let terminal = with_panics(&desk, "working");
    terminal.wait("the message in the bottom line", |seen| seen.row(29).contains("the library burned down"));
    terminal.sees("A text about the lamp.");
    terminal.look(|seen| assert_eq!(seen.text().matches("burned down").count(), 1, "{}", seen.text()));
    terminal.keys("q");
    let ended = terminal.end();
    ended.assert_left();
    ended.assert_whole_frames();
    assert!(!ended.text().contains("burned down"), "{}", ended.text());
}

#[test]
fn a_panic_in_a_job_is_its_outcome() {
    let Some(Outcome::Failed { why, .. }) = guarded(None, || panic!("the job went wrong")) else {
        panic!("no outcome")
    };
    assert_eq!(why, "a defect in recto: the job went wrong");
    let Some(Outcome::Failed { why, .. }) = guarded(None, || anyhow::bail!("no such thing")) else {
        panic!("no outcome")
    };
    assert_eq!(why, "no such thing");
}
