//! The settings: one file, which need not be there. Whatever in it can't be meant (an unknown name, a value of another
//! type, a key given to two actions) is an error that names the line; nothing is ever ignored, so a misspelt setting
//! doesn't just do nothing.
//!
//! [`SETTINGS`] is the one table. The type [`Config`], reading, the printed default file and its tests come from it.

mod keys;
mod printed;
mod settings;
mod value;

use std::{fs, io::ErrorKind, ops::Range, path::Path, sync::Arc};

use anyhow::{Context as _, Result, bail};
use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

pub use printed::printed;
pub use settings::{Config, SETTINGS, Setting, ThemeChoice};
pub use value::order_word;

use crate::{
    formats::Hints,
    keymap::{BINDINGS, Keymap},
    state::Chord,
    text,
};

impl Config {
    /// Reads the settings. A file that isn't there is one in which nothing is set. Of several mistakes the first is the
    /// error; [`Config::mistakes`] tells them all.
    pub fn load(file: &Path) -> Result<Config> {
        let text = read(file)?;
        let (config, faults) = Config::parse(&text);
        match faults.first() {
            Some(fault) => bail!("{}", fault.told(file, &text)),
            None => Ok(config),
        }
    }

    /// Every mistake in the file, as `path:line: reason`, in the order in which they stand there.
    pub fn mistakes(file: &Path) -> Result<Vec<String>> {
        let text = read(file)?;
        Ok(Config::parse(&text).1.iter().map(|fault| fault.told(file, &text)).collect())
    }

    /// The keys that are in force.
    #[expect(clippy::expect_used, reason = "the table of keys clashes with itself in no version: a test walks it")]
    pub fn keymap(&self) -> Keymap {
        let changes: Vec<(&str, Vec<Chord>)> =
            self.keys.iter().map(|(name, chords)| (name.as_str(), chords.clone())).collect();
        Keymap::new(&changes).or_else(|_| Keymap::new(&[])).expect("a table of keys without a clash")
    }

    /// What they say of files that don't say it themselves.
    pub fn hints(&self) -> Arc<Hints> {
        Arc::new(Hints { text_fields: self.text_fields.clone(), title_fields: self.title_fields.clone() })
    }

    /// What the file sets, as far as it can be meant, and what can't.
    fn parse(text: &str) -> (Config, Vec<Fault>) {
        let (mut config, mut faults) = (Config::default(), Vec::new());
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            // What is no TOML can't be read any further.
            Err(error) => return (config, vec![Fault::new(error.span(), error.message())]),
        };
        for (name, value) in in_order(table.get_ref()) {
            let at = Some(name.span());
            let (name, value) = (name.get_ref().as_ref(), (value.get_ref(), value.span()));
            if name == KEYS {
                config.keys = keys::read(value.0, value.1, &mut faults);
            } else if let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) {
                let read = (setting.read)(&mut config, value.0);
                faults.extend(read.err().map(|reason| Fault::new(Some(value.1), format!("{name}: {reason}"))));
            } else if BINDINGS.iter().any(|binding| binding.name == name) {
                faults.push(Fault::new(at, format!("{name}: an action, and so it belongs below [{KEYS}]")));
            } else {
                faults.push(Fault::new(at, format!("{name}: no such setting")));
            }
        }
        faults.sort_by_key(|fault| fault.at.as_ref().map(|at| at.start));
        (config, faults)
    }
}

fn read(file: &Path) -> Result<String> {
    match fs::read_to_string(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        read => read.with_context(|| file.display().to_string()),
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

    /// `path:line: reason`
    fn told(&self, file: &Path, text: &str) -> String {
        let file = file.display();
        match &self.at {
            Some(at) => {
                format!("{file}:{}: {}", 1 + text::head(text, at.start).matches('\n').count(), self.reason)
            }
            None => format!("{file}: {}", self.reason),
        }
    }
}
