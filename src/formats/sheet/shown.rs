//! Numbers and dates as a sheet shows them, by the codes of their formats (ECMA-376 part 1, section 18.8.31), as far as
//! documents use them: decimals, thousands, percent, signs before and after. Dates are ISO 8601, which nobody misreads.

use calamine::ExcelDateTime;

/// Decimals that a format may ask for.
const DECIMALS: usize = 15;

/// A whole number as one with decimals; exact as far as a sheet holds it.
pub fn float(number: i64) -> f64 {
    // A sheet holds 15 digits.
    number.to_string().parse().unwrap_or(0.0)
}

/// A number.
pub fn number(number: f64, format: &str) -> String {
    let section = section(format, number);
    if !section.contains(['0', '#', '?'])
        || section.eq_ignore_ascii_case("general")
        || section.contains(['E', '@', '/'])
    {
        return general(number);
    }
    let pattern = Pattern::of(&section);
    let percent = if pattern.percent { number * 100.0 } else { number };
    let negative = percent < 0.0;
    let digits = format!("{:.*}", pattern.decimals, percent.abs());
    let zero = digits.chars().all(|c| matches!(c, '0' | '.'));
    let digits = if pattern.thousands { grouped(&digits) } else { digits };
    // A section of its own for negative numbers has their sign.
    let own = format.split(';').count() > 1 && number < 0.0;
    let sign = if negative && !zero && !own { "-" } else { "" };
    format!("{sign}{}{digits}{}", pattern.before, pattern.after)
}

/// A date, a time of day, or both.
pub fn date(at: &ExcelDateTime) -> String {
    if at.is_duration() {
        let seconds = (at.as_f64() * 86_400.0).round();
        let (hours, rest) = ((seconds / 3600.0).trunc(), (seconds % 3600.0).abs());
        return format!("{hours:.0}:{:02.0}:{:02.0}", (rest / 60.0).trunc(), rest % 60.0);
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let time =
        if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
    let whole = at.as_f64().fract() == 0.0;
    match at.as_f64() {
        ..1.0 => time,
        _ if whole => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

/// Fifteen digits are all that a sheet holds: what comes after them is the machine's.
fn general(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return "0".to_owned();
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if (1e-9..1e15).contains(&rounded.abs()) { format!("{rounded}") } else { format!("{rounded:E}") }
}

/// The part of a format that holds for a number: positive, negative and zero may have one each.
fn section(format: &str, number: f64) -> String {
    let mut sections = format.split(';');
    let first = sections.next().unwrap_or_default();
    let chosen = match (number, sections.next(), sections.next()) {
        (n, Some(negative), _) if n < 0.0 => negative,
        (0.0, _, Some(zero)) => zero,
        _ => first,
    };
    chosen.to_owned()
}

#[derive(Debug, Default)]
struct Pattern {
    before: String,
    after: String,
    decimals: usize,
    thousands: bool,
    percent: bool,
}

impl Pattern {
    fn of(section: &str) -> Pattern {
        let mut pattern = Pattern::default();
        let (mut begun, mut point) = (false, false);
        let mut signs = section.chars().peekable();
        while let Some(sign) = signs.next() {
            let mut literal = String::new();
            match sign {
                '0' | '#' | '?' => {
                    begun = true;
                    pattern.decimals += usize::from(point && pattern.decimals < DECIMALS);
                }
                '.' if begun || matches!(signs.peek(), Some('0' | '#')) => (begun, point) = (true, true),
                ',' => pattern.thousands |= begun && matches!(signs.peek(), Some('0' | '#' | '?')),
                '%' => {
                    pattern.percent = true;
                    literal.push('%');
                }
                '"' => literal.extend(signs.by_ref().take_while(|c| *c != '"')),
                '\\' => literal.extend(signs.next()),
                '_' | '*' => drop(signs.next()),
                // `[$€-407]` is a currency, `[Red]` a colour.
                '[' => {
                    let inner: String = signs.by_ref().take_while(|c| *c != ']').collect();
                    if let Some(currency) = inner.strip_prefix('$') {
                        literal.push_str(currency.split('-').next().unwrap_or_default());
                    }
                }
                sign => literal.push(sign),
            }
            if begun { pattern.after.push_str(&literal) } else { pattern.before.push_str(&literal) }
        }
        pattern.before = pattern.before.trim_start().to_owned();
        pattern.after = pattern.after.trim_end().to_owned();
        pattern
    }
}

fn grouped(digits: &str) -> String {
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    out
}
