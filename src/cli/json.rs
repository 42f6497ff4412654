//! The JSON that the commands print. A key that was released is never renamed; what is unknown is null.

use std::{borrow::Cow, ops::Range, sync::Arc};

use serde::{Serialize, Serializer, ser::SerializeStruct as _};

use crate::{
    doc::{Anchor, Block, BlockId, Document, Kind, Nest, SpanKind},
    library, text,
    ui::minutes,
};

/// A row of the list.
#[derive(Serialize)]
pub(super) struct Row<'r> {
    path: Cow<'r, str>,
    entry: Option<&'r str>,
    title: &'r str,
    author: Option<&'r str>,
    date: Option<String>,
    words: Option<u64>,
    minutes: Option<u64>,
    format: &'r str,
}

/// A row of `recto list`.
#[derive(Serialize)]
pub(super) struct Listed<'r> {
    #[serde(flatten)]
    pub row: Row<'r>,
    pub error: Option<&'r str>,
}

/// A row of `recto search`.
#[derive(Serialize)]
pub(super) struct Found<'r> {
    #[serde(flatten)]
    pub row: Row<'r>,
    /// BM25: comparable within one answer only.
    pub score: f32,
    /// How often the query's words stand in the text.
    pub hits: Option<usize>,
    /// The best passage.
    pub snippet: Option<&'r str>,
}

impl<'r> From<&'r library::Row> for Row<'r> {
    fn from(row: &'r library::Row) -> Row<'r> {
        Row {
            path: row.path.to_string_lossy(),
            entry: row.entry.as_deref(),
            title: &row.title,
            author: row.author.as_deref(),
            date: row.date.map(|date| date.to_string()),
            words: (row.error.is_none() || row.words > 0).then_some(row.words),
            minutes: (row.words > 0).then(|| minutes(row.words)),
            format: &row.format,
        }
    }
}

/// A document, its blocks one at a time, so that a large one is never held as a whole.
pub(super) struct Whole<'d>(pub &'d Document);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Whole(document) = self;
        let meta = &document.meta;
        let mut object = serializer.serialize_struct("Document", 5)?;
        object.serialize_field(
            "meta",
            &Meta {
                title: meta.title.as_deref(),
                author: meta.author.as_deref(),
                date: meta.date.map(|date| date.to_string()),
                language: meta.language.as_deref(),
                tags: &meta.tags,
            },
        )?;
        object.serialize_field("blocks", &Blocks(document))?;
        let heading = |item: &'_ crate::doc::OutlineItem| Heading {
            level: item.level,
            title: item.title.clone(),
            anchor: Place::from(item.anchor),
        };
        object.serialize_field("outline", &document.outline.iter().map(heading).collect::<Vec<_>>())?;
        let links: Vec<_> = document.links.iter().map(|link| Link { target: &link.target }).collect();
        object.serialize_field("links", &links)?;
        object.serialize_field("warnings", &document.warnings)?;
        object.end()
    }
}

#[derive(Serialize)]
struct Meta<'d> {
    title: Option<&'d str>,
    author: Option<&'d str>,
    date: Option<String>,
    language: Option<&'d str>,
    tags: &'d [String],
}

#[derive(Serialize)]
struct Heading {
    level: u8,
    title: String,
    anchor: Place,
}

#[derive(Serialize)]
struct Place {
    block: u64,
    byte: usize,
}

impl From<Anchor> for Place {
    fn from(anchor: Anchor) -> Place {
        Place { block: anchor.block.0, byte: anchor.byte }
    }
}

#[derive(Serialize)]
struct Link<'d> {
    target: &'d str,
}

struct Blocks<'d>(&'d Document);

impl Serialize for Blocks<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.blocks().map(|(id, block)| Numbered(id, block)))
    }
}

struct Numbered(BlockId, Arc<Block>);

impl Serialize for Numbered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Numbered(id, block) = self;
        let shown = BlockObject {
            id: id.0,
            kind: BlockKind::of(block),
            text: &block.text,
            spans: block.spans.iter().map(|span| SpanObject::new(&span.range, &span.kind)).collect(),
            nest: block.nest.iter().map(NestObject::from).collect(),
            continues: block.continues,
        };
        shown.serialize(serializer)
    }
}

#[derive(Serialize)]
struct BlockObject<'d> {
    id: u64,
    #[serde(flatten)]
    kind: BlockKind<'d>,
    text: &'d str,
    spans: Vec<SpanObject<'d>>,
    nest: Vec<NestObject>,
    continues: bool,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum BlockKind<'d> {
    Paragraph,
    Heading { level: u8 },
    Item { marker: &'d str, task: Option<bool> },
    Code { language: Option<&'d str> },
    Preformatted,
    Table { header: usize, rows: Vec<Vec<&'d str>> },
    Rule,
    Image { source: &'d str },
    Footnote { label: &'d str },
}

impl<'d> BlockKind<'d> {
    fn of(block: &'d Block) -> BlockKind<'d> {
        match &block.kind {
            Kind::Paragraph => BlockKind::Paragraph,
            Kind::Heading { level } => BlockKind::Heading { level: *level },
            Kind::Item { marker, task } => BlockKind::Item { marker, task: *task },
            Kind::Code { language } => BlockKind::Code { language: language.as_deref() },
            Kind::Preformatted => BlockKind::Preformatted,
            Kind::Table(table) => {
                let cells =
                    |row: &Vec<Range<usize>>| row.iter().map(|cell| text::slice(&block.text, cell.clone())).collect();
                BlockKind::Table { header: table.header, rows: table.rows.iter().map(cells).collect() }
            }
            Kind::Rule => BlockKind::Rule,
            Kind::Image { source } => BlockKind::Image { source },
            Kind::Footnote { label } => BlockKind::Footnote { label },
        }
    }
}

#[derive(Serialize)]
struct SpanObject<'d> {
    start: usize,
    end: usize,
    kind: &'static str,
    /// Into the document's links.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<usize>,
    /// Of a footnote.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'d str>,
    /// Of an image.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'d str>,
}

impl<'d> SpanObject<'d> {
    fn new(range: &Range<usize>, kind: &'d SpanKind) -> SpanObject<'d> {
        let plain =
            |kind| SpanObject { start: range.start, end: range.end, kind, link: None, label: None, source: None };
        match kind {
            SpanKind::Emphasis => plain("emphasis"),
            SpanKind::Strong => plain("strong"),
            SpanKind::Code => plain("code"),
            SpanKind::Strikethrough => plain("strikethrough"),
            SpanKind::Underline => plain("underline"),
            SpanKind::Link(link) => SpanObject { link: Some(*link), ..plain("link") },
            SpanKind::FootnoteRef(label) => SpanObject { label: Some(label), ..plain("footnote") },
            SpanKind::Image(source) => SpanObject { source: Some(source), ..plain("image") },
            SpanKind::Colored { .. } => plain("colored"),
            SpanKind::Dim => plain("dim"),
            SpanKind::Reversed => plain("reversed"),
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum NestObject {
    Quote,
    Item { indent: u8 },
    Footnote,
}

impl From<&Nest> for NestObject {
    fn from(nest: &Nest) -> NestObject {
        match nest {
            Nest::Quote => NestObject::Quote,
            Nest::Item(indent) => NestObject::Item { indent: *indent },
            Nest::Footnote => NestObject::Footnote,
        }
    }
}
