//! Notes that stand in another file than what refers to them: a book often has one file of notes for all chapters. They are
//! looked for before the pages are read, because a note may come before or after its reference.

use std::collections::{HashMap, HashSet};

use super::{Book, Builder, Package};
use crate::formats::{
    href::Target,
    html,
    xml::{Event, Xml},
};

/// The labels of such notes, by the names of their places.
pub type Labels = HashMap<String, String>;

/// What every reference to a note says of itself (`epub:type`, or the role of DPUB-ARIA).
const MARKS: [&str; 2] = ["noteref", "doc-noteref"];

/// A longer text is no label.
const LABEL: usize = 12;

/// Finds them.
pub fn across(book: &mut Book, package: &Package, build: &mut Builder) -> Labels {
    let mut wanted: Vec<(Target, String)> = Vec::new();
    for at in book.pages(package) {
        let path = book.archive.name(at).to_owned();
        let Some(page) = book.peek(at) else { continue };
        if memchr::memmem::find(&page, b"noteref").is_some() {
            let found = references(&html::decode(&page), &path, book);
            wanted.extend(found.into_iter().filter(|(target, _)| target.path != path));
        }
    }
    let mut there: HashSet<String> = HashSet::new();
    let files: HashSet<String> = wanted.iter().map(|(target, _)| target.path.clone()).collect();
    for path in files {
        if let Some(page) = book.archive.find(&path).and_then(|at| book.peek(at)) {
            there.extend(ids(&html::decode(&page)).map(|id| format!("{path}#{id}")));
        }
    }
    let mut labels = Labels::new();
    for (target, text) in wanted {
        let name = target.name();
        if there.contains(&name) && !labels.contains_key(&name) {
            labels.insert(name, build.footnote_label(&text));
        }
    }
    labels
}

/// What the references of a page lead to, and what they say.
fn references(page: &str, path: &str, book: &Book) -> Vec<(Target, String)> {
    let mut found: Vec<(Target, String)> = Vec::new();
    let mut open = false;
    for event in Xml::new(page) {
        match event {
            Event::Start(element) if element.name == "a" => {
                let says = |name: &str| element.attribute(name).unwrap_or_default();
                let marked = |value: String| value.split_whitespace().any(|kind| MARKS.contains(&kind));
                open = marked(says("type")) || marked(says("role"));
                let target = element.attribute("href").and_then(|href| book.target(path, &href));
                found.extend(target.filter(|t| open && !t.fragment.is_empty()).map(|t| (t, String::new())));
            }
            Event::End(name) if name == "a" => open = false,
            Event::Text(text) if open => {
                if let Some((_, label)) = found.last_mut() {
                    label.push_str(&text);
                }
            }
            _ => {}
        }
    }
    for (number, (_, label)) in (1usize..).zip(&mut found) {
        let written = label.trim().trim_matches(['[', ']', '(', ')', ' ', '.']);
        let short = !written.is_empty() && written.len() <= LABEL && !written.contains(char::is_whitespace);
        *label = if short { written.to_owned() } else { number.to_string() };
    }
    found
}

/// The names of the places in a page.
fn ids(page: &str) -> impl Iterator<Item = String> {
    Xml::new(page).filter_map(|event| match event {
        Event::Start(element) => element.attribute("id"),
        _ => None,
    })
}
