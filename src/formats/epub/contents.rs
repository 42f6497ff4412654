//! The contents of a book: the navigation document of EPUB 3 (section 7) and the NCX of EPUB 2, at all depths.

use crate::formats::{
    build::collapsed,
    href::{self, Target},
    xml::{Event, Xml},
};

/// A line of the contents.
#[derive(Debug, PartialEq)]
pub struct Line {
    /// 1 is the highest.
    pub depth: usize,
    /// What it says.
    pub label: String,
    /// Where it leads; a heading in the contents may lead nowhere.
    pub target: Option<Target>,
}

/// The lines of a navigation document, which lies at `path`: of its `toc`, else of the first list there is.
pub fn nav(xml: &str, path: &str) -> Vec<Line> {
    let mut toc = Vec::new();
    let mut first = Vec::new();
    let mut lists = Vec::new();
    // The kind of the `<nav>` that is open.
    let mut kind: Option<String> = None;
    let (mut depth, mut open): (usize, Option<Line>) = (0, None);
    for event in Xml::new(xml) {
        match event {
            Event::Start(element) => match element.name.as_str() {
                "nav" => {
                    kind = Some(element.attribute("type").unwrap_or_default().to_lowercase());
                    depth = 0;
                }
                "ol" | "ul" if kind.is_some() => depth += 1,
                name @ ("a" | "span") if depth > 0 && (open.is_none() || name == "a") => {
                    let target = element.attribute("href").and_then(|href| href::resolve(path, &href));
                    let label = open.take().map(|line: Line| line.label).unwrap_or_default();
                    open = Some(Line { depth, label, target });
                }
                "img" => {
                    if let (Some(line), Some(alt)) = (&mut open, element.attribute("alt")) {
                        line.label.push_str(&alt);
                    }
                }
                _ => {}
            },
            Event::Text(text) => {
                if let Some(line) = &mut open {
                    line.label.push_str(&text);
                }
            }
            Event::End(name) => {
                let done = match name.as_str() {
                    "a" => true,
                    "span" => open.as_ref().is_some_and(|line| line.target.is_none()),
                    "li" | "ol" | "ul" | "nav" => true,
                    _ => false,
                };
                if let Some(line) = open.take_if(|_| done) {
                    lists.extend(line.finished());
                }
                match name.as_str() {
                    "ol" | "ul" => depth = depth.saturating_sub(1),
                    "nav" => {
                        let kind = kind.take().unwrap_or_default();
                        let lines = std::mem::take(&mut lists);
                        let is_toc = kind.split_whitespace().any(|kind| kind == "toc");
                        if is_toc && toc.is_empty() {
                            toc = lines;
                        } else if kind.is_empty() && first.is_empty() {
                            first = lines;
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    if toc.is_empty() { first } else { toc }
}

/// The lines of an NCX, which lies at `path`.
pub fn ncx(xml: &str, path: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut map, mut depth, mut label, mut text) = (false, 0usize, String::new(), false);
    for event in Xml::new(xml) {
        match event {
            Event::Start(element) => match element.name.as_str() {
                "navmap" => map = true,
                "navpoint" => {
                    depth += 1;
                    label.clear();
                }
                "navlabel" => label.clear(),
                "text" => text = true,
                "content" if map && depth > 0 => {
                    let target = element.attribute("src").and_then(|src| href::resolve(path, &src));
                    let line = Line { depth, label: std::mem::take(&mut label), target };
                    lines.extend(line.finished());
                }
                _ => {}
            },
            Event::Text(part) if text => label.push_str(&part),
            Event::Text(_) => {}
            Event::End(name) => match name.as_str() {
                "navmap" => map = false,
                "navpoint" => depth = depth.saturating_sub(1),
                "text" => text = false,
                _ => {}
            },
        }
    }
    lines
}

impl Line {
    fn finished(mut self) -> Option<Line> {
        self.label = collapsed(&self.label);
        (!self.label.is_empty()).then_some(self)
    }
}
