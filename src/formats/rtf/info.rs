//! What a document says about itself, in its properties and in its text.

use super::destination::Property;
use crate::{
    doc::{Date, Meta},
    formats::{build, office::properties},
};

/// What was said so far.
#[derive(Debug, Default)]
pub struct Info {
    meta: Meta,
    /// The paragraph in the style of a title.
    title: Option<String>,
    /// When it was made: year, month, day.
    made: [Option<i32>; 3],
}

/// Before it nobody wrote RTF: a clock that was not set.
const FIRST: i32 = 1980;

impl Info {
    /// The text of a property.
    pub fn take(&mut self, property: Property, text: &str) {
        match property {
            Property::Title => self.meta.title = properties::title(text),
            Property::Author => self.meta.author = properties::author(text),
            Property::Keywords => properties::tags(text, &mut self.meta.tags),
            Property::Created | Property::Other => {}
        }
    }

    /// A part of when the document was made.
    pub fn made(&mut self, word: &str, value: Option<i32>) {
        let [year, month, day] = &mut self.made;
        match word {
            "yr" => *year = value,
            "mo" => *month = value,
            _ => *day = value,
        }
    }

    /// A paragraph in the style of a title. The first one counts.
    pub fn titled(&mut self, text: &str) {
        self.title.get_or_insert_with(|| build::collapsed(text));
    }

    /// All of it. What stands in the text is what a person sees.
    pub fn meta(self) -> Meta {
        let [year, month, day] = self.made;
        let part = |n: Option<i32>| n.and_then(|n| u8::try_from(n).ok());
        let date = year
            .filter(|year| *year >= FIRST)
            .and_then(|year| Date::new(i16::try_from(year).ok()?, part(month), part(day)));
        Meta { title: self.title.or(self.meta.title), date, ..self.meta }
    }
}
