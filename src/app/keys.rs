//! The key table as the screen shows it.

use crate::{
    keymap::Keymap,
    state::{Action, Context},
    text::Safe,
    ui,
};

/// Every key for the help overlay.
pub(super) fn all(keymap: &Keymap) -> Vec<(&'static str, Safe, Safe)> {
    let bound = keymap.bindings().filter(|(_, chords)| !chords.is_empty());
    bound
        .map(|(binding, chords)| {
            let chords: Vec<String> = chords.iter().map(ToString::to_string).collect();
            (binding.group.name(), Safe::from(chords.join(" ")), Safe::from(binding.about))
        })
        .collect()
}

/// The five keys that matter in a context, the most telling first: what does not fit is left out from the end.
pub(super) fn hints(keymap: &Keymap, context: Context) -> ui::Hints {
    let wanted: &[(Action, &str)] = match context {
        Context::List => &[
            (Action::Down, "move"),
            (Action::Read, "read"),
            (Action::Filter, "filter"),
            (Action::ReadOn, "page"),
            (Action::Help, "keys"),
        ],
        Context::Text => &[
            (Action::ReadOn, "page"),
            (Action::ToList, "list"),
            (Action::Find, "find"),
            (Action::NextHit, "next hit"),
            (Action::Help, "keys"),
        ],
        Context::Filter => {
            &[(Action::Accept, "take"), (Action::Down, "move"), (Action::Back, "leave"), (Action::Earlier, "earlier")]
        }
        Context::Input => &[(Action::Accept, "take"), (Action::Back, "leave")],
        Context::Menu => &[(Action::Down, "move"), (Action::Accept, "take"), (Action::Back, "leave")],
        Context::Help => &[(Action::Down, "move"), (Action::Find, "narrow"), (Action::Back, "close")],
        Context::Details => &[(Action::Back, "close")],
    };
    let key = |action| keymap.key(action, context).map(|chord| short(&chord.to_string()));
    wanted.iter().filter_map(|(action, says)| Some((Safe::from(key(*action)?), Safe::from(*says)))).collect()
}

/// A key as the bottom line writes it.
fn short(key: &str) -> String {
    match key {
        "Down" => "↓",
        "Up" => "↑",
        "Left" => "←",
        "Enter" => "⏎",
        other => other,
    }
    .to_owned()
}
