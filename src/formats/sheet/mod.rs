//! Workbooks: a heading for each sheet, and what is in it as tables, with numbers and dates as people see them. XLSX, XLSB and
//! XLS are read by calamine, cell by cell where it can, for a sheet may hold two cells and be a billion wide. OpenDocument
//! sheets hold the shown text of every cell, so they are read here.

mod excel;
mod ods;
mod shown;
mod table;

use anyhow::{Result, bail};

pub use table::Typed;

use super::{
    Confidence, Contents, Format, Source, bounds,
    build::Builder,
    odt,
    office::{Package, ole, properties},
};
use crate::doc::{Document, Meta};

/// The format.
pub const FORMAT: Format = Format {
    name: "spreadsheet",
    extensions: &["xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "ods", "ots", "fods"],
    about: "Workbooks of Excel and OpenDocument: a table for each block of cells, a heading for each sheet.",
    detect,
    contents: Contents::One(open),
    image: None,
};

/// Content types of the main parts of workbooks.
const MAIN: [&str; 5] = [
    "spreadsheetml.sheet.main+xml",
    "spreadsheetml.template.main+xml",
    "ms-excel.sheet.macroEnabled.main+xml",
    "ms-excel.template.macroEnabled.main+xml",
    "ms-excel.sheet.binary.macroEnabled.main",
];

/// Media types of OpenDocument sheets.
const OPEN: [&str; 1] = ["opendocument.spreadsheet"];

fn detect(head: &[u8], source: &Source) -> Confidence {
    let named = FORMAT.extensions.contains(&source.extension().as_str());
    match ole::holds(head, source) {
        Some(ole::Holds::Workbook) => return Confidence::Content,
        Some(ole::Holds::Encrypted) if named => return Confidence::Content,
        Some(_) => return Confidence::No,
        None => {}
    }
    if odt::detect_as(head, source, false, &OPEN) == Confidence::Content {
        return Confidence::Content;
    }
    if !head.starts_with(b"PK\x03\x04") {
        return Confidence::No;
    }
    match Package::open(source) {
        Ok(mut package) => {
            let types = package.content_types();
            let found = MAIN.iter().any(|main| types.contains(main)) || package.has("xl/workbook.xml");
            if found { Confidence::Content } else { Confidence::No }
        }
        // So that the reason is told.
        Err(_) if named => Confidence::Content,
        Err(_) => Confidence::No,
    }
}

/// A workbook while it is read.
#[derive(Default)]
pub struct Workbook {
    sheets: Vec<Sheet>,
    hidden: Vec<String>,
    warnings: Vec<String>,
    /// Cells so far.
    cells: usize,
}

/// A sheet: its cells by row and column, in any order.
#[derive(Default)]
pub struct Sheet {
    name: String,
    cells: Vec<(u32, u32, Value)>,
}

/// What a cell shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Value {
    /// The text.
    pub text: String,
    /// Whether it is a number, a date or an amount.
    pub number: bool,
}

impl Workbook {
    /// A cell comes. `false` when there are as many as are shown.
    fn take(&mut self, sheet: &mut Sheet, row: u32, column: u32, value: Value) -> bool {
        if value.text.trim().is_empty() {
            return true;
        }
        if self.cells >= bounds::CELLS {
            return false;
        }
        self.cells += 1;
        sheet.cells.push((row, column, value));
        true
    }
}

fn open(source: &Source) -> Result<Document> {
    let head = source.read(0, 8)?;
    let mut workbook = Workbook::default();
    let meta = if head.starts_with(ole::MAGIC) {
        if ole::holds(&source.read(0, super::DETECT)?, source) != Some(ole::Holds::Workbook) {
            bail!("encrypted: needs a password");
        }
        excel::read(source, excel::Kind::Xls, &mut workbook)?
    } else if head.starts_with(b"PK") {
        let mut package = Package::open(source)?;
        let types = package.content_types();
        if types.is_empty() && package.has("content.xml") {
            ods::packed(&mut package, &mut workbook)?
        } else {
            let kind = if types.contains("sheet.binary") { excel::Kind::Xlsb } else { excel::Kind::Xlsx };
            if package.is_cut() {
                bail!("damaged: the end of the file is missing");
            }
            package.check()?;
            let core = package.relationships("").of_kind("core-properties").unwrap_or("docProps/core.xml").to_owned();
            let meta = properties::read(&package.text_or_empty(&core));
            excel::read(source, kind, &mut workbook)?;
            meta
        }
    } else {
        ods::flat(source, &mut workbook)?
    };
    let meta = Meta { title: meta.title.or_else(|| Some(title(&source.name))), ..meta };
    Ok(document(workbook, meta))
}

fn document(workbook: Workbook, meta: Meta) -> Document {
    let mut build = Builder::default();
    let mut warnings = workbook.warnings;
    if workbook.cells >= bounds::CELLS {
        warnings.push(format!("only the first {} cells are shown", bounds::CELLS));
    }
    if !workbook.hidden.is_empty() {
        warnings.push(format!("left out, being hidden: {}", workbook.hidden.join(", ")));
    }
    let several = workbook.sheets.iter().filter(|sheet| !sheet.cells.is_empty()).count() > 1;
    for sheet in workbook.sheets {
        if sheet.cells.is_empty() {
            continue;
        }
        if several {
            build.heading_of(1, sheet.name.clone(), Vec::new());
        }
        table::write(sheet.cells, &mut build);
    }
    let mut document = build.finish().document_as(meta);
    document.warnings.extend(warnings);
    document
}

/// A title from the name of a file.
pub fn title(name: &str) -> String {
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    let words = super::build::collapsed(&stem.replace('_', " "));
    if words.is_empty() { name.to_owned() } else { words }
}
