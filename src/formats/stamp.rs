//! Dates as programs stamp them into mails and feeds: RFC 822 and its successors, asctime(3), RFC 3339, and what others
//! took these for. A weekday is not believed, a zone may be missing, parts may change their places.

use jiff::{civil, tz::Offset};

use super::title;
use crate::doc::Date;

/// Longer values are no dates.
const LONGEST: usize = 120;

/// How the names of the months begin in English, and in the languages in which programs write them all the same.
const MONTHS: [&str; 12] = [
    "jan ene янв",
    "feb fév fev фев",
    "mar mär mrz мар",
    "apr avr abr апр",
    "may mai май мая",
    "jun juin июн",
    "jul juil июл",
    "aug aou aoû ago авг",
    "sep set сен",
    "oct okt out окт",
    "nov ноя",
    "dec déc dez dic дек",
];

/// Zones by name, in hours (RFC 822, section 5.1, and those of Europe, Asia and Australia that mean one thing only).
const ZONES: &[(&str, i32)] = &[
    ("gmt", 0),
    ("ut", 0),
    ("utc", 0),
    ("z", 0),
    ("wet", 0),
    ("at", -4),
    ("et", -5),
    ("ct", -6),
    ("mt", -7),
    ("pt", -8),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
    ("akst", -9),
    ("hst", -10),
    ("bst", 1),
    ("west", 1),
    ("met", 1),
    ("cet", 1),
    ("mest", 2),
    ("cest", 2),
    ("eet", 2),
    ("eest", 3),
    ("msk", 3),
    ("msd", 4),
    ("jst", 9),
    ("kst", 9),
    ("aest", 10),
    ("aedt", 11),
];

/// The date that a field says.
pub fn date(value: &str) -> Option<Date> {
    let value = value.trim();
    if value.len() > LONGEST || !value.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // A parser of RFC 2822 takes a zone that it does not know for none.
    let written = value.starts_with(char::is_alphabetic).then(|| stamp(value)).flatten();
    let iso = || value.parse().ok().or_else(|| value.replacen(" +", "+", 1).parse().ok());
    let found = written.filter(is_sane).or_else(|| iso().filter(is_sane));
    found.or_else(|| stamp(value).filter(is_sane)).or_else(|| title::date(value))
}

/// A clock that was never set, or a field of something else, gives no date.
fn is_sane(date: &Date) -> bool {
    (1900..=2200).contains(&date.year())
}

#[derive(Debug, Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<[i8; 3]>,
    zone: Option<i32>,
}

fn stamp(value: &str) -> Option<Date> {
    let mut parts = Parts::default();
    // A comment: `(CET)`.
    let bare = value.split('(').map(|p| p.rsplit_once(')').map_or(p, |(_, after)| after)).collect::<String>();
    let mut tokens: Vec<&str> = bare.split(|c: char| c.is_whitespace() || c == ',').filter(|t| !t.is_empty()).collect();
    if tokens.iter().skip(1).any(|token| month(token).is_some()) && tokens.first().is_some_and(|t| is_word(t)) {
        // The day of the week, which in French may look like March.
        tokens.remove(0);
    }
    for token in tokens {
        parts.token(token)?;
    }
    let (year, month, day) = (parts.year?, parts.month?, parts.day?);
    let date = civil::Date::new(year, month, day).ok()?;
    if let (Some([hour, minute, second]), Some(zone)) = (parts.time, parts.zone) {
        // A leap second, and the midnight that ends a day.
        let time = civil::Time::new(if hour == 24 { 0 } else { hour }, minute, second.min(59), 0).ok()?;
        let offset = Offset::from_seconds(zone).ok()?;
        let instant = offset.to_timestamp(date.to_datetime(time)).ok()?;
        return Date::from_zoned(&instant.to_zoned(offset.to_time_zone()));
    }
    Date::new(year, u8::try_from(month).ok(), u8::try_from(day).ok())
}

impl Parts {
    fn token(&mut self, token: &str) -> Option<()> {
        if token.is_empty() {
            return Some(());
        }
        if token.contains(':') && self.time.is_none() {
            return self.clock(token);
        }
        let lower = token.trim_end_matches('.').to_lowercase();
        if let Some(zone) = (self.time.is_some()).then(|| zone(&lower)).flatten() {
            self.zone = self.zone.or(Some(zone));
            return Some(());
        }
        if token.contains(['-', '/']) && !token.starts_with('-') {
            return token.split(['-', '/']).map(|piece| self.token(piece)).collect();
        }
        if let Ok(number) = lower.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse::<i16>() {
            return self.number(number, lower.len());
        }
        if !lower.starts_with(|c: char| c.is_alphabetic()) {
            return None;
        }
        if lower == "pm" || lower == "am" {
            if let Some([hour, ..]) = &mut self.time {
                *hour = *hour % 12 + if lower == "pm" { 12 } else { 0 };
            }
            return Some(());
        }
        self.month = self.month.or(month(&lower));
        Some(())
    }

    /// `12:30`, `12:30:05.123`, `12:30:05Z`, `12:30:05+0100`, `9:05pm`.
    fn clock(&mut self, token: &str) -> Option<()> {
        let end = token.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(token.len());
        let (clock, after) = token.split_at(end);
        let mut fields = clock.split(':').map(|f| f.split('.').next().unwrap_or_default().parse::<i8>().ok());
        let (hour, minute) = (fields.next()??, fields.next()??);
        let second = fields.next().flatten().unwrap_or(0);
        self.time = Some([hour, minute, second]);
        self.token(after)
    }

    fn number(&mut self, number: i16, digits: usize) -> Option<()> {
        if digits <= 2 && self.day.is_none() && (1..=31).contains(&number) {
            self.day = i8::try_from(number).ok();
        } else if self.year.is_none() {
            // Two digits, and the three that programs wrote in the year 2000.
            self.year = Some(match number {
                0..=68 if digits <= 2 => number + 2000,
                69..=199 if digits <= 3 => number + 1900,
                _ => number,
            });
        }
        Some(())
    }
}

/// The month whose name begins so.
fn month(name: &str) -> Option<i8> {
    let lower = name.to_lowercase();
    let named = |names: &str| names.split(' ').any(|name| lower.starts_with(name));
    MONTHS.iter().zip(1..).find(|(names, _)| named(names)).map(|(_, number)| number)
}

fn is_word(token: &str) -> bool {
    token.trim_end_matches('.').chars().all(char::is_alphabetic)
}

/// `+0100`, `-05:00`, `+01`, `GMT`, `GMT+2`: in seconds.
fn zone(token: &str) -> Option<i32> {
    let named = ZONES.iter().find(|(name, _)| *name == token).map(|(_, hours)| hours * 3600);
    if named.is_some() {
        return named;
    }
    let signed = token.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if signed.len() < token.len() && !matches!(token.get(..3), Some("gmt" | "utc")) {
        return None;
    }
    let (sign, digits) = match (signed.strip_prefix('+'), signed.strip_prefix('-')) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    // Without a second sign.
    let number = i32::from(digits.parse::<u16>().ok()?);
    let (hours, minutes) = if digits.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    // What no zone is says nothing about the hour.
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}
