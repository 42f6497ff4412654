//! What the elements of HTML are: which of them structure text, and how each begins and ends.

use dom_query::{Element, NodeRef};

use super::{
    hidden, inline, math, script,
    walk::{End, Step, Walk},
};
use crate::{doc::SpanKind, formats::formula};

/// An attribute's value.
pub fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

/// Whether it is of a class, in any case of letters.
pub fn has_class(element: &Element, class: &str) -> bool {
    attribute(element, "class").is_some_and(|c| c.split_ascii_whitespace().any(|c| c.eq_ignore_ascii_case(class)))
}

impl Walk<'_> {
    /// An element begins.
    pub fn element(&mut self, node: &NodeRef<'_>, element: &Element) -> Step {
        let name: &str = &element.name.local;
        if hidden::is_hidden(element, name) || self.left_out.contains(&node.id) {
            return self.left_out(node, element, name);
        }
        if let Some(label) = self.notes.note(node).map(str::to_owned)
            && !self.heading
            && self.pre.is_none()
            && !self.build.in_table()
        {
            self.flush();
            self.name(element);
            self.build.enter_footnote(&label);
            self.notes.begin(label);
            return Step::Into(End::Note);
        }
        let line = is_line(node, element, name);
        if is_block(name) && !line && !matches!(name, "td" | "th") {
            self.flush();
        }
        self.name(element);
        match name {
            "br" => {
                self.line_break();
                Step::Over
            }
            "hr" => {
                if self.pre.is_none() && !self.heading && !self.build.in_table() && self.notes_follow(node) {
                    self.build.rule();
                }
                Step::Over
            }
            "wbr" => Step::Over,
            "img" | "image" => {
                self.image(element);
                Step::Over
            }
            "input" => {
                self.task(element);
                Step::Over
            }
            "a" => self.anchor(node, element),
            "q" => self.begin_quotation(),
            "sup" | "sub" => self.script(node, name),
            "ruby" => Step::Into(End::Ruby),
            "rp" => Step::Over,
            "rt" | "rtc" => {
                self.ruby.push_str(node.text().trim());
                Step::Over
            }
            "math" => {
                self.formula(node);
                Step::Over
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.begin_heading(name.as_bytes().get(1).map_or(6, |b| b - b'0'))
            }
            "pre" | "listing" | "xmp" | "plaintext" | "textarea" => self.begin_pre(node, element),
            "div" if has_class(element, "fragment") => self.begin_pre(node, element),
            "ul" | "ol" | "menu" | "dir" | "li" => self.begin_list(node, element, name),
            "dd" => self.begin_definition(),
            "dt" => Step::Into(End::Term),
            "summary" => Step::Into(End::Term),
            "blockquote" if self.pre.is_none() && !self.heading && !self.build.in_table() => {
                self.build.enter_quote();
                Step::Into(End::Containers(1))
            }
            "div" | "aside" | "section" if is_box(element) && self.flows() => {
                self.build.enter_quote();
                self.boxes += 1;
                Step::Into(End::Box)
            }
            _ if self.boxes > 0
                && is_block(name)
                && self.flows()
                && BOX_TITLES.iter().any(|t| has_class(element, t)) =>
            {
                Step::Into(End::Term)
            }
            "table" => self.begin_table(node, element),
            "thead" => self.begin_head(),
            "tr" => self.begin_row(node),
            "td" | "th" => self.begin_cell(element, name),
            "caption" => self.begin_caption(),
            _ if line => Step::Into(End::Line),
            "p" if self.flows() && attribute(element, "style").is_some_and(|s| s.contains("mso-list:l")) => {
                self.begin_word_item(node)
            }
            _ => self.other(element, name),
        }
    }

    /// Elements told by what they say of themselves, and the rest.
    fn other(&mut self, element: &Element, name: &str) -> Step {
        if let Some(kind) = inline::mark(name) {
            let marked = usize::from(self.open_mark(kind));
            return Step::Into(End::Marks(marked));
        }
        if attribute(element, "role") == Some("heading") && !self.heading && !self.build.in_table() {
            let level = attribute(element, "aria-level").and_then(|l| l.parse().ok()).unwrap_or(2u8);
            self.flush();
            return self.begin_heading(level.clamp(1, 6));
        }
        let block = is_block(name);
        let style = attribute(element, "style").unwrap_or_default();
        if block && style.contains("white-space") && style.contains("pre") {
            self.keep_lines += 1;
            return Step::Into(End::KeepLines);
        }
        if block {
            return Step::Into(End::Block);
        }
        if matches!(name, "span" | "font") {
            // docutils marks literals by their class alone.
            let literal = has_class(element, "literal") && self.open_mark(SpanKind::Code);
            let marks = self.styled(element) + usize::from(literal);
            return Step::Into(End::Marks(marks));
        }
        Step::Into(End::Nothing)
    }

    /// Whether paragraphs come out as such: not in a heading, a cell, or preformatted text.
    pub fn flows(&self) -> bool {
        !self.heading && self.pre.is_none() && !self.build.in_table()
    }

    fn begin_heading(&mut self, level: u8) -> Step {
        if self.build.in_table() || self.heading || self.pre.is_some() {
            let marked = self.open_mark(SpanKind::Strong);
            return Step::Into(End::Marks(usize::from(marked)));
        }
        if self.boxes > 0 {
            return Step::Into(End::Term);
        }
        self.heading = true;
        Step::Into(End::Heading(level))
    }

    /// An element ends.
    pub fn end(&mut self, end: End) {
        match end {
            End::Nothing => {}
            End::Block => self.flush(),
            End::Heading(level) => {
                self.end_marks();
                self.heading = false;
                let text = &mut self.build.prose.text;
                text.truncate(text.trim_end().len());
                self.build.heading(level);
            }
            End::Containers(count) => {
                self.flush();
                for _ in 0..count {
                    self.build.leave();
                }
            }
            End::Marks(count) => (0..count).for_each(|_| self.close_mark()),
            End::Term => {
                if self.pre.is_some() || self.heading || self.build.in_table() {
                    return self.flush();
                }
                self.end_marks();
                self.build.term();
            }
            End::Box => {
                self.flush();
                self.build.leave();
                self.boxes = self.boxes.saturating_sub(1);
            }
            End::Item => self.end_item(),
            End::Pre => self.end_pre(),
            End::Table => self.end_table(),
            End::Row => self.end_row(),
            End::Head => self.end_head(),
            End::Cell(marks) => self.end_cell(marks),
            End::Quote => self.end_quotation(),
            End::Ruby => {
                let reading = std::mem::take(&mut self.ruby);
                if !reading.is_empty() {
                    self.text(&format!("({reading})"));
                }
            }
            End::KeepLines => {
                self.flush();
                self.keep_lines = self.keep_lines.saturating_sub(1);
            }
            End::Note => {
                self.flush();
                self.build.leave();
                self.notes.end();
            }
            End::Line => self.line_break(),
        }
    }

    /// `#name` leads to what an element holds.
    fn name(&mut self, element: &Element) {
        for attr in ["id", "name"] {
            let allowed = attr == "id" || &*element.name.local == "a";
            if let Some(id) =
                attribute(element, attr).filter(|id| allowed && !id.is_empty() && !id.starts_with("readability-"))
            {
                self.build.name_next(self.place.id(id));
            }
        }
    }

    /// What is hidden may hold TeX, and be the place that a link leads to.
    fn left_out(&mut self, node: &NodeRef<'_>, element: &Element, name: &str) -> Step {
        if name != "script" {
            self.name(element);
            return Step::Over;
        }
        let kind = attribute(element, "type").unwrap_or_default();
        if let Some(mode) = kind.strip_prefix("math/tex") {
            let tex = node.text();
            let sign = if mode.contains("display") { "$$" } else { "$" };
            self.text(&formula::inline(tex.trim(), sign));
        } else if kind.starts_with("math/mml") {
            let math = dom_query::Document::fragment(node.text());
            if let Some(math) = math.select("math").nodes().first() {
                self.formula(math);
            }
        }
        Step::Over
    }

    fn formula(&mut self, math: &NodeRef<'_>) {
        let linear = math::linear(math);
        let tex = || math::tex(math).map(|tex| formula::unicode(&tex).unwrap_or(tex)).unwrap_or_default();
        let text = if linear.is_empty() { tex() } else { linear };
        let display = math.attr("display").is_some_and(|display| &*display == "block");
        if display {
            self.flush();
        }
        self.text(&text);
        if display {
            self.flush();
        }
    }

    fn script(&mut self, node: &NodeRef<'_>, name: &str) -> Step {
        let only_text = node.children_it(false).all(|child| child.is_text());
        if self.pre.is_some() || !only_text {
            return Step::Into(End::Nothing);
        }
        let text = node.text();
        self.text(&if name == "sup" { script::raised(&text) } else { script::lowered(&text) });
        Step::Over
    }

    /// A rule above the footnotes goes with them.
    fn notes_follow(&self, rule: &NodeRef<'_>) -> bool {
        let next = rule.next_element_sibling();
        !next.is_some_and(|next| {
            self.notes.note(&next).is_some()
                || next.first_element_child().is_some_and(|child| self.notes.note(&child).is_some())
        })
    }
}

/// Classes of notes and warnings that stand in a box beside the text (docutils, DocBook, AsciiDoc, GitHub, Docusaurus), and of
/// what names them.
const BOXES: [&str; 14] = [
    "admonition",
    "admonitionblock",
    "note",
    "tip",
    "warning",
    "caution",
    "important",
    "danger",
    "callout",
    "hint",
    "attention",
    "markdown-alert",
    "theme-admonition",
    "notice",
];
const BOX_TITLES: [&str; 6] =
    ["admonition-title", "title", "markdown-alert-title", "callout-title", "admonition-heading", "admonitionheading"];

/// A line of verse.
fn is_line(node: &NodeRef<'_>, element: &Element, name: &str) -> bool {
    name == "div" && has_class(element, "line") && node.parent().is_some_and(|p| p.has_class("line-block"))
}

fn is_box(element: &Element) -> bool {
    !element.attrs.is_empty() && BOXES.iter().any(|class| has_class(element, class))
}

/// Elements that begin and end a paragraph.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "noscript"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}
