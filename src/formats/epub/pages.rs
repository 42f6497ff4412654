//! The pages of a book, one after the other: those of the spine, then those that are only linked to.

use std::{
    cell::RefCell,
    collections::{HashSet, VecDeque},
};

use anyhow::{Result, bail};

use super::{
    Book, Builder, Built, Package,
    notes::{self, Labels},
    package,
};
use crate::{
    doc::{Block, Kind},
    formats::{
        build::collapsed,
        html,
        xml::{Event, Xml},
    },
};

/// Reads them all.
pub fn read(book: &mut Book, package: &Package) -> Result<Built> {
    let mut build = Builder::default();
    let labels = notes::across(book, package, &mut build);
    let linked = RefCell::default();
    let mut seen = HashSet::new();
    for item in package.spine.iter().filter_map(|at| package.items.get(*at)) {
        let Some(at) = book.archive.find(&item.path) else {
            book.warnings.push(format!("{}: missing", item.path));
            continue;
        };
        if !seen.insert(at) || build.is_full() {
            continue;
        }
        if item.is_image() {
            image(book, at, &mut build);
        } else if item.is_text() {
            let done = page(book, at, &labels, &linked, &mut build);
            book.failed(at, done);
        } else {
            book.warnings.push(format!("{}: no page, but {}", item.path, item.media));
        }
    }
    loop {
        let next = linked.borrow_mut().pop_front();
        let Some(at) = next.filter(|_| !build.is_full()) else { break };
        if seen.insert(at) {
            let done = page(book, at, &labels, &linked, &mut build);
            book.failed(at, done);
        }
    }
    let built = build.finish();
    if built.blocks.is_empty()
        && let Some(warning) = book.warnings.first()
    {
        bail!("{warning}");
    }
    Ok(built)
}

/// Reads one page.
fn page(
    book: &mut Book,
    at: usize,
    labels: &Labels,
    linked: &RefCell<VecDeque<usize>>,
    build: &mut Builder,
) -> Result<()> {
    let path = book.archive.name(at).to_owned();
    let file = book.archive.read(at)?;
    book.warnings.extend(file.warning.map(|warning| format!("{path}: {warning}")));
    let html = html::decode(&file.bytes);
    build.name_next(path.clone());
    let before = build.blocks();
    let place = Page { path: &path, book, labels, linked };
    html::read_into(&html, build, &place);
    build.flush();
    if build.blocks() == before
        && let Some(cover) = drawn(&html, &place)
    {
        build.emit(cover);
    }
    Ok(())
}

/// An image that is a page.
fn image(book: &Book, at: usize, build: &mut Builder) {
    let path = book.archive.name(at);
    build.name_next(path.to_owned());
    build.emit(shown(path.to_owned(), stem(path).to_owned()));
}

/// The image of a page that is nothing but one: covers have no alternative text, or are drawn in SVG to fill the screen.
fn drawn(html: &str, place: &Page<'_>) -> Option<Block> {
    let (mut title, mut open, mut svg, mut source) = (String::new(), false, false, None);
    for event in Xml::new(html) {
        match event {
            Event::Start(element) => match element.name.as_str() {
                "title" => open = true,
                "svg" => svg = true,
                "image" if svg => source = source.or_else(|| element.attribute("href")),
                "img" => source = source.or_else(|| element.attribute("src")),
                _ => {}
            },
            Event::End(name) if name == "title" => open = false,
            Event::Text(text) if open => title.push_str(&text),
            _ => {}
        }
    }
    let source = html::Place::image(place, &source?);
    let title = collapsed(&title);
    let text = if title.is_empty() { stem(&source).to_owned() } else { title };
    Some(shown(source, text))
}

fn shown(source: String, text: String) -> Block {
    Block { kind: Kind::Image { source }, text, ..Block::default() }
}

/// The name of a file without its folder and its extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Where a page stands in the book.
struct Page<'b> {
    path: &'b str,
    book: &'b Book,
    labels: &'b Labels,
    /// Pages that were linked to.
    linked: &'b RefCell<VecDeque<usize>>,
}

impl html::Place for Page<'_> {
    fn id(&self, id: &str) -> String {
        format!("{}#{id}", self.path)
    }

    fn href(&self, href: &str) -> String {
        let Some(target) = self.book.target(self.path, href) else { return href.to_owned() };
        if !package::is_page(&target.path) {
            return target.name();
        }
        if target.path != self.path
            && let Some(at) = self.book.archive.find(&target.path)
        {
            self.linked.borrow_mut().push_back(at);
        }
        format!("#{}", target.name())
    }

    fn image(&self, source: &str) -> String {
        self.book.target(self.path, source).map_or_else(|| source.to_owned(), |target| target.path)
    }

    fn note(&self, href: &str) -> Option<String> {
        if self.labels.is_empty() {
            return None;
        }
        let target = self.book.target(self.path, href).filter(|target| target.path != self.path)?;
        self.labels.get(&target.name()).cloned()
    }

    fn noted(&self, id: &str) -> Option<String> {
        if self.labels.is_empty() { None } else { self.labels.get(&html::Place::id(self, id)).cloned() }
    }
}
