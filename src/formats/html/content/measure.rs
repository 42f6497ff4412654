//! How much text the parts of a page hold, and how much of it is links.

use std::collections::HashSet;

use dom_query::{NodeData, NodeId, NodeRef};

use crate::{
    formats::html::{
        element::{attribute, is_block},
        hidden,
    },
    text::words::is_unspaced,
};

/// A part of a page: a block, with what is in it.
pub struct Part<'p> {
    pub node: NodeRef<'p>,
    pub name: String,
    /// Class, id and role, in lower case, with spaces around each.
    pub signs: String,
    pub role: String,
    /// Letters and digits in it.
    pub text: usize,
    /// Those of them in links.
    pub linked: usize,
    /// Where its first part stands: parts come after those within them.
    pub first: usize,
    /// Paragraphs, code and headings in it.
    pub paragraphs: usize,
    /// It stands in a part that says it is the main one.
    pub in_main: bool,
}

/// The parts of a page, inner before outer.
pub struct Measured<'p> {
    pub parts: Vec<Part<'p>>,
    /// Elements.
    pub elements: usize,
    /// Letters of scripts that need fewer of them to say the same.
    dense: usize,
}

impl Part<'_> {
    /// Its text that is not in links.
    pub fn prose(&self) -> usize {
        self.text.saturating_sub(self.linked)
    }

    /// Whether it says that it is the main part.
    pub fn is_main(&self) -> bool {
        self.name == "main" || self.role == "main"
    }

    /// Whether it says that it is an article.
    pub fn is_article(&self) -> bool {
        self.name == "article" || self.role == "article"
    }
}

impl<'p> Measured<'p> {
    /// Measures what is in `root`, itself the last part.
    pub fn of(root: &NodeRef<'p>) -> Measured<'p> {
        let mut found = Measured { parts: Vec::new(), elements: 0, dense: 0 };
        let mut open: Vec<Part<'p>> = vec![part(*root, 0, false)];
        let mut links = 0usize;
        let mut next = root.first_child();
        while let Some(node) = next {
            if let Some(child) = found.enter(&node, &mut open, &mut links) {
                next = Some(child);
                continue;
            }
            let mut at = node;
            next = loop {
                if let Some(sibling) = at.next_sibling() {
                    break Some(sibling);
                }
                let Some(parent) = at.parent().filter(|parent| parent.id != root.id) else { break None };
                links -= usize::from(parent.has_name("a"));
                found.leave(&parent, &mut open);
                at = parent;
            };
        }
        while let Some(node) = open.last().map(|part| part.node) {
            found.leave(&node, &mut open);
        }
        found
    }

    /// Takes in a node; gives its first child if that is to be measured.
    fn enter(&mut self, node: &NodeRef<'p>, open: &mut Vec<Part<'p>>, links: &mut usize) -> Option<NodeRef<'p>> {
        let Some(element) = node.element_ref() else {
            let (letters, dense) = node.query_or((0, 0), |node| match &node.data {
                NodeData::Text { contents } => {
                    let letters = || contents.chars().filter(|c| c.is_alphanumeric());
                    (letters().count(), letters().filter(|c| is_dense(*c)).count())
                }
                _ => (0, 0),
            });
            self.dense += dense;
            if let Some(part) = open.last_mut() {
                part.text += letters;
                part.linked += if *links > 0 { letters } else { 0 };
            }
            return None;
        };
        let name: &str = &element.name.local;
        self.elements += 1;
        if hidden::is_hidden(&element, name) {
            return None;
        }
        let child = node.first_child()?;
        *links += usize::from(name == "a");
        if is_block(name) {
            let in_main = open.last().is_some_and(|part| part.in_main || part.is_main() || part.is_article());
            open.push(part(*node, self.parts.len(), in_main));
        }
        Some(child)
    }

    /// A node ends, and with it the part that it is.
    fn leave(&mut self, node: &NodeRef<'p>, open: &mut Vec<Part<'p>>) {
        let Some(part) = open.pop_if(|part| part.node.id == node.id) else { return };
        if let Some(around) = open.last_mut() {
            around.text += part.text;
            around.linked += part.linked;
            around.paragraphs += part.paragraphs;
            if matches!(part.name.as_str(), "p" | "pre" | "h1" | "h2" | "blockquote" | "dd") && part.text > 0 {
                around.paragraphs += 1;
            }
        }
        self.parts.push(part);
    }

    /// Whether most of the text is in a script that needs fewer letters: what is counted in letters counts for more.
    pub fn is_dense(&self) -> bool {
        self.parts.last().is_some_and(|all| self.dense * 2 > all.text)
    }

    /// The text that is not in links, less that of the elements left out.
    pub fn prose_without(&self, body: &NodeRef<'_>, out: &HashSet<NodeId>) -> usize {
        let all = self.parts.last().filter(|part| part.node.id == body.id).map_or(0, Part::prose);
        all.saturating_sub(self.outermost(out).map(Part::prose).sum())
    }

    /// The text, less that of the elements left out.
    pub fn text_without(&self, out: &HashSet<NodeId>) -> usize {
        let all = self.parts.last().map_or(0, |part| part.text);
        all.saturating_sub(self.outermost(out).map(|part| part.text).sum())
    }

    /// The parts left out that stand in no other one left out.
    fn outermost(&self, out: &HashSet<NodeId>) -> impl Iterator<Item = &Part<'p>> {
        let mut inside = self.parts.len();
        // Backwards, outer before inner: what stands in one left out lies between its first part and itself.
        self.parts.iter().enumerate().rev().filter_map(move |(at, part)| {
            let counts = at < inside && out.contains(&part.node.id);
            if counts {
                inside = part.first;
            }
            counts.then_some(part)
        })
    }
}

/// Whether a letter says as much as a syllable or a word.
fn is_dense(c: char) -> bool {
    is_unspaced(c) || ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

fn part(node: NodeRef<'_>, first: usize, in_main: bool) -> Part<'_> {
    let mut part = Part {
        node,
        name: String::new(),
        signs: String::new(),
        role: String::new(),
        text: 0,
        linked: 0,
        first,
        paragraphs: 0,
        in_main,
    };
    if let Some(element) = node.element_ref() {
        part.name = element.name.local.to_string();
        part.role = attribute(&element, "role").unwrap_or_default().to_ascii_lowercase();
        for name in ["class", "id"] {
            for sign in attribute(&element, name).unwrap_or_default().split_ascii_whitespace().take(32) {
                part.signs.push(' ');
                part.signs.push_str(&sign.to_ascii_lowercase());
            }
        }
        if attribute(&element, "epub:type").is_some() {
            part.signs.push_str(" epub");
        }
        part.signs.push(' ');
    }
    part
}
