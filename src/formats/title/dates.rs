//! Dates as people write them: `Monday, 3 March 2008`, `Mar 3rd, 2008 10:15 am`, `3. März 2008`, `2008年3月3日`. A text is a
//! date only if every word of it belongs to one, so that a sentence that mentions a day is not taken for it. Where day
//! and month can't be told apart (`03/04/2008`), only the year is said.

use crate::{
    doc::Date,
    text::{self, fold::fold},
};

/// Month names in English, German, French, Spanish, Italian, Portuguese and Dutch, folded, by month. What begins one of
/// them with three letters or more (`mar`, `sept`) counts too, if it begins no other month.
const MONTHS: [&str; 12] = [
    "january januar janner janvier enero gennaio janeiro januari ene gen jan",
    "february februar feber fevrier febrero febbraio fevereiro februari fev feb",
    "march marz mars marzo marco maart mrz mar",
    "april avril abril aprile abr avr apr",
    "may mai mayo maggio maio mei mag",
    "june juni juin junio giugno junho giu jun",
    "july juli juillet julio luglio julho lug juil jul",
    "august aout agosto augustus ago aug",
    "september septembre septiembre settembre setembro setiembre sept sett sep set",
    "october oktober octobre octubre ottobre outubro ott out okt oct",
    "november novembre noviembre novembro nov",
    "december dezember decembre diciembre dicembre dezembro dic dez dec",
];

/// Days of the week in the same languages, and the words that stand about a date.
const AROUND: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so \
    lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo \
    lunedi martedi mercoledi giovedi venerdi sabato domenica segunda terca quarta quinta sexta feira \
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag \
    of the on at le du de del den der am um uhr vom il el o em as a la les las kl \
    pm z utc gmt est edt cst cdt mst mdt pst pdt bst cet cest";

/// Words that announce a date.
const BEFORE: &str = "published posted updated created modified written date last first revised release released on added \
    submitted filed dated publication veroffentlicht erschienen aktualisiert stand datum geandert publie mis jour publicado \
    publicada actualizado fecha pubblicato aggiornato data atualizado gepubliceerd bijgewerkt";

/// The date that a value of metadata gives: nothing is asked of it but that it be one.
pub fn date(value: &str) -> Option<Date> {
    let value = value.trim().trim_matches(['"', '\'']);
    if let Ok(date) = value.parse() {
        return Some(date);
    }
    line(value)
        .or_else(|| value.parse::<i16>().ok().filter(|y| is_year(i32::from(*y))).and_then(|y| Date::new(y, None, None)))
}

/// The date that a whole line is. A number alone is none.
pub fn line(line: &str) -> Option<Date> {
    let line = line.trim().trim_matches(['(', ')', '[', ']', '*', '_']).trim();
    if line.is_empty() || line.len() > 100 || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if line.len() > 7
        && let Ok(date) = line.parse()
    {
        return Some(date);
    }
    Parts::of(line)?.date()
}

/// What the words of a date say.
#[derive(Debug, Default)]
struct Parts {
    /// Numbers that may be a day, a month or a year, in order.
    numbers: Vec<Number>,
    month: Option<u8>,
    /// How many numbers stood before the month's name.
    before: usize,
    /// A word announced it, or its form leaves no doubt.
    announced: bool,
    /// Numbers were parted by dots, as dates are where the day comes first.
    dotted: bool,
}

#[derive(Clone, Copy, Debug)]
struct Number {
    value: i32,
    digits: usize,
}

impl Parts {
    /// Reads every word, or answers `None` at the first that belongs to no date.
    fn of(line: &str) -> Option<Parts> {
        let mut parts = Parts {
            dotted: line.split('.').filter(|p| p.trim().parse::<u32>().is_ok()).count() >= 3,
            ..Parts::default()
        };
        for word in line.split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | '/' | '(' | ')' | '@' | '，' | '–' | '—' | '|' | '·')
        }) {
            parts.word(word)?;
        }
        Some(parts)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let word = word.trim_matches(|c: char| matches!(c, '.' | ':' | ';' | '：' | '-'));
        if word.is_empty() || is_time(word) || is_offset(word) {
            return Some(());
        }
        if let Some(at) = word.find(['年', '月', '日', '년', '월', '일']) {
            let (number, rest) = word.split_at(at);
            self.announced = true;
            self.number(number)?;
            return self.word(text::tail(rest, rest.chars().next().map_or(0, char::len_utf8)));
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let pieces = word.split(['-', '.']).filter(|p| !p.is_empty());
            return pieces.map(|piece| self.number_or_month(piece)).collect();
        }
        if word.contains('-') {
            return word.split('-').map(|piece| self.word(piece)).collect();
        }
        // `o'clock`, `d'août`: what stands before an apostrophe adds nothing.
        let folded = fold(word.rsplit(['\'', '’']).next().unwrap_or(word));
        if let Some(month) = month(&folded) {
            if self.month.is_some() {
                return None;
            }
            self.month = Some(month);
            self.before = self.numbers.len();
            return Some(());
        }
        let known = |list: &str| list.split_ascii_whitespace().any(|w| w == folded);
        self.announced |= known(BEFORE);
        (known(AROUND) || known(BEFORE) || matches!(word, "星期" | "上午" | "下午")).then_some(())
    }

    fn number_or_month(&mut self, word: &str) -> Option<()> {
        if word.starts_with(|c: char| c.is_ascii_digit()) { self.number(word) } else { self.word(word) }
    }

    /// `3`, `3rd`, `1er`, `3º`, `2008`.
    fn number(&mut self, word: &str) -> Option<()> {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (number, suffix) = word.split_at(digits);
        if !matches!(fold(suffix).as_str(), "" | "st" | "nd" | "rd" | "th" | "er" | "e" | "re" | "o" | "a") {
            return None;
        }
        if matches!(digits, 1 | 2 | 4) && self.numbers.len() < 3 {
            self.numbers.push(Number { value: number.parse().ok()?, digits });
            return Some(());
        }
        None
    }

    fn date(&self) -> Option<Date> {
        let year = |n: &Number| (n.digits == 4 && is_year(n.value)).then(|| i16::try_from(n.value).ok()).flatten();
        let small = |n: &Number| (n.digits <= 2).then(|| u8::try_from(n.value).ok()).flatten();
        match (self.month, self.numbers.as_slice()) {
            (Some(month), [a]) => Date::new(year(a)?, Some(month), None),
            (Some(month), [a, b]) if year(b).is_some() => Date::new(year(b)?, Some(month), Some(small(a)?)),
            (Some(month), [a, b]) if self.before <= 1 => Date::new(year(a)?, Some(month), Some(small(b)?)),
            (None, [y, m, d]) if year(y).is_some() => Date::new(year(y)?, Some(small(m)?), Some(small(d)?)),
            (None, [a, b, y]) => {
                let (year, a, b) = (year(y)?, small(a)?, small(b)?);
                match (a, b) {
                    _ if self.dotted || a > 12 || a == b => Date::new(year, Some(b), Some(a)),
                    _ if b > 12 => Date::new(year, Some(a), Some(b)),
                    _ => Date::new(year, None, None),
                }
            }
            (None, [y, m]) if self.announced => Date::new(year(y)?, Some(small(m)?), None),
            (None, [y]) if self.announced => Date::new(year(y)?, None, None),
            _ => None,
        }
    }
}

fn is_year(value: i32) -> bool {
    (1000..=2199).contains(&value)
}

fn month(folded: &str) -> Option<u8> {
    let at = MONTHS.iter().position(|names| names.split(' ').any(|name| name == folded))?;
    u8::try_from(at + 1).ok()
}

/// `10:15`, `10:15:30`, `10:15am`, `10h15`, `am`.
fn is_time(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let bare = lower.trim_end_matches("am").trim_end_matches("pm").trim_end_matches(['.', 'h', 'z']);
    if lower == "am" || lower == "a.m" || lower == "p.m" {
        return true;
    }
    let parts: Vec<&str> = bare.split([':', 'h']).collect();
    let digits = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (parts.len() >= 2 && parts.iter().all(|p| digits(p)))
        || (bare.len() < lower.len() && parts.len() == 1 && digits(bare))
}

/// `+0200`, `-05:00`.
fn is_offset(word: &str) -> bool {
    let rest = word.strip_prefix(['+', '-']).unwrap_or_default();
    rest.len() >= 4 && rest.bytes().all(|b| b.is_ascii_digit() || b == b':')
}
