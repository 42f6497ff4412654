//! Lists: where one starts, its items with what hangs under them, and where it ends.

use super::{
    super::{
        fill, heading, inline,
        list::{self, Family, Marker},
    },
    DEEPEST, Line, Open, SEEN, Splitter, is_attribution, is_directive,
};
use crate::{
    doc::{Block, Kind, Nest},
    text::{self, width::width},
};

impl Splitter<'_> {
    /// Whether line `i` starts an item, and is not the line of a paragraph that happens to start with a number or a dash:
    /// it has brothers, or the line before it had room for its first word.
    pub(super) fn starts_list(&self, rest: &[Line<'_>], i: usize) -> bool {
        let Some(line) = rest.get(i) else { return false };
        let Some(marker) = self.marker(line) else { return false };
        let Some(before) = i.checked_sub(1).and_then(|b| rest.get(b)) else { return true };
        if before.body.ends_with(':') && marker.family != Family::Number('(')
            || (!fill::is_full(before, line, self.profile) && marker.family != Family::Letter('.'))
        {
            return true;
        }
        let is_brother =
            |l: &&Line<'_>| l.indent == line.indent && self.marker(l).is_some_and(|m| m.family == marker.family);
        rest.iter().skip(i.saturating_sub(SEEN / 2)).take(SEEN).filter(is_brother).count() > 1
    }

    /// The marker that a line starts with.
    pub(super) fn marker(&self, line: &Line<'_>) -> Option<Marker> {
        let round = || list::round(line.body).filter(|_| self.profile.round && line.indent >= 2);
        list::marker(line.body).or_else(round)
    }

    pub(super) fn item(&mut self, first: &Line<'_>, rest: &[Line<'_>], marker: Marker) -> usize {
        let column = first.indent;
        while self.items.last().is_some_and(|open| open.column >= column) || self.items.len() >= DEEPEST {
            self.items.pop();
        }
        let lead = first.raw.len() - first.body.len();
        let text = first.skip(lead + marker.skip);
        let starts = column + width(text::head(first.body, marker.skip));
        let mut end = 1;
        while let (Some(line), Some(before)) = (rest.get(end), rest.get(end - 1)) {
            let ends = line.body.starts_with('>')
                || is_directive(line)
                || self.starts_list(rest, end)
                || heading::is_rule(line.body)
                || is_attribution(line, column);
            let lazy = fill::is_full(before, line, self.profile) || !before.body.ends_with(['.', '?', '!', ':', ';']);
            if ends || (line.indent <= column && !lazy) {
                break;
            }
            end += 1;
        }
        let shown = width(&marker.shown) + 1;
        let step = u8::try_from((starts - column).clamp(shown, shown.max(8))).unwrap_or(8);
        self.items.push(Open { column, text: starts, nest: Nest::Item(step) });
        let body: Vec<Line<'_>> = std::iter::once(text).chain(rest.iter().take(end).skip(1).copied()).collect();
        let columns = body.len() > 1 && body.iter().any(|l| l.has_columns() || l.is_drawn());
        let (text, spans) = if columns {
            (body.iter().map(|l| l.body).collect::<Vec<_>>().join("\n"), Vec::new())
        } else {
            inline::emphasis(&fill::join(body.iter().map(|l| l.body)))
        };
        let kind = Kind::Item { marker: marker.shown, task: None };
        self.note_literal(&text, column);
        self.push(Block { spans, ..Block::new(kind, text) }, first.at);
        end
    }

    /// Ends the items that a line at this indent does not belong to.
    pub(super) fn close_items(&mut self, indent: usize) {
        while self.items.last().is_some_and(|open| indent + 1 < open.text) {
            self.items.pop();
        }
    }

    /// Notes that what is deeper than this paragraph is literal, when it ends in `::`.
    pub fn note_literal(&mut self, text: &str, indent: usize) {
        self.literal = text.ends_with("::").then_some(indent);
    }
}
