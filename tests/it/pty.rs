//! Stories on a real terminal: the built binary is started, used, stopped and killed as a person and a system do it, and
//! the terminal is as it was found.

mod calm;
mod copying;
mod files;
mod looks;
mod panics;
mod piped;
mod programs;
mod session;

use crate::terminal::{Desk, Setup, Terminal};

/// Three documents, each longer than any screen here.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("a.md", document("The Lighthouse", "lamp"));
    desk.write("b.md", document("The Orchard", "apple"));
    desk.write("c.md", document("The Quarry", "granite"));
    desk
}

/// A document whose paragraphs are numbered.
fn document(title: &str, word: &str) -> String {
    let mut text = format!("# {title}\n\nA text about the {word}.\n");
    for n in 1..=120 {
        text.push_str(&format!("\nParagraph {n}. What was said of the {word} is said once more.\n"));
    }
    text
}

/// recto on the documents of a desk, once it shows them.
fn open(desk: &Desk) -> Terminal {
    shown(Setup::recto(desk, ["."]))
}

fn shown(setup: Setup<'_>) -> Terminal {
    let terminal = setup.start();
    terminal.sees("3 documents");
    terminal.sees("The Quarry");
    terminal
}
