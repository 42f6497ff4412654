//! What the reader has chosen about the looks. It comes from the config and is changed by keys.

use crate::picture::Screen;

/// The usual measure: 45 to 75 characters make a comfortable line (Bringhurst, The Elements of Typographic Style, 2.1.2).
pub const MEASURE: usize = 72;

/// The looks.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Widest line of text, in columns.
    pub measure: usize,
    /// The room of the list.
    pub list: ListRoom,
    /// There is one document and no list.
    pub single: bool,
    /// It is what another program printed: lines begin at the left edge, and those that are too long go on below.
    pub pager: bool,
    /// The lines of running text are equally wide.
    pub justify: bool,
    /// Half a page is scrolled in steps.
    pub smooth: bool,
    /// Columns that wide code and tables are moved to the left.
    pub sideways: usize,
    /// The colours.
    pub theme: ThemeChoice,
    /// Draw nothing but ASCII where the choice is ours.
    pub ascii: bool,
    /// Whether what is read from the right is put in order by us, and not by the terminal.
    pub bidi: bool,
    /// For who listens to the screen: one pane, no lines and signs that are read out for nothing, and the cursor of the
    /// terminal where something changes.
    pub linear: bool,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// Whether the same text in several files is one row of the list.
    pub fold_copies: bool,
    /// The images of documents.
    pub images: Images,
    /// How the terminal shows them.
    pub screen: Screen,
}

/// Whether images are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Images {
    /// The terminal has no colours.
    #[default]
    Never,
    /// The reader does without them.
    Hidden,
    /// They are.
    Shown,
}

/// The room of the list beside the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListRoom {
    /// Columns that it has more or less than usual.
    pub delta: isize,
    /// The text has the screen to itself while it has the focus.
    pub hidden: bool,
}

/// Which colours, of which there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeChoice {
    /// The name of the theme.
    pub name: String,
    /// The names of all.
    pub all: Vec<String>,
}

impl Default for View {
    fn default() -> View {
        View {
            measure: MEASURE,
            list: ListRoom::default(),
            single: false,
            pager: false,
            justify: false,
            smooth: false,
            sideways: 0,
            theme: ThemeChoice { name: "auto".to_owned(), all: Vec::new() },
            ascii: false,
            bidi: true,
            linear: false,
            mouse: false,
            fold_copies: true,
            images: Images::default(),
            screen: Screen::BLOCKS,
        }
    }
}
