//! The text of a paragraph: emphasis, literals, roles, references, substitutions.
//!
//! Every kind of end is looked for at most once without being found, so that a text of unmatched signs costs no more than
//! its length.

use super::{
    Reader,
    gather::{Substitution, fragment, key},
    role,
};
use crate::{doc::SpanKind, formats::bounds::AHEAD, text};

/// What substitutions may put into a document in all, in bytes.
const SUBSTITUTED: usize = 4 * 1024 * 1024;

/// Ends that don't come any more.
#[derive(Debug, Default)]
struct Missing {
    emphasis: bool,
    strong: bool,
    literal: bool,
    interpreted: bool,
    bar: bool,
}

impl Reader {
    /// Sets a text with its markup.
    pub(super) fn inline(&mut self, text: &str) {
        // Dashes as Sphinx sets them; those of options have no spaces around them.
        let dashed = text.contains(" -- ") || text.contains(" --- ");
        let dashed = dashed.then(|| text.replace(" --- ", " — ").replace(" -- ", " – "));
        let text = dashed.as_deref().unwrap_or(text);
        let mut missing = Missing::default();
        let (mut plain, mut at) = (0, 0);
        while let Some(found) = text::tail(text, at).find(['\\', '*', '`', '|', '_', '[', ':', '\n']) {
            let here = at + found;
            let rest = text::tail(text, here);
            let before = text::head(text, here).chars().next_back();
            // Where the text before this ends, and where it goes on.
            let taken = match rest.as_bytes().first() {
                Some(b'\n') => {
                    self.build.prose.push(text::slice(text, plain..here));
                    self.build.prose.soft_break();
                    Some(1)
                }
                Some(b'\\') => {
                    self.build.prose.push(text::slice(text, plain..here));
                    Some(self.escaped(rest))
                }
                Some(b'_') => self.simple_reference(text, plain, here),
                _ => self.construct(rest, before, text::slice(text, plain..here), &mut missing),
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

    /// A backslash, and the character that it takes the meaning of; white space vanishes.
    fn escaped(&mut self, rest: &str) -> usize {
        let Some(next) = text::tail(rest, 1).chars().next() else { return 1 };
        if !next.is_whitespace() {
            self.build.prose.push(text::head(text::tail(rest, 1), next.len_utf8()));
        }
        1 + next.len_utf8()
    }

    /// What begins at `rest`, if it is markup: sets the text before it, and itself; how many bytes it takes.
    fn construct(&mut self, rest: &str, before: Option<char>, text: &str, missing: &mut Missing) -> Option<usize> {
        if !may_begin(before, rest) {
            return None;
        }
        if let Some(inner) = rest.strip_prefix("**") {
            let end = until(inner, "**", &mut missing.strong)?;
            self.marked(text, SpanKind::Strong, text::head(inner, end));
            return Some(end + 4);
        }
        if let Some(inner) = rest.strip_prefix('*') {
            let end = until(inner, "*", &mut missing.emphasis)?;
            self.marked(text, SpanKind::Emphasis, text::head(inner, end));
            return Some(end + 2);
        }
        if let Some(inner) = rest.strip_prefix("``") {
            let end = until(inner, "``", &mut missing.literal)?;
            self.build.prose.push(text);
            self.build.prose.span(SpanKind::Code, &text::head(inner, end).replace('\n', " "));
            return Some(end + 4);
        }
        if let Some(inner) = rest.strip_prefix('`') {
            return self.interpreted(text, None, inner, missing).map(|taken| taken + 1);
        }
        if let Some(inner) = rest.strip_prefix(':') {
            let name =
                inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.' | '+')))?;
            let role = text::head(inner, name).strip_suffix(':').filter(|r| !r.is_empty())?;
            let quoted = text::tail(inner, name).strip_prefix('`')?;
            return self.interpreted(text, Some(role), quoted, missing).map(|taken| taken + name + 2);
        }
        if let Some(inner) = rest.strip_prefix('|') {
            let end = until(inner, "|", &mut missing.bar)?;
            let name = text::head(inner, end);
            let taken = self.substitution(text, name)?;
            let after = text::tail(inner, end + 1);
            let reference = after.len() - after.trim_start_matches('_').len();
            return Some(end + 2 + reference.min(2) + taken);
        }
        let inner = rest.strip_prefix('[')?;
        let end = text::head(inner, 64).find(']')?;
        let (label, after) = (text::head(inner, end), text::tail(inner, end + 1));
        let good = label.len() <= 60 && !label.is_empty() && !label.contains(char::is_whitespace);
        (good && after.starts_with('_') && !text::tail(after, 1).starts_with(char::is_alphanumeric)).then(|| {
            self.build.prose.push(text.trim_end_matches('\\'));
            let label = self.label(label, false);
            self.build.prose.span(SpanKind::FootnoteRef(label.clone()), &format!("[{label}]"));
            end + 3
        })
    }

    fn marked(&mut self, before: &str, kind: SpanKind, inner: &str) {
        self.build.prose.push(before);
        self.build.prose.open(kind);
        for (at, line) in role::unescaped(inner).split('\n').enumerate() {
            if at > 0 {
                self.build.prose.soft_break();
            }
            self.build.prose.push(line);
        }
        self.build.prose.close();
    }

    /// Text in backquotes, after the first of them: of a role, or a reference.
    fn interpreted(&mut self, before: &str, role: Option<&str>, inner: &str, missing: &mut Missing) -> Option<usize> {
        let end = until(inner, "`", &mut missing.interpreted)?;
        let text = text::head(inner, end);
        let after = text::tail(inner, end + 1);
        self.build.prose.push(before);
        if role.is_none() && after.starts_with('_') {
            let anonymous = after.starts_with("__");
            self.reference(text, anonymous);
            return Some(end + 2 + usize::from(anonymous));
        }
        // A role may stand behind its text.
        let behind = after.strip_prefix(':').filter(|_| role.is_none()).and_then(|a| text::head(a, 32).split_once(':'));
        let behind = behind.map(|(name, _)| name).filter(|name| {
            !name.is_empty()
                && name.len() < 30
                && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        });
        self.role(role.or(behind), text);
        Some(end + 1 + behind.map_or(0, |name| name.len() + 2))
    }

    /// `` `text <target>`_ ``, `` `name`_ ``.
    fn reference(&mut self, inner: &str, anonymous: bool) {
        let inner = role::unescaped(inner).replace('\n', " ");
        let (shown, target) = match role::explicit(&inner) {
            Some((shown, target)) => {
                let alias = target.strip_suffix('_').filter(|t| !t.contains(['/', ':']));
                let target = match alias {
                    Some(alias) => {
                        self.names.targets.get(&key(alias)).cloned().unwrap_or_else(|| format!("#{}", fragment(alias)))
                    }
                    None => target.to_owned(),
                };
                let shown = if shown.is_empty() { target.clone() } else { shown.to_owned() };
                (shown, target)
            }
            None if anonymous => {
                (inner.clone(), self.next_anonymous().unwrap_or_else(|| format!("#{}", fragment(&inner))))
            }
            None => {
                let known = self.names.targets.get(&key(&inner)).cloned();
                let target = known.unwrap_or_else(|| format!("#{}", fragment(&inner)));
                (inner, target)
            }
        };
        let target =
            if target.contains('@') && !target.contains([':', '/']) { format!("mailto:{target}") } else { target };
        let kind = self.build.link(target);
        self.build.prose.span(kind, &shown);
    }

    fn next_anonymous(&mut self) -> Option<String> {
        self.anonymous += 1;
        self.names.anonymous.get(self.anonymous - 1).cloned()
    }

    /// `name_` at `here`, where its underscore is, and ``_`inline target` ``.
    fn simple_reference(&mut self, text: &str, plain: usize, here: usize) -> Option<usize> {
        let after = text::tail(text, here + 1);
        if let Some(inner) = after.strip_prefix('`') {
            let (target, _) = text::head(inner, AHEAD)
                .split_once('`')
                .filter(|_| here == plain || !text::head(text, here).ends_with(char::is_alphanumeric))?;
            self.build.prose.push(text::slice(text, plain..here));
            self.build.prose.push(&target.replace('\n', " "));
            self.build.name_next(fragment(target));
            return Some(target.len() + 3);
        }
        let anonymous = after.starts_with('_');
        let next = text::tail(after, usize::from(anonymous)).chars().next();
        if next.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '`') {
            return None;
        }
        let before = text::slice(text, plain..here);
        let from = before
            .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+')))
            .map_or(0, |at| at + text::tail(before, at).chars().next().map_or(1, char::len_utf8));
        let word = text::tail(before, from);
        let target = if anonymous && word.len() > 1 {
            self.names.anonymous.get(self.anonymous).cloned().inspect(|_| self.anonymous += 1)?
        } else {
            self.names.targets.get(&key(word)).filter(|_| !word.is_empty())?.clone()
        };
        self.build.prose.push(text::head(before, from));
        let kind = self.build.link(target);
        self.build.prose.span(kind, word);
        Some(1 + usize::from(anonymous))
    }

    /// What stands for `|name|`.
    fn substitution(&mut self, before: &str, name: &str) -> Option<usize> {
        let found = self.names.substitutions.get(&key(name))?.clone();
        self.build.prose.push(before);
        match found {
            Substitution::Image(source, alt) => self.build.prose.span(SpanKind::Image(source), &alt),
            Substitution::Text(text) => {
                self.substituting += text.len() + 16;
                // One within another is shown as it stands.
                let nested = text.contains('|');
                if nested || self.substituting > SUBSTITUTED {
                    self.build
                        .prose
                        .push(text::head(&text, if self.substituting > SUBSTITUTED { 0 } else { text.len() }));
                } else {
                    self.inline(&text);
                }
            }
        }
        Some(0)
    }

    /// The label of a footnote: its own, or the next number.
    pub(super) fn label(&mut self, label: &str, definition: bool) -> String {
        match label {
            "#" | "*" => {
                let count = if definition { &mut self.numbered.0 } else { &mut self.numbered.1 };
                *count += 1;
                // Numbers that were given by hand are left out.
                while self.names.labels.contains(&count.to_string()) {
                    *count += 1;
                }
                count.to_string()
            }
            label => label.trim_start_matches('#').to_owned(),
        }
    }
}

/// Where the end sign stands in `inner`, which something has begun: after no white space, and before white space or a sign.
fn until(inner: &str, end: &str, missing: &mut bool) -> Option<usize> {
    if *missing || inner.starts_with(char::is_whitespace) {
        return None;
    }
    let mut from = 0;
    while let Some(found) = text::tail(inner, from).find(end) {
        let at = from + found;
        let (before, after) = (text::head(inner, at), text::tail(inner, at + end.len()));
        let literal = end == "``";
        let escaped = !literal && before.ends_with('\\') && !before.ends_with("\\\\");
        let good = !before.is_empty() && !before.ends_with(char::is_whitespace) && !escaped;
        let next = after.chars().next();
        let ends =
            next.is_none_or(|c| c.is_whitespace() || c == '\\' || (!c.is_alphanumeric() && c != '*') || is_wide(c));
        let backquotes = end == "`" && after.starts_with('`');
        if good && ends && !backquotes
            || literal && good && !after.starts_with('`') && next.is_none_or(|c| !c.is_alphanumeric())
        {
            return Some(at);
        }
        from = at + 1;
    }
    *missing = true;
    None
}

/// Whether markup may begin after this character: not within a word, and not what is quoted.
fn may_begin(before: Option<char>, rest: &str) -> bool {
    let Some(before) = before else { return true };
    let quotes = [('"', '"'), ('\'', '\''), ('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];
    let inner = rest.trim_start_matches(['*', '`', '|', ':']);
    if quotes.iter().any(|(open, close)| before == *open && rest.len() == inner.len() + 1 && inner.starts_with(*close))
    {
        return false;
    }
    !before.is_alphanumeric() && before != '_' && before != '`' && before != '*' && before != ':' || is_wide(before)
}

/// Scripts that are written without spaces, where markup may stand anywhere.
fn is_wide(c: char) -> bool {
    c >= '\u{2E80}'
}
