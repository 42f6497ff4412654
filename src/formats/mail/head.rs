//! The header of a message: as metadata, and as the few lines that a mail program shows above the text.

use super::header::{Header, Person};
use crate::{
    doc::{Date, Meta, SpanKind},
    formats::{build::Builder, stamp},
};

/// So many recipients are named, and the others counted.
const NAMED: usize = 12;

/// So many of the messages that one answers are told, the nearest ones: enough to tie any thread together.
const ANSWERED: usize = 64;

/// Labels by which programs keep their books.
const BOOKKEEPING: &[&str] =
    &["opened", "unread", "inbox", "archived", "sent", "important", "starred", "$notjunk", "notjunk"];

/// What a header says of its message. The title is open when there is no subject.
pub fn meta(header: &Header) -> Meta {
    let author = authors(header).iter().map(|p| p.called().to_owned()).collect::<Vec<_>>().join(", ");
    Meta {
        title: header.text("subject"),
        author: Some(author).filter(|a| !a.is_empty()),
        date: date(header),
        language: None,
        tags: tags(header),
        id: id(header),
        answers: answers(header),
    }
}

/// The message's own id, without brackets.
pub fn id(header: &Header) -> Option<String> {
    header.ids("message-id").into_iter().next()
}

/// What it answers (RFC 5322, section 3.6.4): the ids of the messages from the first of the thread on, as far as they are
/// told, the one that is answered last.
fn answers(header: &Header) -> Vec<String> {
    let mut ids = header.ids("references");
    let parent = header.ids("in-reply-to").into_iter().next();
    if let Some(parent) = parent {
        ids.retain(|id| *id != parent);
        ids.push(parent);
    }
    let own = self::id(header);
    // What somebody answered to the question what this answers is none: `<yes>`.
    ids.retain(|id| Some(id) != own.as_ref() && id.contains('@'));
    let from = ids.len().saturating_sub(ANSWERED);
    ids.split_off(from)
}

/// Adds the lines `From:`, `To:`, `Date:`, and `Subject:` where it is not said above them.
pub fn show(header: &Header, subject: bool, build: &mut Builder) {
    build.flush();
    let mut line = |name: &str, value: &str| {
        if value.is_empty() {
            return;
        }
        if !build.prose.is_empty() {
            build.prose.hard_break();
        }
        build.prose.span(SpanKind::Strong, &format!("{name}:"));
        build.prose.push(&format!(" {value}"));
    };
    line("From", &list(&authors(header)));
    line("To", &list(&header.people("to")));
    line("Cc", &list(&header.people("cc")));
    line("Newsgroups", &header.text("newsgroups").unwrap_or_default());
    line("Date", &shown_date(header));
    line("Subject", &header.text("subject").filter(|_| subject).unwrap_or_default());
    if let Some(parent) = answers(header).pop() {
        if !build.prose.is_empty() {
            build.prose.hard_break();
        }
        build.prose.span(SpanKind::Strong, "In reply to:");
        build.prose.push(" ");
        let link = build.link(format!("mid:{}", escaped(&parent)));
        build.prose.span(link, &parent);
    }
    build.flush();
}

fn authors(header: &Header) -> Vec<Person> {
    let named = ["from", "sender", "reply-to", "return-path"].into_iter().map(|name| header.people(name));
    named.into_iter().find(|people| !people.is_empty()).unwrap_or_default()
}

fn list(people: &[Person]) -> String {
    let mut shown: Vec<String> = people.iter().take(NAMED).map(Person::shown).collect();
    if people.len() > NAMED {
        shown.push(format!("and {} more", people.len() - NAMED));
    }
    shown.join(", ")
}

/// When it was sent, else when the last server took it.
fn date(header: &Header) -> Option<Date> {
    let stamped = ["date", "resent-date", "delivery-date"].into_iter().find_map(|name| stamp::date(header.raw(name)?));
    stamped.or_else(|| header.all("received").find_map(|hop| stamp::date(hop.rsplit_once(';')?.1)))
}

/// As the sender's clock showed it; what is no date as it stands.
fn shown_date(header: &Header) -> String {
    match (date(header), header.text("date")) {
        (Some(date), _) => {
            let text = date.to_string();
            // Without its seconds: `2024-03-12 14:30 +01:00`.
            match (text.get(..10), text.get(11..16), text.get(19..)) {
                (Some(day), Some(time), Some(zone)) => format!("{day} {time} {zone}"),
                _ => text,
            }
        }
        (None, Some(written)) => written,
        (None, None) => String::new(),
    }
}

fn tags(header: &Header) -> Vec<String> {
    let fields = [("keywords", ','), ("x-gmail-labels", ','), ("x-mozilla-keys", ' ')];
    let mut tags: Vec<String> = Vec::new();
    for (name, separator) in fields {
        let field = header.text(name).unwrap_or_default();
        for tag in field.split(separator).map(|t| t.trim().trim_matches('"')) {
            let lower = tag.to_lowercase();
            let books =
                BOOKKEEPING.contains(&lower.as_str()) || lower.starts_with("category ") || lower.starts_with('$');
            if !tag.is_empty() && !books && !tags.iter().any(|t| t == tag) {
                tags.push(tag.to_owned());
            }
        }
    }
    tags
}

/// An id in a URL (RFC 2392).
fn escaped(id: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&b);
    id.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
