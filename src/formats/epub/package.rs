//! The package document (OPF): what the book says about itself, which files it has, and in which order they are read. EPUB
//! 2 and 3 (EPUB 3.3, section 5; OPF 2.0.1) and what came before them.

use std::collections::{HashMap, HashSet};

use super::metadata::Metadata;
use crate::{
    doc::Meta,
    formats::{
        href,
        xml::{Element, Event, Xml},
    },
};

/// A file of the book, as the manifest lists it.
#[derive(Clone, Debug, Default)]
pub struct Item {
    id: String,
    /// Where it lies, from the root of the archive.
    pub path: String,
    /// Its media type, in lower case.
    pub media: String,
    properties: String,
    fallback: Option<String>,
}

/// What was read.
#[derive(Debug, Default)]
pub struct Package {
    /// What the book says about itself.
    pub meta: Meta,
    /// The files in the order of reading, those beside the text (`linear="no"`) last. An index of `items`.
    pub spine: Vec<usize>,
    /// The files.
    pub items: Vec<Item>,
    /// Which of them has which id.
    ids: HashMap<String, usize>,
    ncx: Option<String>,
}

/// A reference of the spine.
struct Reference {
    id: String,
    linear: bool,
}

/// Reads the package document that lies at `path`.
pub fn read(xml: &str, path: &str) -> Package {
    let mut package = Package::default();
    let mut spine: Vec<Reference> = Vec::new();
    let mut metadata = Metadata::default();
    let mut within = String::new();
    for event in Xml::new(xml) {
        match event {
            Event::Start(element) => match element.name.as_str() {
                name @ ("metadata" | "manifest" | "spine" | "guide" | "tours" | "bindings" | "collection") => {
                    within = name.to_owned();
                    if name == "spine" {
                        package.ncx = element.attribute("toc");
                    }
                }
                "item" if within == "manifest" => package.items.extend(item(&element, path)),
                "itemref" if within == "spine" => spine.extend(element.attribute("idref").map(|id| Reference {
                    id,
                    linear: element.attribute("linear").is_none_or(|l| !l.trim().eq_ignore_ascii_case("no")),
                })),
                _ if within == "metadata" => metadata.start(&element),
                _ => {}
            },
            Event::End(name) if name == within => within.clear(),
            Event::End(_) if within == "metadata" => metadata.end(),
            Event::Text(text) if within == "metadata" => metadata.text(&text),
            _ => {}
        }
    }
    for (at, item) in package.items.iter().enumerate() {
        package.ids.entry(item.id.clone()).or_insert(at);
    }
    // A cover is often said to stand beside the text. It is the first page all the same.
    if let Some(cover) = spine.first_mut().filter(|cover| cover.id.to_lowercase().contains("cover")) {
        cover.linear = true;
    }
    let (first, last): (Vec<_>, Vec<_>) = spine.iter().partition(|reference| reference.linear);
    let read = first.into_iter().chain(last).filter_map(|reference| package.readable(&reference.id));
    let mut seen = HashSet::new();
    package.spine = read.filter(|at| seen.insert(*at)).collect();
    package.meta = metadata.meta();
    package
}

fn item(element: &Element<'_>, path: &str) -> Option<Item> {
    let target = href::resolve(path, &element.attribute("href")?)?;
    Some(Item {
        id: element.attribute("id").unwrap_or_default(),
        path: target.path,
        media: element.attribute("media-type").unwrap_or_default().trim().to_ascii_lowercase(),
        properties: element.attribute("properties").unwrap_or_default(),
        fallback: element.attribute("fallback"),
    })
}

impl Package {
    /// The item of this id, or the one that stands in for it when it can't be read.
    fn readable(&self, id: &str) -> Option<usize> {
        let named = |id: &str| self.ids.get(id).copied();
        let first = named(id)?;
        let mut at = first;
        for _ in 0..8 {
            let item = self.items.get(at)?;
            if item.is_text() {
                return Some(at);
            }
            let Some(next) = item.fallback.as_deref().and_then(named) else { break };
            at = next;
        }
        Some(first)
    }

    /// Takes every page among `names` to be read, the order of the archive being the only one there is.
    pub fn add_pages<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        for path in names.filter(|name| is_page(name) && !name.starts_with("META-INF/")) {
            self.spine.push(self.items.len());
            self.items.push(Item { path: path.to_owned(), ..Item::default() });
        }
    }

    /// The navigation document of EPUB 3.
    pub fn nav(&self) -> Option<&Item> {
        self.items.iter().find(|item| item.properties.split_whitespace().any(|property| property == "nav"))
    }

    /// The NCX of EPUB 2.
    pub fn ncx(&self) -> Option<&Item> {
        let named = self.ncx.as_ref().and_then(|id| self.items.get(*self.ids.get(id)?));
        named.or_else(|| self.items.iter().find(|item| item.media == "application/x-dtbncx+xml"))
    }
}

impl Item {
    /// Whether it is text to read, by its media type or, where that is none or wrong, by its name.
    pub fn is_text(&self) -> bool {
        let typed = matches!(
            self.media.as_str(),
            "application/xhtml+xml" | "text/html" | "text/x-oeb1-document" | "application/x-dtbook+xml"
        );
        typed || (!self.is_image() && is_page(&self.path))
    }

    /// Whether it is an image.
    pub fn is_image(&self) -> bool {
        self.media.starts_with("image/")
    }
}

/// Whether a file of this name is a page.
pub fn is_page(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|e| matches!(e.as_str(), "xhtml" | "html" | "htm" | "xht" | "xml"))
}
