//! stub
use crate::{keymap::Keymap, search::Order, state::ThemeName};
/// theme
pub enum ThemeChoice {
    /// auto
    Auto,
    /// named
    Named(ThemeName),
}
/// Config
pub struct Config {
    /// theme
    pub theme: ThemeChoice,
    /// measure
    pub measure: usize,
    /// order
    pub order: Order,
    /// ascii
    pub ascii: bool,
    /// mouse
    pub mouse: bool,
}
impl Config {
    /// stub
    pub fn default_stub() -> Config {
        Config { theme: ThemeChoice::Auto, measure: 72, order: Order::Path, ascii: false, mouse: false }
    }
    /// keymap
    pub fn keymap(&self) -> Keymap {
        #[expect(clippy::unwrap_used, reason = "stub")]
        Keymap::new(&[]).unwrap()
    }
}
