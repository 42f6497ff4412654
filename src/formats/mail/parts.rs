//! Which parts of a mail are shown and how: the text once and not in all its forms, messages within as quotations, what is
//! attached by its name.

use super::{
    calendar, head,
    mime::Part,
    text::{self, Form},
};
use crate::{
    doc::{Block, Kind},
    formats::{bounds, build::Builder, html, plain},
};

/// Messages within messages that are shown; deeper ones are named.
const MESSAGES: usize = 8;

/// A text shorter than this may only say that the mail is in HTML.
const EXCUSE: usize = 600;

/// Shows the parts of a mail.
#[derive(Debug, Default)]
pub struct Reader {
    /// The blocks so far.
    pub build: Builder,
    /// What can't be shown.
    pub warnings: Vec<String>,
    /// What is named at the end of the message.
    attached: Vec<String>,
    /// Messages, and signatures around them, that are open.
    messages: usize,
}

impl Reader {
    /// Shows a whole message, less its header.
    pub fn message(&mut self, part: &Part<'_>) {
        let outer = std::mem::take(&mut self.attached);
        self.messages += 1;
        self.show(part);
        self.messages -= 1;
        let attached = std::mem::replace(&mut self.attached, outer);
        for (at, line) in attached.iter().enumerate() {
            if at > 0 {
                self.build.prose.hard_break();
            }
            self.build.prose.push(line);
        }
        self.build.flush();
    }

    fn show(&mut self, part: &Part<'_>) {
        if self.build.is_full() {
            return;
        }
        let kind = part.kind.value.as_str();
        let named = part.is_attached() && (part.name().is_some() || !part.is("text/"));
        match kind {
            _ if !part.parts.is_empty() => self.multipart(part),
            "message/rfc822" | "message/global" | "message/news" if self.messages < MESSAGES => self.quoted(part),
            "text/calendar" => calendar::read(&part.text(), &mut self.build),
            "application/pgp-signature" | "application/pkcs7-signature" | "application/x-pkcs7-signature" => {}
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => self.smime(part),
            "multipart/encrypted" => self.sealed("OpenPGP"),
            "message/delivery-status"
            | "message/disposition-notification"
            | "message/feedback-report"
            | "text/rfc822-headers" => self.build.preformatted(&part.text()),
            _ if named || kind == "text/x-moz-deleted" => self.attach(part),
            "text/html" | "application/xhtml+xml" => html::read_into(&part.text(), &mut self.build, &()),
            _ if part.is("text/") || part.is("multipart/") || kind == "application/pgp" => self.text(part),
            _ => self.attach(part),
        }
    }

    fn multipart(&mut self, part: &Part<'_>) {
        match part.kind.value.as_str() {
            "multipart/alternative" => self.alternative(part),
            "multipart/related" => self.related(part),
            "multipart/encrypted" => {
                let smime = part.kind.parameter("protocol").is_some_and(|p| p.contains("pkcs7"));
                self.sealed(if smime { "S/MIME" } else { "OpenPGP" });
            }
            "multipart/digest" => {
                for message in &part.parts {
                    self.digested(message);
                }
            }
            _ => part.parts.iter().for_each(|p| self.show(p)),
        }
    }

    /// One of several forms of the same text: plain if it says anything, else HTML.
    fn alternative(&mut self, part: &Part<'_>) {
        let plain = part.parts.iter().position(|p| first(p, "text/plain").is_some_and(says_something));
        let html = part.parts.iter().position(|p| first(p, "text/html").is_some());
        let excuse = |p: &Part<'_>| first(p, "text/plain").is_none_or(|plain| is_excuse(&plain.text()));
        let shown = match (plain, html) {
            (Some(plain), Some(html)) if part.parts.get(plain).is_some_and(excuse) => Some(html),
            (Some(plain), _) => Some(plain),
            (None, html) => html,
        };
        let shown = shown.or_else(|| part.parts.iter().position(|p| p.is("text/") || !p.parts.is_empty()));
        for (at, form) in part.parts.iter().enumerate() {
            if shown.is_none_or(|shown| shown == at) || form.kind.value == "text/calendar" {
                self.show(form);
            } else {
                self.rest(form);
            }
        }
    }

    /// A page and the pictures in it.
    fn related(&mut self, part: &Part<'_>) {
        let start = part.kind.parameter("start").map(|id| id.trim_matches(['<', '>']));
        let is_start =
            |p: &Part<'_>| start.is_some() && p.header.ids("content-id").first().map(String::as_str) == start;
        let root = part.parts.iter().position(is_start).unwrap_or(0);
        for (at, inner) in part.parts.iter().enumerate() {
            if at == root {
                self.show(inner);
            } else {
                self.rest(inner);
            }
        }
    }

    /// What is attached within a form of the text that isn't shown, or beside a page.
    fn rest(&mut self, part: &Part<'_>) {
        for inner in &part.parts {
            self.rest(inner);
        }
        let embedded = !part.is_attached() && (part.is("image/") || part.header.raw("content-id").is_some());
        if part.parts.is_empty() && !embedded && (part.is_attached() || !part.is("text/")) {
            self.attach(part);
        }
    }

    fn text(&mut self, part: &Part<'_>) {
        let written = part.text();
        if text::is_encrypted(&written) {
            return self.sealed("OpenPGP");
        }
        if let Some(name) = part.name().filter(|_| self.build.has_text()) {
            let (source, name) = (!matches!(part.kind.value.as_str(), "text/plain" | "text/markdown"), name.to_owned());
            self.build.adopt(Block::new(Kind::Paragraph, format!("{name}:")));
            if source || [".patch", ".diff"].iter().any(|e| name.ends_with(e)) {
                let language =
                    if written.contains("\n@@ ") { "diff" } else { name.rsplit('.').next().unwrap_or_default() };
                return self.build.code(Some(language.to_owned()).filter(|l| !l.is_empty()), &written);
            }
        }
        let kind = &part.kind;
        let form = Form { flowed: kind.says("format", "flowed"), delsp: kind.says("delsp", "yes") };
        match kind.value.as_str() {
            "text/enriched" | "text/richtext" => {
                plain::blocks(&without_commands(&written), true).into_iter().for_each(|b| self.build.adopt(b));
            }
            _ => text::read(&written, form, &mut self.build),
        }
    }

    /// A message within the message.
    fn quoted(&mut self, part: &Part<'_>) {
        let content = part.content();
        let message = Part::read(&content);
        self.build.enter_quote();
        head::show(&message.header, true, &mut self.build);
        self.message(&message);
        self.build.leave();
    }

    /// A message of a digest, under its subject.
    fn digested(&mut self, part: &Part<'_>) {
        if !part.is("message/") || self.messages >= MESSAGES {
            return self.show(part);
        }
        let content = part.content();
        let message = Part::read(&content);
        self.build.flush();
        self.build.heading_of(2, message.header.text("subject").unwrap_or_default(), Vec::new());
        head::show(&message.header, false, &mut self.build);
        self.message(&message);
    }

    /// S/MIME: encrypted, or signed in such a way that the text is within the signature.
    fn smime(&mut self, part: &Part<'_>) {
        let signed = part.kind.parameter("smime-type").is_some_and(|t| t.starts_with("signed"))
            || part.name().is_some_and(|name| name.to_lowercase().ends_with(".p7s"));
        let content = if signed { part.content() } else { Vec::new() };
        let at = memchr::memmem::find(&content, b"Content-Type:").filter(|_| self.messages < MESSAGES);
        // The signature follows the text.
        let text = |from: &'_ [u8]| from.iter().position(|b| *b < 8).unwrap_or(from.len());
        match at.and_then(|at| content.get(at..)).and_then(|from| from.get(..text(from))) {
            Some(inner) => {
                self.messages += 1;
                self.show(&Part::read(inner));
                self.messages -= 1;
            }
            None => self.sealed("S/MIME"),
        }
    }

    fn sealed(&mut self, how: &str) {
        let reason = format!("encrypted with {how}: needs the key of the person it was sent to");
        self.build.adopt(Block::new(Kind::Paragraph, format!("[{reason}]")));
        if !self.warnings.contains(&reason) {
            self.warnings.push(reason);
        }
    }

    fn attach(&mut self, part: &Part<'_>) {
        let kind = &part.kind.value;
        let described = || part.header.text("content-description");
        let name = part.name().map(str::to_owned).or_else(described);
        let name = name.map(|name| crate::formats::build::collapsed(&name)).unwrap_or_default();
        let size = size(encoded(part));
        let line = if name.is_empty() { format!("{kind}, {size}") } else { format!("{name} ({kind}, {size})") };
        if self.attached.len() < bounds::PARTS {
            self.attached.push(format!("Attachment: {line}"));
        }
    }
}

/// The first part of this type that is no attachment, in the order in which they are read.
fn first<'p, 'm>(part: &'p Part<'m>, kind: &str) -> Option<&'p Part<'m>> {
    if part.parts.is_empty() {
        return Some(part).filter(|p| p.kind.value == kind && !p.is_attached());
    }
    part.parts.iter().find_map(|p| first(p, kind))
}

fn says_something(part: &Part<'_>) -> bool {
    !part.text().trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}').is_empty()
}

/// Whether a text says no more than that the mail is to be read as HTML.
fn is_excuse(written: &str) -> bool {
    let lower = written.to_lowercase();
    let reasons = ["html", "view this email", "view it in your browser", "im browser", "dans votre navigateur"];
    written.trim().len() < EXCUSE && reasons.iter().any(|reason| lower.contains(reason))
}

/// Text of RFC 1896 without its commands.
fn without_commands(enriched: &str) -> String {
    let mut out = String::with_capacity(enriched.len());
    let (mut rest, mut hidden) = (enriched, false);
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(if hidden { "" } else { before });
        if let Some(after) = after.strip_prefix('<') {
            out.push('<');
            rest = after;
            continue;
        }
        let (command, after) = after.split_once('>').unwrap_or(("", after));
        match command.to_ascii_lowercase().as_str() {
            "param" => hidden = true,
            "/param" => hidden = false,
            "nl" | "np" => out.push('\n'),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// How many bytes a part holds once it is decoded.
fn encoded(part: &Part<'_>) -> usize {
    let base64 = part.header.raw("content-transfer-encoding").is_some_and(|e| e.trim().eq_ignore_ascii_case("base64"));
    if !base64 {
        return part.body.len();
    }
    part.body.iter().filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/')).count() * 3 / 4
}

/// A count of bytes as people read it.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}
