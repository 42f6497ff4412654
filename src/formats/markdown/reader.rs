//! Markdown's events to blocks. Nesting is flattened as blocks are made: a container (quotation, item, footnote) only
//! adds to the nest of the blocks in it. Everything runs in one loop over the events, so depth never costs stack.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::element::Html;
use crate::{
    doc::{Align, Block, Kind, SpanKind},
    formats::{
        build::{Builder, Built},
        formula,
    },
    text,
};

/// Reads a Markdown text.
pub fn read(markdown: &str) -> Built {
    let mut build = Builder::default();
    read_into(markdown, &mut build);
    build.finish()
}

/// Reads a Markdown text into the blocks in the making.
pub fn read_into(markdown: &str, build: &mut Builder) {
    build.flush();
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
    let mut reader = Reader { markdown, build: std::mem::take(build), ..Reader::default() };
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        reader.event(event, range.start);
    }
    *build = reader.build;
    build.flush();
}

/// Whether `[[…]]` is a wiki's link. `[[1]](url)`, and any `[[1]]` where `[1]: url` is defined, are a link in brackets by
/// CommonMark, which comes first.
fn has_wikilinks(markdown: &str) -> bool {
    let defines = |l: &str| l.trim_start().strip_prefix('[').is_some_and(|l| !l.starts_with('^') && l.contains("]:"));
    markdown.contains("[[") && !markdown.contains("]](") && !markdown.lines().any(defines)
}

/// What is open besides the blocks in the making.
#[derive(Debug, Default)]
pub struct Reader<'m> {
    markdown: &'m str,
    pub(super) build: Builder,
    /// The language of the code block that is open.
    code: Option<Option<String>>,
    /// Text that is taken as it stands: code, HTML, metadata.
    raw: Option<String>,
    /// HTML that is open.
    pub(super) html: Html,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, at: usize) {
        if self.is_hidden() && matches!(event, Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.raw {
                Some(raw) => raw.push_str(&text),
                None => self.build.prose.push_text(&text),
            },
            Event::Code(code) => self.build.prose.span(SpanKind::Code, &code),
            Event::InlineMath(math) => self.build.prose.push(&formula::inline(&math, "$")),
            Event::DisplayMath(math) => self.build.prose.push(&formula::inline(&math, "$$")),
            Event::Html(html) => match &mut self.raw {
                Some(raw) => raw.push_str(&html),
                None => self.html_block(&html),
            },
            Event::InlineHtml(html) => self.html_inline(&html),
            Event::FootnoteReference(label) => {
                self.build.prose.span(SpanKind::FootnoteRef(label.to_string()), &format!("[{label}]"));
            }
            Event::SoftBreak => self.build.prose.soft_break(),
            Event::HardBreak => self.build.prose.hard_break(),
            Event::Rule => self.build.rule(),
            Event::TaskListMarker(done) => {
                if let Some(Kind::Item { task, .. }) = &mut self.build.lead {
                    *task = Some(done);
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        if !is_inline(&tag.to_end()) {
            self.end_inline_html();
        }
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::DefinitionList | Tag::DefinitionListTitle => self.build.flush(),
            Tag::BlockQuote(kind) => {
                self.build.enter_quote();
                if let Some(kind) = kind {
                    self.build.prose.span(SpanKind::Strong, alert(kind));
                    self.build.flush();
                }
            }
            Tag::CodeBlock(kind) => {
                self.build.flush();
                self.code = Some(match kind {
                    CodeBlockKind::Fenced(info) => language(&info),
                    CodeBlockKind::Indented => None,
                });
                self.raw = Some(String::new());
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.build.flush();
                self.raw = Some(String::new());
            }
            Tag::List(first) => self.build.enter_list(first),
            Tag::Item => {
                let source = text::tail(self.markdown, at).trim_start_matches(|c: char| c.is_ascii_digit());
                self.build.enter_item(if source.starts_with(')') { ')' } else { '.' });
            }
            Tag::DefinitionListDefinition => {
                self.build.enter_list(None);
                self.build.enter_marked(String::new());
            }
            Tag::FootnoteDefinition(label) => self.build.enter_footnote(&label),
            Tag::Table(align) => {
                self.build.flush();
                self.build.start_table(align.into_iter().map(alignment).collect());
            }
            Tag::TableHead | Tag::TableRow => self.build.start_row(),
            Tag::TableCell => {}
            Tag::Emphasis | Tag::Superscript | Tag::Subscript => self.build.prose.open(SpanKind::Emphasis),
            Tag::Strong => self.build.prose.open(SpanKind::Strong),
            Tag::Strikethrough => self.build.prose.open(SpanKind::Strikethrough),
            Tag::Link { link_type, dest_url, .. } => {
                let mail = link_type == LinkType::Email && !dest_url.starts_with("mailto:");
                let kind = self.build.link(if mail { format!("mailto:{dest_url}") } else { dest_url.to_string() });
                self.build.prose.open(kind);
            }
            Tag::Image { dest_url, .. } => self.build.prose.open(SpanKind::Image(dest_url.to_string())),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if !is_inline(&tag) {
            self.end_inline_html();
        }
        match tag {
            TagEnd::Paragraph => self.build.flush(),
            TagEnd::Heading(level) => self.heading(level as u8),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => self.build.leave(),
            TagEnd::CodeBlock => {
                let text = self.raw.take().unwrap_or_default();
                let language = self.code.take().flatten();
                if !text.is_empty() {
                    self.build.emit(Block::new(Kind::Code { language }, text));
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.raw.take() {
                    self.html_block(&html);
                }
            }
            TagEnd::MetadataBlock(_) => self.raw = None,
            TagEnd::DefinitionList => self.build.flush(),
            TagEnd::DefinitionListTitle => self.build.term(),
            TagEnd::DefinitionListDefinition => {
                self.build.leave();
                self.build.leave();
            }
            TagEnd::Table => self.build.end_table(),
            TagEnd::TableHead => self.build.end_head(),
            TagEnd::TableRow => {}
            TagEnd::TableCell => self.build.cell(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => self.build.prose.close(),
        }
    }

    /// Ends the heading in the making.
    fn heading(&mut self, level: u8) {
        let prose = std::mem::take(&mut self.build.prose);
        let (mut text, mut spans) = self.build.finish_prose(prose);
        let attributes = attributes(&text).map(|(end, id)| (end, id.to_owned()));
        let id = attributes.map(|(end, id)| {
            text.truncate(end);
            spans.retain(|s| s.range.end <= end);
            id
        });
        if let Some(id) = id.filter(|_| !text.is_empty()) {
            self.build.name_next(id);
        }
        self.build.heading_of(level, text, spans);
    }
}

/// Whether it marks text within a paragraph.
fn is_inline(tag: &TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(tag, Emphasis | Strong | Strikethrough | Superscript | Subscript | Link | Image)
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

fn alignment(align: Alignment) -> Option<Align> {
    match align {
        Alignment::None => None,
        Alignment::Left => Some(Align::Left),
        Alignment::Center => Some(Align::Center),
        Alignment::Right => Some(Align::Right),
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
