//! PDF to blocks. A page knows glyphs and their places and nothing else, so everything a reader sees is found again here:
//! words ([`pen`]), lines ([`line`]), columns ([`columns`]), paragraphs ([`paragraph`]), tables, lists and headings, and the
//! running heads that are left out ([`running`]).
//!
//! hayro reads the file, repairs and decrypts it, and knows its fonts. It is not asked to draw, so images, colours and paths cost
//! nothing. Pages are read one after the other, and only their words are kept. A panic in a font or on a page is a warning
//! that names the page. In `Document::targets` a page is `#page=N`.

mod columns;
mod content;
mod emit;
mod face;
mod flow;
mod layers;
mod leader;
mod line;
mod list;
mod measure;
mod meta;
mod numbered;
mod page;
mod paragraph;
mod pen;
mod places;
mod running;
mod string;
mod table;

use std::{
    collections::{BTreeMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use anyhow::{Result, bail};
use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::{Confidence, Contents, Format, Source, bounds};
use crate::{
    doc::{Document, Meta},
    formats::build::collapsed,
};
use content::Reader;
use emit::Emitter;
use flow::Flow;
use measure::Measure;
use page::Page;
use pen::Pen;
use places::Places;

/// The format.
pub const FORMAT: Format = Format {
    name: "pdf",
    extensions: &["pdf"],
    about: "PDF: text in reading order, with columns, headings, lists, tables, links; running heads left out.",
    detect,
    contents: Contents::One(open),
    image: None,
};

/// Words with hyphens that are remembered to tell compounds from words divided at line ends.
const HYPHENED: usize = 100_000;

/// The header may stand anywhere in the first KB (ISO 32000-1, annex H, note 13).
fn detect(head: &[u8], _source: &Source) -> Confidence {
    const SIGN: &[u8] = b"%PDF-";
    let first = head.get(..head.len().min(1024)).unwrap_or_default();
    if first.starts_with(SIGN) {
        return Confidence::Content;
    }
    // A text about PDF may quote it; what comes before it in a PDF is no prose.
    let found = first.windows(SIGN.len()).position(|window| window == SIGN);
    let early = found.is_some_and(|at| at < 16 || first.contains(&0));
    if early { Confidence::Content } else { Confidence::No }
}

fn open(source: &Source) -> Result<Document> {
    if source.size() > bounds::PARSED as u64 {
        bail!("longer than {}", bounds::megabytes(bounds::PARSED));
    }
    let bytes = source.read(0, bounds::PARSED)?;
    let length = bytes.len();
    let cut = !bytes.rchunks(2048).next().unwrap_or_default().windows(5).any(|window| window == b"%%EOF");
    match catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes))) {
        Ok(Ok(pdf)) => read(&pdf, source, cut),
        Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => bail!("encrypted: needs a password"),
        Ok(Err(LoadPdfError::Decryption(_))) => bail!("encrypted in a way that can't be read"),
        _ if cut && length > 0 => bail!("a damaged PDF: its end is missing"),
        _ => bail!("a damaged PDF"),
    }
}

fn read(pdf: &Pdf, source: &Source, cut: bool) -> Result<Document> {
    let caught = catch_unwind(AssertUnwindSafe(|| Places::of(pdf)));
    let places = caught.unwrap_or_default();
    let mut targets = Vec::new();
    let mut warnings = Vec::new();
    if cut {
        warnings.push("its end is missing; what is left was read".to_owned());
    }
    let mut pages = pages(pdf, &places, &mut targets, &mut warnings);
    let (glyphs, unknown) = pages.iter().fold((0, 0), |(all, lost), page| (all + page.glyphs, lost + page.unknown));
    if pages.is_empty() {
        bail!(if cut { "a damaged PDF: its end is missing" } else { "a PDF without pages" });
    }
    if pages.iter().all(|page| page.words.is_empty()) {
        let count = pages.len();
        bail!("no text layer: {count} page{} scanned or drawn", if count == 1 { "" } else { "s" });
    }
    if unknown * 2 > glyphs {
        bail!("its fonts don't say which letters they show");
    }
    numbered::remove(&mut pages);
    let untold = pages.iter().any(|page| page.untold);
    let measure = Measure::of(&pages);
    let running = running::find(&pages, &measure);
    let outline = catch_unwind(AssertUnwindSafe(|| places.outline(pdf))).unwrap_or_default();
    let emitter = Emitter::new(targets, hyphened(&pages), measure.mono);
    let mut flow = Flow::new(&measure, outline, emitter);
    for (page, left_out) in pages.into_iter().zip(running) {
        if flow.is_full() {
            break;
        }
        let (level, turned) = sorted(&page, &left_out);
        flow.page(&page, &columns::order(&page, level), &turned);
    }
    let said = catch_unwind(AssertUnwindSafe(|| meta::read(pdf, &source.name))).unwrap_or_default();
    let title = said.title.or_else(|| flow.title()).map(|title| collapsed(&title));
    let mut document = flow.finish().document(Meta { title, ..said });
    document.warnings.extend(warnings);
    if untold {
        document.warnings.push("words are missing: their fonts don't say which letters they show".to_owned());
    }
    Ok(document)
}

/// The pages with their words.
fn pages(pdf: &Pdf, places: &Places, targets: &mut Vec<String>, warnings: &mut Vec<String>) -> Vec<Page> {
    let mut reader = Reader::new(pdf.xref());
    let mut pages = Vec::new();
    let mut bytes = 0;
    for (at, source) in pdf.pages().iter().enumerate() {
        if at >= bounds::PAGES || bytes >= bounds::TEXT {
            warnings.push(format!("only the first {at} pages are shown"));
            break;
        }
        let (width, height) = source.render_dimensions();
        let blank = || Page::new(at + 1, f64::from(width), f64::from(height));
        let done = catch_unwind(AssertUnwindSafe(|| {
            let mut pen = Pen::new(blank());
            let whole = reader.read(source, &mut pen);
            let mut page = pen.finish();
            let place = Affine::new(source.initial_transform(true).as_coeffs());
            for link in places.links(source.raw()) {
                let [a, b] =
                    [(link.rect.x0, link.rect.y0), (link.rect.x1, link.rect.y1)].map(|p| place * Point::from(p));
                targets.push(link.target);
                page.link(a, b, u32::try_from(targets.len()).unwrap_or(0));
            }
            page.settle();
            (page, whole)
        }));
        let page = match done {
            Ok((page, whole)) => {
                if !whole {
                    warnings.push(format!("page {}: only its beginning is shown", at + 1));
                }
                page
            }
            Err(_) => {
                warnings.push(format!("page {} can't be read", at + 1));
                // What it was doing may be half done.
                reader = Reader::new(pdf.xref());
                blank()
            }
        };
        bytes += page.text.len();
        pages.push(page);
    }
    pages
}

/// The words of a page that are to be read: those that are turned as most are, and then the others, by their turn.
fn sorted(page: &Page, left_out: &HashSet<usize>) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut level = Vec::new();
    let mut turned: BTreeMap<i16, Vec<usize>> = BTreeMap::new();
    for (at, word) in page.words.iter().enumerate().filter(|(at, _)| !left_out.contains(at)) {
        if word.turn == page.turn { level.push(at) } else { turned.entry(word.turn).or_default().push(at) }
    }
    (level, turned.into_values().collect())
}

/// Words that are written with a hyphen, in lower case.
fn hyphened(pages: &[Page]) -> HashSet<String> {
    let words = pages.iter().flat_map(|page| page.words.iter().map(|word| page.letters(word)));
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-'));
    let inner = |word: &&str| word.trim_matches('-').contains('-') && !word.ends_with('-');
    words.filter(inner).take(HYPHENED).map(str::to_lowercase).collect()
}
