//! JSON Feed, 1.0 and 1.1 (jsonfeed.org), as loosely as it is written: a number is an id too, and what is missing is missing.

use serde_json::Value as Json;

use super::{
    item::{Address, Body, Enclosure, Item, Times},
    value::{Form, Value},
};

/// What the feed says of itself, and its entries. An entry's offset is its number.
pub fn read(text: &str) -> Option<(Item, Vec<Item>)> {
    let feed: Json = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let mut about = item(&feed, 0);
    about.address.link = string(&feed, "home_page_url");
    let items = feed.get("items")?.as_array()?;
    Some((about, items.iter().zip(0..).map(|(json, number)| item(json, number)).collect()))
}

fn item(json: &Json, number: u64) -> Item {
    let html = string(json, "content_html").map(|text| Value { text, form: Form::Html });
    let plain = |name: &str| string(json, name).map(|text| Value { text, form: Form::Plain });
    let authors = json.get("authors").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let authors = authors.iter().chain(json.get("author")).filter_map(|author| string(author, "name"));
    let attachments = json.get("attachments").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let enclosure = |json: &Json| {
        let size = json.get("size_in_bytes").and_then(Json::as_u64).and_then(|size| usize::try_from(size).ok());
        let kind = string(json, "mime_type").unwrap_or_default();
        Some(Enclosure { url: string(json, "url")?, kind, size })
    };
    let tags = json.get("tags").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    Item {
        offset: number,
        // What is plain text by the rules has entities all the same.
        title: Value { text: string(json, "title").unwrap_or_default(), form: Form::Unsaid },
        body: Body {
            content: html.or_else(|| plain("content_text")).unwrap_or_default(),
            summary: plain("summary").unwrap_or_default(),
        },
        authors: authors.collect(),
        times: Times { published: string(json, "date_published"), updated: string(json, "date_modified") },
        id: string(json, "id"),
        address: Address { link: string(json, "url").or_else(|| string(json, "external_url")), base: None },
        enclosures: attachments.iter().filter_map(enclosure).collect(),
        tags: tags.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        language: string(json, "language"),
    }
}

fn string(json: &Json, name: &str) -> Option<String> {
    let found = match json.get(name)? {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => return None,
    };
    (!found.trim().is_empty()).then_some(found)
}
