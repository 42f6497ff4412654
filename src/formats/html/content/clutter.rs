//! What is no content of a page: the ways through the site, notices about cookies, lists of what else there is to read.
//! Said by the element itself, or by its class when it also reads so.

use std::collections::HashSet;

use dom_query::NodeId;

use super::measure::{Measured, Part};

/// Roles of what is no content.
const ROLES: [&str; 13] = [
    "navigation",
    "search",
    "banner",
    "contentinfo",
    "complementary",
    "menu",
    "menubar",
    "toolbar",
    "tablist",
    "dialog",
    "alertdialog",
    "tooltip",
    "status",
];

/// Words of classes and ids that are said of nothing else.
const SURE: [&str; 35] = [
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "ccpa",
    "onetrust",
    "newsletter",
    "subscribe",
    "subscription",
    "share",
    "sharing",
    "sharedaddy",
    "social",
    "advert",
    "advertisement",
    "ads",
    "sponsor",
    "sponsored",
    "breadcrumb",
    "breadcrumbs",
    "pagination",
    "paywall",
    "popup",
    "disqus",
    "navheader",
    "navfooter",
    "navbar",
    "navigation",
    "topnav",
    "bottomnav",
    "subnav",
    "docnav",
    "nav",
    "sphinxsidebar",
    "jp-relatedposts",
];

/// Words that are said of content too; what they mark is left out where most of it is links.
const LIKELY: [&str; 19] = [
    "menu",
    "sidebar",
    "related",
    "recommended",
    "trending",
    "popular",
    "promo",
    "banner",
    "footer",
    "header",
    "masthead",
    "toolbar",
    "tags",
    "toc",
    "comments",
    "comment",
    "widget",
    "recirc",
    "outbrain",
];

/// Asides that belong to the text.
const NOTES: [&str; 15] = [
    "note",
    "admonition",
    "callout",
    "tip",
    "warning",
    "important",
    "caution",
    "alert",
    "info",
    "footnote",
    "footnotes",
    "pullquote",
    "hint",
    "example",
    "epub",
];

/// The elements of a page that are no content.
pub fn find(measured: &Measured<'_>) -> HashSet<NodeId> {
    let all = measured.parts.last().map_or(0, |part| part.text);
    let is_root = |part: &&Part<'_>| measured.parts.last().is_some_and(|root| root.node.id == part.node.id);
    let clutter = measured.parts.iter().filter(|part| !is_root(part) && is_clutter(part, all));
    clutter.map(|part| part.node.id).collect()
}

fn is_clutter(part: &Part<'_>, all: usize) -> bool {
    let small = part.text * 3 < all;
    let links = part.linked * 2 > part.text;
    if part.is_main() || part.is_article() {
        return part.is_article() && small && has(part, &["comment"]);
    }
    if ROLES.contains(&part.role.as_str()) || part.name == "dialog" {
        return small || links;
    }
    let titled = part.paragraphs > 0 && !part.in_main && part.name == "header";
    match part.name.as_str() {
        "nav" | "search" => return small || links,
        "aside" => return small && !has(part, &NOTES),
        // What an article brings along is its own: its byline above, its sources below.
        "footer" => return if part.in_main { links } else { small },
        "header" if !part.in_main && !titled => return small,
        "form" => return small && part.paragraphs < 3,
        "body" | "html" | "p" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "tr" | "tbody" | "dt" | "dd" => {
            return false;
        }
        _ => {}
    }
    if !small {
        return false;
    }
    if [" footer ", " site-footer ", " page-footer "].iter().any(|sign| part.signs.contains(sign))
        && part.text * 10 < all
    {
        return true;
    }
    let sparse = part.paragraphs < 3 || links;
    (sparse && has(part, &SURE)) || (links && has(part, &LIKELY))
}

/// Whether one of the words is a class or an id of it, or the first or last part of one: `cookie-notice`, `article__share`.
fn has(part: &Part<'_>, words: &[&str]) -> bool {
    part.signs.split(' ').filter(|sign| !sign.is_empty()).any(|sign| {
        let mut pieces = sign.split(['-', '_', ':']).filter(|piece| !piece.is_empty());
        let first = pieces.next();
        let last = pieces.next_back();
        let is = |piece: Option<&str>| piece.is_some_and(|piece| words.contains(&piece));
        is(first) || is(last) || words.contains(&sign)
    })
}
