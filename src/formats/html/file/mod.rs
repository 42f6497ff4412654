//! Pages of HTML as files: by themselves, with all they need in one file (MHTML, Safari's web archives), or saved by
//! SingleFile.

mod detect;
mod mhtml;
mod webarchive;

use std::collections::HashSet;

use anyhow::{Result, bail};

use super::{CUT, about, content, parse, walk};
use crate::{
    doc::{Document, Kind},
    formats::{
        Contents, Entry, Format, Source, bounds,
        build::{Builder, collapsed},
        image::beside,
        mail,
    },
};

/// HTML.
pub const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm", "xhtml", "xht", "shtml", "mhtml", "mht", "webarchive"],
    about: "The article of a web page, or all of its main part; MHTML, SingleFile and Safari's archives too",
    detect: detect::detect,
    contents: Contents::Excerpt { open, whole },
    image: Some(image),
};

/// Headings that a title is compared with.
const HEADINGS: usize = 3;

fn open(source: &Source) -> Result<Document> {
    load(source).map(|page| article(&page))
}

fn whole(source: &Source) -> Result<Document> {
    load(source).map(|page| read(&page, &page.tree, &content::Content::default()))
}

/// An image that was saved with the page.
fn image(source: &Source, _: &Entry, name: &str) -> Result<Vec<u8>> {
    let bytes = source.read(0, bounds::PARSED)?;
    match detect::wrapping(&bytes) {
        Some(detect::Wrapping::Mhtml) => mail::part_called(&bytes, name),
        // In a page such a name begins at the root of its site.
        None if name.starts_with('/') || name.starts_with("file:") => bail!("{name}: elsewhere"),
        None => beside(source, name),
        Some(detect::Wrapping::WebArchive) => bail!("{name}: not in the page"),
    }
}

/// The page of these bytes as a document: its article, with what the page says about itself. `charset` is what came with it.
pub fn document(bytes: &[u8], charset: Option<&str>) -> Document {
    article(&parse::page(without_front(&parse::decode_as(bytes, charset))))
}

fn article(page: &parse::Page) -> Document {
    let chosen = content::choose(&page.tree);
    let mut document = read(page, chosen.article.as_ref().unwrap_or(&page.tree), &chosen);
    document.excerpt = chosen.article.is_some() || chosen.root.is_some() || !chosen.left_out.is_empty();
    if document.excerpt && document.body.is_empty() {
        return read(page, &page.tree, &content::Content::default());
    }
    document
}

/// The page in a file.
fn load(source: &Source) -> Result<parse::Page> {
    let bytes = source.read(0, bounds::PARSED)?;
    let (bytes, charset) = match detect::wrapping(&bytes) {
        Some(detect::Wrapping::Mhtml) => mhtml::page(&bytes)?,
        Some(detect::Wrapping::WebArchive) => webarchive::page(&bytes)?,
        None => (bytes, None),
    };
    let html = parse::decode_as(&bytes, charset.as_deref());
    Ok(parse::page(without_front(&html)))
}

/// A page of a static site generator may begin with front matter.
fn without_front(html: &str) -> &str {
    let after = html.strip_prefix("---").and_then(|rest| rest.trim_start_matches('\r').strip_prefix('\n'));
    after.and_then(|rest| rest.split_once("\n---")).map_or(html, |(_, rest)| rest)
}

fn read(page: &parse::Page, tree: &dom_query::Document, chosen: &content::Content) -> Document {
    let mut build = Builder::default();
    if page.cut {
        build.warn(CUT.to_owned());
    }
    let root =
        chosen.root.as_ref().and_then(|id| tree.tree.get(id)).or_else(|| tree.body()).unwrap_or_else(|| tree.root());
    walk::walk(root, &chosen.left_out, &mut build, &());
    if !build.has_text() {
        otherwise(&page.tree, &mut build);
    }
    let built = build.finish();
    let headings =
        built.blocks.iter().filter(|block| matches!(block.kind, Kind::Heading { level: 1..=3 })).take(HEADINGS);
    let headings: Vec<String> = headings.map(|block| collapsed(&block.text)).collect();
    let meta = about::meta(&page.tree, &headings);
    built.document(meta)
}

/// What a page without text has to say: what it shows without scripts, the pages in its frames, where it leads to.
fn otherwise(tree: &dom_query::Document, build: &mut Builder) {
    for noscript in tree.select("noscript").nodes() {
        walk::walk(*noscript, &HashSet::new(), build, &());
    }
    for frame in tree.select("frame[src], iframe[src]").nodes() {
        let source = frame.attr("src").unwrap_or_default();
        let name = frame.attr("title").or_else(|| frame.attr("name")).unwrap_or_else(|| source.clone());
        link(build, &name, &source);
    }
    for meta in tree.select("meta[http-equiv][content]").nodes() {
        let refresh = meta.attr("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"));
        let content = meta.attr("content").unwrap_or_default();
        let target = content.to_ascii_lowercase().find("url=").and_then(|at| content.get(at + 4..));
        if let Some(target) = target.filter(|_| refresh) {
            let target = target.trim().trim_matches(['"', '\'']);
            link(build, target, target);
        }
    }
    if !build.has_text()
        && let Some(about) = tree.select("meta[name='description'], meta[property='og:description']").nodes().first()
    {
        build.prose.push_collapsed(&about.attr("content").unwrap_or_default());
        build.flush();
    }
}

fn link(build: &mut Builder, text: &str, target: &str) {
    let kind = build.link(target.to_owned());
    build.prose.span(kind, text.trim());
    build.flush();
}
