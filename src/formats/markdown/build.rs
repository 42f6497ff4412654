//! Markdown's events to blocks. Nesting is flattened as blocks are made: a container (quotation, item, footnote) only
//! adds to the nest of the blocks in it. Everything runs in one loop over the events, so depth never costs stack.

use std::collections::HashMap;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{autolink, cut, element::Html, prose::Prose, slug::Slugs, table::Rows};
use crate::{
    doc::{Align, Anchor, Block, BlockId, Kind, Link, Nest, Span, SpanKind},
    text,
};

/// What a Markdown text became.
#[derive(Debug, Default)]
pub struct Built {
    /// Its blocks, footnotes last.
    pub blocks: Vec<Block>,
    /// Its links.
    pub links: Vec<Link>,
    /// Where fragments and footnote references lead.
    pub targets: HashMap<String, Anchor>,
}

/// Containers deeper than this leave no mark on the nest: no screen shows them.
const MAX_NEST: usize = 256;

/// Reads a Markdown text.
pub fn build(markdown: &str) -> Built {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    if has_wikilinks(markdown) {
        options |= Options::ENABLE_WIKILINKS;
    }
    let mut builder = Builder { markdown, ..Builder::default() };
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        builder.event(event, range.start);
    }
    builder.finish()
}

/// Whether `[[…]]` is a wiki's link. `[[1]](url)`, and any `[[1]]` where `[1]: url` is defined, are a link in brackets by
/// CommonMark, which comes first.
fn has_wikilinks(markdown: &str) -> bool {
    let defines = |l: &str| l.trim_start().strip_prefix('[').is_some_and(|l| !l.starts_with('^') && l.contains("]:"));
    markdown.contains("[[") && !markdown.contains("]](") && !markdown.lines().any(defines)
}

/// The blocks so far and what is open.
#[derive(Debug, Default)]
pub struct Builder<'m> {
    markdown: &'m str,
    main: Output,
    notes: Output,
    /// Footnotes that are open.
    noted: usize,
    links: Vec<Link>,
    slugs: Slugs,
    containers: Vec<Container>,
    nest: Vec<Nest>,
    /// Containers beyond [`MAX_NEST`].
    deeper: usize,
    /// What the next paragraph is, being the first of an item or a footnote.
    lead: Option<Kind>,
    /// Names of the place where the next block will stand.
    names: Vec<String>,
    /// The text of the block in the making.
    pub prose: Prose,
    code: Option<Option<String>>,
    raw: Option<String>,
    table: Option<Rows>,
    /// HTML that is open.
    pub html: Html,
}

/// Blocks in order, and the names of places among them.
#[derive(Debug, Default)]
struct Output {
    blocks: Vec<Block>,
    names: Vec<(String, usize)>,
}

/// What encloses blocks.
#[derive(Debug)]
enum Container {
    Quote,
    List {
        next: Option<u64>,
    },
    Item,
    /// The nest outside of it, to which the text returns.
    Footnote(Vec<Nest>),
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, at: usize) {
        if self.is_hidden() && matches!(event, Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.raw {
                Some(raw) => raw.push_str(&text),
                None => self.prose.push(&text),
            },
            Event::Code(code) => self.prose.span(SpanKind::Code, &code),
            Event::InlineMath(math) => self.prose.push(&format!("${math}$")),
            Event::DisplayMath(math) => self.prose.push(&format!("$${math}$$")),
            Event::Html(html) => match &mut self.raw {
                Some(raw) => raw.push_str(&html),
                None => self.html_block(&html),
            },
            Event::InlineHtml(html) => self.html_inline(&html),
            Event::FootnoteReference(label) => {
                self.prose.span(SpanKind::FootnoteRef(label.to_string()), &format!("[{label}]"));
            }
            Event::SoftBreak => self.prose.soft_break(),
            Event::HardBreak => self.prose.hard_break(),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => {
                if let Some(Kind::Item { task, .. }) = &mut self.lead {
                    *task = Some(done);
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::DefinitionList | Tag::DefinitionListTitle => self.flush(),
            Tag::BlockQuote(kind) => {
                self.enter_quote();
                if let Some(kind) = kind {
                    self.prose.span(SpanKind::Strong, alert(kind));
                    self.flush();
                }
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.code = Some(match kind {
                    CodeBlockKind::Fenced(info) => language(&info),
                    CodeBlockKind::Indented => None,
                });
                self.raw = Some(String::new());
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.flush();
                self.raw = Some(String::new());
            }
            Tag::List(first) => self.enter_list(first),
            Tag::Item => {
                let source = text::tail(self.markdown, at).trim_start_matches(|c: char| c.is_ascii_digit());
                self.enter_item(if source.starts_with(')') { ')' } else { '.' });
            }
            Tag::DefinitionListDefinition => {
                self.enter_list(None);
                self.enter_marked(String::new());
            }
            Tag::FootnoteDefinition(label) => self.enter_footnote(&label),
            Tag::Table(align) => {
                self.flush();
                self.start_table(align.into_iter().map(alignment).collect());
            }
            Tag::TableHead | Tag::TableRow => self.start_row(),
            Tag::TableCell => {}
            Tag::Emphasis | Tag::Superscript | Tag::Subscript => self.prose.open(SpanKind::Emphasis),
            Tag::Strong => self.prose.open(SpanKind::Strong),
            Tag::Strikethrough => self.prose.open(SpanKind::Strikethrough),
            Tag::Link { link_type, dest_url, .. } => {
                let mail = link_type == LinkType::Email && !dest_url.starts_with("mailto:");
                let kind = self.link(if mail { format!("mailto:{dest_url}") } else { dest_url.to_string() });
                self.prose.open(kind);
            }
            Tag::Image { dest_url, .. } => self.prose.open(SpanKind::Image(dest_url.to_string())),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::Heading(level) => self.heading(level as u8),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => self.leave(),
            TagEnd::CodeBlock => {
                let text = self.raw.take().unwrap_or_default();
                let language = self.code.take().flatten();
                if !text.is_empty() {
                    self.emit(Block::new(Kind::Code { language }, text));
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.raw.take() {
                    self.html_block(&html);
                }
            }
            TagEnd::MetadataBlock(_) => self.raw = None,
            TagEnd::DefinitionList => self.flush(),
            TagEnd::DefinitionListTitle => {
                if !self.prose.is_empty() {
                    let all = 0..self.prose.text.len();
                    self.prose.spans.insert(0, Span { range: all, kind: SpanKind::Strong });
                }
                self.flush();
            }
            TagEnd::DefinitionListDefinition => {
                self.leave();
                self.leave();
            }
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => {}
            TagEnd::TableCell => self.cell(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => self.prose.close(),
        }
    }

    /// Ends the paragraph in the making.
    pub fn flush(&mut self) {
        self.end_inline_html();
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
        let block = images(Block { text, spans, ..Block::default() });
        match self.lead.take() {
            Some(kind) => self.emit(Block { kind, ..block }),
            None => self.emit(block),
        }
    }

    /// Ends the heading in the making.
    pub fn heading(&mut self, level: u8) {
        self.end_inline_html();
        let prose = std::mem::take(&mut self.prose);
        let (mut text, mut spans) = self.finish_prose(prose);
        let attributes = attributes(&text).map(|(end, id)| (end, id.to_owned()));
        let id = attributes.map(|(end, id)| {
            text.truncate(end);
            spans.retain(|s| s.range.end <= end);
            id
        });
        if text.is_empty() {
            return;
        }
        let slug = self.slugs.next(&text);
        self.names.extend([Some(slug), id].into_iter().flatten());
        self.emit(Block { kind: Kind::Heading { level }, text, spans, ..Block::default() });
    }

    /// A thematic break.
    pub fn rule(&mut self) {
        self.flush();
        self.emit(Block::new(Kind::Rule, ""));
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

    /// A quotation begins.
    pub fn enter_quote(&mut self) {
        self.enter(Container::Quote, Some(Nest::Quote));
    }

    /// A list begins, numbered from `first` if it is.
    pub fn enter_list(&mut self, first: Option<u64>) {
        self.enter(Container::List { next: first }, None);
    }

    /// An item of the innermost list begins.
    pub fn enter_item(&mut self, delimiter: char) {
        let marker = match self.containers.last_mut() {
            Some(Container::List { next: Some(next) }) => {
                let marker = format!("{next}{delimiter}");
                *next = next.saturating_add(1);
                marker
            }
            _ => "•".to_owned(),
        };
        self.enter_marked(marker);
    }

    fn enter_marked(&mut self, marker: String) {
        let columns = u8::try_from(text::width::width(&marker) + 1).unwrap_or(u8::MAX).max(2);
        self.enter(Container::Item, Some(Nest::Item(columns)));
        self.lead = Some(Kind::Item { marker, task: None });
    }

    fn enter_footnote(&mut self, label: &str) {
        self.flush();
        self.flush_lead();
        let outside = std::mem::take(&mut self.nest);
        self.nest.push(Nest::Footnote);
        self.containers.push(Container::Footnote(outside));
        self.noted += 1;
        self.lead = Some(Kind::Footnote { label: label.to_owned() });
        self.notes.names.push((format!("fn:{label}"), self.notes.blocks.len()));
    }

    fn enter(&mut self, container: Container, nest: Option<Nest>) {
        self.flush();
        if nest.is_some() {
            // A quotation that opens an item comes after the item's marker.
            self.flush_lead();
        }
        match nest {
            Some(nest) if self.nest.len() < MAX_NEST => self.nest.push(nest),
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
            Some(Container::List { .. }) | None => {}
        }
    }

    fn leave_nest(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.nest.pop();
        }
    }

    /// An item or a footnote that does not begin with a paragraph still shows its marker.
    fn flush_lead(&mut self) {
        if let Some(kind) = self.lead.take() {
            self.emit(Block::new(kind, ""));
        }
    }

    /// Whether a table is open.
    pub fn in_table(&self) -> bool {
        self.table.is_some()
    }

    /// A table begins.
    pub fn start_table(&mut self, align: Vec<Align>) {
        self.flush_lead();
        self.table = Some(Rows::new(align));
    }

    /// A row begins.
    pub fn start_row(&mut self) {
        self.end_cell();
        if let Some(table) = &mut self.table {
            table.row();
        }
    }

    /// A cell of HTML begins. Without its `<table>`, which a blank line cut off, cells are paragraphs.
    pub fn start_cell(&mut self) {
        self.end_cell();
    }

    /// Ends a cell of HTML, if one is open.
    pub fn end_cell(&mut self) {
        if self.table.is_none() {
            self.flush();
        } else if !self.prose.is_empty() {
            self.cell();
        }
    }

    /// The heading rows end.
    pub fn end_head(&mut self) {
        self.end_cell();
        if let Some(table) = &mut self.table {
            table.header();
        }
    }

    fn cell(&mut self) {
        self.end_inline_html();
        let prose = std::mem::take(&mut self.prose);
        let (text, spans) = self.finish_prose(prose);
        if let Some(table) = &mut self.table {
            table.cell(text, spans);
        }
    }

    /// The table ends.
    pub fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let mut blocks = Vec::new();
        table.blocks(&self.nest, &mut blocks);
        for block in blocks {
            self.emit(block);
        }
    }

    fn finish_prose(&mut self, prose: Prose) -> (String, Vec<Span>) {
        let (text, mut spans) = prose.finish();
        autolink::link(&text, &mut spans, &mut self.links);
        (text, spans)
    }

    /// Appends a block where the text now is.
    pub fn emit(&mut self, mut block: Block) {
        if !matches!(block.kind, Kind::Item { .. } | Kind::Footnote { .. }) {
            self.flush_lead();
        }
        if block.nest.is_empty() {
            block.nest.clone_from(&self.nest);
        }
        let output = if self.noted > 0 { &mut self.notes } else { &mut self.main };
        let at = output.blocks.len();
        output.names.extend(self.names.drain(..).map(|name| (format!("#{name}"), at)));
        cut::push(&mut output.blocks, block);
    }

    fn finish(mut self) -> Built {
        self.flush();
        let first_note = self.main.blocks.len();
        let mut targets = HashMap::new();
        let named = self.main.names.into_iter().chain(self.notes.names.into_iter().map(|(n, at)| (n, at + first_note)));
        for (name, at) in named {
            targets.entry(name).or_insert(Anchor { block: BlockId(at as u64), byte: 0 });
        }
        self.main.blocks.append(&mut self.notes.blocks);
        Built { blocks: self.main.blocks, links: self.links, targets }
    }
}

/// A paragraph of nothing but images: one stands alone, several (the badges of a README) are a line of their names.
fn images(mut block: Block) -> Block {
    let is_image = |s: &&Span| matches!(s.kind, SpanKind::Image(_));
    let (mut count, mut rest) = (0usize, 0);
    for span in block.spans.iter().filter(is_image) {
        if span.range.start < rest {
            continue;
        }
        count += 1;
        let between = text::slice(&block.text, rest..span.range.start);
        if between.contains(|c: char| !c.is_whitespace()) {
            return block;
        }
        rest = span.range.end.max(rest);
    }
    if count == 0 || !text::tail(&block.text, rest).trim().is_empty() {
        return block;
    }
    if count == 1 {
        if let Some(Span { kind: SpanKind::Image(source), .. }) = block.spans.iter().find(is_image) {
            block.kind = Kind::Image { source: source.clone() };
        }
        return block;
    }
    badges(block)
}

/// The names of several images, with a sign between them.
fn badges(block: Block) -> Block {
    let mut out = Block { text: String::new(), spans: Vec::new(), ..block };
    let mut link: Option<&Span> = None;
    let mut rest = 0;
    for span in &block.spans {
        match span.kind {
            SpanKind::Link(_) => link = Some(span),
            SpanKind::Image(_) if !span.range.is_empty() && span.range.start >= rest => {
                rest = span.range.end;
                if !out.text.is_empty() {
                    out.text.push_str(" · ");
                }
                let at = out.text.len();
                out.text.push_str(text::slice(&block.text, span.range.clone()));
                let range = at..out.text.len();
                if let Some(link) = link.filter(|l| l.range.start <= span.range.start && span.range.end <= l.range.end)
                {
                    out.spans.push(Span { range: range.clone(), kind: link.kind.clone() });
                }
                out.spans.push(Span { range, kind: span.kind.clone() });
            }
            _ => {}
        }
    }
    out
}

/// `Heading {#id .class}`: where the text ends, and the id. Braces that hold no `#id` are text.
fn attributes(text: &str) -> Option<(usize, &str)> {
    let (before, inner) = text.strip_suffix('}')?.rsplit_once('{')?;
    let id = inner.trim().strip_prefix('#')?.split_whitespace().next()?;
    (before.ends_with(' ') || before.is_empty()).then(|| (before.trim_end().len(), id))
}

/// The language in the info string of a code block: `rust,ignore`, `{.python .numberLines}`, `{r setup}`.
fn language(info: &str) -> Option<String> {
    let first = info.trim_start_matches(['{', '.', ' ']).split([' ', ',', '}', '\t', ':', '{']).next()?;
    (!first.is_empty()).then(|| first.to_owned())
}

fn alignment(align: Alignment) -> Align {
    match align {
        Alignment::None | Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    }
}
