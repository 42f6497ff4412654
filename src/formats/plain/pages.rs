//! The pages of an RFC (RFC 7322, and RFC 2223 before it): a footer that ends in `[Page 3]`, a form feed, a running header.
//! They vanish, and a paragraph that ran over them is one again.

use std::collections::{HashMap, HashSet};

use super::line::Line;
use crate::text;

/// The running headers of a paged document.
#[derive(Clone, Debug, Default)]
pub struct Furniture {
    headers: HashSet<String>,
}

/// The furniture of a document with at least two page footers.
pub fn furniture(lines: &[Line<'_>]) -> Option<Furniture> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut footers = 0usize;
    let mut rest = lines.iter();
    while let Some(line) = rest.next() {
        if !is_footer(line) {
            continue;
        }
        footers += 1;
        let after = rest.clone().skip_while(|l| l.is_blank()).take_while(|l| !l.is_blank()).take(3);
        for header in after.filter(|l| l.end - l.indent <= 80) {
            *seen.entry(squeezed(header)).or_default() += 1;
        }
    }
    let headers =
        seen.into_iter().filter(|(line, count)| *count >= 2 || names_rfc(line)).map(|(line, _)| line).collect();
    (footers >= 2).then_some(Furniture { headers })
}

impl Furniture {
    /// Whether a line belongs to the page and not to the text.
    pub fn holds(&self, line: &Line<'_>) -> bool {
        is_footer(line) || self.headers.contains(&squeezed(line))
    }

    /// The lines without the furniture; where a sentence ran over the page, without the blank lines either.
    pub fn remove<'t>(&self, lines: Vec<Line<'t>>) -> Vec<Line<'t>> {
        let mut out: Vec<Line<'t>> = Vec::with_capacity(lines.len());
        // At the start of a chunk a header may stand whose footer ended the chunk before.
        let (mut at_break, mut broken, mut in_header) = (true, false, false);
        let blank_after: Vec<bool> = lines.iter().skip(1).map(Line::is_blank).chain([true]).collect();
        for (line, ends) in lines.into_iter().zip(blank_after) {
            let header = at_break && self.headers.contains(&squeezed(&line));
            // Some headers name the section on a line below.
            let section = in_header && broken && ends && !line.is_blank();
            in_header = header && !is_footer(&line);
            if header || section || is_footer(&line) {
                (at_break, broken) = (true, true);
                continue;
            }
            if line.is_blank() {
                out.push(line);
                continue;
            }
            if broken {
                let kept = out.iter().rposition(|l| !l.is_blank()).map_or(0, |i| i + 1);
                let runs_on = out.get(kept.wrapping_sub(1)).is_some_and(|before| runs_on(before, &line));
                out.truncate(kept);
                if !runs_on {
                    out.push(Line::new("", line.at));
                }
            }
            (at_break, broken) = (false, false);
            out.push(line);
        }
        out
    }
}

/// Whether a sentence that stopped at the foot of a page goes on with the first line of the next.
fn runs_on(before: &Line<'_>, after: &Line<'_>) -> bool {
    let open = !before.body.ends_with(['.', ':', '?', '!', ';']) && before.end >= 50;
    let same = before.indent == after.indent || after.indent < before.indent && after.starts_upper() == Some(false);
    let plain = |l: &Line<'_>| !l.has_columns() && !l.is_drawn();
    same && plain(before) && plain(after) && (open || after.starts_upper() == Some(false))
}

/// A line that starts or ends with `[Page 3]`, in the oldest ones `[page 3]`.
fn is_footer(line: &Line<'_>) -> bool {
    let b = line.body;
    let number = |s: &str| !s.is_empty() && s.len() <= 5 && s.bytes().all(|b| b.is_ascii_alphanumeric());
    let word = |s: &str| ["[Page ", "[page "].iter().any(|w| s.starts_with(w));
    let last = b.strip_suffix(']').and_then(|s| s.rfind('[').map(|i| text::tail(s, i)));
    let last = last.filter(|s| word(s)).is_some_and(|s| number(text::tail(s, 6).trim()));
    let inner = || word(b).then(|| text::tail(b, 6)).and_then(|s| s.split_once(']'));
    last || inner().is_some_and(|(n, _)| number(n.trim()))
}

/// `RFC 768` at one end of a line with something at the other.
fn names_rfc(line: &str) -> bool {
    let number = |s: &str| (1..=5).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    let words: Vec<&str> = line.split(' ').collect();
    match words.as_slice() {
        ["RFC", n, _, ..] if number(n) => true,
        [_, .., "RFC", n] => number(n),
        _ => false,
    }
}

fn squeezed(line: &Line<'_>) -> String {
    line.body.split_whitespace().collect::<Vec<_>>().join(" ")
}
