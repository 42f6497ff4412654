//! The forms that texts of certain kinds begin with, each by its own rules: fields (mail, Python's PEPs, Gutenberg's
//! books), man pages.

use super::{Guess, byline, dates, debian, sentence, unit::Unit};

/// How many lines from the first may hold the fields of a header.
const FIELDS: usize = 16;

/// A line of more bytes is not the word NAME, with whatever marks.
const NAME: usize = 64;

/// What a header says, if the text begins with one of a known form.
pub fn read(units: &[Unit]) -> Option<Guess> {
    man(units).or_else(|| debian::read(units)).or_else(|| fields(units)).or_else(|| gutenberg(units))
}

/// `Title: …`, `Author: …`, `Date: …`. Only a header that names the title is one, and only among the first lines; in a
/// book of Project Gutenberg it stands after a paragraph about the licence.
fn fields(units: &[Unit]) -> Option<Guess> {
    let book = units.iter().take(3).any(|u| u.text.contains("Project Gutenberg"));
    let mut guess = Guess::default();
    let mut from_mail = None;
    // The field that an indented line goes on with.
    let mut last = Field::Other;
    for unit in units.iter().take(if book { 40 } else { FIELDS }) {
        let Some((name, value)) = field(&unit.text).filter(|_| !(unit.glued && unit.indent > 0)) else {
            let goes_on = unit.glued && unit.indent > 0;
            match (last, &mut guess) {
                (Field::Title, Guess { title: Some(title), .. }) if goes_on => {
                    *title = format!("{title} {}", unit.text.trim())
                }
                (Field::Author, Guess { author: Some(author), .. }) if goes_on => {
                    *author = format!("{}, {}", author.trim_end_matches(','), person(&unit.text));
                }
                _ => last = Field::Other,
            }
            continue;
        };
        last = match name.as_str() {
            "title" | "subject" | "titel" | "titre" | "título" | "upstream-name" if guess.title.is_none() => {
                guess.title = Some(sentence::clean(value));
                Field::Title
            }
            "author" | "authors" | "by" | "autor" | "auteur" if guess.author.is_none() => {
                guess.author = Some(person(value));
                Field::Author
            }
            "from" => {
                from_mail = Some(person(value));
                Field::Other
            }
            "date" | "created" | "published" | "posted" | "written" | "datum" if guess.date.is_none() => {
                guess.date = dates::date(value);
                Field::Other
            }
            _ => Field::Other,
        };
    }
    guess.title.as_ref().filter(|title| !title.is_empty())?;
    guess.author = guess.author.or(from_mail).filter(|a| !a.is_empty());
    Some(guess)
}

/// What a line of a header may go on with.
#[derive(Clone, Copy)]
enum Field {
    Title,
    Author,
    Other,
}

/// `Key: value` with a key of one word that begins with a capital.
fn field(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    let good =
        name.starts_with(char::is_uppercase) && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '/');
    (good && name.len() <= 24 && !value.trim().is_empty()).then(|| (name.to_lowercase(), value.trim()))
}

/// The name of `Jane Doe <jane@example.com>` or `jane@example.com (Jane Doe)`, of each if there are several.
fn person(value: &str) -> String {
    let one = |p: &str| {
        let p = p.trim();
        let named = match (p.split_once('<'), p.split_once('(')) {
            (Some((name, address)), _) if name.trim().is_empty() => address.trim_end_matches('>'),
            (Some((name, _)), _) => name,
            (_, Some((address, name))) if address.contains('@') => name.trim_end_matches(')'),
            _ => p,
        };
        byline::without_bracket(named.trim().trim_matches('"')).to_owned()
    };
    let people: Vec<String> = if value.contains('@') { value.split(',').map(one).collect() } else { vec![one(value)] };
    sentence::clean(&people.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(", "))
}

/// `The Project Gutenberg EBook of Walden, by Henry David Thoreau`.
fn gutenberg(units: &[Unit]) -> Option<Guess> {
    let line = units.iter().take(3).find(|u| u.text.contains("Project Gutenberg"))?;
    let after = [" EBook of ", " eBook of ", " Etext of ", " EText of ", "Gutenberg's "]
        .iter()
        .find_map(|sign| line.text.split_once(sign));
    let (title, author) = after?.1.trim().rsplit_once(", by ").map_or((after?.1, None), |(t, a)| (t, Some(a)));
    let clean = |s: &str| sentence::clean(s.trim().trim_end_matches(['*', '.', ' ']));
    Some(Guess { title: Some(clean(title)), author: author.map(clean), date: None })
}

/// `LS(1)  User Commands  LS(1)`, `NAME`, `ls - list directory contents`. The first line may be missing.
fn man(units: &[Unit]) -> Option<Guess> {
    let short = |u: &Unit| u.text.len() <= NAME;
    let named =
        |u: &Unit| short(u) && sentence::clean(u.text.trim_start_matches("=head1")).eq_ignore_ascii_case("NAME");
    let at = units.iter().take(6).position(named)?;
    if at > 0 && !is_running_head(&sentence::clean(&units.first()?.text)) {
        return None;
    }
    let head = units.get(at + 1)?;
    let mut title = head.text.trim().to_owned();
    if at == 0 && ![" - ", " -- ", " – ", " — "].iter().any(|sign| title.contains(sign)) {
        return None;
    }
    for unit in units.get(at + 2..).unwrap_or_default().iter().take_while(|u| u.glued && u.indent > 0) {
        title = format!("{title} {}", unit.text.trim());
    }
    Some(Guess { title: Some(sentence::clean(&title)), ..Guess::default() })
}

/// Whether a line is `LS(1)  User Commands  LS(1)`.
fn is_running_head(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (Some(first), Some(last)) = (words.next(), words.next_back()) else { return false };
    let section = first.strip_suffix(')').and_then(|f| f.split_once('('));
    first == last
        && section.is_some_and(|(name, section)| {
            !name.is_empty() && section.starts_with(|c: char| c.is_ascii_digit() || c == 'n')
        })
}
