//! The title of a page: what its `<title>` says, less the name of the site that stands before or after it.

use dom_query::Document;

use super::Said;
use crate::{
    formats::{build::collapsed, title as titles},
    text,
};

/// What stands between the title and the name of the site.
const BETWEEN: [&str; 11] = [" | ", " :: ", " » ", " « ", " · ", " • ", " — ", " – ", " - ", " ‹ ", " › "];

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
pub fn of(page: &Document, said: &Said) -> Option<String> {
    let headings = headings(page);
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
        (Some(written), graph) => without_site(written, site, graph, &headings),
        (None, Some(graph)) => without_site(graph, site, None, &headings),
        (None, None) => headings.first()?.clone(),
    };
    Some(titles::clean(&found)).filter(|title| !title.is_empty())
}

/// The texts of the first highest headings.
fn headings(page: &Document) -> Vec<String> {
    page.select("h1")
        .nodes()
        .iter()
        .take(4)
        .map(|h1| collapsed(h1.text().trim_end_matches(['¶', '§', '#'])))
        .filter(|h| !h.is_empty())
        .collect()
}

fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let file =
        [".htm", ".html", ".doc", ".docx", ".pdf", ".odt", ".php", ".dvi"].iter().any(|end| lower.ends_with(end))
            && !lower.contains(' ');
    title.contains(char::is_alphanumeric) && !NONE.contains(&lower.as_str()) && !file
}

/// `title` without the name of its site. What the page's heading or Open Graph give as the title is never cut.
fn without_site(title: &str, site: Option<&str>, graph: Option<&str>, headings: &[String]) -> String {
    let same = |a: &str, b: &str| plain(a) == plain(b);
    let titles: Vec<&str> =
        headings.iter().map(String::as_str).chain(graph).filter(|t| !site.is_some_and(|s| same(s, t))).collect();
    if titles.iter().any(|t| same(t, title)) && site.is_none_or(|s| !ends_in(title, s)) {
        return title.to_owned();
    }
    // The cuts, from the right; each leaves what stands before and after it.
    let cuts = cuts(title);
    for (before, after) in &cuts {
        if let Some(found) = [before, after].into_iter().find(|part| titles.iter().any(|t| same(t, part))) {
            return (*found).to_owned();
        }
    }
    for (before, after) in &cuts {
        if site.is_some_and(|site| same(site, after)) {
            return (*before).to_owned();
        }
        if site.is_some_and(|site| same(site, before)) {
            return (*after).to_owned();
        }
    }
    let Some((before, after)) = cuts.first() else { return title.to_owned() };
    let words = |text: &str| text.split_whitespace().count();
    // `Site: a section | Page`: the longer side is the page's.
    if words(after) <= SITE && before.chars().any(char::is_alphanumeric) {
        return (*before).to_owned();
    }
    let Some((before, after)) = cuts.last() else { return title.to_owned() };
    if words(before) <= 2 && words(after) > SITE { (*after).to_owned() } else { title.to_owned() }
}

fn ends_in(title: &str, site: &str) -> bool {
    cuts(title).iter().any(|(before, after)| plain(before) == plain(site) || plain(after) == plain(site))
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
