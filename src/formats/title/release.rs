//! Lists of changes that have no title of their own: their first heading is a version, which says nothing about the text.

use super::{
    dates, part,
    phrases::phrases,
    unit::{Role, Unit},
};

/// The title of a list of changes.
pub const TITLE: &str = "Changelog";

/// What the parts of a release are called, in lower case.
const PARTS: &[&str] = phrases!(
    "added|changed|fixed|removed|deprecated|security|new|new features|features|bug fixes|bugfixes|fixes|\
    breaking|breaking changes|changes|enhancements|improvements|internal|documentation|highlights|performance|\
    minor changes|major changes|patch changes|dependencies|miscellaneous"
);

/// Whether the text is a list of changes: its first line that could be a title is a release, and another release, a list
/// or the name of a release's part comes soon after it.
pub fn is_list(units: &[&Unit]) -> bool {
    let Some(first) = units.iter().position(|u| !part::is_part(&u.text)) else { return false };
    let mut rest = units.get(first + 1..).unwrap_or_default().iter();
    units.get(first).is_some_and(|u| is_release(&u.text))
        && (rest.clone().take(2).any(|u| u.role == Role::Aside || is_change(&u.text))
            || rest.any(|u| is_release(&u.text) || is_part(&u.text)))
}

/// `1.9.5`, `2.13.2 (2026-11-17)`, `Version 0.5.17`, `[Unreleased]`, `v1.0 - 3 March 2008`.
pub fn is_release(line: &str) -> bool {
    let line = line.trim().trim_matches(['=', '-', '*', '#', '~', ':', ' ']).to_lowercase();
    let (head, rest) = line.split_once([' ', '\t', ',']).unwrap_or((&line, ""));
    let (mut head, mut rest) = (head, rest.trim());
    let named = ["version", "release", "changes", "v", "v."].contains(&head.trim_end_matches(':'));
    if named {
        (head, rest) = rest.split_once([' ', '\t', ',', ':']).unwrap_or((rest, ""));
    }
    let rest = rest.trim().trim_matches(['(', ')', '[', ']', '-', '–', '—', ':', ' ']);
    let unreleased = |word: &str| {
        ["unreleased", "unreleased changes", "in development", "not released", "not yet released"].contains(&word)
    };
    let version = is_version(head, named) || unreleased(head.trim_matches(['[', ']', '(', ')']));
    (version && (rest.is_empty() || unreleased(rest) || is_date(rest))) || unreleased(line.trim_matches(['[', ']']))
}

/// `1.9.5`, `v2.0`, `[0.4.0-rc.1]`. Without a word that announces it, it has a dot.
fn is_version(word: &str, named: bool) -> bool {
    let word = word.trim_matches(['[', ']', '(', ')', '`', ':', '"']);
    // `[1.0](https://…)`: a link of Markdown that was not read as one.
    let word = word.split_once("](").map_or(word, |(version, _)| version);
    let bare = word.strip_prefix('v').unwrap_or(word);
    let number = bare.split(['-', '+']).next().unwrap_or_default();
    let pieces: Vec<&str> = number.split('.').collect();
    // `V8` is the name of something.
    let dotted = pieces.len() > 1 || (named && !number.is_empty());
    let piece = |(at, p): (usize, &&str)| {
        p.starts_with(|c: char| c.is_ascii_digit()) && p.bytes().all(|b| b.is_ascii_alphanumeric())
            || (at > 0 && (*p == "x" || *p == "*"))
    };
    dotted && pieces.iter().enumerate().all(piece) && pieces.len() <= 5
}

/// The date of a release; `2026-??-??` is one that is yet to come.
fn is_date(rest: &str) -> bool {
    let rest = rest.strip_prefix("released").map_or(rest, str::trim).trim_end_matches(':');
    dates::line(rest).is_some()
        || (rest.contains('?') && rest.chars().all(|c| c.is_ascii_digit() || "-/.?x ".contains(c)))
}

fn is_part(line: &str) -> bool {
    let name = line.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    PARTS.contains(&name.as_str())
}

/// `- Fixed a leak`: an item that was not read as one.
fn is_change(line: &str) -> bool {
    ["- ", "* ", "+ ", "o ", "• "].iter().any(|mark| line.trim_start().starts_with(mark)) || is_part(line)
}
