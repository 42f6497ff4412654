//! What the file says about itself, as far as it is worth believing: many a title was made by a printer driver.

use hayro_syntax::{
    Pdf,
    object::{DateTime, Dict, Stream, String as PdfString},
};

use super::string;
use crate::{
    doc::{Date, Meta},
    formats::build::collapsed,
    text,
};

/// The most that is read of the XMP packet, in bytes.
const XMP: usize = 1024 * 1024;

/// Title, author, date, language and keywords.
pub fn read(pdf: &Pdf, name: &str) -> Meta {
    let info = pdf.metadata();
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let xmp = packet(&catalog).unwrap_or_default();
    let said =
        |bytes: &Option<Box<[u8]>>| bytes.as_ref().map(|b| collapsed(&string::decode(b))).filter(|t| !t.is_empty());
    let title = said(&info.title).filter(|t| is_title(t, name));
    let author = said(&info.author).map(|a| a.trim_end_matches([',', ';', ' ']).to_owned()).filter(|a| is_author(a));
    Meta {
        title: title.or_else(|| element(&xmp, "dc:title").filter(|t| is_title(t, name))),
        author: author.or_else(|| element(&xmp, "dc:creator").filter(|a| is_author(a))),
        date: info.creation_date.or(info.modification_date).and_then(date),
        language: catalog.get::<PdfString<'_>>("Lang").map(|l| string::decode(&l)).and_then(|l| language(&l)),
        tags: said(&info.keywords).map(|k| tags(&k)).unwrap_or_default(),
        ..Meta::default()
    }
}

fn packet(catalog: &Dict<'_>) -> Option<String> {
    let packet = catalog.get::<Stream<'_>>("Metadata")?.decoded_data().ok()?;
    let packet = packet.get(..XMP.min(packet.len()))?;
    Some(text::decode::decode_all(packet))
}

/// The first text within an element of the XMP packet, which wraps it in lists of languages or of persons.
fn element(xmp: &str, name: &str) -> Option<String> {
    let (_, rest) = xmp.split_once(&format!("<{name}"))?;
    let (inside, _) = rest.split_once(&format!("</{name}>"))?;
    let (_, inside) = inside.split_once('>')?;
    let items = inside.split("<rdf:li").skip(1).filter_map(|item| item.split_once('>')?.1.split_once('<'));
    let text = items.map(|(text, _)| unescaped(text.trim())).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ");
    Some(text).filter(|t| !t.is_empty())
}

fn unescaped(text: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    signs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Whether this can be the title of the text, and is not what a program put there: the name of a file, of a template or of
/// itself.
fn is_title(title: &str, file: &str) -> bool {
    let lower = title.to_lowercase();
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    const NONE: [&str; 14] = [
        "untitled",
        "untitled document",
        "title",
        "document",
        "unknown",
        "none",
        "null",
        "no title",
        "print",
        "word document",
        "powerpoint presentation",
        "presentation",
        "template",
        "untitled-1",
    ];
    let program = lower.starts_with("microsoft word -")
        || lower.starts_with("microsoft powerpoint -")
        || lower.starts_with("slide ")
        || lower.starts_with("document") && !lower.contains(' ')
        || lower.starts_with("untitled")
        || lower.contains("\\documentclass");
    const FILES: [&str; 21] = [
        ".doc", ".docx", ".pdf", ".tex", ".dvi", ".ps", ".eps", ".qxd", ".indd", ".pmd", ".p65", ".rtf", ".odt",
        ".ppt", ".pptx", ".xls", ".htm", ".html", ".txt", ".graffle", ".psd",
    ];
    let filed = FILES.iter().any(|e| lower.ends_with(e)) || lower.contains("\\") || lower.contains(":/");
    // A stem with digits and signs in place of spaces is a file's name too.
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_lowercase();
    let coded = !title.contains(' ')
        && (title.contains(['_', '/']) || title.chars().filter(char::is_ascii_digit).count() * 3 > title.len());
    letters >= 2
        && title.chars().count() <= 300
        && !title.contains('\u{fffd}')
        && !NONE.contains(&lower.as_str())
        && !program
        && !filed
        && !coded
        && (lower != stem || title.contains(' '))
}

fn is_author(author: &str) -> bool {
    const NONE: [&str; 12] = [
        "unknown",
        "author",
        "user",
        "admin",
        "administrator",
        "owner",
        "root",
        "none",
        "anonymous",
        "microsoft office user",
        "default",
        "windows user",
    ];
    let lower = author.to_lowercase();
    author.chars().any(char::is_alphabetic)
        && author.chars().count() <= 200
        && !author.contains('\u{fffd}')
        && !NONE.contains(&lower.as_str())
        && !lower.contains('\\')
}

fn date(at: DateTime) -> Option<Date> {
    // What was never set is 1970 or 1904 or 0.
    if at.year < 1980 {
        return None;
    }
    let parts = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{:+03}:{:02}",
        at.year, at.month, at.day, at.hour, at.minute, at.second, at.utc_offset_hour, at.utc_offset_minute
    );
    parts.parse().ok().or_else(|| Date::new(i16::try_from(at.year).ok()?, Some(at.month), Some(at.day)))
}

fn language(tag: &str) -> Option<String> {
    let tag = tag.trim();
    let sane = (2..=35).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    (sane && tag.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| tag.replace('_', "-"))
}

fn tags(keywords: &str) -> Vec<String> {
    let sign = if keywords.contains(';') { ';' } else { ',' };
    let tags = keywords.split(sign).map(collapsed).filter(|tag| !tag.is_empty() && tag.chars().count() <= 60);
    tags.take(32).collect()
}
