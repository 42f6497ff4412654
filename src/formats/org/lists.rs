//! Lists of an Org file: items, what is to be done, descriptions.

use super::{Reader, blocks::DEPTH};
use crate::{
    doc::Kind,
    formats::markup::{dedented, indent},
    text,
};

/// How an item begins.
#[derive(Debug)]
pub struct Item<'l> {
    /// Its sign or number.
    marker: &'l str,
    /// What follows.
    rest: &'l str,
}

impl Reader {
    /// A list; how many lines it takes.
    pub(super) fn list(&mut self, lines: &[&str], depth: usize) -> usize {
        let column = lines.first().map_or(0, |l| indent(l));
        self.build.enter_list(None);
        let mut at = 0;
        while let Some(found) = lines.get(at).filter(|l| indent(l) == column).and_then(|l| item(l, depth > 0)) {
            let taken = extent(lines.get(at + 1..).unwrap_or_default(), column);
            let more = lines.get(at + 1..at + 1 + taken).unwrap_or_default();
            self.item(&found, more, depth);
            at += 1 + taken;
            // Two blank lines end a list.
            let blank = lines.get(at..).unwrap_or_default().iter().take_while(|l| l.is_empty()).count();
            if blank >= 2 {
                break;
            }
            at += blank;
        }
        self.build.leave();
        at
    }

    fn item(&mut self, item: &Item<'_>, more: &[&str], depth: usize) {
        let numbered = item.marker.starts_with(char::is_alphanumeric);
        let mut rest = item.rest;
        // `[@5]` sets the number, which is written anyway.
        if let Some((_, after)) = rest.strip_prefix("[@").and_then(|r| r.split_once(']')) {
            rest = after.trim_start();
        }
        let task = [("[ ]", false), ("[-]", false), ("[X]", true), ("[x]", true)]
            .iter()
            .find(|(sign, _)| rest.strip_prefix(*sign).is_some_and(|r| r.is_empty() || r.starts_with(' ')));
        if task.is_some() {
            rest = text::tail(rest, 3).trim_start();
        }
        self.build.enter_marked(if numbered { item.marker.to_owned() } else { "•".to_owned() });
        if let Some(Kind::Item { task: done, .. }) = &mut self.build.lead {
            *done = task.map(|(_, done)| *done);
        }
        if let Some((term, said)) =
            rest.split_once(" ::").filter(|(_, s)| !numbered && (s.is_empty() || s.starts_with(' ')))
        {
            self.inline(term);
            self.build.term();
            rest = said.trim_start();
        }
        let least = more.iter().filter(|l| !l.is_empty()).map(|l| indent(l)).min().unwrap_or(0);
        let mut inside = vec![rest];
        inside.extend(more.iter().map(|l| dedented(l, least)));
        self.lines(&inside, (depth + 1).min(DEPTH));
        self.build.leave();
    }
}

/// The item that a line begins, if it does. A star at the edge of the page is a heading, but not one `within` something.
pub fn item(line: &str, within: bool) -> Option<Item<'_>> {
    let columns = line.len() - line.trim_start().len();
    let bare = line.trim_start();
    let (marker, rest) = bare.split_once(' ').unwrap_or((bare, ""));
    let sign = matches!(marker, "-" | "+") || marker == "*" && (columns > 0 || within);
    let number = marker.strip_suffix(['.', ')']).is_some_and(|n| {
        !n.is_empty() && n.len() <= 5 && n.bytes().all(|b| b.is_ascii_digit())
            || n.len() == 1 && n.bytes().all(|b| b.is_ascii_alphabetic() && bare.len() > 2 && marker.ends_with(')'))
    });
    (sign || number).then(|| Item { marker, rest: rest.trim_start() })
}

/// How many lines belong to an item at this column.
fn extent(lines: &[&str], column: usize) -> usize {
    let mut taken = 0;
    let mut blanks = 0;
    for line in lines {
        if line.is_empty() {
            blanks += 1;
            if blanks == 2 {
                break;
            }
            continue;
        }
        if indent(line) <= column {
            break;
        }
        taken += 1 + blanks;
        blanks = 0;
    }
    taken
}
