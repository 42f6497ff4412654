//! The tables that the program and its readers go by: keys, fields and formats. No key means two things, no file belongs to two
//! formats, and what the README and the guide say of them is what is in the tables. `RECTO_BLESS=1` writes the README.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use recto::{
    formats::FORMATS,
    guide::TEXTS,
    keymap::{BINDINGS, Clash, Keymap},
    query::{FIELDS, Field, HAS, IS},
    state::{Action, Chord, Context, Key},
};

#[test]
fn no_key_is_bound_twice() {
    let keymap = Keymap::new(&[]).unwrap();
    for (binding, chords) in keymap.bindings() {
        for context in binding.contexts {
            let works = chords.iter().any(|chord| keymap.resolve(*context, *chord) == Some(binding.action));
            assert!(works, "{} has no key of its own in {context:?}", binding.name);
        }
    }
}

#[test]
fn a_clash_names_both_actions() {
    let clash = Keymap::new(&[("down", vec![Chord::char('q')])]).unwrap_err();
    assert_eq!(clash, Clash { chord: Chord::char('q'), actions: ("down", "quit") });
}

#[test]
fn a_changed_key_takes_the_place_of_the_old_ones() {
    let keymap = Keymap::new(&[("down", vec![Chord::char('ö')])]).unwrap();
    assert_eq!(keymap.resolve(Context::List, Chord::char('ö')), Some(Action::Down));
    assert_eq!(keymap.resolve(Context::List, Chord::char('j')), None);
}

/// The actions as the source lists them: there is no other way to see one that was forgotten.
#[test]
fn every_action_has_a_key() {
    let source = fs::read_to_string(root().join("src/state/action.rs")).unwrap();
    let (_, list) = source.split_once("pub enum Action {").unwrap();
    let (list, _) = list.split_once("\n}").unwrap();
    let actions: Vec<_> = list.lines().filter_map(|line| line.trim().strip_suffix(',')).collect();
    assert!(actions.len() > 40, "{actions:?}");
    let without: Vec<_> =
        actions.iter().filter(|action| !BINDINGS.iter().any(|b| format!("{:?}", b.action) == **action)).collect();
    assert!(without.is_empty(), "no key for {without:?}");
}

#[test]
fn every_binding_says_what_it_does() {
    let mut names: Vec<_> = BINDINGS.iter().map(|binding| binding.name).collect();
    for binding in BINDINGS {
        assert!(!binding.about.is_empty() && !binding.about.ends_with('.'), "{}", binding.name);
        assert!(!binding.contexts.is_empty(), "{}", binding.name);
        assert!(binding.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", binding.name);
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), BINDINGS.len(), "two bindings have one name");
    let groups: Vec<_> = BINDINGS.iter().map(|binding| binding.group.name()).collect();
    let mut runs = groups.clone();
    runs.dedup();
    let mut once = runs.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(runs.len(), once.len(), "a group stands in two places: {runs:?}");
}

#[test]
fn every_key_is_written_as_it_is_read() {
    for binding in BINDINGS {
        for written in binding.written() {
            let chord = written.parse::<Chord>().map(|chord| chord.to_string());
            assert_eq!(chord.as_deref(), Ok(written), "{}", binding.name);
        }
        assert_eq!(binding.chords().len(), binding.written().count(), "{}", binding.name);
    }
    for written in ["Ctrl-Alt-x", "Alt-Left", "Shift-Tab", "Shift-F5", "Ctrl-Space", "Ctrl--", "-", "<", "ä"] {
        assert_eq!(written.parse::<Chord>().map(|chord| chord.to_string()).as_deref(), Ok(written));
    }
    for nothing in ["", "jj", "Ctrl-", "Meta-x", "Shift-x", "Pgdn"] {
        assert!(nothing.parse::<Chord>().is_err(), "{nothing:?}");
    }
    assert_eq!("ctrl-F".parse::<Chord>().unwrap().key, Key::Char('F'));
}

#[test]
fn no_extension_belongs_to_two_formats() {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for format in FORMATS {
        assert!(!format.about.is_empty(), "{}", format.name);
        for extension in format.extensions {
            assert!(!extension.starts_with('.') && *extension == extension.to_lowercase(), "{extension}");
            if let Some(other) = owners.insert(extension, format.name) {
                panic!("{extension} belongs to {other} and to {}", format.name);
            }
        }
    }
}

#[test]
fn the_readme_lists_the_keys_the_fields_and_the_formats() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let wanted = between(&between(&readme, "keys", &keys_table()), "formats", &formats_table());
    let wanted = between(&wanted, "fields", &fields_table());
    if std::env::var_os("RECTO_BLESS").is_some() {
        fs::write(path, wanted).unwrap();
    } else {
        assert_eq!(readme, wanted, "the README is behind the tables: RECTO_BLESS=1 writes it");
    }
}

/// What the guide calls a key is one, where it stands in a table of keys.
#[test]
fn every_key_that_the_guide_names_exists() {
    let page = TEXTS.iter().find(|text| text.name.ends_with("keys.md")).unwrap();
    let known = |name: &str| BINDINGS.iter().flat_map(|b| b.chords()).any(|chord| Some(chord) == key_named(name));
    let mut unknown = Vec::new();
    let mut named = 0;
    for row in page.text.lines().filter_map(|line| line.strip_prefix("| `")) {
        let (keys, _) = row.split_once(" | ").unwrap();
        for name in keys.split('`').filter(|part| !part.trim().is_empty()) {
            named += 1;
            if !known(name) {
                unknown.push(name);
            }
        }
    }
    assert!(named > 40, "only {named} keys were found");
    assert!(unknown.is_empty(), "the guide names keys that there are not: {unknown:?}");
}

/// A key that is not in the guide is not known to those who read it.
#[test]
fn the_guide_names_every_key() {
    let page = TEXTS.iter().find(|text| text.name.ends_with("keys.md")).unwrap();
    let named: Vec<_> = page.text.split('`').skip(1).step_by(2).filter_map(key_named).collect();
    let missing: Vec<_> =
        BINDINGS.iter().filter(|b| !b.chords().iter().any(|chord| named.contains(chord))).map(|b| b.name).collect();
    assert!(missing.is_empty(), "not in the guide: {missing:?}");
}

/// Help, guide and command line say of the fields what the table says.
#[test]
fn every_field_is_explained() {
    let guide = TEXTS.iter().find(|text| text.name.ends_with("filter.md")).unwrap();
    let help = Command::new(env!("CARGO_BIN_EXE_recto")).args(["search", "--help"]).output().unwrap().stdout;
    let help = String::from_utf8(help).unwrap();
    for field in FIELDS {
        assert!(field.example.chars().count() <= 20 && field.doc.chars().count() <= 42, "{}: too long", field.name);
        assert!(guide.text.contains(&format!("`{}:", field.name)), "{}: is not in the guide", field.name);
        assert!(help.contains(field.example) && help.contains(field.doc), "{}: is not in the help", field.name);
    }
    let values = IS.iter().map(|(name, _)| name).chain(HAS.iter().map(|(name, _)| name));
    for value in values {
        let named = [format!("*{value}*"), format!("is:{value}"), format!("has:{value}")];
        assert!(named.iter().any(|named| guide.text.contains(named)), "{value}: is not in the guide");
        let doc = |field: &&Field| {
            ["is", "has"].contains(&field.name) && format!("{} {}", field.example, field.doc).contains(value)
        };
        assert!(FIELDS.iter().any(|field| doc(&field)), "{value}: is not in the table");
    }
}

/// A key as prose writes it.
fn key_named(name: &str) -> Option<Chord> {
    let name = match name {
        "↑" => "Up",
        "↓" => "Down",
        "←" => "Left",
        "→" => "Right",
        "PgUp" => "PageUp",
        "PgDn" => "PageDown",
        "\\|" => "|",
        other => other,
    };
    // With a count before it: `5j`, `50%`.
    let key = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if key.is_empty() { name } else { key }.parse().ok()
}

/// The table of keys: a row a group.
fn keys_table() -> String {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for binding in BINDINGS {
        let keys: Vec<_> = binding.written().map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
        let entry = format!("{} {}", keys.join(" "), binding.about);
        match groups.last_mut().filter(|(name, _)| *name == binding.group.name()) {
            Some((_, entries)) => entries.push(entry),
            None => groups.push((binding.group.name(), vec![entry])),
        }
    }
    let rows = groups.iter().map(|(name, entries)| format!("| {name} | {} |\n", entries.join(" · ")));
    format!("| group | keys |\n|---|---|\n{}", rows.collect::<String>())
}

fn fields_table() -> String {
    let row = |field: &Field| format!("| `{}` | {} |\n", field.example, field.doc);
    format!("| field | asks for |\n|---|---|\n{}", FIELDS.iter().map(row).collect::<String>())
}

fn formats_table() -> String {
    let row = |format: &recto::formats::Format| {
        let extensions: Vec<_> = format.extensions.iter().map(|extension| format!("`{extension}`")).collect();
        format!("| {} | {} | {} |\n", format.name, extensions.join(" "), format.about)
    };
    format!("| format | extensions | |\n|---|---|---|\n{}", FORMATS.iter().map(row).collect::<String>())
}

/// The text with what stands between two marks replaced.
fn between(text: &str, mark: &str, new: &str) -> String {
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->\n"));
    let (before, rest) = text.split_once(&open).unwrap_or_else(|| panic!("no {open}"));
    let (_, after) = rest.split_once(&close).unwrap_or_else(|| panic!("no {close}"));
    format!("{before}{open}{new}{close}{after}")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
