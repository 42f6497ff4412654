//! Fields: what a document says about itself before its text, and what a description says about its parts.

use super::{
    Reader,
    blocks::{extent, part},
    lists,
};
use crate::{doc::SpanKind, formats::title};

/// Fields that are for programs only.
const HIDDEN: &str = "orphan|tocdepth|nocomments|nosearch|no-search|lastproofread|kernel-doc|github_url|page-nav-toc|html_theme.sidebar_secondary.remove";

impl Reader {
    /// A list of fields.
    pub(super) fn fields(&mut self, lines: &[&str], depth: usize) -> usize {
        let first = !self.build.has_text() || self.only_heading();
        let mut at = 0;
        while let Some((name, value)) = lines.get(at).and_then(|l| lists::field(l)) {
            let rest = lines.get(at + 1..).unwrap_or_default();
            let taken = extent(rest, 1);
            let more = part(rest.get(..taken).unwrap_or_default());
            at += 1 + taken;
            if first {
                let mut whole = vec![value];
                whole.extend(more.iter().copied());
                self.about(name, whole.join(" ").trim());
            }
            if !HIDDEN.split('|').any(|hidden| hidden.eq_ignore_ascii_case(name)) {
                self.field(name, value, &more, depth);
            }
            let blank = lines.get(at..).unwrap_or_default().iter().take_while(|l| l.is_empty()).count();
            if lines.get(at + blank).is_some_and(|l| lists::field(l).is_some()) {
                at += blank;
            }
        }
        at
    }

    /// One field: its name, and its value on the same line when it is one paragraph.
    fn field(&mut self, name: &str, value: &str, more: &[&str], depth: usize) {
        self.build.flush();
        let shown = match name.split_once(' ') {
            // Of a function's description.
            Some(("param" | "parameter" | "arg" | "argument" | "key" | "keyword" | "var" | "ivar" | "cvar", rest)) => {
                rest
            }
            _ => name,
        };
        self.build.prose.span(SpanKind::Strong, &format!("{}:", shown.replace('\\', "")));
        let paragraph =
            more.iter().take_while(|l| !l.is_empty() && lists::marker(l).is_none() && !l.starts_with(".. ")).count();
        self.build.prose.space();
        let mut text = vec![value];
        text.extend(more.iter().take(paragraph).copied());
        let text = text.join("\n");
        let text = text.trim();
        self.inline(keyword(text));
        self.build.flush();
        let rest = more.get(paragraph..).unwrap_or_default();
        if rest.iter().any(|l| !l.is_empty()) {
            self.build.enter_list(None);
            self.build.enter_marked(String::new());
            self.body(rest, depth + 1);
            self.build.leave();
            self.build.leave();
        }
    }

    /// Whether there is nothing yet but the title.
    fn only_heading(&self) -> bool {
        self.build.blocks() <= 2
    }

    fn about(&mut self, name: &str, value: &str) {
        match name.to_lowercase().as_str() {
            "author" | "authors" => self.set_author(value.trim_start_matches(['-', '*', ' '])),
            "date" | "published" if self.meta.date.is_none() => self.meta.date = title::date(keyword(value)),
            "language" | "lang" => self.meta.language = Some(value.to_owned()).filter(|v| v.len() <= 12),
            "title" => self.meta.title = Some(title::clean(value)).filter(|t| !t.is_empty()),
            "tags" | "keywords" => {
                self.meta.tags.extend(value.split(',').map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()));
            }
            _ => {}
        }
    }

    /// The header of one of Python's enhancement proposals, which has no colons before its fields.
    pub(super) fn pep_header<'l>(&mut self, lines: &'l [&'l str]) -> &'l [&'l str] {
        let taken = lines.iter().take_while(|l| !l.is_empty()).count();
        let header = lines.get(..taken).unwrap_or_default();
        let Some(number) = header.first().and_then(|l| l.strip_prefix("PEP:")) else { return lines };
        let mut at = 0;
        while let Some((name, value)) = header.get(at).and_then(|l| l.split_once(':')) {
            let more: Vec<&str> =
                header.iter().skip(at + 1).take_while(|l| l.starts_with(' ')).map(|l| l.trim()).collect();
            at += 1 + more.len();
            let value = format!("{} {}", value.trim(), more.join(" "));
            match name {
                "Title" => self.meta.title = Some(format!("PEP {}: {}", number.trim(), value.trim())),
                "Author" => self.set_author(value.trim()),
                "Created" => self.meta.date = title::date(value.trim()),
                _ => {}
            }
            self.field(name, value.trim(), &[], 0);
        }
        lines.get(taken..).unwrap_or_default()
    }
}

/// `$Date: 2024-03-05 $`: what stands in a keyword of version control.
fn keyword(text: &str) -> &str {
    let inner = text.strip_prefix('$').and_then(|t| t.strip_suffix('$')).and_then(|t| t.split_once(':'));
    inner.map_or(text, |(_, value)| value.trim())
}
