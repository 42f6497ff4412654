//! From the start of the program to the first full frame on a terminal, with a library that was seen before: 100 documents
//! beside 10,000, beside `less` on one of their files where less is installed. The files are in the page cache, as they are
//! for somebody who starts recto again; a first start after boot costs what the disk costs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_possible_truncation)]

mod pty;

use std::{fs, path::Path, process::Command, time::Instant};

use portable_pty::CommandBuilder;
use pty::{Session, recto};

const RUNS: usize = 21;

fn main() {
    let dir = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
    println!("start to first full frame, ms, {RUNS} runs   {:>7} {:>7} {:>7}", "least", "median", "most");
    let mut medians = Vec::new();
    for documents in [100usize, 10_000] {
        let library = dir.path().join(documents.to_string());
        generate(&library, documents);
        let index = Command::new(env!("CARGO_BIN_EXE_recto"))
            .arg("index")
            .arg(&library)
            .envs(["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"].map(|name| (name, dir.path().join(name))))
            .output();
        assert!(index.is_ok_and(|out| out.status.success()), "recto index");
        // The header counts the documents, the pane says that the first one is open.
        let name = format!("recto, {documents} documents");
        medians.push(time(&name, || recto(dir.path(), &[&library]), &["documents", "not read yet"]));
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
    let run = || {
        let began = Instant::now();
        let mut session = Session::start(command());
        (session.until(signs) - began).as_secs_f64() * 1000.0
    };
    let mut times: Vec<f64> = (0..RUNS).map(|_| run()).collect();
    times.sort_by(f64::total_cmp);
    println!("  {name:<34} {:>7.1} {:>7.1} {:>7.1}", times[0], times[RUNS / 2], times[RUNS - 1]);
    times[RUNS / 2]
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
