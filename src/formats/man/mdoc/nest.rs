//! Lists and displays, which stand within one another.

use super::Page;
use crate::formats::man::interpolate;

/// Lists and displays within one another.
const DEPTH: usize = 64;

/// A list that is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum List {
    /// Terms and what they mean.
    Tagged,
    /// The same on one line.
    Inset,
    Bullet,
    Number(usize),
    Plain,
    /// Columns.
    Table,
}

/// A list or a display.
#[derive(Debug)]
pub(super) enum Open {
    List {
        list: List,
        item: bool,
    },
    /// An indented display.
    Display {
        indented: bool,
    },
}

impl Page {
    pub(super) fn list(&mut self, arguments: &[String]) {
        self.paragraph_end();
        if self.open.len() >= DEPTH {
            return;
        }
        let has = |flag: &str| arguments.iter().any(|a| a == flag);
        let list = if has("-bullet") || has("-dash") || has("-hyphen") {
            List::Bullet
        } else if has("-enum") {
            List::Number(0)
        } else if has("-column") {
            List::Table
        } else if has("-item") {
            List::Plain
        } else if has("-inset") || has("-diag") {
            List::Inset
        } else {
            List::Tagged
        };
        if list == List::Table && !self.build.in_table() {
            self.build.start_table(Vec::new());
        }
        self.open.push(Open::List { list, item: false });
    }

    pub(super) fn list_end(&mut self) {
        if !self.open.iter().any(|open| matches!(open, Open::List { .. })) {
            return;
        }
        while let Some(open) = self.open.last() {
            if matches!(open, Open::List { .. }) {
                break;
            }
            self.display_end();
        }
        self.item_end();
        if let Some(Open::List { list: List::Table, .. }) = self.open.pop() {
            self.build.end_cell();
            self.build.end_table();
        }
    }

    /// Ends the item that is open in the innermost list.
    fn item_end(&mut self) {
        self.paragraph_end();
        if let Some(Open::List { item, .. }) = self.open.last_mut()
            && std::mem::take(item)
        {
            self.build.leave();
            self.build.leave();
        }
    }

    pub(super) fn item(&mut self, arguments: &[String]) {
        while matches!(self.open.last(), Some(Open::Display { .. })) {
            self.display_end();
        }
        self.item_end();
        self.inline.reset(&mut self.build);
        let Some(Open::List { list, item }) = self.open.last_mut() else { return self.words(arguments) };
        let marker = match list {
            List::Bullet => "•".to_owned(),
            List::Number(n) => {
                *n += 1;
                format!("{n}.")
            }
            List::Table => {
                self.build.start_row();
                let line = arguments.join(" ");
                for (at, cell) in line.split("\t").flat_map(|c| c.split(" Ta ")).enumerate() {
                    if at > 0 {
                        self.inline.reset(&mut self.build);
                        self.build.cell();
                    }
                    let words = interpolate::arguments(cell.trim_start_matches("Ta "));
                    self.words(&words);
                }
                return;
            }
            List::Plain => String::new(),
            List::Tagged | List::Inset => {
                let inset = *list == List::Inset;
                *item = !inset;
                self.term = !inset;
                self.words(arguments);
                self.term = false;
                self.inline.end(&mut self.build);
                if !inset {
                    self.build.flush();
                    self.build.enter_list(None);
                    self.build.enter_marked(String::new());
                }
                return;
            }
        };
        *item = true;
        self.build.enter_list(None);
        self.build.enter_marked(marker);
    }

    pub(super) fn display(&mut self, arguments: &[String]) {
        self.paragraph_end();
        let has = |flag: &str| arguments.iter().any(|a| a == flag);
        let indented = has("-offset") && self.open.len() < DEPTH;
        if indented {
            self.build.enter_list(None);
            self.build.enter_marked(String::new());
        }
        if has("-literal") || has("-unfilled") {
            self.kept = Some(has("-literal"));
        }
        self.open.push(Open::Display { indented });
    }

    pub(super) fn display_end(&mut self) {
        if !matches!(self.open.last(), Some(Open::Display { .. })) {
            return;
        }
        self.paragraph_end();
        self.kept = None;
        if let Some(Open::Display { indented: true }) = self.open.pop() {
            self.build.leave();
            self.build.leave();
        }
    }
}
