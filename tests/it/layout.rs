//! Rows: properties that hold for any document at any measure, and how the kinds of blocks look.

use std::{
    ops::Range,
    sync::{Arc, RwLock},
};

use proptest::prelude::*;
use recto::{
    doc::{Align, Anchor, Block, BlockId, Body, Document, Held, Kind, Meta, Nest, Span, SpanKind, Table, TableShape},
    layout::{Hit, Hyphens, Leads, Page, Place, Row, Setting, Viewport, lay, lines, mark},
    text::{Safe, width},
};

// Any document.

/// What texts are made of: words of every kind, and what documents should not hold but do.
const PIECES: &[&str] = &[
    "alpha",
    "a",
    "of",
    "don't",
    "well-known",
    "internationalisation",
    "/a/very/long/path/that/has/no/space/in/it",
    "漢字",
    "かな",
    "、",
    "。",
    "「引用」",
    "한국어",
    "ไทย",
    "שלום",
    "(בית 42, (x [7]) סוף)",
    "مرحبا ١٢٣",
    "\u{200f}",
    "👩‍👧",
    "🇩🇪",
    "🇩",
    "☺\u{fe0f}",
    "e\u{301}",
    "\u{301}",
    "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}",
    "soft\u{ad}hy\u{ad}phen",
    "\u{200b}",
    "\u{202e}",
    "\u{1b}[31m",
    "\u{85}",
    "\u{a0}",
    "\t",
    "\n",
    "\r\n",
    "\r",
    " ",
    " ",
    " ",
    "  ",
    "   \u{3000}",
    "\u{200d}",
];

fn text() -> impl Strategy<Value = String> {
    let any = prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat());
    let words = prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.join(" "));
    prop_oneof![any, words]
}

fn nest() -> impl Strategy<Value = Vec<Nest>> {
    let one = prop_oneof![Just(Nest::Quote), (1u8..9).prop_map(Nest::Item), Just(Nest::Footnote)];
    prop::collection::vec(one, 0..6)
}

fn kind() -> impl Strategy<Value = Kind> {
    let marker = prop::sample::select(&["•", "3.", "b)", "", "viii.", "a very long marker"][..]);
    prop_oneof![
        4 => Just(Kind::Paragraph),
        1 => (1u8..=6).prop_map(|level| Kind::Heading { level }),
        3 => (marker, any::<Option<bool>>()).prop_map(|(marker, task)| Kind::Item { marker: marker.to_owned(), task }),
        2 => Just(Kind::Code { language: None }),
        2 => Just(Kind::Preformatted),
        1 => Just(Kind::Image { source: "a.png".to_owned() }),
        1 => Just(Kind::Footnote { label: "note".to_owned() }),
    ]
}

fn table() -> impl Strategy<Value = Block> {
    let rows = prop::collection::vec(prop::collection::vec(text(), 0..6), 0..5);
    (rows, 0usize..3, any::<bool>(), nest()).prop_map(|(rows, header, shaped, nest)| {
        let header = header.min(rows.len());
        let shape =
            shaped.then(|| TableShape { widths: vec![9, 30], header: vec!["one".to_owned(), "two".to_owned()] });
        Block { nest, ..grid(&rows, header, &[Align::Left, Align::Right, Align::Center], shape) }
    })
}

fn block() -> impl Strategy<Value = Block> {
    let spans = prop::collection::vec((0usize..400, 0usize..80, 0usize..9), 0..5);
    let flowing =
        (kind(), text(), nest(), spans, prop::bool::weighted(0.1)).prop_map(|(kind, text, nest, spans, on)| {
            let mut spans: Vec<Span> = spans
                .into_iter()
                .map(|(start, length, kind)| Span { range: start..start + length, kind: span_kind(kind) })
                .collect();
            spans.sort_by_key(|span| span.range.start);
            Block { kind, text, nest, spans, continues: on }
        });
    let rule = nest().prop_map(|nest| Block { kind: Kind::Rule, nest, ..Block::default() });
    prop_oneof![9 => flowing, 2 => table(), 1 => rule]
}

fn span_kind(n: usize) -> SpanKind {
    match n {
        0 => SpanKind::Emphasis,
        1 => SpanKind::Strong,
        2 => SpanKind::Code,
        3 => SpanKind::Link(3),
        4 => SpanKind::Dim,
        5 => SpanKind::FootnoteRef("1".to_owned()),
        6 => SpanKind::Colored { foreground: None, background: None },
        7 => SpanKind::Strikethrough,
        _ => SpanKind::Image("b.png".to_owned()),
    }
}

fn document() -> impl Strategy<Value = Document> {
    prop::collection::vec(block(), 0..12).prop_map(|blocks| Document::held(Meta::default(), blocks))
}

fn setting() -> impl Strategy<Value = Setting> {
    let measure = prop_oneof![1usize..16, 1usize..120];
    let hyphens = prop_oneof![Just(None), Just(Some("en")), Just(Some("de"))].prop_map(Hyphens::of);
    let switches = (any::<bool>(), any::<bool>(), any::<bool>());
    let pictures = prop::collection::btree_map((0u64..12).prop_map(BlockId), 0usize..6, 0..6).prop_map(Arc::new);
    (measure, switches, hyphens, pictures).prop_map(|(measure, (ascii, justify, bidi), hyphens, pictures)| Setting {
        pictures,
        ascii,
        justify,
        bidi,
        hyphens,
        ..Setting::new(measure)
    })
}

/// Whether a character is drawn at all, and not as a blank.
fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !Safe::line(&c.to_string()).trim().is_empty()
}

fn seen(text: &str) -> String {
    text.chars().filter(|c| is_seen(*c)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_row_is_wider_than_the_measure(block in block(), setting in setting(), sideways in 0usize..60) {
        for sideways in [0, sideways] {
            let setting = Setting { sideways, moves: sideways % 2 == 1, ..setting.clone() };
            for row in lay(&block, BlockId(0), &setting) {
                prop_assert!(row.width() <= setting.measure, "{} columns: {:?}", row.width(), row);
            }
        }
    }

    #[test]
    fn wrapped_lines_show_every_byte(text in "[a-zé世\t\n ]{0,200}", measure in 2usize..30) {
        let block = Block::new(Kind::Preformatted, text);
        let setting = Setting { wrap: true, ..Setting::new(measure) };
        let (mut at, mut shown) = (0, String::new());
        for row in lay(&block, BlockId(7), &setting) {
            prop_assert!(row.width() <= measure && row.clipped == (false, false), "{row:?}");
            prop_assert_eq!(row.range.start, at);
            at = row.range.end;
            shown.push_str(&row.text());
        }
        prop_assert_eq!(at, block.text.len());
        let words = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(words(&shown), words(&block.text));
    }

    #[test]
    fn the_ranges_of_rows_tile_the_text(block in block(), setting in setting()) {
        let mut at = 0;
        for row in lay(&block, BlockId(7), &setting) {
            prop_assert_eq!(row.range.start, at);
            prop_assert_eq!(row.block, BlockId(7));
            at = row.range.end;
        }
        prop_assert_eq!(at, block.text.len());
    }

    #[test]
    fn every_run_shows_its_source(block in block(), setting in setting(), sideways in 0usize..20) {
        let table = matches!(block.kind, Kind::Table(_));
        for row in lay(&block, BlockId(0), &Setting { sideways, moves: sideways > 9, ..setting.clone() }) {
            for run in &row.runs {
                prop_assert!(!run.text.is_empty());
                let Some(source) = &run.source else {
                    prop_assert!(run.face.decoration || table, "{:?}", run);
                    continue;
                };
                prop_assert!(table || (row.range.start <= source.start && source.end <= row.range.end), "{:?}", row);
                let text = &block.text[source.clone()];
                let other = run.text.trim().is_empty() || text == "\u{ad}" || run.text.as_str() == "…";
                prop_assert!(run.text == Safe::line(text) || other, "{:?} for {:?}", run, text);
            }
        }
    }

    /// Nothing is lost, nothing shown twice, and the pieces of a word that was broken make up the word.
    #[test]
    fn the_words_of_the_rows_are_the_words_of_the_blocks(block in block(), setting in setting()) {
        let setting = if block.keeps_lines() { Setting::new(2000) } else { setting };
        let rows = lay(&block, BlockId(0), &setting);
        let mut sources: Vec<Range<usize>> =
            rows.iter().flat_map(|row| &row.runs).filter_map(|run| run.source.clone()).collect();
        if matches!(block.kind, Kind::Table(_)) {
            // Cells stand side by side, and labels are repeated.
            sources.sort_by_key(|source| (source.start, source.end));
            sources.dedup();
        }
        let shown: String = sources.iter().map(|source| seen(&block.text[source.clone()])).collect();
        prop_assert_eq!(shown, seen(&block.text));
    }

    #[test]
    fn a_byte_has_its_column_and_a_column_its_byte(block in block(), setting in setting()) {
        for row in lay(&block, BlockId(0), &setting) {
            for column in 0..row.width() {
                if let Some(byte) = row.byte_at(column) {
                    let back = row.column_of(byte).unwrap();
                    prop_assert!(back <= column && column < back + 8, "{column} is {byte} is {back}");
                    prop_assert_eq!(row.byte_at(back), Some(byte));
                }
            }
        }
    }

    #[test]
    fn exactly_what_is_hit_is_marked(
        block in block(), setting in setting(), hits in prop::collection::vec((0usize..300, 0usize..40, any::<bool>()), 0..5)
    ) {
        let hits: Vec<(Range<usize>, Hit)> = hits
            .into_iter()
            .map(|(start, length, current)| (start..start + length, if current { Hit::Current } else { Hit::Hit }))
            .collect();
        for row in lay(&block, BlockId(0), &setting) {
            let mut marked = row.clone();
            mark(&mut marked, &hits);
            prop_assert_eq!(marked.text(), row.text());
            prop_assert_eq!(marked.width(), row.width());
            for column in 0..row.width() {
                prop_assert_eq!(marked.byte_at(column), row.byte_at(column));
            }
            for run in &marked.runs {
                let Some(source) = run.source.clone() else {
                    prop_assert_eq!(run.face.lit.hit, Hit::None);
                    continue;
                };
                let over = |range: &Range<usize>| range.start < source.end && source.start < range.end;
                let touching: Vec<&(Range<usize>, Hit)> = hits.iter().filter(|(range, _)| over(range) && !range.is_empty()).collect();
                // Every byte of a run is hit alike, but for the bytes of a grapheme that is hit in part.
                let most = touching.iter().map(|(_, hit)| *hit).max().unwrap_or_default();
                prop_assert_eq!(run.face.lit.hit, most, "{:?} of {:?}", run, hits);
                let whole = touching.iter().any(|(range, _)| range.start <= source.start && source.end <= range.end);
                prop_assert!(touching.len() != 1 || whole || !run.text.is_ascii() || run.text.len() != source.len(), "{:?} of {:?}", run, hits);
            }
        }
    }

    /// Row by row from the start to the end, pages show the document that `lines` gives, and nothing stays unreached.
    #[test]
    fn pages_are_windows_of_the_lines(document in document(), setting in setting(), height in 1usize..30) {
        let all: Vec<Row> = lines(&document, &setting).collect();
        let mut viewport = Viewport::new(document.body.clone());
        let (mut top, mut at) = (viewport.start(&setting), 0);
        loop {
            let page = viewport.page(top, height, &setting);
            prop_assert_eq!(&page.rows[..], &all[at.min(all.len())..(at + height).min(all.len())], "at {}", at);
            prop_assert_eq!(page.at_start, at == 0);
            prop_assert_eq!(page.at_end, at + height >= all.len());
            prop_assert!(page.bytes.start <= page.bytes.end && page.bytes.end <= page.of);
            let next = viewport.scroll(top, 1, height, &setting);
            if page.at_end {
                prop_assert_eq!(next, top);
                prop_assert_eq!(page.bytes.end, page.of);
                break;
            }
            prop_assert_ne!(next, top);
            top = next;
            at += 1;
        }
        prop_assert_eq!(at, all.len().saturating_sub(height));
        let end = viewport.end(height, &setting);
        prop_assert_eq!(viewport.page(end, height, &setting), viewport.page(top, height, &setting));
    }

    #[test]
    fn scrolling_there_and_back_returns(
        document in document(), setting in setting(), height in 1usize..30, by in 0isize..60, from in 0isize..200
    ) {
        let total = lines(&document, &setting).count() as isize;
        let mut viewport = Viewport::new(document.body.clone());
        let start = viewport.start(&setting);
        let top = viewport.scroll(start, from, height, &setting);
        let last = (total - height as isize).max(0);
        if from + by <= last {
            let there = viewport.scroll(top, by, height, &setting);
            prop_assert_eq!(viewport.scroll(there, -by, height, &setting), top);
        }
        prop_assert_eq!(viewport.scroll(top, -from - 1, height, &setting), start);
        prop_assert_eq!(viewport.scroll(top, isize::MIN, height, &setting), start);
        let end = viewport.scroll(top, isize::MAX, height, &setting);
        prop_assert!(viewport.page(end, height, &setting).at_end);
    }

    #[test]
    fn what_is_revealed_is_on_the_page(
        document in document(), setting in setting(), height in 1usize..30, from in 0isize..200, pick in any::<(u16, u16)>()
    ) {
        let Some(last) = document.body.last() else { return Ok(()) };
        let block = BlockId(u64::from(pick.0) % (last.0 + 1));
        let text = &document.body.block(block).unwrap().text;
        let byte = text.floor_char_boundary(usize::from(pick.1) % (text.len() + 1));
        let mut viewport = Viewport::new(document.body.clone());
        let start = viewport.start(&setting);
        let top = viewport.scroll(start, from, height, &setting);
        let draws = |row: &Row| row.block == block && row.column_of(byte).is_some();
        let holds = |row: &Row| row.block == block && (row.range.contains(&byte) || row.range.end == byte);
        let is_drawn = lines(&document, &setting).any(|row| draws(&row));
        let shown = |page: &Page| page.rows.iter().any(|row| if is_drawn { draws(row) } else { holds(row) });
        let to = viewport.reveal(top, Anchor { block, byte }, height, &setting);
        prop_assert!(shown(&viewport.page(to, height, &setting)));
        prop_assert_eq!(viewport.reveal(to, Anchor { block, byte }, height, &setting), to);
        prop_assert_eq!(viewport.settle(to, height, &setting), to);
    }

    #[test]
    fn a_fraction_is_a_place_near_it(document in document(), setting in setting(), height in 1usize..30, f in 0.0..=1.0f64) {
        let mut viewport = Viewport::new(document.body.clone());
        let top = viewport.at_fraction(f, height, &setting);
        let page = viewport.page(top, height, &setting);
        let position = (page.last as f64 * f) as u64;
        prop_assert!(page.bytes.start <= page.last, "{:?}: {}", page.bytes, page.last);
        for rows in [-1, 1] {
            let other = viewport.scroll(top, rows, height, &setting);
            let other = viewport.page(other, height, &setting).bytes.start;
            let distances = (page.bytes.start.abs_diff(position), other.abs_diff(position));
            prop_assert!(distances.0 <= distances.1, "{position}: {:?}, {rows:+}: {other}", page.bytes);
        }
    }
}

// How it looks.

fn grid(rows: &[Vec<String>], header: usize, align: &[Align], shape: Option<TableShape>) -> Block {
    let mut text = String::new();
    let mut cells = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        if n > 0 {
            text.push('\n');
        }
        let mut ranges = Vec::new();
        for (m, cell) in row.iter().enumerate() {
            if m > 0 {
                text.push('\t');
            }
            ranges.push(text.len()..text.len() + cell.len());
            text.push_str(cell);
        }
        cells.push(ranges);
    }
    let table = Table { align: align.to_vec(), rows: cells, header, shape: shape.map(Arc::new) };
    Block::new(Kind::Table(table), text)
}

fn people() -> Block {
    let rows = [
        ["Name", "Born", "Known for"],
        ["Ada Lovelace", "1815", "the first program, for a machine that was never built"],
        ["Emmy Noether", "1882", "the theorem that ties symmetries to conservation laws"],
    ];
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    grid(&rows, 1, &[Align::Left, Align::Right, Align::Left], None)
}

fn item(marker: &str, depth: &[u8], text: &str) -> Block {
    let nest = depth.iter().map(|columns| Nest::Item(*columns)).collect();
    Block { nest, ..Block::new(Kind::Item { marker: marker.to_owned(), task: None }, text) }
}

/// The rows of blocks as lines of text.
fn drawn(blocks: Vec<Block>, setting: &Setting) -> String {
    let document = Document::held(Meta::default(), blocks);
    let rows: Vec<Row> = lines(&document, setting).collect();
    rows.iter().map(|row| row.text() + "\n").collect()
}

fn expect(blocks: Vec<Block>, setting: &Setting, expected: &[&str]) {
    let drawn = drawn(blocks, setting);
    let lines: Vec<&str> = drawn.lines().collect();
    assert_eq!(lines, expected, "\n{drawn}");
}

#[test]
fn items_hang_and_lists_are_tight() {
    let blocks = vec![
        Block::new(Kind::Paragraph, "A list:"),
        item("•", &[2], "the first item goes on"),
        item("◦", &[2, 2], "and has a part"),
        item("9.", &[4], "nine"),
        item("10.", &[4], "ten is wider than"),
        Block { nest: vec![Nest::Item(4)], ..Block::new(Kind::Paragraph, "of two paragraphs") },
    ];
    expect(
        blocks,
        &Setting::new(16),
        &[
            "A list:",
            "",
            "• the first item",
            "  goes on",
            "  ◦ and has a",
            "    part",
            " 9. nine",
            "10. ten is wider",
            "    than",
            "",
            "    of two",
            "    paragraphs",
        ],
    );
}

#[test]
fn tasks_show_their_state() {
    let task = |done| Block {
        nest: vec![Nest::Item(2)],
        ..Block::new(Kind::Item { marker: "•".to_owned(), task: Some(done) }, "write it down")
    };
    expect(vec![task(false), task(true)], &Setting::new(12), &["☐ write it", "  down", "☑ write it", "  down"]);
    let ascii = Setting { ascii: true, ..Setting::new(14) };
    expect(vec![task(false), task(true)], &ascii, &["[ ] write it", "    down", "[x] write it", "    down"]);
}

#[test]
fn headings_have_air_above_but_not_at_the_start() {
    let heading = |level, text| Block::new(Kind::Heading { level }, text);
    let paragraph = || Block::new(Kind::Paragraph, "Text.");
    let blocks =
        vec![heading(1, "One"), heading(2, "Two"), paragraph(), heading(3, "Three"), paragraph(), heading(2, "Four")];
    expect(blocks, &Setting::new(20), &["One", "", "Two", "", "Text.", "", "Three", "", "Text.", "", "", "Four"]);
}

#[test]
fn the_bar_of_a_quote_runs_through_its_gaps() {
    let quote = |nest: &[Nest], text: &str| Block { nest: nest.to_vec(), ..Block::new(Kind::Paragraph, text) };
    let blocks = || {
        vec![
            quote(&[Nest::Quote], "He said that it was so"),
            quote(&[Nest::Quote, Nest::Quote], "she did not"),
            quote(&[Nest::Quote], "again"),
            quote(&[], "After."),
        ]
    };
    let bars = ["│ He said that", "│ it was so", "│", "│ │ she did not", "│", "│ again", "", "After."];
    expect(blocks(), &Setting::new(16), &bars);
    let plain: Vec<String> = bars.iter().map(|row| row.replace('│', "|")).collect();
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    expect(blocks(), &Setting { ascii: true, ..Setting::new(16) }, &plain);
}

/// JIS X 4051 and UAX 14: no line starts with a closing mark or ends with an opening one.
#[test]
fn chinese_and_japanese_break_between_characters_but_not_before_a_full_stop() {
    let block = || vec![Block::new(Kind::Paragraph, "これは文章です。次の「引用」も。")];
    expect(block(), &Setting::new(14), &["これは文章で", "す。次の「引", "用」も。"]);
    expect(block(), &Setting::new(15), &["これは文章で", "す。次の「引", "用」も。"]);
    expect(block(), &Setting::new(10), &["これは文章", "です。次の", "「引用」", "も。"]);
}

#[test]
fn long_words_break_and_soft_hyphens_show_where_they_part() {
    let block = |text: &str| vec![Block::new(Kind::Paragraph, text)];
    expect(block("see abcdefghijkl now"), &Setting::new(5), &["see", "abcde", "fghij", "kl", "now"]);
    expect(block("an inter\u{ad}national ar\u{ad}ea"), &Setting::new(9), &["an inter-", "national", "area"]);
    expect(block("kept\nlines  \n\nof verse"), &Setting::new(20), &["kept", "lines", "", "of verse"]);
}

/// Addresses were parted after `http://`, and `<-` and `>` stood on two lines.
#[test]
fn addresses_and_marks_of_programs_are_not_parted_at_a_hyphen() {
    let paragraph = |text: &str| vec![Block::new(Kind::Paragraph, text)];
    expect(paragraph("it is well-known"), &Setting::new(12), &["it is well-", "known"]);
    expect(paragraph("at http://savannah"), &Setting::new(15), &["at", "http://savannah"]);
    expect(paragraph("see http://a-b.example/c"), &Setting::new(20), &["see", "http://a-b.example/c"]);
    expect(paragraph("the kernel<->user part"), &Setting::new(14), &["the", "kernel<->user", "part"]);
    expect(paragraph("in /usr/dpkg-dev here"), &Setting::new(13), &["in /usr/", "dpkg-dev here"]);
    expect(paragraph("say --with-readline"), &Setting::new(16), &["say", "--with-readline"]);
}

#[test]
fn tables_fit_the_measure_by_narrowing_the_widest_column() {
    expect(
        vec![people()],
        &Setting::new(48),
        &[
            "Name          Born  Known for",
            "────────────  ────  ────────────────────────────",
            "Ada Lovelace  1815  the first program, for a",
            "                    machine that was never built",
            "Emmy Noether  1882  the theorem that ties",
            "                    symmetries to conservation",
            "                    laws",
        ],
    );
}

#[test]
fn a_table_without_room_is_stacked() {
    expect(
        vec![people()],
        &Setting::new(18),
        &[
            "Name: Ada Lovelace",
            "Born: 1815",
            "Known for",
            "  the first",
            "  program, for a",
            "  machine that was",
            "  never built",
            "",
            "Name: Emmy Noether",
            "Born: 1882",
            "Known for",
            "  the theorem that",
            "  ties symmetries",
            "  to conservation",
            "  laws",
        ],
    );
}

/// Six columns of some words each, of which 70 columns would leave three letters each.
fn wide() -> Block {
    let record = |of: &str| (1..=6).map(|column| format!("{of} {column} antidisestablishment")).collect::<Vec<_>>();
    grid(&[record("head"), record("one"), record("two")], 1, &[], None)
}

/// Where it can be moved, a table that doesn't fit is moved and not crushed, and never past its last column.
#[test]
fn a_wide_table_moves_sideways() {
    let rows = |setting: &Setting| lay(&wide(), BlockId(0), setting);
    let all = 6 * 27 + 5 * 2;
    let setting = |sideways| Setting { sideways, moves: true, ..Setting::new(70) };
    for (sideways, left) in [(0, 0), (8, 8), (24, 24), (90, 90), (500, all - 70)] {
        let whole = rows(&Setting { beyond: 200, ..setting(0) });
        for (row, whole) in rows(&setting(sideways)).iter().zip(&whole) {
            let seen: String = whole.text().chars().chain(std::iter::repeat(' ')).skip(left).take(70).collect();
            assert_eq!(row.text(), seen.trim_end());
            assert_eq!(row.clipped, (left > 0, left + 70 < all), "{sideways}");
        }
    }
    // Beside the text column is room for it, and where there is none it is stacked or narrowed as ever.
    assert!(rows(&Setting { beyond: 102, ..setting(40) }).iter().all(|row| row.clipped == (false, false)));
    assert!(rows(&Setting { moves: true, ..Setting::new(50) }).iter().any(|row| row.gap));
    assert!(rows(&Setting { wrap: true, ..setting(0) }).iter().all(|row| row.clipped == (false, false)));
}

/// What is cut says which bytes it shows, and of a wide character a blank is left.
#[test]
fn a_cell_that_is_cut_is_cut_between_characters() {
    let cells = vec![vec!["漢字".repeat(8); 6]];
    let block = grid(&cells, 0, &[], None);
    let rows = lay(&block, BlockId(0), &Setting { sideways: 3, moves: true, ..Setting::new(60) });
    assert_eq!(rows[0].text(), format!(" {0}  {0}", "漢字".repeat(7)));
    for run in rows[0].runs.iter().filter(|run| !run.text.trim().is_empty()) {
        assert_eq!(block.text[run.source.clone().unwrap()], *run.text);
    }
}

/// Over a page that begins among the records of a table stands its heading, and only there.
#[test]
fn the_heading_of_a_table_stays() {
    let records: Vec<Vec<String>> = std::iter::once(vec!["Key".to_owned(), "Value".to_owned()])
        .chain((1..30).map(|n| vec![n.to_string(), format!("value {n}")]))
        .collect();
    let shape = TableShape { widths: vec![4, 9], header: records[0].clone() };
    let more = Block {
        continues: true,
        ..grid(&[vec!["30".into(), "last".into()], vec!["31".into(), "end".into()]], 0, &[], Some(shape.clone()))
    };
    let blocks = vec![
        Block::new(Kind::Paragraph, "Before."),
        grid(&records, 1, &[], Some(shape)),
        more,
        Block::new(Kind::Paragraph, "After."),
    ];
    let document = Document::held(Meta::default(), blocks);
    let mut viewport = Viewport::new(document.body);
    let mut heads = |columns: usize| {
        let setting = Setting::new(columns);
        let mut heads = Vec::new();
        let mut top = viewport.start(&setting);
        for _ in 0..37 {
            let page = viewport.page(top, 1, &setting);
            heads.push((page.rows[0].text(), page.head.map(|head| head.text())));
            top = viewport.scroll(top, 1, 1, &setting);
        }
        heads
    };
    let heading = Some("Key   Value".to_owned());
    let wide = heads(40);
    for (text, head) in &wide {
        let record = text.starts_with("─") || text.starts_with(|c: char| c.is_ascii_digit());
        assert_eq!(head, if record { &heading } else { &None }, "{text}");
    }
    assert!(wide.iter().any(|(text, _)| text == "31    end"), "{wide:?}");
    assert!(heads(6).iter().all(|(_, head)| head.is_none()), "stacked records are labelled");
}

/// A heading whose column holds nothing would label no value.
#[test]
fn a_stacked_table_shows_headings_without_values() {
    let cells = |row: [&str; 3]| row.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let table = |rows: &[[&str; 3]]| vec![grid(&rows.iter().map(|row| cells(*row)).collect::<Vec<_>>(), 1, &[], None)];
    let rows = [["Name", "Empty", "Known as"], ["Ada Lovelace", "", "Countess"]];
    expect(table(&rows), &Setting::new(14), &["Empty", "", "Name: Ada", "  Lovelace", "Known as", "  Countess"]);
    expect(table(&rows[..1]), &Setting::new(14), &["Name", "Empty", "Known as"]);
}

/// The part that follows shows no header, but its columns are as wide, whatever it holds.
#[test]
fn the_parts_of_a_table_share_their_columns() {
    let shape = TableShape { widths: vec![6, 4], header: vec!["Key".to_owned(), "Value".to_owned()] };
    let cells =
        |rows: &[[&str; 2]]| rows.iter().map(|row| row.iter().map(|c| (*c).to_owned()).collect()).collect::<Vec<_>>();
    let first = grid(&cells(&[["Key", "Val"], ["a", "b"]]), 1, &[], Some(shape.clone()));
    let second = Block { continues: true, ..grid(&cells(&[["longer one", "x"]]), 0, &[], Some(shape)) };
    let blocks = || vec![first.clone(), second.clone()];
    expect(blocks(), &Setting::new(30), &["Key     Val", "──────  ────", "a       b", "longer  x", "one"]);
    expect(blocks(), &Setting::new(11), &["Key: a", "Val: b", "Key: longer", "one", "Value: x"]);
}

#[test]
fn code_is_clipped_and_moves_sideways() {
    let code = Block::new(Kind::Code { language: None }, "fn main() {\n\tlet 漢 = 1;\n\n}\n");
    let shown = |sideways| {
        let rows = lay(&code, BlockId(0), &Setting { sideways, ..Setting::new(12) });
        rows.iter().map(|row| (row.text(), row.clipped)).collect::<Vec<_>>()
    };
    let row = |text: &str, left, right| (text.to_owned(), (left, right));
    let end = [row("", false, false), row("  }", false, false)];
    assert_eq!(shown(0)[..2], [row("  fn main()", false, true), row("      let 漢", false, true)]);
    assert_eq!(shown(0)[2..], end);
    // The left half of the wide character is cut off: a blank stands for the right one.
    assert_eq!(shown(9)[..2], [row("   {", true, false), row("    = 1;", true, false)]);
}

#[test]
fn signs_stand_for_rules_and_images() {
    let image = Block::new(Kind::Image { source: "x.png".to_owned() }, "a cat that sleeps");
    let blocks =
        vec![Block::new(Kind::Rule, ""), image, Block::new(Kind::Footnote { label: "1".to_owned() }, "a note below")];
    expect(blocks, &Setting::new(17), &["       ───", "", "[image: a cat", "that sleeps]", "", "[1] a note below"]);
}

#[test]
fn deep_nesting_leaves_half_of_the_measure() {
    let deep = Block { nest: vec![Nest::Item(4); 12], ..Block::new(Kind::Paragraph, "word ".repeat(8)) };
    for row in lay(&deep, BlockId(0), &Setting::new(40)) {
        assert_eq!(row.text().len() - row.text().trim_start().len(), 20);
    }
    assert_eq!(lay(&deep, BlockId(0), &Setting::new(9))[0].text(), "word word");
}

#[test]
fn faces_follow_spans_by_whole_graphemes() {
    let mut block = Block::new(Kind::Paragraph, "an e\u{301}lan vital");
    let span = |range, kind| Span { range, kind };
    block.spans = vec![span(3..4, SpanKind::Strong), span(10..15, SpanKind::Emphasis), span(10..12, SpanKind::Link(2))];
    let row = &lay(&block, BlockId(0), &Setting::new(40))[0];
    let runs: Vec<_> =
        row.runs.iter().map(|r| (r.text.as_str(), r.face.strong, r.face.emphasis, r.face.leads.clone())).collect();
    assert_eq!(
        runs,
        [
            ("an ", false, false, None),
            ("e\u{301}", true, false, None),
            ("lan ", false, false, None),
            // The link lies within the emphasis.
            ("vi", false, true, Some(Leads::Link(2))),
            ("tal", false, true, None),
        ]
    );
}

#[test]
fn what_is_drawn_otherwise_is_marked_whole() {
    let block = Block::new(Kind::Code { language: None }, "\tif \u{1b}x");
    let mut row = lay(&block, BlockId(0), &Setting::new(40)).remove(0);
    mark(&mut row, &[(0..3, Hit::Hit), (2..3, Hit::Current), (4..5, Hit::Hit)]);
    let runs: Vec<_> = row.runs.iter().map(|run| (run.text.as_str(), run.source.clone(), run.face.lit.hit)).collect();
    assert_eq!(
        runs,
        [
            ("  ", None, Hit::None),
            ("    ", Some(0..1), Hit::Hit),
            ("i", Some(1..2), Hit::Hit),
            ("f", Some(2..3), Hit::Current),
            (" ", Some(3..4), Hit::None),
            ("␛", Some(4..5), Hit::Hit),
            ("x", Some(5..6), Hit::None),
        ]
    );
}

// Moving.

fn essay() -> Document {
    let words = |n: usize| (0..60).map(|word| format!("w{n}x{word}")).collect::<Vec<_>>().join(" ");
    Document::held(Meta::default(), (0..40).map(|n| Block::new(Kind::Paragraph, words(n))).collect())
}

#[test]
fn resizing_keeps_the_anchors_row_on_top() {
    let document = essay();
    let mut viewport = Viewport::new(document.body.clone());
    let top = Place { anchor: Anchor { block: BlockId(5), byte: 150 }, lead: 0 };
    for measure in [72, 20, 11, 60, 1, 100] {
        let setting = Setting::new(measure);
        assert_eq!(viewport.settle(top, 10, &setting), top);
        let page = viewport.page(top, 10, &setting);
        assert_eq!(page.top, top);
        assert!(page.rows[0].range.contains(&150), "{:?}", page.rows[0]);
    }
}

#[test]
fn a_short_document_stays_at_its_start() {
    let document = Document::held(Meta::default(), vec![Block::new(Kind::Paragraph, "one two three four")]);
    let mut viewport = Viewport::new(document.body);
    let setting = Setting::new(9);
    let start = viewport.start(&setting);
    assert_eq!(viewport.end(10, &setting), start);
    assert_eq!(viewport.scroll(start, 5, 10, &setting), start);
    let within = Place { anchor: Anchor { block: BlockId(0), byte: 15 }, lead: 0 };
    assert_eq!(viewport.settle(within, 10, &setting), start);
    // A place that no longer exists, and no height at all.
    let gone = Place { anchor: Anchor { block: BlockId(99), byte: 15 }, lead: 3 };
    assert_eq!(viewport.page(gone, 10, &setting).rows.len(), 3);
    assert_eq!(viewport.page(start, 0, &setting).rows.len(), 0);
}

#[test]
fn what_is_revealed_stands_at_a_third() {
    let document = essay();
    let mut viewport = Viewport::new(document.body.clone());
    let setting = Setting::new(40);
    let start = viewport.start(&setting);
    let anchor = Anchor { block: BlockId(20), byte: 200 };
    let top = viewport.reveal(start, anchor, 12, &setting);
    let page = viewport.page(top, 12, &setting);
    assert!(page.rows[4].block == anchor.block && page.rows[4].range.contains(&anchor.byte));
    assert_eq!(viewport.reveal(start, Anchor { block: BlockId(0), byte: 30 }, 12, &setting), start);
}

/// A body whose file has shrunk to its first two blocks.
struct Shrunk(Held);

impl Body for Shrunk {
    fn first(&self) -> Option<BlockId> {
        self.0.first()
    }
    fn last(&self) -> Option<BlockId> {
        self.0.last()
    }
    fn next(&self, id: BlockId) -> Option<BlockId> {
        self.0.next(id)
    }
    fn prev(&self, id: BlockId) -> Option<BlockId> {
        self.0.prev(id)
    }
    fn at(&self, position: u64) -> Option<BlockId> {
        self.0.at(position)
    }
    fn block(&self, id: BlockId) -> Option<Arc<Block>> {
        self.0.block(id).filter(|_| id.0 < 2)
    }
    fn position(&self, id: BlockId) -> u64 {
        self.0.position(id)
    }
    fn len(&self) -> u64 {
        self.0.len()
    }
}

#[test]
fn blocks_that_cannot_be_read_end_the_document() {
    let blocks = (0..5).map(|n| Block::new(Kind::Paragraph, format!("block {n}"))).collect();
    let mut viewport = Viewport::new(Arc::new(Shrunk(Held::new(blocks))));
    let setting = Setting::new(40);
    let start = viewport.start(&setting);
    let page = viewport.page(start, 10, &setting);
    assert_eq!(super::harness::text_of(&page.rows), "block 0\n\nblock 1\n");
    assert!(page.at_end);
    for block in 2..7 {
        let gone = Place { anchor: Anchor { block: BlockId(block), byte: 3 }, lead: 1 };
        viewport.page(gone, 10, &setting);
        viewport.scroll(gone, -3, 10, &setting);
        viewport.reveal(gone, gone.anchor, 10, &setting);
    }
    viewport.at_fraction(0.9, 10, &setting);
    viewport.end(10, &setting);
}

/// A body that grows at its end, as a pipe does.
struct Pipe(RwLock<Vec<Arc<Block>>>);

impl Body for Pipe {
    fn first(&self) -> Option<BlockId> {
        Some(BlockId(0))
    }
    fn last(&self) -> Option<BlockId> {
        (self.0.read().unwrap().len() as u64).checked_sub(1).map(BlockId)
    }
    fn next(&self, id: BlockId) -> Option<BlockId> {
        Some(BlockId(id.0 + 1)).filter(|next| Some(*next) <= self.last())
    }
    fn prev(&self, id: BlockId) -> Option<BlockId> {
        id.0.checked_sub(1).map(BlockId)
    }
    fn at(&self, position: u64) -> Option<BlockId> {
        self.last().map(|last| last.min(BlockId(position / 10)))
    }
    fn block(&self, id: BlockId) -> Option<Arc<Block>> {
        self.0.read().unwrap().get(id.0 as usize).cloned()
    }
    fn position(&self, id: BlockId) -> u64 {
        id.0 * 10
    }
    fn len(&self) -> u64 {
        self.0.read().unwrap().len() as u64 * 10
    }
    fn growing(&self) -> bool {
        true
    }
}

#[test]
fn what_a_pipe_brings_is_shown_after_a_refresh() {
    let line = |text: &str| Arc::new(Block { continues: true, ..Block::new(Kind::Preformatted, text) });
    let pipe = Arc::new(Pipe(RwLock::new(vec![line("one\ntw")])));
    let mut viewport = Viewport::new(pipe.clone());
    let setting = Setting::new(40);
    let start = viewport.start(&setting);
    assert_eq!(super::harness::text_of(&viewport.page(start, 9, &setting).rows), "one\ntw\n");
    *pipe.0.write().unwrap() = vec![line("one\ntwo\n"), line("three\n")];
    viewport.refresh();
    let page = viewport.page(start, 9, &setting);
    assert_eq!(super::harness::text_of(&page.rows), "one\ntwo\nthree\n");
    assert_eq!((page.bytes, page.of), (0..20, 20));
}

#[test]
fn widths_are_counted_as_they_are_drawn() {
    let block = Block::new(Kind::Paragraph, "\u{202e}ab\u{ad}c\u{1b}[0m 漢");
    let row = &lay(&block, BlockId(0), &Setting::new(20))[0];
    assert_eq!(row.text(), "abc␛[0m 漢");
    assert_eq!(row.width(), width::width(&row.text()));
    assert_eq!(row.column_of(block.text.find('漢').unwrap()), Some(8));
    assert_eq!(row.byte_at(2), block.text.find('c'));
    // A syllable of Devanagari may take more than two columns, and a mark of half-width kana one of its own.
    for text in ["ष्यों", "ﾊﾞ", "👩‍🚀", "漢", "🇪🇺"] {
        let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 9, 1));
        let (after, _) = buffer.set_stringn(0, 0, text, 9, ratatui::style::Style::new());
        assert_eq!(width::width(text), usize::from(after), "{text}");
    }
}

proptest! {
    #[test]
    fn a_width_is_that_of_the_graphemes(text in "([ -~]|[À-ž]|[а-я]|[ぁ-ん]|[一-龥]|[、-】]|\\PC|\u{300}|\u{200d}|\u{fe0f}|\u{3099}|👩|🇩|한|ᄒ|ᅡ){0,12}") {
        use unicode_segmentation::UnicodeSegmentation as _;
        prop_assert_eq!(width::width(&text), text.graphemes(true).map(width::grapheme).sum::<usize>());
    }
}
