//! Columns: what is counted when lines are broken is what is drawn in cells.

use proptest::prelude::*;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};
use recto::{
    doc::{Block, BlockId, Kind},
    layout::{Setting, lay},
    text::{Safe, width},
};

/// Signs of which terminals, and tables of widths, have had different opinions.
const PIECES: &[&str] = &[
    "a",
    " ",
    "é",
    "e\u{301}",
    "世",
    "가",
    "ᄀ",
    "ᅡ",
    "ᆨ",
    "ｶ",
    "ﾞ",
    "ｶﾞ",
    "ﾟ",
    "Ａ",
    "ＡＢ",
    "⸺",
    "⸻",
    "﷽",
    "ﷺ",
    "क्षि",
    "நி",
    "ก็",
    "កែ",
    "ม้ำ",
    "လူ့",
    "👩",
    "👩\u{200d}👧",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "👍🏽",
    "🏽",
    "🇩🇪",
    "🇩",
    "🏴\u{e0067}\u{e0062}\u{e007f}",
    "☺",
    "☺\u{fe0f}",
    "☺\u{fe0e}",
    "⌚",
    "⌚\u{fe0e}",
    "1\u{fe0f}\u{20e3}",
    "#\u{20e3}",
    "\u{200d}",
    "\u{200b}",
    "\u{fe0f}",
    "\u{301}",
    "\u{ad}",
    "\u{3000}",
    "𝒳",
    "𠀀",
    "￼",
    "\u{fffd}",
    "\u{e000}",
    "ש\u{5b8}",
    "لا",
    "\u{600}1",
    "\u{1b}",
    "\t",
    "\u{7f}",
    "\u{85}",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![pieces, any::<String>()]
}

/// The columns after which a text ends that is drawn.
fn drawn(text: &Safe) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 2000, 1));
    usize::from(buffer.set_stringn(0, 0, text.as_str(), 2000, Style::default()).0)
}

#[test]
fn a_cluster_has_the_columns_of_what_it_shows() {
    for (text, columns) in [("👩\u{200d}👧", 2), ("🇩🇪", 2), ("☺\u{fe0f}", 2), ("e\u{301}", 1), ("👍🏽", 2)]
    {
        assert_eq!((width::width(text), drawn(&Safe::line(text))), (columns, columns), "{text}");
    }
}

/// A colour of skin without anybody before it; the other way round it would be the next one's.
#[test]
fn signs_that_change_others_change_none_when_a_row_is_turned() {
    let block = Block::new(Kind::Paragraph, "ﷺ\u{200b}🏽👩");
    for row in lay(&block, BlockId(0), &Setting { bidi: true, ..Setting::new(5) }) {
        for part in row.drawn() {
            assert_eq!(drawn(&part.text), part.run.text.width());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// Found with or without the tables of Unicode.
    #[test]
    fn graphemes_are_those_of_unicode(text in text()) {
        use unicode_segmentation::UnicodeSegmentation as _;
        let found: Vec<(usize, &str)> = recto::text::graphemes(&text).collect();
        prop_assert_eq!(found, text.grapheme_indices(true).collect::<Vec<_>>());
    }

    #[test]
    fn a_text_is_as_wide_as_it_is_drawn(text in text()) {
        let safe = Safe::line(&text);
        prop_assert_eq!(safe.width(), drawn(&safe));
        for columns in 0..12 {
            let (head, used) = width::cut(&safe, columns);
            prop_assert!(used <= columns);
            prop_assert_eq!(drawn(&Safe::from(head)), used);
            prop_assert!(safe.fit(columns).width() <= columns);
        }
    }

    #[test]
    fn a_row_is_as_wide_as_it_is_drawn(text in text(), measure in 1usize..40, bidi: bool, justify: bool, keep: bool) {
        let block = Block::new(if keep { Kind::Preformatted } else { Kind::Paragraph }, text);
        for row in lay(&block, BlockId(0), &Setting { bidi, justify, ..Setting::new(measure) }) {
            for drawn_run in row.drawn() {
                prop_assert_eq!(drawn(&drawn_run.text), drawn_run.run.text.width(), "{:?}", row);
            }
            prop_assert!(row.width() <= measure, "{:?}", row);
        }
    }
}
