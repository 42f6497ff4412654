//! Elements that mark running text, and what stands within it: links, images, quotations.

use std::ops::RangeInclusive;

use dom_query::{Element, NodeRef};

use super::{
    element::{attribute, has_class},
    walk::{End, Step, Walk},
};
use crate::{doc::SpanKind, formats::build::collapsed};

/// The longest address of an image that is kept.
const MAX_SOURCE: usize = 2048;
/// An image that is written into the page itself. A shorter one is an icon, or stands in for what scripts fetch.
const WRITTEN: RangeInclusive<usize> = 1024..=8 * 1024 * 1024;

/// Whether an image can be had by what the page calls it, now or by whoever follows it. Of drawings there are no pixels.
fn is_kept(source: &str) -> bool {
    match source.trim_start().strip_prefix("data:") {
        Some(kind) => kind.starts_with("image/") && !kind.starts_with("image/svg") && WRITTEN.contains(&kind.len()),
        None => source.len() <= MAX_SOURCE,
    }
}

/// The mark of an element that marks text.
pub fn mark(name: &str) -> Option<SpanKind> {
    Some(match name {
        "b" | "strong" => SpanKind::Strong,
        "i" | "em" | "cite" | "dfn" | "var" => SpanKind::Emphasis,
        "code" | "kbd" | "samp" | "tt" => SpanKind::Code,
        "del" | "s" | "strike" => SpanKind::Strikethrough,
        "u" | "ins" => SpanKind::Underline,
        _ => return None,
    })
}

impl Walk<'_> {
    /// What a `style` marks, as word processors and mail programs write it.
    pub fn styled(&mut self, element: &Element) -> usize {
        let Some(style) = attribute(element, "style") else { return 0 };
        let mut marks = 0;
        for declaration in style.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let value = value.trim();
            let kind = match property.trim() {
                "font-weight" if matches!(value, "bold" | "bolder" | "600" | "700" | "800" | "900") => SpanKind::Strong,
                "font-style" if matches!(value, "italic" | "oblique") => SpanKind::Emphasis,
                "text-decoration" | "text-decoration-line" if value.contains("line-through") => SpanKind::Strikethrough,
                _ => continue,
            };
            marks += usize::from(self.open_mark(kind));
        }
        marks
    }

    /// A link, a place with a name, or the reference to a footnote.
    pub fn anchor(&mut self, node: &NodeRef<'_>, element: &Element) -> Step {
        if let Some(label) = self.notes.reference(node).map(str::to_owned) {
            if let Some(pre) = &mut self.pre {
                pre.push(&format!("[{label}]"));
            } else {
                self.build.prose.unspace();
                self.begin_marks();
                self.build.prose.span(SpanKind::FootnoteRef(label.clone()), &label);
            }
            return Step::Over;
        }
        if self.notes.is_way_back(node, element) || is_permalink(node, element) {
            return Step::Over;
        }
        let href = attribute(element, "href").unwrap_or_default().trim();
        let scheme = href.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default();
        if href.is_empty()
            || href == "#"
            || self.pre.is_some()
            || has_class(element, "toc-backref")
            || matches!(scheme.as_str(), "javascript" | "data" | "vbscript")
        {
            return Step::Into(End::Nothing);
        }
        let kind = self.build.link(self.place.href(href));
        let marked = self.open_mark(kind);
        Step::Into(End::Marks(usize::from(marked)))
    }

    /// An image, by its alternative text. One for decoration, and one that counts readers, is none.
    pub fn image(&mut self, element: &Element) {
        let tiny = |name: &str| attribute(element, name).is_some_and(|n| matches!(n.trim(), "0" | "1" | "2" | "1px"));
        let alt = attribute(element, "alt");
        let title = attribute(element, "title").filter(|_| alt.is_none());
        let words = collapsed(alt.or(title).unwrap_or_default());
        let named = ["src", "data-src", "data-original", "xlink:href", "href"];
        let source = named.iter().filter_map(|name| attribute(element, name)).find(|source| is_kept(source));
        let source = source.unwrap_or_default().trim();
        if let Some(pre) = &mut self.pre {
            return pre.push(&words);
        }
        let decoration =
            words.is_empty() && (alt.is_some() || self.heading || self.build.in_table() || source.is_empty());
        if decoration || tiny("width") || tiny("height") {
            return;
        }
        // What draws a formula as a picture writes its source as the alternative text.
        if ["tex", "latex", "math", "mwe-math-fallback-image-inline"].iter().any(|class| has_class(element, class)) {
            return self.text(&words);
        }
        self.begin_marks();
        self.build.prose.span(SpanKind::Image(self.place.image(source)), &words);
    }

    /// `<q>`.
    pub fn begin_quotation(&mut self) -> Step {
        self.quotes += 1;
        self.text(if self.quotes % 2 == 1 { "“" } else { "‘" });
        Step::Into(End::Quote)
    }

    pub fn end_quotation(&mut self) {
        self.text(if self.quotes % 2 == 1 { "”" } else { "’" });
        self.quotes = self.quotes.saturating_sub(1);
    }
}

/// The sign by which a heading gives its own address.
fn is_permalink(node: &NodeRef<'_>, element: &Element) -> bool {
    if !attribute(element, "href").is_some_and(|href| href.contains('#')) {
        return false;
    }
    let Some(child) = node.first_child() else { return false };
    let sign = |text: &str| matches!(text.trim(), "¶" | "§" | "#" | "🔗" | "☍" | "∞");
    let text = child.next_sibling().is_none() && child.is_text() && sign(&child.text());
    text && node.ancestors_it(Some(3)).any(|around| {
        let name = around.node_name();
        name.is_some_and(|name| {
            matches!(
                &*name,
                "h1" | "h2"
                    | "h3"
                    | "h4"
                    | "h5"
                    | "h6"
                    | "dt"
                    | "section"
                    | "figcaption"
                    | "caption"
                    | "summary"
                    | "p"
                    | "span"
            )
        })
    })
}
