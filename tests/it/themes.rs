//! Themes: that recto's own can be read, that a file of the reader's is taken or told what is wrong, and the menu that
//! tries them.

use std::{fs, path::Path};

use ratatui::style::Color;
use recto::{
    app::config::{AUTO, Config, Themes, printed_theme},
    doc::Token,
    memory::{Choice, Memory},
    state::{Context, Save},
    ui::{
        Depth, Theme,
        theme::{Ink, PARTS, Palette, Part},
    },
};

use crate::harness::Harness;

/// Those with a ground of their own.
const GROUNDED: &[&str] = &["dark", "light", "sepia", "high-contrast"];

/// The relative luminance of a colour (WCAG 2.2).
fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
    let linear = |v: u8| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// The contrast of two colours (WCAG 2.2, 1.4.3).
fn contrast(one: Ink, other: Ink) -> f64 {
    let (one, other) = (luminance(one.rgb.unwrap()), luminance(other.rgb.unwrap()));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Every file of recto's own says every colour, explained as `recto config --theme` explains it. `RECTO_BLESS=1` writes
/// the files anew from what they say.
#[test]
fn the_files_are_complete_and_explained() {
    let themes = Themes::default();
    for name in themes.names().filter(|name| *name != AUTO) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/app/config/themes/{name}.toml"));
        let printed = printed_theme(themes.palette(name).unwrap());
        if std::env::var_os("RECTO_BLESS").is_some() {
            fs::write(&file, &printed).unwrap();
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), printed, "{name}");
    }
    for (at, part) in PARTS.iter().enumerate() {
        assert!(PARTS.iter().skip(at + 1).all(|other| other.name != part.name && other.part != part.part));
    }
}

#[test]
fn whatever_is_read_can_be_read() {
    const TOKENS: &[Token] = &[
        Token::Keyword,
        Token::String,
        Token::Number,
        Token::Constant,
        Token::Comment,
        Token::Function,
        Token::Type,
        Token::Attribute,
        Token::Heading,
        Token::Added,
        Token::Removed,
    ];
    let themes = Themes::default();
    for name in GROUNDED {
        let palette = themes.palette(name).unwrap();
        let ink = |part| palette.get(part);
        let read = [Part::Text, Part::Accent, Part::Heading, Part::Code, Part::Link, Part::Quote, Part::Failure];
        let on_ground = read.into_iter().chain(TOKENS.iter().map(|token| Part::from(*token)));
        let pairs = on_ground.map(|part| (part, Part::Ground, 4.5)).chain([
            (Part::Dim, Part::Ground, 4.5),
            (Part::HitText, Part::Hit, 4.5),
            (Part::CurrentHitText, Part::CurrentHit, 4.5),
            (Part::Text, Part::Selected, 4.5),
            (Part::Text, Part::SelectedAside, 4.5),
            (Part::Accent, Part::Selected, 3.0),
            (Part::Dim, Part::Selected, 3.0),
            (Part::Dim, Part::SelectedAside, 3.0),
        ]);
        for (letters, ground, least) in pairs {
            let found = contrast(ink(letters), ink(ground));
            assert!(found >= least, "{name}: {letters:?} on {ground:?} has {found:.2}:1");
        }
        // Where there are sixteen, what would vanish is what is named as its ground is.
        for part in PARTS.iter().map(|described| described.part) {
            let alike = ink(part).named.is_some() && ink(part).named == ink(Part::Ground).named;
            let on_another = matches!(part, Part::Ground | Part::HitText | Part::CurrentHitText);
            assert!(!alike || on_another, "{name}: {part:?}");
        }
    }
}

/// The terminal's own ground is never given colours that are made for another one.
#[test]
fn no_ground_is_guessed() {
    let themes = Themes::default();
    for light in [false, true] {
        let palette = themes.on_screen(AUTO, light);
        assert!(!palette.has_ground());
        assert_eq!(Theme::new(&palette, Depth::True).page, ratatui::style::Style::new());
    }
    assert_ne!(themes.on_screen(AUTO, false), themes.on_screen(AUTO, true));
    for name in themes.names() {
        assert!(!themes.in_print(name).has_ground(), "{name}");
    }
    assert_eq!(Theme::new(themes.palette("sepia").unwrap(), Depth::True).page.bg, Some(Color::Rgb(0xf4, 0xec, 0xd8)));
}

/// The settings with themes of these names and texts beside them.
fn with_themes(settings: &str, themes: &[(&str, &str)]) -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("config.toml");
    fs::write(&file, settings).unwrap();
    fs::create_dir(dir.path().join("themes")).unwrap();
    for (name, text) in themes {
        fs::write(dir.path().join("themes").join(name), text).unwrap();
    }
    (dir, file)
}

#[test]
fn the_reader_has_themes_of_their_own() {
    let mine = "text = \"#112233\"\nhit = [\"#aabbcc\", \"bright-red\"]\nlink = \"cyan\"\ndim = \"default\"\nlike = \"sepia\"\n";
    let themes = [("mine.toml", mine), ("dark.toml", "accent = \"green\"\n"), ("note.txt", "no theme")];
    let (_dir, file) = with_themes("theme = \"mine\"\n", &themes);
    let config = Config::load(&file).unwrap();
    assert_eq!(config.theme, "mine");
    let names: Vec<&str> = config.themes.names().collect();
    assert_eq!(names, ["auto", "dark", "light", "sepia", "high-contrast", "terminal", "plain", "mine"]);
    let palette = config.themes.palette("mine").unwrap();
    assert_eq!(palette.get(Part::Text), Ink { rgb: Some((0x11, 0x22, 0x33)), named: None });
    assert_eq!(palette.get(Part::Hit), Ink { rgb: Some((0xaa, 0xbb, 0xcc)), named: Some(Color::LightRed) });
    assert_eq!(palette.get(Part::Link), Ink { rgb: None, named: Some(Color::Cyan) });
    assert_eq!(palette.get(Part::Dim), Ink::default());
    assert_eq!(palette.get(Part::Heading), Themes::default().palette("sepia").unwrap().get(Part::Heading));
    let dark = config.themes.palette("dark").unwrap();
    assert_eq!((dark.get(Part::Accent).named, dark.get(Part::Text)), (Some(Color::Green), Ink::default()));
}

#[test]
fn what_is_wrong_with_a_theme_is_told_with_its_line() {
    let cases = [
        ("text = \"#112233\"\ntxt = \"#112233\"\n", "2: txt: a theme has no such colour"),
        (
            "\ntext = \"#11223\"\n",
            "2: text: a colour, \"#rrggbb\" or [\"#rrggbb\", \"name\"] is expected, not \"#11223\"",
        ),
        ("text = \"pink\"\n", "1: text: a colour"),
        ("text = [\"red\", \"blue\"]\n", "1: text: a colour"),
        ("text = [\"#112233\", \"#112233\"]\n", "1: text: a colour"),
        ("text = [\"#112233\"]\n", "1: text: a colour"),
        ("text = \"#+12233\"\n", "1: text: a colour"),
        ("text = \"#é1223\"\n", "1: text: a colour"),
        ("text = 1\n", "1: text: a colour"),
        ("like = \"auto\"\n", "1: like: one of \"dark\", "),
        ("text = \"red\"\ntext = \"blue\"\n", "2: duplicate key"),
    ];
    for (text, expected) in cases {
        let (dir, file) = with_themes("", &[("mine.toml", text)]);
        let error = format!("{:#}", Config::load(&file).expect_err(text));
        let place = format!("{}:", dir.path().join("themes").join("mine.toml").display());
        assert!(error.strip_prefix(&place).is_some_and(|error| error.starts_with(expected)), "{error}\n{expected}");
    }
    let (_dir, file) =
        with_themes("theme = \"x\"\n", &[("a.toml", "x = 1\n"), ("auto.toml", ""), ("b.toml", "\ny = 1\n")]);
    let mistakes = Config::mistakes(&file).unwrap();
    assert_eq!(mistakes.len(), 4, "{mistakes:?}");
    assert!(mistakes[0].contains("config.toml:1: theme: one of \"auto\", \"dark\""), "{mistakes:?}");
    assert!(mistakes[2].ends_with("a theme can't be called auto"), "{mistakes:?}");
}

/// What `recto config --theme` prints is a theme that looks the same.
#[test]
fn a_printed_theme_is_the_theme() {
    let mut palette = Palette::default();
    palette.set(Part::Text, Ink { rgb: Some((1, 2, 3)), named: Some(Color::DarkGray) });
    palette.set(Part::Hit, Ink { rgb: None, named: Some(Color::Gray) });
    let (_dir, file) = with_themes("", &[("mine.toml", &printed_theme(&palette))]);
    let read = Config::load(&file).unwrap();
    for part in PARTS {
        assert_eq!(read.themes.palette("mine").unwrap().get(part.part), palette.get(part.part), "{}", part.name);
    }
}

/// The theme under the cursor is what is seen; Esc and `q` bring the one before back, Enter keeps it.
#[test]
fn the_menu_tries_themes() {
    let mut h = Harness::new(&[("a.md", "# A text\n\nIts words.\n")]);
    let before = h.styled();
    for leave in ["<Esc>", "q"] {
        let menu = h.keys("T").styled();
        assert_eq!(h.state().context(), Context::Menu);
        assert_ne!(h.keys("jjj").styled().split("\n\n").last(), menu.split("\n\n").last(), "other colours");
        assert_eq!(h.state().view.theme.name, "sepia");
        assert_eq!(h.keys(leave).styled(), before);
    }
    assert!(!h.saved().iter().any(|save| matches!(save, Save::Theme(_))));
    insta::assert_snapshot!(h.keys("TG").screen());
    h.keys("kk<Enter>");
    assert_eq!(h.state().view.theme.name, "high-contrast");
    assert!(h.saved().contains(&Save::Theme("high-contrast".to_owned())));
    assert!(h.keys("T").screen().contains("* high-contrast"));
}

/// What was chosen holds until the setting is another one: who edits the file means it.
#[test]
fn a_choice_holds_until_the_setting_changes() {
    let mut memory = Memory::in_memory().unwrap();
    assert_eq!(memory.choice("theme", "auto").unwrap(), None);
    let choose = |value: &str, setting: &str, memory: &mut Memory| {
        let text = |text: &str| text.to_owned();
        memory.save_choice(&Choice { name: text("theme"), value: text(value), setting: text(setting) }).unwrap();
    };
    choose("sepia", "auto", &mut memory);
    assert_eq!(memory.choice("theme", "auto").unwrap().as_deref(), Some("sepia"));
    assert_eq!(memory.choice("theme", "light").unwrap(), None);
    choose("plain", "light", &mut memory);
    assert_eq!(memory.choice("theme", "light").unwrap().as_deref(), Some("plain"));
    assert_eq!(memory.choice("theme", "auto").unwrap(), None);
}
