//! Preformatted text: its characters are kept as they are.

use dom_query::{Element, NodeRef};

use super::{
    element::{attribute, has_class},
    language,
    walk::{End, Step, Walk},
};

/// Preformatted text in the making.
#[derive(Debug, Default)]
pub struct Pre {
    text: String,
    language: Option<String>,
    is_code: bool,
}

impl Pre {
    /// Appends text.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// What comes now starts in a line of its own.
    pub fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

impl Walk<'_> {
    /// A `<pre>` or its like begins. In a cell or a heading it is code within the line.
    pub fn begin_pre(&mut self, node: &NodeRef<'_>, element: &Element) -> Step {
        if self.pre.is_some() {
            return Step::Into(End::Nothing);
        }
        if self.heading || self.build.in_table() {
            let marked = self.open_mark(crate::doc::SpanKind::Code);
            return Step::Into(End::Marks(usize::from(marked)));
        }
        self.flush();
        let language = language::of(node);
        let child = node.first_element_child();
        let is_code = language.is_some()
            || child.is_some_and(|c| ["code", "samp", "kbd"].iter().any(|name| c.has_name(name)))
            || ["programlisting", "screen", "highlight", "code", "fragment", "literal-block", "src", "example"]
                .iter()
                .any(|class| has_class(element, class))
            || node.ancestors_it(Some(2)).any(|around| {
                around.element_ref().is_some_and(|e| attribute(&e, "class").is_some_and(|c| c.contains("highlight")))
            });
        self.pre = Some(Pre { text: String::new(), language, is_code });
        Step::Into(End::Pre)
    }

    /// It ends.
    pub fn end_pre(&mut self) {
        let Some(pre) = self.pre.take() else { return };
        let text = pre.text.replace("\r\n", "\n").replace('\u{a0}', " ");
        if pre.is_code { self.build.code(pre.language, &text) } else { self.build.preformatted(&text) }
    }
}
