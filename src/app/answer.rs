//! Answers of the terminal that come when nobody waits for them any more, told from keys. Nothing here reads.

use crate::state::{Chord, Event};

/// A colour that the terminal was asked for before the first frame, when the way to it is so long that the answer comes
/// after we have stopped waiting. Then it comes as keys: Alt-], `11;rgb:1010/1010/1010`, and Alt-\ or Ctrl-g.
#[derive(Default)]
pub(super) struct LateAnswer {
    so_far: Option<String>,
}

/// Longer than any answer.
const ANSWER: usize = 40;

impl LateAnswer {
    /// Whether this is part of an answer, and no key.
    pub(super) fn takes(&mut self, event: &Event) -> bool {
        let Event::Key(chord) = event else { return false };
        let Some(mut so_far) = self.so_far.take() else {
            if *chord == (Chord { alt: true, ..Chord::char(']') }) {
                self.so_far = Some(String::new());
            }
            return self.so_far.is_some();
        };
        if ends(*chord) {
            return true;
        }
        so_far.extend(chord.typed());
        let body = so_far.strip_prefix("10;").or(so_far.strip_prefix("11;"));
        let color = |body: &str| body.len() < ANSWER && body.chars().all(is_color);
        let fits = body.map_or("10;".starts_with(&so_far) || "11;".starts_with(&so_far), color);
        if fits && chord.typed().is_some() {
            self.so_far = Some(so_far);
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
