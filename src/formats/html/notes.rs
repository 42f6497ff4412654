//! Footnotes, however a producer marks them: `epub:type`, the roles of DPUB-ARIA, pandoc, docutils, GitHub, MediaWiki, Word,
//! LibreOffice, or a raised number that links to a paragraph below. A note is what a reference of the page leads to; of one
//! whose note stands in another file the [`Place`] knows, else it is a link.

use std::collections::{HashMap, HashSet};

use dom_query::{Element, NodeId, NodeRef};

use super::{
    Place,
    element::{attribute, has_class},
};
use crate::formats::build::Builder;

/// The notes of a page.
#[derive(Debug, Default)]
pub struct Notes {
    /// The label of each reference.
    references: HashMap<NodeId, String>,
    /// The label of each element that is a note.
    notes: HashMap<NodeId, String>,
    /// The ids of the references, to which notes link back.
    ways_back: HashSet<String>,
    /// How many notes are open.
    open: usize,
    /// The label of the note that has begun, until its text comes.
    label: Option<String>,
}

/// A reference as it is met.
struct Reference {
    node: NodeId,
    target: String,
    label: String,
    order: usize,
    marked: bool,
}

/// The longest label.
const MAX_LABEL: usize = 12;
/// How far up from the place that is linked to its note is looked for.
const CLIMB: usize = 6;

impl Notes {
    /// Finds the notes of a page.
    pub fn of(root: &NodeRef<'_>, build: &mut Builder, place: &dyn Place) -> Notes {
        let mut found = Notes::default();
        found.across(root, place);
        let references = references(root);
        if references.is_empty() {
            return found;
        }
        let wanted: HashSet<&str> = references.iter().map(|r| r.target.as_str()).collect();
        let mut targets: HashMap<String, (usize, NodeRef<'_>)> = HashMap::new();
        for (order, node) in root.descendants_it().enumerate() {
            let Some(element) = node.element_ref() else { continue };
            for id in names(&element).filter(|id| wanted.contains(id)) {
                targets.entry(id.to_owned()).or_insert((order, node));
            }
        }
        let mut labels: HashMap<NodeId, String> = HashMap::new();
        for reference in references {
            if found.references.contains_key(&reference.node) {
                continue;
            }
            let Some((order, target)) = targets.get(&reference.target) else { continue };
            // A link up is the way back.
            if *order <= reference.order {
                continue;
            }
            let Some(note) = note(target, reference.node, reference.marked) else { continue };
            let label = labels.entry(note).or_insert_with(|| build.footnote_label(&reference.label));
            found.references.insert(reference.node, label.clone());
            let node = NodeRef::new(reference.node, root.tree);
            for around in std::iter::once(node).chain(node.ancestors_it(Some(2))) {
                if let Some(element) = around.element_ref() {
                    found.ways_back.extend(names(&element).map(str::to_owned));
                }
            }
        }
        found.notes.extend(labels);
        found
    }

    /// Finds the references to notes in other pages, and the notes to which other pages refer.
    fn across(&mut self, root: &NodeRef<'_>, place: &dyn Place) {
        for node in root.descendants_it() {
            let Some(element) = node.element_ref() else { continue };
            let href = attribute(&element, "href").filter(|_| &*element.name.local == "a");
            if let Some(label) = href.and_then(|href| place.note(href)) {
                self.references.insert(node.id, label);
            }
            for label in names(&element).filter_map(|id| place.noted(id)) {
                if let Some(note) = note(&node, root.id, true) {
                    self.notes.insert(note, label);
                }
            }
        }
    }

    /// The label of a reference.
    pub fn reference(&self, node: &NodeRef<'_>) -> Option<&str> {
        self.references.get(&node.id).map(String::as_str)
    }

    /// The label of a note.
    pub fn note(&self, node: &NodeRef<'_>) -> Option<&str> {
        self.notes.get(&node.id).map(String::as_str)
    }

    /// A note begins.
    pub fn begin(&mut self, label: String) {
        self.open += 1;
        self.label = Some(label);
    }

    /// It ends.
    pub fn end(&mut self) {
        self.open = self.open.saturating_sub(1);
        self.label = None;
    }

    /// Whether a link leads from a note back to its reference.
    pub fn is_way_back(&self, node: &NodeRef<'_>, element: &Element) -> bool {
        let marked =
            ["footnote-back", "footnote-backref", "fn-backref", "reversefootnote", "footnotebackref", "backlink"]
                .iter()
                .any(|class| has_class(element, class))
                || attribute(element, "role").is_some_and(|role| role.contains("doc-backlink"))
                || attribute(element, "epub:type").is_some_and(|kind| kind.contains("backlink"))
                || attribute(element, "data-footnote-backref").is_some();
        let href = attribute(element, "href").unwrap_or_default();
        // Outside of a note, such a link may be the name of what it stands before.
        let sign = || !node.text().contains(char::is_alphanumeric);
        (marked && (self.open > 0 || sign()))
            || (self.open > 0 && href.split_once('#').is_some_and(|(_, target)| self.ways_back.contains(target)))
    }

    /// Text without the label that a note begins with: it is shown as such. `None` if nothing is left.
    pub fn without_label<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let Some(label) = &self.label else { return Some(text) };
        let bracket = |c: char| matches!(c, '[' | ']' | '(' | ')' | '.' | ':' | '^' | '↑' | '↩') || c.is_whitespace();
        let bare = text.trim_start_matches(bracket);
        if bare.is_empty() {
            return None;
        }
        let rest = bare.strip_prefix(label.as_str()).filter(|rest| !rest.starts_with(char::is_alphanumeric));
        let rest = rest.map(|rest| rest.trim_start_matches(bracket));
        // What closed a label that was left out begins no text.
        let closed = text.trim_start_matches(|c: char| matches!(c, '.' | ':' | ']' | ')') || c.is_whitespace());
        if rest == Some("") {
            return None;
        }
        self.label = None;
        Some(rest.unwrap_or(closed))
    }
}

/// By what an element may be linked to.
fn names(element: &Element) -> impl Iterator<Item = &str> {
    let name = attribute(element, "name").filter(|_| &*element.name.local == "a");
    attribute(element, "id").into_iter().chain(name)
}

fn references(root: &NodeRef<'_>) -> Vec<Reference> {
    let mut found = Vec::new();
    for (order, node) in root.descendants_it().enumerate() {
        let Some(element) = node.element_ref().filter(|e| &*e.name.local == "a") else { continue };
        let Some((path, target)) = attribute(&element, "href").and_then(|href| href.split_once('#')) else { continue };
        let marked = is_marked(&element, target);
        if target.is_empty() || !(marked || path.is_empty() && is_raised(&node)) || is_back(&element, target) {
            continue;
        }
        let text = node.text();
        let label = text.trim().trim_matches(['[', ']', '(', ')', ' ', '.']).trim();
        let short = label.len() <= MAX_LABEL && !label.is_empty() && !label.contains(char::is_whitespace);
        let counts = label.chars().all(|c| c.is_ascii_digit())
            || label.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶'));
        if short && (marked || counts) {
            let (target, label) = (target.to_owned(), label.to_owned());
            found.push(Reference { node: node.id, target, label, order, marked });
        }
    }
    found
}

fn is_marked(element: &Element, target: &str) -> bool {
    attribute(element, "epub:type").is_some_and(|kind| kind.contains("noteref"))
        || attribute(element, "role").is_some_and(|role| role.contains("doc-noteref"))
        || attribute(element, "data-footnote-ref").is_some()
        || [
            "footnote-ref",
            "footnote",
            "footnote-reference",
            "footnoteref",
            "noteref",
            "fnref",
            "footnote-anchor",
            "sdfootnoteanc",
            "sdendnoteanc",
        ]
        .iter()
        .any(|class| has_class(element, class))
        || ["_ftn", "_edn", "cite_note", "fn:", "fn-", "user-content-fn-"].iter().any(|start| target.starts_with(start))
}

/// What only the way back from a note is called.
fn is_back(element: &Element, target: &str) -> bool {
    ["_ftnref", "_ednref", "fnref", "cite_ref", "user-content-fnref"].iter().any(|start| target.starts_with(start))
        || target.ends_with("anc")
        || attribute(element, "role").is_some_and(|role| role.contains("doc-backlink"))
        || ["fn-backref", "footnote-back", "sdfootnotesym", "sdendnotesym"]
            .iter()
            .any(|class| has_class(element, class))
}

/// In a `<sup>`, or around one.
fn is_raised(link: &NodeRef<'_>) -> bool {
    let is_sup = |node: NodeRef<'_>| node.has_name("sup");
    link.ancestors_it(Some(2)).any(is_sup) || link.children_it(false).any(is_sup)
}

/// The element that is the note which a reference to `target` leads to.
fn note(target: &NodeRef<'_>, reference: NodeId, marked: bool) -> Option<NodeId> {
    let mut at = *target;
    for _ in 0..CLIMB {
        let name = at.node_name()?;
        match &*name {
            "li" | "aside" | "p" | "dd" | "blockquote" => break,
            "table" if at.has_class("footnote") => break,
            "div" | "section" | "tr" if marked && !has_parts(&at) => break,
            // docutils puts the label before its note.
            "dt" => {
                at = at.next_element_sibling().filter(|next| next.has_name("dd"))?;
                break;
            }
            "a" | "sup" | "span" | "b" | "strong" | "em" | "i" | "small" | "font" | "u" | "cite" => {
                if text_before(&at) {
                    return None;
                }
                at = at.parent()?;
            }
            _ => return None,
        }
    }
    // A note of several paragraphs, of which the first was named.
    if let Some(around) = at.parent().filter(|_| at.has_name("p") && at.prev_element_sibling().is_none()) {
        let element = around.element_ref();
        let own = element.is_some_and(|e| {
            matches!(&*e.name.local, "li" | "aside")
                || attribute(&e, "id")
                    .is_some_and(|id| ["ftn", "edn", "sdfootnote", "sdendnote"].iter().any(|s| id.starts_with(s)))
        });
        if own {
            at = around;
        }
    }
    let holds_reference = NodeRef::new(reference, target.tree).ancestors_it(Some(64)).any(|around| around.id == at.id);
    (!holds_reference).then_some(at.id)
}

/// Whether a section holds headings: a chapter is no note.
fn has_parts(node: &NodeRef<'_>) -> bool {
    let is_part =
        |node: NodeRef<'_>| node.node_name().is_some_and(|n| matches!(&*n, "h1" | "h2" | "h3" | "section" | "ol"));
    node.descendants_it().take(400).any(is_part)
}

/// Whether something to read stands before a node in its parent.
fn text_before(node: &NodeRef<'_>) -> bool {
    let mut at = node.prev_sibling();
    for _ in 0..8 {
        let Some(before) = at else { return false };
        if !before.text().trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '(')).is_empty() {
            return true;
        }
        at = before.prev_sibling();
    }
    at.is_some()
}
