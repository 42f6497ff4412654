//! The table of keys. To add a key, add a line.

use crate::state::{Action, Chord, Context};

/// An action with the keys that it has unless the config says otherwise.
#[derive(Debug, PartialEq, Eq)]
pub struct Binding {
    /// As the config names it.
    pub name: &'static str,
    /// What it does.
    pub action: Action,
    /// Where it stands in the help.
    pub group: Group,
    /// Where it counts.
    pub contexts: &'static [Context],
    /// Its keys, as [`Chord`] reads them, separated by spaces.
    keys: &'static str,
    /// What it does, for the help.
    pub about: &'static str,
}

/// The groups of the help, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Within a pane.
    Move,
    /// Between panes.
    Panes,
    /// From page to page and document to document.
    ReadOn,
    /// Filter and find.
    Find,
    /// With the document.
    Document,
    /// A part of the text.
    Select,
    /// How it looks.
    View,
    /// The program.
    Program,
}

impl Group {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Group::Move => "move",
            Group::Panes => "panes",
            Group::ReadOn => "read on",
            Group::Find => "find",
            Group::Document => "document",
            Group::Select => "select",
            Group::View => "view",
            Group::Program => "program",
        }
    }
}

impl Binding {
    /// Its keys.
    pub fn chords(&self) -> Vec<Chord> {
        self.keys.split_whitespace().filter_map(|key| key.parse().ok()).collect()
    }

    /// Its keys as written, for the test that every one can be read.
    pub fn written(&self) -> impl Iterator<Item = &'static str> {
        self.keys.split_whitespace()
    }
}

use Context::{
    Contents, Details, Filter, Help, Input, Links, List, Marks, Menu, NewMark, Note, Outside, Saved, Select, Text,
};

const PANES: &[Context] = &[List, Text];
const LIST: &[Context] = &[List];
const TEXT: &[Context] = &[Text];
const SELECT: &[Context] = &[Select];
const ROWS: &[Context] = &[List, Text, Select, Filter, Help, Menu, Saved, Details, Contents, Marks, Note];
const TAKES: &[Context] = &[Filter, Input, Menu, Saved, Contents, Links, Marks, Note, Outside];
const EVERYWHERE: &[Context] =
    &[List, Text, Select, Filter, Input, Help, Menu, Saved, Details, Contents, Links, NewMark, Marks, Note, Outside];
const UNTYPED: &[Context] = &[List, Text, Help, Menu, Saved, Details, Links, Note, Outside];
const MOVES: &[Context] = &[List, Text, Select, Help, Menu, Saved, Details, Links, Note, Outside];

const fn bind(
    group: Group,
    action: Action,
    name: &'static str,
    keys: &'static str,
    contexts: &'static [Context],
    about: &'static str,
) -> Binding {
    Binding { name, action, group, contexts, keys, about }
}

/// Every key of recto.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    bind(Group::Move, Action::Down, "down", "Down j Ctrl-n", ROWS, "one row down; 5j five rows"),
    bind(Group::Move, Action::Up, "up", "Up k Ctrl-p", ROWS, "one row up"),
    bind(Group::Move, Action::PageDown, "page-down", "PageDown Ctrl-f", ROWS, "a page down"),
    bind(Group::Move, Action::PageUp, "page-up", "PageUp Ctrl-b", ROWS, "a page up"),
    bind(Group::Move, Action::HalfDown, "half-down", "d Ctrl-d", MOVES, "half a page down"),
    bind(Group::Move, Action::HalfUp, "half-up", "u Ctrl-u", MOVES, "half a page up"),
    bind(Group::Move, Action::Top, "top", "g Home", MOVES, "to the start (gg works)"),
    bind(Group::Move, Action::Bottom, "bottom", "G End", MOVES, "to the end"),
    bind(Group::Move, Action::Percent, "percent", "%", PANES, "50% goes to the middle"),

    bind(Group::Panes, Action::Read, "read", "Enter l Right", LIST, "to the text, at the hit"),
    bind(Group::Panes, Action::ToList, "to-list", "h Left Backspace", TEXT, "back to the list"),
    bind(Group::Panes, Action::OtherPane, "other-pane", "Tab", PANES, "the other pane"),
    bind(Group::Panes, Action::ToggleList, "toggle-list", "z", PANES, "the text alone, and back"),
    bind(Group::Panes, Action::ListNarrower, "list-narrower", "[", PANES, "less room for the list"),
    bind(Group::Panes, Action::ListWider, "list-wider", "]", PANES, "more room for the list"),
    bind(Group::Panes, Action::SidewaysLeft, "sideways-left", "<", PANES, "wide code and tables: back to the left"),
    bind(Group::Panes, Action::SidewaysRight, "sideways-right", ">", PANES, "wide code and tables: more of the right"),

    bind(Group::ReadOn, Action::ReadOn, "read-on", "Space", UNTYPED, "a page on, then the next document"),
    bind(Group::ReadOn, Action::ReadBack, "read-back", "b", UNTYPED, "a page back"),
    bind(Group::ReadOn, Action::NextDocument, "next-document", "J", PANES, "the next document"),
    bind(Group::ReadOn, Action::PreviousDocument, "previous-document", "K", PANES, "the previous document"),

    bind(Group::Find, Action::Filter, "filter-list", "/", LIST, "type words that narrow the list"),
    bind(Group::Find, Action::Filter, "filter", "\\ F", PANES, "the same, from the text too"),
    bind(Group::Find, Action::Find, "find", "/", &[Text, Help], "find words in the text"),
    bind(Group::Find, Action::NextHit, "next-hit", "n", PANES, "the next hit, on into the next document"),
    bind(Group::Find, Action::PreviousHit, "previous-hit", "N", PANES, "the previous hit"),
    bind(Group::Find, Action::MoreLikeThis, "more-like-this", "D", PANES, "the documents that resemble this one"),
    bind(Group::Find, Action::Conversation, "conversation", "C", PANES, "the conversation of a message"),
    bind(Group::Find, Action::Earlier, "earlier", "Ctrl-r", &[List, Text, Filter], "earlier filters"),
    bind(Group::Find, Action::SaveFilter, "save-filter", "Ctrl-s", &[List, Text, Filter], "give the filter a name"),
    bind(Group::Find, Action::SavedFilters, "saved-filters", "S", PANES, "the filters that have a name"),
    bind(Group::Find, Action::Remove, "remove", "x Delete", &[Saved, Marks], "in a menu of these, or of marks: remove"),
    bind(Group::Find, Action::Complete, "complete", "Tab", &[Filter], "complete a field or its value"),
    bind(Group::Find, Action::CompleteBack, "complete-back", "Shift-Tab", &[Filter], "the candidate before"),
    bind(Group::Find, Action::Accept, "accept", "Enter", TAKES, "take what is typed or chosen"),
    bind(Group::Find, Action::Back, "back", "Esc", EVERYWHERE, "one step back; never quits"),

    bind(Group::Document, Action::Contents, "contents", "t", PANES, "the contents: type a word of a section"),
    bind(Group::Document, Action::FollowLink, "follow-link", "f", TEXT, "numbers the links and notes of the page; type one to follow"),
    bind(Group::Document, Action::Mark, "mark", "m", PANES, "mark the page; mA is found from anywhere"),
    bind(Group::Document, Action::Marks, "marks", "'", PANES, "the marks; 'a goes to a, '' back again"),
    bind(Group::Document, Action::GoBack, "go-back", "H Alt-Left Ctrl-o", PANES, "back to where a leap began"),
    bind(Group::Document, Action::GoForward, "go-forward", "L Alt-Right", PANES, "forward again"),
    bind(Group::Document, Action::CopyText, "copy-text", "y", &[List, Text, Select], "copy the page, or what is selected"),
    bind(Group::Document, Action::CopyPath, "copy-path", "Y", PANES, "copy the path"),
    bind(Group::Document, Action::Original, "original", "o", PANES, "the original in its program"),
    bind(Group::Document, Action::Editor, "editor", "e", PANES, "the file in your editor"),
    bind(Group::Document, Action::Pipe, "pipe", "|", PANES, "the text through a command"),
    bind(Group::Document, Action::WholePage, "whole-page", "W", PANES, "the whole page, or the article alone again"),
    bind(Group::Document, Action::Details, "details", "i", &[List, Text, Details], "what is known of the document"),

    bind(Group::Select, Action::Select, "select", "v", &[List, Text, Select], "select; again, fix where it begins"),
    bind(Group::Select, Action::WordBack, "word-back", "Left h", SELECT, "a word back"),
    bind(Group::Select, Action::WordOn, "word-on", "Right l", SELECT, "a word on"),
    bind(Group::Select, Action::ByWord, "by-word", "w", SELECT, "take a word more"),
    bind(Group::Select, Action::ByWordBack, "by-word-back", "b", SELECT, "take a word less"),
    bind(Group::Select, Action::BySentence, "by-sentence", "s )", SELECT, "take the sentence, then one more"),
    bind(Group::Select, Action::BySentenceBack, "by-sentence-back", "S (", SELECT, "take a sentence less"),
    bind(Group::Select, Action::ByParagraph, "by-paragraph", "p }", SELECT, "take the paragraph, then one more"),
    bind(Group::Select, Action::ByParagraphBack, "by-paragraph-back", "P {", SELECT, "take a paragraph less"),
    bind(Group::Select, Action::OtherEnd, "other-end", "o", SELECT, "move the other end"),
    bind(Group::Select, Action::Quote, "quote", "Y", SELECT, "copy as a quotation that names its source"),

    bind(Group::View, Action::Order, "order", "s", PANES, "the order of the list"),
    bind(Group::View, Action::MeasureNarrower, "measure-narrower", "-", PANES, "narrower text"),
    bind(Group::View, Action::MeasureWider, "measure-wider", "+", PANES, "wider text"),
    bind(Group::View, Action::MeasureUsual, "measure-usual", "=", PANES, "text of the usual width"),
    bind(Group::View, Action::JustifyToggle, "justify", "w", PANES, "justified lines, or ragged ones"),
    bind(Group::View, Action::Images, "images", "I", PANES, "images of documents, or only what they are about"),
    bind(Group::View, Action::Theme, "theme", "T", PANES, "choose a theme"),
    bind(Group::View, Action::Rescan, "rescan", "R", PANES, "look for new and changed files"),
    bind(Group::View, Action::Mouse, "mouse", "M", PANES, "mouse on or off"),

    bind(Group::Program, Action::Help, "help", "? F1", &[List, Text, Select], "these keys"),
    bind(Group::Program, Action::GoTo, "go-to", ":", PANES, "go to a percentage or a section"),
    bind(Group::Program, Action::Quit, "quit", "q", MOVES, "close what is open, else leave"),
    bind(Group::Program, Action::QuitNow, "quit-now", "Ctrl-c", EVERYWHERE, "leave"),
    bind(Group::Program, Action::Suspend, "suspend", "Ctrl-z", EVERYWHERE, "suspend"),
    bind(Group::Program, Action::Redraw, "redraw", "Ctrl-l", EVERYWHERE, "draw the screen again"),
];
