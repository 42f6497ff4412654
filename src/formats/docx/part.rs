//! The package, seen from the part that is being read: what that names is found in the other parts.

use crate::formats::office::{Package, package::Relationships};

/// The part that is being read.
pub struct Part<'p> {
    package: &'p mut Package,
    links: Relationships,
}

impl<'p> Part<'p> {
    /// The part of this name.
    pub fn new(package: &'p mut Package, name: &str) -> Part<'p> {
        let links = package.relationships(name);
        Part { package, links }
    }

    /// From now on another part is being read: its text.
    pub fn enter(&mut self, name: &str) -> String {
        self.links = self.package.relationships(name);
        self.package.text_or_empty(name)
    }

    /// Where a link leads.
    pub fn target(&self, id: &str) -> Option<&str> {
        self.links.get(id).map(|link| link.target.as_str())
    }

    /// The part of a kind, or the name that it mostly has.
    pub fn of_kind(&self, kind: &str, mostly: &str) -> String {
        self.links.of_kind(kind).unwrap_or(mostly).to_owned()
    }

    /// The text of another part; empty when there is none.
    pub fn text_of(&mut self, name: &str) -> String {
        self.package.text_or_empty(name)
    }
}
