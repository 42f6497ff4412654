//! JSON-LD: what a page says to search engines. Written by people and by plug-ins, so that anything may stand in it.

use dom_query::Document;
use serde_json::Value;

use super::name;
use crate::{
    doc::Date,
    formats::title::{clean, date},
};

/// Longer ones are no description of a page.
const MAX: usize = 256 * 1024;

/// What was found.
#[derive(Debug, Default)]
pub struct Linked {
    pub title: Option<String>,
    pub author: Option<String>,
    pub date: Option<Date>,
}

/// Reads all that the page brings; what describes an article comes first.
pub fn read(page: &Document) -> Linked {
    let mut found = Linked::default();
    for script in page.select("script[type='application/ld+json']").nodes().iter().take(16) {
        let text = script.text();
        if text.len() > MAX {
            continue;
        }
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        let Ok(value) = serde_json::from_str::<Value>(text) else { continue };
        let top = value.as_array().map_or_else(|| vec![&value], |list| list.iter().collect());
        for item in top {
            let graph = item.get("@graph").and_then(Value::as_array);
            let items = graph.map_or_else(|| vec![item], |graph| graph.iter().collect());
            for item in items.into_iter().filter(|item| is_article(item)) {
                found.title = found.title.or_else(|| text_of(item, "headline").or_else(|| text_of(item, "name")));
                found.author = found.author.or_else(|| authors(item.get("author").or_else(|| item.get("creator"))?));
                found.date = found.date.or_else(|| {
                    ["datePublished", "dateCreated", "uploadDate"].iter().find_map(|key| date(item.get(key)?.as_str()?))
                });
            }
        }
    }
    found
}

fn is_article(item: &Value) -> bool {
    let named = |kind: &Value| {
        let is = |end| kind.as_str().is_some_and(|kind| kind.ends_with(end));
        is("Article")
            || is("Posting")
            || is("Report")
            || is("Book")
            || is("CreativeWork")
            || is("Recipe")
            || is("Review")
    };
    match item.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(named),
        Some(kind) => named(kind),
        None => false,
    }
}

fn text_of(item: &Value, key: &str) -> Option<String> {
    item.get(key)?.as_str().map(clean).filter(|text| !text.is_empty())
}

/// A name, an object with one, or a list of these.
fn authors(value: &Value) -> Option<String> {
    let one = |value: &Value| match value {
        Value::String(text) => name(text),
        Value::Object(object) => object.get("name").and_then(Value::as_str).and_then(name),
        _ => None,
    };
    let all: Vec<String> = match value {
        Value::Array(list) => list.iter().filter_map(one).take(8).collect(),
        value => one(value).into_iter().collect(),
    };
    (!all.is_empty()).then(|| all.join(", "))
}
