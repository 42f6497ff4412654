//! Writes paragraphs into the blocks in the making: lines are joined to running text, words that were divided at line ends are
//! made whole, fonts become emphasis, items stand in lists, the places of pages are named.

use std::collections::HashSet;

use super::{
    face::Style,
    leader,
    line::{Line, Run},
    paragraph::{Paragraph, Shape},
    table,
};
use crate::{
    doc::SpanKind,
    formats::build::{Builder, Built},
    text,
    text::words::is_unspaced,
};

/// Hyphens at line ends; the soft one is never shown.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{ad}'];

/// Writes one paragraph after the other.
pub struct Emitter {
    build: Builder,
    /// Where links lead; a run counts into them from 1.
    targets: Vec<String>,
    /// Words that are written with a hyphen in the middle of a line.
    hyphened: HashSet<String>,
    /// Fonts of one width are the usual ones.
    mono: bool,
    /// The lists that are open, by how far their markers stand to the right.
    lists: Vec<f64>,
    /// The page that was named last.
    page: usize,
}

/// How text looks, and where it leads.
#[derive(Clone, Copy, Default, PartialEq)]
struct Look {
    style: Style,
    link: u32,
}

impl Emitter {
    /// Into an empty document.
    pub fn new(targets: Vec<String>, hyphened: HashSet<String>, mono: bool) -> Emitter {
        Emitter { build: Builder::default(), targets, hyphened, mono, lists: Vec::new(), page: 0 }
    }

    /// Whether no more is taken in.
    pub fn is_full(&self) -> bool {
        self.build.is_full()
    }

    /// What was built.
    pub fn finish(mut self) -> Built {
        self.end_lists();
        self.build.finish()
    }

    /// Writes a paragraph.
    pub fn paragraph(&mut self, paragraph: &Paragraph) {
        while self.page < paragraph.page {
            self.page += 1;
            self.build.name_next(format!("page={}", self.page));
        }
        match &paragraph.shape {
            Shape::Item(length) => return self.item(paragraph, *length),
            Shape::Text if self.goes_on_in_item(paragraph) => {}
            _ => self.end_lists(),
        }
        match &paragraph.shape {
            Shape::Heading(level) => {
                self.prose(paragraph, 0, true);
                self.build.heading(*level);
            }
            Shape::Code => {
                let code = code(&paragraph.lines, paragraph.leading);
                self.build.code(None, &code);
            }
            Shape::Table(columns) => self.table(&paragraph.lines, columns),
            Shape::Contents => {
                for line in &paragraph.lines {
                    if !self.build.prose.is_empty() {
                        self.build.prose.hard_break();
                    }
                    let link = line.runs.iter().map(|run| run.link).find(|link| *link > 0).unwrap_or(0);
                    let target = self.target(link).map(str::to_owned);
                    let text = leader::shortened(&line.text);
                    match target {
                        Some(target) => {
                            let link = self.build.link(target);
                            self.build.prose.span(link, &text);
                        }
                        None => self.build.prose.push(&text),
                    }
                }
                self.build.flush();
            }
            Shape::Text | Shape::Note | Shape::Item(_) => {
                self.prose(paragraph, 0, false);
                self.build.flush();
            }
        }
    }

    fn target(&self, link: u32) -> Option<&str> {
        let at = usize::try_from(link).ok()?.checked_sub(1)?;
        self.targets.get(at).map(String::as_str)
    }

    fn item(&mut self, paragraph: &Paragraph, length: usize) {
        let Some(first) = paragraph.first() else { return };
        let (x, step) = (first.x0 - paragraph.left, 0.8 * first.size);
        while self.lists.last().is_some_and(|open| *open > x + step) {
            self.leave_list();
        }
        match self.lists.last() {
            Some(open) if x <= open + step => self.build.leave(),
            _ => {
                self.build.enter_list(None);
                self.lists.push(x);
            }
        }
        let marker = text::head(&first.text, length);
        let plain = marker.chars().all(|c| !c.is_alphanumeric() && !"()[]".contains(c)) || marker == "o";
        self.build.enter_marked(if plain { "•".to_owned() } else { marker.to_owned() });
        self.prose(paragraph, length, false);
        self.build.flush();
    }

    /// Whether a paragraph stands under the text of the item before it.
    fn goes_on_in_item(&self, paragraph: &Paragraph) -> bool {
        let Some((open, first)) = self.lists.last().zip(paragraph.first()) else { return false };
        paragraph.lines.iter().all(|line| line.x0 - paragraph.left > open + 0.8 * first.size)
    }

    fn leave_list(&mut self) {
        self.build.leave();
        self.build.leave();
        self.lists.pop();
    }

    fn end_lists(&mut self) {
        while !self.lists.is_empty() {
            self.leave_list();
        }
    }

    /// Writes lines as running text, without the first `skip` bytes.
    fn prose(&mut self, paragraph: &Paragraph, skip: usize, heading: bool) {
        let mut weave = Weave { emit: self, look: Look::default(), opened: 0, plain: heading };
        let last = paragraph.lines.len().saturating_sub(1);
        for (at, line) in paragraph.lines.iter().enumerate() {
            let hard = paragraph.hard.get(at).copied().unwrap_or(false) && !heading;
            let whole = Seam { end: line.text.len(), space: false };
            let next = paragraph.lines.get(at + 1);
            let seam = next.filter(|_| !hard).map_or(whole, |next| weave.emit.seam(&line.text, &next.text));
            let skip = if at == 0 { skip } else { 0 };
            for run in &line.runs {
                weave.run(line, run, skip, seam.end);
            }
            if at < last {
                weave.between(&seam, hard);
            }
        }
        weave.close();
    }

    /// Writes the cells of a table; a line that only goes on in some of them belongs to the row above.
    fn table(&mut self, lines: &[Line], columns: &[f64]) {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut heads: Vec<bool> = Vec::new();
        for (line, begins) in lines.iter().zip(table::rows(lines, columns)) {
            let cells: Vec<(usize, &str)> = line
                .cells
                .iter()
                .map(|cell| (table::column(columns, cell), text::slice(&line.text, cell.range.clone()).trim()))
                .collect();
            if begins {
                rows.push(vec![String::new(); columns.len()]);
                heads.push(line.style.bold);
            }
            let Some(row) = rows.last_mut() else { continue };
            for (column, text) in cells {
                let Some(cell) = row.get_mut(column) else { continue };
                if !cell.is_empty() {
                    let seam = self.seam(cell, text);
                    cell.truncate(seam.end);
                    if seam.space {
                        cell.push(' ');
                    }
                }
                cell.push_str(&text.replace('\u{ad}', "-"));
            }
        }
        let head = heads.iter().take_while(|bold| **bold).count();
        self.build.flush();
        self.build.start_table(Vec::new());
        for (at, row) in rows.into_iter().enumerate() {
            if at == head && head > 0 {
                self.build.end_head();
            }
            self.build.start_row();
            for cell in row {
                self.build.prose.push(&cell);
                self.build.cell();
            }
        }
        self.build.end_table();
    }
}

/// Running text while it is written, and the spans that are open in it.
struct Weave<'e> {
    emit: &'e mut Emitter,
    look: Look,
    opened: usize,
    /// Without spans but links.
    plain: bool,
}

impl Weave<'_> {
    /// Writes a part of a line in one font, between two bytes of the line.
    fn run(&mut self, line: &Line, run: &Run, from: usize, to: usize) {
        let text = text::slice(&line.text, run.range.start.max(from).min(to)..run.range.end.min(to));
        let lead = run.range.start.max(from).checked_sub(1).filter(|_| run.range.start > from);
        let gap = lead.is_some_and(|at| text::slice(&line.text, at..run.range.start) == " ");
        let text = if run.range.start <= from { text.trim_start() } else { text };
        if text.is_empty() {
            return;
        }
        let mut look = Look { style: run.style, link: run.link };
        look.style.mono &= !self.emit.mono;
        if self.plain {
            look.style = Style::default();
        }
        // A number that leads to its note or to a source is no link to read.
        let inner = self.emit.target(look.link).is_some_and(|t| t.starts_with('#'));
        if inner && text.chars().filter(|c| c.is_alphabetic()).count() < 4 {
            look.link = 0;
        }
        if look != self.look {
            self.close();
            if gap {
                self.emit.build.prose.space();
            }
            self.open(look);
        } else if gap {
            self.emit.build.prose.space();
        }
        // A soft hyphen that is drawn within a line is a hyphen.
        self.emit.build.prose.push(&text.replace('\u{ad}', "-"));
    }

    fn open(&mut self, look: Look) {
        let target = self.emit.target(look.link).map(str::to_owned);
        let link = target.map(|target| self.emit.build.link(target));
        let style = [
            (look.style.bold, SpanKind::Strong),
            (look.style.italic, SpanKind::Emphasis),
            (look.style.mono, SpanKind::Code),
        ];
        let kinds = link.into_iter().chain(style.into_iter().filter(|(on, _)| *on).map(|(_, kind)| kind));
        for kind in kinds {
            self.emit.build.prose.open(kind);
            self.opened += 1;
        }
        self.look = look;
    }

    fn close(&mut self) {
        for _ in 0..std::mem::take(&mut self.opened) {
            self.emit.build.prose.close();
        }
        self.look = Look::default();
    }

    /// What stands between a line and the next.
    fn between(&mut self, seam: &Seam, hard: bool) {
        if hard {
            self.close();
            self.emit.build.prose.hard_break();
        } else if seam.space {
            self.emit.build.prose.space();
        }
    }
}

/// How one line goes on in the next.
struct Seam {
    /// Where the text of the first ends: before the hyphen that only its end asked for.
    end: usize,
    /// A space stands between them.
    space: bool,
}

impl Emitter {
    /// How `line` goes on in `next`.
    fn seam(&self, line: &str, next: &str) -> Seam {
        let keeps = |space| Seam { end: line.len(), space };
        let (Some(last), Some(first)) = (line.chars().next_back(), next.chars().next()) else { return keeps(true) };
        let tail = line.rsplit(' ').next().unwrap_or(line);
        if tail.contains("://") && "/-_=&?.%".contains(last) {
            return keeps(!(first.is_lowercase() || first.is_ascii_digit()));
        }
        if last == '—' && tail.len() > last.len_utf8() || joins(last) && joins(first) {
            return keeps(false);
        }
        let Some(stem) = line.strip_suffix(HYPHENS).filter(|stem| !stem.is_empty() && !stem.ends_with(' ')) else {
            return keeps(true);
        };
        let word = stem.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
        let rest = next.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
        let compound =
            self.hyphened.contains(&format!("{word}-{rest}").to_lowercase()) || word.eq_ignore_ascii_case("self");
        let divided = word.ends_with(char::is_alphabetic) && rest.starts_with(char::is_lowercase) && !compound;
        let soft = last == '\u{ad}';
        Seam { end: if divided || soft { stem.len() } else { line.len() }, space: !first.is_alphanumeric() && !divided }
    }
}

/// Letters of scripts without spaces, and their punctuation.
fn joins(c: char) -> bool {
    is_unspaced(c) && c >= '\u{3000}' || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff1f}')
}

/// Lines in fonts of one width, with their indentation and the blank lines between them.
fn code(lines: &[Line], leading: f64) -> String {
    let left = lines.iter().map(|l| l.x0).fold(f64::MAX, f64::min);
    let letters: usize = lines.iter().map(|l| l.text.chars().count()).sum();
    let width: f64 =
        lines.iter().map(|l| l.x1 - l.x0).sum::<f64>() / f64::from(u32::try_from(letters.max(1)).unwrap_or(1));
    let width = width.max(0.1);
    let columns = |x: f64| usize::try_from(super::page::whole((x / width).clamp(0.0, 200.0))).unwrap_or(0);
    let mut out = String::new();
    let mut y = f64::MAX;
    for line in lines {
        let blank = line.y - y > 1.6 * leading;
        y = line.y;
        if blank {
            out.push('\n');
        }
        let start = out.len();
        for cell in &line.cells {
            let at = columns(cell.x0 - left);
            let written = out.get(start..).map_or(0, |l| l.chars().count());
            let first = out.len() == start;
            let pad = at.saturating_sub(written).max(usize::from(!first));
            out.extend(std::iter::repeat_n(' ', pad));
            out.push_str(text::slice(&line.text, cell.range.clone()).trim());
        }
        out.push('\n');
    }
    out
}
