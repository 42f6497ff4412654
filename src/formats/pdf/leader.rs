//! Lines of a table of contents: a title, dots that lead the eye, a page.

use super::line::Line;

/// Dots in a row, with or without spaces, that are a leader and no ellipsis.
const DOTS: usize = 5;

/// Whether a line is an entry with a leader.
pub fn is_entry(text: &str) -> bool {
    leader(text).is_some()
}

/// Whether a line ends in the number of a page, after a gap.
pub fn ends_in_page(line: &Line) -> bool {
    let last = line.cells.last().filter(|_| line.cells.len() > 1);
    last.is_some_and(|cell| {
        let number = crate::text::slice(&line.text, cell.range.clone()).trim();
        let roman = number.chars().all(|c| "ivxlc".contains(c));
        !number.is_empty() && number.len() <= 5 && (roman || number.chars().all(|c| c.is_ascii_digit()))
    })
}

/// The line with its leader as one sign.
pub fn shortened(text: &str) -> String {
    match leader(text) {
        Some((before, after)) if before.trim().is_empty() => after.trim().to_owned(),
        Some((before, after)) => format!("{} … {}", before.trim_end(), after.trim_start()).trim_end().to_owned(),
        None => text.to_owned(),
    }
}

/// What stands before the longest leader, and after it.
fn leader(text: &str) -> Option<(&str, &str)> {
    let mut best: Option<(usize, usize, usize)> = None;
    let mut run: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        let dot = matches!(c, '.' | '·' | '…' | '_');
        match &mut run {
            Some((_, dots)) if dot => *dots += if c == '…' { 3 } else { 1 },
            Some(_) if c == ' ' => {}
            Some((start, dots)) => {
                if best.is_none_or(|(_, _, most)| *dots > most) {
                    best = Some((*start, at, *dots));
                }
                run = None;
            }
            None if dot => run = Some((at, if c == '…' { 3 } else { 1 })),
            None => {}
        }
    }
    if let Some((start, dots)) = run.filter(|(_, dots)| best.is_none_or(|(_, _, most)| *dots > most)) {
        best = Some((start, text.len(), dots));
    }
    let (start, end, _) = best.filter(|(_, _, dots)| *dots >= DOTS)?;
    Some((crate::text::head(text, start), crate::text::tail(text, end)))
}
