//! What a line of a cue says, without its tags, and who says it.

use crate::formats::{build::collapsed, feed::xml};

/// A line.
#[derive(Debug, Default, PartialEq)]
pub struct Line {
    /// Who speaks, where the line names somebody.
    pub name: Option<String>,
    /// A dash or `>>` says that it is somebody else than before.
    pub turn: bool,
    /// What is said.
    pub text: String,
}

/// A name in capitals is no longer than this.
const NAME: usize = 40;

/// Tags are no longer than this: a bracket may stand for itself.
const TAG: usize = 200;

/// Reads a line. Names that aren't in capitals are taken for names only when the file is `named` throughout.
pub fn line(written: &str, named: bool) -> Line {
    let (text, voice) = untagged(written);
    let text = collapsed(&xml::decoded(&text).replace(['\u{200e}', '\u{200f}', '\u{feff}'], ""));
    let marks = |c: char| matches!(c, '-' | '–' | '—' | '‐' | '‑' | '―');
    let said = text.trim_start_matches('>');
    let arrows = text.len() - said.len() >= 2;
    let said = if arrows { said.trim_start() } else { text.as_str() };
    let undashed = said.trim_start_matches(marks).trim_start();
    // Two dashes go on with a sentence that was interrupted.
    let dashes = said.chars().take_while(|c| marks(*c)).count();
    let number = said.trim_start_matches(marks).starts_with(|c: char| c.is_ascii_digit());
    let dash = dashes == 1 && !undashed.is_empty() && !number;
    let said = if dash { undashed } else { said };
    let (name, said) = match (voice, prefix(said)) {
        (Some(voice), _) => (Some(voice), said),
        (None, Some((name, rest))) if named || is_capital(name) => (Some(name.to_owned()), rest),
        _ => (None, said),
    };
    Line { turn: dash || arrows, text: said.to_owned(), name }
}

/// The parts of a line that are said by different voices.
pub fn voices(written: &str) -> impl Iterator<Item = &str> {
    let starts = written.match_indices("<v").map(|(at, _)| at).filter(|at| *at > 0);
    let starts = starts.filter(|at| crate::text::tail(written, at + 2).starts_with([' ', '.'])).chain([written.len()]);
    starts.scan(0, |from, to| Some(crate::text::slice(written, std::mem::replace(from, to)..to)))
}

/// Whether a line begins with what may be a name, as meeting programs write it before every line.
pub fn has_prefix(written: &str) -> bool {
    prefix(written).is_some()
}

/// `Ada Lovelace: ` before the text.
fn prefix(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once(':')?;
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '\'' | '’' | '-' | '#' | '(' | ')' | '&' | '/');
    let starts =
        name.split(' ').all(|word| word.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase()));
    let right = letters >= 2 && name.len() <= NAME && name.chars().all(fits) && starts && !name.ends_with(' ');
    (right && (rest.is_empty() || rest.starts_with(' '))).then(|| (name, rest.trim_start()))
}

fn is_capital(name: &str) -> bool {
    !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase)
}

/// The text without the tags of SubRip, WebVTT and SSA, and the name in a voice tag.
fn untagged(written: &str) -> (String, Option<String>) {
    let (mut out, mut voice, mut rest) = (String::with_capacity(written.len()), None, written);
    while let Some(at) = rest.find(['<', '{', '\\']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        if let Some(after) = ["\\N", "\\n", "\\h"].iter().find_map(|escape| after.strip_prefix(escape)) {
            out.push(' ');
            rest = after;
            continue;
        }
        let (open, inner) = after.split_at(1);
        let near = crate::text::head(inner, inner.floor_char_boundary(TAG));
        let close = near.find(if open == "<" { '>' } else { '}' }).filter(|_| open != "\\");
        let tag = close.map(|at| inner.split_at(at).0).filter(|tag| is_tag(open, tag));
        let Some(tag) = tag else {
            out.push_str(open);
            rest = inner;
            continue;
        };
        rest = crate::text::tail(inner, tag.len() + 1);
        match tag {
            // How a word is read aloud stands beside it.
            "rt" => out.push('('),
            "/rt" => out.push(')'),
            _ => {}
        }
        if tag.starts_with(['v', 'V'])
            && let Some((_, name)) = tag.split_once([' ', '\t'])
        {
            voice = voice.or_else(|| Some(collapsed(&xml::decoded(name))).filter(|name| !name.is_empty()));
        }
    }
    out.push_str(rest);
    (out, voice)
}

fn is_tag(open: &str, tag: &str) -> bool {
    if open == "{" {
        // `{\an8}`, and of MicroDVD `{y:i}`.
        return tag.starts_with('\\') || (tag.len() < TAG && tag.as_bytes().get(1) == Some(&b':'));
    }
    tag.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
}
