//! The one table of what a theme can colour. To add something, add its entry: what it is, its name in a theme's file,
//! its name here. Reading, the printed files and their tests come from it.

use std::collections::BTreeMap;

use super::Ink;
use crate::doc::Token;

/// Something that has a colour, as the file has it.
#[derive(Debug, PartialEq, Eq)]
pub struct Described {
    /// Its name in the file.
    pub name: &'static str,
    /// What it is, a line each.
    pub doc: &'static [&'static str],
    /// Its name here.
    pub part: Part,
}

macro_rules! parts {
    ($($(#[doc = $doc:literal])+ $name:literal => $part:ident;)+) => {
        /// Something that has a colour.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Part {
            $($(#[doc = $doc])+ $part,)+
        }

        /// All that has a colour, in the order in which it is printed.
        pub const PARTS: &[Described] = &[$(Described { name: $name, doc: &[$($doc),+], part: Part::$part }),+];
    };
}

parts! {
    /// What everything stands on.
    "ground" => Ground;
    /// Running text.
    "text" => Text;
    /// What may be overlooked: dates, borders, what keys do. Faint when it is the
    /// terminal's own.
    "dim" => Dim;
    /// What is meant to be seen: keys, the cursor, the focus. Else bold.
    "accent" => Accent;
    /// Headings, which are bold as well.
    "heading" => Heading;
    /// Code without colours of its own.
    "code" => Code;
    /// Links, which are underlined as well.
    "link" => Link;
    /// Quotations.
    "quote" => Quote;
    /// What failed. Else in reverse.
    "failure" => Failure;
    /// What the selected row stands on while its pane has the focus. Else it is in
    /// reverse.
    "selected" => Selected;
    /// The same while it has not. Else it is bold.
    "selected-aside" => SelectedAside;
    /// What a hit stands on. Else it is in reverse; it is underlined as well.
    "hit" => Hit;
    /// The letters of a hit.
    "hit-text" => HitText;
    /// What the hit stands on that `n` counts from.
    "current-hit" => CurrentHit;
    /// Its letters.
    "current-hit-text" => CurrentHitText;
    /// The words of programs: those that belong to the language. Else bold.
    "code-keyword" => Keyword;
    /// Strings of letters.
    "code-string" => String;
    /// Numbers.
    "code-number" => Number;
    /// Named values that never change.
    "code-constant" => Constant;
    /// What is written for those who read the program. Else faint.
    "code-comment" => Comment;
    /// Functions.
    "code-function" => Function;
    /// Types.
    "code-type" => Type;
    /// Attributes and the like.
    "code-attribute" => Attribute;
    /// Headings within markup. Else bold.
    "code-heading" => CodeHeading;
    /// Lines that a change adds.
    "code-added" => Added;
    /// Lines that a change takes away.
    "code-removed" => Removed;
}

impl From<Token> for Part {
    fn from(token: Token) -> Part {
        match token {
            Token::Keyword => Part::Keyword,
            Token::String => Part::String,
            Token::Number => Part::Number,
            Token::Constant => Part::Constant,
            Token::Comment => Part::Comment,
            Token::Function => Part::Function,
            Token::Type => Part::Type,
            Token::Attribute => Part::Attribute,
            Token::Heading => Part::CodeHeading,
            Token::Added => Part::Added,
            Token::Removed => Part::Removed,
        }
    }
}

/// The colours of a theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette(BTreeMap<Part, Ink>);

impl Palette {
    /// The colour of a part; the terminal's own when none was given.
    pub fn get(&self, part: Part) -> Ink {
        self.0.get(&part).copied().unwrap_or_default()
    }

    /// Gives a part a colour.
    pub fn set(&mut self, part: Part, ink: Ink) {
        self.0.insert(part, ink);
    }

    /// Whether it says what everything stands on.
    pub fn has_ground(&self) -> bool {
        self.get(Part::Ground) != Ink::default()
    }

    /// The same on the terminal's own ground, which has to be as dark or as light.
    pub fn without_ground(mut self) -> Palette {
        self.0.remove(&Part::Ground);
        self.0.remove(&Part::Text);
        self
    }
}
