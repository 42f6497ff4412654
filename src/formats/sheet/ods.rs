//! OpenDocument sheets: every cell holds the text that it shows. Repeated cells and rows are taken as often as they say only
//! where they hold something, and never without bound.

use anyhow::{Context as _, Result, bail};

use super::{Sheet, Value, Workbook};
use crate::{
    doc::Meta,
    formats::{
        Source, bounds,
        office::{Ns, Package, Tag, Xml, properties, xml::Node},
    },
    text::decode,
};

/// A row or a cell with text is repeated no more often.
const REPEATED: u32 = 1000;

/// Reads a packed workbook.
pub fn packed(package: &mut Package, workbook: &mut Workbook) -> Result<Meta> {
    if package.text_or_empty("META-INF/manifest.xml").contains("encryption-data") {
        bail!("encrypted: needs a password");
    }
    let content = package.text("content.xml")?.context("damaged: the part with the cells is missing")?;
    read(&content, workbook);
    Ok(properties::read(&package.text_or_empty("meta.xml")))
}

/// Reads a workbook that is one XML.
pub fn flat(source: &Source, workbook: &mut Workbook) -> Result<Meta> {
    let content = decode::decode_all(&source.read(0, bounds::PARSED)?);
    read(&content, workbook);
    Ok(properties::read(content.split("<office:body").next().unwrap_or_default()))
}

fn read(content: &str, workbook: &mut Workbook) {
    let mut xml = Xml::new(content);
    let hidden = hidden_styles(&mut xml);
    let mut sheet: Option<Sheet> = None;
    let (mut row, mut column) = (0u32, 0u32);
    let mut rows = 1u32;
    let mut first = 0;
    while let Some(node) = xml.node() {
        match node {
            Node::Start(tag) if tag.ns == Ns::Table => match tag.local {
                "table" => {
                    let name = tag.get_as("table:name").unwrap_or_default().into_owned();
                    if tag.get("style-name").is_some_and(|style| hidden.iter().any(|h| *h == style)) {
                        workbook.hidden.push(name);
                        xml.skip();
                        continue;
                    }
                    sheet = Some(Sheet { name, ..Sheet::default() });
                    row = 0;
                }
                "table-row" => {
                    column = 0;
                    rows = repeated(&tag, "number-rows-repeated");
                    first = sheet.as_ref().map_or(0, |sheet| sheet.cells.len());
                }
                "table-cell" | "covered-table-cell" => {
                    let times = repeated(&tag, "number-columns-repeated");
                    let kind = tag.get("value-type").unwrap_or_default();
                    let number = matches!(kind.as_ref(), "float" | "percentage" | "currency" | "date" | "time");
                    let text = cell(&mut xml);
                    if let Some(sheet) = sheet.as_mut().filter(|_| !text.trim().is_empty()) {
                        for at in 0..times.min(REPEATED) {
                            let value = Value { text: text.clone(), number };
                            workbook.take(sheet, row, column.saturating_add(at), value);
                        }
                    }
                    column = column.saturating_add(times);
                }
                "tracked-changes" | "shapes" => xml.skip(),
                _ => {}
            },
            Node::End(Ns::Table, "table-row") => {
                if let Some(sheet) = &mut sheet {
                    let line: Vec<_> = sheet.cells.get(first..).unwrap_or_default().to_vec();
                    for again in 1..rows.min(REPEATED) {
                        if line.is_empty() {
                            break;
                        }
                        for (_, column, value) in &line {
                            workbook.take(sheet, row.saturating_add(again), *column, value.clone());
                        }
                    }
                }
                row = row.saturating_add(rows);
            }
            Node::End(Ns::Table, "table") => workbook.sheets.extend(sheet.take()),
            _ => {}
        }
        if workbook.cells >= bounds::CELLS {
            break;
        }
    }
    workbook.sheets.extend(sheet.take());
    if let Some(at) = xml.damage() {
        workbook.warnings.push(format!("damaged: the cells end at byte {at} of their XML"));
    }
}

/// The styles of tables that are not shown.
fn hidden_styles(xml: &mut Xml<'_>) -> Vec<String> {
    let mut hidden = Vec::new();
    let mut open = String::new();
    while let Some(tag) = xml.next_start() {
        match (tag.ns, tag.local) {
            (Ns::Office, "body") => break,
            (Ns::Style, "style") => open = tag.get_as("style:name").unwrap_or_default().into_owned(),
            (Ns::Style, "table-properties") if tag.get("display").is_some_and(|d| d == "false") => {
                hidden.push(open.clone());
            }
            _ => {}
        }
    }
    hidden
}

fn repeated(tag: &Tag<'_>, name: &str) -> u32 {
    tag.number(name).and_then(|n| u32::try_from(n).ok()).unwrap_or(1).max(1)
}

/// The text of the cell that just began: its paragraphs, without what somebody noted on it.
fn cell(xml: &mut Xml<'_>) -> String {
    let mut text = String::new();
    let mut depth = 1usize;
    let mut paragraphs = 0usize;
    while let Some(node) = xml.node() {
        match node {
            Node::Start(tag) if tag.ns == Ns::Office && tag.local == "annotation" => xml.skip(),
            Node::Start(tag) => {
                depth += 1;
                match (tag.ns, tag.local) {
                    (Ns::Text, "p") => {
                        if !text.is_empty() {
                            text.push(' ');
                        }
                        paragraphs += 1;
                    }
                    (Ns::Text, "s" | "tab" | "line-break") => text.push(' '),
                    _ => {}
                }
            }
            Node::End(..) => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Node::Text(said) if paragraphs > 0 => text.push_str(said.trim_matches(['\n', '\r'])),
            Node::Text(_) => {}
        }
    }
    text
}
