//! Files by name, large files, files that change, files that can't be read, and two recto on one library.

use std::{fs, io::Write as _, process::Command};

use super::{desk, document, open};
use crate::terminal::{Desk, Setup, proc};

#[test]
fn a_file_by_name_is_read_without_a_list() {
    let desk = desk();
    let terminal = Setup::recto(&desk, ["b.md"]).start();
    terminal.sees("A text about the apple.");
    terminal.look(|seen| assert!(!seen.text().contains("Lighthouse"), "a list is shown"));
    terminal.keys("q");
    terminal.end().assert_left();
}

/// A large text costs no memory: it is read where it is looked at.
#[test]
fn a_large_file_opens_and_is_gone_through() {
    let desk = Desk::new();
    let path = desk.path("documents/large.txt");
    let mut file = fs::File::create(&path).unwrap();
    let line = "A line of a long text that says nothing and says it at length, over and over again.\n";
    let paragraph = format!("{}\n", line.repeat(8)).repeat(1_500);
    file.write_all(b"Here it begins.\n\n").unwrap();
    let times = 300_000_000 / paragraph.len();
    for _ in 0..times {
        file.write_all(paragraph.as_bytes()).unwrap();
    }
    file.write_all(b"Here it ends.\n").unwrap();
    drop(file);

    let terminal = Setup::recto(&desk, ["large.txt"]).start();
    terminal.sees("A line of a long text");
    terminal.keys("G");
    terminal.sees("Here it ends.");
    terminal.keys("50%");
    terminal.wait("the middle", |seen| seen.row(29).trim_end().ends_with(" 50 %"));
    terminal.keys("g");
    terminal.wait("the beginning", |seen| seen.row(29).trim_end().ends_with(" 0 %"));
    let status = proc(terminal.pid(), "status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(kilobytes < 200_000, "{kilobytes} kB");
    terminal.keys("q");
    terminal.end().assert_left();
}

#[test]
fn files_that_change_are_seen() {
    let desk = desk();
    let terminal = open(&desk);
    terminal.sees("A text about the lamp.");
    terminal.keys("\r");
    terminal.sees("Paragraph 1.");
    terminal.keys("  ");
    terminal
        .wait("a later page", |seen| seen.text().contains("Paragraph 20.") && !seen.text().contains("Paragraph 1."));

    desk.write("d.md", document("The Mill", "flour"));
    terminal.sees("The Mill");
    terminal.sees("4 documents");

    let changed = document("The Lighthouse", "lamp").replace("Paragraph 20.", "Paragraph 20, mended.");
    desk.write("a.md", changed);
    terminal.sees("Paragraph 20, mended.");
    terminal.look(|seen| assert!(!seen.text().contains("Paragraph 1."), "the place is lost"));

    fs::remove_file(desk.path("documents/c.md")).unwrap();
    terminal.misses("The Quarry");
    terminal.sees("3 documents");
    terminal.keys("q");
    terminal.end().assert_left();
}

#[test]
fn two_at_once_keep_what_either_did() {
    let desk = desk();
    let first = open(&desk);
    let second = open(&desk);
    second.keys("jj");
    second.sees("A text about the granite.");
    for terminal in [&first, &second] {
        terminal.keys("\r");
        terminal.sees("Paragraph 1.");
        terminal.keys(" ");
        terminal.misses("A text about");
    }
    for terminal in [first, second] {
        terminal.keys("q");
        terminal.end().assert_left();
    }
    let third = open(&desk);
    third.wait("both are begun", |seen| {
        let row = |title| (1..30).map(|n| seen.row(n)).find(|row| row.contains(title)).unwrap_or_default();
        row("The Lighthouse").contains('◐') && row("The Orchard").contains('●') && row("The Quarry").contains('◐')
    });
    third.keys("q");
    third.end().assert_left();
}

/// What can't be read is a row with its reason; what is no file is left alone, and nobody waits for it.
#[test]
fn what_cannot_be_read_is_a_row_with_its_reason() {
    let desk = desk();
    let documents = desk.path("documents");
    std::os::unix::fs::symlink("nowhere.md", documents.join("broken.md")).unwrap();
    std::os::unix::fs::symlink("../fifo", documents.join("link.md")).unwrap();
    for fifo in ["documents/fifo.md", "fifo"] {
        assert!(Command::new("mkfifo").arg(desk.path(fifo)).status().unwrap().success());
    }
    std::os::unix::net::UnixListener::bind(documents.join("socket.md")).unwrap();
    let terminal = Setup::recto(&desk, ["."]).start();
    terminal.sees("The Quarry");
    terminal.sees("can't be read");
    terminal.sees("broken.md");
    terminal.keys("jj");
    terminal.sees("leads nowhere: no such file or directory");
    terminal.keys("q");
    terminal.end().assert_left();
}
