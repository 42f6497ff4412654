//! Paragraphs to blocks: a paragraph that breaks off at the end of a column or of a page goes on in the next one, and what
//! stands between (footnotes, figures) comes after it.

use std::collections::HashMap;

use super::{
    emit::Emitter,
    line,
    measure::Measure,
    page::Page,
    paragraph::{Paragraph, Shape, ends_sentence, paragraphs},
    places::Entry,
    string,
};
use crate::formats::build::Built;

/// Small letters are smaller than this part of the text's.
const SMALL: f64 = 0.94;

/// Paragraphs that may stand between two halves of one.
const BETWEEN: usize = 8;

/// Gathers the text of one page after the other.
pub struct Flow<'m> {
    measure: &'m Measure,
    emit: Emitter,
    /// The paragraph that may go on.
    open: Option<Paragraph>,
    /// What comes after it.
    held: Vec<Paragraph>,
    /// The entries of the outline, by pages.
    outline: HashMap<usize, Vec<(String, u8)>>,
    /// The largest heading of the first page that has text, and that page.
    title: Option<(f64, usize, String)>,
}

impl<'m> Flow<'m> {
    /// Into an empty document.
    pub fn new(measure: &'m Measure, outline: Vec<Entry>, emit: Emitter) -> Flow<'m> {
        let mut pages: HashMap<usize, Vec<(String, u8)>> = HashMap::new();
        for entry in outline {
            let letters = letters(&entry.title);
            if let Some(page) = entry.page.filter(|_| !letters.is_empty()) {
                pages.entry(page).or_default().push((letters, entry.level.min(6)));
            }
        }
        Flow { measure, emit, open: None, held: Vec::new(), outline: pages, title: None }
    }

    /// Whether no more is taken in.
    pub fn is_full(&self) -> bool {
        self.emit.is_full()
    }

    /// The parts of a page, in the order in which they are read, and then what is turned on it.
    pub fn page(&mut self, page: &Page, parts: &[Vec<usize>], turned: &[Vec<usize>]) {
        let (_, height) = page.extent(page.turn);
        for part in parts {
            let mut all = paragraphs(line::lines(page, part), page.number, self.measure);
            self.find_headings(&mut all);
            self.find_notes(&mut all, height, parts.len());
            self.find_title(&all);
            self.part(all);
        }
        for part in turned {
            for mut paragraph in paragraphs(line::lines(page, part), page.number, self.measure) {
                paragraph.shape = Shape::Note;
                self.held.push(paragraph);
            }
        }
    }

    /// The largest heading of the first page with text.
    pub fn title(&self) -> Option<String> {
        self.title.as_ref().map(|(_, _, title)| title.clone())
    }

    /// What was built.
    pub fn finish(mut self) -> Built {
        if let Some(open) = self.open.take() {
            self.emit.paragraph(&open);
        }
        self.release(usize::MAX);
        self.emit.finish()
    }

    fn part(&mut self, all: Vec<Paragraph>) {
        let mut looked = 0;
        for paragraph in all {
            if paragraph.shape == Shape::Note {
                self.held.push(paragraph);
                continue;
            }
            if looked <= BETWEEN
                && let Some(open) = &mut self.open
                && breaks_off(open)
            {
                if goes_on(open, &paragraph) {
                    open.lines.extend(paragraph.lines);
                    open.hard.extend(paragraph.hard);
                    (open.left, open.right) = (paragraph.left, paragraph.right);
                    looked = BETWEEN + 1;
                    continue;
                }
                if self.stands_between(&paragraph) {
                    self.held.push(paragraph);
                    looked += 1;
                    continue;
                }
            }
            looked = BETWEEN + 1;
            self.close(paragraph.page);
            self.open = Some(paragraph);
        }
    }

    /// Writes the open paragraph, and what was held back on the pages before `page`.
    fn close(&mut self, page: usize) {
        if let Some(open) = self.open.take() {
            self.emit.paragraph(&open);
            let between = self.held.iter().any(|held| held.shape != Shape::Note);
            self.release(if between { page + 1 } else { page });
        } else {
            self.release(page);
        }
    }

    fn release(&mut self, page: usize) {
        let (now, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.held).into_iter().partition(|held| held.page < page);
        self.held = later;
        for held in now {
            self.emit.paragraph(&held);
        }
    }

    /// Whether a paragraph at the beginning of a column is a figure's caption, a table or the like, and no text.
    fn stands_between(&self, paragraph: &Paragraph) -> bool {
        let small = paragraph.size() < SMALL * self.measure.body;
        let caption = paragraph.first().is_some_and(|line| is_caption(&line.text));
        matches!(paragraph.shape, Shape::Table(_)) || caption || small && matches!(paragraph.shape, Shape::Text)
    }

    /// What the outline names is a heading, whatever it looks like.
    fn find_headings(&mut self, all: &mut [Paragraph]) {
        for paragraph in all {
            if !matches!(paragraph.shape, Shape::Text | Shape::Item(_) | Shape::Heading(_)) || paragraph.lines.len() > 4
            {
                continue;
            }
            let Some(entries) = self.outline.get_mut(&paragraph.page) else { continue };
            let text = letters(&paragraph.text());
            // The number of a chapter may be missing in the outline, or stand only there.
            let near = |title: &String| {
                let extra = text.len().abs_diff(title.len());
                text == *title
                    || extra <= 14
                        && title.len() >= 4
                        && (text.ends_with(title) || title.ends_with(&text))
                        && text.len() >= 4
            };
            if let Some(at) = entries.iter().position(|(title, _)| near(title)) {
                let (_, level) = entries.remove(at);
                paragraph.shape = Shape::Heading(level);
            }
        }
    }

    /// Small print at the foot of a part is not of its text.
    fn find_notes(&self, all: &mut [Paragraph], height: f64, parts: usize) {
        let small = |p: &Paragraph| {
            p.size() < SMALL * self.measure.body
                && matches!(p.shape, Shape::Text | Shape::Item(_))
                && p.first().is_some_and(|line| line.y > 0.45 * height)
        };
        let from = all.iter().rposition(|p| !small(p)).map_or(0, |at| at + 1);
        let starts = all.get(from).and_then(Paragraph::first);
        let Some(first) = starts else { return };
        if from > 0 || first.noted && parts > 1 || first.y > 0.75 * height && parts > 1 {
            all.iter_mut().skip(from).for_each(|p| p.shape = Shape::Note);
        }
    }

    fn find_title(&mut self, all: &[Paragraph]) {
        for paragraph in all {
            if self.title.as_ref().is_some_and(|(_, page, _)| *page != paragraph.page) {
                return;
            }
            let size = paragraph.size();
            let text = string::titled(&paragraph.lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>());
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            let letters = if letters * 2 > text.chars().filter(|c| c.is_alphanumeric()).count() { letters } else { 0 };
            let large = size > 1.15 * self.measure.body && letters >= 3 && text.chars().count() <= 250;
            if large && self.title.as_ref().is_none_or(|(known, _, _)| size > known * 1.05) {
                self.title = Some((size, paragraph.page, text));
            }
        }
    }
}

/// Whether a paragraph at the end of a column is not at its end.
fn breaks_off(open: &Paragraph) -> bool {
    let Some(last) = open.last() else { return false };
    matches!(open.shape, Shape::Text | Shape::Item(_))
        && !ends_sentence(&last.text)
        && (open.is_full() || last.text.ends_with('-'))
}

/// Whether a paragraph is the rest of one that broke off.
fn goes_on(open: &Paragraph, rest: &Paragraph) -> bool {
    let (Some(last), Some(first)) = (open.last(), rest.first()) else { return false };
    let lower = first.text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    rest.shape == Shape::Text
        && (last.size - first.size).abs() < 0.1 * last.size
        && last.style.mono == first.style.mono
        && !is_caption(&first.text)
        && (lower || first.x0 - rest.left < 0.7 * first.size)
}

/// `Figure 3: …`, `Table II.`
fn is_caption(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "figure",
        "fig.",
        "fig",
        "table",
        "tab.",
        "abbildung",
        "abb.",
        "tabelle",
        "tableau",
        "figura",
        "tabla",
        "listing",
        "algorithm",
        "scheme",
    ];
    let mut words = text.split_whitespace();
    let named = words.next().is_some_and(|word| WORDS.contains(&word.to_lowercase().as_str()));
    let number = words.next().is_some_and(|word| {
        let body = word.trim_end_matches(['.', ':']);
        let number = body.starts_with(|c: char| c.is_ascii_digit()) || body.chars().all(|c| "IVX".contains(c));
        number && !body.is_empty()
    });
    named && number
}

/// The letters and digits of a title, by which it is found on its page.
fn letters(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
