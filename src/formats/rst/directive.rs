//! What begins with two dots: directives, targets, footnotes, substitutions and comments.

use super::{
    Reader,
    blocks::{extent, part},
    gather::{fragment, name_and_rest},
    kinds::{self, capitalized, language, signature, takes_argument},
    lists,
};
use crate::{
    doc::SpanKind,
    formats::{build::collapsed, markup::indent},
    text,
};

/// A directive's parts.
struct Directive<'d, 'l> {
    name: &'d str,
    argument: String,
    options: Vec<(&'l str, String)>,
    content: &'d [&'l str],
}

impl Directive<'_, '_> {
    fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
    }
}

impl Reader {
    /// An explicit block; how many lines it takes.
    pub(super) fn explicit(&mut self, lines: &[&str], depth: usize) -> usize {
        let line = lines.first().copied().unwrap_or_default();
        let rest = text::tail(line, 2).trim_start();
        let after = lines.get(1..).unwrap_or_default();
        // An empty comment ends with its line.
        if rest.is_empty() && after.first().is_none_or(|l| l.is_empty()) {
            return 1;
        }
        let taken = extent(after, 1);
        let inner = part(after.get(..taken).unwrap_or_default());
        self.build.flush();
        if let Some((label, said)) = rest.strip_prefix('[').and_then(|r| r.split_once(']'))
            && !label.is_empty()
            && label.len() <= 60
        {
            let label = self.label(label, true);
            self.build.enter_footnote(&label);
            let mut note = vec![said.trim()];
            note.extend(inner);
            self.body(&note, depth + 1);
            self.build.leave();
        } else if let Some((name, target)) = rest.strip_prefix('_').and_then(name_and_rest) {
            if target.trim().is_empty() && name != "_" {
                self.build.name_next(fragment(&name));
            }
        } else if rest.starts_with('|') || rest.starts_with("__:") {
            // Gathered before.
        } else if let Some((name, argument)) = rest.split_once("::").filter(|(name, _)| is_name(name)) {
            self.directive(name.trim(), argument.trim(), &inner, depth);
        }
        1 + taken
    }

    fn directive(&mut self, name: &str, first: &str, lines: &[&str], depth: usize) {
        // The argument goes on until the options or a blank line.
        let mut at = 0;
        let mut argument = first.to_owned();
        let is_signature = signature(name);
        while let Some(line) = lines.get(at).filter(|l| !l.is_empty() && lists::field(l).is_none()) {
            let prose = !is_signature && !takes_argument(name);
            if prose || argument.is_empty() && !is_signature && at > 0 {
                break;
            }
            if argument.is_empty() && !is_signature {
                break;
            }
            argument.push('\n');
            argument.push_str(line);
            at += 1;
        }
        let mut options = Vec::new();
        while let Some((option, value)) = lines.get(at).and_then(|l| lists::field(l)) {
            at += 1;
            let mut value = value.to_owned();
            while let Some(more) = lines.get(at).filter(|l| indent(l) > 0) {
                value.push(' ');
                value.push_str(more.trim());
                at += 1;
            }
            options.push((option, value));
        }
        let content = lines.get(at..).unwrap_or_default();
        let directive = Directive { name, argument, options, content };
        if kinds::is_hidden(name) {
            return;
        }
        self.show(&directive, depth);
    }

    fn show(&mut self, directive: &Directive<'_, '_>, depth: usize) {
        let (argument, content) = (directive.argument.as_str(), directive.content);
        match directive.name {
            "code-block" | "code" | "sourcecode" | "highlight-code" | "parsed-literal" | "prompt" | "testcode"
            | "doctest" | "testoutput" | "ipython" | "productionlist" | "command-output" | "graphviz" | "digraph"
            | "mermaid" | "uml" | "kernel-render" | "jupyter-execute" => self.program(directive),
            "highlight" => self.highlight = language(argument),
            "math" => {
                let formula = [argument, &content.join("\n")].join("\n");
                self.build.preformatted(&formula);
            }
            "image" | "figure" | "kernel-image" | "kernel-figure" => self.image(directive, depth),
            "note" | "warning" | "tip" | "hint" | "important" | "caution" | "danger" | "error" | "attention"
            | "seealso" | "todo" | "impl-detail" | "availability" => {
                let named = match directive.name {
                    "seealso" => "See also".to_owned(),
                    "impl-detail" => "CPython implementation detail".to_owned(),
                    name => capitalized(name),
                };
                self.admonition(&named, argument, content, depth);
            }
            "admonition" | "topic" | "sidebar" | "dropdown" | "tab" | "tab-item" | "card" => {
                self.admonition(argument, "", content, depth)
            }
            "versionadded" | "versionchanged" | "deprecated" | "versionremoved" | "deprecated-removed" => {
                self.version(directive, depth)
            }
            "rubric" | "centered" => {
                self.inline(argument);
                self.build.term();
            }
            "epigraph" | "pull-quote" | "highlights" | "blockquote" => {
                self.build.enter_quote();
                self.body(content, depth + 1);
                self.build.leave();
            }
            "toctree" => self.toctree(directive),
            "table" => {
                self.caption(argument);
                self.body(content, depth + 1);
            }
            "list-table" | "flat-table" => {
                self.caption(argument);
                let header = directive.option("header-rows").and_then(|n| n.parse().ok()).unwrap_or(0);
                self.list_table(content, header);
            }
            "csv-table" => {
                self.caption(argument);
                let header = directive.option("header-rows").and_then(|n| n.parse().ok()).unwrap_or(0);
                self.csv_table(content, directive.option("header"), header, directive.option("delim"));
            }
            "sectionauthor" | "codeauthor" => self.set_author(argument),
            "literalinclude" | "include" | "kernel-include" => {
                let kind = self.build.link(argument.to_owned());
                self.build.prose.span(kind, argument);
                self.build.flush();
            }
            "class" if argument.contains(['(', '.']) || argument.starts_with(char::is_uppercase) => {
                self.described(directive, depth)
            }
            "audit-event" => {
                let mut words = argument.split_whitespace();
                let event = words.next().unwrap_or_default();
                let rest: Vec<&str> = argument
                    .trim_start_matches(event)
                    .trim()
                    .rsplit_once(' ')
                    .map_or(vec![], |(a, _)| a.split(',').collect());
                self.build.prose.push("Raises an auditing event ");
                self.build.prose.span(SpanKind::Code, event);
                for (at, word) in rest.iter().map(|w| w.trim().trim_matches('"')).filter(|w| !w.is_empty()).enumerate()
                {
                    self.build.prose.push(if at == 0 { " with " } else { ", " });
                    self.build.prose.span(SpanKind::Code, word);
                }
                self.build.prose.push(".");
                self.build.flush();
            }
            "container" | "class" | "rst-class" | "compound" | "only" | "ifconfig" | "glossary" | "hlist"
            | "cssclass" | "grid" | "tab-set" | "tabs" | "div" | "line-block" => self.body(content, depth + 1),
            "c:function" | "c:macro" | "option" | "describe" | "object" => self.described(directive, depth),
            name if signature(name) => self.described(directive, depth),
            _ => {
                self.inline(argument);
                self.build.flush();
                self.body(content, depth + 1);
            }
        }
    }

    fn program(&mut self, directive: &Directive<'_, '_>) {
        let language = match directive.name {
            "testcode" | "doctest" | "ipython" | "jupyter-execute" => Some("python".to_owned()),
            "prompt" => Some("bash".to_owned()),
            "parsed-literal" | "productionlist" | "testoutput" | "graphviz" | "digraph" | "mermaid" | "uml" => None,
            _ => language(directive.argument.split_whitespace().next().unwrap_or_default()),
        };
        if let Some(caption) = directive.option("caption") {
            self.caption(caption);
        }
        let mut code = directive.content.join("\n");
        // What these take for arguments is text.
        if matches!(directive.name, "parsed-literal" | "productionlist" | "command-output")
            && !directive.argument.is_empty()
        {
            code = format!("{}\n{code}", directive.argument);
        }
        if directive.name == "parsed-literal" {
            code = code.replace("\\ ", "");
        }
        self.build.code(language, &code);
    }

    fn caption(&mut self, caption: &str) {
        if !caption.is_empty() {
            self.inline(caption);
            self.build.term();
        }
    }

    fn image(&mut self, directive: &Directive<'_, '_>, depth: usize) {
        let source = directive.argument.split_whitespace().next().unwrap_or_default();
        let file = source.rsplit('/').next().unwrap_or(source);
        let alt = collapsed(directive.option("alt").unwrap_or(file));
        let link = directive.option("target").filter(|t| t.contains([':', '/', '.'])).map(str::to_owned);
        match link {
            Some(target) => {
                let kind = self.build.link(target);
                self.build.prose.open(kind);
                self.build.prose.span(SpanKind::Image(source.to_owned()), &alt);
                self.build.prose.close();
            }
            None => self.build.prose.span(SpanKind::Image(source.to_owned()), &alt),
        }
        self.build.flush();
        self.body(directive.content, depth + 1);
    }

    fn admonition(&mut self, name: &str, argument: &str, content: &[&str], depth: usize) {
        self.build.enter_quote();
        self.inline(name);
        self.build.term();
        // The text may begin on the line of the directive.
        let text: Vec<&str> = if argument.is_empty() {
            content.to_vec()
        } else {
            argument.lines().chain(content.iter().copied()).collect()
        };
        self.body(&text, depth + 1);
        self.build.leave();
    }

    fn version(&mut self, directive: &Directive<'_, '_>, depth: usize) {
        let (version, said) = directive.argument.split_once([' ', '\n']).unwrap_or((&directive.argument, ""));
        let what = match directive.name {
            "versionadded" => format!("New in version {version}"),
            "versionchanged" => format!("Changed in version {version}"),
            "versionremoved" => format!("Removed in version {version}"),
            "deprecated-removed" => {
                let (removed, rest) = said.split_once(' ').unwrap_or((said, ""));
                let name = format!("Deprecated since version {version}, removed in version {removed}");
                return self.dated(&name, rest, directive.content, depth);
            }
            _ => format!("Deprecated since version {version}"),
        };
        self.dated(&what, said, directive.content, depth);
    }

    fn dated(&mut self, what: &str, said: &str, content: &[&str], depth: usize) {
        let first: Vec<&str> = said.lines().chain(content.iter().copied().take_while(|l| !l.is_empty())).collect();
        let rest = content.iter().skip_while(|l| !l.is_empty()).copied().collect::<Vec<_>>();
        let text = first.join("\n");
        let colon = if text.trim().is_empty() { "." } else { ":" };
        self.build.prose.span(SpanKind::Emphasis, &format!("{what}{colon}"));
        self.build.prose.space();
        self.inline(text.trim());
        self.build.flush();
        self.body(&rest, depth + 1);
    }

    /// The pages that follow, as links.
    fn toctree(&mut self, directive: &Directive<'_, '_>) {
        if let Some(caption) = directive.option("caption") {
            self.caption(caption);
        }
        self.build.enter_list(None);
        for line in directive.content.iter().map(|l| l.trim()).filter(|l| !l.is_empty() && *l != "self") {
            let (shown, target) = super::role::explicit(line).unwrap_or((line, line));
            let page = |t: &str| t.contains("://") || t.ends_with(".rst") || t.contains('*');
            let target = if page(target) { target.to_owned() } else { format!("{target}.rst") };
            self.build.enter_item('.');
            let kind = self.build.link(target);
            self.build.prose.span(kind, shown);
            self.build.leave();
        }
        self.build.leave();
    }

    /// What something of a program is called, and what is said about it.
    fn described(&mut self, directive: &Directive<'_, '_>, depth: usize) {
        for line in directive.argument.replace("\\\n", "").lines().map(str::trim).filter(|l| !l.is_empty()) {
            let name = line.split(['(', ' ', '=', '[']).next().unwrap_or_default();
            self.build.name_next(fragment(name));
            self.build.prose.span(SpanKind::Code, &super::role::unescaped(line));
            self.build.term();
        }
        if !directive.content.is_empty() {
            self.build.enter_list(None);
            self.build.enter_marked(String::new());
            self.body(directive.content, depth + 1);
            self.build.leave();
            self.build.leave();
        }
    }
}

fn is_name(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty()
        && name.len() <= 60
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+'))
}
