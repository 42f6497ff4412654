//! Destinations: where the text of a group goes, and the control words that say so. An unknown one that says so itself (`\*`) is
//! skipped with all that is in it.

use super::{reader::Reader, token::Tokens};

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Destination {
    /// Into the document.
    #[default]
    Text,
    /// Nowhere.
    Skip,
    /// Into the table of fonts.
    Fonts,
    /// Into the table of styles.
    Styles,
    /// Into a property of the document.
    Info(Property),
    /// Into the instruction of a field.
    Instruction,
    /// Before an item of a list.
    Marker,
    /// Into the name of a place.
    Bookmark,
    /// Into the name of who wrote the next comment.
    Commenter,
    /// A picture, of which what was written about it counts.
    Picture,
    /// The name of a property of a drawing, and its value.
    PropertyName,
    /// See there.
    PropertyValue,
}

/// A property of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// Its title.
    Title,
    /// Who wrote it.
    Author,
    /// Keywords.
    Keywords,
    /// When it was made.
    Created,
    /// Another one.
    Other,
}

impl Destination {
    /// Whether text is not kept.
    pub fn is_dropped(self) -> bool {
        matches!(self, Destination::Skip | Destination::Picture)
    }

    /// Whether it is a table with entries.
    pub fn is_table(self) -> bool {
        matches!(self, Destination::Fonts | Destination::Styles)
    }
}

impl Reader<'_> {
    /// Words that say where the text of their group goes. `false` when it is none of them.
    pub(super) fn destination(&mut self, word: &str, tokens: &Tokens<'_>) -> bool {
        let within = self.groups.now.to;
        let to = match word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "info" => Destination::Info(Property::Other),
            "title" if matches!(within, Destination::Info(_)) => Destination::Info(Property::Title),
            "author" if matches!(within, Destination::Info(_)) => Destination::Info(Property::Author),
            "keywords" if matches!(within, Destination::Info(_)) => Destination::Info(Property::Keywords),
            "creatim" => Destination::Info(Property::Created),
            "subject" | "operator" | "company" | "doccomm" | "comment" | "manager" | "category" | "revtim"
            | "printim" | "buptim" | "hlinkbase"
                if matches!(within, Destination::Info(_)) =>
            {
                Destination::Skip
            }
            "fldinst" => Destination::Instruction,
            "listtext" | "pntext" => Destination::Marker,
            "bkmkstart" => Destination::Bookmark,
            "atnauthor" => Destination::Commenter,
            "pict" => Destination::Picture,
            "sn" => Destination::PropertyName,
            "sv" => Destination::PropertyValue,
            "falt" | "panose" | "fontemb" | "colortbl" | "header" | "headerl" | "headerr" | "headerf" | "footer"
            | "footerl" | "footerr" | "footerf" | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc"
            | "aftncn" | "xe" | "tc" | "tcn" | "nonshppict" | "shprslt" | "objdata" | "objclass" | "atnid"
            | "atnref" | "atntime" | "atndate" | "atnparent" | "nonesttables" | "bkmkend" | "template" | "pntxta"
            | "pntxtb" | "filetbl" | "revtbl" | "upr" | "fldtype" | "datafield" | "background" | "formfield" => {
                Destination::Skip
            }
            // These are known, and their text is the document's.
            "shppict" | "shpinst" | "picprop" | "sp" | "do" | "result" | "shp" | "field" => {
                self.groups.now.starred = false;
                return true;
            }
            // What older readers have in place of it is skipped: it goes to where that would go.
            "ud" => self.groups.around(),
            "fldrslt" => {
                self.groups.now.starred = false;
                self.groups.now.link = self.link.take().or(self.groups.now.link);
                return true;
            }
            "footnote" | "annotation" => {
                self.note(word, tokens);
                return true;
            }
            "shptxt" | "dptxbxtext" => {
                if within == Destination::Text {
                    self.boxes.find(tokens);
                }
                Destination::Skip
            }
            _ => return false,
        };
        self.groups.now.starred = false;
        // What is skipped stays so, but for the Unicode that stands in it for older readers.
        if within != Destination::Skip || word == "ud" {
            if to != Destination::Skip && to != within {
                self.groups.aside.clear();
            }
            self.groups.now.to = to;
        }
        true
    }
}
