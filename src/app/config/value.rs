//! Values of settings: how each kind is read from the file and written to it. What is wrong with a value is told in a
//! few words that follow the setting's name.

use std::path::PathBuf;

use toml::de::DeValue;

use crate::{
    picture::{Manner, Wanted},
    search::Order,
};

/// A kind of value.
pub(super) struct Kind<T> {
    pub read: fn(&DeValue<'_>) -> Result<T, String>,
    pub write: fn(&T) -> String,
}

/// Paths, of which `~` is the home folder.
pub(super) const PATHS: Kind<Vec<PathBuf>> = Kind {
    read: |value| {
        let expected = || expected("an array of paths", value);
        value.as_array().ok_or_else(expected)?.iter().map(|path| expand(path.get_ref())).collect()
    },
    write: |paths| list(paths.iter().map(|path| quoted(&path.to_string_lossy()))),
};

/// Names of fields.
pub(super) const NAMES: Kind<Vec<String>> = Kind {
    read: |value| {
        let name = |value: &DeValue<'_>| value.as_str().filter(|name| !name.trim().is_empty()).map(str::to_owned);
        let names = value.as_array().and_then(|all| all.iter().map(|one| name(one.get_ref())).collect());
        names.ok_or_else(|| expected("an array of names", value))
    },
    write: |names| list(names.iter().map(|name| quoted(name))),
};

/// A name of something that is looked for later.
pub(super) const NAME: Kind<String> = Kind {
    read: |value| value.as_str().map(str::to_owned).ok_or_else(|| expected("a name", value)),
    write: |name| quoted(name),
};

/// Columns of text.
pub(super) const MEASURE: Kind<usize> = Kind {
    read: |value| {
        let number = value.as_integer().and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok());
        number.filter(|n| (20..=200).contains(n)).ok_or_else(|| expected("a number from 20 to 200", value))
    },
    write: usize::to_string,
};

/// An order of the list, by the first word of its name. The best first needs a filter, which there isn't.
pub(super) const ORDER: Kind<Order> = Kind {
    read: |value| one_of(value, Order::ALL.iter().filter(|o| **o != Order::Best).map(|o| (order_word(*o), *o))),
    write: |order| quoted(order_word(*order)),
};

/// `"ascii"` or `"unicode"`.
pub(super) const SYMBOLS: Kind<bool> = Kind {
    read: |value| one_of(value, [("unicode", false), ("ascii", true)]),
    write: |ascii| quoted(if *ascii { "ascii" } else { "unicode" }),
};

/// How images are drawn.
pub(super) const IMAGES: Kind<Wanted> = Kind {
    read: |value| one_of(value, MANNERS.iter().copied()),
    write: |wanted| quoted(MANNERS.iter().find(|(_, of)| of == wanted).map_or("auto", |(name, _)| name)),
};

/// The words for it.
const MANNERS: &[(&str, Wanted)] = &[
    ("auto", Wanted::Auto),
    ("none", Wanted::Hidden),
    ("kitty", Wanted::As(Manner::Kitty)),
    ("sixel", Wanted::As(Manner::Sixel)),
    ("iterm2", Wanted::As(Manner::Iterm2)),
    ("blocks", Wanted::As(Manner::Blocks)),
];

/// Bytes, as a number and a unit.
pub(super) const SIZE: Kind<u64> = Kind {
    read: |value| {
        let read = |text: &str| {
            let (number, unit) = text.split_at_checked(text.find(|c: char| !c.is_ascii_digit())?)?;
            let (_, bytes) = UNITS.iter().find(|(name, _)| *name == unit.trim_start())?;
            number.parse::<u64>().ok()?.checked_mul(*bytes)
        };
        value.as_str().and_then(read).ok_or_else(|| expected("a size such as \"500 MB\" or \"5 GB\"", value))
    },
    write: |bytes| {
        let (unit, of) = UNITS.iter().find(|(_, of)| bytes % of == 0 && bytes >= of).unwrap_or(&("B", 1));
        quoted(&format!("{} {unit}", bytes / of))
    },
};

/// Units of size, the largest first.
const UNITS: &[(&str, u64)] =
    &[("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000), ("B", 1)];

/// `true` or `false`.
pub(super) const SWITCH: Kind<bool> =
    Kind { read: |value| value.as_bool().ok_or_else(|| expected("true or false", value)), write: bool::to_string };

/// The word by which an order goes in settings and options.
pub fn order_word(order: Order) -> &'static str {
    order.name().split_whitespace().next().unwrap_or_default()
}

/// An array of values that are written already.
pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// A basic string of TOML.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

/// What a value should have been.
pub(super) fn expected(what: &str, value: &DeValue<'_>) -> String {
    let found = match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Boolean(on) => on.to_string(),
        other => format!("a value of the type {}", other.type_str()),
    };
    format!("{what} is expected, not {found}")
}

fn one_of<T>(
    value: &DeValue<'_>,
    choices: impl IntoIterator<Item = (&'static str, T), IntoIter: Clone>,
) -> Result<T, String> {
    let mut choices = choices.into_iter();
    let names = choices.clone().map(|(name, _)| quoted(name)).collect::<Vec<_>>().join(", ");
    let chosen = value.as_str().and_then(|text| choices.find(|(name, _)| *name == text));
    chosen.map(|(_, value)| value).ok_or_else(|| expected(&format!("one of {names}"), value))
}

fn expand(value: &DeValue<'_>) -> Result<PathBuf, String> {
    let text = value.as_str().ok_or_else(|| expected("a path", value))?;
    let path = match text.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            let home = etcetera::home_dir().map_err(|_| "there is no home folder for ~: HOME is not set".to_owned())?;
            home.join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(text),
    };
    if path.is_absolute() { Ok(path) } else { Err(expected("a path that begins with / or ~/", value)) }
}
