//! What the reader has chosen about the looks. It comes from the config and is changed by keys.

/// The usual measure: 45 to 75 characters make a comfortable line (Bringhurst, The Elements of Typographic Style, 2.1.2).
pub const MEASURE: usize = 72;

/// The looks.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Widest line of text, in columns.
    pub measure: usize,
    /// Columns that the list has more or less than usual.
    pub list_delta: isize,
    /// The text has the screen to itself while it has the focus.
    pub list_hidden: bool,
    /// There is one document and no list.
    pub single: bool,
    /// It is what another program printed: lines begin at the left edge, and those that are too long go on below.
    pub pager: bool,
    /// The lines of running text are equally wide.
    pub justify: bool,
    /// Columns that wide code and tables are moved to the left.
    pub sideways: usize,
    /// Which colours, by the name of the theme.
    pub theme: String,
    /// The names of all themes.
    pub themes: Vec<String>,
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
}

impl Default for View {
    fn default() -> View {
        View {
            measure: MEASURE,
            list_delta: 0,
            list_hidden: false,
            single: false,
            pager: false,
            justify: false,
            sideways: 0,
            theme: "auto".to_owned(),
            themes: Vec::new(),
            ascii: false,
            bidi: true,
            linear: false,
            mouse: false,
            fold_copies: true,
        }
    }
}
