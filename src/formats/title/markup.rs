//! What in a text is written for a program and not for its reader: directives, fields and comments of reStructuredText,
//! the commands of Perl's documentation, keywords of version control. What says something in it, as a role's text
//! does, is kept.

use std::borrow::Cow;

use super::{
    phrases::phrases,
    unit::{Role, Unit},
};
use crate::text;

/// Fields of reStructuredText that are written in lower case, as the short names of emoji (`:tada:`) are.
const FIELDS: &[&str] = phrases!(
    "tocdepth|orphan|nocomments|nosearch|no-search|synopsis|platform|author|authors|date|version|revision|\
    status|copyright|organization|contact|address|translator|original|maintainer|title|license"
);

/// The units that a reader would read: without markup, and without the indented lines that go on with it.
pub fn without(units: Vec<Unit>) -> Vec<Unit> {
    let mut kept = Vec::with_capacity(units.len());
    // Whether the unit before was markup, and whether it lacked the value that a field has.
    let (mut within, mut bare) = (false, false);
    for unit in units {
        let prose = !matches!(unit.role, Role::Heading(_));
        if prose && is_markup(&unit.text) {
            (within, bare) = (true, lacks_value(&unit.text));
        } else if !(prose && within && (unit.indent > 0 || bare || unit.role == Role::Aside)) {
            within = false;
            kept.push(unit);
        } else {
            bare = false;
        }
    }
    kept
}

/// Whether a line is a command, a comment or a field.
pub fn is_markup(line: &str) -> bool {
    let line = line.trim();
    let keyword = || {
        let inner = line.strip_prefix('$').and_then(|l| l.strip_suffix('$'));
        inner.is_some_and(|k| {
            let name = k.split(':').next().unwrap_or_default();
            name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic)
        })
    };
    line == ".."
        || line.starts_with(".. ")
        || field(line).is_some()
        || ["=head", "=pod", "=encoding", "=cut", "=over", "=begin"].iter().any(|command| line.starts_with(command))
        || keyword()
        || is_assignment(line)
}

/// The name and the value of `:Author: Jane Doe`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let first = name.chars().next()?;
    let known = FIELDS.contains(&name) || (first.is_alphabetic() && !first.is_ascii_lowercase());
    (known && name.len() <= 40 && (value.is_empty() || value.starts_with(' '))).then_some((name, value.trim()))
}

/// Whether the value of a field stands in the lines after it. `:orphan:` has none.
fn lacks_value(line: &str) -> bool {
    field(line.trim())
        .is_some_and(|(name, value)| value.is_empty() && !["orphan", "nosearch", "nocomments"].contains(&name))
}

/// `scale=2`: code, in a text without a title. `E=mc²` is a formula.
fn is_assignment(line: &str) -> bool {
    line.split_once('=').is_some_and(|(name, value)| {
        name.len() > 1
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !value.is_empty()
            && !value.contains(char::is_whitespace)
    })
}

/// A line with what its roles mark in place of the roles: `` :mod:`difflib` `` is `difflib`, and ``` ``with`` ``` `with`.
pub fn without_roles(line: &str) -> Cow<'_, str> {
    if !line.contains(":`") && line.matches("``").count() < 2 {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(":`") {
        let (before, marked) = (text::head(rest, at), text::tail(rest, at + 2));
        let role = before
            .rfind(|c: char| !(c.is_ascii_lowercase() || c == ':'))
            .map_or(0, |space| space + text::tail(before, space).chars().next().map_or(0, char::len_utf8));
        let name = text::tail(before, role);
        match marked.split_once('`').filter(|_| name.starts_with(':') && name.len() > 1) {
            Some((inner, after)) => {
                out.push_str(text::head(before, role));
                out.push_str(shown(inner));
                rest = after;
            }
            None => {
                out.push_str(text::head(rest, at + 2));
                rest = marked;
            }
        }
    }
    out.push_str(rest);
    // `I\ :sup:`2`\ C`: an escaped space joins.
    let out = out.replace("\\ ", "");
    if out.matches("``").count().is_multiple_of(2) { Cow::Owned(out.replace("``", "")) } else { Cow::Owned(out) }
}

/// What a role shows: the text before its target, the last name of one that begins with a tilde.
fn shown(inner: &str) -> &str {
    let said = inner.split_once(" <").filter(|_| inner.ends_with('>')).map_or(inner, |(said, _)| said);
    match said.strip_prefix('~') {
        Some(path) => path.rsplit('.').next().unwrap_or(path),
        None => said.trim_start_matches('!'),
    }
}
