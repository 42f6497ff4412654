//! The text of a document as it comes: the paragraph in the making with the marks on it, and what may be open around it, a list,
//! tables, code that goes on. A format says what a paragraph is when it ends, and calls what it becomes.

use super::{Grid, Listing, Marks, listing};
use crate::{
    doc::{Align, SpanKind},
    formats::build::{Builder, Prose},
};

/// The blocks so far, and what is open.
#[derive(Debug, Default)]
pub struct Flow {
    /// The blocks, and the paragraph in the making.
    pub build: Builder,
    /// The tables that are open.
    pub tables: Grid,
    marks: Marks,
    listing: Listing,
    /// Code that may go on in the next paragraph.
    code: String,
}

impl Flow {
    /// Text with these marks and no others.
    pub fn push(&mut self, marks: &[SpanKind], text: &str) {
        self.marks.set(&mut self.build.prose, marks);
        self.build.prose.push(text);
    }

    /// Something that is no running text, like a picture. It carries no marks.
    pub fn span(&mut self, kind: SpanKind, text: &str) {
        self.unmark();
        self.build.prose.span(kind, text);
    }

    /// The text names the note of this label.
    pub fn refer(&mut self, label: &str) {
        self.span(SpanKind::FootnoteRef(label.to_owned()), &format!("[{label}]"));
    }

    /// Nothing is marked any more.
    pub fn unmark(&mut self) {
        self.marks.end(&mut self.build.prose);
    }

    /// The text of a note begins; who wrote it stands before it, unless that is empty.
    pub fn enter_note(&mut self, label: &str, author: &str) {
        self.build.enter_footnote(label);
        if !author.is_empty() {
            self.build.prose.push(&format!("{author}: "));
        }
    }

    /// The paragraph is a heading. What stands before it is kept if it says something.
    pub fn heading(&mut self, level: u8, marker: &str) {
        self.end_lists();
        listing::unmarked(&mut self.build, &SpanKind::Strong);
        listing::unmarked(&mut self.build, &SpanKind::Underline);
        if marker.contains(char::is_alphanumeric) {
            listing::prefix(&mut self.build, marker);
        }
        self.build.heading(level);
    }

    /// The paragraph is a quotation.
    pub fn quote(&mut self) {
        self.end_lists();
        let prose = std::mem::take(&mut self.build.prose);
        self.build.enter_quote();
        self.build.prose = prose;
        self.build.leave();
    }

    /// The paragraph begins an item of a list at `depth`, with this before it.
    pub fn item(&mut self, depth: usize, marker: String) {
        self.listing.item(&mut self.build, depth, marker);
    }

    /// The paragraph belongs to the item that is open at `depth`.
    pub fn goes_on(&mut self, depth: usize) {
        self.listing.goes_on(&mut self.build, depth);
    }

    /// The paragraph stands in no list.
    pub fn end_lists(&mut self) {
        self.listing.close(&mut self.build);
    }

    /// The paragraph is code, and what comes next may go on with it.
    pub fn code(&mut self) {
        self.end_lists();
        let text = std::mem::take(&mut self.build.prose).text;
        self.code.push_str(&text);
        self.code.push('\n');
    }

    /// Whether the paragraph is without text; then it is dropped, and an empty one of code is an empty line of it.
    pub fn drop_empty(&mut self, code: bool) -> bool {
        let empty = self.build.prose.is_empty();
        if empty {
            self.build.prose = Prose::default();
            if code && !self.code.is_empty() {
                self.code.push('\n');
            }
        }
        empty
    }

    /// Code that was gathered becomes a block.
    pub fn end_code(&mut self) {
        if !self.code.is_empty() {
            let code = std::mem::take(&mut self.code);
            let prose = std::mem::take(&mut self.build.prose);
            self.build.code(None, &code);
            self.build.prose = prose;
        }
    }

    /// A table begins, of so many columns (0 where nobody says); `headed` when its style makes the first row a heading.
    pub fn start_table(&mut self, columns: usize, headed: bool) {
        if columns != 1 && !self.tables.is_inside() {
            self.end_code();
            self.end_lists();
        }
        self.tables.start(&mut self.build, columns, headed);
    }

    /// A paragraph with text ends in a cell; `strong` when all of it is.
    pub fn end_in_cell(&mut self, strong: bool, align: Align) {
        self.tables.paragraph(&mut self.build, strong);
        if align != Align::Left {
            self.tables.align(&mut self.build, align);
        }
    }

    /// A cell ends.
    pub fn end_cell(&mut self) {
        let prose = &mut self.build.prose;
        if self.tables.is_inside() && prose.text.trim().is_empty() && prose.spans.is_empty() {
            *prose = Prose::default();
        }
        self.tables.end_cell(&mut self.build);
    }

    /// Everything that is open ends, after the last paragraph.
    pub fn end(&mut self) {
        self.end_code();
        while self.tables.end(&mut self.build) {}
        self.end_lists();
    }
}
