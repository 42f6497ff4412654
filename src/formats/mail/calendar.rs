//! Invitations (RFC 5545) as a few lines: what, when, where, from whom. Only the first event is told, and a calendar of many
//! says how many more.

use crate::{
    doc::SpanKind,
    formats::{build::Builder, plain},
};

/// Properties of a description, of which more are left out.
const LINES: usize = 20_000;

/// Adds what a calendar says.
pub fn read(calendar: &str, build: &mut Builder) {
    let lines = unfolded(calendar);
    let mut events = lines.split(|(name, _, _)| name == "BEGIN").filter(|part| {
        part.first().is_some_and(|(name, _, _)| name != "PRODID") && part.iter().any(|(n, _, _)| n == "DTSTART")
    });
    // A zone has a start too, but nothing it is called by.
    let mut found = events.by_ref().filter(|part| part.iter().any(|(n, _, _)| n == "SUMMARY" || n == "UID"));
    let Some(event) = found.next() else { return };
    let more = found.count();
    let value = |name: &str| event.iter().find(|(n, _, _)| n == name);
    let method = lines.iter().find(|(name, _, _)| name == "METHOD").map(|(_, _, value)| value.as_str());
    build.flush();
    let mut line = |name: &str, text: String| {
        if !text.is_empty() {
            if !build.prose.is_empty() {
                build.prose.hard_break();
            }
            build.prose.span(SpanKind::Strong, &format!("{name}:"));
            build.prose.push(&format!(" {text}"));
        }
    };
    let plain = |name: &str| value(name).map(|(_, _, v)| unescaped(v)).unwrap_or_default();
    let what = match method {
        Some("REPLY") => "Answer to an invitation",
        Some("CANCEL") => "Cancelled",
        Some("REQUEST") => "Invitation",
        _ => "Event",
    };
    line(what, plain("SUMMARY"));
    let when = |name: &str| value(name).map(|(_, zone, v)| moment(v, zone)).unwrap_or_default();
    let (start, end) = (when("DTSTART"), when("DTEND"));
    // The same day is said once.
    let day = start.split(' ').next().unwrap_or_default();
    let end = end.strip_prefix(day).map_or(end.as_str(), str::trim);
    line("When", if end.is_empty() { start.clone() } else { format!("{start} – {end}") });
    line("Where", plain("LOCATION"));
    let organizer = value("ORGANIZER");
    let name = organizer.and_then(|(_, parameters, _)| parameter(parameters, "CN")).unwrap_or_default();
    let address = organizer.map(|(_, _, v)| v.trim_start_matches("mailto:").trim_start_matches("MAILTO:").to_owned());
    line("Organizer", if name.is_empty() { address.unwrap_or_default() } else { name });
    build.flush();
    for block in plain::blocks(&plain("DESCRIPTION"), true) {
        build.adopt(block);
    }
    if more > 0 {
        build.prose.push(&format!("{more} more in this calendar."));
        build.flush();
    }
}

/// The properties: name, parameters, value.
fn unfolded(calendar: &str) -> Vec<(String, String, String)> {
    let mut lines: Vec<String> = Vec::new();
    for line in calendar.lines().take(LINES) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            _ => lines.push(line.to_owned()),
        }
    }
    let property = |line: &String| {
        // A colon within quotes belongs to a parameter.
        let mut quoted = false;
        let colon = line.find(|c: char| {
            quoted ^= c == '"';
            c == ':' && !quoted
        })?;
        let (head, value) = line.split_at(colon);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        Some((name.to_ascii_uppercase(), parameters.to_owned(), value.strip_prefix(':')?.to_owned()))
    };
    lines.iter().filter_map(property).collect()
}

fn parameter(parameters: &str, name: &str) -> Option<String> {
    let found = parameters.split(';').filter_map(|p| p.split_once('=')).find(|(n, _)| n.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim_matches('"').to_owned()).filter(|value| !value.is_empty())
}

/// `\n`, `\,`, `\;`, `\\`.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

/// `20240312T143000Z` as `2024-03-12 14:30 UTC`; what is none as it stands.
fn moment(value: &str, parameters: &str) -> String {
    let piece = |range: std::ops::Range<usize>| value.get(range).filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let (Some(year), Some(month), Some(day)) = (piece(0..4), piece(4..6), piece(6..8)) else { return value.to_owned() };
    let date = format!("{year}-{month}-{day}");
    match (piece(9..11), piece(11..13), parameter(parameters, "TZID")) {
        (Some(hour), Some(minute), _) if value.ends_with('Z') => format!("{date} {hour}:{minute} UTC"),
        (Some(hour), Some(minute), Some(zone)) => format!("{date} {hour}:{minute} ({zone})"),
        (Some(hour), Some(minute), None) => format!("{date} {hour}:{minute}"),
        _ => date,
    }
}
