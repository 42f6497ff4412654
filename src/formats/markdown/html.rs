//! The parts of a piece of HTML: text, tags, and what a browser would not show. A tokenizer for the tags that people
//! write into Markdown, in the spirit of the HTML standard's (section 13.2.5): it never fails, and what is no tag is text.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

use crate::text;

/// A part of a piece of HTML.
#[derive(Debug, PartialEq)]
pub enum Token<'h> {
    /// Text, its entities not yet decoded.
    Text(&'h str),
    /// `<name …>` or `</name>`.
    Tag(Tag<'h>),
}

/// A tag.
#[derive(Debug, PartialEq)]
pub struct Tag<'h> {
    /// The element, as written.
    pub name: &'h str,
    /// Whether it ends the element.
    pub end: bool,
    /// What stands between the name and the `>`.
    attributes: &'h str,
}

impl Tag<'_> {
    /// The value of an attribute, its entities decoded.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes.trim_end_matches('/').trim_end();
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            let (key, after) = rest.split_at(end);
            let after = after.trim_start();
            let Some(after) = after.strip_prefix('=').map(str::trim_start) else {
                rest = if key.is_empty() { text::tail(after, 1) } else { after };
                continue;
            };
            let quote = after.chars().next().filter(|q| matches!(q, '"' | '\''));
            let (value, next) = match quote {
                Some(quote) => {
                    let inner = text::tail(after, 1);
                    inner.split_once(quote).unwrap_or((inner, ""))
                }
                None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(decode(value).into_owned());
            }
            rest = next.trim_start();
        }
        None
    }

    /// Whether it is nothing but a name: `<T>`, which more often is a type than an element.
    pub fn is_bare(&self) -> bool {
        matches!(self.attributes, "" | "/")
    }

    /// The tag as it was written.
    pub fn written(&self) -> String {
        format!("<{}{}{}>", if self.end { "/" } else { "" }, self.name, self.attributes)
    }
}

/// The parts of `html`, comments and declarations left out.
pub fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let (token, after) = next(rest);
            rest = after;
            if token.is_some() {
                return token;
            }
        }
    })
}

fn next(html: &str) -> (Option<Token<'_>>, &str) {
    let Some(inner) = html.strip_prefix('<') else {
        let (text, rest) = html.split_at(html.find('<').unwrap_or(html.len()));
        return (Some(Token::Text(text)), rest);
    };
    for (start, end) in [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>"), ("!", ">")] {
        let Some(hidden) = inner.strip_prefix(start) else { continue };
        if start == "!--" && (hidden.starts_with('>') || hidden.starts_with("->")) {
            return (None, hidden.split_once('>').map_or("", |(_, rest)| rest));
        }
        return (None, hidden.split_once(end).map_or("", |(_, rest)| rest));
    }
    match tag(inner) {
        Some((tag, rest)) => (Some(Token::Tag(tag)), rest),
        None => {
            let end = inner.find('<').map_or(html.len(), |at| at + 1);
            let (text, rest) = html.split_at(end);
            (Some(Token::Text(text)), rest)
        }
    }
}

/// The tag after a `<`.
fn tag(inner: &str) -> Option<(Tag<'_>, &str)> {
    let (end, named) = inner.strip_prefix('/').map_or((false, inner), |named| (true, named));
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (name, rest) = named.split_at(named.find(|c: char| !is_name(c)).unwrap_or(named.len()));
    let mut quote = None;
    let mut value = false;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (Some(q), c) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if value => quote = Some(c),
            (None, '>') => {
                let attributes = text::head(rest, at).trim();
                return Some((Tag { name, end, attributes }, text::tail(rest, at + 1)));
            }
            (None, '<') => return None,
            (None, '=') => value = true,
            (None, c) => value &= c.is_whitespace(),
        }
    }
    None
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')
}

/// `text` with its character references decoded, by the table that pulldown-cmark has.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let name = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(after.len()).min(33);
        let end = name + usize::from(text::tail(after, name).starts_with(';'));
        let reference = format!("&{}", text::head(after, end));
        match Parser::new(&reference).nth(1) {
            Some(Event::Text(decoded)) if end > name && decoded.as_ref() != reference => {
                out.push_str(&decoded);
                rest = text::tail(after, end);
            }
            _ => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}
