//! The themes that there are: recto's own, read from files that are built in, and those of the reader. One of the reader's
//! that is called as one of recto's takes its place.

use std::{fs, io::ErrorKind, path::Path};

use anyhow::{Context as _, Result};

use super::{fault, theme};
use crate::ui::theme::Palette;

/// Dark or light, as the terminal is, on its own ground. No file may be called so.
pub const AUTO: &str = "auto";

/// recto's own, in the order in which they are shown.
const OWN: &[(&str, &str)] = &[
    (DARK, include_str!("themes/dark.toml")),
    (LIGHT, include_str!("themes/light.toml")),
    ("sepia", include_str!("themes/sepia.toml")),
    ("high-contrast", include_str!("themes/high-contrast.toml")),
    (TERMINAL, include_str!("themes/terminal.toml")),
    ("plain", include_str!("themes/plain.toml")),
];
const DARK: &str = "dark";
const LIGHT: &str = "light";
const TERMINAL: &str = "terminal";

/// Themes by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Themes(Vec<(String, Palette)>);

impl Default for Themes {
    fn default() -> Themes {
        let none = Themes(Vec::new());
        let own = |(name, text): &(&str, &str)| ((*name).to_owned(), theme::read(text, &none).0);
        Themes(OWN.iter().map(own).collect())
    }
}

impl Themes {
    /// recto's own with those of a folder, which need not be there; and what is wrong with these.
    pub(super) fn load(folder: &Path) -> Result<(Themes, Vec<String>)> {
        let own = Themes::default();
        let (mut themes, mut wrong) = (own.clone(), Vec::new());
        let mut files = match fs::read_dir(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            entries => entries
                .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>())
                .with_context(|| folder.display().to_string())?,
        };
        files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
        files.sort();
        for file in files {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if name == AUTO {
                wrong.push(format!("{}: a theme can't be called {AUTO}", file.display()));
                continue;
            }
            let text = fault::read(&file)?;
            let (palette, faults) = theme::read(&text, &own);
            wrong.extend(faults.iter().map(|fault| fault.told(&file, &text)));
            match themes.0.iter_mut().find(|(other, _)| *other == name) {
                Some((_, replaced)) => *replaced = palette,
                None => themes.0.push((name, palette)),
            }
        }
        Ok((themes, wrong))
    }

    /// All names, [`AUTO`] first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(AUTO).chain(self.0.iter().map(|(name, _)| name.as_str()))
    }

    /// The colours of a theme that has a file.
    pub fn palette(&self, name: &str) -> Option<&Palette> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, palette)| palette)
    }

    /// The colours of a theme on a screen that is light or dark.
    pub fn on_screen(&self, name: &str, light: bool) -> Palette {
        match self.palette(name) {
            Some(palette) => palette.clone(),
            None => self.palette(if light { LIGHT } else { DARK }).cloned().unwrap_or_default().without_ground(),
        }
    }

    /// The colours of a theme on lines that are printed, on whatever ground the terminal has: there a theme with a ground
    /// of its own can't be read, nor one that would have to know the ground.
    pub fn in_print(&self, name: &str) -> Palette {
        let fits = self.palette(name).filter(|palette| !palette.has_ground());
        fits.or_else(|| self.palette(TERMINAL)).cloned().unwrap_or_default()
    }
}
