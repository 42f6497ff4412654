//! The article of a page as Mozilla's Readability finds it. Its work grows faster than the page, and on a page that is no
//! article it finds something all the same: who asks looks at what is left.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::measure::{Measured, Part};

/// Larger pages are no articles.
const MAX_ELEMENTS: usize = 20_000;

/// What Chinese, Japanese or Korean needs of the score by which a page reads like an article, of letters in a paragraph that
/// counts, and of letters in an article: about a third of what Readability asks of English.
const DENSE: (f32, usize, usize) = (10.0, 45, 170);

/// What writes documentation, books and letters: all of such a page is its text.
const GENERATORS: [&str; 26] = [
    "docutils",
    "sphinx",
    "doxygen",
    "docbook",
    "pandoc",
    "latex2html",
    "texi2html",
    "makeinfo",
    "asciidoc",
    "javadoc",
    "mdbook",
    "rustdoc",
    "groff",
    "man2html",
    "libreoffice",
    "openoffice",
    "microsoft word",
    "hevea",
    "tex4ht",
    "tth",
    "linuxdoc",
    "sgml-tools",
    "debiandoc",
    "pod2html",
    "hugo-book",
    "yelp",
];

/// The article, if the page reads like one.
pub fn article(page: &Document, measured: &Measured<'_>) -> Option<Document> {
    if measured.elements > MAX_ELEMENTS || is_generated(page) {
        return None;
    }
    let mut config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    if measured.is_dense() {
        (config.readable_min_score, config.readable_min_content_length, config.char_threshold) = DENSE;
    }
    let (score, length) = (config.readable_min_score, config.readable_min_content_length);
    if !dom_smoothie::is_probably_readable(page, Some(score), Some(length)) {
        return None;
    }
    let copy = page.clone();
    keep_formulas(&copy);
    let article = Readability::with_document(copy, None, Some(config)).ok()?.parse().ok()?;
    Some(Document::from(article.content))
}

/// Whether the page says that it is an article.
pub fn is_said(page: &Document) -> bool {
    let said = "meta[property='og:type'][content='article'], meta[property='article:published_time'], meta[name='article:published_time']";
    page.select(said).exists()
}

/// How much text that is not in links a page holds.
pub fn prose(page: &Document) -> usize {
    page.body().map_or(0, |body| Measured::of(&body).parts.last().map_or(0, Part::prose))
}

fn is_generated(page: &Document) -> bool {
    page.select("meta[name]").nodes().iter().any(|meta| {
        let generator = meta.attr("name").is_some_and(|name| name.eq_ignore_ascii_case("generator"));
        let content = meta.attr("content").map(|content| content.to_ascii_lowercase()).unwrap_or_default();
        generator && GENERATORS.iter().any(|name| content.contains(name))
    })
}

/// TeX stands in scripts, all of which Readability takes away.
fn keep_formulas(page: &Document) {
    for script in page.select("script[type^='math/tex']").nodes() {
        let display = script.attr("type").is_some_and(|kind| kind.contains("display"));
        let sign = if display { "$$" } else { "$" };
        script.set_text(format!("{sign}{}{sign}", script.text().trim()));
        script.remove_attr("type");
        script.rename("span");
    }
}
