//! What a row says about itself, from values as programs write them.

use crate::{
    doc::Date,
    formats::{build::collapsed, stamp},
};

use super::json::Json;

/// Names of persons are in these fields of an object.
const NAMES: &[&str] =
    &["name", "full_name", "fullName", "display_name", "displayName", "username", "login", "screen_name", "email"];

/// A date: as text of any kind, as seconds, milli-, micro- or nanoseconds since 1970, as a year, as 20240517.
pub fn date(value: &Json) -> Option<Date> {
    match value {
        Json::Number(number) => {
            let whole = number.as_i64();
            #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second says nothing to a reader")]
            let rounded = || number.as_f64().map(|number| number as i64);
            epoch(whole.or_else(rounded)?)
        }
        Json::Text(text) => {
            let text = text.trim();
            let digits = text.strip_prefix('-').unwrap_or(text);
            let number = digits.len() >= 8 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            match text.split('.').next().unwrap_or(text).parse() {
                Ok(seconds) if number => epoch(seconds),
                _ => stamp::date(text),
            }
        }
        Json::List(elements) => elements.iter().find_map(|element| element.text().and_then(stamp::date)),
        _ => None,
    }
}

fn epoch(number: i64) -> Option<Date> {
    let part = |value: i64| u8::try_from(value).ok();
    let seconds = match number.unsigned_abs() {
        1000..=2199 => return Date::new(i16::try_from(number).ok()?, None, None),
        19_000_101..=21_001_231 => {
            let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
            return Date::new(i16::try_from(year).ok()?, Some(part(month)?), Some(part(day)?));
        }
        100_000_000..100_000_000_000 => number,
        100_000_000_000..100_000_000_000_000 => number / 1000,
        100_000_000_000_000..100_000_000_000_000_000 => number / 1_000_000,
        100_000_000_000_000_000.. => number / 1_000_000_000,
        _ => return None,
    };
    Date::from_zoned(&jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC))
}

/// Names of persons: a text, a list of them, objects that have a name.
pub fn people(value: &Json) -> Option<String> {
    let names: Vec<String> = match value {
        Json::List(elements) => elements.iter().filter_map(person).collect(),
        value => person(value).into_iter().collect(),
    };
    Some(names.join(", ")).filter(|names| !names.is_empty() && names.len() <= 500)
}

fn person(value: &Json) -> Option<String> {
    let whole = || {
        let part = |names: [&str; 2]| names.iter().find_map(|name| value.get(name)?.text());
        let (first, last) = (part(["first", "given"]), part(["last", "family"]));
        let both: Vec<&str> = first.into_iter().chain(last).collect();
        (!both.is_empty()).then(|| both.join(" "))
    };
    let named = || NAMES.iter().find_map(|name| value.get(name)?.text()).map(str::to_owned);
    let name = collapsed(&value.text().map(str::to_owned).or_else(named).or_else(whole)?);
    Some(name.strip_prefix("By ").or(name.strip_prefix("by ")).map(str::to_owned).unwrap_or(name))
}

/// A language tag (BCP 47).
pub fn language(value: &Json) -> Option<String> {
    let tag = value.text()?.replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let is = |part: &str, most: usize| {
        part.len() <= most && part.len() >= 2 && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    (is(first, 3) && first.bytes().all(|b| b.is_ascii_alphabetic()) && parts.all(|part| is(part, 8))).then_some(tag)
}

/// Tags: a list, or a text with commas.
pub fn tags(value: &Json) -> Vec<String> {
    let named = |value: &Json| value.text().map(str::to_owned).or_else(|| person(value));
    let tags: Vec<String> = match value {
        Json::List(elements) => elements.iter().filter_map(named).collect(),
        Json::Text(text) => text.split([',', ';', '|']).map(|tag| tag.trim().to_owned()).collect(),
        _ => Vec::new(),
    };
    let short = tags.into_iter().map(|tag| collapsed(&tag)).filter(|tag| !tag.is_empty() && tag.len() <= 80);
    short.take(50).collect()
}
