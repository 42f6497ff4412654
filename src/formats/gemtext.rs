//! Gemtext, the pages of Gemini: every line says by its first characters what it is.

use anyhow::Result;

use super::{
    Confidence, Contents, Format, Source, bounds,
    build::{Builder, Built, collapsed},
};
use crate::{
    doc::{Document, Meta},
    text::decode,
};

/// The format.
pub const FORMAT: Format = Format {
    name: "gemtext",
    extensions: &["gmi", "gemini"],
    about: "Gemtext, the pages of Gemini: headings, links, lists, quotations.",
    detect,
    contents: Contents::One(open),
    image: None,
};

/// By name alone: without one it is told from Markdown by nothing but its links.
fn detect(head: &[u8], source: &Source) -> Confidence {
    let binary = head.contains(&0) && !decode::detect(head, head.len() as u64 == source.size()).is_utf16();
    let named = FORMAT.extensions.contains(&source.extension().as_str());
    if named && !binary { Confidence::Name } else { Confidence::No }
}

fn open(source: &Source) -> Result<Document> {
    let text = decode::decode_all(&source.read(0, bounds::TEXT)?);
    let mut document = read(text.trim_start_matches('\u{feff}')).document(Meta::default());
    if source.size() > bounds::TEXT as u64 {
        document.warnings.push(format!("only the first {} are shown", bounds::megabytes(bounds::TEXT)));
    }
    Ok(document)
}

/// Lines that stand together.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Text,
    List,
    Quote,
}

fn read(text: &str) -> Built {
    let (mut build, mut open) = (Builder::default(), Open::Text);
    // Lines between toggles, and what was said of them.
    let mut kept: Option<(&str, String)> = None;
    for line in text.lines() {
        if build.is_full() {
            break;
        }
        if let Some(said) = line.strip_prefix("```") {
            match kept.take() {
                Some((about, lines)) => preformatted(&mut build, about, &lines),
                None => {
                    turn(&mut build, &mut open, Open::Text);
                    kept = Some((said.trim(), String::new()));
                }
            }
        } else if let Some((_, lines)) = &mut kept {
            lines.push_str(line);
            lines.push('\n');
        } else {
            read_line(line, &mut build, &mut open);
        }
    }
    // The second toggle may be missing.
    if let Some((about, lines)) = kept {
        preformatted(&mut build, about, &lines);
    }
    turn(&mut build, &mut open, Open::Text);
    build.finish()
}

fn read_line(line: &str, build: &mut Builder, open: &mut Open) {
    let hashes = line.bytes().take(3).take_while(|byte| *byte == b'#').count();
    if let Some(item) = line.strip_prefix("* ") {
        turn(build, open, Open::List);
        build.enter_item('.');
        build.prose.push(item.trim());
        build.leave();
    } else if let Some(quoted) = line.strip_prefix('>') {
        turn(build, open, Open::Quote);
        paragraph(build, quoted);
    } else {
        turn(build, open, Open::Text);
        if let Some(link) = line.strip_prefix("=>") {
            let link = link.trim();
            let (target, name) = link.split_once([' ', '\t']).unwrap_or((link, link));
            let span = build.link(target.to_owned());
            build.prose.span(span, name.trim());
            build.flush();
        } else if hashes > 0 {
            let heading = line.trim_start_matches('#');
            build.heading_of(u8::try_from(hashes).unwrap_or(3), collapsed(heading), Vec::new());
        } else {
            paragraph(build, line);
        }
    }
}

/// Every line is a paragraph, which the reader wraps.
fn paragraph(build: &mut Builder, line: &str) {
    build.prose.push(line.trim());
    build.flush();
}

/// Code where the first toggle names a language in a word; else what was said of the lines stands above them.
fn preformatted(build: &mut Builder, about: &str, lines: &str) {
    if about.is_empty() {
        return build.preformatted(lines);
    }
    if LANGUAGES.contains(&about.to_lowercase().as_str()) {
        return build.code(Some(about.to_lowercase()), lines);
    }
    build.prose.span(crate::doc::SpanKind::Emphasis, about);
    build.flush();
    build.preformatted(lines);
}

/// What is open ends where something else begins.
fn turn(build: &mut Builder, open: &mut Open, to: Open) {
    if *open == to {
        return;
    }
    if *open != Open::Text {
        build.leave();
    }
    match to {
        Open::Text => {}
        Open::List => build.enter_list(None),
        Open::Quote => build.enter_quote(),
    }
    *open = to;
}

/// Languages that authors name at a toggle.
const LANGUAGES: &[&str] = &[
    "bash",
    "c",
    "c++",
    "cpp",
    "css",
    "diff",
    "go",
    "haskell",
    "html",
    "java",
    "javascript",
    "js",
    "json",
    "lisp",
    "lua",
    "make",
    "perl",
    "php",
    "python",
    "ruby",
    "rust",
    "scheme",
    "sh",
    "shell",
    "sql",
    "toml",
    "typescript",
    "xml",
    "yaml",
    "zig",
];
