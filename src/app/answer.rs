//! Answers of the terminal that come when nobody waits for them any more, told from keys. Nothing here reads.

use crate::state::{Chord, Event};

/// What the terminal was asked for before the first frame, when the way to it is so long that the answer comes after we
/// have stopped waiting. Then it comes as keys: a colour as Alt-], `11;rgb:1010/1010/1010`, and Alt-\ or Ctrl-g; a name as
/// Alt-P, `>|XTerm(379)`, and so on.
#[derive(Default)]
pub(super) struct LateAnswer {
    /// The letter that began it, and what has come since.
    so_far: Option<(char, String)>,
}

/// Longer than any answer.
const ANSWER: usize = 40;

/// How answers begin, what follows, and what may come then: colours (OSC), a name (DCS), whether there are images (APC).
type Beginning = (char, &'static str, fn(char) -> bool);
const BEGINNINGS: [Beginning; 4] = [
    (']', "10;", is_color),
    (']', "11;", is_color),
    ('P', ">|", |c| c.is_ascii_graphic() || c == ' '),
    ('_', "Gi=31;", |c| c.is_ascii_graphic() || c == ' '),
];

impl LateAnswer {
    /// Whether this is part of an answer, and no key.
    pub(super) fn takes(&mut self, event: &Event) -> bool {
        let Event::Key(chord) = event else { return false };
        let Some((first, mut so_far)) = self.so_far.take() else {
            let begins = |(first, ..): &&Beginning| *chord == (Chord { alt: true, ..Chord::char(*first) });
            self.so_far = BEGINNINGS.iter().find(begins).map(|(first, ..)| (*first, String::new()));
            return self.so_far.is_some();
        };
        if ends(*chord) {
            return true;
        }
        so_far.extend(chord.typed());
        let fits = |(begun, with, may): &Beginning| {
            let body = |body: &str| body.len() < ANSWER && body.chars().all(may);
            *begun == first && so_far.strip_prefix(with).map_or(with.starts_with(&so_far), body)
        };
        if BEGINNINGS.iter().any(fits) && chord.typed().is_some() {
            self.so_far = Some((first, so_far));
            return true;
        }
        false
    }
}

/// The rest of such an answer, when its beginning came in time: whoever waited has read that, and the rest comes before
/// any key. It is told from keys by its end, so what may be a part of it is held back for as long as more is coming. That is
/// decided once, and costs the first key a moment at most.
pub(super) struct Rest {
    /// What may be a part; nothing once it is decided.
    held: Option<Vec<Event>>,
}

impl Rest {
    pub(super) fn new() -> Rest {
        Rest { held: Some(Vec::new()) }
    }

    /// What is to be passed on now that `event` has come; `coming` tells whether there will be more at once.
    pub(super) fn pass(&mut self, event: Event, coming: impl FnOnce() -> bool) -> Vec<Event> {
        let Some(mut held) = self.held.take() else { return vec![event] };
        let Event::Key(chord) = event else {
            self.held = Some(Vec::new());
            held.push(event);
            return held;
        };
        if ends(chord) && !held.is_empty() {
            return Vec::new();
        }
        held.push(event);
        let part = chord.typed().is_some_and(|c| is_color(c) || c == ';') && held.len() < ANSWER;
        if part && coming() {
            self.held = Some(held);
            return Vec::new();
        }
        held
    }
}

/// Whether an answer ends with this (ST or BEL).
fn ends(chord: Chord) -> bool {
    chord == (Chord { alt: true, ..Chord::char('\\') }) || chord == Chord::ctrl('g')
}

/// Whether a colour is written with this.
fn is_color(c: char) -> bool {
    c.is_ascii_hexdigit() || "rg:/".contains(c)
}
