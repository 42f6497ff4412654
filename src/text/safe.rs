//! The one gate to the screen. No control character, escape sequence or bidi control of a document, a title or a file
//! name passes it: `ui` draws and `cli` prints [`Safe`] text only, and `Safe` can be made only here.
//!
//! Terminals obey C0 and C1 controls wherever they stand, and bidi controls reorder what is around them ("Trojan
//! Source", CVE-2021-42574). What is dropped would be invisible; what is replaced stays visible.

use std::{borrow::Cow, fmt, ops::Deref};

use unicode_segmentation::UnicodeSegmentation;

/// Combining marks that one grapheme may carry; more of them pile up over the neighbouring lines.
const MAX_MARKS: usize = 8;

/// Text of one line that may be sent to a terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Safe(String);

impl Safe {
    /// Makes `text` fit to be drawn on one line: line ends and tabs become spaces, controls a visible sign.
    pub fn line(text: &str) -> Safe {
        Safe(clean(text).into_owned())
    }

    /// The longest beginning that fits in `columns`, with `…` in the last one when something was cut.
    pub fn fit(&self, columns: usize) -> Safe {
        if super::width::width(&self.0) <= columns {
            return self.clone();
        }
        if columns == 0 {
            return Safe::default();
        }
        let (head, _) = super::width::cut(&self.0, columns - 1);
        Safe(format!("{}…", head.trim_end()))
    }

    /// Columns on a terminal.
    pub fn width(&self) -> usize {
        super::width::width(&self.0)
    }

    /// Appends text that has passed already.
    pub fn push(&mut self, other: &Safe) {
        self.0.push_str(&other.0);
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// For the program's own words, which are clean already, and for texts built from clean parts: cleaning clean text
/// copies it unchanged.
impl From<&str> for Safe {
    fn from(text: &str) -> Safe {
        Safe::line(text)
    }
}

impl From<String> for Safe {
    fn from(text: String) -> Safe {
        match clean(&text) {
            Cow::Borrowed(_) => Safe(text),
            Cow::Owned(clean) => Safe(clean),
        }
    }
}

/// A text for another program: its lines and tabs, and else only what may be shown. Whoever reads it may print it, or paste
/// it into a shell.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for part in text.split_inclusive(['\n', '\t']) {
        let said = part.trim_end_matches(['\n', '\t']);
        plain.push_str(&Safe::line(said));
        plain.push_str(super::tail(part, said.len()));
    }
    plain
}

impl Deref for Safe {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Safe {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What a character becomes on the screen.
enum Shown {
    As(char),
    Dropped,
}

fn shown(c: char) -> Shown {
    match c {
        '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}' => Shown::As(' '),
        '\0'..='\u{1F}' => Shown::As(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}')), // ␀ to ␟
        '\u{7F}' => Shown::As('\u{2421}'),                                                         // ␡
        '\u{80}'..='\u{9F}' => Shown::As('\u{FFFD}'),
        '\u{AD}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => Shown::Dropped, // invisible
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' => Shown::Dropped, // bidi
        '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => Shown::Dropped, // annotations, tags
        '\u{1D173}'..='\u{1D17A}' => Shown::Dropped,                           // musical format controls
        _ => Shown::As(c),
    }
}

fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b))
        || !text.chars().any(|c| !matches!(shown(c), Shown::As(s) if s == c))
    {
        return bounded(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\r' && chars.peek() == Some(&'\n') {
            continue;
        }
        if let Shown::As(s) = shown(c) {
            out.push(s);
        }
    }
    match bounded(Cow::Borrowed(&out)) {
        Cow::Owned(shorter) => Cow::Owned(shorter),
        Cow::Borrowed(_) => Cow::Owned(out),
    }
}

/// Cuts graphemes down to [`MAX_MARKS`] marks.
fn bounded(text: Cow<'_, str>) -> Cow<'_, str> {
    let over = |g: &str| g.len() > MAX_MARKS && g.chars().count() > MAX_MARKS + 1;
    if text.is_ascii() || !text.graphemes(true).any(over) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for g in text.graphemes(true) {
        if over(g) { out.extend(g.chars().take(MAX_MARKS + 1)) } else { out.push_str(g) }
    }
    Cow::Owned(out)
}
