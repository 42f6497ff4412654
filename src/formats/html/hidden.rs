//! What a browser would not show, and what is no text to read where it shows it.

use dom_query::Element;

use super::element::{attribute, has_class};

/// Elements whose content is never text of the page.
const HIDDEN: [&str; 25] = [
    "script", "style", "template", "noscript", "iframe", "svg", "head", "title", "embed", "applet", "audio", "video",
    "canvas", "select", "datalist", "button", "input", "noembed", "noframes", "map", "param", "source", "track",
    "link", "meta",
];

/// Classes of what producers put in for machines, for the mouse, or a second time: permalinks, line numbers, what MathJax
/// drew of the formula that stands in a script beside it.
const CLASSES: [&str; 26] = [
    "headerlink",
    "anchorjs-link",
    "hash-link",
    "heading-anchor",
    "header-anchor",
    "lineno",
    "linenos",
    "linenumbers",
    "linenodiv",
    "gutter",
    "line-numbers-rows",
    "MathJax",
    "MathJax_Display",
    "MathJax_Preview",
    "MathJax_SVG",
    "MathJax_CHTML",
    "mw-editsection",
    "mw-cite-backlink",
    "skip-link",
    "skip-to-content",
    "skiplink",
    "noprint",
    "copybtn",
    "zeroclipboard-container",
    "rightside",
    "hideme",
];

/// Whether an element is left out with all that it holds.
pub fn is_hidden(element: &Element, name: &str) -> bool {
    if name == "input" && attribute(element, "type").is_some_and(|t| t.eq_ignore_ascii_case("checkbox")) {
        return false;
    }
    if HIDDEN.contains(&name) {
        return true;
    }
    if element.attrs.is_empty() || matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    // LibreOffice writes out what stands at the head and the foot of its pages.
    let page = name == "div" && attribute(element, "title").is_some_and(|title| matches!(title, "header" | "footer"));
    let hidden = page
        || attribute(element, "hidden").is_some_and(|value| value != "until-found")
        || attribute(element, "aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true") && name != "img")
        || attribute(element, "style").is_some_and(is_styled_away);
    // Wikipedia hides the formula from the eye, and shows a picture of it.
    let formula = attribute(element, "class").is_some_and(|class| class.contains("mwe-math-mathml"));
    let picture = attribute(element, "class").is_some_and(|class| class.contains("mwe-math-fallback-image"));
    let classed =
        attribute(element, "class").is_some_and(|class| class.split_ascii_whitespace().any(|c| CLASSES.contains(&c)));
    // rustdoc links every item to its source.
    let source = name == "a" && has_class(element, "src");
    (hidden && !formula)
        || picture
        || source
        || is_page_break(element)
        || (classed && !(has_class(element, "MathJax") && name == "mjx-container"))
}

/// Where the page of a printed book ended: its number stands in the middle of sentences. Of EPUB, DPUB-ARIA and Project
/// Gutenberg.
fn is_page_break(element: &Element) -> bool {
    let says =
        |name: &str, word: &str| attribute(element, name).is_some_and(|kinds| kinds.split(' ').any(|k| k == word));
    says("epub:type", "pagebreak")
        || says("role", "doc-pagebreak")
        || ["pagenum", "pageno"].iter().any(|class| has_class(element, class))
}

fn is_styled_away(style: &str) -> bool {
    let declared = |declaration: &str| {
        let Some((property, value)) = declaration.split_once(':') else { return false };
        let value = value.trim().trim_end_matches("!important").trim();
        match property.trim().to_ascii_lowercase().as_str() {
            "display" => value.eq_ignore_ascii_case("none"),
            "visibility" => value.eq_ignore_ascii_case("hidden"),
            "mso-list" => value.eq_ignore_ascii_case("ignore"),
            "mso-hide" => value.eq_ignore_ascii_case("all"),
            _ => false,
        }
    };
    style.split(';').any(declared)
}
