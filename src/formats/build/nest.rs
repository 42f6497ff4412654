//! Where blocks stand: the containers that are open, and the blocks put into them. Containers bound themselves: one more
//! than the nest can show is counted and leaves no other mark.

use super::{Builder, Output, autolink, cut};
use crate::{
    doc::{Block, Kind, Nest},
    formats::bounds,
    text,
};

/// What encloses blocks.
#[derive(Debug)]
pub enum Container {
    /// A quotation.
    Quote,
    /// A list.
    List(List),
    /// An item of a list.
    Item,
    /// The nest outside of it, to which the text returns.
    Footnote(Vec<Nest>),
}

/// A list that is open.
#[derive(Debug)]
pub struct List {
    /// The number of its next item, if it is numbered.
    next: Option<u64>,
    /// Which block is its first.
    first: usize,
    /// The columns of its widest marker.
    columns: u8,
}

impl Builder {
    /// Appends a block where the text now is.
    pub fn emit(&mut self, mut block: Block) {
        if self.is_full() {
            return;
        }
        self.bytes += block.text.len();
        if !matches!(block.kind, Kind::Item { .. } | Kind::Footnote { .. }) {
            self.flush_lead();
        }
        if block.nest.is_empty() {
            block.nest.clone_from(&self.nest);
        }
        let names = std::mem::take(&mut self.names);
        let output = self.output();
        let at = output.blocks.len();
        output.names.extend(names.into_iter().map(|name| (format!("#{name}"), at)));
        cut::push(&mut output.blocks, block);
    }

    /// Appends a block that another reader made of a part of the text: it stands within what is open here, a heading can be
    /// linked to, and its bare URLs are links.
    pub fn adopt(&mut self, mut block: Block) {
        self.flush();
        self.flush_lead();
        let own = std::mem::replace(&mut block.nest, self.nest.clone());
        block.nest.extend(own);
        block.nest.truncate(bounds::DEPTH);
        if let Kind::Heading { .. } = block.kind {
            let slug = self.slugs.next(&block.text);
            self.names.insert(0, slug);
        }
        if !matches!(block.kind, Kind::Table(_) | Kind::Code { .. }) {
            autolink::link(&block.text, &mut block.spans, &mut self.links);
        }
        self.emit(block);
    }

    /// A quotation begins.
    pub fn enter_quote(&mut self) {
        self.enter(Container::Quote, Some(Nest::Quote));
    }

    /// A list begins, numbered from `first` if it is.
    pub fn enter_list(&mut self, first: Option<u64>) {
        self.flush();
        let at = self.output().blocks.len();
        self.enter(Container::List(List { next: first, first: at, columns: 0 }), None);
    }

    /// The number of the next item of the innermost list, if it is numbered.
    pub fn next_number(&self) -> Option<u64> {
        match self.containers.last() {
            Some(Container::List(list)) => list.next,
            _ => None,
        }
    }

    /// The next item of the innermost list, which is numbered, has this number.
    pub fn number_next(&mut self, number: u64) {
        if let Some(Container::List(List { next: Some(next), .. })) = self.containers.last_mut() {
            *next = number;
        }
    }

    /// An item of the innermost list begins.
    pub fn enter_item(&mut self, delimiter: char) {
        let marker = match self.containers.last_mut() {
            Some(Container::List(List { next: Some(next), .. })) => {
                let marker = format!("{next}{delimiter}");
                *next = next.saturating_add(1);
                marker
            }
            _ => "•".to_owned(),
        };
        self.enter_marked(marker);
    }

    /// An item begins whose marker is this.
    pub fn enter_marked(&mut self, marker: String) {
        let columns = u8::try_from(text::width::width(&marker) + 1).unwrap_or(u8::MAX).max(2);
        if let Some(Container::List(list)) = self.containers.last_mut() {
            list.columns = list.columns.max(columns);
        }
        self.enter(Container::Item, Some(Nest::Item(columns)));
        self.lead = Some(Kind::Item { marker, task: None });
    }

    /// The definition of a footnote begins.
    pub fn enter_footnote(&mut self, label: &str) {
        self.flush();
        self.flush_lead();
        let outside = std::mem::take(&mut self.nest);
        self.nest.push(Nest::Footnote);
        self.containers.push(Container::Footnote(outside));
        self.noted += 1;
        self.lead = Some(Kind::Footnote { label: label.to_owned() });
        self.notes.names.push((format!("fn:{label}"), self.notes.blocks.len()));
    }

    /// The label of a footnote that its page calls `written`. Chapters count their notes from 1 again, and all of a book's
    /// stand together at its end: there a number goes on from the highest.
    pub fn footnote_label(&mut self, written: &str) -> String {
        let mut label = written.to_owned();
        if self.labels.contains(&label) {
            let named = |number: usize| match written.parse::<usize>() {
                Ok(_) => number.to_string(),
                Err(_) => format!("{written}{number}"),
            };
            label = (self.labels.len() + 1..).map(named).find(|label| !self.labels.contains(label)).unwrap_or(label);
        }
        self.labels.insert(label.clone());
        label
    }

    fn enter(&mut self, container: Container, nest: Option<Nest>) {
        self.flush();
        if nest.is_some() {
            // A quotation that opens an item comes after the item's marker.
            self.flush_lead();
        }
        match nest {
            Some(nest) if self.nest.len() < bounds::DEPTH => self.nest.push(nest),
            Some(_) => self.deeper += 1,
            None => {}
        }
        self.containers.push(container);
    }

    /// The innermost container ends.
    pub fn leave(&mut self) {
        self.flush();
        match self.containers.pop() {
            Some(Container::Quote) => self.leave_nest(),
            Some(Container::Item) => {
                self.flush_lead();
                self.leave_nest();
            }
            Some(Container::Footnote(outside)) => {
                self.flush_lead();
                self.noted -= 1;
                self.nest = outside;
            }
            Some(Container::List(list)) => self.align(&list),
            None => {}
        }
    }

    /// The texts of a numbered list's items start in the same column.
    fn align(&mut self, list: &List) {
        let level = self.nest.len();
        if list.next.is_none() || self.deeper > 0 {
            return;
        }
        for block in self.output().blocks.iter_mut().skip(list.first) {
            if let Some(Nest::Item(columns)) = block.nest.get_mut(level) {
                *columns = list.columns;
            }
        }
    }

    /// Where blocks now go: footnotes are gathered at the end.
    fn output(&mut self) -> &mut Output {
        if self.noted > 0 { &mut self.notes } else { &mut self.main }
    }

    fn leave_nest(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.nest.pop();
        }
    }

    /// An item or a footnote that does not begin with a paragraph still shows its marker, if it has one.
    pub fn flush_lead(&mut self) {
        let is_bare = |kind: &Kind| matches!(kind, Kind::Item { marker, task: None } if marker.is_empty());
        if let Some(kind) = self.lead.take().filter(|kind| !is_bare(kind)) {
            self.emit(Block::new(kind, ""));
        }
    }
}
