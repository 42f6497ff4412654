//! Blocks in the making: what every format with markup shares. A format calls [`Builder`] as it meets headings, items,
//! cells and text; nesting is flattened as blocks are made, running text is gathered with its spans, long blocks are cut,
//! footnotes go to the end, bare URLs become links.
//!
//! Everything is driven by calls, one after the other, so depth never costs stack; and calls that don't match (an item
//! without a list, an end too many) make a document all the same. Invariant: the blocks that come out are no more text than
//! [`bounds::TEXT`].

mod autolink;
mod cells;
mod cut;
mod image;
mod nest;
mod numeric;
mod output;
mod prose;
mod slug;
mod table;

use std::{collections::HashMap, sync::Arc};

use super::{bounds, title};
use crate::doc::{Anchor, Block, Document, Kind, Link, Meta, Nest, Span, SpanKind};
use nest::Nesting;
use output::Output;
pub use prose::Prose;
use slug::Slugs;
use table::Rows;

/// The blocks so far and what is open.
#[derive(Debug, Default)]
pub struct Builder {
    /// The text of the block in the making.
    pub prose: Prose,
    /// What the next paragraph is, being the first of an item or a footnote.
    pub lead: Option<Kind>,
    output: Output,
    nesting: Nesting,
    table: Option<Rows>,
    /// Names of the place where the next block will stand.
    names: Vec<String>,
    slugs: Slugs,
    links: Vec<Link>,
    /// What was left out.
    warnings: Vec<String>,
}

/// What was built.
#[derive(Debug, Default)]
pub struct Built {
    /// The blocks, footnotes last.
    pub blocks: Vec<Block>,
    /// The links.
    pub links: Vec<Link>,
    /// Where fragments (`#name`) and footnote references (`fn:label`) lead.
    pub targets: HashMap<String, Anchor>,
    /// What was left out.
    pub warnings: Vec<String>,
}

impl Builder {
    /// Ends the paragraph in the making.
    pub fn flush(&mut self) {
        if self.table.is_some() {
            return;
        }
        let prose = std::mem::take(&mut self.prose);
        if prose.is_empty() {
            return;
        }
        let (text, spans) = self.finish_prose(prose);
        if text.is_empty() && spans.is_empty() {
            return;
        }
        let block = image::alone(Block { text, spans, ..Block::default() });
        match self.lead.take() {
            Some(kind) => self.emit(Block { kind, ..block }),
            None => self.emit(block),
        }
    }

    /// Ends the heading in the making, which is of this level, from 1 to 6.
    pub fn heading(&mut self, level: u8) {
        let prose = std::mem::take(&mut self.prose);
        let (text, spans) = self.finish_prose(prose);
        self.heading_of(level, text, spans);
    }

    /// A heading.
    pub fn heading_of(&mut self, level: u8, text: String, spans: Vec<Span>) {
        if text.is_empty() {
            return;
        }
        let slug = self.slugs.next(&text);
        self.names.insert(0, slug);
        self.emit(Block { kind: Kind::Heading { level: level.clamp(1, 6) }, text, spans, ..Block::default() });
    }

    /// A thematic break.
    pub fn rule(&mut self) {
        self.flush();
        self.emit(Block::new(Kind::Rule, ""));
    }

    /// Code. Empty code is nothing.
    pub fn code(&mut self, language: Option<String>, text: &str) {
        self.lines(Kind::Code { language }, text);
    }

    /// Text whose lines are kept.
    pub fn preformatted(&mut self, text: &str) {
        self.lines(Kind::Preformatted, text);
    }

    /// Ends the text in the making as a block whose lines, and the spaces that they begin with, are kept.
    pub fn kept(&mut self, kind: Kind) {
        let (mut text, spans) = std::mem::take(&mut self.prose).finish_lines();
        if text.is_empty() {
            return;
        }
        let code = |s: &Span| s.kind == SpanKind::Code && s.range == (0..text.len());
        let block = if spans.len() == 1 && spans.iter().all(code) {
            Block::new(Kind::Code { language: None }, "")
        } else {
            Block { kind, spans, ..Block::default() }
        };
        text.push('\n');
        self.emit(Block { text, ..block });
    }

    /// The text of the block that was made last.
    pub fn last_text(&self) -> Option<String> {
        self.output.main.blocks.last().map(|block| block.text.clone())
    }

    fn lines(&mut self, kind: Kind, text: &str) {
        self.flush();
        let text = text.trim_end().trim_start_matches(['\n', '\r']);
        if !text.is_empty() {
            self.emit(Block::new(kind, format!("{text}\n")));
        }
    }

    /// Everything in the making becomes strong: the term of a definition.
    pub fn term(&mut self) {
        if !self.prose.is_empty() {
            self.prose.enclose(SpanKind::Strong);
        }
        self.flush();
    }

    /// A link's span.
    pub fn link(&mut self, target: String) -> SpanKind {
        self.links.push(Link { target });
        SpanKind::Link(self.links.len() - 1)
    }

    /// `#name` will lead to the next block.
    pub fn name_next(&mut self, name: String) {
        self.names.push(name);
    }

    /// Ends running text: its spans closed, its bare URLs links.
    pub fn finish_prose(&mut self, prose: Prose) -> (String, Vec<Span>) {
        let (text, mut spans) = prose.finish();
        autolink::link(&text, &mut spans, &mut self.links);
        (text, spans)
    }

    /// Says once what was left out.
    pub fn warn(&mut self, warning: String) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// How many blocks there are so far, footnotes included.
    pub fn blocks(&self) -> usize {
        self.output.main.blocks.len() + self.output.notes.blocks.len()
    }

    /// Whether there is text already, in a block or in the making.
    pub fn has_text(&self) -> bool {
        self.output.bytes > 0 || !self.prose.is_empty()
    }

    /// Whether as much was taken in as a document may hold: what comes now is left out.
    pub fn is_full(&self) -> bool {
        self.output.bytes + self.table.as_ref().map_or(0, Rows::bytes) >= bounds::TEXT
    }

    /// Ends everything that is open.
    pub fn finish(mut self) -> Built {
        self.end_table();
        self.flush();
        while self.nesting.is_open() {
            self.leave();
        }
        self.flush_lead();
        if self.is_full() {
            self.warn(format!("only the first {} are shown", bounds::megabytes(bounds::TEXT)));
        }
        let (blocks, targets) = self.output.finish();
        Built { blocks, links: self.links, targets, warnings: self.warnings }
    }
}

impl Built {
    /// The document. What `meta` leaves open is guessed from the first blocks.
    pub fn document(self, meta: Meta) -> Document {
        let mut document = self.document_as(Meta::default());
        let first: Vec<_> = document.blocks().map(|(_, block)| block).take(title::BLOCKS).collect();
        let guess = title::guess(&first);
        document.meta = Meta {
            title: meta.title.or(guess.title),
            author: meta.author.or(guess.author),
            date: meta.date.or(guess.date),
            ..meta
        };
        document
    }

    /// The document of a presentation, whose headings may only count the slides: what `meta` does not say is guessed, the
    /// title from the texts of the slides.
    pub fn document_of_slides(self, meta: Meta) -> Document {
        let shown = |block: &&Block| !matches!(block.kind, Kind::Heading { .. }) && !block.nest.contains(&Nest::Quote);
        let texts: Vec<_> = self.blocks.iter().filter(shown).take(title::BLOCKS).cloned().map(Arc::new).collect();
        let title = meta.title.clone().or_else(|| title::guess(&texts).title);
        let mut document = self.document(meta);
        document.meta.title = title;
        document
    }

    /// The document, of which nothing is guessed: it says about itself what there is to say.
    pub fn document_as(self, meta: Meta) -> Document {
        let mut document = Document::held(meta, self.blocks);
        document.links = self.links;
        document.targets = self.targets;
        document.warnings = self.warnings;
        document
    }
}

/// White space that collapses to single spaces, none at the ends: a title, a name, a caption in an attribute.
pub fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
