//! The metadata of a package document: Dublin Core, refined by attributes in EPUB 2 and by `<meta refines>` in EPUB 3.

use std::collections::HashMap;

use crate::{
    doc::{Date, Meta},
    formats::{build::collapsed, title, xml::Element},
    text::language,
};

/// So many subjects are tags; libraries give some books hundreds.
const TAGS: usize = 32;

/// So many elements are looked at.
const ELEMENTS: usize = 4000;

/// Years before this one are what a program writes that knows none (calibre: 0101).
const FIRST_YEAR: i16 = 1000;

/// What was read so far.
#[derive(Debug, Default)]
pub struct Metadata {
    entries: Vec<Entry>,
    /// The last entry is open: text belongs to it.
    open: bool,
    /// What a `<meta>` of EPUB 3 says of an entry, by the entry's id and the property.
    refined: HashMap<(String, String), String>,
}

/// An element of the metadata, and what others say of it.
#[derive(Debug, Default)]
struct Entry {
    /// `title`, or what a `<meta>` says that it is.
    name: String,
    id: Option<String>,
    /// The id of the entry that it says something of.
    refines: Option<String>,
    text: String,
    role: Option<String>,
    file_as: Option<String>,
    event: Option<String>,
}

impl Metadata {
    /// An element begins.
    pub fn start(&mut self, element: &Element<'_>) {
        self.open = self.entries.len() < ELEMENTS;
        if !self.open {
            return;
        }
        let mut entry = Entry {
            name: element.name.clone(),
            id: element.attribute("id"),
            role: element.attribute("role"),
            file_as: element.attribute("file-as"),
            event: element.attribute("event"),
            ..Entry::default()
        };
        if element.name == "meta" {
            let property = element.attribute("property").or_else(|| element.attribute("name"));
            entry.name = format!("meta {}", property.unwrap_or_default());
            entry.refines = element.attribute("refines").map(|id| id.trim_start_matches('#').to_owned());
            entry.text = element.attribute("content").unwrap_or_default();
        }
        self.entries.push(entry);
    }

    /// An element ends.
    pub fn end(&mut self) {
        self.open = false;
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        if let Some(entry) = self.entries.last_mut().filter(|_| self.open) {
            entry.text.push_str(text);
        }
    }

    /// All of it.
    pub fn meta(mut self) -> Meta {
        for entry in &self.entries {
            if let (Some(id), Some(property)) = (&entry.refines, entry.name.strip_prefix("meta ")) {
                self.refined.entry((id.clone(), property.to_owned())).or_insert_with(|| entry.said());
            }
        }
        Meta {
            title: self.title(),
            author: self.author(),
            date: self.date(),
            language: self.all("language").find_map(|entry| language::tag(&entry.said())),
            tags: self.tags(),
            ..Meta::default()
        }
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.name == name && !entry.said().is_empty())
    }

    fn refinement(&self, of: &Entry, property: &str) -> Option<String> {
        self.refined.get(&(of.id.clone()?, property.to_owned())).cloned()
    }

    /// The main title and the subtitle, as a title page has them.
    fn title(&self) -> Option<String> {
        let kind = |entry: &Entry| self.refinement(entry, "title-type");
        let main = self.all("title").find(|e| kind(e).as_deref() == Some("main"));
        let main =
            main.or_else(|| self.all("title").find(|e| kind(e).is_none())).or_else(|| self.all("title").next())?;
        let title = main.said();
        let subtitle = self.all("title").find(|e| kind(e).as_deref() == Some("subtitle")).map(Entry::said);
        if matches!(
            title.to_lowercase().as_str(),
            "unknown" | "unknown title" | "untitled" | "[no title]" | "[untitled]"
        ) {
            return None;
        }
        Some(match subtitle.filter(|subtitle| !title.contains(subtitle.as_str())) {
            Some(subtitle) if title.ends_with([':', '?', '!', '.']) => format!("{title} {subtitle}"),
            Some(subtitle) => format!("{title}: {subtitle}"),
            None => title,
        })
    }

    /// The authors; of a book that names none, whoever else made it.
    fn author(&self) -> Option<String> {
        let role = |entry: &Entry| self.refinement(entry, "role").or_else(|| entry.role.clone());
        let is_author = |entry: &&Entry| role(entry).is_none_or(|role| matches!(role.trim(), "aut" | "" | "author"));
        let known = |name: &String| !matches!(name.to_lowercase().as_str(), "unknown" | "unknown author" | "n/a");
        let names = |entries: Vec<&Entry>| {
            let mut names: Vec<String> = Vec::new();
            for entry in entries {
                let name = self.person(entry);
                if known(&name) && !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        };
        let authors = names(self.all("creator").filter(is_author).collect());
        let authors = if authors.is_empty() { names(self.all("creator").collect()) } else { authors };
        let written = |entry: &&Entry| role(entry).is_some_and(|role| role.trim() == "aut");
        let authors =
            if authors.is_empty() { names(self.all("contributor").filter(written).collect()) } else { authors };
        (!authors.is_empty()).then(|| authors.join(", "))
    }

    /// A name as it is read. Some programs write the one that is sorted by in its place.
    fn person(&self, entry: &Entry) -> String {
        let name = entry.said();
        let file_as = self.refinement(entry, "file-as").or_else(|| entry.file_as.clone());
        let sorted = file_as.is_some_and(|sorted| collapsed(&sorted) == name);
        match name.split_once(", ") {
            Some((last, first)) if sorted && !first.contains(',') && !is_suffix(first) => format!("{first} {last}"),
            _ => name,
        }
    }

    /// When it was published.
    fn date(&self) -> Option<Date> {
        let events = ["original-publication", "publication", "", "issued", "creation"];
        let event = |entry: &Entry| entry.event.as_deref().unwrap_or_default().trim().to_ascii_lowercase();
        let dated = |wanted: &&str| self.all("date").filter(|e| event(e) == **wanted).find_map(|e| date(&e.said()));
        let refined = || ["meta dcterms:issued", "meta dcterms:date", "meta dcterms:created"].iter();
        events.iter().find_map(dated).or_else(|| {
            refined().find_map(|name| self.all(name).filter(|e| e.refines.is_none()).find_map(|e| date(&e.said())))
        })
    }

    /// The subjects, and the series that it is a part of.
    fn tags(&self) -> Vec<String> {
        let series = self.all("meta calibre:series").chain(self.all("meta belongs-to-collection"));
        let mut tags: Vec<String> = Vec::new();
        for tag in self.all("subject").chain(series).map(Entry::said) {
            if tags.len() < TAGS && tag.len() <= 200 && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    }
}

impl Entry {
    fn said(&self) -> String {
        collapsed(&self.text)
    }
}

/// The day of a date with a time: of a book nobody knows the hour.
fn date(text: &str) -> Option<Date> {
    let day = text.split('T').next().unwrap_or(text);
    title::date(day).or_else(|| title::date(text)).filter(|date| date.year() >= FIRST_YEAR)
}

/// What follows a name without being a first one.
fn is_suffix(text: &str) -> bool {
    let text = text.trim_end_matches('.').to_lowercase();
    matches!(
        text.as_str(),
        "inc" | "ltd" | "llc" | "co" | "gmbh" | "ag" | "jr" | "sr" | "ii" | "iii" | "phd" | "md" | "père" | "fils"
    )
}
