//! The one table of settings. To add a setting, add its entry: what it is for, its name in the file, its field, its
//! default and how it is read and written.

use std::path::PathBuf;

use toml::de::DeValue;

use super::{AUTO, Themes, value};
use crate::{
    picture::Wanted,
    search::Order,
    state::{Chord, MEASURE},
};

/// A setting as the file has it.
pub struct Setting {
    /// Its name in the file.
    pub name: &'static str,
    /// What it is for, a line each.
    pub doc: &'static [&'static str],
    /// Takes its value from the file; says what is wrong with it.
    pub(super) read: fn(&mut Config, &DeValue<'_>) -> Result<(), String>,
    /// Its value as the file writes it.
    pub(super) write: fn(&Config) -> String,
}

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $name:literal => $field:ident: $type:ty = $default:expr, $kind:expr;)+) => {
        /// What the reader has set, and the defaults for the rest.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Config {
            $($(#[doc = $doc])+ pub $field: $type,)+
            /// Actions with the keys that take the place of their usual ones.
            pub keys: Vec<(String, Vec<Chord>)>,
            /// The themes that there are: recto's, and those in the folder `themes` beside the file.
            pub themes: Themes,
        }

        impl Default for Config {
            fn default() -> Config {
                Config { $($field: $default,)+ keys: Vec::new(), themes: Themes::default() }
            }
        }

        /// Every setting, in the order in which they are printed. The keys are not among them.
        pub const SETTINGS: &[Setting] = &[$(Setting {
            name: $name,
            doc: &[$($doc),+],
            read: |config, value| {
                config.$field = ($kind.read)(value)?;
                Ok(())
            },
            write: |config| ($kind.write)(&config.$field),
        }),+];
    };
}

settings! {
    /// What `recto` opens when it is given no path: folders, with all folders
    /// below them, and files. For example ["~/articles", "~/notes/diary.md"].
    "libraries" => libraries: Vec<PathBuf> = Vec::new(), value::PATHS;

    /// The colours: "dark", "light", "sepia", "high-contrast", "terminal" (the
    /// sixteen of the terminal's own palette), "plain" (none), one of your own, or
    /// "auto": dark or light, as the terminal is, on its own ground. `T` shows them.
    /// Your own are files in the folder "themes" beside this one; see
    /// `recto config --theme dark`.
    "theme" => theme: String = AUTO.to_owned(), value::NAME;

    /// The widest line of text, in columns: 20 to 200.
    "measure" => measure: usize = MEASURE, value::MEASURE;

    /// Whether running text is justified, all its lines equally wide; `w` changes it. Words
    /// are parted, in texts whose language is known, where spaces would be wider
    /// than two columns.
    "justify" => justify: bool = false, value::SWITCH;

    /// Whether half a page (`d` and `u`) is scrolled in a few steps that the eye can
    /// follow, within a tenth of a second, or at once.
    "smooth" => smooth: bool = true, value::SWITCH;

    /// The images of documents: "auto", as well as the terminal can; "none", until `I`
    /// asks for them; or in one manner whatever the terminal says: "kitty", "sixel",
    /// "iterm2", "blocks". In tmux they are "blocks", unless this says otherwise.
    "images" => images: Wanted = Wanted::Auto, value::IMAGES;

    /// The order of a list without a filter, the first time that it is opened:
    /// "path", "newest", "oldest", "title", "shortest", "unread", "recently" or
    /// "random".
    "order" => order: Order = Order::Path, value::ORDER;

    /// Whether the same text in several files is one row of the list, which says
    /// how many copies there are. The details name them all.
    "fold-copies" => fold_copies: bool = true, value::SWITCH;

    /// Fields of JSON Lines that hold the text of a row, the best first, in place of
    /// those that recto finds by itself. For example ["abstract", "review.body"].
    "text-fields" => text_fields: Vec<String> = Vec::new(), value::NAMES;

    /// Fields of JSON Lines that hold the title of a row.
    "title-fields" => title_fields: Vec<String> = Vec::new(), value::NAMES;

    /// "ascii" draws everything with signs that every terminal has, "unicode"
    /// with ● ◐ ✓ and their like.
    "symbols" => ascii: bool = false, value::SYMBOLS;

    /// Whether recto puts Arabic and Hebrew in the order in which they are drawn, and
    /// tells the terminal not to. false for terminals that do it themselves whatever
    /// they are told, as Konsole, Terminal on a Mac, and kitty (without `force_ltr`) do.
    "bidi" => bidi: bool = true, value::SWITCH;

    /// Whether the screen is one pane of plain lines, without frames and bars, with
    /// the cursor where something changes: for screen readers. `recto --linear`
    /// does so once.
    "linear" => linear: bool = false, value::SWITCH;

    /// Above so much new text recto asks before it indexes it: "500 MB", "5 GB".
    /// Titles can be searched meanwhile, and `recto index` never asks.
    "ask-above" => ask_above: u64 = 5_000_000_000, value::SIZE;

    /// Whether clicks select, the wheel scrolls and dragging copies text. The
    /// terminal's own selection of text then needs Shift.
    "mouse" => mouse: bool = true, value::SWITCH;
}
