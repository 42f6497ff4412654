//! The settings: one file, which need not be there. Whatever in it can't be meant (an unknown name, a value of another
//! type, a key given to two actions) is an error that names the line; nothing is ever ignored, so a misspelt setting
//! doesn't just do nothing.
//!
//! [`SETTINGS`] is the one table. The type [`Config`], reading, the printed default file and its tests come from it.

mod fault;
mod keys;
mod printed;
mod settings;
mod theme;
mod themes;
mod value;

use std::{mem, path::Path, sync::Arc};

use anyhow::{Result, bail};
use toml::de::DeTable;

use fault::{Fault, in_order, read};
pub use printed::printed;
pub use settings::{Config, SETTINGS, Setting};
pub use theme::printed as printed_theme;
pub use themes::{AUTO, Themes};
pub use value::order_word;

use crate::{
    formats::Hints,
    keymap::{BINDINGS, Keymap},
    state::Chord,
};

impl Config {
    /// Reads the settings, and the themes beside them. A file that isn't there is one in which nothing is set. Of several
    /// mistakes the first is the error; [`Config::mistakes`] tells them all.
    pub fn load(file: &Path) -> Result<Config> {
        let (config, mistakes) = Config::examine(file)?;
        match mistakes.into_iter().next() {
            Some(mistake) => bail!(mistake),
            None => Ok(config),
        }
    }

    /// Every mistake in the file and in those of the themes, as `path:line: reason`, in the order in which they stand
    /// there.
    pub fn mistakes(file: &Path) -> Result<Vec<String>> {
        Ok(Config::examine(file)?.1)
    }

    fn examine(file: &Path) -> Result<(Config, Vec<String>)> {
        let text = read(file)?;
        let (themes, wrong) = Themes::load(&file.with_file_name("themes"))?;
        let (config, faults) = Config::parse(&text, themes);
        let told = faults.iter().map(|fault| fault.told(file, &text)).chain(wrong).collect();
        Ok((config, told))
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
    fn parse(text: &str, themes: Themes) -> (Config, Vec<Fault>) {
        let (mut config, mut faults) = (Config { themes, ..Config::default() }, Vec::new());
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
                let read = (setting.read)(&mut config, value.0).and_then(|()| config.find_theme());
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

    /// Sees that there is the theme that is set. Which ones there are, only the folder of themes tells.
    fn find_theme(&mut self) -> Result<(), String> {
        if self.themes.names().any(|name| name == self.theme) {
            return Ok(());
        }
        let names: Vec<String> = self.themes.names().map(value::quoted).collect();
        let wrong = mem::replace(&mut self.theme, AUTO.to_owned());
        Err(format!("one of {} is expected, not {}", names.join(", "), value::quoted(&wrong)))
    }
}

/// The table in the file that holds the keys.
const KEYS: &str = "keys";
