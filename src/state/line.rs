//! A line that is typed into: the filter, a find, a place to go to, a command. The editing is tui-input's; this adds the
//! keys that readline users have in their fingers, and the history.

use tui_input::{Input, InputRequest};

use super::{Chord, Key};

/// Characters of a pasted text that are taken; nobody searches for more.
const PASTED: usize = 2_000;

/// An input line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    input: Input,
    /// Which earlier input is shown, counted back from the newest.
    earlier: Option<usize>,
    /// What was typed before looking at earlier inputs.
    draft: String,
}

impl Line {
    /// A line that holds `text`, with the cursor at its end.
    pub fn new(text: &str) -> Line {
        Line { input: Input::new(text.to_owned()), ..Line::default() }
    }

    /// What it holds.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The cursor, in characters from the start.
    pub fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// Whether an earlier input is being looked at.
    pub fn in_history(&self) -> bool {
        self.earlier.is_some()
    }

    /// Does what a key does in a line; whether the text has changed.
    pub fn edit(&mut self, chord: Chord) -> bool {
        let Some(request) = request(chord) else { return false };
        let changed = self.input.handle(request).is_some_and(|c| c.value);
        if changed {
            self.earlier = None;
        }
        changed
    }

    /// Whether a key leads on from the end of the line, where there is nothing more to go to.
    pub fn leads_on(&self, chord: Chord) -> bool {
        use InputRequest::{GoToEnd, GoToNextChar, GoToNextWord};
        self.cursor() == self.text().chars().count()
            && matches!(request(chord), Some(GoToEnd | GoToNextChar | GoToNextWord))
    }

    /// Whether a key edits a line: no action can be bound to it there.
    pub fn takes(chord: Chord) -> bool {
        request(chord).is_some()
    }

    /// Puts text in at the cursor, its line ends as spaces.
    pub fn insert(&mut self, text: &str) -> bool {
        let clean = text.trim_end_matches(['\r', '\n']).chars().map(|c| if c.is_control() { ' ' } else { c });
        let pasted: Vec<char> = clean.take(PASTED).collect();
        let (cursor, now) = (self.cursor(), self.text());
        let (before, after) = (now.chars().take(cursor), now.chars().skip(cursor));
        let whole: String = before.chain(pasted.iter().copied()).chain(after).collect();
        self.input = Input::new(whole).with_cursor(cursor + pasted.len());
        self.earlier = None;
        !pasted.is_empty()
    }

    /// Holds this instead, with the cursor between the two.
    pub fn set(&mut self, before: &str, after: &str) {
        self.input = Input::new(format!("{before}{after}")).with_cursor(before.chars().count());
        self.earlier = None;
    }

    /// Goes back in the history (newest first), or forward; whether the text has changed.
    pub fn browse(&mut self, history: &[String], back: bool) -> bool {
        let next = match (self.earlier, back) {
            (None, true) => Some(0),
            (Some(at), true) => Some(at + 1),
            (Some(at), false) => at.checked_sub(1),
            (None, false) => return false,
        };
        if self.earlier.is_none() {
            self.draft = self.text().to_owned();
        }
        let text = match next {
            Some(at) => match history.get(at) {
                Some(text) => text.clone(),
                None => return false,
            },
            None => std::mem::take(&mut self.draft),
        };
        self.earlier = next;
        self.input = Input::new(text);
        true
    }
}

/// What the keys of readline's Emacs mode ask of a line.
fn request(chord: Chord) -> Option<InputRequest> {
    if let Some(c) = chord.typed() {
        return Some(InputRequest::InsertChar(c));
    }
    Some(match (chord.ctrl, chord.alt, chord.key) {
        (false, false, Key::Backspace) | (true, false, Key::Char('h')) => InputRequest::DeletePrevChar,
        (false, false, Key::Delete) | (true, false, Key::Char('d')) => InputRequest::DeleteNextChar,
        (false, false, Key::Left) | (true, false, Key::Char('b')) => InputRequest::GoToPrevChar,
        (false, false, Key::Right) | (true, false, Key::Char('f')) => InputRequest::GoToNextChar,
        (true, false, Key::Left) | (false, true, Key::Left | Key::Char('b')) => InputRequest::GoToPrevWord,
        (true, false, Key::Right) | (false, true, Key::Right | Key::Char('f')) => InputRequest::GoToNextWord,
        (false, false, Key::Home) | (true, false, Key::Char('a')) => InputRequest::GoToStart,
        (false, false, Key::End) | (true, false, Key::Char('e')) => InputRequest::GoToEnd,
        (true, false, Key::Char('w')) | (false, true, Key::Backspace) => InputRequest::DeletePrevWord,
        (false, true, Key::Char('d')) => InputRequest::DeleteNextWord,
        (true, false, Key::Char('u')) => InputRequest::DeleteLine,
        (true, false, Key::Char('k')) => InputRequest::DeleteTillEnd,
        _ => return None,
    })
}
