//! Running text within a group: one paragraph or several, wrapped or one a line, or lines that only look like prose and are
//! kept as they are.

use super::{
    code, fill, inline,
    line::{Line, is_cjk},
    split::Splitter,
};
use crate::doc::{Block, Kind, Nest};

/// A paragraph of at most so many bytes may be a term that the text under it explains.
const TERM: usize = 60;

impl Splitter<'_> {
    /// Running text, or lines that are kept.
    pub fn text(&mut self, first: &Line<'_>, run: &[Line<'_>]) {
        let profile = self.profile;
        let limit = if profile.wrapped { (profile.width * 14 / 10).max(100) } else { 100 };
        let apart = run.iter().any(|l| l.end > limit) || run.iter().all(|l| l.raw.starts_with('\u{3000}'));
        if apart || self.is_line_paragraphs(run) {
            for line in run {
                self.paragraph(std::slice::from_ref(line));
            }
            return;
        }
        if let [line] = run {
            let sentence = line.body.ends_with(['.', '?', '!', '"', ':', '”', '’', '\'', ';', ',']);
            let signed = line.body.starts_with("-- ") && line.indent > profile.base + 4;
            let inside = !signed && (line.indent <= profile.base + 3 || !self.items.is_empty());
            if inside && !line.has_columns() && !line.is_drawn()
                || sentence && line.starts_upper() == Some(true) && !line.is_drawn()
            {
                self.paragraph(run);
            } else if code::is_code(line) {
                self.keep(run, Kind::Code { language: None });
            } else {
                self.keep(run, Kind::Preformatted);
            }
            return;
        }
        let inner = run.iter().skip(1).map(|l| l.indent).min().unwrap_or(0);
        let even = run.iter().skip(1).all(|l| l.indent == inner);
        if even && first.indent >= inner && first.indent <= inner + 10 && fill::is_prose(run, profile) {
            self.paragraph(run);
        } else if let Some(starts) = self.indented_starts(run) {
            let ends = starts.iter().skip(1).copied().chain([run.len()]);
            for (start, end) in starts.iter().zip(ends) {
                self.paragraph(run.get(*start..end).unwrap_or_default());
            }
        } else if even && first.indent < inner {
            self.hanging(first, run);
        } else {
            self.keep(run, Kind::Preformatted);
        }
    }

    /// Lines of a text that is not wrapped, each of which ends a sentence.
    fn is_line_paragraphs(&self, run: &[Line<'_>]) -> bool {
        if self.profile.wrapped || run.len() < 2 {
            return false;
        }
        let closed = run.iter().filter(|l| l.body.ends_with(['。', '！', '？', '」', '』', '”', '…'])).count();
        let cjk = run.iter().filter(|l| l.body.chars().any(is_cjk)).count();
        !self.profile.wrapped
            && run.len() > 1
            && cjk == run.len()
            && closed == run.len()
            && run.iter().any(|l| l.end > 60)
    }

    /// Where the paragraphs start in text that has no blank lines between them but indents their first lines.
    fn indented_starts(&self, run: &[Line<'_>]) -> Option<Vec<usize>> {
        let least = run.iter().map(|l| l.indent).min()?;
        let starts: Vec<usize> =
            run.iter().enumerate().filter(|(i, l)| *i == 0 || l.indent > least).map(|(i, _)| i).collect();
        let ends = starts.iter().skip(1).copied().chain([run.len()]);
        let (mut prose, mut other) = (0usize, 0usize);
        for (start, end) in starts.iter().zip(ends) {
            match run.get(*start..end)? {
                part @ [_, _, ..] if fill::is_prose(part, self.profile) => prose += part.len(),
                part @ [_, _, ..] => other += part.len(),
                [line] if line.has_columns() || line.is_drawn() || line.indent > least + 12 => other += 2,
                _ => {}
            }
        }
        (self.profile.wrapped && prose > 0 && other * 5 <= prose && prose * 3 >= run.len()).then_some(starts)
    }

    /// A first line that stands out to the left: a bibliography's entry, or a term above its definition.
    fn hanging(&mut self, first: &Line<'_>, run: &[Line<'_>]) {
        let rest = run.get(1..).unwrap_or_default();
        let full = rest.first().is_some_and(|next| fill::is_full(first, next, self.profile));
        if full && fill::is_prose(run, self.profile) {
            self.paragraph(run);
        } else if first.end * 10 <= self.profile.width * 7 && fill::is_prose(rest, self.profile) && !first.has_columns()
        {
            self.paragraph(std::slice::from_ref(first));
            self.indented(rest, Some(Nest::Item(4)));
        } else {
            self.keep(run, Kind::Preformatted);
        }
    }

    fn paragraph(&mut self, run: &[Line<'_>]) {
        let indent = run.iter().map(|l| l.indent).min().unwrap_or(0);
        let inside = self.items.last().map_or(self.profile.base, |open| open.text);
        let nest = if self.quotes() { Nest::Quote } else { Nest::Item(4) };
        let shown =
            run.len() > 1 || self.out.iter().rev().take(2).any(|p| p.block.nest.get(self.depth()..) == Some(&[nest]));
        self.indented(run, (shown && indent >= inside + 4).then_some(nest));
    }

    /// Whether prose to the right of the text around it is a quotation: rare, and after a whole paragraph. What stands
    /// under a term explains it.
    fn quotes(&self) -> bool {
        self.profile.quotes
            && self.out.last().is_some_and(|before| {
                let own = before.block.nest.get(self.depth()..).unwrap_or_default();
                match own {
                    [] => before.block.kind == Kind::Paragraph && before.block.text.len() > TERM,
                    [.., last] => *last == Nest::Quote,
                }
            })
    }

    /// A paragraph within one more nest.
    fn indented(&mut self, run: &[Line<'_>], nest: Option<Nest>) {
        let Some(first) = run.first() else { return };
        let (text, spans) = inline::emphasis(&fill::join(run.iter().map(|l| l.body)));
        self.note_literal(&text, first.indent);
        let nest = nest.into_iter().collect();
        self.push(Block { spans, nest, ..Block::new(Kind::Paragraph, text) }, first.at);
    }
}
