//! The notes of a book, which stand in a body of their own after the text that refers to them: what they are called has to
//! be known before.

use std::collections::{HashMap, HashSet};

use crate::formats::{
    build::collapsed,
    xml::{Event, Xml},
};

/// Labels by the ids of the notes.
pub type Labels = HashMap<String, String>;

/// A longer title of a note is one, and not its label.
const LABEL: usize = 12;

/// Whether a body of this name holds notes.
pub fn are_notes(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "notes" | "footnotes" | "comments" | "endnotes")
}

/// The labels of all notes: what they are titled, where that is short and no other's, else their number.
pub fn labels(text: &str) -> Labels {
    let mut found: Vec<(String, String)> = Vec::new();
    let (mut notes, mut depth, mut title) = (false, 0usize, false);
    for event in Xml::new(text) {
        match event {
            Event::Start(element) => match element.name.as_str() {
                "body" => {
                    notes = element.attribute("name").is_some_and(|name| are_notes(&name));
                    depth = 0;
                }
                "section" if notes => {
                    depth += 1;
                    found.extend(element.attribute("id").filter(|_| depth == 1).map(|id| (id, String::new())));
                }
                "title" => title = notes && depth == 1,
                _ => {}
            },
            Event::End(name) => match name.as_str() {
                "section" => depth = depth.saturating_sub(1),
                "title" => title = false,
                "body" => notes = false,
                _ => {}
            },
            Event::Text(text) => {
                if let Some((_, label)) = found.last_mut().filter(|_| title) {
                    label.push_str(&text);
                }
            }
        }
    }
    let mut given = HashSet::new();
    let mut labels = Labels::new();
    let mut next = 0usize;
    for (number, (id, title)) in (1usize..).zip(found) {
        let title = stripped(&title);
        let fits = is_label(&title) && !given.contains(&title);
        let mut label = if fits { title } else { number.to_string() };
        // A chapter that counts its notes from 1 again comes to numbers that are taken.
        next = next.max(number);
        while !given.insert(label.clone()) {
            next += 1;
            label = next.to_string();
        }
        labels.entry(id).or_insert(label);
    }
    labels
}

/// Whether a title of a note is what it is called.
pub fn is_label(title: &str) -> bool {
    !title.is_empty() && title.chars().count() <= LABEL
}

/// A label without the brackets and the stop that it is written with.
pub fn stripped(text: &str) -> String {
    collapsed(text).trim_matches(['[', ']', '(', ')', '{', '}', '.', ' ']).to_owned()
}
