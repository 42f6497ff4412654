//! Headings: how they are written, and the names by which references find them.

use std::collections::HashMap;

use super::attributes::Attributes;
use crate::text;

/// The level and the text of `== Heading`.
pub fn heading(line: &str) -> Option<(u8, &str)> {
    let sign = line.chars().next().filter(|c| matches!(c, '=' | '#'))?;
    let rest = line.trim_start_matches(sign);
    let level = u8::try_from(line.len() - rest.len()).ok().filter(|level| *level <= 6)?;
    let text = rest.strip_prefix([' ', '\t'])?.trim();
    let text = text.trim_end_matches(sign).trim_end();
    (!text.is_empty()).then_some((level, text))
}

/// The level of a heading that is underlined by the next line, which is as long.
pub fn underlined(line: &str, next: &str) -> Option<u8> {
    let sign = next.chars().next()?;
    let level = match sign {
        '=' => 1,
        '-' => 2,
        '~' => 3,
        '^' => 4,
        '+' => 5,
        _ => return None,
    };
    let worded = line.contains(char::is_alphanumeric) && !line.starts_with([' ', '\t', '[', '.', '|', ':', '/']);
    if next.len() < 2 || !worded || next.len().abs_diff(line.len()) > 2 * line.len() || next.contains(|c| c != sign) {
        return None;
    }
    (text::width::width(line).abs_diff(next.len()) <= 1).then_some(level)
}

/// The name that a heading has when it is given none.
pub fn id(text: &str, attributes: &Attributes) -> String {
    let prefix = attributes.get("idprefix").unwrap_or("_");
    let separator = attributes.get("idseparator").unwrap_or("_");
    let mut out = prefix.to_owned();
    let mut gap = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            if std::mem::take(&mut gap) {
                out.push_str(separator);
            }
            out.push(c);
        } else if matches!(c, ' ' | '-' | '.' | '\n') {
            gap = out.len() > prefix.len();
        }
    }
    out
}

/// The texts that references without one show, by the names of what they refer to.
pub fn titles(lines: &[&str], attributes: &Attributes) -> HashMap<String, String> {
    let mut titles = HashMap::new();
    let mut named: Vec<String> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(inner) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            let (id, text) = match inner.strip_prefix('[').and_then(|i| i.strip_suffix(']')) {
                Some(anchor) => anchor.split_once(',').map_or((anchor, None), |(id, text)| (id, Some(text.trim()))),
                None => {
                    (inner.split_once('#').map_or("", |(_, id)| id.split(['.', '%', ',']).next().unwrap_or("")), None)
                }
            };
            match text {
                _ if id.is_empty() => {}
                Some(text) => drop(titles.insert(id.to_owned(), text.to_owned())),
                None => named.push(id.to_owned()),
            }
            continue;
        }
        let next = lines.get(at + 1).copied().unwrap_or_default();
        let title = heading(line).map(|(_, text)| text).or_else(|| underlined(line, next).map(|_| *line));
        if let Some(title) = title {
            titles.entry(id(title, attributes)).or_insert_with(|| title.to_owned());
        }
        let caption = line.strip_prefix('.').filter(|t| !t.is_empty() && !t.starts_with([' ', '.']));
        if let Some(title) = title.or(caption) {
            for id in named.drain(..) {
                titles.entry(id).or_insert_with(|| title.to_owned());
            }
        }
        named.clear();
    }
    titles
}
