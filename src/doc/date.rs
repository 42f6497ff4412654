//! Dates as documents give them: often only a year, or a year and a month. Written and read as `2009`, `2009-05`,
//! `2009-05-17` or RFC 3339 with a time; compared by what they say, a missing part first.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A date of known precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
    /// Seconds since the epoch and the zone's offset in seconds, when the time is known.
    instant: Option<(i64, i32)>,
}

impl Date {
    /// A date from its parts; `None` when there is no such day.
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Date> {
        let valid = match (month, day) {
            (None, None) => (1..=9999).contains(&year),
            (Some(m), d) => {
                (1..=9999).contains(&year)
                    && jiff::civil::Date::new(year, i8::try_from(m).ok()?, i8::try_from(d.unwrap_or(1)).ok()?).is_ok()
            }
            (None, Some(_)) => false,
        };
        valid.then_some(Date { year, month, day, instant: None })
    }

    /// A date with its time.
    pub fn from_zoned(at: &jiff::Zoned) -> Option<Date> {
        let day = Date::new(at.year(), u8::try_from(at.month()).ok(), u8::try_from(at.day()).ok())?;
        Some(Date { instant: Some((at.timestamp().as_second(), at.offset().seconds())), ..day })
    }

    /// Seconds since 1970 of its instant, or of the start of the day, month or year that it names.
    pub fn seconds(&self) -> i64 {
        if let Some((seconds, _)) = self.instant {
            return seconds;
        }
        let part = |part: Option<u8>| i8::try_from(part.unwrap_or(1)).unwrap_or(1);
        let date = jiff::civil::Date::new(self.year, part(self.month), part(self.day));
        date.ok()
            .and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC).ok())
            .map_or(0, |at| at.timestamp().as_second())
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, when known.
    pub fn month(&self) -> Option<u8> {
        self.month
    }

    /// The day of the month, when known.
    pub fn day(&self) -> Option<u8> {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((second, offset)) = self.instant
            && let (Ok(at), Ok(offset)) = (jiff::Timestamp::from_second(second), jiff::tz::Offset::from_seconds(offset))
        {
            let zoned = at.to_zoned(offset.to_time_zone());
            return write!(f, "{}", zoned.strftime("%Y-%m-%dT%H:%M:%S%:z"));
        }
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for Date {
    type Err = ();

    fn from_str(s: &str) -> Result<Date, ()> {
        let s = s.trim();
        if s.contains([':', 'T']) {
            return parse_with_time(s).ok_or(());
        }
        let mut parts = s.splitn(3, ['-', '/']);
        let year = parts.next().filter(|y| y.len() == 4).and_then(|y| y.parse().ok()).ok_or(())?;
        let mut number = || parts.next().map(|p| p.parse::<u8>().map_err(|_| ())).transpose();
        let (month, day) = (number()?, number()?);
        Date::new(year, month, day).ok_or(())
    }
}

fn parse_with_time(s: &str) -> Option<Date> {
    let with_t = if s.contains('T') { s.to_owned() } else { s.replacen(' ', "T", 1).replace(' ', "") };
    if let Ok(pieces) = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(&with_t) {
        let civil = pieces.date().to_datetime(pieces.time().unwrap_or_default());
        let offset = pieces.to_numeric_offset();
        return match offset {
            Some(offset) => Date::from_zoned(&offset.to_timestamp(civil).ok()?.to_zoned(offset.to_time_zone())),
            None => Date::new(civil.year(), u8::try_from(civil.month()).ok(), u8::try_from(civil.day()).ok()),
        };
    }
    jiff::fmt::rfc2822::parse(s).ok().and_then(|z| Date::from_zoned(&z))
}
