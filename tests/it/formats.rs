//! Plain text, and what holds for any bytes at all.

use std::{
    io,
    sync::{Arc, Mutex},
};

use proptest::prelude::*;
use recto::{
    doc::{Align, Block, BlockId, Body, Document, Kind},
    formats::{self, Entry, ReadAt, Source},
    text::words,
};

use crate::hang::ends;

fn open(name: &str, bytes: impl Into<Vec<u8>>) -> Document {
    formats::open(&Source::memory(name, bytes), &Entry::default()).unwrap()
}

fn words_of(text: &str) -> Vec<String> {
    words::words(text).map(|w| text[w.range].to_owned()).collect()
}

/// The words that a reader of the document sees, in order.
fn words_in(document: &Document) -> Vec<String> {
    let mut all = String::new();
    for (_, block) in document.blocks() {
        if !block.continues {
            all.push('\n');
        }
        match &block.kind {
            Kind::Item { marker, .. } => all.push_str(&format!("{marker} ")),
            Kind::Code { language: Some(language) } => all.push_str(&format!("{language}\n")),
            _ => {}
        }
        all.push_str(&block.text);
    }
    words_of(&all)
}

/// Walks forwards, backwards and by position; panics when these disagree.
pub fn check_body(body: &dyn Body) {
    let forwards: Vec<BlockId> = std::iter::successors(body.first(), |id| body.next(*id)).collect();
    let mut backwards: Vec<BlockId> = std::iter::successors(body.last(), |id| body.prev(*id)).collect();
    backwards.reverse();
    assert_eq!(forwards, backwards);
    assert!(forwards.is_sorted());
    let mut last = None;
    for id in forwards {
        let position = body.position(id);
        assert!(Some(position) > last && position < body.len(), "{position} after {last:?} of {}", body.len());
        last = Some(position);
        assert_eq!(body.at(position), Some(id), "the block at its own position {position}");
        assert!(body.block(id).unwrap().text.len() <= 64 * 1024);
    }
}

/// Lines such as plain texts are made of, in any order.
fn line() -> impl Strategy<Value = String> {
    let word = "[a-zA-Zäж漢字かなไทย_'.,;-]{1,9}";
    let sentence = |n| proptest::collection::vec(word, n).prop_map(|w| w.join(" "));
    prop_oneof![
        6 => sentence(8..14usize),
        2 => sentence(1..4usize),
        1 => sentence(200..400usize),
        3 => Just(String::new()),
        1 => (0usize..12, sentence(1..9usize)).prop_map(|(n, s)| format!("{}{s}", " ".repeat(n))),
        1 => sentence(1..9usize).prop_map(|s| format!("> {s}")),
        1 => sentence(1..9usize).prop_map(|s| format!("- {s}")),
        1 => (1u8..20, sentence(1..9usize)).prop_map(|(n, s)| format!("{n}. {s}")),
        1 => sentence(2..4usize).prop_map(|s| s.replace(' ', "    ")),
        1 => "[-=*~#_|+]{1,40}",
        1 => Just("```".to_owned()),
        1 => Just("\u{c}".to_owned()),
        1 => "[ \\t\\r\\PC]{0,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(lines in proptest::collection::vec(line(), 0..120), extension in prop_oneof!["txt", "c"]) {
        let text = lines.join("\n");
        let document = open(&format!("a.{extension}"), text.clone());
        let mut expected = words_of(&text);
        if extension == "c" {
            // The language of every block stands among its words here.
            let found: Vec<String> = words_in(&document).into_iter().filter(|w| w != "c").collect();
            expected.retain(|w| w != "c");
            prop_assert_eq!(found, expected);
        } else {
            prop_assert_eq!(words_in(&document), expected);
        }
        check_body(&*document.body);
    }

}

/// A form feed where a line without an end is cut was taken for a line of its own, and what follows was there twice.
#[test]
fn a_long_line_with_form_feeds_is_there_once() {
    for part in ["> A \u{c} ", "> A \u{b} b ", ">> A\u{c}", "- a \u{c} ", "1. a \u{c}"] {
        let text = part.repeat(200_000 / part.len());
        let document = open("a.txt", text.clone());
        assert_eq!(words_in(&document).len(), words_of(&text).len(), "{part:?}");
        check_body(&*document.body);
    }
}

proptest! {
    // Fewer, since each is some chunks long.
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Long enough for several chunks, with and without blank lines and line ends.
    #[test]
    fn no_word_is_lost_over_chunks(part in proptest::collection::vec(line(), 1..60), blank in any::<bool>(), joined in any::<bool>()) {
        let part: Vec<String> = part.into_iter().filter(|l| blank || !l.trim().is_empty()).collect();
        let part = part.join(if joined { " " } else { "\n" }).replace("```", "");
        let text = format!("{part}{}", if joined { " " } else { "\n" }).repeat(200_000 / (part.len() + 1) + 1);
        let document = open("a.txt", text.clone());
        prop_assert_eq!(words_in(&document), words_of(&text));
        check_body(&*document.body);
    }

    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..3000), repeat in 1usize..60) {
        let mut source = Source::memory("a", bytes.repeat(repeat));
        for terminal in [false, true] {
            source.terminal = terminal;
            if let Ok(document) = formats::open(&source, &Entry::default()) {
                check_body(&*document.body);
            }
        }
    }

    /// Escape sequences and overstrikes in any mixture leave no control but tab and line end.
    #[test]
    fn no_control_of_a_terminal_is_left(parts in proptest::collection::vec("[a_漢\u{301}]{0,4}(\u{8}|\r|\u{1b}\\[[0-9;:]{0,9}[mKAh]|\u{1b}\\]8;;x(\u{7}|\u{1b}\\\\)|\u{1b}|\u{9b}|\u{90}|\n)[a_]{0,3}", 1..60)) {
        let mut source = Source::memory("a", format!("\u{1b}[1mbold\u{1b}[m {}", parts.concat()));
        source.terminal = true;
        let document = formats::open(&source, &Entry::default()).unwrap();
        for (_, block) in document.blocks() {
            prop_assert!(!block.text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "{:?}", block.text);
            let ends = block.spans.iter().map(|s| s.range.end).max().unwrap_or(0);
            prop_assert!(ends <= block.text.len());
        }
        check_body(&*document.body);
    }
}

/// Bytes that the test changes while they are read.
struct Changing(Mutex<Vec<u8>>);

impl ReadAt for Changing {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.lock().unwrap().read_at(offset, buffer)
    }
    fn size(&self) -> u64 {
        self.0.lock().unwrap().len() as u64
    }
    fn growing(&self) -> bool {
        true
    }
}

fn paragraphs(from: usize, to: usize) -> Vec<u8> {
    (from..to)
        .map(|n| format!("Paragraph {n} of a text that comes through a pipe.\n\n"))
        .collect::<String>()
        .into_bytes()
}

#[test]
fn what_comes_through_a_pipe_is_found_at_its_end() {
    let bytes = Arc::new(Changing(Mutex::new(paragraphs(0, 10))));
    let document = formats::open(&Source::new("-", Arc::clone(&bytes) as Arc<dyn ReadAt>), &Entry::default()).unwrap();
    let last = || document.body.block(document.body.last().unwrap()).unwrap().text.clone();
    assert!(document.body.growing());
    assert_eq!(last(), "Paragraph 9 of a text that comes through a pipe.");
    for (from, to) in [(10, 20), (20, 4000), (4000, 12000)] {
        bytes.0.lock().unwrap().extend(paragraphs(from, to));
        assert_eq!(last(), format!("Paragraph {} of a text that comes through a pipe.", to - 1));
        assert_eq!(document.blocks().count(), to);
        check_body(&*document.body);
    }
}

#[test]
fn a_file_that_shrank_has_no_block_there() {
    let bytes = Arc::new(Changing(Mutex::new(paragraphs(0, 12000))));
    let document = formats::open(&Source::new("-", Arc::clone(&bytes) as Arc<dyn ReadAt>), &Entry::default()).unwrap();
    let last = document.body.last().unwrap();
    assert_eq!(document.blocks().count(), 12000);
    assert!(document.body.block(document.body.at(90_000).unwrap()).is_some());
    bytes.0.lock().unwrap().truncate(100_000);
    assert_eq!(document.body.block(last), None);
    assert_eq!(document.body.next(last), None);
    check_body(&*document.body);
    bytes.0.lock().unwrap().clear();
    assert_eq!(document.body.first(), None);
    assert_eq!(document.body.prev(last), None);
    assert_eq!(document.body.at(5), None);
}

#[test]
fn a_long_text_is_read_where_it_is_looked_at() {
    const LINE: &[u8] = b"A line of a text of a gigabyte.\n\n\n";
    const GIGABYTE: u64 = 31_000_000 * LINE.len() as u64;
    /// A gigabyte that is nowhere, and how much of it was asked for.
    struct Endless(Mutex<u64>);
    impl ReadAt for Endless {
        fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
            for (i, byte) in buffer.iter_mut().enumerate() {
                *byte = LINE[(offset as usize + i) % LINE.len()];
            }
            *self.0.lock().unwrap() += buffer.len() as u64;
            Ok(buffer.len())
        }
        fn size(&self) -> u64 {
            GIGABYTE
        }
    }
    let bytes = Arc::new(Endless(Mutex::new(0)));
    let document =
        formats::open(&Source::new("big.txt", Arc::clone(&bytes) as Arc<dyn ReadAt>), &Entry::default()).unwrap();
    let block = |id: Option<BlockId>| -> Arc<Block> { document.body.block(id.unwrap()).unwrap() };
    for position in [0, GIGABYTE / 3, GIGABYTE - 1] {
        assert_eq!(block(document.body.at(position)).text, "A line of a text of a gigabyte.");
    }
    assert_eq!(block(document.body.last()).kind, Kind::Paragraph);
    assert!(*bytes.0.lock().unwrap() < 2 << 20, "read {} bytes", bytes.0.lock().unwrap());
}

#[test]
fn what_is_no_text_says_what_it_is() {
    let reason = |bytes: &[u8]| {
        formats::detect(&Source::memory("a.txt", bytes)).map(|f| f.name).unwrap_err().root_cause().to_string()
    };
    assert_eq!(reason(b"\x89PNG\r\n\x1a\n\0\0"), "an image (PNG)");
    assert_eq!(reason(b"7z\xbc\xaf\x27\x1c\0\x04"), "a 7-Zip archive");
    assert_eq!(reason(b"\x7fELF\x02\x01\x01"), "an ELF program");
    assert_eq!(reason(b"some\0bytes\0\0\x01 and more of them"), "not text: contains NUL bytes");
    assert_eq!(formats::detect(&Source::memory("a", "BZh is how this text begins.")).unwrap().name, "text");
    assert!(open("a.txt", "").body.is_empty());
}

/// Chunks are cut between characters, whatever the encoding, with line ends and without.
#[test]
fn chunks_hold_whole_characters_in_every_encoding() {
    let sample = "Über die Brücke ging er, naïve façade; ";
    let japanese = "吾輩は猫である。名前はまだ無い。どこで生れたか, とんと見当がつかぬ。";
    type Encode = fn(&str) -> Vec<u8>;
    let cases: &[(&str, &str, Encode)] = &[
        ("utf-8", japanese, |s| s.as_bytes().to_vec()),
        ("windows-1252", sample, |s| encoding_rs::WINDOWS_1252.encode(s).0.into_owned()),
        ("shift_jis", japanese, |s| encoding_rs::SHIFT_JIS.encode(s).0.into_owned()),
        ("euc-jp", japanese, |s| encoding_rs::EUC_JP.encode(s).0.into_owned()),
        ("utf-16", japanese, |s| s.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("utf-16 with a pair", "𠮷野家で, また。\u{3000}", |s| {
            s.encode_utf16().flat_map(u16::to_le_bytes).collect()
        }),
    ];
    for (name, text, encode) in cases {
        for end in ["", "\n", "\n\n"] {
            let text = format!("{text}{end}").repeat(6000);
            let document = open("a.txt", encode(&text));
            let found = words_in(&document);
            assert!(found == words_of(&text), "{name} with {end:?}: {:?}", &found[..20]);
            check_body(&*document.body);
        }
    }
}

/// Each of these once cost the square of its length, or a stack frame for each byte.
#[test]
fn no_text_takes_the_square_of_its_length() {
    let footer = "Example                      Informational                      [Page 1]\n";
    let texts = [
        "- a\n".repeat(60_000),
        "a\nb) c\n".repeat(30_000),
        "> a\nb\n".repeat(40_000),
        ">".repeat(200_000),
        "```a\n".repeat(40_000),
        "A\n===\n".repeat(30_000),
        "_a ".repeat(60_000),
        format!("{}{}", footer.repeat(3), "\n".repeat(300_000)),
        (0..600).map(|n| format!("{}- a\n", " ".repeat(n))).collect(),
        "\u{301}\u{8}".repeat(50_000),
        "\u{1b}[".repeat(80_000),
    ];
    for text in texts {
        let begins: String = text.chars().take(80).collect();
        ends(&format!("{begins:?}"), move || {
            let mut source = Source::memory("a.txt", text);
            source.terminal = true;
            check_body(&*formats::open(&source, &Entry::default()).unwrap().body);
        });
    }
}

/// Numbers stand right where the document says nothing, with the heading over them; what only looks like numbers does not.
#[test]
fn columns_of_numbers_are_aligned_right() {
    let align = |text: &str| {
        let document = open("a.md", text);
        let table = document.blocks().find_map(|(_, block)| match &block.kind {
            Kind::Table(table) => Some(table.align.clone()),
            _ => None,
        });
        table.unwrap()
    };
    let column = |cells: &[&str]| {
        let rows: String = cells.iter().map(|cell| format!("|{cell}|\n")).collect();
        align(&format!("|Head|\n|---|\n{rows}"))[0] == Align::Right
    };
    for numbers in [
        &["1", "22"][..],
        &["1,234.5", "-3"],
        &["12 000", "–", "n/a", ""],
        &["$5", "€ 12.50"],
        &["5 %", "12.5%"],
        &["±0.3", "1.2e-5", "(7)"],
        &["1.234.567", "3"],
        &["10k", "3M"],
    ] {
        assert!(column(numbers), "{numbers:?}");
    }
    for words in [
        &["1", "two"][..],
        &["2009-05-01"],
        &["1.2.3"],
        &["1, 2, 5"],
        &["–", ""],
        &["10-12"],
        &["192.168.0.1"],
        &["3rd"],
        &["v2"],
    ] {
        assert!(!column(words), "{words:?}");
    }
    assert_eq!(align("|a|b|c|\n|:--|--|:-:|\n|1|2|3|\n"), [Align::Left, Align::Right, Align::Center]);
}

/// Formulas of TeX on a line, as Markdown, LaTeX and pages hold them; what is not known stays as it is written.
#[test]
fn formulas_are_said_in_unicode() {
    let text = |name: &str, text: &str| {
        let document = open(name, text);
        document.blocks().map(|(_, block)| block.text.clone()).collect::<Vec<_>>().join("|")
    };
    let mut wrong = Vec::new();
    for (tex, said) in [
        (r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}", "x = (−b ± √(b² − 4ac))/(2a)"),
        (r"\alpha_1 \to \infty", "α₁ → ∞"),
        (r"\sum_{i=1}^{n} i^2", "∑ᵢ₌₁ⁿ i²"),
        (r"\int_0^\infty e^{-x^2}\,dx", "∫₀^∞ e^(−x²) dx"),
        (r"e^{i\pi}+1=0", "e^(iπ) + 1 = 0"),
        (r"f\colon A \rightarrow B, a \mapsto a'", "f : A → B, a ↦ a′"),
        (r"\lim_{x\to 0}\frac{\sin x}{x}=1", "lim_(x → 0) (sin x)/x = 1"),
        (r"\left( \frac12 \right)^n", "(1/2)ⁿ"),
        (r"\hat{x}\cdot\vec v", "x̂ · v⃗"),
        (r"\sqrt[3]{x+1}, \sqrt[n]{2}", "∛(x + 1), ⁿ√2"),
        (r"\mathbb{R}^n \setminus \{0\}", "ℝⁿ ∖ {0}"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a b; c d)"),
        (r"|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{else} \end{cases}", "|x| = { x if x ≥ 0; −x else"),
        (r"{}^{14}\mathrm{C}", "¹⁴C"),
        (r"90^\circ, (a+b)^2", "90°, (a + b)²"),
        (r"\operatorname{rank} A \le 2\log n", "rank A ≤ 2 log n"),
        (r"\overset{\text{def}}{=}", "=ᵈᵉᶠ"),
        (r"a \not\in B", "a ∉ B"),
    ] {
        let markdown = text("a.md", &format!("It is ${tex}$."));
        let composed = |text: &str| unicode_normalization::UnicodeNormalization::nfc(text).collect::<String>();
        let latex = text("a.tex", &format!("\\begin{{document}}It is ${tex}$.\\end{{document}}"));
        let page = text("a.html", &format!("<p>It is \\({}\\).", tex.replace('&', "&amp;")));
        if composed(&markdown) != composed(&format!("It is {said}.")) || latex != markdown || page != markdown {
            wrong.push((tex, markdown, latex, page));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for tex in [r"\xymatrix{A}", r"\frac{a}", r"a}b", r"\begin{CD} a \end{CD}", r"\left(a"] {
        assert_eq!(text("a.md", &format!("It is ${tex}$.")), format!("It is ${tex}$."));
    }
    assert_eq!(text("a.md", "$$\na = b \\\\\n  = c\n$$\n"), "a = b\n= c");
    assert_eq!(text("a.html", "<p>from $$5 to \\(x <code>\\(a\\)</code>"), "from $$5 to \\(x \\(a\\)");
    let deep = format!("${}x{}$", "{".repeat(5_000), "}".repeat(5_000));
    assert_eq!(text("a.md", &deep), deep);
}
