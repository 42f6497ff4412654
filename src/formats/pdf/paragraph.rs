//! Lines to paragraphs, within one part of a page. What tells where a paragraph ends: a wider gap, an indented line, a line that
//! ends although the next word had room, another size or weight of letters, the marker of an item.

use super::{columns::median, leader, line::Line, list, measure::Measure, table};

/// What lines become.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Running text.
    Text,
    /// A heading of this level.
    Heading(u8),
    /// An item of a list, whose marker is this long in bytes.
    Item(usize),
    /// Lines in fonts of one width.
    Code,
    /// Cells in columns that begin at these places.
    Table(Vec<f64>),
    /// Lines of a table of contents.
    Contents,
    /// A footnote, or what else is set apart from the text.
    Note,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// What they are.
    pub shape: Shape,
    /// The lines, of which there is one at least.
    pub lines: Vec<Line>,
    /// Which of them end where their author wants it, as those of an address or a poem do.
    pub hard: Vec<bool>,
    /// Where the part of the page begins and ends that they stand in.
    pub left: f64,
    /// See `left`.
    pub right: f64,
    /// The usual distance between lines.
    pub leading: f64,
    /// The distance to what stands above.
    pub above: f64,
    /// The number of the page.
    pub page: usize,
}

impl Paragraph {
    /// Its first line.
    pub fn first(&self) -> Option<&Line> {
        self.lines.first()
    }

    /// Its last line.
    pub fn last(&self) -> Option<&Line> {
        self.lines.last()
    }

    /// Whether its last line reaches so far that its sentence may go on elsewhere.
    pub fn is_full(&self) -> bool {
        self.last().is_some_and(|line| line.x1 > self.right - 3.0 * line.size)
    }

    /// The size of its letters.
    pub fn size(&self) -> f64 {
        median(self.lines.iter().map(|l| l.size)).unwrap_or(0.0)
    }

    /// Its letters, to compare and to count.
    pub fn text(&self) -> String {
        self.lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// What is usual in one part of a page.
struct Usual<'m> {
    measure: &'m Measure,
    left: f64,
    right: f64,
    leading: f64,
}

/// The paragraphs of a part of a page.
pub fn paragraphs(lines: Vec<Line>, page: usize, measure: &Measure) -> Vec<Paragraph> {
    let Some(usual) = Usual::of(&lines, measure) else { return Vec::new() };
    let entries = lines.iter().filter(|line| leader::is_entry(&line.text)).count();
    let tables = if entries < 3 { table::find(&lines, usual.leading) } else { Vec::new() };
    let mut all: Vec<Paragraph> = Vec::new();
    let mut lines = lines.into_iter().enumerate().peekable();
    let mut table = tables.into_iter().peekable();
    let mut end = f64::MIN;
    while let Some((at, line)) = lines.next() {
        let above = line.y - end;
        end = line.y;
        if let Some(found) = table.next_if(|t| t.lines.start == at) {
            let mut taken = vec![line];
            while let Some((_, line)) = lines.next_if(|(at, _)| found.lines.contains(at)) {
                end = line.y;
                taken.push(line);
            }
            all.push(usual.paragraph(Shape::Table(found.columns), taken, above, page));
            continue;
        }
        let next = lines.peek().map(|(_, line)| line);
        let listed = all.last().is_some_and(|open| open.shape == Shape::Contents)
            || next.is_some_and(|n| leader::is_entry(&n.text));
        let shape = if listed && leader::ends_in_page(&line) { Shape::Contents } else { usual.shape(&line) };
        let joined = all.last().map(|open| usual.joins(open, &line, next, &shape));
        match (joined, all.last_mut()) {
            (Some(Join::Same { hard }), Some(open)) => {
                if let Some(last) = open.hard.last_mut() {
                    *last = hard;
                }
                open.lines.push(line);
                open.hard.push(false);
            }
            _ => all.push(usual.paragraph(shape, vec![line], above, page)),
        }
    }
    for paragraph in &mut all {
        if matches!(paragraph.shape, Shape::Text | Shape::Item(_))
            && let Some(level) = heading(paragraph, &usual)
        {
            paragraph.shape = Shape::Heading(level);
        }
    }
    all
}

/// Whether a line goes on from the one before.
enum Join {
    New,
    Same { hard: bool },
}

impl<'m> Usual<'m> {
    fn of(lines: &[Line], measure: &'m Measure) -> Option<Usual<'m>> {
        let left = lines.iter().map(|l| l.x0).fold(f64::MAX, f64::min);
        let mut ends: Vec<f64> = lines.iter().map(|l| l.x1).collect();
        ends.sort_by(f64::total_cmp);
        // One formula may stick out.
        let right = *ends.get(ends.len().saturating_sub(1 + ends.len() / 25))?;
        // Where most lines begin, if it isn't where the first of them does.
        let near = |x: f64| lines.iter().filter(|l| (l.x0 - x).abs() < 0.4 * l.size).count();
        let usual = lines.iter().map(|l| l.x0).max_by_key(|x| near(*x)).filter(|x| near(*x) * 2 > lines.len());
        let pairs = lines.windows(2).filter_map(|pair| match pair {
            [a, b]
                if (a.size - b.size).abs() < 0.1 * a.size && b.y - a.y > 0.7 * a.size && b.y - a.y < 3.0 * a.size =>
            {
                Some(b.y - a.y)
            }
            _ => None,
        });
        let pairs: Vec<f64> = pairs.collect();
        // Of a few lines, it is not known whether they are far apart.
        let most = if pairs.len() < 4 { 1.45 * measure.body } else { f64::MAX };
        let leading = low(pairs).unwrap_or(1.3 * measure.body).min(most);
        Some(Usual { measure, left: usual.unwrap_or(left), right, leading })
    }

    fn paragraph(&self, shape: Shape, lines: Vec<Line>, above: f64, page: usize) -> Paragraph {
        let hard = vec![false; lines.len()];
        Paragraph { shape, lines, hard, left: self.left, right: self.right, leading: self.leading, above, page }
    }

    /// What a line is by itself.
    fn shape(&self, line: &Line) -> Shape {
        if leader::is_entry(&line.text) {
            return Shape::Contents;
        }
        if line.style.mono && !self.measure.mono {
            return Shape::Code;
        }
        match list::marker(line) {
            Some(length) => Shape::Item(length),
            None => Shape::Text,
        }
    }

    /// Whether `line` goes on from `open`; `next` comes after it.
    fn joins(&self, open: &Paragraph, line: &Line, next: Option<&Line>, shape: &Shape) -> Join {
        let (Some(last), Some(first)) = (open.last(), open.first()) else { return Join::New };
        let size = last.size.max(line.size);
        let gap = line.y - last.y;
        let usual = if (line.size - self.measure.body).abs() < 0.15 * self.measure.body {
            self.leading
        } else {
            self.leading.max(1.35 * line.size).min(1.6 * line.size)
        };
        let same = Join::Same { hard: false };
        let far = gap > 1.32 * usual.max(1.05 * size) || gap < -0.2 * size;
        match (&open.shape, shape) {
            // Blank lines are part of code.
            (Shape::Code, Shape::Code) if gap < 3.2 * usual && gap > 0.0 => return same,
            (Shape::Contents, Shape::Contents) if gap < 2.5 * usual && gap > 0.0 => return Join::Same { hard: true },
            // A line of text that is nothing but a name or two.
            (Shape::Text | Shape::Item(_), Shape::Code) if !far && !ends_sentence(&last.text) => {
                let full = self.room(last) < line.first + 0.8 * size || line.text.len() < 24;
                let level = (line.x0 - last.x0).abs() < 0.4 * size;
                let item =
                    matches!(open.shape, Shape::Item(_)) && open.lines.len() == 1 && line.x0 > first.x0 + 0.5 * size;
                return if full && (level || item) { same } else { Join::New };
            }
            (Shape::Contents, _)
            | (_, Shape::Contents)
            | (Shape::Code, _)
            | (_, Shape::Code)
            | (Shape::Table(_), _) => {
                return Join::New;
            }
            _ => {}
        }
        let short = self.room(last) > line.first + 0.8 * size;
        if far || (last.size - line.size).abs() > 0.13 * size {
            return Join::New;
        }
        // A title over several lines, wherever they begin.
        if last.size > 1.15 * self.measure.body && gap < 1.5 * size && !matches!(shape, Shape::Item(_)) && gap > 0.0 {
            return same;
        }
        if let Shape::Item(length) = shape {
            let numbered = list::is_number(&line.text, *length);
            let begins = !numbered
                || matches!(open.shape, Shape::Item(_))
                || short
                || ends_sentence(&last.text)
                || line.x0 > last.x0 + 0.8 * size;
            if begins {
                return Join::New;
            }
        }
        if last.style.bold != line.style.bold && (short || open.lines.len() == 1) && !self.measure.bold {
            return Join::New;
        }
        let centred =
            |l: &Line| ((l.x0 - self.left) - (self.right - l.x1)).abs() < 1.2 * size && l.x0 > self.left + size;
        if centred(last) && centred(line) {
            return Join::Same { hard: short && last.size < 1.1 * self.measure.body };
        }
        let step = line.x0 - last.x0;
        let labelled =
            line.runs.first().is_some_and(|run| run.style.bold) && !last.runs.last().is_some_and(|run| run.style.bold);
        if labelled && !self.measure.bold && step.abs() < 0.4 * size && ends_sentence(&last.text) {
            return Join::New;
        }
        if matches!(open.shape, Shape::Item(_)) {
            // The text of an item stands to the right of its marker, or goes back under it.
            if line.x0 <= first.x0 + 0.5 * size && short || step < -0.7 * size && open.lines.len() > 1 {
                return Join::New;
            }
            return self.after(last, line, short);
        }
        if step > 0.7 * size {
            let returns = next.is_none_or(|n| n.x0 < line.x0 - 0.5 * size || n.y - line.y > 1.4 * usual);
            let hangs = open.lines.len() == 1 && !short && (!returns || !ends_sentence(&last.text));
            return if hangs { same } else { Join::New };
        }
        let around = first.initial && (line.x0 - first.x0).abs() < 0.4 * size;
        if step < -0.7 * size && open.lines.len() > 1 && !around {
            return Join::New;
        }
        self.after(last, line, short)
    }

    /// Whether a line goes on that begins where the one before it does.
    fn after(&self, last: &Line, line: &Line, short: bool) -> Join {
        let begins =
            line.text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
        match short && !last.text.ends_with('-') {
            true if ends_sentence(&last.text) => Join::New,
            short => Join::Same { hard: short && begins },
        }
    }

    /// How much room a line leaves.
    fn room(&self, line: &Line) -> f64 {
        self.right - line.x1
    }
}

/// The low middle of some distances: lines of a paragraph are more often near than paragraphs are apart.
fn low(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 3).copied()
}

/// Whether a line ends where a sentence does.
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| "\"'”’»)]¹²³⁴⁵⁶⁷⁸⁹⁰*†‡".contains(c));
    text.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '؟', '۔'])
}

/// The level of the heading that a paragraph is, by its size and its weight.
fn heading(paragraph: &Paragraph, usual: &Usual<'_>) -> Option<u8> {
    const LONGEST: usize = 200;
    const LINES: usize = 4;
    let measure = usual.measure;
    let text = paragraph.text();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let first = paragraph.first()?;
    if text.chars().count() > LONGEST
        || paragraph.lines.len() > LINES
        || letters < 2
        || letters * 3 < text.chars().count()
    {
        return None;
    }
    if let Some(level) = measure.level(paragraph.size()) {
        return Some(level);
    }
    let bold = paragraph.lines.iter().all(|l| l.style.bold) && !measure.bold;
    let short = paragraph.lines.len() <= 2 && text.chars().count() <= 120;
    let set_off = paragraph.above > 1.15 * paragraph.leading || paragraph.above < 0.0 || paragraph.above > 1e6;
    let ends = text.ends_with(['.', ',', ';', ':']) && !text.ends_with("..");
    let opens = |c: char| c.is_alphanumeric() && !c.is_lowercase() || "“\"'‘«¿¡(„[§".contains(c);
    let begins = text.starts_with(opens);
    let body = first.size > 0.85 * measure.body;
    (bold && short && set_off && !ends && begins && body).then(|| measure.bold_level())
}
