//! The settings: that the printed file says what holds, and that every mistake is told with its line.

use std::{collections::BTreeSet, fs, path::PathBuf};

use recto::{
    app::config::{Config, SETTINGS, printed},
    guide::TEXTS,
    keymap::{BINDINGS, Keymap},
    search::Order,
    state::{Action, Chord, Context},
};

/// Loads a file of this text.
fn load(text: &str) -> Result<Config, String> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("config.toml");
    fs::write(&file, text).unwrap();
    Config::load(&file).map_err(|error| {
        let error = format!("{error:#}");
        let place = error.strip_prefix(&format!("{}:", file.display())).expect("the file stands first");
        place.to_owned()
    })
}

/// The printed file with every `# name = value` uncommented.
fn uncommented() -> String {
    let is_entry = |rest: &str| {
        rest.split_once(" = ").is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
    };
    let line = |line: &str| match line.strip_prefix("# ").filter(|rest| is_entry(rest)) {
        Some(entry) => format!("{entry}\n"),
        None => format!("{line}\n"),
    };
    printed().lines().map(line).collect()
}

#[test]
fn a_missing_file_sets_nothing() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(Config::load(&dir.path().join("config.toml")).unwrap(), Config::default());
}

#[test]
fn the_printed_file_sets_nothing() {
    assert_eq!(load(&printed()).unwrap(), Config::default());
}

#[test]
fn the_printed_file_uncommented_is_the_defaults() {
    let config = load(&uncommented()).unwrap();
    assert_eq!(Config { keys: Vec::new(), ..config.clone() }, Config::default());
    let (ours, usual) = (config.keymap(), Keymap::new(&[]).unwrap());
    for ((binding, keys), (_, expected)) in ours.bindings().zip(usual.bindings()) {
        assert_eq!(keys, expected, "{}", binding.name);
    }
}

#[test]
fn every_setting_and_every_binding_is_printed() {
    let table: toml::Table = uncommented().parse().unwrap();
    let names = |table: &toml::Table| table.keys().cloned().collect::<BTreeSet<_>>();
    let mut settings: BTreeSet<String> = SETTINGS.iter().map(|setting| setting.name.to_owned()).collect();
    settings.insert("keys".to_owned());
    assert_eq!(names(&table), settings);
    let bindings: BTreeSet<String> = BINDINGS.iter().map(|binding| binding.name.to_owned()).collect();
    assert_eq!(names(table["keys"].as_table().unwrap()), bindings);
}

#[test]
fn values_are_taken() {
    let config = load(
        "libraries = [\"/articles\", \"~/notes\", \"~\"]\ntheme = \"light\"\nmeasure = 0x42\norder = \"newest\"\n\
         symbols = \"ascii\"\nmouse = true\njustify = true\nfold-copies = false\nask-above = \"20MB\"\ntext-fields = [\"inhalt\", \"review.body\"]\n[keys]\ndetails = \"X\"\ndown = [\"j\", \"ctrl-e\"]\nmouse = []\n",
    )
    .unwrap();
    let home = etcetera::home_dir().unwrap();
    assert_eq!(config.libraries, [PathBuf::from("/articles"), home.join("notes"), home]);
    assert_eq!(config.theme, "light");
    assert_eq!(config.ask_above, 20_000_000);
    assert_eq!((config.text_fields.join(" "), config.title_fields.len()), ("inhalt review.body".to_owned(), 0));
    assert!(config.justify && !Config::default().justify);
    assert!(!config.fold_copies && Config::default().fold_copies);
    assert_eq!((config.measure, config.order, config.ascii, config.mouse), (66, Order::Newest, true, true));
    let keymap = config.keymap();
    let means = |key: &str| keymap.resolve(Context::List, key.parse::<Chord>().unwrap());
    assert_eq!(means("X"), Some(Action::Details));
    assert_eq!(means("i"), None, "the usual key is replaced");
    assert_eq!(means("Ctrl-e"), Some(Action::Down));
    assert_eq!(means("Down"), None);
    assert_eq!(means("M"), None, "an action may be without a key");
}

#[test]
fn mistakes_are_told_with_their_line() {
    let cases = [
        ("measure = 66\nmesure = 60\n", "2: mesure: no such setting"),
        ("\n\nmeasure = \"66\"\n", "3: measure: a number from 20 to 200 is expected, not \"66\""),
        ("measure = 10\n", "1: measure: a number from 20 to 200 is expected, not 10"),
        ("measure = -66\n", "1: measure: a number from 20 to 200 is expected, not -66"),
        ("ask-above = 5\n", "1: ask-above: a size such as \"500 MB\" or \"5 GB\" is expected, not 5"),
        ("ask-above = \"5 G\"\n", "1: ask-above: a size"),
        ("ask-above = \"99999999999 TB\"\n", "1: ask-above: a size"),
        ("mouse = 1\n", "1: mouse: true or false is expected, not 1"),
        ("libraries = \"~/notes\"\n", "1: libraries: an array of paths is expected, not \"~/notes\""),
        ("libraries = [1]\n", "1: libraries: a path is expected, not 1"),
        ("libraries = [\"notes\"]\n", "1: libraries: a path that begins with / or ~/ is expected, not \"notes\""),
        ("text-fields = \"body\"\n", "1: text-fields: an array of names is expected, not \"body\""),
        ("title-fields = [\"\"]\n", "1: title-fields: an array of names is expected"),
        ("symbols = \"nerd\"\n", "1: symbols: one of \"unicode\", \"ascii\" is expected, not \"nerd\""),
        ("order = \"best\"\n", "1: order: one of "),
        (
            "theme = \"blue\"\n",
            "1: theme: one of \"auto\", \"dark\", \"light\", \"sepia\", \"high-contrast\", \"terminal\", \"plain\" is expected, not \"blue\"",
        ),
        ("down = \"j\"\n", "1: down: an action, and so it belongs below [keys]"),
        ("keys = 1\n", "1: keys: a table is expected, not 1"),
        ("[keys]\nmeasure = 66\n", "2: measure: a setting, and so it belongs above [keys]"),
        ("[keys]\n\nfly = \"x\"\n", "3: fly: no such action"),
        ("[keys]\ndown = 1\n", "2: down: a key is expected, not 1"),
        ("[keys]\ndown = [\n  \"j\",\n  \"Hyper-x\",\n]\n", "4: down: \"Hyper-x\" is no key that recto knows"),
        ("[keys]\ndown = \"Q\"\nup = [\n  \"Q\"\n]\n", "4: key \"Q\" is bound to both down and up"),
        ("# a comment\n[keys]\ndetails = \"Space\"\n", "3: key \"Space\" is bound to both read-on and details"),
        ("measure = 66\nmeasure = 67\n", "2: duplicate key"),
        ("measure = \n", "1: "),
    ];
    for (text, expected) in cases {
        let error = load(text).expect_err(text);
        assert!(error.starts_with(expected), "{text}\n{error}\n{expected}");
        assert!(!error.contains('\n'), "{error}");
    }
}

/// `J` goes to the next document, but not in a menu, which is where `accept` counts besides the lines that are typed in.
#[test]
fn keys_of_different_places_do_not_clash() {
    load("[keys]\naccept = [\"Enter\", \"J\"]\n").unwrap();
}

#[test]
fn of_several_mistakes_the_first_in_the_file_is_told() {
    let error = load("symbols = 1\nmeasure = 1\n[keys]\nup = 1\ndown = 1\n").unwrap_err();
    assert!(error.starts_with("1: symbols"), "{error}");
    let error = load("[keys]\nup = 1\ndown = 1\n").unwrap_err();
    assert!(error.starts_with("2: up"), "{error}");
}

#[test]
fn a_check_names_every_mistake() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("config.toml");
    let text = "symbols = 1\ndown = \"j\"\nmeasure = 60\n[keys]\nup = [1, \"Hyper-x\", \"y\"]\nfly = \"x\"\n\
                rescan = \"X\"\nmouse = [\"Z\", \"X\"]\ntheme = \"Space\"\n";
    fs::write(&file, text).unwrap();
    let mistakes = Config::mistakes(&file).unwrap();
    let lines: Vec<&str> = mistakes
        .iter()
        .map(|mistake| mistake.strip_prefix(&format!("{}:", file.display())).unwrap())
        .map(|mistake| mistake.split_once(" is expected").map_or(mistake, |(head, _)| head))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
    assert_eq!(Config::mistakes(&dir.path().join("none.toml")).unwrap(), Vec::<String>::new());
}

#[test]
fn a_file_that_is_not_text_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("config.toml");
    fs::write(&file, b"measure = \xff").unwrap();
    let error = format!("{:#}", Config::load(&file).unwrap_err());
    assert!(error.starts_with(&format!("{}: ", file.display())), "{error}");
}

/// What the guide shows of the settings is taken as it stands.
#[test]
fn the_guide_shows_settings_that_there_are() {
    let text = TEXTS.iter().find(|text| text.name.ends_with("config.md")).unwrap().text;
    let examples: Vec<&str> = text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(examples.len() >= 2);
    for example in examples {
        assert_ne!(load(example).unwrap(), Config::default(), "{example}");
    }
}
