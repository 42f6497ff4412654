//! Roles: what text in backquotes is. Most of them name something of a program, or lead somewhere.

use super::{Reader, gather::key};
use crate::{doc::SpanKind, text};

/// Roles whose text is code.
const CODE: &str = "func meth class mod attr data exc obj const macro type member var enum enumerator union struct any file samp kbd command \
    program option envvar code literal keyword token makevar regexp mailheader mimetype newsgroup manpage c_func c_type \
    c_macro c_data c_member expr texpr identifier opcode pdbcmd module function method attribute exception object source \
    cmd cpp:any rst:dir rst:role confval setting";

impl Reader {
    /// Sets the text of a role.
    pub(super) fn role(&mut self, role: Option<&str>, inner: &str) {
        let inner = unescaped(inner).replace('\n', " ");
        let name = role.unwrap_or("title");
        let last = name.rsplit(':').next().unwrap_or(name);
        let given = explicit(&inner);
        let shown = given.map_or(inner.as_str(), |(shown, _)| shown);
        let target = given.map_or(inner.as_str(), |(_, target)| target);
        let short = if given.is_none() { shortened(shown) } else { shown };
        match last {
            "title" | "title-reference" | "t" | "emphasis" | "dfn" | "i" => {
                self.build.prose.span(SpanKind::Emphasis, shown)
            }
            "strong" | "guilabel" | "menuselection" | "b" => {
                self.build.prose.span(SpanKind::Strong, &shown.replace("-->", "→").replace('&', ""));
            }
            "func" | "meth" | "cfunc" | "c_func" if given.is_none() && !short.ends_with(')') => {
                self.build.prose.span(SpanKind::Code, &format!("{short}()"));
            }
            "samp" | "file" => self.build.prose.span(SpanKind::Code, &shown.replace(['{', '}'], "")),
            "pep" | "rfc" => self.numbered_reference(last, shown, target, given.is_some()),
            "doc" => {
                // A page beside this one; where the root is that others are reached from is not known.
                let title = if given.is_none() { target.trim_start_matches('/') } else { shown };
                if target.starts_with('/') {
                    self.build.prose.push(title);
                } else {
                    let kind = self.build.link(format!("{target}.rst"));
                    self.build.prose.span(kind, title);
                }
            }
            "ref" | "numref" | "term" | "std-ref" | "keyref" => match self.names.targets.get(&key(target)).cloned() {
                Some(target) => {
                    let kind = self.build.link(target);
                    self.build.prose.span(kind, shown);
                }
                None => self.build.prose.push(shown),
            },
            "download" => {
                let kind = self.build.link(target.to_owned());
                self.build.prose.span(kind, shown);
            }
            "abbr" | "acronym" => self.build.prose.push(&inner),
            "math" | "eq" => self.build.prose.push(&inner),
            "del" | "strike" => self.build.prose.span(SpanKind::Strikethrough, shown),
            _ if CODE.split(' ').any(|code| code == last || code == name) => {
                self.build.prose.span(SpanKind::Code, short)
            }
            // `gh-issue`, `source` and others of a project's own: a number says nothing without its kind.
            "issue" | "gh" | "bug" | "pr" | "pull" if shown.bytes().all(|b| b.is_ascii_digit()) => {
                self.build.prose.push(&format!("#{shown}"));
            }
            "cve" if !shown.starts_with("CVE") => self.build.prose.push(&format!("CVE-{shown}")),
            _ => match given.filter(|(_, target)| target.contains("://")) {
                Some((shown, target)) => {
                    let kind = self.build.link(target.to_owned());
                    self.build.prose.span(kind, shown);
                }
                None => self.build.prose.push(short),
            },
        }
    }

    /// `PEP 8` and `RFC 2822`, which are somewhere.
    fn numbered_reference(&mut self, kind: &str, shown: &str, target: &str, given: bool) {
        let (number, place) = target.split_once('#').map_or((target, ""), |(n, p)| (n, p));
        let place = if place.is_empty() { String::new() } else { format!("#{place}") };
        let digits = number.trim();
        let url = match kind {
            "pep" => format!("https://peps.python.org/pep-{digits:0>4}/{place}"),
            _ => format!("https://datatracker.ietf.org/doc/html/rfc{digits}{place}"),
        };
        let shown = if given { shown.to_owned() } else { format!("{} {digits}", kind.to_uppercase()) };
        let link = self.build.link(url);
        self.build.prose.span(link, &shown);
    }
}

/// The text and the target of `text <target>`.
pub fn explicit(inner: &str) -> Option<(&str, &str)> {
    let (shown, target) = inner.strip_suffix('>')?.rsplit_once('<')?;
    (shown.is_empty() || shown.ends_with(' ')).then_some((shown.trim(), target.trim()))
}

/// `~a.B` is B, `!x` is x.
fn shortened(inner: &str) -> &str {
    let inner = inner.trim_start_matches(['!', '.']);
    inner.strip_prefix('~').map_or(inner, |path| path.rsplit(['.', ':']).next().unwrap_or(path))
}

/// A text without its backslashes, but for those that were escaped.
pub fn unescaped(inner: &str) -> String {
    if !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let next = after.chars().next();
        let length = next.map_or(0, char::len_utf8);
        if next.is_some_and(|c| !c.is_whitespace()) {
            out.push_str(text::head(after, length));
        }
        rest = text::tail(after, length);
    }
    out.push_str(rest);
    out
}
