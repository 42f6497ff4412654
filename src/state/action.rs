//! What a person can ask for. A key becomes an action through `keymap`; nothing else of a key reaches the state.

/// One thing that a key does. The texts that explain them stand in `keymap::BINDINGS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// One row or line up.
    Up,
    /// One row or line down.
    Down,
    /// Half a page up.
    HalfUp,
    /// Half a page down.
    HalfDown,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first row or line.
    Top,
    /// To the last row or line.
    Bottom,
    /// To the percentage typed before it.
    Percent,
    /// To the text, at the hit when a filter stands.
    Read,
    /// To the list.
    ToList,
    /// To the other pane.
    OtherPane,
    /// Hide or show the list.
    ToggleList,
    /// Give the list less room.
    ListNarrower,
    /// Give the list more room.
    ListWider,
    /// Move wide code and tables to see more of their left.
    SidewaysLeft,
    /// Move wide code and tables to see more of their right.
    SidewaysRight,
    /// A page of the text on, then the next document.
    ReadOn,
    /// A page of the text back.
    ReadBack,
    /// The next document of the list.
    NextDocument,
    /// The previous document of the list.
    PreviousDocument,
    /// Type words that narrow the list.
    Filter,
    /// Find words in the text.
    Find,
    /// The next hit, on into the next document.
    NextHit,
    /// The previous hit.
    PreviousHit,
    /// The documents that resemble this one.
    MoreLikeThis,
    /// The messages of the conversation that this one is part of.
    Conversation,
    /// Choose the order of the list.
    Order,
    /// Narrower text.
    MeasureNarrower,
    /// Wider text.
    MeasureWider,
    /// The usual width of the text.
    MeasureUsual,
    /// Lines that are equally wide, or not.
    JustifyToggle,
    /// Show the images of documents, or leave them out.
    Images,
    /// The sections of the document.
    Contents,
    /// Follow a link of the page.
    FollowLink,
    /// Back to where the last leap began.
    GoBack,
    /// Forward again.
    GoForward,
    /// What is known of the document.
    Details,
    /// Give the page a letter.
    Mark,
    /// The marks; go to one.
    Marks,
    /// Begin a selection, or fix where it begins.
    Select,
    /// In a selection: a word on.
    WordOn,
    /// In a selection: a word back.
    WordBack,
    /// In a selection: take a word more.
    ByWord,
    /// In a selection: take a word less.
    ByWordBack,
    /// In a selection: take the sentence, or one more.
    BySentence,
    /// In a selection: take a sentence less.
    BySentenceBack,
    /// In a selection: take the paragraph, or one more.
    ByParagraph,
    /// In a selection: take a paragraph less.
    ByParagraphBack,
    /// In a selection: move its other end.
    OtherEnd,
    /// Copy the selection as a quotation that names its source.
    Quote,
    /// Copy what the text shows, or what is selected.
    CopyText,
    /// Copy the path.
    CopyPath,
    /// Open the original in its program.
    Original,
    /// Open the file in the editor.
    Editor,
    /// Give the document's text to a command.
    Pipe,
    /// All of the page that the document is the main part of, or that part again.
    WholePage,
    /// Choose a theme.
    Theme,
    /// Look for new and changed files.
    Rescan,
    /// Mouse on or off.
    Mouse,
    /// The keys.
    Help,
    /// Go to a percentage or a section.
    GoTo,
    /// One step back.
    Back,
    /// Close the topmost overlay, else leave recto.
    Quit,
    /// Leave recto.
    QuitNow,
    /// Suspend recto, as the shell's job control does.
    Suspend,
    /// Draw the whole screen again.
    Redraw,
    /// In an input line or a menu: take it.
    Accept,
    /// An earlier filter in the line.
    Earlier,
    /// Give the filter a name.
    SaveFilter,
    /// Choose one of the filters that have a name.
    SavedFilters,
    /// In the menu of those: take one away.
    Remove,
    /// Complete the field or the value that is typed, or go to the next candidate.
    Complete,
    /// Go to the candidate before.
    CompleteBack,
}

impl Action {
    /// Whether it is about the document that is open: then it waits for one that is on its way.
    pub fn needs_document(self, context: Context) -> bool {
        use Action as A;
        match self {
            A::Up | A::Down | A::HalfUp | A::HalfDown | A::PageUp | A::PageDown | A::Top | A::Bottom | A::Percent => {
                context == Context::Text
            }
            A::ReadOn
            | A::ReadBack
            | A::Find
            | A::NextHit
            | A::PreviousHit
            | A::MoreLikeThis
            | A::Conversation
            | A::Details
            | A::Contents
            | A::FollowLink
            | A::GoBack
            | A::GoForward
            | A::CopyText
            | A::Select
            | A::Mark
            | A::CopyPath
            | A::Original
            | A::WholePage
            | A::Editor
            | A::Pipe => matches!(context, Context::List | Context::Text),
            _ => false,
        }
    }
}

/// Where a key was pressed: the topmost overlay, else the focused pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// The list has the focus.
    List,
    /// The text has the focus.
    Text,
    /// A part of the text is being selected.
    Select,
    /// The filter line is being typed into; the list stands below it.
    Filter,
    /// Another input line: find, go to, pipe.
    Input,
    /// A menu is open.
    Menu,
    /// The menu of the saved filters is open.
    Saved,
    /// The help overlay: a filter line over a list of keys.
    Help,
    /// The details overlay.
    Details,
    /// The contents: a line that is typed into over the sections.
    Contents,
    /// The links of the page have numbers, and one is being typed.
    Links,
    /// A footnote is shown.
    Note,
    /// The letter of a new mark is waited for.
    NewMark,
    /// The marks are shown, and the letter of one is waited for.
    Marks,
    /// It is asked whether a link that leads out is opened.
    Outside,
}
