//! A row as a document: its text, then what else is long enough to be read, then the rest as a table.

use std::borrow::Cow;

use super::{
    facts,
    fields::{self, Field, Fields},
    json::Json,
    names, talk,
};
use crate::{
    doc::{Document, Meta, SpanKind},
    formats::{
        build::{Builder, collapsed},
        html, markdown, plain, title,
    },
    text,
};

/// A value of so many bytes is read, and not looked up.
const LONG: usize = 160;

/// Longer values of the table are cut: they are data.
const CELL: usize = 1000;

/// Lists of more numbers are counted: nobody reads a vector.
const NUMBERS: usize = 16;

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manner {
    Html,
    Markdown,
    Code,
    /// As it looks.
    Seen,
}

/// The document of a row.
pub fn document(row: Json, fields: &Fields) -> Document {
    let row = if talk::turns(&row).is_empty() { fields::flat(row) } else { vec![(String::new(), row)] };
    let mut used: Vec<&str> = Vec::new();
    let mut build = Builder::default();
    let main = fields.text.iter().find(|name| fields::value(&row, name).is_some_and(|value| !value.is_blank()));
    let mut meta = meta(&row, fields, main, &mut used);
    if let Some((name, value)) = main.and_then(|name| Some((name, fields::value(&row, name)?))) {
        used.push(name);
        match value.text().and_then(|text| below(text, meta.title.as_deref()?)) {
            Some(text) => long(name, &Json::Text(text.to_owned()), &mut build),
            None => long(name, value, &mut build),
        }
    }
    let parts: Vec<&Field> =
        row.iter().filter(|(name, value)| !used.contains(&name.as_str()) && is_long(name, value)).collect();
    let labelled = main.is_some() || parts.len() > 1;
    for (name, value) in &parts {
        used.push(name);
        if repeats(value, main.and_then(|main| fields::value(&row, main))) {
            continue;
        }
        if labelled && !name.is_empty() {
            build.flush();
            build.prose.push(&label(name));
            build.heading(2);
        }
        long(name, value, &mut build);
    }
    if meta.title.is_none() && (labelled || parts.iter().any(|(_, value)| !talk::turns(value).is_empty())) {
        let first = main.and_then(|main| fields::value(&row, main)).or(parts.first().map(|(_, value)| value));
        meta.title = first.and_then(guess);
    }
    let rest: Vec<&Field> =
        row.iter().filter(|(name, value)| !used.contains(&name.as_str()) && !value.is_blank()).collect();
    if !build.has_text() && meta.title.is_none() {
        // Rows of data are told apart by their first values.
        let all = rest.iter().flat_map(|(_, value)| {
            if value.elements().is_empty() { std::slice::from_ref(value) } else { value.elements() }
        });
        let values: Vec<String> = all.filter(|value| !value.is_blank()).take(4).map(shown).collect();
        let title = values.join(" · ");
        meta.title = Some(title::clean(text::head(&title, title.floor_char_boundary(LONG)))).filter(|t| !t.is_empty());
    }
    details(&rest, &mut build);
    build.finish().document(meta)
}

fn meta<'r>(row: &[Field], fields: &'r Fields, main: Option<&String>, used: &mut Vec<&'r str>) -> Meta {
    let mut take = |names: &'r [String], fits: &dyn Fn(&Json) -> bool| {
        let name =
            names.iter().filter(|name| Some(*name) != main).find(|name| fields::value(row, name).is_some_and(fits))?;
        used.push(name);
        fields::value(row, name)
    };
    let named = |value: &Json| value.text().is_some_and(|text| text.len() <= 600);
    let title = take(&fields.title, &named).and_then(Json::text).map(|text| collapsed(&entities(text)));
    let author = take(&fields.author, &|value| facts::people(value).is_some()).and_then(facts::people);
    let date = take(&fields.date, &|value| facts::date(value).is_some()).and_then(facts::date);
    let language = take(&fields.language, &|value| facts::language(value).is_some()).and_then(facts::language);
    let tags = take(&fields.tags, &|value| !facts::tags(value).is_empty()).map(facts::tags).unwrap_or_default();
    Meta { title, author, date, language, tags, ..Meta::default() }
}

/// A title may come from a page, with the characters of HTML.
fn entities(text: &str) -> String {
    if !text.contains('&') || !text.contains(';') {
        return text.to_owned();
    }
    stripped(&text.replace('<', "&lt;"))
}

/// The words of a piece of HTML.
fn stripped(html: &str) -> String {
    let mut build = Builder::default();
    html::read_into(html, &mut build, &());
    build.finish().blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether a value is read, where others are looked up.
fn is_long(name: &str, value: &Json) -> bool {
    if !talk::turns(value).is_empty() {
        return true;
    }
    let text = value.text().filter(|text| !text.starts_with("http") || text.contains(' '));
    let long =
        text.is_some_and(|text| text.len() >= LONG && text.contains(char::is_whitespace) || text.trim().contains('\n'));
    let paragraphs =
        fields::is_paragraphs(value) && value.elements().iter().filter_map(Json::text).any(|text| text.len() >= LONG);
    long || paragraphs || (names::is_part(name) && text.is_some())
}

/// A text without its first line, when that is the title.
fn below<'t>(text: &'t str, title: &str) -> Option<&'t str> {
    let (first, rest) = text.split_once('\n')?;
    (collapsed(first) == title && !rest.trim().is_empty()).then(|| rest.trim_start_matches(['\r', '\n']))
}

/// Whether the text begins with the same words: a summary that is only its start.
fn repeats(value: &Json, main: Option<&Json>) -> bool {
    let (Some(value), Some(main)) = (value.text(), main.and_then(Json::text)) else { return false };
    let value = value.trim_end_matches(['…', '.', ' ', ']', '[']);
    main.starts_with(value)
}

/// Reads a long value.
fn long(name: &str, value: &Json, build: &mut Builder) {
    let turns = talk::turns(value);
    if !turns.is_empty() {
        return talk::read(turns, build);
    }
    let name = names::bare(name);
    let manner = if name.contains("html") {
        Manner::Html
    } else if name.ends_with("markdown") || matches!(name.as_str(), "md" | "contentmd" | "bodymd" | "readme") {
        Manner::Markdown
    } else if matches!(name.as_str(), "code" | "sourcecode" | "diff" | "patch" | "stacktrace" | "traceback") {
        Manner::Code
    } else {
        Manner::Seen
    };
    match value {
        Json::Text(text) => read(text, manner, build),
        Json::List(pieces) => {
            for piece in pieces.iter().filter(|piece| !piece.is_blank()) {
                match piece.text() {
                    Some(text) => read(text, manner, build),
                    None => {
                        build.flush();
                        build.prose.push(&shown(piece));
                        build.flush();
                    }
                }
            }
        }
        value => build.code(Some("json".to_owned()), &pretty(value)),
    }
}

/// Reads a text.
pub fn read(text: &str, manner: Manner, build: &mut Builder) {
    match manner {
        Manner::Code => build.code(None, text),
        Manner::Markdown => markdown::read_into(text, build),
        Manner::Html => html::read_into(text, build, &()),
        Manner::Seen if is_html(text) => html::read_into(text, build, &()),
        Manner::Seen if is_marked(text) => markdown::read_into(text, build),
        Manner::Seen => {
            plain::blocks(&paragraphs(text), false).into_iter().for_each(|block| build.adopt(block));
        }
    }
}

/// Whether a text shows marks of Markdown that nothing else has.
fn is_marked(text: &str) -> bool {
    let pairs = |sign: &str| text.matches(sign).count() >= 2;
    markdown::is_markdown(text) || pairs("\n```") || pairs("**") || text.contains("](http")
}

/// Where nobody wrapped the lines, each is a paragraph: some are longer than anyone wraps, or all end as sentences do.
fn paragraphs(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.trim().lines().collect();
    let indented = |line: &&str| line.starts_with([' ', '\t']);
    if lines.len() < 2 || lines.iter().any(|line| line.trim().is_empty()) || lines.iter().any(indented) {
        return Cow::Borrowed(text);
    }
    let ends = |line: &&&str| line.trim_end().ends_with(['.', '!', '?', '。', '！', '？', '"', '”', '…', ':', '」']);
    let long = lines.iter().any(|line| text::width::width(text::head(line, line.floor_char_boundary(600))) > 120);
    let sentences = lines.iter().filter(ends).count() * 3 >= lines.len() * 2;
    if long || sentences { Cow::Owned(lines.join("\n\n")) } else { Cow::Borrowed(text) }
}

/// Whether a text is written in HTML: it begins with a tag, or paragraphs, breaks or links are marked in it.
fn is_html(text: &str) -> bool {
    const TAGS: &[&str] = &[
        "<p>",
        "<p ",
        "</p>",
        "<br>",
        "<br/>",
        "<br />",
        "<div",
        "</a>",
        "</li>",
        "</h2>",
        "</span>",
        "</em>",
        "</b>",
        "</i>",
        "</strong>",
    ];
    let head = text::head(text, text.floor_char_boundary(4096)).to_ascii_lowercase();
    let start = head.trim_start();
    let opens = [
        "<!doctype html",
        "<html",
        "<p>",
        "<p ",
        "<div",
        "<h1",
        "<h2",
        "<article",
        "<section",
        "<body",
        "<table",
        "<ul",
    ];
    opens.iter().any(|tag| start.starts_with(tag))
        || TAGS.iter().map(|tag| head.matches(tag).count()).sum::<usize>() >= 2 && !head.contains("```")
        || (TAGS.iter().any(|tag| head.contains(tag))
            && (head.contains("&#") || head.contains("&quot;") || head.contains("&amp;")))
}

/// The first words of a text, as a title.
fn guess(value: &Json) -> Option<String> {
    let turns = talk::turns(value);
    let text = if turns.is_empty() { value.text() } else { talk::first(turns) }?;
    let mut build = Builder::default();
    read(text::head(text, text.floor_char_boundary(4096)), Manner::Seen, &mut build);
    build.finish().document(Meta::default()).meta.title
}

/// The name of a field as a heading.
fn label(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The rest: a row of a table for each field.
fn details(rest: &[&Field], build: &mut Builder) {
    if let [(name, value)] = rest
        && name.is_empty()
    {
        return long(name, value, build);
    }
    if rest.is_empty() {
        return;
    }
    if build.has_text() {
        build.rule();
    }
    build.start_table(Vec::new());
    for (name, value) in rest {
        build.start_row();
        build.prose.span(SpanKind::Strong, name);
        build.cell();
        build.prose.push(&shown(value));
        build.cell();
    }
    build.end_table();
}

/// A value in a table.
fn shown(value: &Json) -> String {
    let whole = match value {
        Json::Text(text) if is_html(text) => collapsed(&stripped(text)),
        Json::Text(text) => collapsed(text),
        Json::List(elements)
            if elements.iter().all(|element| matches!(element, Json::Number(_))) && elements.len() > NUMBERS =>
        {
            return format!("{} numbers", elements.len());
        }
        Json::List(elements) if elements.iter().all(|element| !matches!(element, Json::List(_) | Json::Object(_))) => {
            elements.iter().map(shown).collect::<Vec<_>>().join(", ")
        }
        value => value.to_string(),
    };
    match text::head(&whole, whole.floor_char_boundary(CELL)) {
        head if head.len() < whole.len() => format!("{head}…"),
        _ => whole,
    }
}

/// A value over several lines.
pub fn pretty(value: &Json) -> String {
    let mut out = String::new();
    match value {
        Json::Object(fields) => {
            for (name, value) in fields {
                out.push_str(&format!("{name}: {value}\n"));
            }
        }
        Json::List(elements) => {
            for element in elements {
                out.push_str(&format!("{element}\n"));
            }
        }
        value => out = value.to_string(),
    }
    out
}
