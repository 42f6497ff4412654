//! The menu of themes. The theme under the cursor is what the screen shows, so that one is tried by going there; Esc
//! brings back the one before.

use super::{Effect, Overlay, Save, State};

impl State {
    /// Opens the menu on the theme that is shown.
    pub(crate) fn open_themes(&mut self) {
        let before = self.view.theme.name.clone();
        let cursor = self.view.theme.all.iter().position(|name| *name == before).unwrap_or(0);
        self.overlay = Some(Overlay::Themes { cursor, before });
    }

    /// Shows the theme at this row of the menu, or the last one.
    pub(crate) fn try_theme(&mut self, row: usize) {
        let Some(Overlay::Themes { cursor, .. }) = &mut self.overlay else { return };
        *cursor = row.min(self.view.theme.all.len().saturating_sub(1));
        if let Some(name) = self.view.theme.all.get(*cursor) {
            self.view.theme.name.clone_from(name);
        }
    }

    /// Keeps the theme that is shown, now and for the next time.
    pub(crate) fn keep_theme(&mut self) -> Vec<Effect> {
        self.say(format!("theme: {}", self.view.theme.name));
        vec![Effect::Save(Save::Theme(self.view.theme.name.clone()))]
    }
}
