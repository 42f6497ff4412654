//! Jupyter notebooks (nbformat 3 and 4): text, code and what it printed, in the order of the cells. A notebook that was cut
//! or that no program reads any more gives the cells that can be made out.

mod cell;
mod output;

use anyhow::Result;

use super::{Confidence, Contents, Format, Source, bounds, jsonl::Json, markdown};
use crate::{
    doc::{Document, Meta},
    formats::{build::Builder, build::collapsed, stamp},
    text,
};
use cell::Reader;

/// The format.
pub const FORMAT: Format = Format {
    name: "notebook",
    extensions: &["ipynb"],
    about: "Jupyter notebooks: text, code and its output, without the escapes of a terminal.",
    detect,
    contents: Contents::One(open),
    image: None,
};

/// A notebook names its version or its cells at once; of which language it is stands at the end.
fn detect(head: &[u8], source: &Source) -> Confidence {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if !head.starts_with(b"{") {
        return Confidence::No;
    }
    let head = String::from_utf8_lossy(head);
    let has = |key: &str| head.contains(&format!("\"{key}\""));
    let cells = has("cells") || has("worksheets");
    if cells && (has("nbformat") || has("cell_type")) {
        Confidence::Content
    } else if FORMAT.extensions.contains(&source.extension().as_str()) {
        Confidence::Name
    } else {
        Confidence::No
    }
}

fn open(source: &Source) -> Result<Document> {
    let text = text::decode::decode_all(&source.read(0, bounds::PARSED)?);
    let mut build = Builder::default();
    // Python writes `NaN`, which is no JSON; only where the end is missing does the reader miss something.
    let notebook = match Json::read(&text, false) {
        Ok(notebook) => notebook,
        Err(_) => {
            let mended = Json::read(&text, true)?;
            build.warn("damaged: only the cells that can be made out are shown".to_owned());
            mended
        }
    };
    let about = notebook.get("metadata");
    let mut reader = Reader { build, language: about.and_then(language), front: Meta::default() };
    let sheets = notebook.get("worksheets").map(Json::elements).unwrap_or_default();
    let cells = sheets.iter().chain([&notebook]).filter_map(|sheet| sheet.get("cells")).flat_map(Json::elements);
    for cell in cells {
        if reader.build.is_full() {
            break;
        }
        reader.cell(cell);
    }
    let Reader { build, front, .. } = reader;
    Ok(build.finish().document(about.map(|about| meta(about, &front)).unwrap_or(front)))
}

/// What the notebook says about itself, and what the front matter in its first cell does (Quarto's, Jupytext's).
fn meta(about: &Json, front: &Meta) -> Meta {
    let said = |name: &str| about.get(name).and_then(Json::text).map(collapsed);
    let name = |author: &Json| author.text().or_else(|| author.get("name").and_then(Json::text)).map(collapsed);
    let authors: Vec<_> =
        about.get("authors").map(Json::elements).unwrap_or_default().iter().filter_map(name).collect();
    let author = if authors.is_empty() { said("author") } else { Some(authors.join(", ")) };
    Meta {
        title: front.title.clone().or_else(|| said("title")),
        author: front.author.clone().or(author),
        date: front.date.or_else(|| stamp::date(&said("date")?)),
        ..front.clone()
    }
}

/// The language of the code.
fn language(about: &Json) -> Option<String> {
    let said = |group: &str, name: &str| about.get(group)?.get(name)?.text();
    let name = said("language_info", "name").or_else(|| said("kernelspec", "language"))?;
    // IPython's own name for itself.
    Some(if name == "ipython" { "python".to_owned() } else { name.to_lowercase() })
}

/// Text, which is written as one string or as a list of lines.
fn joined(value: &Json) -> String {
    match value {
        Json::Text(text) => text.clone(),
        value => {
            let lines = value.elements().iter().map(|line| if let Json::Text(line) = line { line } else { "" });
            let lines: Vec<&str> = lines.collect();
            // The second version of the format wrote them without their ends.
            let (last, before) = lines.split_last().unwrap_or((&"", &[]));
            let bare = !before.is_empty() && !before.iter().chain([last]).any(|line| line.contains('\n'));
            lines.join(if bare { "\n" } else { "" })
        }
    }
}
