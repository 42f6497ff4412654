//! EPUB 2 and 3 to one document. A book is a ZIP archive of pages: the package document names them in their order, the
//! pages are read one after the other as HTML, and the contents become the outline.
//!
//! Nothing is asked of a book but that there is a page in it: what its makers got wrong is looked for where it may be, and
//! what is missing is a warning. In `Document::targets` a page is `#path` and a place in it `#path#id`, by the path in the
//! archive, so that no two pages share a name.

mod contents;
mod locks;
mod metadata;
mod notes;
mod outline;
mod package;
mod pages;

use std::collections::HashSet;

use anyhow::Result;

use super::{
    Confidence, Contents, Format, Source,
    build::{Builder, Built},
    href::{self, Target},
    xml,
    zipped::{LOCAL, Locked, Zipped},
};
use crate::doc::Document;
use contents::Line;
use package::Package;

/// The format.
pub const FORMAT: Format = Format {
    name: "epub",
    extensions: &["epub", "kepub"],
    about: "EPUB 2 and 3: a book as one document, its contents as the outline, footnotes and links within it.",
    detect,
    contents: Contents::One(open),
    image: None,
};

/// What the first file of the archive says, if it is where it should be (OCF 3.3, section 4.3).
const MIMETYPE: &[u8] = b"mimetypeapplication/epub+zip";

/// So many warnings are given one by one.
const WARNINGS: usize = 50;

/// Where the archive says which file is the package document.
pub const CONTAINER: &str = "META-INF/container.xml";

/// By what the archive begins with. Of those that don't begin as they should, those that are called so.
fn detect(head: &[u8], source: &Source) -> Confidence {
    let has = |part: &[u8]| memchr::memmem::find(head, part).is_some();
    let named = FORMAT.extensions.contains(&source.extension().as_str());
    if has(LOCAL) && (has(MIMETYPE) || has(CONTAINER.as_bytes()) || named) {
        Confidence::Content
    } else {
        Confidence::No
    }
}

fn open(source: &Source) -> Result<Document> {
    let mut book = Book { archive: Zipped::open(source)?, warnings: Vec::new() };
    if let Some(Err(error)) = book.archive.find(CONTAINER).map(|at| book.archive.peek(at))
        && error.is::<Locked>()
    {
        return Err(error);
    }
    if book.archive.is_cut() {
        book.warnings.push("the archive is cut off or damaged: parts may be missing".to_owned());
    }
    let package = book.package();
    locks::check(&mut book, &package)?;
    let lines = book.contents(&package);
    let built = pages::read(&mut book, &package)?;
    let mut built = Built { warnings: [book.warned(), built.warnings].concat(), ..built };
    let outline = outline::of(&lines, &mut built);
    let mut document = built.document(package.meta);
    if outline.len() > 1 || document.outline.is_empty() {
        document.outline = outline;
    }
    Ok(document)
}

/// A book that is being read.
struct Book {
    archive: Zipped,
    warnings: Vec<String>,
}

impl Book {
    /// What was wrong, the first of it.
    fn warned(mut self) -> Vec<String> {
        let more = self.warnings.len().saturating_sub(WARNINGS);
        self.warnings.truncate(WARNINGS);
        self.warnings.extend((more > 0).then(|| format!("and {more} more")));
        self.warnings
    }

    /// Where `href` leads that stands in the file `from`, by the name that the file has in the archive; `None` when it
    /// leads out of the book.
    fn target(&self, from: &str, href: &str) -> Option<Target> {
        let mut target = href::resolve(from, href)?;
        self.name(&mut target);
        Some(target)
    }

    /// The pages of the spine that there are, each once, by their places in the archive.
    fn pages(&self, package: &Package) -> Vec<usize> {
        let items = package.spine.iter().filter_map(|at| package.items.get(*at)).filter(|item| item.is_text());
        let mut seen = HashSet::new();
        items.filter_map(|item| self.archive.find(&item.path)).filter(|at| seen.insert(*at)).collect()
    }

    /// A file, of which nothing is said if it can't be read.
    fn peek(&mut self, at: usize) -> Option<Vec<u8>> {
        self.archive.peek(at).ok().map(|file| file.bytes)
    }

    /// Remembers why a file was not read.
    fn failed(&mut self, at: usize, done: Result<()>) {
        if let Err(error) = done {
            self.warnings.push(format!("{}: {error:#}", self.archive.name(at)));
        }
    }

    /// The text of a file in XML.
    fn xml(&mut self, path: &str) -> Option<String> {
        let at = self.archive.find(path)?;
        match self.archive.read(at) {
            Ok(file) => {
                self.warnings.extend(file.warning.map(|warning| format!("{path}: {warning}")));
                Some(xml::decode(&file.bytes))
            }
            Err(error) => {
                self.warnings.push(format!("{path}: {error:#}"));
                None
            }
        }
    }

    /// The package document: the one that is named, else one that is there, else all pages as if they were named in it.
    fn package(&mut self) -> Package {
        let container = self.xml(CONTAINER).unwrap_or_default();
        let named: Vec<String> = xml::Xml::new(&container)
            .filter_map(|event| match event {
                xml::Event::Start(element) if element.name == "rootfile" => element.attribute("full-path"),
                _ => None,
            })
            .map(|path| href::joined("", &path))
            .collect();
        let named = named.iter().find_map(|path| {
            let plain = self.archive.find(path).or_else(|| self.archive.find(&href::decoded(path)))?;
            Some(self.archive.name(plain).to_owned())
        });
        let there = self.archive.names().find(|name| name.to_ascii_lowercase().ends_with(".opf"));
        let path = named.or(there.map(str::to_owned));
        let mut package = match path.and_then(|path| Some((self.xml(&path)?, path))) {
            Some((opf, path)) => package::read(&opf, &path),
            None => Package::default(),
        };
        if package.spine.is_empty() {
            self.warnings.push("no order of reading: the pages stand in the order of the archive".to_owned());
            package.add_pages(self.archive.names());
        }
        package
    }

    /// The lines of its contents.
    fn contents(&mut self, package: &Package) -> Vec<Line> {
        let nav = package.nav().map(|item| item.path.clone());
        let mut lines = nav.and_then(|path| Some(contents::nav(&self.xml(&path)?, &path))).unwrap_or_default();
        if lines.is_empty() {
            let ncx = package.ncx().map(|item| item.path.clone());
            lines = ncx.and_then(|path| Some(contents::ncx(&self.xml(&path)?, &path))).unwrap_or_default();
        }
        for target in lines.iter_mut().filter_map(|line| line.target.as_mut()) {
            self.name(target);
        }
        lines
    }

    /// Names the file of a target as the archive does.
    fn name(&self, target: &mut Target) {
        if let Some(at) = self.archive.find(&target.path) {
            self.archive.name(at).clone_into(&mut target.path);
        }
    }
}
