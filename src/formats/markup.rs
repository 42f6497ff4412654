//! What the formats share that are text with marks in it: how such a file is read, and how a paragraph is told in it.

use anyhow::Result;

use super::{Confidence, Source, bounds};
use crate::{doc::Document, text::decode};

/// Reads a whole text file and makes a document of it. What is longer than a document may be is left out, and said.
pub fn open(source: &Source, read: impl FnOnce(&str) -> Document) -> Result<Document> {
    let bytes = source.read(0, bounds::TEXT)?;
    let text = decode::decode_all(&bytes);
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let mut document = read(&text);
    if source.size() > bounds::TEXT as u64 {
        document.warnings.push(format!("only the first {} are shown", bounds::megabytes(bounds::TEXT)));
    }
    Ok(document)
}

/// Told by its name, if nothing in it speaks against text.
pub fn named(head: &[u8], source: &Source, extensions: &[&str]) -> Confidence {
    if source.terminal || !extensions.contains(&source.extension().as_str()) || is_binary(head) {
        Confidence::No
    } else {
        Confidence::Name
    }
}

/// Whether the bytes are no text.
pub fn is_binary(head: &[u8]) -> bool {
    head.contains(&0) && !decode::detect(head, false).is_utf16()
}

/// How many columns a line is indented by; a tab goes to the next eighth.
pub fn indent(line: &str) -> usize {
    let mut columns = 0;
    for c in line.chars() {
        match c {
            ' ' => columns += 1,
            '\t' => columns = columns / 8 * 8 + 8,
            _ => break,
        }
    }
    columns
}

/// A text with its tabs as the spaces that they stand for.
pub fn without_tabs(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('\t') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' => {
                let next = column / 8 * 8 + 8;
                out.extend(std::iter::repeat_n(' ', next - column));
                column = next;
            }
            '\n' => {
                out.push(c);
                column = 0;
            }
            _ => {
                out.push(c);
                column += 1;
            }
        }
    }
    out.into()
}

/// The first `columns` columns of blanks left out, or as many as there are.
pub fn dedented(line: &str, columns: usize) -> &str {
    let blanks = line.bytes().take(columns).take_while(|b| *b == b' ').count();
    crate::text::tail(line, blanks)
}
