//! Debian's copyright files, which begin with who packaged what, and in which format that is said. What they are about is
//! the name of the package, else the last part of the address that it came from.

use super::{Guess, sentence, unit::Unit};
use crate::text;

/// What a text of Debian says of its package, if it is one.
pub fn read(units: &[Unit]) -> Option<Guess> {
    let name = machine_readable(units).or_else(|| packaged(units))?;
    let title = name.map_or("Copyright".to_owned(), |name| format!("{name}: copyright"));
    Some(Guess { title: Some(sentence::clean(&title)), ..Guess::default() })
}

/// The machine-readable format, 1.0: `Format: …`, `Upstream-Name: dpkg`, `Files: *`.
fn machine_readable(units: &[Unit]) -> Option<Option<String>> {
    let first = units.first()?.text.as_str();
    let format = first.starts_with("Format") && first.contains("copyright") && first.contains("://");
    let files = first.starts_with("Files: ") && units.iter().take(8).any(|u| u.text.contains("License: "));
    if !format && !files {
        return None;
    }
    let named = |key: &str| {
        let (_, value) = units.iter().take(12).find_map(|u| u.text.split_once(key))?;
        // Lines of prose are joined: the value ends at the next key.
        let words = value.split_whitespace().take_while(|word| !(word.ends_with(':') && word.len() > 5));
        Some(words.collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty())
    };
    Some(named("Upstream-Name:").or_else(|| named("Source:").and_then(|address| name_in(&address))))
}

/// The older files, in prose: `This is the Debian prepackaged version of the GNU C Library`, or `This package was debianized
/// by …`, which says nothing of the package before `It was downloaded from …`.
fn packaged(units: &[Unit]) -> Option<Option<String>> {
    let first = sentence::clean(&units.first()?.text);
    if let Some(rest) = first.strip_prefix("This is the Debian") {
        let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
        let rest = rest.trim_start_matches("GNU/Linux ");
        if let Some((name, _)) = rest.strip_prefix('`').and_then(|quoted| quoted.split_once("' package")) {
            return Some(Some(name.to_owned()));
        }
        let (_, name) = [" version of ", "package of "].iter().find_map(|of| rest.split_once(of))?;
        let name = name.strip_prefix("the ").unwrap_or(name);
        let ends = [", ", ". ", "; ", " (", " version ", " - ", " from ", "/"];
        let end = ends.iter().filter_map(|end| name.find(end)).min();
        let name = text::head(name, end.unwrap_or(name.len())).trim_matches(['.', '"', '\'', '`']);
        return Some(Some(name.to_owned()).filter(|name| name.chars().count() <= LONGEST));
    }
    let by = ["debianized by", "debianised by", "put together by", "packaged for Debian by", "downloaded from"];
    if !first.starts_with("This package was") || !by.iter().any(|by| first.contains(by)) {
        return None;
    }
    let words = units.iter().take(8).flat_map(|unit| unit.text.split_whitespace());
    Some(words.filter(|word| word.contains("://")).find_map(name_in))
}

/// No name of a package is longer, in characters; what is, is a description.
const LONGEST: usize = 50;

/// The last part of an address that is a name: not `download`, and without the version.
fn name_in(address: &str) -> Option<String> {
    let (_, path) = address.split_once("://")?.1.split_once('/')?;
    let path = path.trim_end_matches(|c: char| !c.is_alphanumeric());
    path.rsplit('/').find_map(|part| {
        let name = ENDS.iter().fold(part, |name, end| name.strip_suffix(end).unwrap_or(name));
        let version = name
            .match_indices(['-', '_'])
            .map(|(at, _)| at)
            .find(|at| text::tail(name, at + 1).starts_with(|c: char| c.is_ascii_digit()));
        let name = text::head(name, version.unwrap_or(name.len()));
        let word = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '+'));
        let says = name.chars().filter(|c| c.is_alphabetic()).count() > 1;
        (word && says && !PLACES.contains(&name.to_ascii_lowercase().as_str())).then(|| name.to_owned())
    })
}

/// What follows a name in an address.
const ENDS: &[&str] = &[".git", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".zip", ".html"];
/// Parts of addresses that are no names.
const PLACES: &[&str] = &[
    "archive",
    "archives",
    "dist",
    "download",
    "downloads",
    "en",
    "files",
    "ftp",
    "gnu",
    "home",
    "index",
    "individual",
    "latest",
    "lib",
    "linux",
    "pool",
    "pub",
    "project",
    "projects",
    "release",
    "releases",
    "software",
    "source",
    "sources",
    "src",
    "svn",
    "trunk",
    "unix",
    "xorg",
];
