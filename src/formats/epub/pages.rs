//! The pages of a book, one after the other.

use anyhow::{Result, bail};

use super::{Book, Builder, Built, Item, Package, href, html};
use crate::{
    doc::{Block, Kind},
    formats::zipped::Zipped,
};

/// Reads all pages of the spine.
pub fn read(book: &mut Book, package: &Package) -> Result<Built> {
    let mut build = Builder::default();
    let mut pages = 0usize;
    for item in package.spine.iter().filter_map(|at| package.items.get(*at)) {
        if build.is_full() {
            break;
        }
        match page(book, item, &mut build) {
            Ok(()) => pages += 1,
            Err(error) => book.warnings.push(format!("{}: {error:#}", item.path)),
        }
    }
    if pages == 0 {
        bail!("{}", book.warnings.first().map_or("no pages", String::as_str));
    }
    Ok(build.finish())
}

/// Reads one of them.
fn page(book: &mut Book, item: &Item, build: &mut Builder) -> Result<()> {
    let Some(at) = book.archive.find(&item.path) else { bail!("missing") };
    let path = book.archive.name(at).to_owned();
    build.name_next(path.clone());
    if item.is_image() {
        let name = path.rsplit('/').next().unwrap_or(&path);
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        build.emit(Block { kind: Kind::Image { source: path.clone() }, text: name.to_owned(), ..Block::default() });
        return Ok(());
    }
    if !item.is_text() {
        bail!("not a page, but {}", item.media);
    }
    let file = book.archive.read(at)?;
    book.warnings.extend(file.warning.map(|warning| format!("{path}: {warning}")));
    let place = Page { path: &path, archive: &book.archive };
    html::read_into(&super::xml::decode(&file.bytes), build, &place);
    build.flush();
    Ok(())
}

/// Where a page stands in the book.
struct Page<'b> {
    path: &'b str,
    archive: &'b Zipped,
}

impl html::Place for Page<'_> {
    fn id(&self, id: &str) -> String {
        format!("{}#{id}", self.path)
    }

    fn href(&self, href: &str) -> String {
        let Some(mut target) = href::resolve(self.path, href) else { return href.to_owned() };
        if let Some(at) = self.archive.find(&target.path) {
            self.archive.name(at).clone_into(&mut target.path);
        }
        if super::package::is_page(&target.path) { format!("#{}", target.name()) } else { target.name() }
    }
}
