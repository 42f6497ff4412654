//! Text whose lines are all kept: data, diffs, logs, the headers of a mail, and program code that no name tells to be such.
//! Told by extension where there is one that says so, else by how most of the lines look.

use super::{line::Line, list};
use crate::{formats::code::interpreted, text};

/// What a text is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Nature {
    /// Paragraphs and what stands between them.
    Prose,
    /// Program code, a diff, data; with the language where it is known.
    Code(Option<String>),
    /// Records, one a line.
    Log,
    /// What a program wrote into a pipe, in groups between blank lines: while it comes, only the last of them grows.
    Lines,
}

/// Extensions of texts that are neither prose nor programs, and the languages they name.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("csv", &["csv", "tsv"]),
    ("diff", &["diff", "patch"]),
    ("ini", &["ini", "cfg", "conf"]),
    ("json", &["json", "jsonl", "ndjson"]),
    ("toml", &["toml"]),
    ("xml", &["xml", "svg"]),
    ("yaml", &["yaml", "yml"]),
];

/// The nature of a text, from lines of it and its extension.
pub fn nature(lines: &[Line<'_>], extension: &str) -> Nature {
    if let Some((language, _)) = LANGUAGES.iter().find(|(_, all)| all.contains(&extension)) {
        return Nature::Code(Some((*language).to_owned()));
    }
    let written: Vec<&Line<'_>> = lines.iter().filter(|l| !l.is_blank()).collect();
    if written.len() >= 3 && is_diff(&written) {
        return Nature::Code(Some("diff".to_owned()));
    }
    if let Some(script) = written.first().filter(|l| l.raw.starts_with("#!")) {
        return Nature::Code(interpreted(script.raw).map(str::to_owned));
    }
    let stamped = written.iter().filter(|l| is_stamped(l.raw)).count();
    if extension == "log" || written.len() >= 4 && stamped * 10 > written.len() * 6 {
        return Nature::Log;
    }
    let code = written.iter().filter(|l| is_code(l)).count();
    let bulk = written.iter().filter(|l| l.end > 120 && !is_code(l)).count();
    if written.len() >= 4 && code * 10 > written.len() * 4 && bulk * 4 < written.len() {
        return Nature::Code(None);
    }
    Nature::Prose
}

/// Whether most of a group's lines are those of a program.
pub fn is_program(lines: &[Line<'_>]) -> bool {
    let code = lines.iter().filter(|l| is_code(l)).count();
    lines.len() >= 2 && (code * 2 > lines.len() || lines.len() <= 3 && code * 2 >= lines.len())
}

/// A line such as programs are made of.
pub fn is_code(line: &Line<'_>) -> bool {
    let b = line.body;
    if list::marker(b).is_some() {
        return false;
    }
    let wordy = || b.split_whitespace().take(13).count() > 12;
    let opens = ["#include", "#define", "#if", "#endif", "//", "/*", "*/", "import ", "return ", "def ", "fn ", "use "];
    b.ends_with(['{', '}']) && !wordy()
        || b.ends_with("};")
        || b.ends_with(");") && !wordy()
        || b.ends_with(';') && !wordy() && (b.contains(['=', '(', '_']) || !b.contains(' '))
        || (opens.iter().any(|o| b.starts_with(o)) && !(b.ends_with('.') && wordy()))
        || (b.ends_with("):") && b.contains('('))
        || b.starts_with("</")
        || (b.starts_with('<') && b.ends_with('>') && !b.contains('@'))
}

fn is_diff(lines: &[&Line<'_>]) -> bool {
    let hunks = lines.iter().filter(|l| l.raw.starts_with("@@ -") && text::tail(l.raw, 4).contains(" @@")).count();
    let files = lines.iter().filter(|l| l.raw.starts_with("--- ") || l.raw.starts_with("+++ ")).count();
    let body = lines.iter().filter(|l| l.raw.starts_with(['+', '-', ' ', '@'])).count();
    hunks >= 1 && files >= 2 && body * 10 > lines.len() * 6
}

/// Whether the lines, most of them, start with a time: records of a log.
pub fn is_log(lines: &[Line<'_>]) -> bool {
    lines.len() >= 2 && lines.iter().filter(|l| is_stamped(l.raw)).count() * 2 > lines.len()
}

/// Starts with a date or time within its first characters: `2024-05-01 12:00:00`, `[12:00:00]`, `May  1 12:00:00`, or an
/// address followed by a bracketed time, as web servers write.
fn is_stamped(raw: &str) -> bool {
    let start = text::head(raw, 60).as_bytes();
    if start.first().is_none_or(|b| b.is_ascii_whitespace()) {
        return false;
    }
    let digit = |i: usize| start.get(i).is_some_and(u8::is_ascii_digit);
    let sign = |i: usize, s: u8| start.get(i) == Some(&s);
    let clock = |i: usize| {
        digit(i)
            && digit(i + 1)
            && sign(i + 2, b':')
            && digit(i + 3)
            && digit(i + 4)
            && sign(i + 5, b':')
            && digit(i + 6)
    };
    let date = |i: usize| {
        (0..4).all(|n| digit(i + n))
            && (sign(i + 4, b'-') || sign(i + 4, b'/'))
            && digit(i + 5)
            && sign(i + 7, start.get(i + 4).copied().unwrap_or(0))
            && digit(i + 8)
    };
    let early = if raw.contains('[') { 50 } else { 18 };
    (0..early).any(clock)
        || (date(0) && start.get(10).is_some_and(|b| matches!(b, b' ' | b'T') && raw.len() > 12) && digit(11))
}

/// The header fields of a mail or of a posting (RFC 5322, section 3.6).
pub fn is_mail_field(raw: &str) -> bool {
    const FIELDS: &[&str] = &[
        "from",
        "to",
        "cc",
        "bcc",
        "subject",
        "date",
        "message-id",
        "reply-to",
        "sender",
        "received",
        "newsgroups",
        "references",
        "in-reply-to",
        "organization",
        "return-path",
        "mime-version",
        "content-type",
        "delivered-to",
        "lines",
        "path",
    ];
    let Some((name, rest)) = raw.split_once(':') else { return false };
    (rest.is_empty() || rest.starts_with([' ', '\t'])) && FIELDS.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a group is the header of a mail.
pub fn is_mail_header(lines: &[Line<'_>]) -> bool {
    let fields = lines.iter().filter(|l| is_mail_field(l.raw)).count();
    let others =
        lines.iter().filter(|l| l.indent == 0 && !l.raw.split(' ').next().is_some_and(|w| w.ends_with(':'))).count();
    fields >= 2 && others * 4 <= lines.len()
}
