//! How long laying out takes: megabytes a second for each kind of block, and what a reader waits for in a document of
//! 10 MB, computed and then seen on a terminal, beside `less` where less is installed. `cargo bench --bench layout` prints a
//! table; nothing here passes or fails.
#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss)]

mod pty;

use std::{
    fs,
    hint::black_box,
    process::Command,
    time::{Duration, Instant},
};

use portable_pty::CommandBuilder;
use pty::{Session, recto};

use recto::{
    doc::{Anchor, Block, BlockId, Document, Kind, Meta, Span, SpanKind, Table},
    layout::{Hyphens, Setting, Viewport, lay, lines},
};

const ROUNDS: usize = 15;
const MB: f64 = 1e6;

fn main() {
    println!("{:<44} {:>10} {:>10}", "one block of 64 KB, 72 columns", "median", "MB/s");
    let latin = "It was, he thought, a well-known and quite ordinary afternoon; nobody had asked for more. ";
    let cjk = "これは文章です。次の「引用」も読みやすく組まれる。";
    let mixed = "The café’s naïve “prose” — with dashes, quotes… and an emoji 👩‍👧 now and then. ";
    let long = |text: &str| text.repeat(64 * 1024 / text.len());
    block("paragraph, ASCII", Kind::Paragraph, long(latin));
    block("paragraph, accents and quotes", Kind::Paragraph, long(mixed));
    block("paragraph, Japanese", Kind::Paragraph, long(cjk));
    block("paragraph, one word", Kind::Paragraph, long("x"));
    let part = |text: &str| text.repeat(16 * 1024 / text.len());
    block("paragraph, ASCII, 16 KB", Kind::Paragraph, part(latin));
    block("paragraph, ASCII, 16 KB, justified", Kind::Paragraph, part(latin));
    block("paragraph, Japanese, 16 KB", Kind::Paragraph, part(cjk));
    block("paragraph, one word, 16 KB", Kind::Paragraph, part("x"));
    block("paragraph, 3,000 spans", Kind::Paragraph, long(latin));
    block("preformatted, lines of 90", Kind::Preformatted, long(&format!("{}\n", latin.trim_end())));
    block("preformatted, one line", Kind::Preformatted, long(latin));
    block("preformatted, one line of Japanese", Kind::Preformatted, long(cjk));
    table();

    let paragraphs = (0..10_000).map(|n| Block::new(Kind::Paragraph, format!("{n} {}", latin.repeat(11)))).collect();
    let document = Document::held(Meta::default(), paragraphs);
    let of = document.body.len() as f64;
    println!("\n{:<44} {:>10}", format!("document of {:.1} MB, 72 columns, 50 rows", of / MB), "median");
    let setting = Setting::new(72);
    let fresh = || Viewport::new(document.body.clone());
    report("first screen", None, time(fresh, |view| view.page(view_start(), 50, &setting)));
    let middle = Anchor { block: BlockId(5_000), byte: 0 };
    let reached = || {
        let mut view = fresh();
        let top = view.reveal(view_start(), middle, 50, &setting);
        view.page(top, 50, &setting);
        (view, top)
    };
    let page_down = time(reached, |(view, top)| {
        let top = view.scroll(*top, 48, 50, &setting);
        view.page(top, 50, &setting)
    });
    report("page down", None, page_down);
    let row_down = time(reached, |(view, top)| {
        let top = view.scroll(*top, 1, 50, &setting);
        view.page(top, 50, &setting)
    });
    report("row down", None, row_down);
    let half = time(fresh, |view| {
        let top = view.at_fraction(0.5, 50, &setting);
        view.page(top, 50, &setting)
    });
    report("to 50 %", None, half);
    let end = time(fresh, |view| {
        let top = view.end(50, &setting);
        view.page(top, 50, &setting)
    });
    report("to the end", None, end);
    let all = time(|| (), |()| lines(&document, &setting).map(|row| row.runs.len()).sum::<usize>());
    report("every row, as `show` prints them", Some(of), all);
    on_a_terminal(&latin.repeat(11));
}

/// A file of 10 MB of prose, opened by name, and its pages turned.
fn on_a_terminal(paragraph: &str) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("prose.txt");
    let prose: String = (0..10_000).map(|n| format!("Paragraph {n}. {paragraph}\n\n")).collect();
    fs::write(&file, prose).unwrap();
    println!("\n{:<44} {:>10}", "the same on a terminal of 120x40", "median");
    seen("recto, first screen", "recto, page down", || recto(dir.path(), &[&file]));
    if Command::new("less").arg("--version").output().is_ok() {
        seen("less, first screen", "less, page down", || {
            let mut less = CommandBuilder::new("less");
            less.arg(&file);
            less
        });
    }
}

fn seen(opened: &str, turned: &str, command: impl Fn() -> CommandBuilder) {
    const QUIET: Duration = Duration::from_millis(100);
    let (mut first, mut pages) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let mut session = Session::start(command());
        first.push(session.until(&["Paragraph 0"]) - began);
        // What still comes after the first screen is not the page's.
        session.key("", QUIET);
        pages.extend((0..3).map(|_| session.key(" ", QUIET).last));
    }
    for (name, mut times) in [(opened, first), (turned, pages)] {
        times.sort_unstable();
        report(name, None, times[times.len() / 2]);
    }
}

fn view_start() -> recto::layout::Place {
    recto::layout::Place::default()
}

/// Lays out one block.
fn block(name: &str, kind: Kind, text: String) {
    let mut block = Block::new(kind, text);
    if name.ends_with("spans") {
        let starts = (0..3_000).map(|n| n * 20);
        block.spans = starts.map(|at| Span { range: at..at + 7, kind: SpanKind::Emphasis }).collect();
    }
    let justify = name.ends_with("justified");
    let setting = Setting { justify, hyphens: Hyphens::of(justify.then_some("en")), ..Setting::new(72) };
    report(name, Some(block.text.len() as f64), time(|| (), |()| lay(&block, BlockId(0), &setting)));
}

/// Lays out a table of three columns.
fn table() {
    let (mut text, mut rows) = (String::new(), Vec::new());
    for n in 0..900 {
        let mut cells = Vec::new();
        for cell in [format!("name {n}"), format!("{}", n * 37), "some words that say what it is about".to_owned()] {
            cells.push(text.len()..text.len() + cell.len());
            text.push_str(&cell);
            text.push('\t');
        }
        text.pop();
        text.push('\n');
        rows.push(cells);
    }
    block("table of 900 rows", Kind::Table(Table { rows, header: 1, ..Table::default() }), text);
}

/// The median time of `work` on what `prepare` makes.
fn time<S, T>(prepare: impl Fn() -> S, work: impl Fn(&mut S) -> T) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let mut state = prepare();
            let start = Instant::now();
            black_box(work(&mut state));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn report(name: &str, bytes: Option<f64>, time: Duration) {
    let rate = bytes.map_or(String::new(), |bytes| format!("{:.0}", bytes / MB / time.as_secs_f64()));
    println!("{name:<44} {:>7.3} ms {rate:>10}", time.as_secs_f64() * 1e3);
}
