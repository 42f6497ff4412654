//! The text of a paragraph: emphasis, links, footnotes, dates, entities.
//!
//! Every kind of end is looked for at most once without being found, or not far.

use std::ops::Range;

use super::Reader;
use crate::{doc::SpanKind, formats::bounds::AHEAD, text};

/// Signs and what they mark.
const MARKS: [(char, SpanKind); 6] = [
    ('*', SpanKind::Strong),
    ('/', SpanKind::Emphasis),
    ('_', SpanKind::Underline),
    ('=', SpanKind::Code),
    ('~', SpanKind::Code),
    ('+', SpanKind::Strikethrough),
];

/// Marks within marks.
const NESTED: usize = 8;

/// Entities by name (org-entities), those that people write.
const ENTITIES: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("pi", "π"),
    ("sigma", "σ"),
    ("omega", "ω"),
    ("Delta", "Δ"),
    ("rarr", "→"),
    ("larr", "←"),
    ("to", "→"),
    ("rightarrow", "→"),
    ("leftarrow", "←"),
    ("Rightarrow", "⇒"),
    ("nbsp", "\u{A0}"),
    ("dots", "…"),
    ("hellip", "…"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("times", "×"),
    ("deg", "°"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("euro", "€"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("le", "≤"),
    ("ge", "≥"),
    ("ne", "≠"),
    ("infin", "∞"),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("Auml", "Ä"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("szlig", "ß"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("agrave", "à"),
    ("ccedil", "ç"),
    ("shy", ""),
    ("check", "✓"),
    ("checkmark", "✓"),
    ("under", "_"),
    ("star", "*"),
    ("slash", "/"),
    ("plus", "+"),
    ("vert", "|"),
];

impl Reader {
    /// Sets a text with its markup.
    pub(super) fn inline(&mut self, text: &str) {
        self.nested(text, 0);
    }

    fn nested(&mut self, text: &str, depth: usize) {
        let mut barren = [0; MARKS.len()];
        let (mut plain, mut at) = (0, 0);
        while let Some(found) = text::tail(text, at).find(['*', '/', '_', '=', '~', '+', '[', '<', '\\', '\n', '@']) {
            let here = at + found;
            let rest = text::tail(text, here);
            let said = text::slice(text, plain..here);
            let taken = match rest.as_bytes().first() {
                Some(b'\n') => {
                    self.build.prose.push(said);
                    self.build.prose.soft_break();
                    Some(1)
                }
                Some(b'[') => self.bracket(rest, said),
                Some(b'<') => self.angle(rest, said),
                Some(b'\\') => self.entity(rest, said),
                // `@@html:…@@` is for other formats.
                Some(b'@') => rest.strip_prefix("@@").and_then(|r| text::head(r, AHEAD).find("@@")).map(|end| {
                    self.build.prose.push(said);
                    end + 4
                }),
                _ => self.mark(text, plain..here, &mut barren, depth),
            };
            match taken {
                Some(taken) => {
                    at = here + taken;
                    plain = at;
                }
                None => at = here + 1,
            }
        }
        self.build.prose.push(text::tail(text, plain));
    }

    /// `*bold*` and the like: a sign at the end of what was `said` before it. `barren` tells for each sign up to where in the
    /// text there is none that ends something.
    fn mark(&mut self, text: &str, said: Range<usize>, barren: &mut [usize], depth: usize) -> Option<usize> {
        let (here, said) = (said.end, text::slice(text, said));
        let (before, rest) = (text::head(text, here).chars().next_back(), text::tail(text, here));
        let sign = rest.chars().next()?;
        let at = MARKS.iter().position(|(s, _)| *s == sign)?;
        let starts = before
            .is_none_or(|c| c.is_whitespace() || matches!(c, '-' | '(' | '{' | '\'' | '"' | '[') || c >= '\u{2E80}');
        if !starts || text::tail(rest, 1).starts_with(char::is_whitespace) {
            return None;
        }
        let inner = text::tail(rest, 1);
        // Emphasis goes over few line ends (org-emphasis-regexp-components).
        let near = text::head(inner, AHEAD);
        let near = near.match_indices('\n').nth(2).map_or(near, |(at, _)| text::head(near, at));
        let barren = barren.get_mut(at)?;
        let mut from = barren.saturating_sub(here + 1);
        let end = loop {
            let Some(found) = text::tail(near, from).find(sign) else {
                *barren = (here + 1 + near.len()).max(*barren);
                return None;
            };
            let end = from + found;
            let (content, after) = (text::head(inner, end), text::tail(inner, end + 1));
            let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != sign || c >= '\u{2E80}');
            if ends && !content.is_empty() && !content.ends_with(char::is_whitespace) {
                break end;
            }
            from = end + 1;
        };
        self.build.prose.push(said);
        let content = text::head(inner, end);
        let (_, kind) = MARKS.get(at)?;
        if *kind == SpanKind::Code || depth >= NESTED {
            self.build.prose.span(kind.clone(), &content.replace('\n', " "));
        } else {
            self.build.prose.open(kind.clone());
            self.nested(content, depth + 1);
            self.build.prose.close();
        }
        Some(end + 2)
    }

    /// `[[target][text]]`, `[fn:1]`, `[2024-03-05 Tue]`, `[cite:@key]`.
    fn bracket(&mut self, rest: &str, said: &str) -> Option<usize> {
        if let Some(inner) = rest.strip_prefix("[[") {
            let (target, after) = text::head(inner, AHEAD).split_once(']')?;
            if target.contains('\n') && !after.starts_with(['[', ']']) {
                return None;
            }
            let (text, taken) = match after.strip_prefix('[') {
                Some(after) => {
                    let end = after.find("]]")?;
                    (Some(text::head(after, end)), target.len() + end + 6)
                }
                None => {
                    after.strip_prefix(']')?;
                    (None, target.len() + 4)
                }
            };
            self.build.prose.push(said);
            self.link_to(target, text);
            return Some(taken);
        }
        if let Some(inner) = rest.strip_prefix("[fn:") {
            let end = balanced(inner)?;
            let (label, note) =
                text::head(inner, end).split_once(':').map_or((text::head(inner, end), None), |(l, n)| (l, Some(n)));
            let label = if label.is_empty() {
                self.inline_notes += 1;
                format!("note {}", self.inline_notes)
            } else {
                label.to_owned()
            };
            self.build.prose.push(said);
            self.build.prose.span(SpanKind::FootnoteRef(label.clone()), &format!("[{label}]"));
            if let Some(note) = note {
                self.notes.push((label, note.trim().to_owned()));
            }
            return Some(end + 5);
        }
        let citation = rest.strip_prefix("[cite").and_then(|inner| {
            let end = text::head(inner, 500).find(']')?;
            let (_, keys) = text::head(inner, end).split_once(':')?;
            Some((keys.replace('@', ""), end))
        });
        let (keys, end) = citation?;
        self.build.prose.push(said);
        self.build.prose.push(&format!("[{}]", keys.trim()));
        Some(end + 6)
    }

    fn link_to(&mut self, target: &str, text: Option<&str>) {
        let target = target.replace('\n', " ");
        let (scheme, rest) = target.split_once(':').unwrap_or(("", &target));
        let href = match scheme {
            "file" | "attachment" | "docview" => {
                rest.split("::").next().unwrap_or(rest).trim_start_matches("//").to_owned()
            }
            "id" => format!("#{rest}"),
            _ => match self.abbreviations.iter().find(|(name, _)| name == scheme) {
                Some((_, start)) if start.contains("%s") => start.replace("%s", rest),
                Some((_, start)) => format!("{start}{rest}"),
                None if target.contains([':', '/', '.']) || target.starts_with('#') => target.clone(),
                None => format!("#{}", fragment(target.trim_start_matches('*'))),
            },
        };
        let name = href.to_lowercase();
        let is_image = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"].iter().any(|e| name.ends_with(e));
        if is_image && text.is_none() {
            let file = href.rsplit('/').next().unwrap_or(&href).to_owned();
            return self.build.prose.span(SpanKind::Image(href), &file);
        }
        let kind = self.build.link(href.clone());
        self.build.prose.open(kind);
        match text {
            Some(text) => self.nested(text.trim_start_matches("file:"), NESTED),
            None => self.build.prose.push(target.trim_start_matches(['*', '#']).trim_start_matches("file:")),
        }
        self.build.prose.close();
    }

    /// `<https://…>`, `<2024-03-05 Tue>`, `<<target>>`.
    fn angle(&mut self, rest: &str, said: &str) -> Option<usize> {
        if let Some(inner) = rest.strip_prefix("<<") {
            let radio = inner.strip_prefix('<');
            let inner = radio.unwrap_or(inner);
            let end = text::head(inner, 200).find(">>").filter(|end| *end > 0)?;
            let name = text::head(inner, end);
            self.build.prose.push(said);
            self.build.name_next(fragment(name));
            if radio.is_some() {
                self.build.prose.push(name);
            }
            return Some(end + if radio.is_some() { 6 } else { 4 });
        }
        let end = text::head(rest, 2000).find('>')?;
        let inner = text::slice(rest, 1..end);
        if inner.contains("://") && !inner.contains(char::is_whitespace) {
            self.build.prose.push(said);
            let kind = self.build.link(inner.to_owned());
            self.build.prose.span(kind, inner);
            return Some(end + 1);
        }
        None
    }

    /// `\alpha`, `\\` at the end of a line.
    fn entity(&mut self, rest: &str, said: &str) -> Option<usize> {
        if rest.starts_with("\\\\\n") || rest == "\\\\" {
            self.build.prose.push(said);
            self.build.prose.hard_break();
            return Some(rest.len().min(3));
        }
        let name: String = text::tail(rest, 1).chars().take_while(char::is_ascii_alphabetic).collect();
        let (_, shown) = ENTITIES.iter().find(|(n, _)| *n == name)?;
        self.build.prose.push(said);
        self.build.prose.push(shown);
        let braces = text::tail(rest, 1 + name.len()).starts_with("{}");
        Some(1 + name.len() + if braces { 2 } else { 0 })
    }
}

/// Where the bracket closes that was opened before `inner`.
fn balanced(inner: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in inner.char_indices().take(8000) {
        match c {
            '[' => depth += 1,
            ']' if depth == 0 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A text without the marks of a title: its links as their text.
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((link, tail)) = after.split_once("]]") else { break };
        out.push_str(before);
        out.push_str(link.rsplit_once("][").map_or(link, |(_, said)| said));
        rest = tail;
    }
    out.push_str(rest);
    let words = out.split(' ').map(|word| {
        let inner = word.trim_matches(['*', '/', '=', '~']);
        if inner.len() + 2 == word.len() && word.chars().next() == word.chars().next_back() { inner } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// How a link names a heading by its text.
pub fn fragment(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase()
}
