//! What a document's properties say, as far as a person said it: the titles that templates and printers leave behind are
//! none, and neither are the authors that programs write for themselves.

use super::xml::{Node, Xml};
use crate::{
    doc::{Date, Meta},
    formats::{build, title},
};

/// Names that programs write where an author goes.
const NOBODY: &[&str] = &[
    "python-docx",
    "openpyxl",
    "apache poi",
    "docx4j",
    "un-named",
    "unknown",
    "unknown creator",
    "microsoft office user",
    "microsoft office",
    "windows user",
    "user",
    "admin",
    "administrator",
    "author",
    "owner",
    "none",
    "xlsxwriter",
    "root",
    "pc",
];

/// Titles of templates and of documents that nobody named.
const TEMPLATES: &[&str] = &[
    "untitled",
    "word document",
    "microsoft word document",
    "powerpoint presentation",
    "powerpoint-präsentation",
    "présentation powerpoint",
    "presentación de powerpoint",
    "presentazione standard di powerpoint",
    "excel spreadsheet",
    "title",
    "titel",
    "normal",
    "normal.dotm",
    "no title",
    "no slide title",
    "slide 1",
    "template",
    "new document",
    "(anonymous)",
    "ohne titel",
    "sans titre",
    "sin título",
    "unbenannt",
    "презентация powerpoint",
    "powerpoint 演示文稿",
    "powerpoint プレゼンテーション",
];

/// The properties of Office (`docProps/core.xml`) and of OpenDocument (`meta.xml`), which share most names.
pub fn read(properties: &str) -> Meta {
    let mut meta = Meta::default();
    let (mut created, mut modified, mut initial) = (None, None, None);
    let mut xml = Xml::new(properties);
    while let Some(node) = xml.node() {
        let Node::Start(tag) = node else { continue };
        let mut said = || build::collapsed(&xml.text());
        match tag.local {
            "title" => meta.title = title(&said()),
            "creator" => meta.author = meta.author.or_else(|| author(&said())),
            "initial-creator" => initial = author(&said()),
            "language" => meta.language = Some(said()).filter(|l| is_language(l)),
            "created" | "creation-date" => created = date(&said()),
            "modified" | "date" => modified = date(&said()),
            "keywords" | "keyword" => tags(&said(), &mut meta.tags),
            _ => {}
        }
    }
    meta.author = initial.or(meta.author);
    meta.date = created.or(modified);
    meta
}

/// A title, if somebody gave it.
pub fn title(said: &str) -> Option<String> {
    let said = title::clean(said);
    let lower = said.to_lowercase();
    let numbered = |word: &str| {
        lower
            .strip_prefix(word)
            .is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_digit() || "()-".contains(c)))
    };
    let generated = [
        "document",
        "dokument",
        "doc",
        "book",
        "mappe",
        "presentation",
        "präsentation",
        "untitled",
        "noname",
        "документ",
        "文档",
        "slide",
    ]
    .iter()
    .any(|word| numbered(word));
    let printed = ["microsoft word - ", "microsoft powerpoint - ", "microsoft excel - ", "<!doctype", "file:", "http:"]
        .iter()
        .any(|start| lower.starts_with(start));
    let named =
        [".doc", ".docx", ".dot", ".dotx", ".rtf", ".odt", ".txt", ".xls", ".xlsx", ".ppt", ".pptx", ".htm", ".html"]
            .iter()
            .any(|end| lower.ends_with(end));
    let worded = said.chars().any(char::is_alphanumeric);
    (worded && !generated && !printed && !named && !TEMPLATES.contains(&lower.as_str())).then_some(said)
}

/// An author, if it is a person.
pub fn author(said: &str) -> Option<String> {
    let said = build::collapsed(said);
    // Several are separated by semicolons.
    let said = said.split(';').map(str::trim).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
    let real = said.contains(char::is_alphabetic) && !NOBODY.contains(&said.to_lowercase().as_str());
    real.then_some(said)
}

/// Keywords, separated by commas or semicolons.
pub fn tags(said: &str, tags: &mut Vec<String>) {
    for tag in said.split([',', ';', '，', '；']).map(str::trim).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| known == tag) && tags.len() < 100 {
            tags.push(tag.to_owned());
        }
    }
}

/// A date as the properties write it; python-docx's template is of 2013-12-23T23:15:00Z, openpyxl's of no day at all.
pub fn date(said: &str) -> Option<Date> {
    if said == "2013-12-23T23:15:00Z" {
        return None;
    }
    let date: Date = said.parse().ok().or_else(|| title::date(said))?;
    // Programs write the start of their calendar where they know no date.
    (date.year() >= 1980).then_some(date)
}

fn is_language(said: &str) -> bool {
    let first = said.split(['-', '_']).next().unwrap_or_default();
    (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic()) && said.len() <= 35
}
