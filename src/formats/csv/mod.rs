//! CSV and TSV as people write them: any of four delimiters, quoted or not, in any encoding, rows of unequal lengths. A
//! file of any size is read from the front and only as far as it is shown.

mod decoded;
mod dialect;

use anyhow::Result;

use super::{
    Confidence, Contents, Format, Source, bounds,
    build::Builder,
    sheet::{self, Typed, Value},
};
use crate::{
    doc::{Document, Meta},
    text::decode,
};
use decoded::Decoded;
use dialect::Dialect;

/// The format.
pub const FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv", "tsv", "tab"],
    about: "CSV and TSV as tables: the delimiter, the encoding and the heading row are told from the content.",
    detect,
    contents: Contents::One(open),
    image: None,
};

fn detect(head: &[u8], source: &Source) -> Confidence {
    let named = FORMAT.extensions.contains(&source.extension().as_str());
    let binary = head.contains(&0) && !decode::detect(head, head.len() as u64 == source.size()).is_utf16();
    if named && !binary { Confidence::Name } else { Confidence::No }
}

fn open(source: &Source) -> Result<Document> {
    let sample = source.read(0, decode::SAMPLE)?;
    let found = decode::detect(&sample, sample.len() as u64 == source.size());
    let text = decode::decode(sample.get(found.bom..).unwrap_or_default(), found.encoding);
    let dialect = Dialect::of(&text, source.extension() == "csv");
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(dialect.delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(Decoded::new(source, found));
    let mut build = Builder::default();
    let mut typed = Typed::default();
    let mut record = csv::ByteRecord::new();
    let (mut count, mut left_out) = (0usize, false);
    let mut bytes = 0usize;
    for _ in 0..dialect.skipped {
        rows.read_byte_record(&mut record)?;
    }
    while rows.read_byte_record(&mut record)? {
        bytes += record.as_slice().len();
        let row = record.iter().map(value).collect();
        if bytes >= bounds::TEXT || !typed.row(row, &mut build) {
            left_out = true;
            break;
        }
        count += 1;
    }
    typed.end(&mut build);
    let meta = Meta { title: Some(sheet::title(&source.name)), ..Meta::default() };
    let mut document = build.finish().document_as(meta);
    if left_out {
        document.warnings.push(format!("only the first {count} rows are shown"));
    }
    Ok(document)
}

fn value(field: &[u8]) -> Value {
    let text = String::from_utf8_lossy(field).into_owned();
    Value { number: is_number(&text), text }
}

/// A number, an amount, a share or a date as people write them.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let sign = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '.' | ',' | '-' | '+' | '%' | '$' | '€' | '£' | '¥' | ' ' | ':' | '/' | 'e' | 'E' | '\'')
    };
    digits > 0 && text.len() <= 40 && text.chars().all(sign) && !text.starts_with(['e', 'E'])
}
