//! Where the file's own names lead: pages by their objects, named destinations, the outline, links on pages.

use std::collections::{HashMap, HashSet};

use hayro_syntax::{
    Pdf,
    object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Rect, String as PdfString},
};

use super::string;
use crate::formats::{bounds, build::collapsed};

/// Names and entries of outlines that are looked at.
const NAMES: usize = 200_000;

/// Links of one page.
const LINKS: usize = 2_000;

/// What leads to pages.
#[derive(Default)]
pub struct Places {
    pages: HashMap<ObjectIdentifier, usize>,
    names: HashMap<Vec<u8>, usize>,
    count: usize,
}

/// An entry of the outline.
#[derive(Debug)]
pub struct Entry {
    /// As it is written.
    pub title: String,
    /// From 1.
    pub level: u8,
    /// The number of its page, from 1.
    pub page: Option<usize>,
}

/// A link on a page.
pub struct Link {
    /// Where it is, in the space of the page.
    pub rect: Rect,
    /// A URL, or `#page=N`.
    pub target: String,
}

impl Places {
    /// Of this file.
    pub fn of(pdf: &Pdf) -> Places {
        let pages = pdf.pages().iter().enumerate().filter_map(|(at, page)| Some((page.raw().obj_id()?, at + 1)));
        let mut places = Places { pages: pages.collect(), names: HashMap::new(), count: pdf.pages().len() };
        let catalog = catalog(pdf);
        if let Some(old) = catalog.get::<Dict<'_>>("Dests") {
            for (name, _) in old.entries().take(NAMES) {
                if let Some(page) = old.get::<Object<'_>>(name.as_ref()).and_then(|d| places.page(&d)) {
                    places.names.insert(name.as_ref().to_vec(), page);
                }
            }
        }
        if let Some(tree) = catalog.get::<Dict<'_>>("Names").and_then(|n| n.get::<Dict<'_>>("Dests")) {
            places.name_tree(tree);
        }
        places
    }

    fn name_tree(&mut self, root: Dict<'_>) {
        let (mut nodes, mut seen, mut left) = (vec![root], HashSet::new(), NAMES);
        while let Some(node) = nodes.pop() {
            if node.obj_id().is_some_and(|id| !seen.insert(id)) || left == 0 {
                continue;
            }
            left -= 1;
            nodes.extend(node.get::<Array<'_>>("Kids").iter().flat_map(Array::iter::<Dict<'_>>));
            let Some(names) = node.get::<Array<'_>>("Names") else { continue };
            let mut key: Option<Vec<u8>> = None;
            for item in names.iter::<Object<'_>>() {
                match (key.take(), item) {
                    (None, Object::String(name)) => key = Some(name.to_vec()),
                    (Some(name), item) => {
                        left = left.saturating_sub(1);
                        if let Some(page) = self.page(&item) {
                            self.names.insert(name, page);
                        }
                    }
                    (None, _) => {}
                }
            }
        }
    }

    /// The number of the page that a destination leads to.
    fn page(&self, place: &Object<'_>) -> Option<usize> {
        match place {
            Object::String(name) => self.names.get(&name.to_vec()).copied(),
            Object::Name(name) => self.names.get(name.as_ref()).copied(),
            Object::Dict(dict) => self.array(&dict.get::<Array<'_>>("D")?),
            Object::Array(array) => self.array(array),
            _ => None,
        }
    }

    fn array(&self, array: &Array<'_>) -> Option<usize> {
        match array.raw_iter().next()? {
            MaybeRef::Ref(page) => self.pages.get(&page.into()).copied(),
            MaybeRef::NotRef(Object::Number(at)) => {
                usize::try_from(at.as_i64()).ok().map(|at| at + 1).filter(|n| *n <= self.count)
            }
            MaybeRef::NotRef(_) => None,
        }
    }

    /// Where something leads that has a destination or an action.
    fn target(&self, of: &Dict<'_>) -> Option<String> {
        let local = |place: Object<'_>| Some(format!("#page={}", self.page(&place)?));
        if let Some(place) = of.get::<Object<'_>>("Dest") {
            return local(place);
        }
        let action = of.get::<Dict<'_>>("A")?;
        match action.get::<Name<'_>>("S").as_deref() {
            Some(b"URI") => Some(string::decode(&action.get::<PdfString<'_>>("URI")?)).filter(|u| !u.trim().is_empty()),
            Some(b"GoTo") => local(action.get::<Object<'_>>("D")?),
            _ => None,
        }
    }

    /// The links of a page.
    pub fn links(&self, page: &Dict<'_>) -> Vec<Link> {
        let notes = page.get::<Array<'_>>("Annots");
        let notes = notes.iter().flat_map(Array::iter::<Dict<'_>>).take(LINKS);
        let links = notes.filter_map(|note| {
            let kind = note.get::<Name<'_>>("Subtype")?;
            let rect = note.get::<Rect>("Rect").filter(|_| kind.as_ref() == b"Link")?;
            Some(Link { rect, target: self.target(&note)? })
        });
        links.collect()
    }

    /// The outline, in order.
    pub fn outline(&self, pdf: &Pdf) -> Vec<Entry> {
        let mut entries = Vec::new();
        let first = catalog(pdf).get::<Dict<'_>>("Outlines").and_then(|o| o.get::<Dict<'_>>("First"));
        let (mut open, mut seen) = (vec![first], HashSet::new());
        while let Some(next) = open.last_mut() {
            let Some(item) = next.take() else {
                open.pop();
                continue;
            };
            if item.obj_id().is_some_and(|id| !seen.insert(id)) || entries.len() >= NAMES {
                continue;
            }
            *next = item.get::<Dict<'_>>("Next");
            let page = self.target(&item).and_then(|t| t.strip_prefix("#page=")?.parse().ok());
            let title = item.get::<PdfString<'_>>("Title").map(|t| collapsed(&string::decode(&t))).unwrap_or_default();
            let level = u8::try_from(open.len()).unwrap_or(u8::MAX);
            if !title.is_empty() {
                entries.push(Entry { title, level, page });
            }
            if open.len() < bounds::DEPTH {
                open.push(item.get::<Dict<'_>>("First"));
            }
        }
        entries
    }
}

fn catalog(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default()
}
