//! The keys in the file: `action = "key"` or `action = ["key", "key"]`. They take the place of the action's usual keys.

use std::ops::Range;

use toml::{Spanned, de::DeValue};

use super::{
    Fault, SETTINGS, in_order,
    value::{expected, quoted},
};
use crate::{
    keymap::{BINDINGS, Clash, Keymap},
    state::Chord,
};

/// A key and its bytes in the file.
type Placed = (Chord, Range<usize>);

/// Reads the table of keys, as far as it can be meant, and sees that no two actions have the same key in the same place.
pub(super) fn read(value: &DeValue<'_>, at: Range<usize>, faults: &mut Vec<Fault>) -> Vec<(String, Vec<Chord>)> {
    let Some(table) = value.as_table() else {
        faults.push(Fault::new(Some(at), expected("keys: a table", value)));
        return Vec::new();
    };
    let mut placed: Vec<(&str, Vec<Placed>)> = Vec::new();
    for (name, value) in in_order(table) {
        let (at, name) = (name.span(), name.get_ref().as_ref());
        if BINDINGS.iter().any(|binding| binding.name == name) {
            placed.push((name, chords(name, value, faults)));
        } else {
            faults.push(Fault::new(Some(at), unknown(name)));
        }
    }
    loop {
        let changes: Vec<(&str, Vec<Chord>)> =
            placed.iter().map(|(name, keys)| (*name, keys.iter().map(|(chord, _)| *chord).collect())).collect();
        let Err(clash) = Keymap::new(&changes) else {
            return changes.into_iter().map(|(name, chords)| (name.to_owned(), chords)).collect();
        };
        // Without the key that clashes: others may.
        let Some(at) = take(&clash, &mut placed) else { return Vec::new() };
        let (one, other) = clash.actions;
        let reason = format!("key {} is bound to both {one} and {other}", quoted(&clash.chord.to_string()));
        faults.push(Fault::new(Some(at), reason));
    }
}

/// The keys of an action, without those that are none.
fn chords(name: &str, value: &Spanned<DeValue<'_>>, faults: &mut Vec<Fault>) -> Vec<Placed> {
    let several = value.get_ref().as_array().map(|array| array.iter().collect());
    let keys: Vec<&Spanned<DeValue<'_>>> = several.unwrap_or_else(|| vec![value]);
    let read = |key: &Spanned<DeValue<'_>>| {
        let fault = |reason: String| Fault::new(Some(key.span()), format!("{name}: {reason}"));
        let text = key.get_ref().as_str().ok_or_else(|| fault(expected("a key", key.get_ref())))?;
        let chord = text.parse().map_err(|()| fault(format!("{} is no key that recto knows", quoted(text))))?;
        Ok((chord, key.span()))
    };
    keys.into_iter().filter_map(|key| read(key).map_err(|fault| faults.push(fault)).ok()).collect()
}

/// Takes the key that clashes away, of two the later one, and tells where it stood. A key of the table stands nowhere in
/// the file, and only one of the file can clash with it.
fn take(clash: &Clash, placed: &mut [(&str, Vec<Placed>)]) -> Option<Range<usize>> {
    let is_it = |name: &str, chord: Chord| chord == clash.chord && [clash.actions.0, clash.actions.1].contains(&name);
    let found = placed.iter().flat_map(|(name, keys)| keys.iter().map(move |(chord, at)| (*name, *chord, at.clone())));
    let at = found.filter(|(name, chord, _)| is_it(name, *chord)).map(|(_, _, at)| at).max_by_key(|at| at.start)?;
    for (_, keys) in placed {
        keys.retain(|(_, other)| *other != at);
    }
    Some(at)
}

fn unknown(name: &str) -> String {
    if SETTINGS.iter().any(|setting| setting.name == name) {
        format!("{name}: a setting, and so it belongs above [keys]")
    } else {
        format!("{name}: no such action")
    }
}
