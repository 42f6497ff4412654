//! Starting, leaving, being stopped and being killed.

use super::{desk, open, shown};
use crate::terminal::{Seen, Setup, signal, until};

/// The number of the topmost paragraph on the screen.
pub(super) fn paragraph(seen: &Seen) -> Option<usize> {
    seen.text().split_once("Paragraph ")?.1.split_once('.')?.0.parse().ok()
}

/// Reads on in the first document, and gives the topmost paragraph of the page that shows then.
pub(super) fn read_on(terminal: &crate::terminal::Terminal) -> usize {
    terminal.keys("\r");
    terminal.sees("Paragraph 1.");
    terminal.keys("  ");
    terminal.wait_for("a later page", |seen| paragraph(seen).filter(|n| *n > 10))
}

#[test]
fn a_folder_is_opened_filtered_read_and_left() {
    let desk = desk();
    let terminal = open(&desk);
    terminal.sees("A text about the lamp.");
    terminal.keys("\x1b[B");
    terminal.sees("A text about the apple.");
    terminal.keys("/granite once");
    terminal.sees("1 of 3");
    terminal.keys("\r\r");
    terminal.sees("next hit");
    terminal.keys(" ");
    terminal.misses("A text about");
    for (columns, rows, first) in [(60, 20, " recto"), (200, 60, " recto"), (1, 1, "r"), (100, 30, " recto")] {
        let before = terminal.look(|seen| seen.frames);
        terminal.resize(columns, rows);
        terminal.wait("a frame of the new size", |seen| {
            seen.frames > before
                && seen.row(0).starts_with(first)
                && (rows == 1 || seen.row(rows - 1).trim_end().ends_with('%'))
        });
    }
    terminal.keys("?");
    terminal.sees("one row down");
    terminal.keys("q");
    terminal.misses("one row down");
    terminal.keys("q");
    terminal.end().assert_left();
}

/// A key that came together with a change of the size waited for the next key.
#[test]
fn a_key_is_not_lost_to_a_change_of_size() {
    let desk = desk();
    let terminal = open(&desk);
    let texts = ["A text about the apple.", "A text about the lamp."];
    terminal.sees(texts[1]);
    for (n, text) in (0..200).zip(texts.into_iter().cycle()) {
        let width = 100 + n % 2;
        terminal.resize(width, 30);
        terminal.keys(if n % 2 == 0 { "j" } else { "k" });
        terminal.sees(text);
    }
    terminal.keys("q");
    terminal.end().assert_left();
}

#[test]
fn list_place_and_reading_are_found_again() {
    let desk = desk();
    let terminal = open(&desk);
    terminal.keys("j");
    terminal.sees("A text about the apple.");
    let at = read_on(&terminal);
    terminal.keys("q");
    terminal.end().assert_left();

    let terminal = open(&desk);
    terminal.wait("the document that was read", |seen| seen.text().contains("of the apple"));
    terminal.wait("the place that was left", |seen| paragraph(seen) == Some(at));
    terminal.wait("what was begun", |seen| {
        let row = |title| (1..30).map(|n| seen.row(n)).find(|row| row.contains(title)).unwrap_or_default();
        row("The Orchard").contains('◐') && row("The Lighthouse").contains('●')
    });
    terminal.keys("q");
    terminal.end().assert_left();
}

#[test]
fn a_signal_that_ends_it_finds_all_in_order() {
    for (name, died) in [("TERM", "Terminated"), ("HUP", "Hangup"), ("INT", "Interrupt")] {
        let desk = desk();
        let terminal = open(&desk);
        let at = read_on(&terminal);
        terminal.signal(name);
        terminal.end().assert_died(died);

        let terminal = open(&desk);
        terminal.wait("the place that was left", |seen| paragraph(seen) == Some(at));
        terminal.keys("q");
        terminal.end().assert_left();
    }
}

/// The place is written down a second after the last movement: what is killed later loses nothing.
#[test]
fn what_is_killed_starts_again_where_it_was() {
    let desk = desk();
    let terminal = open(&desk);
    let at = read_on(&terminal);
    let memory = recto::memory::Memory::open(&desk.path("data").join("recto")).unwrap();
    until("the place is written down", || {
        memory.all().unwrap().iter().any(|known| {
            let key = recto::doc::Identity { file: known.file, ..Default::default() };
            memory.recall(&key, &known.path, known.entry.as_deref()).unwrap().is_some_and(|kept| kept.place.is_some())
        })
    });
    terminal.signal("KILL");
    assert_eq!(terminal.end().status.signal(), Some("Killed"));

    let terminal = open(&desk);
    terminal.wait("the place that was left", |seen| paragraph(seen) == Some(at));
    terminal.keys("q");
    terminal.end().assert_left();
}

/// A terminal that answers no question costs a moment, and no key is lost to it.
#[test]
fn a_mute_terminal_is_no_hindrance() {
    let desk = desk();
    let terminal = shown(Setup::recto(&desk, ["."]).mute());
    terminal.keys("j");
    terminal.sees("A text about the apple.");
    terminal.keys("q");
    terminal.end().assert_left();
}

/// Over a slow line the colour of the background came as keys: `:` went to a line, and the rest was typed there.
#[test]
fn an_answer_that_comes_late_is_no_key() {
    for cut in [false, true] {
        let desk = desk();
        let setup = Setup::recto(&desk, ["."]);
        let terminal = shown(if cut { setup.cut() } else { setup.late() });
        terminal.keys("j");
        terminal.sees("A text about the apple.");
        terminal.look(|seen| assert!(seen.row(29).contains("move"), "{}", seen.text()));
        // What looks like an answer at first is not lost.
        terminal.keys("\x1b]j");
        terminal.sees("A text about the granite.");
        terminal.keys("q");
        terminal.end().assert_left();
    }
}

/// The first key may be one that an answer is written with.
#[test]
fn the_first_key_is_not_lost() {
    let desk = desk();
    let terminal = shown(Setup::recto(&desk, ["."]).mute());
    terminal.keys("2");
    terminal.keys("j");
    terminal.sees("A text about the granite.");
    terminal.keys("q");
    terminal.end().assert_left();

    let terminal = shown(Setup::recto(&desk, ["."]).mute());
    terminal.keys(":");
    terminal.sees("go to % or section:");
    terminal.keys("\x1b");
    terminal.misses("go to % or section:");
    terminal.keys("q");
    terminal.end().assert_left();
}

#[test]
fn a_shell_takes_it_out_of_the_way_and_back() {
    let desk = desk();
    let terminal = Setup::program(&desk, "bash", ["--norc", "--noprofile", "--noediting", "-i"]).start();
    terminal.sees("shell>");
    terminal.keys("stty -a | cksum; \"$RECTO\" .\n");
    terminal.sees("A text about the lamp.");
    for _ in 0..2 {
        terminal.keys("\x1a");
        terminal.wait("the shell's prompt", |seen| {
            !seen.screen().alternate_screen() && seen.text().trim_end().ends_with("shell>")
        });
        terminal.wait("a cursor", |seen| !seen.screen().hide_cursor() && !seen.screen().bracketed_paste());
        terminal.keys("fg\n");
        terminal.wait("recto", |seen| seen.screen().alternate_screen() && seen.text().contains("3 documents"));
        terminal.keys("j");
    }
    terminal.sees("A text about the granite.");
    terminal.keys("q");
    terminal.wait("the shell's prompt", |seen| {
        !seen.screen().alternate_screen() && seen.text().trim_end().ends_with("shell>")
    });
    terminal.keys("stty -a | cksum\n");
    terminal.wait("the same modes before and after", |seen| {
        let sums: Vec<String> =
            seen.text().lines().filter(|l| l.starts_with(|c: char| c.is_ascii_digit())).map(String::from).collect();
        sums.len() == 2 && sums[0] == sums[1]
    });
    terminal.keys("exit\n");
    terminal.end().assert_left();
}

/// Stopped by the shell in the middle of anything, it goes on from there.
#[test]
fn a_stop_in_any_mode_comes_back_to_it() {
    let desk = desk();
    let terminal = Setup::program(&desk, "bash", ["--norc", "--noprofile", "--noediting", "-i"]).start();
    terminal.sees("shell>");
    terminal.keys("\"$RECTO\" .\n");
    terminal.sees("A text about the lamp.");
    for (keys, shown) in [
        ("/lam", "1 of 3"),
        ("\x15\r?", "narrows these keys"),
        ("q\r/once", "find: once"),
        ("\r:", "go to % or section:"),
        ("7\r", "7 %"),
        ("vs", "s sentence"),
        ("qm", "mark this page with a letter"),
        ("a'", "Delete remove"),
        ("aT", "high-contrast"),
    ] {
        terminal.keys(keys);
        terminal.sees(shown);
        terminal.keys("\x1a");
        terminal.wait("the shell's prompt", |seen| {
            !seen.screen().alternate_screen() && seen.text().trim_end().ends_with("shell>")
        });
        terminal.keys("fg\n");
        terminal.wait(shown, |seen| seen.screen().alternate_screen() && seen.text().contains(shown));
    }
    terminal.keys("\x03");
    terminal.wait("the shell's prompt", |seen| {
        !seen.screen().alternate_screen() && seen.text().trim_end().ends_with("shell>")
    });
    terminal.keys("exit\n");
    terminal.end().assert_left();
}

/// Whoever stops it from outside may have used the terminal: it is taken again, and drawn anew.
#[test]
fn a_stop_from_outside_is_survived() {
    let desk = desk();
    let terminal = open(&desk);
    terminal.signal("STOP");
    let raw = terminal.mode();
    let line = format!("/proc/{}/fd/0", terminal.pid());
    assert!(std::process::Command::new("stty").args(["-F", &line, "sane"]).status().unwrap().success());
    assert_ne!(raw, terminal.mode());
    terminal.signal("CONT");
    until("the line is raw again", || terminal.mode() == raw);
    terminal.keys("j");
    terminal.sees("A text about the apple.");
    signal(terminal.pid(), "TERM");
    let ended = terminal.end();
    ended.assert_died("Terminated");
    let raw = ended.raw();
    let times = |sequence: &[u8]| raw.windows(sequence.len()).filter(|window| *window == sequence).count();
    assert_eq!(times(b"\x1b[?1049l"), 1, "the screen was given away in between");
    assert_eq!(times(b"\x1b[2J"), 2, "it was not drawn anew");
    assert_eq!((times(b"\x1b[8l"), times(b"\x1b[8h")), (2, 1), "lines are in our order, until we leave");
}

/// Where no shell would continue it, Ctrl-z stopped it for good.
#[test]
fn without_a_shell_it_does_not_stop() {
    let desk = desk();
    let terminal = open(&desk);
    terminal.keys("\x1a");
    terminal.sees("no shell to go back to");
    terminal.keys("j");
    terminal.sees("A text about the apple.");
    terminal.keys("q");
    terminal.end().assert_left();
}
