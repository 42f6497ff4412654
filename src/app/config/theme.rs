//! The file of a theme: the name of a part and its colour, a line each. A colour is `"#rrggbb"`, one of the terminal's
//! sixteen by name, `"default"` for the terminal's own, or two in brackets: the second holds where there are only sixteen.
//! `like` takes what isn't said from one of recto's own themes. As in the settings, nothing is ever ignored.

use toml::de::{DeTable, DeValue};

use super::{
    fault::{Fault, in_order},
    themes::Themes,
    value::{expected, list, quoted},
};
use crate::ui::theme::{Ink, PARTS, Palette, SIXTEEN};

/// What takes colours from another theme.
const LIKE: &str = "like";

/// Reads a theme, as far as it can be meant, and says what can't. `own` are the themes that it can be like.
pub(super) fn read(text: &str, own: &Themes) -> (Palette, Vec<Fault>) {
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => return (Palette::default(), vec![Fault::new(error.span(), error.message())]),
    };
    let mut faults = Vec::new();
    let entries = in_order(table.get_ref());
    let mut palette = Palette::default();
    // First of all, wherever it stands: what else is said goes before it.
    for (name, value) in entries.iter().filter(|(name, _)| name.get_ref() == LIKE) {
        match value.get_ref().as_str().and_then(|like| own.palette(like)) {
            Some(other) => palette = other.clone(),
            None => {
                let names: Vec<String> = own.names().skip(1).map(quoted).collect();
                let reason = expected(&format!("one of {}", names.join(", ")), value.get_ref());
                faults.push(Fault::new(Some(value.span()), format!("{}: {reason}", name.get_ref())));
            }
        }
    }
    for (name, value) in entries.iter().filter(|(name, _)| name.get_ref() != LIKE) {
        let (at, name) = (name.span(), name.get_ref());
        match (PARTS.iter().find(|part| part.name == name), ink(value.get_ref())) {
            (None, _) => faults.push(Fault::new(Some(at), format!("{name}: a theme has no such colour"))),
            (Some(_), Err(reason)) => faults.push(Fault::new(Some(value.span()), format!("{name}: {reason}"))),
            (Some(part), Ok(ink)) => palette.set(part.part, ink),
        }
    }
    faults.sort_by_key(|fault| fault.at.as_ref().map(|at| at.start));
    (palette, faults)
}

/// A colour, or a colour and its stand-in.
fn ink(value: &DeValue<'_>) -> Result<Ink, String> {
    let ink = match value.as_array().map(|array| array.iter().map(|item| item.get_ref().as_str()).collect::<Vec<_>>()) {
        Some(pair) => match pair.as_slice() {
            [Some(wide), Some(sixteen)] => Ink::read(wide, Some(sixteen)),
            _ => None,
        },
        None => value.as_str().and_then(|text| Ink::read(text, None)),
    };
    ink.ok_or_else(|| expected("a colour, \"#rrggbb\" or [\"#rrggbb\", \"name\"]", value))
}

/// A theme as its file has it, with every part explained.
pub fn printed(palette: &Palette) -> String {
    let names: Vec<&str> = SIXTEEN.iter().map(|(name, _)| *name).filter(|name| !name.starts_with("bright-")).collect();
    let mut out = format!(
        "# A theme of recto. In the folder \"themes\" beside the settings it is called as its\n\
         # file is, without \".toml\". A colour is \"#rrggbb\", one of the sixteen of the\n\
         # terminal ({},\n\
         # each with \"bright-\" before it too) or \"default\", the terminal's own; of two in\n\
         # brackets the second holds where there are only sixteen. A colour that is not said\n\
         # is the terminal's own, or, below a line such as like = \"dark\", as it is there.\n",
        names.join(", ")
    );
    for described in PARTS {
        let comment = described.doc.iter().map(|line| format!("# {}\n", line.trim()));
        let (wide, sixteen) = palette.get(described.part).written();
        let value = match sixteen {
            Some(sixteen) => list([quoted(&wide), quoted(sixteen)].into_iter()),
            None => quoted(&wide),
        };
        out.push_str(&format!("\n{}{} = {value}\n", comment.collect::<String>(), described.name));
    }
    out
}
