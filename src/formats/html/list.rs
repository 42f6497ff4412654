//! Lists: ordered and not, of tasks, of definitions.

use dom_query::{Element, NodeRef};

use super::{
    element::attribute,
    walk::{End, Step, Walk},
};
use crate::doc::Kind;

/// How the items of a list are numbered.
fn is_lettered(kind: &str) -> bool {
    matches!(kind, "a" | "A" | "i" | "I")
}

impl Walk<'_> {
    /// `<ol>`, `<ul>` and `<li>`. In a cell an item is a word with its sign before it.
    pub fn begin_list(&mut self, node: &NodeRef<'_>, element: &Element, name: &str) -> Step {
        self.flush();
        if self.heading || self.pre.is_some() || self.build.in_table() {
            if name == "li" && self.pre.is_none() {
                self.text("• ");
            }
            return Step::Into(End::Block);
        }
        match name {
            "ol" => {
                let start = attribute(element, "start").and_then(|n| n.trim().parse().ok());
                self.build.enter_list(Some(start.unwrap_or(1)));
            }
            "li" => self.begin_item(node, element),
            _ => self.build.enter_list(None),
        }
        Step::Into(if name == "li" { End::Item } else { End::Containers(1) })
    }

    /// An item ends. One without text, an icon perhaps, is none.
    pub fn end_item(&mut self) {
        self.flush();
        if matches!(self.build.lead, Some(Kind::Item { task: None, .. })) {
            self.build.lead = None;
        }
        self.build.leave();
    }

    fn begin_item(&mut self, node: &NodeRef<'_>, element: &Element) {
        let parent = node.parent();
        let list = parent.as_ref().and_then(|parent| parent.element_ref());
        let Some(list) = list.filter(|list| &*list.name.local == "ol") else { return self.build.enter_item('.') };
        let value: Option<u64> = attribute(element, "value").and_then(|n| n.trim().parse().ok());
        let kind = attribute(&list, "type").filter(|kind| is_lettered(kind)).unwrap_or_default();
        let kind = if kind.is_empty() { styled(&list) } else { kind };
        if let Some(value) = value {
            self.build.number_next(value);
        }
        match kind {
            "" => self.build.enter_item('.'),
            kind => {
                let number = self.build.next_number().unwrap_or(1);
                self.build.enter_item('.');
                let written = if kind.eq_ignore_ascii_case("a") { letters(number) } else { roman(number) };
                let written = if matches!(kind, "A" | "I") { written.to_ascii_uppercase() } else { written };
                if let Some(Kind::Item { marker, .. }) = &mut self.build.lead {
                    *marker = format!("{written}.");
                }
            }
        }
    }

    /// An item of a list as Word writes it: a paragraph that begins with its marker.
    pub fn begin_word_item(&mut self, node: &NodeRef<'_>) -> Step {
        let is_marker = |node: &NodeRef<'_>| node.attr("style").is_some_and(|style| style.contains("mso-list:Ignore"));
        let marker =
            node.descendants_it().take(20).find(is_marker).map(|node| node.text().to_string()).unwrap_or_default();
        let marker = marker.trim().trim_matches('\u{a0}').trim();
        let numbered = marker.len() > 1 && marker.len() < 8 && marker.contains(|c: char| c.is_ascii_alphanumeric());
        self.build.enter_list(None);
        self.build.enter_marked(if numbered { marker } else { "•" }.to_owned());
        Step::Into(End::Containers(2))
    }

    /// The check box of a task.
    pub fn task(&mut self, element: &Element) {
        let is_empty = self.build.prose.text.trim().is_empty();
        if let Some(Kind::Item { task, .. }) = self.build.lead.as_mut().filter(|_| is_empty) {
            *task = Some(attribute(element, "checked").is_some());
        } else if self.pre.is_none() && attribute(element, "disabled").is_some() {
            self.text(if attribute(element, "checked").is_some() { "[x] " } else { "[ ] " });
        }
    }

    /// What a term means: indented below it.
    pub fn begin_definition(&mut self) -> Step {
        self.flush();
        if self.heading || self.pre.is_some() || self.build.in_table() {
            return Step::Into(End::Block);
        }
        self.build.enter_list(None);
        self.build.enter_marked(String::new());
        Step::Into(End::Containers(2))
    }
}

fn styled(list: &Element) -> &str {
    let style = attribute(list, "style").unwrap_or_default();
    let class = attribute(list, "class").unwrap_or_default();
    let is =
        |word: &str| style.contains(word) || class.split_ascii_whitespace().any(|c| c == word.trim_matches(['-', ' ']));
    match () {
        () if is("lower-alpha") || is("loweralpha") || is("lower-latin") => "a",
        () if is("upper-alpha") || is("upperalpha") || is("upper-latin") => "A",
        () if is("lower-roman") || is("lowerroman") => "i",
        () if is("upper-roman") || is("upperroman") => "I",
        () => "",
    }
}

/// 1 is `a`, 27 is `aa`.
fn letters(mut number: u64) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
    }
    letters.iter().rev().collect()
}

fn roman(mut number: u64) -> String {
    const SIGNS: [(u64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}
