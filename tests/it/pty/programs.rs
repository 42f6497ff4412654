//! Other programs on recto's terminal: it lets go of the terminal, and takes it again.

use super::{desk, open, shown};
use crate::terminal::{Desk, Setup, Terminal, proc, until};

/// An editor that reads a line from the terminal and makes it the document.
const EDITOR: &str = r#"printf 'Say: '; read -r line; printf '# %s\n\n%s\n' "$1" "$line" > "$2""#;

fn gone(terminal: &Terminal, says: &str) {
    terminal.wait(&format!("{says:?} on the usual screen"), |seen| {
        !seen.screen().alternate_screen() && !seen.screen().bracketed_paste() && seen.text().contains(says)
    });
}

fn back(terminal: &Terminal) {
    terminal.wait("recto", |seen| seen.screen().alternate_screen() && seen.text().contains("3 documents"));
}

/// recto with an editor that is called with an argument of its own.
fn with_editor(desk: &Desk) -> Terminal {
    let editor = desk.script("editor", EDITOR);
    shown(Setup::recto(desk, ["."]).env("EDITOR", format!("{} Edited", editor.display())))
}

#[test]
fn an_editor_has_the_terminal_to_itself() {
    let desk = desk();
    let terminal = with_editor(&desk);
    let (cooked, raw) = (terminal.mode_before().to_owned(), terminal.mode());
    assert_ne!(cooked, raw);
    terminal.keys("e");
    gone(&terminal, "Say: ");
    assert_eq!(terminal.mode(), cooked);
    // Every letter of this is a key of recto.
    terminal.keys("jGq:e?\n");
    back(&terminal);
    terminal.sees("jGq:e?");
    terminal.sees("Edited");
    terminal.keys("jq");
    terminal.end().assert_left();
}

/// A file by name was shown as it had been when it was opened, whatever the editor had made of it.
#[test]
fn a_file_by_name_is_edited() {
    let desk = desk();
    let editor = desk.script("editor", EDITOR);
    let setup = Setup::recto(&desk, ["a.md"]).env("EDITOR", format!("{} Edited", editor.display()));
    let terminal = setup.start();
    terminal.sees("A text about the lamp.");
    terminal.keys("e");
    gone(&terminal, "Say: ");
    terminal.keys("Another lamp.\n");
    terminal.wait("the new text", |seen| seen.screen().alternate_screen() && seen.text().contains("Another lamp."));
    desk.write("a.md", "# Written\n\nBy somebody else.\n");
    terminal.keys("R");
    terminal.sees("By somebody else.");
    terminal.keys("q");
    terminal.end().assert_left();
}

#[test]
fn an_editor_that_fails_is_reported() {
    let desk = desk();
    let terminal = shown(Setup::recto(&desk, ["."]).env("EDITOR", "false"));
    terminal.keys("e");
    terminal.sees("false: exit status: 1");
    back(&terminal);
    terminal.keys("q");
    terminal.end().assert_left();
}

#[test]
fn a_command_reads_the_text() {
    let desk = desk();
    let terminal = open(&desk);
    for (command, says) in [
        ("tr a-z A-Z | tail -n 1", "PARAGRAPH 120. WHAT WAS SAID OF THE LAMP IS SAID ONCE MORE."),
        ("head -n 1", "The Lighthouse"),
        ("exit 3", "exit 3: exit status: 3"),
        ("kill -9 $$", "kill -9 $$: signal: 9"),
    ] {
        terminal.keys("|");
        terminal.sees("pipe through:");
        terminal.keys(&format!("{command}\r"));
        gone(&terminal, says);
        gone(&terminal, "Enter goes back");
        terminal.keys("\r");
        back(&terminal);
    }
    terminal.keys("q");
    terminal.end().assert_left();
}

/// Ctrl-c at a command ends the command. It ended recto too, as soon as the command was gone.
#[test]
fn an_interrupted_command_leaves_recto_alone() {
    let desk = desk();
    let terminal = open(&desk);
    terminal.keys("|");
    terminal.sees("pipe through:");
    terminal.keys("echo begun; exec cat > /dev/null < /dev/tty\r");
    gone(&terminal, "begun");
    terminal.keys("\x03");
    gone(&terminal, "Enter goes back");
    terminal.keys("\r");
    back(&terminal);
    terminal.keys("j");
    terminal.sees("A text about the apple.");
    terminal.keys("q");
    terminal.end().assert_left();
}

/// Ctrl-z in an editor stops the job, recto with it, and the shell has the terminal. recto went on, and nobody had it.
#[test]
fn an_editor_is_suspended_with_recto() {
    let desk = desk();
    let editor = desk.script("editor", &format!("echo $$ $PPID > ../job; {EDITOR}"));
    let terminal = Setup::program(&desk, "bash", ["--norc", "--noprofile", "--noediting", "-i"])
        .env("EDITOR", format!("{} Edited", editor.display()))
        .start();
    terminal.sees("shell>");
    terminal.keys("\"$RECTO\" .\n");
    terminal.sees("A text about the lamp.");
    terminal.keys("e");
    gone(&terminal, "Say: ");
    let job = std::fs::read_to_string(desk.path("job")).unwrap();
    let stopped = || job.split_whitespace().all(|pid| is_stopped(pid.parse().unwrap()));
    terminal.keys("\x1a");
    gone(&terminal, "Stopped");
    until("the editor and recto are stopped", stopped);
    terminal.keys("echo the shell has $((6 * 7))\n");
    gone(&terminal, "the shell has 42");
    terminal.keys("fg\n");
    until("the job goes on", || !stopped());
    terminal.keys("Later\n");
    back(&terminal);
    terminal.sees("Later");
    terminal.keys("q");
    terminal.wait("the shell", |seen| !seen.screen().alternate_screen());
    terminal.keys("exit\n");
    terminal.end().assert_left();
}

/// Whether a process is stopped by a signal (proc(5): its state stands after its name, which may hold blanks).
fn is_stopped(pid: u32) -> bool {
    let stat = proc(pid, "stat");
    stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with('T'))
}
