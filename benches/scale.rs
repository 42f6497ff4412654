//! recto on 100,000 documents of together about 500 MB, through the built program on a terminal, where a person feels it:
//! building the index, starting, every key of forty queries typed letter by letter, and bringing the index up to date.
//! Beside it, in the same run, what ripgrep needs for the same words.
//!
//! `cargo bench --bench scale` prints a table; nothing here passes or fails. The collection is made at the first run and
//! kept in `target/tmp`; its files are in the page cache, as they are for a person in the middle of their work. With
//! RECTO_SCALE=10000 it is smaller.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)]

mod collection;
mod pty;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use collection::Collection;
use pty::{COLUMNS, ROWS, Session, memory, recto};

/// Nothing more comes: longer than any pause within an answer.
const QUIET: Duration = Duration::from_millis(150);

const STARTS: usize = 15;

fn main() {
    let documents = std::env::var("RECTO_SCALE").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let library = place.join(format!("scale-{documents}"));
    let few = place.join("scale-100");
    let collection = Collection::new();
    let bytes = collection.write(&library, documents);
    collection.write(&few, 100);
    println!("{documents} documents, {:.0} MB", bytes as f64 / 1e6);

    let kept = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
    read_once(&library);
    build(kept.path(), &library, bytes);
    build_quietly(kept.path(), &few);
    start(kept.path(), &few, &library);
    keys(kept.path(), &library, &collection);
    update(kept.path(), &library);
}

/// Brings every file into the page cache, so that recto and ripgrep find the same.
fn read_once(library: &Path) {
    for path in files(library) {
        fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path())).collect()
}

fn command(kept: &Path, arguments: &[&str], library: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.args(arguments).arg(library).stdout(Stdio::null());
    command.envs(["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"].map(|name| (name, kept.join(name))));
    command
}

/// The first index, with all cores.
fn build(kept: &Path, library: &Path, bytes: u64) {
    let began = Instant::now();
    let mut child = command(kept, &["index"], library).spawn().unwrap_or_else(|e| panic!("{e}"));
    let (mut peak, mut anonymous) = (0, 0);
    let status = loop {
        peak = memory(child.id(), "VmHWM").unwrap_or(0).max(peak);
        anonymous = memory(child.id(), "RssAnon").unwrap_or(0).max(anonymous);
        if let Some(status) = child.try_wait().unwrap_or_else(|e| panic!("{e}")) {
            break status;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(status.success(), "recto index");
    let seconds = began.elapsed().as_secs_f64();
    let rate = bytes as f64 / 1e6 / seconds;
    println!("first index                     {seconds:>8.1} s   {rate:.1} MB/s");
    println!("  most memory                   {:>8.0} MB  of it {:.0} MB not of files", mb(peak), mb(anonymous));
    for (name, part) in [("index", Some("index")), ("catalogue", None)] {
        let size = size_of(&kept.join("XDG_CACHE_HOME"), part);
        println!("  size of the {name:<18} {:>7.0} MB  {:.2} of the text", mb(size), size as f64 / bytes as f64);
    }
}

fn build_quietly(kept: &Path, library: &Path) {
    assert!(command(kept, &["index"], library).status().is_ok_and(|status| status.success()), "recto index");
}

/// Bytes of the files under a folder of this name, or of those under none of that name.
fn size_of(dir: &Path, within: Option<&str>) -> u64 {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .map(|entry| match (entry.path(), within) {
            (path, Some(name)) if path.is_dir() && path.ends_with(name) => size_of(&path, None),
            (path, None) if path.is_dir() && path.ends_with("index") => 0,
            (path, within) if path.is_dir() => size_of(&path, within),
            (_, None) => entry.metadata().map_or(0, |metadata| metadata.len()),
            _ => 0,
        })
        .sum()
}

fn start(kept: &Path, few: &Path, library: &Path) {
    let time = |library: &Path| {
        let run = || {
            let began = Instant::now();
            let mut session = Session::start(recto(kept, &[library]));
            (session.until(&["documents", "not read yet"]) - began).as_secs_f64() * 1000.0
        };
        let mut times: Vec<f64> = (0..STARTS).map(|_| run()).collect();
        times.sort_by(f64::total_cmp);
        times[STARTS / 2]
    };
    let (small, large) = (time(few), time(library));
    println!(
        "start to first full frame       {large:>8.1} ms  100 documents: {small:.1} ms, ratio {:.2}",
        large / small
    );
}

/// Forty queries, and the word of each that ripgrep is asked for.
fn queries(collection: &Collection) -> Vec<(String, String)> {
    let word = |rank: usize| collection.word(rank).to_owned();
    let mut queries: Vec<(String, String)> = Vec::new();
    for rank in [0, 1, 3, 10, 30, 100, 150, 400, 1_000, 3_000, 10_000, 30_000, 50_000, 120_000, 200_000, 290_000] {
        queries.push((word(rank), word(rank)));
    }
    for (a, b) in [(0, 1), (5, 150), (20, 300), (150, 2_000), (500, 700), (1_000, 9_000), (40, 60_000), (2, 8)] {
        queries.push((format!("{} {}", word(a), word(b)), word(b)));
    }
    for (a, b, c) in [(0, 1, 2), (3, 200, 1_500), (110, 220, 330), (600, 60, 6)] {
        queries.push((format!("{} {} {}", word(a), word(b), word(c)), word(c)));
    }
    for (a, b) in [(1, 0), (4, 0), (0, 150)] {
        queries.push((format!("\"{} {}\"", word(a), word(b)), word(b)));
    }
    // Phrases that somebody has read.
    for number in [17, 1_234, 4_321] {
        let (_, text) = collection.document(number);
        let prose = text.split("\n\n").nth(2).unwrap_or_default();
        let words: Vec<&str> = prose.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let from = words.len() / 2;
        let phrase = words[from..(from + 3).min(words.len())].join(" ");
        queries.push((format!("\"{phrase}\""), words[from].to_owned()));
    }
    queries.push((format!("{} -{}", word(120), word(0)), word(120)));
    queries.push((format!("{} | {}", word(250), word(260)), word(250)));
    for ranks in [[3].as_slice(), &[0, 1], &[10, 200], &[5, 40, 2]] {
        let characters: String = ranks.iter().map(|rank| Collection::character(*rank)).collect();
        queries.push((characters.clone(), characters));
    }
    queries
}

fn keys(kept: &Path, library: &Path, collection: &Collection) {
    let mut session = Session::start(recto(kept, &[library]));
    session.until(&["documents", "not read yet"]);
    session.key("/", QUIET * 4);
    let queries = queries(collection);
    let (mut times, mut written) = (Vec::new(), 0);
    for (query, _) in &queries {
        let mut typed = String::new();
        for letter in query.chars() {
            typed.push(letter);
            let answer = session.key(&letter.to_string(), QUIET);
            written += answer.bytes;
            let ms =
                answered(&answer.frames).unwrap_or_else(|| panic!("no answer to {typed:?}")).as_secs_f64() * 1000.0;
            times.push((ms, typed.clone()));
        }
        if std::env::var("RECTO_SCREENS").is_ok() {
            println!("{}", session.screen().contents());
        }
        session.key("\x15", QUIET);
    }
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = |fraction: f64| times[((times.len() - 1) as f64 * fraction) as usize].0;
    println!(
        "each of {} keys of {} queries   median {:.1} ms, 90 % {:.1} ms, 99 % {:.1} ms, most {:.1} ms; {} bytes a key",
        times.len(),
        queries.len(),
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0),
        written / times.len()
    );
    for (ms, typed) in times.iter().rev().take(8) {
        println!("    {ms:>6.1} ms  {typed}");
    }
    let [resident, anonymous] = ["VmRSS", "RssAnon"].map(|what| mb(memory(session.pid(), what).unwrap_or(0)));
    println!("memory after them               {anonymous:>8.0} MB  and {:.0} MB of mapped files", resident - anonymous);
    drop(session);
    beside_ripgrep(library, &queries, at(0.5));
}

/// When the screen first showed what it then kept to show: the line, the count, the titles, and the text with its marks.
/// What explains a row (its passage and its hits), the scroll bar and the bottom line may follow later.
fn answered(frames: &[(Duration, vt100::Screen)]) -> Option<Duration> {
    let last = seen(&frames.last()?.1);
    let still = frames.iter().rev().take_while(|(_, screen)| seen(screen) == last);
    still.last().map(|(at, _)| *at)
}

fn seen(screen: &vt100::Screen) -> Vec<String> {
    let divider = (0..COLUMNS.get()).find(|column| text(screen, 10, *column) == "│").unwrap_or(0);
    let mut seen = vec![row(screen, 0, 0..COLUMNS.get(), false), row(screen, 1, 0..divider, false)];
    for at in 2..ROWS.get() - 1 {
        // A row with a sign for its state is a document; its title fills the columns that are looked at.
        if text(screen, at, 1).trim() != "" {
            seen.push(row(screen, at, 0..divider.min(30), false));
        }
        seen.push(row(screen, at, divider..COLUMNS.get() - 1, true));
    }
    seen
}

fn text(screen: &vt100::Screen, row: u16, column: u16) -> &str {
    screen.cell(row, column).map_or("", |cell| cell.contents())
}

fn row(screen: &vt100::Screen, row: u16, columns: std::ops::Range<u16>, marks: bool) -> String {
    let cells = columns.filter_map(|column| screen.cell(row, column));
    let marked = |cell: &vt100::Cell| marks && (cell.underline() || cell.inverse());
    cells.map(|cell| format!("{}{}", cell.contents(), if marked(cell) { "_" } else { "" })).collect()
}

fn beside_ripgrep(library: &Path, queries: &[(String, String)], median: f64) {
    let run = |arguments: &[&str]| {
        let began = Instant::now();
        Command::new("rg").args(arguments).arg(library).stdout(Stdio::null()).status().ok()?;
        Some(began.elapsed().as_secs_f64() * 1000.0)
    };
    let Some(_) = run(&["--files"]) else { return println!("(no ripgrep here to stand beside)") };
    let mut times: Vec<f64> = queries.iter().step_by(4).filter_map(|(_, word)| run(&["-il", word])).collect();
    times.sort_by(f64::total_cmp);
    let middle = times[times.len() / 2];
    println!("  rg -il for the same words     {middle:>8.0} ms  median; {:.0} times as long", middle / median);
}

/// Ten files change, and the index is brought up to date.
fn update(kept: &Path, library: &Path) {
    let time = || {
        let began = Instant::now();
        assert!(command(kept, &["index"], library).status().is_ok_and(|status| status.success()), "recto index");
        began.elapsed().as_secs_f64() * 1000.0
    };
    let least = |runs: usize| (0..runs).map(|_| time()).fold(f64::INFINITY, f64::min);
    let unchanged = least(5);
    let mut changed: Vec<f64> = (0..5)
        .map(|run| {
            let chosen: Vec<PathBuf> = files(library).into_iter().skip(run * 37).step_by(9_973).take(10).collect();
            let before: Vec<Vec<u8>> = chosen.iter().map(|path| fs::read(path).unwrap()).collect();
            for (path, text) in chosen.iter().zip(&before) {
                fs::write(path, [text.as_slice(), b"\nOne more line.\n"].concat()).unwrap();
            }
            let ms = time();
            for (path, text) in chosen.iter().zip(&before) {
                fs::write(path, text).unwrap();
            }
            time();
            ms
        })
        .collect();
    changed.sort_by(f64::total_cmp);
    println!("up to date, nothing changed     {unchanged:>8.0} ms  with its walk of all files");
    println!("up to date, 10 files changed    {:>8.0} ms  {:.0} ms more", changed[2], changed[2] - unchanged);
    let walk = (0..5)
        .filter_map(|_| {
            let began = Instant::now();
            Command::new("rg").arg("--files").arg(library).stdout(Stdio::null()).status().ok()?;
            Some(began.elapsed().as_secs_f64() * 1000.0)
        })
        .fold(f64::INFINITY, f64::min);
    if walk.is_finite() {
        println!("  rg --files                    {walk:>8.0} ms");
    }
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
