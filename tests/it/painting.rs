//! Words of programs in their colours: plain first, then as the grammars say, and never at the price of a letter.

use std::{collections::HashSet, sync::LazyLock};

use proptest::prelude::*;
use ratatui::{buffer::Cell, style::Color};
use recto::{
    doc::{Block, BlockId, Kind, Token},
    layout::{Setting, lay, paint},
    syntax::{LARGEST, LONGEST, Syntax},
};

use crate::harness::Harness;

/// The grammars take a while to unpack.
static SYNTAX: LazyLock<Syntax> = LazyLock::new(Syntax::default);

fn code(language: &str, text: &str) -> Block {
    Block::new(Kind::Code { language: Some(language.to_owned()) }, text)
}

/// The words of a text that are something, with what they are.
fn words(language: &str, text: &str) -> Vec<(String, Token)> {
    let tokens = SYNTAX.tokens(&code(language, text), &|| true).unwrap();
    tokens.iter().map(|(range, token)| (text[range.clone()].trim().to_owned(), *token)).collect()
}

#[test]
fn words_are_what_they_are() {
    let text = "// why\nfn main() {\n    let x = \"a\" ; f(12);\n}\n";
    let found = words("rust", text);
    for (word, token) in [
        ("// why", Token::Comment),
        ("fn", Token::Keyword),
        ("main", Token::Function),
        ("let", Token::Keyword),
        ("\"a\"", Token::String),
        ("12", Token::Number),
    ] {
        assert!(found.contains(&(word.to_owned(), token)), "{word} is {token:?} in {found:?}");
    }
    assert!(!found.iter().any(|(word, _)| word == "x"), "a variable is nothing: {found:?}");
}

#[test]
fn a_language_goes_by_what_people_write() {
    let python = words("python", "def f(): pass\n");
    assert!(!python.is_empty());
    for name in ["py", "Python", "python3", "language-python", "{.python .numberLines}", "python,ignore"] {
        assert_eq!(words(name, "def f(): pass\n"), python, "{name}");
    }
    for name in ["", "no-such-language", "{}"] {
        assert!(words(name, "def f(): pass\n").is_empty(), "{name}");
    }
}

#[test]
fn what_is_too_large_stays_plain() {
    let long = format!("let a = \"{}\";\nlet b = 1;\n", "x".repeat(LONGEST));
    let found = words("rust", &long);
    assert!(found.iter().all(|(word, _)| word.len() < LONGEST) && found.contains(&("1".to_owned(), Token::Number)));
    assert!(words("rust", &"fn f() {}\n".repeat(LARGEST / 10 + 1)).is_empty());
}

#[test]
fn nobody_waits_for_what_nobody_wants() {
    assert!(SYNTAX.tokens(&code("rust", "fn f() {}\n"), &|| false).is_none());
}

/// The page is there at once, and the colours come with the answer.
#[test]
fn the_page_is_plain_first() {
    let page = "# B\n\n```rust\nfn main() {}\n```\n";
    let mut h = Harness::new(&[("a.md", "# A\n\nwords\n"), ("b.md", page)]).size(120, 30);
    h.hold().keys("j");
    for outcome in h.take_held() {
        h.outcome(outcome);
    }
    assert_eq!(inks(&mut h, "fn main").len(), 1, "before the answer all words look alike");
    h.release();
    assert!(inks(&mut h, "fn main").len() > 1, "a keyword has another colour than a brace");
}

/// The colours of the letters of the line that holds `text`, from there on.
fn inks(h: &mut Harness, text: &str) -> HashSet<Color> {
    let (buffer, _) = h.draw();
    let width = usize::from(buffer.area.width);
    let symbols = |line: &[Cell]| line.iter().map(|cell| cell.symbol().to_owned()).collect::<Vec<_>>();
    let line = buffer.content.chunks(width).find(|line| symbols(line).concat().contains(text)).unwrap();
    let letters = symbols(line);
    let at = (0..width).find(|at| letters[*at..].concat().starts_with(text)).unwrap();
    let end = (at..width).find(|at| letters[*at..].concat().starts_with("  ")).unwrap_or(width);
    line[at..end].iter().filter(|cell| cell.symbol() != " ").map(|cell| cell.fg).collect()
}

proptest! {
    /// Whatever the text, ranges stand apart and in order, and no letter is lost.
    #[test]
    fn colours_lose_nothing(text in "[a-z\"'/*# {}()\t\nä漢]{0,200}") {
        let block = code("rust", &text);
        let tokens = SYNTAX.tokens(&block, &|| true).unwrap();
        prop_assert!(tokens.windows(2).all(|two| two[0].0.end <= two[1].0.start));
        prop_assert!(tokens.iter().all(|(range, _)| text.get(range.clone()).is_some_and(|t| !t.is_empty())));
        for mut row in lay(&block, BlockId(0), &Setting::new(40)) {
            let before = row.text();
            paint(&mut row, &tokens);
            prop_assert_eq!(row.text(), before);
        }
    }
}
