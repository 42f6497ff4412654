//! Text that is read from the right: the order in which it is drawn is Unicode's (UAX 9), nothing is lost or widened by it,
//! and all that isn't drawing keeps the order in which it is read.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use proptest::prelude::*;
use recto::{
    doc::{Align, Block, BlockId, Kind, Nest, Span, SpanKind, Table},
    layout::{Hit, Row, Setting, lay, mark},
    text::{
        Safe,
        bidi::{self, Direction, Levels},
    },
};
use unicode_segmentation::UnicodeSegmentation;

use crate::harness::Harness;

/// Of the Universal Declaration of Human Rights, with what a newspaper would put into it.
const HEBREW: &str = "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם (ההכרזה של 1948, סעיף 1). הם ניחנו בתבונה ובמצפון, \
    ולפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה. ראו גם Universal Declaration of Human Rights, עמ' 12–15.";

const ARABIC: &str = "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق (المادة 1، سنة ١٩٤٨). وقد وهبوا عقلًا وضميرًا وعليهم أن \
    يعامل بعضهم بعضًا بروح الإخاء. انظر UNESCO 2023 للمزيد.";

/// A row as it is drawn, with its blanks.
fn drawn(row: &Row) -> String {
    let text: String = row.drawn().map(|drawn| drawn.text.to_string()).collect();
    format!("{}{text}", " ".repeat(row.indent)).trim_end().to_owned()
}

fn set(block: &Block, measure: usize) -> Vec<Row> {
    lay(block, BlockId(0), &Setting { bidi: true, ..Setting::new(measure) })
}

fn picture(block: &Block, measure: usize) -> String {
    set(block, measure).iter().map(drawn).collect::<Vec<_>>().join("\n")
}

fn paragraph(text: &str) -> Block {
    Block::new(Kind::Paragraph, text)
}

#[test]
fn a_line_is_drawn_as_unicode_has_it() {
    for (read, seen) in [
        ("car", "car"),
        // The examples of UAX 9, with Hebrew for its capital letters.
        ("car means מכונית.", "car means תינוכמ."),
        ("מכונית means car.", ".means car תינוכמ"),
        ("he said «מכונית means CAR.»", "he said «תינוכמ means CAR.»"),
        // Numbers run to the right within what runs to the left.
        ("שנת 1948 הייתה", "התייה 1948 תנש"),
        ("عام ١٩٤٨", "١٩٤٨ ماع"),
        // Brackets are turned, and belong to what they hold.
        ("בית (a[1]) סוף", "ףוס (a[1]) תיב"),
        ("(שלום)", "(םולש)"),
        // A letter keeps its points.
        ("שָׁלוֹם", "םוֹלשָׁ"),
    ] {
        assert_eq!(bidi::line(&Safe::from(read)).as_str(), seen, "{read}");
    }
}

/// "Trojan Source": what a control says is not done, nor does it count as a letter.
#[test]
fn no_control_of_a_document_moves_anything() {
    for text in ["if (\u{202e}user\u{2066}) // a", "\u{2067}abc\u{2069} d", "\u{202b}abc, d.\u{202c}"] {
        let bare: String =
            text.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect();
        assert_eq!(picture(&paragraph(text), 40), bare);
        assert_eq!(Direction::of(text), Direction::Left);
    }
    let hidden = "שלום \u{202d}abc ועוד\u{202c}";
    assert_eq!(picture(&paragraph(hidden), 20), picture(&paragraph("שלום abc ועוד"), 20));
}

#[test]
fn a_paragraph_is_set_from_its_own_side() {
    assert_snapshot!([picture(&paragraph(HEBREW), 44), picture(&paragraph(ARABIC), 44)].join("\n\n"));
    let rows = set(&paragraph(HEBREW), 44);
    assert!(rows.iter().all(|row| row.width() == 44), "a line isn't flush right: {rows:#?}");
}

#[test]
fn bars_and_markers_stand_where_a_line_begins() {
    let item = |marker: &str| Kind::Item { marker: marker.to_owned(), task: None };
    let quoted = |kind, text: &str| Block { nest: vec![Nest::Quote], ..Block::new(kind, text) };
    let blocks = [
        quoted(Kind::Paragraph, HEBREW),
        quoted(item("12."), "שלום abc 7 ועוד מילים בשביל שורה שנייה"),
        Block::new(item("•"), "a word of Hebrew, שלום, in English"),
        Block::new(Kind::Footnote { label: "א".to_owned() }, "a note"),
        Block::new(Kind::Image { source: "a.png".to_owned() }, "תמונה של בית"),
        Block::new(Kind::Code { language: None }, "let x = \"שלום (1)\"; // בית\nfn f() {}"),
        Block::new(Kind::Preformatted, "שיר קצר\n  ועוד שורה\nand one more"),
    ];
    assert_snapshot!(blocks.iter().map(|block| picture(block, 30)).collect::<Vec<_>>().join("\n\n"));
}

/// The first column of a Hebrew table is the rightmost, numbers beside it; cells of either kind keep to their own side.
#[test]
fn tables_run_from_their_own_side() {
    let table = |rows: [[&str; 3]; 3]| {
        let (mut text, mut cells) = (String::new(), Vec::new());
        for row in rows {
            cells.push(Vec::new());
            for cell in row {
                let start = text.len();
                text.push_str(cell);
                cells.last_mut().unwrap().push(start..text.len());
                text.push('\t');
            }
        }
        let align = vec![Align::Left, Align::Left, Align::Right];
        Block::new(Kind::Table(Table { rows: cells, header: 1, align, ..Table::default() }), text)
    };
    let hebrew = table([["שם", "כתובת", "גיל"], ["דוד לוי", "Haifa", "41"], ["Ann Weaver", "רחוב הים 7", "9"]]);
    let english = table([["Name", "Place", "Age"], ["דוד לוי", "Haifa", "41"], ["Ann Weaver", "רחוב הים 7", "9"]]);
    let pictures = [(&hebrew, 40), (&english, 40), (&hebrew, 14), (&english, 14)];
    assert_snapshot!(pictures.map(|(block, measure)| picture(block, measure)).join("\n\n"));
}

#[test]
fn copying_and_marking_keep_the_order_of_reading() {
    let block = paragraph(HEBREW);
    let rows = set(&block, 30);
    assert_eq!(
        super::harness::text_of(&rows).split_whitespace().collect::<Vec<_>>(),
        HEBREW.split_whitespace().collect::<Vec<_>>()
    );
    let word = "בערכם";
    let at = HEBREW.find(word).unwrap();
    let mut row = rows.into_iter().find(|row| row.range.contains(&at)).unwrap();
    mark(&mut row, &[(at..at + word.len(), Hit::Hit)]);
    let lit: Vec<String> =
        row.drawn().filter(|drawn| drawn.run.face.lit.hit == Hit::Hit).map(|drawn| drawn.text.to_string()).collect();
    assert_eq!(lit, ["םכרעב"]);
    // The first letter of the word is the rightmost of it.
    let (first, second) = (row.column_of(at).unwrap(), row.column_of(at + 2).unwrap());
    assert_eq!(first, second + 1);
    assert_eq!(row.byte_at(first), Some(at));
}

#[test]
fn all_of_the_screen_is_in_order() {
    let files = [
        (
            "a.md",
            format!("---\ntitle: הכרזת זכויות האדם (1948)\nauthor: האו\"ם\n---\n\n{HEBREW}\n\n- [קישור](b.md) ראשון\n"),
        ),
        ("b.md", format!("# إعلان 1948\n\n{ARABIC}\n")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let mut h = Harness::new(&files).size(100, 16);
    assert_snapshot!("bidi_list_and_text", h.keys("/title:זכויות").screen());
    h.keys("<Enter><Enter>y");
    assert!(h.copied().contains("(ההכרזה של 1948, סעיף 1)"), "{}", h.copied());
    assert_snapshot!("bidi_links", h.keys("f").screen());
    let mut h = Harness::new(&files).size(100, 16).view(|view| view.bidi = false);
    assert!(h.screen().contains("כל בני האדם"), "{}", h.screen());
}

/// Letters, digits, marks and signs of every kind of direction.
const PIECES: &[&str] = &[
    "a",
    "Bc",
    " ",
    " ",
    "(",
    ")",
    "[",
    "]",
    "1",
    "23",
    ".",
    ",",
    "-",
    "+",
    "$",
    "ש",
    "לום",
    "שָׁ",
    "ا",
    "مرح",
    "٣",
    "١٢",
    "。",
    "漢",
    "\t",
    "\u{200f}",
    "\u{200e}",
    "\u{202e}",
    "\u{2067}",
    "\u{2069}",
    "👩‍👧",
    "\n",
    "·",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn graphemes(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for grapheme in text.graphemes(true).filter(|grapheme| !grapheme.trim().is_empty()) {
        // A bracket may be turned.
        let plain = grapheme.replace(')', "(").replace(']', "[");
        *counts.entry(plain).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// The reference implementation, over text that has nothing it would draw otherwise than a terminal.
    #[test]
    fn the_order_is_that_of_the_algorithm(pieces in prop::collection::vec(prop::sample::select(&PIECES[..20]), 0..30)) {
        let text = Safe::from(pieces.concat().replace(['(', ')', '[', ']'], "!").replace("שָׁ", "ש"));
        let level = unicode_bidi::Level::new(Direction::of(&text).level()).unwrap();
        let info = unicode_bidi::BidiInfo::new(&text, Some(level));
        let wanted = info.paragraphs.first().map_or_else(String::new, |para| info.reorder_line(para, para.range.clone()).into_owned());
        let line = bidi::line(&text);
        prop_assert_eq!(line.as_str(), wanted);
    }

    #[test]
    fn no_column_and_no_grapheme_is_lost(text in text(), measure in 1usize..50, justify: bool, keep: bool) {
        let block = Block {
            spans: vec![Span { range: 3..9, kind: SpanKind::Strong }],
            ..Block::new(if keep { Kind::Preformatted } else { Kind::Paragraph }, text)
        };
        for row in lay(&block, BlockId(0), &Setting { bidi: true, justify, ..Setting::new(measure) }) {
            let mut column = row.indent;
            let mut runs = 0;
            for drawn in row.drawn() {
                prop_assert_eq!(drawn.column, column);
                prop_assert_eq!(drawn.text.width(), drawn.run.text.width());
                prop_assert_eq!(graphemes(&drawn.text), graphemes(&drawn.run.text));
                column += drawn.text.width();
                runs += 1;
            }
            prop_assert_eq!(runs, row.runs.len());
            prop_assert_eq!(column, row.width());
            prop_assert!(column <= measure);
        }
    }

    #[test]
    fn levels_tile_a_text_and_are_those_of_its_graphemes(text in text(), from in 0usize..30) {
        let levels = Levels::of(&text, Direction::of(&text));
        let mut at = from.min(text.len());
        for (part, level) in levels.parts(at..text.len()) {
            prop_assert_eq!(part.start, at);
            prop_assert!(!part.is_empty());
            prop_assert!(part.clone().all(|byte| levels.at(byte) == level));
            at = part.end;
        }
        prop_assert_eq!(at, text.len());
        for (at, grapheme) in text.grapheme_indices(true) {
            prop_assert!((at..at + grapheme.len()).all(|byte| levels.at(byte) == levels.at(at)));
        }
    }
}
