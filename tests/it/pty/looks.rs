//! What is sent to the terminal: colours as far as it has them, nothing that a document says, whole frames.

use super::{desk, open, shown};
use crate::{
    gate::{HOSTILE, SHOWN, assert_harmless},
    terminal::{Desk, Setup, Terminal, Token, Tokens},
};

/// The colours that a terminal is told to use, as parameters of SGR (ECMA-48, 8.3.117).
fn colors(raw: &[u8]) -> Vec<String> {
    let is_color = |n: &u16| matches!(n, 30..=38 | 40..=48 | 58 | 90..=97 | 100..=107);
    let styles = Tokens::of(raw).into_iter().filter_map(|token| match token {
        Token::Csi(body, 'm') => Some(body),
        _ => None,
    });
    styles.filter(|body| body.split([';', ':']).filter_map(|n| n.parse().ok()).any(|n| is_color(&n))).collect()
}

fn filtered(setup: Setup<'_>) -> Terminal {
    let terminal = shown(setup);
    terminal.keys("/lamp\r");
    terminal.sees("1 of 3");
    terminal
        .wait("hits on the page", |seen| seen.row(29).contains(" hit 1/") && seen.cell_of("lamp is said").is_some());
    terminal
}

/// Selection and hits are seen on every terminal, and without colours by other means.
#[test]
fn selection_and_hits_are_seen_on_every_terminal() {
    for (term, colorterm, no_color) in [
        ("xterm-256color", "truecolor", ""),
        ("xterm-256color", "", ""),
        ("xterm", "", ""),
        ("dumb", "", ""),
        ("xterm-256color", "truecolor", "1"),
    ] {
        let desk = desk();
        let setup = Setup::recto(&desk, ["."]).env("TERM", term).env("COLORTERM", colorterm).env("NO_COLOR", no_color);
        let terminal = filtered(setup);
        let plain = no_color == "1" || term == "dumb";
        terminal.look(|seen| {
            let marked = |text: &str| {
                let cell = seen.cell_of(text).unwrap_or_else(|| panic!("{text}"));
                let styled = cell.inverse() || cell.bold() || cell.underline();
                styled || (!plain && cell.bgcolor() != vt100::Color::Default)
            };
            assert!(marked("The Lighthouse"), "the selection on {term}");
            assert!(marked("lamp is said"), "a hit on {term}");
            assert!(!marked("is said once"), "the text beside a hit on {term}");
        });
        terminal.keys("q");
        let ended = terminal.end();
        ended.assert_left();
        let raw = ended.raw();
        assert_eq!(colors(&raw).is_empty(), plain, "{term} {no_color}: {:?}", colors(&raw));
        // What crossterm makes of every colour under NO_COLOR: it takes bold and reverse away with it.
        assert!(!Tokens::of(&raw).contains(&Token::Csi(String::new(), 'm')), "a bare CSI m on {term}");
    }
}

/// A light background is found out from the terminal, and gives another theme than a dark one or none.
#[test]
fn the_background_decides_on_the_theme() {
    let title = |setup: fn(Setup<'_>) -> Setup<'_>| {
        let desk = desk();
        let terminal = shown(setup(Setup::recto(&desk, ["."])));
        let color = terminal.look(|seen| seen.cell_of("recto").unwrap().fgcolor());
        terminal.keys("q");
        terminal.end().assert_left();
        color
    };
    let dark = title(|setup| setup.background("1010/1010/1010"));
    assert_ne!(dark, title(|setup| setup.background("ffff/ffff/ffff")));
    assert_eq!(dark, title(|setup| setup.mute()));
}

/// A theme that was chosen from the menu is there the next time, until the file sets another one.
#[test]
fn a_theme_that_is_chosen_is_kept() {
    let desk = desk();
    let shows = |keys: &str, ground: vt100::Color| {
        let terminal = shown(Setup::recto(&desk, ["."]));
        terminal.keys(keys);
        terminal.wait("the ground", |seen| {
            seen.cell_of("recto").is_some_and(|cell| cell.bgcolor() == ground) && !seen.text().contains(" themes ")
        });
        terminal.keys("q");
        terminal.end().assert_left();
    };
    let sepia = vt100::Color::Rgb(0xf4, 0xec, 0xd8);
    shows("", vt100::Color::Default);
    shows("Tjjj\r", sepia);
    shows("", sepia);
    std::fs::create_dir_all(desk.path("config/recto")).unwrap();
    std::fs::write(desk.path("config/recto/config.toml"), "theme = \"plain\"\n").unwrap();
    shows("", vt100::Color::Default);
}

/// What recto itself has to say to a terminal, and the line ends and tabs of a text that it gives to a command. What is
/// copied is written in base 64 (OSC 52).
fn is_ours(token: &Token) -> bool {
    let is_base_64 = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='));
    match token {
        Token::Control(b'\r' | b'\n' | b'\t') => true,
        Token::Csi(body, 'h' | 'l') => {
            let modes = ["8", "?25", "?1049", "?2004", "?2026", "?2027", "?1000", "?1002", "?1003", "?1006", "?1015"];
            modes.contains(&body.as_str())
        }
        Token::Csi(body, 'H' | 'm' | 'J') => body.bytes().all(|b| b.is_ascii_digit() || matches!(b, b';' | b':')),
        // What is asked: the name of the terminal, its cells, its attributes, whether it knows kitty's images.
        Token::Csi(body, 'c') => body.is_empty(),
        Token::Csi(body, 'p') => body == "?2027$",
        Token::Csi(body, 'q') => body == ">",
        Token::Csi(body, 't') => body == "16",
        Token::Command('_', body) => body == "Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA",
        Token::Osc(body) => {
            ["10;?", "11;?"].contains(&body.as_str()) || body.strip_prefix("52;c;").is_some_and(is_base_64)
        }
        _ => false,
    }
}

/// A document, its title, its name and what is pasted may say what they like: none of it is a control. What a command makes
/// of the text goes past everything that else would filter it.
#[test]
fn nothing_of_a_document_is_a_control() {
    let desk = Desk::new();
    let cell = HOSTILE.replace('\r', "");
    desk.write("a.md", format!("# Title {HOSTILE}\n\npara {HOSTILE} [{cell}](http://{cell}) `{cell}`\n\n```\n{HOSTILE}\n```\n\n|{cell}|b|\n|-|-|\n|c|{cell}|\n"));
    desk.write("b.txt", [HOSTILE.as_bytes(), b"\x9b31m\xff\x1b[2J\x1b]52;c;AAAA\x07 and words after it\n"].concat());
    desk.write(
        "c.md",
        format!("---\ntitle: \"Front \\e[2J\\x9b {}\"\nauthor: \"\\e]0;x\\a\"\n---\n\ntext\n", "\u{202e}"),
    );
    desk.write(&format!("d{HOSTILE}\n.md").replace('/', "_"), "");
    for folder in ["e\u{1b}[31m", "f\u{202e}\u{9b}"] {
        std::fs::create_dir(desk.path("documents").join(folder)).unwrap();
        desk.write(&format!("{folder}/same.md"), "# The same\n\nThe same text.\n");
    }
    let terminal = Setup::recto(&desk, ["."]).size(160, 40).start();
    terminal.sees("6 documents");
    for text in ["Title", "para"] {
        terminal.sees(&format!("{text} {SHOWN}"));
    }
    terminal.sees("Front ␛[2J");
    terminal.keys("|cat\r");
    terminal.wait("the text on the usual screen", |seen| {
        !seen.screen().alternate_screen() && seen.text().contains("Enter goes back")
    });
    terminal.keys("\r");
    terminal.sees("6 documents");
    for _ in 0..6 {
        terminal.keys("i");
        terminal.sees(" details ");
        terminal.keys("q");
        terminal.misses(" details ");
        terminal.keys("Y");
        terminal.sees("copied");
        terminal.keys("j");
    }
    terminal.keys(&format!("\u{1b}[200~{}\u{1b}[201~", HOSTILE.replace('\u{1b}', "")));
    terminal.sees("/ ]0;owned");
    terminal.keys("\x1b");
    terminal.misses("/ ]0;owned");
    terminal.keys("q");
    let ended = terminal.end();
    ended.assert_left();
    assert_harmless(&ended.raw(), is_ours, "a library");
}

/// Likewise what comes through a pipe, be it written for a terminal or not.
#[test]
fn nothing_that_is_piped_in_is_a_control() {
    let desk = Desk::new();
    std::fs::write(desk.path("piped"), format!("{HOSTILE}\n\nThat is all.\n")).unwrap();
    let terminal = Setup::shell(&desk, "cat ../piped | \"$RECTO\"").start();
    terminal.sees("That is all.");
    terminal.keys("|cat\r");
    terminal.wait("the text on the usual screen", |seen| {
        !seen.screen().alternate_screen() && seen.text().contains("Enter goes back")
    });
    terminal.keys("\r");
    terminal.wait("recto", |seen| seen.screen().alternate_screen() && seen.text().contains("That is all."));
    // The command itself may have been pasted from anywhere.
    terminal.keys(&format!("|\u{1b}[200~exit 3 # {}\u{1b}[201~", HOSTILE.replace('\u{1b}', "")));
    terminal.sees("pipe through: exit 3");
    terminal.keys("\r");
    terminal.sees(": exit status: 3");
    terminal.sees("Enter goes back");
    terminal.keys("\rq");
    let ended = terminal.end();
    ended.assert_left();
    assert_harmless(&ended.raw(), is_ours, "a pipe");
}

/// A terminal shows a frame at once: nothing is written outside of the marks around it.
#[test]
fn every_frame_is_a_synchronized_update() {
    let desk = desk();
    let terminal = open(&desk);
    terminal.keys("j");
    terminal.sees("A text about the apple.");
    terminal.keys("?");
    terminal.sees("one row down");
    terminal.resize(80, 24);
    terminal.wait("the new size", |seen| seen.row(0).contains("recto") && seen.row(23).contains("narrow"));
    terminal.keys("qq");
    let ended = terminal.end();
    ended.assert_left();
    let frames = ended.assert_whole_frames();
    assert!(frames > 3, "{frames} frames");
}

/// An image is sent as pixels where the terminal has said that it shows them: at its place, not under a menu, and again when
/// that is gone. Where it has not, two pixels are a cell.
#[test]
fn images_are_sent_as_the_terminal_shows_them() {
    let desk = Desk::new();
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(100, 100, image::Rgb([250, 10, 10]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    desk.write("it.png", png.into_inner());
    desk.write("a.md", "# A text with an image\n\nText above it.\n\n![what it shows](it.png)\n\nText below it.\n");
    let sixels = |terminal: &Terminal| {
        let raw = terminal.look(|seen| seen.raw().to_vec());
        Tokens::of(&raw).iter().filter(|token| matches!(token, Token::Command('P', body) if body.contains('q'))).count()
    };
    let setup = || Setup::recto(&desk, ["a.md"]).env("TERM", "xterm-256color").env("COLORTERM", "truecolor");
    let terminal = setup().able().start();
    terminal.sees("Text below it.");
    terminal.wait("the image", |seen| seen.cell_of("[image").is_none() && seen.cell_of("what it shows").is_some());
    assert_eq!(sixels(&terminal), 1);
    let modes = |raw: &[u8]| -> Vec<char> {
        let tokens = Tokens::of(raw).into_iter();
        tokens
            .filter_map(
                |t| if let Token::Csi(body, c @ ('h' | 'l')) = t { (body == "?2027").then_some(c) } else { None },
            )
            .collect()
    };
    assert_eq!(terminal.look(|seen| modes(seen.raw())), ['h'], "its columns are counted as ours are");
    terminal.keys("?");
    terminal.sees("one row down");
    assert_eq!(sixels(&terminal), 1);
    terminal.keys("\x1b");
    terminal.misses("one row down");
    assert_eq!(sixels(&terminal), 2, "it was under the menu");
    terminal.keys("I");
    terminal.sees("[image: what it shows]");
    terminal.keys("q");
    let ended = terminal.end();
    ended.assert_left();
    assert_eq!(modes(&ended.raw()), ['h', 'l'], "and as they were in the end");

    let terminal = setup().start();
    terminal.wait("the image", |seen| seen.cell_of("[image").is_none() && seen.cell_of("what it shows").is_some());
    assert_eq!(sixels(&terminal), 0);
    terminal.keys("q");
    terminal.end().assert_left();
}
