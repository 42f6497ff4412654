//! The main part of a page, without what stands around it on every page of a site. What says so itself comes first (`<main>`,
//! `<article>`), then Mozilla's Readability guesses, and where it would lose too much, or the page is plain or documentation,
//! all of the body is read but for what is plainly no content. Never nothing, when the page has text.

mod clutter;
mod measure;
mod readable;

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};

use measure::{Measured, Part};

/// Of the text of a page that is not in links, what a part of it must hold to be the main one.
const MAIN: usize = 25;
/// The same, for one of several articles, or one that Readability guessed.
const ARTICLE: usize = 60;
const READABLE: usize = 25;
/// Of the text of a page without its clutter, so much in links is prose: what is around an article is lists of others.
const LINKS: usize = 20;
/// A page that loads more scripts than these stands on the web, and has more around its text than it says.
const SCRIPTS: usize = 4;

/// What is read of a page.
#[derive(Default)]
pub struct Content {
    /// The element that holds it, if it is not the body.
    pub root: Option<NodeId>,
    /// The elements in it that are left out.
    pub left_out: HashSet<NodeId>,
    /// The article that was taken out of the page.
    pub article: Option<Document>,
}

/// Chooses the main part of a page.
pub fn choose(page: &Document) -> Content {
    let Some(body) = page.body() else { return Content::default() };
    let measured = Measured::of(&body);
    let clutter = clutter::find(&measured);
    let prose = measured.prose_without(&body, &clutter);
    if let Some(main) = main(&measured, &clutter, prose) {
        return Content { root: Some(main), left_out: within(page, main, clutter), article: None };
    }
    let text = measured.text_without(&clutter);
    let listed = text.saturating_sub(prose) * 100 > text * LINKS;
    if listed || page.select("script[src]").length() > SCRIPTS {
        let least = if listed || readable::is_said(page) { READABLE } else { ARTICLE };
        let article = readable::article(page, &measured);
        if let Some(article) = article.filter(|article| readable::prose(article) * 100 >= prose * least) {
            return Content { article: Some(article), ..Content::default() };
        }
    }
    Content { root: None, left_out: within(page, body.id, clutter), article: None }
}

/// The clutter, unless hardly anything else is left: an index is nothing but links.
fn within(page: &Document, root: NodeId, clutter: HashSet<NodeId>) -> HashSet<NodeId> {
    let measured = Measured::of(&NodeRef::new(root, &page.tree));
    let all = measured.parts.last().map_or(0, |part| part.text);
    let left = measured.text_without(&clutter);
    if left * 10 < all || (left < 200 && left * 2 < all) { HashSet::new() } else { clutter }
}

/// The one element that says it is the main one.
fn main(measured: &Measured<'_>, clutter: &HashSet<NodeId>, prose: usize) -> Option<NodeId> {
    let enough = |part: &&Part<'_>, share: usize| part.prose() * 100 >= prose * share && part.text > 0;
    let mains: Vec<&Part<'_>> = measured.parts.iter().filter(|part| part.is_main()).collect();
    let main = mains.iter().copied().filter(|part| enough(part, MAIN)).max_by_key(|part| part.text);
    let articles = measured.parts.iter().filter(|part| part.is_article() && !clutter.contains(&part.node.id));
    let article = articles.filter(|part| enough(part, ARTICLE)).max_by_key(|part| part.text);
    match (main, article) {
        // The article in the main part, without the list of others below it.
        (Some(main), Some(article)) if article.text <= main.text && article.prose() * 100 >= main.prose() * ARTICLE => {
            Some(article.node.id)
        }
        (Some(main), _) => Some(main.node.id),
        (None, article) => article.map(|part| part.node.id),
    }
}
