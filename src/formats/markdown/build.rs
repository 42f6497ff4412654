//! Markdown's events to blocks. Nesting is flattened as blocks are made: a container (quotation, item, footnote) only
//! adds to the nest of the blocks in it. Everything runs in one loop over the events, so depth never costs stack.

use std::collections::HashMap;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{autolink, element::Html, image, nest::Container, prose::Prose, slug::Slugs, table::Rows};
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
    pub(super) markdown: &'m str,
    pub(super) main: Output,
    pub(super) notes: Output,
    /// Footnotes that are open.
    pub(super) noted: usize,
    pub(super) links: Vec<Link>,
    pub(super) slugs: Slugs,
    pub(super) containers: Vec<Container>,
    pub(super) nest: Vec<Nest>,
    /// Containers beyond `MAX_NEST`.
    pub(super) deeper: usize,
    /// What the next paragraph is, being the first of an item or a footnote.
    pub(super) lead: Option<Kind>,
    /// Names of the place where the next block will stand.
    pub(super) names: Vec<String>,
    /// The text of the block in the making.
    pub(super) prose: Prose,
    pub(super) code: Option<Option<String>>,
    pub(super) raw: Option<String>,
    pub(super) table: Option<Rows>,
    /// HTML that is open.
    pub(super) html: Html,
}

/// Blocks in order, and the names of places among them.
#[derive(Debug, Default)]
pub struct Output {
    pub(super) blocks: Vec<Block>,
    pub(super) names: Vec<(String, usize)>,
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
                None => self.prose.push_text(&text),
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
        let block = image::alone(Block { text, spans, ..Block::default() });
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

    /// Ends running text: its spans closed, its bare URLs links.
    pub fn finish_prose(&mut self, prose: Prose) -> (String, Vec<Span>) {
        let (text, mut spans) = prose.finish();
        autolink::link(&text, &mut spans, &mut self.links);
        (text, spans)
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
