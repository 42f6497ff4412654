//! Where a word may be parted: between syllables, by the patterns of its language (Liang, "Word Hy-phen-a-tion by
//! Com-put-er", 1983). Words that are no plain words stay whole: code, addresses, numbers, capitals, what the writer has
//! hyphenated already. A language that nobody knows parts nothing.

use std::ops::Range;

use hypher::Lang;

use crate::text::{self, language};

/// Shorter words are not worth it.
const SHORTEST: usize = 5;
/// No word is longer; what is, is something else.
const LONGEST: usize = 60;

/// The language whose words are parted, if any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hyphens(Option<Lang>);

impl Hyphens {
    /// Of a language as a document names it: a tag of BCP 47, a code, a name.
    pub fn of(language: Option<&str>) -> Hyphens {
        let code = |tag: &str| match tag.as_bytes() {
            // The Norwegian that is meant when none is named.
            b"no" => Some(*b"nb"),
            [a, b] => Some([a.to_ascii_lowercase(), b.to_ascii_lowercase()]),
            _ => None,
        };
        let tag = language.map(|written| language::tag(written).unwrap_or_default());
        Hyphens(tag.and_then(|tag| Lang::from_iso(code(language::primary(&tag))?)))
    }

    /// Whether there is a language to part words in.
    pub(super) fn any(self) -> bool {
        self.0.is_some()
    }

    /// The places in `range` of a text at which a hyphen may be drawn, in order. No word in `kept` is parted.
    pub(super) fn places(self, text: &str, range: Range<usize>, kept: &[Range<usize>]) -> Vec<usize> {
        let mut places = Vec::new();
        let Some(lang) = self.0 else { return places };
        let part = text::slice(text, range.clone());
        let mut at = range.start;
        for token in part.split_inclusive(char::is_whitespace) {
            let start = at;
            at += token.len();
            if let Some((word, before)) = word(token) {
                let start = start + before;
                if !kept.iter().any(|kept| kept.start < at && start < kept.end) {
                    let mut end = start;
                    let ends = hypher::hyphenate(word, lang).map(|syllable| {
                        end += syllable.len();
                        end
                    });
                    places.extend(ends.filter(|end| *end < start + word.len()));
                }
            }
        }
        places
    }
}

/// The word of a token that may be parted, without the punctuation around it, and the bytes before it.
fn word(token: &str) -> Option<(&str, usize)> {
    let sign = |c: char| !c.is_alphanumeric();
    let head = token.trim_start_matches(sign);
    let (word, before) = (head.trim_end_matches(sign), token.len() - head.len());
    let mut letters = 0;
    for (at, c) in word.chars().enumerate() {
        if !c.is_alphabetic() || (at > 0 && c.is_uppercase()) {
            return None;
        }
        letters += 1;
    }
    // What follows a slash, an at sign or a backslash is a path or a name.
    let signs = token.contains(['/', '\\', '@', '_', '<', '>', '`', '#']);
    ((SHORTEST..=LONGEST).contains(&letters) && !signs).then_some((word, before))
}
