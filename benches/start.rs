//! From the start of the program to the first full frame on a terminal, with a library that was seen before: 100 documents
//! beside 10,000, beside `less` on one of their files where less is installed. The files are in the page cache, as they are
//! for somebody who starts recto again; a first start after boot costs what the disk costs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_possible_truncation)]

use std::{
    fs,
    io::Read as _,
    num::NonZero,
    path::Path,
    process::Command,
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const RUNS: usize = 21;
const ROWS: NonZero<u16> = NonZero::new(40).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(120).unwrap();
const PATIENCE: Duration = Duration::from_secs(120);

fn main() {
    let dir = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
    println!("start to first full frame, ms, {RUNS} runs   {:>7} {:>7} {:>7}", "least", "median", "most");
    let mut medians = Vec::new();
    for documents in [100usize, 10_000] {
        let library = dir.path().join(documents.to_string());
        generate(&library, documents);
        let recto = || {
            let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_recto"));
            command.arg(&library);
            for name in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
                command.env(name, dir.path().join(name));
            }
            command
        };
        let index = Command::new(env!("CARGO_BIN_EXE_recto"))
            .arg("index")
            .arg(&library)
            .envs(["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"].map(|name| (name, dir.path().join(name))))
            .output();
        assert!(index.is_ok_and(|out| out.status.success()), "recto index");
        // The header counts the documents, the pane says that the first one is open.
        medians.push(time(&format!("recto, {documents} documents"), recto, &["documents", "not read yet"]));
    }
    println!("  ratio of the medians: {:.2}", medians[1] / medians[0]);
    let file = dir.path().join("100/00000.txt");
    let less = || {
        let mut command = CommandBuilder::new("less");
        command.arg(&file);
        command
    };
    if Command::new("less").arg("--version").output().is_ok() {
        time("less FILE", less, &["Document 0"]);
    }
}

/// Times runs of a command until its screen shows all of `signs`, and prints them; answers the median.
fn time(name: &str, command: impl Fn() -> CommandBuilder, signs: &[&str]) -> f64 {
    let mut times: Vec<f64> = (0..RUNS).map(|_| run(command(), signs)).collect();
    times.sort_by(f64::total_cmp);
    println!("  {name:<34} {:>7.1} {:>7.1} {:>7.1}", times[0], times[RUNS / 2], times[RUNS - 1]);
    times[RUNS / 2]
}

fn run(mut command: CommandBuilder, signs: &[&str]) -> f64 {
    command.env("TERM", "xterm-256color");
    let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
    let pty = native_pty_system().openpty(size).unwrap_or_else(|e| panic!("{e}"));
    let mut writer = pty.master.take_writer().unwrap_or_else(|e| panic!("{e}"));
    let mut reader = pty.master.try_clone_reader().unwrap_or_else(|e| panic!("{e}"));
    let (sender, chunks) = channel();
    let began = Instant::now();
    let mut child = pty.slave.spawn_command(command).unwrap_or_else(|e| panic!("{e}"));
    std::thread::spawn(move || {
        let mut buffer = [0; 65536];
        while let Ok(n) = reader.read(&mut buffer) {
            if n == 0 || sender.send((Instant::now(), buffer[..n].to_vec())).is_err() {
                break;
            }
        }
    });
    let ms = until(&chunks, began, signs, &mut |answer| {
        std::io::Write::write_all(&mut writer, answer).ok();
    });
    child.kill().ok();
    child.wait().ok();
    ms
}

/// Milliseconds until the screen shows the signs. Answers the questions that a terminal answers.
fn until(chunks: &Receiver<(Instant, Vec<u8>)>, began: Instant, signs: &[&str], answer: &mut dyn FnMut(&[u8])) -> f64 {
    let mut screen = vt100::Parser::new(ROWS, COLUMNS, 0);
    loop {
        let left = PATIENCE.saturating_sub(began.elapsed());
        let Ok((at, bytes)) = chunks.recv_timeout(left) else {
            panic!("no {signs:?} in\n{}", screen.screen().contents())
        };
        let asks = |question: &[u8]| bytes.windows(question.len()).any(|w| w == question);
        if asks(b"\x1b]11;?") {
            answer(b"\x1b]11;rgb:1010/1010/1010\x1b\\");
        }
        if asks(b"\x1b[c") {
            answer(b"\x1b[?62;22c");
        }
        screen.process(&bytes);
        let shown = screen.screen().contents();
        if signs.iter().all(|sign| shown.contains(sign)) {
            return (at - began).as_secs_f64() * 1000.0;
        }
    }
}

/// Documents of about 5 KB with titles of their own.
fn generate(dir: &Path, documents: usize) {
    fs::create_dir_all(dir).unwrap_or_else(|e| panic!("{e}"));
    let words =
        ["integrity", "customer", "margin", "reader", "quarry", "lantern", "orchard", "harbour", "measure", "page"];
    for n in 0..documents {
        let mut text = format!("Document {n} of many\n\n");
        let mut seed = n as u64 + 1;
        for paragraph in 0..10 {
            for word in 0..80 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let chosen = words[(seed >> 33) as usize % words.len()];
                text.push_str(chosen);
                text.push(if word % 12 == 11 { '\n' } else { ' ' });
            }
            text.push_str(if paragraph < 9 { "\n\n" } else { "\n" });
        }
        fs::write(dir.join(format!("{n:05}.txt")), text).unwrap_or_else(|e| panic!("{e}"));
    }
}
