//! Archives of the web (WARC, ISO 28500), and the texts taken from such (WET). A document for each page or text that was
//! answered or converted; what a page needed besides, redirections and errors are left out.
//!
//! A document is named by its URL and reached again by the offset of its record, compressed or not.

mod http;
mod records;

use anyhow::{Context as _, Result, bail};

use super::{Confidence, Contents, Each, Entry, Format, Source, bounds, html, ids::Ids, plain, stamp};
use crate::{
    doc::{Block, Document, Kind, Link, Meta, Span, SpanKind},
    formats::build::Builder,
    text,
};
use http::Answer;
use records::{Record, Records};

/// The format.
pub const FORMAT: Format = Format {
    name: "warc",
    extensions: &["warc", "wet"],
    about: "Web archives (WARC, WET), compressed record by record too: a document for each page",
    detect,
    contents: Contents::Many { stream, open },
    image: None,
};

fn detect(head: &[u8], source: &Source) -> Confidence {
    if !source.growing() && records::holds_records(source, head) { Confidence::Content } else { Confidence::No }
}

fn stream(source: &Source, each: &mut Each<'_>) -> Result<()> {
    let mut records = Records::new(source, 0);
    let (mut ids, mut count) = (Ids::default(), 0);
    while let Some(record) = records.next()? {
        let Some(page) = page(&record) else { continue };
        count += 1;
        if count > bounds::ENTRIES {
            bail!("only the first {} pages are read", bounds::ENTRIES);
        }
        let entry = Entry { id: Some(ids.next(page.url.map(str::to_owned), count)), offset: record.offset };
        if each(entry, document(&record, page)).is_break() {
            break;
        }
    }
    Ok(())
}

fn open(source: &Source, entry: &Entry) -> Result<Document> {
    let mut records = Records::new(source, entry.offset);
    // Without an offset, the first page.
    while let Some(record) = records.next()? {
        if let Some(page) = page(&record) {
            return document(&record, page);
        }
        if entry.offset > 0 {
            break;
        }
    }
    bail!("there is no such page")
}

/// A record that is a document.
struct Page<'r> {
    url: Option<&'r str>,
    html: bool,
    charset: Option<String>,
    /// The answer that it came in.
    answer: Option<Answer>,
}

fn page(record: &Record) -> Option<Page<'_>> {
    let url = record.field("warc-target-uri").map(|url| url.trim_matches(['<', '>']));
    let web = url.is_some_and(|url| url.starts_with("http"));
    let (answer, (kind, charset)) = match record.field("warc-type")? {
        "response" => {
            let answer = Answer::of(&record.body)?;
            let kind = answer.kind();
            (Some(answer), kind)
        }
        "conversion" => (None, ("text/plain".to_owned(), None)),
        "resource" if web => (None, http::kind(record.field("content-type").unwrap_or_default())),
        _ => return None,
    };
    let html = matches!(kind.as_str(), "text/html" | "application/xhtml+xml");
    let found = answer.as_ref().is_none_or(|answer| (200..300).contains(&answer.status));
    let robots = url.is_some_and(|url| url.ends_with("/robots.txt"));
    (found && !robots && (html || kind == "text/plain")).then_some(Page { url, html, charset, answer })
}

fn document(record: &Record, page: Page<'_>) -> Result<Document> {
    let content = match page.answer {
        Some(answer) => answer.content().context("the answer of the server")?,
        None => record.body.clone(),
    };
    let mut document = if page.html {
        html::document(&content, page.charset.as_deref())
    } else {
        let mut build = Builder::default();
        let text = html::decode_as(&content, page.charset.as_deref());
        plain::blocks(&text, false).into_iter().for_each(|block| build.adopt(block));
        build.finish().document(Meta::default())
    };
    let meta = &mut document.meta;
    meta.date = meta.date.or_else(|| record.field("warc-date").and_then(stamp::date));
    let language = record.field("warc-identified-content-language").and_then(|all| all.split(',').next());
    meta.language = meta.language.take().or_else(|| language.map(|code| tag(code).to_owned()));
    if record.cut {
        document.warnings.push("the record is cut off".to_owned());
    }
    Ok(match page.url {
        Some(url) => from(document, url),
        None => document,
    })
}

/// Languages by the codes of ISO 639-3, which crawls name, and of ISO 639-1, which everybody else does.
const LANGUAGES: &str = "ara ar bel be ben bn bul bg cat ca ces cs dan da deu de ell el eng en epo eo est et eus eu fas fa \
    fin fi fra fr gle ga glg gl heb he hin hi hrv hr hun hu hye hy ind id isl is ita it jpn ja kat ka kaz kk kor ko lat la \
    lav lv lit lt mar mr mkd mk msa ms nld nl nno nn nob nb nor no pan pa pol pl por pt ron ro rus ru slk sk slv sl spa es \
    sqi sq srp sr swa sw swe sv tam ta tel te tha th tur tr ukr uk urd ur vie vi zho zh";

/// The tag of a language (BCP 47).
fn tag(code: &str) -> &str {
    let mut names = LANGUAGES.split_whitespace();
    while let (Some(long), Some(short)) = (names.next(), names.next()) {
        if long == code {
            return short;
        }
    }
    code
}

/// The document with the address that it was found at, at its end, and with links that lead there from anywhere.
fn from(document: Document, url: &str) -> Document {
    let mut links: Vec<Link> = document.links.iter().map(|link| Link { target: absolute(url, &link.target) }).collect();
    let mut blocks: Vec<Block> = document.blocks().map(|(_, block)| (*block).clone()).collect();
    if !blocks.is_empty() {
        blocks.push(Block::new(Kind::Rule, ""));
    }
    let span = Span { range: 0..url.len(), kind: SpanKind::Link(links.len()) };
    blocks.push(Block { spans: vec![span], ..Block::new(Kind::Paragraph, url) });
    links.push(Link { target: url.to_owned() });
    Document {
        links,
        targets: document.targets,
        warnings: document.warnings,
        excerpt: document.excerpt,
        ..Document::held(document.meta, blocks)
    }
}

/// Where a link of the page at `url` leads (RFC 3986, section 5.2, as far as pages use it).
fn absolute(url: &str, target: &str) -> String {
    let scheme = target.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    if scheme || target.starts_with('#') || target.is_empty() {
        return target.to_owned();
    }
    let Some((scheme, rest)) = url.split_once("://") else { return target.to_owned() };
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if let Some(other) = target.strip_prefix("//") {
        return format!("{scheme}://{other}");
    }
    if target.starts_with('/') {
        return format!("{scheme}://{host}{target}");
    }
    if target.starts_with('?') {
        return format!("{scheme}://{host}{path}{target}");
    }
    let folder = text::head(path, path.rfind('/').unwrap_or(0));
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let (target, end) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
    let mut last = "";
    for part in target.split('/') {
        last = part;
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let slash = if matches!(last, "" | "." | "..") && !parts.is_empty() { "/" } else { "" };
    format!("{scheme}://{host}/{}{slash}{end}", parts.join("/"))
}
