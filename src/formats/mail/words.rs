//! Encoded words (RFC 2047): `=?iso-8859-1?Q?Andr=E9?=`. They are read as mail programs write them, not only as the RFC
//! wants it: within quotes, within other words, with blanks in them, and with a character cut in two at the end of one word,
//! which is why neighbours are joined before they are decoded.

use super::transfer;
use crate::text;

/// Longer words are no words: a search for their end goes no further.
const LONGEST: usize = 4 * 1024;

/// A text of a header with its encoded words decoded.
pub fn decode(text: &str) -> String {
    replace(text, str::to_owned)
}

/// The same text with its words in UTF-8, each run of them one word: what a parser of structured fields reads right.
pub fn in_utf8(text: &str) -> String {
    replace(text, |decoded| {
        let hex: String = decoded.bytes().map(|b| format!("={b:02X}")).collect();
        format!("=?utf-8?Q?{hex}?=")
    })
}

/// Replaces each run of encoded words by what `write` makes of its text. White space between two words is none (6.2).
fn replace(text: &str, write: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("=?") {
        let Some(first) = Word::at(text::tail(rest, at)) else {
            out.push_str(text::head(rest, at + 2));
            rest = text::tail(rest, at + 2);
            continue;
        };
        out.push_str(text::head(rest, at));
        rest = text::tail(rest, at + first.length);
        let mut run = vec![first];
        while let Some(word) = Word::at(rest.trim_start()) {
            rest = text::tail(rest.trim_start(), word.length);
            run.push(word);
        }
        out.push_str(&write(&joined(&run)));
    }
    out.push_str(rest);
    out
}

/// The text of neighbouring words: the bytes of those in one charset are decoded together.
fn joined(run: &[Word<'_>]) -> String {
    let alike = |a: &Word<'_>, b: &Word<'_>| a.charset.eq_ignore_ascii_case(b.charset);
    let decoded = run.chunk_by(alike).map(|words| {
        let bytes: Vec<u8> = words.iter().flat_map(Word::bytes).collect();
        transfer::text(&bytes, words.first().map(|word| word.charset))
    });
    decoded.collect()
}

/// One encoded word.
#[derive(Debug)]
struct Word<'t> {
    charset: &'t str,
    base64: bool,
    data: &'t str,
    /// Its bytes in all.
    length: usize,
}

impl<'t> Word<'t> {
    /// The word at the start of a text.
    fn at(text: &'t str) -> Option<Word<'t>> {
        let text = text::head(text, text.floor_char_boundary(LONGEST.min(text.len())));
        let inner = text.strip_prefix("=?")?;
        let (charset, after) = inner.split_once('?')?;
        let (encoding, after) = after.split_once('?')?;
        let base64 = match encoding {
            "b" | "B" => true,
            "q" | "Q" => false,
            _ => return None,
        };
        let mut end = after.find("?=")?;
        // `=?utf-8?Q??=` and `…?Q?=3D?=`: the first sign of the data may be an equals sign.
        if !base64 && after.starts_with("?=") && text::tail(after, 2).starts_with(|c: char| c.is_ascii_hexdigit()) {
            end = 1 + text::tail(after, 1).find("?=")?;
        }
        let data = text::head(after, end);
        let plain = !charset.is_empty() && charset.len() < 64 && charset.bytes().all(|b| b.is_ascii_graphic());
        // RFC 2231 adds the language: `us-ascii*en`.
        let charset = charset.split('*').next().unwrap_or_default();
        (plain && !data.contains('\n')).then(|| Word {
            charset,
            base64,
            data,
            length: text.len() - after.len() + end + 2,
        })
    }

    fn bytes(&self) -> Vec<u8> {
        if self.base64 {
            return transfer::base64(self.data.as_bytes());
        }
        transfer::quoted_printable(self.data.replace('_', " ").as_bytes())
    }
}
