//! Keys to actions: one const table. The help overlay, the README, `recto config` and the clash test read it too.
//!
//! A binding counts in its contexts only. Where a line is typed into, a chord that types or edits is the line's, whatever
//! it means elsewhere.

mod table;

use std::collections::HashMap;

pub use table::{BINDINGS, Binding, Group};

use crate::state::{Action, Chord, Context, Line};

/// The keys in force: the table with what the config changed.
#[derive(Clone, Debug)]
pub struct Keymap {
    chords: HashMap<(Context, Chord), Action>,
    keys: Vec<(&'static Binding, Vec<Chord>)>,
}

/// Two actions on one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The key.
    pub chord: Chord,
    /// The names of the two actions.
    pub actions: (&'static str, &'static str),
}

impl Keymap {
    /// The keys of the table, with those of `changes` in place of the table's for the actions that it names.
    pub fn new(changes: &[(&str, Vec<Chord>)]) -> Result<Keymap, Clash> {
        let mut keymap = Keymap { chords: HashMap::new(), keys: Vec::with_capacity(BINDINGS.len()) };
        for binding in BINDINGS {
            let changed = changes.iter().rev().find(|(name, _)| *name == binding.name).map(|(_, keys)| keys.clone());
            let chords = changed.unwrap_or_else(|| binding.chords());
            for chord in &chords {
                keymap.bind(binding, *chord)?;
            }
            keymap.keys.push((binding, chords));
        }
        Ok(keymap)
    }

    fn bind(&mut self, binding: &'static Binding, chord: Chord) -> Result<(), Clash> {
        for context in binding.contexts.iter().copied().filter(|context| !is_typed(*context, chord)) {
            if let Some(other) = self.chords.insert((context, chord), binding.action)
                && other != binding.action
            {
                let other = BINDINGS.iter().find(|b| b.action == other).map_or("", |b| b.name);
                return Err(Clash { chord, actions: (other, binding.name) });
            }
        }
        Ok(())
    }

    /// What a key means in a context.
    pub fn resolve(&self, context: Context, chord: Chord) -> Option<Action> {
        self.chords.get(&(context, chord)).copied()
    }

    /// The bindings with their keys, in the order of the table.
    pub fn bindings(&self) -> impl Iterator<Item = (&'static Binding, &[Chord])> {
        self.keys.iter().map(|(binding, chords)| (*binding, chords.as_slice()))
    }

    /// The first key that an action has in a context, for the bottom line.
    pub fn key(&self, action: Action, context: Context) -> Option<Chord> {
        let bound = self.bindings().filter(|(b, _)| b.action == action).flat_map(|(_, chords)| chords);
        bound.copied().find(|chord| self.resolve(context, *chord) == Some(action))
    }
}

/// Whether a key is a letter, or an edit, of what is typed there.
fn is_typed(context: Context, chord: Chord) -> bool {
    match context {
        Context::Filter | Context::Input | Context::Contents => Line::takes(chord),
        Context::NewMark | Context::Marks => chord.typed().is_some(),
        _ => false,
    }
}
