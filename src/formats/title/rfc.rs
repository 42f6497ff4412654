//! RFCs and Internet-Drafts (RFC 7322, section 4.1): a header of two columns, then the title, centred, on one line or more.
//! The oldest begin with their number alone.

use super::{
    Guess, byline, dates, part,
    phrases::phrases,
    sentence,
    unit::{Role, Unit},
};
use crate::text::{self, width};

/// What stands in the first lines of the header.
const MARKS: [&str; 7] = [
    "Network Working Group",
    "Internet Engineering Task Force",
    "Request for Comments:",
    "Internet-Draft",
    "INTERNET-DRAFT",
    "Internet Architecture Board",
    "Independent Submission",
];

/// Words of the organisations that stand in the column of the authors.
const ORGANISATIONS: &[&str] = phrases!(
    "center|centre|corp|corporation|inc|university|research|laboratory|laboratories|labs|institute|\
    systems|networks|consulting|college|ltd|gmbh|company|technologies|computing|communications|software|group"
);

/// A line of more columns than this does not go on with a title.
const COLUMNS: usize = 72;
/// The most lines of a title.
const LINES: usize = 5;

/// What the header says, if the text begins with one. `units` has the lines of code too: a centred title may be taken for it.
pub fn read(units: &[Unit]) -> Option<Guess> {
    if let Some(title) = quoted(units) {
        return Some(Guess { title: Some(title), ..Guess::default() });
    }
    let marked = |u: &Unit| MARKS.iter().any(|mark| u.text.starts_with(mark));
    let first = units.iter().take(6).position(marked).or_else(|| number(&units.first()?.text).map(|_| 0))?;
    let head = units.get(first)?.block;
    let start = units.iter().position(|u| u.block > head)?;
    let mut guess = Guess::default();
    let mut authors = Vec::new();
    for unit in units.get(first..start)? {
        let line = unit.text.trim();
        let right = line.rsplit_once("   ").map_or(line, |(_, right)| right.trim());
        if let Some(date) = dates::line(right) {
            guess.date = Some(date);
        } else if let Some(name) = author(right) {
            authors.push(name);
        }
    }
    guess.title = Some(title(units, start)).filter(|t| !t.is_empty());
    guess.author = (!authors.is_empty()).then(|| authors.join(", "));
    if guess.date.is_none() {
        guess.date = units.get(start..)?.iter().take(8).find_map(|u| dates::line(&u.text));
    }
    guess.title.is_some().then_some(guess)
}

/// The lines of the title. The first may have been read as a heading, and those that go on with it as lines that are kept.
fn title(units: &[Unit], start: usize) -> String {
    let mut title = String::new();
    let mut before: Option<&Unit> = None;
    for unit in units.iter().skip(start).take(LINES) {
        let line = unit.text.trim();
        let ends = line.starts_with("draft-")
            || line.starts_with('<')
            || part::is_part(line)
            || part::is_ornament(line)
            || dates::line(line).is_some()
            || (before.is_some() && width::width(line) > COLUMNS);
        let goes_on = before.is_none_or(|before| {
            (unit.glued && unit.block == before.block)
                || (matches!(before.role, Role::Heading(_))
                    && unit.role == Role::Text
                    && unit.indent > 4
                    && !byline::is_name(line)
                    && !line.contains(", "))
        });
        if ends || !goes_on {
            break;
        }
        title.push_str(line);
        title.push(' ');
        before = Some(unit);
    }
    sentence::clean(&title)
}

/// The name of `R. Fielding`, `J. Gettys, Ed.`, `J. Klensin, WG Chair`: initials come first.
fn author(right: &str) -> Option<String> {
    let (name, role) = right.split_once(',').unwrap_or((right, ""));
    let role = role.trim().trim_end_matches('.');
    let titled = ["", "Ed", "Editor", "Editors", "WG Chair", "Chair", "Jr", "III"].contains(&role);
    let initials = name.split_once(['.']).is_some_and(|(first, _)| first.chars().count() <= 3);
    let organised = name.split(|c: char| !c.is_alphabetic()).any(|word| {
        let word = word.to_lowercase();
        ORGANISATIONS.contains(&word.as_str())
    });
    let surname = name.rsplit('.').next().is_some_and(|last| last.contains(char::is_alphabetic));
    (titled && initials && surname && !organised && byline::is_name(name)).then(|| name.trim().to_owned())
}

/// What stands after the number of `RFC 768   J. Postel`, `RFC:  791`, `RFC-1119 "…"`.
fn number(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("RFC")?.trim_start_matches([':', '-', ' ']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = text::tail(rest, digits);
    ((1..=5).contains(&digits) && (after.is_empty() || after.starts_with("   ") || after.starts_with(" \"")))
        .then_some(after)
}

/// `RFC-1119 "Network Time Protocol" is available only in PostScript form`.
fn quoted(units: &[Unit]) -> Option<String> {
    let first = number(&units.first()?.text)?.trim().strip_prefix('"')?;
    let rest = units.iter().skip(1).take(2).map(|u| u.text.as_str());
    let line = std::iter::once(first).chain(rest).collect::<Vec<_>>().join(" ");
    line.split_once('"').map(|(title, _)| sentence::clean(title))
}
