//! HTML to blocks: pages, chapters of books, the bodies of mails and feeds.

#![allow(dead_code, reason = "formats to come use it")]

use super::build::Builder;

/// Where a page stands: how the names of its places and the targets of its links are to be written in the document that it
/// becomes a part of.
pub trait Place {
    /// The name of the place that the page calls `id`.
    fn id(&self, id: &str) -> String {
        id.to_owned()
    }

    /// Where a link to `href` leads.
    fn href(&self, href: &str) -> String {
        href.to_owned()
    }
}

/// A page that is a document of its own.
impl Place for () {}

/// Reads a page or a fragment of HTML, all of its body, into the blocks in the making.
pub fn read_into(html: &str, build: &mut Builder, _place: &dyn Place) {
    build.flush();
    build.prose.push_collapsed(&dom_query::Document::from(html).select("body").text());
    build.flush();
}
