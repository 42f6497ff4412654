//! The walk over the tree of a page, by parent and sibling, never by recursion: depth costs no stack. What an element does
//! when it begins is in `element`; what it leaves to be done at its end is kept here.

use std::collections::HashSet;

use dom_query::{NodeData, NodeId, NodeRef};

use super::{Place, marks::Marks, notes::Notes, pre::Pre, table::Grid};
use crate::formats::{build::Builder, formula};

/// What is open while a page is read.
pub struct Walk<'w> {
    pub build: &'w mut Builder,
    pub place: &'w dyn Place,
    /// Elements that are left out.
    pub left_out: &'w HashSet<NodeId>,
    pub marks: Marks,
    pub notes: Notes,
    /// The heading that is open: its blocks are spaces.
    pub heading: bool,
    /// Preformatted text that is open.
    pub pre: Option<Pre>,
    /// The tables that are open, `None` for one that only lays out.
    pub tables: Vec<Option<Grid>>,
    /// Elements around whose line ends count (`white-space: pre-wrap`).
    pub keep_lines: usize,
    /// Boxes (notes, warnings) that are open.
    pub boxes: usize,
    /// Quotation marks that are open.
    pub quotes: usize,
    /// How words are read that were written in ruby.
    pub ruby: String,
}

/// What the end of an element does.
#[derive(Debug, PartialEq)]
pub enum End {
    Nothing,
    /// A paragraph ends.
    Block,
    Heading(u8),
    /// So many containers end.
    Containers(usize),
    /// So many marks end.
    Marks(usize),
    Term,
    /// A note or a warning.
    Box,
    /// An item of a list.
    Item,
    Pre,
    Table,
    Row,
    Head,
    /// A cell, and how many marks end with it.
    Cell(usize),
    Quote,
    Ruby,
    KeepLines,
    Note,
    /// The lines of a verse.
    Line,
}

/// Whether the inside of an element is walked.
pub enum Step {
    /// It is, and this is done at the end.
    Into(End),
    /// It is not.
    Over,
}

/// Reads all that is inside `root` but what is left out.
pub fn walk(root: NodeRef<'_>, left_out: &HashSet<NodeId>, build: &mut Builder, place: &dyn Place) {
    build.flush();
    let notes = Notes::of(&root, build, place);
    let mut walk = Walk {
        build,
        place,
        left_out,
        notes,
        marks: Marks::default(),
        heading: false,
        pre: None,
        tables: Vec::new(),
        keep_lines: 0,
        boxes: 0,
        quotes: 0,
        ruby: String::new(),
    };
    walk.through(root);
}

impl Walk<'_> {
    fn through(&mut self, root: NodeRef<'_>) {
        let mut ends: Vec<End> = Vec::new();
        let mut next = root.first_child();
        while let Some(node) = next {
            if self.build.is_full() {
                break;
            }
            let step = self.node(&node);
            if let Step::Into(end) = step {
                if let Some(child) = node.first_child() {
                    ends.push(end);
                    next = Some(child);
                    continue;
                }
                self.end(end);
            }
            let mut at = node;
            next = loop {
                if let Some(sibling) = at.next_sibling() {
                    break Some(sibling);
                }
                let Some(parent) = at.parent().filter(|parent| parent.id != root.id) else { break None };
                if let Some(end) = ends.pop() {
                    self.end(end);
                }
                at = parent;
            };
        }
        for end in ends.into_iter().rev() {
            self.end(end);
        }
        self.flush();
    }

    fn node(&mut self, node: &NodeRef<'_>) -> Step {
        if let Some(element) = node.element_ref() {
            return self.element(node, &element);
        }
        node.query(|node| {
            if let NodeData::Text { contents } = &node.data {
                self.text(contents);
            }
        });
        Step::Over
    }

    /// Ends the paragraph in the making; within a heading or a cell, where there are none, the word.
    pub fn flush(&mut self) {
        if let Some(pre) = &mut self.pre {
            return pre.end_line();
        }
        if self.heading || self.build.in_table() {
            return self.build.prose.space();
        }
        self.end_marks();
        self.build.flush();
    }

    /// Text of the page.
    pub fn text(&mut self, text: &str) {
        if let Some(pre) = &mut self.pre {
            return pre.push(text);
        }
        let Some(text) = self.notes.without_label(text) else { return };
        if text.bytes().all(|b| b.is_ascii_whitespace()) && self.keep_lines == 0 {
            return self.build.prose.push_collapsed(text);
        }
        if self.keep_lines > 0 && !self.heading && !self.build.in_table() {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.line_break();
                }
                self.words(line);
            }
            return;
        }
        self.words(text);
    }

    fn words(&mut self, text: &str) {
        let words = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let (before, words) = text.split_at(text.len() - words.len());
        self.build.prose.push_collapsed(before);
        if !words.is_empty() {
            self.begin_marks();
            let words = if self.marks.in_code() { words.into() } else { formula::within(words) };
            self.build.prose.push_collapsed(&words);
        }
    }

    /// `<br>`. Two of them end a paragraph.
    pub fn line_break(&mut self) {
        if let Some(pre) = &mut self.pre {
            return pre.push("\n");
        }
        if self.heading || self.build.in_table() {
            return self.build.prose.space();
        }
        if self.build.prose.text.trim_end_matches(' ').ends_with('\n') {
            return self.flush();
        }
        if !self.build.prose.text.trim().is_empty() {
            self.build.prose.hard_break();
        }
    }
}
