//! The header of a document: its title, who wrote it, which revision it is, its attributes.

use super::attributes::{self, Attributes};
use crate::{
    doc::{Date, Meta},
    formats::title,
};

/// What stands before the text.
#[derive(Debug, Default)]
pub struct Header {
    /// The title as written.
    pub title: Option<String>,
    /// The lines of author and revision as written.
    pub credits: Vec<String>,
    /// How many lines it takes.
    pub lines: usize,
    authors: Option<String>,
    date: Option<Date>,
}

impl Header {
    /// Reads the header; its attributes are set.
    pub fn read(lines: &[&str], attributes: &mut Attributes) -> Header {
        let mut header = Header::default();
        let mut at = 0;
        let mut attribute = |at: &mut usize, line: &str| {
            let Some((name, value)) = attributes::entry(line) else { return false };
            *at += 1;
            let value = continued(value, lines, at);
            attributes.set(name, &value);
            true
        };
        while let Some(line) = lines.get(at) {
            if let Some(rest) = title_of(line, lines.get(at + 1)) {
                header.title = Some(rest.to_owned());
                at += if line.starts_with(['=', '#']) { 1 } else { 2 };
                break;
            }
            if attribute(&mut at, line) {
            } else if line.is_empty() || is_comment(line) || is_conditional(line) {
                at += 1;
            } else {
                break;
            }
        }
        if header.title.is_some() {
            while let Some(line) = lines.get(at).filter(|line| !line.is_empty()) {
                if attribute(&mut at, line) {
                    continue;
                }
                if is_comment(line) || is_conditional(line) {
                } else if header.authors.is_none() && header.credits.is_empty() && is_author(line) {
                    header.credits.push((*line).to_owned());
                    header.authors = Some(names(line));
                } else if header.credits.len() == 1 && is_revision(line) {
                    header.credits.push((*line).to_owned());
                    header.date = revision_date(line);
                } else {
                    break;
                }
                at += 1;
            }
        }
        header.lines = at;
        header
    }

    /// What the document says about itself.
    pub fn meta(&self, attributes: &Attributes, title: Option<String>) -> Meta {
        let get = |name: &str| attributes.get(name).map(str::trim).filter(|value| !value.is_empty());
        let authors = get("authors").or_else(|| get("author")).map(names);
        let tags = get("keywords").or_else(|| get("page-tags")).or_else(|| get("tags"));
        let tags = tags.into_iter().flat_map(|tags| tags.split(',')).map(|tag| tag.trim().to_owned());
        Meta {
            title: title.or_else(|| get("doctitle").or_else(|| get("title")).map(str::to_owned)),
            author: self.authors.clone().or(authors),
            date: self.date.or_else(|| get("revdate").or_else(|| get("date")).and_then(date)),
            language: get("lang").map(str::to_owned),
            tags: tags.filter(|tag| !tag.is_empty()).collect(),
            ..Meta::default()
        }
    }
}

/// The value of an attribute with the lines that continue it.
pub fn continued(value: &str, lines: &[&str], at: &mut usize) -> String {
    let mut value = value.to_owned();
    while let Some(before) = value.strip_suffix('\\').filter(|before| before.is_empty() || before.ends_with(' ')) {
        let Some(next) = lines.get(*at).filter(|next| !next.is_empty()) else { break };
        value = format!("{} {}", before.trim_end(), next.trim());
        *at += 1;
    }
    value
}

fn title_of<'l>(line: &'l str, next: Option<&&str>) -> Option<&'l str> {
    let one = line.strip_prefix("= ").or_else(|| line.strip_prefix("# "));
    one.map(str::trim).or_else(|| super::outline::underlined(line, next?).filter(|level| *level == 1).map(|_| line))
}

/// A line of a comment.
pub fn is_comment(line: &str) -> bool {
    line.starts_with("//") && !line.starts_with("///")
}

fn is_conditional(line: &str) -> bool {
    ["ifdef::", "ifndef::", "ifeval::", "endif::"].iter().any(|word| line.starts_with(word)) && line.ends_with("[]")
}

/// `First Middle Last <mail>; Another`. A sentence is none.
fn is_author(line: &str) -> bool {
    line.split(';').all(|one| {
        let name = one.split('<').next().unwrap_or_default();
        name.split_whitespace().count() <= 6 && !name.trim_end().ends_with(['.', ':', '!', '?'])
    }) && line.starts_with(|c: char| c.is_alphabetic() || c == '{')
}

fn names(line: &str) -> String {
    let name = |one: &str| one.split('<').next().unwrap_or_default().trim().replace('_', " ");
    line.split(';').map(name).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}

/// `v1.2, 2020-02-03: remark`, or a version, or a date.
fn is_revision(line: &str) -> bool {
    line.len() < 200
        && (line.starts_with('v') || revision_date(line).is_some())
        && line.contains(|c: char| c.is_ascii_digit())
}

fn revision_date(line: &str) -> Option<Date> {
    let after = line.split_once(',').map_or(line, |(_, after)| after);
    date(after).or_else(|| date(after.split(": ").next()?)).or_else(|| date(line))
}

fn date(text: &str) -> Option<Date> {
    text.trim().parse().ok().or_else(|| title::date(text.trim()))
}
