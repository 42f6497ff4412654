//! The rules of the house, read from its source: which layer may know which, where threads and the terminal are, and what
//! every file looks like. Each rule is tried on a planted text as well, so that it is known to be able to fail.

use std::{fs, path::Path};

/// Lines of a file, at most.
const LONGEST: usize = 400;
/// Files that are longer, until they are split.
const LONG: &[&str] = &[];

/// A rule: its name, what it says about a file, one line a breach, and a planted file that breaks it and one that doesn't.
struct Rule {
    name: &'static str,
    check: fn(&House, &File) -> Vec<String>,
    breaks: &'static [(&'static str, &'static str)],
    keeps: &'static [(&'static str, &'static str)],
}

const RULES: &[Rule] = &[
    Rule {
        name: "a layer knows only those below it",
        check: arrows,
        breaks: &[
            ("src/doc/x.rs", "use crate::state::State;"),
            ("src/doc/x.rs", "use crate::text::Safe;"),
            ("src/query/x.rs", "use crate::{text, doc::Block, layout::{Row, mark}};"),
            ("src/index/x.rs", "fn f() { let x = crate::library::Row::default(); }"),
            ("src/text/x.rs", "pub use crate::cli;"),
            ("src/index/x.rs", "use super::super::state::State;"),
            ("src/index/mod.rs", "use super::state::State;"),
            ("src/doc/x.rs", "use crate::nowhere::Thing;"),
        ],
        keeps: &[
            ("src/state/x.rs", "use crate::{doc::{Anchor, DocId}, state::Line, text};"),
            ("src/index/x.rs", "// use crate::state::State;\nlet x = \"crate::state\"; use super::Index;"),
            ("src/formats/plain/x.rs", "use super::super::Source;"),
            ("src/lib.rs", "pub use crate::cli::main;"),
        ],
    },
    Rule {
        name: "threads are in jobs and app alone",
        check: threads,
        breaks: &[
            ("src/state/x.rs", "std::thread::sleep(d);"),
            ("src/cli/x.rs", "use std::{fs, thread};"),
            ("src/ui/x.rs", "thread::spawn(|| {});"),
        ],
        keeps: &[("src/jobs/x.rs", "use std::thread;"), ("src/state/x.rs", "let thread = 1; // std::thread")],
    },
    Rule {
        name: "the terminal is in app alone",
        check: terminal,
        breaks: &[
            ("src/cli/x.rs", "use crossterm::terminal;"),
            ("src/ui/x.rs", "use ratatui::{crossterm::style, style::Color};"),
            ("src/cli/x.rs", "ratatui::crossterm::terminal::size()"),
        ],
        keeps: &[("src/app/x.rs", "use crossterm::event;"), ("src/ui/x.rs", "use ratatui::style; // crossterm::")],
    },
    Rule {
        name: "no format is named outside formats",
        check: formats,
        breaks: &[
            ("src/jobs/x.rs", "use crate::formats::markdown;"),
            ("src/jobs/x.rs", "use crate::formats::{Source, plain::Lines};"),
            ("src/jobs/x.rs", "formats::plain::FORMAT"),
        ],
        keeps: &[
            ("src/jobs/x.rs", "use crate::formats::{self, Source, FORMATS}; formats::open(s)"),
            ("src/formats/x.rs", "use crate::formats::markdown;"),
        ],
    },
    Rule {
        name: "a file says first what it is for",
        check: essay,
        breaks: &[("src/doc/x.rs", "use std::fs;\n//! Late."), ("src/doc/x.rs", "//!\n"), ("src/doc/x.rs", "")],
        keeps: &[("src/doc/x.rs", "//! Blocks.\nuse std::fs;")],
    },
    Rule {
        name: "a file fits the head",
        check: length,
        breaks: &[("src/doc/x.rs", TOO_LONG)],
        keeps: &[("src/doc/x.rs", "//! Short.\n")],
    },
    Rule {
        name: "no unsafe code and no code for tests alone",
        check: forbidden,
        breaks: &[
            ("src/doc/x.rs", "fn f() { unsafe { g() } }"),
            ("src/doc/x.rs", "#[cfg(test)]\nmod tests {}"),
            ("src/doc/x.rs", "#[cfg(all(unix, test))]\nfn f() {}"),
            ("src/doc/x.rs", "if cfg!(test) {}"),
        ],
        keeps: &[("src/doc/x.rs", "// unsafe\nlet unsafe_code = \"cfg(test)\"; #[cfg(unix)] fn test() {}")],
    },
    Rule {
        name: "the state and its drawing are pure",
        check: pure,
        breaks: &[
            ("src/state/x.rs", "use std::fs;"),
            ("src/ui/x.rs", "use std::{fmt, io::{self, Read}};"),
            ("src/state/x.rs", "struct S { x: std::sync::Mutex<u8> }"),
            ("src/state/x.rs", "use std::sync::{Arc, RwLock};"),
            ("src/ui/x.rs", "let now = Instant::now();"),
            ("src/state/x.rs", "std::time::SystemTime::now()"),
        ],
        keeps: &[
            ("src/state/x.rs", "use std::{fmt, sync::Arc}; // no Mutex"),
            ("src/jobs/x.rs", "use std::{fs, time::Instant};"),
        ],
    },
];

/// 401 lines.
const TOO_LONG: &str = {
    const BYTES: [u8; LONGEST + 1] = [b'\n'; LONGEST + 1];
    match std::str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => "",
    }
};

#[test]
fn the_house_is_tidy() {
    let house = House::read();
    let files = files("src");
    assert!(files.len() > 50, "only {} files were found", files.len());
    let mut breaches = Vec::new();
    for rule in RULES {
        for file in &files {
            breaches.extend((rule.check)(&house, file).iter().map(|b| format!("{}: {b} ({})", file.path, rule.name)));
        }
    }
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

/// A test that sleeps is too slow where it passes, and fails where the machine is slower than whoever wrote it thought.
#[test]
fn no_test_sleeps() {
    let files = files("tests/it");
    assert!(files.len() > 20, "only {} files were found", files.len());
    let asleep: Vec<&str> = files.iter().filter(|file| file.names("sleep")).map(|file| file.path.as_str()).collect();
    assert!(asleep.is_empty(), "{asleep:?}");
}

#[test]
fn every_rule_can_fail() {
    let house = House::read();
    for rule in RULES {
        for (path, text) in rule.breaks {
            let said = (rule.check)(&house, &File::new(path, text));
            assert!(!said.is_empty(), "{}: nothing was said about {path}: {text:?}", rule.name);
        }
        for (path, text) in rule.keeps {
            let said = (rule.check)(&house, &File::new(path, text));
            assert!(said.is_empty(), "{}: {path}: {text:?}: {said:?}", rule.name);
        }
    }
}

#[test]
fn comments_and_strings_are_no_code() {
    let source = r##"a /* b /* c */ d */ e "f \" g" h 'i' j '\'' k 'l m b"n" o r#"p " q"# r // s
t"##;
    assert_eq!(
        code(source).split_whitespace().collect::<Vec<_>>(),
        ["a", "e", "h", "j", "k", "'l", "m", "o", "r", "t"]
    );
}

/// The layers, as the head of the library names them, and the modules of `formats`.
struct House {
    layers: Vec<(String, usize)>,
    formats: Vec<String>,
}

impl House {
    fn read() -> House {
        let source = |path| fs::read_to_string(root().join(path)).unwrap();
        let mut layers = Vec::new();
        for line in source("src/lib.rs").lines().filter_map(|line| line.strip_prefix("//! | ")) {
            let mut columns = line.split(" | ");
            let Ok(layer) = columns.next().unwrap().parse::<usize>() else { continue };
            let names = columns.next().unwrap().split(", ");
            layers.extend(names.map(|name| (name.trim_matches(['[', ']', '`']).to_owned(), layer)));
        }
        let modules = |text: &str| -> Vec<String> {
            let lines = text.lines().map(|line| line.trim_start_matches("pub "));
            lines.filter_map(|line| Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())).collect()
        };
        for module in modules(&source("src/lib.rs")) {
            assert!(layers.iter().any(|(name, _)| *name == module), "{module} has no layer in src/lib.rs");
        }
        House { layers, formats: modules(&source("src/formats/mod.rs")) }
    }

    fn layer(&self, module: &str) -> Option<usize> {
        self.layers.iter().find(|(name, _)| name == module).map(|(_, layer)| *layer)
    }
}

struct File {
    path: String,
    text: String,
    /// The text without comments and strings.
    code: String,
    /// Every path in it, `use` lines spread out.
    paths: Vec<Vec<String>>,
}

impl File {
    fn new(path: &str, text: &str) -> File {
        let code = code(text);
        File { path: path.to_owned(), text: text.to_owned(), paths: paths(&code), code }
    }

    /// The layer's module that it belongs to; nothing for the roots `lib.rs` and `main.rs`.
    fn module(&self) -> Option<&str> {
        self.path.strip_prefix("src/")?.split_once('/').map(|(module, _)| module)
    }

    fn within(&self, modules: &[&str]) -> bool {
        self.module().is_some_and(|m| modules.contains(&m))
    }

    /// How deep the module is in the crate: one for `doc`, two for `doc::block`.
    fn depth(&self) -> usize {
        let parts = self.path.split('/').count() - 1;
        if self.path.ends_with("/mod.rs") { parts - 1 } else { parts }
    }

    fn names(&self, word: &str) -> bool {
        words(&self.code).any(|w| w == word)
    }

    /// The paths that hold these parts side by side.
    fn paths_with<'f>(&'f self, parts: &'f [&str]) -> impl Iterator<Item = String> + 'f {
        let holds = move |path: &&Vec<String>| path.windows(parts.len()).any(|w| w == parts);
        self.paths.iter().filter(holds).map(|path| path.join("::"))
    }
}

fn arrows(house: &House, file: &File) -> Vec<String> {
    let Some(own) = file.module() else { return Vec::new() };
    let Some(layer) = house.layer(own) else { return vec![format!("{own} has no layer")] };
    let allowed = |target: &str| target == own || house.layer(target).is_some_and(|other| other < layer);
    let crosses = |path: &&Vec<String>| {
        let ups = path.iter().take_while(|part| *part == "super").count();
        ups >= file.depth() || (path[0] == "crate" && path.get(1).is_some_and(|target| !allowed(target)))
    };
    file.paths.iter().filter(crosses).map(|path| path.join("::")).collect()
}

fn threads(_: &House, file: &File) -> Vec<String> {
    if file.within(&["jobs", "app"]) {
        return Vec::new();
    }
    let bare = file.paths.iter().filter(|path| path[0] == "thread").map(|path| path.join("::"));
    file.paths_with(&["std", "thread"]).chain(bare).collect()
}

fn terminal(_: &House, file: &File) -> Vec<String> {
    if file.within(&["app"]) { Vec::new() } else { file.paths_with(&["crossterm"]).collect() }
}

fn formats(house: &House, file: &File) -> Vec<String> {
    if file.within(&["formats"]) {
        return Vec::new();
    }
    house.formats.iter().flat_map(|module| file.paths_with(&["formats", module]).collect::<Vec<_>>()).collect()
}

fn essay(_: &House, file: &File) -> Vec<String> {
    let said = file.text.lines().next().and_then(|line| line.strip_prefix("//!"));
    if said.is_some_and(|essay| !essay.trim().is_empty()) { Vec::new() } else { vec!["no //! on top".to_owned()] }
}

fn length(_: &House, file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    let long = lines > LONGEST && !LONG.contains(&file.path.as_str());
    if long { vec![format!("{lines} lines")] } else { Vec::new() }
}

fn forbidden(_: &House, file: &File) -> Vec<String> {
    let dense: String = file.code.split_whitespace().collect();
    let configured = dense.split("cfg").skip(1).filter_map(|rest| {
        let inside = rest.trim_start_matches(['_', '!']).trim_start_matches("attr").strip_prefix('(')?;
        inside.split([']', ')']).next()
    });
    let mut said: Vec<String> = Vec::new();
    if configured.into_iter().any(|inside| words(inside).any(|w| w == "test")) {
        said.push("code for tests alone".to_owned());
    }
    if file.names("unsafe") {
        said.push("unsafe".to_owned());
    }
    said
}

fn pure(_: &House, file: &File) -> Vec<String> {
    if !file.within(&["state", "ui"]) {
        return Vec::new();
    }
    let modules = ["fs", "io"].into_iter().flat_map(|m| file.paths_with(&["std", m]).collect::<Vec<_>>());
    let types = ["Mutex", "RwLock", "Instant", "SystemTime"].into_iter().filter(|t| file.names(t)).map(str::to_owned);
    modules.chain(types).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str) -> Vec<File> {
    let mut folders = vec![root().join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                files.push(File::new(&name, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The source with comments, strings and characters blanked out.
fn code(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let raw = rest.strip_prefix('r').map(|r| (r, r.len() - r.trim_start_matches('#').len()));
        let in_word = out.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if let Some((after, hashes)) = raw.filter(|(r, n)| !in_word && r[*n..].starts_with('"')) {
            let end = format!("\"{}", "#".repeat(hashes));
            let text = &after[hashes + 1..];
            2 + hashes + text.find(&end).map_or(text.len(), |at| at + end.len())
        } else if c == '"' || (!in_word && rest.starts_with("b\"")) {
            string(rest)
        } else if c == '\'' {
            character(rest)
        } else {
            0
        };
        if taken == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            out.push(' ');
            rest = &rest[taken..];
        }
    }
    out
}

fn comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    let open = rest.find('"').unwrap();
    for (at, c) in rest.char_indices().skip(open + 1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    rest.len()
}

/// The length of a character literal; 0 for a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => rest[3..].find('\'').map_or(rest.len(), |at| at + 4),
        Some(_) => chars.next().filter(|(_, c)| *c == '\'').map_or(0, |(at, _)| at + 1),
        None => 0,
    }
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Every path of two parts and more; `a::{b, c::{d, e}}` is three.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    for c in code.chars().chain([' ']) {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            tokens.push(std::mem::take(&mut word));
        }
        if !c.is_whitespace() {
            tokens.push(c.to_string());
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let next = path(&tokens, at, &[], &mut found);
        at = next.max(at + 1);
    }
    found.retain(|path| path.len() > 1);
    found
}

/// Reads the path that begins at a token, behind `before`; answers where it ends.
fn path(tokens: &[String], mut at: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let token = |at: usize| tokens.get(at).map_or("", String::as_str);
    let is_word = |at: usize| token(at).starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let mut parts = before.to_vec();
    while is_word(at) {
        parts.push(token(at).to_owned());
        at += 1;
        if (token(at), token(at + 1)) != (":", ":") {
            break;
        }
        at += 2;
        if token(at) == "{" {
            at += 1;
            while at < tokens.len() && token(at) != "}" {
                let next = path(tokens, at, &parts, found);
                at = next.max(at + 1);
            }
            return at + 1;
        }
    }
    if parts.len() > before.len() {
        found.push(parts);
    }
    at
}
