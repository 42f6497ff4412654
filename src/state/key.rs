//! Keys as recto speaks of them, independent of any terminal library. `app` makes them from what the terminal sends; the
//! key table and the config write them as text: `j`, `Space`, `Ctrl-f`, `Alt-Left`. And the mouse.

use std::{fmt, str::FromStr};

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character as typed: `G` and not Shift with `g`.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift with Tab, which terminals send as a key of its own.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F1 to F12.
    F(u8),
}

/// A key with its modifiers. Shift counts only on keys that are no characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chord {
    /// The key.
    pub key: Key,
    /// Control was held.
    pub ctrl: bool,
    /// Alt (Meta) was held.
    pub alt: bool,
    /// Shift was held.
    pub shift: bool,
}

impl Chord {
    /// A key alone.
    pub const fn plain(key: Key) -> Chord {
        Chord { key, ctrl: false, alt: false, shift: false }
    }

    /// A character alone.
    pub const fn char(c: char) -> Chord {
        Chord::plain(Key::Char(c))
    }

    /// Control with a character.
    pub const fn ctrl(c: char) -> Chord {
        Chord { ctrl: true, ..Chord::char(c) }
    }

    /// Alt with a key.
    pub const fn alt(key: Key) -> Chord {
        Chord { alt: true, ..Chord::plain(key) }
    }

    /// The character that it types, if it types one.
    pub fn typed(&self) -> Option<char> {
        match self.key {
            Key::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// The keys with a name of more than one character.
const NAMES: &[(&str, Key)] = &[
    ("Space", Key::Char(' ')),
    ("Enter", Key::Enter),
    ("Esc", Key::Esc),
    ("Tab", Key::Tab),
    ("Shift-Tab", Key::BackTab),
    ("Backspace", Key::Backspace),
    ("Delete", Key::Delete),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("Home", Key::Home),
    ("End", Key::End),
    ("PageUp", Key::PageUp),
    ("PageDown", Key::PageDown),
    ("F1", Key::F(1)),
    ("F2", Key::F(2)),
    ("F3", Key::F(3)),
    ("F4", Key::F(4)),
    ("F5", Key::F(5)),
    ("F6", Key::F(6)),
    ("F7", Key::F(7)),
    ("F8", Key::F(8)),
    ("F9", Key::F(9)),
    ("F10", Key::F(10)),
    ("F11", Key::F(11)),
    ("F12", Key::F(12)),
];

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match (NAMES.iter().find(|(_, key)| *key == self.key), self.key) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Key::Char(c)) => write!(f, "{c}"),
            (None, key) => write!(f, "{key:?}"),
        }
    }
}

impl FromStr for Chord {
    type Err = ();

    fn from_str(text: &str) -> Result<Chord, ()> {
        let mut chord = Chord::char(' ');
        let mut rest = text;
        loop {
            if let Some((_, key)) = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest)) {
                return Ok(Chord { key: *key, ..chord });
            }
            let (prefix, held): (&str, &mut bool) = match rest.to_ascii_lowercase() {
                r if r.starts_with("ctrl-") => ("ctrl-", &mut chord.ctrl),
                r if r.starts_with("alt-") => ("alt-", &mut chord.alt),
                r if r.starts_with("shift-") => ("shift-", &mut chord.shift),
                _ => break,
            };
            *held = true;
            rest = crate::text::tail(rest, prefix.len());
        }
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if !chord.shift => Ok(Chord { key: Key::Char(c), ..chord }),
            _ => Err(()),
        }
    }
}

/// What the mouse does, at a column and a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// Column from 0.
    pub column: usize,
    /// Row from 0.
    pub row: usize,
}

/// The mouse events that mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button goes down.
    Click,
    /// The pointer moves while it is held.
    Drag,
    /// It is let go.
    Release,
    /// The wheel turns towards the beginning.
    WheelUp,
    /// The wheel turns towards the end.
    WheelDown,
}
