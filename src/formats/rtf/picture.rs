//! Pictures: nothing of one is shown but what somebody wrote about it, which is among the properties of its drawing.

use crate::formats::build;

/// The picture that is open.
#[derive(Debug, Default)]
pub struct Picture {
    /// The name of the property whose value comes next.
    property: String,
    about: String,
}

impl Picture {
    /// The name of a property.
    pub fn name(&mut self, name: &str) {
        name.trim().clone_into(&mut self.property);
    }

    /// The value of the property that was named.
    pub fn value(&mut self, value: &str) {
        if self.property == "wzDescription" {
            self.about = build::collapsed(value);
        }
    }

    /// The picture ends: what was written about it.
    pub fn end(&mut self) -> String {
        std::mem::take(&mut self.about)
    }
}
