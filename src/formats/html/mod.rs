//! HTML to blocks: pages, chapters of books, the bodies of mails and feeds. A page is parsed once, as a browser does it
//! (html5ever), and walked without recursion. What a browser would hide is left out; what is not understood is text.

mod about;
mod bounded;
mod content;
mod element;
mod file;
mod hidden;
mod inline;
mod language;
mod list;
mod marks;
mod math;
mod notes;
mod parse;
mod pre;
mod script;
mod table;
mod walk;

use std::collections::HashSet;

use super::build::Builder;
#[allow(unused_imports, reason = "formats to come use it")]
pub use file::{FORMAT, document};
#[allow(unused_imports, reason = "formats to come use it")]
pub use parse::{decode, decode_as};

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

    /// Where the image at `source` is.
    fn image(&self, source: &str) -> String {
        source.to_owned()
    }

    /// The label of the note in another page of the same document that `href` leads to, if it leads to one.
    fn note(&self, _href: &str) -> Option<String> {
        None
    }

    /// The label of the note that the page calls `id`, if another page refers to it.
    fn noted(&self, _id: &str) -> Option<String> {
        None
    }
}

/// A page that is a document of its own.
impl Place for () {}

/// What is said of a page that has more tags than are read.
const CUT: &str = "the page is too long: its end is left out";

/// Reads a page or a fragment of HTML, all of its body, into the blocks in the making.
pub fn read_into(html: &str, build: &mut Builder, place: &dyn Place) {
    let page = parse::page(html);
    if page.cut {
        build.warn(CUT.to_owned());
    }
    walk::walk(page.tree.body().unwrap_or_else(|| page.tree.root()), &HashSet::new(), build, place);
}

/// MathML as a line of text.
pub fn formula(mathml: &str) -> String {
    let page = dom_query::Document::from(mathml);
    page.select("math").nodes().first().map(math::linear).unwrap_or_default()
}
