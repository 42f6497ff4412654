//! Groups, one in the other: what one holds for itself, which its end undoes, and the text that it gathers.

use super::destination::Destination;
use crate::formats::{bounds, office::Run};

/// The groups that are open.
#[derive(Debug)]
pub struct Groups {
    /// The innermost.
    pub now: Group,
    /// Those around it, outermost first.
    outer: Vec<Group>,
    /// Groups deeper than are kept.
    deeper: usize,
    /// Text that goes elsewhere than into the document.
    pub aside: String,
}

/// What a group holds for itself.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Where its text goes.
    pub to: Destination,
    /// What its text is.
    pub run: Run,
    /// The number of its font.
    pub font: i32,
    /// How many characters after `\u` stand in for it.
    pub unicode: usize,
    /// Its text was deleted.
    pub deleted: bool,
    /// Its text is a link.
    pub link: Option<usize>,
    /// `\*` was the first in it.
    pub starred: bool,
}

/// Groups are not kept any deeper.
const DEEP: usize = 4 * bounds::DEPTH;

impl Groups {
    /// None is open; what stands in none is of this font.
    pub fn new(font: i32) -> Groups {
        let now = Group { unicode: 1, font, ..Group::default() };
        Groups { now, outer: Vec::new(), deeper: 0, aside: String::new() }
    }

    /// A group begins. It has what the one around it has.
    pub fn open(&mut self) {
        if self.outer.len() < DEEP {
            self.outer.push(self.now.clone());
            self.now.starred = false;
        } else {
            self.deeper += 1;
        }
    }

    /// A group ends: the one that did, unless none was open, or it was too deep to be kept.
    pub fn close(&mut self) -> Option<Group> {
        if self.deeper > 0 {
            self.deeper -= 1;
            return None;
        }
        let group = self.outer.pop()?;
        Some(std::mem::replace(&mut self.now, group))
    }

    /// Whether there are any.
    pub fn are_open(&self) -> bool {
        !self.outer.is_empty()
    }

    /// Where the text of the innermost group goes that is not skipped.
    pub fn around(&self) -> Destination {
        let around = self.outer.iter().rev().map(|group| group.to);
        around.into_iter().find(|to| *to != Destination::Skip).unwrap_or_default()
    }

    /// Text that goes elsewhere than into the document.
    pub fn gather(&mut self, text: &str) {
        if self.aside.len() < bounds::LINE {
            self.aside.push_str(text);
        }
    }
}

impl Group {
    /// Its text has no looks any more, and is of this font.
    pub fn plain(&mut self, font: i32) {
        (self.run, self.font, self.deleted) = (Run::default(), font, false);
    }

    /// A control word about the looks of its text.
    pub fn look(&mut self, word: &str, value: Option<i32>) {
        let on = value != Some(0);
        let run = &mut self.run;
        match word {
            "b" => run.bold = Some(on),
            "i" => run.italic = Some(on),
            "strike" | "striked" => run.strike = Some(on),
            "ul" | "uld" | "uldb" | "ulw" | "uldash" | "ulth" | "ulwave" => run.underline = Some(on),
            "ulnone" => run.underline = Some(false),
            "v" => run.hidden = Some(on),
            "super" => run.raised = Some(on),
            "up" => run.raised = Some(value.unwrap_or(6) > 0),
            "sub" | "dn" | "nosupersub" => run.raised = Some(false),
            "deleted" => self.deleted = on,
            "f" => self.font = value.unwrap_or(0),
            "uc" => self.unicode = usize::try_from(value.unwrap_or(1)).unwrap_or(1).min(16),
            _ => {}
        }
    }
}
