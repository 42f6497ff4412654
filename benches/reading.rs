//! What a reader waits for: paragraphs laid out, and the time from a key to what it shows, in a book of 10 MB and in a log of
//! 1 GB, through the built program on a terminal. Beside it, in the same run, what others do with the same files: `fmt`,
//! which breaks paragraphs by the whole too, `less`, and `w3m`, where they are installed.
//!
//! `cargo bench --bench reading` prints tables; nothing here passes or fails. The files are made at the first run and kept in
//! `target/tmp`. With RECTO_LOG=100 the log has 100 MB.

#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss)]

mod pty;

use std::{
    fs::{self, File},
    hint::black_box,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use portable_pty::CommandBuilder;
use pty::{Answer, COLUMNS, ROWS, Session, memory, recto};
use recto::{
    doc::{Block, BlockId, Kind},
    layout::{Hyphens, Setting, lay},
};

/// Nothing more comes: longer than any pause within an answer.
const QUIET: Duration = Duration::from_millis(150);
const ROUNDS: usize = 100;
const WORDS: &str = "It was, he thought, a well-known and quite ordinary afternoon; nobody had asked for more of it. ";

fn main() {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let megabytes = std::env::var("RECTO_LOG").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let book = book(place);
    paragraphs(&book);
    for file in [book, log(place, megabytes)] {
        let size = fs::metadata(&file).unwrap().len();
        println!("\n{} of {:.0} MB, {COLUMNS}x{ROWS}", file.file_name().unwrap().to_string_lossy(), size as f64 / 1e6);
        println!("median, 99 of 100, bytes sent");
        println!("{:<6} {:>9} {:>22} {:>22} {:>22} {:>22} {:>9}", "", "open", "j", "Space", "G", "resize", "memory");
        let kept = tempfile::tempdir().unwrap();
        keys("recto", recto(kept.path(), &[&file]), &[" "]);
        for name in ["less", "w3m"] {
            // Another reader of a log of this size takes minutes, and all memory there is.
            if is_there(name) && (name == "less" || size < 100_000_000) {
                let mut command = CommandBuilder::new(name);
                command.arg(&file);
                keys(name, command, &[" "]);
            }
        }
    }
}

fn book(place: &Path) -> PathBuf {
    let path = place.join("book.txt");
    let paragraph = WORDS.repeat(10);
    let text: String = (0..10_500).map(|n| format!("Paragraph {n}. {paragraph}\n\n")).collect();
    fs::write(&path, text).unwrap();
    path
}

fn log(place: &Path, megabytes: u64) -> PathBuf {
    let path = place.join(format!("log-{megabytes}.log"));
    let wanted = megabytes * 1_000_000;
    if fs::metadata(&path).is_ok_and(|file| file.len() >= wanted) {
        return path;
    }
    let mut out = BufWriter::new(File::create(&path).unwrap());
    let mut written = 0;
    for n in 0_u64.. {
        let line = format!(
            "2026-11-29T10:{:02}:{:02}.{:03}Z INFO [worker-{}] request {n} took {} ms\n",
            n / 60 % 60,
            n % 60,
            n % 1_000,
            n % 17,
            n * 37 % 900
        );
        out.write_all(line.as_bytes()).unwrap();
        written += line.len() as u64;
        if written >= wanted {
            break;
        }
    }
    out.flush().unwrap();
    path
}

/// Megabytes of paragraphs a second.
fn paragraphs(book: &Path) {
    let text = fs::read_to_string(book).unwrap();
    let blocks: Vec<Block> = text.split("\n\n").map(|text| Block::new(Kind::Paragraph, text)).collect();
    let megabytes = text.len() as f64 / 1e6;
    println!("{:<44} {:>8}", "paragraphs of 1 KB, 72 columns", "MB/s");
    for (name, justify, language) in [
        ("ragged", false, None),
        ("ragged, with hyphens", false, Some("en")),
        ("justified, with hyphens", true, Some("en")),
    ] {
        let setting = Setting { justify, hyphens: Hyphens::of(language), bidi: true, ..Setting::new(72) };
        let rate =
            megabytes / least(|| blocks.iter().map(|block| lay(block, BlockId(0), &setting).len()).sum::<usize>());
        println!("{name:<44} {rate:>8.1}");
    }
    if is_there("fmt") {
        let run = || Command::new("fmt").args(["-w", "72"]).arg(book).stdout(Stdio::null()).status().unwrap();
        println!("{:<44} {:>8.1}", "  fmt -w 72", megabytes / least(run));
    }
}

/// Seconds of the fastest of three runs.
fn least<T>(work: impl Fn() -> T) -> f64 {
    let time = || {
        let began = Instant::now();
        black_box(work());
        began.elapsed().as_secs_f64()
    };
    (0..3).map(|_| time()).fold(f64::INFINITY, f64::min)
}

/// The time to the last byte that a key brings, half of the times and 99 of 100, and how many bytes it brings.
fn keys(name: &str, command: CommandBuilder, before: &[&str]) {
    let mut session = Session::start(command);
    let opened = session.key("", Duration::from_secs(1)).last.as_secs_f64() * 1e3;
    for key in before {
        session.key(key, QUIET);
    }
    let down = cell((0..ROUNDS).map(|_| session.key("j", QUIET)).collect());
    let page = cell((0..ROUNDS).map(|_| session.key(" ", QUIET)).collect());
    let mut ends = Vec::new();
    for _ in 0..ROUNDS {
        session.key("g", QUIET);
        ends.push(session.key("G", QUIET));
    }
    session.key("g", QUIET);
    session.key(" ", QUIET);
    let sizes = (0..ROUNDS).map(|round| {
        let narrower = u16::try_from(round % 2).unwrap_or(0) * 30;
        session.resize(COLUMNS.get() - narrower, ROWS.get(), QUIET)
    });
    let resized = cell(sizes.collect());
    let kept = memory(session.pid(), "RssAnon").unwrap_or(0) as f64 / 1e6;
    println!("{name:<6} {opened:>6.0} ms {down:>22} {page:>22} {:>22} {resized:>22} {kept:>6.0} MB", cell(ends));
}

fn cell(mut answers: Vec<Answer>) -> String {
    answers.sort_by_key(|answer| answer.last);
    let (middle, late) = (&answers[answers.len() / 2], &answers[answers.len() * 99 / 100]);
    let milliseconds = |answer: &Answer| answer.last.as_secs_f64() * 1e3;
    format!("{:.1} {:.1} ms {:>5} B", milliseconds(middle), milliseconds(late), middle.bytes)
}

fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|dir| dir.join(program).is_file())
}
