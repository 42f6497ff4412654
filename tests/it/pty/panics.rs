//! Defects of recto itself, and terminals that fail: a worker's defect is a message, one of the thread that draws ends
//! recto, leaves the terminal as it was found and loses nothing that was read. No key leads to a panic, so the stories run
//! this very test binary on their terminal, with parts that panic.

use std::path::Path;

use recto::{
    app::{Config, Core, Folders, Looks, Parts, shelf::Shelf, show},
    doc::DocId,
    jobs::{Collection, Explainer, Illustrator, Keeper, Loader, SAVED, Single, Workers, guarded},
    keymap::Keymap,
    library::Row,
    memory::Memory,
    state::{Goal, ListRow, Outcome, State},
    ui::Depth,
};

use crate::terminal::{Desk, Setup, Terminal};

/// A shelf without rows, on which something happens when it is asked for them: at once, or once there is a file `now`.
struct Rickety(String);

impl Shelf for Rickety {
    fn list_rows(&self, _ids: &[DocId]) -> Vec<(DocId, ListRow)> {
        let now = Path::new("now").exists();
        assert!(self.0 != "drawing" && (self.0 != "reading" || !now), "the shelf fell down\u{9b}31m");
        if self.0 == "writing" && now {
            // Whatever is written to a full disk is an error, and so it is on a terminal that is gone.
            rustix::stdio::dup2_stdout(std::fs::File::create("/dev/full").unwrap()).unwrap();
        }
        Vec::new()
    }

    fn row(&self, _id: DocId) -> Option<Row> {
        None
    }

    fn find(&self, _goal: &Goal) -> Option<DocId> {
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
    let single = Single::file(Path::new("a.md"), &std::sync::Arc::default()).unwrap();
    let memory = || Memory::open(&Folders::from_environment().unwrap().data).unwrap();
    let mut state = State::default();
    state.list.ids = vec![DocId(0)].into();
    let first = state.begin();
    let collection = Collection::Single(Box::new(single));
    let workers = Workers {
        loader: Loader::new(&collection, Some(memory())).unwrap(),
        explainer: Explainer::new(&collection),
        illustrator: Illustrator::new(&collection).unwrap(),
        keeper: Keeper::new(Some(memory()), Default::default()),
        library: Some(Box::new(|| panic!("the library burned down"))),
        patience: SAVED,
    };
    let looks = Looks::new(&Config::default(), Depth::True, false);
    let core = Core::new(state, Keymap::new(&[]).unwrap(), Box::new(Rickety(what)), looks);
    show(Parts { core, workers, start_spool: None, first, graphemes: false }).unwrap();
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

/// What was read in the last second was lost with whatever ended recto against its will.
#[test]
fn what_was_read_last_is_kept_on_every_way_out() {
    for what in ["reading", "writing"] {
        let desk = super::desk();
        let terminal = with_panics(&desk, what);
        terminal.wait("the message in the bottom line", |seen| seen.row(29).contains("the library burned down"));
        let at = super::session::read_on(&terminal);
        desk.write("now", "");
        terminal.keys("?");
        let ended = terminal.end();
        assert!(!ended.status.success(), "{}", ended.text());
        let said = if what == "reading" { "the shelf fell down" } else { "No space left" };
        assert!(ended.text().contains(said), "{}", ended.text());

        std::fs::remove_file(desk.path("documents/now")).unwrap();
        let terminal = super::open(&desk);
        terminal.wait("the place that was left", |seen| super::session::paragraph(seen) == Some(at));
        terminal.keys("q");
        terminal.end().assert_left();
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
