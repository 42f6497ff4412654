//! Workbooks of Excel, by calamine. What it panics on is a damaged workbook.

use std::{
    io::{BufReader, Cursor},
    panic::{AssertUnwindSafe, catch_unwind},
};

use anyhow::{Result, anyhow};
use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, StyleRange, Xls, Xlsb, Xlsx};

use super::{Sheet, Value, Workbook, shown};
use crate::{
    doc::Meta,
    formats::{Source, bounds, office::properties, zipped::Positioned},
};

/// Which of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of 1997 to 2003.
    Xls,
    /// Of 2007 and later.
    Xlsx,
    /// The same, binary.
    Xlsb,
}

type Input = BufReader<Positioned>;

/// Reads a workbook; what is said of it, where its properties are inside.
pub fn read(source: &Source, kind: Kind, workbook: &mut Workbook) -> Result<Meta> {
    let input = BufReader::new(Positioned::new(source, 0));
    // calamine has had panics in broken files; what was read so far is kept.
    let done = catch_unwind(AssertUnwindSafe(|| match kind {
        Kind::Xls => xls(source, workbook),
        Kind::Xlsx => xlsx(input, workbook).map(|()| Meta::default()),
        Kind::Xlsb => xlsb(input, workbook).map(|()| Meta::default()),
    }));
    match done {
        Ok(done) => done,
        Err(_) if workbook.sheets.is_empty() => Err(anyhow!("damaged: the workbook can't be read")),
        Err(_) => {
            workbook.warnings.push("damaged: the rest of the workbook can't be read".to_owned());
            Ok(Meta::default())
        }
    }
}

fn reason(error: impl std::fmt::Display) -> anyhow::Error {
    let said = error.to_string();
    if said.contains("password") || said.contains("Password") {
        anyhow!("encrypted: needs a password")
    } else {
        anyhow!("damaged: {said}")
    }
}

/// The sheets with cells that are seen; the others are named.
fn seen(sheets: &[calamine::Sheet], workbook: &mut Workbook) -> Vec<String> {
    let cells = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let (seen, hidden): (Vec<_>, Vec<_>) = cells.partition(|sheet| sheet.visible == SheetVisible::Visible);
    workbook.hidden.extend(hidden.into_iter().map(|sheet| sheet.name.clone()));
    seen.into_iter().map(|sheet| sheet.name.clone()).collect()
}

fn xlsx(input: Input, workbook: &mut Workbook) -> Result<()> {
    let mut book = Xlsx::new(input).map_err(reason)?;
    for name in seen(book.sheets_metadata(), workbook) {
        let styles = book.worksheet_style(&name).unwrap_or_else(|_| StyleRange::empty());
        let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(error) => {
                workbook.warnings.push(format!("{name}: {error}"));
                continue;
            }
        };
        loop {
            match cells.next_cell() {
                Ok(Some(cell)) => {
                    let at = cell.get_position();
                    let format = styles.get(at).and_then(|style| style.number_format.as_ref());
                    let format = format.map(|format| format.format_code.as_str()).unwrap_or_default();
                    if !workbook.take(&mut sheet, at.0, at.1, value(cell.get_value(), format)) {
                        break;
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    workbook.warnings.push(format!("{name}: {error}"));
                    break;
                }
            }
        }
        workbook.sheets.push(sheet);
    }
    Ok(())
}

fn xlsb(input: Input, workbook: &mut Workbook) -> Result<()> {
    let mut book = Xlsb::new(input).map_err(reason)?;
    for name in seen(book.sheets_metadata(), workbook) {
        let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        while let Ok(Some(cell)) = cells.next_cell() {
            let at = cell.get_position();
            if !workbook.take(&mut sheet, at.0, at.1, value(cell.get_value(), "")) {
                break;
            }
        }
        workbook.sheets.push(sheet);
    }
    Ok(())
}

/// calamine makes room for as many cells as a sheet says it has (the record Dimensions, [MS-XLS] 2.4.90), before it has seen
/// one. Of more than the format can hold nothing is said.
fn bound_dimensions(bytes: &mut [u8]) {
    /// 65,536 rows of 256 columns.
    const MOST: u64 = 1 << 24;
    for length in [10u8, 14, 16] {
        let record = [0, 2, length, 0];
        let found: Vec<usize> = memchr::memmem::find_iter(bytes, &record).map(|at| at + record.len()).collect();
        for at in found {
            let Some(data) = bytes.get_mut(at..at + usize::from(length)) else { continue };
            let wide = if length == 10 { 2 } else { 4 };
            let number = |from: usize, size: usize| {
                let digits = data.get(from..from + size).unwrap_or_default();
                digits.iter().rev().fold(0u64, |all, digit| all << 8 | u64::from(*digit))
            };
            let side =
                |from: usize, size: usize| number(from + size, size).wrapping_sub(number(from, size)) & 0xFFFF_FFFF;
            let rows = side(0, wide) + 1;
            let columns = side(2 * wide, 2) + 1;
            if rows.saturating_mul(columns) > MOST {
                data.fill(0);
            }
        }
    }
}

fn xls(source: &Source, workbook: &mut Workbook) -> Result<Meta> {
    let mut bytes = source.read(0, bounds::PARSED)?;
    bound_dimensions(&mut bytes);
    let mut book = Xls::new(Cursor::new(bytes)).map_err(reason)?;
    let said = book.workbook_properties().unwrap_or_default();
    for name in seen(book.sheets_metadata(), workbook) {
        let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
            if !workbook.take(&mut sheet, row, column, value(&lent(cell), "")) {
                break;
            }
        }
        workbook.sheets.push(sheet);
    }
    let mut meta = Meta {
        title: said.title.as_deref().and_then(properties::title),
        author: said.creator.as_deref().and_then(properties::author),
        date: said.created.as_deref().and_then(properties::date),
        ..Meta::default()
    };
    properties::tags(said.keywords.as_deref().unwrap_or_default(), &mut meta.tags);
    Ok(meta)
}

fn value(data: &DataRef<'_>, format: &str) -> Value {
    let number = |text: String| Value { text, number: true };
    match data {
        DataRef::Int(n) => number(shown::number(shown::float(*n), format)),
        DataRef::Float(n) => number(shown::number(*n, format)),
        DataRef::DateTime(at) => number(shown::date(at)),
        DataRef::DateTimeIso(said) => number(said.replace('T', " ").trim_end_matches(" 00:00:00").to_owned()),
        DataRef::DurationIso(said) => number(said.clone()),
        DataRef::Bool(is) => Value { text: if *is { "TRUE" } else { "FALSE" }.to_owned(), number: false },
        DataRef::String(text) => Value { text: text.clone(), number: false },
        DataRef::SharedString(text) => Value { text: (*text).to_owned(), number: false },
        DataRef::Error(error) => Value { text: error.to_string(), number: false },
        DataRef::Empty => Value::default(),
    }
}

/// A value that is held as one that is lent.
fn lent(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(n) => DataRef::Int(*n),
        Data::Float(n) => DataRef::Float(*n),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(is) => DataRef::Bool(*is),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(said) => DataRef::DateTimeIso(said.clone()),
        Data::DurationIso(said) => DataRef::DurationIso(said.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}
