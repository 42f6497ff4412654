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
        if *chord == (Chord { alt: true, ..Chord::char('\\') }) || *chord == Chord::ctrl('g') {
            return true;
        }
        so_far.extend(chord.typed());
        let body = so_far.strip_prefix("10;").or(so_far.strip_prefix("11;"));
        let color =
            |body: &str| body.len() < ANSWER && body.chars().all(|c| c.is_ascii_hexdigit() || "rg:/".contains(c));
        let fits = body.map_or("10;".starts_with(&so_far) || "11;".starts_with(&so_far), color);
        if fits && chord.typed().is_some() {
            self.so_far = Some(so_far);
            return true;
        }
        false
    }
}
