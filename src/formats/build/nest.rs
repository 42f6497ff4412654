//! Where blocks stand: the containers that are open, and the blocks put into them. Containers bound themselves: one more
//! than the nest can show is counted and leaves no other mark.

use super::{Builder, autolink};
use crate::{
    doc::{Block, Kind, Nest},
    formats::bounds,
    text,
};

/// What encloses blocks.
#[derive(Debug)]
enum Container {
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
struct List {
    /// The number of its next item, if it is numbered.
    next: Option<u64>,
    /// Which block is its first.
    first: usize,
    /// The columns of its widest marker.
    columns: u8,
}

/// The containers that are open.
#[derive(Debug, Default)]
pub struct Nesting {
    containers: Vec<Container>,
    /// What they add to the nest of a block.
    pub nest: Vec<Nest>,
    /// Containers deeper than the nest shows.
    deeper: usize,
}

impl Nesting {
    /// Whether a container is open.
    pub fn is_open(&self) -> bool {
        !self.containers.is_empty()
    }

    fn enter(&mut self, container: Container, nest: Option<Nest>) {
        match nest {
            Some(nest) if self.nest.len() < bounds::DEPTH => self.nest.push(nest),
            Some(_) => self.deeper += 1,
            None => {}
        }
        self.containers.push(container);
    }

    fn leave(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.nest.pop();
        }
    }
}

impl Builder {
    /// Appends a block where the text now is.
    pub fn emit(&mut self, mut block: Block) {
        if self.is_full() {
            return;
        }
        if !matches!(block.kind, Kind::Item { .. } | Kind::Footnote { .. }) {
            self.flush_lead();
        }
        if block.nest.is_empty() {
            block.nest.clone_from(&self.nesting.nest);
        }
        self.output.push(block, std::mem::take(&mut self.names));
    }

    /// Appends a block that another reader made of a part of the text: it stands within what is open here, a heading can be
    /// linked to, and its bare URLs are links.
    pub fn adopt(&mut self, mut block: Block) {
        self.flush();
        self.flush_lead();
        let own = std::mem::replace(&mut block.nest, self.nesting.nest.clone());
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
        let at = self.output.part().blocks.len();
        self.enter(Container::List(List { next: first, first: at, columns: 0 }), None);
    }

    /// The number of the next item of the innermost list, if it is numbered.
    pub fn next_number(&self) -> Option<u64> {
        match self.nesting.containers.last() {
            Some(Container::List(list)) => list.next,
            _ => None,
        }
    }

    /// The next item of the innermost list, which is numbered, has this number.
    pub fn number_next(&mut self, number: u64) {
        if let Some(Container::List(List { next: Some(next), .. })) = self.nesting.containers.last_mut() {
            *next = number;
        }
    }

    /// An item of the innermost list begins.
    pub fn enter_item(&mut self, delimiter: char) {
        let marker = match self.nesting.containers.last_mut() {
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
        if let Some(Container::List(list)) = self.nesting.containers.last_mut() {
            list.columns = list.columns.max(columns);
        }
        self.enter(Container::Item, Some(Nest::Item(columns)));
        self.lead = Some(Kind::Item { marker, task: None });
    }

    /// The definition of a footnote begins.
    pub fn enter_footnote(&mut self, label: &str) {
        self.flush();
        self.flush_lead();
        let outside = std::mem::replace(&mut self.nesting.nest, vec![Nest::Footnote]);
        self.nesting.containers.push(Container::Footnote(outside));
        self.lead = Some(Kind::Footnote { label: label.to_owned() });
        self.output.enter_note(label);
    }

    /// The label of a footnote that its page calls `written`: another one when a note has that already.
    pub fn footnote_label(&mut self, written: &str) -> String {
        self.output.label(written)
    }

    fn enter(&mut self, container: Container, nest: Option<Nest>) {
        self.flush();
        if nest.is_some() {
            // A quotation that opens an item comes after the item's marker.
            self.flush_lead();
        }
        self.nesting.enter(container, nest);
    }

    /// The innermost container ends.
    pub fn leave(&mut self) {
        self.flush();
        match self.nesting.containers.pop() {
            Some(Container::Quote) => self.nesting.leave(),
            Some(Container::Item) => {
                self.flush_lead();
                self.nesting.leave();
            }
            Some(Container::Footnote(outside)) => {
                self.flush_lead();
                self.output.noted -= 1;
                self.nesting.nest = outside;
            }
            Some(Container::List(list)) => self.align(&list),
            None => {}
        }
    }

    /// The texts of a numbered list's items start in the same column.
    fn align(&mut self, list: &List) {
        let level = self.nesting.nest.len();
        if list.next.is_none() || self.nesting.deeper > 0 {
            return;
        }
        for block in self.output.part().blocks.iter_mut().skip(list.first) {
            if let Some(Nest::Item(columns)) = block.nest.get_mut(level) {
                *columns = list.columns;
            }
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
