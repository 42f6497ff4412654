//! The gate to the terminal: what it holds back, told here once more in the words of the Unicode standard, so that the tests
//! of all ways to a terminal don't ask the gate itself whether it is closed.

use recto::text::Safe;

use crate::terminal::{Token, Tokens};

/// What is never sent to a terminal as a part of a document: what terminals obey (general category Cc), what ends a line,
/// what reorders the text around it (Bidi_Control, UAX 9; and the deprecated format characters beside them), and what
/// is not seen at all (format characters, less the joiners that scripts and emoji need).
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

/// Words with some of each kind in them, as it may stand in a file, and in its name but for the slash.
pub const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[31mred\u{1b}]52;c;AAAA\u{1b}\\\u{9b}32m\u{85}\u{90}q\u{9c} a\u{202e}gnp.b \
     \u{2066}x\u{2069}\r\u{8}\u{7f}\u{feff}i\u{61c}j\u{200f}k\u{200b}l\u{e0041}m\u{fff9}n\u{2028}o";

/// What stands in [`HOSTILE`] first, as it is shown.
pub const SHOWN: &str = "␛]0;owned␇␛[31mred␛]52;c;AAAA␛\\";

/// Asserts that of what was sent to a terminal or into a pipe nothing but `ours` is more than text.
pub fn assert_harmless(raw: &[u8], ours: impl Fn(&Token) -> bool, of: &str) {
    let tokens = Tokens::of(raw);
    let foreign: Vec<&Token> = tokens.iter().filter(|token| !matches!(token, Token::Text(_)) && !ours(token)).collect();
    assert!(foreign.is_empty(), "{of}: {foreign:?}");
    let bytes = tokens.iter().filter_map(|token| if let Token::Text(byte) = token { Some(*byte) } else { None });
    let text = String::from_utf8(bytes.collect()).unwrap_or_else(|error| panic!("{of}: {error}"));
    let harmful: Vec<char> = text.chars().filter(|c| is_harmful(*c)).collect();
    assert!(harmful.is_empty(), "{of}: {harmful:?}");
}

#[test]
fn what_is_harmful_does_not_pass_and_all_else_does() {
    // Each between letters, and no two side by side: what they would make together is another question.
    let all: Vec<char> = ('\0'..=char::MAX).collect();
    for block in all.chunks(4096) {
        let text: String = block.iter().flat_map(|c| ['a', *c, ' ']).collect();
        let expected: String =
            block.iter().filter(|c| !is_harmful(**c)).flat_map(|c| ['a', *c, ' ']).collect::<String>();
        for safe in [Safe::line(&text), Safe::from(text.as_str()), Safe::from(text.clone())] {
            let left: Vec<char> = safe.chars().filter(|c| is_harmful(*c)).collect();
            assert!(left.is_empty(), "{left:?}");
            if !block.iter().any(|c| is_harmful(*c)) {
                assert_eq!(*safe, *expected);
            }
        }
    }
    for c in all.iter().filter(|c| u32::from(**c) < 0x3000) {
        let safe = Safe::line(&format!("a{c}b"));
        assert_eq!(*safe == format!("a{c}b"), !is_harmful(*c), "{c:?}: {safe:?}");
    }
}

#[test]
fn a_control_shows_as_a_sign_and_what_ends_a_line_as_a_blank() {
    for (text, shown) in [
        ("a\u{1b}[31mb", "a␛[31mb"),
        ("\0\u{1f}\u{7f}", "␀␟␡"),
        ("a\u{9b}b", "a\u{fffd}b"),
        ("a\tb\nc\rd\r\ne\u{b}f\u{c}g\u{2028}h\u{2029}i", "a b c d e f g h i"),
        ("a\u{202e}b\u{2066}c\u{ad}d\u{200b}e\u{feff}f\u{e0041}g", "abcdefg"),
        ("नी \u{200c}می\u{200d} 👩\u{200d}💻 é", "नी \u{200c}می\u{200d} 👩\u{200d}💻 é"),
    ] {
        assert_eq!(Safe::line(text).as_str(), shown);
    }
}

/// Marks without end over one letter ran over the lines above it.
#[test]
fn a_letter_has_no_more_marks_than_its_line_holds() {
    let marks = "\u{301}".repeat(40);
    assert_eq!(*Safe::line(&format!("a{marks}b")), format!("a{}b", "\u{301}".repeat(8)));
    assert_eq!(*Safe::line(&format!("\u{7}a{marks}b")), format!("␇a{}b", "\u{301}".repeat(8)));
}
