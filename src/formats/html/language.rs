//! The language of code, as highlighters write it into classes: `language-x` (HTML5, Prism, highlight.js), `lang-x`,
//! `highlight-source-x` (GitHub), `highlight-x` (Sphinx), `sourceCode x` (pandoc), `brush: x` (SyntaxHighlighter), `rust`
//! (rustdoc).

use dom_query::{Element, NodeRef};

use super::element::attribute;

/// Classes around code that name no language.
const NONE: [&str; 12] = [
    "default",
    "none",
    "text",
    "plain",
    "plaintext",
    "nohighlight",
    "no-highlight",
    "txt",
    "source",
    "code",
    "output",
    "notranslate",
];

/// The language of a `<pre>`, by its own classes, those of the `<code>` in it, and those around it.
pub fn of(pre: &NodeRef<'_>) -> Option<String> {
    let child = pre.first_element_child().filter(|child| child.has_name("code"));
    let around = pre.ancestors_it(Some(2));
    child.into_iter().chain([*pre]).chain(around).find_map(|node| of_element(&*node.element_ref()?))
}

fn of_element(element: &Element) -> Option<String> {
    let data = ["data-lang", "data-language"].iter().find_map(|name| attribute(element, name));
    if let Some(language) = data.and_then(known) {
        return Some(language);
    }
    let class = attribute(element, "class")?;
    let is_pandoc = class.split_ascii_whitespace().any(|c| c == "sourceCode");
    let is_pre = matches!(&*element.name.local, "pre" | "code");
    let mut classes = class.split_ascii_whitespace().peekable();
    while let Some(class) = classes.next() {
        let prefixed = ["language-", "lang-", "highlight-source-", "highlight-text-", "highlight-", "brush:", "src-"]
            .iter()
            .find_map(|prefix| class.strip_prefix(prefix));
        let found = match prefixed {
            Some("") => classes.peek().copied(),
            Some(language) => Some(language),
            None if is_pandoc && class != "sourceCode" => Some(class),
            None if is_pre
                && matches!(class, "rust" | "python" | "java" | "sh" | "json" | "javascript" | "c" | "xml") =>
            {
                Some(class)
            }
            None => None,
        };
        if let Some(language) = found.and_then(known) {
            return Some(language);
        }
    }
    None
}

fn known(language: &str) -> Option<String> {
    let language = language.trim_matches([';', '"', ',']).to_ascii_lowercase();
    let plausible = language.len() < 24 && language.chars().all(|c| c.is_ascii_alphanumeric() || "+#-_.".contains(c));
    let language = match language.as_str() {
        "python3" | "pycon" | "ipython" | "ipython3" | "pycon3" => "python".to_owned(),
        "shell-session" => "console".to_owned(),
        _ => language,
    };
    (plausible && !language.is_empty() && !NONE.contains(&language.as_str())).then_some(language)
}
