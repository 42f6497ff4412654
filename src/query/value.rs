//! The value of a field to what it asks for. Someone is typing it: a value that may still become one counts as not typed
//! yet, or as what it is so far; only what can't become one any more is wrong.

use super::{
    Ask, FieldKind, Pattern, Phrase,
    fact::{Day, Fact, Folder, HAS, IS, Start, Tongue},
};
use crate::{
    doc::Date,
    text::{
        fold::fold,
        language::{self, LANGUAGES},
    },
};

/// A value as it was typed.
pub(super) struct Value<'t> {
    /// Without its quotes.
    pub text: &'t str,
    /// It stood between two quotes, so that it is all there.
    pub whole: bool,
}

impl Value<'_> {
    /// What it asks for; `None` when it is not typed yet.
    pub(super) fn read(&self, kind: FieldKind) -> Option<Ask> {
        let text = self.text.trim();
        let fact = match kind {
            FieldKind::Text(zone) => return self.phrase().map(|phrase| Ask::Text(zone, phrase)),
            FieldKind::Tag => return self.phrase().map(Ask::Tag),
            FieldKind::Note => return self.phrase().map(Ask::Note),
            FieldKind::Pattern if self.text.is_empty() => return None,
            FieldKind::Pattern => return Some(Ask::Pattern(Pattern::new(self.text))),
            _ if text.is_empty() => return None,
            FieldKind::Like => return Some(Ask::Like(unescaped(text))),
            FieldKind::Thread => Some(Fact::Thread(unescaped(text).trim_matches(['<', '>']).to_owned())),
            FieldKind::Folder => self.folder().map(Fact::In),
            FieldKind::Type => {
                let text = fold(text.trim_start_matches('.'));
                (!text.is_empty()).then_some(Fact::Type(Start { text, whole: self.whole }))
            }
            FieldKind::Language => match tongue(text, self.whole) {
                Ok(tongue) => tongue.map(Fact::Language),
                Err(Wrong) => return wrong(format!("no language is called {text}")),
            },
            FieldKind::After | FieldKind::Before => match day(text) {
                Ok(day) => day.map(if kind == FieldKind::After { Fact::After } else { Fact::Before }),
                Err(Wrong) => return wrong(format!("{text} is no date: 2009, 2009-05 or 2009-05-17")),
            },
            FieldKind::Words => match count(text) {
                Ok(count) => count.map(|(from, to)| Fact::Words(from, to)),
                Err(Wrong) => return wrong(format!("{text} is no number of words: 2k, <2000, >500 or 500..2000")),
            },
            FieldKind::Is => match self.one_of(IS) {
                Ok(values) => Some(Fact::Is(values)),
                Err(Wrong) => return wrong(format!("there is no is:{text}, but {}", names(IS))),
            },
            FieldKind::Has => match self.one_of(HAS) {
                Ok(values) => Some(Fact::Has(values)),
                Err(Wrong) => return wrong(format!("there is no has:{text}, but {}", names(HAS))),
            },
        };
        fact.map(Ask::Fact)
    }

    fn phrase(&self) -> Option<Phrase> {
        Phrase::new(self.text, !self.whole)
    }

    fn folder(&self) -> Option<Folder> {
        let text = self.text.trim();
        let names = text.split('/').filter(|name| !matches!(*name, "" | "."));
        let mut names: Vec<Start> = names.map(|name| Start { text: fold(name), whole: true }).collect();
        names.last_mut()?.whole = self.whole || text.ends_with('/');
        Some(Folder { names, rooted: text.starts_with('/') })
    }

    /// The value of this name, else all whose names begin so.
    fn one_of<T: Copy>(&self, values: &[(&str, T)]) -> Result<Vec<T>, Wrong> {
        let text = fold(self.text.trim());
        if let Some((_, value)) = values.iter().find(|(name, _)| *name == text) {
            return Ok(vec![*value]);
        }
        let begun = |(name, value): &(&str, T)| (!self.whole && name.starts_with(&text)).then_some(*value);
        let begun: Vec<T> = values.iter().filter_map(begun).collect();
        if begun.is_empty() { Err(Wrong) } else { Ok(begun) }
    }
}

/// What asks for documents that resemble the one at this path.
pub fn like(path: &str) -> String {
    escaped("like", path)
}

/// What asks for the conversation in which somebody calls a document so.
pub fn thread(name: &str) -> String {
    escaped("thread", name)
}

fn escaped(field: &str, value: &str) -> String {
    let mut query = format!("{field}:\"");
    for c in value.chars() {
        if c == '\\' || super::parse::is_quote(c) {
            query.push('\\');
        }
        query.push(c);
    }
    query + "\""
}

/// A value without the backslashes that [`escaped`] puts before quotes and before themselves.
fn unescaped(text: &str) -> String {
    let mut chars = text.chars().peekable();
    let mut path = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        let quoted = chars.next_if(|next| c == '\\' && (*next == '\\' || super::parse::is_quote(*next)));
        path.push(quoted.unwrap_or(c));
    }
    path
}

/// What is typed can't become a value any more.
struct Wrong;

#[expect(clippy::unnecessary_wraps, reason = "it is what the reading of a value ends with")]
fn wrong(reason: String) -> Option<Ask> {
    Some(Ask::Wrong(reason))
}

fn names<T>(values: &[(&str, T)]) -> String {
    values.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

fn tongue(text: &str, whole: bool) -> Result<Option<Tongue>, Wrong> {
    let typed = text.to_lowercase().replace('_', "-");
    let folded = fold(language::primary(text));
    let called = |name: &&str| fold(name) == folded;
    let begins = |name: &&str| !whole && fold(name).starts_with(&folded);
    let exact = LANGUAGES.iter().filter(|language| language.names().iter().any(called));
    let mut tags: Vec<&str> = exact.map(|language| language.tag).collect();
    if tags.is_empty() {
        let begun = LANGUAGES.iter().filter(|language| language.names().iter().any(begins));
        tags.extend(begun.map(|language| language.tag));
    }
    // Not in the table, but as long as a tag is.
    match typed.split('-').next().map_or(0, |first| first.chars().count()) {
        0 => Ok(None),
        1 if tags.is_empty() && !whole => Ok(None),
        4.. if tags.is_empty() => Err(Wrong),
        _ => Ok(Some(Tongue { tags, typed })),
    }
}

/// The first day of a year, a month or a day. While a month or a day is typed, the part before it counts.
fn day(text: &str) -> Result<Option<Day>, Wrong> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let digits = |part: &&str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() > 3 || !parts.iter().all(digits) {
        return Err(Wrong);
    }
    let mut parts = parts.into_iter();
    let year = match parts.next().unwrap_or_default() {
        year if year.len() == 4 => year.parse().map_err(|_| Wrong)?,
        _ if parts.next().is_some() => return Err(Wrong),
        _ => return Ok(None),
    };
    let unfinished = |part: &str| matches!(part, "" | "0");
    let number = |part: Option<&str>| part.map(|part| part.parse::<u8>().map_err(|_| Wrong)).transpose();
    let (month, day) = (parts.next(), parts.next());
    if day.is_some() && month.is_some_and(unfinished) {
        return Err(Wrong);
    }
    let (month, day) = (month.filter(|part| !unfinished(part)), day.filter(|part| !unfinished(part)));
    let date = Date::new(year, number(month)?, number(day)?).ok_or(Wrong)?;
    Ok(Some(Day::of(date)))
}

/// The least and the greatest number that is meant.
fn count(text: &str) -> Result<Option<(u64, u64)>, Wrong> {
    let below = |limit: Option<u64>| limit.map(|n| (0, n.saturating_sub(1)));
    if let Some((from, to)) = text.split_once("..") {
        let from = if from.is_empty() { Some(0) } else { number(from)? };
        // While the end of a range is typed it lies before its beginning.
        let to = number(to)?.filter(|to| from.is_some_and(|from| *to >= from)).unwrap_or(u64::MAX);
        return Ok(from.map(|from| (from, to)).filter(|range| *range != (0, u64::MAX)));
    }
    Ok(match text.strip_prefix(['<', '>', '=']) {
        Some(rest) if text.starts_with('=') => number(rest)?.map(|n| (n, n)),
        Some(rest) if text.starts_with('<') => match rest.strip_prefix('=') {
            Some(rest) => number(rest)?.map(|n| (0, n)),
            None => below(number(rest)?),
        },
        Some(rest) => match rest.strip_prefix('=') {
            Some(rest) => number(rest)?.map(|n| (n, u64::MAX)),
            None => number(rest)?.map(|n| (n.saturating_add(1), u64::MAX)),
        },
        // About so many: a tenth more or less.
        None => number(text.trim_end_matches('.'))?.map(|n| (n - n / 10, n.saturating_add(n / 10))),
    })
}

/// `2000`, `2,000`, `2k`, `1.5k`; `None` where there is none yet.
fn number(text: &str) -> Result<Option<u64>, Wrong> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (digits, scale) = match text.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1000),
        None => (text, 1),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain: String = whole.chars().filter(|c| !matches!(c, ',' | '_')).collect();
    let number: u64 = plain.parse().map_err(|_| Wrong)?;
    // Thousandths: what a `k` still to come may stand behind.
    if part.len() > 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Wrong);
    }
    let thousandths: u64 = format!("{part:0<3}").parse().map_err(|_| Wrong)?;
    Ok(Some(number.saturating_mul(scale).saturating_add(thousandths * scale / 1000)))
}
