//! The built-in library on disk, and that it keeps what it promises to a first reader.
//!
//! Two things that the texts say belong to other modules and are to be compared with them there: every key that `keys`
//! names is bound in `keymap::BINDINGS`, and every setting that `config` shows is one of the settings.

use std::{collections::BTreeMap, fs, path::Path};

use recto::{
    guide::{TEXTS, Text, unpack},
    text::words,
};

#[test]
fn unpacking_writes_every_text_and_nothing_the_second_time() {
    let dir = tempfile::tempdir().unwrap();
    let folder = unpack(dir.path()).unwrap();
    assert_eq!(folder, dir.path().join("guide"));
    for Text { name, text } in TEXTS {
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), *text, "{name}");
    }
    let shown = fs::read_dir(&folder).unwrap().filter(|f| !is_hidden(&f.as_ref().unwrap().path())).count();
    assert_eq!(shown, TEXTS.len(), "nothing else lies there for a walk to find");

    let first = modified(&folder);
    assert_eq!(unpack(dir.path()).unwrap(), folder);
    assert_eq!(modified(&folder), first, "a file in place is not written again");
}

#[test]
fn a_missing_or_changed_text_is_refreshed() {
    let dir = tempfile::tempdir().unwrap();
    let folder = unpack(dir.path()).unwrap();
    let (changed, missing) = (TEXTS.first().unwrap(), TEXTS.last().unwrap());
    fs::write(folder.join(changed.name), "# An older welcome\n").unwrap();
    fs::remove_file(folder.join(missing.name)).unwrap();
    unpack(dir.path()).unwrap();
    for Text { name, text } in [changed, missing] {
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), *text, "{name}");
    }
}

#[test]
fn a_foreign_file_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let folder = unpack(dir.path()).unwrap();
    let foreign = folder.join("mine.md");
    fs::write(&foreign, "my own\n").unwrap();
    unpack(dir.path()).unwrap();
    assert_eq!(fs::read_to_string(foreign).unwrap(), "my own\n");
}

/// An earlier version wrote a text that this one no longer has.
#[test]
fn a_retired_text_is_removed_unless_it_was_changed() {
    let dir = tempfile::tempdir().unwrap();
    let folder = unpack(dir.path()).unwrap();
    let outside = dir.path().join("outside.md");
    let files = [folder.join("retired.md"), folder.join("edited.md"), outside];
    for file in &files {
        fs::write(file, "as written\n").unwrap();
    }
    let hash = blake3::hash(b"as written\n");
    fs::write(
        folder.join(".contents"),
        format!("{hash}  retired.md\n{hash}  edited.md\n{hash}  ../outside.md\nrubbish\n"),
    )
    .unwrap();
    fs::write(folder.join("edited.md"), "as the reader changed it\n").unwrap();

    unpack(dir.path()).unwrap();
    assert_eq!(files.map(|file| file.exists()), [false, true, true]);
}

#[cfg(unix)]
#[test]
fn the_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let folder = unpack(&dir.path().join("not/there/yet")).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for Text { name, .. } in TEXTS {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
}

#[test]
fn an_unwritable_place_is_named_in_the_error() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let error = unpack(&file).unwrap_err();
    assert!(format!("{error:#}").starts_with(&format!("{}: ", file.join("guide").display())), "{error:#}");
}

/// Files are listed by path until the reader asks for another order, and every one of them is in the program.
#[test]
fn the_reading_order_is_the_order_of_the_names() {
    let names: Vec<_> = TEXTS.iter().map(|text| text.name).collect();
    assert!(names.is_sorted(), "{names:?}");
    let mut files: Vec<_> = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/texts"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, names);
}

#[test]
fn links_within_the_guide_lead_to_its_texts() {
    let mut found = 0;
    for Text { name, text } in TEXTS {
        for rest in text.split("](").skip(1) {
            let target = rest.split(')').next().unwrap();
            assert!(TEXTS.iter().any(|text| text.name == target), "{name}: {target}");
            found += 1;
        }
    }
    assert!(found >= TEXTS.len() - 1, "the welcome leads to every other text");
}

/// The texts show what a terminal can set, so each kind of block stands in one of them.
#[test]
fn every_kind_of_block_is_in_the_guide() {
    let all: String = TEXTS.iter().map(|text| text.text).collect();
    for sign in
        ["\n> ", "\n> [!NOTE]", "\n```", "\n- [x] ", "\n- [ ] ", "\n1. ", "\n| ", "[^", "全角", "é", "\n+++", "\n---"]
    {
        assert!(all.contains(sign), "{sign:?}");
    }
}

/// What `filter` offers to try has to find something besides the page that offers it.
#[test]
fn the_examples_of_the_filter_find_something() {
    let page = TEXTS.iter().find(|text| text.name.contains("filter")).unwrap();
    let (offered, _) = page.text.split_once("\n## Fields").unwrap();
    let queries: Vec<_> = offered.lines().filter_map(|line| line.strip_prefix("| `")?.split("` |").next()).collect();
    assert!(queries.len() > 8, "{queries:?}");
    for query in queries {
        let query = query.replace("\\|", "|");
        let found: Vec<_> =
            TEXTS.iter().filter(|text| text.name != page.name && matches(&query, text)).map(|text| text.name).collect();
        assert!(!found.is_empty() || query.contains("title:filter"), "{query}");
        assert!(found.len() < TEXTS.len() / 2 || query.starts_with("author:"), "{query} narrows nothing: {found:?}");
    }
}

/// The query language as far as the examples go: clauses that all hold, each a choice of terms.
fn matches(query: &str, text: &Text) -> bool {
    let mut clauses: Vec<Vec<String>> = Vec::new();
    let mut joined = false;
    for (quoted, part) in query.split('"').enumerate().map(|(i, part)| (i % 2 == 1, part)) {
        for term in if quoted { vec![part] } else { part.split_whitespace().collect() } {
            match clauses.last_mut() {
                _ if term == "|" => joined = true,
                Some(clause) if std::mem::take(&mut joined) => clause.push(term.to_owned()),
                _ => clauses.push(vec![term.to_owned()]),
            }
        }
    }
    clauses.iter().all(|clause| clause.iter().any(|term| holds(term, text)))
}

fn holds(term: &str, text: &Text) -> bool {
    if let Some(word) = term.strip_prefix('-') {
        return !holds(word, text);
    }
    let (within, term) = match term.split_once(':') {
        Some((field, term)) => (field_of(field, text), term),
        None => (text.text.to_owned(), term),
    };
    let (wanted, present) = (fold(term), fold(&within));
    present.windows(wanted.len()).any(|window| {
        let (last, whole) = wanted.split_last().unwrap();
        let (end, start) = window.split_last().unwrap();
        start == whole && end.starts_with(last.as_str())
    })
}

fn field_of(field: &str, text: &Text) -> String {
    let given: BTreeMap<_, _> =
        text.text.lines().take(6).filter_map(|line| line.split_once([':', '='])).map(|(k, v)| (k.trim(), v)).collect();
    match given.get(field) {
        Some(value) => (*value).to_owned(),
        None if field == "title" => text.text.lines().next().unwrap_or_default().to_owned(),
        None => String::new(),
    }
}

fn fold(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    words::folded(text, |_, word| out.push(word.to_owned()));
    out
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().unwrap().to_string_lossy().starts_with('.')
}

/// Every file with the time it was written, and its inode's where there is one: a rename in place changes that.
fn modified(folder: &Path) -> BTreeMap<std::path::PathBuf, (std::time::SystemTime, u64)> {
    let of = |path: &Path| {
        let data = fs::metadata(path).unwrap();
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(&data);
        #[cfg(not(unix))]
        let inode = 0;
        (data.modified().unwrap(), inode)
    };
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).map(|path| (path.clone(), of(&path))).collect()
}
