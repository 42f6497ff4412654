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

/// Reads the table of keys, and sees that no two actions have the same key in the same place.
pub(super) fn read(value: &DeValue<'_>, at: Range<usize>) -> Result<Vec<(String, Vec<Chord>)>, Fault> {
    let table = value.as_table().ok_or_else(|| Fault::new(Some(at.clone()), expected("keys: a table", value)))?;
    let mut placed: Vec<(&str, Vec<Placed>)> = Vec::new();
    for (name, value) in in_order(table) {
        let (at, name) = (name.span(), name.get_ref().as_ref());
        if !BINDINGS.iter().any(|binding| binding.name == name) {
            return Err(Fault::new(Some(at), unknown(name)));
        }
        placed.push((name, chords(name, value)?));
    }
    let changes: Vec<(&str, Vec<Chord>)> =
        placed.iter().map(|(name, keys)| (*name, keys.iter().map(|(chord, _)| *chord).collect())).collect();
    if let Err(clash) = Keymap::new(&changes) {
        return Err(clashing(&clash, &placed, at));
    }
    Ok(changes.into_iter().map(|(name, chords)| (name.to_owned(), chords)).collect())
}

fn chords(name: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<Placed>, Fault> {
    let several = value.get_ref().as_array().map(|array| array.iter().collect());
    let keys: Vec<&Spanned<DeValue<'_>>> = several.unwrap_or_else(|| vec![value]);
    let read = |key: &Spanned<DeValue<'_>>| {
        let fault = |reason: String| Fault::new(Some(key.span()), format!("{name}: {reason}"));
        let text = key.get_ref().as_str().ok_or_else(|| fault(expected("a key", key.get_ref())))?;
        let chord = text.parse().map_err(|()| fault(format!("{} is no key that recto knows", quoted(text))))?;
        Ok((chord, key.span()))
    };
    keys.into_iter().map(read).collect()
}

/// Where the clash stands: of two changed keys the later one; a key of the table stands nowhere in the file.
fn clashing(clash: &Clash, placed: &[(&str, Vec<Placed>)], table: Range<usize>) -> Fault {
    let keys = placed.iter().flat_map(|(_, keys)| keys);
    let at = keys.filter(|(chord, _)| *chord == clash.chord).map(|(_, at)| at.clone()).max_by_key(|at| at.start);
    let (one, other) = clash.actions;
    Fault::new(
        Some(at.unwrap_or(table)),
        format!("key {} is bound to both {one} and {other}", quoted(&clash.chord.to_string())),
    )
}

fn unknown(name: &str) -> String {
    if SETTINGS.iter().any(|setting| setting.name == name) {
        format!("{name}: a setting, and so it belongs above [keys]")
    } else {
        format!("{name}: no such action")
    }
}
