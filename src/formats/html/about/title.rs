//! The title of a page: what its `<title>` says, less the name of the site that stands before or after it.

use dom_query::Document;

use super::Said;
use crate::{
    formats::{build::collapsed, title as titles},
    text,
};

/// What stands between the title and the name of the site.
const BETWEEN: [&str; 12] = ["｜", " | ", " :: ", " » ", " « ", " · ", " • ", " — ", " – ", " - ", " ‹ ", " › "];

/// Titles that programs give to what has none.
const NONE: [&str; 14] = [
    "untitled",
    "untitled document",
    "untitled page",
    "untitled 1",
    "new page 1",
    "no title",
    "document",
    "index",
    "home",
    "home page",
    "title",
    "page title",
    "about:blank",
    "redirecting...",
];

/// Words in the name of a site, at most, when nothing else tells that it is one.
const SITE: usize = 5;

/// The title, if the page says one.
pub fn of(page: &Document, said: &Said, headings: &[String]) -> Option<String> {
    let shown = page.select("head title, title");
    let written =
        shown.nodes().iter().find(|n| !n.parent().is_some_and(|p| p.has_name("svg"))).map(|n| collapsed(&n.text()));
    let written = written.filter(|title| is_title(title));
    let graph = ["og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title"]
        .iter()
        .find_map(|name| said.one(name));
    let graph = graph.filter(|title| is_title(title));
    let site = said.one("og:site_name").or_else(|| said.one("application-name"));
    let found = match (&written, graph) {
        (Some(written), graph) => without_site(written, site, graph, headings),
        (None, Some(graph)) => without_site(graph, site, None, headings),
        (None, None) => heading(page)?,
    };
    Some(titles::clean(&found)).filter(|title| !title.is_empty())
}

/// The first of the highest headings of a page.
fn heading(page: &Document) -> Option<String> {
    let texts = page.select("h1");
    let mut texts = texts.nodes().iter().map(|h1| collapsed(h1.text().trim_end_matches(['¶', '§', '#'])));
    texts.find(|text| !text.is_empty())
}

fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let file =
        [".htm", ".html", ".doc", ".docx", ".pdf", ".odt", ".php", ".dvi"].iter().any(|end| lower.ends_with(end))
            && !lower.contains(' ');
    title.contains(char::is_alphanumeric) && !NONE.contains(&lower.as_str()) && !file
}

/// `title` without the name of its site. What a heading of the text or Open Graph give as the title is never cut.
fn without_site(title: &str, site: Option<&str>, graph: Option<&str>, headings: &[String]) -> String {
    let same = |a: &str, b: &str| plain(a) == plain(b);
    let is_site = |text: &str| site.is_some_and(|site| same(site, text));
    let titles: Vec<&str> = headings.iter().map(String::as_str).chain(graph).filter(|t| !is_site(t)).collect();
    let cuts = cuts(title);
    let sited = cuts.iter().any(|(before, after)| is_site(before) || is_site(after));
    if !sited && headings.iter().any(|t| same(t, title)) {
        return title.to_owned();
    }
    for found in &titles {
        if let Some(part) =
            cuts.iter().find_map(|(before, after)| [before, after].into_iter().find(|part| same(part, found)))
        {
            return (*part).to_owned();
        }
        if begins(title, found) {
            return (*found).to_owned();
        }
    }
    for (before, after) in &cuts {
        if is_site(after) {
            return (*before).to_owned();
        }
        if is_site(before) {
            return (*after).to_owned();
        }
    }
    let Some((before, after)) = cuts.first() else { return title.to_owned() };
    let words = |text: &str| text.split_whitespace().count();
    let sign =
        title.get(before.len()..).is_some_and(|rest| rest.trim_start().starts_with(['|', '｜', '»', '·', ':', '•']));
    // A hyphen may be the title's own, when Open Graph says so.
    if !sign && graph.is_some_and(|graph| same(graph, title)) {
        return title.to_owned();
    }
    if words(after) <= SITE && before.chars().any(char::is_alphanumeric) {
        return (*before).to_owned();
    }
    let Some((before, after)) = cuts.last() else { return title.to_owned() };
    // `Site - a long title`.
    if words(before) <= 2 && words(after) > SITE { (*after).to_owned() } else { title.to_owned() }
}

/// Whether a title begins with what is the title by itself, and goes on with a sign: `Title / Part / Site`, `Title-Site`,
/// `Title (Manual)`.
fn begins(title: &str, found: &str) -> bool {
    let long = found.chars().count() >= 6 || found.contains(' ');
    let rest = title.strip_prefix(found).map(str::trim_start);
    long && rest
        .is_some_and(|rest| rest.starts_with(['/', '-', '_', '–', '—', '|', '｜', '：', '(', '~', '«', '»', '_', '–']))
}

/// Where a title may be cut, from the right.
fn cuts(title: &str) -> Vec<(&str, &str)> {
    let mut places: Vec<(usize, usize)> =
        BETWEEN.iter().flat_map(|b| title.match_indices(b).map(|(at, b)| (at, b.len()))).collect();
    places.sort_unstable();
    places
        .iter()
        .rev()
        .take(16)
        .map(|(at, length)| (text::head(title, *at).trim(), text::tail(title, at + length).trim()))
        .collect()
}

/// By what two titles are compared.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
