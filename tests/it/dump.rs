//! A document as readable text, for the expected files of `tests/cases`. A line names the kind, nest and flags of a block;
//! its text follows, indented, with its marks in braces: `{em plainly}`.

use recto::doc::{Block, Color, Document, Kind, Nest, SpanKind};

/// Everything a format made of a file.
pub fn dump(document: &Document) -> String {
    let mut out = String::new();
    let meta = &document.meta;
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            out.push_str(&format!("{name}: {value}\n"));
        }
    };
    field("title", meta.title.clone());
    field("author", meta.author.clone());
    field("date", meta.date.map(|d| d.to_string()));
    field("language", meta.language.clone());
    field("tags", (!meta.tags.is_empty()).then(|| meta.tags.join(", ")));
    field("answers", (!meta.answers.is_empty()).then(|| meta.answers.join(" ")));
    for warning in &document.warnings {
        field("warning", Some(warning.clone()));
    }
    for (number, link) in document.links.iter().enumerate() {
        out.push_str(&format!("link {number}: {}\n", link.target));
    }
    let mut targets: Vec<_> = document.targets.iter().collect();
    targets.sort();
    for (name, anchor) in targets {
        out.push_str(&format!("target {name}: block {}, byte {}\n", anchor.block.0, anchor.byte));
    }
    let headings = document.blocks().filter_map(|(id, block)| match block.kind {
        Kind::Heading { level } => Some((level, collapsed(&block.text), id)),
        _ => None,
    });
    let outline = document.outline.iter().map(|item| (item.level, item.title.clone(), item.anchor.block));
    if !document.outline.is_empty() && !outline.clone().eq(headings) {
        for (level, title, id) in outline {
            out.push_str(&format!("outline {level}: {title}: block {}\n", id.0));
        }
    }
    for (_, block) in document.blocks() {
        out.push_str(&format!("\n{}\n", head(&block)));
        let text = marked(&block);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        for line in text.split('\n').filter(|_| !text.is_empty()) {
            out.push_str(&format!("  {}\n", line.replace('\u{1b}', "␛")));
        }
    }
    out
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One line for what a block is and where it stands.
fn head(block: &Block) -> String {
    let mut head = match &block.kind {
        Kind::Paragraph => "paragraph".to_owned(),
        Kind::Heading { level } => format!("heading {level}"),
        Kind::Item { marker, task } => match task {
            Some(done) => format!("item {marker} {}", if *done { "[x]" } else { "[ ]" }),
            None => format!("item {marker}"),
        },
        Kind::Code { language } => format!("code {}", language.as_deref().unwrap_or("-")),
        Kind::Preformatted => "preformatted".to_owned(),
        Kind::Table(table) => format!("table {:?} header {}", table.align, table.header),
        Kind::Rule => "rule".to_owned(),
        Kind::Image { source } => format!("image {source}"),
        Kind::Footnote { label } => format!("footnote {label}"),
    };
    for nest in &block.nest {
        head.push_str(&match nest {
            Nest::Quote => " > quote".to_owned(),
            Nest::Item(width) => format!(" > item {width}"),
            Nest::Footnote => " > footnote".to_owned(),
        });
    }
    if block.continues {
        head.push_str(" (continues)");
    }
    head
}

/// The text with its spans in braces, and with table cells apart.
fn marked(block: &Block) -> String {
    let mut out = String::new();
    let mut open: Vec<usize> = Vec::new();
    let mut spans = block.spans.iter().peekable();
    for at in 0..=block.text.len() {
        while open.last() == Some(&at) {
            open.pop();
            out.push('}');
        }
        while let Some(span) = spans.next_if(|s| s.range.start <= at) {
            out.push_str(&format!("{{{} ", name(&span.kind)));
            if span.range.end <= at {
                out.push('}');
            } else {
                open.push(span.range.end);
            }
        }
        if let Some(c) = block.text.get(at..).and_then(|rest| rest.chars().next()) {
            out.push_str(&if c == '\t' && matches!(block.kind, Kind::Table(_)) {
                " | ".to_owned()
            } else {
                c.to_string()
            });
        }
    }
    out
}

fn name(kind: &SpanKind) -> String {
    let color = |c: &Option<Color>| match c {
        None => "-".to_owned(),
        Some(Color::Indexed(n)) => n.to_string(),
        Some(Color::Rgb(r, g, b)) => format!("#{r:02x}{g:02x}{b:02x}"),
    };
    match kind {
        SpanKind::Emphasis => "em".to_owned(),
        SpanKind::Strong => "strong".to_owned(),
        SpanKind::Code => "code".to_owned(),
        SpanKind::Strikethrough => "strike".to_owned(),
        SpanKind::Underline => "underline".to_owned(),
        SpanKind::Link(number) => format!("link {number}"),
        SpanKind::FootnoteRef(label) => format!("note {label}"),
        SpanKind::Image(source) => format!("image {source}"),
        SpanKind::Colored { foreground, background } => format!("color {}/{}", color(foreground), color(background)),
        SpanKind::Dim => "dim".to_owned(),
        SpanKind::Reversed => "reversed".to_owned(),
    }
}
