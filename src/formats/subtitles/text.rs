//! Cues to paragraphs.

use super::{
    cue::Cue,
    speaker::{self, Line},
};
use crate::{
    doc::SpanKind,
    formats::build::{Builder, Built},
};

/// A pause after which something new begins, in milliseconds.
const PAUSE: u64 = 3000;

/// How long a paragraph is at least, in bytes, that ends with a sentence; and at most, where there are no sentences.
const LONG: usize = 500;
const LONGEST: usize = 1500;

/// A heading after so many milliseconds; and how long it waits for the end of a sentence.
const MARK: u64 = 5 * 60 * 1000;
const WAIT: u64 = 20 * 1000;

/// The text of the cues.
pub fn read(cues: &[Cue<'_>]) -> Built {
    let rolling = is_rolling(cues);
    let named = cues.iter().filter(|cue| cue.lines.first().is_some_and(|line| speaker::has_prefix(line))).count();
    let mut text = Text { named: named * 2 > cues.len(), ..Text::default() };
    let mut shown: &[&str] = &[];
    for cue in cues {
        if text.build.is_full() {
            break;
        }
        text.time(cue.start);
        let again = if rolling { repeated(shown, &cue.lines) } else { 0 };
        for line in cue.lines.iter().skip(again) {
            for part in speaker::voices(line) {
                text.line(&speaker::line(part, text.named));
            }
        }
        shown = if cue.lines.is_empty() { shown } else { &cue.lines };
        text.end = text.end.max(cue.end);
    }
    text.build.flush();
    text.build.finish()
}

/// Whether each cue shows the last line of the one before it again, as captions do that roll up.
fn is_rolling(cues: &[Cue<'_>]) -> bool {
    let again = cues.windows(2).filter(|pair| matches!(pair, [a, b] if repeated(&a.lines, &b.lines) > 0)).count();
    again >= 3 && again * 3 > cues.len()
}

/// How many lines at the beginning were shown last.
fn repeated(shown: &[&str], lines: &[&str]) -> usize {
    let same = |count: &usize| {
        let end = shown.len().checked_sub(*count).and_then(|at| shown.get(at..)).unwrap_or_default();
        let plain = |line: &&str| speaker::line(line, false).text;
        end.len() == *count && end.iter().map(plain).eq(lines.iter().take(*count).map(plain))
    };
    (1..=lines.len().min(shown.len()).min(3)).rev().find(same).unwrap_or(0)
}

/// The text so far.
#[derive(Default)]
struct Text {
    build: Builder,
    named: bool,
    /// When the last cue ended.
    end: u64,
    /// The last heading, counted in [`MARK`]s.
    mark: u64,
    /// Who speaks.
    name: Option<String>,
    /// The paragraph is what one of several said.
    turn: bool,
}

impl Text {
    /// A cue begins: perhaps a paragraph, perhaps a section.
    fn time(&mut self, start: u64) {
        let length = self.build.prose.text.len();
        let sentence = ends(&self.build.prose.text);
        if start.saturating_sub(self.end) > PAUSE || (sentence && (length > LONG || self.turn)) || length > LONGEST {
            self.paragraph();
        }
        let mark = start / MARK;
        if mark > self.mark && (sentence || self.build.prose.is_empty() || start % MARK > WAIT) {
            self.paragraph();
            self.mark = mark;
            self.build.heading_of(2, clock(mark * 5), Vec::new());
            // The section says anew who speaks.
            self.name = None;
        }
    }

    fn paragraph(&mut self) {
        self.build.flush();
        self.turn = false;
    }

    fn line(&mut self, line: &Line) {
        if line.text.is_empty() && line.name.is_none() {
            return;
        }
        let other = line.name.is_some() && line.name != self.name;
        if other || line.turn {
            self.paragraph();
            self.turn = line.turn;
        }
        if let Some(name) = line.name.as_ref().filter(|_| other) {
            self.build.prose.span(SpanKind::Strong, &format!("{name}:"));
            self.build.prose.space();
        } else if line.turn {
            self.build.prose.push("– ");
        }
        if line.turn || line.name.is_some() {
            self.name.clone_from(&line.name);
        }
        self.build.prose.push_collapsed(&line.text);
        self.build.prose.soft_break();
    }
}

/// Whether a sentence ends here.
fn ends(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '」', '』', ' ']);
    text.is_empty() || text.ends_with(['.', '!', '?', '…', '。', '！', '？', '♪', ':'])
}

/// A time of the film.
fn clock(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
