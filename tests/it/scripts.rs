//! Where lines end in scripts that have their own rules for it: Chinese and Japanese (kinsoku, JIS X 4051), and those that
//! are written without spaces.

use proptest::prelude::*;
use recto::{
    doc::{Block, BlockId, Kind, Table},
    layout::{Row, Setting, lay},
};

/// Signs that may not begin a line, and those that may not end one.
const NO_BEGINNING: &str =
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】’”ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";
const NO_END: &str = "（［｛〔〈《「『【‘“";

fn set(text: &str, setting: &Setting) -> Vec<Row> {
    lay(&Block::new(Kind::Paragraph, text), BlockId(0), setting)
}

/// As a cell is set: a line at a time.
fn cell(text: &str, measure: usize) -> Vec<Row> {
    let table = Table { rows: vec![vec![0..text.len()]], ..Table::default() };
    lay(&Block::new(Kind::Table(table), text), BlockId(0), &Setting::new(measure))
}

fn lines(rows: &[Row]) -> Vec<String> {
    rows.iter().map(Row::text).collect()
}

#[test]
fn words_that_stand_without_spaces_are_kept_whole() {
    for (text, words) in [
        ("สวัสดีชาวโลกนี่คือการทดสอบภาษาไทย", &["สวัสดี", "ชาว", "โลก", "นี่", "คือ", "การ", "ทดสอบ", "ภาษา", "ไทย"][..]),
        ("ພາສາລາວເປັນພາສາທາງການຂອງປະເທດລາວ", &["ພາສາ", "ລາວ", "ເປັນ", "ພາສາ", "ທາງການ", "ຂອງ", "ປະເທດ", "ລາວ"]),
        ("ភាសាខ្មែរជាភាសាផ្លូវការរបស់ប្រទេសកម្ពុជា", &["ភាសាខ្មែរ", "ជា", "ភាសាផ្លូវការ", "របស់", "ប្រទេស", "កម្ពុជា"]),
        ("မြန်မာဘာသာစကားသည်", &["မြန်မာဘာသာ", "စကား", "သည်"]),
        // What is written in other letters within it, and the sign that a word is said twice.
        ("ใช้rectoอ่านทุกๆวัน", &["ใช้", "recto", "อ่าน", "ทุกๆ", "วัน"]),
    ] {
        for measure in 10..14 {
            for rows in [set(text, &Setting::new(measure)), cell(text, measure)] {
                let lines = lines(&rows);
                assert!(lines.len() > 1, "{measure}: {lines:?}");
                assert_eq!(lines.concat(), text);
                let mut rest = words.iter().copied();
                for line in &lines {
                    let mut left = line.as_str();
                    while !left.is_empty() {
                        let word = rest.next().unwrap();
                        left = left.strip_prefix(word).unwrap_or_else(|| panic!("{word} is parted: {lines:?}"));
                    }
                }
            }
        }
    }
}

fn japanese() -> impl Strategy<Value = String> {
    let letter = prop::sample::select("漢字仮名交文吾輩猫あいうえおアイウエオ".chars().collect::<Vec<_>>());
    let closing = prop::sample::select(NO_BEGINNING.chars().collect::<Vec<_>>());
    let opening = prop::sample::select(NO_END.chars().collect::<Vec<_>>());
    let piece = prop_oneof![
        8 => prop::collection::vec(letter, 1..5).prop_map(String::from_iter),
        3 => closing.prop_map(String::from),
        2 => opening.prop_map(String::from),
        1 => Just(" word, ".to_owned()),
        1 => Just("2009".to_owned()),
    ];
    // Signs in a row, of which no line could be made, are no text.
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.join("文"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_begins_or_ends_with_a_sign_that_may_not(text in japanese(), measure in 20usize..60, justify: bool) {
        for rows in [set(&text, &Setting { justify, ..Setting::new(measure) }), cell(&text, measure)] {
            let lines = lines(&rows);
            for line in lines.iter().skip(1) {
                prop_assert!(!line.starts_with(|c| NO_BEGINNING.contains(c)), "{line} in {lines:?}");
            }
            for line in lines.iter().rev().skip(1) {
                prop_assert!(!line.ends_with(|c| NO_END.contains(c)), "{line} in {lines:?}");
            }
        }
    }
}
