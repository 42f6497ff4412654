//! A reference to a text, which a page gives field by field.

/// The fields so far, in roff.
#[derive(Debug, Default)]
pub(super) struct Reference(String);

impl Reference {
    /// A field: `%A` author, `%T` title and so on, in the order in which they come.
    pub fn field(&mut self, name: &str, value: &str) {
        let Reference(fields) = self;
        if !fields.is_empty() {
            fields.push_str(", ");
        }
        match name {
            "%T" => fields.push_str(&format!("\\fI{value}\\fR")),
            "%N" => fields.push_str(&format!("no. {value}")),
            "%P" if !value.starts_with('p') => fields.push_str(&format!("p. {value}")),
            _ => fields.push_str(value),
        }
    }

    /// All of them as a sentence.
    pub fn sentence(&self) -> String {
        format!("{}.", self.0)
    }
}
