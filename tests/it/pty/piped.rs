//! Text that is piped in: it shows before its end has come, keys come from the terminal, and nothing of it is kept.

use std::{
    fs::{File, OpenOptions},
    io::Write as _,
    process::Command,
};

use super::desk;
use crate::terminal::{Desk, Seen, Setup, Terminal};

/// A pipe on the desk. Held open at both ends, so that nobody waits for the other to open it.
fn fifo(desk: &Desk) -> File {
    let path = desk.path("fifo");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    OpenOptions::new().read(true).write(true).open(path).unwrap()
}

/// recto on a pipe that the story writes to.
fn piped(desk: &Desk) -> (Terminal, File) {
    let pipe = fifo(desk);
    (Setup::shell(desk, "exec \"$RECTO\" < ../fifo").start(), pipe)
}

fn numbered(range: std::ops::Range<usize>) -> String {
    range.map(|n| format!("Paragraph {n} of what comes through the pipe.\n\n")).collect()
}

#[test]
fn a_pipe_is_read_while_it_comes() {
    let desk = desk();
    let (terminal, mut pipe) = piped(&desk);
    pipe.write_all(numbered(0..3).as_bytes()).unwrap();
    terminal.sees("Paragraph 2 of");
    pipe.write_all(numbered(3..200).as_bytes()).unwrap();
    terminal.sees("Paragraph 9 of");
    terminal.keys("G");
    terminal.sees("Paragraph 199 of");
    pipe.write_all(numbered(200..400).as_bytes()).unwrap();
    drop(pipe);
    terminal.keys("gG");
    terminal.wait("the end of the pipe", |seen| {
        seen.text().contains("Paragraph 399 of") || {
            terminal.keys("G");
            false
        }
    });
    terminal.keys("q");
    terminal.end().assert_left();
    assert!(!desk.path("data/recto").exists(), "a pipe was recorded");
    assert!(!desk.path("cache/recto").exists(), "a pipe was indexed");
}

#[test]
fn a_pipe_that_is_open_does_not_hold_recto_up() {
    let desk = desk();
    let (terminal, mut pipe) = piped(&desk);
    pipe.write_all(b"So far so good.\n").unwrap();
    terminal.sees("So far so good.");
    terminal.keys("q");
    terminal.end().assert_left();
    drop(pipe);
}

#[test]
fn a_pipe_without_an_end_is_read_and_left() {
    let desk = desk();
    let terminal = Setup::shell(&desk, "yes 'again and again' | \"$RECTO\"").start();
    terminal.sees("again and again");
    terminal.keys("?");
    terminal.sees("one row down");
    terminal.keys("q");
    terminal.misses("one row down");
    terminal.keys("q");
    terminal.end().assert_left();
}

/// Colours as programs write them, and bold and underlined type as `man` writes it.
#[test]
fn styles_of_a_pipe_are_seen() {
    let desk = desk();
    let script = r#"printf '\033[31mred\033[0m and plain\n\nb\bbo\bol\bld and _\bu_\bn_\bd_\be_\br\n' | "$RECTO""#;
    let terminal = Setup::shell(&desk, script).start();
    terminal.sees("bold and under");
    terminal.look(|seen| {
        let cell = |text| seen.cell_of(text).unwrap();
        assert_eq!(cell("red").fgcolor(), vt100::Color::Idx(1));
        assert_eq!(cell("and plain").fgcolor(), vt100::Color::Default);
        assert!(cell("bold").bold() && !cell("bold").underline());
        assert!(cell("under").underline() && !cell("under").bold());
    });
    terminal.keys("q");
    terminal.end().assert_left();
}

/// A job of several programs is suspended as a whole: the shell waited for the program that went on writing.
#[test]
fn a_pipe_is_suspended_with_its_writer() {
    let desk = desk();
    let _open = fifo(&desk);
    let terminal = Setup::program(&desk, "bash", ["--norc", "--noprofile", "--noediting", "-i"]).start();
    terminal.sees("shell>");
    terminal.keys("(printf 'A text that came.\\n'; exec cat ../fifo) | \"$RECTO\"\n");
    let shown = |seen: &Seen| seen.screen().alternate_screen() && seen.text().contains("A text that came.");
    terminal.wait("recto", shown);
    terminal.keys("\x1a");
    terminal.wait("the shell", |seen| !seen.screen().alternate_screen() && seen.text().contains("Stopped"));
    terminal.keys("fg\n");
    terminal.wait("recto", shown);
    terminal.keys("q");
    terminal.wait("the usual screen", |seen| !seen.screen().alternate_screen());
}
