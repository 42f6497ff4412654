//! The default file: every setting and every action with its keys, explained and commented out. Uncommented as it is, it
//! changes nothing.

use super::{
    Config, KEYS, SETTINGS,
    value::{list, quoted},
};
use crate::keymap::BINDINGS;

/// The settings as they are when nothing is set.
pub fn printed() -> String {
    let mut out = String::from(
        "# The settings of recto, each at its default and commented out: take the \"# \"\n\
         # before its name away to change it. `recto config --check` says whether all\n\
         # is right.\n",
    );
    let defaults = Config::default();
    for setting in SETTINGS {
        out.push('\n');
        for line in setting.doc {
            out.push_str(&format!("# {}\n", line.trim()));
        }
        out.push_str(&format!("# {} = {}\n", setting.name, (setting.write)(&defaults)));
    }
    out.push_str(&format!(
        "\n\
         # The keys of each action, which take the place of its usual ones: a key, as in\n\
         # \"j\", or several in brackets; none at all leave the action without a key. A key\n\
         # is a character as it is typed, or one of Space Enter Esc Tab Backspace Delete Up\n\
         # Down Left Right Home End PageUp PageDown F1 to F12; before it may stand Ctrl-,\n\
         # Alt- or Shift-.\n\
         [{KEYS}]\n"
    ));
    let mut group = None;
    for binding in BINDINGS {
        if group.replace(binding.group) != Some(binding.group) {
            out.push_str(&format!("\n# {}\n", binding.group.name()));
        }
        let keys = list(binding.chords().iter().map(|chord| quoted(&chord.to_string())));
        let entry = format!("{} = {keys}", binding.name);
        out.push_str(&format!("# {entry:<42} # {}\n", binding.about));
    }
    out
}
