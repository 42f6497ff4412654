//! Which field is what: by the reader's hints first, then by its name, and by what stands in it. Told once from the first rows, so that every row of a file
//! is read in the same way.

use super::{
    json::Json,
    names::{self, is_part, rank},
};
use crate::formats::Hints;

/// A field of a row: its path, its value.
pub type Field = (String, Json);

/// What the fields of a file are for; of each kind, the best first.
#[derive(Debug, Default)]
pub struct Fields {
    /// The text.
    pub text: Vec<String>,
    /// The title.
    pub title: Vec<String>,
    /// Who wrote it.
    pub author: Vec<String>,
    /// When.
    pub date: Vec<String>,
    /// In which language.
    pub language: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// What tells the rows apart.
    pub id: Option<String>,
}

impl Fields {
    /// What the fields of these rows are for.
    pub fn of(rows: &[Vec<Field>], hints: &Hints) -> Fields {
        let columns = columns(rows);
        let kind = |names: &[&str], fits: &dyn Fn(&Json) -> bool| {
            let mut found: Vec<(usize, usize, &str)> = Vec::new();
            for (at, column) in columns.iter().enumerate() {
                let rank = rank(column.name, names);
                if let Some(rank) = rank.filter(|_| column.values.iter().any(|value| fits(value))) {
                    found.push((rank, at, column.name));
                }
            }
            found.sort_unstable();
            found.into_iter().map(|(_, _, name)| name.to_owned()).collect::<Vec<_>>()
        };
        let is_text = |value: &Json| value.text().is_some() || is_paragraphs(value);
        let short = |value: &Json| value.text().is_some_and(|text| text.len() < 300 && !text.contains('\n'));
        let said = |value: &Json| !value.is_blank();
        let mut text = kind(names::TEXT, &is_text);
        let parts = columns.iter().any(|column| is_part(column.name) && column.values.iter().any(|v| is_text(v)));
        if parts {
            text.retain(|name| !name.contains('.'));
        }
        // A text of a few letters has the name by chance, where there is a long one.
        let long = |name: &&String| columns.iter().any(|column| column.name == **name && column.average() >= 40);
        if let Some(at) = text.iter().position(|name| long(&name)) {
            let best = text.remove(at);
            text.insert(0, best);
        }
        if text.is_empty() && !parts {
            let prose = columns.iter().filter(|column| column.is_prose());
            text.extend(prose.max_by_key(|column| column.average()).map(|column| column.name.to_owned()));
        }
        // What was named a title is no text, unless it was named that as well.
        text.retain(|name| !hints.title_fields.iter().any(|hint| hint.eq_ignore_ascii_case(name)));
        prefer(&mut text, &hints.text_fields, &columns);
        let mut title = kind(names::TITLE, &short);
        // Of a review the title is its summary.
        let summary = columns.iter().find(|column| column.name == "summary" && (1..80).contains(&column.average()));
        title.extend(summary.filter(|_| title.is_empty()).map(|column| column.name.to_owned()));
        prefer(&mut title, &hints.title_fields, &columns);
        let unused = |mut names: Vec<String>| {
            names.retain(|name| text.first() != Some(name));
            names
        };
        Fields {
            title: unused(title),
            author: unused(kind(names::AUTHOR, &|value| {
                !matches!(value, Json::Bool(_) | Json::Number(_)) && said(value)
            })),
            date: unused(kind(names::DATE, &said)),
            language: unused(kind(names::LANGUAGE, &short)),
            tags: unused(kind(names::TAGS, &said)),
            id: kind(names::ID, &|_| true).into_iter().find(|name| is_unique(name, rows)),
            text,
        }
    }
}

/// Puts the fields that the reader has named before the others, in that order: by their paths, in whatever case.
fn prefer(names: &mut Vec<String>, hinted: &[String], columns: &[Column<'_>]) {
    let named = |hint: &String| columns.iter().find(|column| column.name.eq_ignore_ascii_case(hint));
    let mut all: Vec<String> = hinted.iter().filter_map(named).map(|column| column.name.to_owned()).collect();
    names.retain(|name| !all.contains(name));
    all.append(names);
    *names = all;
}

/// Whether all rows have another value in this field, that could be an id.
fn is_unique(name: &str, rows: &[Vec<Field>]) -> bool {
    let mut seen = Vec::new();
    rows.iter().all(|row| {
        let id = value(row, name).and_then(id);
        let new = id.as_ref().is_some_and(|id| !seen.contains(id));
        seen.extend(id);
        new
    })
}

/// A value as an id.
pub fn id(value: &Json) -> Option<String> {
    match value {
        Json::Number(number) => Some(number.to_string()),
        value => value.text().filter(|text| text.len() <= 512 && !text.contains(char::is_control)).map(str::to_owned),
    }
}

/// The value of a field.
pub fn value<'r>(row: &'r [Field], name: &str) -> Option<&'r Json> {
    row.iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// Whether a value is a text in pieces.
pub fn is_paragraphs(value: &Json) -> bool {
    let elements = value.elements();
    !elements.is_empty() && elements.iter().all(|element| matches!(element, Json::Text(_)))
}

/// The fields of a row. Objects are flattened by one level; one that holds only how its value is written is the value.
pub fn flat(row: Json) -> Vec<Field> {
    let Json::Object(fields) = row else { return vec![(String::new(), row)] };
    let mut flat = Vec::new();
    for (name, value) in fields {
        match unwrapped(value) {
            Json::Object(inner) => {
                flat.extend(inner.into_iter().map(|(key, value)| (format!("{name}.{key}"), unwrapped(value))));
            }
            value => flat.push((name, value)),
        }
    }
    flat
}

/// The value in `{"$date": {"$numberLong": "0"}}`, as MongoDB exports it.
fn unwrapped(mut value: Json) -> Json {
    while let Json::Object(fields) = &mut value {
        match fields.as_mut_slice() {
            [(name, inner)] if name.starts_with('$') => value = std::mem::replace(inner, Json::Null),
            _ => break,
        }
    }
    value
}

/// A field in all rows.
struct Column<'r> {
    name: &'r str,
    values: Vec<&'r Json>,
}

fn columns(rows: &[Vec<Field>]) -> Vec<Column<'_>> {
    let mut columns: Vec<Column<'_>> = Vec::new();
    let mut at = std::collections::HashMap::new();
    for (name, value) in rows.iter().flatten() {
        let at = *at.entry(name.as_str()).or_insert(columns.len());
        if at == columns.len() {
            columns.push(Column { name, values: Vec::new() });
        }
        if let Some(column) = columns.get_mut(at) {
            column.values.push(value);
        }
    }
    columns
}

impl Column<'_> {
    /// Bytes of its texts, on average.
    fn average(&self) -> usize {
        let length = |value: &&&Json| {
            value.text().map_or(0, str::len)
                + value.elements().iter().filter_map(Json::text).map(str::len).sum::<usize>()
        };
        self.values.iter().map(|value| length(&value)).sum::<usize>() / self.values.len().max(1)
    }

    /// Whether it looks like written to be read.
    fn is_prose(&self) -> bool {
        let words = |text: &str| text.split_whitespace().count();
        let texts: Vec<&str> = self.values.iter().filter_map(|value| value.text()).collect();
        let spaced = texts.iter().map(|text| words(text)).sum::<usize>() >= 8 * texts.len();
        let wide =
            texts.iter().any(|text| text.chars().take(64).filter(|c| crate::text::words::is_unspaced(*c)).count() > 16);
        !texts.is_empty() && self.average() >= 60 && (spaced || wide)
    }
}
