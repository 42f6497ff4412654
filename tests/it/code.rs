//! Program code: only when it is asked for.

use std::{fs, path::Path};

use recto::{
    doc::Kind,
    formats::{self, Claim, Entry, FORMATS, Source},
};

use crate::formats::check_body;

fn format() -> &'static formats::Format {
    FORMATS.iter().find(|format| format.name == "code").unwrap()
}

#[test]
fn a_walk_leaves_programs_out_and_who_asks_gets_them() {
    for extension in format().extensions {
        let name = format!("a.{extension}");
        for name in [name.clone(), name.to_uppercase(), format!("{name}.gz")] {
            assert_eq!(formats::claim(Path::new(&name), false), None, "{name}");
            assert_eq!(formats::claim(Path::new(&name), true), Some(Claim::Named), "{name}");
        }
        let source = Source::memory(&name, "one two\n\n    three\n");
        assert_eq!(formats::detect(&source).unwrap().name, "code", "{name}");
        let document = formats::open(&source, &Entry::default()).unwrap();
        for (_, block) in document.blocks() {
            assert!(matches!(&block.kind, Kind::Code { language: Some(l) } if !l.is_empty()), "{name}: {block:?}");
        }
    }
    let script = Source::memory("backup", "#!/bin/sh\necho done\n");
    assert_eq!(formats::detect(&script).unwrap().name, "code");
    assert!(!formats::is_document(&script).unwrap(), "a script without an extension is left out too");
}

/// What every folder has is named with its folder.
#[test]
fn a_common_name_is_told_with_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ring");
    fs::create_dir(&path).unwrap();
    let title = |name: &str| {
        fs::write(path.join(name), "//! A ring of bytes. It never grows.\n").unwrap();
        formats::open(&Source::file(&path.join(name)).unwrap(), &Entry::default()).unwrap().meta.title.unwrap()
    };
    assert_eq!(title("mod.rs"), "ring/mod.rs: A ring of bytes");
    assert_eq!(title("buffer.rs"), "buffer.rs: A ring of bytes");
}

#[test]
fn a_long_program_is_there_once() {
    let text: String =
        (0..60_000).map(|n| format!("    let a{n} = {n};{}", if n % 9 == 0 { "\n\n" } else { "\n" })).collect();
    let document = formats::open(&Source::memory("a.rs", text.clone()), &Entry::default()).unwrap();
    let found: String = document.blocks().map(|(_, block)| block.text.clone()).collect();
    assert!(found.split_whitespace().eq(text.split_whitespace()));
    check_body(&*document.body);
}
