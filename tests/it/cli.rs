//! The commands, as scripts use them: the built program with folders of its own that are thrown away.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use recto::memory::{Memory, SavedFilter};
use serde_json::Value;
use tempfile::TempDir;

use super::{
    gate::{HOSTILE, SHOWN, assert_harmless},
    terminal::Token,
};

/// A place to run recto in, with a folder of documents.
struct World {
    dir: TempDir,
}

/// What a run came to.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl World {
    /// Without documents.
    fn new() -> World {
        let world = World { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(world.docs()).unwrap();
        world
    }

    /// With three documents.
    fn with_documents() -> World {
        let world = World::new();
        world.write("gamma.md", "# The third letter\n\nGamma stands alone, and integrity counts.\n");
        world
            .write("alpha.md", "# The first letter\n\nAlpha and beta stand here.\n\nWith integrity, customers stay.\n");
        world.write("deep/beta.txt", "A short word about beta.\n\nIt has a customer in it.\n");
        world
    }

    fn docs(&self) -> PathBuf {
        // As the catalogue names it, whatever links lead to the temporary folder.
        self.dir.path().canonicalize().unwrap().join("docs")
    }

    fn write(&self, name: impl AsRef<Path>, text: &str) -> PathBuf {
        let path = self.docs().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn configure(&self, text: &str) -> PathBuf {
        let file = self.dir.path().join("config/recto/config.toml");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        file
    }

    /// recto, in the folder of the documents.
    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
        let own = |name: &str| self.dir.path().join(name);
        command.env_clear().current_dir(self.docs()).stdin(Stdio::null());
        command.env("HOME", own("home")).env("TMPDIR", self.dir.path());
        for (variable, folder) in
            [("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config")]
        {
            command.env(variable, own(folder));
        }
        command
    }

    fn recto(&self, arguments: &[&str]) -> Run {
        run(self.command().args(arguments))
    }

    /// The lines that a run prints, each an object.
    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let run = self.recto(arguments);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        run.out.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }
}

fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The keys of an object in the order in which they were printed.
fn keys(line: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(line).unwrap();
    let mut keys: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
    keys.sort_by_key(|key| line.find(&format!("\"{key}\":")));
    keys
}

fn titles(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["title"].as_str().unwrap()).collect()
}

#[test]
fn list_prints_rows_in_path_order() {
    let world = World::with_documents();
    let run = world.recto(&["list"]);
    let docs = world.docs();
    let expected = [
        ("alpha.md", "The first letter"),
        ("deep/beta.txt", "A short word about beta"),
        ("gamma.md", "The third letter"),
    ];
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.out.lines().count(), 3);
    for (line, (name, title)) in run.out.lines().zip(expected) {
        let fields: Vec<&str> = line.split('\t').collect();
        assert_eq!(fields[0], docs.join(name).to_str().unwrap());
        assert!(fields[1].starts_with(title), "{line}");
        assert_eq!(fields[2..], ["", "1", ""], "no date, a minute, no error");
    }
}

#[test]
fn list_as_json_has_the_keys_that_were_promised() {
    let world = World::with_documents();
    let run = world.recto(&["list", "--json", "."]);
    let line = run.out.lines().next().unwrap();
    let promised = ["path", "entry", "title", "author", "date", "words", "minutes", "format", "error"];
    assert_eq!(keys(line), promised);
    let row: Value = serde_json::from_str(line).unwrap();
    assert_eq!(row["path"], world.docs().join("alpha.md").to_str().unwrap());
    for unknown in ["entry", "author", "date", "error"] {
        assert_eq!(row[unknown], Value::Null, "{unknown}");
    }
    assert!(row["words"].as_u64().unwrap() > 8 && row["minutes"] == 1 && row["format"].is_string(), "{row}");
}

#[test]
fn list_sorts() {
    let world = World::with_documents();
    assert_eq!(
        titles(&world.json(&["list", "--json", "--sort", "title"]))[1..],
        ["The first letter", "The third letter"]
    );
    let shortest = world.json(&["list", "--json", "--sort", "shortest"]);
    assert!(shortest.is_sorted_by_key(|row| row["words"].as_u64()), "{shortest:?}");
    assert_eq!(world.recto(&["list", "--sort", "unread"]).code, Some(0));
    let run = world.recto(&["list", "--sort", "best"]);
    assert_eq!(run.code, Some(2), "nothing is best without a query");
    assert!(run.err.starts_with("recto: "), "{}", run.err);
}

#[test]
fn an_empty_folder_has_nothing_to_list() {
    let world = World::new();
    assert_eq!(world.recto(&["list", "."]).code, Some(1));
    assert_eq!(world.recto(&["list", "."]).out, "");
}

#[test]
fn paths_mean_files_and_folders() {
    let world = World::with_documents();
    assert_eq!(titles(&world.json(&["list", "--json", "gamma.md"])), ["The third letter"]);
    assert_eq!(world.json(&["list", "--json", "gamma.md", "deep"]).len(), 2);
    let run = world.recto(&["list", "-"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.starts_with("recto: -: "), "{}", run.err);
}

#[test]
fn without_a_path_it_is_the_libraries_then_this_folder_then_the_guide() {
    let world = World::new();
    let guide = world.json(&["list", "--json"]);
    assert!(guide[0]["path"].as_str().unwrap().ends_with("/cache/recto/guide/01-welcome.md"), "{guide:?}");
    world.write("here.md", "# Here\n\nA document in this folder.\n");
    assert_eq!(titles(&world.json(&["list", "--json"])), ["Here"]);
    let library = world.dir.path().join("library");
    fs::create_dir(&library).unwrap();
    fs::write(library.join("there.md"), "# There\n\nA document in the library.\n").unwrap();
    world.configure(&format!("libraries = [{library:?}]\n"));
    assert_eq!(titles(&world.json(&["list", "--json"])), ["There"]);
    fs::remove_dir_all(&library).unwrap();
    let run = world.recto(&["list"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.starts_with(&format!("recto: {}: no such file or directory", library.display())), "{}", run.err);
}

#[test]
fn search_prints_title_path_and_passage() {
    let world = World::with_documents();
    let run = world.recto(&["search", "integr", "cust"]);
    let path = world.docs().join("alpha.md");
    assert_eq!(run.out, format!("The first letter\n{}\n  With integrity, customers stay.\n", path.display()));
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn search_as_json_has_the_keys_that_were_promised() {
    let world = World::with_documents();
    let run = world.recto(&["search", "--json", "--limit", "1", "beta"]);
    let line = run.out.trim_end();
    let promised =
        ["path", "entry", "title", "author", "date", "words", "minutes", "format", "score", "hits", "snippet"];
    assert_eq!(keys(line), promised, "one line: {line}");
    let found: Value = serde_json::from_str(line).unwrap();
    assert_eq!(found["path"], world.docs().join("deep/beta.txt").to_str().unwrap(), "the word is in its title");
    assert!(found["score"].as_f64().unwrap() > 0.0, "{found}");
    assert!(found["hits"].as_u64().unwrap() >= 1, "{found}");
    assert!(found["snippet"].as_str().unwrap().contains("beta"), "{found}");
}

#[test]
fn search_that_finds_nothing_is_silent() {
    let world = World::with_documents();
    let run = world.recto(&["search", "nowhere"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(1), "", ""));
}

#[test]
fn search_takes_its_arguments_as_the_filter_would() {
    let world = World::with_documents();
    let found = |query: &[&str]| {
        let run = run(world.command().args(["search", "--json"]).args(query));
        let rows: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut names: Vec<String> = rows
            .iter()
            .map(|row| Path::new(row["path"].as_str().unwrap()).file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        names.join(" ")
    };
    assert_eq!(found(&["beta"]), "alpha beta");
    assert_eq!(found(&["beta", "-integrity"]), "beta", "a minus after the query has begun is no option");
    assert_eq!(found(&["-beta"]), "gamma", "nor is one that begins it");
    assert_eq!(found(&["stand", "beta"]), "alpha", "words in any order");
    assert_eq!(found(&["beta stand"]), "alpha", "an argument with a space is a phrase");
    assert_eq!(found(&["stand beta"]), "", "whose order counts");
    assert_eq!(found(&["integrity", "-beta stand"]), "gamma", "and which may be excluded");
    assert_eq!(found(&["title:third letter"]), "gamma", "or belong to a field");
    assert_eq!(found(&["title:letter third"]), "");
    assert_eq!(found(&["alone | short"]), "beta gamma", "a bar makes it the language of the filter");
    assert_eq!(found(&["\"beta stand\" integrity"]), "alpha", "and so does a quotation mark");
}

#[test]
fn search_refuses_options_after_the_query_and_queries_without_words() {
    let world = World::with_documents();
    for (arguments, expected) in [
        (["search", "beta", "--json"], "recto: --json: options come before the query"),
        (["search", "--jsno", "beta"], "recto: --jsno: options come before the query"),
        (["search", "--", "..."], "recto: ...: there is nothing in this"),
        (["search", "--limit", "x"], "recto: invalid value 'x'"),
    ] {
        let run = world.recto(&arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(run.err.starts_with(expected), "{}", run.err);
    }
    assert_eq!(world.recto(&["search"]).code, Some(2));
}

#[test]
fn search_looks_where_it_is_told() {
    let world = World::with_documents();
    assert_eq!(world.json(&["search", "--json", "--path", "deep", "--path", "gamma.md", "beta"]).len(), 1);
    assert_eq!(world.json(&["search", "--json", "--path", ".", "beta"]).len(), 2);
}

#[test]
fn no_update_leaves_the_index_as_it_is() {
    let world = World::with_documents();
    assert_eq!(world.json(&["list", "--json", "."]).len(), 3);
    world.write("new.md", "# Late\n\nA word that is new: omega.\n");
    assert_eq!(world.json(&["list", "--json", "--no-update", "."]).len(), 3);
    assert_eq!(world.recto(&["search", "--no-update", "omega"]).code, Some(1));
    assert_eq!(world.recto(&["search", "omega"]).code, Some(0));
    assert_eq!(world.json(&["list", "--json", "--no-update", "."]).len(), 4);
}

#[test]
fn show_sets_text_to_a_width() {
    let world = World::new();
    let words = "some words that have to be set to the measure ".repeat(12);
    let file = world.write("long.txt", &format!("{words}\n\nThe second paragraph.\n"));
    let shown = |arguments: &[&str]| {
        let run = world.recto(&[&["show"], arguments, &[file.to_str().unwrap()]].concat());
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        run.out
    };
    let widest = |text: &str| text.lines().map(str::len).max().unwrap();
    let usual = shown(&[]);
    assert!((60..=72).contains(&widest(&usual)), "{usual}");
    assert!((20..=30).contains(&widest(&shown(&["-w", "30"]))));
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(flat(&usual), flat(&format!("{words} The second paragraph.")), "no word is lost");
    assert_eq!(shown(&["--text"]).trim_end().lines().filter(|line| line.is_empty()).count(), 1);
    assert!(shown(&["--text"]).ends_with("\n\nThe second paragraph.\n"));
}

#[test]
fn show_as_json_is_the_document() {
    let world = World::with_documents();
    let run = world.recto(&["show", "--json", "alpha.md", "gamma.md"]);
    assert_eq!(run.out.lines().count(), 2, "one object a line");
    let line = run.out.lines().next().unwrap();
    let document: Value = serde_json::from_str(line).unwrap();
    let mut names: Vec<&str> = document.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["blocks", "links", "meta", "outline", "warnings"]);
    assert_eq!(document["meta"]["title"], "The first letter");
    let last = document["blocks"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["text"]), (&"paragraph".into(), &"With integrity, customers stay.".into()));
}

#[test]
fn show_names_one_entry_of_a_file() {
    let world = World::with_documents();
    assert_eq!(world.recto(&["show", "gamma.md#1"]).out, world.recto(&["show", "gamma.md"]).out);
    let run = world.recto(&["show", "gamma.md#2"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.starts_with("recto: gamma.md#2: there is no entry 2"), "{}", run.err);
    world.write("c#1.md", "Its name has that sign.\n");
    assert_eq!(world.recto(&["show", "--text", "c#1.md"]).out, "Its name has that sign.\n");
    world.write("rows.jsonl", "{\"id\": \"a#b\", \"text\": \"The id of it has that sign, too.\"}\n");
    assert!(world.recto(&["show", "--text", "rows.jsonl#a#b"]).out.starts_with("The id of it has that sign, too.\n"));
}

#[test]
fn show_goes_on_after_a_file_that_it_cannot_read() {
    let world = World::with_documents();
    let run = world.recto(&["show", "--text", "missing.md", "deep", "gamma.md"]);
    assert_eq!(run.code, Some(2));
    assert!(run.out.contains("Gamma stands alone"), "{}", run.out);
    let errors: Vec<&str> = run.err.lines().collect();
    assert_eq!(errors, ["recto: missing.md: no such file or directory", "recto: deep: not a regular file"]);
}

#[test]
fn show_reads_standard_input() {
    let world = World::new();
    let mut child = world.command();
    child.args(["show", "--text", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = child.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"From a pipe.\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "From a pipe.\n");
}

#[test]
fn index_says_how_much_there_is() {
    let world = World::with_documents();
    let line = world.recto(&["index", "--json", "."]).out;
    assert_eq!(keys(line.trim_end()), ["documents", "words", "bytes", "seconds"]);
    let first: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(first["documents"], 3);
    let text = world.recto(&["index"]).out;
    assert_eq!(text.lines().next().unwrap().split_whitespace().collect::<Vec<_>>(), ["documents", "3"]);
    let read = |arguments: &[&str]| world.json(arguments)[0]["read"].as_u64().unwrap();
    assert_eq!(read(&["index", "--json", "--stats"]), 0, "all is up to date");
    assert_eq!(read(&["index", "--json", "--stats", "--rebuild"]), 3, "all is read again");
    assert_eq!(world.recto(&["search", "--no-update", "beta"]).code, Some(0), "and found again");
}

/// A part of a library shares its store; to build the part anew must not lose the rest.
#[test]
fn rebuilding_a_part_keeps_the_whole() {
    let world = World::with_documents();
    assert_eq!(world.json(&["list", "--json", "."]).len(), 3);
    assert_eq!(world.json(&["index", "--json", "--rebuild", "deep"])[0]["documents"], 1);
    assert_eq!(world.json(&["list", "--json", "--no-update", "."]).len(), 3);
    assert_eq!(world.json(&["search", "--json", "--no-update", "integrity"]).len(), 2);
}

#[test]
fn config_prints_names_and_checks_the_file() {
    let world = World::new();
    assert_eq!(world.recto(&["config"]).out, recto::app::config::printed());
    let file = world.dir.path().join("config/recto/config.toml");
    assert_eq!(world.recto(&["config", "--path"]).out, format!("{}\n", file.display()));
    assert_eq!(world.recto(&["config", "--check"]).code, Some(0), "without a file the defaults hold");
    world.configure("measure = 60\n");
    assert_eq!(world.recto(&["config", "--check"]).code, Some(0));
    world.configure("# a comment\n\nmeasure = \"wide\"\n");
    let expected = format!("recto: {}:3: measure: a number from 20 to 200 is expected, not \"wide\"\n", file.display());
    for arguments in [&["config", "--check"][..], &["list"], &["show", "x"], &[]] {
        let run = world.recto(arguments);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(2), "", expected.as_str()), "{arguments:?}");
    }
    assert_eq!(world.recto(&["config"]).code, Some(0), "the way out doesn't need a right file");
}

/// Very much text is indexed when it is asked for, and not because somebody searched once.
#[test]
fn much_text_is_indexed_by_the_command_for_it() {
    let world = World::new();
    world.configure("ask-above = \"10 B\"\n");
    let run = world.recto(&["search", "zzyzx"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains("of text is not indexed, and only titles are searched; `recto index` indexes it"),
        "{}",
        run.err
    );
    assert_eq!(world.recto(&["index"]).code, Some(0));
    let run = world.recto(&["search", "zzyzx"]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let world = World::new();
    let texts = ["bash", "zsh", "fish"].map(|shell| world.recto(&["completions", shell]).out);
    let manual = world.recto(&["man"]).out;
    for command in ["search", "list", "show", "index", "config", "completions", "man"] {
        assert!(texts.iter().all(|text| text.contains(command)), "{command}");
        assert!(manual.contains(&format!(".SH RECTO {}\n", command.to_uppercase())), "{command}");
    }
    assert!(manual.contains("XDG_CONFIG_HOME") && manual.contains(".TH recto 1"), "{manual}");
    assert_eq!(world.recto(&["completions", "abacus"]).code, Some(2));
}

#[test]
fn help_and_version_are_no_errors() {
    let world = World::new();
    let version = world.recto(&["--version"]);
    assert_eq!((version.code, version.out.as_str()), (Some(0), concat!("recto ", env!("CARGO_PKG_VERSION"), "\n")));
    let (short, long) = (world.recto(&["-h"]).out, world.recto(&["--help"]).out);
    assert!(short.len() < long.len() && long.contains("NO_COLOR") && !short.contains("NO_COLOR"), "{long}");
}

#[test]
fn without_a_terminal_recto_says_what_to_use_instead() {
    let world = World::with_documents();
    for arguments in [&[][..], &["gamma.md"], &["--guide"]] {
        let run = world.recto(arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(run.err.starts_with("recto: ") && run.err.contains("recto show"), "{}", run.err);
    }
}

#[test]
fn a_path_that_is_not_there_is_an_error() {
    let world = World::with_documents();
    for arguments in
        [&["nowhere"][..], &["gamma.md", "nowhere"], &["list", "nowhere"], &["search", "--path", "nowhere", "x"]]
    {
        let run = world.recto(arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert_eq!(run.err, "recto: nowhere: no such file or directory\n", "{arguments:?}");
    }
}

#[test]
fn a_folder_named_like_a_command_opens_by_its_path() {
    let world = World::with_documents();
    world.write("search/inside.md", "# Inside\n\nA word.\n");
    for path in ["./search", "search/"] {
        let run = world.recto(&[path]);
        assert!(run.err.contains("terminal"), "it was taken for a path: {}", run.err);
    }
    let run = world.recto(&["gamma.md", "search"]);
    assert!(run.err.contains("terminal"), "a command stands first or not at all: {}", run.err);
    let run = world.recto(&["--all", "search"]);
    assert!(run.err.contains("terminal"), "before options of `recto` itself as well: {}", run.err);
    assert_eq!(titles(&world.json(&["list", "--json", "search"])), ["Inside"]);
}

/// `recto list | head -1`: who reads us leaves before we have written.
#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let world = World::with_documents();
    for arguments in
        [&["list"][..], &["search", "beta"], &["show", "gamma.md"], &["config"], &["man"], &["completions", "zsh"]]
    {
        let mut command = world.command();
        let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_unicode_are_listed_and_read() {
    use std::os::unix::ffi::OsStrExt as _;
    let world = World::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    world.write(name, "# The café\n\nCoffee is served.\n");
    let row = &world.json(&["list", "--json", "."])[0];
    assert_eq!(row["path"], world.docs().join("caf\u{FFFD}.md").to_str().unwrap());
    assert_eq!(world.json(&["search", "--json", "coffee"])[0]["hits"], 1);
    let shown = run(world.command().args(["show", "--text"]).arg(name));
    assert!(shown.out.contains("Coffee is served."), "{shown:?}");
    let opened = run(world.command().arg(name));
    assert!(opened.err.contains("terminal"), "{opened:?}");
}

/// A rebuild took the catalogue's file from under whoever had it open, and numbers meant other documents afterwards.
#[test]
fn rebuilding_leaves_nobody_with_another_catalogue() {
    use recto::{
        index::Index,
        library::{Catalogue, Store},
    };
    let world = World::with_documents();
    assert_eq!(world.recto(&["index"]).code, Some(0));
    let store = Store::open(&world.dir.path().join("cache/recto"), &[world.docs()]).unwrap();
    let open = Catalogue::open(&store).unwrap();
    let before = open.ids().unwrap();
    assert_eq!(before.len(), 3);

    // While another one writes, nothing is touched.
    let (index, _) = Index::open(&store.index_dir()).unwrap();
    let writer = index.writer(1, 0).unwrap();
    let refused = world.recto(&["index", "--rebuild"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("another recto"), "{refused:?}");
    assert_eq!(open.ids().unwrap(), before);
    drop(writer);

    world.write("new.md", "# A new one\n\nIt has integrity.\n");
    assert_eq!(world.json(&["index", "--json", "--rebuild"])[0]["documents"], 4);
    let after = open.ids().unwrap();
    assert_eq!(after.len(), 4);
    assert!(after.iter().all(|id| !before.contains(id)), "{before:?} {after:?}");
    assert_eq!(world.json(&["search", "--json", "--no-update", "integrity"]).len(), 3);
}

/// Nothing of a document, its title or its name is a control where it is printed, be it a terminal, a pipe or a complaint.
#[cfg(unix)]
#[test]
fn no_control_reaches_standard_output_or_standard_error() {
    let world = World::new();
    let name = format!("na{HOSTILE}me.md").replace('/', "_");
    let markdown = format!(
        "# A ti{HOSTILE}tle\n\nSome te{HOSTILE}xt to find [li{HOSTILE}nk](<http://x/{}>).\n\n    co{HOSTILE}de\n",
        HOSTILE.replace('\r', "")
    );
    let path = world.write(&name, &markdown);
    world.write("bro\u{9b}\u{202e}ken.md", "\0\0\u{1}\0");
    let path = path.to_str().unwrap();
    // JSON has its own way to say what stands in a name.
    for arguments in [&["list", "--json"][..], &["search", "--json", "find"], &["show", "--json", path]] {
        let Run { out, err, .. } = world.recto(arguments);
        assert!(!out.is_empty() && err.is_empty(), "{arguments:?}: {err}");
        assert_harmless(out.as_bytes(), |token| *token == Token::Control(b'\n'), &format!("{arguments:?}"));
    }
    let rows = world.json(&["list", "--json"]);
    assert!(rows.iter().any(|row| row["path"] == path), "JSON says what it is: {rows:?}");
    let is_line_end = |token: &Token| matches!(token, Token::Control(b'\n' | b'\t'));
    let is_style = |token: &Token| match token {
        Token::Control(b'\r' | b'\n') => true,
        Token::Csi(body, 'm') => body.bytes().all(|b| b.is_ascii_digit() || b == b';'),
        Token::Osc(body) => body.strip_prefix("8;;").is_some_and(|to| to.bytes().all(|b| b.is_ascii_graphic())),
        Token::Escape(end) => end == "\\",
        _ => false,
    };
    let none = format!("{path}/none");
    for (arguments, signs) in [
        (&["list"][..], 2),
        (&["search", "find"], 3),
        (&["show", path], 3),
        (&["show", "--text", path], 3),
        (&["show", &none], 1),
        (&["show", &format!("{path}#none")], 1),
        (&["list", HOSTILE], 1),
        (&["search", "--path", HOSTILE, "x"], 1),
        (&["search", "--limit", HOSTILE], 0),
        (&[HOSTILE], 1),
        (&["search", "--no-update", HOSTILE, "nowhere"], 0),
        (&["index", "--stats"], 0),
    ] {
        let Run { out, err, .. } = world.recto(arguments);
        for text in [&out, &err] {
            assert_harmless(text.as_bytes(), is_line_end, &format!("{arguments:?}"));
        }
        assert!((out + &err).matches(SHOWN).count() >= signs, "{arguments:?}");
        let shown = on_terminal(&world, arguments, &[]);
        assert_harmless(shown.as_bytes(), is_style, &format!("{arguments:?} on a terminal"));
    }
    let tag = world.write("tag.md", "A tag \u{e0041} and a mark\u{200b} in it.\n");
    let shown = world.recto(&["show", "--json", tag.to_str().unwrap()]).out;
    assert!(shown.contains(r"A tag \udb40\udc41 and a mark\u200b in it."), "{shown}");
    world.configure(r#"theme = "\u001b[2J\u009b31m\u202e""#);
    let Run { err, .. } = world.recto(&["config", "--check"]);
    assert!(err.contains("theme: "), "{err}");
    assert_harmless(err.as_bytes(), is_line_end, "a setting");
}

/// Who closes standard error still gets the answer, and the status.
#[test]
fn nobody_at_standard_error_is_no_defect() {
    let world = World::with_documents();
    for (arguments, code) in [(&["show", "missing.md", "gamma.md"][..], 2), (&["list", "--no-such"], 2)] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = run(world.command().args(arguments).stderr(writer));
        assert_eq!(run.code, Some(code), "{run:?}");
        assert_eq!(run.out.contains("Gamma stands alone"), arguments.contains(&"gamma.md"), "{run:?}");
    }
}

/// A cache that can't be written costs a warning, not the answer.
#[test]
fn a_cache_that_cannot_be_written_is_replaced() {
    let world = World::with_documents();
    let file = world.dir.path().join("a-file");
    fs::write(&file, "").unwrap();
    for _ in 0..2 {
        let run = run(world.command().env("XDG_CACHE_HOME", &file).args(["search", "gamma"]));
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.out.starts_with("The third letter\n"), "{}", run.out);
        assert!(run.err.starts_with(&format!("recto: {}", file.display())), "{}", run.err);
    }
    let kept = fs::read_dir(world.dir.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("recto-"));
    assert_eq!(kept.count(), 1, "the second run uses what the first has made");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_a_row_with_its_reason() {
    let world = World::with_documents();
    std::os::unix::fs::symlink("nowhere", world.docs().join("broken.md")).unwrap();
    let rows = world.json(&["list", "--json", "."]);
    let broken = rows.iter().find(|row| row["path"].as_str().unwrap().ends_with("broken.md")).expect("a row");
    assert!(broken["error"].as_str().unwrap().contains("nowhere"), "{broken}");
    assert_eq!((&broken["words"], &broken["minutes"]), (&Value::Null, &Value::Null));
}

/// Scripts run side by side. Whoever comes second waits for its turn, and then all have the same answer.
#[test]
fn several_at_once_have_the_same_answer() {
    let world = World::with_documents();
    thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| world.json(&["list", "--json", "."]).len())).collect();
        for run in runs {
            assert_eq!(run.join().unwrap(), 3);
        }
    });
}

/// On a terminal words are marked, and without colours they still are.
#[cfg(unix)]
#[test]
fn a_terminal_gets_styles() {
    let world = World::with_documents();
    let plain = on_terminal(&world, &["search", "integr"], &[("NO_COLOR", "1")]);
    assert!(plain.contains("With \u{1b}[7mintegrity\u{1b}[0m, customers stay."), "{plain:?}");
    assert!(!plain.contains("\u{1b}[3") && !plain.contains(";3"), "no colour: {plain:?}");
    let colored = on_terminal(&world, &["search", "integr"], &[]);
    assert!(colored.contains("\u{1b}[4;30;43mintegrity\u{1b}[0m"), "{colored:?}");
    let dumb = on_terminal(&world, &["search", "integr"], &[("TERM", "dumb")]);
    assert!(!dumb.contains('\u{1b}'), "{dumb:?}");
    let narrow = on_terminal(&world, &["show", "alpha.md"], &[]);
    assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow:?}");
}

#[cfg(unix)]
#[test]
fn a_terminal_gets_columns_and_explanations() {
    let world = World::with_documents();
    let list = on_terminal(&world, &["list"], &[("TERM", "dumb")]);
    let titles: Vec<_> = list.lines().map(|line| line.find("The ").or(line.find("A short")).unwrap()).collect();
    assert_eq!(titles, [12; 3], "titles stand below one another: {list:?}");
    assert!(list.contains("The first letter "), "{list:?}");
    let none = on_terminal(&world, &["search", "beta", "nowhere"], &[]);
    assert!(none.contains("alone: beta in 2, nowhere in 0"), "{none:?}");
    let slip = on_terminal(&world, &["search", "integirty"], &[]);
    assert!(slip.contains("did you mean integrity?"), "{slip:?}");
}

/// Links lead where the document says, if that is the web or mail; nothing that a document calls a link ends the sequence.
#[cfg(unix)]
#[test]
fn a_terminal_gets_links() {
    if !recto::formats::FORMATS.iter().any(|format| format.name == "markdown") {
        return; // plain text names no links
    }
    let world = World::new();
    world.write("links.md", "[a](https://example.org/é) [b](other.md) [c](https://example.org/&#27;]8;;&#7;x)\n");
    let shown = on_terminal(&world, &["show", "links.md"], &[]);
    let link = |target: &str, text: &str| format!("\u{1b}]8;;{target}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\");
    assert!(shown.contains(&link("https://example.org/%C3%A9", "a")), "{shown:?}");
    assert!(!shown.contains("other.md"), "{shown:?}");
    assert!(!shown.contains('\u{7}') && shown.matches("\u{1b}]8;;").count() == 4, "{shown:?}");
    let piped = world.recto(&["show", "links.md"]).out;
    assert!(!piped.contains('\u{1b}') && piped.contains("a b c"), "{piped:?}");
}

/// What a command prints on a terminal of 40 columns.
#[cfg(unix)]
fn on_terminal(world: &World, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    // Indexed before, so that there is no bar.
    assert_eq!(world.recto(&["index", "."]).code, Some(0));
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 40, ..PtySize::default() }).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_recto"));
    command.args(arguments);
    command.env_clear();
    command.cwd(world.docs());
    command.env("TERM", "xterm-256color");
    let ours = world.command();
    let inherited = ours.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
    inherited.for_each(|(name, value)| command.env(name, value));
    variables.iter().for_each(|(name, value)| command.env(name, value));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut out = Vec::new();
    // On Linux the end of a terminal is an error.
    pair.master.try_clone_reader().unwrap().read_to_end(&mut out).ok();
    child.wait().unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn search_knows_saved_filters() {
    let world = World::with_documents();
    let search = |query: &[&str]| {
        let run = world.recto(&[&["search", "--json"], query].concat());
        let paths = run.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["path"].clone());
        let mut names: Vec<String> =
            paths.map(|path| path.as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect();
        names.sort();
        (run.code, names.join(" "))
    };
    assert_eq!(search(&["@letter"]), (Some(0), "alpha.md gamma.md".into()), "before it is a name it is plain words");
    let mut memory = Memory::open(&world.dir.path().join("data/recto")).unwrap();
    memory.save_filter(&SavedFilter { name: "Letter".into(), query: "alpha | customer beta".into() }).unwrap();
    assert_eq!(search(&["@letter"]), (Some(0), "alpha.md beta.txt".into()));
    assert_eq!(search(&["@letter", "-short"]), (Some(0), "alpha.md".into()));
    assert_eq!(search(&["-@letter"]), (Some(0), "gamma.md".into()));
    assert_eq!(search(&["@letter", "gamma"]), (Some(1), String::new()));
    assert_eq!(search(&["@other"]), (Some(1), String::new()));
}

/// On the screen copies share a row; a script asked for files.
#[test]
fn every_copy_is_listed_and_found() {
    let world = World::with_documents();
    world.write("copy/gamma.md", "# The third letter\n\nGamma stands alone, and integrity counts.\n");
    let paths = |rows: Vec<Value>| -> Vec<String> {
        let path = |row: &Value| PathBuf::from(row["path"].as_str().unwrap());
        rows.iter().map(|row| path(row).strip_prefix(world.docs()).unwrap().to_string_lossy().into_owned()).collect()
    };
    let listed = paths(world.json(&["list", "--json", "--sort", "path"]));
    assert_eq!(listed, ["alpha.md", "copy/gamma.md", "deep/beta.txt", "gamma.md"]);
    assert_eq!(paths(world.json(&["search", "--json", "gamma"])), ["copy/gamma.md", "gamma.md"]);
}
