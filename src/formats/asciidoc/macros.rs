//! Macros: `name:target[text]` within a line, `name::target[text]` on a line of its own, and what directs the reading.

use super::{
    attributes,
    inline::{Ends, Piece, What},
    outline,
    reader::Reader,
    style,
};
use crate::{doc::SpanKind, text};

/// Macros that stand within a line.
pub const NAMES: [&str; 25] = [
    "anchor",
    "asciimath",
    "audio",
    "btn",
    "footnote",
    "footnoteref",
    "ftp",
    "http",
    "https",
    "icon",
    "image",
    "indexterm",
    "indexterm2",
    "irc",
    "kbd",
    "latexmath",
    "link",
    "mailto",
    "menu",
    "pass",
    "stem",
    "video",
    "xref",
    "bibitem",
    "file",
];

/// A longer target is none.
const MAX_TARGET: usize = 2048;

/// The macro whose colon is at `at`.
pub fn find<'t>(text: &'t str, at: usize, plain: usize, ends: &mut Ends) -> Option<Piece<'t>> {
    let before = text::slice(text, plain.max(at.saturating_sub(12))..at);
    let word = before.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(before, |end| text::tail(before, end + 1));
    let word = word.trim_start_matches(|c: char| !c.is_ascii());
    let name = NAMES.iter().find(|name| **name == word)?;
    let start = at - name.len();
    let rest = text::slice(text, at + 1..at + MAX_TARGET);
    if rest.starts_with(':') {
        return None;
    }
    let is_url = rest.starts_with("//");
    let stop = rest.find(|c: char| c == '[' || c.is_whitespace() || (is_url && matches!(c, '<' | '>')));
    let spaced = matches!(*name, "image" | "menu" | "link" | "xref");
    let stop = match stop {
        Some(stop) if text::tail(rest, stop).starts_with(' ') && spaced && !rest.starts_with(' ') => {
            rest.find(['[', '\n']).filter(|open| *open < 200)
        }
        stop => stop,
    };
    let open = stop.filter(|stop| text::tail(rest, *stop).starts_with('['))?;
    let target = text::head(rest, open);
    if matches!(*name, "http" | "https" | "ftp" | "irc" | "file") && !is_url {
        return None;
    }
    let from = at + 1 + open + 1;
    let end = close(text, from, ends)?;
    let list = text::slice(text, from..end);
    if is_url {
        return Some(Piece {
            start,
            end: end + 1,
            what: What::Macro("link", text::slice(text, start..from - 1), list),
        });
    }
    Some(Piece { start, end: end + 1, what: What::Macro(name, target, list) })
}

/// Where the bracket ends that opened before `from`. One that a `\` stands before does not end it, nor one that another
/// bracket opened.
fn close(text: &str, from: usize, ends: &mut Ends) -> Option<usize> {
    let first = ends.find(text, from, "]", false)?;
    let (mut depth, mut before) = (0usize, ' ');
    for (at, c) in text::slice(text, from..from + 16 * 1024).char_indices() {
        match c {
            '[' if before != '\\' => depth += 1,
            // It may end a bracket that the author saw opened.
            ']' if before == '\\' => depth = depth.saturating_sub(1),
            ']' if depth == 0 => return Some(from + at),
            ']' => depth -= 1,
            _ => {}
        }
        before = c;
    }
    Some(first)
}

impl Reader<'_> {
    /// Shows a macro.
    pub fn run_macro(&mut self, name: &str, target: &str, list: &str, depth: usize) {
        let list = list.replace("\\]", "]");
        match name {
            "link" | "mailto" => {
                let shown = shown(&list);
                let bare = target.trim_matches('+').to_owned();
                let url = if name == "mailto" { format!("mailto:{bare}") } else { bare.clone() };
                self.linked(url, if shown.is_empty() { &bare } else { &shown }, shown.is_empty(), depth);
            }
            "xref" => self.reference(target, &list, depth),
            "anchor" => self.build.name_next(target.to_owned()),
            "bibitem" => self.build.prose.push(&format!("[{target}]")),
            "image" => {
                let (alt, _) = image(target, &list);
                self.build.prose.span(SpanKind::Image(target.to_owned()), &alt);
            }
            "icon" => self.build.prose.push(&format!("[{target}]")),
            "video" | "audio" => self.linked(target.to_owned(), target, true, depth),
            "kbd" | "btn" => {
                let keys: Vec<&str> = list.split('+').map(str::trim).collect();
                self.build.prose.span(SpanKind::Code, &keys.join("+"));
            }
            "menu" => {
                let rest = list.replace('>', "›");
                let whole = if rest.is_empty() { target.to_owned() } else { format!("{target} › {rest}") };
                self.build.prose.span(SpanKind::Strong, &whole);
            }
            "pass" if target.is_empty() => self.build.prose.push(&list),
            "pass" => self.marks(&list, depth + 1),
            "stem" | "latexmath" | "asciimath" => self.build.prose.span(SpanKind::Code, &list),
            "indexterm" => {}
            "indexterm2" => self.marks(&list, depth + 1),
            "footnote" => self.note(target, &list),
            "footnoteref" => {
                let (id, text) = list.split_once(',').unwrap_or((&list, ""));
                let (id, text) = (id.to_owned(), text.trim().to_owned());
                self.note(&id, &text);
            }
            _ => self.build.prose.push(&format!("{name}:{target}[{list}]")),
        }
    }

    /// A footnote, or a reference to one that has a name.
    fn note(&mut self, id: &str, text: &str) {
        let known = self.noted.get(id).filter(|_| !id.is_empty() && text.is_empty()).cloned();
        let label = known.unwrap_or_else(|| {
            let label = (self.notes.len() + 1).to_string();
            self.notes.push((label.clone(), text.to_owned()));
            self.noted.insert(id.to_owned(), label.clone());
            label
        });
        self.build.prose.unspace();
        self.build.prose.span(SpanKind::FootnoteRef(label.clone()), &format!("[{label}]"));
    }

    /// A reference to a place in this document or another.
    pub fn reference(&mut self, id: &str, shown: &str, depth: usize) {
        let inner = id.strip_prefix('#').unwrap_or(id);
        let elsewhere = inner.contains('#') || inner.contains(".adoc") || inner.contains(".html");
        let (target, name) = if elsewhere {
            (inner.trim_end_matches('#').to_owned(), inner.trim_end_matches('#').to_owned())
        } else if let Some(title) = self.titles.get(inner) {
            (format!("#{inner}"), title.clone())
        } else if inner.contains(' ') {
            (format!("#{}", outline::id(inner, &self.attributes)), inner.to_owned())
        } else {
            (format!("#{inner}"), format!("[{inner}]"))
        };
        let shown = if shown.starts_with(['"', '\'']) { self::shown(shown) } else { shown.to_owned() };
        self.linked(target, if shown.is_empty() { &name } else { &shown }, elsewhere && shown.is_empty(), depth);
    }

    fn linked(&mut self, target: String, shown: &str, raw: bool, depth: usize) {
        let kind = self.build.link(target);
        self.build.prose.open(kind);
        if raw {
            self.build.prose.push(shown);
        } else {
            self.marks(shown, depth + 1);
        }
        self.build.prose.close();
    }

    /// A macro on a line of its own.
    pub fn block_macro(&mut self, line: &str) -> bool {
        let Some((name, rest)) = line.split_once("::") else { return false };
        let Some((target, list)) = rest.strip_suffix(']').and_then(|rest| rest.split_once('[')) else { return false };
        let target = self.attributes.expand(target);
        match name {
            "image" if !target.is_empty() => {
                let list = self.attributes.expand(list);
                let (alt, title) = image(&target, &list);
                let caption = self.style.title.take().or(title);
                self.begin();
                self.image(target, &alt, caption);
            }
            "video" | "audio" => {
                self.begin();
                self.linked(target.clone(), &target, true, 0);
                self.build.flush();
            }
            "toc" => drop(self.begin()),
            _ => return false,
        }
        true
    }

    /// What stands for other lines, or says when lines count.
    pub fn directive(&mut self, line: &str) -> bool {
        let Some((name, rest)) = line.split_once("::") else { return false };
        let Some((target, list)) = rest.strip_suffix(']').and_then(|rest| rest.split_once('[')) else { return false };
        match name {
            "ifdef" | "ifndef" if !list.is_empty() => match attributes::entry(list) {
                Some((name, value)) => self.attributes.set(name, value),
                None => self.paragraph.push(list.to_owned()),
            },
            "ifdef" | "ifndef" | "ifeval" | "endif" => {}
            "include" if !target.is_empty() => {
                self.end_paragraph();
                let target = self.attributes.expand(target);
                self.build.prose.push("Included: ");
                self.linked(target.clone(), &target, true, 0);
                self.build.flush();
            }
            _ => return false,
        }
        true
    }
}

/// The text among the attributes of a link.
fn shown(list: &str) -> String {
    let attributed = list.contains('=') || list.starts_with('"');
    let text = if attributed { style::parse(list).0.into_iter().next().unwrap_or_default() } else { list.to_owned() };
    text.trim_end_matches('^').trim().to_owned()
}

/// The alternative text of an image and its title.
fn image(target: &str, list: &str) -> (String, Option<String>) {
    let (positional, named) = style::parse(list);
    let get = |name: &str| named.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let stem = || {
        let file = target.rsplit('/').next().unwrap_or_default();
        file.rsplit_once('.').map_or(file, |(stem, _)| stem).replace(['-', '_'], " ")
    };
    let first = positional.into_iter().next().filter(|alt| !alt.is_empty());
    (get("alt").or(first).unwrap_or_else(stem), get("title"))
}
