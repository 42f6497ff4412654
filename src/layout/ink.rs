//! Which face each byte of a text has, and ranges of it made into runs. This is where text becomes [`Safe`] and keeps
//! its source: a run shows its bytes unchanged, or it is one grapheme that is drawn as something else.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::{
    Face, Leads, Run, Setting,
    breaks::End,
    fill::{self, Line},
};
use crate::{
    doc::{Block, Kind, Nest, Span, SpanKind},
    text::{
        self, Safe,
        bidi::{self, Direction, Levels},
    },
};

/// Drawn for a grapheme that is wider than the whole line.
const TOO_WIDE: &str = "…";

/// A text and its faces.
pub(super) struct Ink<'t> {
    text: &'t str,
    /// The face of each part; the parts follow each other.
    parts: Vec<(Range<usize>, Face)>,
    /// Which of it is drawn from the right.
    levels: Levels,
    /// The direction of the paragraph; of lines that are kept, each has its own.
    pub direction: Direction,
}

impl<'t> Ink<'t> {
    /// The text of a block in the face of its kind.
    pub fn of(block: &'t Block, setting: &Setting) -> Ink<'t> {
        let mut ink = Ink::new(&block.text, &block.spans, base(block));
        if setting.bidi && bidi::has_right(&block.text) {
            (ink.direction, ink.levels) = levels(block);
        }
        ink
    }

    /// Its text as a paragraph within lines of this direction.
    pub fn within(mut self, direction: Direction) -> Ink<'t> {
        self.levels = Levels::default();
        self.levels.add(self.text, 0, Direction::told(self.text).unwrap_or(direction), direction);
        self
    }

    /// `text` in the face `base`, changed by `spans`.
    pub fn new(text: &'t str, spans: &[Span], base: Face) -> Ink<'t> {
        let mut parts = Parts { out: Vec::with_capacity(spans.len() * 2 + 1), at: 0 };
        let mut open = vec![(text.len(), base)];
        for span in spans {
            let start = whole(text, span.range.start);
            parts.close(&mut open, start);
            let Some((outer, face)) = open.last() else { break };
            let (end, face) = (whole(text, span.range.end).min(*outer), with(face, &span.kind));
            if start < end {
                open.push((end, face));
            }
        }
        parts.close(&mut open, text.len());
        Ink { text, parts: parts.out, levels: Levels::default(), direction: Direction::default() }
    }

    /// Appends the runs of one line, with the blanks in it, and with the hyphen at its end.
    pub fn line(&self, line: &Line, room: usize, out: &mut Vec<Run>) {
        let mut start = line.shown.start;
        for (at, columns) in &line.blanks {
            self.runs(start..*at, room, out);
            out.push(Run { level: self.levels.at(at - 1), ..Run::filler(" ", *columns, self.face(at - 1)) });
            start = *at;
        }
        self.runs(start..line.shown.end, room, out);
        self.hyphen(line, out);
    }

    fn hyphen(&self, line: &Line, out: &mut Vec<Run>) {
        let end = line.shown.end;
        match line.end {
            End::Plain | End::Torn => {}
            End::Soft => {
                let source = end - fill::SOFT_HYPHEN.len_utf8()..end;
                let (face, level) = (self.face(source.start), self.levels.at(source.start));
                out.push(Run { text: Safe::line("-"), face, source: Some(source), filler: true, level });
            }
            End::Hyphen => {
                let before = end.saturating_sub(1);
                out.push(Run { level: self.levels.at(before), ..Run::filler("-", 1, self.face(before)) });
            }
        }
    }

    /// Appends the runs that show `range`, which holds whole graphemes. None of them is wider than `room`.
    pub fn runs(&self, range: Range<usize>, room: usize, out: &mut Vec<Run>) {
        let from = self.parts.partition_point(|(part, _)| part.end <= range.start);
        for (part, face) in self.parts.iter().skip(from).take_while(|(part, _)| part.start < range.end) {
            for (part, level) in self.levels.parts(part.start.max(range.start)..part.end.min(range.end)) {
                self.part(part, face, level, room, out);
            }
        }
    }

    /// A byte of the text as a run of its own, drawn as `text`.
    pub fn run(&self, text: Safe, source: Range<usize>) -> Run {
        let (face, level) = (self.face(source.start), self.levels.at(source.start));
        Run { text, face, source: Some(source), filler: false, level }
    }

    /// The face at `byte`.
    pub fn face(&self, byte: usize) -> Face {
        let part = self.parts.partition_point(|(part, _)| part.end <= byte);
        self.parts.get(part).map(|(_, face)| face.clone()).unwrap_or_default()
    }

    fn part(&self, range: Range<usize>, face: &Face, level: u8, room: usize, out: &mut Vec<Run>) {
        let mut push = |text: Safe, source: Range<usize>| {
            if !text.is_empty() {
                out.push(Run { text, face: face.clone(), source: Some(source), filler: false, level });
            }
        };
        let text = text::slice(self.text, range.clone());
        let safe = Safe::line(text);
        if safe.as_str() == text && safe.width() <= room {
            return push(safe, range);
        }
        let mut same = range.start;
        for cell in fill::cells(text) {
            let shown = Safe::line(cell.text);
            if shown.as_str() == cell.text && cell.width <= room {
                continue;
            }
            let (start, end) = (range.start + cell.at, range.start + cell.at + cell.text.len());
            push(Safe::line(text::slice(self.text, same..start)), same..start);
            push(if cell.width <= room { shown } else { Safe::line(TOO_WIDE) }, start..end);
            same = end;
        }
        push(Safe::line(text::slice(self.text, same..range.end)), same..range.end);
    }
}

/// Parts being gathered, up to `at`.
struct Parts {
    out: Vec<(Range<usize>, Face)>,
    at: usize,
}

impl Parts {
    /// Gives everything before `to` its face and forgets the spans that end there.
    fn close(&mut self, open: &mut Vec<(usize, Face)>, to: usize) {
        while let Some((end, face)) = open.last() {
            let upto = to.min(*end);
            if self.at < upto {
                self.out.push((self.at..upto, face.clone()));
                self.at = upto;
            }
            if to < *end || open.len() == 1 {
                return;
            }
            open.pop();
        }
    }
}

/// The direction of a block and its levels. Code is read from the left, and each line of other text that is kept by its own
/// letters; the cells of a table stand by themselves.
fn levels(block: &Block) -> (Direction, Levels) {
    let text = &block.text;
    let direction = if block.keeps_lines() { Direction::Left } else { Direction::of(text) };
    let mut levels = Levels::default();
    match &block.kind {
        Kind::Preformatted => {
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                let direction = Direction::of(line);
                levels.add(line, start, direction, direction);
                start += line.len();
            }
        }
        Kind::Table(table) => {
            for cell in table.rows.iter().flatten() {
                let text = text::slice(text, cell.clone());
                levels.add(text, cell.start, Direction::told(text).unwrap_or(direction), direction);
            }
        }
        Kind::Code { .. } => levels = Levels::of_code(text),
        _ => levels = Levels::of(text, direction),
    }
    (direction, levels)
}

/// The face of a block's plain text.
fn base(block: &Block) -> Face {
    let mut face = Face { quote: block.nest.contains(&Nest::Quote), ..Face::default() };
    match block.kind {
        Kind::Heading { level } => (face.heading, face.strong) = (level, true),
        // Where a language is named its words are what is told apart, and the rest looks like text.
        Kind::Code { ref language } => face.code = language.is_none(),
        Kind::Image { .. } => face.emphasis = true,
        _ => {}
    }
    face
}

fn with(face: &Face, kind: &SpanKind) -> Face {
    let mut face = face.clone();
    match kind {
        SpanKind::Emphasis | SpanKind::Image(_) => face.emphasis = true,
        SpanKind::Strong => face.strong = true,
        SpanKind::Code => face.code = true,
        SpanKind::Strikethrough => face.strike = true,
        SpanKind::Underline => face.underline = true,
        SpanKind::Link(link) => face.leads = Some(Leads::Link(*link)),
        SpanKind::FootnoteRef(label) => face.leads = Some(Leads::Note(label.as_str().into())),
        SpanKind::Colored { foreground, background } => {
            face.given.foreground = foreground.or(face.given.foreground);
            face.given.background = background.or(face.given.background);
        }
        SpanKind::Dim => face.given.dim = true,
        SpanKind::Reversed => face.given.reversed = true,
    }
    face
}

/// `byte`, or the end of the grapheme that it stands in: a grapheme has the face of its first byte.
fn whole(text: &str, byte: usize) -> usize {
    let at = byte.min(text.len());
    let bytes = text.as_bytes();
    let plain = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|b| fill::is_printable(*b));
    if plain(at.checked_sub(1)) && plain(Some(at)) {
        return at;
    }
    let at = text.ceil_char_boundary(at);
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(at),
        _ => at,
    }
}
