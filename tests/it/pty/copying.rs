//! What is copied reaches the terminal's clipboard (OSC 52), through tmux too.

use super::{desk, shown};
use crate::terminal::Setup;

/// `The Lighthouse`, a blank line and `A text about the lamp.` in base64.
const SENTENCES: &str = "VGhlIExpZ2h0aG91c2UKCkEgdGV4dCBhYm91dCB0aGUgbGFtcC4=";

#[test]
fn what_is_selected_reaches_the_clipboard() {
    for tmux in ["", "/tmp/tmux,1,0"] {
        let desk = desk();
        let setup = Setup::recto(&desk, ["."]);
        let terminal = shown(if tmux.is_empty() { setup } else { setup.env("TMUX", tmux) });
        terminal.keys("\r");
        terminal.sees("Space page");
        terminal.keys("v");
        terminal.sees("s sentence");
        terminal.keys("ssy");
        terminal.sees("copied 7 words");
        terminal.keys("q");
        let ended = terminal.end();
        ended.assert_left();
        let raw = String::from_utf8_lossy(&ended.raw()).into_owned();
        assert!(raw.contains(&format!("\u{1b}]52;c;{SENTENCES}")), "{tmux:?}");
        // Passed on by tmux, with its escapes doubled.
        let passed = format!("\u{1b}Ptmux;\u{1b}\u{1b}]52;c;{SENTENCES}\u{1b}\u{1b}\\\u{1b}\\");
        assert_eq!(raw.contains(&passed), !tmux.is_empty(), "{tmux:?}");
    }
}
