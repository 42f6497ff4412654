//! The settings: one file, which need not be there. Whatever in it can't be meant (an unknown name, a value of another
//! type, a key given to two actions) is an error that names the line; nothing is ever ignored, so a misspelt setting
//! doesn't just do nothing.
//!
//! [`SETTINGS`] is the one table. The type [`Config`], reading, the printed default file and its tests come from it.

mod keys;
mod printed;
mod settings;
mod value;

use std::{fs, io::ErrorKind, ops::Range, path::Path};

use anyhow::{Context as _, Result, anyhow};
use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

pub use printed::printed;
pub use settings::{Config, SETTINGS, Setting, ThemeChoice};
pub use value::order_word;

use crate::{
    keymap::{BINDINGS, Keymap},
    state::Chord,
    text,
};

impl Config {
    /// Reads the settings. A file that isn't there is one in which nothing is set.
    pub fn load(file: &Path) -> Result<Config> {
        match fs::read_to_string(file) {
            Ok(text) => Config::parse(&text).map_err(|fault| fault.in_file(file, &text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Config::default()),
            Err(error) => Err(error).with_context(|| file.display().to_string()),
        }
    }

    /// The keys that are in force.
    #[expect(clippy::expect_used, reason = "the table of keys clashes with itself in no version: a test walks it")]
    pub fn keymap(&self) -> Keymap {
        let changes: Vec<(&str, Vec<Chord>)> =
            self.keys.iter().map(|(name, chords)| (name.as_str(), chords.clone())).collect();
        Keymap::new(&changes).or_else(|_| Keymap::new(&[])).expect("a table of keys without a clash")
    }

    fn parse(text: &str) -> Result<Config, Fault> {
        let table = DeTable::parse(text).map_err(|error| Fault::new(error.span(), error.message()))?;
        let mut config = Config::default();
        for (name, value) in in_order(table.get_ref()) {
            let at = Some(name.span());
            let (name, value) = (name.get_ref().as_ref(), (value.get_ref(), value.span()));
            if name == KEYS {
                config.keys = keys::read(value.0, value.1)?;
            } else if let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) {
                (setting.read)(&mut config, value.0)
                    .map_err(|reason| Fault::new(Some(value.1), format!("{name}: {reason}")))?;
            } else if BINDINGS.iter().any(|binding| binding.name == name) {
                return Err(Fault::new(at, format!("{name}: an action, and so it belongs below [{KEYS}]")));
            } else {
                return Err(Fault::new(at, format!("{name}: no such setting")));
            }
        }
        Ok(config)
    }
}

/// The entries of a table as they stand in the file; the parser sorts them by name.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

/// The table in the file that holds the keys.
const KEYS: &str = "keys";

/// Something in the file that can't be meant.
#[derive(Debug)]
struct Fault {
    /// Its bytes.
    at: Option<Range<usize>>,
    reason: String,
}

impl Fault {
    fn new(at: Option<Range<usize>>, reason: impl Into<String>) -> Fault {
        Fault { at, reason: reason.into() }
    }

    fn in_file(self, file: &Path, text: &str) -> anyhow::Error {
        let Fault { at, reason } = self;
        let file = file.display();
        match at {
            Some(at) => anyhow!("{file}:{}: {reason}", 1 + text::head(text, at.start).matches('\n').count()),
            None => anyhow!("{file}: {reason}"),
        }
    }
}
