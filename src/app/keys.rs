//! The key table as the screen shows it.

use crate::{
    keymap::Keymap,
    query::FIELDS,
    state::{Action, Chord, Context, Key},
    text::Safe,
    ui,
};

/// Every key for the help overlay, and after them what can be typed into the filter.
pub(super) fn all(keymap: &Keymap) -> Vec<(&'static str, Safe, Safe)> {
    let bound = keymap.bindings().filter(|(_, chords)| !chords.is_empty());
    let keys = bound.map(|(binding, chords)| {
        let chords: Vec<String> = chords.iter().map(ToString::to_string).collect();
        (binding.group.name(), Safe::from(chords.join(" ")), Safe::from(binding.about))
    });
    let fields = FIELDS.iter().map(|field| ("filter", Safe::from(field.example), Safe::from(field.doc)));
    let name = ("filter", Safe::from("@name"), Safe::from("a filter that was saved under this name"));
    keys.chain(fields).chain([name]).collect()
}

/// The five keys that matter in a context, the most telling first: what does not fit is left out from the end.
pub(super) fn hints(keymap: &Keymap, context: Context, single: bool) -> ui::Hints {
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
        Context::Select => &[
            (Action::BySentence, "sentence"),
            (Action::ByParagraph, "paragraph"),
            (Action::ByWord, "word"),
            (Action::CopyText, "copy"),
            (Action::Quote, "quote"),
        ],
        Context::Filter => &[
            (Action::Accept, "take"),
            (Action::Down, "move"),
            (Action::Back, "leave"),
            (Action::Complete, "complete"),
            (Action::Earlier, "earlier"),
        ],
        Context::Input => &[(Action::Accept, "take"), (Action::Back, "leave")],
        Context::Menu => &[(Action::Down, "move"), (Action::Accept, "take"), (Action::Back, "leave")],
        Context::Saved => {
            &[(Action::Down, "move"), (Action::Accept, "take"), (Action::Remove, "remove"), (Action::Back, "leave")]
        }
        Context::Help => &[(Action::Down, "move"), (Action::Find, "narrow"), (Action::Back, "close")],
        Context::Outside => &[(Action::Accept, "open"), (Action::Back, "stay")],
        Context::Links => &[(Action::Accept, "follow"), (Action::Back, "leave")],
        Context::Contents => &[(Action::Down, "move"), (Action::Accept, "go"), (Action::Back, "close")],
        Context::Note => &[(Action::Accept, "go there"), (Action::Back, "close")],
        Context::NewMark => &[(Action::Back, "leave")],
        Context::Marks => {
            &[(Action::Down, "move"), (Action::Accept, "go"), (Action::Remove, "remove"), (Action::Back, "close")]
        }
        Context::Details => &[(Action::Back, "close")],
    };
    let wanted = wanted.iter().filter(|(action, _)| !(single && *action == Action::ToList));
    let key = |action| keymap.key(action, context).map(short);
    wanted.filter_map(|(action, says)| Some((Safe::from(key(*action)?), Safe::from(*says)))).collect()
}

/// A key as the bottom line writes it. Down stands for both directions.
fn short(chord: Chord) -> String {
    match chord {
        Chord { key: Key::Down, ctrl: false, alt: false, shift: false } => "↑↓".to_owned(),
        Chord { key: Key::Enter, ctrl: false, alt: false, shift: false } => "⏎".to_owned(),
        other => other.to_string(),
    }
}
