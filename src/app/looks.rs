//! The colours of the screen: the themes that there are, on the terminal as it is. The state knows a theme by its name.

use super::{Config, config::Themes};
use crate::{
    memory::Choice,
    ui::{Depth, Theme},
};

/// The name of the setting.
pub(super) const THEME: &str = "theme";

/// Makes themes by name, and keeps the one that was made last.
#[derive(Debug)]
pub struct Looks {
    themes: Themes,
    /// The theme that is set.
    setting: String,
    depth: Depth,
    light: bool,
    made: Option<(String, Theme)>,
}

impl Looks {
    /// For a terminal with so many colours, whose own ground is light or dark.
    pub fn new(config: &Config, depth: Depth, light: bool) -> Looks {
        Looks { themes: config.themes.clone(), setting: config.theme.clone(), depth, light, made: None }
    }

    /// The names of all themes.
    pub fn names(&self) -> Vec<String> {
        self.themes.names().map(str::to_owned).collect()
    }

    /// That this theme was chosen in place of the one that is set.
    pub(super) fn choice(&self, name: String) -> Choice {
        Choice { name: THEME.to_owned(), value: name, setting: self.setting.clone() }
    }

    /// The theme of this name.
    pub(super) fn theme(&mut self, name: &str) -> &Theme {
        let Looks { themes, depth, light, made, .. } = self;
        let known = made.take().filter(|(made, _)| made == name);
        let make = || (name.to_owned(), Theme::new(&themes.on_screen(name, *light), *depth));
        &made.insert(known.unwrap_or_else(make)).1
    }
}
