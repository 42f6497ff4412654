//! Rows of JSON: a document each. A value a line (JSON Lines, NDJSON), or the values of a list.
//!
//! What the fields are is told from the first rows ([`fields`]); a row is read by itself from its offset. A row that is no JSON
//! is an error of its own, and the others are read.

mod facts;
mod fields;
mod json;
mod mend;
mod names;
mod record;
mod rows;
mod talk;

use anyhow::{Context as _, Result, bail};

use super::{Confidence, Contents, Each, Entry, Format, Source, bounds, ids::Ids};
use crate::doc::Document;
use fields::Fields;
pub use json::Json;
use rows::{Layout, Row, Rows};

/// The format.
pub const FORMAT: Format = Format {
    name: "jsonl",
    extensions: &["jsonl", "ndjson", "jsonlines", "ldjson"],
    about: "JSON Lines, and `.json` lists when opened by name: a document for each row, its text and title found by field names",
    detect,
    contents: Contents::Many { stream, open },
    image: None,
};

/// The first rows, by which the fields are told: so many, and so many bytes.
const SAMPLE: usize = 50;
const SAMPLE_BYTES: usize = 512 * 1024;

/// After so many rows that are no JSON the file is none.
const BAD: usize = 1000;

/// By name; any other text only when it is plainly rows of texts.
fn detect(head: &[u8], source: &Source) -> Confidence {
    if head.contains(&0) || source.growing() || source.terminal {
        return Confidence::No;
    }
    let Some(layout) = rows::layout(head) else { return Confidence::No };
    let extension = source.extension();
    if FORMAT.extensions.contains(&extension.as_str()) {
        return Confidence::Name;
    }
    if !matches!(extension.as_str(), "json" | "txt" | "") {
        return Confidence::No;
    }
    // Rows that are whole in the beginning of the file; of one that is longer, what can be seen of it.
    let head = Source::memory("", head);
    let mut rows = Rows::new(&head, layout, 0);
    let (mut seen, mut others) = (Vec::new(), 0);
    while let Ok(Some(row)) = rows.next() {
        match row.value() {
            Ok(value @ Json::Object(_)) => seen.push(fields::flat(value)),
            Ok(_) => others += 1,
            Err(_) if row.cut.is_some() => {}
            Err(_) => return Confidence::No,
        }
    }
    let listed = layout == Layout::Values && extension == "json";
    let enough = seen.len() >= if listed { 1 } else { 2 };
    let threads = || seen.iter().flatten().any(|(_, value)| !talk::turns(value).is_empty());
    let texts = || {
        !Fields::of(&seen, &source.hints).text.is_empty() || seen.iter().flatten().any(|(name, _)| names::is_part(name))
    };
    if enough && others == 0 && (texts() || threads()) { Confidence::Content } else { Confidence::No }
}

fn stream(source: &Source, each: &mut Each<'_>) -> Result<()> {
    let (layout, fields) = told(source)?;
    let mut rows = Rows::new(source, layout, 0);
    let (mut ids, mut bad) = (Ids::default(), 0);
    while let Some(row) = rows.next()? {
        if row.number > bounds::ENTRIES {
            bail!("only the first {} rows are read", bounds::ENTRIES);
        }
        let value = row.value().with_context(|| format!("row {}", row.number));
        let id = value.as_ref().ok().and_then(|value| id(value, &fields));
        let entry = Entry { id: Some(ids.next(id, row.number)), offset: row.offset };
        bad += usize::from(value.is_err());
        if each(entry, value.map(|value| document(&row, value, &fields))).is_break() {
            return Ok(());
        }
        if bad >= BAD {
            bail!("{BAD} rows are no JSON: what comes after row {} is left out", row.number);
        }
    }
    Ok(())
}

fn open(source: &Source, entry: &Entry) -> Result<Document> {
    let (layout, fields) = told(source)?;
    let row = Rows::new(source, layout, entry.offset).next()?.context("there is no such row")?;
    let value = row.value()?;
    Ok(document(&row, value, &fields))
}

fn document(row: &Row, value: Json, fields: &Fields) -> Document {
    let mut document = record::document(value, fields);
    document.warnings.extend(row.cut.map(str::to_owned));
    document
}

/// How the rows are laid out, and what their fields are.
fn told(source: &Source) -> Result<(Layout, Fields)> {
    let layout = rows::layout(&source.read(0, super::DETECT)?).context("no rows of JSON")?;
    let mut rows = Rows::new(source, layout, 0);
    let (mut sample, mut bytes, mut read) = (Vec::new(), 0, 0);
    while read < SAMPLE && bytes < SAMPLE_BYTES {
        let Some(row) = rows.next()? else { break };
        read += 1;
        bytes += row.length();
        sample.extend(row.value().ok().map(fields::flat));
    }
    Ok((layout, Fields::of(&sample, &source.hints)))
}

/// What a row calls itself.
fn id(row: &Json, fields: &Fields) -> Option<String> {
    let path = fields.id.as_deref()?;
    let value = row.get(path).or_else(|| {
        let (object, name) = path.split_once('.')?;
        row.get(object)?.get(name)
    })?;
    let value = value.fields().iter().find(|(name, _)| name.starts_with('$')).map_or(value, |(_, value)| value);
    fields::id(value)
}
