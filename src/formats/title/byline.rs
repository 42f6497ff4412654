//! Who and when, from the lines near a title: `By Staff Writer`, `by Jane Doe | March 3, 2008`, `Posted by Jane on 3 March`.
//! A line counts only if all of it is a credit: `by the way` is prose.

use super::{
    dates,
    phrases::{leading, phrases},
};
use crate::{doc::Date, text};

/// What a line credits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Credit {
    /// Who.
    pub author: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// What announces a name, in lower case.
const BY: &[&str] = phrases!(
    "by|by:|written by|written by:|posted by|posted by:|published by|story by|text by|words by|article by|\
    submitted by|edited by|author:|authors:|author|von|autor:|par|auteur:|auteur :|por|door|di|作者：|作者:"
);

/// Words in a name that are not capitalised.
const PARTICLES: &[&str] =
    phrases!("van|von|der|den|de|del|della|di|da|dos|du|la|le|and|und|et|y|e|bin|al|ibn|zu|with|&");

/// The credit that the whole of `line` is.
pub fn credit(line: &str) -> Option<Credit> {
    let line = line.trim().trim_matches(['*', '_', '(', ')']).trim();
    if line.is_empty() || line.len() > 160 {
        return None;
    }
    if let Some(date) = dates::line(line) {
        return Some(Credit { author: None, date: Some(date) });
    }
    let mut found = Credit::default();
    let parts = parts(line);
    for (at, part) in parts.iter().enumerate() {
        if let Some(date) = dates::line(part) {
            found.date.get_or_insert(date);
        } else if let Some(name) = byline(part) {
            found.author.get_or_insert(name);
        } else if at == 0
            && parts.get(1..).is_some_and(|rest| rest.iter().any(|p| dates::line(p).is_some()))
            && is_plain_name(part)
        {
            // `Jane Doe | 3 March 2008`.
            found.author.get_or_insert_with(|| (*part).to_owned());
        } else if found == Credit::default() || part.split_whitespace().count() > 5 {
            return None;
        }
    }
    (found != Credit::default()).then_some(found)
}

/// The parts of a line that a separator, or `on` and `in` after a byline, set apart.
fn parts(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in line.split(['|', '·', '•']) {
        for part in part.split(" - ").flat_map(|p| p.split(" – ")).flat_map(|p| p.split(" — ")) {
            match part.split_once(" on ").or_else(|| name_and_date(part)) {
                Some((name, rest)) if byline(name).is_some() => {
                    let (date, category) = rest.split_once(" in ").unwrap_or((rest, ""));
                    parts.extend([name, date, category]);
                }
                _ => parts.push(part),
            }
        }
    }
    parts.retain(|p| !p.trim().is_empty());
    parts.into_iter().map(str::trim).collect()
}

/// `By Jane Doe, March 3, 2008`: the name before the comma, the date after it.
fn name_and_date(part: &str) -> Option<(&str, &str)> {
    part.match_indices(',')
        .map(|(at, _)| (text::head(part, at), text::tail(part, at + 1)))
        .find(|(_, rest)| dates::line(rest).is_some())
}

/// The name after `by`.
fn byline(part: &str) -> Option<String> {
    let lower = part.to_lowercase();
    let by = leading(BY, &lower)?;
    let rest = part.get(by.len()..)?;
    let spaced = rest.starts_with([' ', '\t', '\u{A0}']) || by.ends_with([':', '：']);
    let name = rest.trim().trim_end_matches(['.', ',', ':']);
    // A role after the name: `Jane Doe, Staff Writer`.
    let name = name.split(',').next().map(str::trim).filter(|_| !name.contains(" and ")).unwrap_or(name);
    let name = without_bracket(name);
    (spaced && is_name(name)).then(|| name.to_owned())
}

/// A name up to a bracket that nothing closes: what closed it was cut off with the rest of a list.
pub fn without_bracket(name: &str) -> &str {
    match name.rsplit_once('(') {
        Some((before, after)) if !after.contains(')') => before.trim_end(),
        _ => name,
    }
}

/// One to six words, capitalised but for particles, or a few characters of a script without capitals.
pub fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let good = |(at, word): (usize, &&str)| {
        let word = word.trim_matches(['"', '(', ')', '“', '”', '@', ',']);
        let first = word.chars().next();
        // A name never begins with a particle in lower case: `by the way`, `by and large`.
        (at > 0 && PARTICLES.contains(&word))
            || first.is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
    };
    let plain = |c: char| {
        c.is_alphabetic()
            || c.is_whitespace()
            || matches!(c, '.' | '\'' | '’' | '-' | '&' | '"' | '“' | '”' | ',' | '@' | '(' | ')' | '·' | '・')
    };
    (1..=6).contains(&words.len())
        && text::width::width(name) <= 50
        && words.iter().enumerate().all(good)
        && name.chars().all(plain)
        && dates::line(name).is_none()
}

/// A name that nothing announces: two or three words, none of them a particle.
fn is_plain_name(name: &str) -> bool {
    (2..=3).contains(&name.split_whitespace().count()) && is_name(name)
}
