//! The lines of a part of the text to blocks, told by how each begins and how the next is indented.

use super::{DEPTH, Reader, lists};
use crate::{
    doc::SpanKind,
    formats::{
        markup::{dedented, indent},
        title,
    },
    text,
};

impl Reader {
    /// The whole text.
    pub(super) fn document(&mut self, lines: &[&str]) {
        let rest = self.pep_header(lines);
        self.body(rest, 0);
    }

    /// A part whose lines begin at their column.
    pub(super) fn body(&mut self, lines: &[&str], depth: usize) {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            if self.build.is_full() {
                return;
            }
            if line.is_empty() {
                at += 1;
                continue;
            }
            let rest = lines.get(at..).unwrap_or_default();
            at += self.block(rest, depth, at == 0 || lines.get(at - 1).is_some_and(|l| l.is_empty())).max(1);
        }
        self.build.flush();
    }

    /// The block at the start of `lines`, which is not empty; how many lines it takes.
    fn block(&mut self, lines: &[&str], depth: usize, fresh: bool) -> usize {
        let (Some(line), next) = (lines.first().copied(), lines.get(1).copied().unwrap_or_default()) else { return 1 };
        if depth >= DEPTH {
            return self.paragraph(lines, depth);
        }
        if line.starts_with(' ') {
            return self.quote(lines, depth);
        }
        if let Some(taken) = self.section(lines, fresh) {
            return taken;
        }
        if line == ".." || line.starts_with(".. ") {
            return self.explicit(lines, depth);
        }
        if line.starts_with("__ ") {
            return 1;
        }
        if line.starts_with("+-")
            && line.ends_with('+')
            && let Some(taken) = self.grid(lines)
        {
            return taken;
        }
        if is_simple_border(line)
            && let Some(taken) = self.simple(lines)
        {
            return taken;
        }
        if line.starts_with(">>> ") || line == ">>>" {
            let taken = lines.iter().take_while(|l| !l.is_empty()).count();
            self.build.code(Some("python".to_owned()), &joined(lines, 0..taken, 0));
            return taken;
        }
        if line.starts_with("| ") || line == "|" {
            return self.line_block(lines);
        }
        if let Some(taken) = self.list(lines, depth) {
            return taken;
        }
        if lists::field(line).is_some() {
            return self.fields(lines, depth);
        }
        if lists::option(line).is_some()
            && (indent(next) > 0 || next.is_empty() || lists::option(next).is_some() || line.contains("  "))
        {
            return self.options(lines, depth);
        }
        // An underline that belongs to nothing, or a rule.
        if adornment(line).is_some() && (next.is_empty() || fresh && line.len() >= 4) && line.len() >= 4 {
            self.build.rule();
            return 1;
        }
        if !next.is_empty() && indent(next) > 0 && !line.ends_with("::") || is_term(lines) {
            return self.definition(lines, depth);
        }
        self.paragraph(lines, depth)
    }

    /// A heading: underlined, or between two lines of signs.
    fn section(&mut self, lines: &[&str], fresh: bool) -> Option<usize> {
        let (line, next) = (lines.first()?, lines.get(1).copied().unwrap_or_default());
        let width = |l: &str| text::width::width(l.trim());
        if let Some(over) = adornment(line) {
            let under = lines.get(2).copied().unwrap_or_default();
            if adornment(under) == Some(over)
                && !next.trim().is_empty()
                && adornment(next).is_none()
                && under.len().abs_diff(line.len()) <= 2
                && (line.len() >= 4 || width(next) <= line.len())
            {
                self.heading(next.trim(), (over, true));
                return Some(3);
            }
            return None;
        }
        let under = adornment(next)?;
        let long = next.len() >= 4 || next.len() >= width(line);
        // A short line of signs under a long one is more likely code or a table.
        let fits = next.len() * 2 >= width(line) && !line.starts_with(".. ");
        (long && fits && fresh).then(|| {
            self.heading(line, (under, false));
            2
        })
    }

    fn heading(&mut self, title: &str, adornment: (char, bool)) {
        self.build.flush();
        let at = self.adornments.iter().position(|a| *a == adornment).unwrap_or_else(|| {
            self.adornments.push(adornment);
            self.adornments.len() - 1
        });
        self.inline(title);
        if !self.begun && self.meta.title.is_none() {
            self.meta.title = Some(title::clean(&self.build.prose.text)).filter(|t| !t.is_empty());
        }
        self.build.heading(u8::try_from(at + 1).unwrap_or(6));
    }

    /// Indented text: a quotation.
    fn quote(&mut self, lines: &[&str], depth: usize) -> usize {
        let first = lines.first().map_or(0, |l| indent(l));
        let taken = extent(lines, 1);
        // The lines of the part may be indented less than its first.
        let least = lines.iter().take(taken).filter(|l| !l.is_empty()).map(|l| indent(l)).min().unwrap_or(first);
        let inner: Vec<&str> = lines.iter().take(taken).map(|l| dedented(l, least)).collect();
        // Lists, tables and examples are often indented and quote nobody.
        let first = inner.first().copied().unwrap_or_default();
        let quotes = lists::marker(first).is_none()
            && lists::field(first).is_none()
            && !first.starts_with(['+', '=', '|'])
            && ![">>>", ".. ", "    "].iter().any(|sign| first.starts_with(sign));
        if quotes {
            self.build.enter_quote();
        }
        self.body(&inner, depth + 1);
        if quotes {
            self.build.leave();
        }
        taken
    }

    /// A paragraph, and the literal block that it may announce.
    pub(super) fn paragraph(&mut self, lines: &[&str], depth: usize) -> usize {
        let mut taken = 0;
        for line in lines {
            // An explicit block may follow without a blank line only by mistake; it is not text all the same.
            if line.is_empty()
                || (taken > 0
                    && (line.starts_with(".. ") && line.contains("::")
                        || indent(line) > 0 && depth < DEPTH && is_literal(lines, taken)))
            {
                break;
            }
            taken += 1;
        }
        let taken = taken.max(1);
        self.begun = true;
        let text = joined(lines, 0..taken, 0);
        let text = text.trim_end();
        let literal = text.ends_with("::");
        if literal {
            let before = text.strip_suffix("::").unwrap_or(text);
            let shown = if before.is_empty() || before.ends_with(char::is_whitespace) {
                before.trim_end().to_owned()
            } else {
                format!("{before}:")
            };
            self.inline(&shown);
        } else {
            self.inline(text);
        }
        self.build.flush();
        if literal { taken + self.literal(lines.get(taken..).unwrap_or_default()) } else { taken }
    }

    /// The literal block after `::`; none if the text is not indented, and its lines don't all begin with the same sign.
    fn literal(&mut self, lines: &[&str]) -> usize {
        let blank = lines.iter().take_while(|l| l.is_empty()).count();
        let rest = lines.get(blank..).unwrap_or_default();
        let Some(first) = rest.first() else { return blank };
        let taken = if indent(first) > 0 {
            extent(rest, 1)
        } else {
            let sign = first.chars().next().filter(char::is_ascii_punctuation);
            let quoted = rest.iter().take_while(|l| !l.is_empty() && l.chars().next() == sign).count();
            if sign.is_none() || rest.get(quoted).is_some_and(|l| !l.is_empty()) { 0 } else { quoted }
        };
        if taken > 0 {
            self.build.code(self.highlight.clone(), &block_of(rest, taken));
        }
        blank + taken
    }

    /// Lines that begin with `|` and are kept, with their indentation.
    fn line_block(&mut self, lines: &[&str]) -> usize {
        let taken =
            lines.iter().take_while(|l| l.starts_with("| ") || **l == "|" || (indent(l) > 0 && !l.is_empty())).count();
        for (at, line) in lines.iter().take(taken).enumerate() {
            let shown = line.strip_prefix('|').map(|l| l.strip_prefix(' ').unwrap_or(l));
            match shown {
                Some(shown) => {
                    if at > 0 {
                        self.build.prose.hard_break();
                    }
                    let columns = indent(shown);
                    self.build.prose.push(&"\u{A0}".repeat(columns.min(40)));
                    self.inline(shown.trim_start());
                }
                None => {
                    self.build.prose.soft_break();
                    self.inline(line.trim());
                }
            }
        }
        self.build.flush();
        taken
    }

    /// A term, and what it means, indented.
    fn definition(&mut self, lines: &[&str], depth: usize) -> usize {
        let term = lines.first().copied().unwrap_or_default();
        // The kind of a value may follow the term.
        let (term, classifier) = term.split_once(" : ").map_or((term, None), |(t, c)| (t, Some(c)));
        self.inline(term);
        self.build.term();
        let taken = extent(lines.get(1..).unwrap_or_default(), 1);
        self.build.enter_list(None);
        self.build.enter_marked(String::new());
        if let Some(classifier) = classifier {
            self.build.prose.open(SpanKind::Emphasis);
            self.inline(classifier);
            self.build.prose.close();
            self.build.flush();
        }
        let inner = part(lines.get(1..=taken).unwrap_or_default());
        self.body(&inner, depth + 1);
        self.build.leave();
        self.build.leave();
        1 + taken
    }
}

/// How many lines, from the first, are empty or indented by this much; empty ones at the end don't count.
pub fn extent(lines: &[&str], least: usize) -> usize {
    let inside = lines.iter().take_while(|l| l.is_empty() || indent(l) >= least).count();
    inside - lines.iter().take(inside).rev().take_while(|l| l.is_empty()).count()
}

/// Lines without the indentation that they share.
pub fn part<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let least = lines.iter().filter(|l| !l.is_empty()).map(|l| indent(l)).min().unwrap_or(0);
    lines.iter().map(|l| dedented(l, least)).collect()
}

/// The first lines as one text, without the indentation that they share.
pub fn block_of(lines: &[&str], taken: usize) -> String {
    part(lines.get(..taken).unwrap_or(lines)).join("\n")
}

/// Lines as one text.
pub fn joined(lines: &[&str], range: std::ops::Range<usize>, columns: usize) -> String {
    lines.get(range).unwrap_or_default().iter().map(|l| dedented(l, columns)).collect::<Vec<_>>().join("\n")
}

/// The sign that a line consists of, if it is nothing but one sign, twice or more.
pub fn adornment(line: &str) -> Option<char> {
    let first = line.chars().next().filter(char::is_ascii_punctuation)?;
    (line.len() >= 2 && line.chars().all(|c| c == first)).then_some(first)
}

/// `====  ====`: a border of a simple table.
pub fn is_simple_border(line: &str) -> bool {
    line.starts_with("==")
        && line.contains("= =") | line.contains("=  ")
        && line.chars().all(|c| matches!(c, '=' | ' '))
}

/// A term whose definition follows, and which ends like the announcement of a literal block.
fn is_term(lines: &[&str]) -> bool {
    lines.first().is_some_and(|l| !l.ends_with("::")) && lines.get(1).is_some_and(|l| !l.is_empty() && indent(l) > 0)
}

/// Whether the indented line at `at` is a literal block without the blank line before it.
fn is_literal(lines: &[&str], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| lines.get(before)).is_some_and(|l| l.ends_with("::"))
}
