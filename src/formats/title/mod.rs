//! What a text without metadata says about itself: its title, author and date, told from its first blocks. Of any format.
//!
//! The order is: a header of a known form; the first heading that is one of the whole text; a short first line that
//! reads like a title and stands alone; the first sentence, cut at a word. Before all of these stands, in the files that
//! people collect, what is none of it: banners, bylines, dates, licences. Never a file name, and never nothing when there
//! is text.

mod banner;
mod byline;
mod dates;
mod debian;
mod header;
mod markup;
mod part;
mod phrases;
mod release;
mod rfc;
mod sentence;
mod unit;

use std::sync::Arc;

use crate::{
    doc::{Block, Date, Kind},
    text::{self, width},
};
pub use dates::date;
pub use sentence::{clean, first as first_sentence};
use unit::{Role, Unit};

/// How many blocks from the first a guess looks at.
pub const BLOCKS: usize = 30;

/// A line of more columns than this is prose, not a title.
const MAX_COLUMNS: usize = 100;
/// A line of more words than this is prose.
const MAX_WORDS: usize = 16;
/// So many bytes tell noise from prose.
const NOISE: usize = 512;
/// A paragraph of more columns than this is prose, after which no byline stands.
const PROSE: usize = 160;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guess {
    /// The title; `None` when there is no text.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was written.
    pub date: Option<Date>,
}

/// Guesses from the first blocks; more than `BLOCKS` of them are not looked at.
pub fn guess(blocks: &[Arc<Block>]) -> Guess {
    let blocks = blocks.get(..BLOCKS).unwrap_or(blocks);
    let units = unit::units(blocks);
    let coded = blocks.iter().any(|block| matches!(block.kind, Kind::Code { .. }));
    let with_code = if coded { Some(unit::with_code(blocks)) } else { None };
    if let Some(guess) = header::read(&units).or_else(|| rfc::read(with_code.as_ref().unwrap_or(&units))) {
        return guess;
    }
    let units = markup::without(units);
    let noise: Vec<bool> = units.iter().map(|u| is_noise(&u.text)).collect();
    let text = |releases: bool| -> Vec<&Unit> {
        let kept = units.iter().zip(&noise).filter(|(u, noise)| !**noise || (releases && release::is_release(&u.text)));
        kept.map(|(u, _)| u).collect()
    };
    if release::is_list(&text(true)) {
        // The date of a release is not the text's.
        return Guess { title: Some(release::TITLE.to_owned()), ..Guess::default() };
    }
    let credit = credits(&units);
    let title = title(&units, &text(false)).or_else(|| code(blocks)).or_else(|| any_line(blocks));
    Guess { title, author: credit.author, date: credit.date }
}

/// The title of a text whose first blocks were all read as code: lines between which blank ones stand.
fn code(blocks: &[Arc<Block>]) -> Option<String> {
    let units = markup::without(unit::with_code(blocks));
    let line = units.iter().find(|u| u.text.contains(char::is_alphabetic) && !is_noise(&u.text))?;
    Some(sentence::first(&line.text)).filter(|t| !t.is_empty())
}

/// The first line with a word in it, of a text that is nothing but code and tables.
fn any_line(blocks: &[Arc<Block>]) -> Option<String> {
    let mut lines = blocks.iter().flat_map(|b| b.text.lines());
    let line = lines.find(|l| l.contains(char::is_alphanumeric))?;
    // The stops of a command, as in `.. toctree::`, end no sentence.
    let said = sentence::first(line);
    Some(if said.contains(char::is_alphanumeric) { said } else { sentence::clean(line) })
}

/// Author and date from the lines before the first prose.
fn credits(units: &[Unit]) -> byline::Credit {
    let mut found = byline::Credit::default();
    for unit in units.iter().take_while(|u| !is_prose(u) || banner::is_banner(&u.text) || part::is_licence(&u.text)) {
        if matches!(unit.role, Role::Aside) {
            continue;
        }
        if let Some(credit) = byline::credit(&unit.text) {
            found.author = found.author.or(credit.author);
            found.date = found.date.or(credit.date);
        }
    }
    found
}

/// The title, from `text`, which is the `units` without noise.
fn title(units: &[Unit], text: &[&Unit]) -> Option<String> {
    let heading = text.iter().position(|u| matches!(u.role, Role::Heading(_)) && !part::is_part(&u.text));
    let line = text.iter().position(|u| u.role == Role::Text && !part::is_part(&u.text));
    let found = match (heading, line) {
        (Some(heading), None) => Some(heading),
        (Some(heading), Some(line)) if heading < line || outranks(text, heading, line) => Some(heading),
        (_, Some(line)) => Some(standing(text, line)),
        (None, None) => None,
    };
    if let Some((at, unit)) = found.and_then(|at| Some((at, text.get(at)?))) {
        let whole = if matches!(unit.role, Role::Heading(_)) || reads_like_title(text, at) {
            combined(text, at)
        } else {
            sentence::first(&paragraph(units, unit))
        };
        return Some(whole).filter(|t| !t.is_empty());
    }
    // Nothing but parts, asides and noise: the first of them that says something.
    let says = |u: &&Unit| u.text.contains(char::is_alphanumeric);
    let rest = text.iter().find(|u| !part::is_part(&u.text)).or(text.first()).copied();
    let rest = rest.or_else(|| units.iter().find(|u| part::is_licence(&u.text)));
    let rest = rest.or_else(|| units.iter().find(says)).or_else(|| units.first())?;
    Some(sentence::first(&paragraph(units, rest))).filter(|t| !t.is_empty())
}

/// Whether a heading that comes after a line of text is the title all the same: the only one of the first level is, if
/// little stands before it and that does not read like a title. One of several is a section's.
fn outranks(text: &[&Unit], heading: usize, line: usize) -> bool {
    let top = |u: &&&Unit| u.role == Role::Heading(1);
    let only = text.get(heading).filter(top).is_some() && text.iter().filter(top).count() == 1;
    let before: usize = text.get(line..heading).unwrap_or_default().iter().map(|u| width::width(&u.text)).sum();
    only && before <= 2 * PROSE && !reads_like_title(text, line)
}

/// The line to take as the title, at `line` or soon after it: a quotation may stand before a title, and a site's name
/// before the title that repeats it.
fn standing(text: &[&Unit], line: usize) -> usize {
    let (Some(first), Some(second)) = (text.get(line), text.get(line + 1)) else { return line };
    if !reads_like_title(text, line + 1) || second.glued || second.role != Role::Text {
        return line;
    }
    let name = first.text.trim();
    let repeats = [" - ", " – ", " — ", " | ", " :: "].iter().any(|sign| {
        second.text.rsplit_once(sign).is_some_and(|(_, site)| site.trim().eq_ignore_ascii_case(name))
            || first.text.split_once(sign).is_some_and(|(title, _)| title.trim() == second.text.trim())
    });
    let quoted = is_quoted(name) && !is_quoted(&second.text);
    // What announces something and stands alone is a form's label, not a title.
    let label = name.ends_with([':', '：']) && !first.glues && name.split_whitespace().count() <= 4;
    if repeats || quoted || label { line + 1 } else { line }
}

fn is_quoted(line: &str) -> bool {
    line.starts_with(['"', '“', '«', '„']) && line.ends_with(['"', '”', '»', '“'])
}

/// Short, alone or before something longer, and not the beginning of a sentence that goes on.
fn reads_like_title(text: &[&Unit], at: usize) -> bool {
    let Some(unit) = text.get(at) else { return false };
    let line = unit.text.trim();
    let columns = width::width(line);
    let words = line.split_whitespace().count();
    let next = text.get(at + 1);
    let goes_on = line.ends_with([',', ';', ':', '、', '，', '；', '：'])
        || line.ends_with(" and")
        || line.starts_with(char::is_lowercase) && words > 6;
    let sentence = line.ends_with(['.', '。']) && !line.ends_with("..") && (words > 8 || columns > 60);
    let alone = !unit.glued
        && (!unit.glues || next.is_some_and(|n| width::width(&n.text) > columns + columns / 2 || columns < 50));
    columns <= MAX_COLUMNS && words <= MAX_WORDS && !goes_on && !sentence && alone
}

/// A title that is only a number, with the line after it that says what of.
fn combined(text: &[&Unit], at: usize) -> String {
    let Some(unit) = text.get(at) else { return String::new() };
    let title = sentence::clean(&unit.text);
    let next = text.get(at + 1).filter(|next| {
        part::is_number(&title)
            && !part::is_number(&next.text)
            && (matches!(next.role, Role::Heading(_)) || (next.role == Role::Text && reads_like_title(text, at + 1)))
    });
    match next {
        Some(next) if title.contains(char::is_alphabetic) && !title.ends_with(['.', ':']) => {
            clean(&format!("{title}: {}", next.text))
        }
        Some(next) => clean(&format!("{title} {}", next.text)),
        None => title,
    }
}

/// The whole paragraph that a line begins.
fn paragraph(units: &[Unit], unit: &Unit) -> String {
    let from = units.iter().skip_while(|u| u.block != unit.block || u.text != unit.text);
    let mut lines = Vec::new();
    for (at, line) in from.enumerate() {
        if at > 0 && (!line.glued || line.block != unit.block) {
            break;
        }
        lines.push(line.text.as_str());
    }
    lines.join(" ")
}

fn is_prose(unit: &Unit) -> bool {
    matches!(unit.role, Role::Text) && width::width(&unit.text) > PROSE
}

/// What is never a title. A version is one of the parts of a text, and may stand before its title.
fn is_noise(line: &str) -> bool {
    // What is longer is told by how it begins.
    let line = text::head(line, NOISE);
    part::is_ornament(line)
        || part::is_hash(line)
        || banner::is_banner(line)
        || part::is_licence(line)
        || byline::credit(line).is_some()
        || release::is_release(line)
}
